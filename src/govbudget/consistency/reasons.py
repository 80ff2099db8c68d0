"""What the suspects of one group probably were: single figures by slips, lines and columns by events.

Every proposal is shown to let the rest stand before it is made; one table answers all these questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from govbudget.consistency.balance import Balance
from govbudget.consistency.decide import telling
from govbudget.consistency.events import COST, Event, EventKind, cost_of, events_of, holds, shown
from govbudget.consistency.groups import Group
from govbudget.consistency.localise import Localisation
from govbudget.consistency.propagate import propagate
from govbudget.consistency.relations import Known
from govbudget.consistency.slips import COST as SLIP_COST
from govbudget.consistency.slips import Printed, Slip, explaining
from govbudget.consistency.suspects import Scope, Suspect
from govbudget.consistency.system import Bound, replaced

UNEXPLAINED = 12
"""The cost of a suspect that no single slip explains."""
UNEXPLAINED_LINE = 3 * UNEXPLAINED
"""The cost of a line or a pair of columns to which nothing in particular happened: it would explain anything."""
_MOST_TRIED, _MOST_COPIED, _EVERY = 40, 12, 1000
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


class Reasons:
    """The reasons of groups of suspects.

    Args:
        found: the localisation of a system.
        printed: how its figures are printed.
        asked: the table of the system that is asked.
    """

    def __init__(self, found: Localisation, printed: Mapping[int, Printed], asked: Balance) -> None:
        self.system = asked.system
        self.found = found
        self.printed = printed
        self.asked = asked

    def of(self, group: Group, chosen: Sequence[int]) -> Explanation:
        """Explain a group of suspects.

        Args:
            group: the group.
            chosen: the set that it belongs to, which lets everything stand: what is suspected besides is left open.
        """
        found = self.found
        loose = dict.fromkeys(found.figures(chosen))
        if any(found.suspects[n].scope is not Scope.FIGURE for n in group.members):
            return self._lines(group, loose, found.relations(chosen))
        figures = found.figures(group.members)
        proposals = self._together(figures, loose, found.relations(chosen), None)
        if proposals is None:
            return Explanation(group.members, (), UNEXPLAINED * len(figures))
        return Explanation(group.members, proposals, sum(p.cost for p in proposals))

    def least(self, group: Group, chosen: Sequence[int]) -> int:
        """Return what :meth:`of` costs at the least, from each relation by itself: far sooner known."""
        loose, without = dict.fromkeys(self.found.figures(chosen)), self.found.relations(chosen)
        total = 0
        for number in group.members:
            suspect = self.found.suspects[number]
            self.asked.put(loose, without)
            if suspect.scope is Scope.FIGURE:
                total += sum(map(self._least, suspect.figures))
                continue
            others, gone = _besides(suspect, loose, without)
            tried = sorted([*events_of(self.system, suspect), *self._copied(suspect, wide=True)], key=cost_of)
            costs = (event.cost for event in tried if not shown(self.asked, event, others, gone))
            total += min(next(costs, UNEXPLAINED_LINE), UNEXPLAINED_LINE)
        return total

    def _together(
        self, figures: Sequence[int], changes: Mapping[int, Known | None], without: Sequence[int], below: int | None
    ) -> tuple[Proposal, ...] | None:
        """Propose for one figure after the other, each time trying the slips of the first against the rest.

        Args:
            figures: the figures.
            changes: what is tried of others, and what is left open.
            without: the relations that are ignored.
            below: what the proposals must cost less than; nothing is returned where they cannot.
        """
        if not figures:
            return ()
        asked, first, rest = self.asked, figures[0], figures[1:]
        asked.put(changes, without)
        least = _LEAST * len(rest)
        if below is not None and self._least(first) + least >= below:
            return None
        ends = asked.ends(first)
        if ends is None:
            return None
        slips = explaining(self.printed[first], *ends, most=_MOST_TRIED) if first in self.printed else ()
        own = Proposal(first, *ends, slips)
        if not rest or len(figures) > 3:
            return (own, *[self._alone(figure) for figure in rest])
        best: tuple[Proposal, ...] | None = None
        for slip in (*slips, None):
            cost = slip.cost if slip else UNEXPLAINED
            if below is not None and cost + least >= below:
                break  # the slips are sorted by cost: nothing that follows is likelier
            fixed = None if slip is None else Known(slip.value, slip.low, slip.high)
            tail = self._together(rest, {**changes, first: fixed}, without, None if below is None else below - cost)
            if tail is None:
                continue
            whole = cost + sum(p.cost for p in tail)
            if below is None or whole < below:
                best, below = (attrs.evolve(own, slips=() if slip is None else (slip,)), *tail), whole
        return best

    def _least(self, figure: int) -> int:
        """What a figure costs at the least, from each of its relations by itself."""
        if figure not in self.printed:
            return UNEXPLAINED
        likeliest = explaining(self.printed[figure], *self.asked.wide(figure), most=1)
        return likeliest[0].cost if likeliest else UNEXPLAINED

    def _alone(self, figure: int) -> Proposal:
        low, high = self.asked.ends(figure) or (None, None)
        slips = explaining(self.printed[figure], low, high) if figure in self.printed else ()
        return Proposal(figure, low, high, slips)

    def _lines(self, group: Group, loose: Mapping[int, Known | None], without: Sequence[int]) -> Explanation:
        """A line that goes wrong as one is one slip, whatever became of its figures; each is tried, the rest open."""
        figures = self.found.figures(group.members)
        proposals = {p.figure: p for p in self._ranges(group, figures)}
        events: list[Event] = []
        cost = 0
        for number in group.members:
            suspect = self.found.suspects[number]
            self.asked.put(loose, without)
            if suspect.scope is Scope.FIGURE:
                proposals |= {f: self._alone(f) for f in suspect.figures}
                cost += sum(proposals[f].cost for f in suspect.figures)
                continue
            others, gone = _besides(suspect, loose, without)
            tried = [*events_of(self.system, suspect), *self._copied(suspect)]
            happened = next((e for e in sorted(tried, key=cost_of) if holds(self.asked, e, others, gone)), None)
            events += [happened] if happened else []
            cost += happened.cost if happened else UNEXPLAINED_LINE
        return Explanation(group.members, tuple(proposals[f] for f in figures), cost, tuple(events))

    def _ranges(self, group: Group, figures: Sequence[int]) -> tuple[Proposal, ...]:
        """What each figure may be while all of the group are open, as far as carrying bounds tells."""
        given, gone = replaced(self.system, dict.fromkeys(figures)), self.found.relations(group.members)
        held = [n for n in range(len(given.plan.relations)) if n in group.relations and n not in gone]
        carried = propagate(given, telling(given, self.system, self.system.residuals, held, about=figures))
        return tuple(Proposal(figure, carried.lows[figure], carried.highs[figure], ()) for figure in figures)

    def _copied(self, suspect: Suspect, *, wide: bool = False) -> Iterator[Event]:
        """A slip that went along the line: the figures that print the same number were copied from one another.

        Args:
            suspect: the line.
            wide: whether all is to be yielded that single relations allow, not only what all of them do.
        """
        if suspect.scope not in (Scope.LINE, Scope.ECHO):
            return
        alike: dict[str, list[int]] = {}
        for figure in suspect.figures:
            if figure in self.printed and self.printed[figure].text:
                alike.setdefault(self.printed[figure].text, []).append(figure)
        for group in alike.values():
            if len(group) < 2:
                continue
            first = group[0]
            low, high = self.asked.wide(first) if wide else self.asked.ends(first) or (None, None)
            for slip in explaining(self.printed[first], low, high, most=_EVERY if wide else _MOST_COPIED):
                yield _along(group, Known(slip.value, slip.low, slip.high), slip.cost, slip)
            if low is not None and high is not None:
                yield _along(group, Known(low, low, high), UNEXPLAINED, None)
            elif wide:
                yield _along(group, None, UNEXPLAINED, None)


def _along(group: Sequence[int], known: Known | None, cost: int, slip: Slip | None) -> Event:
    return Event(EventKind.COPIED, dict.fromkeys(group, known), cost=cost + COST[EventKind.COPIED], slip=slip)


def _besides(
    suspect: Suspect, loose: Mapping[int, Known | None], without: Sequence[int]
) -> tuple[dict[int, None], list[int]]:
    """What is left open, and which relations are ignored, while it is asked what happened to one suspect."""
    others = {figure: None for figure in loose if figure not in suspect.figures}
    return others, [number for number in without if number not in suspect.relations]
