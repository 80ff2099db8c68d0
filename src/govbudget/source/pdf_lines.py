"""From glyphs to lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter, sub

import attrs

from govbudget.source.pdf_marks import Glyph

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
    """Put glyphs into lines, from top to bottom and from left to right."""
    rows: list[list[Glyph]] = []
    first, first_size = 0, 0
    for glyph in sorted(glyphs, key=_BY_LINE):
        x0, y0, x1, y1, base, _, _ = glyph
        size = max(x1 - x0, y1 - y0)
        # half a character down is a new line; a comma or a smaller digit stands on the same base line
        if rows and base - first <= max(size, first_size) * 4 // 10:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            first, first_size = base, size
    return [_line(sorted(row, key=_BY_PLACE), page) for row in rows]


def _line(row: list[Glyph], page: int) -> Line:
    row = _once(row)
    lefts, tops, rights, bottoms, bases, chars, orders = zip(*row, strict=True)
    wide = sorted([rights[i] - lefts[i] for i, char in enumerate(chars) if is_wide(char)])
    # The boxes of Latin letters are of unequal widths; their height, or the width of a Chinese character, is the size.
    size = wide[len(wide) // 2] if wide else max(map(sub, bottoms, tops))
    out: list[str] = [chars[0]]
    parted = False
    for i in range(1, len(row)):
        gap = lefts[i] - rights[i - 1]
        if gap * 5 > size and _apart(chars[i - 1], chars[i], gap, size):
            out.append(" ")
            parted = parted or gap > 5 * size
        out.append(chars[i])
    return Line(
        text="".join(out),
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
    if len({glyph.char for glyph in row}) == len(row):
        return row
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
