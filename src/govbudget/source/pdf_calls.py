"""The calls of pdfium that a page needs once for every character and object, without the checks of their arguments.

ctypes wraps every handle in an object and looks at every pointer. Where a page has thousands of characters that takes
longer than the call, so these take and give plain addresses. Only :mod:`govbudget.source.pdf_marks` uses them, with
handles of an open page and buffers of its own.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from ctypes import c_int, c_void_p, cast
from functools import lru_cache
from typing import Any

import attrs

from govbudget.source.extras import need


@attrs.frozen(kw_only=True)
class Calls:
    """Functions of pdfium over addresses."""

    count_objects: Callable[[int], int]
    get_object: Callable[[int, int], int]
    count_form_objects: Callable[[int], int]
    get_form_object: Callable[[int, int], int]
    type_of: Callable[[int], int]
    bounds: Callable[[int, int, int, int, int], int]
    loose_box: Callable[[int, int, int], int]
    origin: Callable[[int, int, int, int], int]


@lru_cache(maxsize=1)
def calls() -> Calls:
    """Return the functions of the pdfium that is installed."""
    raw = need("pypdfium2.raw", "pdf", "reading PDF")
    handle, number = c_void_p, c_int

    def plain(function: Any, result: Any, *arguments: Any) -> Any:
        made = type(function)(cast(function, c_void_p).value)  # with its convention of calling
        made.restype, made.argtypes = result, arguments
        return made

    return Calls(
        count_objects=plain(raw.FPDFPage_CountObjects, number, handle),
        get_object=plain(raw.FPDFPage_GetObject, handle, handle, number),
        count_form_objects=plain(raw.FPDFFormObj_CountObjects, number, handle),
        get_form_object=plain(raw.FPDFFormObj_GetObject, handle, handle, number),
        type_of=plain(raw.FPDFPageObj_GetType, number, handle),
        bounds=plain(raw.FPDFPageObj_GetBounds, number, *[handle] * 5),
        loose_box=plain(raw.FPDFText_GetLooseCharBox, number, handle, number, handle),
        origin=plain(raw.FPDFText_GetCharOrigin, number, handle, number, handle, handle),
    )


def floats(buffer: Any) -> list[float]:
    """Return what stands in a buffer of C floats."""
    return array("f", bytes(buffer)).tolist()


def address(handle: Any) -> int:
    """Return the address that a handle of pypdfium2 points to."""
    return cast(handle, c_void_p).value or 0
