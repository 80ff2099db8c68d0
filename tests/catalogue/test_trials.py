"""Corrections are tried with the rules that can say something else, and the answer is that of all rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from govbudget.consistency import Verdict
from govbudget.invariants import CATALOGUE, audit
from govbudget.invariants.context import Context, context
from govbudget.invariants.rule import Comparison, compared
from govbudget.invariants.trials import Trials
from govbudget.model import Disclosure
from govbudget.reading import Reading
from govbudget.testing import FaultKind, faults, make


def told(disclosure: Disclosure) -> list[tuple[str, object]]:
    return [(finding.code, finding.data) for finding in audit(disclosure).findings]


@pytest.fixture(scope="module", params=["example", "generated"])
def given(request: pytest.FixtureRequest, example: Reading) -> Disclosure:
    generated = request.param == "generated"
    return make("shanghai-unit-budget", seed=7, narrative=True) if generated else example.disclosure


def spoiled(given: Disclosure, *seeds: int) -> list[Disclosure]:
    """A fault of every kind: also those that take lines away or add some, where all rules must be asked."""
    found = [fault.disclosure for seed in seeds for fault in faults(given, kinds=list(FaultKind), seed=seed)]
    assert len(found) > 12 * len(seeds)
    return found


def test_fewer_rules_say_the_same(given: Disclosure, monkeypatch: pytest.MonkeyPatch) -> None:
    disclosures = spoiled(given, 11, 12)
    few = [told(disclosure) for disclosure in disclosures]

    def all_of_them(self: Trials, after: Context) -> set[str]:
        return {rule.id for rule in self.rules}

    monkeypatch.setattr(Trials, "_looking", all_of_them)
    assert few == [told(disclosure) for disclosure in disclosures]


def test_trials_that_end_early_say_the_same(given: Disclosure, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a caller would learn nothing from need not be asked to its end, and may be."""
    disclosures = spoiled(given, 13)
    early = [audit(disclosure).diagnosis for disclosure in disclosures]
    mended = Trials.mended

    def to_the_end(
        self: Trials, corrected: Disclosure, *, whatever: frozenset[int] = frozenset(), **_: object
    ) -> frozenset[int]:
        return mended(self, corrected, whatever=whatever)

    monkeypatch.setattr(Trials, "mended", to_the_end)
    assert early == [audit(disclosure).diagnosis for disclosure in disclosures]


def violated(ctx: Context) -> Iterator[Comparison]:
    return (c for rule in CATALOGUE for c in compared(rule, ctx) if c.verdict is Verdict.VIOLATED)


def test_a_brief_context_says_all_that_is_violated(given: Disclosure) -> None:
    """Rules may leave out what holds where nobody asks for it, and nothing else."""
    for disclosure in spoiled(given, 14):
        brief = context(disclosure, brief=True)
        assert list(violated(brief)) == list(violated(context(disclosure)))
        assert all(c.verdict is Verdict.VIOLATED for rule in CATALOGUE for c in compared(rule, brief))


def test_a_context_like_another_is_as_if_made_alone(given: Disclosure) -> None:
    like = context(given)
    for disclosure in spoiled(given, 15):
        again, alone = context(disclosure, like=like), context(disclosure)
        assert list(again.facts.items()) == list(alone.facts.items())
        assert (again.figures, again.blanks, again.labels) == (alone.figures, alone.blanks, alone.labels)
