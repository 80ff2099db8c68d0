"""A worksheet, whatever file it comes from, as pieces: captions as paragraphs, the block of columns as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from govbudget.errors import SourceError
from govbudget.source.captions import split_captions, without, without_blanks
from govbudget.source.grids import MAX_CELLS
from govbudget.source.pieces import Merge, Piece, TablePiece, TextPiece, check_size
from govbudget.text import fold

MAX_FILLED = MAX_CELLS
_PART = re.compile(r"\s*其中\s*[:：]")  # what is part of the line above is in the table, however long its name


@attrs.frozen(kw_only=True)
class Sheet:
    """What a worksheet shows.

    Attributes:
        name: its name, as on its tab.
        cells: the texts by (row, column) from 0; blank cells left out.
        merged: merged cells as (row, column, rows, columns).
        hidden: nobody sees the sheet.
        hidden_rows: how many filled rows nobody sees.
        hidden_columns: how many filled columns nobody sees.
    """

    name: str
    cells: Mapping[tuple[int, int], str]
    merged: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: int = 0
    hidden_columns: int = 0


def sheet_pieces(sheet: Sheet) -> tuple[list[Piece], list[tuple[str, str]]]:
    """Return the pieces of a sheet, its name as a heading first, and remarks on what is hidden in it.

    A name that the sheet begins with anyway is not said twice: a tab 表1 over 表1：收支预算总表 says nothing new, and
    where the first text ends with the name (其他相关情况说明) that text is the heading.
    Blank rows and columns around and between are dropped: sheets often reach out to column IV with nothing there.
    Text below a table in one cell alone is a paragraph after it.
    """
    remarks: list[tuple[str, str]] = []
    if sheet.hidden:
        remarks.append(("source-hidden-sheet", sheet.name))
    if sheet.hidden_rows:
        remarks.append(("source-hidden-rows", f"{sheet.name}: {sheet.hidden_rows}"))
    if sheet.hidden_columns:
        remarks.append(("source-hidden-columns", f"{sheet.name}: {sheet.hidden_columns}"))
    pieces = list(_pieces(sheet)) if sheet.cells else []
    name, first = fold(sheet.name), pieces[0] if pieces else None
    if not isinstance(first, TextPiece) or name not in fold(first.text):
        return [TextPiece(text=sheet.name.strip() or sheet.name, heading=1), *pieces], remarks
    if not first.heading and fold(first.text).endswith(name):
        pieces[0] = attrs.evolve(first, heading=1)
    return pieces, remarks


def _pieces(sheet: Sheet) -> Iterable[Piece]:
    table = _compact(sheet)
    return _texts(table.rows) if len(table.rows[0]) == 1 else _parted(table)


def _compact(sheet: Sheet) -> TablePiece:
    """The filled part of the sheet; rows and columns without any text are left out unless they lie inside a table."""
    last_row = max(row for row, _ in sheet.cells)
    filled_columns = sorted({column for _, column in sheet.cells})
    filled_rows = {row for row, _ in sheet.cells}
    kept_rows = sorted(filled_rows) if last_row > 50_000 else None
    first = min(filled_rows)
    rows = kept_rows or list(range(first, last_row + 1))
    check_size(len(rows), len(filled_columns), sheet.name)
    row_at = {row: index for index, row in enumerate(rows)}
    column_at = {column: index for index, column in enumerate(filled_columns)}
    texts = [[""] * len(filled_columns) for _ in rows]
    for (row, column), text in sheet.cells.items():
        texts[row_at[row]][column_at[column]] = text
    merged = [
        made
        for row, column, high, wide in sheet.merged
        if (made := _kept(row_at, column_at, (row, column, high, wide))) is not None
    ]
    return TablePiece(rows=tuple(map(tuple, texts)), merged=tuple(sorted(merged)))


def _kept(row_at: Mapping[int, int], column_at: Mapping[int, int], cell: Merge) -> Merge | None:
    row, column, high, wide = cell
    rows = [row_at[r] for r in range(row, min(row + high, row + MAX_CELLS)) if r in row_at]
    columns = [column_at[c] for c in range(column, column + wide) if c in column_at]
    if not rows or not columns or len(rows) * len(columns) < 2:
        return None
    return rows[0], columns[0], len(rows), len(columns)


def _parted(table: TablePiece) -> Iterable[Piece]:
    """Blank rows at the ends are dropped; what follows the last row of several cells is text."""
    several = [r for r, row in enumerate(table.rows) if sum(map(bool, row)) > 1]
    if not several:
        yield from _texts(table.rows)
        return
    stop = several[-1] + 1
    for row in range(stop, len(table.rows)):
        if _belongs(table, row):
            stop = row + 1
        elif any(table.rows[row]):
            break
    body = without(table, range(stop, len(table.rows)), ())
    for piece in split_captions(body, loose=True):
        yield without_blanks(piece) if isinstance(piece, TablePiece) else piece
    yield from _texts(table.rows[stop:])


def _texts(rows: Iterable[Iterable[str]]) -> Iterator[TextPiece]:
    for row in rows:
        for text in row:
            yield from (TextPiece(text=line.strip()) for line in text.splitlines() if line.strip())


def _belongs(table: TablePiece, row: int) -> bool:
    """A row of one short label right below (合计 without a figure, a code without a name) is part of the table."""
    filled = [text for text in table.rows[row] if text]
    if not filled or filled[0].endswith(("。", "：", ":")) or "注" in filled[0]:
        return False
    return len(fold(filled[0])) <= 12 or bool(_PART.match(filled[0]))


def count_cells(count: int, place: str) -> None:
    """Refuse a workbook with more filled cells than any disclosure.

    Raises:
        SourceError: there are more than :data:`MAX_FILLED`.
    """
    if count > MAX_FILLED:
        raise SourceError(
            f"the workbook has more than {MAX_FILLED:,} filled cells", place=place, hint="is it a budget at all?"
        )
