"""XLSX: the workbook read straight from its XML, within bounds.

Nothing but the standard library is needed, and nothing is built that is not used: a sheet that reaches out to its
last row and column with nothing there costs no memory, and document types are refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

import attrs

from govbudget.errors import SourceError
from govbudget.source.model import Document
from govbudget.source.number_format import BUILT_IN
from govbudget.source.packages import Ends, Package, Starts, parse_xml, plain_names
from govbudget.source.pieces import Piece, assemble
from govbudget.source.sheets import Sheet, count_cells, sheet_pieces
from govbudget.source.xlsx_cells import Shared, SheetReader, Text, unescaped
from govbudget.source.xlsx_tokens import sheet_tokens, string_tokens, style_parts

_MAX_SHEETS = 200
# Rows and cells that say where they are but hold nothing: most of a sheet that was formatted out to its last row.
# Whole runs of them at once, and nothing is tried twice: such a sheet has a megabyte of them.
_ONE_BLANK = rb'<(?:c|row) r="[A-Z0-9]++"(?: [a-zA-Z:]++="[^"<>]*+")*+/>'
_BLANK = re.compile(rb"%b(?:%b)*+" % (_ONE_BLANK, _ONE_BLANK))


def read_xlsx(data: bytes, name: str) -> Document:
    """Read a workbook, sheet by sheet.

    Formulas show the value that the file keeps; hidden sheets, rows and columns are read and remarked on.

    Raises:
        SourceError: the file is damaged, encrypted, or larger than any disclosure.
    """
    pieces: list[Piece] = []
    remarks: list[tuple[str, str]] = []
    filled = 0
    for sheet in _Book(Package(data, name)).sheets():
        filled += len(sheet.cells)
        count_cells(filled, name)
        found, said = sheet_pieces(sheet)
        pieces.extend(found)
        remarks.extend(said)
    return assemble(name, pieces, remarks=remarks)


@attrs.define
class _Styles:
    formats: dict[int, str] = attrs.Factory(lambda: dict(BUILT_IN))
    cells: list[int] = attrs.Factory(list)
    inside: bool = False

    def on_format(self, attributes: dict[str, str]) -> None:
        if attributes.get("numFmtId", "").isdigit():
            self.formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")

    def on_cell(self, attributes: dict[str, str]) -> None:
        number = attributes.get("numFmtId", "0")
        if self.inside:
            self.cells.append(int(number) if number.isdigit() else 0)

    def enter(self, _: dict[str, str]) -> None:
        self.inside = True

    def leave(self) -> None:
        self.inside = False

    def codes(self) -> tuple[str, ...]:
        return tuple(self.formats.get(number, "") for number in self.cells)


class _Book:
    """The parts of a workbook that all its sheets share."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = self._member("xl/workbook.xml")
        if not self.root:
            raise SourceError("this is no workbook", place=package.name, hint="is it another kind of Office file?")
        self.from_1904 = False
        self.entries: list[tuple[str, str, bool]] = []
        self._parse(self.root, {"workbookPr": self._on_properties, "sheet": self._on_sheet})
        if len(self.entries) > _MAX_SHEETS:
            raise SourceError(f"the workbook has more than {_MAX_SHEETS} sheets", place=package.name)
        self.targets: dict[str, str] = {}
        folder, file = posixpath.split(self.root)
        self._parse(f"{folder}/_rels/{file}.rels", {"Relationship": self._on_relation})

    def _parse(self, member: str, starts: Starts, ends: Ends | None = None, text: Text | None = None) -> None:
        parse_xml(self.package.read(member), self.package.name, starts, ends or {}, text.add if text else None)

    def _member(self, path: str) -> str:
        return next((m for m in self.package.members if m.lower() == path), "")

    def _on_properties(self, attributes: dict[str, str]) -> None:
        self.from_1904 = attributes.get("date1904") in {"1", "true"}

    def _on_sheet(self, attributes: dict[str, str]) -> None:
        plain = plain_names(attributes)
        hidden = plain.get("state", "visible") != "visible"
        self.entries.append((plain.get("name", ""), plain.get("id", ""), hidden))

    def _on_relation(self, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        folder = posixpath.dirname(self.root)
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        self.targets[attributes.get("Id", "")] = path

    def _strings(self) -> tuple[str, ...]:
        strings: list[str] = []
        text = Text()
        starts: Starts = {"si": lambda _: text.begin(), **text.starts}
        ends: Ends = {"si": lambda: strings.append(text.taken()), **text.ends}
        if not (member := self._member("xl/sharedstrings.xml")):
            return ()
        data = self.package.read(member)
        if (found := string_tokens(data)) is None:
            parse_xml(data, self.package.name, starts, ends, text.add)
            return tuple(strings)
        return tuple([unescaped(string) for string in found])

    def _codes(self) -> tuple[str, ...]:
        styles = _Styles()
        starts: Starts = {"numFmt": styles.on_format, "xf": styles.on_cell, "cellXfs": styles.enter}
        if member := self._member("xl/styles.xml"):
            for part in style_parts(self.package.read(member)):
                parse_xml(part, self.package.name, starts, {"cellXfs": styles.leave})
        return styles.codes()

    def sheets(self) -> Iterator[Sheet]:
        """Yield the worksheets in the order of their tabs."""
        shared = Shared(strings=self._strings(), codes=self._codes(), from_1904=self.from_1904)
        for name, relation, hidden in self.entries:
            member = self.targets.get(relation, "")
            if member in self.package.members and "worksheets" in member:  # others are charts and dialogs
                reader = SheetReader(shared, name, f"{self.package.name} {name}")
                data = self.package.read(member)
                if (tokens := sheet_tokens(data)) is not None:
                    reader.fill(tokens)
                rest = _BLANK.sub(b"", data) if tokens is None else tokens.shell
                if rest is not None:
                    parse_xml(rest, reader.place, reader.starts, reader.ends, reader.text.add)
                yield reader.sheet(hidden=hidden)
