"""``govbudget check``: audit disclosures."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from typing import TYPE_CHECKING

from govbudget.cli.common import CLEAN, FINDINGS, UNREADABLE, Input, add_common, open_input
from govbudget.errors import GovBudgetError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govbudget.cli.common import Commands
    from govbudget.invariants import AuditReport, Rule
    from govbudget.reports.words import Lang

FORMATS = ("text", "json", "sarif", "junit", "csv", "ess")


def add_to(commands: Commands) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "check",
        help="audit disclosures",
        description="Audit disclosures: each by itself, and those given together against each other.",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="published documents (PDF, Excel, Word, web, text …), our JSON",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="what to write (default: text)")
    parser.add_argument(
        "--rules",
        "--rule",
        action="append",
        default=[],
        metavar="ID",
        help="only these rules and groups, parted by commas; repeatable",
    )
    parser.add_argument(
        "--pack", action="append", default=[], metavar="PACK", help="a pack of rules to add: .toml, .py"
    )
    parser.add_argument("--severity", metavar="LEVEL", help="only rules at least so grave: error, warning, hint, info")
    parser.add_argument("--baseline", metavar="FILE", help="a file of findings that may stand")
    parser.add_argument("--write-baseline", metavar="FILE", help="write the findings of today to such a file")
    parser.add_argument("--expires", metavar="DATE", help="until when what --write-baseline writes may stand")
    parser.add_argument("--details", action="store_true", help="list every comparison")
    add_common(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check the files; one that cannot be read does not keep the others from being checked."""
    from govbudget.invariants import audit, load_waivers
    from govbudget.model import Severity

    rules = _rules(arguments)
    waivers = load_waivers(arguments.baseline) if arguments.baseline else ()
    given: list[Input] = []
    status = CLEAN
    for path in arguments.files:
        try:
            given.append(open_input(path, arguments.layout))
        except GovBudgetError as error:
            print(f"govbudget: {error}", file=sys.stderr)
            status = UNREADABLE
    if not given:
        return status
    report = audit(
        [found.disclosure for found in given],
        rules=rules,
        waivers=waivers,
        remarks=[found.findings for found in given],
    )
    reading = [part.remarks for part in report.parts]
    if arguments.write_baseline:
        _write_baseline(arguments, report)
    if any(f.severity in (Severity.ERROR, Severity.WARNING) for f in (*sum(reading, ()), *report.findings)):
        status = max(status, FINDINGS)
    _write(arguments, report, reading)
    return status


def _rules(arguments: argparse.Namespace) -> Sequence[Rule]:
    """The library's rules and those of packs, as chosen."""
    from govbudget.invariants import CATALOGUE, load_pack, select
    from govbudget.model import Severity

    every = [*CATALOGUE, *(rule for pack in arguments.pack for rule in load_pack(pack))]
    grave = list(Severity)
    if arguments.severity:
        words = [severity.value for severity in Severity]
        if arguments.severity not in words:
            raise GovBudgetError(f"there is no severity {arguments.severity!r}", hint=f"one of {', '.join(words)}")
        grave = grave[: words.index(arguments.severity) + 1]
    names = [name for text in arguments.rules for name in text.split(",") if name]
    return select(*names, rules=every, severity=grave)


def _write(arguments: argparse.Namespace, report: AuditReport, reading: Sequence[tuple[object, ...]]) -> None:
    from govbudget.reports.machine import Checked, check_data, csv_text, ess_report, junit, sarif
    from govbudget.reports.terminal import across_view, check_view, write

    lang: Lang = arguments.lang
    checked = Checked(report, tuple(reading))  # type: ignore[arg-type]
    if arguments.format == "json":
        print(json.dumps(check_data(checked, lang), ensure_ascii=False, indent=2))
    elif arguments.format == "sarif":
        print(json.dumps(sarif(checked, lang), ensure_ascii=False, indent=2))
    elif arguments.format == "ess":
        print(json.dumps(ess_report(checked, lang), ensure_ascii=False, indent=2))
    elif arguments.format == "junit":
        print(junit(checked, lang), end="")
    elif arguments.format == "csv":
        print(csv_text(checked, lang), end="")
    else:
        for index, part in enumerate(report.parts):
            if index:
                print()
            write(check_view(part, checked.reading[index], lang, details=arguments.details))
        view = across_view(report, lang, details=arguments.details)
        if view is not None:
            print()
            write(view)


def _write_baseline(arguments: argparse.Namespace, report: AuditReport) -> None:
    from govbudget.atomic import write_whole
    from govbudget.invariants import baseline

    expires = None
    if arguments.expires:
        try:
            expires = datetime.date.fromisoformat(arguments.expires)
        except ValueError:
            raise GovBudgetError(f"{arguments.expires!r} is no date", hint="such as 2026-12-31") from None
    told = sum(len(part.findings) for part in report.parts)
    across = [f for f in report.findings[told:] if not f.code.startswith("waiver.")]
    found = [(part.disclosure, (*part.remarks, *part.findings)) for part in report.parts]
    text = baseline([*found, (None, across)], reason="stood when the baseline was written", expires=expires)
    write_whole(arguments.write_baseline, text.encode())
    print(f"{arguments.write_baseline}: {text.count('[[waivers]]')} findings may stand", file=sys.stderr)
