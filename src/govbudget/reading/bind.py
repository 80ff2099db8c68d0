"""From a recognised grid to a :class:`Table` of the model; what does not fit becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from govbudget.classification import Scheme, edition_year, tree
from govbudget.errors import AmountError
from govbudget.layouts import ColumnSpec, LaneSpec, Role, dated, path_role
from govbudget.model import (
    BodyHead,
    ChangeColumn,
    Column,
    Coordinate,
    Entry,
    Finding,
    Head,
    Lane,
    Line,
    Note,
    ProjectHead,
    PurchaseHead,
    Stage,
    Table,
    Total,
    combine,
)
from govbudget.money import Amount, Mark, MoneyUnit, Percent, parse_cell
from govbudget.place import Place
from govbudget.reading.codes import joined_code
from govbudget.reading.headers import (
    Match,
    amount_columns,
    change_columns,
    code_columns,
    entry_under,
    header_paths,
    lane_entries,
    note_columns,
)
from govbudget.reading.infer import SUBTOTAL
from govbudget.reading.labels import Columns, Groups, said_in_row
from govbudget.reading.ordinals import is_column_numbers
from govbudget.reading.parts import PrintedTable
from govbudget.reading.purchases import Purchases
from govbudget.reading.remarks import remark, short
from govbudget.reading.rows import header_rows, line_rows, plain
from govbudget.reading.subjects import PendingLine, coded, settle
from govbudget.source import Grid, GridCell
from govbudget.text import fold, squeeze, unnumbered

_WHOLE = "合计"
_ADJUSTED = re.compile(r"预算数为[^,。;]{0,20}(?:全年|调整)预算")
_NOTHING = re.compile(r"[—\-/…⋯.。]*")
_SAID_EMPTY = {"无", "此表为空", "本表为空", "本表无数据", "无数据"}

_Pairs = Sequence[tuple[int, ColumnSpec]]


@attrs.frozen(kw_only=True)
class Frame:
    """What holds for every table of a document: its name, its year and stage, and the edition of the classification."""

    document: str
    base: Coordinate
    year: int


def bind(printed: PrintedTable, match: Match, unit: MoneyUnit, frame: Frame) -> tuple[Table, tuple[Finding, ...]]:
    """Bind a grid to the table it was recognised as.

    Args:
        printed: the grid with its title and notes.
        match: how its columns answer to the layout.
        unit: the unit of money it counts in.
        frame: what holds for the whole document.

    Returns:
        The table, and what could not be read of it.
    """
    grid = printed.grid
    place = Place(document=frame.document, page=grid.page, table=printed.number, line=grid.lines[0])
    findings: list[Finding] = []
    findings.extend(remark("read.column-missing", place, header=wanted) for wanted in match.missing)
    notes = [_note(place, run.text, run.page, run.line, run.span) for run in printed.notes]
    columns = tuple(_dated(_staged(pairs, printed), frame.year) for pairs in match.columns)
    match = attrs.evolve(match, columns=columns)
    unread = _unread_columns(grid, match)
    lanes = tuple(
        attrs.evolve(
            _lane(grid, match, index, unit, frame, place, findings, notes),
            inferred=bool({i for i, _ in pairs} & {i for i, _ in match.inferred}),
            columns_unread=match.selected or any(_home(match, i) == index for i in unread),
        )
        for index, pairs in enumerate(match.columns)
    )
    _strays(grid, match, place, findings)
    table = Table(
        kind=match.spec.kind,
        number=printed.number,
        title=printed.title,
        organization=printed.organization,
        unit=unit,
        lanes=lanes,
        notes=tuple(notes),
        place=place,
    )
    return table, tuple(findings)


def _note(place: Place, text: str, page: int | None, line: int, span: tuple[int, int]) -> Note:
    return Note(text=text, place=attrs.evolve(place, page=page, line=line, span=span))


def _staged(pairs: _Pairs, printed: PrintedTable) -> tuple[tuple[int, ColumnSpec], ...]:
    """The columns, with 预算数 as the budget of the whole year (全年预算数) where a note under the table says so."""
    if not any(_ADJUSTED.search(run.folded.text) for run in printed.notes):
        return tuple(pairs)
    return tuple(
        (i, attrs.evolve(column, at=attrs.evolve(column.at, stage=Stage.ADJUSTED)))
        if column.at.stage is Stage.BUDGET
        else (i, column)
        for i, column in pairs
    )


def _dated(pairs: _Pairs, year: int) -> tuple[tuple[int, ColumnSpec], ...]:
    return tuple((i, attrs.evolve(column, at=dated(column.at, year))) for i, column in pairs)


def _lane(
    grid: Grid,
    match: Match,
    index: int,
    unit: MoneyUnit,
    frame: Frame,
    place: Place,
    findings: list[Finding],
    notes: list[Note],
) -> Lane:
    spec, columns = match.spec.lanes[index], match.columns[index]
    amounts, changed = amount_columns(columns), change_columns(columns)
    groups = Groups.of(columns)
    purchases = Purchases(tree(Scheme.DEPARTMENT_ECONOMIC, edition_year(Scheme.DEPARTMENT_ECONOMIC, frame.year)))
    rows = line_rows(grid, match)
    printed_lines = attrs.evolve(grid, rows=tuple(map(tuple, rows)))
    paths = header_paths([[squeeze(plain(c)) for c in row] for row in header_rows(grid, match)], grid.merged)
    entries = lane_entries(spec)
    totals = {fold(label) for label in spec.totals}
    headers = [[fold(plain(c)) for c in row] for row in grid.rows[: match.header_rows]]
    beginnings = {header[0] for header in headers}
    lanes = list(map(Columns.of, match.columns))
    own_columns, figure_columns = lanes[index]
    codes, beside = code_columns(columns), note_columns(columns)
    pending: list[PendingLine] = []
    lines_unread = False
    above: list[str] = []
    for row_index in range(match.header_rows - match.shared, len(rows)):
        row = rows[row_index]
        again = row_index >= match.header_rows and fold(plain(row[0])) in beginnings
        if again and [fold(plain(c)) for c in row] in headers:
            continue  # the header again, after a page break
        if is_column_numbers(row):
            continue
        said = said_in_row(printed_lines, row_index, lanes, index)
        if said is None:
            continue  # its label runs into the lane to the right, where its figure stands
        values, places, spans, errors = _figures(row, figure_columns, unit)
        changes, decimals, where_changed, wrong = _changes(row, changed, unit)
        for column, error in (*errors, *wrong):
            at_cell = attrs.evolve(_row_place(place, grid, row_index), column=column + 1, span=row[column].span)
            findings.append(remark("read.cell", at_cell, text=short(row[column].text), why=error.what, hint=error.hint))
        blank = all(isinstance(value, Mark) for value in values)
        if (
            row_index < match.header_rows and not blank
        ):  # a word of the header stands where the figure of the line would
            taken = [bool(cell.text.strip()) for cell in grid.rows[row_index]]
            values = [
                Mark.UNREADABLE if value is Mark.BLANK and taken[column] else value
                for value, column in zip(values, figure_columns, strict=True)
            ]
        own_labels = tuple(dict.fromkeys((*own_columns, *[i for i, _ in said])))
        if not own_labels and not blank:
            said = [(0, _WHOLE)]  # a table of one line needs no label: it is about the whole
        if said and blank and said[0][1] in _SAID_EMPTY:  # in the first cell of an empty table
            notes.append(
                _note(place, said[0][1], _page(place, grid, row_index), grid.lines[row_index], row[said[0][0]].span)
            )
            continue
        if said and blank and all(_says_nothing(text) for _, text in said):
            continue  # the 一、 and … of a form that nobody filled in
        if not said:
            if not blank:
                where = _row_place(place, grid, row_index)
                findings.append(remark("read.label-missing", where, figures=_shown(row, amounts)))
                lines_unread = True
            continue
        cells = [plain(row[i]) for i in codes]
        code = joined_code(cells)
        names = [(i, text) for i, text in said if i not in codes]
        if code is None and names and any(cell.strip() for cell in cells):
            where = _row_place(place, grid, row_index)
            printed_code = "|".join(squeeze(cell) for cell in cells)
            findings.append(remark("read.code", where, printed=printed_code, name=names[0][1]))
        said = names or said
        label = "".join(text for _, text in said) if (path := groups.path(said)) else said[0][1]
        name = unnumbered(path if path in entries else fold(said[-1][1] if path else label))
        head: Head | None
        if spec.axis == "purchase" and said[0][0] != columns[0][0]:
            head, at, unresolved = *_purchase(purchases, row, columns), False
        else:
            head, at, unresolved = _head(spec, name, label, said, columns, row, entries, totals, above)
            purchases.enter(at)
        above.append(name)
        if head is None and not unresolved:
            where = _row_place(place, grid, row_index)
            findings.append(remark("read.row-unknown", where, label=label, figures=_shown(row, amounts)))
            lines_unread = lines_unread or any(not isinstance(value, Mark) for value in values)
            continue
        if unresolved and code is not None:
            head, at = coded(code, spec.axis, at)
        line = Line(
            label=label,
            head=head if head is not None else Entry(),
            at=at,
            values=tuple(values),
            places=tuple(places),
            row=row_index + 1,
            line=grid.lines[row_index],
            page=_page(place, grid, row_index),
            spans=tuple(spans),
            label_spans=tuple([row[i].span for i in (*own_labels, *beside) if plain(row[i]).strip()]),
            changes=tuple(changes),
            change_places=tuple(decimals),
            change_spans=tuple(where_changed),
        )
        pending.append(PendingLine(line=line, name=name if unresolved and code is None else None))
    lines, remarks = settle(pending, spec.axis, unit, frame.year, place)
    findings.extend(remarks)
    base = combine(frame.base, spec.at)
    return Lane(
        title=spec.title,
        axis=spec.axis,
        at=base,
        columns=tuple(Column(header=paths[i], at=column.at, index=i + 1) for i, column in amounts),
        changes=tuple(
            ChangeColumn(header=paths[i], base=column.at, index=i + 1, rate=column.role is Role.RATE)
            for i, column in changed
        ),
        lines=lines,
        lines_unread=lines_unread,
    )


def _unread_columns(grid: Grid, match: Match) -> list[int]:
    """Columns without a meaning that hold figures: what stands beside them need not add up."""
    used = {i for pairs in match.columns for i, _ in pairs} | set(match.ordinals)
    used |= {i for i, path in match.unknown if path_role(path) not in (None, Role.AMOUNT)}
    rows = grid.rows[match.header_rows :]
    return [i for i in range(len(grid.rows[0])) if i not in used and any(_is_figure(row[i]) for row in rows)]


def _is_figure(cell: GridCell) -> bool:
    return bool(re.fullmatch(r"-?[\d,]+(?:\.\d+)?", fold(plain(cell))))


def _home(match: Match, column: int) -> int:
    """The lane that a column stands in: the last one that begins left of it."""
    starts = [min((i for i, _ in pairs), default=0) for pairs in match.columns]
    return max((index for index, start in enumerate(starts) if start <= column), default=0)


def _head(
    spec: LaneSpec,
    name: str,
    label: str,
    said: Sequence[tuple[int, str]],
    columns: _Pairs,
    row: Sequence[GridCell],
    entries: Mapping[str, tuple[int, ...]],
    totals: set[str],
    above: Sequence[str],
) -> tuple[Head | None, Coordinate, bool]:
    """Tell what a line stands for; the last item says whether its name is still to be found in a classification."""
    if (name in totals or label == _WHOLE) and len({text for _, text in said}) == 1:
        return Total(), spec.lines, False
    if name in entries:
        return Entry(), spec.entries[entry_under(spec, entries[name], above)].at, False
    if spec.axis in {"functional", "economic"}:
        return None, spec.lines, name != SUBTOTAL
    if spec.axis == "entity":
        return BodyHead(label), combine(spec.lines, Coordinate(entity=label)), False
    if spec.axis == "project":
        project, at = _project(row, {column.role: index for index, column in columns})
        return project, combine(spec.lines, at), False
    return None, Coordinate(), False


def _project(row: Sequence[GridCell], roles: dict[Role, int]) -> tuple[ProjectHead, Coordinate]:
    def take(role: Role) -> str:
        return squeeze(plain(row[roles[role]])) if role in roles else ""

    organization, project, goal = take(Role.ORGANIZATION), take(Role.PROJECT), take(Role.GOAL)
    key = "/".join(part.replace("/", "／") for part in (organization, project) if part)
    head = ProjectHead(
        organization=organization,
        name=project,
        goal=goal or None,
        goal_span=row[roles[Role.GOAL]].span if goal else None,
    )
    return head, Coordinate(project=key)


def _purchase(lines: Purchases, row: Sequence[GridCell], columns: _Pairs) -> tuple[PurchaseHead, Coordinate]:
    cells = {column.role: squeeze(plain(row[index])) for index, column in columns}
    return lines.line(*(cells.get(role, "") for role in (Role.PROJECT, Role.SUBJECT, Role.THING, Role.FORM)))


def _says_nothing(label: str) -> bool:
    return bool(_NOTHING.fullmatch(unnumbered(fold(label))))


_Figures = tuple[list[int | Mark], list[int], list[tuple[int, int] | None], list[tuple[int, AmountError]]]


def _figures(row: Sequence[GridCell], columns: Sequence[int], unit: MoneyUnit) -> _Figures:
    """The values of a row, their decimals and where they stand, and the columns of the cells that cannot be read."""
    values: list[int | Mark] = []
    places: list[int] = []
    spans: list[tuple[int, int] | None] = []
    errors: list[tuple[int, AmountError]] = []
    for column in columns:
        cell = row[column]
        try:
            found = parse_cell(plain(cell), unit)
            if isinstance(found, Amount) and found.unit is not unit:
                raise AmountError(f"{cell.text.strip()!r} is printed in another unit than its table ({unit.value})")
        except AmountError as error:
            errors.append((column, error))
            found = Mark.UNREADABLE
        if isinstance(found, Amount):
            values.append(found.fen)
            places.append(found.places)
        else:
            values.append(found)
            places.append(0)
        spans.append(None if found is Mark.BLANK else cell.span)
    return values, places, spans, errors


def _changes(row: Sequence[GridCell], columns: _Pairs, unit: MoneyUnit) -> _Figures:
    """What the columns of changes say, as :func:`_figures` returns figures; of a percentage its digits."""
    values: list[int | Mark] = []
    places: list[int] = []
    spans: list[tuple[int, int] | None] = []
    errors: list[tuple[int, AmountError]] = []
    for column, spec in columns:
        if spec.role is Role.CHANGE:
            found, decimals, where, wrong = _figures(row, [column], unit)
            errors += wrong
            values, places, spans = values + found, places + decimals, spans + where
            continue
        text, span = plain(row[column]).strip(), row[column].span
        try:
            rate = Percent.parse(text) if text and not _NOTHING.fullmatch(text) else None
        except AmountError as error:
            errors.append((column, error))
            rate = None
        values.append(Mark.BLANK if not text else Mark.NOT_APPLICABLE if rate is None else rate.digits)
        places.append(rate.places if rate is not None else 0)
        spans.append(span if text else None)
    return values, places, spans, errors


def _strays(grid: Grid, match: Match, place: Place, findings: list[Finding]) -> None:
    """Report cells that hold something and stand in no column of the table, and rows of another length."""
    used = {index for pairs in match.columns for index, _ in pairs} | set(match.ordinals)
    paths = dict(match.unknown)
    for column, path in match.unknown:
        where = attrs.evolve(place, row=match.header_rows, column=column + 1)
        findings.append(remark("read.column-unknown", where, header=" > ".join(path), text=""))
    free = [column for column in range(len(grid.rows[0])) if column not in used]
    for row_index in range(match.header_rows, len(grid.rows)):
        row = grid.rows[row_index]
        if row_index in grid.ragged:
            where = _row_place(place, grid, row_index)
            findings.append(remark("read.row-length", where, text=short("|".join(c.text.strip() for c in row))))
        for column in free:
            cell = row[column]
            if plain(cell).strip():
                at = attrs.evolve(_row_place(place, grid, row_index), column=column + 1, span=cell.span)
                header = " > ".join(paths.get(column, ()))
                findings.append(remark("read.column-unknown", at, header=header, text=short(cell.text)))


def _page(place: Place, grid: Grid, index: int) -> int | None:
    return grid.rows[index][0].page or place.page


def _row_place(place: Place, grid: Grid, index: int) -> Place:
    """A row of a table that goes on over the page stands on the later page."""
    page = _page(place, grid, index)
    return Place(document=place.document, page=page, table=place.table, row=index + 1, line=grid.lines[index])


def _shown(row: Sequence[GridCell], amounts: _Pairs) -> str:
    return " ".join(text for i, _ in amounts if (text := plain(row[i]).strip()))
