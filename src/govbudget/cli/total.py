"""``govbudget total``: totals of one budget or many, and what changed between two sides."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from govbudget.cli.common import CLEAN, UNREADABLE, add_common, open_input
from govbudget.errors import GovBudgetError

if TYPE_CHECKING:
    from govbudget.cli.common import Commands
    from govbudget.model import Disclosure

_EPILOG = """examples:
  govbudget total budget.pdf --level 1
  govbudget total budget.pdf --by functional --across use --at fund=general
  govbudget total *.json --by organization --across functional --column-level 1
  govbudget total 2025.json --against 2024.json --level 3 --changes
"""


def add_to(commands: Commands) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "total",
        help="total one budget or many, or compare two sides",
        description="Total disclosures along the trees of their subjects, exactly and each 分 once.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="published documents, or our JSON")
    parser.add_argument("--by", default="functional", metavar="AXIS", help="rows: functional, economic, fund, use, …")
    parser.add_argument("--across", metavar="AXIS", help="columns: use, fund, organization, year, stage, …")
    parser.add_argument("--level", type=int, metavar="N", help="rows at this depth only (1 类, 2 款, 3 项)")
    parser.add_argument("--column-level", type=int, metavar="N", help="columns at this depth only")
    parser.add_argument(
        "--at", action="append", default=[], metavar="AXIS=NODE", help="where to stand: fund=general; repeatable"
    )
    parser.add_argument("--published", action="store_true", help="take printed totals as they are")
    parser.add_argument("--against", action="append", default=[], metavar="FILE", help="compare with this; repeatable")
    parser.add_argument(
        "--changes", action="store_true", help="with --against: what explains the change, largest first"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="what to write (default: text)")
    add_common(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read all files, total them, and print."""
    from govbudget.aggregation import compare, decompose, pivot, rollup
    from govbudget.cli import total_views as views
    from govbudget.reports.terminal import write

    given, status = read_all(arguments.files, arguments.layout)
    before, other = read_all(arguments.against, arguments.layout)
    status = max(status, other)
    if not given or (arguments.against and not before):
        return status
    where = _where(arguments.at)
    unit = views.unit_of(given)
    view: Any
    if before:
        level = None if arguments.changes else arguments.level
        found = compare(before, given, by=arguments.by, level=level, **where)
        if arguments.changes:
            parts = decompose(found, arguments.level)
            view, data = views.changes_view(found, parts, unit, arguments.lang), views.changes_data(parts)
        else:
            view, data = views.comparison_view(found, unit, arguments.lang), views.comparison_data(found)
        view = views.with_sides(view, before, given, arguments.lang)
    elif arguments.across:
        table = pivot(
            given,
            rows=arguments.by,
            columns=arguments.across,
            level=arguments.level,
            column_level=arguments.column_level,
            take="published" if arguments.published else "leaves",
            **where,
        )
        view, data = views.pivot_view(table, unit, arguments.lang), views.pivot_data(table)
    else:
        take = "published" if arguments.published else "leaves"
        totals = rollup(given, by=arguments.by, take=take, **where)  # type: ignore[arg-type]
        shown = views.at_level(totals, arguments.level)
        view, data = views.rollup_view(totals, shown, unit, arguments.lang), views.rollup_data(shown)
    if arguments.format == "json":
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        write(view)
    return status


def read_all(paths: list[str], layout: str | None) -> tuple[list[Disclosure], int]:
    """Return the disclosures of files and the exit status; one that cannot be read is told and left out."""
    found, status = [], CLEAN
    for path in paths:
        try:
            found.append(open_input(path, layout).disclosure)
        except GovBudgetError as error:
            print(f"govbudget: {error}", file=sys.stderr)
            status = UNREADABLE
    return found, status


def _where(words: list[str]) -> dict[str, Any]:
    """``fund=general`` as the axis and its node."""
    from govbudget.aggregation.codes import FIXED
    from govbudget.model import Flow, Stage

    kinds: dict[str, Any] = {**FIXED, "flow": Flow, "stage": Stage, "year": int}
    found: dict[str, Any] = {}
    for word in words:
        axis, sign, node = word.partition("=")
        if not sign:
            raise GovBudgetError(f"{word!r} says no place", hint="--at fund=general")
        try:
            found[axis] = kinds[axis](node) if axis in kinds else node
        except ValueError:
            known = ", ".join(one.value for one in kinds[axis]) if axis != "year" else "a number"
            raise GovBudgetError(f"there is no {axis} {node!r}", hint=f"there is {known}") from None
    return found
