"""What is counted against what it costs: questions, not faults."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.counted import counts, piece
from govbudget.invariants.limits import spent
from govbudget.invariants.ratios import per_piece
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.words import witness_operand
from govbudget.model import Certainty, Counted, Item, Severity, Stage


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


_VEHICLES = (Counted.VEHICLES_KEPT, Counted.VEHICLES)


def _per_piece(
    ctx: Context, item: Item, kinds: tuple[Counted, ...], subject: str, low: int | None, high: int | None, unit: str
) -> Iterator[Outcome]:
    claim = next((counts(ctx)[kind, False] for kind in kinds if (kind, False) in counts(ctx)), None)
    if claim is not None:
        yield from per_piece(subject, spent(ctx, item), piece(claim, "part"), claim.count, low, high, unit)


def _none(
    ctx: Context, item: Item, kinds: tuple[Counted, ...], subject: str, *, planned: bool = False
) -> Iterator[Outcome]:
    """Where nothing is counted nothing is spent."""
    claim = next((counts(ctx)[kind, planned] for kind in kinds if (kind, planned) in counts(ctx)), None)
    money = spent(ctx, item)
    if claim is None or money is None or claim.count:
        return
    amount = witness_operand(money.witnesses[0], money.at, "amount")
    paid = bool(money.witnesses[0].amount.fen)
    yield Outcome(
        grade=Grade(Verdict.VIOLATED if paid else Verdict.EXACT),
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
    no_reception,
    no_trip,
)
