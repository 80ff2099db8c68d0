"""A plain PDF of a printed disclosure, drawn for the tests: text lines, ruled tables, one table to a page."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A3
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from govbudget.model import Disclosure
from govbudget.serializers.printed import Contents, Heading, Ruled, Words, compose
from govbudget.serializers.printed.blocks import shown

_LINE = 45  # characters
_FONT, _SIZE, _LEAD, _EDGE = "STSong-Light", 7, 14, 30
_WIDTH, _HEIGHT = A3[1], 3 * A3[0]  # long pages: whether a new page begins a paragraph is another test's matter


def write_pdf(disclosure: Disclosure) -> bytes:
    """Draw a disclosure; a paragraph is broken into lines, a row is as high as its highest cell."""
    out = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    paper = _Paper(Canvas(out, pagesize=(_WIDTH, _HEIGHT), invariant=1))
    for block in compose(disclosure):
        if isinstance(block, Ruled):
            paper.table(block)
        elif isinstance(block, Contents):
            for row in block.rows:
                paper.words(" ".join(row))
        elif isinstance(block, Heading | Words):
            if isinstance(block, Heading) and block.level > 1 and paper.on_cover:
                paper.page()
                paper.on_cover = False
            paper.words(block.text)
    paper.canvas.save()
    return out.getvalue()


def _lines(text: str) -> list[str]:
    """Break a paragraph where its lines are full; the first is shorter by two letters."""
    lines, room = [""], (_LINE - 2) * _SIZE
    for letter in text:
        if pdfmetrics.stringWidth(lines[-1] + letter, _FONT, _SIZE) > room:
            lines.append("")
            room = _LINE * _SIZE
        lines[-1] += letter
    return lines


class _Paper:
    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.on_cover = True
        self.y = _HEIGHT - 2 * _EDGE
        canvas.setFont(_FONT, _SIZE)

    def page(self) -> None:
        self.canvas.showPage()
        self.canvas.setFont(_FONT, _SIZE)
        self.y = _HEIGHT - 2 * _EDGE

    def words(self, text: str) -> None:
        """A paragraph: its first line is indented, as in print."""
        for index, line in enumerate(_lines(text)):
            if self.y < 2 * _EDGE:
                self.page()
            self.canvas.drawString(2 * _EDGE + (0 if index else 2 * _SIZE), self.y, line)
            self.y -= _LEAD

    def table(self, table: Ruled) -> None:
        self.page()
        self.canvas.drawCentredString(_WIDTH / 2, self.y, table.title)
        self.y -= 2 * _LEAD
        self.canvas.drawString(_EDGE, self.y, table.body)
        self.canvas.drawRightString(_WIDTH - _EDGE, self.y, table.unit)
        self.y -= _LEAD / 2
        width = (_WIDTH - 2 * _EDGE) / len(table.figures)
        lines = int(width / _SIZE) - 1
        top = self.y
        for span in table.header:
            self.cell(span.text, top - span.row * 3 * _LEAD, span.column, width, 3 * _LEAD * span.rows, span.columns)
        self.y = top - table.depth * 3 * _LEAD
        for row in table.rows:
            texts = [shown(cell) for cell in row]
            high = _LEAD * max(1, *(-(-len(text) // lines) for text in texts))
            for column, text in enumerate(texts):
                self.cell(text, self.y, column, width, high, 1)
            self.y -= high
        self.y -= _LEAD
        for note in table.notes:
            self.words(note)

    def cell(self, text: str, y: float, column: int, width: float, high: float, columns: int) -> None:
        x = _EDGE + column * width
        self.canvas.rect(x, y - high, width * columns, high)
        size = int(width * columns / _SIZE) - 1
        for index in range(0, len(text), size):
            self.canvas.drawString(x + 2, y - _LEAD * (index // size + 1) + 4, text[index : index + size])
