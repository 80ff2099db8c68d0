"""Balances of final accounts (决算): opening, income, spending and closing; parts that stand in different tables."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import grade_sum
from govbudget.invariants.context import ZERO, Context, beside, known, usual_unit
from govbudget.invariants.rule import Linear, Outcome, Rule, not_tested, rule, total_of
from govbudget.invariants.words import (
    fact_words,
    figure_operand,
    in_money,
    line_words,
    sign_words,
    witness_operand,
)
from govbudget.model import Coordinate, Figure, Flow, Period, Use, Via, moved
from govbudget.money import Amount, Mark

_OPENING = (Flow.REVENUE, Period.CARRIED)
_INCOME = (Flow.REVENUE, Period.CURRENT)
_USED = (Flow.REVENUE, Period.SURPLUS)
_SPENDING = (Flow.EXPENDITURE, Period.CURRENT)
_SHARED_OUT = (Flow.EXPENDITURE, Period.SURPLUS)
_CLOSING = (Flow.EXPENDITURE, Period.CARRIED)
_SIGNS = {_OPENING: 1, _INCOME: 1, _USED: 1, _SPENDING: -1, _SHARED_OUT: -1}
_NEEDED = (_OPENING, _INCOME, _SPENDING, _CLOSING)


@rule(
    "balance.closing",
    zh="年末结转和结余等于年初结转和结余加收入减支出",
    en="What a year closes with is what it opened with, plus income, less spending",
    basis="预算法实施条例第四十条；决算报表审核公式：总计 = 收入 + 使用结余 + 年初结转 = 支出 + 结余分配 + 年末结转",
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
        2299999 其他支出 | 1.00 | 5.00 | 4.00 | 3.00
        """,
)
def closing(ctx: Context) -> Iterator[Outcome]:
    """In a table that prints opening and closing balances, they differ by income and spending: line by line and fund
    by fund.

    Where a table prints 总计 on both sides, the rules on totals have compared the same already.
    """
    for number, _ in enumerate(ctx.disclosure.tables):
        found: dict[Coordinate, Figure] = {}
        for (table, _), figures in ctx.figures.items():
            if table == number:
                for figure in figures:
                    found.setdefault(figure.at, figure)
        for at in found:
            if (at.flow, at.period) == _CLOSING:
                outcome = _closing(ctx, at, found)
                if outcome is not None:
                    yield outcome


def _closing(ctx: Context, at: Coordinate, found: dict[Coordinate, Figure]) -> Outcome | None:
    def figure(flow: Flow, period: Period) -> Figure | None:
        return found.get(attrs.evolve(at, flow=flow, period=period))

    if all(figure(flow, Period.ALL) for flow in Flow) or not all(figure(*place) for place in _NEEDED):
        return None
    sides = {place: f for place in (_CLOSING, *_SIGNS) if (f := figure(*place)) is not None}
    cells = [f.cell for f in sides.values()]
    if not any(isinstance(cell, Amount) for cell in cells):
        return None
    operands = tuple(figure_operand(ctx, f, "total" if place == _CLOSING else "part") for place, f in sides.items())
    subject = line_words(ctx, sides[_CLOSING])
    if Mark.UNREADABLE in cells:
        return not_tested(subject, "unreadable", *operands)
    values = [known(cell) if isinstance(cell, Amount) else ZERO for cell in cells]
    signs = [_SIGNS[place] for place in sides if place != _CLOSING]
    grade = grade_sum(values[0], values[1:], signs)
    shown = " ".join(
        f"{'+' if sign > 0 else '-'} {operand.printed or '0'}"
        for sign, operand in zip(signs, operands[1:], strict=True)
    )
    return in_money(
        grade,
        usual_unit(ctx),
        subject=subject,
        operands=operands,
        relation=f"{operands[0].printed or '0'} {sign_words(grade.verdict)} {shown.removeprefix('+ ')}",
        linear=(Linear((-1, *signs)),),
    )


@rule(
    "balance.basic",
    zh="基本支出等于人员经费与公用经费之和",
    en="Basic spending is personnel and running costs, printed in different tables",
    basis="预算法实施条例第五条：基本支出包括人员经费和公用经费",
    holds="""
        unit final 2024
        [5 general_expenditure]
        科目 | 基本支出 = basic
        合计 | 9.00
        [6 general_basic]
        项目 | 金额
        人员经费合计 = personnel | 7.00
        公用经费合计 = running | 2.00
        """,
    breaks="""
        unit final 2024
        [5 general_expenditure]
        科目 | 基本支出 = basic
        合计 | 9.00
        [6 general_basic]
        项目 | 金额
        人员经费合计 = personnel | 7.00
        公用经费合计 = running | 3.00
        """,
)
def basic(ctx: Context) -> Iterator[Outcome]:
    """Where one table prints basic spending and another what it consists of, the two are one number."""
    for at, fact in ctx.facts.items():
        if at.use is not Use.BASIC or at.economic or not _printed(ctx, at):
            continue
        parts = [moved(at, "use", use) for use in (Use.PERSONNEL, Use.RUNNING)]
        if not all(_printed(ctx, p) for p in parts) or beside(ctx, at, parts):
            continue  # one lane prints the whole and a part: the rule on uses has compared them
        total = witness_operand(fact.witnesses[0], at, "total")
        shown = [witness_operand(ctx.facts[p].witnesses[0], p, "part") for p in parts]
        grade = grade_sum(known(fact.witnesses[0].amount), [known(ctx.facts[p].witnesses[0].amount) for p in parts])
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=fact_words(ctx, at),
            operands=(total, *shown),
            relation=f"{total.printed} {sign_words(grade.verdict)} " + " + ".join(o.printed for o in shown),
            linear=total_of(len(shown)),
        )


def _printed(ctx: Context, at: Coordinate) -> bool:
    fact = ctx.facts.get(at)
    return fact is not None and fact.witnesses[0].via is Via.TABLE


RULES: tuple[Rule, ...] = (closing, basic)
