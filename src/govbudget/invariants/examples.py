"""Run the examples of a rule: what it finds right, what it finds wrong, what it cannot look at."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.consistency import Verdict
from govbudget.invariants.context import context
from govbudget.invariants.many import Many
from govbudget.invariants.rule import Outcome, Rule
from govbudget.invariants.sketch import sketches
from govbudget.model import Disclosure

_HELD = frozenset({Verdict.EXACT, Verdict.ROUNDING})
_OPEN = frozenset({Verdict.UNDECIDED, Verdict.NOT_TESTED})


def outcomes(rule: Rule, *disclosures: Disclosure) -> tuple[Outcome, ...]:
    """Return what a rule yields for one disclosure, or, for a rule across documents, for all of them together."""
    contexts = tuple(map(context, disclosures))
    if rule.across is not None:
        return tuple(rule.across(Many(contexts)))
    assert rule.check is not None
    return tuple(
        outcome for ctx in contexts if rule.applies is None or not rule.applies(ctx) for outcome in rule.check(ctx)
    )


def example_faults(rule: Rule) -> Iterator[str]:
    """Yield what is wrong with the examples of a rule; nothing where they show what they should."""
    for number, text in enumerate(rule.holds, 1):
        found = {outcome.grade.verdict for outcome in outcomes(rule, *sketches(text))}
        if Verdict.VIOLATED in found:
            yield f"example {number} that holds is violated"
        elif not found & _HELD:
            yield f"example {number} that holds compares nothing"
    for number, text in enumerate(rule.breaks, 1):
        found = {outcome.grade.verdict for outcome in outcomes(rule, *sketches(text))}
        if Verdict.VIOLATED not in found:
            yield f"example {number} that breaks is not violated"
    for number, text in enumerate(rule.untested, 1):
        found = {outcome.grade.verdict for outcome in outcomes(rule, *sketches(text))}
        if Verdict.VIOLATED in found:
            yield f"example {number} that is not tested is violated"
        elif not found & _OPEN and not _not_applicable(rule, text):
            yield f"example {number} that is not tested says nothing"


def _not_applicable(rule: Rule, text: str) -> bool:
    return rule.applies is not None and all(rule.applies(context(d)) for d in sketches(text))
