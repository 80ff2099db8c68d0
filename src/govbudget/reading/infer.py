"""Read a table that no layout has, by the words of its title, headers and labels; what is inferred is told.

Nothing is guessed: a column counts only where every word above it is known, and two columns that would mean the same
are both left unread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from govbudget.layouts import (
    ColumnSpec,
    EntrySpec,
    LaneSpec,
    Role,
    TableSpec,
    TitleSpec,
    is_selection,
    path_at,
    path_role,
    vocabulary,
    word_specs,
)
from govbudget.model import AXES, Coordinate, Flow, Fund, Item, Period, TableKind, Use, along, combine, is_below, moved
from govbudget.reading.headers import Head, Match, Path
from govbudget.source import Grid
from govbudget.text import fold

_NAMES = {Role.LABEL, Role.ORGANIZATION, Role.PROJECT}
_STARTS = _NAMES | {Role.CODE}
_SUMMARIES = {TableKind.SUMMARY, TableKind.FISCAL_SUMMARY}
_THREE_PUBLIC = {TableKind.THREE_PUBLIC, TableKind.FUND_THREE_PUBLIC}
_ROOT = Coordinate()
SUBTOTAL = "小计"
_TOTALS_OF_USE: Mapping[object, tuple[str, ...]] = {
    Use.PERSONNEL: ("人员经费合计", "人员支出合计"),
    Use.RUNNING: ("公用经费合计", "公用支出合计"),
}
_USES = ("用途", "性质", "经济")

_Columns = list[tuple[int, Path, Role]]


def infer(grid: Grid, head: Head, title: TitleSpec, *, carries: bool) -> Match | None:
    """Return what the words over ``grid`` say of its columns, ``None`` where they say of no column that it is money.

    Args:
        grid: the table.
        head: what may be its header.
        title: what its title says.
        carries: whether the document speaks of money carried over the edge of the year; if not, all is the year's.
    """
    if title.kind is TableKind.OVERALL_PERFORMANCE:
        return None  # goals and indicators, told as what they are
    found = [(depth, _columns(paths, title)) for depth, paths in head.paths]
    depth, columns = max(found, key=lambda pair: (len(_money(pair[1])), _named(pair[1]), -pair[0]))
    paths = dict(head.paths)[depth]
    blocks = _blocks(columns)
    if not _money(columns) or (title.kind in _SUMMARIES and len(blocks) < 2):
        return None
    foreign = len(columns) < sum(map(bool, paths))
    lanes: list[LaneSpec] = []
    kept: list[tuple[tuple[int, ColumnSpec], ...]] = []
    for block in blocks:
        first = not any(spec.axis for spec in lanes)
        axis = "" if _by_source(grid, depth, block) else _axis(block, title, first=first)
        lane = _lane(block, title, axis, carries=carries, foreign=foreign)
        if lane is None:
            return None
        pairs = _distinct(list(zip((i for i, _, _ in block), lane.columns, strict=True)))
        if not any(spec.role is Role.AMOUNT for _, spec in pairs):
            return None
        lanes.append(lane)
        kept.append(pairs)
    read = {i for pairs in kept for i, _ in pairs}
    return Match(
        spec=TableSpec(kind=title.kind, number=0, titles=(), required=False, lanes=tuple(lanes)),
        header_rows=depth,
        columns=tuple(kept),
        unknown=tuple((i, path) for i, path in enumerate(paths) if path and i not in read),
        inferred=tuple(
            (i, _meaning(spec.at, lane.at))
            for lane, pairs in zip(lanes, kept, strict=True)
            for i, spec in pairs
            if spec.role is Role.AMOUNT
        ),
        selected=any(is_selection(path) for path in paths),
    )


def complete(match: Match) -> Match:
    """Return ``match`` with the columns that its layout does not have but whose words are known.

    A column joins the lane it stands in unless another column has the same meaning.
    """
    lanes: list[tuple[tuple[int, ColumnSpec], ...]] = []
    inferred: list[tuple[int, str]] = []
    starts = [min((i for i, _ in columns), default=0) for columns in match.columns]
    for spec, columns, start, stop in zip(match.spec.lanes, match.columns, starts, [*starts[1:], None], strict=True):
        found = [
            (i, _amount(path, spec.at, carries=True))
            for i, path in match.unknown
            if i > start and (stop is None or i < stop) and path_role(path) is Role.AMOUNT
        ]
        known = {column.at for _, column in columns if column.role is Role.AMOUNT}
        added = [pair for pair in _distinct(found) if pair[1].at not in known]
        inferred += [(i, _meaning(column.at, spec.at)) for i, column in added]
        lanes.append(tuple(sorted((*columns, *added), key=lambda pair: pair[0])))
    read = {i for i, _ in inferred}
    return attrs.evolve(
        match,
        columns=tuple(lanes),
        unknown=tuple(pair for pair in match.unknown if pair[0] not in read),
        inferred=match.inferred + tuple(inferred),
    )


def _columns(paths: Sequence[Path], title: TitleSpec) -> _Columns:
    found = []
    for i, path in enumerate(paths):
        role = path_role(path)
        if role is Role.PROJECT and title.axis != "project":
            role = Role.LABEL  # 项目名称 also heads the lines of a summary
        if role is not None:
            found.append((i, path, role))
    return found


def _named(columns: _Columns) -> int:
    return sum(role in _STARTS for _, _, role in columns)


def _money(columns: _Columns) -> set[Path]:
    return {path for _, path, role in columns if role is Role.AMOUNT}


def _blocks(columns: _Columns) -> list[_Columns]:
    """Columns side by side with lines of their own: each block begins at the code or the name of its lines."""
    blocks: list[_Columns] = []
    for column in columns:
        after_money = bool(blocks) and blocks[-1][-1][2] is Role.AMOUNT
        if not blocks or (column[2] in _STARTS and after_money):
            blocks.append([])
        blocks[-1].append(column)
    return blocks


def _by_source(grid: Grid, depth: int, block: _Columns) -> bool:
    """Whether the lines are sources and uses of the money, and not subjects: most of their names are known words."""
    if any(role is Role.CODE for _, _, role in block):
        return False
    columns = [i for i, _, role in block if role is Role.LABEL]
    texts = [fold(row[i].text) for row in grid.rows[depth:] for i in columns]
    labels = [text for text in texts if text]
    known = [text for text in labels if any(spec.at != _ROOT for spec in word_specs(text))]
    return 2 * len(known) > len(labels)


def _lane(block: _Columns, title: TitleSpec, axis: str, *, carries: bool, foreign: bool) -> LaneSpec | None:
    at = title.at
    if title.kind in _SUMMARIES:
        flow = _flow(block)
        if flow is None:
            return None
        at = combine(at, Coordinate(flow=flow))
    said = [path_at(path) for _, path, role in block if role is Role.AMOUNT]
    over = any(one.period is Period.CARRIED and one.flow is at.flow for one in said)
    if carries and not over and axis and title.kind not in _SUMMARIES:
        of_year = at.flow is Flow.EXPENDITURE or any(one.period is Period.CURRENT for one in said)
        at = combine(at, Coordinate(period=Period.CURRENT)) if of_year else at
    columns = [
        _amount(path, at, carries=carries) if role is Role.AMOUNT else ColumnSpec(header=" > ".join(path), role=role)
        for _, path, role in block
    ]
    if over:
        columns = [_of_year(column) for column in columns]
    if title.kind in _THREE_PUBLIC:
        columns = _three_public(columns, foreign=foreign, by_row=any(role in _NAMES for _, _, role in block))
    by_item = any(c.at.item is not Item.ALL for c in columns)
    has_labels = any(role in _NAMES for _, _, role in block)
    totals, lines, entries = (
        _labels(title, at, axis, carries=carries, by_item=by_item) if has_labels else ((), _ROOT, ())
    )
    uses = {along(column.at, "use") for column in columns if column.role is Role.AMOUNT}
    if axis == "economic" and len(uses) == 1:
        totals = (*totals, *_TOTALS_OF_USE.get(uses.pop(), ()))
    word = next((path[0] for _, path, role in block if role in _NAMES), "") if title.kind in _SUMMARIES else ""
    return LaneSpec(title=word, axis=axis, totals=totals, at=at, lines=lines, columns=tuple(columns), entries=entries)


def _of_year(column: ColumnSpec) -> ColumnSpec:
    """Beside a column of money carried over, a source or a use is of the year's money; the total is of both."""
    of_both = column.at.fund is Fund.ALL and column.at.use is Use.ALL
    if column.role is not Role.AMOUNT or of_both or column.at.period is not Period.ALL:
        return column
    return attrs.evolve(column, at=moved(column.at, "period", Period.CURRENT))


def _three_public(columns: Sequence[ColumnSpec], *, foreign: bool, by_row: bool) -> list[ColumnSpec]:
    """合计 over the items is the “三公” total, unless a column says so itself or other items stand beside them."""
    items = {column.at.item for column in columns if column.role is Role.AMOUNT} - {Item.ALL}
    if by_row and not items:
        return list(columns)
    whole = ColumnSpec(header="", role=Role.NOTE)
    beside = items & {Item.CONFERENCES, Item.TRAINING, Item.AGENCY_RUNNING}
    both = Item.OFFICIAL if beside == {Item.CONFERENCES, Item.TRAINING} else None
    total = both if beside else Item.THREE_PUBLIC
    if not foreign and total is not None and total not in items:
        return [
            attrs.evolve(c, at=combine(c.at, Coordinate(item=total)))
            if c.role is Role.AMOUNT and c.at.item is Item.ALL
            else c
            for c in columns
        ]
    return [
        attrs.evolve(whole, header=c.header) if c.role is Role.AMOUNT and c.at.item is Item.ALL else c for c in columns
    ]


def _flow(block: _Columns) -> Flow | None:
    words = "".join(word for _, path, _ in block for word in path)
    flows = {flow for flow, word in ((Flow.REVENUE, "收入"), (Flow.EXPENDITURE, "支出")) if word in words}
    return flows.pop() if len(flows) == 1 else None


def _axis(block: _Columns, title: TitleSpec, *, first: bool) -> str:
    names = [path for _, path, role in block if role in _STARTS]
    words = "".join(word for path in names for word in path)
    roles = {role for _, _, role in block}
    if title.kind in _SUMMARIES:
        by_use = any(word in words for word in _USES)
        return "functional" if _flow(block) is Flow.EXPENDITURE and first and not by_use else ""
    if Role.PROJECT in roles or (title.axis == "project" and names):
        return "project"
    if "经济" in words:
        return "economic"
    if "功能" in words:
        return "functional"
    if Role.ORGANIZATION in roles:
        return "entity"
    return title.axis if names else ""


def _amount(path: Path, above: Coordinate, *, carries: bool) -> ColumnSpec:
    """A column of money, with what its words add to what holds for its lane; a wider word adds nothing."""
    at = path_at(path)
    if not carries:
        at = moved(at, "period", Period.ALL)
    for axis in AXES:
        own, given = along(at, axis), along(above, axis)
        if own == given or is_below(given, own):
            at = moved(at, axis, along(_ROOT, axis))
    if at.flow is above.flow:
        at = attrs.evolve(at, flow=None)
    return ColumnSpec(header=" > ".join(path), at=at)


_Labels = tuple[tuple[str, ...], Coordinate, tuple[EntrySpec, ...]]


def _labels(title: TitleSpec, at: Coordinate, axis: str, *, carries: bool, by_item: bool) -> _Labels:
    """What the first cells of lines may say: the totals line, what holds for the lines, the lines of fixed meaning."""
    words = vocabulary().words
    every = next(spec.names for spec in words if spec.role is Role.AMOUNT and spec.at == _ROOT)
    whole = tuple(name for name in every if name != SUBTOTAL)  # of which part 小计 is, its line does not say
    mine = [spec for spec in words if spec.at.flow is not None and spec.at.flow is at.flow]
    year = tuple(name for spec in mine if spec.at.period is Period.CURRENT for name in spec.names)
    carried = tuple(
        EntrySpec(labels=spec.names, at=Coordinate(period=Period.CARRIED))
        for spec in mine
        if spec.at.period is Period.CARRIED
    )
    if title.kind in _THREE_PUBLIC and not axis and by_item:
        stages = [spec for spec in words if spec.at == Coordinate(stage=spec.at.stage) and spec.at.stage is not None]
        return (), _ROOT, tuple(EntrySpec(labels=spec.names, at=spec.at) for spec in stages)
    if title.kind in _THREE_PUBLIC and not axis:
        items = [EntrySpec(labels=spec.names, at=spec.at) for spec in words if spec.at.item is not Item.ALL]
        return whole, Coordinate(item=Item.THREE_PUBLIC), tuple(items)
    if title.kind not in _SUMMARIES or not carries:
        if axis:
            return (*whole, *year), _ROOT, carried if carries else ()
        return (), _ROOT, (EntrySpec(labels=(*whole, *year)), *_sources(at, Period.ALL))
    now = Coordinate(period=Period.CURRENT)
    if axis:
        return year, now, (EntrySpec(labels=whole), *carried)
    return (), _ROOT, (EntrySpec(labels=year, at=now), EntrySpec(labels=whole), *carried, *_sources(at, Period.CURRENT))


def _sources(at: Coordinate, period: Period) -> tuple[EntrySpec, ...]:
    """Lines by source of the money (revenue), or by its use (a second list of expenditure)."""
    axis = "fund" if at.flow is Flow.REVENUE else "use"
    root = along(_ROOT, axis)
    return tuple(
        EntrySpec(
            labels=spec.names,
            at=Coordinate(period=period) if spec.at.fund is at.fund else moved(spec.at, "period", period),
        )
        for spec in vocabulary().words
        if along(spec.at, axis) != root and moved(spec.at, axis, root) == _ROOT
    )


def _distinct(pairs: Sequence[tuple[int, ColumnSpec]]) -> tuple[tuple[int, ColumnSpec], ...]:
    """Leave out every column whose meaning another column has too: one of them was not understood."""
    times = Counter(spec.at for _, spec in pairs if spec.role is Role.AMOUNT)
    return tuple(pair for pair in pairs if pair[1].role is not Role.AMOUNT or times[pair[1].at] == 1)


def _meaning(at: Coordinate, above: Coordinate) -> str:
    """What a column adds to its lane, in words of the vocabulary."""
    flow = combine(above, at).flow
    words = ["上年"] if at.year is not None and at.year < 0 else []
    for axis in AXES:
        node = along(at, axis)
        if node == along(_ROOT, axis):
            continue
        said = [spec for spec in vocabulary().words if _says_only(spec.at, axis, node)]
        words += [spec.names[0].strip("*") for spec in said if spec.at.flow in (None, flow)][:1]
    return "·".join(words) or "合计"


def _says_only(at: Coordinate, axis: str, node: object) -> bool:
    """Whether ``at`` says ``node`` on ``axis`` and nothing on the others."""
    return along(at, axis) == node and all(other == axis or along(at, other) == along(_ROOT, other) for other in AXES)


def speaks_of_carrying(grids: Sequence[Grid]) -> bool:
    """Tell whether a label or a header of the tables speaks of money carried over the edge of the year."""
    return any(
        spec.at.period is Period.CARRIED
        for grid in grids
        for row in grid.rows
        for cell in row
        if "结" in cell.text
        for spec in word_specs("".join(cell.text.split()))
    )
