"""The phrases of final accounts (决算): what was planned, what came of it, how the two stand to each other."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.model import Base, ChangeClaim, Coordinate, Counted, Direction, Item, Said
from govbudget.testing.narrative.books import percent
from govbudget.testing.narrative.changes import REASONS, is_little
from govbudget.testing.narrative.matters import VEHICLES
from govbudget.testing.narrative.page import Named, Page, path
from govbudget.testing.narrative.phrases import purpose
from govbudget.testing.narrative.writer import BY, PLAN_WORDS, words_of
from govbudget.text import fold


def outcome(page: Page, of: Sequence[Coordinate], before: str) -> None:
    """年初预算为…，支出决算为…，完成年初预算的…%, for what was named; or 全年预算, with all that was added to it."""
    w, books = page.writer, page.books
    planned = tuple(attrs.evolve(at, stage=page.plan) for at in of)
    plan, spent = books.exact(planned[0]), books.exact(of[0])
    if plan is None or spent is None:
        return
    w.figure_of(f"{before}{PLAN_WORDS[page.plan]}为", planned, books.printed(plan))
    w.outcome("支出决算为", books.printed(spent))
    base = Base(year=books.year, stage=page.plan)
    plan, spent = books.seen(plan), books.seen(spent)
    if plan > 0 and page.choices.pick([True, True, False]):
        w.completion(base, percent(spent, plan))
    if plan == spent:
        w.stop()
        w.as_planned(base)
        return
    if is_little(spent - plan, plan) and page.choices.maybe():
        w.stop()
        w.as_planned(base, roughly=True)
        return
    direction = Direction.UP if spent > plan else Direction.DOWN
    if page.choices.maybe():
        amount = books.printed(abs(spent - plan))
        said = w.put(f"比{PLAN_WORDS[base.stage]}{page.choices.pick(BY[direction])}{words_of(amount)}")
        w.claims.append(ChangeClaim(**said, base=base, direction=direction, amount=amount))
    elif page.choices.maybe():
        w.stop()
        w.movement(base, direction, page.choices.pick(REASONS))


def whole(page: Page, named: Named) -> None:
    """The outcome of a whole budget, in a paragraph."""
    name = page.choices.pick(named.spec.names)
    page.writer.of, page.writer.term = named.of, fold(name)
    outcome(page, named.of, name)
    page.writer.end()


_PIECES = {
    Item.ABROAD: (
        ("因公出国（境）团组", Counted.TRIPS_ABROAD, "个"),
        ("出国（境）人次", Counted.TRAVELLERS_ABROAD, "人次"),
    ),
    Item.RECEPTION: (
        ("国内公务接待批次", Counted.RECEPTIONS, "批次"),
        ("国内公务接待人次", Counted.GUESTS, "人次"),
    ),
}


_FOREIGN = (
    ("接待外宾", Counted.FOREIGN_RECEPTIONS, "批次"),
    ("接待外宾人次", Counted.FOREIGN_GUESTS, "人次"),
)


def pieces(page: Page, named: Named) -> None:
    """What the money of a “三公” item paid for: journeys and travellers, receptions and guests, vehicles."""
    told: list[int] = []
    for words, kind, piece in _PIECES.get(named.of[0].item, ()):
        told.append(sum(told[-1:]) + page.choices.number(1, 9))  # a journey has a traveller at least
        page.writer.count(words, kind, told[-1], piece)
        page.writer.end()
    for most, (words, kind, piece) in zip(told, _FOREIGN if named.of[0].item is Item.RECEPTION else (), strict=False):
        page.writer.count(words, kind, page.choices.number(0, most), piece)
        page.writer.end()
    if named.of[0].item is Item.VEHICLES:
        paid = page.books.exact(attrs.evolve(named.of[0], item=Item.VEHICLE_PURCHASE))
        bought = page.books.pieces.get(Counted.VEHICLES_BOUGHT, 1) if paid else 0
        page.writer.count("公务用车购置数量为", Counted.VEHICLES_BOUGHT, bought, "辆")
        kept = sum(page.books.pieces.get(kind, 0) for kind in VEHICLES)
        page.writer.count("公务用车保有量为", Counted.VEHICLES_KEPT, kept, "辆")
        page.writer.end()


def details(page: Page) -> None:
    """A paragraph for each 项: what was planned and what came of it; one that was not spent may be left out."""
    w = page.writer
    told = [each for each in page.subjects(3, planned=True) if page.books.exact(each[1]) or page.choices.maybe()]
    for number, (code, at, _) in enumerate(told, 1):
        words = path(page, code)
        w.number(f"（{number}）")
        w.about(words, (at,), fold(words))
        if page.choices.maybe():
            w.say(Said.PURPOSE, purpose(page), after="。")
        outcome(page, (at,), "")
        w.end()
