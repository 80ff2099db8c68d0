"""What a body usually is as a whole: how large, with basic spending, with or without an office to run."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.limits import facts_of_item
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.words import fact_words, witness_operand
from govbudget.model import Certainty, Coordinate, Flow, Item, Period, Severity, Use, moved
from govbudget.money import MoneyUnit


@rule(
    "plausible.magnitude",
    zh="支出总额的数量级在通常范围内",
    en="All spending is of a usual magnitude",
    basis="公开表的金额单位为元或万元，错用时相差一万倍",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [3 expenditure]
        科目 | 合计
        合计 | 1,147.95
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计
        合计 | 0.12
        """,
)
def magnitude(ctx: Context) -> Iterator[Outcome]:
    """A body that publishes a budget spends more than 10,000 元 and less than 10,000 亿元 a year.

    Outside of that the unit of the table is probably another one; where tables are in different units, they
    contradict each other.
    """
    for period in (Period.ALL, Period.CURRENT):
        at = Coordinate(year=ctx.disclosure.year, stage=ctx.disclosure.stage, flow=Flow.EXPENDITURE, period=period)
        fact = ctx.facts.get(at)
        if fact is None or not fact.witnesses[0].amount.fen:
            continue
        amount = fact.witnesses[0].amount
        operand = witness_operand(fact.witnesses[0], at)
        usual = MoneyUnit.WAN_YUAN.fen <= abs(amount.fen) <= 10_000 * MoneyUnit.YI_YUAN.fen
        yield Outcome(
            grade=Grade(Verdict.EXACT if usual else Verdict.VIOLATED),
            subject=fact_words(ctx, at),
            operands=(operand,),
            relation=operand.printed,
        )


@rule(
    "plausible.no-basic",
    zh="有支出的单位有基本支出",
    en="A body that spends has basic spending",
    basis="预算法实施条例第五条：支出包括基本支出和项目支出，基本支出保障机构正常运转",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [3 expenditure]
        科目 | 合计 | 基本支出 = basic | 项目支出 = project
        合计 | 9.00 | 8.00 | 1.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计 | 基本支出 = basic | 项目支出 = project
        合计 | 9.00 | 0.00 | 9.00
        """,
)
def no_basic(ctx: Context) -> Iterator[Outcome]:
    """A body has staff and rooms, and what keeps them going is basic spending; a budget of projects alone is unusual.

    A body that is paid for by another one is such a case.
    """
    base = Coordinate(
        year=ctx.disclosure.year, stage=ctx.disclosure.stage, flow=Flow.EXPENDITURE, period=Period.CURRENT
    )
    whole, basic = ctx.facts.get(base), ctx.facts.get(moved(base, "use", Use.BASIC))
    if whole is None or basic is None or not whole.witnesses[0].amount.fen:
        return
    operands = (
        witness_operand(basic.witnesses[0], basic.at, "part"),
        witness_operand(whole.witnesses[0], whole.at, "whole"),
    )
    yield Outcome(
        grade=Grade(Verdict.EXACT if basic.witnesses[0].amount.fen else Verdict.VIOLATED),
        subject=fact_words(ctx, basic.at),
        operands=operands,
        relation=f"{operands[0].printed} / {operands[1].printed}",
    )


@rule(
    "plausible.agency-institution",
    zh="事业单位一般没有机关运行经费",
    en="A public institution has no running costs of administration",
    basis="财预〔2016〕143号：机关运行经费是行政单位和参照公务员法管理的事业单位的公用经费",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        nature 行政机关
        ## 机关运行经费 {other_matters}
        机关运行经费8.00万元。 => amount expenditure current general agency_running: 8.00万元
        """,
    breaks="""
        nature 事业单位
        ## 机关运行经费 {other_matters}
        机关运行经费8.00万元。 => amount expenditure current general agency_running: 8.00万元
        """,
    untested="""
        ## 机关运行经费 {other_matters}
        机关运行经费8.00万元。 => amount expenditure current general agency_running: 8.00万元
        """,
)
def agency_institution(ctx: Context) -> Iterator[Outcome]:
    """机关运行经费 is what administrative bodies, and institutions under the rules of the civil service, spend on
    running.

    A document that calls the body 事业单位 and does not say that it is under those rules is asked which it is.
    """
    nature = ctx.disclosure.organization.nature
    for fact in facts_of_item(ctx, Item.AGENCY_RUNNING):
        own = (fact.at.year, fact.at.stage) == (ctx.disclosure.year, ctx.disclosure.stage)
        if not own or fact.at.economic or not fact.witnesses[0].amount.fen:
            continue
        operand = witness_operand(fact.witnesses[0], fact.at)
        if not nature:
            yield not_tested("机关运行经费", "no-nature", operand)
            continue
        odd = "事业" in nature and "参" not in nature
        yield Outcome(
            grade=Grade(Verdict.VIOLATED if odd else Verdict.EXACT),
            subject="机关运行经费",
            operands=(operand,),
            relation=f"{nature}：{operand.printed}",
        )


RULES: tuple[Rule, ...] = (
    magnitude,
    no_basic,
    agency_institution,
)
