"""The exact method and CP-SAT agree; without CP-SAT only what demands it fails, and says what to install."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from tests.consistency.lattices import any_systems

from govbudget.consistency import Known, Plan, System, Verdict, decide, localise, sum_of, system
from govbudget.consistency import solver as engine
from govbudget.errors import MissingExtra


def test_demanding_a_solver_that_is_missing_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "available", lambda: False)
    given_system = system(Plan(2, (sum_of(0, [1]),)), [Known(1, 1, 1), Known(2, 2, 2)])
    with pytest.raises(MissingExtra, match="OR-Tools") as caught:
        decide(given_system, solver=True)
    assert "govbudget[solve]" in caught.value.hint
    with pytest.raises(MissingExtra):
        localise(given_system, solver=True)
    with pytest.raises(MissingExtra):
        engine.has_solution(given_system)
    assert decide(given_system).verdict is Verdict.VIOLATED
    assert localise(given_system).sets == ((0,), (1,))


def test_the_solver_is_not_imported_unasked() -> None:
    given_system = system(Plan(2, (sum_of(0, [1]),)), [Known(1, 1, 1), Known(2, 2, 2)])
    before = "ortools" in sys.modules
    localise(given_system)
    assert ("ortools" in sys.modules) == before


@settings(max_examples=60)
@given(any_systems())
def test_feasibility_is_that_of_cp_sat(given_system: System) -> None:
    pytest.importorskip("ortools")
    answer = engine.has_solution(given_system)
    assert answer is not None
    assert (decide(given_system, solver=False).verdict is not Verdict.VIOLATED) == answer


@settings(max_examples=40)
@given(any_systems())
def test_the_number_of_wrong_figures_is_that_of_cp_sat(given_system: System) -> None:
    pytest.importorskip("ortools")
    fewest = engine.fewest(given_system)
    found = localise(given_system, solver=False)
    assert fewest is not None
    assert len(fewest) == (len(found.sets[0]) if found.sets else 0)
    if fewest:
        assert tuple(sorted(fewest)) in found.sets


@pytest.mark.parametrize("scale", [10**16, 10**40])
def test_large_numbers_reach_cp_sat_as_deviations(scale: int) -> None:
    pytest.importorskip("ortools")
    values = [3 * scale + 9, scale, 2 * scale]
    given_system = system(Plan(3, (sum_of(0, [1, 2]),)), [Known(v, v - 5, v + 4) for v in values])
    assert engine.has_solution(given_system) is True
    tight = system(given_system.plan, [Known(v, v, v) for v in values])
    assert engine.has_solution(tight) is False
    assert engine.fewest(tight) in [frozenset([i]) for i in range(3)]


def test_what_does_not_fit_is_left_open() -> None:
    pytest.importorskip("ortools")
    wide = system(Plan(2, (sum_of(0, [1]),)), [Known(0, 0, 2**70), Known(0, -(2**70), 0)])
    assert engine.has_solution(wide) is None
