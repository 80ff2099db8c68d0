"""Coded tables of published documents, and what resolution makes of them when their codes are hidden.

The documents are machine extractions: cells, rows that slipped into the text above a grid, tables that go on over
pages. What is read here is only what is needed: columns of code, name and figures.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from govbudget.classification import Candidate, Scheme, Status, resolve_names
from govbudget.classification.paths import join_code
from govbudget.text import fold

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
SCHEMES = {
    "1": Scheme.REVENUE,
    "2": Scheme.FUNCTIONAL,
    "3": Scheme.DEPARTMENT_ECONOMIC,
    "5": Scheme.GOVERNMENT_ECONOMIC,
}
_NAME = re.compile(r"[\u4e00-\u9fff]")
_ABOVE = re.compile(r"^(\d{3,7}) (\S*[\u4e00-\u9fff]\S*)((?: [\d,]+\.?\d*)*)$")
_FINE = 10**6

Bounds = tuple[int, int]


MISPRINTED = {
    "sh-putuo-fly-2024-unit-budget": frozenset(
        {
            (9, "71102", "事业单位医疗"),
            (11, "71102", "事业单位医疗"),
            (14, "30202", "咨询费"),
            (14, "30203", "水费"),
            (14, "30204", "电费"),
            (14, "30205", "邮电费"),
            (14, "30206", "办公设备购置费"),
            (14, "30207", "工会经费"),
            (14, "30208", "福利费"),
            (14, "30210", "车辆运行费"),
            (14, "30211", "事业单位离退休人员福利费"),
            (14, "30212", "机关事业单位退休人员活动费"),
            (14, "30213", "其他商品和服务支出"),
            (14, "30301", "退休费"),
        }
    )
}
"""Rows (page, code, name) whose printed code is wrong, read by eye in the PDF and not only in the extraction.

上海市普陀区社会福利院 2024: pages 9 and 11 really print 7|11|02 for 事业单位医疗; page 8 prints the same row as
210|11|02, and 7 stands between 210|11 and 221. Page 14 really numbers the rows below 302 from 01 to 13 one after the
other, whatever they are called: 咨询费 is 02, 水费 03, 电费 04; 退休费, the only row below 303, is 01. Other budgets
of the same district and year print 302|05 水费, 302|06 电费 and 303|02 退休费, as the edition has them. Four of the
thirteen names are the unit's own and stand in no edition; 办公费 (01) and 物业管理费 (09) bear their codes by chance.
303 itself bears the unit's own name 离退休人员经费.
"""


@attrs.frozen
class Row:
    """One printed row: its code, its name, its cells behind the name."""

    page: int
    code: str
    name: str
    cells: tuple[str, ...]
    total_cells: int


@attrs.frozen
class CodedColumn:
    """Rows that stand below each other in one table, whatever page breaks lie between.

    Attributes:
        document: the case.
        year: its year.
        scheme: the list of its codes.
        rows: the rows in printed order.
    """

    document: str
    year: int
    scheme: Scheme
    rows: tuple[Row, ...]

    @property
    def names(self) -> list[str]:
        """The names alone."""
        return [row.name for row in self.rows]

    @property
    def amounts(self) -> list[list[Bounds | None]] | None:
        """The figures, if the cells of all rows can be told apart: one figure each, or one width of grid."""
        figures = [[cell for cell in row.cells if cell] for row in self.rows]
        if all(len(row) == 1 for row in figures):
            return [[_bounds(cell) for cell in row] for row in figures]
        if len({(row.total_cells, len(row.cells)) for row in self.rows}) == 1:
            return [[_bounds(cell) for cell in row.cells] for row in self.rows]
        return None


@attrs.frozen
class Seen:
    """One row with its code hidden, and what was found."""

    column: CodedColumn
    row: Row
    status: Status
    found: str
    candidates: tuple[Candidate, ...]
    reason: str

    @property
    def right(self) -> bool:
        """Whether the subject found is the one printed."""
        return self.found == self.row.code

    @property
    def misprinted(self) -> bool:
        """Whether the printed code is known to be wrong."""
        row = (self.row.page, self.row.code, self.row.name)
        return row in MISPRINTED.get(self.column.document, frozenset())

    @property
    def outcome(self) -> str:
        """``right``, ``wrong`` (claimed, and not the printed code), ``ambiguous`` or ``unknown``."""
        if self.status is Status.RESOLVED:
            return "right" if self.right else "wrong"
        return str(self.status.value)


def columns(folder: Path = CASES) -> Iterator[CodedColumn]:
    """Yield every column of codes and names in the documents of the folder."""
    for path in sorted(folder.glob("*/*.tables.json")):
        year = json.loads((path.parent / "meta.json").read_text(encoding="utf-8"))["year"]
        run: dict[int, list[Row]] = {}
        for table in json.loads(path.read_text(encoding="utf-8")):
            for lane, row in _rows(table):
                rows = run.setdefault(lane, [])
                # A code of another list, or one not above the last, begins another table; a broken code does not.
                if rows and row.code[0] in SCHEMES and not _goes_on(rows, row):
                    yield _column(path, year, rows)
                    run[lane] = rows = []
                rows.append(row)
        for rows in run.values():
            if rows:
                yield _column(path, year, rows)


def hide_codes(column: CodedColumn, *, sums: bool = True) -> list[Seen]:
    """Resolve the names of a column without its codes."""
    amounts = column.amounts if sums else None
    found = resolve_names(column.names, scheme=column.scheme, year=column.year, amounts=amounts)
    return [
        Seen(column, row, one.status, one.subject.code if one.subject else "", one.candidates, one.reason)
        for row, one in zip(column.rows, found.rows, strict=True)
    ]


def tally(seen: Sequence[Seen]) -> dict[str, int]:
    """Count rows, those whose likeliest subject is the printed one, and the outcomes."""
    counts = Counter(one.outcome for one in seen)
    return {
        "rows": len(seen),
        "found": sum(one.right for one in seen),
        **{outcome: counts[outcome] for outcome in ("right", "ambiguous", "unknown", "wrong")},
    }


# -- reading ----------------------------------------------------------------------------------------------------------


def _goes_on(rows: Sequence[Row], row: Row) -> bool:
    last = next((other.code for other in reversed(rows) if other.code[0] in SCHEMES), "")
    return not last or (row.code[0] == last[0] and row.code > last)


def _column(path: Path, year: int, rows: Sequence[Row]) -> CodedColumn:
    first = next(row.code[0] for row in rows if row.code[0] in SCHEMES)
    return CodedColumn(path.parent.name, year, SCHEMES[first], tuple(rows))


def _rows(table: dict[str, object]) -> Iterator[tuple[int, Row]]:
    page, grid = table["page"], table["rows"]
    assert isinstance(page, int)
    assert isinstance(grid, list)
    cells = [[(cell or "").replace("\n", "").strip() for cell in row] for row in grid]
    found = [list(_segments(page, row)) for row in cells]
    several = any(len(row) > 1 for row in found)
    lost = _ABOVE.match(str(table["above"]).splitlines()[-1]) if table["above"] else None
    if lost is not None:
        yield 0, Row(page, lost[1], fold(lost[2]), tuple(lost[3].split()), -1)
    for row, segments in zip(cells, found, strict=True):
        for start, segment in segments:
            yield (int(2 * start >= len(row)) if several else 0), segment


def _segments(page: int, row: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Codes (in one cell or in several), the name behind them, and the cells up to the next code."""
    starts: list[tuple[int, int, str]] = []
    at = 0
    while at < len(row):
        parts: list[str] = []
        here = at
        while here < len(row) and (re.fullmatch(r"\d{1,7}", row[here]) or (parts and not row[here])):
            parts.append(row[here])
            here += 1
        if parts and parts[0] and here < len(row) and _NAME.search(row[here]):
            code = join_code([part for part in parts if part])
            if len(code) >= 3:  # else it is a running number
                starts.append((at, here, code))
            at = here
        at += 1
    for index, (start, name, code) in enumerate(starts):
        stop = starts[index + 1][0] if index + 1 < len(starts) else len(row)
        yield start, Row(page, code, fold(row[name]), tuple(row[name + 1 : stop]), len(row))


def _bounds(cell: str) -> Bounds | None:
    """What a printed figure stands for, in millionths of its unit."""
    text = fold(cell).replace(",", "")
    match = re.fullmatch(r"(-?)(\d+)(?:\.(\d{1,6}))?", text)
    if match is None:
        return None
    digits = match[3] or ""
    value = int(match[2] + digits) * (_FINE // 10 ** len(digits)) * (-1 if match[1] else 1)
    half = _FINE // 10 ** len(digits) // 2
    return (value - half, value + half)
