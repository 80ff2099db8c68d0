"""Laws of verdicts, against brute force on a small lattice."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from govbudget.consistency import (
    Grade,
    Known,
    Verdict,
    grade_at_most,
    grade_growth,
    grade_same,
    grade_share,
    grade_sum,
    meet,
)

small = st.builds(
    lambda value, below, above: Known(value, value - below, value + above),
    st.integers(-8, 8),
    st.integers(0, 3),
    st.integers(0, 3),
)
positive = st.builds(
    lambda value, below, above: Known(value, value - below, value + above),
    st.integers(20, 60),
    st.integers(0, 3),
    st.integers(0, 3),
)


def points(figure: Known) -> range:
    return range(figure.low, figure.high + 1)


@given(small, st.lists(st.tuples(small, st.sampled_from([1, -1])), min_size=1, max_size=3))
def test_sums_against_brute_force(total: Known, weighted: list[tuple[Known, int]]) -> None:
    parts, signs = [p for p, _ in weighted], [s for _, s in weighted]
    grade = grade_sum(total, parts, signs)
    reach = {sum(s * v for s, v in zip(signs, values, strict=True)) for values in product(*map(points, parts))}
    possible = any(t in reach for t in points(total))
    printed = sum(s * p.value for s, p in zip(signs, parts, strict=True)) == total.value
    expected = Verdict.EXACT if printed else Verdict.ROUNDING if possible else Verdict.VIOLATED
    assert grade.verdict is expected
    if grade.verdict is Verdict.VIOLATED:
        assert grade.gap == min(abs(t - r) for t in points(total) for r in reach)
    else:
        assert grade.gap == 0


@given(st.lists(small, min_size=1, max_size=4))
def test_sameness_against_brute_force(figures: list[Known]) -> None:
    common = set.intersection(*[set(points(f)) for f in figures])
    grade = grade_same(figures)
    if len({f.value for f in figures}) == 1:
        assert grade.verdict is Verdict.EXACT
    else:
        assert grade.verdict is (Verdict.ROUNDING if common else Verdict.VIOLATED)
    met = meet(figures)
    assert (met is None) == (not common)
    assert met is None or set(points(met)) == common


@given(small, small)
def test_inequalities_against_brute_force(a: Known, b: Known) -> None:
    possible = any(x <= y for x in points(a) for y in points(b))
    grade = grade_at_most(a, b)
    assert (grade.verdict is Verdict.VIOLATED) == (not possible and a.value > b.value)
    assert (grade.verdict is Verdict.EXACT) == (a.value <= b.value)


def rounds_to(value: Fraction, digits: int, places: int) -> bool:
    scaled = value * 10**places
    return bool((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator) == digits)


@given(positive, st.integers(0, 12), st.integers(0, 2), st.sampled_from([1, -1]), st.integers(0, 2000))
def test_growth_against_brute_force(amount: Known, change: int, slack: int, sign: int, digits: int) -> None:
    """Whatever exact values print so decides; the range of a ratio of integers may be wider, never narrower."""
    moved = Known(change, max(0, change - slack), change + slack)
    grade = grade_growth(digits, 1, amount, moved, sign)
    rates = [Fraction(100 * c, b - sign * c) for b in points(amount) for c in points(moved) if b - sign * c > 0]
    if any(rounds_to(rate, digits, 1) for rate in rates):
        assert grade.verdict in (Verdict.EXACT, Verdict.ROUNDING)
    if grade.verdict is Verdict.VIOLATED:
        assert grade.gap > 0
        assert not any(rounds_to(rate, digits, 1) for rate in rates)
    point = Fraction(100 * change, amount.value - sign * change)
    assert (grade.verdict is Verdict.EXACT) == rounds_to(point, digits, 1)


@given(positive, positive, st.integers(0, 3000))
def test_shares_against_brute_force(part: Known, whole: Known, digits: int) -> None:
    grade = grade_share(digits, 1, part, whole)
    shares = [Fraction(100 * a, t) for a in points(part) for t in points(whole)]
    if any(rounds_to(share, digits, 1) for share in shares):
        assert grade.verdict in (Verdict.EXACT, Verdict.ROUNDING)
    if grade.verdict is Verdict.VIOLATED:
        assert not any(rounds_to(share, digits, 1) for share in shares)


def test_a_base_that_may_be_zero_is_undecided() -> None:
    ten = Known(10, 10, 10)
    assert grade_growth(1000, 1, ten, ten, 1) == Grade(Verdict.UNDECIDED)
    assert grade_share(10, 0, ten, Known(0, -1, 1)) == Grade(Verdict.UNDECIDED)
    assert grade_share(0, 0, Known(0, -1, 1), ten).verdict is Verdict.EXACT


def test_the_ends_of_half_up_ranges_count() -> None:
    """Truncation, negative weights, T = -1 and T = +1: where other engines go wrong at the ends of ranges."""
    for total in (-1, 1):
        exact = Known(total, total, total)
        assert grade_sum(exact, [Known(0, -1, 1)], [-1]).verdict is Verdict.ROUNDING
        assert grade_sum(exact, [Known(0, 0, 0)], [-1]).verdict is Verdict.VIOLATED
