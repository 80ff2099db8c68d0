"""What pdfium finds on a page: characters and ruling lines, in hundredths of a point, y downwards."""

from __future__ import annotations

from ctypes import c_float
from typing import Any, NamedTuple

from govbudget.source.extras import need
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


def read_marks(document: Any, index: int) -> Marks:
    """Return the marks of a page of a ``pypdfium2.PdfDocument``.

    Raises:
        ValueError, OverflowError: the page cannot be loaded, or something stands at no place.
    """
    raw = need("pypdfium2.raw", "pdf", "reading PDF")
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:
        raise ValueError("no page")
    try:
        return _marks(raw, page)
    finally:
        raw.FPDF_ClosePage(page)


def _marks(raw: Any, page: Any) -> Marks:
    width, height = int(raw.FPDF_GetPageWidthF(page) * SCALE), int(raw.FPDF_GetPageHeightF(page) * SCALE)
    left, bottom, right, top = (int(side * SCALE) for side in _shown(raw, page))
    view = View(left, bottom, right, top, raw.FPDFPage_GetRotation(page) % 4 * 90)
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


def _shown(raw: Any, page: Any) -> tuple[float, float, float, float]:
    """The box of a page that is shown: its crop box, else its media box, else the usual one."""
    edges = c_float(), c_float(), c_float(), c_float()
    if raw.FPDFPage_GetCropBox(page, *edges) or raw.FPDFPage_GetMediaBox(page, *edges):
        left, bottom, right, top = (edge.value for edge in edges)
        return left, bottom, right, top
    return 0, 0, 612, 792


def _add_rule(x0: int, y0: int, x1: int, y1: int, across: list[Rule], down: list[Rule]) -> None:
    wide, high = x1 - x0, y1 - y0
    if high <= THIN and wide > max(_SHORT, high):
        across.append(Rule((y0 + y1) // 2, x0, x1))
    elif wide <= THIN and high > max(_SHORT, wide):
        down.append(Rule((x0 + x1) // 2, y0, y1))
