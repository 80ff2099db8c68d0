"""What people see as the same text: widths, spaces and brackets folded, with the way back to the source.

Published documents mix ``（）`` with ``()``, full-width digits with half-width ones, and put blanks and line
breaks inside words (``国有资本经 营预算``). Everything that compares names compares their *folded* forms; everything
that reports a place goes back through :class:`Folded`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

import attrs

# Full-width ASCII block U+FF01..U+FF5E to ASCII, plus a few look-alikes that the block does not hold.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOOK_ALIKE = {
    ord("−"): "-",  # minus sign
    ord("–"): "-",  # en dash
    ord("﹣"): "-",
    ord("﹪"): "%",
    ord("﹐"): ",",
    ord("﹒"): ".",
    ord("“"): '"',
    ord("”"): '"',
    ord("＂"): '"',
    ord("〃"): '"',
    ord("‘"): "'",
    ord("’"): "'",
    ord("〔"): "(",
    ord("〕"): ")",
    ord("﹙"): "(",
    ord("﹚"): ")",
}
_FOLD = {**{chr(k): chr(v) for k, v in _WIDTH.items()}, **{chr(k): v for k, v in _LOOK_ALIKE.items()}}

_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、](?!\d)|\(\d{1,2}\)|其中:)+"
)

# White space of every kind, and marks without width (zero-width space, byte-order mark, soft hyphen).
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_FOLD_AND_HIDE = {**_FOLD, **dict.fromkeys(_INVISIBLE, "")}
# Few characters of a text are others when folded: to look for them takes half as long as to look every one up.
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_FOLDED_OR_HIDDEN = re.compile(f"[{re.escape(''.join(_FOLD_AND_HIDE))}]")
_SHOWN = re.compile(rf"[^\s{''.join(sorted(_INVISIBLE))}]+")
_NAME = 100  # the names of subjects and columns are shorter, and come again and again


def is_blank(char: str) -> bool:
    """Tell whether ``char`` shows nothing: white space (also 　) or a mark without width."""
    return char.isspace() or char in _INVISIBLE


def fold(text: str) -> str:
    """Return the folded form of ``text``: ASCII widths, plain quotes and brackets, no blanks at all.

    >>> fold("维修（护）费") == fold("维修 (护)费")
    True
    >>> fold("国有资本经 营预算")
    '国有资本经营预算'
    """
    return _folded_name(text) if len(text) <= _NAME else _folded(text)


def _folded(text: str) -> str:
    return "".join(_FOLDED_OR_HIDDEN.sub(lambda char: _FOLD_AND_HIDE[char[0]], text).split())


_folded_name = lru_cache(maxsize=8192)(_folded)


@attrs.frozen
class Folded:
    """A folded text that remembers where each of its characters stood.

    Attributes:
        text: the folded text.
        origin: for each character of ``text`` its offset in the source.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Return the source span (start, stop) of ``text[start:stop]``; empty spans stand where they stood."""
        if start >= stop:
            at = self.origin[start] if start < len(self.origin) else (self.origin[-1] + 1 if self.origin else 0)
            return (at, at)
        return (self.origin[start], self.origin[stop - 1] + 1)

    def index(self, offset: int) -> int:
        """Return the index of the first folded character that stands at or after source ``offset``."""
        return bisect_left(self.origin, offset)


def fold_spans(text: str, offset: int = 0, *, drop: str = "") -> Folded:
    """Fold ``text`` as :func:`fold` does, but keep one blank between two ASCII words, and keep the way back.

    Args:
        text: the source text.
        offset: where ``text`` stands in its document.
        drop: further characters to leave out (emphasis marks of Markdown, say).

    >>> folded = fold_spans("共 1,147.95 万元", 10)
    >>> folded.text, folded.span(1, 9)
    ('共1,147.95万元', (12, 20))
    """
    out = ""
    origin: list[int] = []
    narrow = _FOLDED.sub(lambda char: _FOLD[char[0]], text)
    dropped = frozenset([char for char in drop if char in narrow])
    blank = 0  # where the blank began that stands before the coming word
    for word in _SHOWN.finditer(narrow):
        shown = word[0]
        places: Sequence[int] = range(word.start() + offset, word.end() + offset)
        if dropped and not dropped.isdisjoint(shown):
            kept = [(char, place) for char, place in zip(shown, places, strict=True) if char not in dropped]
            shown, places = "".join([char for char, _ in kept]), [place for _, place in kept]
            if not shown:
                continue
        # Two numbers or Latin words side by side must not grow together into one.
        if out and shown[0].isascii() and shown[0].isalnum() and _ends_word(out[-1]):
            out += " "
            origin.append(offset + blank)
        out += shown
        origin.extend(places)
        blank = word.end()
    return Folded(out, tuple(origin))


def _ends_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ".%")


def squeeze(text: str) -> str:
    """Return ``text`` without blanks, widths and brackets as printed.

    >>> squeeze("维修（护） 费")
    '维修（护）费'
    """
    shown = "".join(text.split())
    return shown if _INVISIBLE.isdisjoint(shown) else "".join([c for c in shown if c not in _INVISIBLE])


def unnumbered(folded: str) -> str:
    """Return a folded label without the numbering before it.

    >>> unnumbered("一、(二)教育支出"), unnumbered("其中:1.基本工资"), unnumbered("1.5")
    ('教育支出', '基本工资', '1.5')
    """
    return _NUMBERING.sub("", folded)
