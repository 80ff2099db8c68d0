"""Headers that lost their width: 收入 and 支出 over three columns each, copied as two cells side by side."""

from __future__ import annotations

import attrs

from govbudget.source import Grid, GridCell
from govbudget.text import fold

_DEEP = 3  # rows at the top that may be headers over others


def widened(grid: Grid) -> Grid:
    r"""Put the cells of a header row that is too short over the columns they belong to, where the row below says which.

    It says so where it is the same words several times over (项目 行次 金额 项目 行次 金额), as many times as the short
    row has cells. Anything else stays as it is.

    >>> from govbudget.source import open_document
    >>> text = "收入\t\t支出\n项目\t行次\t金额\t项目\t行次\t金额\n甲\t1\t2.00\t乙\t29\t2.00\n"
    >>> [cell.text for cell in widened(open_document(text.encode()).blocks[0]).rows[0]]
    ['收入', '', '', '支出', '', '']
    """
    rows = list(grid.rows)
    for index in range(min(_DEEP, len(rows) - 1)):
        row = rows[index]
        filled = [cell for cell in row if cell.text.strip()]
        times = len(filled)
        if index not in grid.ragged or times < 2 or len(row) % times:
            continue
        width = len(row) // times
        below = [fold(cell.text) for cell in rows[index + 1]]
        if width < 2 or below != below[:width] * times or not all(below) or len(set(below[:width])) < width:
            continue
        blank = GridCell("", row[-1].start, row[-1].page)
        rows[index] = tuple(filled[i // width] if i % width == 0 else blank for i in range(len(row)))
    return grid if rows == list(grid.rows) else attrs.evolve(grid, rows=tuple(rows))
