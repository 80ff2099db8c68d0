"""From places to reasons: what each suspect probably was, and which set of suspects is the likeliest.

Proposals only: nothing is changed, and every proposal is shown to let the rest stand before it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from govbudget.consistency.balance import Balance, balancing
from govbudget.consistency.decide import telling
from govbudget.consistency.events import COST, Event, EventKind, events_of, supported
from govbudget.consistency.groups import Group, groups
from govbudget.consistency.localise import Localisation
from govbudget.consistency.propagate import propagate
from govbudget.consistency.relations import Known
from govbudget.consistency.slips import COST as SLIP_COST
from govbudget.consistency.slips import Printed, Slip, explaining
from govbudget.consistency.suspects import Scope, Suspect
from govbudget.consistency.system import Bound, System, replaced

UNEXPLAINED = 12
"""The cost of a suspect that no single slip explains."""
UNEXPLAINED_LINE = 3 * UNEXPLAINED
"""The cost of a line or a pair of columns to which nothing in particular happened: it would explain anything."""
_MOST_TRIED = 40
_LEAST = min(SLIP_COST.values())


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
        events: what happened to the lines and columns of the set, where trying it made everything consistent.
    """

    chosen: tuple[int, ...]
    proposals: tuple[Proposal, ...]
    cost: int
    events: tuple[Event, ...] = ()


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
    >>> from govbudget.consistency.system import Plan, sum_of
    >>> values = (66, 12, 45)  # 66 = 21 + 45
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), values, values, values)
    >>> best = explain(given, localise(given), {i: Printed(str(v)) for i, v in enumerate(values)})[0]
    >>> best.proposals[0].figure, best.proposals[0].slips[0].text
    (1, '21')
    """
    results = []
    known: dict[Group, Explanation] = {}
    for place, chosen in enumerate(found.sets):
        if place >= most_sets:
            results.append(Explanation(chosen, (), UNEXPLAINED_LINE * (len(chosen) + 1)))
            continue
        parts = groups(system, found, chosen)
        for group in parts:
            if group not in known:
                known[group] = _of_group(system, found, group, printed)
        results.append(_joined(chosen, [known[group] for group in parts]))
    return tuple(sorted(results, key=lambda explanation: rank(system, found, explanation)))


def _joined(chosen: tuple[int, ...], parts: Sequence[Explanation]) -> Explanation:
    """What groups of suspects that have nothing to do with each other come to."""
    proposals = sorted((p for part in parts for p in part.proposals), key=lambda proposal: proposal.figure)
    events = tuple(event for part in parts for event in part.events)
    return Explanation(chosen, tuple(proposals), sum(part.cost for part in parts), events)


def _of_group(system: System, found: Localisation, group: Group, printed: Mapping[int, Printed]) -> Explanation:
    """Explain suspects within the relations they reach: all others hold, whatever these were."""
    chosen = group.members
    beyond = [number for number in range(len(system.plan.relations)) if number not in group.relations]
    if any(found.suspects[n].scope is not Scope.FIGURE for n in chosen):
        return _of_lines(system, found, chosen, beyond, printed)
    figures = found.figures(chosen)
    proposals = _together(system, figures, beyond, printed)
    if proposals is None:
        return Explanation(chosen, (), UNEXPLAINED * len(figures))
    return Explanation(chosen, proposals, sum(p.cost for p in proposals))


def rank(system: System, found: Localisation, explanation: Explanation) -> tuple[int, int, int, tuple[int, ...]]:
    """Return what explanations are ordered by: of two as likely, the one that leaves more as it is printed."""
    changed = sum(
        known is None or known.value != system.values[figure]
        for event in explanation.events
        for figure, known in event.changes.items()
    )
    return explanation.cost, found.weight(explanation.chosen), changed, explanation.chosen


def _of_lines(
    system: System,
    found: Localisation,
    chosen: tuple[int, ...],
    beyond: Sequence[int],
    printed: Mapping[int, Printed],
) -> Explanation:
    """A line that goes wrong as one is one slip, whatever became of its figures; each is tried with the rest open."""
    figures, without = found.figures(chosen), (*found.relations(chosen), *beyond)
    asked = Balance(system, figures, without)
    proposals = {p.figure: p for p in _ranges(system, figures, without)}
    events: list[Event] = []
    cost = 0
    for number in chosen:
        suspect = found.suspects[number]
        if suspect.scope is Scope.FIGURE:
            proposals |= {f: _alone(asked, f, printed) for f in suspect.figures}
            cost += sum(proposals[f].cost for f in suspect.figures)
            continue
        others = [f for f in figures if f not in suspect.figures]
        gone = [n for n in without if n not in suspect.relations]
        tried = [*events_of(system, suspect), *_copied(asked, suspect, printed)]
        happened = supported(system, tried, with_open=others, without=gone)
        events += happened[:1]
        cost += happened[0].cost if happened else UNEXPLAINED_LINE
    return Explanation(chosen, tuple(proposals[f] for f in figures), cost, tuple(events))


def _copied(asked: Balance, suspect: Suspect, printed: Mapping[int, Printed]) -> Iterator[Event]:
    """A slip that went along the line: the figures that print the same number were copied from one another."""
    if suspect.scope not in (Scope.LINE, Scope.ECHO):
        return
    alike: dict[str, list[int]] = {}
    for figure in suspect.figures:
        if figure in printed and printed[figure].text:
            alike.setdefault(printed[figure].text, []).append(figure)
    for group in alike.values():
        if len(group) < 2:
            continue
        own = _alone(asked, group[0], printed)
        for slip in own.slips:
            known = Known(slip.value, slip.low, slip.high)
            yield _along(group, known, slip.cost, slip)
        if own.low is not None and own.high is not None:
            yield _along(group, Known(own.low, own.low, own.high), UNEXPLAINED, None)


def _along(group: Sequence[int], known: Known, cost: int, slip: Slip | None) -> Event:
    return Event(EventKind.COPIED, dict.fromkeys(group, known), cost=cost + COST[EventKind.COPIED], slip=slip)


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
        asked = Balance(system, figures, without)
        others = [_alone(asked, f, printed) for f in rest]
        return (own, *others)
    best: tuple[Proposal, ...] | None = None
    least = _LEAST * len(rest)
    for slip in (*slips, None):
        if best is not None and (slip.cost if slip else UNEXPLAINED) + least >= sum(p.cost for p in best):
            break  # the slips are sorted by cost: nothing that follows is likelier
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
    given, gone = replaced(system, dict.fromkeys(figures)), set(without)
    held = [number for number in range(len(system.plan.relations)) if number not in gone]
    carried = propagate(given, telling(given, system, system.residuals, held, about=figures))
    return tuple(Proposal(figure, carried.lows[figure], carried.highs[figure], ()) for figure in figures)


def _alone(asked: Balance, figure: int, printed: Mapping[int, Printed]) -> Proposal:
    low, high = asked.ends(figure) or (None, None)
    return Proposal(figure, low, high, explaining(printed[figure], low, high) if figure in printed else ())
