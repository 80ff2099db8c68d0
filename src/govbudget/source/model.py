"""What every format is read into: paragraphs and grids, in the order of the document."""

from __future__ import annotations

import attrs


@attrs.frozen
class Paragraph:
    """A run of text as the source breaks it (a line, a heading, an item of a list).

    Attributes:
        text: the source text, untouched.
        start: offset of ``text`` in the decoded source; a format that cannot say gives running offsets of its own.
        line: line of the source, from 1.
        heading: level of a heading (1 is the highest), 0 for plain text.
    """

    text: str
    start: int
    line: int
    heading: int = 0


@attrs.frozen
class GridCell:
    """One cell of a grid: its text, and the offset where the text starts."""

    text: str
    start: int

    @property
    def span(self) -> tuple[int, int]:
        """The (start, stop) of the text without the blanks around it."""
        stripped = self.text.strip()
        start = self.start + len(self.text) - len(self.text.lstrip()) if stripped else self.start
        return (start, start + len(stripped))


@attrs.frozen
class Grid:
    """A table as it is printed: rows of cells, headers included, nothing interpreted.

    All rows are equally long. A merged cell keeps its text in its first cell and leaves the others blank.

    Attributes:
        rows: the cells.
        lines: the source line of each row, from 1.
        ragged: indexes of the rows that were shorter or longer in the source than the first row.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[int, ...]
    ragged: tuple[int, ...] = ()


Block = Paragraph | Grid


@attrs.frozen
class Document:
    """A source document, taken apart but not understood.

    Attributes:
        name: what to call it in places.
        text: the decoded source that all offsets point into.
        blocks: its paragraphs and grids in order.
        remarks: what the reader of the format had to decide (an encoding, say), as (code, detail) pairs.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    remarks: tuple[tuple[str, str], ...] = ()
