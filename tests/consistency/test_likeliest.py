"""The likeliest explanations by themselves, and the one table that all questions are put to."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.consistency.lattices import any_systems, figures

from govbudget.consistency import (
    Cell,
    Known,
    Plan,
    Printed,
    System,
    Verdict,
    at_most,
    balancing,
    explaining,
    likeliest,
    replaced,
    sum_of,
    system,
    verdict_on,
)
from govbudget.consistency.balance import Balance


def _texts(given_system: System) -> dict[int, Printed]:
    return {i: Printed("" if i in given_system.blanks else str(v)) for i, v in enumerate(given_system.values)}


@settings(max_examples=150)
@given(any_systems(largest=30), st.data())
def test_rivals_are_what_all_explanations_begin_with(given_system: System, data: st.DataObject) -> None:
    size = given_system.plan.size
    blanks = frozenset(data.draw(st.sets(st.integers(0, size - 1), max_size=2)))
    given_system = attrs.evolve(given_system, blanks=blanks)
    places = st.one_of(st.none(), st.builds(Cell, st.just(0), st.integers(0, 2), st.integers(0, 2)))
    cells = data.draw(st.lists(places, min_size=size, max_size=size))
    found, told = likeliest(given_system, cells, _texts(given_system), solver=False)
    first = tuple(explanation for explanation in told if explanation.cost == told[0].cost)
    assert likeliest(given_system, cells, _texts(given_system), solver=False, rivals_only=True) == (found, first)


@settings(max_examples=150)
@given(any_systems(), st.data())
def test_one_table_says_the_same_as_a_system_made_for_each_question(given_system: System, data: st.DataObject) -> None:
    size, relations = given_system.plan.size, len(given_system.plan.relations)
    asked = Balance(given_system)
    for _ in range(4):
        figure = data.draw(st.integers(0, size - 1))
        others = data.draw(st.dictionaries(st.integers(0, size - 1), st.one_of(st.none(), figures()), max_size=3))
        without = data.draw(st.sets(st.integers(0, relations - 1), max_size=2))
        changes: dict[int, Known | None] = {**others, figure: None}
        asked.put(changes, without)
        changed = replaced(given_system, changes)
        ends = balancing(changed, figure, without=without)
        assert asked.stands() == (verdict_on(changed, solver=False, without=without) is not Verdict.VIOLATED)
        assert asked.ends(figure) == ends
        if ends is None:
            continue
        low, high = asked.wide(figure)
        assert low is None or (ends[0] is not None and low <= ends[0])
        assert high is None or (ends[1] is not None and ends[1] <= high)


def test_what_was_left_out_never_lies_in_an_empty_range() -> None:
    for low, high in [(None, None), (5, None), (None, -5), (-5, None), (None, 5), (5, 9)]:
        (slip,) = explaining(Printed(""), low, high)
        assert slip.low <= slip.value <= slip.high
        assert slip.fits(low, high)
    # The blank holds at least 5, and whatever it is, another figure of its sum is wrong as well.
    plan = Plan(6, (at_most(1, 0), sum_of(2, [0, 3]), sum_of(2, [4, 5])))
    given_system = attrs.evolve(system(plan, [Known(v, v, v) for v in (0, 5, 3, 1, 2, 1)]), blanks=frozenset({0}))
    found, told = likeliest(given_system, [None] * 6, _texts(given_system))
    assert (0, 3) in found.sets
    assert {explanation.chosen for explanation in told} == set(found.sets)
