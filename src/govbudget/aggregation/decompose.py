"""Which subjects explain a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from govbudget.aggregation.compare import ComparedRow, Comparison, fen_or_none, order_of
from govbudget.errors import GovBudgetError
from govbudget.model.axes import parent


@attrs.frozen(kw_only=True)
class Contribution:
    """One subject's part of a change.

    Attributes:
        row: the subject on both sides.
        share: its part of the whole change, exact; None where the whole did not change.
        points: its part of the growth of the whole, exact (1/100 is a percentage point); None where the first total
            is zero.
    """

    row: ComparedRow
    share: Fraction | None
    points: Fraction | None


def decompose(comparison: Comparison, level: int | None = None) -> tuple[Contribution, ...]:
    """Say which subjects explain the change of a total, the largest changes first.

    The whole is divided as far as both sides allow: a subject that only one side divides counts as one. The changes
    add up to that of the whole to the last 分.

    Args:
        comparison: a comparison along one axis with all its levels.
        level: divide no further than this depth (functional: 1 类, 2 款, 3 项).

    Raises:
        GovBudgetError: the comparison is along several axes, or it lacks the total.
    """
    if len(comparison.by) != 1:
        raise GovBudgetError("a change is decomposed along one axis", hint="compare(…, by='functional')")
    rows = {row.key[0]: row for row in comparison.rows}
    below: dict[object, list[ComparedRow]] = {}
    for point, row in rows.items():
        up = parent(point)  # type: ignore[arg-type]  # a node: years and stages have no tree and no parent
        if up in rows:
            below.setdefault(up, []).append(row)
    tops = [row for point, row in rows.items() if parent(point) is None]  # type: ignore[arg-type]
    if len(tops) != 1:
        raise GovBudgetError("the comparison lacks the total", hint="compare at all levels, and give level here")
    whole = tops[0]
    found = list(_divided(whole, below, level))
    found.sort(key=lambda row: (-abs(row.change), order_of(comparison.by, row.key)))
    first = fen_or_none(whole.before)
    return tuple(
        Contribution(
            row=row,
            share=Fraction(row.change, whole.change) if whole.change else None,
            points=Fraction(row.change, first) if first else None,
        )
        for row in found
    )


def _divided(row: ComparedRow, below: Mapping[object, list[ComparedRow]], level: int | None) -> Iterator[ComparedRow]:
    parts = below.get(row.key[0], [])
    whole = parts and all(
        sum(fen_or_none(getattr(part, side)) for part in parts) == fen_or_none(getattr(row, side))
        for side in ("before", "after")
    )
    if not whole or level == 0:
        yield row
        return
    for part in parts:
        yield from _divided(part, below, None if level is None else level - 1)
