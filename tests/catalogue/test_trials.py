"""Corrections are tried with the rules that can say something else, and the answer is that of all rules."""

from __future__ import annotations

import pytest

from govbudget.invariants import audit
from govbudget.invariants.context import Context
from govbudget.invariants.trials import Trials
from govbudget.model import Disclosure
from govbudget.reading import Reading
from govbudget.testing import FaultKind, faults, make


def told(disclosure: Disclosure) -> list[tuple[str, object]]:
    return [(finding.code, finding.data) for finding in audit(disclosure).findings]


@pytest.mark.parametrize("source", ["example", "generated"])
def test_fewer_rules_say_the_same(source: str, example: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of every kind: also those that take lines away or add some, where all rules must be asked."""
    given = example.disclosure if source == "example" else make("shanghai-unit-budget", seed=7, narrative=True)
    spoiled = [fault.disclosure for seed in (11, 12) for fault in faults(given, kinds=list(FaultKind), seed=seed)]
    assert len(spoiled) > 24
    few = [told(disclosure) for disclosure in spoiled]

    def all_of_them(self: Trials, after: Context) -> set[str]:
        return {rule.id for rule in self.rules}

    monkeypatch.setattr(Trials, "_looking", all_of_them)
    assert few == [told(disclosure) for disclosure in spoiled]
