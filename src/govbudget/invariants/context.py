"""What all rules look at, gathered once: figures by coordinate, witnesses, what is known to be zero."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import attrs

from govbudget.consistency import Grade, Known, Verdict, meet
from govbudget.model import (
    AmountClaim,
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
    TableKind,
    Via,
    Witness,
    along,
    as_key,
    bare,
    combine,
    elsewhere,
    figures,
    key_parent,
    moved,
    place_of,
)
from govbudget.model.axes import Node
from govbudget.model.facts import Witnessed, facts_again, facts_gathered, said
from govbudget.money import Amount, Mark, Mode, MoneyUnit
from govbudget.place import Place

T = TypeVar("T")

ZERO = Known(0, 0, 0)

USUAL_STEP = MoneyUnit.WAN_YUAN.fen // 100
"""The step of most tables, 0.01 万元: who prints 0.00 万元 says as a rule that there is none."""

PERSONNEL = ("301", "303")
"""Classes of the economic classification that pay persons: 工资福利支出, 对个人和家庭的补助."""

FUND_CHILDREN: Mapping[Fund, tuple[Fund, ...]] = {
    Fund.ALL: (Fund.FISCAL, Fund.SPECIAL_ACCOUNT, Fund.UNIT),
    Fund.FISCAL: (Fund.GENERAL, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL),
}


@lru_cache(maxsize=8192)
def known(amount: Amount) -> Known:
    """Return what a printed amount allows."""
    low, high = amount.bounds
    return Known(amount.fen, low, high)


S = TypeVar("S", Witness, AmountClaim)


def cut(said: S) -> S:
    """Return a witness or a claim whose digits were cut off instead of rounded (截尾)."""
    return attrs.evolve(said, amount=attrs.evolve(said.amount, mode=Mode.TRUNCATION))


@attrs.frozen(kw_only=True)
class WholeList:
    """A list that names everything of its kind that has money.

    Attributes:
        axis: what it lists.
        columns: what its columns speak of, in whole lines.
        keys: what it names.
    """

    axis: str
    columns: frozenset[Coordinate]
    keys: frozenset[Node | str]


@attrs.frozen(kw_only=True)
class Context:
    """A disclosure and what follows from it at once.

    Attributes:
        disclosure: the disclosure.
        seen: its tables with what was gathered of each.
        said: what its sentences witness.
        figures: every cell of every lane, by table and lane.
        keys: the coordinates of those figures as plain tuples, in the same order.
        facts: every fact with its witnesses, by coordinate.
        blanks: coordinates at which a table prints a blank or a dash.
        labels: words for the keys of subjects.
        budgets: the budgets that make up 财政拨款 in this document.
        brief: whether nobody asks for what holds, so that a rule may leave it out.
        memo: what several rules need and one of them has gathered already, see :func:`once`; and by function, what it
            answered to those who asked before.
    """

    disclosure: Disclosure
    seen: tuple[_Seen, ...]
    said: Witnessed
    figures: Mapping[tuple[int, int], tuple[Figure, ...]]
    keys: Mapping[tuple[int, int], tuple[Key, ...]]
    facts: Mapping[Coordinate, Fact]
    blanks: frozenset[Coordinate]
    labels: Mapping[str, str]
    budgets: tuple[Fund, ...] = FUND_CHILDREN[Fund.FISCAL]
    brief: bool = False
    memo: dict[object, Any] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @property
    def sources(self) -> list[Witnessed]:
        """What its tables witness, each by itself, and then its sentences."""
        return [*(seen.witnessed for seen in self.seen), self.said]


def once(ctx: Context, gather: Callable[[Context], T]) -> T:
    """Return what ``gather`` makes of a context, made when it is first asked for.

    Rules that look at the same things share them so; what is shared must not be changed.
    """
    if gather not in ctx.memo:
        ctx.memo[gather] = gather(ctx)
    found: T = ctx.memo[gather]
    return found


def idle(ctx: Context, grade: Grade) -> bool:
    """Tell whether nobody asks for a comparison that came out so, and its words need not be made."""
    return ctx.brief and grade.verdict is not Verdict.VIOLATED


@attrs.frozen(eq=False)
class _Seen:
    """What the rules look at of one table.

    Attributes:
        table: the table.
        figures: its figures by lane.
        keys: their coordinates as plain tuples.
        places: where each stands, by lane, line and column.
        blanks: coordinates at which it prints a blank or a dash.
        witnessed: what it witnesses.
        memo: what rules made of this table alone: they find it here again beside other tables.
    """

    table: Table
    figures: tuple[tuple[Figure, ...], ...]
    keys: tuple[tuple[Key, ...], ...]
    places: Mapping[tuple[int, int, int], Place]
    blanks: frozenset[Coordinate]
    witnessed: Witnessed
    memo: dict[object, Any] = attrs.field(factory=dict, init=False, repr=False)


def context(disclosure: Disclosure, like: Context | None = None, *, brief: bool = False) -> Context:
    """Gather what the rules look at.

    Args:
        disclosure: the disclosure.
        like: the context of one that has some tables in common with it; they are not looked at again.
        brief: whether only what is violated is asked for.
    """
    known_tables = {id(seen.table): seen for seen in like.seen} if like is not None else {}
    every = tuple(known_tables.get(id(table)) or _see(table) for table in disclosure.tables)
    labels: dict[str, str] = {}
    for table in disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines:
                if isinstance(line.head, SubjectHead):
                    known_as = labels.get(line.head.key, line.label)
                    labels[line.head.key] = min(known_as, line.label, key=len)  # without 十八、 before it
    same = like is not None and like.disclosure.narrative is disclosure.narrative
    told = like.said if like is not None and same else tuple(said(disclosure))
    sources = [*(seen.witnessed for seen in every), told]
    again = facts_again(like.facts, like.sources, sources) if like is not None else None
    by_lane = {(number, lane): found for number, seen in enumerate(every) for lane, found in enumerate(seen.figures)}
    return Context(
        disclosure=disclosure,
        seen=every,
        said=told,
        figures=by_lane,
        keys={(number, lane): keys for number, seen in enumerate(every) for lane, keys in enumerate(seen.keys)},
        facts=again if again is not None else {fact.at: fact for fact in facts_gathered(sources)},
        blanks=frozenset().union(*(seen.blanks for seen in every)),
        labels=labels,
        budgets=_budgets(by_lane.values()),
        brief=brief,
    )


def _see(table: Table) -> _Seen:
    lanes: list[list[Figure]] = [[] for _ in table.lanes]
    found = tuple(figures(table))
    for figure in found:
        lanes[figure.lane].append(figure)
    places = {(f.lane, f.line, f.column): _place(table, f) for f in found}
    return _Seen(
        table=table,
        figures=tuple(map(tuple, lanes)),
        keys=tuple(tuple([as_key(figure.at) for figure in lane]) for lane in lanes),
        places=places,
        blanks=frozenset(f.at for f in found if f.cell is Mark.BLANK or f.cell is Mark.NOT_APPLICABLE),
        witnessed=tuple(
            (f.at, Witness(f.cell, places[f.lane, f.line, f.column], Via.TABLE))
            for f in found
            if isinstance(f.cell, Amount)
        ),
    )


def _place(table: Table, figure: Figure) -> Place:
    lane = table.lanes[figure.lane]
    return place_of(table, lane, lane.lines[figure.line], figure.column)


def _budgets(lanes: Iterable[Sequence[Figure]]) -> tuple[Fund, ...]:
    """The budgets that a table divides 财政拨款 into; all there are where no table divides it.

    State capital budgets have reached departments for some years only; a document of earlier years, or of a place
    without them, prints 一般公共预算 and 政府性基金预算 and no more.
    """
    divided: set[Fund] = set()
    for figures_of in lanes:
        funds = {figure.at.fund for figure in figures_of}
        parts = funds.intersection(FUND_CHILDREN[Fund.FISCAL])
        if Fund.FISCAL in funds and len(parts) > 1:
            divided |= parts
    return tuple(fund for fund in FUND_CHILDREN[Fund.FISCAL] if fund in divided) or FUND_CHILDREN[Fund.FISCAL]


def located(ctx: Context, figure: Figure) -> tuple[Table, Lane, Line, Column]:
    """Return the table, lane, line and column of a figure."""
    table = seen_of(ctx, figure).table
    lane = table.lanes[figure.lane]
    return table, lane, lane.lines[figure.line], lane.columns[figure.column]


def seen_of(ctx: Context, figure: Figure) -> _Seen:
    """Return what was gathered of the table of a figure."""
    return once(ctx, _by_kind)[figure.table]


def _by_kind(ctx: Context) -> dict[TableKind, _Seen]:
    """The table of each kind: a disclosure has no two of one."""
    return {seen.table.kind: seen for seen in ctx.seen}


def figure_place(ctx: Context, figure: Figure) -> Place:
    """Return where a figure stands."""
    return seen_of(ctx, figure).places[figure.lane, figure.line, figure.column]


def printed_known(ctx: Context, at: Coordinate, via: Via | None = None) -> Known | None:
    """Return what the witnesses of a fact allow together, tables first where they contradict the narrative."""
    fact = ctx.facts.get(at)
    if fact is None:
        return None
    chosen = fact.witnesses if via is None else [w for w in fact.witnesses if w.via is via]
    if len(chosen) < 2:
        return known(chosen[0].amount) if chosen else None
    return meet(known(w.amount) for w in chosen) or known(chosen[0].amount)


def fact_known(ctx: Context, fact: Fact) -> Known:
    """Return what a fact is known to be: by its witnesses together, or by the first where they contradict."""
    return printed_known(ctx, fact.at) or known(fact.witnesses[0].amount)


_UNASKED = Known(0, 1, 0)
"""Stands for what nobody has asked for yet; no figure allows nothing."""


def settled(ctx: Context, at: Coordinate) -> Known | None:
    """Return what is known of a fact: printed, blank in a table, or left out of a table that lists all there is.

    A table that lists subjects lists all that have money; an empty table with a note says there is none. Where there
    is no money at all, there is none of any part of it.
    """
    known_already: dict[Coordinate, Known | None] = ctx.memo.setdefault(settled, {})
    found = known_already.get(at, _UNASKED)
    if found is _UNASKED:
        found = known_already[at] = _settled(ctx, at)
    return found


def _settled(ctx: Context, at: Coordinate) -> Known | None:
    found = printed_known(ctx, at)
    if found is not None:
        return found
    whole = bare(at, ("use", "functional", "economic"))
    if is_silent(ctx, at) or (whole != at and printed_known(ctx, whole, Via.TABLE) is None and is_silent(ctx, whole)):
        return ZERO
    children = FUND_CHILDREN.get(at.fund)
    if children is None or at.fund is Fund.ALL:
        return None
    parts = [settled(ctx, moved(at, "fund", child)) for child in ctx.budgets]
    if any(part is None for part in parts):
        return None
    sums = [part for part in parts if part is not None]
    return Known(sum(s.value for s in sums), sum(s.low for s in sums), sum(s.high for s in sums))


def is_silent(ctx: Context, at: Coordinate) -> bool:
    """Tell whether the tables say there is nothing: a blank, or a complete list without it."""
    return at in ctx.blanks or _left_out(ctx, at)


def _left_out(ctx: Context, at: Coordinate) -> bool:
    whole_lines: dict[str, Coordinate] = {}
    for found in once(ctx, _whole_lists):
        if found.axis not in whole_lines:
            whole_lines[found.axis] = elsewhere(at, found.axis)
        if whole_lines[found.axis] in found.columns:
            node = along(at, found.axis)
            return node not in found.keys and _divided(found, node)
    return False


def _divided(found: WholeList, node: Node | str) -> bool:
    """Whether a list goes down to where a subject would stand: one that ends at its 类 says nothing of their 项."""
    if found.axis not in {"functional", "economic"} or not isinstance(node, str):
        return True
    above = key_parent(node)
    while above and above not in found.keys:
        above = key_parent(above)
    return not above or any(isinstance(key, str) and key and key_parent(key) == above for key in found.keys)


def _whole_lists(ctx: Context) -> tuple[WholeList, ...]:
    """The lists of subjects, projects and purchases that name all there is."""
    found = []
    for keys in lists(ctx):
        table = ctx.disclosure.tables[keys[0][0]]
        lanes = [table.lanes[index] for _, index in keys]
        axis = lanes[0].axis
        if axis in {"functional", "economic", "project", "purchase"} and all(_complete(table, lane) for lane in lanes):
            whole = WholeList(
                axis=axis,
                columns=frozenset(_at(lanes[0], column) for column in lanes[0].columns),
                keys=frozenset(along(line.at, axis) for lane in lanes for line in lane.lines),
            )
            found.append(whole)
    return tuple(found)


def _complete(table: Table, lane: Lane) -> bool:
    if lane.lines_unread:
        return False
    if not lane.lines:
        return bool(table.notes)
    return all(line.head.resolved is Resolved.YES for line in lane.lines if isinstance(line.head, SubjectHead))


def _at(lane: Lane, column: Column) -> Coordinate:
    return combine(lane.at, column.at)


def leaves(ctx: Context, at: Coordinate) -> set[str]:
    """Return the keys of the lowest subjects that facts like ``at`` speak of."""
    keys = {f.functional for f in ctx.facts if f.functional and elsewhere(f, "functional") == at}
    return keys - {key_parent(key) for key in keys}


def lists(ctx: Context) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the lanes that make one list each: a lane, or blocks side by side that go on from each other."""
    return once(ctx, _lists)


def _lists(ctx: Context) -> tuple[tuple[tuple[int, int], ...], ...]:
    found: list[tuple[tuple[int, int], ...]] = []
    for number, table in enumerate(ctx.disclosure.tables):
        groups: dict[object, list[tuple[int, int]]] = {}
        for index, lane in enumerate(table.lanes):
            columns = tuple(column.at for column in lane.columns)
            groups.setdefault((lane.axis, lane.at, columns) if lane.axis else index, []).append((number, index))
        found += map(tuple, groups.values())
    return tuple(found)


def claims(ctx: Context) -> Iterator[tuple[Section, Claim]]:
    """Yield every claim with its section."""
    for section in ctx.disclosure.narrative.sections:
        for claim in section.claims:
            yield section, claim


def beside(ctx: Context, at: Coordinate, parts: Sequence[Coordinate]) -> bool:
    """Tell whether one lane prints a fact and some of its parts."""
    return any(at in lane and not lane.isdisjoint(parts) for lane in once(ctx, _by_lane))


def _by_lane(ctx: Context) -> tuple[frozenset[Coordinate], ...]:
    return tuple(frozenset([figure.at for figure in found]) for found in ctx.figures.values())


def usual_unit(ctx: Context) -> MoneyUnit:
    """Return the unit that most tables count in."""
    return once(ctx, _usual_unit)


def _usual_unit(ctx: Context) -> MoneyUnit:
    units: Sequence[MoneyUnit] = [table.unit for table in ctx.disclosure.tables]
    return max(dict.fromkeys(units), key=units.count) if units else MoneyUnit.YUAN
