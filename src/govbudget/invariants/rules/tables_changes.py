"""Columns that compare the figures of a line with last year's: the difference, and the rate."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_rate, grade_sum
from govbudget.invariants.context import ZERO, Context, known
from govbudget.invariants.rule import Linear, Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.words import cell_operand, cell_words, change_words, in_money, points_words, sign_words
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
from govbudget.money import Amount, Mark, MoneyUnit, Percent, printed_percent
from govbudget.place import Place

_BASIS = "财预〔2016〕143号：一般公共预算支出情况表；中央部门预算公开：预算数比执行数的增减额、增减%"

_TABLE = """
        [5 general_expenditure]
        科目 | 2023年执行数 = 2023 execution | 预算数 | 增减额 => 2023 execution | 增减% =>% 2023 execution
"""


@attrs.frozen(kw_only=True)
class _Compared:
    """A cell that compares, with what it compares.

    Attributes:
        subject: what the comparison is about.
        place: where the cell stands.
        unit: what its table counts in.
        found: what it holds.
        now: the figure of the line, as an operand.
        before: the figure it is held against.
        values: what is known of the two.
    """

    subject: str
    place: Place
    unit: MoneyUnit
    found: Amount | Percent | Mark
    now: Operand
    before: Operand
    values: tuple[Known, Known]

    def unsaid(self, reason: str) -> Iterator[Outcome]:
        """Yield that nothing was compared, where the figures differ and the cell does not say by how much."""
        if self.values[0] != self.values[1]:
            yield not_tested(self.subject, reason, self.now, self.before)


def _compared(ctx: Context, *, rates: bool) -> Iterator[_Compared]:
    """Yield the cells of the columns of differences, or of rates, on whose lines both figures can be read."""
    for table in ctx.disclosure.tables:
        for lane in table.lanes:
            columns = [(number, column) for number, column in enumerate(lane.changes) if column.rate is rates]
            for line in lane.lines if columns else ():
                now = _figure(table, lane, line, Coordinate())
                for number, column in columns:
                    before = _figure(table, lane, line, column.base)
                    if now is None or before is None or now.known is None or before.known is None:
                        continue
                    yield _Compared(
                        subject=change_words(table, lane, line, number),
                        place=place_of_change(table, lane, line, number),
                        unit=table.unit,
                        found=change(table, lane, line, number),
                        now=now,
                        before=before,
                        values=(now.known, before.known),
                    )


def _figure(table: Table, lane: Lane, line: Line, at: Coordinate) -> Operand | None:
    """The figure of a line at the base, or without one: of all of it, and of the year of the table."""
    wanted = combine(lane.at, line.at, at)
    for index, column in enumerate(lane.columns):
        if combine(lane.at, line.at, column.at) == wanted:
            return cell_operand(cell(table, line, index), wanted, place_of(table, lane, line, index), "amount")
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
    for each in _compared(ctx, rates=False):
        if not isinstance(found := each.found, Amount):
            yield from each.unsaid("no-change")
            continue
        said = Operand(role="change", place=each.place, printed=cell_words(found), amount=found)
        grade = grade_sum(known(found), each.values, (1, -1))
        was, is_now = each.before.printed or "0", each.now.printed or "0"
        yield in_money(
            grade,
            each.unit,
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
    for each in _compared(ctx, rates=True):
        if not isinstance(found := each.found, Percent):
            yield from each.unsaid("no-rate")
            continue
        said, (now, before) = Operand(role="change", place=each.place, printed=printed_percent(found)), each.values
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
