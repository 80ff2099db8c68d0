"""Totals as formulas: which figures of a table a total is the sum of, and how a spreadsheet says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govbudget.model import Disclosure
from govbudget.serializers.printed.blocks import Origin
from govbudget.serializers.restate import Spot, spots, sums_of


def table_sums(disclosure: Disclosure) -> list[dict[Origin, list[Origin]]]:
    """Return for each table its totals that hold exactly, with the figures they are the sum of.

    Sums over several tables, and sums that rounding alone makes good, are left out: as a formula they would print
    another figure.
    """
    where: dict[Spot, tuple[int, Origin]] = {}
    for number, table in enumerate(disclosure.tables):
        for i, lane in enumerate(table.lanes):
            for j, line in enumerate(lane.lines):
                for column, spot in enumerate(spots(table, lane, line)):
                    where.setdefault(spot, (number, (i, j, column)))
    found: list[dict[Origin, list[Origin]]] = [{} for _ in disclosure.tables]
    for total, parts in sums_of(disclosure):
        inside = [where[spot] for spot, weight in parts if weight == 1 and spot in where]
        if total in where and len(inside) == len(parts) and {number for number, _ in inside} == {where[total][0]}:
            number, at = where[total]
            found[number][at] = [part for _, part in inside]
    return found


def sum_formula(parts: Sequence[tuple[int, int]], places: int) -> str:
    """Return a formula for a sum of cells, rounded to what is printed: a spreadsheet counts in binary fractions.

    >>> sum_formula([(4, 1), (5, 1), (6, 1), (9, 1)], 2)
    '=ROUND(SUM(B5:B7,B10),2)'
    """
    return f"=ROUND(SUM({','.join(_ranges(sorted(parts, key=lambda cell: (cell[1], cell[0]))))}),{places})"


def _ranges(cells: Sequence[tuple[int, int]]) -> Iterator[str]:
    start = 0
    for index, (row, column) in enumerate(cells):
        if index + 1 < len(cells) and cells[index + 1] == (row + 1, column):
            continue
        first = _name(cells[start])
        yield first if start == index else f"{first}:{_name((row, column))}"
        start = index + 1


def _name(cell: tuple[int, int]) -> str:
    row, column = cell
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
