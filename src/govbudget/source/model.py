"""What every format is read into: paragraphs and grids, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import cast, overload

import attrs


@attrs.frozen
class Paragraph:
    """A run of text as the source breaks it (a line, a heading, an item of a list).

    Attributes:
        text: the source text, untouched.
        start: offset of ``text`` in :attr:`Document.text`.
        line: line of :attr:`Document.text`, from 1.
        heading: level of a heading (1 is the highest), 0 for plain text.
        page: page of the document, from 1, ``None`` where the format has no pages.
    """

    text: str
    start: int
    line: int
    heading: int = 0
    page: int | None = None


@attrs.define
class _Cell:
    """A cell while it is made, see :func:`make_cells`."""

    text: str
    start: int
    page: int | None = None


@attrs.frozen
class GridCell(_Cell):
    """One cell of a grid: its text, the offset where the text starts, and the page it stands on."""

    @property
    def span(self) -> tuple[int, int]:
        """The (start, stop) of the text without the blanks around it."""
        text, start = self.text, self.start
        stripped = text.strip()
        if stripped and len(stripped) < len(text):
            start += len(text) - len(text.lstrip())
        return (start, start + len(stripped))


def make_cells(texts: Sequence[str], start: int, page: int | None = None) -> tuple[GridCell, ...]:
    """Return the cells of a row, one character apart in the text of the document, the first at ``start``.

    A frozen value takes four times as long to make as one that is not, and a document has thousands of cells; so
    these are made open and closed afterwards.

    >>> make_cells(["甲", "1.00"], 5)
    (GridCell(text='甲', start=5, page=None), GridCell(text='1.00', start=7, page=None))
    """
    return _made(texts, start, repeat(page))


class EvenRows(Sequence[tuple[GridCell, ...]]):
    """Rows of cells that lie one character from the next in the text of the document.

    That says where each cell is, so the cells are made when the first of them is asked for; all at once, which a row
    at a time costs half as much again. A value like the tuple of the rows, and equal to it.

    Args:
        texts: the texts of the cells; all rows equally long.
        start: the offset of the first cell.
        pages: the page of each row; empty where the format has no pages.

    >>> rows = EvenRows([["甲"], ["1.00"]], 5, [1, 2])
    >>> rows[1]
    (GridCell(text='1.00', start=7, page=2),)
    >>> rows == (make_cells(["甲"], 5, 1), make_cells(["1.00"], 7, 2))
    True
    """

    __slots__ = ("_made", "_pages", "_start", "_texts")

    def __init__(self, texts: Sequence[Sequence[str]], start: int, pages: Sequence[int] = ()) -> None:
        self._texts, self._start, self._pages = texts, start, pages
        self._made: tuple[tuple[GridCell, ...], ...] | None = None

    def _rows(self) -> tuple[tuple[GridCell, ...], ...]:
        if self._made is None:
            texts, pages = self._texts, self._pages
            width = len(texts[0]) if texts else 0
            on = chain.from_iterable(map(repeat, pages, repeat(width))) if pages else repeat(None)
            cells = iter(_made(list(chain.from_iterable(texts)), self._start, on))
            self._made = tuple(zip(*[cells] * width, strict=True)) if width else ((),) * len(texts)
        return self._made

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> tuple[GridCell, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[GridCell, ...], ...]: ...
    def __getitem__(self, index: int | slice) -> tuple[GridCell, ...] | tuple[tuple[GridCell, ...], ...]:
        return self._rows()[index]

    def __iter__(self) -> Iterator[tuple[GridCell, ...]]:
        return iter(self._rows())

    def __eq__(self, other: object) -> bool:
        return self._rows() == tuple(other) if isinstance(other, tuple | EvenRows) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._rows())

    def __repr__(self) -> str:
        return repr(self._rows())

    def __reduce__(self) -> tuple[type[EvenRows], tuple[Sequence[Sequence[str]], int, Sequence[int]]]:
        return EvenRows, (self._texts, self._start, self._pages)


def _made(texts: Sequence[str], start: int, pages: Iterable[int | None]) -> tuple[GridCell, ...]:
    starts = []
    for text in texts:
        starts.append(start)
        start += len(text) + 1
    cells = tuple(map(_Cell, texts, starts, pages))
    for cell in cells:
        cell.__class__ = GridCell
    return cast("tuple[GridCell, ...]", cells)


Rows = Sequence[tuple[GridCell, ...]]


@attrs.frozen
class Grid:
    """A table as it is printed: rows of cells, headers included, nothing interpreted.

    All rows are equally long. A merged cell keeps its text in its first cell and leaves the others blank.

    Attributes:
        rows: the cells.
        lines: the source line of each row, from 1.
        ragged: indexes of the rows that were shorter or longer in the source than the first row.
        merged: the cells that span several rows or columns, as (row, column, rows, columns) from 0; empty where the
            format cannot say (text, Markdown), and then headers are to be guessed.
        page: page on which the grid starts, from 1, ``None`` where the format has no pages.
    """

    rows: Rows
    lines: tuple[int, ...]
    ragged: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    page: int | None = None


Block = Paragraph | Grid


@attrs.frozen
class Document:
    """A source document, taken apart but not understood.

    Attributes:
        name: what to call it in places.
        text: what all offsets point into: the decoded source of a text format; for a format without character
            offsets (PDF, Excel, Word, web pages) the texts of the blocks one after the other, the cells of a row set
            apart by tabs.
        blocks: its paragraphs and grids in order.
        remarks: what the reader of the format had to decide (an encoding, say), as (code, detail) pairs.
        margins: page numbers, running heads and running feet: in ``text`` like all the rest, but no part of what the
            document says.
        parts: where several files make one document, the name of each and the offset at which it starts in ``text``.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    remarks: tuple[tuple[str, str], ...] = ()
    margins: tuple[Paragraph, ...] = ()
    parts: tuple[tuple[str, int], ...] = ()
