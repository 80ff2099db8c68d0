"""Revenue and expenditure balance, in all and subject by subject."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import grade_same, grade_sum
from govbudget.invariants.context import (
    Context,
    fact_known,
    known,
    settled,
    usual_unit,
)
from govbudget.invariants.rule import Outcome, Rule, all_same, not_tested, nothing, rule
from govbudget.invariants.witnessed import left_blank
from govbudget.invariants.words import fact_words, in_money, sign_words, witness_operand
from govbudget.model import Coordinate, Fact, Flow, Fund, Item, Period, Use


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
    holds="""
        [2 revenue]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        """,
    breaks="""
        [2 revenue]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 70.00
        """,
    untested="""
        [2 revenue]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        """,
)
def functional_balance(ctx: Context) -> Iterator[Outcome]:
    """The table of revenue and the table of expenditure list the same subjects; each subject spends what it receives.

    That holds where nothing is carried to the next year: what is carried forward is not printed by subject.
    """
    carried = [f for f in ctx.facts.values() if f.at.period is Period.CARRIED and f.at.flow is Flow.EXPENDITURE]
    moved_on = next((f for f in carried if any(w.amount for w in f.witnesses)), None)
    for at, fact in list(ctx.facts.items()):
        wanted = at.flow is Flow.REVENUE and at.functional and at.period is Period.ALL and at.fund is Fund.ALL
        if not wanted:
            continue
        other = attrs.evolve(at, flow=Flow.EXPENDITURE, period=Period.CURRENT)
        whole = attrs.evolve(at, flow=Flow.EXPENDITURE)
        other = whole if other not in ctx.facts and whole in ctx.facts else other  # layouts that carry nothing over
        partner = ctx.facts.get(other)
        subject = fact_words(ctx, at)
        operand = witness_operand(fact.witnesses[0], at)
        if moved_on is not None:
            yield not_tested(subject, "carried-forward", operand)
        elif partner is not None:
            yield _pair(ctx, subject, fact, partner)
        else:
            value = settled(ctx, other)
            if value is None:
                yield not_tested(subject, "no-table", operand)
            else:
                grade = grade_same([known(fact.witnesses[0].amount), value])
                blanks = left_blank(ctx, other)
                yield in_money(
                    grade,
                    usual_unit(ctx),
                    subject=subject,
                    operands=(operand, *blanks),
                    relation=f"{operand.printed} {sign_words(grade.verdict)} 0",
                    linear=all_same(1 + len(blanks)) if blanks else nothing(),
                )


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
