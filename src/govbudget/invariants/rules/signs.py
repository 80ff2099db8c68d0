"""What cannot be less than nothing: revenue, spending, “三公”, purchases, balances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context, known, once
from govbudget.invariants.rule import Operand, Outcome, Rule, rule
from govbudget.invariants.words import cell_words, figure_operand, gap_words, line_words
from govbudget.model import Certainty, Figure, Flow, Item, Period, Severity, is_below
from govbudget.money import Amount

_CHECKED = "部门决算报表审核公式（财决01表）：第1至8行、第28行、第32至85行不小于零，调整表除外"


@rule(
    "sign.revenue",
    zh="收入不小于零",
    en="Revenue is not less than nothing",
    basis=_CHECKED,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [2 revenue]
        科目 | 合计 | 事业收入 = business
        2012950 事业运行 | 0.00 | 0.00
        """,
    breaks="""
        [2 revenue]
        科目 | 合计 | 事业收入 = business
        2012950 事业运行 | -1.00 | -1.00
        """,
)
def revenue(ctx: Context) -> Iterator[Outcome]:
    """No source of this year's revenue is negative in any line of any table.

    Money paid back is taken from the revenue or counted as spending; only forms that adjust earlier accounts print
    negative revenue.
    """
    yield from _signs(ctx, "revenue")


@rule(
    "sign.expenditure",
    zh="支出不小于零",
    en="Spending is not less than nothing",
    basis=_CHECKED,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [3 expenditure]
        科目 | 合计 | 项目支出 = project
        2012950 事业运行 | 1.00 | 1.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计 | 项目支出 = project
        2012950 事业运行 | -1.00 | -1.00
        """,
)
def expenditure(ctx: Context) -> Iterator[Outcome]:
    """No subject and no use of this year's spending is negative in any table.

    Spending that came back is taken from its subject, which is not left below nothing; a negative subject makes up for
    a slip elsewhere in the column.
    """
    yield from _signs(ctx, "expenditure")


@rule(
    "sign.items",
    zh="“三公”经费各项不小于零",
    en="No item of “三公” is less than nothing",
    basis="财预〔2016〕143号：“三公”经费分项公开",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [7 three_public]
        单位 | 合计 = three_public | 接待 = reception
        合计 | 5.00 | 5.00
        """,
    breaks="""
        [7 three_public]
        单位 | 合计 = three_public | 接待 = reception
        合计 | 5.00 | -5.00
        """,
)
def items(ctx: Context) -> Iterator[Outcome]:
    """Travel abroad, vehicles, reception, conferences and training cost something or nothing.

    A minus in this table is a dash or a hyphen for 无 that ran into the number.
    """
    yield from _signs(ctx, "items")


@rule(
    "sign.purchases",
    zh="政府采购各项不小于零",
    en="No purchase is less than nothing",
    basis="政府采购法；政府采购预算表",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [12 procurement]
        名称 | 总计
        $设备购置费/办公设备购置/台式计算机 | 4.00
        """,
    breaks="""
        [12 procurement]
        名称 | 总计
        $设备购置费/办公设备购置/台式计算机 | -4.00
        """,
)
def purchases(ctx: Context) -> Iterator[Outcome]:
    """What is to be bought costs something: no line of the table of procurement is negative.

    A line that takes back another would be left out of the budget with it.
    """
    yield from _signs(ctx, "purchases")


@rule(
    "sign.opening",
    zh="年初结转和结余不小于零",
    en="What a year opens with is not less than nothing",
    basis=_CHECKED,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        unit final 2024
        [8 government_fund]
        科目 | 年初 = revenue carried | 收入 = revenue | 支出 = current | 年末 = carried
        2299999 其他支出 | 1.00 | 5.00 | 4.00 | 2.00
        """,
    breaks="""
        unit final 2024
        [8 government_fund]
        科目 | 年初 = revenue carried | 收入 = revenue | 支出 = current | 年末 = carried
        2299999 其他支出 | -1.00 | 5.00 | 4.00 | 0.00
        """,
)
def opening(ctx: Context) -> Iterator[Outcome]:
    """Grants and other money carried over from the year before are what was left of them, at least nothing.

    A body that spent more than it had in the year before shows it as other money used, not as money left.
    """
    yield from _signs(ctx, "opening")


@rule(
    "sign.closing",
    zh="年末结转和结余不小于零",
    en="What a year closes with is not less than nothing",
    basis=_CHECKED,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        unit final 2024
        [8 government_fund]
        科目 | 年初 = revenue carried | 收入 = revenue | 支出 = current | 年末 = carried
        2299999 其他支出 | 1.00 | 5.00 | 6.00 | 0.00
        """,
    breaks="""
        unit final 2024
        [8 government_fund]
        科目 | 年初 = revenue carried | 收入 = revenue | 支出 = current | 年末 = carried
        2299999 其他支出 | 1.00 | 5.00 | 7.00 | -1.00
        """,
)
def closing(ctx: Context) -> Iterator[Outcome]:
    """What is left at the end of a year is at least nothing: grants cannot be overspent.

    A negative balance balances the table and says that more was spent than there was; other money used for it would
    stand among the revenue.
    """
    yield from _signs(ctx, "closing")


@lru_cache(maxsize=1024)
def _about(item: Item, flow: Flow | None, period: Period) -> str:
    """What a figure is about, ``""`` where it is about nothing that has a sign to be looked at."""
    if item is Item.OFFICIAL or is_below(item, Item.OFFICIAL):
        return "items"
    if item is Item.PROCUREMENT or is_below(item, Item.PROCUREMENT):
        return "purchases"
    if flow is Flow.REVENUE:
        return "opening" if period in (Period.CARRIED, Period.DRAWN) else "revenue"
    if flow is Flow.EXPENDITURE:
        return "closing" if period is Period.CARRIED else "expenditure"
    return ""


def _signs(ctx: Context, what: str) -> Iterator[Outcome]:
    for printed, negative in once(ctx, _parted).get(what, ()):
        if not negative:
            yield Outcome(grade=Grade(Verdict.EXACT), subject=printed, relation="≥ 0")
        for figure in negative:
            assert isinstance(figure.cell, Amount)
            operand: Operand = figure_operand(ctx, figure, "amount")
            high = known(figure.cell).high
            verdict = Verdict.VIOLATED if high < 0 else Verdict.ROUNDING
            yield Outcome(
                grade=Grade(verdict, figure.cell.fen, max(0, -high)),
                subject=line_words(ctx, figure),
                operands=(operand,),
                relation=f"{cell_words(figure.cell)} {'<' if high < 0 else '≈'} 0",
                gap=gap_words(max(0, -high), figure.cell.unit),
                difference=gap_words(-figure.cell.fen, figure.cell.unit),
            )


def _parted(ctx: Context) -> Mapping[str, Sequence[tuple[str, list[Figure]]]]:
    """For each table and what its figures are about, the negative ones."""
    found: dict[str, dict[int, tuple[str, list[Figure]]]] = {}
    for (number, _), figures in ctx.figures.items():
        table = ctx.disclosure.tables[number]
        name = f"表{table.number}" if table.number is not None else table.title
        for figure in figures:
            if not isinstance(figure.cell, Amount):
                continue
            at = figure.at
            kind = _about(at.item, at.flow, at.period)
            if kind:
                _, negative = found.setdefault(kind, {}).setdefault(number, (name, []))
                if figure.cell.fen < 0:
                    negative.append(figure)
    return {what: tuple(tables.values()) for what, tables in found.items()}


RULES: tuple[Rule, ...] = (revenue, expenditure, items, purchases, opening, closing)
