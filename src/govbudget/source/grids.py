"""Rows of unequal length made into a grid; shared by the formats."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.errors import SourceError
from govbudget.source.model import Grid, GridCell

MAX_CELLS = 500_000  # a unit's eleven tables have about 800; more than this is no budget but an attack or a mistake


def make_grid(rows: Sequence[Sequence[GridCell]], lines: Sequence[int]) -> Grid:
    """Pad ``rows`` with blank cells to one width and note which were ragged against the commonest width.

    Raises:
        SourceError: padded, the grid would have more than :data:`MAX_CELLS` cells.
    """
    width = max(len(row) for row in rows)
    if width * len(rows) > MAX_CELLS:
        raise SourceError(
            f"a table of {len(rows)} rows and {width} columns is too large to be a budget table",
            place=f"line {lines[0]}",
            hint="split the file, or take out what is no budget",
        )
    lengths = [len(row) for row in rows]
    usual = max(sorted(set(lengths), reverse=True), key=lengths.count)
    padded = tuple(tuple(row) + (_after(row),) * (width - len(row)) for row in rows)
    ragged = tuple(index for index, length in enumerate(lengths) if length != usual)
    return Grid(padded, tuple(lines), ragged)


def _after(row: Sequence[GridCell]) -> GridCell:
    last = row[-1] if row else GridCell("", 0)
    return GridCell("", last.start + len(last.text))
