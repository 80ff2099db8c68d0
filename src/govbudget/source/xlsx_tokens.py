"""The rows of worksheets, and shared strings, as tokens: for the XML that office programs write, or not at all.

Handlers called for every element are most of the time that a sheet takes. What programs write inside ``sheetData`` is
always the same: rows, cells, values. Here one compiled expression takes the rows of all sheets apart, and is believed
only where nothing stands between its tokens; the texts are then decoded by expat, all of them at once. Anything else
(comments, prefixes, rich text, a cell without a reference) is left to the reader of XML, so that nothing can be lost by
being unusual.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.parsers import expat

import attrs

_MAX_BYTES = 4 * 1024 * 1024  # more than this is read as a stream
_MARK = "\ue000"  # for private use: stands in no document; a text that holds it is left to the reader of XML
_ENCODING = re.compile(rb"""\s+encoding\s*=\s*["'](?:utf-8|us-ascii)["']""", re.IGNORECASE)
_NEXT = "<sheetData>"
_FORMULA = r"(?:<f(?: [^<>]*)?(?:/>|>[^<]*+</f>))?"
_VALUE = r'(?:<v|<is><t(?: xml:space="preserve")?)'
_SAYS = rf"[^>]*+>{_FORMULA}{_VALUE}>[^<]*+"  # one mark left out is quicker than two
_BLANK = rf"[^<>]*+(?:(?<=/)>|(?<!/)>{_FORMULA}(?:<v ?/>)?</c>)"
_BLANKS = r'(?:<c r="[A-Z0-9]++"[^<>/]*+/>)*+'  # passed over with what stands before them
_TOKEN = re.compile(
    rf'<c r="([A-Z]{{1,3}})\d{{1,7}}"(?:({_SAYS})</(?:v|t></is)></c>{_BLANKS}|{_BLANK})'
    rf'|(?:</row>\s*+)?(?:<row r="(\d{{1,7}})"(?: [A-Za-z0-9:]++="[^"<>&]*+")*+ ?/?>{_BLANKS}|{_NEXT})'
)
_STYLE = r' s="(\d{1,6})"'
_FORM = re.compile(rf'(?:{_STYLE})?(?: t="([a-zA-Z]+)")?(?:{_STYLE})?>{_FORMULA}{_VALUE}')
_STYLED = re.compile(rb'<xf (?:[a-zA-Z]++="[^"<>]*+" )*?numFmtId="(\d{1,9})"')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HIDDEN = re.compile(r'<row r="(\d{1,7})"[^<>]* hidden="(?:1|true)"')
_MERGE = re.compile(r'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})" ?/>')
_SMALL = 20_000  # characters of rows that are all looked at
_END = 2_000  # characters before the end in which a sheet says what is blank, if it was formatted beyond what it holds
_T = r'<t(?: xml:space="preserve")?>'
_LOOK = r'(?:<rPr>(?:<[A-Za-z]++(?: [A-Za-z]++="[^"<>]*+")*+ ?/>)*+</rPr>)?'
_STRING = re.compile(  # one text, or runs of text that look different; no pronunciation over them
    rf"<si>(?:{_T}([^<]*+)</t>|((?:<r>{_LOOK}{_T}[^<]*+</t></r>)++))(?:<phoneticPr [^<>]*+(?<=/)>)?</si>\s*+"
)
_RUN = re.compile(rf"{_T}([^<]*+)</t>")
_CODED = re.compile(r"[&\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|]]>|_x")  # means something else, or is no XML


@attrs.frozen
class PlainSheet:
    """A worksheet as programs write it, taken apart into what stands in its rows and what stands around them.

    Attributes:
        rows: the XML of its rows; blank ones may be left out.
        merged: where merged cells begin and end: letters and number of the first, of the last.
        shell: the XML of the sheet with no rows in it, ``None`` where nothing else in it counts.
        hidden: the rows from 0 that nobody sees.
    """

    rows: str
    merged: Sequence[tuple[str, str, str, str]]
    shell: bytes | None
    hidden: frozenset[int]


@attrs.frozen
class Tokens:
    """The cells and rows of sheets as their XML says them, in their order.

    Each token is a filled cell, a blank one, the beginning of a row, or of a sheet but the first.

    Attributes:
        letters: the column of each cell, ``None`` for all else.
        said: all that says what a filled cell shows, its XML from behind its place to the end of its value.
        numbers: the number of each row, ``None`` for all else.
    """

    letters: Sequence[str | None]
    said: Sequence[str | None]
    numbers: Sequence[str | None]


def plain_sheet(data: bytes) -> PlainSheet | None:
    """Return a worksheet in two, ``None`` where it is not of the plain kind."""
    text = decoded(data) or ""
    start, stop = text.find("<sheetData>") + 11, text.rfind("</sheetData>")
    if not 11 <= start <= stop:
        return None
    dense = stop - start < _SMALL or text.find("/>", stop - _END, stop) < 0
    rows = text[start:stop] if dense else _filled_rows(text, start, stop)
    if rows is None:
        return None
    hidden = [int(number) - 1 for number in _HIDDEN.findall(rows)] if _hides(rows) else ()
    shell = text[:start] + text[stop:]
    merged = _MERGE.findall(shell)
    if _hides(shell) or shell.count("<mergeCell") != len(merged) + shell.count("<mergeCells"):
        return PlainSheet(rows.strip(), (), shell.encode(), frozenset(hidden))
    return PlainSheet(rows.strip(), merged, None, frozenset(hidden))


def _hides(xml: str) -> bool:
    """Whether something in it may be hidden; some programs say of each row and column that it is not."""
    return "hidden=" in xml and xml.count("hidden=") > xml.count('hidden="0"') + xml.count('hidden="false"')


def tokens(rows: Sequence[str]) -> Tokens | None:
    """Return the tokens of the rows of sheets, ``None`` where anything else stands in one of them.

    All of them at once, for what it takes to begin and to end counts where a book has many small sheets.
    """
    parts = _TOKEN.split(_NEXT.join(rows).removesuffix("</row>"))
    return None if any(parts[::4]) else Tokens(parts[1::4], parts[2::4], parts[3::4])


def forms_and_texts(said: Sequence[str]) -> Iterable[tuple[tuple[str, int], str]] | None:
    """Return type, style and text of cells by what is said of them; ``None`` where that of one is unusual.

    >>> list(forms_and_texts([' s="3" t="str"><f>A1</f><v>&#30002;', "><v>5"]))
    [(('str', 3), '甲'), (('n', 0), '5')]
    """
    parts = [one.rpartition(">") for one in said]
    forms: dict[str, tuple[str, int]] = {}
    for head in {head for head, _, _ in parts}:
        form = _FORM.fullmatch(head)
        if form is None:
            return None
        forms[head] = form[2] or "n", int(form[1] or form[3] or 0)
    texts = decoded_texts([text for _, _, text in parts])
    return None if texts is None else zip([forms[head] for head, _, _ in parts], texts, strict=True)


class _Columns(dict[str, int]):
    """The index of a column by its letters; A is 0."""

    def __missing__(self, letters: str) -> int:
        value = 0
        for letter in letters:
            value = value * 26 + ord(letter) - 64
        if len(letters) <= 2:  # the rest are far more than any sheet has, and would fill memory for nothing
            self[letters] = value - 1
        return value - 1


COLUMNS: Mapping[str, int] = _Columns()


def _filled_rows(text: str, start: int, stop: int) -> str | None:
    """The rows in which something stands; of the thousands that are formatted and blank none is looked at.

    A value takes an end tag besides that of the row.
    """
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
    """Return the shared strings, ``None`` where one of them is unusual.

    >>> runs = b"<r><rPr><b/></rPr><t>1</t></r><r><t>.00</t></r>"
    >>> string_tokens(b"<sst><si><t>&lt;</t></si><si>" + runs + b"</si></sst>")
    ['<', '1.00']
    """
    text = decoded(data)
    if text is None or not text.endswith("</sst>"):
        return None
    start = text.find("<si>")
    parts = _STRING.split(text[start:-6]) if start >= 0 else ["x"]
    if any(parts[::3]):
        return None
    found = zip(parts[1::3], parts[2::3], strict=True)
    return decoded_texts(["".join(_RUN.findall(runs)) if runs else one for one, runs in found])


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


def cell_formats(part: bytes) -> list[int] | None:
    """Return the number format of each style of cells, ``None`` for another part and where one of them is unusual.

    >>> cell_formats(b'<cellXfs count="2"><xf numFmtId="0"/><xf fontId="1" numFmtId="4"><alignment/></xf></cellXfs>')
    [0, 4]
    """
    found = _STYLED.findall(part) if part.startswith(b"<cellXfs") else []
    return [int(number) for number in found] if found and len(found) == part.count(b"xf ") else None


def _is_utf_8(data: bytes) -> bool:
    """Tell whether XML says so itself, or says nothing."""
    head = data[:200]
    return head.startswith(b"<") and (b"encoding" not in head or bool(_ENCODING.search(head)))


def decoded(data: bytes) -> str | None:
    """Return the text of a part in UTF-8 without comments, sections of characters or instructions, else ``None``."""
    if len(data) > _MAX_BYTES or not _is_utf_8(data):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    unusual = ("!" in text and "<!" in text) or (text.find("?", 200) >= 0 and "<?" in text[2:]) or _MARK in text
    return None if unusual else text


def decoded_texts(raw: list[str]) -> Sequence[str] | None:
    """Let expat decode all texts in one go, where there is something to decode.

    Returns:
        ``None`` where expat refuses one; it raises no hand where a text says the mark itself.
    """
    if not raw:
        return []
    joined = _MARK.join(raw)
    if not _CODED.search(joined):
        return raw
    out: list[str] = []
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = out.append
    try:
        parser.Parse(f"<a>{joined}</a>", True)  # noqa: FBT003
    except expat.ExpatError:
        return None
    text = "".join(out)
    texts = text.split(_MARK)
    if "_x" in text:
        texts = list(map(unescaped, texts))
    return texts if len(texts) == len(raw) else None


def unescaped(text: str) -> str:
    """Undo ``_x000D_``, as workbooks write characters that XML may not hold."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text
