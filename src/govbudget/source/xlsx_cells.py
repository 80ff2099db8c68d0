"""The cells of one worksheet of an XLSX file, values as they show them."""

from __future__ import annotations

import re

import attrs

from govbudget.errors import SourceError
from govbudget.source.number_format import shown
from govbudget.source.packages import Ends, Starts
from govbudget.source.pieces import Merge
from govbudget.source.sheets import MAX_FILLED, Sheet, count_cells
from govbudget.source.xlsx_tokens import Tokens, column_of

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_ROWS = 1_200_000
_MAX_MERGED = 20_000


@attrs.frozen(kw_only=True)
class Shared:
    """What all sheets of a workbook share: its strings, the number format of each style, its calendar.

    ``known`` keeps what a value of a type and style shows: a budget says its figures several times over.
    """

    strings: tuple[str, ...]
    codes: tuple[str, ...]
    from_1904: bool = False
    known: dict[tuple[tuple[str, str], str], str] = attrs.Factory(dict)


class Text:
    """Collects the text of ``t`` and ``v`` elements, without the phonetic guides (``rPh``)."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._on = False
        self._mute = 0
        self.starts: Starts = {"t": self._enter, "v": self._enter, "rPh": self._mute_on}
        self.ends: Ends = {"t": self._leave, "v": self._leave, "rPh": self._mute_off}

    def begin(self) -> None:
        """Forget what was collected."""
        self._out.clear()

    def _enter(self, _: dict[str, str]) -> None:
        self._on = not self._mute

    def _leave(self) -> None:
        self._on = False

    def _mute_on(self, _: dict[str, str]) -> None:
        self._mute += 1

    def _mute_off(self) -> None:
        self._mute -= 1

    def add(self, text: str) -> None:
        """Take up text, if it stands in an element that counts."""
        if self._on:
            self._out.append(text)

    def taken(self) -> str:
        """Return what was collected and forget it."""
        if not self._out:
            return ""
        text = "".join(self._out)
        self._out.clear()
        return unescaped(text)


def unescaped(text: str) -> str:
    """Undo ``_x000D_``, as workbooks write characters that XML may not hold."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


class SheetReader:
    """Handlers for the XML of one worksheet."""

    def __init__(self, shared: Shared, name: str, place: str) -> None:
        self.shared = shared
        self.name = name
        self.place = place
        self.text = Text()
        self.cells: dict[tuple[int, int], str] = {}
        self.merged: list[Merge] = []
        self.row, self.column, self.rows = -1, -1, 0
        self.number = ""
        self.kind, self.style = "n", ""
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.starts: Starts = {
            "c": self._on_cell,
            "row": self._on_row,
            "mergeCell": self._on_merge,
            "col": self._on_column,
            **self.text.starts,
        }
        self.ends: Ends = {"c": self._on_cell_end, **self.text.ends}

    def _on_cell(self, attributes: dict[str, str]) -> None:
        self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")

    def _on_row(self, attributes: dict[str, str]) -> None:
        self.rows += 1
        self.number = attributes.get("r", "")  # looked at only where a cell is filled: most rows of a sheet are blank
        self.column = -1
        if not self.number:
            self.number = str(self.row + 2)
            self.row += 1
        if "hidden" in attributes and attributes["hidden"] in {"1", "true"} and len(self.hidden_rows) < MAX_FILLED:
            self.hidden_rows.add(self._row())
        if self.rows > _MAX_ROWS:
            raise SourceError(f"the sheet has more than {_MAX_ROWS:,} rows", place=self.place)

    def _row(self) -> int:
        if self.number.isdigit() and len(self.number) < 8:
            self.row = int(self.number) - 1
        return self.row

    def _on_column(self, attributes: dict[str, str]) -> None:
        low, high = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in {"1", "true"} and (low + high).isdigit() and len(low + high) < 14:
            self.hidden_columns.append((int(low) - 1, int(high) - 1))

    def _on_merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if a and b and len(self.merged) < _MAX_MERGED:
            row, column = int(a[2]) - 1, column_of(a[1])
            high, wide = int(b[2]) - row, column_of(b[1]) + 1 - column
            if high > 0 and wide > 0:
                self.merged.append((row, column, high, wide))

    def _on_cell_end(self) -> None:
        raw = self.text.taken()
        if not raw:
            return
        value = self._value(raw)
        if value.strip():
            count_cells(len(self.cells), self.place)
            self.cells[self._row(), self.column] = value.replace("\t", " ").replace("\r\n", "\n")

    def _value(self, raw: str) -> str:
        if self.kind == "s":
            index = int(raw) if raw.isdigit() and len(raw) < 10 else -1
            return self.shared.strings[index] if 0 <= index < len(self.shared.strings) else ""
        if self.kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        if self.kind != "n":
            return raw
        style = int(self.style) if self.style.isdigit() and len(self.style) < 7 else 0
        code = self.shared.codes[style] if style < len(self.shared.codes) else ""
        return shown(raw.strip(), code, from_1904=self.shared.from_1904)

    def fill(self, tokens: Tokens) -> None:
        """Take up the cells of a sheet that was read as tokens."""
        known, cells = self.shared.known, self.cells
        for at, form, raw in zip(tokens.cells, tokens.forms, tokens.raw, strict=True):
            value = known.get((form, raw))
            if value is None:
                self.kind, self.style = form
                value = self._value(unescaped(raw))
                value = value.replace("\t", " ").replace("\r\n", "\n") if value.strip() else ""
                known[form, raw] = value
            if value:
                cells[at] = value
        count_cells(len(self.cells), self.place)
        self.hidden_rows.update(tokens.hidden)

    def sheet(self, *, hidden: bool) -> Sheet:
        """Return what was read."""
        columns = {c for c in {c for _, c in self.cells} if any(low <= c <= high for low, high in self.hidden_columns)}
        return Sheet(
            name=self.name,
            cells=self.cells,
            merged=tuple(self.merged),
            hidden=hidden,
            hidden_rows=len(self.hidden_rows & {row for row, _ in self.cells}),
            hidden_columns=len(columns),
        )


def _column(reference: str) -> int:
    """Return the column of a reference; the row is that of the row element."""
    letters = reference.rstrip("0123456789").replace("$", "")
    return column_of(letters) if letters.isascii() and letters.isupper() and len(letters) <= 3 else 0
