"""What a printed number says about the exact one behind it."""

from __future__ import annotations

from govbudget.choice import Choice


class Mode(Choice):
    """How exact values became printed ones."""

    HALF_UP = "half-up"
    """四舍五入: to the nearest, halves away from zero."""
    TRUNCATION = "truncation"
    """The digits behind the last printed one are cut off."""


def bounds(value: int, step: int, mode: Mode = Mode.HALF_UP) -> tuple[int, int]:
    """Return the closed range of exact values that print as ``value``.

    Both modes treat the two signs alike, so a printed zero stands for a range around zero.

    Args:
        value: the printed value.
        step: the exact value of one unit of the last printed digit; 1 where nothing is rounded away.
        mode: how it was rounded.

    >>> bounds(300, 100), bounds(-300, 100), bounds(0, 100)
    ((250, 349), (-349, -250), (-49, 49))
    >>> bounds(300, 100, Mode.TRUNCATION), bounds(-1, 1, Mode.TRUNCATION), bounds(0, 5, Mode.TRUNCATION)
    ((300, 399), (-1, -1), (-4, 4))
    """
    if step <= 1:
        return value, value
    if mode is Mode.TRUNCATION:
        inward, outward = 0, step - 1
    else:
        inward, outward = step // 2, (step - 1) // 2
    if value > 0:
        return value - inward, value + outward
    if value < 0:
        return value - outward, value + inward
    return -outward, outward
