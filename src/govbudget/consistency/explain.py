"""From places to reasons: what each suspect probably was, and which set of suspects is the likeliest.

Proposals only: nothing is changed, and every proposal is shown to let the rest stand before it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from govbudget.consistency.balance import balancing
from govbudget.consistency.decide import verdict_on
from govbudget.consistency.grade import Verdict
from govbudget.consistency.localise import Localisation
from govbudget.consistency.propagate import propagate
from govbudget.consistency.relations import Known
from govbudget.consistency.slips import Printed, Slip, explaining
from govbudget.consistency.system import Bound, Plan, System, replaced

UNEXPLAINED = 12
"""The cost of a suspect that no single slip explains."""
_MOST_TRIED = 40


@attrs.frozen
class Proposal:
    """What one figure probably was.

    Attributes:
        figure: the figure.
        low: the least exact value that would balance; ``None`` where nothing bounds it.
        high: the largest.
        slips: the slips that lead from a balancing value to what is printed, likeliest first.
    """

    figure: int
    low: Bound
    high: Bound
    slips: tuple[Slip, ...]

    @property
    def cost(self) -> int:
        """How unlikely the likeliest slip is."""
        return self.slips[0].cost if self.slips else UNEXPLAINED


@attrs.frozen
class Explanation:
    """One set of suspects with its reasons.

    Attributes:
        chosen: the set, as numbers of the suspects of the localisation.
        proposals: for each figure of the set what it probably was. Those of one set fit together: the ranges of
            later ones hold once the earlier ones are what their first slip proposes.
        cost: how unlikely the whole is.
    """

    chosen: tuple[int, ...]
    proposals: tuple[Proposal, ...]
    cost: int


def explain(
    system: System, found: Localisation, printed: Mapping[int, Printed], *, most_sets: int = 64
) -> tuple[Explanation, ...]:
    """Explain the sets of a localisation, the likeliest first.

    Args:
        system: the system.
        found: its localisation.
        printed: how the figures are printed; a figure that is not given is not explained by a slip.
        most_sets: how many sets are looked at; the others follow unexplained, in their old order.

    >>> from govbudget.consistency.localise import localise
    >>> from govbudget.consistency.system import sum_of
    >>> values = (66, 12, 45)  # 66 = 21 + 45
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), values, values, values)
    >>> best = explain(given, localise(given), {i: Printed(str(v)) for i, v in enumerate(values)})[0]
    >>> best.proposals[0].figure, best.proposals[0].slips[0].text
    (1, '21')
    """
    results = []
    for place, chosen in enumerate(found.sets):
        if place >= most_sets:
            results.append(Explanation(chosen, (), UNEXPLAINED * len(chosen) + found.weight(chosen)))
            continue
        figures, without = found.figures(chosen), found.relations(chosen)
        if all(len(found.suspects[n].figures) == 1 and not found.suspects[n].relations for n in chosen):
            proposals = _together(system, figures, without, printed) or ()
            cost = sum(p.cost for p in proposals)
        else:  # a line that goes wrong as one is one slip, whatever became of its figures
            proposals = _ranges(system, figures, without)
            cost = UNEXPLAINED // 2 * len(chosen)
        results.append(Explanation(chosen, proposals, cost + found.weight(chosen)))
    return tuple(sorted(results, key=lambda e: (e.cost, found.weight(e.chosen), e.chosen)))


def _together(
    system: System, figures: Sequence[int], without: Sequence[int], printed: Mapping[int, Printed]
) -> tuple[Proposal, ...] | None:
    """Propose for one figure after the other, each time trying the slips of the first against the rest."""
    if not figures:
        return ()
    first, rest = figures[0], figures[1:]
    ends = balancing(system, first, with_open=rest, without=without)
    if ends is None:
        return None
    slips = explaining(printed[first], *ends, most=_MOST_TRIED) if first in printed else ()
    own = Proposal(first, *ends, slips)
    if not rest or len(figures) > 3:
        others = [_alone(system, f, figures, without, printed) for f in rest]
        return (own, *others)
    best: tuple[Proposal, ...] | None = None
    for slip in (*slips, None):
        fixed = None if slip is None else Known(slip.value, slip.low, slip.high)
        tail = _together(replaced(system, {first: fixed}), rest, without, printed)
        if tail is None:
            continue
        kept = () if slip is None else (slip,)
        head = attrs.evolve(own, slips=kept)
        if best is None or sum(p.cost for p in (head, *tail)) < sum(p.cost for p in best):
            best = (head, *tail)
    return best


def _ranges(system: System, figures: Sequence[int], without: Sequence[int]) -> tuple[Proposal, ...]:
    carried = propagate(_incomplete(replaced(system, dict.fromkeys(figures)), without))
    return tuple(Proposal(figure, carried.lows[figure], carried.highs[figure], ()) for figure in figures)


def _incomplete(system: System, without: Sequence[int]) -> System:
    """The system without some relations."""
    if not without:
        return system
    gone = set(without)
    plan = Plan(system.plan.size, tuple(r for n, r in enumerate(system.plan.relations) if n not in gone))
    return attrs.evolve(system, plan=plan)


def _alone(
    system: System, figure: int, figures: Sequence[int], without: Sequence[int], printed: Mapping[int, Printed]
) -> Proposal:
    low, high = balancing(system, figure, with_open=figures, without=without) or (None, None)
    return Proposal(figure, low, high, explaining(printed[figure], low, high) if figure in printed else ())


@attrs.frozen
class Event:
    """A slip that moves or repeats whole lines, stated as what the figures would be without it.

    Attributes:
        kind: a word for it, the caller's own: "row shifted", "columns swapped", "line twice".
        changes: what the figures would be; ``None`` leaves a figure open.
        without: relations that would not be complete, as where a line is missing.
        cost: how unlikely it is.
    """

    kind: str
    changes: Mapping[int, Known | None]
    without: tuple[int, ...] = ()
    cost: int = 3


def supported(system: System, events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events that make everything consistent, the likeliest first, in their order otherwise.

    >>> from govbudget.consistency.system import sum_of
    >>> values = (30, 10, 20, 20)  # the last line stands there twice
    >>> given = System(Plan(4, (sum_of(0, [1, 2, 3]),)), values, values, values)
    >>> [event.kind for event in supported(given, [repeated([3]), repeated([1])])]
    ['line twice']
    """
    return tuple(sorted((event for event in events if _holds(system, event)), key=lambda event: event.cost))


def repeated(figures: Sequence[int]) -> Event:
    """Return the event that a line stands there twice: without it, its figures are zero."""
    return Event("line twice", {figure: Known(0, 0, 0) for figure in figures})


def missing(relations: Sequence[int]) -> Event:
    """Return the event that a line is missing: the sums it belongs to are not complete."""
    return Event("line missing", {}, tuple(relations), cost=4)


def moved(system: System, places: Sequence[int], *, by: int, kind: str = "shifted") -> Event:
    """Return the event that the figures of a line moved along it; what left the line is open.

    Args:
        system: the system.
        places: the figures of the line in order.
        by: how far they moved; -1 where each stands one place too early.
        kind: a word for it.
    """
    changes: dict[int, Known | None] = {}
    for at, figure in enumerate(places):
        source = at + by
        changes[figure] = _known(system, places[source]) if 0 <= source < len(places) else None
    return Event(kind, changes)


def exchanged(system: System, one: Sequence[int], other: Sequence[int], *, kind: str = "swapped") -> Event:
    """Return the event that two lines, or two columns, changed places."""
    changes: dict[int, Known | None] = {}
    for a, b in zip(one, other, strict=True):
        changes[a], changes[b] = _known(system, b), _known(system, a)
    return Event(kind, changes)


def in_sum(system: System, relation: int) -> Iterator[tuple[str, int]]:
    """Yield what one violated sum says of its parts: counted twice, or left out of the total, with the part.

    >>> from govbudget.consistency.system import sum_of
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), (20, 10, 20), (20, 10, 20), (20, 10, 20))
    >>> list(in_sum(given, 0))
    [('left out or counted twice', 1)]
    """
    for part in system.plan.relations[relation].plus:
        event = Event("", {part: Known(0, 0, 0)})
        alone = System(
            Plan(system.plan.size, (system.plan.relations[relation],)), system.values, system.lows, system.highs
        )
        if system.values[part] and _holds(alone, event):
            yield "left out or counted twice", part


def _known(system: System, figure: int) -> Known | None:
    low, high = system.lows[figure], system.highs[figure]
    return None if low is None or high is None else Known(system.values[figure], low, high)


def _holds(system: System, event: Event) -> bool:
    changed = _incomplete(replaced(system, event.changes), event.without)
    return verdict_on(changed) in {Verdict.EXACT, Verdict.ROUNDING}
