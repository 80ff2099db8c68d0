"""Which format bytes are in, by the bytes themselves: names lie."""

from __future__ import annotations

import re
from itertools import islice

from govbudget.errors import SourceError
from govbudget.source.packages import Package

_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|table|div|meta|p|h[1-6]|title|style|span|center|article|section)\b",
    re.IGNORECASE | re.DOTALL,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = (
    (b"\x1f\x8b", "a gzip file", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it"),
    (b"\x89PNG", "an image", "run it through text recognition, or use the PDF or Excel file beside it"),
    (b"\xff\xd8\xff", "an image", "run it through text recognition, or use the PDF or Excel file beside it"),
    (b"GIF8", "an image", "run it through text recognition, or use the PDF or Excel file beside it"),
    (b"II*\x00", "an image", "run it through text recognition, or use the PDF or Excel file beside it"),
    (b"{\\rtf", "an RTF document", "save it as docx"),
    (b"\x7fELF", "a program", "is it the right file?"),
    (b"MZ", "a program", "is it the right file?"),
)


def sniff(data: bytes | Package, name: str) -> str:
    """Return ``pdf``, ``xlsx``, ``xls``, ``docx``, ``html`` or ``text``.

    Raises:
        SourceError: the bytes are of a known format that is not read.

    >>> sniff(b"%PDF-1.7", "a"), sniff(b"<!DOCTYPE html><p>", "a.xls"), sniff("预算".encode(), "a.pdf")
    ('pdf', 'html', 'text')
    """
    if isinstance(data, Package):
        return _zipped(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zipped(Package(data, name))
    if data.startswith(_OLE):
        return _compound(data, name)
    for magic, kind, hint in _REFUSED:
        if data.startswith(magic) and (magic != b"MZ" or b"\x00" in data[:64]):
            raise SourceError(f"this is {kind}", place=name, hint=hint)
    head = data[:8192].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        return "html"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise SourceError("this is a workbook saved as XML of 2003", place=name, hint="save it as xlsx")
    return "html" if _MARKUP.match(head) else "text"


def unzipped(data: bytes, name: str) -> bytes | Package:
    """Return the bytes of a ZIP file as a package, to be opened once for all; other bytes as they are.

    Raises:
        SourceError: the package is damaged.
    """
    return Package(data, name) if data.startswith(b"PK") and b"%PDF-" not in data[:1024] else data


def _zipped(package: Package) -> str:
    name, members = package.name, {member.lower() for member in islice(package.members, 10_000)}
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "word/document.xml" in members:
        return "docx"
    if "xl/workbook.bin" in members or "content.xml" in members or "ppt/presentation.xml" in members:
        raise SourceError(
            "this is an Office file of a kind that is not read (xlsb, ods, odt or pptx)",
            place=name,
            hint="save it as xlsx, docx or PDF",
        )
    raise SourceError("this is a ZIP archive, not a document", place=name, hint="unpack it and name its files")


def _compound(data: bytes, name: str) -> str:
    """Old Office files are small file systems; the names of their streams say what they are."""
    if _stream("EncryptedPackage") in data:
        raise SourceError("the file is encrypted", place=name, hint="open it with its password and save it without one")
    if _stream("Workbook") in data or _stream("Book") in data:
        return "xls"
    if _stream("WordDocument") in data:
        raise SourceError("this is an old Word file (doc)", place=name, hint="save it as docx")
    raise SourceError("this is an old Office file of an unknown kind", place=name, hint="save it as xlsx or docx")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")
