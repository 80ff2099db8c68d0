"""ZIP packages of XML (xlsx, docx): members within bounds, XML without document types, never more than asked for."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from govbudget.errors import SourceError

MAX_MEMBERS = 5_000
MAX_MEMBER = 64 * 1024 * 1024  # bytes of one XML part, unpacked; the sheets of a budget have 10 to 500 KB
MAX_UNPACKED = 128 * 1024 * 1024
MAX_DEPTH = 200
_HEADER = 30  # bytes of the header of a part before its name
_FLAGS = 0b1000_0000_1110  # how hard it was deflated, sizes behind it, a name in UTF-8: none changes how it is read
_HINT = "is it the right file?"
BROKEN_ZIP = (  # what zipfile raises on bytes that are no good ZIP, RuntimeError for an encrypted member
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,
)


class Package:
    """A ZIP file of which parts are read one by one, each within bounds.

    Attributes:
        name: what to call it in errors.
        members: the names of its parts, in their order.

    Raises:
        SourceError: it is damaged.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN_ZIP as error:
            raise SourceError("the file is damaged or cut short", place=name, hint="download it again") from error
        self.members = dict.fromkeys(self._zip.namelist())
        self._left = MAX_UNPACKED

    def read(self, member: str) -> bytes:
        """Return one part unpacked."""
        limit = min(MAX_MEMBER, self._left)
        try:
            data = self._inflated(self._zip.getinfo(member), limit)
            if data is None:
                with self._zip.open(member) as part:
                    data = part.read(limit + 1)
        except KeyError as error:
            raise SourceError(f"the file has no part {member}", place=self.name, hint=_HINT) from error
        except BROKEN_ZIP as error:
            raise SourceError(f"the part {member} is damaged", place=self.name, hint="download it again") from error
        if len(data) > limit:
            raise SourceError(
                f"the part {member} unpacks to more than {limit:,} bytes",
                place=self.name,
                hint="this is no budget: perhaps a file made to exhaust memory",
            )
        self._left -= len(data)
        return data

    def _inflated(self, info: zipfile.ZipInfo, limit: int) -> bytes | None:
        """A part as programs write it, deflated and whole, without a stream over it.

        Returns:
            ``None`` for anything else, which is left to :mod:`zipfile` to read or to refuse.
        """
        at = info.header_offset
        head = self._data[at : at + _HEADER]
        if info.compress_type != zipfile.ZIP_DEFLATED or info.flag_bits & ~_FLAGS or info.file_size > limit:
            return None
        if len(head) < _HEADER or head[:4] != b"PK\x03\x04" or info.compress_size > MAX_MEMBER:
            return None
        named, more = struct.unpack("<HH", head[26:])
        start = at + _HEADER + named
        if self._data[at + _HEADER : start] != info.orig_filename.encode("ascii", "replace"):
            return None
        raw = self._data[start + more : start + more + info.compress_size]
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        data = inflater.decompress(raw, info.file_size + 1)
        whole = inflater.eof and len(data) == info.file_size and zlib.crc32(data) == info.CRC
        return data if whole else None


def opened(data: bytes | Package, name: str) -> Package:
    """Return the package whose parts are to be read.

    Raises:
        SourceError: it is damaged, or has too many members.
    """
    package = Package(data, name) if isinstance(data, bytes) else data
    if len(package.members) > MAX_MEMBERS:
        raise SourceError(f"the file has {len(package.members)} parts, more than {MAX_MEMBERS}", place=name, hint=_HINT)
    return package


Starts = Mapping[str, Callable[[dict[str, str]], None]]
Ends = Mapping[str, Callable[[], None]]


def parse_xml(data: bytes, place: str, starts: Starts, ends: Ends, text: Callable[[str], None] | None = None) -> None:
    """Run an XML text past handlers, by the names of the elements without their prefixes.

    Args:
        data: the XML.
        place: what to call it in an error.
        starts: what to call where an element starts, with its attributes; other elements are passed over.
        ends: what to call where it ends.
        text: what to call with text, wherever it stands.

    Raises:
        SourceError: it is not well-formed, nests too deeply, or declares a document type (entities that expand).
    """
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    known_starts, known_ends = dict(starts), dict(ends)
    depth = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise SourceError("the XML nests too deeply", place=place, hint=_HINT)
        handler = known_starts.get(name)
        if handler is None and ":" in name:
            handler = known_starts.get(name.partition(":")[2])
        if handler is not None:
            handler(attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler = known_ends.get(name)
        if handler is None and ":" in name:
            handler = known_ends.get(name.partition(":")[2])
        if handler is not None:
            handler()

    def on_doctype(*_: object) -> None:
        raise SourceError("the XML declares a document type, as no Office file does", place=place, hint=_HINT)

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = on_doctype
    try:
        parser.Parse(data, True)  # noqa: FBT003  # in small portions a long tag would be begun again with each
    except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two: an encoding that is none
        raise SourceError(f"the XML is damaged: {error}", place=place, hint="download it again") from error


def plain_names(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes by their names without prefixes."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}
