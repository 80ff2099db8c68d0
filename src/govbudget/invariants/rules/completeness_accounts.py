"""What accounts must say beyond budgets: the outcome against the plan, and awards to small firms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context
from govbudget.invariants.forms import lacking
from govbudget.invariants.prose import filled_in, held
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.statements import all_said, stated, unexplainable
from govbudget.model import AmountClaim, Certainty, Item, Severity, Stage

_COMPARED = re.compile(r"年初预算|预算数|全年预算|调整预算")
_SME = re.compile(r"中小企业|小微企业|小型和微型企业")


@rule(
    "completeness.plan-and-outcome",
    zh="决算说明与预算对比",
    en="Accounts are compared with the budget",
    basis="预算法第七十五条：决算草案应当与预算相对应；财预〔2016〕143号：预决算差异情况的说明",
    says=("决算没有与预算对比", "nothing in the accounts is compared with the budget"),
    severity=Severity.WARNING,
    applies=lambda ctx: unexplainable(ctx) or ("" if ctx.disclosure.stage is Stage.FINAL else "other-stage"),
    holds="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算20.00万元，支出决算19.00万元。
        """,
    breaks="""
        unit final 2024
        layout central-final-accounts
        ## 支出决算情况说明 {expenditure}
        支出决算19.00万元。
        """,
    untested="""
        unit budget 2024
        ## 支出预算情况说明 {expenditure}
        支出预算19.00万元。
        """,
)
def plan_and_outcome(ctx: Context) -> Iterator[Outcome]:
    """The sentences of accounts hold the outcome against the budget of the same year.

    What was spent is judged by what was voted; accounts that speak of the outcome alone leave that out.
    """
    yield from stated(ctx, "预决算对比", _COMPARED)


@rule(
    "completeness.small-firms",
    zh="决算说明授予中小企业的采购",
    en="Accounts say what small and medium firms were awarded",
    basis="财库〔2020〕46号《政府采购促进中小企业发展管理办法》；财预〔2016〕143号：授予中小企业合同金额及占比",
    says=("政府采购没有说明授予中小企业的金额", "what small and medium firms were awarded is not told"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=lambda ctx: filled_in(ctx) or ("" if ctx.disclosure.stage is Stage.FINAL else "other-stage"),
    holds="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        政府采购货物支出2.00万元，授予中小企业合同金额1.00万元。
        => amount expenditure procurement: 2.00万元
        """,
    breaks="""
        unit final 2024
        layout central-final-accounts
        ## 政府采购支出情况 {other_matters}
        政府采购货物支出2.00万元。 => amount expenditure procurement: 2.00万元
        """,
    untested="""
        unit budget 2024
        ## 政府采购情况 {other_matters}
        政府采购货物预算2.00万元。 => amount expenditure procurement: 2.00万元
        """,
)
def small_firms(ctx: Context) -> Iterator[Outcome]:
    """Where accounts state procurement, they say how much of it went to small and medium firms, were it nothing.

    The rules on procurement set shares aside for them; only the accounts show whether the shares were kept.
    """
    said = all_said(ctx)
    for claim in claims_of(ctx, AmountClaim):
        if not claim.amount.fen or not claim.of or claim.of[0].item is not Item.PROCUREMENT or claim.of[0].purchase:
            continue
        if _SME.search(said):
            yield held("中小企业采购", claim.place, claim.text)
        else:
            yield lacking(ctx, "中小企业采购", claim.place, claim.text, claim.text)
        return


RULES: tuple[Rule, ...] = (
    plan_and_outcome,
    small_firms,
)
