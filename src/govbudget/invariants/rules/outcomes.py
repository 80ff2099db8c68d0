"""Outcomes against budgets (预决算对比): how the accounts of a year stand to what was planned for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_same, grade_sum
from govbudget.invariants.completions import completions, of_plan, spoken_of, witnessed
from govbudget.invariants.context import Context, claims, known, leaves, settled, usual_unit
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule, total_of
from govbudget.invariants.words import (
    amount_words,
    fact_words,
    gap_words,
    in_money,
    sign_words,
    witness_operand,
)
from govbudget.model import (
    ChangeClaim,
    Direction,
    FlatClaim,
    MovementClaim,
    Via,
    elsewhere,
)

_BASIS = "预算法第七十五条：决算草案应当与预算相对应，按预算数、调整预算数、决算数分别列出"


@rule(
    "outcome.completion",
    zh="完成预算的百分比与预算数、决算数相符",
    en="Rates of completion fit budget and outcome",
    basis=_BASIS,
    holds="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算20.00万元，支出决算19.00万元，完成年初预算的95%。
        => amount 2024 budget expenditure current: 20.00万元
        => amount expenditure current: 19.00万元
        => completion expenditure current: 95% vs 2024 budget
        """,
    breaks="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算20.00万元，支出决算19.00万元，完成年初预算的105%。
        => amount 2024 budget expenditure current: 20.00万元
        => amount expenditure current: 19.00万元
        => completion expenditure current: 105% vs 2024 budget
        """,
    untested="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        支出决算19.00万元，完成年初预算的95%。
        => amount expenditure current: 19.00万元
        => completion expenditure current: 95% vs 2024 budget
        """,
)
def completion(ctx: Context) -> Iterator[Outcome]:
    """A rate of completion is the outcome divided by its budget, as far as the digits of both go.

    Where the budget itself is not stated, but what the outcome differs from it by is, the budget follows from that: an
    outcome 55.93 万元 above its budget did not complete 100 % of it. Of a budget of nothing there is no percentage.
    """
    yield from (each for each in completions(ctx) if not each.grade.truncated)


@rule(
    "outcome.movement",
    zh="决算数大于、小于或等于预算数的说法与数字相符",
    en="What is said of outcome and budget, larger, smaller or equal, is so",
    basis=_BASIS,
    holds="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算20.00万元，支出决算19.00万元，决算数小于预算数。
        => amount 2024 budget expenditure current: 20.00万元
        => amount expenditure current: 19.00万元
        => movement expenditure current: down vs 2024 budget
        """,
    breaks="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算20.00万元，支出决算19.00万元，决算数大于预算数。
        => amount 2024 budget expenditure current: 20.00万元
        => amount expenditure current: 19.00万元
        => movement expenditure current: up vs 2024 budget
        """,
    untested="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        支出决算19.00万元，决算数大于预算数。
        => amount expenditure current: 19.00万元
        => movement expenditure current: up vs 2024 budget
        """,
)
def movement(ctx: Context) -> Iterator[Outcome]:
    """An outcome said to be smaller than its budget is smaller, and one said to differ by an amount does by that.

    Figures that print alike may differ behind their last digit, so 小于 of two equal figures is within rounding;
    基本持平 says of no two figures that they are equal, and of unequal ones nothing can be proved.
    """
    for _, claim in claims(ctx):
        if not isinstance(claim, MovementClaim | FlatClaim | ChangeClaim) or claim.base.year != ctx.disclosure.year:
            continue
        said = Operand(role="claim", place=claim.place, printed=claim.text)
        subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
        of, outcome = spoken_of(ctx, claim.of)
        if of is not None and of_plan(of, claim.base) == of:
            continue  # 比2026年预算增加 in the budget of 2026 compares nothing with anything: the year is the slip
        plan = settled(ctx, of_plan(of, claim.base)) if of is not None else None
        if of is None or outcome is None or plan is None:
            yield not_tested(subject, "no-amount", said)
            continue
        operands = [
            o for o in (witnessed(ctx, of, "amount"), witnessed(ctx, of_plan(of, claim.base), "whole")) if o is not None
        ]
        grade = _moved(claim, outcome, plan)
        texts = [gap_words(value.value, usual_unit(ctx)) or "0" for value in (outcome, plan)]
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=subject,
            operands=(said, *operands),
            relation=f"{claim.text}：{texts[0]} {_sign(claim, grade.verdict)} {texts[1]}" + _by(claim),
            reason="roughly-flat" if grade.verdict is Verdict.UNDECIDED else "",
        )


def _moved(claim: MovementClaim | FlatClaim | ChangeClaim, outcome: Known, plan: Known) -> Grade:
    if isinstance(claim, ChangeClaim):
        return grade_sum(outcome, [plan, known(claim.amount)], [1, claim.direction.sign])
    if isinstance(claim, FlatClaim):
        grade = grade_same([outcome, plan])
        return Grade(Verdict.UNDECIDED, grade.residual) if claim.roughly and grade.residual else grade
    more, less = (outcome, plan) if claim.direction is Direction.UP else (plan, outcome)
    if more.value > less.value:
        return Grade(Verdict.EXACT)
    residual = less.value - more.value
    return Grade(Verdict.ROUNDING) if more.high > less.low else Grade(Verdict.VIOLATED, residual, max(1, residual))


def _sign(claim: MovementClaim | FlatClaim | ChangeClaim, verdict: Verdict) -> str:
    if verdict is Verdict.VIOLATED:
        return {FlatClaim: "≠", ChangeClaim: "≠"}.get(type(claim), "≤" if _up(claim) else "≥")
    return {FlatClaim: "≈" if verdict is not Verdict.EXACT else "=", ChangeClaim: "="}.get(
        type(claim), ">" if _up(claim) else "<"
    )


def _up(claim: MovementClaim | FlatClaim | ChangeClaim) -> bool:
    return not isinstance(claim, FlatClaim) and claim.direction is Direction.UP


def _by(claim: MovementClaim | FlatClaim | ChangeClaim) -> str:
    if not isinstance(claim, ChangeClaim):
        return ""
    return f" {'+' if claim.direction is Direction.UP else '-'} {amount_words(claim.amount)}"


@rule(
    "outcome.plans",
    zh="分科目的预算数之和等于预算总数",
    en="The budgets stated by subject add up to the budget stated for all",
    basis=_BASIS,
    reasons=[
        (
            "unspent-subject",
            "有预算而没有支出的科目可以不写，分项之和可以小于总数",
            "a subject that was planned and not spent may be in no sentence, so the parts may add up to less",
        )
    ],
    holds="""
        unit final 2024
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 4.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算支出决算情况说明 {general_budget}
        年初预算6.50万元。 => amount 2024 budget expenditure current general: 6.50万元
        养老保险缴费支出年初预算4.00万元。 => amount 2024 budget expenditure current general 2080505: 4.00万元
        行政单位医疗年初预算2.50万元。 => amount 2024 budget expenditure current general 2101101: 2.50万元
        """,
    breaks="""
        unit final 2024
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 4.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算支出决算情况说明 {general_budget}
        年初预算6.50万元。 => amount 2024 budget expenditure current general: 6.50万元
        养老保险缴费支出年初预算4.00万元。 => amount 2024 budget expenditure current general 2080505: 4.00万元
        行政单位医疗年初预算5.20万元。 => amount 2024 budget expenditure current general 2101101: 5.20万元
        """,
    untested=(
        """
        unit final 2024
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 4.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算支出决算情况说明 {general_budget}
        年初预算6.50万元。 => amount 2024 budget expenditure current general: 6.50万元
        养老保险缴费支出年初预算4.00万元。 => amount 2024 budget expenditure current general 2080505: 4.00万元
        """,
        """
        unit final 2024
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 4.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算支出决算情况说明 {general_budget}
        年初预算7.50万元。 => amount 2024 budget expenditure current general: 7.50万元
        养老保险缴费支出年初预算4.00万元。 => amount 2024 budget expenditure current general 2080505: 4.00万元
        行政单位医疗年初预算2.50万元。 => amount 2024 budget expenditure current general 2101101: 2.50万元
        """,
    ),
)
def plans(ctx: Context) -> Iterator[Outcome]:
    """The narrative of accounts states the budget of every subject and of all together; no table prints them.

    The sum is tested where every subject of the table at the lowest level is stated; else the rule says so. A subject
    that was planned and not spent is in no table and need not be in the text, so the budgets of the others may add up
    to less than the total, never to more.
    """
    for at, fact in ctx.facts.items():
        own = (ctx.disclosure.year, ctx.disclosure.stage)
        if at.functional or at.year != own[0] or at.stage == own[1] or any(w.via is Via.TABLE for w in fact.witnesses):
            continue
        parts = {of: f for of, f in ctx.facts.items() if of.functional and elsewhere(of, "functional") == at}
        if not parts:
            continue
        total = witness_operand(fact.witnesses[0], at, "total")
        shown = [witness_operand(f.witnesses[0], of, "part") for of, f in parts.items()]
        subject = fact_words(ctx, at)
        final = attrs.evolve(at, stage=own[1])
        spent = {
            of.functional
            for of, f in ctx.facts.items()
            if elsewhere(of, "functional") == final and any(w.amount for w in f.witnesses)
        }
        if not leaves(ctx, final) & spent <= {of.functional for of in parts}:
            yield not_tested(subject, "parts-missing", total, *shown)
            continue
        yield _sum(ctx, subject, total, shown)


def _sum(ctx: Context, subject: str, total: Operand, parts: Sequence[Operand]) -> Outcome:
    amounts = [o.known for o in (total, *parts)]
    found = [a for a in amounts if a is not None]
    grade, reason = grade_sum(found[0], found[1:]), ""
    if grade.verdict is Verdict.VIOLATED and sum(each.value for each in found[1:]) < found[0].value:
        grade, reason = Grade(Verdict.UNDECIDED, grade.residual), "unspent-subject"
    return in_money(
        grade,
        usual_unit(ctx),
        subject=subject,
        operands=(total, *parts),
        relation=f"{total.printed} {sign_words(grade.verdict)} " + " + ".join(o.printed for o in parts),
        linear=total_of(len(parts)),
        reason=reason,
    )


RULES: tuple[Rule, ...] = (completion, movement, plans)
