"""What must be said of changes: a comparison with the year before, and a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context, claims
from govbudget.invariants.forms import lacking
from govbudget.invariants.prose import filled_in, held, prose
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.statements import REASON, stated, unexplainable
from govbudget.model import Certainty, ChangeClaim, Item, Severity, Use
from govbudget.place import Place

_LAST_YEAR = re.compile(r"同比|(?:比|与|较|和|同)[^。;,\n]{0,10}(?:上年|去年|20\d\d年)|上年|去年")


@rule(
    "completeness.changes",
    zh="说明与上年相比的变化",
    en="Figures are compared with the year before",
    basis="财预〔2016〕143号：对收支增减变化情况进行说明",
    says=("没有与上年比较", "nothing is compared with the year before"),
    severity=Severity.WARNING,
    applies=unexplainable,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元，比上年增加1.00万元，主要原因是人员增加。
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
)
def changes(ctx: Context) -> Iterator[Outcome]:
    """Somewhere the sentences say how the figures stand to those of the year before.

    A budget of one year alone says little; the comparison is what the regulation means by an explanation.
    """
    yield from stated(ctx, "与上年比较", _LAST_YEAR)


@rule(
    "completeness.total-reason",
    zh="收支总额增减写明原因",
    en="A change of the totals is given a reason",
    basis="财预〔2016〕143号：对收支增减变化情况的说明应当写明原因",
    says=("{subject}有增减，没有说明原因：{relation}", "{subject} changed and no reason is given: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元，比上年预算增加1.00万元，主要原因是人员增加。
        => change expenditure current: +1.00万元 vs 2023 budget
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元，比上年预算增加1.00万元。
        => change expenditure current: +1.00万元 vs 2023 budget
        """,
)
def total_reason(ctx: Context) -> Iterator[Outcome]:
    """Where the section says that revenue or expenditure in all rose or fell, the section gives a reason.

    One reason may serve for both, and for the grants that make up most of them.
    """
    done: set[Place] = set()
    for section, claim in claims(ctx):
        if not isinstance(claim, ChangeClaim) or not claim.amount.fen or not claim.of or section.place in done:
            continue
        of = claim.of[0]
        whole = not of.functional and not of.economic and of.use is Use.ALL and of.item is Item.ALL and not of.entity
        if not whole or claim.base.year == ctx.disclosure.year:
            continue
        done.add(section.place)
        if any(REASON.search(each.text) for each in prose(ctx).spoken if each.section is section):
            yield held(claim.term, claim.place, claim.text)
        else:
            yield lacking(ctx, claim.term, claim.place, claim.text, f"{claim.term}{claim.text}")


RULES: tuple[Rule, ...] = (
    changes,
    total_reason,
)
