"""The calls of pdfium that a page needs once for every character and object, without the checks of their arguments.

ctypes wraps every handle in an object and looks at every pointer. Where a page has thousands of characters that takes
longer than the call, so these take and give plain addresses. Only :mod:`govbudget.source.pdf_marks`,
:mod:`govbudget.source.pdf_shapes` and :mod:`govbudget.source.pdf_glyphs` use them, with handles of an open page and
buffers of their own.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from ctypes import c_double, c_float, c_int, c_void_p, cast
from functools import lru_cache
from math import trunc
from typing import Any

import attrs

from govbudget.source.extras import need

SCALE = 100
"""Places are in hundredths of a point."""


@attrs.frozen(kw_only=True)
class Calls:
    """Functions of pdfium over addresses; those that take a number as well want their handle as a ``c_void_p``."""

    count_objects: Callable[[int], int]
    get_object: Callable[[c_void_p, int], int]
    count_form_objects: Callable[[int], int]
    get_form_object: Callable[[c_void_p, int], int]
    type_of: Callable[[int], int]
    font_of: Callable[[int], int | None]
    bounds: Callable[[int | None, int, int, int, int], int]
    draw_mode: Callable[[int | None, int, int], int]
    fill_colour: Callable[[int, int, int, int, int], int]
    stroke_colour: Callable[[int, int, int, int, int], int]
    loose_box: Callable[[int, int, int], int]
    origin: Callable[[int, int, int, int], int]
    get_text: Callable[[int, int, int, int], int]
    draw_text_as: Callable[[int, int], int]
    stroke_width: Callable[[int, float], int]
    transform: Callable[[int, float, float, float, float, float, float], None]


@lru_cache(maxsize=1)
def calls() -> Calls:
    """Return the functions of the pdfium that is installed."""
    raw = need("pypdfium2.raw", "pdf", "reading PDF")
    handle, number = c_void_p, c_int

    def plain(function: Any, result: Any, *arguments: Any) -> Any:
        made = type(function)(cast(function, c_void_p).value)  # with its convention of calling
        made.restype = result
        if arguments:
            made.argtypes = arguments
        return made

    return Calls(
        count_objects=plain(raw.FPDFPage_CountObjects, number, handle),
        get_object=plain(raw.FPDFPage_GetObject, handle),
        count_form_objects=plain(raw.FPDFFormObj_CountObjects, number, handle),
        get_form_object=plain(raw.FPDFFormObj_GetObject, handle),
        type_of=plain(raw.FPDFPageObj_GetType, number, handle),
        font_of=plain(raw.FPDFTextObj_GetFont, handle, handle),
        bounds=plain(raw.FPDFPageObj_GetBounds, number, *[handle] * 5),
        draw_mode=plain(raw.FPDFPath_GetDrawMode, number, *[handle] * 3),
        fill_colour=plain(raw.FPDFPageObj_GetFillColor, number, *[handle] * 5),
        stroke_colour=plain(raw.FPDFPageObj_GetStrokeColor, number, *[handle] * 5),
        loose_box=plain(raw.FPDFText_GetLooseCharBox, number, handle, number, handle),
        origin=plain(raw.FPDFText_GetCharOrigin, number, handle, number, handle, handle),
        get_text=plain(raw.FPDFText_GetText, number, handle, number, number, handle),
        draw_text_as=plain(raw.FPDFTextObj_SetTextRenderMode, number, handle, number),
        stroke_width=plain(raw.FPDFPageObj_SetStrokeWidth, number, handle, c_float),
        transform=plain(raw.FPDFPageObj_Transform, None, handle, *[c_double] * 6),
    )


def room(kind: str, count: int) -> tuple[Any, int, int]:
    """Return room for numbers that pdfium writes, its address, and the size of one of them.

    An array of :mod:`ctypes` would be of a type of its own for every length, and to make a type takes longer than to
    fill it.

    Args:
        kind: what they are, as :mod:`array` calls it.
        count: how many; all are zero to begin with.

    >>> room("f", 2)[0].tolist()
    [0.0, 0.0]
    """
    size = array(kind).itemsize
    made = array(kind, bytes(size * count))
    return made, made.buffer_info()[0], size


def scaled(values: Iterable[float]) -> list[int]:
    """Return places in points as whole hundredths of a point.

    Raises:
        ValueError, OverflowError: one of them is no number, or none that ends.

    >>> scaled([1.239, -0.5])
    [123, -50]
    """
    return [trunc(value * SCALE) for value in values]


def address(handle: Any) -> int:
    """Return the address that a handle of pypdfium2 points to."""
    return cast(handle, c_void_p).value or 0
