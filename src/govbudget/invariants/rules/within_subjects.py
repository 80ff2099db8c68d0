"""“三公” and other items as subjects of basic spending: none is more than the item that the “三公” table prints."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.invariants.context import Context, settled
from govbudget.invariants.limits import facts_of_subject, part_of
from govbudget.invariants.rule import Outcome, Rule, nothing, rule
from govbudget.model import Fund, Item, Use, moved
from govbudget.model.axes import PARENT

_BASIS = "财预〔2016〕143号：“三公”经费预算包括基本支出和项目支出安排的部分；政府收支分类科目"


@rule(
    "within.abroad",
    zh="基本支出中的因公出国（境）费用不大于“三公”表中的数",
    en="Travel abroad paid from basic spending is within the “三公” table",
    basis=_BASIS,
    holds="""
        [6 general_basic]
        科目 | 合计
        30212 因公出国（境）费用 | 2.40
        [7 three_public]
        单位 | 出国 = abroad
        合计 | 3.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30212 因公出国（境）费用 | 2.40
        [7 three_public]
        单位 | 出国 = abroad
        合计 | 2.04
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30212 因公出国（境）费用 | 2.40
        """,
)
def abroad(ctx: Context) -> Iterator[Outcome]:
    """30212 因公出国（境）费用 of basic spending is part of the 因公出国（境）费 that the “三公” table prints.

    Projects may pay for travel too, so the table may be larger, never smaller.
    """
    yield from _within(ctx, "30212", Item.ABROAD, "出国")


@rule(
    "within.reception",
    zh="基本支出中的公务接待费不大于“三公”表中的数",
    en="Reception paid from basic spending is within the “三公” table",
    basis=_BASIS,
    holds="""
        [6 general_basic]
        科目 | 合计
        30217 公务接待费 | 2.40
        [7 three_public]
        单位 | 接待 = reception
        合计 | 3.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30217 公务接待费 | 2.40
        [7 three_public]
        单位 | 接待 = reception
        合计 | 2.04
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30217 公务接待费 | 2.40
        """,
)
def reception(ctx: Context) -> Iterator[Outcome]:
    """30217 公务接待费 of basic spending is part of the 公务接待费 that the “三公” table prints.

    Projects may pay for receptions too, so the table may be larger, never smaller.
    """
    yield from _within(ctx, "30217", Item.RECEPTION, "接待")


@rule(
    "within.vehicle-running",
    zh="基本支出中的公务用车运行维护费不大于“三公”表中的数",
    en="Running of vehicles paid from basic spending is within the “三公” table",
    basis=_BASIS,
    holds="""
        [6 general_basic]
        科目 | 合计
        30231 公务用车运行维护费 | 9.98
        [7 three_public]
        单位 | 运行费 = vehicle_running
        合计 | 9.98
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30231 公务用车运行维护费 | 9.98
        [7 three_public]
        单位 | 运行费 = vehicle_running
        合计 | 8.99
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30231 公务用车运行维护费 | 9.98
        """,
)
def vehicle_running(ctx: Context) -> Iterator[Outcome]:
    """30231 公务用车运行维护费 of basic spending is part of the running costs that the “三公” table prints.

    Vehicles for the work of a project are paid by it, so the table may be larger, never smaller.
    """
    yield from _within(ctx, "30231", Item.VEHICLE_RUNNING, "用车")


@rule(
    "within.vehicle-purchase",
    zh="基本支出中的公务用车购置不大于“三公”表中的数",
    en="Vehicles bought from basic spending are within the “三公” table",
    basis=_BASIS,
    holds="""
        [6 general_basic]
        科目 | 合计
        31013 公务用车购置 | 18.00
        [7 three_public]
        单位 | 购置费 = vehicle_purchase
        合计 | 25.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        31013 公务用车购置 | 18.00
        [7 three_public]
        单位 | 购置费 = vehicle_purchase
        合计 | 0.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        31013 公务用车购置 | 18.00
        """,
)
def vehicle_purchase(ctx: Context) -> Iterator[Outcome]:
    """31013 公务用车购置 of basic spending is part of the purchases that the “三公” table prints.

    Most vehicles are bought by projects, so the table may be larger, never smaller.
    """
    yield from _within(ctx, "31013", Item.VEHICLE_PURCHASE, "用车")


@rule(
    "within.conferences",
    zh="基本支出中的会议费不大于会议费总额",
    en="Conferences paid from basic spending are within all conferences",
    basis="会议费列入“三公”经费、会议费、培训费支出表公开的，含基本支出和项目支出；政府收支分类科目",
    holds="""
        [8 general_basic]
        科目 | 合计
        30215 会议费 | 5.00
        [9 three_public]
        单位 | 会议费 = conferences
        合计 | 6.00
        """,
    breaks="""
        [8 general_basic]
        科目 | 合计
        30215 会议费 | 5.00
        [9 three_public]
        单位 | 会议费 = conferences
        合计 | 0.50
        """,
)
def conferences(ctx: Context) -> Iterator[Outcome]:
    """30215 会议费 of basic spending is part of the 会议费 printed beside “三公”, where the layout prints it.

    Projects hold conferences too, so the table may be larger, never smaller.
    """
    yield from _within(ctx, "30215", Item.CONFERENCES, "会议")


@rule(
    "within.training",
    zh="基本支出中的培训费不大于培训费总额",
    en="Training paid from basic spending is within all training",
    basis="培训费列入“三公”经费、会议费、培训费支出表公开的，含基本支出和项目支出；政府收支分类科目",
    holds="""
        [8 general_basic]
        科目 | 合计
        30216 培训费 | 5.00
        [9 three_public]
        单位 | 培训费 = training
        合计 | 6.00
        """,
    breaks="""
        [8 general_basic]
        科目 | 合计
        30216 培训费 | 5.00
        [9 three_public]
        单位 | 培训费 = training
        合计 | 0.50
        """,
)
def training(ctx: Context) -> Iterator[Outcome]:
    """30216 培训费 of basic spending is part of the 培训费 printed beside “三公”, where the layout prints it.

    Projects pay for training too, so the table may be larger, never smaller.
    """
    yield from _within(ctx, "30216", Item.TRAINING, "培训")


_OFTEN_UNPRINTED = (Item.CONFERENCES, Item.TRAINING)


def _within(ctx: Context, code: str, item: Item, word: str) -> Iterator[Outcome]:
    for fact in facts_of_subject(ctx, code):
        at = fact.at
        if word not in ctx.labels.get(code, ""):
            continue  # a code that the document prints beside another name is not this item
        basic = at.use is Use.BASIC or (at.use is Use.RUNNING and moved(at, "use", Use.BASIC) not in ctx.facts)
        if not basic or at.item is not Item.ALL or not any(w.amount for w in fact.witnesses):
            continue
        whole = attrs.evolve(at, economic="", use=Use.ALL, item=item)
        if item in _OFTEN_UNPRINTED and whole not in ctx.facts and whole not in ctx.blanks:
            continue  # few layouts print meetings and training beside 三公
        if at.fund is Fund.FISCAL and moved(whole, "fund", Fund.GENERAL) in ctx.facts:
            continue  # 三公 is of the general budget; the table of its basic spending is compared
        if settled(ctx, whole) is None:  # accounts print these items for all fiscal grants
            whole = moved(whole, "fund", PARENT.get(at.fund, at.fund))
        yield part_of(ctx, fact, whole, unshown=nothing())


RULES: tuple[Rule, ...] = (abroad, reception, vehicle_running, vehicle_purchase, conferences, training)
