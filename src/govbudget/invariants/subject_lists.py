"""The lists of subjects that the tables of a disclosure print, and a subject that has no place in one."""

from __future__ import annotations

from collections.abc import Mapping

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.gathered import gathered
from govbudget.invariants.rule import Operand, Outcome
from govbudget.invariants.subjects import Printed, printed_subjects

BASIS = "预算法第二十七条、第三十二条；财政部《政府收支分类科目》"
Lists = Mapping[tuple[int, str], tuple[Printed, ...]]


@gathered
def subject_lists(ctx: Context) -> Lists:
    """The lines of each list in printed order; blocks side by side are one list."""
    found: dict[tuple[int, str], list[Printed]] = {}
    for each in printed_subjects(ctx):
        found.setdefault(each.list, []).append(each)
    return {key: tuple(lines) for key, lines in found.items()}


def _named(each: Printed) -> str:
    return f"表{each.table.number} {each.label}" if each.table.number is not None else each.label


def misplaced(each: Printed, relation: str, *others: Operand) -> Outcome:
    """Make the outcome of a subject that stands where it has no place."""
    return Outcome(
        grade=Grade(Verdict.VIOLATED), subject=_named(each), operands=(each.operand(), *others), relation=relation
    )
