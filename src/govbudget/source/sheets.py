"""A worksheet, whatever file it comes from, as pieces: captions as paragraphs, the block of columns as a table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from govbudget.errors import SourceError
from govbudget.source.captions import between, split_captions, without_blanks
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
        rows: the texts by row and in it by column, from 0; blank cells and rows left out.
        merged: merged cells as (row, column, rows, columns).
        hidden: nobody sees the sheet.
        hidden_rows: how many filled rows nobody sees.
        hidden_columns: how many filled columns nobody sees.
    """

    name: str
    rows: Mapping[int, Mapping[int, str]]
    merged: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: int = 0
    hidden_columns: int = 0

    @property
    def count(self) -> int:
        """How many cells are filled."""
        return sum(map(len, self.rows.values()))

    def columns(self) -> list[int]:
        """Return the columns in which something stands, from left to right."""
        return sorted(set().union(*self.rows.values()))


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
    pieces = list(_pieces(sheet)) if sheet.rows else []
    name, first = fold(sheet.name), pieces[0] if pieces else None
    if not isinstance(first, TextPiece) or name not in fold(first.text):
        return [TextPiece(text=sheet.name.strip() or sheet.name, heading=1), *pieces], remarks
    if not first.heading and fold(first.text).endswith(name):
        pieces[0] = TextPiece(text=first.text, heading=1)
    return pieces, remarks


def _pieces(sheet: Sheet) -> Iterable[Piece]:
    columns = sheet.columns()
    if len(columns) == 1:
        return _texts(sheet.rows[row].values() for row in sorted(sheet.rows))
    return _parted(_compact(sheet, columns))


def _compact(sheet: Sheet, columns: Sequence[int]) -> TablePiece:
    """The filled part of the sheet; rows and columns without any text are left out unless they lie inside a table."""
    filled = sorted(sheet.rows)
    numbers = filled if filled[-1] > 50_000 else range(filled[0], filled[-1] + 1)
    check_size(len(numbers), len(columns), sheet.name)
    blank = [""] * len(columns)
    nothing: Mapping[int, str] = {}
    texts = [tuple(map(sheet.rows.get(number, nothing).get, columns, blank)) for number in numbers]
    return TablePiece(rows=tuple(texts), merged=tuple(sorted(_kept(sheet.merged, numbers, columns))))


def _kept(merged: Iterable[Merge], rows: Sequence[int], columns: Sequence[int]) -> Iterator[Merge]:
    """The merged cells among these rows and columns.

    No two lie over each other, so that together they cover no more than there is. What would cover more is left out:
    many that reach over everything would have to be looked at for every row.
    """
    room = len(rows) * len(columns)
    for row, column, high, wide in merged:
        top, bottom = bisect_left(rows, row), bisect_left(rows, row + high)
        left, right = bisect_left(columns, column), bisect_left(columns, column + wide)
        area = (bottom - top) * (right - left)
        if 2 <= area <= room:
            room -= area
            yield top, left, bottom - top, right - left


def _parted(table: TablePiece) -> Iterable[Piece]:
    """Blank rows at the ends are dropped; what follows the last row of several cells is text."""
    height, alone = len(table.rows), len(table.rows[0]) - 1  # so many cells are blank where one text stands alone
    stop = next((row + 1 for row in range(height - 1, -1, -1) if table.rows[row].count("") < alone), 0)
    if not stop:
        yield from _texts(table.rows)
        return
    for row in range(stop, height):
        if _belongs(table, row):
            stop = row + 1
        elif any(table.rows[row]):
            break
    for piece in split_captions(between(table, 0, stop), loose=True):
        yield without_blanks(piece) if isinstance(piece, TablePiece) else piece
    yield from _texts(table.rows[stop:])


def _texts(rows: Iterable[Iterable[str]]) -> Iterator[TextPiece]:
    for row in rows:
        for text in row:
            for line in map(str.strip, text.splitlines()):
                if line:
                    yield TextPiece(text=line)


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
