"""Tables that cut digits off are found out by their own sums, and a slip is not taken for it."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.consistency import Verdict
from govbudget.invariants import TRUNCATION, audit, select
from govbudget.layouts import layout
from govbudget.model import AmountClaim, Claim, Disclosure, Narrative, Use
from govbudget.money import Amount, Mode, MoneyUnit
from govbudget.place import Place
from govbudget.reading import Reading
from govbudget.testing import Leaf, Rounding, Shape, figure_faults, publish
from govbudget.testing.budgets import budget
from govbudget.testing.choices import Seeded

SUBJECTS = ["2010301", "2010302", "2010350", "2013202", "2080505", "2080506", "2101101", "2210201"]


def leaves(seed: int, least: int = 0) -> list[Leaf]:
    """Exact money; what lies behind the last printed digit is at least ``least`` of 10,000."""
    rng = random.Random(seed)
    return [
        Leaf(
            functional=subject,
            economic=economic,
            use=Use.PERSONNEL,
            fen=rng.randint(10**2, 10**6) * 10**4 + rng.randint(least, 9999),
        )
        for subject in SUBJECTS
        for economic in ("30101", "30102", "30103", "30108")
    ]


@pytest.mark.parametrize("seed", [1, 3, 115])
def test_a_document_that_cuts_off_is_graded_so_and_says_so(seed: int) -> None:
    # Half-up allows for most of what cutting off loses; where the digits lost are large it does not.
    report = audit(publish(leaves(seed, 9000), unit=MoneyUnit.WAN_YUAN, places=2, mode=Mode.TRUNCATION))
    assert report.cut_off
    assert TRUNCATION in {f.code for f in report.findings}
    assert report.diagnosis is not None
    assert report.diagnosis.verdict is Verdict.ROUNDING


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(0, 9000))
def test_cutting_off_is_never_a_violation(seed: int, least: int) -> None:
    report = audit(publish(leaves(seed, least), unit=MoneyUnit.WAN_YUAN, places=2, mode=Mode.TRUNCATION))
    assert report.diagnosis is not None
    wrong = [c for c in report.comparisons if c.verdict is Verdict.VIOLATED and c.linear]
    if report.cut_off:
        assert report.diagnosis.verdict is Verdict.ROUNDING
    else:
        assert len(wrong) <= 1  # one alone could be a slip


def test_sentences_of_a_document_that_cuts_off_were_cut_off_with_it() -> None:
    """Taken for rounded, they would say that the last digit of the table is too low, or of a sum beside them."""
    found = 0
    for seed, form in product(range(24), map(layout, ("hangzhou-unit-budget", "central-final-accounts"))):
        shape = Shape(form=form, rounding=Rounding.TRUNCATION, declared=False, narrative=True, most=30)
        report = audit(budget(Seeded(seed), shape), rules=select("additivity", "agreement"), diagnosis=False)
        if report.cut_off:
            found += 1
            assert [c for c in report.comparisons if c.verdict is Verdict.VIOLATED] == []
    assert found > 5


SHANGHAI = Shape(
    form=layout("shanghai-department-budget"),
    year=2024,
    members=3,
    rounding=Rounding.TRUNCATION,
    declared=False,
    narrative=True,
    most=30,
)


@pytest.mark.parametrize("seed", [5, 17, 54])
def test_sums_that_stand_only_in_the_text_were_cut_off_like_the_tables(seed: int) -> None:
    """What single projects lose makes the money of all projects too large by some digits, which is no slip."""
    disclosure = budget(Seeded(seed), SHANGHAI)
    report = audit(disclosure, diagnosis=False)
    assert report.cut_off
    (held,) = [c for c in report.comparisons if c.rule == "additivity.claims" and "绩效" in c.subject]
    assert held.verdict is Verdict.ROUNDING
    assert all(o.amount is not None and o.amount.mode is Mode.TRUNCATION for o in held.operands)

    # a slip in such a sum is still one
    more = attrs.evolve(disclosure, narrative=_with_more(disclosure, held.operands[0].place))
    slips = [c for c in audit(more, diagnosis=False).comparisons if c.verdict is Verdict.VIOLATED]
    assert held.subject in [c.subject for c in slips if c.rule == "additivity.claims"]


def _with_more(disclosure: Disclosure, place: Place) -> Narrative:
    """The narrative with 0.10万元 more in the amount that is stated at ``place``."""

    def changed(claim: Claim) -> Claim:
        if not isinstance(claim, AmountClaim) or claim.place != place:
            return claim
        return attrs.evolve(claim, amount=attrs.evolve(claim.amount, fen=claim.amount.fen + 100_000))

    return attrs.evolve(
        disclosure.narrative,
        sections=tuple(
            attrs.evolve(section, claims=tuple(map(changed, section.claims)))
            for section in disclosure.narrative.sections
        ),
    )


def test_a_text_that_rounds_what_the_tables_cut_off_is_no_slip_either() -> None:
    found = 0
    for seed in range(40):
        cut = budget(Seeded(seed), SHANGHAI)
        said = budget(Seeded(seed), attrs.evolve(SHANGHAI, rounding=Rounding.HALF_UP)).narrative
        report = audit(attrs.evolve(cut, narrative=said), rules=select("additivity", "agreement"), diagnosis=False)
        if report.cut_off:
            found += 1
            assert [c for c in report.comparisons if c.verdict is Verdict.VIOLATED] == []
    assert found > 5


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_a_document_that_rounds_is_not_taken_for_one_that_cuts_off(seed: int) -> None:
    disclosure = publish(leaves(seed), unit=MoneyUnit.WAN_YUAN, places=2)
    assert not audit(disclosure).cut_off
    faults = list(figure_faults(disclosure))
    for fault in random.Random(seed).sample(faults, 5):
        report = audit(fault.disclosure)
        assert not report.cut_off


def test_one_sum_too_large_is_a_slip(example: Reading) -> None:
    up = [f for f in figure_faults(example.disclosure) if f.kind == "last-digit-up"]
    for fault in up[::40]:
        report = audit(fault.disclosure)
        assert not report.cut_off
        assert any(c.verdict is Verdict.VIOLATED for c in report.comparisons)


def test_what_a_table_says_of_itself_is_taken(with_mode: Callable[[Mode], Disclosure]) -> None:
    assert any(c.verdict is Verdict.VIOLATED for c in audit(with_mode(Mode.HALF_UP), diagnosis=False).comparisons)
    report = audit(with_mode(Mode.TRUNCATION))
    assert not any(c.verdict is Verdict.VIOLATED and c.linear for c in report.comparisons)
    assert not report.cut_off  # nothing had to be found out


@pytest.fixture
def with_mode() -> Callable[[Mode], Disclosure]:
    # 1.009 + 1.009 + 1.009 = 3.027: cut off to 1.00 + 1.00 + 1.00 → 3.02; one sum only, too little evidence by itself
    parts = [
        Leaf(functional="2010301", economic=code, use=use, fen=1_009_000)
        for code, use in (("30101", Use.PERSONNEL), ("30301", Use.PERSONNEL), ("30201", Use.RUNNING))
    ]
    made = publish(parts, unit=MoneyUnit.WAN_YUAN, places=2, mode=Mode.TRUNCATION)

    def build(mode: Mode) -> Disclosure:
        return attrs.evolve(made, tables=tuple(attrs.evolve(t, mode=mode) for t in made.tables))

    return build


def test_the_two_modes_of_an_amount() -> None:
    amount = Amount(10_000, MoneyUnit.WAN_YUAN, 2)
    assert amount.bounds == (5_000, 14_999)
    assert attrs.evolve(amount, mode=Mode.TRUNCATION).bounds == (10_000, 19_999)
