"""What pdfium finds on a page: characters and ruling lines, in hundredths of a point, y downwards."""

from __future__ import annotations

from typing import Any, NamedTuple

from govbudget.source.pdf_calls import SCALE
from govbudget.source.pdf_glyphs import Glyphs, View, read_glyphs
from govbudget.source.pdf_shapes import MAX_OBJECTS, THIN, read_shapes

_SHORT = 300


class Rule(NamedTuple):
    """A straight line: ``at`` is its y (or x, if vertical), ``start`` and ``stop`` are its ends."""

    at: int
    start: int
    stop: int


class Marks(NamedTuple):
    """Everything of a page that is used."""

    width: int
    height: int
    glyphs: Glyphs
    across: list[Rule]
    down: list[Rule]
    has_image: bool
    cut: bool
    objects: int


def read_marks(page: Any) -> Marks:
    """Return the marks of a ``pypdfium2.PdfPage``."""
    width, height = (int(side * SCALE) for side in page.get_size())
    left, bottom, right, top = (int(side * SCALE) for side in page.get_cropbox())
    view = View(left, bottom, right, top, page.get_rotation() % 360)
    lines, images = read_shapes(page)
    across: list[Rule] = []
    down: list[Rule] = []
    for x0, y0, x1, y1 in lines:
        if x1 - x0 > _SHORT or y1 - y0 > _SHORT:
            _add_rule(*view.box(x0, y0, x1, y1), across, down)
    has_image = any((x1 - x0) * (y1 - y0) * 3 > width * height for x0, y0, x1, y1 in images)
    glyphs, cut_text = read_glyphs(page, view)  # after the shapes: what has no width was given one on the way
    count = len(lines) + len(images)
    return Marks(width, height, glyphs, across, down, has_image, cut_text or count >= MAX_OBJECTS, count)


def _add_rule(x0: int, y0: int, x1: int, y1: int, across: list[Rule], down: list[Rule]) -> None:
    wide, high = x1 - x0, y1 - y0
    if high <= THIN and wide > max(_SHORT, high):
        across.append(Rule((y0 + y1) // 2, x0, x1))
    elif wide <= THIN and high > max(_SHORT, wide):
        down.append(Rule((x0 + x1) // 2, y0, y1))
