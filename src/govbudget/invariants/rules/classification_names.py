"""Codes against names: one subject under its own name of the year, in every table the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govbudget.classification import Standing, edition_year, tree
from govbudget.classification.history import told
from govbudget.classification.wording import is_short_for
from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.subjects import Printed, code_years, former_years, printed_subjects
from govbudget.model import Certainty, Severity
from govbudget.text import fold

_BASIS = "预算法第二十七条、第三十二条；财政部当年《政府收支分类科目》"
_UNSURE = ("unverified", "该科目没有公开文件可证", "no published document at hand bears this subject out")


def _usual(name: str) -> str:
    return name.replace("其它", "其他")


def _fits(printed: str, name: str) -> bool:
    """Whether the printed name is the name, or a short form of it."""
    one, other = _usual(printed), fold(name)
    return one == other or is_short_for(one, other) or is_short_for(other, one)


def _alike(one: str, other: str) -> bool:
    """Whether half of the characters of two names are shared in order."""
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 4 * sum(block.size for block in blocks) >= len(one) + len(other)


SAME, UNSURE, FORMER, REUSED, WORDED, OTHER, MISSING, FOREIGN = range(8)
_FIRST = {"functional": "2", "economic": "3"}


@gathered
def _standing(ctx: Context) -> tuple[tuple[Printed, int], ...]:
    """Every subject line with how its name stands to its code."""
    return tuple((each, _judge(each, ctx.disclosure.year)) for each in printed_subjects(ctx))


def _judge(each: Printed, year: int) -> int:
    subject = each.subject
    if subject is None:
        return MISSING if each.code[:1] == _FIRST[each.lane.axis] else FOREIGN
    if _fits(each.name, subject.name):
        return SAME
    if subject.standing is not Standing.ATTESTED:
        return UNSURE
    name = fold(subject.name)
    if any(other != year for other in former_years(each)):
        return FORMER if _alike(each.name, name) or _renamed(each) else REUSED
    others = tree(each.scheme, edition_year(each.scheme, year)).named(each.name)
    if not others and _alike(each.name, name):
        return WORDED
    return OTHER


def _renamed(each: Printed) -> bool:
    """Whether somebody told that the subject was renamed: 医疗卫生与计划生育支出 became 卫生健康支出."""
    return any(
        change.kind.value == "renamed" and change.old == each.code and fold(change.old_name) == each.name
        for change in told(each.scheme)
    )


def _by_list(ctx: Context, kind: int, words: Callable[[Printed], str]) -> Iterator[Outcome]:
    """One outcome for each list: violated with all lines that stand so, else exact."""
    lists: dict[tuple[int, str], list[tuple[Printed, int]]] = {}
    for each, standing in _standing(ctx):
        lists.setdefault(each.list, []).append((each, standing))
    for lines in lists.values():
        wrong = [each for each, standing in lines if standing == kind]
        sure = [each for each, standing in lines if standing == SAME]
        table = lines[0][0].table
        if wrong:
            yield Outcome(
                grade=Grade(Verdict.VIOLATED),
                subject=f"表{table.number}" if table.number is not None else table.title,
                operands=tuple(each.operand() for each in wrong),
                relation="；".join(dict.fromkeys(words(each) for each in wrong)),
            )
        elif sure:
            yield held(table.title, table.place, table.title, f"{len(sure)} 行")
        else:
            yield not_tested(table.title, "unverified")


def _called(each: Printed) -> str:
    return f"{each.label} ≠ {each.subject.name}" if each.subject is not None else each.label


@rule(
    "classification.name",
    zh="科目编码与名称相符",
    en="Code and name are of one subject",
    basis=_BASIS,
    says=("{subject}科目编码与名称不符：{relation}", "{subject}: codes bear the names of other subjects: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[_UNSURE],
    holds="""
        [6 general_basic]
        科目 | 合计
        30201 办公费 | 2.00
        30202 印刷费 | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30201 办公费 | 2.00
        30202 咨询费 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2010304 其他专项 | 1.00
        """,
)
def name(ctx: Context) -> Iterator[Outcome]:
    """A code stands beside its own name, and not beside that of another subject: 30202 is 印刷费, 30203 is 咨询费.

    Whoever adds up over many bodies goes by the code, whoever reads goes by the name: they see two different budgets. A
    code is called wrong only where a published document bears its name out; names in short are the same names. One
    finding lists all such lines of a table, since they most often have one cause.
    """
    yield from _by_list(ctx, OTHER, _called)


@rule(
    "classification.former-name",
    zh="科目名称是当年的名称",
    en="Subjects bear their name of the year",
    basis=_BASIS,
    says=("{subject}使用了旧的科目名称：{relation}", "{subject} calls subjects by their former names: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[_UNSURE],
    holds="""
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        210 卫生健康支出 | 1.00
        21011 行政事业单位医疗 | 1.00
        2101102 事业单位医疗 | 1.00
        """,
    breaks="""
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        210 医疗卫生与计划生育支出 | 1.00
        21011 行政事业单位医疗 | 1.00
        2101102 事业单位医疗 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2010304 其他专项 | 1.00
        """,
)
def former_name(ctx: Context) -> Iterator[Outcome]:
    """A subject that was renamed is called by the name that the edition of the year has for it.

    The figure is right and the word is of another year: the table was made from an old file, and its other words may be
    as old.
    """
    yield from _by_list(ctx, FORMER, _called)


@rule(
    "classification.reused-code",
    zh="编码没有沿用已改作他用的旧义",
    en="No code is used in a meaning that it lost",
    basis=_BASIS,
    says=(
        "{subject}的编码当年已是别的科目：{relation}",
        "{subject} uses codes that are other subjects now: {relation}",
    ),
    certainty=Certainty.LIKELY,
    reasons=[_UNSURE],
    holds="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30113 住房公积金 | 1.00
        """,
    breaks="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30311 住房公积金 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2010304 其他专项 | 1.00
        """,
)
def reused_code(ctx: Context) -> Iterator[Outcome]:
    """A code that now stands for another subject is not printed with its old name: 30311 was 住房公积金 until 2017.

    Now it is 代缴社会保险费, and the housing fund is 30113 in another class: the sums of both classes are off.
    """
    yield from _by_list(ctx, REUSED, _called)


@rule(
    "classification.other-wording",
    zh="科目名称用规范表述",
    en="Subjects are called in the words of the edition",
    basis=_BASIS,
    says=(
        "{subject}的科目名称与科目表的表述略有不同：{relation}",
        "{subject} words names of subjects otherwise: {relation}",
    ),
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    reasons=[_UNSURE],
    holds="""
        [6 general_basic]
        科目 | 合计
        30108 机关事业单位基本养老保险缴费 | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30108 机关事业单位基本养老保险费 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2010304 其他专项 | 1.00
        """,
)
def other_wording(ctx: Context) -> Iterator[Outcome]:
    """A name that is neither the subject's nor another's, but much like its own, is told for those who match by name.

    Nothing is wrong with the figures; a program that looks names up will not find it.
    """
    yield from _by_list(ctx, WORDED, _called)


@rule(
    "classification.withdrawn-code",
    zh="编码在当年科目中有效",
    en="Codes are in use in the year",
    basis=_BASIS,
    says=("{subject}使用了已停用的编码：{relation}", "{subject} uses codes that were given up: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[_UNSURE],
    holds="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30112 其他社会保障缴费 | 1.00
        """,
    breaks="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30104 其他社会保障缴费 | 1.00
        """,
    untested="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30210 交通费 | 1.00
        """,
)
def withdrawn_code(ctx: Context) -> Iterator[Outcome]:
    """A code that was withdrawn, moved or merged before the year is not printed any more.

    30104 其他社会保障缴费 is 30112 since 2018. Only changes that documents show count; of a code that the edition
    lacks without such a change nothing can be said.
    """
    for each, standing in _standing(ctx):
        if standing != MISSING:
            continue
        year = ctx.disclosure.year
        gone = [
            change
            for change in told(each.scheme)
            if change.old == each.code and change.new != each.code and change.year <= year
        ]
        if gone and gone[-1].standing is Standing.ATTESTED:
            now = f"{gone[-1].new} {gone[-1].new_name}".strip() if gone[-1].new else "—"
            yield Outcome(
                grade=Grade(Verdict.VIOLATED),
                subject=f"表{each.table.number}" if each.table.number is not None else each.table.title,
                operands=(each.operand(),),
                relation=f"{each.label} → {now}（{gone[-1].year}）",
            )
        elif code_years(each):
            yield not_tested(each.label, "unverified", each.operand())
    sure = [each for each, standing in _standing(ctx) if standing == SAME]
    if sure:
        yield held("科目编码", sure[0].place, sure[0].label, f"{len(sure)} 行")


@rule(
    "classification.unknown-code",
    zh="编码见于已知的科目",
    en="Codes are known from some edition",
    basis=_BASIS,
    says=("现有各年科目中没有这个编码：{relation}", "no edition at hand has this code: {relation}"),
    severity=Severity.INFO,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2010301 行政运行 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2010377 专项业务 | 1.00
        """,
)
def unknown_code(ctx: Context) -> Iterator[Outcome]:
    """A code that no edition at hand holds is told, once for each subject.

    The editions at hand may lack rows, and places add subjects of their own: the code may be right, and its figures
    will not be found under any name.
    """
    seen: set[str] = set()
    known = 0
    first = None
    for each, standing in _standing(ctx):
        if standing == FOREIGN:
            continue  # classification.list tells of it
        if standing != MISSING:
            known, first = known + 1, first or each
        elif each.code not in seen and not code_years(each):
            seen.add(each.code)
            yield Outcome(
                grade=Grade(Verdict.VIOLATED), subject=each.name, operands=(each.operand(),), relation=each.label
            )
    if first is not None:
        yield held("科目编码", first.place, first.label, f"{known} 行")


@rule(
    "classification.one-name",
    zh="同一编码各表名称一致",
    en="One code has one name in all tables",
    basis="财预〔2016〕143号：各公开表口径一致；各地预算公开自查",
    says=("同一编码名称不一：{relation}", "one code bears different names: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计
        2010304 甲类专项 | 1.00
        [5 general_expenditure]
        科目 | 合计
        2010304 乙类事务 | 1.00
        """,
)
def one_name(ctx: Context) -> Iterator[Outcome]:
    """A code that stands in several tables bears one name in all of them, in full or in short.

    Within one document no edition is needed to see that one of two names is wrong. Where the edition tells which of the
    two that is, it is left to the rules that say so.
    """
    first: dict[tuple[str, str], Printed] = {}
    again: set[tuple[str, str]] = set()
    told_of: set[tuple[str, str]] = set()
    for each, standing in _standing(ctx):
        if standing in (FORMER, REUSED, WORDED, OTHER):
            continue
        key = (each.lane.axis, each.code)
        other = first.setdefault(key, each)
        if other is each:
            continue
        again.add(key)
        if not _fits(each.name, other.name) and key not in told_of:
            told_of.add(key)
            yield Outcome(
                grade=Grade(Verdict.VIOLATED),
                subject=each.code,
                operands=(each.operand(), other.operand()),
                relation=f"{each.code}：{other.name} ≠ {each.name}",
            )
    if again - told_of:
        some = first[next(iter(again - told_of))]
        yield held("科目名称", some.place, some.label, f"{len(again - told_of)} 个科目")


@rule(
    "classification.one-code",
    zh="同一科目各表编码一致",
    en="One subject has one code in all tables",
    basis="财预〔2016〕143号：各公开表口径一致；各地预算公开自查",
    says=("同一科目编码不一：{relation}", "one subject bears different codes: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计
        2010304 甲类专项 | 1.00
        [5 general_expenditure]
        科目 | 合计
        2010305 甲类专项 | 1.00
        """,
)
def one_code(ctx: Context) -> Iterator[Outcome]:
    """Under one parent a name stands for one code, in all tables of the document.

    Names such as 行政运行 recur under many parents; under one parent no edition has a name twice.
    """
    first: dict[tuple[str, str, str], Printed] = {}
    again: set[tuple[str, str, str]] = set()
    told_of: set[tuple[str, str, str]] = set()
    for each, standing in _standing(ctx):
        if standing in (REUSED, OTHER):
            continue
        key = (each.lane.axis, each.code[:-2], each.name)
        other = first.setdefault(key, each)
        if other is each:
            continue
        again.add(key)
        if other.code != each.code and key not in told_of:
            told_of.add(key)
            operands: tuple[Operand, ...] = (each.operand(), other.operand())
            relation = f"{each.name}：{other.code} ≠ {each.code}"
            yield Outcome(grade=Grade(Verdict.VIOLATED), subject=each.name, operands=operands, relation=relation)
    if again - told_of:
        some = first[next(iter(again - told_of))]
        yield held("科目编码", some.place, some.label, f"{len(again - told_of)} 个科目")


RULES: tuple[Rule, ...] = (
    name,
    former_name,
    reused_code,
    other_wording,
    withdrawn_code,
    unknown_code,
    one_name,
    one_code,
)
