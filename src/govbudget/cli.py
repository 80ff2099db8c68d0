"""The ``govbudget`` command: check, show, convert.

Exit status: 0 clean, 1 findings (errors or warnings), 2 something could not be read or written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from govbudget.errors import GovBudgetError, SourceError

if TYPE_CHECKING:
    from govbudget.model import Disclosure, Finding
    from govbudget.reports.words import Lang

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # Chinese text on any locale
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except GovBudgetError as error:
        print(f"govbudget: {error}", file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone (head, less): nothing more to say
        return UNREADABLE
    return status


def _parser() -> argparse.ArgumentParser:
    from importlib.metadata import version

    parser = argparse.ArgumentParser(
        prog="govbudget",
        description="Read, audit and convert Chinese government budget disclosures (预决算公开).",
        epilog="Exit status: 0 clean, 1 findings, 2 could not read.",
    )
    parser.add_argument("--version", action="version", version=f"govbudget {version('govbudget')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="audit disclosures", description="Audit disclosures.")
    check.add_argument("files", nargs="+", metavar="FILE", help="text, Markdown or our JSON")
    check.add_argument("--format", choices=("text", "json"), default="text", help="what to write (default: text)")
    check.add_argument("--rule", action="append", default=[], metavar="ID", help="only this rule or group; repeatable")
    check.add_argument("--details", action="store_true", help="list every comparison")
    check.set_defaults(run=_check)

    show = commands.add_parser("show", help="print a disclosure", description="Print a disclosure and its tables.")
    show.add_argument("file", metavar="FILE", help="text, Markdown or our JSON")
    show.add_argument("--table", action="append", type=int, default=[], metavar="N", help="only table N; repeatable")
    show.set_defaults(run=_show)

    convert = commands.add_parser("convert", help="write a disclosure in another format", description="Convert.")
    convert.add_argument("source", metavar="IN", help="text, Markdown or our JSON")
    convert.add_argument("target", metavar="OUT", help="the extension tells the format: .json")
    convert.set_defaults(run=_convert)

    for command in (check, show, convert):
        command.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of messages (default: zh)")
        command.add_argument("--layout", metavar="ID", help="layout to read with (default: the one that fits best)")
    return parser


@attrs.frozen
class _Input:
    disclosure: Disclosure
    findings: tuple[Finding, ...]


def _open(path: str, layout: str | None) -> _Input:
    if Path(path).suffix.lower() == ".json":
        from govbudget.serializers import load

        return _Input(load(path), ())
    from govbudget.reading import read

    reading = read(path, layout=layout)
    return _Input(reading.disclosure, reading.findings)


def _check(arguments: argparse.Namespace) -> int:
    from govbudget.invariants import CATALOGUE, audit, select
    from govbudget.model import Severity
    from govbudget.reports.plain import check_data
    from govbudget.reports.terminal import check_view, console

    lang: Lang = arguments.lang
    rules = select(*arguments.rule) if arguments.rule else CATALOGUE
    status = CLEAN
    data = []
    for index, path in enumerate(arguments.files):
        try:
            found = _open(path, arguments.layout)
        except GovBudgetError as error:
            print(f"govbudget: {error}", file=sys.stderr)
            status = UNREADABLE
            continue
        report = audit(found.disclosure, rules=rules)
        if any(f.severity is not Severity.INFO for f in (*found.findings, *report.findings)):
            status = max(status, FINDINGS)
        if arguments.format == "json":
            data.append(check_data(report, found.findings, lang))
        else:
            if index:
                console().print()
            console().print(check_view(report, found.findings, lang, details=arguments.details))
    if arguments.format == "json":
        print(json.dumps(data, ensure_ascii=False, indent=2))
    return status


def _show(arguments: argparse.Namespace) -> int:
    from govbudget.reports.terminal import console, show_view

    found = _open(arguments.file, arguments.layout)
    numbers = {table.number for table in found.disclosure.tables}
    for wanted in arguments.table:
        if wanted not in numbers:
            known = ", ".join(str(n) for n in sorted(n for n in numbers if n is not None))
            raise SourceError(f"there is no table {wanted}", place=arguments.file, hint=f"there are: {known}")
    console().print(show_view(found.disclosure, arguments.lang, arguments.table))
    return CLEAN


def _convert(arguments: argparse.Namespace) -> int:
    from govbudget.serializers import save

    if Path(arguments.target).suffix.lower() != ".json":
        raise SourceError("the extension names no format that can be written", place=arguments.target, hint="use .json")
    found = _open(arguments.source, arguments.layout)
    save(found.disclosure, arguments.target)
    print(arguments.target, file=sys.stderr)
    return CLEAN
