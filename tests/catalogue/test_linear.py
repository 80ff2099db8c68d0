"""A comparison that is a sum says so: its weights over its operands reproduce its verdict."""

from __future__ import annotations

from hypothesis import given, settings

from govbudget.consistency import Known, Verdict
from govbudget.invariants import Comparison, audit
from govbudget.model import Disclosure
from govbudget.reading import Reading
from govbudget.testing import consistent_disclosures, figure_faults


def _verdict(comparison: Comparison) -> Verdict:
    """The verdict by the weights alone."""
    worst = Verdict.EXACT
    for linear in comparison.linear:
        assert len(linear.weights) == len(comparison.operands)
        low = high = value = 0
        for weight, operand in zip(linear.weights, comparison.operands, strict=True):
            figure = operand.known
            assert isinstance(figure, Known)
            value += weight * figure.value
            low += weight * (figure.low if weight > 0 else figure.high)
            high += weight * (figure.high if weight > 0 else figure.low)
        exact = value <= 0 if linear.at_most else value == 0
        possible = low <= 0 and (linear.at_most or high >= 0)
        found = Verdict.EXACT if exact else Verdict.ROUNDING if possible else Verdict.VIOLATED
        worst = max(worst, found, key=[Verdict.EXACT, Verdict.ROUNDING, Verdict.VIOLATED].index)
    return worst


def _hold(disclosure: Disclosure) -> int:
    linear = [c for c in audit(disclosure).comparisons if c.linear]
    for comparison in linear:
        if comparison.verdict in (Verdict.EXACT, Verdict.ROUNDING, Verdict.VIOLATED):
            found = _verdict(comparison)
            # The rule may know more than its operands show (other witnesses of the same fact), never less.
            assert (found is Verdict.VIOLATED) <= (comparison.verdict is Verdict.VIOLATED), comparison
    return len(linear)


def test_on_the_real_budget(example: Reading) -> None:
    assert _hold(example.disclosure) > 300


def test_on_wrong_budgets(example: Reading) -> None:
    for fault in list(figure_faults(example.disclosure))[::40]:
        _hold(fault.disclosure)


@given(consistent_disclosures(max_leaves=6))
@settings(max_examples=20)
def test_on_rounded_budgets(disclosure: Disclosure) -> None:
    _hold(disclosure)
