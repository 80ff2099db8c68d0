"""What pdfium finds on a page: characters and ruling lines, in hundredths of a point, y downwards."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from ctypes import addressof, byref, c_float, c_int, c_uint, cast, sizeof
from itertools import repeat
from typing import Any, NamedTuple

from govbudget.source.extras import need
from govbudget.source.pdf_calls import address, calls, floats
from govbudget.source.pdf_glyphs import SCALE, Glyph, View, read_glyphs

_MAX_OBJECTS = 60_000
_MAX_FORM_DEPTH = 4
_THIN = 300  # a ruling line is at most 3 points thick
_SHORT = 300
_PALE = 235  # of 255: a fill as light as this is a background, not a line
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_SHAPES = frozenset((_PATH, _IMAGE, _FORM))
_STROKED = 1  # a mode of drawing text
_NO_WIDTH = 1  # hundredths of a point: pdfium leaves text out that is narrower


class Rule(NamedTuple):
    """A straight line: ``at`` is its y (or x, if vertical), ``start`` and ``stop`` are its ends."""

    at: int
    start: int
    stop: int


class Marks(NamedTuple):
    """Everything of a page that is used."""

    width: int
    height: int
    glyphs: list[Glyph]
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
    across: list[Rule] = []
    down: list[Rule] = []
    has_image = False
    count = 0
    for x0, y0, x1, y1, kind in _shapes(page):
        count += 1
        if kind == _IMAGE:
            has_image = has_image or (x1 - x0) * (y1 - y0) * 3 > width * height
            continue
        _add_rule(*view.box(x0, y0, x1, y1), across, down)
    glyphs, cut_text = read_glyphs(page, view)  # after the shapes: what has no width was given one on the way
    return Marks(width, height, glyphs, across, down, has_image, cut_text or count >= _MAX_OBJECTS, count)


def _widen(raw: Any, text: Any) -> None:
    """Make text of a font that is neither in the file nor on this computer wide enough for pdfium not to leave it out.

    pdfium measures glyphs, not advances, and has no glyph here; so a character drawn alone, as the last of a broken
    line is, would be lost, and what a PDF says would depend on the fonts of the computer. A stroke adds its own width.
    """
    font = raw.FPDFTextObj_GetFont(text)
    if not font or raw.FPDFFont_GetIsEmbedded(font):
        return
    raw.FPDFTextObj_SetTextRenderMode(text, _STROKED)
    raw.FPDFPageObj_SetStrokeWidth(text, 1)
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 0, 0)  # moves nothing, but measures anew


_Box = tuple[int, int, int, int, int]  # x0, y0, x1, y1 in user space, kind


def _shapes(page: Any) -> Iterator[_Box]:
    raw = need("pypdfium2.raw", "pdf", "reading PDF")
    budget = [_MAX_OBJECTS]
    count, child = calls().count_objects, calls().get_object
    yield from _walk(raw, address(page.raw), count, child, (1, 0, 0, 1, 0, 0), 0, budget)


_Matrix = tuple[Any, Any, Any, Any, Any, Any]


def _walk(raw: Any, parent: int, size: Any, get: Any, matrix: _Matrix, depth: int, budget: list[int]) -> Iterator[_Box]:
    count = min(size(parent), budget[0])
    budget[0] -= count
    objects = list(map(get, repeat(parent), range(count)))
    kinds = list(map(calls().type_of, objects))
    _measure_text(raw, [at for at, kind in zip(objects, kinds, strict=True) if kind == _TEXT])
    box_of = (c_float * 4)()  # left, bottom, right, top
    sides = [addressof(box_of) + place * sizeof(c_float) for place in range(4)]
    bounds = calls().bounds
    for at, kind in zip(objects, kinds, strict=True):
        if kind not in _SHAPES:
            continue
        shape = cast(at, raw.FPDF_PAGEOBJECT)
        if kind == _FORM:
            if depth == _MAX_FORM_DEPTH:
                continue
            inner = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(shape, byref(inner))
            joined = _times((inner.a, inner.b, inner.c, inner.d, inner.e, inner.f), matrix)
            in_form, child = calls().count_form_objects, calls().get_form_object
            yield from _walk(raw, at, in_form, child, joined, depth + 1, budget)
            continue
        bounds(at, *sides)
        x0, y0 = _moved(matrix, box_of[0], box_of[1])
        x1, y1 = _moved(matrix, box_of[2], box_of[3])
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), kind)
        if kind == _IMAGE:
            yield box
        elif drawn := _drawn(raw, shape, box):
            yield from drawn


def _measure_text(raw: Any, texts: list[int]) -> None:
    """Widen the texts that have no width; there is one for every few characters, so they are measured all at once."""
    buffer = (c_float * (4 * len(texts)))()  # left, bottom, right, top of each
    start, size = addressof(buffer), sizeof(c_float)
    sides = (range(start + side * size, start + 4 * size * len(texts) + side * size, 4 * size) for side in range(4))
    deque(map(calls().bounds, texts, *sides), maxlen=0)
    edges = floats(buffer)
    for text, left, right in zip(texts, edges[0::4], edges[2::4], strict=True):
        if SCALE * (right - left) < _NO_WIDTH:
            _widen(raw, cast(text, raw.FPDF_PAGEOBJECT))


def _moved(m: _Matrix, x: Any, y: Any) -> tuple[int, int]:
    return int((m[0] * x + m[2] * y + m[4]) * SCALE), int((m[1] * x + m[3] * y + m[5]) * SCALE)


def _times(a: _Matrix, b: _Matrix) -> _Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _drawn(raw: Any, shape: Any, box: _Box) -> list[_Box]:
    """The lines that a path draws: itself if it is thin, its four sides if it is a stroked rectangle."""
    x0, y0, x1, y1, kind = box
    wide, high = x1 - x0, y1 - y0
    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(shape, byref(fill), byref(stroke))
    if min(wide, high) <= _THIN:
        pale = _pale(raw.FPDFPageObj_GetStrokeColor if stroke.value else raw.FPDFPageObj_GetFillColor, shape)
        return [] if pale or not (stroke.value or fill.value) else [box]
    if not stroke.value or raw.FPDFPath_CountSegments(shape) not in {4, 5} or not _upright(raw, shape):
        return []
    if _pale(raw.FPDFPageObj_GetStrokeColor, shape):
        return []
    sides = [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return [(*side, kind) for side in sides]


def _pale(get: Any, shape: Any) -> bool:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not get(shape, byref(red), byref(green), byref(blue), byref(alpha)):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _PALE


def _upright(raw: Any, shape: Any) -> bool:
    """Tell whether every segment of a path runs straight along one axis."""
    x, y = c_float(), c_float()
    last: tuple[int, int] | None = None
    for index in range(raw.FPDFPath_CountSegments(shape)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (int(x.value * SCALE), int(y.value * SCALE))
        if last is not None and abs(point[0] - last[0]) > 50 and abs(point[1] - last[1]) > 50:
            return False
        last = point
    return True


def _add_rule(x0: int, y0: int, x1: int, y1: int, across: list[Rule], down: list[Rule]) -> None:
    wide, high = x1 - x0, y1 - y0
    if high <= _THIN and wide > max(_SHORT, high):
        across.append(Rule((y0 + y1) // 2, x0, x1))
    elif wide <= _THIN and high > max(_SHORT, wide):
        down.append(Rule((x0 + x1) // 2, y0, y1))
