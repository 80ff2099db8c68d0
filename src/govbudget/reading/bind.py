"""From a recognised grid to a :class:`Table` of the model; what does not fit becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from govbudget.errors import AmountError
from govbudget.layouts import ColumnSpec, LaneSpec, Role, path_role
from govbudget.model import (
    BodyHead,
    Column,
    Coordinate,
    Entry,
    Finding,
    Head,
    Lane,
    Line,
    Note,
    ProjectHead,
    Table,
    Total,
    combine,
)
from govbudget.money import Amount, Mark, MoneyUnit, parse_cell
from govbudget.place import Place
from govbudget.reading.codes import joined_code
from govbudget.reading.headers import (
    Match,
    amount_columns,
    code_columns,
    header_paths,
    label_columns,
    lane_entries,
    note_columns,
)
from govbudget.reading.infer import SUBTOTAL
from govbudget.reading.parts import PrintedTable
from govbudget.reading.remarks import remark, short
from govbudget.reading.subjects import PendingLine, settle
from govbudget.source import Grid, GridCell
from govbudget.text import fold, squeeze, unnumbered

_WHOLE = "合计"
_COLUMN_NUMBERS = "栏次"
_NOTHING = re.compile(r"[无—\-/…⋯.]*")

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
    unread = _unread_columns(grid, match)
    lanes = tuple(
        attrs.evolve(
            _lane(grid, spec, pairs, match.header_rows, unit, frame, place, findings),
            inferred=bool({i for i, _ in pairs} & {i for i, _ in match.inferred}),
            columns_unread=match.selected or any(_home(match, i) == index for i in unread),
        )
        for index, (spec, pairs) in enumerate(zip(match.spec.lanes, match.columns, strict=True))
    )
    _strays(grid, match, place, findings)
    table = Table(
        kind=match.spec.kind,
        number=printed.number,
        title=printed.title,
        organization=printed.organization,
        unit=unit,
        lanes=lanes,
        notes=tuple(
            Note(text=run.text, place=attrs.evolve(place, page=run.page, line=run.line, span=run.span))
            for run in printed.notes
        ),
        place=place,
    )
    return table, tuple(findings)


def _lane(
    grid: Grid,
    spec: LaneSpec,
    columns: _Pairs,
    header_rows: int,
    unit: MoneyUnit,
    frame: Frame,
    place: Place,
    findings: list[Finding],
) -> Lane:
    amounts = amount_columns(columns)
    paths = header_paths([[squeeze(_plain(c)) for c in row] for row in grid.rows[:header_rows]], grid.merged)
    entries = lane_entries(spec)
    totals = {fold(label) for label in spec.totals}
    headers = [[fold(_plain(c)) for c in row] for row in grid.rows[:header_rows]]
    pending: list[PendingLine] = []
    lines_unread = False
    beside = (*label_columns(columns), *note_columns(columns))
    for row_index in range(header_rows, len(grid.rows)):
        row = grid.rows[row_index]
        if [fold(_plain(c)) for c in row] in headers:
            continue  # the header again, after a page break
        if _COLUMN_NUMBERS in {fold(_plain(c)) for c in row}:
            continue  # 栏次 numbers the columns
        where = _row_place(place, grid, row_index)
        values, places, spans = _figures(row, [i for i, _ in amounts], unit, where, findings)
        labels = [(i, squeeze(_plain(row[i]))) for i in label_columns(columns)]
        said = [(i, text) for i, text in labels if text]
        if not labels and not all(isinstance(value, Mark) for value in values):
            said = [(0, _WHOLE)]  # a table of one line needs no label: it is about the whole
        if all(isinstance(value, Mark) for value in values) and all(_says_nothing(text) for _, text in said):
            continue  # 无 in an empty table, or the 一、 and … of a form that nobody filled in
        if not said:
            if any(not isinstance(value, Mark) for value in values):
                findings.append(remark("read.label-missing", where, figures=_shown(row, amounts)))
                lines_unread = True
            continue
        cells = [_plain(row[i]) for i in code_columns(columns)]
        code = joined_code(cells)
        names = [(i, text) for i, text in said if i not in code_columns(columns)]
        if code is None and names and any(cell.strip() for cell in cells):
            printed_code = "|".join(squeeze(cell) for cell in cells)
            findings.append(remark("read.code", where, printed=printed_code, name=names[0][1]))
        said = names or said
        label = said[0][1]
        name = unnumbered(fold(label))
        head, at, unresolved = _head(spec, name, label, said, columns, row, entries, totals)
        if head is None and not unresolved:
            findings.append(remark("read.row-unknown", where, label=label, figures=_shown(row, amounts)))
            lines_unread = lines_unread or any(not isinstance(value, Mark) for value in values)
            continue
        line = Line(
            label=label,
            head=head if head is not None else Entry(),
            at=at,
            values=tuple(values),
            places=tuple(places),
            row=row_index + 1,
            line=grid.lines[row_index],
            page=where.page,
            spans=tuple(spans),
            label_spans=tuple(row[i].span for i in beside if row[i].text.strip()),
        )
        pending.append(PendingLine(line=line, name=name if unresolved else None, code=code if unresolved else None))
    lines, remarks = settle(pending, spec.axis, unit, frame.year, place)
    findings.extend(remarks)
    base = combine(frame.base, spec.at)
    return Lane(
        title=spec.title,
        axis=spec.axis,
        at=base,
        columns=tuple(Column(header=paths[i], at=column.at, index=i + 1) for i, column in amounts),
        lines=lines,
        lines_unread=lines_unread,
    )


def _unread_columns(grid: Grid, match: Match) -> list[int]:
    """Columns without a meaning that hold figures: what stands beside them need not add up."""
    used = {i for pairs in match.columns for i, _ in pairs}
    used |= {i for i, path in match.unknown if path_role(path) not in (None, Role.AMOUNT)}
    rows = grid.rows[match.header_rows :]
    return [i for i in range(len(grid.rows[0])) if i not in used and any(_is_figure(row[i]) for row in rows)]


def _is_figure(cell: GridCell) -> bool:
    return bool(re.fullmatch(r"-?[\d,]+(?:\.\d+)?", fold(_plain(cell))))


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
    entries: dict[str, int],
    totals: set[str],
) -> tuple[Head | None, Coordinate, bool]:
    """Tell what a line stands for; the last item says whether its name is still to be found in a classification."""
    if (name in totals or label == _WHOLE) and len({text for _, text in said}) == 1:
        return Total(), spec.lines, False
    if name in entries:
        return Entry(), spec.entries[entries[name]].at, False
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
        return squeeze(_plain(row[roles[role]])) if role in roles else ""

    organization, project, goal = take(Role.ORGANIZATION), take(Role.PROJECT), take(Role.GOAL)
    key = "/".join(part.replace("/", "／") for part in (organization, project) if part)
    head = ProjectHead(
        organization=organization,
        name=project,
        goal=goal or None,
        goal_span=row[roles[Role.GOAL]].span if goal else None,
    )
    return head, Coordinate(project=key)


def _says_nothing(label: str) -> bool:
    return bool(_NOTHING.fullmatch(unnumbered(fold(label))))


_Figures = tuple[list[int | Mark], list[int], list[tuple[int, int] | None]]


def _figures(
    row: Sequence[GridCell], columns: Sequence[int], unit: MoneyUnit, where: Place, findings: list[Finding]
) -> _Figures:
    values: list[int | Mark] = []
    places: list[int] = []
    spans: list[tuple[int, int] | None] = []
    for column in columns:
        cell = row[column]
        try:
            found = parse_cell(_plain(cell), unit)
            if isinstance(found, Amount) and found.unit is not unit:
                raise AmountError(f"{cell.text.strip()!r} is printed in another unit than its table ({unit.value})")
        except AmountError as error:
            place = attrs.evolve(where, column=column + 1, span=cell.span)
            findings.append(remark("read.cell", place, text=short(cell.text), why=error.what, hint=error.hint))
            found = Mark.UNREADABLE
        values.append(found.fen if isinstance(found, Amount) else found)
        places.append(found.places if isinstance(found, Amount) else 0)
        spans.append(None if found is Mark.BLANK else cell.span)
    return values, places, spans


def _strays(grid: Grid, match: Match, place: Place, findings: list[Finding]) -> None:
    """Report cells that hold something and stand in no column of the table, and rows of another length."""
    used = {index for pairs in match.columns for index, _ in pairs}
    paths = dict(match.unknown)
    for column, path in match.unknown:
        where = attrs.evolve(place, row=match.header_rows, column=column + 1)
        findings.append(remark("read.column-unknown", where, header=" > ".join(path), text=""))
    for row_index in range(match.header_rows, len(grid.rows)):
        row = grid.rows[row_index]
        where = _row_place(place, grid, row_index)
        if row_index in grid.ragged:
            findings.append(remark("read.row-length", where, text=short("|".join(c.text.strip() for c in row))))
        for column, cell in enumerate(row):
            if column not in used and _plain(cell).strip():
                at = attrs.evolve(where, column=column + 1, span=cell.span)
                header = " > ".join(paths.get(column, ()))
                findings.append(remark("read.column-unknown", at, header=header, text=short(cell.text)))


def _row_place(place: Place, grid: Grid, index: int) -> Place:
    """A row of a table that goes on over the page stands on the later page."""
    page = grid.rows[index][0].page or place.page
    return attrs.evolve(place, page=page, row=index + 1, line=grid.lines[index])


def _plain(cell: GridCell) -> str:
    return cell.text.replace("*", "")


def _shown(row: Sequence[GridCell], amounts: _Pairs) -> str:
    return " ".join(text for i, _ in amounts if (text := _plain(row[i]).strip()))
