"""``govbudget convert``: write disclosures in another format."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from govbudget.cli.common import CLEAN, add_common, open_input
from govbudget.errors import SourceError

if TYPE_CHECKING:
    from govbudget.cli.common import Commands
    from govbudget.model import Disclosure, Finding
    from govbudget.serializers import Format

_UNITS = ("元", "千元", "万元", "亿元")


def add_to(commands: Commands) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "convert", help="write a disclosure in another format", description="Write a disclosure in another format."
    )
    parser.add_argument("source", metavar="IN", nargs="+", help="a published document, or a file of ours")
    parser.add_argument(
        "target",
        metavar="OUT",
        help="the extension tells the format: .json keeps everything; .md, .txt, .html, .xlsx, .docx, .csv.zip, "
        ".tsv.zip; .parquet, .sqlite, .duckdb; "
        ".datapackage.zip, .fdp.zip, .sdmx.zip, .xbrl.zip; .jsonl takes several disclosures",
    )
    parser.add_argument("--to", metavar="FORMAT", help="the format, whatever the extension says; csv makes a folder")
    parser.add_argument("--unit", choices=_UNITS, help="print the tables in another unit")
    parser.add_argument("--places", type=int, default=2, metavar="N", help="decimals in that unit (default: 2)")
    parser.add_argument(
        "--rounding",
        choices=("sums", "each"),
        default="sums",
        help="keep every sum (default), or round each figure by itself as publishers do",
    )
    parser.add_argument("--formulas", action="store_true", help="in Excel, totals are formulas over their parts")
    add_common(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Convert, and say on standard error what was not understood of the source."""
    from govbudget.serializers import save

    chosen = _chosen(arguments)  # before anything is read: that may take a while
    if chosen.name == "JSON Lines":
        return _many(arguments)
    if len(arguments.source) > 1:
        raise SourceError(
            f"{len(arguments.source)} disclosures do not go into one {chosen.name}",
            place=arguments.target,
            hint="name an OUT that ends in .jsonl, or convert them one by one",
        )
    with _telling(f"reading {arguments.source[0]}"):
        found = open_input(arguments.source[0], arguments.layout)
    _tell(found.findings, arguments.lang)
    with _telling(f"writing {arguments.target}"):
        disclosure = _restated(found.disclosure, arguments)
        save(disclosure, arguments.target, format=chosen)
    figures = sum(len(line.values) for t in disclosure.tables for lane in t.lanes for line in lane.lines)
    print(f"{arguments.target}: {len(disclosure.tables)} tables, {figures} cells, {_size(arguments.target):,} bytes")
    return CLEAN


def _many(arguments: argparse.Namespace) -> int:
    """Write one line for each disclosure of each source, holding one of them at a time."""
    from govbudget.serializers import save_lines

    count = save_lines((_restated(d, arguments) for d in _disclosures(arguments)), arguments.target)
    print(f"{arguments.target}: {count} disclosures, {_size(arguments.target):,} bytes")
    return CLEAN


def _disclosures(arguments: argparse.Namespace) -> Iterator[Disclosure]:
    from govbudget.serializers import load_lines

    for source in _counted(arguments.source):
        if Path(source).suffix.lower() in {".jsonl", ".ndjson"}:
            yield from load_lines(source)
        else:
            found = open_input(source, arguments.layout)
            _tell(found.findings, arguments.lang)
            yield found.disclosure


def _chosen(arguments: argparse.Namespace) -> Format:
    from functools import partial

    import attrs

    from govbudget.serializers import format_of, named_format

    chosen = named_format(arguments.to) if arguments.to else format_of(arguments.target)
    if not arguments.formulas:
        return chosen
    if chosen.name != "Excel":
        raise SourceError(
            f"{chosen.name} has no formulas", place=arguments.target, hint="name an OUT that ends in .xlsx"
        )
    from govbudget.serializers.printed.xlsx import write_xlsx

    return attrs.evolve(chosen, write=partial(write_xlsx, formulas=True))


def _restated(disclosure: Disclosure, arguments: argparse.Namespace) -> Disclosure:
    if arguments.unit is None:
        return disclosure
    from govbudget.money import MoneyUnit
    from govbudget.serializers import Rounding, restated

    unit, rounding = MoneyUnit(arguments.unit), Rounding(arguments.rounding)
    return restated(disclosure, unit=unit, places=arguments.places, rounding=rounding)


def _tell(findings: Iterable[Finding], lang: str) -> None:
    from govbudget.reports.words import Lang, message, place_words, word

    said: Lang = "en" if lang == "en" else "zh"
    for finding in findings:
        where = place_words(finding.places[0], said) if finding.places else ""
        severity = word("severities", finding.severity.value, said)
        print(f"{severity} {message(finding, said)} {where}".rstrip(), file=sys.stderr)


def _size(target: str) -> int:
    path = Path(target)
    return sum(f.stat().st_size for f in path.rglob("*") if f.is_file()) if path.is_dir() else path.stat().st_size


# -- progress, on a terminal only -------------------------------------------------------------------------------------


@contextmanager
def _telling(what: str) -> Iterator[None]:
    """Say what is being done while it is done."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def _counted(sources: Sequence[str]) -> Iterable[str]:
    """Yield the sources, with a bar of how many are done."""
    if not sys.stderr.isatty():
        return sources
    from rich.console import Console
    from rich.progress import track

    return track(sources, "converting", console=Console(stderr=True))
