"""Outcomes and budgets: rates on nothing, words against rates, spending beyond the budget."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import Grade, Verdict, grade_at_most, grade_rate
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context, fact_known, settled, usual_unit
from govbudget.invariants.limits import facts_of_item
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.words import fact_words, in_money, limit_words, witness_operand
from govbudget.model import (
    Certainty,
    CompletionClaim,
    Coordinate,
    Direction,
    Fact,
    Flow,
    Item,
    MovementClaim,
    Severity,
    Stage,
    is_below,
)
from govbudget.money import printed_percent

_BASIS = "预算法第七十五条：决算草案应当与预算相对应，按预算数、调整预算数、决算数分别列出"
_BINDING = "预算法第十三条：经批准的预算非经法定程序不得调整，支出必须以经批准的预算为依据"


@rule(
    "outcome.zero-plan",
    zh="预算为零的，不计算完成率",
    en="Of a budget of nothing no percentage is completed",
    basis=f"{_BASIS}；完成率以预算数为分母，分母不得为零",
    holds="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算0.01万元，支出决算19.00万元，完成年初预算的190000%。
        => amount 2024 budget expenditure current: 0.01万元
        => amount expenditure current: 19.00万元
        => completion expenditure current: 190000% vs 2024 budget
        """,
    breaks="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算0.00万元，支出决算19.00万元，完成年初预算的100%。
        => amount 2024 budget expenditure current: 0.00万元
        => amount expenditure current: 19.00万元
        => completion expenditure current: 100% vs 2024 budget
        """,
    untested=(
        """
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算0.00万元，支出决算0.00万元，完成年初预算的100%。
        => amount 2024 budget expenditure current: 0.00万元
        => amount expenditure current: 0.00万元
        => completion expenditure current: 100% vs 2024 budget
        """,
        """
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算0.00万元，支出决算19.00万元，完成年初预算的0%。
        => amount 2024 budget expenditure current: 0.00万元
        => amount expenditure current: 19.00万元
        => completion expenditure current: 0% vs 2024 budget
        """,
    ),
)
def zero_plan(ctx: Context) -> Iterator[Outcome]:
    """An outcome without a budget did not complete 100 % of it, or any other part.

    Of nothing spent out of nothing many texts say 0 % or 100 %, which says nothing and is let stand. So is 0 %
    whatever was spent: a form prints it where the division cannot be made. What prints as 0.00 万元 may be up to
    49 元, so any other rate is held against the largest budget that prints so.
    """
    for claim in claims_of(ctx, CompletionClaim):
        of = next((of for of in claim.of if settled(ctx, of) is not None), None)
        if of is None:
            continue
        outcome, plan = settled(ctx, of), settled(ctx, _plan_of(of, claim.base.stage))
        if outcome is None or plan is None:
            continue
        percent = Operand(role="percent", place=claim.place, printed=printed_percent(claim.percent))
        subject = fact_words(ctx, of)
        relation = f"{percent.printed} 对 {_printed(ctx, _plan_of(of, claim.base.stage))}"
        if plan.value > 0:
            yield Outcome(grade=Grade(Verdict.EXACT), subject=subject, operands=(percent,), relation=relation)
            continue
        # completing p % of a budget is differing from it by p - 100 %
        digits = claim.percent.digits - 100 * 10 ** max(claim.percent.places, 0)
        grade = grade_rate(max(digits, 0), claim.percent.places, outcome, plan, 1)
        wrong = grade.verdict is Verdict.VIOLATED and claim.percent.digits != 0
        verdict = Verdict.VIOLATED if wrong else Verdict.UNDECIDED
        yield Outcome(
            grade=Grade(verdict),
            subject=subject,
            operands=(percent,),
            relation=relation,
            reason="zero-base" if verdict is Verdict.UNDECIDED else "",
        )


def _plan_of(of: Coordinate, stage: Stage | None) -> Coordinate:
    return attrs.evolve(of, stage=stage)


def _printed(ctx: Context, at: Coordinate) -> str:
    fact = ctx.facts.get(at)
    return witness_operand(fact.witnesses[0], at).printed if fact else "0"


@rule(
    "outcome.word",
    zh="完成率与“大于、小于预算数”的说法一致",
    en="Rate of completion and word agree: above 100 % is above the budget",
    basis=_BASIS,
    holds="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        完成年初预算的95%，决算数小于预算数。
        => completion expenditure current: 95% vs 2024 budget
        => movement expenditure current: down vs 2024 budget
        """,
    breaks="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        完成年初预算的105%，决算数小于预算数。
        => completion expenditure current: 105% vs 2024 budget
        => movement expenditure current: down vs 2024 budget
        """,
    untested="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        完成年初预算的100%，决算数小于预算数。
        => completion expenditure current: 100% vs 2024 budget
        => movement expenditure current: down vs 2024 budget
        """,
)
def word(ctx: Context) -> Iterator[Outcome]:
    """An outcome of more than 100 % of its budget is larger than it, one of less is smaller.

    Needs no amount; where both amounts are known, outcome.movement and outcome.completion hold word and rate against
    them, and this rule leaves it to them. A rate that prints as 100 % fits either word.
    """
    rates = {(of, c.base): c for c in claims_of(ctx, CompletionClaim) for of in c.of}
    for claim in claims_of(ctx, MovementClaim):
        of = next((of for of in claim.of if (of, claim.base) in rates), None)
        if of is None:
            continue
        rate = rates[of, claim.base]
        percent = Operand(role="percent", place=rate.place, printed=printed_percent(rate.percent))
        said = Operand(role="claim", place=claim.place, printed=claim.text)
        subject = fact_words(ctx, of)
        if settled(ctx, of) is not None and settled(ctx, _plan_of(of, claim.base.stage)) is not None:
            yield not_tested(subject, "amounts-decide", percent, said)
            continue
        over = rate.percent.digits - 100 * 10 ** max(rate.percent.places, 0)
        verdict = (
            Verdict.UNDECIDED
            if not over
            else Verdict.EXACT
            if (over > 0) is (claim.direction is Direction.UP)
            else Verdict.VIOLATED
        )
        yield Outcome(
            grade=Grade(verdict),
            subject=subject,
            operands=(percent, said),
            relation=f"{percent.printed}：{claim.text}",
            reason="rounded-rate" if verdict is Verdict.UNDECIDED else "",
        )


@rule(
    "outcome.over-adjusted",
    zh="决算支出不大于全年预算数",
    en="Spending is within the adjusted budget",
    basis=_BINDING,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        unit final 2024
        [9 three_public: fund=fiscal]
        单位 | 全年预算数 = adjusted reception | 决算数 = reception
        合计 | 2.00 | 1.50
        """,
    breaks="""
        unit final 2024
        [9 three_public: fund=fiscal]
        单位 | 全年预算数 = adjusted reception | 决算数 = reception
        合计 | 2.00 | 2.50
        """,
)
def over_adjusted(ctx: Context) -> Iterator[Outcome]:
    """What was spent is at most the budget of the whole year (全年预算数), all that was added to it included.

    Spending must rest on an approved budget. The initial budget may be exceeded by what was added later, the adjusted
    one may not.
    """
    yield from _over(ctx, list(ctx.facts.values()), Stage.ADJUSTED)


@rule(
    "outcome.over-budget",
    zh="“三公”经费决算数不大于预算数",
    en="“三公” is within its budget",
    basis=f"{_BINDING}；党政机关厉行节约反对浪费条例：“三公”经费从严控制",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 预算数 = budget reception | 决算数 = reception
        合计 | 2.00 | 1.50
        """,
    breaks="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 预算数 = budget reception | 决算数 = reception
        合计 | 2.00 | 2.50
        """,
)
def over_budget(ctx: Context) -> Iterator[Outcome]:
    """What “三公” cost is at most what was planned for it at the beginning of the year, item by item.

    More may have been approved in the course of the year, so this is a question: the text explains it.
    """
    facts = [
        f for item in Item if item is Item.OFFICIAL or is_below(item, Item.OFFICIAL) for f in facts_of_item(ctx, item)
    ]
    yield from _over(ctx, facts, Stage.BUDGET)


def _over(ctx: Context, facts: list[Fact], stage: Stage) -> Iterator[Outcome]:
    if ctx.disclosure.stage is not Stage.FINAL:
        return
    for fact in facts:
        at = fact.at
        if at.stage is not Stage.FINAL or at.flow is not Flow.EXPENDITURE or at.year != ctx.disclosure.year:
            continue
        plan = ctx.facts.get(_plan_of(at, stage))
        if plan is None:
            continue
        grade = grade_at_most(fact_known(ctx, fact), fact_known(ctx, plan))
        operands = (
            witness_operand(fact.witnesses[0], at, "part"),
            witness_operand(plan.witnesses[0], plan.at, "whole"),
        )
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=fact_words(ctx, at),
            operands=operands,
            relation=f"{operands[0].printed} {limit_words(grade.verdict)} {operands[1].printed}",
        )


RULES: tuple[Rule, ...] = (zero_plan, word, over_adjusted, over_budget)
