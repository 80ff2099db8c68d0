"""Half-up and truncation, both signs, against rounding every number of a small lattice."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.consistency import (
    Known,
    Mode,
    Plan,
    Verdict,
    bounds,
    excess_digits,
    grade_sum,
    infer_modes,
    printed_value,
    ranges,
    sum_of,
)


def rounded(exact: int, step: int, mode: Mode) -> int:
    """By the book, with fractions."""
    size = Fraction(abs(exact), step)
    whole = int(size) if mode is Mode.TRUNCATION else int(size + Fraction(1, 2))
    return (1 if exact >= 0 else -1) * whole * step


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("step", [1, 2, 3, 5, 10])
def test_bounds_are_exactly_the_values_that_print_so(step: int, mode: Mode) -> None:
    for value in range(-5 * step, 5 * step + 1, step):
        low, high = bounds(value, step, mode)
        expected = [exact for exact in range(-7 * step, 7 * step + 1) if rounded(exact, step, mode) == value]
        assert list(range(low, high + 1)) == expected
        assert all(printed_value(exact, step, mode) == value for exact in expected)


@given(st.lists(st.integers(-50, 50), max_size=8), st.integers(1, 9), st.sampled_from(Mode))
def test_many_at_once_are_each_by_itself(values: list[int], step: int, mode: Mode) -> None:
    one_by_one = [bounds(value, step, mode) for value in values]
    for lows, highs in (ranges(values, step, mode), ranges(values, [step] * len(values), mode)):
        assert list(zip(lows, highs, strict=True)) == one_by_one


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_sum_against_every_exact_value(mode: Mode, sign: int) -> None:
    step = 4
    for total, one, other in product(range(-8, 9, step), repeat=3):
        figures = [Known(v, *bounds(v, step, mode)) for v in (total, one, other)]
        grade = grade_sum(figures[0], figures[1:], [1, sign])
        possible = any(
            rounded(x, step, mode) == one
            and rounded(y, step, mode) == other
            and rounded(x + sign * y, step, mode) == total
            for x, y in product(range(-12, 13), repeat=2)
        )
        assert (grade.verdict is not Verdict.VIOLATED) == possible


@pytest.mark.parametrize(("total", "verdict"), [(-1, Verdict.EXACT), (1, Verdict.VIOLATED), (-2, Verdict.ROUNDING)])
def test_truncation_with_a_negative_weight(total: int, verdict: Verdict) -> None:
    # T = A - B with A = 0 and B = 1, truncated: A in (-1, 1), B in [1, 2), so A - B in (-3, 0) and T = 1 is impossible.
    step = 1000
    part = [Known(v * step, *bounds(v * step, step, Mode.TRUNCATION)) for v in (0, 1)]
    whole = Known(total * step, *bounds(total * step, step, Mode.TRUNCATION))
    assert grade_sum(whole, part, [1, -1]).verdict is verdict


def test_excess_digits_are_told_apart() -> None:
    assert excess_digits([1200, 1250, -1], [100, 100, 1]) == (1,)


@given(
    st.lists(st.lists(st.integers(0, 10_000), min_size=4, max_size=9), min_size=6, max_size=12), st.sampled_from(Mode)
)
def test_the_mode_that_printed_a_table_is_always_possible(columns: list[list[int]], mode: Mode) -> None:
    values: list[int] = []
    rules = []
    for column in columns:
        start = len(values)
        values += [printed_value(v, 100, mode) for v in (sum(column), *column)]
        rules.append(sum_of(start, range(start + 1, len(values))))
    plan = Plan(len(values), tuple(rules))
    found = infer_modes(plan, values, [100] * len(values), {"table": range(len(values))})["table"]
    assert next(e for e in found.evidence if e.mode is mode).possible
    if found.decided:
        assert found.mode is mode


def test_truncated_tables_are_told_from_rounded_ones() -> None:
    exact = [[90, 80, 70, 90], [60, 70, 80, 90], [99, 99, 99, 99]]
    values = [printed_value(v, 100, Mode.TRUNCATION) for column in exact for v in (sum(column), *column)]
    plan = Plan(15, tuple(sum_of(5 * n, range(5 * n + 1, 5 * n + 5)) for n in range(3)))
    found = infer_modes(plan, values, [100] * 15, {"cut": range(15)})["cut"]
    assert (found.mode, found.decided) == (Mode.TRUNCATION, True)
    refuted = next(e for e in found.evidence if e.mode is Mode.HALF_UP)
    assert refuted.violated
    assert refuted.decision.certificate is not None


def test_excess_digits_belong_to_their_group() -> None:
    plan = Plan(4, (sum_of(0, [1]), sum_of(2, [3])))
    found = infer_modes(plan, [100, 100, 150, 150], [100] * 4, {"one": [0, 1], "two": [2, 3]})
    assert (found["one"].excess, found["two"].excess) == ((), (2, 3))
