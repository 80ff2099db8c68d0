"""The long table in the formats of other engines: Arrow, Parquet, pandas, Polars, DuckDB, SQLite; and totals on it.

Each needs its extra; nothing of them is loaded before it is used.
"""

from govbudget.aggregation.bulk.arrow import rows_of, to_arrow
from govbudget.aggregation.bulk.duck import to_duckdb
from govbudget.aggregation.bulk.engines import table_cube
from govbudget.aggregation.bulk.frames import to_pandas, to_polars
from govbudget.aggregation.bulk.parquet import read_parquet, write_parquet
from govbudget.aggregation.bulk.sqlite import to_sqlite

__all__ = [
    "read_parquet",
    "rows_of",
    "table_cube",
    "to_arrow",
    "to_duckdb",
    "to_pandas",
    "to_polars",
    "to_sqlite",
    "write_parquet",
]
