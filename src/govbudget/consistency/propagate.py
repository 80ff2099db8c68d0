"""Bounds carried through relations: exact in two walks on forests, to a fixpoint elsewhere.

Every relation gives each of its figures a range from the ranges of the others. On a forest, one walk inwards and one
outwards leave exactly the values that some solution takes. Where relations close a cycle the ranges stay sound but
may be too wide, and the steps are capped. Each new bound remembers where it came from, so a contradiction is turned
into integer multipliers by walking back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable

import attrs

from govbudget.consistency.certificate import Certificate, linear
from govbudget.consistency.system import Bound, System

_LOW, _HIGH = 0, 1


@attrs.frozen
class Step:
    """One bound that follows: which figure and side, from which relation, and which earlier steps it leans on.

    Attributes:
        figure: the figure.
        side: 0 for its lower bound, 1 for the upper.
        bound: the bound.
        relation: the relation it comes from.
        reasons: the coefficients of the other figures that lean on an earlier step, with the number of that step.
    """

    figure: int
    side: int
    bound: int
    relation: int
    reasons: tuple[tuple[int, int], ...]


@attrs.frozen
class Propagated:
    """What carrying the bounds came to.

    Attributes:
        lows: the lower bounds.
        highs: the upper bounds.
        exact: for each figure, whether both its bounds are taken by solutions.
        settled: whether nothing more follows; false where the cap ended it.
        steps: every bound that follows, in order.
        certificate: the refutation, where the bounds of a figure cross.
    """

    lows: tuple[Bound, ...]
    highs: tuple[Bound, ...]
    exact: tuple[bool, ...]
    settled: bool
    steps: tuple[Step, ...]
    certificate: Certificate | None = None


def propagate(system: System, relations: Collection[int] | None = None, *, cap: int | None = None) -> Propagated:
    """Carry the bounds of all figures through all relations.

    Args:
        system: the system.
        relations: the relations to carry them through; all by default.
        cap: how many times a relation may be visited in pieces with cycles; by default 40 times each.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), (3, 1, 0), (3, 1, 0), (3, 1, 9))
    >>> propagate(given).lows
    (3, 1, 2)
    """
    run = _Run(system)
    shape = system.plan.shape
    walked = list(zip(shape.order, shape.forest, strict=True))
    if relations is not None:
        kept = frozenset(relations)
        walked = [pair for pair in walked if pair[0] in kept]
        run.kept = kept
    trees = [number for number, fits in walked if fits]
    cycles = [number for number, fits in walked if not fits]
    ok = run.walk(reversed(trees)) and run.walk(trees)
    settled = ok and run.fixpoint(cycles, cap if cap is not None else 40 * len(cycles))
    exact = [True] * system.plan.size
    for number in cycles:
        for figure, _ in shape.terms[number]:
            exact[figure] = False
    return Propagated(
        lows=tuple(run.bound[_LOW]),
        highs=tuple(run.bound[_HIGH]),
        exact=tuple(exact),
        settled=settled,
        steps=tuple(run.steps),
        certificate=run.certificate,
    )


class _Run:
    """The state of one propagation."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.bound: tuple[list[Bound], list[Bound]] = (list(system.lows), list(system.highs))
        self.source: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.steps: list[Step] = []
        self.certificate: Certificate | None = None
        self.kept: Collection[int] = range(len(system.plan.relations))

    def walk(self, order: Iterable[int]) -> bool:
        return all(self.visit(number) is not None for number in order)

    def fixpoint(self, order: Iterable[int], cap: int) -> bool:
        queue, waiting = deque(order), set(order)
        touching = self.system.plan.shape.touching
        while queue:
            if cap <= 0:
                return False
            cap -= 1
            number = queue.popleft()
            waiting.discard(number)
            changed = self.visit(number)
            if changed is None:
                return False
            for figure in changed:
                for other in touching[figure]:
                    if other != number and other not in waiting and other in self.kept:
                        waiting.add(other)
                        queue.append(other)
        return True

    def visit(self, number: int) -> list[int] | None:
        """Tighten the figures of one relation; ``None`` where the bounds of one of them cross."""
        terms = self.system.plan.shape.terms[number]
        low, high = self.bound
        # The least and the largest sum, leaving out unbounded terms, which are counted.
        least = most = open_below = open_above = 0
        for figure, sign in terms:
            below, above = (low[figure], high[figure]) if sign > 0 else (high[figure], low[figure])
            if below is None:
                open_below += 1
            else:
                least += sign * below
            if above is None:
                open_above += 1
            else:
                most += sign * above
        if self.system.plan.relations[number].at_most:
            most, open_above = 0, 2  # nothing follows from above
        if open_below > 1 and open_above > 1:
            return []
        found: list[tuple[int, int, int]] = []
        for figure, sign in terms:
            below, above = (low[figure], high[figure]) if sign > 0 else (high[figure], low[figure])
            if open_below == (below is None):  # the rest is bounded below, so this term is bounded above
                top = -(least if below is None else least - sign * below)
                if above is None or top < sign * above:
                    found.append((figure, _HIGH if sign > 0 else _LOW, sign * top))
            if open_above == (above is None):
                bottom = -(most if above is None else most - sign * above)
                if below is None or bottom > sign * below:
                    found.append((figure, _LOW if sign > 0 else _HIGH, sign * bottom))
        return self.note(number, found) if found else []

    def note(self, number: int, found: list[tuple[int, int, int]]) -> list[int] | None:
        terms = self.system.plan.shape.terms[number]
        own_sign = dict(terms)
        fresh = []
        for figure, side, bound in found:
            # An upper bound of sign × figure leans on the lower ends of the other terms, and the other way round.
            upward = (side == _HIGH) == (own_sign[figure] > 0)
            reasons = []
            for other, sign in terms:
                if other != figure:
                    source = self.source[_LOW if (sign > 0) == upward else _HIGH].get(other)
                    if source is not None:
                        reasons.append((sign, source))
            fresh.append(Step(figure, side, bound, number, tuple(reasons)))
        for step in fresh:
            self.bound[step.side][step.figure] = step.bound
            self.source[step.side][step.figure] = len(self.steps)
            self.steps.append(step)
        for step in fresh:
            low, high = self.bound[_LOW][step.figure], self.bound[_HIGH][step.figure]
            if low is not None and high is not None and low > high:
                self.certificate = self.refute(step.figure)
                return None
        return [step.figure for step in fresh]

    def refute(self, figure: int) -> Certificate:
        """Turn two bounds that cross into multipliers: each step stands for one equation, solved for its figure."""
        weights: dict[int, int] = {}
        for side, weight in ((_LOW, 1), (_HIGH, -1)):
            if figure in self.source[side]:
                weights[self.source[side][figure]] = weight
        multipliers: dict[int, int] = {}
        for place in range(len(self.steps) - 1, -1, -1):
            weight = weights.pop(place, 0)
            if not weight:
                continue
            step = self.steps[place]
            sign = 1 if step.figure in self.system.plan.relations[step.relation].plus else -1
            multipliers[step.relation] = multipliers.get(step.relation, 0) + weight * sign
            for other, source in step.reasons:
                weights[source] = weights.get(source, 0) - weight * sign * other
        return linear(multipliers, self.system)
