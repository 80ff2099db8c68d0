"""Joint feasibility against brute force; every certificate goes through the verifier."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import attrs
import pytest
from hypothesis import example, given
from tests.consistency.lattices import any_systems, holds, solutions, tables, trees

from govbudget.consistency import (
    Certificate,
    Combination,
    Decision,
    Kind,
    Known,
    Plan,
    Relation,
    Split,
    System,
    Verdict,
    check,
    decide,
    propagate,
    replaced,
    sum_of,
    system,
    verify,
    witness,
)
from govbudget.consistency.decide import grades


def exactly(values: list[int], slack: int = 0) -> list[Known | None]:
    return [Known(v, v - slack, v + slack) for v in values]


def assert_refuted(given_system: System, certificate: Certificate | None) -> None:
    """The verifier accepts the certificate, and no figure of it can be left out."""
    assert certificate is not None
    assert verify(certificate, given_system)
    assert certificate.irreducible
    assert certificate.gap > 0


@given(trees())
def test_on_trees_propagation_is_the_true_projection(given_system: System) -> None:
    found = propagate(given_system)
    every = list(solutions(given_system))
    assert (found.certificate is None) == bool(every)
    if found.certificate is not None:
        assert found.certificate.kind is Kind.LINEAR
        assert verify(found.certificate, given_system)
    else:
        assert found.settled
        assert all(found.exact)
        assert found.lows == tuple(map(min, zip(*every, strict=True)))
        assert found.highs == tuple(map(max, zip(*every, strict=True)))


@given(any_systems())
def test_propagation_never_loses_a_solution(given_system: System) -> None:
    found = propagate(given_system)
    every = list(solutions(given_system))
    if found.certificate is not None:
        assert not every
        assert verify(found.certificate, given_system)
    for point in every:
        assert all(low is None or low <= v for low, v in zip(found.lows, point, strict=True))
        assert all(high is None or v <= high for high, v in zip(found.highs, point, strict=True))


@given(any_systems())
def test_decisions_against_brute_force(given_system: System) -> None:
    decision = decide(given_system, solver=False)
    possible = next(solutions(given_system), None) is not None
    assert decision.verdict is not Verdict.UNDECIDED
    assert (decision.verdict is not Verdict.VIOLATED) == possible
    point = witness(given_system)
    assert (point is not None) == possible
    if point is not None:
        assert holds(given_system, point)
        assert all(
            low is not None and high is not None and low <= v <= high
            for low, v, high in zip(given_system.lows, point, given_system.highs, strict=True)
        )
    else:
        assert_refuted(given_system, decision.certificate)
    if decision.verdict is Verdict.EXACT:
        assert holds(given_system, given_system.values)


def with_open(given_system: System, opened: Collection[int]) -> System:
    """The system in which these figures may be anything."""
    lows, highs = (
        tuple(None if i in opened else bound for i, bound in enumerate(bounds))
        for bounds in (given_system.lows, given_system.highs)
    )
    return attrs.evolve(given_system, lows=lows, highs=highs)


def at_most(plus: tuple[int, ...], minus: tuple[int, ...]) -> Relation:
    return Relation(plus=plus, minus=minus, at_most=True)


FAR = System(  # the third figure has to be 10, further out than brute force looks
    plan=Plan(
        size=5,
        relations=(
            at_most((0,), (1,)),
            Relation(plus=(3,), minus=(4,), at_most=False),
            at_most((2, 3), (0, 1)),
            at_most((3, 4, 1), (2,)),
        ),
    ),
    values=(0, 0, 0, 0, 2),
    lows=(0, 0, 0, 0, 2),
    highs=(0, 0, 0, 0, 2),
    blanks=frozenset(),
)


@given(any_systems(most=5))
@example(FAR)
def test_no_figure_of_a_certificate_can_be_left_out(given_system: System) -> None:
    certificate = decide(given_system, solver=False).certificate
    if certificate is None:
        return
    for left_out in combinations(certificate.figures, len(certificate.figures) - 1):
        opened = set(range(given_system.plan.size)) - set(left_out)
        # Brute force searches open figures no further than it can; a witness may lie beyond, and is checked here.
        point = next(solutions(given_system, opened), None) or witness(with_open(given_system, opened))
        assert point is not None
        assert holds(given_system, point)
        lows, highs = given_system.lows, given_system.highs
        assert all((lows[i] or 0) <= point[i] <= (highs[i] or 0) for i in left_out)


@given(any_systems())
def test_the_check_names_all_that_must_be_open(given_system: System) -> None:
    found = check(given_system, solver=False)
    for violation in found.violations:
        assert_refuted(given_system, violation)
    assert (found.verdict is Verdict.VIOLATED) == bool(found.violations)
    for number in found.grades.violated:
        figures = set(given_system.plan.relations[number].plus + given_system.plan.relations[number].minus)
        assert any(figures.issuperset(v.figures) for v in found.violations)
    named = {figure for violation in found.violations for figure in violation.figures}
    rest = decide(replaced(given_system, dict.fromkeys(named)), solver=False)
    assert rest.verdict in {Verdict.EXACT, Verdict.ROUNDING}


@given(tables(rounding=1))
def test_clean_tables_are_clean(made: tuple[System, tuple[int, ...]]) -> None:
    given_system, exact = made
    assert check(given_system).verdict is Verdict.EXACT
    for shift in (1, -1):  # any rounding of the exact table, too
        moved = attrs.evolve(given_system, values=tuple(v + shift * (i % 3 - 1) for i, v in enumerate(exact)))
        moved = attrs.evolve(moved, lows=tuple(v - 1 for v in moved.values), highs=tuple(v + 1 for v in moved.values))
        assert check(moved).verdict in {Verdict.EXACT, Verdict.ROUNDING}


def test_what_passes_sum_by_sum_and_fails_together() -> None:
    # 1 + 1 → 3 and 3 + 2 + 2 → 9, each figure give or take a half; counted in halves.
    plan = Plan(6, (sum_of(2, [0, 1]), sum_of(5, [2, 3, 4])))
    given_system = system(plan, exactly([2, 2, 6, 4, 4, 18], slack=1))
    assert all(grade.verdict is Verdict.ROUNDING for grade in grades(given_system))
    found = check(given_system)
    assert found.verdict is Verdict.VIOLATED
    (violation,) = found.violations
    assert_refuted(given_system, violation)
    assert violation.multipliers.keys() == {0, 1}
    assert violation.figures == (0, 1, 3, 4, 5)  # the 3 in the middle needs not be right for the contradiction


def test_trees_across_columns_need_whole_numbers() -> None:
    # The determinant of these four sums over four figures is 2: halves would do, whole numbers do not.
    rules = (Relation((0, 1), (4,)), Relation((1, 2), (5,)), Relation((0, 2), (6,)))
    given_system = system(Plan(7, rules), [Known(0, 0, 1), Known(0, 0, 1), Known(0, 0, 1), *exactly([0, 1, 1, 1])])
    decision = decide(given_system, solver=False)
    assert decision.verdict is Verdict.VIOLATED
    assert_refuted(given_system, decision.certificate)
    assert decision.certificate is not None
    assert decision.certificate.kind is Kind.INTEGER
    assert not decision.certificate.multipliers or isinstance(decision.certificate.proof, Combination)


def test_splits_are_verified_too() -> None:
    given_system = system(Plan(2, (sum_of(0, [1]),)), exactly([0, 1]))
    good = Split(0, 5, Combination(((0, 1),)), Combination(((0, 1),)))
    assert verify(Certificate(Kind.INTEGER, (0, 1), (0,), good, 1), given_system)
    bad = Split(0, 5, Combination(((0, -1),)), Combination(((0, 1),)))
    assert not verify(Certificate(Kind.INTEGER, (0, 1), (0,), bad, 1), given_system)


@pytest.mark.parametrize("scale", [1, 10**16, 10**30])
def test_one_unit_is_not_lost_in_large_numbers(scale: int) -> None:
    plan = Plan(3, (sum_of(0, [1, 2]),))
    for residual in (1, 9):
        given_system = system(plan, exactly([3 * scale + residual, scale, 2 * scale]))
        found = check(given_system)
        assert [v.gap for v in found.violations] == [residual]
        assert_refuted(given_system, found.violations[0])


def test_forged_certificates_are_refused() -> None:
    given_system = system(Plan(3, (sum_of(0, [1, 2]),)), exactly([4, 1, 1]))
    good = check(given_system).violations[0]
    assert verify(good, given_system)
    assert not verify(attrs.evolve(good, gap=good.gap + 1), given_system)
    assert not verify(attrs.evolve(good, figures=good.figures[:-1]), given_system)
    assert not verify(attrs.evolve(good, proof=Combination(((0, 1),))), given_system)
    assert not verify(good, replaced(given_system, {1: Known(3, 3, 3)}))


def test_a_negative_multiplier_of_an_inequality_proves_nothing() -> None:
    given_system = system(Plan(2, (Relation((0,), (1,), at_most=True),)), exactly([1, 5]))
    assert not verify(Certificate(Kind.LINEAR, (0, 1), (0,), Combination(((0, -1),)), 4), given_system)


def test_without_effort_the_answer_is_undecided_never_wrong() -> None:
    rules = (Relation((0, 1), (2, 3)), Relation((0, 2), (1, 4)), Relation((1, 2, 3), (0, 4)))
    given_system = system(Plan(5, rules), [Known(0, -9, 9)] * 3 + [Known(1, 1, 2), Known(2, 1, 2)])
    full = decide(given_system, solver=False)
    short = decide(given_system, solver=False, splits=0)
    assert short.verdict in {full.verdict, Verdict.UNDECIDED}
    assert decide(given_system, solver=False).verdict is full.verdict


def test_a_capped_propagation_says_so() -> None:
    rules = (Relation((0,), (1, 2)), Relation((1,), (0, 2)))  # carries on one by one for a million steps
    given_system = system(Plan(3, rules), [Known(0, -(10**6), 10**6), Known(0, -(10**6), 10**6), Known(1, 1, 1)])
    found = propagate(given_system, cap=50)
    assert not found.settled
    assert found.certificate is None
    decision = decide(given_system, solver=False)
    assert decision.verdict is Verdict.VIOLATED
    assert_refuted(given_system, decision.certificate)


def test_undecided_is_no_violation() -> None:
    assert Decision(Verdict.UNDECIDED).certificate is None
