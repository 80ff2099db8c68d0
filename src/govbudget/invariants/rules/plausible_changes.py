"""Changes, balances and projects out of the ordinary: questions, not faults."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.changed import change_operand
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context
from govbudget.invariants.rated import Fault, growths, is_hundredfold, rate_operand, rate_subject
from govbudget.invariants.ratios import band, money
from govbudget.invariants.rule import Operand, Outcome, Rule, rule
from govbudget.invariants.words import fact_words, witness_operand
from govbudget.model import (
    Certainty,
    ChangeClaim,
    CompletionClaim,
    Coordinate,
    Direction,
    Flow,
    Fund,
    GrowthClaim,
    Item,
    Period,
    Severity,
    TableKind,
    Use,
    table,
)
from govbudget.money import printed_percent


@rule(
    "plausible.hundredfold",
    zh="增长不到一百倍",
    en="Nothing grows a hundredfold",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算比上年增长35.20%。 => growth expenditure current: +35.20% vs 2023 execution
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算比上年增长352000.00%。 => growth expenditure current: +352000.00% vs 2023 execution
        """,
)
def hundredfold(ctx: Context) -> Iterator[Outcome]:
    """An increase of 10,000 % or more is a hundredfold: a new programme, or a figure in 元 held against one in 万元.

    The rate may fit its amounts, and then the amounts are asked about.
    """
    for rate in growths(ctx):
        claim = rate.claim
        if not isinstance(claim, GrowthClaim) or claim.direction is not Direction.UP or rate.fault is Fault.NOTHING:
            continue
        percent = rate_operand(claim)
        yield Outcome(
            grade=Grade(Verdict.VIOLATED if is_hundredfold(claim) else Verdict.EXACT),
            subject=rate_subject(ctx, claim),
            operands=(percent,),
            relation=f"增加 {percent.printed}",
        )


@rule(
    "plausible.total-change",
    zh="收支总额的增减在通常范围内",
    en="Totals do not change beyond all measure",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        ## 收支预算总体情况说明 {totals}
        支出预算100.00万元，比上年增加5.00万元。
        => amount expenditure: 100.00万元
        => change expenditure: +5.00万元 vs 2023 budget
        """,
    breaks="""
        ## 收支预算总体情况说明 {totals}
        支出预算100.00万元，比上年减少95,000.00万元。
        => amount expenditure: 100.00万元
        => change expenditure: -95,000.00万元 vs 2023 budget
        """,
)
def total_change(ctx: Context) -> Iterator[Outcome]:
    """All revenue or all spending of a body is more than a tenth and less than ten times of the year before.

    A body that was founded, merged or split is such a case, and the text says so.
    """
    for claim in claims_of(ctx, ChangeClaim):
        if claim.base.year == ctx.disclosure.year or claim.base.comparable:
            continue
        at = next((of for of in claim.of if of in ctx.facts and _is_total(of)), None)
        if at is None:
            continue
        first = ctx.facts[at].witnesses[0]
        now = first.amount.fen
        was = now - claim.direction.sign * claim.amount.fen
        odd = was > 0 and now > 0 and not 1 < Fraction(10 * now, was) < 100
        change, amount = change_operand(claim, at, "change"), witness_operand(first, at, "amount")
        yield Outcome(
            grade=Grade(Verdict.VIOLATED if odd else Verdict.EXACT),
            subject=fact_words(ctx, at),
            operands=(amount, change),
            relation=f"{amount.printed}，{change.printed}",
        )


@rule(
    "plausible.completion",
    zh="支出预算完成率在通常范围内",
    en="The budget is carried out more or less",
    basis="预算法第七十五条：决算草案应当与预算相对应",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        完成年初预算的98.20%。 => completion expenditure current: 98.20% vs 2024 budget
        """,
    breaks="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        完成年初预算的982.00%。 => completion expenditure current: 982.00% vs 2024 budget
        """,
)
def completion(ctx: Context) -> Iterator[Outcome]:
    """All spending comes to somewhere between half and twice of what was planned at the beginning of the year.

    Grants that were added in the course of the year may be larger, and the text tells what they were for.
    """
    for claim in claims_of(ctx, CompletionClaim):
        at = next((of for of in claim.of if _is_total(of)), None)
        if at is None:
            continue
        rate = Fraction(claim.percent.digits) / Fraction(10) ** claim.percent.places
        percent = Operand(role="percent", place=claim.place, printed=printed_percent(claim.percent))
        yield Outcome(
            grade=Grade(Verdict.EXACT if 50 <= rate <= 200 else Verdict.VIOLATED),
            subject=fact_words(ctx, at),
            operands=(percent,),
            relation=percent.printed,
        )


@rule(
    "plausible.carried",
    zh="年末结转和结余不大于本年收入",
    en="What is left is less than a year’s revenue",
    basis="预算法第四十二条：结转结余资金的管理；国办发〔2014〕70号：清理盘活存量资金",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        [1 summary]
        -- 收入: revenue
        项目 | 决算数
        本年收入 = current | 100.00
        -- 支出: expenditure
        项目 | 决算数
        年末结转和结余 = carried | 5.00
        """,
    breaks="""
        unit final 2024
        [1 summary]
        -- 收入: revenue
        项目 | 决算数
        本年收入 = current | 100.00
        -- 支出: expenditure
        项目 | 决算数
        年末结转和结余 = carried | 500.00
        """,
)
def carried(ctx: Context) -> Iterator[Outcome]:
    """Money left at the end of a year is some of the year’s; more than a whole year’s revenue lying idle is
    unusual.

    Institutions with large revenue of their own may have it; grants are taken back after two years.
    """
    base = Coordinate(year=ctx.disclosure.year, stage=ctx.disclosure.stage)
    left = ctx.facts.get(attrs.evolve(base, flow=Flow.EXPENDITURE, period=Period.CARRIED))
    income = ctx.facts.get(attrs.evolve(base, flow=Flow.REVENUE, period=Period.CURRENT))
    if left is not None and income is not None:
        yield from band("年末结转和结余", money([left], "part"), money([income], "whole"), None, Fraction(1))


@rule(
    "plausible.goal",
    zh="有金额的项目填报绩效目标",
    en="A project with money has a goal",
    basis="预算法第三十二条：绩效目标管理；中共中央 国务院关于全面实施预算绩效管理的意见（2018）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [10 project]
        项目 | 合计
        #困难帮扶 | 3.00
        [11 performance]
        项目 | 合计
        #困难帮扶 | 3.00
        """,
    breaks="""
        [10 project]
        项目 | 合计
        #困难帮扶 | 3.00
        #信息化运维 | 2.00
        [11 performance]
        项目 | 合计
        #困难帮扶 | 3.00
        """,
)
def goal(ctx: Context) -> Iterator[Outcome]:
    """Each project that the table of projects gives money to stands in the table of performance, where its goals are.

    Layouts that publish only the goals of some projects say so; where both tables list projects, the one missing
    is named.
    """
    listed = table(ctx.disclosure, TableKind.PROJECT)
    goals = table(ctx.disclosure, TableKind.PERFORMANCE)
    if listed is None or goals is None:
        return
    named = {line.at.project for lane in goals.lanes for line in lane.lines if line.at.project}
    if not named:
        return
    for fact in ctx.facts.values():
        printed = any(w.place.table == listed.number and w.amount.fen for w in fact.witnesses)
        if not fact.at.project or not printed:
            continue
        if fact.at.fund is not Fund.ALL:
            continue
        operand = witness_operand(fact.witnesses[0], fact.at)
        missing = fact.at.project not in named
        yield Outcome(
            grade=Grade(Verdict.VIOLATED if missing else Verdict.EXACT),
            subject=fact.at.project.rpartition("/")[2],
            operands=(operand,),
            relation=f"{operand.printed} {'∉' if missing else '∈'} 表{goals.number or ''}",
        )


def _is_total(at: Coordinate) -> bool:
    parts = at.functional or at.economic or at.entity or at.project or at.purchase
    return not parts and at.use is Use.ALL and at.item is Item.ALL and at.period in (Period.ALL, Period.CURRENT)


RULES: tuple[Rule, ...] = (
    hundredfold,
    total_change,
    completion,
    carried,
    goal,
)
