"""One door for totals over many axes, whatever holds the money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from govbudget.aggregation.cubes import Cube, cube_of
from govbudget.aggregation.lattice import Up
from govbudget.aggregation.rollup import rollup
from govbudget.model import Disclosure

_TABLES = {"pyarrow", "pandas", "polars", "duckdb", "_duckdb"}


def cube(
    source: Any,
    *,
    by: str | Sequence[str],
    amount: str | None = None,
    trees: Mapping[str, Up] | None = None,
    **where: Any,
) -> Cube:
    """Total money at every level of several axes, as plain integers in 分.

    Args:
        source: disclosures, of which each 分 counts once, as in :func:`govbudget.rollup`; a table of pyarrow, pandas,
            Polars or DuckDB (a long table the same way); or any objects that are separate money.
        by: the axes, columns or attributes.
        amount: for tables and objects, where the amount stands.
        trees: for axes with trees of your own, the word above each word.
        where: for disclosures and tables, where to stand on the other axes.

    Raises:
        GovBudgetError: as :func:`govbudget.rollup`, :func:`govbudget.aggregation.bulk.table_cube` or
            :func:`govbudget.aggregation.cube_of`.

    >>> from govbudget.testing import Leaf
    >>> from govbudget.model import Use
    >>> cube([Leaf(functional="2012950", use=Use.PROJECT, fen=5)], by=("functional", "use"))["201", Use.ALL]
    5
    """
    axes = (by,) if isinstance(by, str) else tuple(by)
    if type(source).__module__.partition(".")[0] in _TABLES:
        from govbudget.aggregation.bulk import table_cube

        return table_cube(source, by=axes, amount=amount, trees=trees, **where)
    if isinstance(source, Disclosure):
        return _of_disclosures([source], axes, where)
    items = source if isinstance(source, Sequence) else list(source)
    if items and isinstance(items[0], Disclosure):
        return _of_disclosures(items, axes, where)
    return cube_of(items, by=axes, amount=amount or "fen", trees=trees)


def _of_disclosures(given: Iterable[Disclosure], axes: tuple[str, ...], where: Mapping[str, Any]) -> Cube:
    cells = {
        tuple(str(getattr(point, "value", point)) for point in row.key): row.fen
        for row in rollup(given, by=axes, **where)
    }
    return Cube.of(axes, cells)
