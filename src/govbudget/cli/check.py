"""``govbudget check``: audit disclosures."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from govbudget.cli.common import CLEAN, FINDINGS, UNREADABLE, add_common, open_input
from govbudget.errors import GovBudgetError

if TYPE_CHECKING:
    from govbudget.cli.common import Commands
    from govbudget.reports.words import Lang


def add_to(commands: Commands) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("check", help="audit disclosures", description="Audit disclosures.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="text, Markdown or our JSON")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="what to write (default: text)")
    parser.add_argument("--rule", action="append", default=[], metavar="ID", help="only this rule or group; repeatable")
    parser.add_argument("--details", action="store_true", help="list every comparison")
    add_common(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check each file; one that cannot be read does not keep the others from being checked."""
    from govbudget.invariants import CATALOGUE, audit, select
    from govbudget.model import Severity
    from govbudget.reports.plain import check_data
    from govbudget.reports.terminal import check_view, write

    lang: Lang = arguments.lang
    rules = select(*arguments.rule) if arguments.rule else CATALOGUE
    status = CLEAN
    data = []
    for index, path in enumerate(arguments.files):
        try:
            found = open_input(path, arguments.layout)
        except GovBudgetError as error:
            print(f"govbudget: {error}", file=sys.stderr)
            status = UNREADABLE
            continue
        report = audit(found.disclosure, rules=rules)
        if any(f.severity in (Severity.ERROR, Severity.WARNING) for f in (*found.findings, *report.findings)):
            status = max(status, FINDINGS)
        if arguments.format == "json":
            data.append(check_data(report, found.findings, lang))
        else:
            if index:
                print()
            write(check_view(report, found.findings, lang, details=arguments.details))
    if arguments.format == "json":
        print(json.dumps(data, ensure_ascii=False, indent=2))
    return status
