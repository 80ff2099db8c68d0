"""Verdicts on one relation."""

from __future__ import annotations

import attrs

from govbudget.choice import Choice


class Verdict(Choice):
    """What came of testing a relation."""

    EXACT = "exact"
    """The printed figures fit as they stand."""
    ROUNDING = "rounding"
    """They do not fit as they stand, but exact values exist that print so and fit."""
    VIOLATED = "violated"
    """No exact values that print so can fit."""
    UNDECIDED = "undecided"
    """The relation was looked at, and what is printed neither proves nor rules it out."""
    NOT_TESTED = "not tested"
    """Something needed is not there; the reason says what. Never a pass."""


@attrs.frozen
class Grade:
    """A verdict with its measure.

    Attributes:
        verdict: the verdict.
        residual: right side minus left side of the printed values.
        gap: the least distance by which the ranges miss each other; 0 unless violated.
        truncated: whether a violated percentage fits if its digits were cut off instead of rounded (截尾).
    """

    verdict: Verdict
    residual: int = 0
    gap: int = 0
    truncated: bool = False
