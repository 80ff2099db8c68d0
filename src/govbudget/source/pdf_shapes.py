"""The lines and images that are drawn on a page of pdfium, in hundredths of a point of user space."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from ctypes import addressof, byref, c_float, c_uint, c_void_p, cast, sizeof
from itertools import compress, repeat
from operator import not_
from typing import Any

import attrs

from govbudget.source.extras import need
from govbudget.source.pdf_calls import SCALE, address, calls, room, scaled

MAX_OBJECTS = 60_000
"""How many objects of a page are looked at."""
THIN = 300
"""A ruling line is at most 3 points thick."""

_MAX_FORM_DEPTH = 4
_PALE = 235  # of 255: a fill as light as this is a background, not a line
_PATH, _IMAGE, _FORM = 2, 3, 5
_SHAPES = frozenset((_PATH, _IMAGE, _FORM))
_PART = sizeof(c_uint)
_STROKED = 1  # a mode of drawing text
_NO_WIDTH = 1  # hundredths of a point: pdfium leaves text out that is narrower

_Box = tuple[int, int, int, int]  # x0, y0, x1, y1
_Matrix = tuple[Any, Any, Any, Any, Any, Any]
_AS_IT_IS: _Matrix = (1, 0, 0, 1, 0, 0)


def read_shapes(page: Any) -> tuple[list[_Box], list[_Box]]:
    """Return the lines that the paths of a page of pdfium draw, and its images; widen its text on the way."""
    shapes = _Shapes(need("pypdfium2.raw", "pdf", "reading PDF"))
    shapes.walk(address(page), calls().count_objects, calls().get_object, _AS_IT_IS, 0)
    return shapes.lines, shapes.images


@attrs.define
class _Shapes:
    """What was found on a page so far, and how many objects may still be looked at."""

    raw: Any
    lines: list[_Box] = attrs.field(factory=list)
    images: list[_Box] = attrs.field(factory=list)
    left: int = MAX_OBJECTS
    colour: Any = attrs.field(factory=c_uint * 4)  # of the object at hand

    def walk(self, parent: int, size: Callable[[int], int], get: Any, matrix: _Matrix, depth: int) -> None:
        """Take the objects of a page or form; each question is put to all of them at once."""
        count = min(size(parent), self.left)
        self.left -= count
        objects = list(map(get, repeat(c_void_p(parent)), range(count)))
        fonts = list(map(calls().font_of, objects))
        _widen_foreign(self.raw, objects, fonts)
        others = list(compress(objects, map(not_, fonts)))  # only text has a font
        drawn = [(at, kind) for at, kind in zip(others, map(calls().type_of, others), strict=True) if kind in _SHAPES]
        shapes = [None if kind == _FORM else at for at, kind in drawn]
        for (at, kind), box, fill, stroke in zip(drawn, _boxes(shapes, matrix), *_modes(shapes), strict=True):
            if kind == _PATH:
                self.lines.extend(_drawn(self.raw, at, box, fill, stroke, self.colour))
            elif kind == _IMAGE:
                self.images.append(box)
            elif depth < _MAX_FORM_DEPTH:
                self._form(at, matrix, depth)

    def _form(self, at: int, matrix: _Matrix, depth: int) -> None:
        inner = self.raw.FS_MATRIX()
        self.raw.FPDFPageObj_GetMatrix(cast(at, self.raw.FPDF_PAGEOBJECT), byref(inner))
        joined = _times((inner.a, inner.b, inner.c, inner.d, inner.e, inner.f), matrix)
        self.walk(at, calls().count_form_objects, calls().get_form_object, joined, depth + 1)


def _widen_foreign(raw: Any, objects: Sequence[int], fonts: Sequence[int | None]) -> None:
    """Make text of a font that is neither in the file nor on this computer wide enough for pdfium not to leave it out.

    pdfium measures glyphs, not advances, and has no glyph here; so a character drawn alone, as the last of a broken
    line is, would be lost, and what a PDF says would depend on the fonts of the computer. A stroke adds its own width.
    """
    foreign = {font for font in set(fonts) if font and not raw.FPDFFont_GetIsEmbedded(cast(font, raw.FPDF_FONT))}
    if not foreign:
        return
    texts = [at for at, font in zip(objects, fonts, strict=True) if font in foreign]
    edges = _edges(texts)
    for text, left, right in zip(texts, edges[0::4], edges[2::4], strict=True):
        if SCALE * (right - left) < _NO_WIDTH:
            calls().draw_text_as(text, _STROKED)
            calls().stroke_width(text, 1)
            calls().transform(text, *_AS_IT_IS)  # moves nothing, but measures anew


def _edges(objects: Sequence[int | None]) -> list[float]:
    """Left, bottom, right, top of each object; nothing but zeros for none."""
    written, start, size = room("f", 4 * len(objects))
    sides = (range(start + side * size, start + 4 * size * len(objects) + side * size, 4 * size) for side in range(4))
    deque(map(calls().bounds, objects, *sides), maxlen=0)
    edges: list[float] = written.tolist()
    return edges


def _boxes(objects: Sequence[int | None], matrix: _Matrix) -> list[_Box]:
    """The boxes of the objects as the matrix puts them, in whole hundredths of a point."""
    edges = _edges(objects)
    if matrix != _AS_IT_IS:
        points = iter(edges)
        edges = [edge for x, y in zip(points, points, strict=True) for edge in _at(matrix, x, y)]
    places = iter(scaled(edges))
    return [
        (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        for x0, y0, x1, y1 in zip(places, places, places, places, strict=True)
    ]


def _at(m: _Matrix, x: Any, y: Any) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _times(a: _Matrix, b: _Matrix) -> _Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _modes(objects: Sequence[int | None]) -> tuple[list[int], list[int]]:
    """Whether each path is filled, and whether it is stroked; neither for what is no path."""
    count = len(objects)
    written, start, size = room("i", 2 * count)
    middle = start + size * count
    modes = map(calls().draw_mode, objects, range(start, middle, size), range(middle, middle + size * count, size))
    deque(modes, maxlen=0)
    return written[:count].tolist(), written[count:].tolist()


def _drawn(raw: Any, at: int, box: _Box, fill: int, stroke: int, colour: Any) -> list[_Box]:
    """The lines that a path draws: itself if it is thin, its four sides if it is a stroked rectangle."""
    if not (fill or stroke):
        return []
    x0, y0, x1, y1 = box
    if x1 - x0 <= THIN or y1 - y0 <= THIN:
        return [] if _pale(calls().stroke_colour if stroke else calls().fill_colour, at, colour) else [box]
    shape = cast(at, raw.FPDF_PAGEOBJECT)
    if not stroke or raw.FPDFPath_CountSegments(shape) not in {4, 5} or not _upright(raw, shape):
        return []
    if _pale(calls().stroke_colour, at, colour):
        return []
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def _pale(get: Callable[[int, int, int, int, int], int], at: int, colour: Any) -> bool:
    start = addressof(colour)
    if not get(at, start, start + _PART, start + 2 * _PART, start + 3 * _PART):
        return False
    red, green, blue, alpha = map(int, colour)
    return alpha == 0 or (red >= _PALE and green >= _PALE and blue >= _PALE)


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
