"""Text that a page holds and does not show: what a spreadsheet printed whole on each of two pages, cut by their edges.

A text box that goes over a page break is often drawn twice, once a page, moved up by the height of what came before;
the upper part then stands above the second page, the lower part below the visible part of the first. Readers see each
line once, programs find it twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govbudget.source.pdf_lines import Line

_MOST_LINES = 1_000  # of a page; what has more is no page of a budget, and is not compared line by line
_SAME_PLACE = 100  # hundredths of a point


def within_pages(
    lines: Mapping[int, Sequence[Line]], heights: Mapping[int, int]
) -> tuple[dict[int, list[Line]], list[tuple[int, str]]]:
    """Leave out lines that stand beyond the edge of their page, and the lines that the page before repeats.

    Args:
        lines: the lines of each page.
        heights: the height of each page, in hundredths of a point.

    Returns:
        The lines that are shown, and the page and text of each line beyond an edge that no page shows.
    """
    shown = {page: [line for line in own if _inside(line, heights[page])] for page, own in lines.items()}
    if all(len(shown[page]) == len(own) for page, own in lines.items()):
        return shown, []
    for page, own in lines.items():
        if page + 1 in lines and (down := _moved(own, lines[page + 1])) is not None:
            again = {(line.text, line.x0, line.base + down) for line in shown[page + 1]}
            shown[page] = [line for line in shown[page] if not _is_among(line, again)]
    everywhere = {line.text for own in shown.values() for line in own}
    lost = [
        (page, line.text)
        for page, own in lines.items()
        for line in own
        if not _inside(line, heights[page]) and line.text not in everywhere
    ]
    return shown, lost


def _inside(line: Line, height: int) -> bool:
    return line.base > 0 and line.base - line.size < height


def _moved(own: Sequence[Line], following: Sequence[Line]) -> int | None:
    """How far down a page holds the lines that stand above the next page; ``None`` where it does not hold them all."""
    above = [line for line in following if line.base <= 0]
    if not above or max(len(own), len(following)) > _MOST_LINES:
        return None
    first = next(_places(own, above[0]), None)
    if first is None:
        return None
    down = first - above[0].base
    held = all(any(abs(place - line.base - down) <= _SAME_PLACE for place in _places(own, line)) for line in above)
    return down if held else None


def _places(lines: Sequence[Line], wanted: Line) -> Iterator[int]:
    return (line.base for line in lines if line.text == wanted.text and abs(line.x0 - wanted.x0) <= _SAME_PLACE)


def _is_among(line: Line, others: set[tuple[str, int, int]]) -> bool:
    return any(
        line.text == text and abs(line.x0 - x0) <= _SAME_PLACE and abs(line.base - base) <= _SAME_PLACE
        for text, x0, base in others
    )
