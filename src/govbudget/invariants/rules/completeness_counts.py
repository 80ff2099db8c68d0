"""What accounts count beside the money of 三公 spending: groups and travellers, vehicles, receptions and guests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.forms import lacking
from govbudget.invariants.prose import filled_in, held, prose
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.words import amount_words, fact_words
from govbudget.model import Certainty, Item, Severity, Stage

_BASIS = (
    "财预〔2016〕143号；财政部门部门决算公开模板："
    "列明因公出国（境）团组数和人次、公务用车购置数量和保有量、公务接待批次和人次"
)
_SAYS = ("有{subject}支出，没有说明{relation}", "{subject} cost money, and the text does not say {relation}")

_TRIPS = re.compile(r"团组|出国[^。\n]{0,24}\d+(?:个|人|批)")
_VEHICLES = re.compile(r"保有量|(?:公务用?车|车辆)[^。;\n]{0,16}\d+(?:辆|台)")
_RECEPTIONS = re.compile(r"批次|接待[^。\n]{0,40}\d+(?:批|人|次)")


def _accounts(ctx: Context) -> str:
    return filled_in(ctx) or ("" if ctx.disclosure.stage is Stage.FINAL else "other-stage")


def _counted(ctx: Context, item: Item, pattern: re.Pattern[str], what: str) -> Iterator[Outcome]:
    own = (ctx.disclosure.year, Stage.FINAL, item)
    spent = [f for at, f in ctx.facts.items() if (at.year, at.stage, at.item) == own]
    if not spent:
        yield not_tested(what, "no-amount")
        return
    cost = next((w for fact in spent for w in fact.witnesses if w.amount.fen), None)
    said = prose(ctx)
    if cost is None or not said.spoken:
        yield not_tested(what, "no-cost" if cost is None else "no-text")
        return
    name = fact_words(ctx, spent[0].at).split()[-1]
    match = pattern.search(said.text)
    if match is not None:
        yield held(name, said.at(match.start()).passage.place, match[0])
    else:
        yield lacking(ctx, name, cost.place, amount_words(cost.amount), what)


_NO_COST = ("no-cost", "没有这项支出", "nothing was spent on it")


@rule(
    "completeness.trips-abroad",
    zh="决算说明因公出国（境）团组数和人次",
    en="Accounts count the groups and travellers abroad",
    basis=_BASIS,
    says=_SAYS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[_NO_COST],
    applies=_accounts,
    holds="""
        unit final 2024
        ## “三公”经费支出决算情况说明 {three_public}
        因公出国（境）费支出决算5.00万元，因公出国（境）团组1个，累计2人次。公务接待费和公务用车购置及运行费为0万元。
        => amount expenditure general abroad: 5.00万元
        """,
    breaks="""
        unit final 2024
        layout central-final-accounts
        ## “三公”经费支出决算情况说明 {three_public}
        因公出国（境）费支出决算5.00万元。 => amount expenditure general abroad: 5.00万元
        """,
    untested="""
        unit final 2024
        ## “三公”经费支出决算情况说明 {three_public}
        因公出国（境）费支出决算0.00万元。 => amount expenditure general abroad: 0.00万元
        """,
)
def trips_abroad(ctx: Context) -> Iterator[Outcome]:
    """Where travel abroad cost money, the accounts say in how many groups and how many persons travelled.

    The sum can only be judged by what was done for it; the form of accounts has a sentence for the count.
    """
    yield from _counted(ctx, Item.ABROAD, _TRIPS, "团组数和人次")


@rule(
    "completeness.vehicle-counts",
    zh="决算说明公务用车购置数量和保有量",
    en="Accounts count the vehicles bought and kept",
    basis=_BASIS,
    says=_SAYS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[_NO_COST],
    applies=_accounts,
    holds="""
        unit final 2024
        ## “三公”经费支出决算情况说明 {three_public}
        公务用车购置及运行维护费支出决算5.00万元，公务用车保有量为2辆。因公出国（境）费和公务接待费为0万元。
        => amount expenditure general vehicles: 5.00万元
        """,
    breaks="""
        unit final 2024
        layout central-final-accounts
        ## “三公”经费支出决算情况说明 {three_public}
        公务用车购置及运行维护费支出决算5.00万元。 => amount expenditure general vehicles: 5.00万元
        """,
    untested="""
        unit final 2024
        ## “三公”经费支出决算情况说明 {three_public}
        公务用车购置及运行维护费支出决算0.00万元。 => amount expenditure general vehicles: 0.00万元
        """,
)
def vehicle_counts(ctx: Context) -> Iterator[Outcome]:
    """Where vehicles cost money, the accounts say how many were bought and how many are kept.

    Running costs are read per vehicle; without the count they cannot be compared with anybody's.
    """
    yield from _counted(ctx, Item.VEHICLES, _VEHICLES, "购置数量和保有量")


@rule(
    "completeness.receptions",
    zh="决算说明公务接待批次和人次",
    en="Accounts count the receptions and guests",
    basis=_BASIS,
    says=_SAYS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[_NO_COST],
    applies=_accounts,
    holds="""
        unit final 2024
        ## “三公”经费支出决算情况说明 {three_public}
        公务接待费支出决算5.00万元，公务接待批次为10批次。因公出国（境）费和公务用车购置及运行费为0万元。
        => amount expenditure general reception: 5.00万元
        """,
    breaks="""
        unit final 2024
        layout central-final-accounts
        ## “三公”经费支出决算情况说明 {three_public}
        公务接待费支出决算5.00万元。 => amount expenditure general reception: 5.00万元
        """,
    untested="""
        unit final 2024
        ## “三公”经费支出决算情况说明 {three_public}
        公务接待费支出决算0.00万元。 => amount expenditure general reception: 0.00万元
        """,
)
def receptions(ctx: Context) -> Iterator[Outcome]:
    """Where receptions cost money, the accounts say how many there were and for how many guests.

    What a meal cost is the first question asked; it is the sum divided by the guests.
    """
    yield from _counted(ctx, Item.RECEPTION, _RECEPTIONS, "批次和人次")


RULES: tuple[Rule, ...] = (trips_abroad, vehicle_counts, receptions)
