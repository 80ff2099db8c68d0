"""The fewest wrong figures: against trying all sets, and with the same meaning as the check."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.consistency.lattices import WIDE, any_systems, smallest_sets, solutions, tables

from govbudget.consistency import (
    Known,
    Plan,
    Relation,
    Suspect,
    System,
    Verdict,
    balancing,
    check,
    decide,
    each_figure,
    localise,
    replaced,
    same,
    sum_of,
    system,
    verify,
)
from govbudget.consistency.balance import Balance
from govbudget.consistency.branch import Budget, Refuted, settle
from govbudget.consistency.decide import certified
from govbudget.consistency.simplex import Simplex


def exact(*values: int) -> list[Known | None]:
    return [Known(v, v, v) for v in values]


@settings(max_examples=40)
@given(any_systems(most=4, largest=2))
def test_all_smallest_sets_are_found(given_system: System) -> None:
    found = localise(given_system, solver=False)
    violated = bool(check(given_system, solver=False).violations)
    assert bool(found.sets) == violated
    assert (found.verdict is Verdict.VIOLATED) == violated
    assert found.complete
    if violated:
        assert sorted(found.figures(chosen) for chosen in found.sets) == smallest_sets(given_system)
    assert localise(given_system, solver=False) == found


@given(any_systems())
def test_localiser_and_checker_mean_the_same(given_system: System) -> None:
    found = localise(given_system, solver=False)
    assert bool(found.sets) == bool(check(given_system, solver=False).violations)
    for chosen in found.sets:
        assert not check(replaced(given_system, dict.fromkeys(found.figures(chosen))), solver=False).violations


@settings(max_examples=40)
@given(any_systems(most=4, largest=2))
def test_balancing_values_are_exactly_those_of_solutions(given_system: System) -> None:
    for chosen in localise(given_system, solver=False).sets:
        if len(chosen) > 1:
            continue
        (figure,) = chosen
        ends = balancing(given_system, figure)
        assert ends is not None
        values = [point[figure] for point in solutions(given_system, chosen)]
        low, high = ends
        assert low == min(values) or (low is None and min(values) == -WIDE)
        assert high == max(values) or (high is None and max(values) == WIDE)


@settings(max_examples=100)
@given(any_systems(), st.data())
def test_one_table_for_several_open_figures_says_the_same_of_each(given_system: System, data: st.DataObject) -> None:
    """Whatever was asked of it before, and whatever figures and relations are left out."""
    figures = data.draw(st.lists(st.integers(0, given_system.plan.size - 1), min_size=1, max_size=4, unique=True))
    relations = len(given_system.plan.relations)
    without = data.draw(st.lists(st.integers(0, relations - 1), max_size=2, unique=True)) if relations else []
    asked = Balance(given_system, figures, without)
    for figure in [*figures, *figures]:
        assert asked.ends(figure) == balancing(given_system, figure, with_open=figures, without=without)


@given(any_systems(), st.data())
def test_figures_left_out_of_the_table_and_taken_in_again_change_nothing(
    given_system: System, data: st.DataObject
) -> None:
    """A table that went through other ranges decides, and refutes, as one made anew."""
    table = Simplex(given_system)
    size = given_system.plan.size
    for _ in range(3):
        opened = data.draw(st.sets(st.integers(0, size - 1)))
        for figure in range(size):
            free = figure in opened
            low, high = (None, None) if free else (given_system.lows[figure], given_system.highs[figure])
            table.bound(figure, low, high)
        outcome = settle(table, Budget())
        system_now = replaced(given_system, dict.fromkeys(opened))
        assert isinstance(outcome, Refuted) == (decide(system_now, solver=False).verdict is Verdict.VIOLATED)
        if isinstance(outcome, Refuted):
            assert verify(certified(outcome, system_now), system_now)
        elif outcome:
            values = [int(value) for value in table.value[:size]]
            assert not system_now.plan.check(values, values, values).gaps
            assert all(
                figure in opened or given_system.lows[figure] <= value <= given_system.highs[figure]  # type: ignore[operator]
                for figure, value in enumerate(values)
            )


@given(tables(rounding=1), st.data())
def test_the_wrong_figure_of_a_table_is_among_the_smallest_sets(
    made: tuple[System, tuple[int, ...]], data: st.DataObject
) -> None:
    given_system, values = made
    figure = data.draw(st.integers(0, len(values) - 1))
    wrong = values[figure] + data.draw(st.sampled_from([-40, -9, 9, 1000]))
    spoiled = replaced(given_system, {figure: Known(wrong, wrong - 1, wrong + 1)})
    found = localise(spoiled, solver=False)
    if not check(spoiled, solver=False).violations:
        assert not found.sets
        return
    assert (figure,) in found.sets
    assert found.complete
    ends = balancing(spoiled, figure)
    assert ends is not None
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[0] <= values[figure] <= ends[1]


@settings(max_examples=25)
@given(tables(rounding=1), st.data())
def test_two_wrong_figures_are_a_set_of_two_or_look_like_fewer(
    made: tuple[System, tuple[int, ...]], data: st.DataObject
) -> None:
    given_system, values = made
    chosen = data.draw(st.lists(st.integers(0, len(values) - 1), min_size=2, max_size=2, unique=True))
    wrong = {i: values[i] + data.draw(st.sampled_from([37, 1000])) for i in chosen}
    spoiled = replaced(given_system, {i: Known(v, v - 1, v + 1) for i, v in wrong.items()})
    found = localise(spoiled, solver=False)
    assert found.complete
    assert found.sets
    if len(found.sets[0]) == 2:
        assert tuple(sorted(chosen)) in found.sets


@pytest.mark.parametrize("scale", [1, 10**16, 10**24])
@pytest.mark.parametrize("error", [1, 9, -1])
def test_small_errors_in_large_numbers(scale: int, error: int) -> None:
    # A total of two lines and the same money by column: the crossing figure is the only explanation.
    plan = Plan(
        9,
        tuple(sum_of(3 * r, [3 * r + 1, 3 * r + 2]) for r in range(3))
        + tuple(sum_of(c, [3 + c, 6 + c]) for c in range(3)),
    )
    values = [v * scale for v in (10, 4, 6, 3, 1, 2, 7, 3, 4)]
    values[4] += error
    found = localise(system(plan, exact(*values)))
    assert found.sets == ((4,),)
    assert found.certain == (4,)
    assert balancing(system(plan, exact(*values)), 4) == (scale, scale)


def test_equal_and_opposite_residuals_name_the_figure_between() -> None:
    plan = Plan(5, (sum_of(0, [1, 2]), sum_of(1, [3, 4])))
    assert localise(system(plan, exact(30, 11, 20, 6, 4))).sets == ((1,),)


def test_ties_are_all_listed_in_one_order() -> None:
    plan = Plan(4, (sum_of(0, [1, 2, 3]),))
    found = localise(system(plan, exact(10, 1, 2, 3)))
    assert found.sets == ((0,), (1,), (2,), (3,))
    assert found.certain == ()


def test_weights_decide_between_sets_of_one_size_only() -> None:
    plan = Plan(3, (sum_of(0, [1, 2]),))
    given_system = system(plan, exact(9, 1, 2))
    suspects = [Suspect((0,), weight=3), Suspect((1,), weight=1), Suspect((2,), weight=3)]
    found = localise(given_system, suspects)
    assert found.sets == ((1,), (0,), (2,))
    assert found.optima == ((1,),)


def test_a_blank_is_a_later_suspect() -> None:
    plan = Plan(3, (sum_of(0, [1, 2]),))
    found = localise(system(plan, [Known(9, 9, 9), Known(4, 4, 4), None]))
    assert found.sets == ((0,), (1,), (2,))
    assert found.optima == ((0,), (1,))


def test_more_sets_than_listed_are_reported() -> None:
    plan = Plan(6, (sum_of(0, range(1, 6)),))
    found = localise(system(plan, exact(9, 1, 1, 1, 1, 1)), most_sets=4)
    assert len(found.sets) == 4
    assert not found.complete


def test_too_little_effort_is_reported() -> None:
    plan = Plan(6, (sum_of(0, [1, 2]), sum_of(0, [3, 4]), sum_of(1, [3, 5]), sum_of(2, [4, 5])))
    found = localise(system(plan, exact(9, 1, 1, 2, 3, 7)), most_questions=1)
    assert not found.complete
    assert found.verdict in {Verdict.UNDECIDED, Verdict.VIOLATED}


def test_pieces_that_do_not_touch_are_solved_apart() -> None:
    pieces = 8
    plan = Plan(3 * pieces, tuple(sum_of(3 * n, [3 * n + 1, 3 * n + 2]) for n in range(pieces)))
    suspects = each_figure(system(plan, exact(*([3, 1, 2] * pieces))))
    found = localise(system(plan, exact(*([3, 1, 1] * pieces))), suspects)
    assert len(found.sets[0]) == pieces
    assert not found.complete  # three to the eighth are more than are listed


def test_a_line_can_be_one_suspect() -> None:
    # A line stands there twice: one suspect explains what four single figures would be needed for.
    plan = Plan(8, tuple(sum_of(c, [2 + c, 4 + c, 6 + c]) for c in range(2)))
    given_system = system(plan, exact(11, 13, 4, 5, 7, 8, 7, 8))
    lines = [Suspect((2 * r, 2 * r + 1), weight=2) for r in range(4)]
    found = localise(given_system, [*each_figure(given_system), *lines])
    assert [found.figures(chosen) for chosen in found.sets] == [(0, 1), (2, 3), (4, 5), (6, 7)]
    assert all(len(chosen) == 1 for chosen in found.sets)


def test_a_missing_line_is_a_suspect_of_its_own() -> None:
    plan = Plan(4, (sum_of(0, [2]), sum_of(1, [3])))
    given_system = system(plan, exact(11, 13, 4, 5))
    found = localise(given_system, [*each_figure(given_system), Suspect((), relations=(0, 1))])
    assert found.sets == ((4,),)
    assert found.relations((4,)) == (0, 1)


def test_what_no_suspect_explains_stays_violated() -> None:
    plan = Plan(3, (same(0, 1), same(1, 2)))
    found = localise(system(plan, exact(1, 2, 1)), [Suspect((2,))])
    assert (found.verdict, found.sets) == (Verdict.VIOLATED, ())


def test_inequalities_are_respected() -> None:
    plan = Plan(3, (Relation((0,), (1,), at_most=True), same(1, 2)))
    found = localise(system(plan, exact(5, 3, 3)))
    assert found.sets == ((0,),)
    assert balancing(system(plan, exact(5, 3, 3)), 0) == (None, 3)


@given(tables())
def test_order_of_relations_does_not_matter(made: tuple[System, tuple[int, ...]]) -> None:
    given_system, values = made
    spoiled = replaced(given_system, {len(values) - 1: Known(values[-1] + 5, values[-1] + 5, values[-1] + 5)})
    turned = attrs.evolve(spoiled, plan=Plan(spoiled.plan.size, spoiled.plan.relations[::-1]))
    assert localise(spoiled).sets == localise(turned).sets


def test_very_many_errors_end_undecided_not_never() -> None:
    rows = 12
    rules = [sum_of(rows * r, range(rows * r + 1, rows * (r + 1))) for r in range(rows)]
    rules += [sum_of(c, range(rows + c, rows * rows, rows)) for c in range(rows)]
    values = [(7 * i * i + 3 * i) % 101 for i in range(rows * rows)]  # nothing fits at all
    found = localise(system(Plan(rows * rows, tuple(rules)), exact(*values)), most_questions=50, solver=False)
    assert found.verdict in {Verdict.UNDECIDED, Verdict.VIOLATED}
    assert not found.complete
