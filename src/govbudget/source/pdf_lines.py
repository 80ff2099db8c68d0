"""From glyphs to lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter, sub

import attrs

from govbudget.source.pdf_glyphs import Glyph

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_NUMBER = re.compile(r"[-−]?[\d,，]*\.\d{2,}|[-−]?\d{1,3}(?:,\d{3})+")
_BY_LINE = itemgetter(4, 0)  # base, x0
_BY_PLACE = itemgetter(0, 6)  # x0, order


@attrs.frozen(kw_only=True)
class Line:
    """A line of text and where it stands, in hundredths of a point; ``parted`` if a wide gap runs through it."""

    text: str
    x0: int
    x1: int
    base: int
    size: int
    page: int
    order: int
    parted: bool = False


@lru_cache(maxsize=20_000)
def is_wide(char: str) -> bool:
    """Tell whether a character is Chinese, or punctuation as wide as that."""
    return bool(_WIDE.match(char))


def lines_of(glyphs: Iterable[Glyph], page: int = 0) -> list[Line]:
    """Put glyphs, given in the order of the content, into lines, from top to bottom and from left to right."""
    rows: list[tuple[list[Glyph], bool]] = []
    row: list[Glyph] = []
    first, first_size, level = 0, 0, True
    for glyph in sorted(glyphs, key=_BY_LINE):
        base = glyph[4]
        if base != first or not row:
            x0, y0, x1, y1, _, _, _ = glyph
            size = max(x1 - x0, y1 - y0)
            # half a character down is a new line; a comma or a smaller digit stands on the same base line
            if not row or base - first > max(size, first_size) * 4 // 10:
                if row:
                    rows.append((row, level))
                row, first, first_size, level = [], base, size, True
            else:
                level = False
        row.append(glyph)
    if row:
        rows.append((row, level))
    # Those of one base line are in order already.
    return [_line(row if level else sorted(row, key=_BY_PLACE), page) for row, level in rows]


def _line(row: list[Glyph], page: int) -> Line:
    lefts, tops, rights, bottoms, bases, chars, orders = zip(*row, strict=True)
    if len(row) > 1 and min(map(sub, lefts[1:], lefts)) * 4 < max(1, *map(sub, rights, lefts)):
        lefts, tops, rights, bottoms, bases, chars, orders = zip(*_once(row), strict=True)  # some stand very near
    text = "".join(chars)
    wide = [] if text.isascii() else sorted([rights[m.start()] - lefts[m.start()] for m in _WIDE.finditer(text)])
    # The boxes of Latin letters are of unequal widths; their height, or the width of a Chinese character, is the size.
    size = wide[len(wide) // 2] if wide else max(map(sub, bottoms, tops))
    parted = False
    gaps = list(map(sub, lefts[1:], rights))
    if gaps and 5 * max(gaps) > size:
        out: list[str] = [chars[0]]
        for i, gap in enumerate(gaps, 1):
            if gap * 5 > size and _apart(chars[i - 1], chars[i], gap, size):
                out.append(" ")
                parted = parted or gap > 5 * size
            out.append(chars[i])
        text = "".join(out)
    return Line(
        text=text,
        x0=lefts[0],
        x1=max(rights),
        base=bases[0],
        size=size,
        page=page,
        order=min(orders),
        parted=parted,
    )


def _once(row: list[Glyph]) -> list[Glyph]:
    """Drop the second of two equal characters printed over each other: some writers make bold type so."""
    kept: list[Glyph] = []
    for glyph in row:
        x0, char, near = glyph.x0, glyph.char, max(glyph.x1 - glyph.x0, 1)
        for other in kept[-3:]:
            if other.char == char and abs(other.x0 - x0) * 4 < near:
                break
        else:
            kept.append(glyph)
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
