"""What a workbook says of its sheets and where their parts are, by expressions for the XML that programs write.

An expression is believed only where it accounts for all that counts in a part; else ``None`` says that the reader of
XML has to read it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govbudget.source.xlsx_tokens import decoded

_VALUE = r'"[^"<>&\t\r\n]*+"'
_KEPT = _VALUE.replace('"', '"(', 1).replace('*+"', '*+)"')
_OTHER = rf"(?:xmlns:)?[A-Za-z0-9]++={_VALUE}"
_SHEET = re.compile(rf"<sheet(?: (?:name={_KEPT}|(?:[a-z]++:)?id={_KEPT}|state={_KEPT}|{_OTHER}))++ ?/>")
_RELATION = re.compile(rf"<Relationship(?: (?:Id={_KEPT}|Target={_KEPT}|{_OTHER}))++ ?/>")
_HEAD = re.compile(rf"(?:<\?xml[^<>]*+>)?\s*+<Relationships(?: {_OTHER}| xmlns={_VALUE})*+>\s*+")
_TAIL = re.compile(r"\s*+</Relationships>\s*+")
_PROPERTIES = re.compile(rf"<workbookPr((?: {_OTHER})*+) ?/>")


def sheet_entries(data: bytes) -> tuple[Sequence[tuple[str, str, bool]], bool] | None:
    """Return name, relation and whether nobody sees it of each sheet, and whether days count from 1904.

    >>> sheet_entries(b'<workbook><workbookPr/><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>')
    ([('A', 'r1', False)], False)
    """
    text = decoded(data) or ""
    start, stop = text.find("<sheets>") + 8, text.rfind("</sheets>")
    if not 8 <= start <= stop or ":sheet" in text or ":workbookPr" in text:
        return None
    parts = _SHEET.split(text[start:stop])
    properties = _PROPERTIES.findall(text)
    if any(map(str.strip, parts[::4])) or text.count("<sheet") != len(parts) // 4 + 1:
        return None
    if len(properties) != text.count("<workbookPr ") + text.count("<workbookPr/") or len(properties) > 1:
        return None
    said = properties[0] if properties else ""
    entries = [
        (name or "", relation or "", (state or "visible") != "visible")
        for name, relation, state in zip(parts[1::4], parts[2::4], parts[3::4], strict=True)
    ]
    return entries, ' date1904="1"' in said or ' date1904="true"' in said


def relations(data: bytes) -> Sequence[tuple[str, str]] | None:
    """Return identifier and target of each relation of a part.

    >>> relations(b'<Relationships xmlns="p"><Relationship Id="r1" Type="t" Target="a.xml"/></Relationships>')
    [('r1', 'a.xml')]
    """
    parts = _RELATION.split(decoded(data) or "")
    if not _HEAD.fullmatch(parts[0]) or not _TAIL.fullmatch(parts[-1]) or any(map(str.strip, parts[3:-1:3])):
        return None
    return [(name or "", target or "") for name, target in zip(parts[1::3], parts[2::3], strict=True)]
