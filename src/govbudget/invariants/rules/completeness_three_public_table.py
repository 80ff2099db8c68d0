"""How the table of 三公 spending is divided: three kinds, vehicles in two, budget beside outcome."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.forms import lacking
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.model import (
    Item,
    Stage,
    Table,
    TableKind,
    combine,
    table,
)
from govbudget.place import Place

_THREE = {Item.ABROAD: "因公出国（境）费", Item.RECEPTION: "公务接待费", Item.VEHICLES: "公务用车购置及运行费"}
_VEHICLES = {Item.VEHICLE_PURCHASE: "公务用车购置费", Item.VEHICLE_RUNNING: "公务用车运行费"}


def _items(found: Table) -> dict[Item, Place]:
    """The cross-cutting items that the columns or lines of a table are about."""
    return {
        combine(lane.at, part).item: found.place
        for lane in found.lanes
        for part in (*(column.at for column in lane.columns), *(line.at for line in lane.lines))
    }


def _parts_of_three(ctx: Context, wanted: dict[Item, str]) -> Iterator[Outcome]:
    found = table(ctx.disclosure, TableKind.THREE_PUBLIC)
    if found is None:
        yield not_tested("“三公”经费表", "no-table")
        return
    items = _items(found)
    if not items or items.keys() == {Item.ALL}:
        yield not_tested(found.title, "columns-unread")
        return
    for item, name in wanted.items():
        if item in items:
            yield held(name, found.place, found.title)
        elif any(lane.columns_unread for lane in found.lanes):
            yield not_tested(name, "columns-unread")
        else:
            yield lacking(ctx, name, found.place, found.title)


@rule(
    "completeness.three-public-split",
    zh="“三公”经费表分三项列示",
    en="The table of 三公 spending is divided into its three kinds",
    basis="财预〔2016〕143号：“三公”经费按因公出国（境）费、公务用车购置及运行费、公务接待费公开",
    says=("{relation}没有列示{subject}", "{relation} does not print {subject}"),
    holds="""
        [7 three_public]
        单位 | 出国 = abroad | 接待 = reception | 公车 = vehicles | 购置 = vehicle_purchase | 运行 = vehicle_running
        @某单位 | 0.00 | 2.40 | 0.00 | 0.00 | 0.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [7 three_public]
        单位 | 出国 = abroad | 公车 = vehicles | 购置 = vehicle_purchase | 运行 = vehicle_running
        @某单位 | 0.00 | 2.40 | 0.00 | 2.40
        """,
    untested="[1 summary]",
)
def three_public_split(ctx: Context) -> Iterator[Outcome]:
    """The table of 三公 spending has a column for travel abroad, one for receptions and one for vehicles.

    The sum alone hides that money saved on one is spent on another.
    """
    yield from _parts_of_three(ctx, _THREE)


@rule(
    "completeness.vehicle-split",
    zh="公务用车费用分购置费和运行费",
    en="The cost of vehicles is divided into purchase and running",
    basis="财预〔2016〕143号：公务用车购置及运行费应当细化公开为购置费和运行费两个项目",
    says=("{relation}没有列示{subject}", "{relation} does not print {subject}"),
    holds="""
        [7 three_public]
        单位 | 出国 = abroad | 接待 = reception | 公车 = vehicles | 购置 = vehicle_purchase | 运行 = vehicle_running
        @某单位 | 0.00 | 2.40 | 0.00 | 0.00 | 0.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [7 three_public]
        单位 | 出国 = abroad | 接待 = reception | 公车 = vehicles
        @某单位 | 0.00 | 2.40 | 0.00
        """,
    untested="[1 summary]",
)
def vehicle_split(ctx: Context) -> Iterator[Outcome]:
    """The table of 三公 spending tells buying vehicles from running them.

    The inspections of 2015 and 2017 counted this item by itself: buying is a decision, running is a habit.
    """
    yield from _parts_of_three(ctx, _VEHICLES)


@rule(
    "completeness.three-public-stages",
    zh="决算的“三公”经费表列示预算数和决算数",
    en="The 三公 table of accounts prints budget and outcome",
    basis="预算法第七十五条：决算按预算数、调整预算数、决算数分别列出；财决公开表：“三公”经费支出决算表",
    says=("{subject}没有同时列示预算数和决算数", "{subject} does not print budget and outcome side by side"),
    applies=lambda ctx: "" if ctx.disclosure.stage is Stage.FINAL else "other-stage",
    holds="""
        unit final 2024
        [7 three_public]
        项目 | 预算数 = budget | 决算数 = final
        因公出国费 = abroad | 0.00 | 0.00
        公务接待费 = reception | 2.50 | 2.40
        公务用车购置及运行费 = vehicles | 0.00 | 0.00
        购置费 = vehicle_purchase | 0.00 | 0.00
        运行费 = vehicle_running | 0.00 | 0.00
        """,
    breaks="""
        unit final 2024
        layout central-final-accounts
        [7 three_public]
        项目 | 决算数 = final
        因公出国费 = abroad | 0.00
        公务接待费 = reception | 2.40
        公务用车购置及运行费 = vehicles | 0.00
        购置费 = vehicle_purchase | 0.00
        运行费 = vehicle_running | 0.00
        """,
    untested="""
        unit budget 2024
        [7 three_public]
        单位 | 接待 = reception
        @某单位 | 2.40
        """,
)
def three_public_stages(ctx: Context) -> Iterator[Outcome]:
    """In accounts the table of 三公 spending prints what was budgeted beside what was spent.

    Whether a body kept within its plan for these three is what the table is published for.
    """
    found = table(ctx.disclosure, TableKind.THREE_PUBLIC)
    if found is None:
        yield not_tested("“三公”经费表", "no-table")
        return
    stages = {combine(lane.at, column.at).stage for lane in found.lanes for column in lane.columns}
    if not stages:
        yield not_tested(found.title, "columns-unread")
    elif Stage.FINAL in stages and stages & {Stage.BUDGET, Stage.ADJUSTED}:
        yield held(found.title, found.place, found.title)
    else:
        yield lacking(ctx, found.title, found.place, found.title, found.title)


RULES: tuple[Rule, ...] = (
    three_public_split,
    vehicle_split,
    three_public_stages,
)
