"""Blanks: bounds against brute force, forced values with their derivation."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.consistency.lattices import WIDE, any_systems, solutions, tables, trees

from govbudget.consistency import Known, Plan, System, fill, sum_of, system


@given(trees(most=5, largest=2), st.data())
def test_bounds_of_blanks_on_trees_are_exact(given_system: System, data: st.DataObject) -> None:
    blanks = data.draw(st.sets(st.integers(0, given_system.plan.size - 1), min_size=1, max_size=2))
    asked = attrs.evolve(given_system, blanks=frozenset(blanks))
    # Of sums of small figures some ends lie beyond what brute force searches; blanks that nothing bounds are left out.
    found = fill(asked)
    every = list(solutions(given_system, blanks))
    if not found:
        assert not every
    for blank in found:
        assert blank.exact
        if blank.low is not None and blank.high is not None:
            values = [point[blank.figure] for point in every]
            if all(_within(other.low) and _within(other.high) for other in found):
                assert (min(values), max(values)) == (blank.low, blank.high)


def _within(bound: int | None) -> bool:
    return bound is not None and -WIDE <= bound <= WIDE


@given(any_systems(most=5, largest=2))
def test_bounds_of_blanks_elsewhere_lose_nothing(given_system: System) -> None:
    asked = attrs.evolve(given_system, blanks=frozenset([0]))
    for sharpen in (False, True):
        for blank in fill(asked, sharpen=sharpen):
            values = [point[0] for point in solutions(given_system, [0])]
            assert all(blank.low is None or blank.low <= v for v in values)
            assert all(blank.high is None or v <= blank.high for v in values)


@given(tables(), st.data())
def test_one_blank_in_a_table_is_forced(made: tuple[System, tuple[int, ...]], data: st.DataObject) -> None:
    given_system, values = made
    figure = data.draw(st.integers(0, len(values) - 1))
    known = [None if i == figure else Known(v, v, v) for i, v in enumerate(values)]
    (blank,) = fill(system(given_system.plan, known))
    assert blank.forced
    assert blank.low == values[figure]
    assert blank.derivation
    assert {step.figure for step in blank.derivation} == {figure}


def test_a_derivation_is_a_chain_of_relations() -> None:
    plan = Plan(5, (sum_of(0, [1, 2]), sum_of(2, [3, 4])))
    given_system = system(plan, [Known(10, 10, 10), Known(4, 4, 4), None, Known(1, 1, 1), None])
    found = {blank.figure: blank for blank in fill(given_system)}
    assert (found[2].low, found[4].low) == (6, 5)
    assert [(step.figure, step.relation) for step in found[4].derivation] == [(2, 0), (2, 0), (4, 1), (4, 1)] or [
        step.relation for step in found[4].derivation
    ] == [0, 0, 1, 1]


def test_figures_that_are_not_negative_bound_several_blanks() -> None:
    plan = Plan(3, (sum_of(0, [1, 2]),))
    given_system = system(plan, [Known(10, 10, 10), None, None])
    assert [(blank.low, blank.high) for blank in fill(given_system)] == [(None, None), (None, None)]
    assert [(blank.low, blank.high) for blank in fill(given_system, least=0)] == [(0, 10), (0, 10)]


def test_a_blank_that_is_zero_is_proved_to_be() -> None:
    plan = Plan(3, (sum_of(0, [1, 2]),))
    (blank,) = fill(system(plan, [Known(10, 10, 10), Known(10, 10, 10), None]))
    assert (blank.low, blank.high, blank.forced) == (0, 0, True)


def test_nothing_is_filled_where_figures_contradict_each_other() -> None:
    plan = Plan(4, (sum_of(0, [1]), sum_of(0, [2, 3])))
    assert fill(system(plan, [Known(1, 1, 1), Known(2, 2, 2), Known(1, 1, 1), None])) == ()
