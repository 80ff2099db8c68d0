"""Small systems that can be searched through, and the search."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations, product

from hypothesis import strategies as st

from govbudget.consistency import Known, Plan, Relation, System, sum_of, system

WIDE = 9
"""How far an open figure is searched; the figures of these systems are small enough for it."""


@st.composite
def figures(draw: st.DrawFn, *, largest: int = 3, slack: int = 1) -> Known:
    value = draw(st.integers(-largest, largest))
    return Known(value, value - draw(st.integers(0, slack)), value + draw(st.integers(0, slack)))


@st.composite
def relations(draw: st.DrawFn, size: int) -> Relation:
    chosen = draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=min(size, 4), unique=True))
    cut = draw(st.integers(1, len(chosen) - 1))
    return Relation(tuple(chosen[:cut]), tuple(chosen[cut:]), draw(st.integers(0, 5)) == 0)


@st.composite
def any_systems(draw: st.DrawFn, *, most: int = 6, largest: int = 3, slack: int = 1) -> System:
    """Systems with cycles, inequalities and signs of every kind."""
    size = draw(st.integers(2, most))
    rules = draw(st.lists(relations(size), min_size=1, max_size=most))
    known = draw(st.lists(figures(largest=largest, slack=slack), min_size=size, max_size=size))
    return system(Plan(size, tuple(rules)), known)


@st.composite
def trees(draw: st.DrawFn, *, most: int = 7, largest: int = 4) -> System:
    """One column: every total the sum of the figures under it."""
    size = draw(st.integers(2, most))
    parts: dict[int, list[int]] = {}
    for child in range(1, size):
        parts.setdefault(draw(st.integers(0, child - 1)), []).append(child)
    known = draw(st.lists(figures(largest=largest), min_size=size, max_size=size))
    return system(Plan(size, tuple(sum_of(total, found) for total, found in parts.items())), known)


@st.composite
def tables(draw: st.DrawFn, *, rounding: int = 0) -> tuple[System, tuple[int, ...]]:
    """Subjects in a tree, and 合计 = 基本 {人员, 公用} + 项目 as columns: a consistent table and its exact values."""
    rows = draw(st.integers(2, 6))
    above = {row: draw(st.integers(0, row - 1)) for row in range(1, rows)}
    leaves = [row for row in range(rows) if row not in above.values()]
    exact = [[0] * 5 for _ in range(rows)]
    for row in leaves:
        amounts = draw(st.lists(st.integers(-3, 60), min_size=3, max_size=3))
        while True:
            exact[row] = [
                total + add
                for total, add in zip(exact[row], [sum(amounts), amounts[0] + amounts[1], *amounts], strict=True)
            ]
            if row not in above:
                break
            row = above[row]  # noqa: PLW2901
    rules = []
    for row in range(rows):
        at = 5 * row
        rules += [sum_of(at, [at + 1, at + 4]), sum_of(at + 1, [at + 2, at + 3])]
        below = [other for other, over in above.items() if over == row]
        rules += [sum_of(at + column, [5 * other + column for other in below]) for column in range(5) if below]
    values = tuple(value for row in exact for value in row)
    known = [Known(value, value - rounding, value + rounding) for value in values]
    return system(Plan(5 * rows, tuple(rules)), known), values


def solutions(given: System, opened: Collection[int] = ()) -> Iterator[tuple[int, ...]]:
    """Yield every solution on the lattice; figures in ``opened`` may be anything small."""
    spans = [
        range(-WIDE, WIDE + 1) if i in opened or low is None or high is None else range(low, high + 1)
        for i, (low, high) in enumerate(zip(given.lows, given.highs, strict=True))
    ]
    for point in product(*spans):
        if holds(given, point):
            yield point


def holds(given: System, point: tuple[int, ...]) -> bool:
    for plus, minus, at_most in given.plan.relations:
        total = sum(point[i] for i in plus) - sum(point[i] for i in minus)
        if total > 0 or (total and not at_most):
            return False
    return True


def smallest_sets(given: System) -> list[tuple[int, ...]]:
    """The smallest sets of figures that, left open, let the rest stand; by trying all."""
    for size in range(given.plan.size + 1):
        found = [c for c in combinations(range(given.plan.size), size) if next(solutions(given, c), None)]
        if found:
            return found
    return []
