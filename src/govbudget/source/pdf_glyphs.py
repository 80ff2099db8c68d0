"""The visible characters of a page of pdfium, with integer places in hundredths of a point, y downwards."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, compress, count, pairwise, repeat
from operator import gt, ne, or_, sub
from typing import Any, NamedTuple

import attrs

from govbudget.source.extras import need
from govbudget.source.pdf_calls import address, calls, room, scaled

MOST = 60_000
"""How many characters of a page are read; a dense page of a budget has 1,500."""

_SEEN = re.compile(
    "[^\x00-\x20\x85\xa0\xad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]+"
)

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

    def columns(self, x0: Sequence[int], y0: Sequence[int], x1: Sequence[int], y1: Sequence[int]) -> _Columns:
        """Return the same of many boxes, given and returned side by side."""
        if self.rotation == 90:
            return _since(self.bottom, y0), _since(self.left, x0), _since(self.bottom, y1), _since(self.left, x1)
        if self.rotation == 180:
            return _until(self.right, x1), _since(self.bottom, y0), _until(self.right, x0), _since(self.bottom, y1)
        if self.rotation == 270:
            return _until(self.top, y1), _until(self.right, x1), _until(self.top, y0), _until(self.right, x0)
        return _since(self.left, x0), _until(self.top, y1), _since(self.left, x1), _until(self.top, y0)


def _since(start: int, places: Sequence[int]) -> Sequence[int]:
    return [place - start for place in places] if start else places


def _until(stop: int, places: Sequence[int]) -> Sequence[int]:
    return [stop - place for place in places]


_Columns = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]


class Run(NamedTuple):
    """Characters that follow each other on one base line, none left of the one before it.

    The y of the middle of each is not above ``upper`` and not below ``lower``; mostly these are the same.
    """

    start: int
    stop: int
    base: int
    upper: int
    lower: int


class Glyphs(NamedTuple):
    """The visible characters of a page, side by side.

    Most of what is asked of a character (its row, its cell, its line) is the same for all of a run, so runs are asked.

    Attributes:
        lefts: where the advance box of each begins.
        tops: where it begins from above.
        rights: where it ends.
        bottoms: where it ends below.
        chars: the characters.
        orders: the place of each in the order of the content, among those that cannot be seen.
        runs: what they fall into, in the order of the content.
    """

    lefts: Sequence[int]
    tops: Sequence[int]
    rights: Sequence[int]
    bottoms: Sequence[int]
    chars: str
    orders: Sequence[int]
    runs: list[Run]


def read_glyphs(page: Any, view: View) -> tuple[Glyphs, bool]:
    """Return the visible characters of a page of pdfium, and whether more follow.

    A page has thousands of them, so each step is taken for all of them at once.
    """
    raw = need("pypdfium2.raw", "pdf", "reading PDF")
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        raise ValueError("no text")
    try:
        most = raw.FPDFText_CountChars(text_page)
        handle = address(text_page)
        text = _characters(raw, text_page, handle, min(most, MOST))
        seen, spans, edges = _boxes(handle, [match.span() for match in _SEEN.finditer(text)])
        heads = heads_of(edges[1::4], edges[3::4])
        user = _user_columns(edges, heads)
        lefts, tops, rights, bottoms = view.columns(*user)
        bases = _bases(handle, view, seen, heads, user[1])
    finally:
        raw.FPDFText_ClosePage(text_page)
    chars = "".join([text[start:stop] for start, stop in spans])
    runs = runs_of(spans, heads, bases, lefts, tops, bottoms)
    return Glyphs(lefts, tops, rights, bottoms, chars, seen, runs), most > MOST


def heads_of(uppers: Sequence[float], lowers: Sequence[float]) -> list[int]:
    """Return the first of each group of characters that follow each other and have the same upper and lower edge."""
    changes = map(or_, map(ne, uppers[1:], uppers), map(ne, lowers[1:], lowers))
    return [*range(min(len(uppers), 1)), *compress(count(1), changes)]


def _user_columns(edges: Sequence[float], heads: Sequence[int]) -> _Columns:
    """The left, low, right and high edges in user space of (left, high, right, low), in whole hundredths.

    Those that follow a head are as high and as low as it is, so that these are taken of the heads alone.
    """
    lefts, rights = scaled(edges[0::4]), scaled(edges[2::4])
    highs, lows = (scaled([edges[4 * head + side] for head in heads]) for side in (1, 3))
    if any(map(gt, lefts, rights)) or any(map(gt, lows, highs)):  # mirrored
        lefts, rights = list(map(min, lefts, rights)), list(map(max, lefts, rights))
        lows, highs = list(map(min, lows, highs)), list(map(max, lows, highs))
    lengths = list(map(sub, [*heads[1:], len(lefts)], heads))
    return lefts, _each(lows, lengths), rights, _each(highs, lengths)


def _each(values: Sequence[int], lengths: Sequence[int]) -> list[int]:
    """Each value as often as its length says."""
    return list(chain.from_iterable(map(repeat, values, lengths)))


_Spans = list[tuple[int, int]]


def _boxes(handle: int, spans: _Spans) -> tuple[list[int], _Spans, list[float]]:
    """The characters that have a box, the spans of them, and left, high, right, low of each, in user space."""
    seen = list(chain.from_iterable([range(start, stop) for start, stop in spans]))
    written, start, size = room("f", 4 * len(seen))
    addresses = range(start, start + 4 * size * len(seen), 4 * size)
    answers = list(map(calls().loose_box, repeat(handle), seen, addresses))
    edges = written.tolist()
    if all(answers):
        return seen, spans, edges
    boxed = [place for place, answer in enumerate(answers) if answer]
    seen = [seen[place] for place in boxed]
    return seen, [(at, at + 1) for at in seen], [edge for place in boxed for edge in edges[4 * place : 4 * place + 4]]


def _bases(handle: int, view: View, seen: Sequence[int], heads: Sequence[int], lows: Sequence[int]) -> Sequence[int]:
    """The base line of each of the heads, on which those that follow it stand as well."""
    written, start, size = room("d", 2 * len(heads))
    xs, ys = (range(at, at + 2 * size * len(heads), 2 * size) for at in (start, start + size))
    answers = list(map(calls().origin, repeat(handle), [seen[head] for head in heads], xs, ys))
    places = scaled(written)
    x, y = places[0::2], places[1::2]
    if not all(answers):
        x = [at if answer else 0 for at, answer in zip(x, answers, strict=True)]
        y = [at if answer else lows[head] for at, answer, head in zip(y, answers, heads, strict=True)]
    return view.columns(x, y, x, y)[1]


def runs_of(
    spans: _Spans,
    heads: Sequence[int],
    bases: Sequence[int],
    lefts: Sequence[int],
    tops: Sequence[int],
    bottoms: Sequence[int],
) -> list[Run]:
    """Return the runs of characters; most spans are one run.

    Args:
        spans: the places of characters with nothing unseen between them.
        heads: the first of those that follow each other and have the same top and bottom.
        bases: the base line of each of the heads.
        lefts: where each character begins.
        tops: where it begins from above.
        bottoms: where it ends below.

    >>> runs_of([(0, 2), (5, 6)], [0, 2], [90, 90], [0, 10, 30], [80, 80, 85], [100, 100, 101])
    [Run(start=0, stop=2, base=90, upper=90, lower=90), Run(start=2, stop=3, base=90, upper=93, lower=93)]
    """
    runs: list[Run] = []
    stop = last = 0
    for span in spans:
        start, stop = stop, stop + span[1] - span[0]
        first, last = last, bisect_left(heads, stop, last)  # those of the heads that are in the span
        level = first - (first == last or heads[first] > start)  # of the heads, that of the first character
        places = lefts[start:stop]
        base = bases[level]
        if bases[level:last].count(base) == last - level and places == sorted(places):
            if last - level == 1:
                upper = lower = (tops[start] + bottoms[start]) // 2
            else:
                upper, lower = _middles(tops[start:stop], bottoms[start:stop])
            runs.append(Run(start, stop, base, upper, lower))
            continue
        lengths = map(sub, [*heads[level + 1 : last], stop], [start, *heads[level + 1 : last]])
        own = _each(bases[level:last], list(lengths))
        parted = (i for i in range(1, len(own)) if own[i] != own[i - 1] or places[i] < places[i - 1])
        for begin, end in pairwise([start, *[start + i for i in parted], stop]):
            upper, lower = _middles(tops[begin:end], bottoms[begin:end])
            runs.append(Run(begin, end, own[begin - start], upper, lower))
    return runs


def _middles(tops: Sequence[int], bottoms: Sequence[int]) -> tuple[int, int]:
    """Two heights between which the middle of every character lies."""
    return (min(tops) + min(bottoms)) // 2, (max(tops) + max(bottoms)) // 2


def _characters(raw: Any, text_page: Any, handle: int, count: int) -> str:
    """The characters in one call where the counts agree (they do but for characters that have no Unicode)."""
    written, start, size = room("H", count + 1)
    length = max(calls().get_text(handle, 0, count, start) - 1, 0)
    text: str = written.tobytes()[: size * length].decode("utf-16-le", errors="replace")
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join([chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffe" for code in codes])
