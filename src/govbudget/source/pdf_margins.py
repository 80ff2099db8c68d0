"""Page numbers, running heads and running feet, told apart from what the document says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from govbudget.source.pdf_lines import Line

_PAGE_NUMBER = re.compile(r"[\s\-—–－·.第]*(\d{1,4}|[ivxIVX]{1,6})[\s\-—–－·.页]*(?:[/共]\s*\d{1,4}\s*页?)?")
_DIGITS = re.compile(r"\d+")
_ZONE = 12  # the outer twelfth of a page at its top and at its foot


def split_margins(
    pages: Mapping[int, Sequence[Line]], heights: Mapping[int, int]
) -> tuple[dict[int, list[Line]], list[Line]]:
    """Return the lines of each page without its margins, and the margins.

    A page number is the outermost line of its page and nothing else; a running head is an outermost line that
    stands, digits apart, in the same words on at least three pages and on a third of all.
    """
    edges = {page: _outermost(lines, heights[page]) for page, lines in pages.items()}
    seen = Counter(key for outer in edges.values() for key in {_key(line) for line in outer})
    often = max(3, len(pages) // 3)
    kept: dict[int, list[Line]] = {}
    margins: list[Line] = []
    for page, lines in pages.items():
        gone = {
            line
            for line in edges[page]
            if _PAGE_NUMBER.fullmatch(line.text) or (seen[_key(line)] >= often and len(line.text) <= 80)
        }
        kept[page] = [line for line in lines if line not in gone]
        margins.extend(line for line in lines if line in gone)
    return kept, margins


def _outermost(lines: Sequence[Line], height: int) -> list[Line]:
    if not lines:
        return []
    found = []
    top, foot = min(lines, key=lambda line: line.base), max(lines, key=lambda line: line.base)
    if top.base < height // _ZONE + top.size:
        found.append(top)
    room = foot.size if foot is not top else 0
    if foot.base > height - height // _ZONE - room and foot not in found:
        found.append(foot)
    return found


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text)
