"""Labelled faults: every kind is made, told truly, and found wherever it can be seen."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.testing.sizes import examples

from govbudget.invariants import alarms, audit
from govbudget.layouts import table_layout_ids
from govbudget.model import Disclosure
from govbudget.reading import read
from govbudget.serializers import dumps, loads
from govbudget.testing import FaultKind, faults, is_undetectable, make, render_markdown, without_places
from govbudget.testing.score.checkers import is_at

ALL_KINDS = {
    "digit swap", "wrong digit", "dropped digit", "sign", "unit", "shifted row", "swapped columns", "duplicated row",
    "missing row", "double", "triple",
}  # fmt: skip
"""Those that the consistency benchmark puts into systems of sums."""

ALWAYS_SEEN = {FaultKind.MISSING_TABLE, FaultKind.MISSING_SECTION}


@pytest.fixture(scope="module")
def budget() -> Disclosure:
    return make("hangzhou-unit-budget", seed="faults", narrative=True, leaves=10)


def test_the_kinds_of_the_benchmark_are_public() -> None:
    assert {kind.value for kind in FaultKind} >= ALL_KINDS


@pytest.mark.parametrize("kind", FaultKind)
def test_every_kind_is_made_and_told(kind: FaultKind, budget: Disclosure) -> None:
    """The truth names what differs, and the disclosure differs nowhere else."""
    found = list(faults(budget, kinds=[kind], each=3, seed=1))
    assert found, kind
    for fault in found:
        assert fault.kind is kind
        assert fault.disclosure != budget
        assert fault.changes
        assert all(change.was != change.now for change in fault.changes)
        assert loads(dumps(fault.disclosure)) == fault.disclosure
        assert repr(fault).startswith(f"<{kind.value}:")
    assert [fault.disclosure for fault in found] == [
        fault.disclosure for fault in faults(budget, kinds=[kind.value], each=3, seed=1)
    ]


@pytest.mark.parametrize("layout_id", table_layout_ids())
@given(data=st.data())
@settings(max_examples=examples(1))
def test_what_can_be_seen_is_found(layout_id: str, data: st.DataObject) -> None:
    """A fault is found, or there are exact amounts with which everything printed could be right."""
    seed = data.draw(st.integers(0, 10**6))
    made = make(layout_id, seed=seed, narrative=True, leaves=data.draw(st.integers(2, 8)))
    for fault in faults(made, each=1, seed=seed):
        found = alarms(audit(fault.disclosure, diagnosis=False))
        found = found or alarms(audit(fault.disclosure))  # what no sum tells by itself, all of them may
        assert found or is_undetectable(fault.disclosure), fault
        assert found or fault.kind not in ALWAYS_SEEN, fault
        if found and fault.rules:
            assert {finding.code for finding in found} & set(fault.rules), fault


def test_single_figures_are_located(budget: Disclosure) -> None:
    """The wrong figure is among the places of what is found; where nothing is, nothing can be."""
    kinds = [FaultKind.WRONG_DIGIT, FaultKind.SIGN, FaultKind.WRONG_RATE, FaultKind.WRONG_AMOUNT]
    located = set()
    for fault in faults(budget, kinds=kinds, each=2, seed=3):
        found = alarms(audit(fault.disclosure, diagnosis=False))
        places = [place for finding in found for place in finding.places]
        assert found or is_undetectable(fault.disclosure), fault
        assert not found or any(is_at(change, place) for change in fault.changes for place in places), fault
        located |= {fault.kind} if found else set()
    assert located == set(kinds)


@pytest.mark.parametrize(
    "kind", [FaultKind.WRONG_AMOUNT, FaultKind.WRONG_RATE, FaultKind.WRONG_DIRECTION, FaultKind.LAST_YEARS_NUMBER]
)
def test_a_fault_of_a_sentence_is_in_its_words(kind: FaultKind, budget: Disclosure) -> None:
    """The paragraph says what the claim says: what is printed and read again has the same fault."""
    for fault in faults(budget, kinds=[kind], each=2, seed=5):
        reading = read(render_markdown(fault.disclosure).encode(), name="a.md", layout="hangzhou-unit-budget")
        assert without_places(reading.disclosure) == without_places(fault.disclosure)


def test_a_hopeless_fault_is_proved_hopeless() -> None:
    """What breaks no sum and no rule could be right as it stands: there is a witness, and it is checked."""
    made = make("shanghai-unit-budget", seed=4, leaves=3, narrative=True)
    hopeless = [fault for fault in faults(made, each=2, seed=4) if not alarms(audit(fault.disclosure))]
    assert hopeless
    assert all(is_undetectable(fault.disclosure) for fault in hopeless)
    broken = next(faults(made, kinds=[FaultKind.SIGN]))
    assert not is_undetectable(broken.disclosure)


def test_names_of_subjects_whose_parent_is_in_no_edition(budget: Disclosure) -> None:
    """住房改革支出 (22102) is no subject of 2009: nothing stands beside its parts, so none is called another's name."""
    old = attrs.evolve(budget, year=2009)
    for fault in faults(old, kinds=[FaultKind.WRONG_NAME], each=50, seed=1):
        assert fault.disclosure != old
