"""Systems of sums over integers: the shape (a :class:`Plan`) and the numbers put into it (a :class:`System`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import attrs

from govbudget.consistency.checked import Checked, Compiled, check_once, compiled
from govbudget.consistency.relations import Known
from govbudget.consistency.shape import Shape, shape, tied
from govbudget.errors import GovBudgetError

Bound = int | None
"""A bound of a range; ``None`` where there is none."""


class Relation(NamedTuple):
    """Σ plus − Σ minus = 0, or ≤ 0 where ``at_most`` is set; the entries are indexes of figures.

    >>> Relation(plus=(1, 2), minus=(0,))  # figure 0 is the total of figures 1 and 2
    Relation(plus=(1, 2), minus=(0,), at_most=False)
    """

    plus: tuple[int, ...]
    minus: tuple[int, ...]
    at_most: bool = False


def sum_of(total: int, parts: Iterable[int]) -> Relation:
    """Return the relation total = Σ parts.

    >>> sum_of(0, [1, 2])
    Relation(plus=(1, 2), minus=(0,), at_most=False)
    """
    return Relation(tuple(parts), (total,))


def same(one: int, other: int) -> Relation:
    """Return the relation one = other.

    >>> same(3, 5)
    Relation(plus=(3,), minus=(5,), at_most=False)
    """
    return Relation((one,), (other,))


def at_most(small: int, large: int) -> Relation:
    """Return the relation small ≤ large.

    >>> at_most(3, 5)
    Relation(plus=(3,), minus=(5,), at_most=True)
    """
    return Relation((small,), (large,), at_most=True)


@attrs.frozen(eq=False)
class Plan:
    """The relations of all documents of one form, compiled once and used for each of them.

    Attributes:
        size: how many figures there are.
        relations: what must hold between them.

    Raises:
        GovBudgetError: a relation names a figure twice, or one that is not there.

    >>> plan = Plan(3, (sum_of(0, [1, 2]),))
    >>> plan.check([300, 100, 210], [295, 95, 205], [304, 104, 214]).verdicts
    (<Verdict.ROUNDING: 'rounding'>,)
    """

    size: int
    relations: tuple[Relation, ...]
    _used: list[bool] = attrs.field(factory=list, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse relations with coefficients outside −1, 0, 1, and figures that are not there."""
        every = [plus + minus for plus, minus, _ in self.relations]
        named = list(chain.from_iterable(every))
        if sum(map(len, map(set, every))) != len(named):
            raise GovBudgetError("a relation names one figure twice", hint="coefficients are -1, 0 or 1")
        if named and not 0 <= min(named) <= max(named) < self.size:
            raise GovBudgetError(f"a relation names a figure outside 0 to {self.size - 1}")

    @cached_property
    def compiled(self) -> Compiled:
        """The relations in the form that checks fastest."""
        return compiled(self.relations)

    @cached_property
    def shape(self) -> Shape:
        """How figures and relations hang together."""
        return shape(self.size, self.relations)

    def check(self, values: Sequence[int], lows: Sequence[int], highs: Sequence[int]) -> Checked:
        """Grade every relation by itself: values, ranges and verdicts in one pass.

        From the second document on the relations are compiled.

        Args:
            values: the printed values, by figure.
            lows: the least exact values that print so.
            highs: the largest.
        """
        if not self._used:
            self._used.append(True)
            return check_once(self.relations, values, lows, highs)
        return self.compiled.check(values, lows, highs)


@attrs.frozen
class System:
    """A plan with the numbers of one document.

    Attributes:
        plan: the relations.
        values: the printed values; 0 for a blank.
        lows: the least exact value of each figure.
        highs: the largest.
        blanks: figures that print nothing; they count as zero until :func:`opened` asks what they could be.
    """

    plan: Plan
    values: tuple[int, ...]
    lows: tuple[Bound, ...]
    highs: tuple[Bound, ...]
    blanks: frozenset[int] = frozenset()

    @cached_property
    def residuals(self) -> Sequence[int]:
        """What the values leave of each relation: Σ plus − Σ minus."""
        return self.plan.check(self.values, self.values, self.values).residuals

    @cached_property
    def outside(self) -> tuple[int, ...]:
        """The figures whose value is not in their range."""
        return tuple(
            [
                figure
                for figure, (value, low, high) in enumerate(zip(self.values, self.lows, self.highs, strict=True))
                if (low is not None and value < low) or (high is not None and value > high)
            ]
        )

    @cached_property
    def tied(self) -> tuple[tuple[int, ...], ...]:
        """For each relation all of its piece, where figures that allow one value only hold nothing together."""
        ends = zip(self.lows, self.values, self.highs, strict=True)
        return tied(self.plan.shape, [low == value == high for low, value, high in ends])

    @cached_property
    def reach(self) -> int:
        """What no sum of figures that are bounded can exceed."""
        return sum([abs(bound) for bound in (*self.lows, *self.highs) if bound is not None])

    def __attrs_post_init__(self) -> None:
        """Refuse numbers that do not fit the plan."""
        if not len(self.values) == len(self.lows) == len(self.highs) == self.plan.size:
            raise GovBudgetError(f"the plan has {self.plan.size} figures; as many values and bounds are needed")
        for low, high in zip(self.lows, self.highs, strict=True):
            if low is not None and high is not None and low > high:
                raise GovBudgetError(f"the range {low} to {high} is empty")


def system(plan: Plan, figures: Iterable[Known | None]) -> System:
    """Put the figures of a document into a plan.

    Args:
        plan: the plan.
        figures: what is printed, in the order of the plan; ``None`` where nothing is.

    >>> system(Plan(2, (same(0, 1),)), [Known(5, 5, 5), None]).blanks
    frozenset({1})
    """
    found = list(figures)
    known = [figure or Known(0, 0, 0) for figure in found]
    return System(
        plan=plan,
        values=tuple(figure.value for figure in known),
        lows=tuple(figure.low for figure in known),
        highs=tuple(figure.high for figure in known),
        blanks=frozenset(i for i, figure in enumerate(found) if figure is None),
    )


def opened(given: System, *, least: Bound = None, most: Bound = None) -> System:
    """Return the system with every blank unknown instead of zero.

    Args:
        given: the system.
        least: the least value a blank may have; 0 where figures are known not to be negative.
        most: the largest.

    >>> opened(system(Plan(2, (same(0, 1),)), [Known(5, 5, 5), None]), least=0).highs
    (5, None)
    """
    return attrs.evolve(
        given,
        lows=tuple(least if i in given.blanks else low for i, low in enumerate(given.lows)),
        highs=tuple(most if i in given.blanks else high for i, high in enumerate(given.highs)),
    )


def replaced(given: System, changes: Mapping[int, Known | None]) -> System:
    """Return the system with other figures at some places; ``None`` leaves a place unknown.

    >>> replaced(system(Plan(2, (same(0, 1),)), [Known(5, 5, 5), None]), {1: Known(5, 5, 5)}).values
    (5, 5)
    """
    values, lows, highs = list(given.values), list(given.lows), list(given.highs)
    for index, figure in changes.items():
        if figure is None:
            lows[index] = highs[index] = None
        else:
            values[index], lows[index], highs[index] = figure.value, figure.low, figure.high
    return System(given.plan, tuple(values), tuple(lows), tuple(highs), given.blanks - changes.keys())


def incomplete(system: System, without: Collection[int]) -> System:
    """Return the system without some relations."""
    if not without:
        return system
    gone = set(without)
    plan = Plan(system.plan.size, tuple(r for n, r in enumerate(system.plan.relations) if n not in gone))
    return attrs.evolve(system, plan=plan)
