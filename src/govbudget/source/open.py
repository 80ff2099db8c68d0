"""From a path, bytes, an open file or several of them to a :class:`Document`: bounds, and the format by content."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from govbudget.errors import SourceError
from govbudget.source.csv_files import looks_like_csv, read_csv
from govbudget.source.decode import decode
from govbudget.source.markdown import read_markdown
from govbudget.source.model import Document
from govbudget.source.plain import read_plain
from govbudget.source.several import concatenated
from govbudget.source.sniff import sniff, unzipped

MAX_BYTES = 64 * 1024 * 1024  # a PDF with pictures of the pages may have 20 MB
MAX_TEXT_BYTES = 16 * 1024 * 1024  # a budget as text has 20 to 200 KB
MAX_LINE = 200_000
MAX_FILES = 100

_PIPE_TABLE = re.compile(r"^\s*\|.*\|\s*\r?\n\s*\|?\s*:?-{2,}", re.MULTILINE)

Source = str | PathLike[str] | bytes | BinaryIO


def open_document(source: Source | Sequence[Source], *, name: str | None = None) -> Document:
    """Read a source and take it apart into paragraphs and grids.

    PDF, XLSX, XLS, DOCX, HTML, CSV, Markdown and plain text are recognised by their content, whatever the file is
    called. A folder is read for its CSV files, a list for all that is in it.

    Args:
        source: a path, the bytes of a document, a file open for reading bytes, or several of these that make one
            disclosure.
        name: what to call the document in places; a path gives its file name.

    Raises:
        SourceError: there is no such file, it is empty, too large, damaged, encrypted, or of no format that is read.
        MissingExtra: the package that reads the format is not installed; the hint says how to install it.
    """
    if isinstance(source, (bytearray, memoryview)):
        source = bytes(source)
    if isinstance(source, Sequence) and not isinstance(source, (str, bytes)):
        return open_documents(source, name=name)
    if isinstance(source, bytes):
        return _from_bytes(source, name or "document")
    if not isinstance(source, (str, PathLike)):
        return _from_file(source, name)
    path = Path(source)
    try:
        if path.is_dir():
            return _from_folder(path, name)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(size, MAX_BYTES, str(path))
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError("there is no such file", place=str(path), hint="check the path") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"the file cannot be read: {error}", place=str(path)) from error
    return _from_bytes(data, name or path.name)


def open_documents(sources: Sequence[Source], *, name: str | None = None) -> Document:
    """Read several sources that make one disclosure, in this order, as one document.

    Raises:
        SourceError: there is none, there are too many, or one cannot be read.
        MissingExtra: a package that reads one of them is not installed.
    """
    if not sources or len(sources) > MAX_FILES:
        raise SourceError(f"{len(sources)} files, not 1 to {MAX_FILES}", place=name, hint="name the files to read")
    documents = [open_document(source) for source in sources]
    return concatenated(documents, name or " + ".join(document.name for document in documents))


def _from_folder(folder: Path, name: str | None) -> Document:
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and path.is_file())
    if not files:
        raise SourceError(
            "this is a folder without CSV files, not a document", place=str(folder), hint="name the files in it"
        )
    return open_documents(files, name=name or folder.name)


def _from_file(file: BinaryIO, name: str | None) -> Document:
    data = file.read(MAX_BYTES + 1)
    if not isinstance(data, bytes):
        raise SourceError("the file is open for text", place=name, hint="open it for bytes: open(path, 'rb')")
    given = getattr(file, "name", None)
    return _from_bytes(data, name or (Path(given).name if isinstance(given, str) else "document"))


def _from_bytes(data: bytes, name: str) -> Document:
    if len(data) > MAX_BYTES:
        raise _too_large(len(data), MAX_BYTES, name)
    found = unzipped(data, name)
    kind = sniff(found, name)
    if kind == "text":
        return _from_text(data, name)
    document = _reader(kind)(found, name)
    if not document.blocks and not document.remarks:
        raise SourceError("the document is empty", place=name)
    return document


def _reader(kind: str) -> Callable[[Any, str], Document]:
    """Import a format's reader only where it is used; what it takes is what :func:`unzipped` makes of its kind."""
    if kind == "pdf":
        from govbudget.source.pdf import read_pdf as reader
    elif kind == "xlsx":
        from govbudget.source.xlsx import read_xlsx as reader
    elif kind == "xls":
        from govbudget.source.xls import read_xls as reader
    elif kind == "docx":
        from govbudget.source.docx import read_docx as reader
    else:
        from govbudget.source.html import read_html as reader
    return reader


def _from_text(data: bytes, name: str) -> Document:
    if len(data) > MAX_TEXT_BYTES:
        raise _too_large(len(data), MAX_TEXT_BYTES, name)
    text, remarks = decode(data, name)
    if not text.strip():
        raise SourceError("the document is empty", place=name)
    if max(map(len, text.splitlines())) > MAX_LINE:
        raise SourceError(f"a line is longer than {MAX_LINE} characters", place=name, hint="is this a text document?")
    if _PIPE_TABLE.search(text):
        document = read_markdown(text, name)
    elif name.lower().endswith(".csv") or looks_like_csv(text):
        document = read_csv(text.removeprefix("\ufeff"), name)
    else:
        document = read_plain(text, name)
    return attrs.evolve(document, remarks=document.remarks + remarks)


def _too_large(size: int, most: int, place: str) -> SourceError:
    return SourceError(
        f"the document has {size:,} bytes, more than the {most:,} that a disclosure of its kind may have",
        place=place,
        hint="is it the right file?",
    )
