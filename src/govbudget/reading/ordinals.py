"""Numbers that only count lines and columns (行次, 栏次): part of the form, never money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from govbudget.source import Grid, GridCell
from govbudget.text import fold

_HEADER_ROWS = 4
_LINE_NUMBER = "行次"
_COLUMN_NUMBER = "栏次"
CODE_PARTS = frozenset("类款项")
"""Words over the parts of a code; they may share a row with the numbers of the columns."""
_COUNT = re.compile(r"\d{1,3}")
_LEAST = 3  # so many cells in step make a row without the word 栏次 a row of column numbers


def line_number_columns(grid: Grid) -> tuple[int, ...]:
    """Return the columns that number the lines: those with 行次 in their header."""
    return tuple(
        column
        for column in range(len(grid.rows[0]))
        if any(fold(row[column].text) == _LINE_NUMBER for row in grid.rows[:_HEADER_ROWS])
    )


def is_column_numbers(row: Sequence[GridCell]) -> bool:
    """Tell whether a row numbers the columns: 栏次 and 1, 2, 3 …, or nothing but 1, 2, 3 … in every cell.

    >>> is_column_numbers([GridCell(text, 0) for text in ("栏次", "", "1", "栏次", "", "2")])
    True
    >>> is_column_numbers([GridCell(text, 0) for text in ("1", "2", "4")])
    False
    """
    texts = []
    for cell in row:
        text = fold(cell.text).replace("*", "")
        if text and text != _COLUMN_NUMBER and text not in CODE_PARTS and not _COUNT.fullmatch(text):
            return False  # most rows say so in their first cell
        texts.append(text)
    counts = [text for text in texts if text and text != _COLUMN_NUMBER and text not in CODE_PARTS]
    in_step = all(int(b) == int(a) + 1 for a, b in pairwise(counts))
    if _COLUMN_NUMBER in texts:
        return in_step
    return in_step and len(counts) == len(texts) >= _LEAST and counts[0] == "1"


def ordinal_spans(grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of lines and columns stand in the source."""
    numbering = line_number_columns(grid)
    for row in grid.rows:
        if is_column_numbers(row):
            yield from (cell.span for cell in row if cell.text.strip())
        else:
            yield from (row[column].span for column in numbering if _COUNT.fullmatch(fold(row[column].text)))
