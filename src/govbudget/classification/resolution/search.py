"""The search: every way to read a column as a tree, cheapest first, and all the ways that cost the same.

A state is what later rows can see of the rows before them: the open rows (ancestors of whatever comes next), the
last child of each and the sum of its children so far. The search is A* over states with a bound that looks only at
which ancestors are printed at all. It does not stop at the first cheapest reading but goes on until every reading
of that cost is known, and keeps them as one graph, so that a row which another reading takes differently is found.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

import attrs

from govbudget.classification.resolution.candidates import Meaning
from govbudget.classification.resolution.sums import Vector, add, misfits
from govbudget.classification.resolution.values import Cost

_BASE = 1 << 16
#: fields of a cost, weightiest first: what is printed comes before what is added up
PRINTED_FIRST = ("detached", "gaps", "repeats", "broken", "disorder")
SUMS_FIRST = ("detached", "broken", "repeats", "disorder", "gaps")
#: even a whole branch may hang in the air if the rest adds up then
ALL_FIRST = ("broken", "repeats", "disorder", "detached", "gaps")


class Frame(NamedTuple):
    """An open row: what stands below it may still come."""

    row: int
    code: str | None
    level: int
    last: str
    total: Vector | None


class State(NamedTuple):
    """Rows before ``row`` are read; ``frames`` are open, the outermost first."""

    row: int
    frames: tuple[Frame, ...]
    last: str


class Choice(NamedTuple):
    """How one row is read."""

    row: int
    meaning: Meaning | None
    level: int
    parent: int | None
    printed: bool  # the row right above it in the classification is the printed parent


class Found(NamedTuple):
    """The cheapest readings: their cost, one of them, and what each row is in any of them."""

    cost: Cost
    best: tuple[Choice, ...]
    options: tuple[tuple[Choice, ...], ...]
    complete: bool

    def known_above(self, choice: Choice) -> str:
        """The code of the nearest printed ancestor that is known, empty where there is none."""
        parent = choice.parent
        while parent is not None:
            above = self.best[parent]
            if above.meaning is not None:
                return above.meaning.subject.code
            parent = above.parent
        return ""


Step = tuple[State, int, Choice | None]
_Path = tuple[Choice, "_Path"] | None  # the last choice and those before it: thousands of rows share their beginnings


@attrs.frozen
class Search:
    """One column to read.

    Attributes:
        names: for each row what its name may mean; empty where it is unknown.
        above: code to the codes above it, nearest first, with their levels.
        amounts: the vectors of the rows.
        depth: the deepest level of the scheme.
        order: which fields of the cost weigh most.
    """

    names: tuple[tuple[Meaning, ...], ...]
    above: dict[str, tuple[str, ...]] = attrs.field(hash=False)
    amounts: tuple[Vector, ...] | None
    depth: int
    order: tuple[str, ...] = PRINTED_FIRST

    def run(self, cap: int) -> Found:
        """Find all cheapest readings; fall back to a narrow search when ``cap`` states were not enough."""
        weigh = {field: _BASE ** (len(self.order) - 1 - place) for place, field in enumerate(self.order)}
        bound = _bounds(self, weigh)
        goal = State(len(self.names) + 1, (), "")
        start = State(0, (), "")
        cost = {start: 0}
        into: dict[State, list[tuple[State, Choice | None]]] = {start: []}
        done: set[State] = set()
        ticket = count()
        heap = [(bound[0], 0, next(ticket), start)]
        while heap:
            estimate, _, _, state = heapq.heappop(heap)
            if goal in cost and estimate > cost[goal]:
                break
            if state in done or state == goal:
                continue
            done.add(state)
            if len(done) > cap:
                return _narrow(self, weigh, goal)
            for following, price, choice in _steps(self, state, weigh, goal):
                paid = cost[state] + price
                known = cost.get(following)
                if known is None or paid < known:
                    cost[following] = paid
                    into[following] = [(state, choice)]
                    ahead = bound[following.row] if following.row < len(bound) else 0
                    heapq.heappush(heap, (paid + ahead, -following.row, next(ticket), following))
                elif paid == known:
                    into[following].append((state, choice))
        return _collect(self, into, goal, cost[goal])


def _steps(search: Search, state: State, weigh: dict[str, int], goal: State) -> Iterator[Step]:
    """Every way to read the next row, and what it costs; :func:`stands_for` undoes what is left out here."""
    if state.row == len(search.names):
        yield goal, _close(search, state.frames, weigh), None
        return
    found = search.names[state.row]
    if not found:
        yield from _unknown(search, state, weigh)
    alike: dict[int, tuple[tuple[bool, str], Choice, int]] = {}
    for meaning in found:
        subject = meaning.subject
        above = search.above[subject.code]
        nearest = next((p for p in range(len(state.frames) - 1, -1, -1) if state.frames[p].code in above), -1)
        # Rows of unknown name that stand open above the nearest known ancestor may be the missing parent.
        for place in range(nearest, len(state.frames)):
            if place < 0:
                price = weigh["detached"] if subject.level > 1 else 0
                choice = Choice(state.row, meaning, subject.level, None, printed=False)
            else:
                frame = state.frames[place]
                if frame.level >= subject.level or (place != nearest and frame.code is not None):
                    break
                price = (subject.level - frame.level - 1) * weigh["gaps"]
                choice = Choice(state.row, meaning, subject.level, frame.row, frame.code == subject.parent)
            if choice.printed or choice.level < search.depth:
                yield _attach(search, state, place, choice, price, weigh=weigh)
                continue
            # Leaves that hang in the same place differ in nothing but the order; the first one in order stands for all.
            last = state.frames[place].last if place >= 0 else state.last
            rank = (subject.code <= last, subject.code)
            if place not in alike or rank < alike[place][0]:
                alike[place] = (rank, choice, price)
    for place, (_, choice, price) in alike.items():
        yield _attach(search, state, place, choice, price, weigh=weigh)


def stands_for(found: Found, option: Choice, meanings: tuple[Meaning, ...], depth: int) -> tuple[Meaning, ...]:
    """Every meaning that hangs in the place of ``option`` just as well."""
    if option.meaning is None:
        return ()
    if option.printed or option.level < depth:
        return (option.meaning,)
    prefix = found.known_above(option)
    return tuple(
        meaning
        for meaning in meanings
        if meaning.subject.level == option.level and meaning.subject.code.startswith(prefix)
    )


def _unknown(search: Search, state: State, weigh: dict[str, int]) -> Iterator[Step]:
    """A row of unknown name may stand on any level that the rows above it leave open."""
    yield _attach(search, state, -1, Choice(state.row, None, 1, None, printed=False), 0, weigh=weigh)
    for place, frame in enumerate(state.frames):
        if frame.level < search.depth:
            choice = Choice(state.row, None, frame.level + 1, frame.row, printed=False)
            yield _attach(search, state, place, choice, 0, weigh=weigh)


def _attach(search: Search, state: State, place: int, choice: Choice, price: int, *, weigh: dict[str, int]) -> Step:
    """Close the frames below ``place``, put the row under it and open the row itself."""
    price += _close(search, state.frames[place + 1 :], weigh)
    frames = state.frames[: place + 1]
    code = choice.meaning.subject.code if choice.meaning else ""
    last = frames[-1].last if frames else state.last
    if code and last:
        if code == last:
            price += weigh["repeats"]
        elif code < last:
            price += weigh["disorder"]
    root_last = state.last
    if frames:
        total = add(frames[-1].total, search.amounts[choice.row]) if search.amounts is not None else None
        above = frames[-1]
        frames = (*frames[:-1], Frame(above.row, above.code, above.level, code or last, total))
    else:
        root_last = code or last
    if choice.level < search.depth:
        frames = (*frames, Frame(choice.row, code or None, choice.level, "", None))
    return State(choice.row + 1, frames, root_last), price, choice


def _close(search: Search, frames: Sequence[Frame], weigh: dict[str, int]) -> int:
    if search.amounts is None:
        return 0
    wrong = sum(misfits(search.amounts[frame.row], frame.total) for frame in frames if frame.total is not None)
    return wrong * weigh["broken"]


def _bounds(search: Search, weigh: dict[str, int]) -> list[int]:
    """For each row what the rows from there on cost at least, by the ancestors printed anywhere above them."""
    least: list[int] = []
    printed: set[str] = set()
    unknown = False
    for found in search.names:
        prices: list[int] = []
        for meaning in found:
            above = search.above[meaning.subject.code]
            near = next((place for place, code in enumerate(above) if code in printed), None)
            if unknown or not above or near == 0:
                prices.append(0)
            elif near is None:
                prices.append(weigh["detached"])
            else:
                prices.append(near * weigh["gaps"])
        least.append(min(prices, default=0))
        printed.update(meaning.subject.code for meaning in found)
        unknown = unknown or not found
    ahead = [0]
    for price in reversed(least):
        ahead.append(ahead[-1] + price)
    return ahead[::-1]


def _collect(search: Search, into: dict[State, list[tuple[State, Choice | None]]], goal: State, paid: int) -> Found:
    """Go back from the goal through every cheapest reading; take the one with the best provenance."""
    layers: dict[int, set[State]] = {goal.row: {goal}}
    for row in range(goal.row, 0, -1):
        layers[row - 1] = {before for state in layers[row] for before, _ in into[state]}
    options: list[dict[Choice, None]] = [{} for _ in search.names]
    taken: dict[State, tuple[tuple[int, ...], State | None, Choice | None]] = {
        State(0, (), ""): ((0, 0, 0), None, None)
    }
    for row in range(1, goal.row + 1):
        for state in layers[row]:
            best: tuple[tuple[int, ...], State | None, Choice | None] | None = None
            for before, choice in into[state]:
                if choice is not None:
                    options[choice.row].setdefault(choice)
                ahead = tuple(a + b for a, b in zip(taken[before][0], _doubt(choice, before), strict=True))
                if best is None or ahead < best[0]:
                    best = (ahead, before, choice)
            assert best is not None
            taken[state] = best
    path: list[Choice] = []
    at: State | None = goal
    while at is not None:
        _, before_state, choice = taken[at]
        if choice is not None:
            path.append(choice)
        at = before_state
    return Found(_cost(search, paid), tuple(reversed(path)), tuple(tuple(row) for row in options), complete=True)


def _doubt(choice: Choice | None, before: State) -> tuple[int, ...]:
    """What makes one of two equally cheap readings the likelier: names of this year, provenance, known parents."""
    if choice is None:
        return (0, 0, 0)
    if choice.meaning is None:
        level = before.frames[-1].level + 1 if before.frames else 1
        return (0, 0, abs(level - choice.level))
    return (choice.meaning.distance, choice.meaning.subject.standing.rank, int(not choice.printed))


def _cost(search: Search, paid: int) -> Cost:
    fields: dict[str, int] = {}
    for field in reversed(search.order):
        paid, fields[field] = divmod(paid, _BASE)
    return Cost(**fields)


def _narrow(search: Search, weigh: dict[str, int], goal: State) -> Found:
    """A beam of the cheapest few states: one good reading, without a word on others."""
    beam: dict[State, tuple[int, _Path]] = {State(0, (), ""): (0, None)}
    for _ in range(goal.row):
        following: dict[State, tuple[int, _Path]] = {}
        for state, (paid, path) in beam.items():
            for after, price, choice in _steps(search, state, weigh, goal):
                known = following.get(after)
                if known is None or paid + price < known[0]:
                    following[after] = (paid + price, (choice, path) if choice else path)
        kept = sorted(following.items(), key=lambda item: item[1][0])[:24]
        beam = dict(kept)
    paid, path = beam[goal]
    choices: list[Choice] = []
    while path is not None:
        choice, path = path
        choices.append(choice)
    choices.reverse()
    return Found(_cost(search, paid), tuple(choices), tuple((choice,) for choice in choices), complete=False)
