"""Tables for a terminal, in letters of one width."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def text_table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as text: the first column to the left, the others to the right, a line under the first row.

    >>> print(text_table([["名称", "数"], ["甲", "12"]]))
    名称  数
    --------
    甲    12
    """
    sizes = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [_padded(row[0], sizes[0], right=False)]
        cells += [_padded(cell, size, right=True) for cell, size in zip(row[1:], sizes[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([lines[0], "-" * (sum(sizes) + 2 * (len(sizes) - 1)), *lines[1:]])


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, size: int, *, right: bool) -> str:
    blanks = " " * (size - _width(text))
    return blanks + text if right else text + blanks
