"""Words of the narrative that are wrong whatever the figures are: a template left in, names of another year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govbudget.classification.wording import is_short_for
from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context, claims
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.model import AmountClaim, Certainty, Severity, SubjectHead, is_form
from govbudget.place import Place
from govbudget.text import fold, unnumbered

_LEFT = re.compile(
    r"增加\(减少\)|减少\(增加\)|增长\(下降\)|(?<![A-Za-z0-9])[Xx×]{2,}(?=万?元|%|辆|台|个|家|\(?单位|\(?部门)|"
    r"主要原因(?:是|为)?:?[。;]"
)
_LEVEL = r"\(\d*(?P<level>类|款|项)\)"
_STEP = re.compile(rf"(?P<name>[^()]+(?:\((?!\d*(?:类|款|项)\))[^()]*\)[^()]*)*?){_LEVEL}")
_DEPTH = {"类": 3, "款": 5, "项": 7}


@rule(
    "narrative.unfilled",
    zh="模板的选项和空白已填写",
    en="Choices and blanks of the template are filled in",
    basis="财预〔2016〕143号：对收支增减变化情况的说明；各地预算公开自查",
    says=("模板内容未填写：{relation}", "left as the template has it: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加，主要原因是人员增加。 => amount expenditure current: 9.00万元
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加（减少），主要原因是人员增加。 => amount expenditure current: 9.00万元
        """,
)
def unfilled(ctx: Context) -> Iterator[Outcome]:
    """No sentence still offers the choice of its template (增加（减少）), a blank (XX万元) or a reason without words.

    A form that states no money at all is a template itself, and is not tested.
    """
    if is_form(ctx.disclosure):
        yield not_tested("情况说明", "blank-form")
        return
    for section in ctx.disclosure.narrative.sections:
        found = [(p, match) for p in section.passages for match in _LEFT.finditer(fold(p.text))]
        for passage, match in found:
            around = fold(passage.text)[max(0, match.start() - 12) : match.end()]
            operand = Operand(role="claim", place=passage.place, printed=match[0])
            yield Outcome(grade=Grade(Verdict.VIOLATED), subject=section.heading, operands=(operand,), relation=around)
        if section.passages and not found:
            operand = Operand(role="claim", place=section.place, printed=section.heading)
            yield Outcome(grade=Grade(Verdict.EXACT), subject=section.heading, operands=(operand,))


@rule(
    "narrative.paths",
    zh="文字所写科目名称与表格一致",
    en="Subjects are called in the text what the tables call them",
    basis="财预〔2016〕143号：情况说明应与公开表一致；各地预算公开自查：科目名称应与表一致",
    says=(
        "{subject}：文中科目名称与公开表不符（{relation}）",
        "{subject}: the text calls a subject otherwise than the table ({relation})",
    ),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        210 卫生健康支出 | 2.00
        21011 行政事业单位医疗 | 2.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）2.00万元。
        => amount expenditure current general 2101101: 2.00万元
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        210 卫生健康支出 | 2.00
        21011 行政事业单位医疗 | 2.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        医疗卫生与计划生育支出（类）行政事业单位医疗（款）行政单位医疗（项）2.00万元。
        => amount expenditure current general 2101101: 2.00万元
        """,
)
def paths(ctx: Context) -> Iterator[Outcome]:
    """Every step of a path that a sentence names (…（类）…（款）…（项）) bears the name that the tables print for it.

    A name may leave out 支出 or 费 at its end, or be a short form that keeps the order of the words. A class that was
    renamed keeps its code, so a text taken over from an earlier year is right in its figures and wrong in its words:
    医疗卫生与计划生育支出 for 卫生健康支出.
    """
    printed = _names(ctx)
    for _, claim in claims(ctx):
        if not isinstance(claim, AmountClaim) or not claim.of or claim.term not in claim.text:
            continue
        found = [(_usual(match["name"].strip("-")), _DEPTH[match["level"]]) for match in _STEP.finditer(claim.term)]
        steps = [step for step, _ in found]
        shown = [printed.get(claim.of[0].functional[:depth], {}) for _, depth in found]
        if len(steps) < 2 or not all(shown):
            continue
        wrong = [(step, names) for step, names in zip(steps, shown, strict=True) if not _is_called(step, names)]
        subject = next(iter(shown[-1]))
        if not wrong:
            operand = Operand(role="name", place=claim.place, printed="、".join(steps))
            yield Outcome(grade=Grade(Verdict.EXACT), subject=subject, operands=(operand,), relation=operand.printed)
        for step, names in wrong:
            name, place = next(iter(names.items()))
            operands = (
                Operand(role="name", place=claim.place, printed=step),
                Operand(role="table", place=place, printed=name),
            )
            yield Outcome(
                grade=Grade(Verdict.VIOLATED), subject=subject, operands=operands, relation=f"{step} ≠ {name}"
            )


def _usual(name: str) -> str:
    """其它 for 其他 is no other name, and neither is one with or without its quotes."""
    return unnumbered(fold(name)).replace("其它", "其他").replace('"', "")


def _is_called(step: str, names: Iterable[str]) -> bool:
    """Whether a step ends in one of the names (words that name nothing may stand before it), or is short for one."""
    return any(step.endswith(name) or is_short_for(step, name) for name in names)


def _names(ctx: Context) -> dict[str, dict[str, Place]]:
    """Every name that the tables print for a key, with where; a document may print two."""
    found: dict[str, dict[str, Place]] = {}
    for table in ctx.disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines:
                if lane.axis == "functional" and isinstance(line.head, SubjectHead):
                    row, at = line.row or None, line.line or None
                    place = Place(document=table.place.document, page=line.page, table=table.number, row=row, line=at)
                    found.setdefault(line.head.key, {}).setdefault(_usual(line.label), place)
    return found


RULES: tuple[Rule, ...] = (unfilled, paths)
