"""From the bytes of a disclosure to its audited model, beside what others need to take the bare cells out of the bytes.

Times are medians of processor time in the same run, the jobs taken in turn; ours are shown in phases (source: bytes
to paragraphs and grids; reading: to the typed model; audit), so that one sees where they go. Peaks are those of Python
objects. The published documents are those of ../shared/cases beside the checkout; without it only the rendered example
is measured.

    python benchmarks/reading.py [--rounds 5] [--only formats|pdf|cells]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import attrs
import extractors
import rendered
from timing import Work, interleaved, peak

from govbudget.invariants import audit
from govbudget.reading import read, read_document
from govbudget.serializers.printed.xlsx import write_xlsx
from govbudget.source import open_document

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT.parent / "shared" / "cases"
EXAMPLE = ROOT / "examples" / "hangzhou-2024.md"
_HEAD = f"{'':34} {'source':>8} {'reading':>8} {'audit':>8} {'all':>8}   peak MB of each"


@attrs.frozen
class Goal:
    """What is to be reached: a number of times, of a peer, by the bare source or by the whole way."""

    times: float
    peer: str
    faster: bool = False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["formats", "pdf", "cells"], help="one of the three parts")
    chosen = parser.parse_args()
    pdfs = sorted(CASES.glob("*/*.pdf"))
    if not pdfs:
        print(f"{CASES} is not there: no published PDF to measure")
    if chosen.only in {None, "formats"}:
        for title, name, data, peers, goal in _formats():
            print(f"\n{title}, {len(data):,} bytes")
            measure(name, data, peers, goal, chosen.rounds)
    if pdfs and chosen.only in {None, "pdf"}:
        print(f"\nPDF, whole documents\n{_HEAD}")
        folders = {path.parent: [other for other in pdfs if other.parent == path.parent] for path in pdfs}
        times = [_disclosure(files, min(chosen.rounds, 3)) for files in folders.values()]
        ours, theirs = (sum(each) for each in zip(*times, strict=True))
        print(f"all disclosures: {theirs / ours:.2f} × faster than pdfplumber's tables alone")
    if chosen.only in {None, "cells"}:
        print("\nPDF, filled cells of pdfplumber's tables that are cells of ours on the same page")
        for path in pdfs:
            compare_cells(path)


def _formats() -> Iterator[tuple[str, str, bytes, dict[str, Work], Goal]]:
    """The example in each format, and what it is measured against."""
    document = open_document(EXAMPLE)
    text, page = rendered.as_text(document), rendered.as_html(document)
    book, word = rendered.as_xlsx(document), rendered.as_docx(document)
    cut = {"split": partial(extractors.split_lines, EXAMPLE.read_bytes(), "|")}
    yield "Markdown", "a.md", EXAMPLE.read_bytes(), cut, Goal(4, "split")
    yield "text", "a.txt", text, {"split": partial(extractors.split_lines, text, "\t")}, Goal(4, "split")
    names = ("lxml", "selectolax")
    yield "HTML", "a.html", page, {n: partial(getattr(extractors, n), page) for n in names}, Goal(2, "lxml")
    names = ("calamine", "openpyxl", "openpyxl_streaming")
    yield "XLSX", "a.xlsx", book, {n: partial(getattr(extractors, n), book) for n in names}, Goal(2, "calamine")
    merged = write_xlsx(read_document(document).disclosure)
    own = {n: partial(getattr(extractors, n), merged) for n in names}
    yield "XLSX with merged cells, as we write it", "a.xlsx", merged, own, Goal(2, "calamine")
    for path in sorted(CASES.glob("*/*.xlsx")):
        data = path.read_bytes()
        own = {n: partial(getattr(extractors, n), data) for n in names}
        yield f"XLSX {path.name}", path.name, data, own, Goal(2, "calamine")
    yield "DOCX", "a.docx", word, {"docx": partial(extractors.docx, word)}, Goal(2, "docx")


def phases(name: str, data: bytes) -> dict[str, Work]:
    """Our three phases, each on what the one before gave, and the whole way."""
    document = open_document(data, name=name)
    disclosure = read_document(document).disclosure
    return {
        "source": lambda: open_document(data, name=name),
        "reading": lambda: read_document(document),
        "audit": lambda: audit(disclosure),
        "all": lambda: audit(read(data, name=name).disclosure),
    }


def measure(name: str, data: bytes, peers: dict[str, Work], goal: Goal, rounds: int) -> None:
    """Print our phases and the peers, with ratios of the source and of the whole way."""
    own = phases(name, data)
    times = interleaved(own | peers, rounds, time.process_time)
    print(_HEAD)
    print(_line("govbudget, ms", times, own))
    for peer, run in peers.items():
        ratios = f"source {times['source'] / times[peer]:7.2f} ×   all {times['all'] / times[peer]:7.2f} ×"
        print(f"  {peer:32} {1e3 * times[peer]:8.2f} ms   {ratios}   peak {peak(run) / 1e6:.1f} MB")
    for what in ("source", "all"):
        ratio = times[what] / times[goal.peer]
        word = "reached" if ratio <= goal.times else "MISSED"
        print(f"  goal at most {goal.times} × {goal.peer}, {what}: {word} ({ratio:.2f} ×)")


def _line(title: str, times: dict[str, float], own: dict[str, Work]) -> str:
    cells = " ".join(f"{1e3 * times[phase]:8.2f}" for phase in own)
    return f"{title[:34]:34} {cells}   " + " ".join(f"{peak(run) / 1e6:.1f}" for run in own.values())


def _disclosure(files: Sequence[Path], rounds: int) -> tuple[float, float]:
    """Measure a disclosure: each of its files by itself, and where it has several, all of them read as one."""
    own = [_pdf(path, rounds) for path in files]
    if len(files) == 1:
        return own[0]

    def ours() -> object:
        return audit(read(files).disclosure)

    def theirs() -> None:
        for path in files:
            extractors.pdfplumber_tables(path.read_bytes())

    times = interleaved({"ours": ours, "theirs": theirs}, rounds, time.process_time)
    title = f"{files[0].parent.name[:26]} as one"
    print(f"{title:34} {'':26} {1e3 * times['ours']:8.2f}   {peak(ours) / 1e6:.1f}")
    print(f"  pdfplumber {1e3 * times['theirs']:.0f} ms: {_against(times['theirs'], times['ours'])}")
    return times["ours"], times["theirs"]


def _pdf(path: Path, rounds: int) -> tuple[float, float]:
    data = path.read_bytes()
    own = phases(path.name, data)
    plumber = partial(extractors.pdfplumber_tables, data)
    times = interleaved(own | {"pdfplumber": plumber}, rounds, time.process_time)
    print(_line(path.parent.name[:26] + " " + path.stem[-7:], times, own))
    theirs = f"pdfplumber {1e3 * times['pdfplumber']:.0f} ms, peak {peak(plumber) / 1e6:.1f} MB"
    alone = times["pdfplumber"] / times["source"]
    print(f"  {theirs}, source alone {alone:.1f} ×: {_against(times['pdfplumber'], times['all'])}")
    return times["all"], times["pdfplumber"]


def _against(theirs: float, ours: float) -> str:
    word = "reached" if theirs / ours >= 4 else "MISSED"
    return f"{theirs / ours:.2f} ×, goal 4 × faster {word}"


def compare_cells(path: Path) -> None:
    """Tell which filled cells of pdfplumber are no cells of ours, and where their text went."""
    data = path.read_bytes()
    document = open_document(data, name=path.name)
    cells, texts = extractors.of_document(document)
    same = theirs = 0
    elsewhere: Counter[str] = Counter()
    lost: list[tuple[int, str]] = []
    for page, tables in enumerate(extractors.pdfplumber_tables(data), 1):
        found = extractors.counted(tables)
        own = cells.get(page, Counter())
        theirs += found.total()
        same += (found & own).total()
        for text, times in (found - own).items():
            where = _where(text, page, own, texts)
            if where:
                elsewhere[where] += times
            else:
                lost.extend([(page, text)] * times)
    told = ", ".join(f"{times} {where}" for where, times in elsewhere.most_common())
    print(
        f"{path.parent.name} {path.stem[-12:]}: {same} of {theirs} cells of pdfplumber are ours; {told or 'no other'}"
    )
    print(f"  ours besides: {sum(c.total() for c in cells.values()) - same}; lost: {len(lost)}")
    for page, text in lost[:12]:
        print(f"    page {page}: {text[:70]}")


def _where(text: str, page: int, own: Counter[str], texts: dict[int, str]) -> str:
    """Where the text of a cell stands that is no cell of ours on the page."""
    here, before = texts.get(page, ""), "".join(texts.get(earlier, "") for earlier in range(page - 5, page))
    if text in own:
        return "more often as a cell there (doubled rules)"
    if text in here:
        return "in a caption, note, or larger cell"
    if text in before:
        return "on a page before (repeated header, or a row cut by the page)"
    pieces = [piece for piece in (text[: len(text) // 2], text[len(text) // 2 :]) if piece]
    if all(piece in before + here for piece in pieces):
        return "cut or joined in another way"
    return "of the same characters in another order" if not Counter(text) - Counter(here) and len(text) < 200 else ""


if __name__ == "__main__":
    main()
