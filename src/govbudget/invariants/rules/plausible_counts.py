"""Counts against each other and against scores: questions, not faults."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context
from govbudget.invariants.counted import at_least, counts, piece
from govbudget.invariants.limits import spent
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.words import witness_operand
from govbudget.model import Certainty, Counted, Item, ScoreClaim, Severity


@rule(
    "plausible.purchase-unpaid",
    zh="安排购置公务用车的，有购置费",
    en="Where vehicles are bought, money buys them",
    basis="财预〔2016〕143号：“三公”经费说明实物量（团组、人次、购置数、保有量、批次）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [7 three_public]
        单位 | 购置费 = vehicle_purchase
        合计 | 25.00
        ## 国有资产占有使用情况 {other_matters}
        安排购置其他用车1辆。 => count planned other_vehicles: 1
        """,
    breaks="""
        [7 three_public]
        单位 | 购置费 = vehicle_purchase
        合计 | 0.00
        ## 国有资产占有使用情况 {other_matters}
        安排购置其他用车1辆。 => count planned other_vehicles: 1
        """,
)
def purchase_unpaid(ctx: Context) -> Iterator[Outcome]:
    """A budget that means to buy vehicles of general use has money for it in the “三公” table.

    Vehicles for special work, or from other money, stand outside of “三公”, so only 其他用车 and 一般公务用车
    are looked at, and this is a question.
    """
    for kind in (Counted.GENERAL_VEHICLES, Counted.OTHER_VEHICLES):
        claim, money = counts(ctx).get((kind, True)), spent(ctx, Item.VEHICLE_PURCHASE)
        if claim is None or money is None or not claim.count:
            continue
        amount = witness_operand(money.witnesses[0], money.at, "amount")
        paid = bool(money.witnesses[0].amount.fen)
        yield Outcome(
            grade=Grade(Verdict.EXACT if paid else Verdict.VIOLATED),
            subject="公务用车购置费",
            operands=(piece(claim, "part"), amount),
            relation=f"{claim.count}辆：{amount.printed}",
        )


@rule(
    "plausible.kept",
    zh="财政拨款开支的公务用车不多于车辆总数",
    en="Vehicles that grants pay for are within all vehicles",
    basis="财预〔2016〕143号：“三公”经费说明实物量（团组、人次、购置数、保有量、批次）；国有资产占有使用情况的说明",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        公务用车保有量2辆。 => count vehicles_kept: 2
        共有车辆3辆。 => count vehicles: 3
        """,
    breaks="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        公务用车保有量5辆。 => count vehicles_kept: 5
        共有车辆3辆。 => count vehicles: 3
        """,
)
def kept(ctx: Context) -> Iterator[Outcome]:
    """The vehicles whose running is paid from grants (保有量) are some of the vehicles that the body has.

    The one is counted for the accounts and the other for the assets, at times of bodies of another scope, so this
    is a question.
    """
    if (Counted.VEHICLES_KEPT, False) in counts(ctx):
        yield from at_least(ctx, Counted.VEHICLES, Counted.VEHICLES_KEPT, "公务用车保有量")


@rule(
    "plausible.bought",
    zh="当年购置的公务用车不多于保有量",
    en="Vehicles bought are within the vehicles kept",
    basis="财预〔2016〕143号：“三公”经费说明实物量（团组、人次、购置数、保有量、批次）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        购置公务用车1辆，年末保有量2辆。
        => count vehicles_bought: 1
        => count vehicles_kept: 2
        """,
    breaks="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        购置公务用车3辆，年末保有量2辆。
        => count vehicles_bought: 3
        => count vehicles_kept: 2
        """,
)
def bought(ctx: Context) -> Iterator[Outcome]:
    """A vehicle bought in the year is there at its end, so those bought are some of those kept.

    One may have been handed on to another body within the year, so this is a question.
    """
    if (Counted.VEHICLES_BOUGHT, False) in counts(ctx):
        yield from at_least(ctx, Counted.VEHICLES_KEPT, Counted.VEHICLES_BOUGHT, "公务用车购置数")


@rule(
    "plausible.monitored",
    zh="绩效跟踪的项目不多于编报绩效目标的项目",
    en="Projects followed are within the projects with goals",
    basis="中央部门预算绩效运行监控管理暂行办法（财预〔2019〕136号）：监控的对象是有绩效目标的项目",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        编报绩效目标的项目4个，跟踪评价4个。
        => count performance_projects: 4
        => count monitored_projects: 4
        """,
    breaks="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        编报绩效目标的项目4个，跟踪评价14个。
        => count performance_projects: 4
        => count monitored_projects: 14
        """,
)
def monitored(ctx: Context) -> Iterator[Outcome]:
    """What is followed during the year is whether a project reaches its goals, so each of them has goals.

    Projects that are added in the course of the year have goals too and may not be counted among the first ones,
    so this is a question.
    """
    if (Counted.MONITORED_PROJECTS, False) in counts(ctx):
        yield from at_least(ctx, Counted.PERFORMANCE_PROJECTS, Counted.MONITORED_PROJECTS, "绩效跟踪评价的项目")


@rule(
    "plausible.score",
    zh="平均得分与评级相称",
    en="The average score fits the ratings",
    basis="项目支出绩效评价管理办法（财预〔2020〕10号）：90分以上为优，80分以上为良，60分以上为中，60分以下为差",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        平均得分95.20分，优4个。
        => score expenditure evaluated: 95.20
        => count rated_excellent: 4
        """,
    breaks="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        平均得分85.20分，优4个。
        => score expenditure evaluated: 85.20
        => count rated_excellent: 4
        """,
    untested="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        平均得分85.20分。 => score expenditure evaluated: 85.20
        """,
)
def score(ctx: Context) -> Iterator[Outcome]:
    """Four projects rated 优 have 90 points or more each, so their average is 90 or more; so too for any mixture of
    ratings.

    The bounds are those that the ministry gives as usual; a place may set others, so this is a question.
    """
    found = [(counts(ctx)[kind, False], low, high) for kind, low, high in _POINTS if (kind, False) in counts(ctx)]
    number = sum(claim.count for claim, _, _ in found)
    for claim in claims_of(ctx, ScoreClaim):
        score = Fraction(claim.digits, 10**claim.places)
        printed = Operand(role="percent", place=claim.place, printed=claim.text)
        if not number:
            yield not_tested("绩效自评平均得分", "no-count", printed)
            continue
        least = Fraction(sum(c.count * low for c, low, _ in found), number)
        most = Fraction(sum(c.count * high for c, _, high in found), number)
        half = Fraction(1, 2 * 10**claim.places)
        fits = least - half <= score <= most + half
        yield Outcome(
            grade=Grade(Verdict.EXACT if fits else Verdict.VIOLATED),
            subject="绩效自评平均得分",
            operands=(printed, *(piece(c, "part") for c, _, _ in found)),
            relation=f"{claim.text}；按评级应在 {int(least)}–{int(most)} 分",
        )


_POINTS = (
    (Counted.RATED_EXCELLENT, 90, 100),
    (Counted.RATED_GOOD, 80, 90),
    (Counted.RATED_PASS, 60, 80),
    (Counted.RATED_FAIL, 0, 60),
)


RULES: tuple[Rule, ...] = (
    purchase_unpaid,
    kept,
    bought,
    monitored,
    score,
)
