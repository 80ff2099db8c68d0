"""What must stand where nothing is printed: bounds for blanks, and values that the sums force."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.consistency.balance import balancing
from govbudget.consistency.propagate import Step, propagate
from govbudget.consistency.system import Bound, System, opened


@attrs.frozen
class Filled:
    """What a blank could be.

    Attributes:
        figure: the figure.
        low: its least value; ``None`` where nothing bounds it.
        high: its largest.
        exact: whether both ends are taken by some solution; otherwise they may be too wide, never too narrow.
        derivation: the steps that lead there, each from one relation, in order.
    """

    figure: int
    low: Bound
    high: Bound
    exact: bool
    derivation: tuple[Step, ...]

    @property
    def forced(self) -> bool:
        """Whether only one value is left."""
        return self.low is not None and self.low == self.high


def fill(system: System, *, least: Bound = None, sharpen: bool = False) -> tuple[Filled, ...]:
    """Return what each blank of a system could be; nothing where the system contradicts itself.

    Args:
        system: the system.
        least: the least value a blank may have; 0 where figures are known not to be negative.
        sharpen: narrow the ends down exactly where relations close cycles; slower.

    >>> from govbudget.consistency.relations import Known
    >>> from govbudget.consistency.system import Plan, sum_of, system
    >>> given = system(Plan(3, (sum_of(0, [1, 2]),)), [Known(9, 9, 9), Known(4, 4, 4), None])
    >>> [(blank.figure, blank.low, blank.forced) for blank in fill(given)]
    [(2, 5, True)]
    """
    unknown = opened(system, least=least)
    carried = propagate(unknown)
    if carried.certificate is not None:
        return ()
    found = []
    for figure in sorted(system.blanks):
        low, high, exact = carried.lows[figure], carried.highs[figure], carried.exact[figure]
        if sharpen and not exact and not (low is not None and low == high):
            ends = balancing(unknown, figure)
            if ends is None:
                return ()
            low, high = _higher(low, ends[0]), _lower(high, ends[1])
            exact = True
        found.append(Filled(figure, low, high, exact, derivation(carried.steps, figure)))
    return tuple(found)


def derivation(steps: Sequence[Step], figure: int) -> tuple[Step, ...]:
    """Return the steps that the last bounds of a figure lean on, in order."""
    wanted: set[int] = set()
    for side in (0, 1):
        last = [n for n, step in enumerate(steps) if step.figure == figure and step.side == side]
        wanted.update(last[-1:])
    for number in range(len(steps) - 1, -1, -1):
        if number in wanted:
            wanted.update(source for _, source in steps[number].reasons)
    return tuple(steps[number] for number in sorted(wanted))


def _higher(one: Bound, other: Bound) -> Bound:
    return other if one is None else one if other is None else max(one, other)


def _lower(one: Bound, other: Bound) -> Bound:
    return other if one is None else one if other is None else min(one, other)
