"""Growth and shares: percentages against the amounts they are taken from."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.completions import completions
from govbudget.invariants.context import Context
from govbudget.invariants.rated import UP_DOWN, Fault, growths, rate_operand, rate_subject, shares
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.model import Direction, GrowthClaim, Severity


@rule(
    "narrative.growth",
    zh="增减率与增减额相符",
    en="Growth rates fit the amounts",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元， => amount expenditure current: 32.50万元
        比上年执行数减少0.92万元， => change expenditure current: -0.92万元 vs 2023 execution
        下降2.75%。 => growth expenditure current: -2.75% vs 2023 execution
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元， => amount expenditure current: 32.50万元
        比上年执行数减少0.92万元， => change expenditure current: -0.92万元 vs 2023 execution
        下降7.25%。 => growth expenditure current: -7.25% vs 2023 execution
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元， => amount expenditure current: 32.50万元
        下降7.25%。 => growth expenditure current: -7.25% vs 2023 execution
        """,
)
def growth(ctx: Context) -> Iterator[Outcome]:
    """A rate of growth fits the amount and the change it is printed with, as far as their digits go.

    The base is the amount minus the change, or last year's figure where that is printed. All are rounded, so the rate
    is compared with the range that their exact values span: 0.92 on 32.50 万元 recomputes to 2.83 %, and 2.84 % is
    still right. A rate that only has its digits cut off, one on nothing and one in the contrary direction have rules
    of their own.
    """
    yield from (rate.outcome for rate in growths(ctx) if rate.fault is Fault.NUMBER)


@rule(
    "narrative.share",
    zh="占比与金额相符",
    en="Shares fit the amounts",
    basis="财预〔2016〕143号：收支结构的说明",
    holds="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算拨款3.00万元， => amount expenditure current general: 3.00万元
        一般公共服务（类）支出2.00万元，占66.67%。
        => amount expenditure current general 201: 2.00万元
        => share expenditure current general 201 of expenditure current general: 66.67%
        """,
    breaks="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算拨款3.00万元， => amount expenditure current general: 3.00万元
        一般公共服务（类）支出2.00万元，占67.66%。
        => amount expenditure current general 201: 2.00万元
        => share expenditure current general 201 of expenditure current general: 67.66%
        """,
    untested="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共服务（类）支出占66.67%。
        => share expenditure current general 201 of expenditure current general: 66.67%
        """,
)
def share(ctx: Context) -> Iterator[Outcome]:
    """A share fits part and whole, as far as their digits go.

    Rounded shares need not add up to 100 %: 81.43, 12.56 and 6.02 make 100.01 and are all right. A share that only has
    its digits cut off is for the rule on that.
    """
    yield from (rate.outcome for rate in shares(ctx) if rate.fault is Fault.NUMBER)


@rule(
    "narrative.cut-off",
    zh="百分比末位四舍五入",
    en="The last digit of a percentage is rounded",
    basis="公开惯例：百分比四舍五入保留小数；财预〔2016〕143号：对收支增减变化和结构的说明",
    severity=Severity.WARNING,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9370.12万元， => amount expenditure current: 9370.12万元
        比上年增加1297.83万元， => change expenditure current: +1297.83万元 vs 2023 execution
        增长16.08%。 => growth expenditure current: +16.08% vs 2023 execution
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9370.12万元， => amount expenditure current: 9370.12万元
        比上年增加1297.83万元， => change expenditure current: +1297.83万元 vs 2023 execution
        增长16.07%。 => growth expenditure current: +16.07% vs 2023 execution
        """,
)
def cut_off(ctx: Context) -> Iterator[Outcome]:
    """A percentage is rounded to the digits it is printed with, not cut off (截尾): 16.078 % is printed 16.08 %.

    Only percentages for which the two differ are compared. Nobody is misled by much, and everybody who recomputes the
    rate is put off by it, so this is a warning of its own and no wrong rate.
    """
    for rate in (*growths(ctx), *shares(ctx)):
        if rate.fault is Fault.CUT_OFF or (rate.fault is Fault.NUMBER and rate.rounded):
            yield rate.outcome
    yield from (each for each in completions(ctx) if each.grade.truncated)


@rule(
    "narrative.zero-base",
    zh="上年为零的，不计算增长率",
    en="What was nothing has no rate of growth",
    basis="财预〔2016〕143号：对收支增减变化情况的说明；增长率以上年数为分母，分母不得为零",
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算26.81万元， => amount expenditure current: 26.81万元
        比上年增加26.81万元，上年无此项支出。 => change expenditure current: +26.81万元 vs 2023 execution
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算拨款1.00万元， => amount expenditure current general: 1.00万元
        上年0.01万元， => amount 2023 execution expenditure current general: 0.01万元
        增长9900%。 => growth expenditure current general: +9900% vs 2023 execution
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算1,326.81万元， => amount expenditure current: 1326.81万元
        比上年增加1,326.81万元， => change expenditure current: +1326.81万元 vs 2023 execution
        增长100%。 => growth expenditure current: +100% vs 2023 execution
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算0.01万元， => amount expenditure current: 0.01万元
        比上年增加0.01万元， => change expenditure current: +0.01万元 vs 2023 execution
        增长100%。 => growth expenditure current: +100% vs 2023 execution
        """,
)
def zero_base(ctx: Context) -> Iterator[Outcome]:
    """A fact that was nothing the year before has not grown by 100 %, or by any rate: nothing can be divided by it.

    What prints as 0.00 万元 may have been 49 元, so the rate is held against the largest base that prints so.
    """
    for rate in growths(ctx):
        if rate.fault is Fault.NOTHING:
            yield rate.outcome
        elif rate.fault is Fault.NUMBER and rate.outcome.grade.verdict in (Verdict.EXACT, Verdict.ROUNDING):
            yield attrs.evolve(rate.outcome, grade=Grade(Verdict.EXACT), gap="", reason="")


@rule(
    "narrative.direction",
    zh="增减方向与金额相符",
    en="Said to rise where it rises, to fall where it falls",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
    holds="""
        ## 支出预算情况说明 {expenditure}
        2023年执行数241.76万元， => amount 2023 execution expenditure current: 241.76万元
        2024年预算安排207.00万元，减少14.38%。
        => amount expenditure current: 207.00万元
        => growth expenditure current: -14.38% vs 2023 execution
        """,
    breaks=(
        """
        ## 支出预算情况说明 {expenditure}
        2023年执行数241.76万元， => amount 2023 execution expenditure current: 241.76万元
        2024年预算安排207.00万元，增加21.74%。
        => amount expenditure current: 207.00万元
        => growth expenditure current: +21.74% vs 2023 execution
        """,
        """
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元，比上年减少0.92万元，增长2.75%。
        => amount expenditure current: 32.50万元
        => change expenditure current: -0.92万元 vs 2023 execution
        => growth expenditure current: +2.75% vs 2023 execution
        """,
    ),
)
def direction(ctx: Context) -> Iterator[Outcome]:
    """A rate says 增长 where the figures grew and 下降 where they fell; the word beside the amount of the change is the
    same as the one beside its rate.

    A rate in the contrary direction misstates the change whatever its number is, so the number is not tested further.
    """
    for rate in growths(ctx):
        if rate.fault is Fault.DIRECTION:
            yield rate.outcome
        elif len(rate.outcome.operands) > 1 and rate.outcome.grade.verdict in (Verdict.EXACT, Verdict.ROUNDING):
            yield attrs.evolve(rate.outcome, grade=Grade(Verdict.EXACT), gap="", reason="")


@rule(
    "narrative.fall",
    zh="下降不超过100%",
    en="Nothing falls by more than all there was",
    basis="财预〔2016〕143号：对收支增减变化情况的说明；收支数不为负",
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算比上年下降100%。 => growth expenditure current: -100% vs 2023 execution
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算比上年下降120.50%。 => growth expenditure current: -120.50% vs 2023 execution
        """,
)
def fall(ctx: Context) -> Iterator[Outcome]:
    """Revenue and spending fall to nothing at the most, which is a fall of 100 %.

    Needs no amount: the rate is impossible by itself. Most often the larger figure was divided by the smaller one.
    """
    for rate in growths(ctx):
        if rate.fault is Fault.FALL:
            yield rate.outcome
        elif isinstance(rate.claim, GrowthClaim) and rate.claim.direction is Direction.DOWN:
            percent = rate_operand(rate.claim)
            yield Outcome(
                grade=Grade(Verdict.EXACT),
                subject=rate_subject(ctx, rate.claim),
                operands=(percent,),
                relation=f"{UP_DOWN[Direction.DOWN]} {percent.printed} ≤ 100%",
            )


RULES: tuple[Rule, ...] = (growth, share, cut_off, zero_base, direction, fall)
