"""``govbudget rules``: list the rules, show one with its examples, and lint packs."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from govbudget.cli.common import CLEAN, FINDINGS
from govbudget.errors import GovBudgetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from govbudget.cli.common import Commands
    from govbudget.invariants import Rule


def add_to(commands: Commands) -> None:
    """Add the subcommand and its own subcommands."""
    parser = commands.add_parser(
        "rules", help="list, show and lint rules", description="List, show and lint rules: the library's, and packs."
    )
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    listed = _part(parts, "list", "list the rules, one a line", _list)
    listed.add_argument("--pack", action="append", default=[], metavar="PACK", help="add a pack: .toml, .py or name")
    shown = _part(parts, "show", "show a rule with its basis and its examples", _show)
    shown.add_argument("id", metavar="ID", help="id of the rule")
    shown.add_argument("--pack", action="append", default=[], metavar="PACK", help="add a pack: .toml, .py or name")
    linted = _part(parts, "lint", "look for faults in packs, or in the library's own rules", _lint)
    linted.add_argument("packs", nargs="*", metavar="PATH", help="packs: .toml, .py, or names (default: the library)")
    linted.add_argument("--alone", action="store_true", help="do not hold them against the library's rules")
    linted.add_argument("--format", choices=("text", "json"), default="text", help="what to write (default: text)")


def _part(parts: Commands, name: str, text: str, work: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser = parts.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of titles (default: zh)")
    parser.set_defaults(run=work)
    return parser


def _every(arguments: argparse.Namespace) -> list[Rule]:
    from govbudget.invariants import CATALOGUE, load_pack

    return [*CATALOGUE, *(rule for pack in arguments.pack for rule in load_pack(pack))]


def _list(arguments: argparse.Namespace) -> int:
    for rule in _every(arguments):
        title = rule.title_zh if arguments.lang == "zh" else rule.title_en
        print(f"{rule.id:32} {rule.severity.value:8} {rule.certainty.value:10} {title}")
    return CLEAN


def _show(arguments: argparse.Namespace) -> int:
    from govbudget.invariants import select

    every = _every(arguments)
    for rule in select(arguments.id, rules=every):
        about = f"{rule.severity.value}, {rule.certainty.value}, since {rule.since}"
        lines = [f"{rule.id}  {rule.title_zh} / {rule.title_en}", about, rule.basis, "", rule.doc]
        for name, examples in (("holds", rule.holds), ("breaks", rule.breaks), ("is not tested", rule.untested)):
            for example in examples:
                lines += ["", f"-- {name} --", example]
        print("\n".join(lines) + "\n")
    return CLEAN


def _lint(arguments: argparse.Namespace) -> int:
    from govbudget.invariants import CATALOGUE, lint, load_pack

    rules = [rule for pack in arguments.packs for rule in load_pack(pack)] if arguments.packs else list(CATALOGUE)
    beside = () if arguments.alone or not arguments.packs else CATALOGUE
    faults = lint(rules, beside)
    if arguments.format == "json":
        found = [{"rule": f.rule, "kind": f.kind, "detail": f.detail, "source": f.source} for f in faults]
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            where = f"{fault.source}: " if fault.source else ""
            print(f"{where}{fault.rule}: {fault.kind}: {fault.detail}")
        if not rules:
            raise GovBudgetError("the pack has no rules", place=", ".join(arguments.packs))
        if not faults:
            print(f"{len(rules)} rules, no fault")
    return FINDINGS if faults else CLEAN
