"""Statistics over amounts, exact and held against the definitions."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from statistics import mean as plain_mean
from statistics import median as plain_median
from statistics import pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.aggregation import stats
from govbudget.errors import GovBudgetError

amounts = st.lists(st.integers(-(10**20), 10**20), min_size=1, max_size=12)
positive = st.lists(st.integers(1, 10**20), min_size=1, max_size=12)


@given(amounts)
def test_moments_are_those_of_the_standard_library_in_fractions(values: list[int]) -> None:
    exact = [Fraction(value) for value in values]
    assert stats.mean(values) == plain_mean(exact)
    assert stats.median(values) == plain_median(exact)
    assert stats.variance(values) == pvariance(exact)
    assert stats.deviation(values) == isqrt(int(pvariance(exact)))
    assert stats.quantile(values, Fraction(0)) == min(values)
    assert stats.quantile(values, Fraction(1)) == max(values)


@given(positive, st.randoms(use_true_random=False))
def test_shares_concentration_and_gini(values: list[int], luck: object) -> None:
    parts = stats.shares(values)
    assert sum(parts) == 1
    assert stats.concentration(values) == sum(part * part for part in parts)
    assert Fraction(1, len(values)) <= stats.concentration(values) <= 1
    apart = sum(abs(a - b) for a in values for b in values)
    assert stats.gini(values) == Fraction(apart, 2 * len(values) * sum(values))
    assert stats.top_share(values, len(values)) == 1
    assert stats.top_share(values, 1) == max(parts)
    turned = sorted(values)
    assert [f(turned) for f in (stats.mean, stats.gini, stats.concentration)] == [
        f(values) for f in (stats.mean, stats.gini, stats.concentration)
    ]
    assert luck is not None


@given(amounts)
def test_ranks(values: list[int]) -> None:
    found = stats.ranks(values)
    for value, rank in zip(values, found, strict=True):
        assert rank == 1 + sum(other > value for other in values)


def test_what_has_no_meaning_is_refused() -> None:
    for job in (stats.mean, stats.median, stats.variance, stats.concentration, stats.shares, stats.gini):
        with pytest.raises(GovBudgetError, match="no amounts"):
            job([])
    with pytest.raises(GovBudgetError, match="below zero"):
        stats.concentration([1, -1])
    with pytest.raises(GovBudgetError, match="all is zero"):
        stats.gini([0, 0])
    with pytest.raises(GovBudgetError, match="nothing"):
        stats.shares([1, -1])
    for at in (Fraction(3, 2), True):
        with pytest.raises(GovBudgetError, match="fraction from 0 to 1"):
            stats.quantile([1], at)  # type: ignore[arg-type]
