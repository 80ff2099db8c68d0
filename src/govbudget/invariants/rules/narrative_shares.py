"""Shares among themselves: no part is more than the whole, and all parts together are the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.rated import Rate, beyond_all, rate_operand, rate_subject, shares
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.words import fact_words
from govbudget.model import Coordinate, Item, ShareClaim, along, elsewhere, is_below

_BASIS = "财预〔2016〕143号：收支结构的说明"


@rule(
    "narrative.share-over",
    zh="占比不超过100%",
    en="No part is more than the whole",
    basis=_BASIS,
    holds="""
        ## 支出预算情况说明 {expenditure}
        项目支出占100%。 => share expenditure current project of expenditure current: 100%
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        项目支出占120.51%。 => share expenditure current project of expenditure current: 120.51%
        """,
    untested="""
        ## “三公”经费说明 {three_public}
        支出决算占预算的120.51%。
        => share expenditure current three_public of 2023 budget expenditure current three_public: 120.51%
        """,
)
def share_over(ctx: Context) -> Iterator[Outcome]:
    """A share of a whole of the same year is at most 100 %, whatever the amounts are.

    Needs no amount. Most often the whole was divided by the part, or two percentages changed places. Shares of another
    year's figure are no shares of a whole and may be anything.
    """
    for rate in shares(ctx):
        claim = rate.claim
        percent, subject = rate_operand(claim), rate_subject(ctx, claim)
        if not _is_part(rate):
            yield not_tested(subject, "no-whole", percent)
            continue
        over = beyond_all(claim)
        yield Outcome(
            grade=Grade(Verdict.VIOLATED if over else Verdict.EXACT),
            subject=subject,
            operands=(percent,),
            relation=f"{percent.printed} {'>' if over else '≤'} 100%",
        )


def _is_part(rate: Rate) -> bool:
    wholes = rate.claim.whole if isinstance(rate.claim, ShareClaim) else ()
    return any((of.year, of.stage) == (whole.year, whole.stage) for of in rate.claim.of for whole in wholes)


@rule(
    "narrative.shares",
    zh="各部分占比之和为100%",
    en="The shares of all parts make 100 %",
    basis=_BASIS,
    holds=(
        """
        ## 支出预算情况说明 {expenditure}
        基本支出占79.49%，项目支出占20.50%。
        => share expenditure current basic of expenditure current: 79.49%
        => share expenditure current project of expenditure current: 20.50%
        """,
        """
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        货物占30%，服务占70%，授予中小企业占80%。
        => share expenditure goods of expenditure procurement: 30%
        => share expenditure services of expenditure procurement: 70%
        => share expenditure sme_awarded of expenditure procurement: 80%
        """,
    ),
    breaks="""
        ## 支出预算情况说明 {expenditure}
        基本支出占79.49%，项目支出占25.01%。
        => share expenditure current basic of expenditure current: 79.49%
        => share expenditure current project of expenditure current: 25.01%
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        基本支出占79.49%，项目支出占10.51%。
        => share expenditure current basic of expenditure current: 79.49%
        => share expenditure current project of expenditure current: 10.51%
        """,
)
def together(ctx: Context) -> Iterator[Outcome]:
    """Parts that do not overlap have shares that add up to 100 % at the most, as far as their digits go.

    Each rounded share may be half a unit of its last digit off, so 81.43, 12.56 and 6.02 are all right. Less than 100 %
    proves nothing: the text may leave small parts out. Where a single share does not fit its amounts, that is the slip.
    """
    groups: dict[tuple[str, str, Coordinate], dict[str, Rate]] = {}
    for rate in shares(ctx):
        claim = rate.claim
        if not isinstance(claim, ShareClaim) or not _is_part(rate):
            continue
        of, whole = claim.of[0], claim.whole[0]
        axis = next((a for a in _AXES if elsewhere(of, a) == elsewhere(whole, a) and of != whole), None)
        if axis is not None and (axis != "item" or _apart(of.item)):
            group = groups.setdefault((claim.place.section or "", axis, whole), {})
            group.setdefault(str(along(of, axis)), rate)
    for (_, axis, whole), found in groups.items():
        tops = _tops(list(found.values()), axis)
        if len(tops) > 1:
            yield _sum(ctx, whole, tops)


_AXES = ("use", "fund", "functional", "economic", "item")


def _apart(item: Item) -> bool:
    """Whether an item shares no money with its neighbours: what small firms are awarded is goods or services too."""
    return item in (Item.GOODS, Item.WORKS, Item.SERVICES) or is_below(item, Item.OFFICIAL)


def _tops(rates: Sequence[Rate], axis: str) -> list[Rate]:
    nodes = [along(rate.claim.of[0], axis) for rate in rates]
    return [r for r, node in zip(rates, nodes, strict=True) if not any(is_below(node, other) for other in nodes)]


def _sum(ctx: Context, whole: Coordinate, rates: Sequence[Rate]) -> Outcome:
    operands = tuple(rate_operand(rate.claim) for rate in rates)
    subject = f"{fact_words(ctx, whole)} 占比之和"
    if any(rate.outcome.grade.verdict is Verdict.VIOLATED for rate in rates):
        return Outcome(grade=Grade(Verdict.UNDECIDED), subject=subject, operands=operands, reason="share-wrong")
    units = [Fraction(1) / Fraction(10) ** rate.claim.percent.places for rate in rates]
    total = sum((r.claim.percent.digits * unit for r, unit in zip(rates, units, strict=True)), Fraction(0))
    slack = sum(units, Fraction(0)) / 2
    if total == 100:
        verdict, sign = Verdict.EXACT, "="
    elif abs(total - 100) <= slack:
        verdict, sign = Verdict.ROUNDING, "≈"
    else:
        verdict, sign = (Verdict.VIOLATED, ">") if total > 100 else (Verdict.UNDECIDED, "<")
    return Outcome(
        grade=Grade(verdict),
        subject=subject,
        operands=operands,
        relation=f"{' + '.join(o.printed for o in operands)} {sign} 100%",
        reason="parts-missing" if verdict is Verdict.UNDECIDED else "",
    )


RULES: tuple[Rule, ...] = (share_over, together)
