"""Totals in the order of their size, with shares."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from govbudget.aggregation.rows import Rollup, RollupRow
from govbudget.aggregation.stats import ranks


@attrs.frozen(kw_only=True)
class Ranked:
    """A total and its place.

    Attributes:
        rank: 1 for the largest; equal totals share a rank.
        row: the total.
        share: its part of all that are ranked, exact; None where these add up to zero.
        upto: the part of this one and all larger ones.
    """

    rank: int
    row: RollupRow
    share: Fraction | None
    upto: Fraction | None


def ranking(rows: Rollup | Iterable[RollupRow]) -> tuple[Ranked, ...]:
    """Return totals of one level, the largest first.

    The rows should be separate money: a roll-up at one ``level``, not a total and its parts.
    """
    given = sorted(rows, key=lambda row: -row.fen)
    total = sum(row.fen for row in given)
    found, upto = [], 0
    for rank, row in zip(ranks([row.fen for row in given]), given, strict=True):
        upto += row.fen
        share = (Fraction(row.fen, total), Fraction(upto, total)) if total else (None, None)
        found.append(Ranked(rank=rank, row=row, share=share[0], upto=share[1]))
    return tuple(found)
