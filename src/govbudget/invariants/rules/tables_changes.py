"""Columns that compare the figures of a line with last year's: the difference, and the rate."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import Grade, Verdict, grade_rate, grade_sum
from govbudget.invariants.context import ZERO, Context, known
from govbudget.invariants.rule import Linear, Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.words import cell_words, change_words, in_money, points_words, sign_words
from govbudget.model import (
    Certainty,
    Coordinate,
    Lane,
    Line,
    Table,
    cell,
    change,
    combine,
    place_of,
    place_of_change,
)
from govbudget.money import Amount, Mark, Percent, printed_percent

_BASIS = "财预〔2016〕143号：一般公共预算支出情况表；中央部门预算公开：预算数比执行数的增减额、增减%"

_TABLE = """
        [5 general_expenditure]
        科目 | 2023年执行数 = 2023 execution | 预算数 | 增减额 => 2023 execution | 增减% =>% 2023 execution
"""


@attrs.frozen(kw_only=True)
class _Compared:
    """A cell that compares, with what it compares.

    Attributes:
        table: its table.
        lane: its lane.
        line: its line.
        column: its number among the columns of changes.
        now: the figure of the line, as an operand; ``None`` where the line has none that is like it.
        before: the figure it is held against.
    """

    table: Table
    lane: Lane
    line: Line
    column: int
    now: Operand | None
    before: Operand | None

    @property
    def subject(self) -> str:
        """What the comparison is about."""
        return change_words(self.table, self.lane, self.line, self.column)

    def operand(self, printed: str, amount: Amount | None = None) -> Operand:
        """The operand for the cell itself."""
        place = place_of_change(self.table, self.lane, self.line, self.column)
        return Operand(role="change", place=place, printed=printed, amount=amount)


def _compared(ctx: Context) -> Iterator[_Compared]:
    for table in ctx.disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines if lane.changes else ():
                for number, column in enumerate(lane.changes):
                    yield _Compared(
                        table=table,
                        lane=lane,
                        line=line,
                        column=number,
                        now=_figure(table, lane, line, Coordinate()),
                        before=_figure(table, lane, line, column.base),
                    )


def _figure(table: Table, lane: Lane, line: Line, at: Coordinate) -> Operand | None:
    """The figure of a line at the base, or without one: of all of it, and of the year of the table."""
    wanted = combine(lane.at, line.at, at)
    for index, column in enumerate(lane.columns):
        if combine(lane.at, line.at, column.at) == wanted:
            found = cell(table, line, index)
            return Operand(
                role="amount",
                place=place_of(table, lane, line, index),
                printed=cell_words(found),
                at=wanted,
                amount=found if isinstance(found, Amount) else None,
                blank=not isinstance(found, Amount) and found is not Mark.UNREADABLE,
            )
    return None


@rule(
    "tables.changes",
    zh="增减额等于本年数减上年数",
    en="A column of differences is this year's number less last year's",
    basis=_BASIS,
    holds=f"""{_TABLE}
        2012950 事业运行 | 90.00 | 95.00 | 5.00 | 5.56
        2012999 其他群众团体事务支出 |  | 3.00 | 3.00 |
        """,
    breaks=f"""{_TABLE}
        2012950 事业运行 | 90.00 | 95.00 | 50.00 | 5.56
        """,
    untested=f"""{_TABLE}
        2012950 事业运行 | 90.00 | 95.00 |  | 5.56
        """,
)
def changes(ctx: Context) -> Iterator[Outcome]:
    """What a line prints as the difference from last year is its figure less that of last year, in the same table.

    A blank figure counts as nothing; a difference that is left blank says nothing.
    """
    for each in _compared(ctx):
        found = change(each.table, each.lane, each.line, each.column)
        if each.lane.changes[each.column].rate or each.now is None or each.before is None:
            continue
        now, before = each.now.known, each.before.known
        if not isinstance(found, Amount) or now is None or before is None:
            if now is not None and before is not None and now != before:
                yield not_tested(each.subject, "no-change", each.now, each.before)
            continue
        said = each.operand(cell_words(found), found)
        grade = grade_sum(known(found), (now, before), (1, -1))
        was, is_now = each.before.printed or "0", each.now.printed or "0"
        yield in_money(
            grade,
            each.table.unit,
            subject=each.subject,
            operands=(said, each.now, each.before),
            relation=f"{said.printed} {sign_words(grade.verdict)} {is_now} - {was}",
            linear=(Linear((-1, 1, -1)),),
        )


@rule(
    "tables.rates",
    zh="增减%与本年数、上年数相符",
    en="A column of rates fits this year's number and last year's",
    basis=_BASIS,
    certainty=Certainty.PROVED,
    reasons=(("no-rate", "没有填增减%", "no rate is printed"),),
    holds=f"""{_TABLE}
        2012950 事业运行 | 90.00 | 95.00 | 5.00 | 5.56
        2012999 其他群众团体事务支出 | 8.00 | 3.00 | -5.00 | -62.50
        """,
    breaks=(
        f"""{_TABLE}
        2012950 事业运行 | 90.00 | 95.00 | 5.00 | 5.65
        """,
        f"""{_TABLE}
        2012999 其他群众团体事务支出 |  | 3.00 | 3.00 | 100.00
        """,
    ),
    untested=f"""{_TABLE}
        2012999 其他群众团体事务支出 |  | 3.00 | 3.00 |
        """,
)
def rates(ctx: Context) -> Iterator[Outcome]:
    """What a line prints as the rate of its difference fits its figure and that of last year.

    There is no rate on nothing: where last year's figure is blank or 0, one that is printed says nothing true.
    """
    for each in _compared(ctx):
        found = change(each.table, each.lane, each.line, each.column)
        if not each.lane.changes[each.column].rate or each.now is None or each.before is None:
            continue
        now, before = each.now.known, each.before.known
        if not isinstance(found, Percent) or now is None or before is None:
            if now is not None and before is not None and now != before:
                yield not_tested(each.subject, "no-rate", each.now, each.before)
            continue
        said = each.operand(printed_percent(found))
        sign = -1 if found.digits < 0 else 1
        if now == before == ZERO:
            grade = Grade(Verdict.VIOLATED if found.digits else Verdict.EXACT)
        elif before.value == 0 and found.digits == 0:
            grade = Grade(Verdict.UNDECIDED)  # 0 or a dash is what programs print where there is no rate
        else:
            grade = grade_rate(abs(found.digits), found.places, now, before, sign)
        was, is_now = each.before.printed or "0", each.now.printed or "0"
        yield Outcome(
            grade=grade,
            subject=each.subject,
            operands=(said, each.now, each.before),
            relation=f"{said.printed} {sign_words(grade.verdict)} {was} → {is_now}",
            gap=points_words(grade.gap, found.places),
            reason="zero-base" if grade.verdict is Verdict.UNDECIDED else "",
        )


RULES: tuple[Rule, ...] = (changes, rates)
"""The rules on columns of changes."""
