"""From glyphs to lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

import attrs

from govbudget.source.pdf_marks import Glyph

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_NUMBER = re.compile(r"[-−]?[\d,，]*\.\d{2,}|[-−]?\d{1,3}(?:,\d{3})+")


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
    for glyph in sorted(glyphs, key=attrgetter("base", "x0")):
        x0, y0, x1, y1, base, _, _ = glyph
        size = max(x1 - x0, y1 - y0)
        # half a character down is a new line; a comma or a smaller digit stands on the same base line
        if rows and base - first <= max(size, first_size) * 4 // 10:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            first, first_size = base, size
    return [_line(sorted(row, key=attrgetter("x0", "order")), page) for row in rows]


def _line(row: list[Glyph], page: int) -> Line:
    row = _once(row)
    wide = sorted(g.x1 - g.x0 for g in row if is_wide(g.char))
    # The boxes of Latin letters are of unequal widths; their height, or the width of a Chinese character, is the size.
    size = wide[len(wide) // 2] if wide else max(g.y1 - g.y0 for g in row)
    out: list[str] = []
    last: Glyph | None = None
    parted = False
    for glyph in row:
        if last is not None and _apart(last, glyph, size):
            out.append(" ")
            parted = parted or glyph.x0 - last.x1 > 5 * size
        out.append(glyph.char)
        last = glyph
    return Line(
        text="".join(out),
        x0=row[0].x0,
        x1=max(g.x1 for g in row),
        base=row[0].base,
        size=size,
        page=page,
        order=min(g.order for g in row),
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


def _apart(left: Glyph, right: Glyph, size: int) -> bool:
    gap = right.x0 - left.x1
    if is_wide(left.char) and is_wide(right.char):
        return gap * 10 > size * 6
    return gap * 10 > size * (2 if left.char.isascii() and right.char.isascii() else 3)


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
