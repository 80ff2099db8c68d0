"""``govbudget view``: write an HTML page that shows how a document was read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from govbudget.cli.common import CLEAN, add_common
from govbudget.errors import SourceError

if TYPE_CHECKING:
    from govbudget.cli.common import Commands

_SUFFIXES = {".html", ".htm"}


def add_to(commands: Commands) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "view",
        help="write a page that shows how a document was read",
        description="Write a page that shows how a document was read: numbers by role, tables, what was left over.",
    )
    parser.add_argument("sources", nargs="+", metavar="FILE", help="the document, or the files of one disclosure")
    parser.add_argument("--html", required=True, metavar="OUT", help="the page to write: .html")
    add_common(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read the document and write its page."""
    from govbudget.reading import NumberRole, read_document
    from govbudget.reports.reading_page import save_reading_page
    from govbudget.source import open_document

    sources: list[str] = arguments.sources
    target = Path(arguments.html)
    if target.suffix.lower() not in _SUFFIXES:
        raise SourceError("the page is to be an HTML file", place=target, hint="use .html")
    if any(target.exists() and Path(source).exists() and target.samefile(source) for source in sources):
        raise SourceError("the page would overwrite the document", place=target, hint="use another name")
    if any(Path(source).suffix.lower() == ".json" for source in sources):
        raise SourceError("a model is no document", place=sources[0], hint="view the document it was read from")
    document = open_document(sources if len(sources) > 1 else sources[0])
    reading = read_document(document, arguments.layout)
    save_reading_page(document, reading, target, lang=arguments.lang)
    unread = sum(use.role is NumberRole.UNREAD for use in reading.numbers)
    print(
        f"{target}: {len(reading.disclosure.tables)} tables, {len(reading.numbers)} numbers ({unread} unread), "
        f"{len(reading.findings)} findings, {target.stat().st_size:,} bytes"
    )
    return CLEAN
