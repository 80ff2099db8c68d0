"""What is counted against what it costs: questions, not faults."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context, claims
from govbudget.invariants.counted import at_least, counts, piece
from govbudget.invariants.limits import facts_of_item
from govbudget.invariants.ratios import per_piece
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.words import witness_operand
from govbudget.model import Certainty, Counted, Fact, Item, ScoreClaim, Severity, Stage


@rule(
    "plausible.vehicle-cost",
    zh="单车运行费在通常范围内",
    en="What a vehicle costs to run is usual",
    basis="财预〔2016〕143号：“三公”经费说明实物量（团组、人次、购置数、保有量、批次）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [7 three_public]
        单位 | 运行费 = vehicle_running
        合计 | 9.98
        ## 国有资产占有使用情况 {other_matters}
        共有车辆3辆。 => count vehicles: 3
        """,
    breaks="""
        [7 three_public]
        单位 | 运行费 = vehicle_running
        合计 | 99.80
        ## 国有资产占有使用情况 {other_matters}
        共有车辆3辆。 => count vehicles: 3
        """,
)
def vehicle_cost(ctx: Context) -> Iterator[Outcome]:
    """Running costs of a vehicle are some tens of thousands of yuan a year: fuel, repairs, insurance, tolls.

    More than 150,000 元 or less than 1,000 元 for each vehicle that the body has is unusual; the number is often
    of another table’s scope.
    """
    yield from _per_piece(ctx, Item.VEHICLE_RUNNING, _VEHICLES, "单车运行费", 1_000, 150_000, "辆")


@rule(
    "plausible.vehicle-price",
    zh="单车购置费在通常范围内",
    en="What a vehicle costs to buy is usual",
    basis="党政机关公务用车管理办法（2017）：各类公务用车的配备价格上限",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 购置费 = vehicle_purchase
        合计 | 18.00
        ## “三公”经费决算说明 {three_public}
        购置公务用车1辆。 => count vehicles_bought: 1
        """,
    breaks="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 购置费 = vehicle_purchase
        合计 | 180.00
        ## “三公”经费决算说明 {three_public}
        购置公务用车1辆。 => count vehicles_bought: 1
        """,
)
def vehicle_price(ctx: Context) -> Iterator[Outcome]:
    """Official cars are bought for 120,000 to 250,000 元 each, buses for at most 450,000 元.

    More than 450,000 元 for each vehicle bought is a special vehicle, or the number or the amount is wrong.
    """
    yield from _per_piece(ctx, Item.VEHICLE_PURCHASE, (Counted.VEHICLES_BOUGHT,), "单车购置费", 20_000, 450_000, "辆")


@rule(
    "plausible.guest-cost",
    zh="人均公务接待费在通常范围内",
    en="What a guest costs is usual",
    basis="党政机关国内公务接待管理规定：工作餐标准；财预〔2016〕143号：公务接待费说明批次和人次",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 接待费 = reception
        合计 | 1.20
        ## “三公”经费决算说明 {three_public}
        接待12批次、96人次。 => count guests: 96
        """,
    breaks="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 接待费 = reception
        合计 | 120.00
        ## “三公”经费决算说明 {three_public}
        接待12批次、96人次。 => count guests: 96
        """,
)
def guest_cost(ctx: Context) -> Iterator[Outcome]:
    """A guest is served meals by the local rate, some tens to few hundreds of yuan.

    More than 1,000 元 for each guest (人次) is unusual; most often an amount in 元 is printed as 万元.
    """
    yield from _per_piece(ctx, Item.RECEPTION, (Counted.GUESTS,), "人均公务接待费", None, 1_000, "人次")


@rule(
    "plausible.traveller-cost",
    zh="人均因公出国（境）费在通常范围内",
    en="What a traveller abroad costs is usual",
    basis="因公临时出国经费管理办法（财行〔2013〕516号）：各国费用标准；财预〔2016〕143号",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 出国费 = abroad
        合计 | 12.00
        ## “三公”经费决算说明 {three_public}
        因公出国（境）3人次。 => count travellers_abroad: 3
        """,
    breaks="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 出国费 = abroad
        合计 | 1,200.00
        ## “三公”经费决算说明 {three_public}
        因公出国（境）3人次。 => count travellers_abroad: 3
        """,
)
def traveller_cost(ctx: Context) -> Iterator[Outcome]:
    """A journey abroad costs some tens of thousands of yuan for each traveller: fare, lodging, meals by fixed rates.

    More than 300,000 元 for each is unusual, be it a long stay for training or a slip in the number.
    """
    yield from _per_piece(
        ctx, Item.ABROAD, (Counted.TRAVELLERS_ABROAD,), "人均因公出国（境）费", 1_000, 300_000, "人次"
    )


@rule(
    "plausible.no-vehicle",
    zh="没有车辆的，没有公务用车运行费",
    en="Without a vehicle nothing is spent on running one",
    basis="财预〔2016〕143号：“三公”经费说明实物量（团组、人次、购置数、保有量、批次）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [7 three_public]
        单位 | 运行费 = vehicle_running
        合计 | 0.00
        ## 国有资产占有使用情况 {other_matters}
        共有车辆0辆。 => count vehicles: 0
        """,
    breaks="""
        [7 three_public]
        单位 | 运行费 = vehicle_running
        合计 | 9.98
        ## 国有资产占有使用情况 {other_matters}
        共有车辆0辆。 => count vehicles: 0
        """,
)
def no_vehicle(ctx: Context) -> Iterator[Outcome]:
    """A body that says it has no vehicle has no running costs of vehicles.

    Vehicles that are hired, or registered to the body above, cost something too, so this is a question.
    """
    yield from _none(ctx, Item.VEHICLE_RUNNING, _VEHICLES, "公务用车运行维护费")


@rule(
    "plausible.purchase-uncounted",
    zh="有公务用车购置费的，有购置数",
    en="Where money buys vehicles, vehicles are bought",
    basis="财预〔2016〕143号：“三公”经费说明实物量（团组、人次、购置数、保有量、批次）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [7 three_public]
        单位 | 购置费 = vehicle_purchase
        合计 | 0.00
        ## 国有资产占有使用情况 {other_matters}
        安排购置车辆0辆。 => count planned vehicles: 0
        """,
    breaks="""
        [7 three_public]
        单位 | 购置费 = vehicle_purchase
        合计 | 25.00
        ## 国有资产占有使用情况 {other_matters}
        安排购置车辆0辆。 => count planned vehicles: 0
        """,
)
def purchase_uncounted(ctx: Context) -> Iterator[Outcome]:
    """Money for buying vehicles buys at least one; the text counts those to be bought, or those bought.

    Taxes and fees for a vehicle of the year before may be left over, so this is a question.
    """
    yield from _none(ctx, Item.VEHICLE_PURCHASE, (Counted.VEHICLES_BOUGHT,), "公务用车购置费")
    if ctx.disclosure.stage is Stage.BUDGET:
        yield from _none(ctx, Item.VEHICLE_PURCHASE, (Counted.VEHICLES,), "公务用车购置费", planned=True)


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
        claim, money = counts(ctx).get((kind, True)), _spent(ctx, Item.VEHICLE_PURCHASE)
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
    "plausible.no-reception",
    zh="没有接待批次的，没有公务接待费",
    en="Without a reception nothing is spent on one",
    basis="财预〔2016〕143号：“三公”经费说明实物量（团组、人次、购置数、保有量、批次）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 接待费 = reception
        合计 | 0.00
        ## “三公”经费决算说明 {three_public}
        公务接待0批次。 => count receptions: 0
        """,
    breaks="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 接待费 = reception
        合计 | 1.20
        ## “三公”经费决算说明 {three_public}
        公务接待0批次。 => count receptions: 0
        """,
)
def no_reception(ctx: Context) -> Iterator[Outcome]:
    """Accounts that count no reception in the year have no money spent on receptions.

    Bills of the year before may be paid late, so this is a question.
    """
    yield from _none(ctx, Item.RECEPTION, (Counted.RECEPTIONS,), "公务接待费")


@rule(
    "plausible.no-trip",
    zh="没有出国（境）人次的，没有因公出国（境）费",
    en="Without a traveller nothing is spent on travel abroad",
    basis="财预〔2016〕143号：“三公”经费说明实物量（团组、人次、购置数、保有量、批次）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 出国费 = abroad
        合计 | 0.00
        ## “三公”经费决算说明 {three_public}
        因公出国（境）0人次。 => count travellers_abroad: 0
        """,
    breaks="""
        unit final 2024
        [7 three_public: fund=fiscal]
        单位 | 出国费 = abroad
        合计 | 12.00
        ## “三公”经费决算说明 {three_public}
        因公出国（境）0人次。 => count travellers_abroad: 0
        """,
)
def no_trip(ctx: Context) -> Iterator[Outcome]:
    """Accounts that count no traveller abroad in the year have no money spent on travel abroad.

    Fares may be paid ahead of the journey, so this is a question.
    """
    yield from _none(ctx, Item.ABROAD, (Counted.TRAVELLERS_ABROAD,), "因公出国（境）费")


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
    for _, claim in claims(ctx):
        if not isinstance(claim, ScoreClaim):
            continue
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


_VEHICLES = (Counted.VEHICLES_KEPT, Counted.VEHICLES)

_POINTS = (
    (Counted.RATED_EXCELLENT, 90, 100),
    (Counted.RATED_GOOD, 80, 90),
    (Counted.RATED_PASS, 60, 80),
    (Counted.RATED_FAIL, 0, 60),
)


def _spent(ctx: Context, item: Item) -> Fact | None:
    """What is spent on an item by the whole body, in the year and stage of the document."""
    own = (ctx.disclosure.year, ctx.disclosure.stage)
    found = (f for f in facts_of_item(ctx, item) if (f.at.year, f.at.stage) == own and not f.at.entity)
    return next(found, None)


def _per_piece(
    ctx: Context, item: Item, kinds: tuple[Counted, ...], subject: str, low: int | None, high: int | None, unit: str
) -> Iterator[Outcome]:
    claim = next((counts(ctx)[kind, False] for kind in kinds if (kind, False) in counts(ctx)), None)
    if claim is not None:
        yield from per_piece(subject, _spent(ctx, item), piece(claim, "part"), claim.count, low, high, unit)


def _none(
    ctx: Context, item: Item, kinds: tuple[Counted, ...], subject: str, *, planned: bool = False
) -> Iterator[Outcome]:
    """Where nothing is counted nothing is spent."""
    claim = next((counts(ctx)[kind, planned] for kind in kinds if (kind, planned) in counts(ctx)), None)
    money = _spent(ctx, item)
    if claim is None or money is None or claim.count:
        return
    amount = witness_operand(money.witnesses[0], money.at, "amount")
    spent = bool(money.witnesses[0].amount.fen)
    yield Outcome(
        grade=Grade(Verdict.VIOLATED if spent else Verdict.EXACT),
        subject=subject,
        operands=(amount, piece(claim, "part")),
        relation=f"{claim.count}：{amount.printed}",
    )


RULES: tuple[Rule, ...] = (
    vehicle_cost,
    vehicle_price,
    guest_cost,
    traveller_cost,
    no_vehicle,
    purchase_uncounted,
    purchase_unpaid,
    no_reception,
    no_trip,
    kept,
    bought,
    monitored,
    score,
)
