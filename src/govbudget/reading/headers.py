"""Header rows to header paths, and header paths to the columns of a layout."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import attrs

from govbudget.layouts import ColumnSpec, LaneSpec, Role, TableSpec
from govbudget.reading.ordinals import CODE_PARTS, is_column_numbers, line_number_columns
from govbudget.source import Grid
from govbudget.text import fold

_MAX_HEADER_ROWS = 4
_BOTH = 2
_MEASURES = frozenset(("决算数", "预算数", "金额"))
_LINE_CELL = re.compile(r"合计|-?[\d,]+(?:\.\d+)?")

Path = tuple[str, ...]

_LABELS = {Role.LABEL, Role.ORGANIZATION, Role.PROJECT, Role.SUBJECT, Role.THING, Role.FORM}

_YEAR = re.compile(r"^\d{4}年度?(?=.)")


@attrs.frozen(kw_only=True)
class Match:
    """How a grid answers to the specification of a table.

    Attributes:
        spec: the specification.
        header_rows: how many rows the header takes.
        columns: for each lane its (grid column, specification) pairs in printed order, from 0.
        unknown: grid columns with a header that the specification does not have, with their paths.
        missing: headers of the specification that no column bears.
        shared: whether the last row of the header is the totals line too: its label and its figures stand beside the
            words 类, 款, 项 or the last words of the other headers.
        ordinals: grid columns that number the lines (行次).
        inferred: grid columns whose meaning was taken from their words and not from a layout, with that meaning.
        selected: whether a header says 其中, so that columns need not add up.
    """

    spec: TableSpec
    header_rows: int
    columns: tuple[tuple[tuple[int, ColumnSpec], ...], ...]
    unknown: tuple[tuple[int, Path], ...] = ()
    missing: tuple[str, ...] = ()
    shared: bool = False
    ordinals: tuple[int, ...] = ()
    inferred: tuple[tuple[int, str], ...] = ()
    selected: bool = False

    @property
    def matched(self) -> int:
        """How many columns were recognised."""
        return sum(map(len, self.columns))


Span = tuple[int, int, int, int]
"""A merged cell: row, column, rows, columns."""


def header_paths(rows: Sequence[Sequence[str]], merged: Sequence[Span] = ()) -> tuple[Path, ...]:
    """Return for each column its path through the header rows; the cells are folded texts.

    A merged cell stands over all its columns and rows. Where the source cannot say what is merged, a blank right of
    a cell belongs to it where both hang under the same cell of the row above; the last header row merges nothing by
    guess. Words repeated downwards are one level.

    >>> header_paths([["科目", "合计", "基本支出", ""], ["", "", "人员支出", "公用经费"]])
    (('科目',), ('合计',), ('基本支出', '人员支出'), ('基本支出', '公用经费'))
    >>> header_paths([["科目", "基本支出", "", ""], ["", "人员", "公用", "备注"]], [(0, 1, 1, 2)])[3]
    ('备注',)
    """
    width = len(rows[0])
    owner = _owners(merged, len(rows), width)
    paths: list[Path] = [()] * width
    group = [0] * width  # columns with one number hang under one cell of the row above
    for depth, row in enumerate(rows):
        last = depth == len(rows) - 1 and depth > 0
        word, cell = "", 0
        new_group = list(group)
        for column in range(width):
            known = owner.get((depth, column))
            if known is not None:
                word, cell = rows[known[0]][known[1]], known[1]
            elif row[column] or column == 0 or last or group[column] != group[column - 1]:
                word, cell = row[column], column
            elif (depth, column - 1) in owner:
                word, cell = "", column  # a merged cell ends where it says it ends
            if word and (not paths[column] or paths[column][-1] != word):
                paths[column] = (*paths[column], word)
            new_group[column] = cell
        group = [a * width + b for a, b in zip(group, new_group, strict=True)]
    return tuple(paths)


def _owners(merged: Sequence[Span], height: int, width: int) -> dict[tuple[int, int], tuple[int, int]]:
    """The first cell of the merged cell that a cell of the header belongs to."""
    return {
        (row + i, column + j): (row, column)
        for row, column, high, wide in merged
        if row < height and column + wide <= width
        for i in range(min(high, height - row))
        for j in range(wide)
    }


@attrs.frozen(kw_only=True)
class Head:
    """What may be the header of a grid.

    Attributes:
        ordinals: the columns that number the lines (行次).
        paths: for each number of rows that it may take the path of each column.
    """

    ordinals: tuple[int, ...]
    paths: tuple[tuple[int, tuple[Path, ...]], ...]


def head_of(grid: Grid) -> Head:
    """Return what may be the header of ``grid``: it ends under no merged cell.

    Paths are folded, without emphasis and years, as layouts write them.
    """
    cells = header_cells(grid)
    most = len(cells)
    cut = {row + i for row, _, high, _ in grid.merged if row < most for i in range(1, high)}
    depths = [depth for depth in range(1, most + 1) if depth not in cut] or range(1, most + 1)
    paths = tuple((depth, header_paths(cells[:depth], grid.merged)) for depth in depths)
    return Head(ordinals=line_number_columns(grid), paths=paths)


@attrs.frozen
class Matcher:
    """Matches grids with specifications, each grid with each specification once: layouts share both.

    Grids and specifications are long, so they are known by their identity, and kept as long as the matcher is.
    """

    _heads: dict[int, tuple[Grid, Head]] = attrs.field(factory=dict)
    _matches: dict[tuple[int, int], tuple[TableSpec, Match | None]] = attrs.field(factory=dict)

    def head(self, grid: Grid) -> Head:
        """Return what may be the header of ``grid``."""
        if (known := self._heads.get(id(grid))) is None:
            known = self._heads[id(grid)] = (grid, head_of(grid))
        return known[1]

    def match(self, grid: Grid, spec: TableSpec) -> Match | None:
        """Return :func:`match_table` of them."""
        if (known := self._matches.get((id(grid), id(spec)))) is None:
            known = self._matches[id(grid), id(spec)] = (spec, match_table(self.head(grid), spec))
        return known[1]


def match_table(head: Head, spec: TableSpec) -> Match | None:
    """Match the header of a grid with ``spec``: the number of header rows under which most columns are recognised.

    Returns:
        The match, or ``None`` where a lane lacks its label column or every one of its amount columns.
    """
    best: Match | None = None
    for depth, paths in head.paths:
        found = _match(paths, spec, depth, head.ordinals)
        if best is None or found.matched > best.matched:
            best = found
    if best is None or not all(_usable(p, s) for p, s in zip(best.columns, best.spec.lanes, strict=True)):
        return None
    return best


def header_cells(grid: Grid) -> list[list[str]]:
    """Return the words of the rows that may be the header: no further than the row that numbers the columns.

    Of that row only 类, 款 and 项 are words, and where it has none, the header ends above it.
    """
    out: list[list[str]] = []
    rows = [[fold(cell.text.replace("*", "")) for cell in row] for row in grid.rows[:_MAX_HEADER_ROWS]]
    latest = _latest_of_two(rows)
    for row, texts in zip(grid.rows, rows, strict=False):
        words = [_less_its_year(text, latest) for text in texts]
        if is_column_numbers(row):
            kept = [word if word in CODE_PARTS else "" for word in words]
            return [*out, kept] if any(kept) else out
        out.append(words)
    return out


def _latest_of_two(rows: Sequence[Sequence[str]]) -> int:
    """The later of two years that follow each other where a header names both, else 0."""
    years = {int(match[0][:4]) for row in rows for word in row if (match := _YEAR.match(word))}
    return max(years) if len(years) == _BOTH and max(years) - min(years) == 1 else 0


def _less_its_year(word: str, latest: int) -> str:
    """A word of a header without the year that some print before it; of two years the earlier one is 上年.

    >>> _less_its_year("2022年执行数", 2023), _less_its_year("2023年预算数比2022年执行数", 2023)
    ('上年执行数', '预算数比上年执行数')
    >>> _less_its_year("2022年决算数", 0)
    '决算数'
    """
    if latest:
        word = word.replace(f"{latest - 1}年", "上年")
    match = _YEAR.match(word) if word[:1].isdecimal() else None
    return word if match is None else word[match.end() :]


def _match(paths: Sequence[Path], spec: TableSpec, depth: int, numbering: tuple[int, ...]) -> Match:
    taken: set[int] = set(numbering)
    shared = False
    lanes: list[tuple[tuple[int, ColumnSpec], ...]] = []
    kept: list[LaneSpec] = []
    missing: list[str] = []
    places = _places(paths)
    shorter = _places([_less_its_line(path) for path in paths])
    unmeasured = _less_their_measure(paths)
    for lane in spec.lanes:
        pairs: list[tuple[int, ColumnSpec]] = []
        known = len(missing)
        for column_spec in lane.columns:
            wanted = _known_by(column_spec.header, column_spec.also)
            column = _first(places, wanted, taken)
            if column is None and shorter:
                column = _first(shorter, wanted, taken)
                shared = shared or column is not None
            if column is None and unmeasured:
                column = _first(unmeasured, wanted, taken)
                shared = shared or (column is not None and _less_its_line(paths[column]) is not None)
            if column is None and not column_spec.optional:
                missing.append(column_spec.header)
            elif column is not None:
                taken.add(column)
                pairs.append((column, column_spec))
        if any(column.role is Role.CODE for _, column in pairs):  # a code in one cell has no cell for 款 and 项
            codes = {column.header for column in lane.columns if column.role is Role.CODE}
            missing = [header for header in missing if header not in codes]
        if lane.optional and not pairs:
            del missing[known:]
            continue
        kept.append(lane)
        lanes.append(tuple(sorted(pairs, key=lambda pair: pair[0])))
    unknown = tuple((i, path) for i, path in enumerate(paths) if i not in taken and path)
    return Match(
        spec=spec if len(kept) == len(spec.lanes) else attrs.evolve(spec, lanes=tuple(kept)),
        header_rows=depth,
        columns=tuple(lanes),
        unknown=unknown,
        missing=tuple(missing),
        shared=shared,
        ordinals=numbering,
    )


def _places(paths: Sequence[Path | None]) -> dict[Path, list[int]]:
    """The columns of each path, from left to right."""
    places: dict[Path, list[int]] = {}
    for column, path in enumerate(paths):
        if path is not None:
            places.setdefault(path, []).append(column)
    return places


def _first(places: dict[Path, list[int]], wanted: frozenset[Path], taken: set[int]) -> int | None:
    """The first column that bears one of the paths and is not taken."""
    free = [column for path in wanted & places.keys() for column in places[path] if column not in taken]
    return min(free, default=None)


def _less_its_line(path: Path) -> Path | None:
    """The path without a last word that belongs to the totals line: its label, or a figure."""
    return path[:-1] if len(path) > 1 and _LINE_CELL.fullmatch(path[-1]) else None


def _less_their_measure(paths: Sequence[Path]) -> dict[Path, list[int]]:
    """The columns by their paths without the 决算数 that some forms write under each of them, if all say the same."""
    full = [_less_its_line(path) or path for path in paths]
    measures = {path[-1] for path in full if len(path) > 1 and path[-1] in _MEASURES}
    if len(measures) != 1:
        return {}
    return _places([path[:-1] if len(path) > 1 and path[-1] in measures else None for path in full])


def shared_line(row: Sequence[str]) -> list[bool]:
    """Tell for each cell of a row that is header and totals line at once whether it belongs to the line.

    >>> shared_line(["类", "款", "项", "合计", "2,946.25"])
    [False, False, False, True, True]
    >>> shared_line(["合计", "", "", "合计", "基本支出"])
    [True, False, False, False, False]
    """
    parts = any(fold(text) in CODE_PARTS for text in row)
    first = next((i for i, text in enumerate(row) if fold(text) == "合计"), -1)
    return [
        bool(_LINE_CELL.fullmatch(fold(text))) and (parts or i == first or fold(text) != "合计")
        for i, text in enumerate(row)
    ]


def _usable(pairs: Sequence[tuple[int, ColumnSpec]], spec: LaneSpec) -> bool:
    labels = {Role.LABEL, Role.ORGANIZATION, Role.PROJECT}
    roles = {column.role for _, column in pairs}
    needed = bool(labels & {column.role for column in spec.columns})
    return Role.AMOUNT in roles and (not needed or bool(roles & labels))


@lru_cache(maxsize=4096)
def _known_by(header: str, also: tuple[str, ...]) -> frozenset[Path]:
    return frozenset(path for words in (header, *also) for path in _alternatives(words))


def _alternatives(header: str) -> frozenset[Path]:
    paths: list[Path] = [()]
    for level in header.split(">"):
        words = [fold(word) for word in level.split("|")]
        paths = [(*path, word) for path in paths for word in words]
    return frozenset(paths)


def label_columns(pairs: Sequence[tuple[int, ColumnSpec]]) -> tuple[int, ...]:
    """Return the grid columns in which a label may stand: a totals label often stands in the wrong one of them."""
    return tuple(i for i, column in pairs if column.role in _LABELS) + code_columns(pairs)


def code_columns(pairs: Sequence[tuple[int, ColumnSpec]]) -> tuple[int, ...]:
    """Return the grid columns that hold parts of a code."""
    return tuple(i for i, column in pairs if column.role is Role.CODE)


def note_columns(pairs: Sequence[tuple[int, ColumnSpec]]) -> tuple[int, ...]:
    """Return the grid columns of running numbers and remarks."""
    return tuple(i for i, column in pairs if column.role is Role.NOTE)


def change_columns(pairs: Sequence[tuple[int, ColumnSpec]]) -> tuple[tuple[int, ColumnSpec], ...]:
    """Return the columns of a lane that say how its figures differ from those of another year."""
    return tuple(pair for pair in pairs if pair[1].role in (Role.CHANGE, Role.RATE))


def amount_columns(pairs: Sequence[tuple[int, ColumnSpec]]) -> tuple[tuple[int, ColumnSpec], ...]:
    """Return the amount columns of a lane."""
    return tuple(pair for pair in pairs if pair[1].role is Role.AMOUNT)


def lane_entries(lane: LaneSpec) -> Mapping[str, tuple[int, ...]]:
    """Return the indexes of the entries that each label of the lane may stand for, a label in a group as 组>小计."""
    return _entries(tuple([entry.labels for entry in lane.entries]))


@lru_cache(maxsize=512)
def _entries(labels: tuple[tuple[str, ...], ...]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for index, own in enumerate(labels):
        for label in map(fold, own):
            found[label] = (*found.get(label, ()), index)
    return MappingProxyType(found)


def entry_under(lane: LaneSpec, indexes: Sequence[int], above: Sequence[str]) -> int:
    """Return which of the entries a label stands for, by the folded labels of the lines above it.

    The nearest line above that some entry wants to stand under decides; without one, the entry that wants none.
    """
    for label in reversed(above):
        for index in indexes:
            if label in {fold(word) for word in lane.entries[index].under}:
                return index
    return next((index for index in indexes if not lane.entries[index].under), indexes[0])
