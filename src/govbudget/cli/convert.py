"""``govbudget convert``: write a disclosure in another format."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from govbudget.cli.common import CLEAN, add_common, open_input

if TYPE_CHECKING:
    from govbudget.cli.common import Commands


def add_to(commands: Commands) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "convert", help="write a disclosure in another format", description="Write a disclosure in another format."
    )
    parser.add_argument("source", metavar="IN", help="a published document, or our JSON")
    parser.add_argument(
        "target",
        metavar="OUT",
        help="the extension tells the format: .json keeps everything; .md, .txt, .html, .xlsx, .docx",
    )
    add_common(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Convert, and say on standard error what was not understood of the source."""
    from govbudget.reports.words import message, place_words, word
    from govbudget.serializers import format_of, save

    chosen = format_of(arguments.target)  # before the source is read: that may take a while
    found = open_input(arguments.source, arguments.layout)
    for finding in found.findings:
        where = place_words(finding.places[0], arguments.lang) if finding.places else ""
        severity = word("severities", finding.severity.value, arguments.lang)
        print(f"{severity} {message(finding, arguments.lang)} {where}".rstrip(), file=sys.stderr)
    save(found.disclosure, arguments.target, format=chosen)
    figures = sum(len(line.values) for t in found.disclosure.tables for lane in t.lanes for line in lane.lines)
    size = Path(arguments.target).stat().st_size
    print(f"{arguments.target}: {len(found.disclosure.tables)} tables, {figures} cells, {size:,} bytes")
    return CLEAN
