"""Score a converter that yields plain rows: table, code, name, column, value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

import attrs

from govbudget.errors import AmountError
from govbudget.layouts import Role, layout, layout_ids
from govbudget.model import Disclosure, Line, ProjectHead, SubjectHead
from govbudget.money import Amount, Mark, MoneyUnit, parse_cell, printed
from govbudget.testing.score.table import text_table
from govbudget.testing.strategies.printouts import PrintedDocument
from govbudget.text import fold


@attrs.frozen(kw_only=True)
class Row:
    """A figure as the plainest converters give it.

    Attributes:
        table: the number of its table.
        code: the code of its line, empty where none is printed or none is given.
        name: the name of its line.
        column: the header of its column, all levels behind each other.
        value: the figure as printed, or as an int or a Decimal in the unit of the table.
    """

    table: int
    name: str
    column: str
    value: str | int | Decimal
    code: str = ""


RowsConverter = Callable[[bytes, str], Iterable[Row]]
"""Takes the bytes of a document and its name, and yields its figures."""


@attrs.frozen(kw_only=True)
class RowsScore:
    """What came of it.

    Attributes:
        right: figures given as they are printed.
        wrong: figures given with another value.
        missed: figures not given.
        extra: rows that answer to no figure.
        codes: of the figures given, how many had the right code, and how many have one.
        errors: what was raised, with how often.
    """

    right: int
    wrong: int
    missed: int
    extra: int
    codes: tuple[int, int]
    errors: dict[str, int]

    def table(self) -> str:
        """Return a table for people."""
        rows = [["figures", "count"]]
        rows += [["right", str(self.right)], ["wrong", str(self.wrong)], ["missed", str(self.missed)]]
        rows += [["made up", str(self.extra)], ["codes right", f"{self.codes[0]} of {self.codes[1]}"]]
        return "\n".join([text_table(rows), *(f"  {error}: {count}" for error, count in self.errors.items())])


def rows_of(disclosure: Disclosure) -> Iterator[Row]:
    """Yield the printed figures of a disclosure as rows, in printed order.

    >>> from govbudget.model import Use
    >>> from govbudget.testing import Leaf, publish
    >>> made = publish([Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=125_98_00_00)])
    >>> next(rows_of(made))
    Row(table=1, name='财政拨款收入', column='收入预算数', value='125.98', code='')
    """
    form = layout(disclosure.layout) if disclosure.layout in layout_ids() else None
    coded = {
        (spec.kind, number)
        for spec in (form.tables if form is not None else ())
        for number, lane in enumerate(spec.lanes)
        if any(column.role is Role.CODE for column in lane.columns)
    }
    for table in disclosure.tables:
        for number, lane in enumerate(table.lanes):
            for line in lane.lines:
                for index, column in enumerate(lane.columns):
                    value = line.values[index]
                    if not isinstance(value, Mark):
                        yield Row(
                            table=table.number or 0,
                            code=_code(line) if (table.kind, number) in coded else "",
                            name=_name(line),
                            column="".join(column.header),
                            value=printed(Amount(value, table.unit, line.places[index])),
                        )


def _name(line: Line) -> str:
    """What a line is called: a project by its own name, where the table prints it."""
    return line.head.name or line.label if isinstance(line.head, ProjectHead) else line.label


def _code(line: Line) -> str:
    return line.head.key if isinstance(line.head, SubjectHead) and line.head.key.isdigit() else ""


def score_rows(converter: RowsConverter, documents: Iterable[PrintedDocument]) -> RowsScore:
    """Run a converter of rows over documents and compare its rows with the printed figures.

    Rows answer to figures by table, name and column (widths, blanks and the marks between levels do not count); where
    several figures have one address, in the order given. A converter that raises is counted, not stopped for.
    """
    right = wrong = missed = extra = 0
    with_code = code_right = 0
    errors: Counter[str] = Counter()
    for document in documents:
        units = {table.number or 0: table.unit for table in document.disclosure.tables}
        waiting: dict[tuple[object, ...], list[Row]] = {}
        for row in rows_of(document.disclosure):
            waiting.setdefault(_address(row), []).append(row)
        try:
            given = list(converter(document.data, f"printed.{document.format}"))
        except Exception as error:  # noqa: BLE001 - any failure of another's converter is a result
            errors[f"{type(error).__name__}: {str(error)[:80]}"] += 1
            given = []
        for row in given:
            wanted = waiting.get(_address(row))
            if not wanted:
                extra += 1
                continue
            figure = wanted.pop(0)
            unit = units.get(row.table, MoneyUnit.YUAN)
            same = _fen(row.value, unit) == _fen(figure.value, unit)
            right, wrong = right + same, wrong + (not same)
            if figure.code:
                with_code, code_right = with_code + 1, code_right + (row.code == figure.code)
        missed += sum(map(len, waiting.values()))
    return RowsScore(
        right=right, wrong=wrong, missed=missed, extra=extra, codes=(code_right, with_code), errors=dict(errors)
    )


def _address(row: Row) -> tuple[object, ...]:
    column = "".join(char for char in fold(row.column) if char not in ">/-|·")
    return row.table, fold(row.name), column


def _fen(value: str | int | Decimal, unit: MoneyUnit) -> int | None:
    try:
        found = parse_cell(value, unit) if isinstance(value, str) else Amount.from_decimal(Decimal(value), unit)
    except AmountError:
        return None
    return found.fen if isinstance(found, Amount) else None
