"""PDF: words and ruling lines by pdfium, paragraphs and grids from where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from threading import Lock
from typing import Any

from govbudget.errors import SourceError
from govbudget.source.captions import split_captions, without_blanks
from govbudget.source.continued import join_continued
from govbudget.source.extras import need
from govbudget.source.model import Document
from govbudget.source.pdf_lattice import find_lattices
from govbudget.source.pdf_lines import Line, lines_of
from govbudget.source.pdf_margins import split_margins
from govbudget.source.pdf_marks import Marks, read_marks
from govbudget.source.pdf_outside import within_pages
from govbudget.source.pdf_paragraphs import Frame, frames, paragraphs, plain_pieces
from govbudget.source.pdf_tables import fill
from govbudget.source.pieces import Piece, TablePiece, TextPiece, assemble

_ONE_AT_A_TIME = Lock()  # pdfium must not be called from two threads at once; processes are free
_MAX_PAGES = 1_000
_MOST_OUTSIDE = 20  # lines beyond the edge of a page that are told one by one
_MAX_MARKS = 1_500_000  # glyphs and drawn objects of all pages; 30 pages of a budget have 25,000


def read_pdf(data: bytes, name: str) -> Document:
    """Read a PDF into paragraphs and grids, each with its page.

    A page without text that shows an image gives the remark ``source-scanned`` with its number.

    Raises:
        MissingExtra: pypdfium2 is not installed.
        SourceError: the file is encrypted, broken, or larger than any disclosure.
    """
    pdfium = need("pypdfium2", "pdf", "reading PDF")
    with _ONE_AT_A_TIME:
        document = _opened(pdfium, data, name)
        try:
            pages = list(_pages(document, name))
        finally:
            document.close()
    remarks = [("source-scanned", str(page.number)) for page in pages if page.scanned]
    remarks += [("source-page-cut", str(page.number)) for page in pages if page.cut]
    heights = {page.number: page.size[1] for page in pages}
    shown, outside = within_pages({page.number: page.lines for page in pages}, heights)
    remarks += [("source-outside", f"{number} {text}") for number, text in outside[:_MOST_OUTSIDE]]
    lines, margins = split_margins(shown, heights)
    blocks = frames(lines, {page.number: page.size[0] for page in pages})
    pieces = list(_flow(pages, lines, blocks))
    joined = join_continued(pieces)
    cleaned = [without_blanks(piece) if isinstance(piece, TablePiece) else piece for piece in joined]
    return assemble(name, cleaned, margins=plain_pieces(margins), remarks=remarks)


class _Page:
    """One page: the tables in it with their y, and the lines outside of them."""

    def __init__(self, number: int, marks: Marks) -> None:
        self.number = number
        glyphs = marks.glyphs
        self.scanned = marks.has_image and not glyphs.runs
        self.size, self.cut = (marks.width, marks.height), marks.cut  # the marks themselves are many and go
        self.tables: list[tuple[int, TablePiece]] = []
        rest = glyphs.runs
        for lattice in find_lattices(marks.across, marks.down, glyphs):
            inside, outside = lattice.part(glyphs, rest)
            table = fill(lattice, glyphs, inside, number) if inside else None
            if table is not None:
                self.tables.append((lattice.ys[0], table))
                rest = outside
        self.lines = lines_of(glyphs, rest, number)


def _opened(pdfium: Any, data: bytes, name: str) -> Any:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise SourceError(
                "the PDF is encrypted", place=name, hint="open it with its password and save it without one"
            ) from error
        raise SourceError("the PDF is damaged or cut short", place=name, hint="download it again") from error
    if len(document) > _MAX_PAGES:
        count = len(document)
        document.close()
        raise SourceError(f"the PDF has {count} pages, more than {_MAX_PAGES}", place=name, hint="split it")
    return document


def _pages(document: Any, name: str) -> Iterator[_Page]:
    marked = 0
    for index in range(len(document)):
        try:
            marks = read_marks(document, index)
        except (ValueError, OverflowError) as error:  # also of places that are no numbers
            raise SourceError("a page of the PDF is damaged", place=f"{name} page {index + 1}") from error
        marked += len(marks.glyphs.chars) + marks.objects
        if marked > _MAX_MARKS:
            raise SourceError("the PDF has more on its pages than any disclosure", place=name, hint="split it")
        yield _Page(index + 1, marks)


def _flow(pages: Sequence[_Page], lines: dict[int, list[Line]], blocks: dict[int, Frame]) -> Iterator[Piece]:
    """The pieces in order: runs of lines between tables become paragraphs, also over a page break."""
    items: list[Line | TablePiece] = []
    for page in pages:
        own: list[tuple[int, Line | TablePiece]] = [(line.base, line) for line in lines[page.number]]
        own.extend(page.tables)
        items.extend(item for _, item in sorted(own, key=lambda pair: pair[0]))
    runs = [(is_table, list(run)) for is_table, run in groupby(items, lambda item: isinstance(item, TablePiece))]
    for index, (is_table, run) in enumerate(runs):
        if is_table:
            for item in run:
                assert isinstance(item, TablePiece)
                yield from split_captions(item)
            continue
        following = [line for line in run if isinstance(line, Line)]
        yield from _texts(paragraphs(following, blocks, before_table=index + 1 < len(runs)))


def _texts(pieces: Sequence[TextPiece]) -> Iterator[Piece]:
    yield from pieces
