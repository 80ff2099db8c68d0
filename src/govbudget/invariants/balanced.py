"""Revenue and expenditure of the same money that balance every year, so that their changes are one number."""

from __future__ import annotations

import attrs

from govbudget.invariants.context import Context, settled
from govbudget.model import Coordinate, Flow, Fund, Period, is_below


def balanced_side(ctx: Context, at: Coordinate) -> Coordinate:
    """The expenditure that revenue of the same money balances, where both are printed alike; else the fact itself.

    All money balances each year. A single fund's does where nothing of it is carried over the edge of the year, as
    in the tables of fiscal grants that know no such line.
    """
    if at.flow is not Flow.REVENUE:
        return at
    if at != Coordinate(year=at.year, stage=at.stage, flow=at.flow, period=at.period, fund=at.fund):
        return at
    other = attrs.evolve(at, flow=Flow.EXPENDITURE)
    own, partner = settled(ctx, at), settled(ctx, other)
    if own is None or partner is None or own.value != partner.value:
        return at
    whole = at.period is Period.ALL and at.fund is Fund.ALL
    carried = any(f.period is not Period.CURRENT and f.fund in (at.fund, Fund.FISCAL) for f in ctx.facts)
    fiscal = at.fund is Fund.FISCAL or is_below(at.fund, Fund.FISCAL)
    return other if whole or (at.period is Period.CURRENT and fiscal and not carried) else at
