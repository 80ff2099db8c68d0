"""The rows of a worksheet, and shared strings, as tokens: for the XML that office programs write, or not at all.

Handlers called for every element are most of the time that a sheet takes. What programs write inside ``sheetData`` is
always the same: rows, cells, values. Here one compiled expression reads a row, and only where its tokens are the whole
of the row; the texts are then decoded by expat, all of them at once. Anything else (comments, prefixes, rich text, a
cell without a reference) is left to the reader of XML, so that nothing can be lost by being unusual.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any
from xml.parsers import expat

import attrs

_MAX_BYTES = 4 * 1024 * 1024  # more than this is read as a stream
_MARK = "\ue000"  # for private use: stands in no document; a text that holds it is left to the reader of XML
_ENCODING = re.compile(rb"""\s+encoding\s*=\s*["'](?:utf-8|us-ascii)["']""", re.IGNORECASE)
_FORMULA = r"(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
_VALUE = r'(?:(?:<v>|<is><t(?: xml:space="preserve")?>)([^<]*)(?:</v>|</t></is>)|<v ?/>)?'
_TOKEN = re.compile(
    r'<row r="(\d{1,7})"((?: [A-Za-z0-9:]++="[^"<>&]*+")*+) ?/?>'
    rf'|<c r="([A-Z]{{1,3}})\d{{1,7}}"([^<>]*)(?:(?<!/)>{_FORMULA}{_VALUE}</c>|(?<=/)>)'
    r"|</row>\s*+|(.+)",
    re.DOTALL,
)
_FORM = re.compile(r'(?: s="(\d{1,6})")?(?: t="([a-zA-Z]+)")?(?: s="(\d{1,6})")?')
_SMALL = 20_000  # characters of rows that are all looked at
_STRING = re.compile(r'\s*<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|(\s*\S.*)', re.DOTALL)


@attrs.frozen(kw_only=True)
class Tokens:
    """The filled cells of a sheet, before their values are made what they show.

    Attributes:
        shell: the XML of the sheet with no rows in it, ``None`` where nothing in it counts.
        cells: row and column from 0 of each cell.
        forms: type and style of each cell.
        raw: the value of each cell.
        hidden: the rows among them that nobody sees.
    """

    shell: bytes | None
    cells: Sequence[tuple[int, int]]
    forms: Sequence[tuple[str, str]]
    raw: Sequence[str]
    hidden: frozenset[int]


def sheet_tokens(data: bytes) -> Tokens | None:
    """Return the tokens of a worksheet, ``None`` where it is not of the plain kind.

    Rows in which no value stands are passed over: a value takes an end tag besides that of the row.
    """
    text = _decoded(data) or ""
    start, stop = text.find("<sheetData>") + 11, text.rfind("</sheetData>")
    if not 11 <= start <= stop:
        return None
    rows = text[start:stop].lstrip() if stop - start < _SMALL else _filled_rows(text, start, stop)
    if rows is None:
        return None
    cells: list[tuple[int, int]] = []
    attributes: list[str] = []
    texts: list[str] = []
    hidden: set[int] = set()
    row = 0
    for number, said, letters, form, raw, other in _TOKEN.findall(rows):
        if raw:
            cells.append((row, _COLUMNS[letters]))
            attributes.append(form)
            texts.append(raw)
        elif number:
            row = int(number) - 1
            if "hidden=" in said and ('hidden="1"' in said or 'hidden="true"' in said):
                hidden.add(row)
        elif other:
            return None
    forms = _forms(attributes)
    decoded = _texts(texts)
    if decoded is None or forms is None:
        return None
    shell = text[:start] + text[stop:]
    plain = "<mergeCell" not in shell and "hidden=" not in shell
    return Tokens(
        shell=None if plain else shell.encode(), cells=cells, forms=forms, raw=decoded, hidden=frozenset(hidden)
    )


def _forms(attributes: Sequence[str]) -> Sequence[tuple[str, str]] | None:
    """Type and style by the other attributes of a cell, of which a sheet has a handful of kinds."""
    known: dict[str, tuple[str, str]] = {}
    for said in set(attributes):
        form = _FORM.fullmatch(said)
        if form is None:
            return None
        known[said] = form[2] or "n", form[1] or form[3] or ""
    return [known[said] for said in attributes]


class _Columns(dict[str, int]):
    """The index of a column by its letters; A is 0."""

    def __missing__(self, letters: str) -> int:
        value = 0
        for letter in letters:
            value = value * 26 + ord(letter) - 64
        if len(letters) <= 2:  # the rest are far more than any sheet has, and would fill memory for nothing
            self[letters] = value - 1
        return value - 1


_COLUMNS = _Columns()


def column_of(letters: str) -> int:
    """Return the index of a column by its letters; A is 0."""
    return _COLUMNS[letters]


def _filled_rows(text: str, start: int, stop: int) -> str | None:
    """The rows in which something stands; of the thousands that are formatted and blank none is looked at."""
    kept: list[str] = []
    at = start
    while (end := text.find("</", at, stop)) >= 0:
        begin, after = text.rfind("<row ", at, end), text.find("<row ", end, stop)
        if begin < 0:
            return None
        at = after if after >= 0 else stop
        if text.count("</", end, at) > 1:
            kept.append(text[begin:at])
    return "".join(kept)


def string_tokens(data: bytes) -> Sequence[str] | None:
    """Return the shared strings, ``None`` where one of them has more than one run of text, or is otherwise unusual."""
    text = _decoded(data)
    if text is None or not text.endswith("</sst>"):
        return None
    start = text.find("<si>")
    found = _STRING.findall(text, start, len(text) - 6) if start >= 0 else [("", "x")]
    if found and found[-1][1]:
        return None
    return _texts([string for string, _ in found])


def style_parts(data: bytes) -> list[bytes]:
    """Return the number formats and the styles of cells, cut out of all that a book says on fonts and borders.

    Where they do not stand in it as they always do, it is returned whole.
    """
    parts = []
    for name in (b"numFmts", b"cellXfs"):
        start, stop, end = data.find(b"<" + name), data.find(b"</" + name), b"</%b>" % name
        if data.count(name) == 1 and data.find(b"/>", start) == data.find(b">", start) - 1 and start >= 0:
            continue  # <numFmts count="0"/>
        if data.count(name) != (2 if start >= 0 else 0) or stop < start or not data.startswith(end, max(stop, 0)):
            return [data]
        if start >= 0:
            parts.append(data[start : stop + len(end)])
    return parts if parts and _is_utf_8(data) and b"<!" not in data else [data]


def _is_utf_8(data: bytes) -> bool:
    """Tell whether XML says so itself, or says nothing."""
    head = data[:200]
    return head.startswith(b"<") and (b"encoding" not in head or bool(_ENCODING.search(head)))


def _decoded(data: bytes) -> str | None:
    """The text of a part in UTF-8 without comments, sections of characters or instructions."""
    if len(data) > _MAX_BYTES or not _is_utf_8(data):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    unusual = ("!" in text and "<!" in text) or (text.find("?", 200) >= 0 and "<?" in text[2:]) or _MARK in text
    return None if unusual else text


def _texts(raw: list[str]) -> Sequence[str] | None:
    """Let expat decode all texts in one go; it raises no hand where a text says the mark itself."""
    out: list[str] = []
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = out.append
    try:
        parser.ParseFile(io.BytesIO(("<a>" + _MARK.join(raw) + "</a>").encode()))
    except expat.ExpatError:
        return None
    decoded = "".join(out).split(_MARK) if raw else []
    return decoded if len(decoded) == len(raw) else None
