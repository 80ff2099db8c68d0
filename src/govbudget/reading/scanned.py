"""Pages without text: which they are, and which tables end right above one and may go on there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govbudget.model import Finding
from govbudget.place import Place
from govbudget.reading.remarks import remark
from govbudget.source import Document, Grid, GridCell

Scanned = Mapping[str, Sequence[int]]
"""The pages by the file they are of; the name is empty where one file makes the document."""


def scanned_pages(document: Document) -> Scanned:
    """Return the pages on which the reader of the format found no text."""
    found: dict[str, list[int]] = {}
    for code, detail in document.remarks:
        if code == "source-scanned":
            name, _, page = detail.rpartition(": ")
            found.setdefault(name, []).append(int(page))
    return found


def told_of_scans(document: Document, scanned: Scanned) -> Iterator[Finding]:
    """Yield a finding for each file that has such pages."""
    for name, pages in scanned.items():
        yield remark("read.scanned", Place(document=name or document.name, page=pages[0]), page=_runs(pages))


def counted_through(document: Document, scanned: Scanned) -> tuple[int, ...]:
    """Return the pages as numbers of the document: those of several files are counted through."""
    if not scanned:
        return ()
    before, out = 0, []
    last: dict[str, int] = {}
    for block in document.blocks:
        start = block.rows[0][0].start if isinstance(block, Grid) else block.start
        name = _file(document, start)
        last[name] = max(last.get(name, 0), block.page or 0)
    for name in [name for name, _ in document.parts] or [""]:
        own = scanned.get(name, ())
        out += [before + page for page in own]
        before += max([last.get(name, 0), *own])
    return tuple(out)


def cut_off(document: Document, scanned: Scanned) -> frozenset[int]:
    """Return where the last rows begin of grids that end a page and may go on, on the next, which is a scan."""
    if not scanned:
        return frozenset()
    last: dict[tuple[str, int | None], GridCell | None] = {}
    for block in document.blocks:
        if isinstance(block, Grid):
            cell = block.rows[-1][0]
            last[_file(document, cell.start), cell.page] = cell
        else:
            last[_file(document, block.start), block.page] = None
    ends = (last.get((name, page - 1)) for name, pages in scanned.items() for page in pages)
    return frozenset(cell.start for cell in ends if cell is not None)


def _file(document: Document, start: int) -> str:
    """The file of a document of several in which something stands."""
    return next((name for name, begins in reversed(document.parts) if begins <= start), "")


def _runs(pages: Sequence[int]) -> str:
    """Write page numbers as runs: 3、7–9."""
    runs = [[page, page] for page in pages[:1]]
    for page in pages[1:]:
        if page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
