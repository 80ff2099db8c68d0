"""The cells of one worksheet of an XLSX file, values as they show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import attrs

from govbudget.errors import SourceError
from govbudget.source.number_format import shown
from govbudget.source.packages import Ends, Starts, parse_xml
from govbudget.source.pieces import Merge
from govbudget.source.sheets import MAX_FILLED, Sheet, count_cells
from govbudget.source.xlsx_tokens import COLUMNS, Tokens, forms_and_texts, tokens, unescaped

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MAX_ROWS = 1_200_000
_MAX_MERGED = 20_000


Rows = dict[int, dict[int, str]]


@attrs.frozen(kw_only=True)
class Shared:
    """What all sheets of a workbook share: its strings, the number format of each style, its calendar.

    Attributes:
        strings: its strings, see :func:`numbered`.
        codes: the number format of each style.
        from_1904: days count from 1904.
        known: what cells show by all that they say: a budget says its figures several times over.
    """

    strings: Mapping[str, str]
    codes: Sequence[str]
    from_1904: bool = False
    known: dict[str | None, str] = attrs.Factory(lambda: {None: ""})

    def shown(self, kind: str, style: int, raw: str) -> str:
        """Return what a cell of this type and style shows, ``""`` where nobody sees anything."""
        if kind == "n":
            value = shown(raw.strip(), self.codes[style] if style < len(self.codes) else "", from_1904=self.from_1904)
        elif kind == "s":
            return self.strings.get(raw.lstrip("0") or "0", "")
        elif kind == "b":
            value = "TRUE" if raw == "1" else "FALSE"
        else:
            value = raw
        return _seen(value)

    def rows(self, xml: Sequence[str]) -> list[Rows] | None:
        """Return the cells of sheets by the XML of their rows, ``None`` where something in one of them is unusual."""
        found = tokens(xml)
        if found is None or not self._learn(found):
            return None
        columns: dict[str | None, int] = {letters: COLUMNS[letters] for letters in set(found.letters) if letters}
        values = map(self.known.__getitem__, found.said)
        row: dict[int, str] = {}
        sheet = {0: row}
        sheets = [sheet]
        for column, number, value in zip(map(columns.get, found.letters), found.numbers, values, strict=True):
            if value and column is not None:
                row[column] = value
            elif number:
                row = sheet.setdefault(int(number) - 1, {})
            elif column is None:
                row = {}
                sheet = {0: row}
                sheets.append(sheet)
        if len(sheets) != len(xml):
            return None
        return [{number: row for number, row in sheet.items() if row} for sheet in sheets]

    def _learn(self, found: Tokens) -> bool:
        """Take up what cells show that say something new; ``False`` where one is unusual."""
        known = self.known
        fresh = [said for said in set(found.said) if said is not None and said not in known]
        read = forms_and_texts(fresh)
        if read is None:
            return False
        strings = self.strings
        for said, ((kind, style), text) in zip(fresh, read, strict=True):
            if kind == "s" and text in strings:
                known[said] = strings[text]
            else:
                known[said] = self.shown(kind, style, text) if text else ""
        return True


def numbered(strings: Sequence[str]) -> dict[str, str]:
    r"""Return the shared strings that show anything by their numbers, as cells say them.

    >>> numbered(["甲", " ", "1\t2"])
    {'0': '甲', '2': '1 2'}
    """
    return {str(number): seen for number, text in enumerate(strings) if (seen := _seen(text))}


def _seen(value: str) -> str:
    """What people see of a text, ``""`` where that is nothing; tabs set cells apart."""
    if not value or value.isspace():
        return ""
    return value.replace("\t", " ").replace("\r\n", "\n") if "\t" in value or "\r" in value else value


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


class SheetReader:
    """Handlers for the XML of one worksheet."""

    def __init__(self, shared: Shared, name: str, place: str) -> None:
        self.shared = shared
        self.name = name
        self.place = place
        self.text = Text()
        self.cells: Rows = {}
        self.count = 0
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
            self.merged.extend(merges([(a[1], a[2], b[1], b[2])]))

    def _on_cell_end(self) -> None:
        raw = self.text.taken()
        if not raw:
            return
        style = int(self.style) if self.style.isdigit() and len(self.style) < 7 else 0
        if value := self.shared.shown(self.kind, style, raw):
            count_cells(self.count, self.place)
            row = self.cells.setdefault(self._row(), {})
            self.count += self.column not in row
            row[self.column] = value

    def read(self, data: bytes, *, hidden: bool) -> Sheet:
        """Read a whole worksheet."""
        self._parse(data)
        rows = len(self.hidden_rows & self.cells.keys())
        return self._with_shell(Sheet(name=self.name, rows=self.cells, hidden=hidden, hidden_rows=rows))

    def around(self, sheet: Sheet, shell: bytes) -> Sheet:
        """Read what stands around the rows of a sheet: merged cells and columns that nobody sees."""
        self._parse(shell)
        return self._with_shell(sheet)

    def _parse(self, data: bytes) -> None:
        parse_xml(data, self.place, self.starts, self.ends, self.text.add)

    def _with_shell(self, sheet: Sheet) -> Sheet:
        gone = [c for c in sheet.columns() if any(low <= c <= high for low, high in self.hidden_columns)]
        return attrs.evolve(sheet, merged=tuple(self.merged), hidden_columns=len(gone))


def merges(found: Iterable[tuple[str, str, str, str]]) -> Iterator[Merge]:
    """Yield merged cells by letters and number of their first and last; none of those that end before they begin."""
    for first, above, last, below in islice(found, _MAX_MERGED):
        row, column = int(above) - 1, COLUMNS[first]
        high, wide = int(below) - row, COLUMNS[last] + 1 - column
        if high > 0 and wide > 0:
            yield row, column, high, wide


def _column(reference: str) -> int:
    """Return the column of a reference; the row is that of the row element."""
    letters = reference.rstrip("0123456789").replace("$", "")
    return COLUMNS[letters] if letters.isascii() and letters.isupper() and len(letters) <= 3 else 0
