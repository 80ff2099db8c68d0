"""Names of subjects in the text: those that the tables print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govbudget.classification.wording import is_short_for
from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context, claims, once
from govbudget.invariants.rule import Operand, Outcome, Rule, rule
from govbudget.model import AmountClaim, Certainty, Line, Said, Severity, Statement, SubjectHead, Table
from govbudget.place import Place
from govbudget.text import fold, unnumbered

_LEVEL = r"\(\d*(?P<level>类|款|项)\)"
_STEP = re.compile(rf"(?P<name>[^()]+(?:\((?!\d*(?:类|款|项)\))[^()]*\)[^()]*)*?){_LEVEL}")
_DEPTH = {"类": 3, "款": 5, "项": 7}


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
    for _, claim in claims(ctx):
        naming = isinstance(claim, AmountClaim) or (isinstance(claim, Statement) and claim.kind is Said.LEAD)
        if not naming or "(" not in claim.term or not claim.of or claim.term not in claim.text:
            continue
        found = [(_usual(match["name"].strip("-")), _DEPTH[match["level"]]) for match in _STEP.finditer(claim.term)]
        if len(found) < 2:
            continue
        printed = once(ctx, _names)
        steps = [step for step, _ in found]
        shown = [printed.get(claim.of[0].functional[:depth], {}) for _, depth in found]
        if not all(shown):
            continue
        wrong = [(step, names) for step, names in zip(steps, shown, strict=True) if not _is_called(step, names)]
        subject = next(iter(shown[-1]))
        if not wrong:
            operand = Operand(role="name", place=claim.place, printed="、".join(steps))
            yield Outcome(grade=Grade(Verdict.EXACT), subject=subject, operands=(operand,), relation=operand.printed)
        for step, names in wrong:
            name, (table, line) = next(iter(names.items()))
            operands = (
                Operand(role="name", place=claim.place, printed=step),
                Operand(role="table", place=_place(table, line), printed=name),
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


def _names(ctx: Context) -> dict[str, dict[str, tuple[Table, Line]]]:
    """Every name that the tables print for a key, with where; a document may print two."""
    found: dict[str, dict[str, tuple[Table, Line]]] = {}
    for table in ctx.disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines:
                if lane.axis == "functional" and isinstance(line.head, SubjectHead):
                    found.setdefault(line.head.key, {}).setdefault(_usual(line.label), (table, line))
    return found


def _place(table: Table, line: Line) -> Place:
    row, at = line.row or None, line.line or None
    return Place(document=table.place.document, page=line.page, table=table.number, row=row, line=at)


RULES: tuple[Rule, ...] = (paths,)
