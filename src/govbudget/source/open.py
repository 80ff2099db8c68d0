"""From a path, bytes or text to a :class:`Document`: decoding, bounds, and the choice of the format by content."""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path

import attrs

from govbudget.errors import SourceError
from govbudget.source.markdown import read_markdown
from govbudget.source.model import Document
from govbudget.source.plain import read_plain

MAX_BYTES = 16 * 1024 * 1024  # a budget as text has 20 to 200 KB
MAX_LINE = 200_000

_PIPE_TABLE = re.compile(r"^\s*\|.*\|\s*\r?\n\s*\|?\s*:?-{2,}", re.MULTILINE)
_BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP container (xlsx, docx, ods)",
    b"\xd0\xcf\x11\xe0": "an old Office file (xls, doc)",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
}


def open_document(source: str | PathLike[str] | bytes, *, name: str | None = None) -> Document:
    """Read a source and take it apart into paragraphs and grids.

    Args:
        source: a path, or the bytes of a document.
        name: what to call the document in places; a path gives its file name.

    Raises:
        SourceError: there is no such file, it is empty, too large, binary, or not text in a known encoding.
    """
    if isinstance(source, bytes):
        return _from_bytes(source, name or "document")
    path = Path(source)
    name = name or path.name
    try:
        if path.is_dir():
            raise SourceError("this is a folder, not a document", place=str(path), hint="name a file in it")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(size, str(path))
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError("there is no such file", place=str(path), hint="check the path") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"the file cannot be read: {error}", place=str(path)) from error
    return _from_bytes(data, name)


def _from_bytes(data: bytes, name: str) -> Document:
    if len(data) > MAX_BYTES:
        raise _too_large(len(data), name)
    text, remarks = _decode(data, name)
    if not text.strip():
        raise SourceError("the document is empty", place=name)
    if max(map(len, text.splitlines())) > MAX_LINE:
        raise SourceError(f"a line is longer than {MAX_LINE} characters", place=name, hint="is this a text document?")
    document = read_markdown(text, name) if _PIPE_TABLE.search(text) else read_plain(text, name)
    return attrs.evolve(document, remarks=document.remarks + remarks)


def _too_large(size: int, name: str) -> SourceError:
    return SourceError(
        f"the document has {size:,} bytes, more than the {MAX_BYTES:,} a text disclosure may have",
        place=name,
        hint="is it the right file?",
    )


def _decode(data: bytes, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise SourceError(
                f"this is {kind}; text and Markdown are read so far", place=name, hint="convert it to text or Markdown"
            )
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if encoding == "gb18030" and not _looks_chinese(text):
            break
        return text, () if encoding == "utf-8-sig" else (("source-encoding", encoding),)
    raise SourceError(
        "the bytes are no text in UTF-8, UTF-16 or GB18030", place=name, hint="save the file as UTF-8 and try again"
    )


def _looks_chinese(text: str) -> bool:
    """GB18030 decodes nearly everything: believe it only where words of every budget come out."""
    return sum(word in text for word in ("预算", "决算", "单位", "支出", "收入", "合计")) >= 2
