"""This year and what is carried over its edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govbudget.consistency import grade_at_most
from govbudget.invariants.context import ZERO, Context, known, lists
from govbudget.invariants.families import compare, families
from govbudget.invariants.rule import Outcome, Rule, no_more_than, rule
from govbudget.invariants.words import (
    cell_words,
    figure_operand,
    in_money,
    limit_words,
    line_words,
)
from govbudget.model import (
    OF_WHICH,
    Figure,
    Period,
    along,
    bare,
    is_below,
    moved,
)
from govbudget.model.axes import parent
from govbudget.money import Amount


@rule(
    "additivity.period",
    zh="总计等于本年与结转之和",
    en="Grand totals are this year's money and money carried over",
    basis="预算法实施条例第四十条",
    holds="""
        [1 summary]
        -- 收入: revenue
        项目 | 预算数
        财政拨款收入 = current fiscal | 8.00
        事业收入 = current business | 1.00
        本年收入合计 = current | 9.00
        上年结转结余 = carried | 1.00
        收入总计 = revenue | 10.00
        """,
    breaks="""
        [1 summary]
        -- 收入: revenue
        项目 | 预算数
        财政拨款收入 = current fiscal | 8.00
        事业收入 = current business | 1.00
        本年收入合计 = current | 9.00
        上年结转结余 = carried | 1.00
        收入总计 = revenue | 11.00
        """,
)
def period(ctx: Context) -> Iterator[Outcome]:
    """Revenue in all is this year's and what is brought forward, expenditure this year's and what is carried on.

    A table that prints no sum of this year's money prints its sources or uses; they stand for it. What is drawn from
    money carried over is at most that money.
    """
    for lanes in lists(ctx):
        figures = [figure for lane in lanes for figure in ctx.figures[lane]]
        for total, printed in families(ctx, lanes, "period"):
            summed = any(part.at.period is Period.CURRENT for part in printed)
            parts = printed if summed else [*_this_year(figures, total), *printed]
            if any(part.at.period is Period.CURRENT for part in parts):
                outcome = compare(ctx, total, parts)
                if outcome is not None:
                    yield outcome
        yield from _some_of(ctx, figures, "period")


def _this_year(figures: Sequence[Figure], total: Figure) -> list[Figure]:
    """The sources or the uses of this year's money that a lane prints, each without what is part of another."""
    for axis in ("fund", "use"):
        bared = bare(total.at, ("period", axis))
        found = [f for f in figures if f.at.period is Period.CURRENT and bare(f.at, ("period", axis)) == bared]
        nodes = [along(f.at, axis) for f in found]
        tops = [f for f, node in zip(found, nodes, strict=True) if not any(is_below(node, other) for other in nodes)]
        if len(tops) > 1:
            return tops
    return []


def _some_of(ctx: Context, figures: Sequence[Figure], axis: str) -> Iterator[Outcome]:
    """What is printed behind 其中 is at most what it is some of."""
    by_place = {figure.at: figure for figure in figures}
    for part in figures:
        node = along(part.at, axis)
        whole = by_place.get(moved(part.at, axis, above)) if node in OF_WHICH and (above := parent(node)) else None
        if whole is None or not isinstance(part.cell, Amount):
            continue
        most = known(whole.cell) if isinstance(whole.cell, Amount) else ZERO
        grade = grade_at_most(known(part.cell), most)
        sign = limit_words(grade.verdict)
        yield in_money(
            grade,
            part.cell.unit,
            subject=line_words(ctx, part),
            operands=(figure_operand(ctx, part, "part"), figure_operand(ctx, whole, "whole")),
            relation=f"{cell_words(part.cell)} {sign} {cell_words(whole.cell) or '0'}",
            linear=no_more_than(),
        )


RULES: tuple[Rule, ...] = (period,)
