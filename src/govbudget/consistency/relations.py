"""Sums, equalities and inequalities over ranges of integers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from govbudget.consistency.grade import Grade, Verdict


@attrs.frozen
class Known:
    """A printed figure: its printed value and the closed range of exact values that print so.

    >>> Known(100, 95, 104).low
    95
    """

    value: int
    low: int
    high: int


def grade_sum(total: Known, parts: Sequence[Known], signs: Sequence[int] | None = None) -> Grade:
    """Grade ``total`` = Σ sign × part.

    Args:
        total: the figure printed as the sum.
        parts: the figures printed as its parts.
        signs: +1 or -1 for each part; all +1 by default. A negative sign swaps the ends of a range.

    >>> grade_sum(Known(300, 295, 304), [Known(100, 95, 104)] * 2 + [Known(110, 105, 114)]).verdict
    <Verdict.ROUNDING: 'rounding'>
    """
    weights = signs if signs is not None else (1,) * len(parts)
    value = low = high = 0
    for part, sign in zip(parts, weights, strict=True):
        value += sign * part.value
        low += part.low if sign > 0 else -part.high
        high += part.high if sign > 0 else -part.low
    return _grade(total, Known(value, low, high))


def grade_same(figures: Sequence[Known]) -> Grade:
    """Grade whether all ``figures`` can be one exact value: whether their ranges have a point in common.

    Ranges on a line that meet pairwise all meet, so the two ends that lie furthest apart decide.

    >>> grade_same([Known(100, 95, 104), Known(101, 101, 101)]).verdict
    <Verdict.ROUNDING: 'rounding'>
    """
    low, high = max(f.low for f in figures), min(f.high for f in figures)
    residual = max(f.value for f in figures) - min(f.value for f in figures)
    if low > high:
        return Grade(Verdict.VIOLATED, residual, low - high)
    return Grade(Verdict.ROUNDING if residual else Verdict.EXACT, residual)


def grade_at_most(small: Known, large: Known) -> Grade:
    """Grade ``small`` ≤ ``large``.

    >>> grade_at_most(Known(5, 5, 5), Known(4, 4, 4)).verdict
    <Verdict.VIOLATED: 'violated'>
    """
    residual = small.value - large.value
    if residual <= 0:
        return Grade(Verdict.EXACT, residual)
    if small.low <= large.high:
        return Grade(Verdict.ROUNDING, residual)
    return Grade(Verdict.VIOLATED, residual, small.low - large.high)


def added(figures: Iterable[Known]) -> Known:
    """Return what is known of the sum of figures.

    >>> added([Known(100, 95, 104), Known(98, 98, 98)])
    Known(value=198, low=193, high=202)
    """
    value = low = high = 0
    for figure in figures:
        value, low, high = value + figure.value, low + figure.low, high + figure.high
    return Known(value, low, high)


def meet(figures: Iterable[Known]) -> Known | None:
    """Return what several figures of one value allow together; ``None`` where they contradict each other.

    The printed value is that of the narrowest range, the most precise figure.

    >>> meet([Known(100, 95, 104), Known(98, 98, 98)])
    Known(value=98, low=98, high=98)
    """
    found = list(figures)
    if len(found) == 1:
        return found[0]
    low, high = max([f.low for f in found]), min([f.high for f in found])
    if low > high:
        return None
    best = min(found, key=lambda f: f.high - f.low)
    return Known(best.value, low, high)


def _grade(left: Known, right: Known) -> Grade:
    residual = right.value - left.value
    if not residual:
        return Grade(Verdict.EXACT)
    if left.low <= right.high and right.low <= left.high:
        return Grade(Verdict.ROUNDING, residual)
    return Grade(Verdict.VIOLATED, residual, max(left.low - right.high, right.low - left.high))
