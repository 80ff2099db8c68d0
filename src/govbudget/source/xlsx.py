"""XLSX: the workbook read straight from its XML, within bounds.

Nothing but the standard library is needed, and nothing is built that is not used: a sheet that reaches out to its
last row and column with nothing there costs no memory, and document types are refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

import attrs

from govbudget.errors import SourceError
from govbudget.source.model import Document
from govbudget.source.number_format import BUILT_IN
from govbudget.source.packages import Ends, Package, Starts, opened, parse_xml, plain_names
from govbudget.source.pieces import Piece, assemble
from govbudget.source.sheets import Sheet, count_cells, sheet_pieces
from govbudget.source.xlsx_cells import Rows, Shared, SheetReader, Text, merges, numbered
from govbudget.source.xlsx_parts import relations, sheet_entries
from govbudget.source.xlsx_tokens import PlainSheet, cell_formats, plain_sheet, string_tokens, style_parts

_MAX_SHEETS = 200
_TOGETHER = 256 * 1024  # bytes of sheets that are read at once: more of them cost memory and save no time
# Rows and cells that say where they are but hold nothing: most of a sheet that was formatted out to its last row.
# Whole runs of them at once, and nothing is tried twice: such a sheet has a megabyte of them.
_ONE_BLANK = rb'<(?:c|row) r="[A-Z0-9]++"(?: [a-zA-Z:]++="[^"<>]*+")*+/>'
_BLANK = re.compile(rb"%b(?:%b)*+" % (_ONE_BLANK, _ONE_BLANK))


def read_xlsx(data: bytes | Package, name: str) -> Document:
    """Read a workbook, sheet by sheet.

    Formulas show the value that the file keeps; hidden sheets, rows and columns are read and remarked on.

    Raises:
        SourceError: the file is damaged, encrypted, or larger than any disclosure.
    """
    pieces: list[Piece] = []
    remarks: list[tuple[str, str]] = []
    filled = 0
    for sheet in _Book(opened(data, name)).sheets():
        filled += sheet.count
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


@attrs.frozen
class _Waiting:
    """A sheet that is to be read."""

    name: str
    hidden: bool
    data: bytes
    plain: PlainSheet | None


class _Book:
    """The parts of a workbook that all its sheets share."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.members = {member.lower(): member for member in reversed(package.members)}
        self.root = self._member("xl/workbook.xml")
        if not self.root:
            raise SourceError("this is no workbook", place=package.name, hint="is it another kind of Office file?")
        self.from_1904 = False
        self.entries: list[tuple[str, str, bool]] = []
        data = package.read(self.root)
        if (said := sheet_entries(data)) is not None:
            self.entries.extend(said[0])
            self.from_1904 = said[1]
        else:
            self._parse(data, {"workbookPr": self._on_properties, "sheet": self._on_sheet})
        if len(self.entries) > _MAX_SHEETS:
            raise SourceError(f"the workbook has more than {_MAX_SHEETS} sheets", place=package.name)
        self.targets: dict[str, str] = {}
        folder, file = posixpath.split(self.root)
        data = package.read(f"{folder}/_rels/{file}.rels")
        if (found := relations(data)) is not None:
            for name, target in found:
                self._relate(name, target)
        else:
            self._parse(data, {"Relationship": self._on_relation})

    def _parse(self, data: bytes, starts: Starts) -> None:
        parse_xml(data, self.package.name, starts, {})

    def _member(self, path: str) -> str:
        return self.members.get(path, "")

    def _on_properties(self, attributes: dict[str, str]) -> None:
        self.from_1904 = attributes.get("date1904") in {"1", "true"}

    def _on_sheet(self, attributes: dict[str, str]) -> None:
        plain = plain_names(attributes)
        hidden = plain.get("state", "visible") != "visible"
        self.entries.append((plain.get("name", ""), plain.get("id", ""), hidden))

    def _on_relation(self, attributes: dict[str, str]) -> None:
        self._relate(attributes.get("Id", ""), attributes.get("Target", ""))

    def _relate(self, name: str, target: str) -> None:
        if not target.startswith("/"):
            target = posixpath.normpath(f"{posixpath.dirname(self.root)}/{target}")
        self.targets[name] = target.lstrip("/")

    def _strings(self) -> Sequence[str]:
        strings: list[str] = []
        text = Text()
        starts: Starts = {"si": lambda _: text.begin(), **text.starts}
        ends: Ends = {"si": lambda: strings.append(text.taken()), **text.ends}
        if not (member := self._member("xl/sharedstrings.xml")):
            return ()
        data = self.package.read(member)
        if (found := string_tokens(data)) is None:
            parse_xml(data, self.package.name, starts, ends, text.add)
            return strings
        return found

    def _codes(self) -> tuple[str, ...]:
        styles = _Styles()
        starts: Starts = {"numFmt": styles.on_format, "xf": styles.on_cell, "cellXfs": styles.enter}
        if member := self._member("xl/styles.xml"):
            for part in style_parts(self.package.read(member)):
                if cells := cell_formats(part):
                    styles.cells += cells
                    continue
                parse_xml(part, self.package.name, starts, {"cellXfs": styles.leave})
        return styles.codes()

    def sheets(self) -> Iterator[Sheet]:
        """Yield the worksheets in the order of their tabs."""
        shared = Shared(strings=numbered(self._strings()), codes=self._codes(), from_1904=self.from_1904)
        waiting: list[_Waiting] = []
        size = 0
        for name, relation, hidden in self.entries:
            member = self.targets.get(relation, "")
            if member in self.package.members and "worksheets" in member:  # others are charts and dialogs
                data = self.package.read(member)
                waiting.append(_Waiting(name, hidden, data, plain_sheet(data)))
                size += len(data)
                if size > _TOGETHER:
                    yield from self._read(shared, waiting)
                    waiting, size = [], 0
        yield from self._read(shared, waiting)

    def _read(self, shared: Shared, waiting: Sequence[_Waiting]) -> Iterator[Sheet]:
        """Read sheets together; where that cannot be, each of them alone."""
        plain = [sheet.plain.rows for sheet in waiting if sheet.plain]
        found: Sequence[Rows | None] | None = shared.rows(plain)
        if found is None:
            found = [alone[0] if (alone := shared.rows([xml])) else None for xml in plain]
        coming = iter(found)
        for sheet in waiting:
            place = f"{self.package.name} {sheet.name}"
            rows = next(coming) if sheet.plain else None
            if sheet.plain is None or rows is None:
                reader = SheetReader(shared, sheet.name, place)
                yield reader.read(_BLANK.sub(b"", sheet.data), hidden=sheet.hidden)
                continue
            count_cells(sum(map(len, rows.values())), place)
            made = Sheet(
                name=sheet.name,
                rows=rows,
                merged=tuple(merges(sheet.plain.merged)),
                hidden=sheet.hidden,
                hidden_rows=len(sheet.plain.hidden & rows.keys()),
            )
            shell = sheet.plain.shell
            yield SheetReader(shared, sheet.name, place).around(made, shell) if shell else made
