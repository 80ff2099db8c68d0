"""Printed percentages against the printed amounts they were taken from.

A ratio of two figures is monotone in each of them where both keep their sign, so its range is found at the corners
of their ranges, exactly: as a numerator and a divisor above zero, compared crosswise. Where the divisor may be zero the
answer is *undecided*, never *wrong*.
"""

from __future__ import annotations

from govbudget.consistency.grade import Grade, Verdict
from govbudget.consistency.relations import Known

_Ratio = tuple[int, int]


def grade_share(digits: int, places: int, part: Known, whole: Known) -> Grade:
    """Grade the claim that ``part`` is ``digits`` / 10^places per cent of ``whole``.

    >>> grade_share(8143, 2, Known(93474, 93474, 93474), Known(114795, 114795, 114795)).verdict
    <Verdict.EXACT: 'exact'>
    """
    if whole.low <= 0 or part.low < 0 <= part.high:
        if not (whole.low > 0 and part.value == 0):
            return Grade(Verdict.UNDECIDED)
        part = Known(0, 0, max(part.high, 0))  # a share of money is not negative
    if part.low < 0:
        return Grade(Verdict.UNDECIDED)
    return _grade(digits, places, (part.value, whole.value), (part.low, whole.high), (part.high, whole.low))


def grade_growth(digits: int, places: int, amount: Known, change: Known, sign: int) -> Grade:
    """Grade the claim that ``amount`` differs by ``digits`` / 10^places per cent from its base.

    Args:
        digits: the printed percentage without its point, not negative.
        places: its decimals.
        amount: this year's figure.
        change: the printed change, not negative.
        sign: +1 where the figure grew, -1 where it fell; the base is ``amount - sign * change``.

    >>> grade_growth(284, 2, Known(334200, 334150, 334249), Known(9200, 9150, 9249), 1).verdict
    <Verdict.ROUNDING: 'rounding'>
    >>> grade_growth(100, 0, Known(1326810, 1326805, 1326814), Known(1326810, 1326805, 1326814), 1).verdict
    <Verdict.VIOLATED: 'violated'>
    """
    low, high = max(change.low, 0), change.high
    if amount.low < 0 or high < 0:
        return Grade(Verdict.UNDECIDED)
    least = amount.low - high if sign > 0 else amount.low + low
    base = amount.value - sign * change.value
    if least <= 0 or base <= 0:
        return _on_nothing(digits, places, amount, low) if sign > 0 else Grade(Verdict.UNDECIDED)
    # c / (b - s·c) rises with c and falls with b wherever the base is positive.
    smallest, largest = (low, amount.high - sign * low), (high, amount.low - sign * high)
    return _grade(digits, places, (change.value, base), smallest, largest)


def _on_nothing(digits: int, places: int, amount: Known, change: int) -> Grade:
    """Grade growth from a base that may be zero: zero gives no rate at all, and a positive base at least this one.

    A body that spent nothing and now spends 1,326.81 万元 has not grown by 100 %: no base that the figures allow
    gives so little.
    """
    most = amount.high - change
    if most > 0 and _is_more(digits, places, (change, most)):
        return Grade(Verdict.VIOLATED)
    return Grade(Verdict.UNDECIDED)


def _on_base(digits: int, places: int, amount: Known, base: int) -> Grade:
    """Grade growth from a printed base that may be zero and is at most ``base``."""
    least = amount.low - max(base, 0)
    if least <= 0:
        return Grade(Verdict.UNDECIDED)
    if base <= 0 or _is_more(digits, places, (least, base)):
        return Grade(Verdict.VIOLATED)
    return Grade(Verdict.UNDECIDED)


def grade_rate(digits: int, places: int, amount: Known, base: Known, sign: int) -> Grade:
    """Grade the claim that ``amount`` differs by ``digits`` / 10^places per cent from a printed ``base``.

    Args:
        digits: the printed percentage without its point, not negative.
        places: its decimals.
        amount: the later figure.
        base: the figure compared with.
        sign: +1 where it is said to have grown, -1 where it is said to have fallen.

    >>> grade_rate(2222, 2, Known(6200, 6150, 6249), Known(5000, 4950, 5049), 1).verdict
    <Verdict.ROUNDING: 'rounding'>
    >>> grade_rate(100, 0, Known(25_0000_00, 25_0000_00, 25_0000_00), Known(0, -4999, 4999), 1).verdict
    <Verdict.VIOLATED: 'violated'>
    """
    if amount.low < 0:
        return Grade(Verdict.UNDECIDED)
    if base.low <= 0:
        return _on_base(digits, places, amount, base.high) if sign > 0 else Grade(Verdict.UNDECIDED)
    # (a - b) / b rises with a and falls with b.
    ends = (sign * (amount.low - base.high), base.high), (sign * (amount.high - base.low), base.low)
    low, high = ends if sign > 0 else ends[::-1]
    return _grade(digits, places, (sign * (amount.value - base.value), base.value), low, high)


def _grade(digits: int, places: int, point: _Ratio, low: _Ratio, high: _Ratio) -> Grade:
    """Grade a printed percentage against the ratio of what is printed and the range of that ratio."""
    part, whole = _scaled(point, places)
    # Half-up: the printed percentage stands for [digits - 1/2, digits + 1/2) of its last digit.
    if (2 * part + whole) // (2 * whole) == digits:
        return Grade(Verdict.EXACT)
    (least, under), (most, over) = _scaled(low, places), _scaled(high, places)
    off = part - digits * whole
    residual = off // whole if off >= 0 else -(-off // whole)
    above, below = 2 * least - (2 * digits + 1) * under, (2 * digits - 1) * over - 2 * most
    if above < 0 and below <= 0:
        return Grade(Verdict.ROUNDING, residual)
    gap = max(1, -(-above // (2 * under)), -(-below // (2 * over)))
    truncated = least < (digits + 1) * under and most >= digits * over
    return Grade(Verdict.VIOLATED, residual, gap, truncated)


def _is_more(digits: int, places: int, ratio: _Ratio) -> bool:
    """Tell whether a ratio is more than what a printed percentage stands for."""
    part, whole = _scaled(ratio, places)
    return 2 * part >= (2 * digits + 1) * whole


def _scaled(ratio: _Ratio, places: int) -> _Ratio:
    """A ratio in units of the last digit of a percentage; a multiple (16 倍) has places below zero."""
    part, whole = ratio
    return (part * 10 ** (places + 2), whole) if places >= -2 else (part, whole * 10 ** -(places + 2))
