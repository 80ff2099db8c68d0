"""The fast check of a plan is the slow grading of each relation."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.consistency.lattices import any_systems, trees

from govbudget.consistency import (
    Known,
    Plan,
    Relation,
    System,
    Verdict,
    at_most,
    grade_at_most,
    grade_sum,
    opened,
    replaced,
    same,
    sum_of,
    system,
)
from govbudget.consistency.decide import grades
from govbudget.errors import GovBudgetError


@given(trees())
def test_sums_are_graded_as_one_by_one(given_system: System) -> None:
    _compare(given_system)


@given(any_systems())
def test_signs_and_inequalities_are_graded_as_one_by_one(given_system: System) -> None:
    _compare(given_system)


def _compare(s: System) -> None:
    known = [Known(v, low or 0, high or 0) for v, low, high in zip(s.values, s.lows, s.highs, strict=True)]
    found = grades(s)
    assert len(found) == len(s.plan.relations)
    for number, (plus, minus, ordered) in enumerate(s.plan.relations):
        parts = [known[i] for i in (*plus, *minus)]
        signs = [1] * len(plus) + [-1] * len(minus)
        grade = found.grade(number)
        if not ordered:
            expected = grade_sum(Known(0, 0, 0), parts, signs)
            assert grade == expected
        else:
            value = sum(sign * part.value for sign, part in zip(signs, parts, strict=True))
            low = sum(p.low if sign > 0 else -p.high for sign, p in zip(signs, parts, strict=True))
            assert grade == grade_at_most(Known(value, low, max(value, low)), Known(0, 0, 0))
    assert found.violated == tuple(n for n, g in enumerate(found) if g.verdict is Verdict.VIOLATED)


def test_relations_that_are_none_are_refused() -> None:
    with pytest.raises(GovBudgetError, match="twice"):
        Plan(2, (sum_of(0, [1, 1]),))
    with pytest.raises(GovBudgetError, match="outside"):
        Plan(2, (sum_of(0, [2]),))
    with pytest.raises(GovBudgetError, match="outside"):
        Plan(2, (sum_of(0, [-1]),))
    plan = Plan(2, (same(0, 1),))
    with pytest.raises(GovBudgetError, match="2 figures"):
        System(plan, (1,), (1,), (1,))
    with pytest.raises(GovBudgetError, match="empty"):
        System(plan, (1, 1), (2, 1), (1, 1))


def test_a_blank_counts_as_zero_until_it_is_asked_for() -> None:
    given_system = system(Plan(2, (same(0, 1),)), [Known(5, 5, 5), None])
    assert grades(given_system).violated == (0,)
    unknown = opened(given_system)
    assert (unknown.lows[1], unknown.highs[1]) == (None, None)
    assert grades(unknown).violated == ()
    assert replaced(given_system, {1: Known(5, 5, 5)}).blanks == frozenset()


def test_mixed_plans_keep_their_order() -> None:
    rules = (same(0, 1), sum_of(0, [2, 3]), at_most(1, 0), Relation((0, 1), (2, 3)))
    found = Plan(4, rules).check([3, 2, 1, 1], [3, 2, 1, 1], [3, 2, 1, 1])
    assert list(found.residuals) == [1, -1, -1, 3]
    assert [v.name for v in found.verdicts] == ["VIOLATED", "VIOLATED", "EXACT", "VIOLATED"]
    assert found.gaps == {0: 1, 1: 1, 3: 3}
