"""The long table to and from Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govbudget.aggregation.bulk.arrow import arrow, checked, schema, to_arrow
from govbudget.atomic import write_whole
from govbudget.errors import FormatError, SourceError
from govbudget.model import Disclosure
from govbudget.source.extras import need

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped,unused-ignore]


def write_parquet(source: Disclosure | Iterable[Disclosure] | pyarrow.Table, path: str | PathLike[str]) -> None:
    """Write the long table of disclosures, or one at hand, to a Parquet file; whole or not at all.

    Raises:
        MissingExtra: pyarrow is not installed.
        SourceError: the file cannot be written.
    """
    pa = arrow()
    table = source if isinstance(source, pa.Table) else to_arrow(source)
    parquet = need("pyarrow.parquet", "arrow", "Parquet")
    sink = io.BytesIO()
    parquet.write_table(table, sink, compression="zstd")
    write_whole(path, sink.getvalue())


def read_parquet(*paths: str | PathLike[str]) -> Any:
    """Read long tables from Parquet files, one after another, as one ``pyarrow.Table``.

    Raises:
        MissingExtra: pyarrow is not installed.
        SourceError: a file cannot be read or is no Parquet.
        FormatError: a file holds no long table; the message names file and column.
    """
    pa = arrow()
    parquet = need("pyarrow.parquet", "arrow", "Parquet")
    found = []
    for path in paths:
        try:
            found.append(checked(parquet.read_table(Path(path), partitioning=None), place=str(path)))
        except FormatError:
            raise
        except OSError as error:
            raise SourceError("the file cannot be read", place=str(path), hint=str(error)) from error
        except pa.ArrowException as error:
            raise SourceError("the file is no Parquet", place=str(path), hint=str(error)) from error
    table = pa.concat_tables(found).unify_dictionaries() if found else schema().empty_table()
    return table.replace_schema_metadata(schema().metadata)
