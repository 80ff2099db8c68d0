"""What all rules look at, gathered once: figures by coordinate, witnesses, what is known to be zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import attrs

from govbudget.consistency import Known, Mode, bounds, meet
from govbudget.model import (
    Claim,
    Column,
    Coordinate,
    Disclosure,
    Fact,
    Figure,
    Fund,
    Key,
    Lane,
    Line,
    Resolved,
    Section,
    SubjectHead,
    Table,
    Via,
    along,
    as_key,
    combine,
    elsewhere,
    facts,
    figures,
    moved,
    place_of,
)
from govbudget.money import Amount, Mark, MoneyUnit
from govbudget.place import Place

ZERO = Known(0, 0, 0)

FUND_CHILDREN: Mapping[Fund, tuple[Fund, ...]] = {
    Fund.ALL: (Fund.FISCAL, Fund.SPECIAL_ACCOUNT, Fund.UNIT),
    Fund.FISCAL: (Fund.GENERAL, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL),
}


@lru_cache(maxsize=8192)
def known(amount: Amount) -> Known:
    """Return what a printed amount allows."""
    low, high = amount.bounds
    return Known(amount.fen, low, high)


def cut(amount: Amount) -> Known:
    """Return what an amount allows whose digits were cut off instead of rounded (截尾)."""
    low, high = bounds(amount.fen, max(1, amount.unit.fen // 10**amount.places), Mode.TRUNCATION)
    return Known(amount.fen, low, high)


@attrs.frozen(kw_only=True)
class Context:
    """A disclosure and what follows from it at once.

    Attributes:
        disclosure: the disclosure.
        figures: every cell of every lane, by table and lane.
        keys: the coordinates of those figures as plain tuples, in the same order.
        facts: every fact with its witnesses, by coordinate.
        blanks: coordinates at which a table prints a blank or a dash.
        labels: words for the keys of subjects.
    """

    disclosure: Disclosure
    figures: Mapping[tuple[int, int], tuple[Figure, ...]]
    keys: Mapping[tuple[int, int], tuple[Key, ...]]
    facts: Mapping[Coordinate, Fact]
    blanks: frozenset[Coordinate]
    labels: Mapping[str, str]


def context(disclosure: Disclosure) -> Context:
    """Gather what the rules look at."""
    by_lane: dict[tuple[int, int], tuple[Figure, ...]] = {}
    blanks: set[Coordinate] = set()
    labels: dict[str, str] = {}
    for number, table in enumerate(disclosure.tables):
        lanes: dict[int, list[Figure]] = {index: [] for index in range(len(table.lanes))}
        for figure in figures(table):
            lanes[figure.lane].append(figure)
            if figure.cell in (Mark.BLANK, Mark.NOT_APPLICABLE):
                blanks.add(figure.at)
        by_lane |= {(number, lane): tuple(found) for lane, found in lanes.items()}
        for lane in table.lanes:
            for line in lane.lines:
                if isinstance(line.head, SubjectHead):
                    labels.setdefault(line.head.key, line.label)
    return Context(
        disclosure=disclosure,
        figures=by_lane,
        keys={at: tuple(as_key(figure.at) for figure in found) for at, found in by_lane.items()},
        facts={fact.at: fact for fact in facts(disclosure)},
        blanks=frozenset(blanks),
        labels=labels,
    )


def located(ctx: Context, figure: Figure) -> tuple[Table, Lane, Line, Column]:
    """Return the table, lane, line and column of a figure."""
    table = next(t for t in ctx.disclosure.tables if t.kind is figure.table)
    lane = table.lanes[figure.lane]
    return table, lane, lane.lines[figure.line], lane.columns[figure.column]


def figure_place(ctx: Context, figure: Figure) -> Place:
    """Return where a figure stands."""
    table, lane, line, _ = located(ctx, figure)
    return place_of(table, lane, line, figure.column)


def printed_known(ctx: Context, at: Coordinate, via: Via | None = None) -> Known | None:
    """Return what the witnesses of a fact allow together, tables first where they contradict the narrative."""
    fact = ctx.facts.get(at)
    if fact is None:
        return None
    chosen = [w for w in fact.witnesses if via is None or w.via is via]
    if not chosen:
        return None
    return meet(known(w.amount) for w in chosen) or known(chosen[0].amount)


def settled(ctx: Context, at: Coordinate) -> Known | None:
    """Return what is known of a fact: printed, blank in a table, or left out of a table that lists all there is.

    A table that lists subjects lists all that have money; an empty table with a note says there is none.
    """
    found = printed_known(ctx, at)
    if found is not None:
        return found
    if is_silent(ctx, at):
        return ZERO
    children = FUND_CHILDREN.get(at.fund)
    if children is None or at.fund is Fund.ALL:
        return None
    parts = [settled(ctx, moved(at, "fund", child)) for child in children]
    if any(part is None for part in parts):
        return None
    sums = [part for part in parts if part is not None]
    return Known(sum(s.value for s in sums), sum(s.low for s in sums), sum(s.high for s in sums))


def is_silent(ctx: Context, at: Coordinate) -> bool:
    """Tell whether the tables say there is nothing: a blank, or a complete list without it."""
    return at in ctx.blanks or _left_out(ctx, at)


def _left_out(ctx: Context, at: Coordinate) -> bool:
    for table in ctx.disclosure.tables:
        for lane in table.lanes:
            if lane.axis not in {"functional", "economic", "project"} or not _complete(table, lane):
                continue
            wanted = elsewhere(at, lane.axis)
            if any(_at(lane, column) == wanted for column in lane.columns):
                keys = {along(line.at, lane.axis) for line in lane.lines}
                return along(at, lane.axis) not in keys
    return False


def _complete(table: Table, lane: Lane) -> bool:
    if lane.lines_unread:
        return False
    if not lane.lines:
        return bool(table.notes)
    return all(line.head.resolved is Resolved.YES for line in lane.lines if isinstance(line.head, SubjectHead))


def _at(lane: Lane, column: Column) -> Coordinate:
    return combine(lane.at, column.at)


def claims(ctx: Context) -> Iterator[tuple[Section, Claim]]:
    """Yield every claim with its section."""
    for section in ctx.disclosure.narrative.sections:
        for claim in section.claims:
            yield section, claim


def usual_unit(ctx: Context) -> MoneyUnit:
    """Return the unit that most tables count in."""
    units: Sequence[MoneyUnit] = [table.unit for table in ctx.disclosure.tables]
    return max(dict.fromkeys(units), key=units.count) if units else MoneyUnit.YUAN
