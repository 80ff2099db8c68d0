"""The parser of the command line, and the one place where errors become an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from govbudget.cli import check, convert, rules, show, subjects, view
from govbudget.cli.common import UNREADABLE
from govbudget.errors import GovBudgetError

COMMANDS = (check, rules, show, view, convert, subjects)
"""The subcommands, in the order of the help; each module adds its own parser and runs it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # Chinese text on any locale
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except GovBudgetError as error:
        print(f"govbudget: {error}", file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        # The reader of our output has gone (head, less): nothing more to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREADABLE
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="govbudget",
        description="Read, audit and convert Chinese government budget disclosures (预决算公开).",
        epilog="Exit status: 0 clean, 1 findings, 2 could not read.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return parser


class _Version(argparse.Action):
    """As argparse's own, but the metadata is only read when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"govbudget {version('govbudget')}")
        parser.exit()
