"""What the subcommands share: exit statuses, options, and opening an input of any kind."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from govbudget.model import Disclosure, Finding

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
_OURS = {".json", ".jsonl", ".ndjson", ".zip"}

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


@attrs.frozen
class Input:
    """A disclosure, and what its reader had to say."""

    disclosure: Disclosure
    findings: tuple[Finding, ...]


def open_input(path: str, layout: str | None) -> Input:
    """Open a document, or a file of a format of ours that is no document (.json, .jsonl, .csv.zip, a folder of CSV).

    Raises:
        SourceError, FormatError, LayoutError: it cannot be read.
    """
    kind = next((kind for kind in ("csv", "tsv") if (Path(path) / f"00 narrative.{kind}").is_file()), None)
    if kind is not None or Path(path).suffix.lower() in _OURS:
        from govbudget.serializers import named_format, open_saved

        return Input(open_saved(path, format=named_format(kind) if kind else None), ())
    from govbudget.reading import read

    reading = read(path, layout=layout)
    return Input(reading.disclosure, reading.findings)


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the options that every reading subcommand has."""
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of messages (default: zh)")
    parser.add_argument("--layout", metavar="ID", help="layout to read with (default: the one that fits best)")
