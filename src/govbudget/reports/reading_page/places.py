"""Where the places of findings are on the page: the anchors of paragraphs, rows and cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

import attrs

from govbudget.place import Place
from govbudget.source import Document, Grid, Paragraph


@attrs.frozen
class Anchors:
    """The anchors of a document.

    Attributes:
        units: (start, stop, anchor) of every text: paragraphs, cells, margins, in order.
        lines: (line, anchor) of every paragraph and row, in order.
        cells: the anchor of each cell by the line of its row and its column, from 1.
        tables: the anchor of the grid that begins at a line.
    """

    units: tuple[tuple[int, int, str], ...]
    lines: tuple[tuple[int, str], ...]
    cells: Mapping[tuple[int, int], str]
    tables: Mapping[int, str]

    def of(self, place: Place) -> str | None:
        """Return the anchor of the narrowest thing that ``place`` names, ``None`` where it names nothing here."""
        if place.span is not None and (unit := self.unit(place.span[0])):
            return unit
        if place.line is None:
            return None
        if place.column is not None and (cell := self.cells.get((place.line, place.column))):
            return cell
        if place.row is None and place.line in self.tables:
            return self.tables[place.line]
        index = bisect_right(self.lines, place.line, key=lambda pair: pair[0]) - 1
        return self.lines[index][1] if index >= 0 else None

    def unit(self, offset: int) -> str | None:
        """Return the anchor of the text that holds the character at ``offset``."""
        index = bisect_right(self.units, offset, key=lambda unit: unit[0]) - 1
        return self.units[index][2] if index >= 0 and offset < self.units[index][1] else None


def anchors(document: Document) -> Anchors:
    """Return the anchors of a document; blocks are counted first, then margins."""
    units: list[tuple[int, int, str]] = []
    lines: list[tuple[int, str]] = []
    cells: dict[tuple[int, int], str] = {}
    tables: dict[int, str] = {}
    for number, block in enumerate((*document.blocks, *document.margins)):
        if isinstance(block, Paragraph):
            units.append((block.start, block.start + len(block.text), block_anchor(number)))
            lines.append((block.line, block_anchor(number)))
            continue
        tables[block.lines[0]] = block_anchor(number)
        for row, (line, texts) in enumerate(zip(block.lines, block.rows, strict=True)):
            lines.append((line, row_anchor(number, row)))
            for column, cell in enumerate(texts):
                anchor = cell_anchor(number, row, column)
                cells[line, column + 1] = anchor
                if cell.text:
                    units.append((cell.start, cell.start + len(cell.text), anchor))
    return Anchors(tuple(sorted(units)), tuple(sorted(lines)), cells, tables)


def block_anchor(number: int) -> str:
    """Return the anchor of a block."""
    return f"b{number}"


def page_anchor(page: tuple[int, int]) -> str:
    """Return the anchor of a page of a file, as :func:`page_of` gives it."""
    return f"p{page[0]}-{page[1]}"


def row_anchor(number: int, row: int) -> str:
    """Return the anchor of a row of a grid."""
    return f"b{number}r{row + 1}"


def cell_anchor(number: int, row: int, column: int) -> str:
    """Return the anchor of a cell of a grid."""
    return f"b{number}r{row + 1}c{column + 1}"


def page_of(document: Document, block: Grid | Paragraph) -> tuple[int, int]:
    """Return the file (from 0, where there are several) and the page on which a block begins, 0 without pages."""
    return part_at(document, start_of(block)), block.page or 0


def part_at(document: Document, offset: int) -> int:
    """Return which of several files the character at ``offset`` is of."""
    return max(0, bisect_right(document.parts, offset, key=lambda part: part[1]) - 1)


def start_of(block: Grid | Paragraph) -> int:
    """Return where a block begins in the text."""
    return block.start if isinstance(block, Paragraph) else block.rows[0][0].start
