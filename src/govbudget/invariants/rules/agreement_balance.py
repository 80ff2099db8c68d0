"""Revenue and expenditure balance, in all and subject by subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import attrs

from govbudget.consistency import Known, grade_sum
from govbudget.invariants.context import ZERO, Context, fact_known, settled
from govbudget.invariants.rule import Linear, Operand, Outcome, Rule, all_same, not_tested, nothing, rule
from govbudget.invariants.witnessed import left_blank
from govbudget.invariants.words import fact_words, in_money, sign_words, witness_operand
from govbudget.model import Coordinate, Fact, Flow, Fund, Item, Period, Use, Via


@rule(
    "agreement.balance",
    zh="收支平衡：收入总计等于支出总计",
    en="Revenue and expenditure balance",
    basis="预算法实施条例第四十条；收支预算总表",
    holds="""
        [1 summary]
        -- 收入: revenue
        项目 | 预算数
        收入总计 = revenue | 10.00
        -- 支出: expenditure
        项目 | 预算数
        支出总计 = expenditure | 10.00
        """,
    breaks="""
        [1 summary]
        -- 收入: revenue
        项目 | 预算数
        收入总计 = revenue | 10.00
        -- 支出: expenditure
        项目 | 预算数
        支出总计 = expenditure | 10.10
        """,
    untested="""
        [1 summary]
        -- 收入: revenue
        项目 | 预算数
        收入总计 = revenue | 10.00
        """,
)
def balance(ctx: Context) -> Iterator[Outcome]:
    """Total revenue is total expenditure, carried-over money on both sides included; so too for fiscal grants alone."""
    for fund in (Fund.ALL, Fund.FISCAL):
        sides = [f for f in ctx.facts.values() if _is_total(f.at) and f.at.fund is fund and f.at.functional == ""]
        whole = [f for f in sides if f.at.period is Period.ALL]
        sides = whole or [f for f in sides if f.at.period is Period.CURRENT and _carries_nothing(ctx, f)]
        revenue = next((f for f in sides if f.at.flow is Flow.REVENUE), None)
        expenditure = next((f for f in sides if f.at.flow is Flow.EXPENDITURE), None)
        subject = "收支总预算" if fund is Fund.ALL else "财政拨款收支总预算"
        if revenue is None or expenditure is None:
            yield not_tested(subject, "total-missing", *[witness_operand(f.witnesses[0], f.at) for f in sides[:1]])
            continue
        yield _pair(ctx, subject, revenue, expenditure)


@rule(
    "agreement.functional-balance",
    zh="按功能科目，收入预算等于支出预算",
    en="Revenue and expenditure balance subject by subject",
    basis="收入预算总表与支出预算总表同按功能科目编列",
    holds=(
        """
        [2 revenue]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        """,
        """
        // 0 in whole 万元 may be 4,999 元 that a subject keeps
        [1 summary]
        -- 支出: expenditure
        项目 | 预算数
        年终结转结余 = carried | 0
        [2 revenue]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 8
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7
        """,
    ),
    breaks=(
        """
        [2 revenue]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 70.00
        """,
        """
        // nobody spends more than he receives, whatever is kept
        [1 summary]
        -- 支出: expenditure
        项目 | 预算数
        年终结转结余 = carried | 0
        [2 revenue]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 8
        """,
    ),
    untested="""
        [2 revenue]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        """,
)
def functional_balance(ctx: Context) -> Iterator[Outcome]:
    """The table of revenue and the table of expenditure list the same subjects; each subject spends what it receives.

    That holds where nothing is carried to the next year: what is carried forward is not printed by subject. Where 0 is
    printed for it in a coarse unit, a subject may still keep as much as such a 0 hides.
    """
    carried = [f for f in ctx.facts.values() if f.at.period is Period.CARRIED and f.at.flow is Flow.EXPENDITURE]
    moved_on = next((f for f in carried if any(w.amount for w in f.witnesses)), None)
    # a blank beside it says nil, and so does 0万元 in a sentence, whatever the digits of its other figures
    hidden = max(
        [f for f in carried if f.at not in ctx.blanks and any(w.via is Via.TABLE for w in f.witnesses)],
        key=lambda f: fact_known(ctx, f).high,
        default=None,
    )
    for at, fact in list(ctx.facts.items()):
        wanted = at.flow is Flow.REVENUE and at.functional and at.period is Period.ALL and at.fund is Fund.ALL
        if not wanted:
            continue
        other = attrs.evolve(at, flow=Flow.EXPENDITURE, period=Period.CURRENT)
        whole = attrs.evolve(at, flow=Flow.EXPENDITURE)
        other = whole if other not in ctx.facts and whole in ctx.facts else other  # layouts that carry nothing over
        partner = ctx.facts.get(other)
        value = fact_known(ctx, partner) if partner is not None else settled(ctx, other)
        if moved_on is not None or value is None:
            reason = "no-table" if moved_on is None else "carried-forward"
            yield not_tested(fact_words(ctx, at), reason, witness_operand(fact.witnesses[0], at))
        elif partner is not None:
            yield _spends(ctx, fact, [witness_operand(partner.witnesses[0], other)], value, hidden)
        else:
            yield _spends(ctx, fact, left_blank(ctx, other), value, hidden)


def _spends(ctx: Context, fact: Fact, spent: Sequence[Operand], value: Known, hidden: Fact | None) -> Outcome:
    """Compare what a subject receives with what it spends, in each cell that prints it, and what a 0 may hide."""
    kept = Known(0, 0, fact_known(ctx, hidden).high) if hidden is not None else ZERO
    grade = grade_sum(fact_known(ctx, fact), [value, kept])
    operands = [witness_operand(fact.witnesses[0], fact.at), *spent]
    linear = all_same(len(operands)) if spent else nothing()
    if hidden is not None and kept.high:
        operands.append(witness_operand(hidden.witnesses[0], hidden.at, "carried"))
        linear = _kept(len(spent))
    printed = spent[0].printed if spent and not spent[0].blank else "0"
    return in_money(
        grade,
        fact.witnesses[0].amount.unit,
        subject=fact_words(ctx, fact.at),
        operands=tuple(operands),
        relation=f"{operands[0].printed} {sign_words(grade.verdict)} {printed}",
        linear=linear,
    )


@lru_cache(maxsize=8)
def _kept(cells: int) -> tuple[Linear, ...]:
    """The first operand is at least each of the next ``cells``, and at most that and the last together."""
    found = []
    for cell in range(cells):
        one = [int(cell == other) for other in range(cells)]
        found += [Linear((-1, *one, 0), at_most=True), Linear((1, *[-w for w in one], -1), at_most=True)]
    return tuple(found) or (Linear((1, -1), at_most=True),)


def _pair(ctx: Context, subject: str, left: Fact, right: Fact) -> Outcome:
    grade = grade_sum(fact_known(ctx, left), [fact_known(ctx, right)])
    operands = (witness_operand(left.witnesses[0], left.at), witness_operand(right.witnesses[0], right.at))
    return in_money(
        grade,
        left.witnesses[0].amount.unit,
        subject=subject,
        operands=operands,
        relation=f"{operands[0].printed} {sign_words(grade.verdict)} {operands[1].printed}",
        linear=all_same(2),
    )


def _carries_nothing(ctx: Context, fact: Fact) -> bool:
    """Whether a table prints the fact that knows no money carried over: its two sides are of one year and balance."""
    at = fact.at
    return any(
        any(figure.at == at for figure in figures) and not any(f.at.period is not Period.CURRENT for f in of_table)
        for (table, _), figures in ctx.figures.items()
        for of_table in [[f for (other, _), found in ctx.figures.items() if other == table for f in found]]
    )


def _is_total(at: Coordinate) -> bool:
    return at.use is Use.ALL and at.item is Item.ALL and not (at.economic or at.entity or at.project)


RULES: tuple[Rule, ...] = (
    balance,
    functional_balance,
)
