"""From glyphs to lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import sub
from typing import NamedTuple

from govbudget.source.pdf_glyphs import Glyphs, Run

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]+")
_NUMBER = re.compile(r"[-−]?[\d,，]*\.\d{2,}|[-−]?\d{1,3}(?:,\d{3})+")


class Line(NamedTuple):
    """A line of text and where it stands, in hundredths of a point; ``parted`` if a wide gap runs through it."""

    text: str
    x0: int
    x1: int
    base: int
    size: int
    page: int
    parted: bool = False


@lru_cache(maxsize=20_000)
def is_wide(char: str) -> bool:
    """Tell whether a character is Chinese, or punctuation as wide as that."""
    return bool(_WIDE.match(char))


def lines_of(glyphs: Glyphs, runs: Sequence[Run], page: int = 0) -> list[Line]:
    """Put the runs of glyphs into lines, from top to bottom and from left to right."""
    if len(runs) == 1:
        return [_line(glyphs, runs, page)]
    rows = _rows(glyphs, runs)
    if rows is None:
        rows = _rows(glyphs, _singles(runs))
    return [_line(glyphs, row, page) for row in rows or ()]


def _rows(glyphs: Glyphs, runs: Sequence[Run]) -> list[list[Run]] | None:
    """The runs that stand on one line, ``None`` where that is to be asked of each character.

    Half a character down is a new line; a comma or a smaller digit stands on the same base line.
    """
    lefts, tops, rights, bottoms = glyphs[:4]
    rows: list[list[Run]] = []
    first = reach = 0
    for run in sorted(runs, key=lambda run: (run.base, lefts[run.start], run.start)):
        if not rows or run.base - first > reach:
            at = run.start
            own = max(rights[at] - lefts[at], bottoms[at] - tops[at]) * 4 // 10
            if not rows or run.base - first > own:
                rows.append([])
                first, reach = run.base, own
            elif run.stop - at > 1:
                return None  # it begins with a large character, and a smaller one may be on the next line
        rows[-1].append(run)
    return rows


def _line(glyphs: Glyphs, row: Sequence[Run], page: int) -> Line:
    if len(row) > 1:
        row = _from_the_left(glyphs.lefts, row)
    lefts, rights, text = _laid(glyphs, row)
    widths = list(map(sub, rights, lefts))
    following = lefts[1:]
    if following and min(map(sub, following, lefts)) * 4 < (max(widths) or 1) and _some_are_near(lefts, widths):
        kept = _once(lefts, widths, text)
        if len(kept) < len(text):
            single = _singles(row)
            row = [single[place] for place in kept]
            lefts, rights, text = _laid(glyphs, row)
            widths = list(map(sub, rights, lefts))
            following = lefts[1:]
    # The boxes of Latin letters are of unequal widths; their height, or the width of a Chinese character, is the size.
    wide: list[int] = []
    for found in _WIDE.finditer(text):
        wide += widths[found.start() : found.end()]
    size = sorted(wide)[len(wide) // 2] if wide else max([_height(glyphs, run) for run in row])
    parted = False
    if following and 5 * max(gaps := list(map(sub, following, rights))) > size:
        apart = [i for i, gap in enumerate(gaps, 1) if 5 * gap > size and _apart(text[i - 1], text[i], gap, size)]
        parted = any(gaps[i - 1] > 5 * size for i in apart)
        text = " ".join([text[start:stop] for start, stop in pairwise([0, *apart, len(text)])])
    return Line(text, lefts[0], max(rights), row[0].base, size, page, parted)


def _laid(glyphs: Glyphs, row: Sequence[Run]) -> tuple[Sequence[int], Sequence[int], str]:
    """Where the characters of a row begin and end, and the characters."""
    start, stop, _, _, _ = row[0]
    lefts, rights, text = glyphs.lefts[start:stop], glyphs.rights[start:stop], glyphs.chars[start:stop]
    if len(row) > 1:
        lefts, rights = list(lefts), list(rights)
        for start, stop, _, _, _ in row[1:]:
            lefts += glyphs.lefts[start:stop]
            rights += glyphs.rights[start:stop]
            text += glyphs.chars[start:stop]
    return lefts, rights, text


def _height(glyphs: Glyphs, run: Run) -> int:
    heights: Iterator[int] = map(sub, glyphs.bottoms[run.start : run.stop], glyphs.tops[run.start : run.stop])
    return max(heights)


def _from_the_left(lefts: Sequence[int], row: Sequence[Run]) -> Sequence[Run]:
    """The runs from left to right; where one reaches into another, each of their characters for itself."""
    row = sorted(row, key=lambda run: (lefts[run.start], run.start))
    for run, following in pairwise(row):
        last, then = lefts[run.stop - 1], lefts[following.start]
        if last > then or (last == then and run.start > following.start):
            return sorted(_singles(row), key=lambda run: (lefts[run.start], run.start))
    return row


def _singles(row: Sequence[Run]) -> list[Run]:
    return [run._replace(start=place, stop=place + 1) for run in row for place in range(run.start, run.stop)]


def _some_are_near(lefts: Sequence[int], widths: Sequence[int]) -> bool:
    """Tell whether a character stands within a quarter of its width of the one before it."""
    return min([(b - a) * 4 - (width or 1) for a, b, width in zip(lefts, lefts[1:], widths[1:], strict=False)]) < 0


def _once(lefts: Sequence[int], widths: Sequence[int], text: str) -> list[int]:
    """Leave out the second of two equal characters printed over each other: some writers make bold type so."""
    kept: list[int] = []
    for place, char in enumerate(text):
        left, near = lefts[place], max(widths[place], 1)
        for other in kept[-3:]:
            if text[other] == char and (left - lefts[other]) * 4 < near:
                break
        else:
            kept.append(place)
    return kept


def _apart(left: str, right: str, gap: int, size: int) -> bool:
    if is_wide(left) and is_wide(right):
        return gap * 10 > size * 6
    return gap * 10 > size * (2 if left.isascii() and right.isascii() else 3)


def join_lines(texts: Sequence[str]) -> str:
    """Join the lines of one cell or paragraph; words wrap anywhere in Chinese, so no blank comes between.

    >>> join_lines(["十四、资源勘探信息等支", "出"])
    '十四、资源勘探信息等支出'
    >>> join_lines(["local government", "finance"]), join_lines(["1,434.00", "2.00"])
    ('local government finance', '1,434.00 2.00')
    """
    out = ""
    for text in texts:
        if not text:
            continue
        if out and out[-1].isascii() and text[0].isascii():
            letters = out[-1].isalpha() and text[0].isalpha()
            out += " " if letters or (_NUMBER.fullmatch(out) and _NUMBER.fullmatch(text)) else ""
        out += text
    return out
