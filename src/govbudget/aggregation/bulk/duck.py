"""Disclosures as a DuckDB database: amounts as integers of 128 bits, and the views that SQLite has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from govbudget.aggregation.bulk.arrow import arrow, rows_of, to_arrow
from govbudget.aggregation.bulk.sql import tables, views
from govbudget.aggregation.bulk.trees import tree_rows
from govbudget.aggregation.long import COLUMNS, Kind
from govbudget.model import Disclosure
from govbudget.source.extras import need

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped,unused-ignore]


def to_duckdb(source: Disclosure | Iterable[Disclosure] | pyarrow.Table, connection: Any = None) -> Any:
    """Put the figures, trees and views of :mod:`govbudget.aggregation.bulk.sql` into a DuckDB database.

    Args:
        source: the disclosures, or their long table as Arrow.
        connection: a connection of DuckDB, ``duckdb.connect("budgets.duckdb")``; a new one in memory by default.

    Returns:
        The connection.

    Raises:
        MissingExtra: duckdb or pyarrow is not installed.

    >>> from govbudget.model import Disclosure, Organization, Scope, Stage
    >>> empty = Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    >>> to_duckdb(empty).execute("SELECT name FROM fund_nodes WHERE code = 'all'").fetchone()
    ('合计',)
    """
    duckdb = need("duckdb", "duckdb", "a DuckDB database")
    pa = arrow()
    long = source if isinstance(source, pa.Table) else to_arrow(source)
    found = duckdb.connect() if connection is None else connection
    for statement in tables("HUGEINT"):
        found.execute(statement)
    found.register("_long", long)
    columns = (f"CAST({_fen(c.name)} * 100 AS HUGEINT)" if c.kind is Kind.FEN else c.name for c in COLUMNS)
    found.execute(f"INSERT INTO figures SELECT {', '.join(columns)} FROM _long")
    found.unregister("_long")
    for tree in tree_rows(rows_of(long)):
        _fill(found, pa, f"{tree.axis}_nodes", ("code", "parent", "level", "name"), tree.nodes)
        _fill(found, pa, f"{tree.axis}_closure", ("code", "above", "steps"), tree.closure)
    for statement in views():
        found.execute(statement)
    return found


def _fen(name: str) -> str:
    return "CAST(amount AS DECIMAL(38, 2))" if name == "fen" else name


def _fill(connection: Any, pa: Any, name: str, columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> None:
    kinds = {"level": pa.int32(), "steps": pa.int32()}
    data = {c: pa.array([row[i] for row in rows], kinds.get(c, pa.string())) for i, c in enumerate(columns)}
    connection.register("_rows", pa.table(data))
    connection.execute(f"INSERT INTO {name} SELECT * FROM _rows")
    connection.unregister("_rows")
