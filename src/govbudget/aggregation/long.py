"""The long table: every printed figure of any number of disclosures as one row of plain values, needing no extra.

One row is one witness: a cell of an amount column (blanks included, with no amount), or an amount in a sentence (one
row for each fact it speaks of). Nothing in it is a float; amounts count 分. Columns, in order:

==================== ====== =========================================================================================
document             word   name of the document (``Disclosure.source``)
organization         word   the body (单位名称)
department           word   the body it belongs to, "" where it is none or not said
scope                word   "unit" or "department"
disclosure_year      int    budget year of the disclosure
disclosure_stage     word   "budget" or "final"
year                 int    year of the figure, None where its column says none
stage                word   "budget", "adjusted", "execution", "final", "" where not said
flow                 word   "revenue", "expenditure", "" where not said
period               word   "all", "current", "carried", "drawn", "surplus"
usual_period         word   the period at which this document divides most figures of the flow: "current" where it
                            tells this year's money from what is carried over, else "all"
fund                 word   source of the money, "all" for all of it
use                  word   use of the money, "all" for all of it
functional           word   key on the functional classification (功能分类), "" for all of it
functional_name      word   its name as printed
economic             word   key on the department economic classification (部门预算经济分类), "" for all of it
economic_name        word   its name as printed
item                 word   cross-cutting item, "all" where none
entity               word   part of the body, "" for the whole
project              word   project, "" for none
purchase             word   line of the table of procurement, "" for none
state                word   "amount", "blank", "n/a", "unreadable"
fen                  int    the amount in 分, None where no amount is printed
low                  int    least exact amount that prints so
high                 int    greatest exact amount that prints so
unit                 word   元, 千元, 万元, 亿元
places               int    decimals printed
mode                 word   "half-up" or "truncation"
via                  word   "table" or "narrative"
table_kind           word   kind of table, "" in the narrative
table_number         int    its printed number
lane_index           int    block of columns of the table, from 0
line_index           int    line of the lane, from 0
column_index         int    amount column of the lane, from 0
label                word   label of the line as printed, or the words of the claim
header               word   header path of the column, levels set apart by " > "
section              word   heading of the section of the narrative
page, grid_row, grid_column, source_line, span_start, span_stop   int   where it stands (:class:`govbudget.place.Place`)
is_primary           bool   whether this is the one witness that stands for its fact in totals
leaf_period … leaf_purchase  bool  nine columns: the fact is divided no further along that axis, nor some of (其中) a
                            figure that is not. Along one axis, rows that stand at one place of all others and are
                            leaves along it add up to all there is, each 分 once.
sum_period … sum_purchase    bool  nine columns: the fact is the sum of others along that axis. What is neither leaf nor
                            sum is some of a figure that is not divided.
==================== ====== =========================================================================================

No name is a reserved word of SQL. ``COLUMNS`` says the same to programs. ``fund``, ``use``, ``functional`` … are the
words of :mod:`govbudget.aggregation.codes`, which also knows what stands above what.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

import attrs

from govbudget.aggregation.codes import Codes, codes_of
from govbudget.aggregation.figures import Book, book, leaves_along
from govbudget.aggregation.names import printed_names
from govbudget.model import (
    AXES,
    AmountClaim,
    Coordinate,
    Disclosure,
    Figure,
    Lane,
    Line,
    Table,
    Via,
    figures,
    place_of,
)
from govbudget.money import Amount, Mark, MoneyUnit
from govbudget.place import Place

Value = str | int | bool | None


class Kind(enum.Enum):
    """What a column of the long table holds."""

    WORD = "word"
    """A text that recurs: worth a dictionary."""
    INT = "int"
    """A small integer, None where unknown."""
    FEN = "fen"
    """An amount in 分, None where none is printed."""
    BOOL = "bool"


@attrs.frozen
class LongColumn:
    """A column of the long table: its name and what it holds."""

    name: str
    kind: Kind


def _columns() -> Iterator[LongColumn]:
    words = (
        "document organization department scope disclosure_year:int disclosure_stage year:int stage flow "
        "period usual_period fund use functional functional_name economic economic_name item entity project "
        "purchase state fen:fen low:fen high:fen unit places:int mode via table_kind table_number:int "
        "lane_index:int line_index:int column_index:int label header section page:int grid_row:int "
        "grid_column:int source_line:int span_start:int span_stop:int is_primary:bool"
    )
    for word in words.split():
        name, _, kind = word.partition(":")
        yield LongColumn(name, Kind(kind or "word"))
    for role in ("leaf", "sum"):
        for axis in AXES:
            yield LongColumn(f"{role}_{axis}", Kind.BOOL)


COLUMNS: tuple[LongColumn, ...] = tuple(_columns())
"""The columns in order."""

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
"""The names of the columns in order."""


def long_rows(disclosures: Disclosure | Iterable[Disclosure]) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of the long table, document by document in printed order.

    >>> from govbudget.model import Organization, Scope, Stage
    >>> empty = Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    >>> list(long_rows(empty)), len(NAMES) == len(COLUMNS)
    ([], True)
    """
    for disclosure in (disclosures,) if isinstance(disclosures, Disclosure) else disclosures:
        yield from _Writer(disclosure).rows()


def long_columns(disclosures: Disclosure | Iterable[Disclosure]) -> dict[str, list[Value]]:
    """Return the long table column by column, each a list as long as the table."""
    columns: list[list[Value]] = [[] for _ in NAMES]
    for row in long_rows(disclosures):
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return dict(zip(NAMES, columns, strict=True))


class _Writer:
    """The rows of one disclosure."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.book: Book = book(disclosure)
        self.leaves = [leaves_along(self.book, axis) for axis in AXES]
        self.names = printed_names(disclosure)
        body = disclosure.organization
        self.head: tuple[Value, ...] = (
            disclosure.source,
            body.name,
            body.parent or "",
            disclosure.scope.value,
            disclosure.year,
            disclosure.stage.value,
        )
        self.seen: dict[Codes, int] = {}

    def rows(self) -> Iterator[tuple[Value, ...]]:
        for table in self.disclosure.tables:
            for figure in figures(table):
                lane = table.lanes[figure.lane]
                yield self._cell(table, lane, lane.lines[figure.line], figure)
        for section in self.disclosure.narrative.sections:
            for claim in section.claims:
                if isinstance(claim, AmountClaim):
                    for at in claim.of:
                        where = ("", None, None, None, None, claim.text, "", section.heading)
                        yield self._row(at, claim.amount, Via.NARRATIVE, where, claim.place)

    def _cell(self, table: Table, lane: Lane, line: Line, figure: Figure) -> tuple[Value, ...]:
        header = " > ".join(lane.columns[figure.column].header)
        where = (table.kind.value, table.number, figure.lane, figure.line, figure.column, line.label, header, "")
        place = place_of(table, lane, line, figure.column)
        return self._row(figure.at, figure.cell, Via.TABLE, where, place, table.unit)

    def _row(
        self,
        at: Coordinate,
        cell: Amount | Mark,
        via: Via,
        where: tuple[Value, ...],
        place: Place,
        unit: MoneyUnit = MoneyUnit.YUAN,
    ) -> tuple[Value, ...]:
        codes = codes_of(at)
        functional, economic = at.functional, at.economic
        span = place.span or (None, None)
        return (
            *self.head,
            at.year,
            *codes[1:4],
            self.book.periods.get(codes[2], "all"),
            *codes[4:6],
            functional,
            self.names.get(functional, ""),
            economic,
            self.names.get(economic, ""),
            *codes[8:],
            *_printed(cell, unit),
            via.value,
            *where,
            place.page,
            place.row,
            place.column,
            place.line,
            *span,
            *self._flags(codes, cell, via),
        )

    def _flags(self, codes: Codes, cell: Amount | Mark, via: Via) -> tuple[bool, ...]:
        if not isinstance(cell, Amount) or via is not Via.TABLE:
            return _NEITHER
        number = self.seen[codes] = self.seen.get(codes, -1) + 1  # witnesses of a fact come in this order
        if number != self.book.posted[codes].witness:
            return _NEITHER
        sums = self.book.parts
        return (True, *(codes in leaves for leaves in self.leaves), *(codes in sums[axis] for axis in AXES))


_NEITHER = (False,) * (1 + 2 * len(AXES))


def _printed(cell: Amount | Mark, unit: MoneyUnit) -> tuple[Value, ...]:
    if isinstance(cell, Mark):
        return (cell.value, None, None, None, unit.value, None, "")
    return ("amount", cell.fen, *cell.bounds, cell.unit.value, cell.places, cell.mode.value)
