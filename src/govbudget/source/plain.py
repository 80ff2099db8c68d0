"""Plain text in which tables are lines of cells set apart by tabs."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.source.grids import make_grid
from govbudget.source.model import Block, Document, Grid, Paragraph, make_cells


def read_plain(text: str, name: str) -> Document:
    r"""Take plain text apart: lines with tabs are rows of a grid, blank lines end it, other lines are paragraphs.

    A line without a tab between two rows is a row of one cell: trailing tabs are easily lost.

    >>> [type(b).__name__ for b in read_plain("单位：万元\n\n项目\t预算数\n合计\t1.00\n", "a.txt").blocks]
    ['Paragraph', 'Grid']
    """
    blocks: list[Block] = []
    for run in _runs(text):
        tabbed = [index for index, (_, _, line) in enumerate(run) if "\t" in line]
        if not tabbed:
            blocks.extend(_paragraph(*item) for item in run)
            continue
        first, last = tabbed[0], tabbed[-1]
        blocks.extend(_paragraph(*item) for item in run[:first])
        blocks.append(_grid(run[first : last + 1]))
        blocks.extend(_paragraph(*item) for item in run[last + 1 :])
    return Document(name, text, tuple(blocks))


_Line = tuple[int, int, str]  # number, offset, text


def _runs(text: str) -> Iterator[list[_Line]]:
    """Yield the runs of lines between blank lines."""
    run: list[_Line] = []
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if line.strip():
            run.append((number, offset, line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")))
        elif "\t" in line and run and "\t" in run[-1][2]:
            run.append((number, offset, line.rstrip("\r\n")))  # a row of blank cells is still a row
        elif run:
            yield run
            run = []
        offset += len(line)
    if run:
        yield run


def _paragraph(number: int, offset: int, line: str) -> Paragraph:
    lead = len(line) - len(line.lstrip())
    return Paragraph(line.strip(), offset + lead, number)


def _grid(run: list[_Line]) -> Grid:
    rows = [make_cells(line.split("\t"), offset) for _, offset, line in run]
    return make_grid(rows, [number for number, _, _ in run])
