"""Sums over closed integer bounds, one vector for each row."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.errors import GovBudgetError

Bounds = tuple[int, int]
Vector = tuple[Bounds, ...]
_BLANK: Bounds = (0, 0)


def vectors(amounts: Sequence[Sequence[Bounds | None]] | None, count: int) -> tuple[Vector, ...] | None:
    """Check the amounts and read blanks as exact zeros.

    Raises:
        GovBudgetError: not one vector for each name, vectors of different lengths, or bounds the wrong way round.
    """
    if amounts is None:
        return None
    found = tuple(tuple(_BLANK if bounds is None else (bounds[0], bounds[1]) for bounds in row) for row in amounts)
    if len(found) != count:
        raise GovBudgetError(f"{len(found)} rows of amounts for {count} names", hint="give one vector for each name")
    if len({len(row) for row in found}) > 1:
        raise GovBudgetError("rows of amounts have different lengths", hint="give None for a blank cell")
    for index, row in enumerate(found):
        if any(low > high for low, high in row):
            raise GovBudgetError("a lower bound above its upper bound", place=f"amounts[{index}]")
    return found


def add(total: Vector | None, row: Vector) -> Vector:
    """Add one more child to a sum."""
    if total is None:
        return row
    return tuple((a + c, b + d) for (a, b), (c, d) in zip(total, row, strict=True))


def misfits(parent: Vector, total: Vector) -> int:
    """Count the columns in which no exact amounts make the children add up to the parent.

    >>> misfits(((10, 10), (0, 0)), ((9, 11), (1, 1)))
    1
    """
    return sum(1 for (a, b), (c, d) in zip(parent, total, strict=True) if c > b or d < a)
