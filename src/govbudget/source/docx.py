"""DOCX: paragraphs with their heading levels and tables with their merged cells, in the order of the document."""

from __future__ import annotations

import re

import attrs

from govbudget.errors import SourceError
from govbudget.source.captions import split_captions, without_blanks
from govbudget.source.model import Document
from govbudget.source.packages import Ends, Package, Starts, opened, parse_xml, plain_names
from govbudget.source.pieces import Merge, Piece, TablePiece, TextPiece, assemble, check_size, table

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题|subtitle|副标题)", re.IGNORECASE)
_MAX_SPAN = 500
_MAX_PIECES = 100_000


def read_docx(data: bytes | Package, name: str) -> Document:
    """Read a Word document; the standard library is all it takes.

    Text that is deleted in tracked changes is left out, inserted text is read. Numbers that Word makes itself for
    numbered paragraphs are no part of the text and are not there.

    Raises:
        SourceError: the file is damaged, encrypted, or larger than any disclosure.
    """
    package = opened(data, name)
    levels = _levels(package)
    body = _Body(levels, name)
    member = next((m for m in package.members if m.lower() == "word/document.xml"), "")
    if not member:
        raise SourceError("this is no Word document", place=name, hint="is it another kind of Office file?")
    parse_xml(package.read(member), name, body.starts, body.ends, body.add)
    return assemble(name, body.pieces)


def _levels(package: Package) -> dict[str, int]:
    """The heading level of each style: by its outline level, by its name, or by the style that it is based on."""
    member = next((m for m in package.members if m.lower() == "word/styles.xml"), "")
    if not member:
        return {}
    levels: dict[str, int] = {}
    bases: dict[str, str] = {}
    current = [""]

    def on_style(attributes: dict[str, str]) -> None:
        current[0] = plain_names(attributes).get("styleId", "")

    def on_name(attributes: dict[str, str]) -> None:
        name = plain_names(attributes).get("val", "")
        if match := _HEADING.fullmatch(name.strip()):
            levels[current[0]] = int(match[1])
        elif _TITLE.fullmatch(name.strip()):
            levels[current[0]] = 1

    def on_outline(attributes: dict[str, str]) -> None:
        value = plain_names(attributes).get("val", "")
        if value.isdigit() and int(value) < 9:
            levels[current[0]] = int(value) + 1

    def on_base(attributes: dict[str, str]) -> None:
        bases[current[0]] = plain_names(attributes).get("val", "")

    starts: Starts = {"style": on_style, "name": on_name, "outlineLvl": on_outline, "basedOn": on_base}
    parse_xml(package.read(member), package.name, starts, {})
    for style in bases:
        seen, at = {style}, style
        while at not in levels and bases.get(at, at) not in seen:
            at = bases[at]
            seen.add(at)
        if at in levels:
            levels.setdefault(style, levels[at])
    return levels


@attrs.define
class _Cell:
    wide: int = 1
    merge: str = ""  # "", "restart" or "continue"
    texts: list[str] = attrs.Factory(list)


@attrs.define
class _Table:
    rows: list[list[_Cell]] = attrs.Factory(list)


@attrs.define
class _Paragraph:
    texts: list[str] = attrs.Factory(list)
    level: int = 0


class _Body:
    """Handlers for the XML of the document; paragraphs and tables nest in each other, so both are stacks."""

    def __init__(self, levels: dict[str, int], name: str) -> None:
        self.levels = levels
        self.name = name
        self.pieces: list[Piece] = []
        self.paragraphs: list[_Paragraph] = []
        self.tables: list[_Table] = []
        self.in_text = 0
        self.muted = 0
        self.cells = 0
        self.starts: Starts = {
            "p": self._on_paragraph,
            "pStyle": self._on_style,
            "outlineLvl": self._on_outline,
            "t": self._on_text,
            "tab": lambda _: self._put(" "),
            "br": lambda _: self._put("\n"),
            "cr": lambda _: self._put("\n"),
            "noBreakHyphen": lambda _: self._put("-"),
            "Fallback": self._mute,
            "del": self._mute,
            "moveFrom": self._mute,
            "tbl": lambda _: self.tables.append(_Table()),
            "tr": self._on_row,
            "tc": self._on_cell,
            "gridSpan": self._on_span,
            "vMerge": self._on_merge,
            "gridBefore": self._on_before,
        }
        self.ends: Ends = {
            "p": self._end_paragraph,
            "t": self._end_text,
            "Fallback": self._unmute,
            "del": self._unmute,
            "moveFrom": self._unmute,
            "tbl": self._end_table,
        }

    def add(self, text: str) -> None:
        """Take up text, if it is visible text of a paragraph."""
        if self.in_text:
            self._put(text)

    def _put(self, text: str) -> None:
        if self.paragraphs and not self.muted:
            self.paragraphs[-1].texts.append(text)

    def _mute(self, _: dict[str, str]) -> None:
        self.muted += 1

    def _unmute(self) -> None:
        self.muted -= 1

    def _on_text(self, _: dict[str, str]) -> None:
        self.in_text += 1

    def _end_text(self) -> None:
        self.in_text -= 1

    def _on_paragraph(self, _: dict[str, str]) -> None:
        self.paragraphs.append(_Paragraph())

    def _on_style(self, attributes: dict[str, str]) -> None:
        if self.paragraphs and not self.paragraphs[-1].level:
            self.paragraphs[-1].level = self.levels.get(plain_names(attributes).get("val", ""), 0)

    def _on_outline(self, attributes: dict[str, str]) -> None:
        value = plain_names(attributes).get("val", "")
        if self.paragraphs and value.isdigit() and int(value[:2]) < 9:
            self.paragraphs[-1].level = int(value) + 1

    def _end_paragraph(self) -> None:
        paragraph = self.paragraphs.pop()
        text = "".join(paragraph.texts).strip()
        cell = self._cell()
        if cell is not None:
            cell.texts.append(text)
            return
        for line in text.split("\n"):
            if line.strip():
                self._emit(TextPiece(text=line.strip(), heading=paragraph.level))

    def _emit(self, piece: Piece) -> None:
        self.pieces.append(piece)
        if len(self.pieces) > _MAX_PIECES:
            raise SourceError(f"the document has more than {_MAX_PIECES:,} paragraphs", place=self.name)

    # -- tables

    def _row(self) -> list[_Cell] | None:
        return self.tables[-1].rows[-1] if self.tables and self.tables[-1].rows else None

    def _cell(self) -> _Cell | None:
        row = self._row()
        return row[-1] if row else None

    def _on_row(self, _: dict[str, str]) -> None:
        if self.tables:
            self.tables[-1].rows.append([])

    def _on_cell(self, _: dict[str, str]) -> None:
        row = self._row()
        if row is not None:
            row.append(_Cell())
            self.cells += 1
            check_size(self.cells, 1, self.name)

    def _on_span(self, attributes: dict[str, str]) -> None:
        cell, value = self._cell(), plain_names(attributes).get("val", "")
        if cell is not None and value.isdigit():
            cell.wide = max(1, min(int(value[:6]), _MAX_SPAN))

    def _on_merge(self, attributes: dict[str, str]) -> None:
        if (cell := self._cell()) is not None:
            cell.merge = "restart" if plain_names(attributes).get("val") == "restart" else "continue"

    def _on_before(self, attributes: dict[str, str]) -> None:
        row, value = self._row(), plain_names(attributes).get("val", "")
        if row is not None and value.isdigit() and int(value[:6]):
            row.append(_Cell(wide=min(int(value[:6]), _MAX_SPAN)))

    def _end_table(self) -> None:
        rows = self.tables.pop().rows
        outer = self._cell()
        if outer is not None:  # a table inside a cell is text of that cell
            outer.texts.extend(" ".join(t for c in row for t in c.texts if t) for row in rows)
            return
        check_size(len(rows), max((sum(cell.wide for cell in row) for row in rows), default=0), self.name)
        made = _made(rows)
        if made.rows and any(map(any, made.rows)):
            for piece in split_captions(made):
                self._emit(without_blanks(piece) if isinstance(piece, TablePiece) else piece)


def _made(rows: list[list[_Cell]]) -> TablePiece:
    texts: list[list[str]] = []
    merged: list[Merge] = []
    running: dict[int, tuple[int, int]] = {}  # column: (first row, width) of the cell that runs down there
    heights: dict[tuple[int, int, int], int] = {}
    for index, row in enumerate(rows):
        out: list[str] = []
        for cell in row:
            column = len(out)
            out.extend(["\n".join(t for t in cell.texts if t), *[""] * (cell.wide - 1)])
            goes_on = running.get(column)
            if cell.merge == "continue" and goes_on is not None and goes_on[1] == cell.wide:
                heights[goes_on[0], column, cell.wide] += 1
            else:
                running[column] = (index, cell.wide)
                heights[index, column, cell.wide] = 1
            if not cell.merge:
                running.pop(column, None)
        texts.append(out)
    merged = [(row, column, high, wide) for (row, column, wide), high in heights.items() if high * wide > 1]
    return table(texts, merged)
