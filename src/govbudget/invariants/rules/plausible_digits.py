"""Digits that figures seldom have by chance: one amount twice, round sums throughout."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.ratios import basic_subjects, functional_subjects, lowest
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.words import fact_words, witness_operand
from govbudget.model import Certainty, Fact, Severity, Stage
from govbudget.money import MoneyUnit

_DIGITS = 6
"""Digits before the noughts behind: fewer are alike by chance."""

_SEVERAL = 8


@rule(
    "plausible.same-amount",
    zh="不同末级科目的金额不应逐位相同",
    en="Two subjects do not cost the same to the last digit",
    basis="政府收支分类科目：各科目分别核算",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic 元]
        科目 | 合计
        30201 办公费 | 123,456.78
        30202 印刷费 | 123,465.78
        """,
    breaks="""
        [6 general_basic 元]
        科目 | 合计
        30201 办公费 | 123,456.78
        30202 印刷费 | 123,456.78
        """,
)
def same_amount(ctx: Context) -> Iterator[Outcome]:
    """Two lowest subjects of a table with one amount of six digits or more that are not all noughts behind are mostly
    one amount copied into the line of the other.

    Round sums repeat by themselves and are left out.
    """
    for subjects in (basic_subjects(ctx), functional_subjects(ctx)):
        seen: dict[int, Fact] = {}
        for fact in lowest(subjects):
            amount = fact.witnesses[0].amount
            if len(str(abs(amount.fen)).rstrip("0")) < _DIGITS:
                continue
            twin = seen.setdefault(amount.fen, fact)
            operands = (witness_operand(fact.witnesses[0], fact.at), witness_operand(twin.witnesses[0], twin.at))
            alike = twin is not fact
            other = f" = {fact_words(ctx, twin.at)}" if alike else ""
            yield Outcome(
                grade=Grade(Verdict.VIOLATED if alike else Verdict.EXACT),
                subject=fact_words(ctx, fact.at),
                operands=operands if alike else operands[:1],
                relation=f"{operands[0].printed}{other}",
            )


@rule(
    "plausible.round",
    zh="末级科目的金额不应全为整数",
    en="Not all lowest subjects are round sums",
    basis="预算法第七十五条：决算草案应当数额准确",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        [6 general_basic]
        科目 | 合计
        30201 办公费 | 23.41
        30202 印刷费 | 2.50
        30203 咨询费 | 4.00
        30204 手续费 | 0.30
        30205 水费 | 13.00
        30207 邮电费 | 6.30
        30209 物业管理费 | 1.90
        30211 差旅费 | 5.00
        """,
    breaks="""
        unit final 2024
        [6 general_basic]
        科目 | 合计
        30201 办公费 | 23.00
        30202 印刷费 | 2.00
        30203 咨询费 | 4.00
        30204 手续费 | 3.00
        30205 水费 | 13.00
        30207 邮电费 | 6.00
        30209 物业管理费 | 1.00
        30211 差旅费 | 5.00
        """,
)
def round(ctx: Context) -> Iterator[Outcome]:
    """Accounts are what was really spent, and spending of many kinds does not come out in whole 万元 everywhere.

    Where eight subjects or more are all round, the figures may be budgets, or estimates that were never replaced.
    """
    if ctx.disclosure.stage is not Stage.FINAL:
        return
    found = lowest(basic_subjects(ctx))
    if len(found) < _SEVERAL:
        return
    odd = next((f for f in found if f.witnesses[0].amount.fen % MoneyUnit.WAN_YUAN.fen), None)
    shown = odd or found[0]
    yield Outcome(
        grade=Grade(Verdict.VIOLATED if odd is None else Verdict.EXACT),
        subject="基本支出各末级科目",
        operands=(witness_operand(shown.witnesses[0], shown.at),),
        relation=f"{len(found)} 个科目均为整万元" if odd is None else f"{len(found)} 个科目不全为整万元",
    )


RULES: tuple[Rule, ...] = (
    same_amount,
    round,
)
