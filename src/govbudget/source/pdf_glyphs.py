"""The visible characters of a page of pdfium, with integer places in hundredths of a point, y downwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import addressof, c_double, c_float, c_ushort, sizeof
from functools import partial
from itertools import repeat
from operator import gt
from typing import Any, NamedTuple, cast

import attrs

from govbudget.source.extras import need
from govbudget.source.pdf_calls import address, calls, floats

SCALE = 100
"""Places are in hundredths of a point."""
MOST = 60_000
"""How many characters of a page are read; a dense page of a budget has 1,500."""

_UNSEEN = frozenset(
    "\x85\xa0\xad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff"
)
_BOX = 4 * sizeof(c_float)

Box = tuple[int, int, int, int]


@attrs.frozen
class View:
    """How a page is looked at: the box that is shown of user space, whose y goes up, and its rotation in degrees."""

    left: int
    bottom: int
    right: int
    top: int
    rotation: int = 0

    def box(self, x0: int, y0: int, x1: int, y1: int) -> Box:
        """Return the (left, top, right, bottom) on the page of a box (left, bottom, right, top) in user space."""
        if self.rotation == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.rotation == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.rotation == 270:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0

    def boxes(self, x0: _Column, y0: _Column, x1: _Column, y1: _Column) -> tuple[_Column, _Column, _Column, _Column]:
        """Return the same of many boxes, given and returned side by side."""
        left, top = self.left, self.top
        if not self.rotation:
            shifted = (x0, x1) if not left else ([x - left for x in x0], [x - left for x in x1])
            return shifted[0], [top - y for y in y1], shifted[1], [top - y for y in y0]
        turned = list(map(self.box, x0, y0, x1, y1))
        return tuple([box[side] for box in turned] for side in range(4))  # type: ignore[return-value]


_Column = Sequence[int]


class Glyph(NamedTuple):
    """A visible character: its advance box, its base line, and its place in the order of the content."""

    x0: int
    y0: int
    x1: int
    y1: int
    base: int
    char: str
    order: int


_glyph: Callable[[Sequence[Any]], Glyph] = partial(cast("Any", tuple.__new__), Glyph)  # without a call of Python


def read_glyphs(page: Any, view: View) -> tuple[list[Glyph], bool]:
    """Return the visible characters of a ``pypdfium2.PdfPage`` in the order of the content, and whether more follow.

    A page has thousands of them, so each step is taken for all of them at once.
    """
    raw = need("pypdfium2.raw", "pdf", "reading PDF")
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        chars = _characters(raw, text_page.raw, min(count, MOST))
        seen = [place for place, char in enumerate(chars) if char > " " and char not in _UNSEEN]
        handle = address(text_page.raw)
        seen, edges = _boxes(handle, seen)
        bases = _bases(handle, seen, edges, view)
    finally:
        text_page.close()
    lefts, highs, rights, lows = (edges[side::4] for side in range(4))
    if any(map(gt, lefts, rights)) or any(map(gt, lows, highs)):  # mirrored
        lefts, rights = list(map(min, lefts, rights)), list(map(max, lefts, rights))
        lows, highs = list(map(min, lows, highs)), list(map(max, lows, highs))
    boxes = view.boxes(lefts, lows, rights, highs)
    return list(map(_glyph, zip(*boxes, bases, [chars[place] for place in seen], seen, strict=True))), count > MOST


def _boxes(handle: int, seen: list[int]) -> tuple[list[int], list[int]]:
    """The characters that have a box, and left, high, right, low of each, in user space."""
    buffer = (c_float * (4 * len(seen)))()
    start = addressof(buffer)
    addresses = range(start, start + _BOX * len(seen), _BOX)
    answers = list(map(calls().loose_box, repeat(handle), seen, addresses))
    edges = [int(edge * SCALE) for edge in floats(buffer)]
    if all(answers):
        return seen, edges
    boxed = [place for place, answer in enumerate(answers) if answer]
    return [seen[place] for place in boxed], [edge for place in boxed for edge in edges[4 * place : 4 * place + 4]]


def _bases(handle: int, seen: list[int], edges: list[int], view: View) -> list[int]:
    """The base line of each character; those that reach as high and as low as the last one stand on its line."""
    at = (c_double * 2)()
    to_x, to_y = addressof(at), addressof(at) + sizeof(c_double)
    origin = calls().origin
    bases: list[int] = []
    level: tuple[int, int] | None = None
    base, upright = 0, view.rotation % 180 == 0
    for place, high, low in zip(seen, edges[1::4], edges[3::4], strict=True):
        if not upright or level != (high, low):
            level = (high, low)
            x, y = 0, low
            if origin(handle, place, to_x, to_y):
                x, y = int(at[0] * SCALE), int(at[1] * SCALE)
            base = view.box(x, y, x, y)[1]
        bases.append(base)
    return bases


def _characters(raw: Any, handle: Any, count: int) -> list[str]:
    """The characters in one call where the counts agree (they do but for characters that have no Unicode)."""
    buffer = (c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(handle, 0, count, buffer) - 1
    text = bytes(buffer)[: 2 * max(written, 0)].decode("utf-16-le", errors="replace")
    if len(text) == count:
        return list(text)
    codes = (raw.FPDFText_GetUnicode(handle, index) for index in range(count))
    return [chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffe" for code in codes]
