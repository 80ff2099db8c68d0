"""Files made to hurt, given to our readers and to the libraries that could stand in their place.

Each pair runs in a process of its own with a bound on its memory and its time; what is shown is how it ended, the
seconds it took, and by how much the memory of the process grew. The files are those of tests/source/test_hostile.py.

    python benchmarks/hostile.py
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import extractors  # noqa: E402
from tests.source.test_hostile import BILLION, MAIN, WORD, WORDS, zipped  # noqa: E402

from govbudget.source import open_document  # noqa: E402

_SECONDS = 30
_BYTES = 6 * 1024**3

BOOKS: dict[str, Callable[[], bytes]] = {
    "XLSX, 200 MB of blanks in 0.2 MB": lambda: _book(b" " * (200 * 1024 * 1024)),
    "XLSX, 30 MB of filled cells": lambda: _book(_sheet("<row>" + "<c><v>1</v></c>" * 1_000 + "</row>", 2_000)),
    "XLSX, a million empty rows": lambda: _book(_sheet("<row/>", 1_000_000)),
    "XLSX, two cells far apart": lambda: _book(_far()),
    "XLSX, 100,000 elements deep": lambda: _book(_sheet("<a>" * 100_000 + "</a>" * 100_000, 1)),
    "XLSX, entities that expand": lambda: _book(
        f"{BILLION}<worksheet {MAIN}><sheetData><row><c t='str'><v>&j;</v></c></row></sheetData></worksheet>"
    ),
}
WORD_FILES: dict[str, Callable[[], bytes]] = {
    "DOCX, 200 MB of blanks in 0.2 MB": lambda: _word(b" " * (200 * 1024 * 1024)),
    "DOCX, 30 MB of paragraphs": lambda: _word(_text("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 850_000)),
    "DOCX, entities that expand": lambda: _word(BILLION + WORDS),
}


def _sheet(row: str, times: int) -> str:
    return f"<worksheet {MAIN}><sheetData>{row * times}</sheetData></worksheet>"


def _far() -> str:
    row = '<row r="{0}"><c r="A{0}" t="str"><v>x</v></c><c r="XFD{0}"><v>1</v></c></row>'
    return f"<worksheet {MAIN}><sheetData>{row.format(1)}{row.format(1048576)}</sheetData></worksheet>"


def _text(body: str) -> str:
    return f"<w:document {WORD}><w:body>{body}</w:body></w:document>"


def _word(document: str | bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": document,
        }
    )


def _book(sheet: str | bytes) -> bytes:
    """A whole workbook, for readers that ask for all its parts, with this for its sheet."""
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(out) as book:
        members: dict[str, str | bytes] = {name: book.read(name) for name in book.namelist()}
    return zipped(members | {"xl/worksheets/sheet1.xml": sheet})


READERS: dict[str, tuple[dict[str, Callable[[], bytes]], Callable[[bytes], object]]] = {
    "govbudget": (BOOKS | WORD_FILES, lambda data: open_document(data, name="a")),
    "calamine": (BOOKS, extractors.calamine),
    "openpyxl": (BOOKS, extractors.openpyxl),
    "openpyxl_streaming": (BOOKS, extractors.openpyxl_streaming),
    "python-docx": (WORD_FILES, extractors.docx),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--one", nargs=2, metavar=("PATH", "READER"), help="read one file in this process")
    chosen = parser.parse_args()
    if chosen.one:
        _one(Path(chosen.one[0]), chosen.one[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for file, make in (BOOKS | WORD_FILES).items():
            path.write_bytes(make())
            print(f"{file}, {path.stat().st_size / 1e6:.1f} MB")
            for reader, (files, _) in READERS.items():
                if file in files:
                    print(f"  {reader:20} {_ended(path, reader)}", flush=True)


def _ended(path: Path, reader: str) -> str:
    command = [sys.executable, __file__, "--one", str(path), reader]
    begin = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"not done after {time.perf_counter() - begin:.0f} s"
    return done.stdout.strip() or f"died with status {done.returncode}: {done.stderr.strip()[-80:]}"


def _one(path: Path, reader: str) -> None:
    files, read = READERS[reader]
    read(_easy(next(iter(files))))  # imports, and what a first call costs
    data = path.read_bytes()
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    before = _resident()
    begin = time.perf_counter()
    try:
        read(data)
        how = "read"
    except Exception as error:  # noqa: BLE001 - how it ends is what is asked
        how = f"{type(error).__name__}: {str(error)[:60]}"
    took = time.perf_counter() - begin
    print(f"{took:7.2f} s  {max(0, _resident() - before):6.0f} MB  {how}")


def _easy(file: str) -> bytes:
    if file in WORD_FILES:
        return _word(_text("<w:p><w:r><w:t>x</w:t></w:r></w:p>"))
    return _book(_sheet("<row><c><v>1</v></c></row>", 1))


def _resident() -> float:
    """The most that the process had in memory, in MB; what the system says of it may begin with its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
