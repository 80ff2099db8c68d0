"""``govbudget show``: print a disclosure and its tables."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from govbudget.cli.common import CLEAN, add_common, open_input
from govbudget.errors import SourceError

if TYPE_CHECKING:
    from govbudget.cli.common import Commands


def add_to(commands: Commands) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("show", help="print a disclosure", description="Print a disclosure and its tables.")
    parser.add_argument("file", metavar="FILE", help="a document (PDF, Excel, Word, web, text …), our JSON")
    parser.add_argument("--table", action="append", type=int, default=[], metavar="N", help="only table N; repeatable")
    add_common(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the disclosure, or some of its tables."""
    from govbudget.reports.terminal import show_view, write

    found = open_input(arguments.file, arguments.layout)
    numbers = {table.number for table in found.disclosure.tables}
    for wanted in arguments.table:
        if wanted not in numbers:
            known = ", ".join(str(n) for n in sorted(n for n in numbers if n is not None))
            raise SourceError(f"there is no table {wanted}", place=arguments.file, hint=f"there are: {known or 'none'}")
    write(show_view(found.disclosure, arguments.lang, arguments.table))
    return CLEAN
