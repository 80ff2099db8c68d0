"""The rows of a grid as headers and as lines, where one row is both, or where a list runs over two blocks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from govbudget.reading.headers import Match, amount_columns, label_columns, shared_line
from govbudget.reading.ordinals import CODE_PARTS, is_column_numbers
from govbudget.source import Grid, GridCell
from govbudget.text import fold

Row = Sequence[GridCell]


def plain(cell: GridCell) -> str:
    """Return the text of a cell without emphasis."""
    return cell.text.replace("*", "")


def header_rows(grid: Grid, match: Match) -> list[Row]:
    """Return the rows of the header; cells that belong to the totals line, or number the columns, are blank."""
    rows: list[Row] = list(grid.rows[: match.header_rows])
    if match.shared:
        rows[-1] = _kept(rows[-1], [not mine for mine in shared_line([plain(cell) for cell in rows[-1]])])
    return [
        _kept(row, [fold(plain(cell)) in CODE_PARTS for cell in row]) if is_column_numbers(row) else row for row in rows
    ]


def line_rows(grid: Grid, match: Match) -> list[Row]:
    """Return the rows as lines: each holds only what belongs to lines, and each label stands with its figures."""
    rows: list[Row] = list(grid.rows)
    if match.shared:
        last = match.header_rows - 1
        rows[last] = _kept(rows[last], shared_line([plain(cell) for cell in rows[last]]))
    if not any(lane.continues for lane in match.spec.lanes[1:]):
        return rows
    return [_with_its_total(row, match) for row in rows]


def _kept(row: Row, wanted: Sequence[bool]) -> Row:
    return [cell if keep else attrs.evolve(cell, text="") for cell, keep in zip(row, wanted, strict=True)]


def _with_its_total(row: Row, match: Match) -> Row:
    """Move the label of a totals line that stands under the first block of a list to the block of its figure."""
    cells = list(row)
    lanes = list(zip(match.spec.lanes, match.columns, strict=True))
    for (spec, own), (following, others) in pairwise(lanes):
        if not following.continues:
            continue
        totals = {fold(label) for label in spec.totals}
        said = next((i for i in label_columns(own) if fold(plain(cells[i])) in totals), None)
        figures = [plain(cells[i]).strip() for i, _ in amount_columns(own)]
        free = all(not plain(cells[i]).strip() for i in label_columns(others))
        if said is not None and not any(figures) and free:
            target = label_columns(others)[0]
            cells[target], cells[said] = cells[said], attrs.evolve(cells[said], text="")
    return cells
