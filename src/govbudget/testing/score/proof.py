"""Whether a fault can be seen at all: exact amounts that print as everything does, and fit every sum, are a proof."""

from __future__ import annotations

from govbudget.consistency import Verdict, witness
from govbudget.invariants import audit, select
from govbudget.invariants.joint import joint
from govbudget.model import Disclosure, Severity


def is_undetectable(disclosure: Disclosure) -> bool:
    """Tell whether a disclosure with a fault is one that could have been published without one.

    Every rule holds, or cannot look, and there are exact amounts for all figures at once: the witness is checked here
    again, figure by figure and sum by sum. What is left is a fault that only the exact amounts would show.

    >>> from govbudget.testing import make
    >>> is_undetectable(make(seed=1, narrative=True))
    True
    """
    rules = select(severity=[Severity.ERROR, Severity.WARNING])
    report = audit(disclosure, rules=rules, diagnosis=False)
    if any(comparison.verdict is Verdict.VIOLATED for comparison in report.comparisons):
        return False
    system = joint(report.comparisons).system
    values = witness(system)
    if values is None:
        return False
    inside = all(
        (low is None or low <= value) and (high is None or value <= high)
        for value, low, high in zip(values, system.lows, system.highs, strict=True)
    )
    sums = (sum(values[i] for i in plus) - sum(values[i] for i in minus) for plus, minus, _ in system.plan.relations)
    ordered = (at_most for _, _, at_most in system.plan.relations)
    return inside and all(found <= 0 if most else found == 0 for found, most in zip(sums, ordered, strict=True))
