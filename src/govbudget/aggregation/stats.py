"""Simple statistics of amounts that stay exact: integers and fractions, never a float.

Exact are sums, shares, ranks, means, medians, quantiles, variances, concentration (HHI), Gini and top shares. A
standard deviation is a root and mostly no fraction: :func:`deviation` gives the whole 分 below it, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt

from govbudget.errors import GovBudgetError


def _some(values: Sequence[int]) -> Sequence[int]:
    if not values:
        raise GovBudgetError("there are no amounts", hint="give at least one")
    return values


def _no_less_than_zero(values: Sequence[int], what: str) -> int:
    """The sum, where no amount is below zero and some are above."""
    if min(_some(values)) < 0:
        raise GovBudgetError(f"{what} has no meaning with amounts below zero", hint="leave them out, or net them first")
    total = sum(values)
    if not total:
        raise GovBudgetError(f"{what} has no meaning where all is zero")
    return total


def shares(values: Sequence[int]) -> tuple[Fraction, ...]:
    """Return each amount as a part of the sum; they add up to exactly 1.

    Raises:
        GovBudgetError: there are none, or their sum is zero.

    >>> shares([1, 2])
    (Fraction(1, 3), Fraction(2, 3))
    """
    total = sum(_some(values))
    if not total:
        raise GovBudgetError("shares of nothing have no meaning", hint="the amounts add up to zero")
    return tuple(Fraction(value, total) for value in values)


def ranks(values: Sequence[int]) -> tuple[int, ...]:
    """Return the rank of each amount, 1 for the largest; equal amounts share a rank, and the next ones are left out.

    >>> ranks([50, 70, 70, 10])
    (3, 1, 1, 4)
    """
    place: dict[int, int] = {}
    for index, value in enumerate(sorted(values, reverse=True), 1):
        place.setdefault(value, index)
    return tuple(place[value] for value in values)


def mean(values: Sequence[int]) -> Fraction:
    """Return the arithmetic mean.

    Raises:
        GovBudgetError: there are no amounts.
    """
    return Fraction(sum(_some(values)), len(values))


def quantile(values: Sequence[int], at: Fraction) -> Fraction:
    """Return the quantile ``at`` (0 to 1), between two amounts in proportion (type 7 of Hyndman and Fan, 1996).

    Raises:
        GovBudgetError: there are no amounts, or ``at`` is no fraction from 0 to 1.

    >>> quantile([1, 2, 4], Fraction(3, 4))
    Fraction(3, 1)
    """
    if not 0 <= at <= 1 or isinstance(at, bool) or not isinstance(at, int | Fraction):
        raise GovBudgetError(f"{at!r} is no fraction from 0 to 1", hint="Fraction(9, 10)")
    ordered = sorted(_some(values))
    whole, rest = divmod((len(ordered) - 1) * Fraction(at), 1)
    low = ordered[whole]
    return Fraction(low) + (rest * (ordered[whole + 1] - low) if rest else 0)


def median(values: Sequence[int]) -> Fraction:
    """Return the amount in the middle, or the mean of the two there.

    >>> median([3, 1, 2, 10])
    Fraction(5, 2)
    """
    return quantile(values, Fraction(1, 2))


def variance(values: Sequence[int]) -> Fraction:
    """Return the mean of the squared distances from the mean (of the whole population).

    >>> variance([1, 3])
    Fraction(1, 1)
    """
    count = len(_some(values))
    return Fraction(count * sum(value * value for value in values) - sum(values) ** 2, count * count)


def deviation(values: Sequence[int]) -> int:
    """Return the standard deviation in whole 分, rounded down: the root itself is mostly no fraction.

    >>> deviation([0, 0, 3])
    1
    """
    found = variance(values)
    return isqrt(found.numerator // found.denominator)


def concentration(values: Sequence[int]) -> Fraction:
    """Return the Herfindahl-Hirschman index: the sum of the squared shares, from 1/n (all equal) to 1 (one has all).

    Raises:
        GovBudgetError: there are no amounts, some are below zero, or all are zero.

    >>> concentration([1, 1]), concentration([5, 0])
    (Fraction(1, 2), Fraction(1, 1))
    """
    total = _no_less_than_zero(values, "concentration")
    return Fraction(sum(value * value for value in values), total * total)


def top_share(values: Sequence[int], count: int) -> Fraction:
    """Return the part of the sum that the ``count`` largest amounts have.

    >>> top_share([1, 2, 3], 1)
    Fraction(1, 2)
    """
    total = _no_less_than_zero(values, "a top share")
    return Fraction(sum(sorted(values, reverse=True)[: max(0, count)]), total)


def gini(values: Sequence[int]) -> Fraction:
    """Return the Gini coefficient: 0 where all are equal, near 1 where one has all.

    >>> gini([1, 1]), gini([0, 1])
    (Fraction(0, 1), Fraction(1, 2))
    """
    total = _no_less_than_zero(values, "a Gini coefficient")
    count = len(values)
    weighted = sum(index * value for index, value in enumerate(sorted(values), 1))
    return Fraction(2 * weighted, count * total) - Fraction(count + 1, count)
