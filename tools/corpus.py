"""One table of what is read from every document at hand: the project's example and the published ones beside it.

The published documents are those of ../shared/cases beside the checkout, one folder for each disclosure; its
``meta.json`` names the files. Files of one disclosure are read together, a blank template by itself.

    python tools/corpus.py [--json] [--cases FOLDER] [NAME ...]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from govbudget.consistency import Verdict
from govbudget.errors import GovBudgetError
from govbudget.invariants import audit, verdict_counts
from govbudget.model import Finding, Severity, figures
from govbudget.money import Amount
from govbudget.reading import NumberRole, read

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT.parent / "shared" / "cases"
EXAMPLE = ROOT / "examples" / "hangzhou-2024.md"

_SHORT = {
    Verdict.EXACT: "=",
    Verdict.ROUNDING: "≈",
    Verdict.VIOLATED: "≠",
    Verdict.UNDECIDED: "?",
    Verdict.NOT_TESTED: "not\ntested",
}
_COUNTED = ("tables", "cells", "claims")
_PLAIN_WIDTH = 160


@attrs.frozen
class Job:
    """A disclosure to read: what to call it, and its files."""

    name: str
    files: tuple[Path, ...]


@attrs.frozen(kw_only=True)
class Row:
    """What came of a disclosure.

    Attributes:
        name: what it is called.
        body: the body that publishes it, and the year.
        layout: the layout it was read with, empty where none fits.
        counts: tables, cells that print a number, claims.
        verdicts: how many comparisons came to each verdict.
        reader: how many findings the reader has, by severity.
        audit: how many findings the audit has, by severity.
        unread: how many numbers were not read.
        seconds: how long reading and audit took.
        error: why it could not be read, empty where it could.
    """

    name: str
    body: str = ""
    layout: str = ""
    counts: Mapping[str, int] = attrs.field(factory=dict)
    verdicts: Mapping[Verdict, int] = attrs.field(factory=dict)
    reader: Mapping[Severity, int] = attrs.field(factory=dict)
    audit: Mapping[Severity, int] = attrs.field(factory=dict)
    unread: int = 0
    seconds: float = 0.0
    error: str = ""


def main(argv: Sequence[str] | None = None) -> int:
    """Read the documents and print the table; the exit status is 2 where one of them could not be read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="only documents whose name contains one of these")
    parser.add_argument("--json", action="store_true", help="write JSON instead of a table")
    parser.add_argument("--cases", type=Path, default=CASES, metavar="FOLDER", help="where the documents are")
    chosen = parser.parse_args(argv)
    jobs, passed_over = found_in(chosen.cases)
    jobs = [Job("example", (EXAMPLE,)), *jobs]
    if not chosen.cases.is_dir():
        print(f"{chosen.cases} is not there: only the project's own example is read", file=sys.stderr)
    jobs = [job for job in jobs if not chosen.names or any(name in job.name for name in chosen.names)]
    measure(Job("", (EXAMPLE,)))  # editions and layouts are loaded on first use; that is no document's time
    rows = []
    for job in jobs:
        if sys.stderr.isatty():
            print(f"\r\x1b[K{job.name} …", end="", file=sys.stderr, flush=True)
        rows.append(measure(job))
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if chosen.json:
        print(json.dumps([as_data(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        console = Console(highlight=False)
        if not console.is_terminal:
            console = Console(highlight=False, width=_PLAIN_WIDTH, no_color=True)
        console.print(view(rows))
        for name in passed_over:
            console.print(Text(f"{name}: its meta.json names no whole documents; passed over", style="dim"))
    return 2 if any(row.error for row in rows) else 0


def found_in(cases: Path) -> tuple[list[Job], list[str]]:
    """Return what there is to read in a folder of cases, and the folders that hold nothing whole."""
    jobs: list[Job] = []
    passed_over: list[str] = []
    for folder in sorted(path for path in cases.glob("*") if path.is_dir()):
        found = list(_jobs(folder))
        jobs.extend(found)
        if not found:
            passed_over.append(folder.name)
    return jobs, passed_over


def _jobs(folder: Path) -> Iterator[Job]:
    meta = folder / "meta.json"
    if not meta.is_file():
        yield Job(folder.name, tuple(sorted(path for path in folder.iterdir() if path.is_file())))
        return
    listed = [each for each in json.loads(meta.read_text(encoding="utf-8"))["files"] if isinstance(each, dict)]
    blank = [each["file"] for each in listed if "template" in each["role"]]
    together = tuple(folder / each["file"] for each in listed if each["file"] not in blank)
    if together:
        yield Job(folder.name, together)
    for name in blank:
        yield Job(f"{folder.name}/{name}" if len(blank) > 1 else folder.name, (folder / name,))


def measure(job: Job) -> Row:
    """Read and audit a disclosure."""
    began = time.perf_counter()
    try:
        reading = read(job.files if len(job.files) > 1 else job.files[0])
    except GovBudgetError as error:
        return Row(name=job.name, error=str(error), seconds=time.perf_counter() - began)
    report = audit(reading.disclosure)
    seconds = time.perf_counter() - began
    budget = reading.disclosure
    cells = sum(isinstance(figure.cell, Amount) for table in budget.tables for figure in figures(table))
    claims = sum(len(section.claims) for section in budget.narrative.sections)
    return Row(
        name=job.name,
        body=f"{budget.organization.name} {budget.year or ''}".strip(),
        layout=budget.layout,
        counts={"tables": len(budget.tables), "cells": cells, "claims": claims},
        verdicts=verdict_counts(report),
        reader=_by_severity(reading.findings),
        audit=_by_severity(report.findings),
        unread=sum(use.role is NumberRole.UNREAD for use in reading.numbers),
        seconds=seconds,
    )


def as_data(row: Row) -> dict[str, Any]:
    """Return a row as plain data."""
    return {
        "name": row.name,
        "body": row.body,
        "layout": row.layout,
        **row.counts,
        "comparisons": {verdict.value: count for verdict, count in row.verdicts.items()},
        "reader": {severity.value: count for severity, count in row.reader.items()},
        "audit": {severity.value: count for severity, count in row.audit.items()},
        "unread": row.unread,
        "seconds": float(f"{row.seconds:.3f}"),
        "error": row.error,
    }


def view(rows: Sequence[Row]) -> Table:
    """Return the table for the terminal."""
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=len(rows) > 1, footer_style="bold")
    read_rows = [row for row in rows if not row.error]
    grid.add_column("document", footer=f"{len(rows)} documents", overflow="fold")
    for name in _COUNTED:
        grid.add_column(name, justify="right", footer=f"{sum(row.counts[name] for row in read_rows):,}", no_wrap=True)
    for verdict, short in _SHORT.items():
        total = sum(row.verdicts[verdict] for row in read_rows)
        grid.add_column(short, justify="right", footer=f"{total:,}")
    for name in ("reader", "audit"):
        total = sum(sum(getattr(row, name).values()) for row in rows)
        grid.add_column(f"{name}\nfinds", justify="right", footer=f"{total:,}")
    grid.add_column("unread", justify="right", footer=f"{sum(row.unread for row in rows):,}", no_wrap=True)
    grid.add_column("seconds", justify="right", footer=f"{sum(row.seconds for row in rows):.2f}", no_wrap=True)
    for row in rows:
        grid.add_row(Text().append(row.name, "bold").append("\n").append_text(_about(row)), *_cells(row))
    return grid


def _about(row: Row) -> Text:
    """Whose budget it is, or what kept it from being read."""
    if row.error:
        return Text(row.error, style="red")
    return Text(row.body, style="dim") if row.layout else Text(f"{row.body} (no layout fits)".strip(), style="yellow")


def _cells(row: Row) -> Iterator[Text]:
    if row.error:
        yield from (Text() for _ in range(len(_COUNTED) + len(_SHORT) + 3))
    else:
        yield from (_count(row.counts[name]) for name in _COUNTED)
        for verdict in _SHORT:
            yield _count(
                row.verdicts[verdict], {Verdict.VIOLATED: "bold red", Verdict.UNDECIDED: "magenta"}.get(verdict)
            )
        for found in (row.reader, row.audit):
            worst = "bold red" if found[Severity.ERROR] else "yellow" if found[Severity.WARNING] else None
            yield _count(sum(found.values()), worst)
        yield _count(row.unread, "bold red")
    yield Text(f"{row.seconds:.2f}")


def _count(count: int, style: str | None = None) -> Text:
    return Text(f"{count:,}", style=(style or "") if count else "dim")


def _by_severity(findings: Sequence[Finding]) -> dict[Severity, int]:
    return {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}


if __name__ == "__main__":
    sys.exit(main())
