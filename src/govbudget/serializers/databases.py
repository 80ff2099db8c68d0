"""The long table of figures as the bytes of a file: Parquet, SQLite, DuckDB (:mod:`govbudget.aggregation.bulk`)."""

from __future__ import annotations

import io
import tempfile
from contextlib import closing
from pathlib import Path

from govbudget.aggregation.bulk import to_arrow, to_duckdb
from govbudget.aggregation.bulk.sqlite import sqlite_connection
from govbudget.model import Disclosure
from govbudget.source.extras import need


def write_parquet(disclosure: Disclosure) -> bytes:
    """Write a Parquet file.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    parquet = need("pyarrow.parquet", "arrow", "Parquet")
    out = io.BytesIO()
    parquet.write_table(to_arrow(disclosure), out, compression="zstd")
    return out.getvalue()


def write_sqlite(disclosure: Disclosure) -> bytes:
    """Write a SQLite database.

    Raises:
        AmountError: an amount does not fit the 64 bits of an integer of SQLite.
    """
    with closing(sqlite_connection(disclosure)) as connection:
        return connection.serialize()


def write_duckdb(disclosure: Disclosure) -> bytes:
    """Write a DuckDB database.

    Raises:
        MissingExtra: duckdb or pyarrow is not installed.
    """
    duckdb = need("duckdb", "duckdb", "a DuckDB database")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "budget.duckdb"
        with closing(duckdb.connect(str(file))) as connection:
            to_duckdb(disclosure, connection)
        return file.read_bytes()
