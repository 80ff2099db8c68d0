"""``govbudget query``: ask budgets in SQL."""

from __future__ import annotations

import argparse
import csv
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

from govbudget.cli.common import CLEAN, add_common
from govbudget.errors import GovBudgetError

if TYPE_CHECKING:
    from govbudget.cli.common import Commands

_EPILOG = """tables: figures, <axis>_nodes, <axis>_closure
views:  documents, leaves, spending_by_function, spending_by_use, spending_by_fund, basic_by_economic, revenue_by_fund
        (amounts: fen, low, high, whole 分)

example:
  govbudget query *.json "SELECT organization, fen FROM spending_by_function WHERE level = 0 ORDER BY fen DESC"
"""


def add_to(commands: Commands) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "query",
        help="ask budgets in SQL",
        description="Put disclosures into a database and ask it in SQL, or keep it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="published documents, or our JSON; then the SQL")
    parser.add_argument("--sql", metavar="SQL", help="the query, where it is not the last argument")
    parser.add_argument("--engine", choices=("sqlite", "duckdb"), default="sqlite", help="default: sqlite")
    parser.add_argument("--save", metavar="DB", help="keep the database of SQLite in this file, and ask nothing")
    parser.add_argument("--csv", action="store_true", help="write CSV")
    add_common(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read all files, fill the database, ask."""
    from govbudget.aggregation.bulk import to_duckdb, to_sqlite
    from govbudget.aggregation.bulk.sqlite import sqlite_connection
    from govbudget.cli.total import read_all

    files = list(arguments.files)
    sql = arguments.sql or ("" if arguments.save else files.pop())
    if not files:
        raise GovBudgetError("no file is given", hint='govbudget query FILE … "SELECT …"')
    given, status = read_all(files, arguments.layout)
    if status != CLEAN:
        return status
    if arguments.save:
        to_sqlite(given, arguments.save)
        print(f"{arguments.save}: {len(given)} disclosures")
        return CLEAN
    connection: Any = to_duckdb(given) if arguments.engine == "duckdb" else sqlite_connection(given)
    with closing(connection):
        try:
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchall() if names else []
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise GovBudgetError(f"the query fails: {error}", hint="govbudget query --help lists tables") from error
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in {"duckdb", "_duckdb"}:
                raise
            raise GovBudgetError(f"the query fails: {error}", hint="govbudget query --help lists tables") from error
    _write(names, rows, as_csv=arguments.csv)
    return CLEAN


def _write(names: list[str], rows: list[tuple[Any, ...]], *, as_csv: bool) -> None:
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
        return
    from rich.markup import escape
    from rich.table import Table

    from govbudget.reports.terminal import write

    grid = Table(box=None, pad_edge=False, header_style="cyan")
    for index, name in enumerate(names):
        numbers = all(isinstance(row[index], int | type(None)) for row in rows)
        grid.add_column(escape(name), justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(_shown(value) for value in row))
    write(grid)


def _shown(value: Any) -> str:
    from rich.markup import escape

    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else escape(str(value))
