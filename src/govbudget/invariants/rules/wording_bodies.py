"""Whose document it is in the words of sentences and headings, and codes that sentences print beside names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.classification.wording import is_short_for
from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import broken, filled_in, held, looked_for, prose
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.subjects import Printed, printed_subjects
from govbudget.model import Certainty, Severity
from govbudget.text import fold, unnumbered

_BASIS = "预算法实施条例第六条：部门、单位公开本部门、本单位的预算、决算；各地预算公开自查：单位名称一致"

_ENDING = (
    r"(?:局|委员会|厅|法院|检察院|学院|医院|福利院|办公室|办事处|中心|大队|支队|总队|研究所|管理所|监督所|站|馆|"
    r"学校|中学|小学|幼儿园|总工会|联合会)"
)
_SPEAKS = re.compile(
    rf"(?:^|(?<=[。;\n]))(?:20\d\d年(?:度)?,?|截至20\d\d年\d{{1,2}}月\d{{1,2}}日,)?"
    rf"(?P<name>[^,。;:、\d()\"\n]{{2,30}}{_ENDING})(?:\((?:本级|本部|部门|机关)\))?(?:20\d\d年(?:度)?)?"
    r"(?=收入预算|收入、支出预算|收入支出总计|收支总计|财政拨款收|财政拨款的机关|本年收入|本年支出|一般公共预算财政拨款支出|共有车辆|政府采购)",
    re.MULTILINE,
)
_OF_WHOM = re.compile(
    rf"^(?:第[一二三四五六七八九十]部分|[一二三四五六七八九十]+、)?(?:20\d\d年(?:度)?)?(?P<name>[^,。;:、\d()\"]{{2,30}}{_ENDING})"
    r"(?:\((?:本级|本部|部门|机关)\))?(?=20\d\d年|收支|收入|支出|财政拨款|一般公共|政府|国有|部门|单位|预算|决算|\"三公)"
)
_CODE = re.compile(r"\(\d{3}类?\)")
_CODED = re.compile(
    r"(?P<a>[^()。;,:\"\d\n]{2,40})\((?P<x>\d{3})类?\)[-—]?(?P<b>[^()。;,:\"\d\n]{2,40})\((?P<y>\d{2})款?\)[-—]?"
    r"(?P<c>[^()。;,:\"\n]{2,40}(?:\([^()\d]*\)[^()。;,:\"\n]*)?)\((?P<z>\d{2})项?\)"
)


def _is_within(short: str, name: str) -> bool:
    """Whether all characters of one name stand in the other in order: 省检察院 in 江苏省人民检察院."""
    rest = iter(name)
    return all(char in rest for char in short)


@gathered
def _own(ctx: Context) -> tuple[str, ...]:
    body = ctx.disclosure.organization
    return tuple(fold(name) for name in (body.name, body.parent or "", *(m.name for m in body.members)) if name)


def _is_own(ctx: Context, name: str) -> bool:
    known = any(_is_within(name, other) or _is_within(other, name) for other in _own(ctx))
    return known or any(name in fold(passage.text) for passage in ctx.disclosure.narrative.functions)


def _named(ctx: Context) -> str:
    return filled_in(ctx) or ("" if ctx.disclosure.organization.name else "no-body")


_NO_BODY = ("no-body", "不知道公开主体的名称", "the name of the body is not known")


@rule(
    "wording.body-in-text",
    zh="文中的单位名称是公开主体",
    en="Sentences about the money of the body name the body",
    basis=_BASIS,
    says=("文中写的是另一单位：{relation}", "a sentence names another body: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[_NO_BODY],
    applies=_named,
    holds="""
        of 某市某区司法局
        ## 预算编制说明 {explanation}
        2024年，某市某区司法局收入预算3.00万元。
        """,
    breaks="""
        of 某市某区司法局
        ## 预算编制说明 {explanation}
        2024年，某市某区财政局收入预算3.00万元。
        """,
)
def body_in_text(ctx: Context) -> Iterator[Outcome]:
    """A sentence that opens with a body and its revenue, spending or vehicles speaks of the body that publishes.

    In full or in short, or of one of its units. The name of a sister body shows where the text was taken from, and
    leaves open whose figures follow.
    """
    own = ctx.disclosure.organization.name

    def judge(match: re.Match[str]) -> str:
        return "" if _is_own(ctx, match["name"]) else f"{match['name']} ≠ {own}"

    yield from looked_for(ctx, _SPEAKS, "单位名称", judge, once=True)


@rule(
    "wording.body-in-headings",
    zh="标题和表名中的单位名称是公开主体",
    en="Headings and titles name the body that publishes",
    basis=_BASIS,
    says=("标题或表名写的是另一单位：{relation}", "a heading or title names another body: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[_NO_BODY],
    applies=_named,
    holds="""
        of 某市某区司法局
        [2 revenue] 2024年度某市某区司法局收入预算总表
        科目 | 合计
        合计 | 3.00
        ## 预算编制说明 {explanation}
        收入预算3.00万元。 => amount revenue: 3.00万元
        """,
    breaks="""
        of 某市某区司法局
        [2 revenue] 2024年度某市某区财政局收入预算总表
        科目 | 合计
        合计 | 3.00
        ## 预算编制说明 {explanation}
        收入预算3.00万元。 => amount revenue: 3.00万元
        """,
)
def body_in_headings(ctx: Context) -> Iterator[Outcome]:
    """A heading or the title of a table that names a body names the one that publishes, or one of its units.

    What stands under the name of another is taken for that body's.
    """
    titles = [(table.title, table.place) for table in ctx.disclosure.tables]
    titles += [(section.heading, section.place) for section in ctx.disclosure.narrative.sections]
    right, first = 0, None
    for title, place in titles:
        match = _OF_WHOM.match(fold(title))
        if match is None:
            continue
        if _is_own(ctx, match["name"]):
            right, first = right + 1, first or (title, place)
        else:
            yield broken(title, place, title, f"{match['name']} ≠ {ctx.disclosure.organization.name}")
    if first is not None:
        yield held("单位名称", first[1], first[0], f"{right} 处")


@rule(
    "classification.text-code",
    zh="文中科目编码与名称相符",
    en="Codes that sentences print beside names are those of the names",
    basis="财预〔2016〕143号：情况说明应与公开表一致；财政部《政府收支分类科目》",
    says=("文中科目编码与公开表不符：{relation}", "a sentence prints another code than the tables: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2040601 行政运行 | 1.00
        ## 预算编制说明 {explanation}
        公共安全支出（204类）司法（06款）行政运行（01项）1.00万元。
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2040601 行政运行 | 1.00
        2040605 普法宣传 | 1.00
        ## 预算编制说明 {explanation}
        公共安全支出（204类）司法（06款）普法宣传（04项）1.00万元。
        """,
    untested="""
        ## 预算编制说明 {explanation}
        公共安全支出（204类）司法（06款）行政运行（01项）1.00万元。
        """,
)
def text_code(ctx: Context) -> Iterator[Outcome]:
    """Where a sentence prints the code of a subject in pieces (204类 06款 01项), the tables print it for its name.

    Names recur under many parents and codes are short: one digit makes it another subject.
    """
    if _CODE.search(prose(ctx).text) is None:
        return
    names: dict[str, Printed] = {}
    codes: dict[str, list[Printed]] = {}
    for each in printed_subjects(ctx):
        if each.lane.axis == "functional" and len(each.code) == 7:
            names.setdefault(each.code, each)
            codes.setdefault(each.name, []).append(each)
    found = prose(ctx)
    right, first = 0, None
    for match in _CODED.finditer(found.text):
        spoken = found.at(match.start())
        code, name = match["x"] + match["y"] + match["z"], unnumbered(match["c"].strip("-—"))
        printed = Operand(role="name", place=spoken.passage.place, printed=f"{code} {name}")
        there = names.get(code)
        if there is not None and _called(name, there.name):
            right, first = right + 1, first or printed
        elif there is None and name not in codes:
            yield not_tested(name, "no-table", printed)
        else:
            shown = there or codes[name][0]
            yield Outcome(
                grade=Grade(Verdict.VIOLATED),
                subject=name,
                operands=(printed, shown.operand("table")),
                relation=f"{printed.printed} ≠ {shown.label}",
            )
    if first is not None:
        yield held("科目编码", first.place, first.printed, f"{right} 处")


def _called(name: str, other: str) -> bool:
    one, two = name.replace("其它", "其他"), other.replace("其它", "其他")
    return one == two or is_short_for(one, two) or is_short_for(two, one)


RULES: tuple[Rule, ...] = (body_in_text, body_in_headings)
CODES: tuple[Rule, ...] = (text_code,)
