"""Run the examples of a rule: what it finds right, what it finds wrong, what it cannot look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govbudget.consistency import Verdict
from govbudget.invariants.context import Context, context
from govbudget.invariants.many import Many
from govbudget.invariants.rule import Outcome, Rule
from govbudget.invariants.sketch import sketches

_HELD = frozenset({Verdict.EXACT, Verdict.ROUNDING})
_OPEN = frozenset({Verdict.UNDECIDED, Verdict.NOT_TESTED})


def outcomes(rule: Rule, contexts: Sequence[Context]) -> Iterator[Outcome]:
    """Yield what a rule yields for each document, or, for a rule across documents, for all of them together."""
    if rule.across is not None:
        yield from rule.across(Many(tuple(contexts)))
        return
    assert rule.check is not None
    for ctx in contexts:
        if rule.applies is None or not rule.applies(ctx):
            yield from rule.check(ctx)


def contexts_of(text: str) -> tuple[Context, ...]:
    """Return what rules look at in the documents of an example."""
    return tuple(map(context, sketches(text)))


def example_faults(rule: Rule) -> Iterator[str]:
    """Yield what is wrong with the examples of a rule; nothing where they show what they should."""
    for number, text in enumerate(rule.holds, 1):
        found = {outcome.grade.verdict for outcome in outcomes(rule, contexts_of(text))}
        if Verdict.VIOLATED in found:
            yield f"example {number} that holds is violated"
        elif not found & _HELD:
            yield f"example {number} that holds compares nothing"
    for number, text in enumerate(rule.breaks, 1):
        found = {outcome.grade.verdict for outcome in outcomes(rule, contexts_of(text))}
        if Verdict.VIOLATED not in found:
            yield f"example {number} that breaks is not violated"
    for number, text in enumerate(rule.untested, 1):
        found = {outcome.grade.verdict for outcome in outcomes(rule, contexts_of(text))}
        if Verdict.VIOLATED in found:
            yield f"example {number} that is not tested is violated"
        elif not found & _OPEN and not _not_applicable(rule, text):
            yield f"example {number} that is not tested says nothing"


def _not_applicable(rule: Rule, text: str) -> bool:
    return rule.applies is not None and all(map(rule.applies, contexts_of(text)))
