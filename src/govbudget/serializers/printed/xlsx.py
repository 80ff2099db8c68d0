"""A workbook: the narrative on one sheet, then a sheet for each table; figures are numbers, all else is text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain, repeat
from typing import Any

import attrs

from govbudget.errors import FormatError
from govbudget.model import Disclosure
from govbudget.money import Amount, printed
from govbudget.serializers.printed.blocks import (
    Block,
    Cell,
    Contents,
    Heading,
    Origin,
    Ruled,
    Words,
    shown,
    text_width,
    widths,
)
from govbudget.serializers.printed.compose import compose
from govbudget.serializers.printed.formulas import sum_formula, table_sums
from govbudget.source.extras import need

_MAX_TEXT = 32_767  # characters in a cell
_MAX_TAB = 31  # characters in the name of a sheet
_MAX_DIGITS = 15  # a spreadsheet keeps no more
_NOT_IN_TAB = re.compile(r"[\[\]:*?/\\]+")
_FORMULA = ("=", "+", "-", "@")
_WIDE, _NARROW, _NARRATIVE = 40, 8, 70  # widths of columns in characters; the last fits A4 upright
_LINE, _MAX_HEIGHT = 15, 405  # points
_A4, _A3, _FITS_A4 = 9, 8, 190  # paper; the widest table that is still read on A4, in characters
_TITLE = 14  # points, where the body has 10
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # equal disclosures give equal bytes


def write_xlsx(disclosure: Disclosure, *, formulas: bool = False) -> bytes:
    """Write a workbook.

    A figure is a number with a format that shows the decimals printed (``#,##0.00``); one with more digits than a
    spreadsheet keeps is text. No text is ever a formula: cells are written as text, marked as such where they begin
    like one.

    Args:
        disclosure: the disclosure.
        formulas: whether a total that is exactly the sum of figures of its table is written as a formula over them,
            with its value beside it for programs that do not calculate.

    Raises:
        MissingExtra: XlsxWriter is not installed.
        FormatError: a text is longer than a cell may be.
    """
    xlsxwriter = need("xlsxwriter", "excel", "writing Excel")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _EPOCH.replace(tzinfo=None)})
        writer = _Writer(book)
        blocks = compose(disclosure)
        if words := [block for block in blocks if not isinstance(block, Ruled)]:
            writer.narrative(words)
        sums = table_sums(disclosure) if formulas else []
        tables = (block for block in blocks if isinstance(block, Ruled))  # the forms of goals after all others
        for table, totals in zip(tables, chain(sums, repeat({}))):  # noqa: B905
            writer.table(table, totals)
        if not blocks:
            book.add_worksheet()
    return out.getvalue()


@attrs.define
class _Writer:
    book: Any
    _formats: dict[tuple[tuple[str, object], ...], Any] = attrs.Factory(dict)
    _tabs: set[str] = attrs.Factory(set)
    _figures: dict[int, Any] = attrs.Factory(dict)  # the formats of figures by their decimals

    def style(self, **properties: object) -> Any:
        """Return a format of the workbook; equal ones are one."""
        key = tuple(properties.items())
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": "宋体", "font_size": 10, **properties})
        return self._formats[key]

    def sheet(self, name: str) -> Any:
        """Add a sheet; its tab bears words that stand on the sheet too, so that it says nothing new."""
        parts = [part.strip(" '") for part in _NOT_IN_TAB.split(name)]
        longest = max(parts, key=len)
        tries = [longest[start : start + _MAX_TAB].strip(" '") for start in range(max(1, len(longest) - _MAX_TAB + 1))]
        numbered = (f"{longest[: _MAX_TAB - 6]} {count}" for count in range(1, 10_000))
        tab = next(t for t in chain(tries, numbered) if t and t.lower() not in self._tabs)
        self._tabs.add(tab.lower())
        return self.book.add_worksheet(tab)

    def text(self, sheet: Any, row: int, column: int, text: str, **look: object) -> None:
        """Write a text, whatever it looks like."""
        if len(text) > _MAX_TEXT:
            raise FormatError(
                f"a text has {len(text):,} characters, an Excel cell holds {_MAX_TEXT:,}",
                place=f"{sheet.get_name()} row {row + 1} column {column + 1}",
                hint="write .docx, .html or .md",
            )
        if text.startswith(_FORMULA):
            look["quote_prefix"] = True  # stays text when somebody edits the cell
        style = self.style(**look)
        if text:
            sheet.write_string(row, column, text, style)
        else:
            sheet.write_blank(row, column, None, style)

    def narrative(self, blocks: Sequence[Block]) -> None:
        """Write headings and paragraphs, one in a row."""
        said = [block for found in blocks for block in _lines(found)]
        sheet = self.sheet(said[0].text)
        sheet.set_column(0, 0, _NARRATIVE)
        for row, block in enumerate(said):
            bold = isinstance(block, Heading)
            centred = "center" if isinstance(block, Heading) and block.level == 1 else "left"
            sheet.set_row(row, _height(block.text, _NARRATIVE))
            self.text(sheet, row, 0, block.text, text_wrap=True, bold=bold, align=centred, valign="top")
        _on_paper(sheet, _A4)

    def table(self, table: Ruled, totals: Mapping[Origin, Sequence[Origin]]) -> None:
        """Write a table: title, body and unit, header, body, notes."""
        sheet = self.sheet(table.title)
        width = len(table.figures)
        self.across(sheet, 0, 0, 1, width, table.title, bold=True, align="center", font_size=_TITLE)
        if table.body and width > 1:
            self.text(sheet, 1, 0, table.body)
            self.text(sheet, 1, width - 1, table.unit, align="right")
        else:
            self.text(sheet, 1, 0, f"{table.body} {table.unit}".strip())
        ruled: dict[str, object] = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        sizes = _wide_enough(table, widths(table, least=_NARROW, most=_WIDE))
        for span in table.header:
            self.across(sheet, span.row + 2, span.column, span.rows, span.columns, span.text, align="center", **ruled)
        for level in range(table.depth):
            spans = [span for span in table.header if span.row + span.rows - 1 == level]
            high = [_height(s.text, sum(sizes[s.column : s.column + s.columns])) // s.rows for s in spans]
            sheet.set_row(level + 2, max((_LINE, *high)))
        top, blank = table.depth + 2, self.style(**ruled)
        at = {o: (row, column) for row, line in enumerate(table.origins, top) for column, o in enumerate(line) if o}
        sums = {at[total]: [at[part] for part in parts] for total, parts in totals.items()}
        for row, cells in enumerate(table.rows, top):
            highest = _LINE
            for column, cell in enumerate(cells):
                if cell == "":
                    sheet.write_blank(row, column, None, blank)
                    continue
                if isinstance(cell, str):
                    highest = max(highest, _height(cell, sizes[column]))
                self.cell(sheet, row, column, cell, ruled, sums.get((row, column), ()))
            sheet.set_row(row, highest)
        for row, note in enumerate(table.notes, top + len(table.rows)):
            self.text(sheet, row, 0, note)
        for column, size in enumerate(sizes):
            sheet.set_column(column, column, size)
        sheet.freeze_panes(top, 1)
        sheet.repeat_rows(0, top - 1)
        sheet.set_landscape()
        _on_paper(sheet, _A4 if sum(sizes) <= _FITS_A4 else _A3)

    def across(self, sheet: Any, row: int, column: int, rows: int, columns: int, text: str, **look: object) -> None:
        """Write a text over several cells."""
        if rows * columns > 1:
            sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", self.style(**look))
        self.text(sheet, row, column, text, **look)

    def cell(
        self, sheet: Any, row: int, column: int, cell: Cell, look: dict[str, object], parts: Sequence[tuple[int, int]]
    ) -> None:
        """Write a cell of the body."""
        if isinstance(cell, Amount) and len(plain := printed(cell, grouping=False)) <= _MAX_DIGITS:
            style = self._figures.get(cell.places)
            if style is None:
                shape = "#,##0" + ("." + "0" * cell.places if cell.places else "")
                style = self._figures[cell.places] = self.style(num_format=shape, align="right", **look)
            if parts:
                sheet.write_formula(row, column, sum_formula(parts, cell.places), style, Decimal(plain))
            else:
                sheet.write_number(row, column, Decimal(plain), style)
        else:
            self.text(
                sheet, row, column, shown(cell), **look, **({"align": "right"} if isinstance(cell, Amount) else {})
            )


def _on_paper(sheet: Any, paper: int) -> None:
    """Print set-up: as wide as the page, as long as it takes, in the middle, pages numbered."""
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C&P / &N")


def _wide_enough(table: Ruled, sizes: list[int]) -> list[int]:
    """Widen the columns of a narrow table until its title, and body and unit, are seen whole."""
    needed = max(text_width(table.title) * _TITLE // 10, text_width(table.body) + text_width(table.unit)) + 4
    missing = needed - sum(sizes)
    return [size + -(-missing // len(sizes)) for size in sizes] if missing > 0 and sizes else sizes


def _height(text: str, width: int) -> int:
    """How high a row is in points, so that a text is seen whole: programs do not find that out by themselves."""
    if 2 * len(text) < width:
        return _LINE
    return min(_MAX_HEIGHT, _LINE * max(1, -(-text_width(text) // max(1, width - 1))))


def _lines(block: Block) -> Iterable[Heading | Words]:
    """What stands in the rows of the sheet of the narrative; a table of contents has a line for each of its rows."""
    if isinstance(block, Contents):
        return [Words(" ".join(filter(None, row))) for row in block.rows]
    return [block] if isinstance(block, Heading | Words) else []
