"""What formats without character offsets are read into first, and how it becomes a :class:`Document`.

A reader of PDF, Excel, Word or HTML yields *pieces*: texts and tables of texts. :func:`assemble` lays them out as
one running text, rows as lines and cells set apart by tabs, so that every span still leads back to a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

import attrs

from govbudget.errors import SourceError
from govbudget.source.grids import MAX_CELLS
from govbudget.source.model import Block, Document, EvenRows, Grid, Paragraph

Merge = tuple[int, int, int, int]  # row, column, rows, columns


@attrs.frozen(kw_only=True)
class TextPiece:
    """A paragraph before it has a place; the attributes are those of :class:`Paragraph`."""

    text: str
    heading: int = 0
    page: int | None = None


@attrs.frozen(kw_only=True)
class TablePiece:
    """A grid before it has a place.

    Attributes:
        rows: the texts of the cells; all rows equally long.
        merged: the merged cells, see :class:`Grid`.
        pages: the page of each row; empty where the format has no pages.
        open_cells: for each row the columns whose text fills its cell to the right edge, so that it may go on in the
            next row after a page break; empty where nobody can say.
        edges: where the columns begin and end on the page, in hundredths of a point; empty where nobody can say.
    """

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merge, ...] = ()
    pages: tuple[int, ...] = ()
    open_cells: tuple[frozenset[int], ...] = ()
    edges: tuple[int, ...] = ()


Piece = TextPiece | TablePiece


def table(rows: Sequence[Sequence[str]], merged: Iterable[Merge] = ()) -> TablePiece:
    """Return a table piece, short rows padded.

    >>> table([["甲", "乙"], ["丙"]]).rows
    (('甲', '乙'), ('丙', ''))
    """
    width = max(map(len, rows), default=0)
    check_size(len(rows), width)
    padded = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)
    return TablePiece(rows=padded, merged=tuple(sorted(merged)))


def check_size(rows: int, columns: int, place: object = None) -> None:
    """Refuse a table that no budget has.

    Raises:
        SourceError: it has more than :data:`~govbudget.source.grids.MAX_CELLS` cells.
    """
    if rows * columns > MAX_CELLS:
        raise SourceError(
            f"a table of {rows} rows and {columns} columns is too large to be a budget table",
            place=place,
            hint="split the file, or take out what is no budget",
        )


def assemble(
    name: str,
    pieces: Iterable[Piece],
    *,
    margins: Iterable[TextPiece] = (),
    remarks: Iterable[tuple[str, str]] = (),
) -> Document:
    r"""Lay the pieces out as one text and return the document; the margins stand at its end.

    >>> document = assemble("a", [TextPiece(text="表1"), table([["甲", "1.00"], ["乙", ""]])])
    >>> document.text
    '表1\n甲\t1.00\n乙\t\n'
    >>> document.blocks[1].rows[0][1].span
    (5, 9)
    """
    writer = _Writer()
    blocks = writer.blocks(pieces)
    feet = [block for block in writer.blocks(margins) if isinstance(block, Paragraph)]
    return Document(name, "".join(writer.out), tuple(blocks), tuple(remarks), tuple(feet))


class _Writer:
    """The running text: what was written so far, how long it is, how many lines it has."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.at = 0
        self.line = 1

    def blocks(self, pieces: Iterable[Piece]) -> list[Block]:
        """Write pieces and return the blocks they become; most are paragraphs, and a document has hundreds."""
        made: list[Block] = []
        for piece in pieces:
            if isinstance(piece, TablePiece):
                made.append(self.grid(piece))
                continue
            text = piece.text
            made.append(Paragraph(text, self.at, self.line, piece.heading, piece.page))
            self.out += (text, "\n")
            self.at += len(text) + 1
            self.line += text.count("\n") + 1
        return made

    def grid(self, piece: TablePiece) -> Block:
        rows, start, line = piece.rows, self.at, self.line
        texts = list(map("\t".join, rows))
        text = "\n".join([*texts, ""])
        self.out.append(text)
        self.at += len(text)
        self.line += text.count("\n")
        if self.line - line == len(rows):
            lines = tuple(range(line, self.line))
        else:  # some cells have several lines
            lines = tuple(accumulate([text.count("\n") + 1 for text in texts[:-1]], initial=line))
        page = piece.pages[0] if piece.pages else None
        return Grid(EvenRows(rows, start, piece.pages), lines, merged=piece.merged, page=page)
