"""Slips that reach further than one figure, each stated as what would be printed without it, and tried as such.

A line that may hold anything always explains something. An event says what the line was: shifted, doubled, exchanged.
So it can fail, and where it does not it is evidence.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from govbudget.consistency.balance import Balance
from govbudget.consistency.decide import verdict_on
from govbudget.consistency.grade import Verdict
from govbudget.consistency.relations import Known
from govbudget.consistency.slips import Slip
from govbudget.consistency.suspects import Scope, Suspect
from govbudget.consistency.system import System, replaced


class EventKind(enum.Enum):
    """Kinds of events."""

    COPIED = "the same wrong number in several figures of a line"
    SHIFTED = "the figures of a line stand one column off"
    SWAPPED = "two columns, or two lines, changed places"
    TWICE = "a line stands there twice"
    MISSING = "a line is missing"
    UNIT = "a table is counted in another unit than it says"
    SURPLUS = "a line is counted that should not be"


COST: Mapping[EventKind, int] = {
    EventKind.TWICE: 1,
    EventKind.COPIED: 1,  # besides the slip
    EventKind.SHIFTED: 2,
    EventKind.SWAPPED: 2,
    EventKind.UNIT: 2,
    EventKind.MISSING: 4,
    EventKind.SURPLUS: 9,
}
"""How unlikely each kind is on the scale of the slips of single figures."""
_ALONE = 5
"""A missing line that only one column misses could as well be a wrong total: so much less likely it is."""


@attrs.frozen
class Event:
    """A slip that moves, repeats or drops whole lines, stated as what the figures would be without it.

    Attributes:
        kind: what happened.
        changes: what the figures would be; ``None`` leaves a figure open.
        without: relations that would not be complete, as where a line is missing.
        cost: how unlikely it is.
        found: where the line that it speaks of is printed besides: the figures of its double.
        slip: the slip of one figure that went along the line.
    """

    kind: EventKind
    changes: Mapping[int, Known | None]
    without: tuple[int, ...] = ()
    cost: int = 0
    found: tuple[int, ...] = ()
    slip: Slip | None = None


def supported(
    system: System, events: Iterable[Event], *, with_open: Sequence[int] = (), without: Sequence[int] = ()
) -> tuple[Event, ...]:
    """Return the events that make everything consistent, the likeliest first, in their order otherwise.

    Args:
        system: the system.
        events: what may have happened.
        with_open: figures that are left open besides.
        without: relations that are ignored besides.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> values = (30, 10, 20, 20)  # the last line stands there twice
    >>> given = System(Plan(4, (sum_of(0, [1, 2, 3]),)), values, values, values)
    >>> [tuple(event.changes) for event in supported(given, [repeated([3]), repeated([1])])]
    [(3,)]
    """
    asked, loose = Balance(system), dict.fromkeys(with_open)
    return tuple(event for event in sorted(events, key=cost_of) if holds(asked, event, loose, without))


def holds(asked: Balance, event: Event, loose: Mapping[int, None], without: Collection[int] = ()) -> bool:
    """Tell whether everything is consistent without what happened.

    Args:
        asked: what is asked.
        event: what happened.
        loose: figures that are left open besides.
        without: relations that are ignored besides.
    """
    if shown(asked, event, loose, without):
        return False  # most events that did not happen show at once
    answer = asked.stands()
    if answer is None:
        changed, gone = replaced(asked.system, {**loose, **event.changes}), {*event.without, *without}
        return verdict_on(changed, without=gone) in {Verdict.EXACT, Verdict.ROUNDING}
    return answer


def shown(asked: Balance, event: Event, loose: Mapping[int, None], without: Collection[int] = ()) -> bool:
    """Tell whether one relation by itself shows that an event did not happen; else it is what ``asked`` then asks."""
    gone = {*event.without, *without}
    asked.put({**loose, **event.changes}, gone)
    touching = asked.system.plan.shape.touching
    return any(asked.fails(n) for figure in event.changes for n in touching[figure] if n not in gone)


def cost_of(event: Event) -> int:
    """Return how unlikely an event is, to order events by it."""
    return event.cost


def events_of(system: System, suspect: Suspect) -> Iterator[Event]:
    """Yield what may have happened to a suspect that is more than one figure.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> values = (30, 10, 20, 20)
    >>> given = System(Plan(4, (sum_of(0, [1, 2, 3]),)), values, values, values)
    >>> [event.kind.name for event in events_of(given, Suspect((3,), scope=Scope.LINE, parts=((3,),), twin=(2,)))]
    ['TWICE']
    """
    if suspect.scope is Scope.LINE:
        (line,) = suspect.parts
        if suspect.twin:
            yield repeated(suspect.figures, of=suspect.twin, without=suspect.relations)
            return
        for shifted in (moved(system, line, by=1), moved(system, line, by=-1)):
            if any(known is not None and known.value for known in shifted.changes.values()):
                yield shifted  # where no printed number lands on a figure, the line is merely left open
        yield repeated(suspect.figures)
    elif suspect.scope is Scope.COLUMNS:
        one, other = suspect.parts
        yield exchanged(system, one, other)
    elif suspect.scope is Scope.GAP:
        event = missing(system, suspect.relations)
        if event is not None:
            yield event


def repeated(line: Sequence[int], *, of: Sequence[int] = (), without: Sequence[int] = ()) -> Event:
    """Return the event that a line is one too many: without it, its figures are zero.

    Args:
        line: its figures.
        of: the figures of the line it repeats; without one it is a line that should not be there.
        without: what says that the line agrees with others; it says so of the line that stays.
    """
    kind = EventKind.TWICE if of else EventKind.SURPLUS
    nothing = {figure: Known(0, 0, 0) for figure in line}
    return Event(kind, nothing, tuple(without), cost=COST[kind], found=tuple(of))


def missing(system: System, relations: Sequence[int]) -> Event | None:
    """Return the event that a line is missing: the sums it belongs to are not complete.

    ``None`` where that line would have to be negative while nothing around it is: then no line is missing.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), (30, 10, 15), (30, 10, 15), (30, 10, 15))
    >>> missing(given, [0]).without, missing(replaced(given, {0: Known(9, 9, 9)}), [0])
    ((0,), None)
    """
    lacking = 0
    for number in relations:
        plus, minus, _ = system.plan.relations[number]
        least = _total(system.lows, minus) - _total(system.highs, plus)
        most = _total(system.highs, minus) - _total(system.lows, plus)
        signed = any(system.values[i] < 0 for i in (*plus, *minus))
        if most < 0 and not signed:
            return None
        lacking += not least <= 0 <= most
    cost = COST[EventKind.MISSING] + (0 if lacking > 1 else _ALONE)
    return Event(EventKind.MISSING, {}, tuple(relations), cost=cost)


def moved(system: System, line: Sequence[int | None], *, by: int) -> Event:
    """Return the event that the figures of a line moved along it; what left the line is open.

    Args:
        system: the system.
        line: the figures of the line in order, ``None`` for a column that is not in the system.
        by: how far they moved; -1 where each stands one place too early.
    """
    changes: dict[int, Known | None] = {}
    for at, figure in enumerate(line):
        source = line[at + by] if 0 <= at + by < len(line) else None
        if figure is not None:
            changes[figure] = None if source is None else _known(system, source)
    left = sum(known is None for known in changes.values())  # one at the end is what a shift leaves open
    return Event(EventKind.SHIFTED, changes, cost=COST[EventKind.SHIFTED] + 2 * max(0, left - 1))


def exchanged(system: System, one: Sequence[int | None], other: Sequence[int | None]) -> Event:
    """Return the event that two lines, or two columns, changed places."""
    changes: dict[int, Known | None] = {}
    for a, b in zip(one, other, strict=True):
        if a is None or b is None:
            continue
        changes[a], changes[b] = _known(system, b), _known(system, a)
    return Event(EventKind.SWAPPED, changes, cost=COST[EventKind.SWAPPED])


def _total(ends: Sequence[int | None], figures: Iterable[int]) -> int:
    return sum(ends[i] or 0 for i in figures)


def _known(system: System, figure: int) -> Known | None:
    low, high = system.lows[figure], system.highs[figure]
    return None if low is None or high is None else Known(system.values[figure], low, high)
