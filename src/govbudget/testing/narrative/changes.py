"""How a fact stands to last year: by how much and at what rate it changed, that it did not, that there was none."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.model import AbsenceClaim, Base, ChangeClaim, Claim, Coordinate, Direction, FlatClaim, Said, Stage
from govbudget.money import Percent
from govbudget.testing.money import is_procurement
from govbudget.testing.narrative.books import percent
from govbudget.testing.narrative.page import Named, Page
from govbudget.testing.narrative.writer import EQUAL, Writer

REASONS = (
    "人员有所增减",
    "缴费基数作了调整",
    "业务量与上年不同",
    "部分项目的安排有变化",
)

_BECAUSE = ("主要原因是", "主要是", "主要系", "原因是")


def is_compared(claims: Sequence[Claim], year: int) -> bool:
    """Tell whether claims say how something stands to the year before ``year``."""
    return any(isinstance(c, ChangeClaim | FlatClaim) and c.base.year == year - 1 for c in claims) or any(
        isinstance(c, AbsenceClaim) and any(at.year == year - 1 for at in c.of) for c in claims
    )


def owes_comparison(page: Page) -> bool:
    """Tell whether the narrative has not said yet how anything stands to last year, which the law asks for."""
    return page.owed and not is_compared(page.writer.claims, page.books.year)


def compare(page: Page, of: Sequence[Coordinate], name: str = "") -> None:
    """Say how a fact changed against last year, and why; in the first year, that there was nothing before."""
    books, w, choices = page.books, page.writer, page.choices
    stages = [stage for year, stage in books.ledgers if year == books.year - 1]
    if not stages:
        if owes_comparison(page):
            w.nothing_before()
        return
    stage = choices.pick(stages)
    was = {books.exact(attrs.evolve(at, year=books.year - 1, stage=stage)) for at in of}
    before, now = was.pop(), books.exact(of[0])
    if was or before is None or now is None:  # 收、支 that were two amounts last year changed by two
        return
    base = Base(year=books.year - 1, stage=stage)
    if before == now:
        w.flat(base, choices.pick([*EQUAL, "无变化"]))
        return
    now, before = books.seen(now), books.seen(before)
    difference = now - before
    if difference == 0:  # it does not show
        w.flat(base, f"基本{choices.pick(EQUAL)}")
        return
    if is_little(difference, before) and choices.maybe():
        w.flat(base, f"基本{choices.pick(EQUAL)}")
        return
    direction = Direction.UP if difference > 0 else Direction.DOWN
    amount = books.printed(abs(difference))
    form = choices.pick(["beside", "apart", "than", "same basis"])
    if form == "than" and name and not is_procurement(of[0].item):
        w.against(base, alone=True)
        w.change(name, direction, amount)
    elif form == "apart":
        w.against(base, alone=True)
        w.change("", direction, amount)
    elif form == "than":
        w.differs(base, direction, amount)
    else:
        w.change(w.against(base), direction, amount)
    if before > 0:
        many = difference >= 2 * before and choices.maybe()
        rate = percent(abs(difference), before, places=choices.pick([0, -1]) if many else 2)
        _grown(w, "", direction, rate)
        if form == "same basis":
            w.after("；")
            w.same_basis("一次性项目")
            w.against(base)  # the base of the clause before, on the same basis
            w.change("同口径", direction, amount)
            _grown(w, "", direction, rate)
            w.comparable = False
    elif before == 0 and choices.maybe():
        w.nothing_before()
    if not of[0].functional or choices.maybe():  # what totals and “三公” change by is explained
        w.say(Said.REASON, choices.pick(_BECAUSE) + choices.pick(REASONS))
        w.stop()


def is_little(difference: int, whole: int) -> bool:
    """Tell whether so small a part of a whole makes little difference to it (基本持平)."""
    return abs(difference) * 100 < whole


def _grown(w: Writer, before: str, direction: Direction, rate: Percent) -> None:
    """State a rate as a percentage, or as how many times the fact grew by where no more digits are given."""
    if rate.places <= 0:
        w.multiplied(before, rate)
    else:
        w.growth(before, direction, rate)


def of_last_year(page: Page, named: Named) -> None:
    """Give last year's figure beside this year's, and the rate between them."""
    books, w = page.books, page.writer
    stage = Stage.EXECUTION
    before = books.exact(attrs.evolve(named.of[0], year=books.year - 1, stage=stage))
    if before is None or named.exact == before or not books.is_plain or len(named.of) > 1:
        return
    was = tuple(attrs.evolve(at, year=books.year - 1, stage=stage) for at in named.of)
    w.figure_of(f"{books.year - 1}年预算执行数为", was, books.printed(before))
    if before > 0:
        direction = Direction.UP if named.exact > before else Direction.DOWN
        w.base = Base(year=books.year - 1, stage=stage)
        w.growth(f"比{books.year - 1}年预算执行数", direction, percent(abs(named.exact - before), before))
