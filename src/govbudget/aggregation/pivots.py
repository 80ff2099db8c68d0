"""Two axes as a table: rows, columns, and a total in every cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from govbudget.aggregation.codes import line_up, rank
from govbudget.aggregation.names import label_of, names_of
from govbudget.aggregation.rollup import Take, rollup
from govbudget.aggregation.rows import Point, RollupRow
from govbudget.aggregation.stand import BODY
from govbudget.model import AXES, Disclosure


@attrs.frozen(kw_only=True)
class Pivot:
    """A table of totals.

    Attributes:
        by: the axis of the rows and that of the columns.
        rows: the points along the rows, in the order of their tree.
        columns: the points along the columns.
        labels: names of the rows as printed, by point.
        column_labels: the same of the columns.
        cells: the totals, by row and column; a cell where nothing is printed is not there.
    """

    by: tuple[str, str]
    rows: tuple[Point, ...]
    columns: tuple[Point, ...]
    labels: Mapping[Point, str]
    column_labels: Mapping[Point, str]
    cells: Mapping[tuple[Point, Point], RollupRow] = attrs.field(repr=False)

    def fen(self, row: Point, column: Point) -> int | None:
        """Return a total in 分; None where nothing is printed."""
        found = self.cells.get((row, column))
        return found.fen if found is not None else None


def pivot(
    disclosures: Disclosure | Iterable[Disclosure],
    *,
    rows: str = "functional",
    columns: str = "use",
    level: int | None = None,
    column_level: int | None = None,
    take: Take = "leaves",
    **where: Any,
) -> Pivot:
    """Total along two axes at once.

    Args:
        disclosures: one disclosure or many, as for :func:`govbudget.rollup`.
        rows: the axis of the rows.
        columns: the axis of the columns; "year", "stage" and "organization" set disclosures side by side.
        level: rows at this depth only (and the total, level 0).
        column_level: columns at this depth only.
        take: as for :func:`govbudget.rollup`.
        where: where to stand on the other axes.

    Raises:
        GovBudgetError: as :func:`govbudget.rollup`.
    """
    given = (disclosures,) if isinstance(disclosures, Disclosure) else tuple(disclosures)
    found = rollup(given, by=(rows, columns), take=take, **where)
    kept = [
        row
        for row in found
        if _fits(rows, row.key[0], level, total=True) and _fits(columns, row.key[1], column_level, total=False)
    ]
    points = {rank(columns, _code(row.key[1])): row.key[1] for row in kept}
    names = names_of(given)
    return Pivot(
        by=(rows, columns),
        rows=tuple(dict.fromkeys(row.key[0] for row in kept)),
        columns=tuple(points[place] for place in sorted(points)),
        labels={row.key[0]: label_of(rows, _code(row.key[0]), names) for row in kept},
        column_labels={row.key[1]: label_of(columns, _code(row.key[1]), names) for row in kept},
        cells={(row.key[0], row.key[1]): row for row in kept},
    )


def _code(point: Point) -> str:
    return str(getattr(point, "value", point))


def _fits(axis: str, point: Point, level: int | None, *, total: bool) -> bool:
    if level is None or axis not in (*AXES, BODY):
        return True
    depth = len(line_up(axis, _code(point)))
    return depth == level or (total and depth == 0)
