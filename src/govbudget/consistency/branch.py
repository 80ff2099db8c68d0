"""Whole numbers: is there a solution without fractions, and if not, the proof by splitting ranges."""

from __future__ import annotations

import attrs

from govbudget.consistency.certificate import Combination, Proof, Split
from govbudget.consistency.simplex import Simplex

MOST_SPLITS = 400
"""How many ranges are split before the question is left open."""


@attrs.frozen
class Refuted:
    """There is no solution in whole numbers.

    Attributes:
        proof: why.
        figures: the figures whose ranges the proof leans on.
    """

    proof: Proof
    figures: frozenset[int]


class Budget:
    """How many splits are left."""

    __slots__ = ("left",)

    def __init__(self, left: int = MOST_SPLITS) -> None:
        self.left = left


def settle(table: Simplex, budget: Budget) -> Refuted | bool:
    """Decide whether the table has a solution in whole numbers.

    Returns:
        ``True`` where it has, and the table then holds it; the refutation where it has none; ``False`` where the
        budget ran out. Ranges are as before, values may not be.
    """
    conflict = table.solve()
    if conflict is not None:
        return Refuted(Combination(tuple(sorted(conflict.multipliers.items()))), conflict.figures)
    figure = table.fractional()
    if figure is None:
        return True
    indivisible = table.indivisible()
    if indivisible is not None:
        conflict, modulus = indivisible
        return Refuted(Combination(tuple(sorted(conflict.multipliers.items())), modulus), conflict.figures)
    if budget.left <= 0:
        return False
    budget.left -= 1
    low, high = table.low[figure], table.high[figure]
    value = table.value[figure]
    at = value.numerator // value.denominator
    table.bound(figure, low, at)
    below = settle(table, budget)
    if below is True:
        # The values stay as they are: they lie in the wider range too.
        table.bound(figure, low, high)
        return True
    table.bound(figure, at + 1, high)
    above = settle(table, budget)
    table.bound(figure, low, high)
    if above is True:
        return True
    if not isinstance(below, Refuted) or not isinstance(above, Refuted):
        return False
    return Refuted(Split(figure, at, below.proof, above.proof), below.figures | above.figures)
