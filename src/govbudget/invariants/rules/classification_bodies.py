"""The subjects of administrative bodies and those of public institutions."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.subject_lists import misplaced
from govbudget.invariants.subjects import printed_subjects
from govbudget.model import Certainty, Scope, Severity

_OF_ORGANS = ("行政运行", "行政单位离退休", "行政单位医疗")
_OF_INSTITUTIONS = ("事业运行", "事业单位离退休", "事业单位医疗")


def _nature(ctx: Context) -> str:
    """What kind of body a single unit says it is: "organ", "institution" or "" where it is not said or both."""
    nature = ctx.disclosure.organization.nature or ""
    if ctx.disclosure.scope is not Scope.UNIT or "参" in nature:
        return ""
    return "institution" if "事业" in nature else "organ" if "行政" in nature or "机关" in nature else ""


def _of_others(ctx: Context, names: tuple[str, ...]) -> Iterator[Outcome]:
    seen: set[str] = set()
    right = None
    for each in printed_subjects(ctx):
        if each.lane.axis != "functional" or each.depth != 3 or not each.has_money or each.code in seen:
            continue
        seen.add(each.code)
        if each.name in names:
            yield misplaced(each, f"{each.label}（{ctx.disclosure.organization.nature}）")
        else:
            right = right or each
    if right is not None:
        yield held("单位性质", right.place, ctx.disclosure.organization.nature or "")


_OTHER_NATURE = (
    "other-nature",
    "单位性质未说明，或不是这一类",
    "the body does not say what it is, or is of the other kind",
)


@rule(
    "classification.organ-subjects",
    zh="事业单位不列行政单位的科目",
    en="A public institution has no subjects of administrative bodies",
    basis="政府收支分类科目：行政运行反映行政单位（包括实行公务员管理的事业单位）的基本支出",
    says=(
        "事业单位列有行政单位的科目：{relation}",
        "a public institution prints a subject of administrative bodies: {relation}",
    ),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    reasons=[_OTHER_NATURE],
    applies=lambda ctx: "" if _nature(ctx) == "institution" else "other-nature",
    holds="""
        nature 事业单位
        [5 general_expenditure]
        科目 | 合计
        2012950 事业运行 | 1.00
        """,
    breaks="""
        nature 事业单位
        [5 general_expenditure]
        科目 | 合计
        2012901 行政运行 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2012901 行政运行 | 1.00
        """,
)
def organ_subjects(ctx: Context) -> Iterator[Outcome]:
    """A unit that says it is a public institution (事业单位) spends under 事业运行, 事业单位离退休, 事业单位医疗.

    An institution that is run like an administration may use 行政运行 and say no more than 事业单位, so this is a
    question and no fault.
    """
    yield from _of_others(ctx, _OF_ORGANS)


@rule(
    "classification.institution-subjects",
    zh="行政单位不列事业单位的科目",
    en="An administrative body has no subjects of public institutions",
    basis="政府收支分类科目：事业运行反映事业单位的基本支出",
    says=(
        "行政单位列有事业单位的科目：{relation}",
        "an office prints a subject of institutions: {relation}",
    ),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    reasons=[_OTHER_NATURE],
    applies=lambda ctx: "" if _nature(ctx) == "organ" else "other-nature",
    holds="""
        nature 行政单位
        [5 general_expenditure]
        科目 | 合计
        2012901 行政运行 | 1.00
        """,
    breaks="""
        nature 行政单位
        [5 general_expenditure]
        科目 | 合计
        2012950 事业运行 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2012950 事业运行 | 1.00
        """,
)
def institution_subjects(ctx: Context) -> Iterator[Outcome]:
    """A unit that says it is an administrative body spends under 行政运行, and not under 事业运行.

    Its accounts may take in a small institution without books of its own, so this is a question and no fault.
    """
    yield from _of_others(ctx, _OF_INSTITUTIONS)


RULES: tuple[Rule, ...] = (
    organ_subjects,
    institution_subjects,
)
