"""Disclosures as a SQLite database, for everyone who has one: no extra is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from os import PathLike

from govbudget.aggregation.bulk.sql import tables, views
from govbudget.aggregation.bulk.trees import tree_rows
from govbudget.aggregation.long import NAMES, long_rows
from govbudget.atomic import write_whole
from govbudget.errors import AmountError
from govbudget.model import Disclosure


def sqlite_connection(disclosures: Disclosure | Iterable[Disclosure]) -> sqlite3.Connection:
    """Return a database in memory that holds the figures, trees and views of :mod:`govbudget.aggregation.bulk.sql`.

    Raises:
        AmountError: an amount does not fit the 64 bits of an integer of SQLite.

    >>> from govbudget.model import Disclosure, Organization, Scope, Stage
    >>> empty = Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    >>> sqlite_connection(empty).execute("SELECT name FROM fund_nodes WHERE code = 'all'").fetchone()
    ('合计',)
    """
    rows = list(long_rows(disclosures))
    connection = sqlite3.connect(":memory:")
    for statement in tables("INTEGER"):
        connection.execute(statement)
    marks = ", ".join("?" * len(NAMES))
    try:
        connection.executemany(f"INSERT INTO figures VALUES ({marks})", rows)
    except OverflowError as error:
        raise AmountError("an amount is too large for SQLite", hint="DuckDB holds 128 bits: to_duckdb()") from error
    for tree in tree_rows(rows):
        connection.executemany(f"INSERT INTO {tree.axis}_nodes VALUES (?, ?, ?, ?)", tree.nodes)
        connection.executemany(f"INSERT INTO {tree.axis}_closure VALUES (?, ?, ?)", tree.closure)
    for statement in views():
        connection.execute(statement)
    connection.commit()
    return connection


def to_sqlite(disclosures: Disclosure | Iterable[Disclosure], path: str | PathLike[str]) -> None:
    """Write disclosures to a SQLite file; whole or not at all, and in place of what was there.

    Raises:
        AmountError: an amount does not fit the 64 bits of an integer of SQLite.
        SourceError: the file cannot be written.
    """
    with closing(sqlite_connection(disclosures)) as connection:
        write_whole(path, connection.serialize())
