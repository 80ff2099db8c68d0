"""How far to trust a table whose columns were read by their words: as far as its own sums bear the reading out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs

from govbudget.consistency import Verdict
from govbudget.invariants.context import Context, figure_place
from govbudget.invariants.rule import Comparison
from govbudget.model import Disclosure
from govbudget.place import Place

_HELD = {Verdict.EXACT, Verdict.ROUNDING}


def trusted(ctx: Context, comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Return the comparisons, those undecided that speak more against the reading of a table than against its figures.

    Where the meaning of a column was inferred, a sum that fails may mean that the column is another. One slip among
    lines that hold is the document's; a table in which a rule fails as often as it holds was read wrongly. Sums that
    hold because all is zero speak for nothing.
    """
    lanes = _places(ctx)
    if not lanes:
        return tuple(comparisons)
    touched = [{lanes[o.place] for o in c.operands if o.place in lanes} for c in comparisons]
    held: Counter[tuple[str, tuple[int, int]]] = Counter()
    failed: Counter[tuple[str, tuple[int, int]]] = Counter()
    for comparison, where in zip(comparisons, touched, strict=True):
        for lane in where:
            if comparison.verdict is Verdict.VIOLATED:
                failed[comparison.rule, lane] += 1
            elif comparison.verdict in _HELD and any(
                o.amount is not None and o.amount.fen for o in comparison.operands
            ):
                held[comparison.rule, lane] += 1
    return tuple(
        attrs.evolve(c, verdict=Verdict.UNDECIDED, reason="inferred", gap="", difference="", linear=())
        if c.verdict is Verdict.VIOLATED and any(failed[c.rule, lane] >= held[c.rule, lane] for lane in where)
        else c
        for c, where in zip(comparisons, touched, strict=True)
    )


def infers(disclosure: Disclosure) -> bool:
    """Tell whether the meaning of some column was inferred."""
    return any(lane.inferred for table in disclosure.tables for lane in table.lanes)


def _places(ctx: Context) -> dict[Place, tuple[int, int]]:
    """The figures of lanes with inferred columns, by place."""
    return {
        figure_place(ctx, figure): at
        for at, figures in ctx.figures.items()
        if ctx.disclosure.tables[at[0]].lanes[at[1]].inferred
        for figure in figures
    }
