"""A plain PDF: text lines, ruled tables, each on a page of its own, and on the next where it goes on."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from govbudget.serializers.printed import Contents, Heading
from govbudget.source.extras import need
from govbudget.testing.paper.noise import Laid, LaidBlock

_LINE = 45  # characters
_FONT, _SIZE, _LEAD, _EDGE = "STSong-Light", 7, 14, 30
_WIDTH, _HEIGHT = 1191, 2526  # points; long pages: where a page ends in a paragraph is another matter


def draw(blocks: Sequence[LaidBlock]) -> bytes:
    """Draw blocks; a paragraph is broken into lines, a row is as high as its highest cell.

    Raises:
        MissingExtra: reportlab is not installed.
    """
    need("reportlab", "paper", "drawing PDF")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    out = io.BytesIO()
    paper = _Paper(Canvas(out, pagesize=(_WIDTH, _HEIGHT), invariant=1), pdfmetrics)
    for block in blocks:
        if isinstance(block, Laid):
            paper.table(block)
        elif isinstance(block, Contents):
            for row in block.rows:
                paper.words(" ".join(row))
        else:
            if isinstance(block, Heading) and block.level > 1 and paper.on_cover:
                paper.page()
                paper.on_cover = False
            paper.words(block.text)
    paper.canvas.save()
    return out.getvalue()


class _Paper:
    def __init__(self, canvas: Any, metrics: Any) -> None:
        self.canvas, self.metrics = canvas, metrics
        self.on_cover = True
        self.y = _HEIGHT - 2 * _EDGE
        canvas.setFont(_FONT, _SIZE)

    def page(self) -> None:
        self.canvas.showPage()
        self.canvas.setFont(_FONT, _SIZE)
        self.y = _HEIGHT - 2 * _EDGE

    def lines(self, text: str) -> list[str]:
        """Break a paragraph where its lines are full; the first is shorter by two letters."""
        lines, room = [""], (_LINE - 2) * _SIZE
        for letter in text:
            if self.metrics.stringWidth(lines[-1] + letter, _FONT, _SIZE) > room:
                lines.append("")
                room = _LINE * _SIZE
            lines[-1] += letter
        return lines

    def words(self, text: str) -> None:
        """A paragraph: its first line is indented, as in print."""
        for index, line in enumerate(self.lines(text)):
            if self.y < 2 * _EDGE:
                self.page()
            self.canvas.drawString(2 * _EDGE + (0 if index else 2 * _SIZE), self.y, line)
            self.y -= _LEAD

    def table(self, table: Laid) -> None:
        self.page()
        self.canvas.drawCentredString(_WIDTH // 2, self.y, table.title)
        self.y -= 2 * _LEAD
        self.canvas.drawString(_EDGE, self.y, table.body)
        self.canvas.drawRightString(_WIDTH - _EDGE, self.y, table.unit)
        self.y -= _LEAD // 2
        width = (_WIDTH - 2 * _EDGE) // max(1, table.width)
        self.header(table, width)
        for number, row in enumerate(table.rows):
            if number in table.breaks:
                self.page()
                self.header(table, width)
            self.row(row, width)
        self.y -= _LEAD
        for note in table.notes:
            self.words(note)

    def header(self, table: Laid, width: int) -> None:
        top = self.y
        for span in table.header:
            self.cell(span.text, top - span.row * 3 * _LEAD, span.column, width, 3 * _LEAD * span.rows, span.columns)
        self.y = top - table.depth * 3 * _LEAD

    def row(self, row: Sequence[str], width: int) -> None:
        letters = width // _SIZE - 1
        high = _LEAD * max(1, *(sum(-(-len(part) // letters) for part in text.split("\n")) for text in row))
        for column, text in enumerate(row):
            self.cell(text, self.y, column, width, high, 1)
        self.y -= high

    def cell(self, text: str, y: int, column: int, width: int, high: int, columns: int) -> None:
        x = _EDGE + column * width
        self.canvas.rect(x, y - high, width * columns, high)
        size = width * columns // _SIZE - 1
        lines = [part[i : i + size] for part in text.split("\n") for i in range(0, len(part), size)]
        for number, line in enumerate(lines, 1):
            self.canvas.drawString(x + 2, y - _LEAD * number + 4, line)
