"""The phrases that most sections share: an amount, how it changed, what it consists of, its subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from govbudget.classification import Scheme, Tree, edition_year, tree
from govbudget.layouts import SectionSpec, TermSpec
from govbudget.model import (
    AbsenceClaim,
    Base,
    ChangeClaim,
    Claim,
    Coordinate,
    Direction,
    FlatClaim,
    Item,
    Period,
    Said,
    Stage,
    combine,
    key_parent,
    moved,
)
from govbudget.money import Percent
from govbudget.testing.choices import Choices
from govbudget.testing.money import is_procurement
from govbudget.testing.narrative.books import Books, percent
from govbudget.testing.narrative.writer import Writer, is_part
from govbudget.text import fold

REASONS = (
    "人员有所增减",
    "缴费基数作了调整",
    "业务量与上年不同",
    "部分项目的安排有变化",
)
PURPOSES = ("机构日常运转", "业务工作的开展", "设备和场所的维护", "在职人员和离退休人员的待遇")
_NO_LABEL = re.compile(r"[\d%。,:;()]|^.$|^.{21}")
_HARD = ("无", "未", "没有", "包括", "包含", "(", "增加", "减少")


@attrs.frozen(kw_only=True)
class Named:
    """A term of a section that has one exact amount."""

    spec: TermSpec
    of: tuple[Coordinate, ...]
    exact: int


@attrs.frozen(kw_only=True)
class Page:
    """What the phrases need: a section, where it is written, and the books.

    Attributes:
        choices: where choices come from.
        spec: what the layout says of the section.
        writer: the section as it is written.
        books: the exact amounts.
        base: year and stage of the document.
        unit: what the body calls itself, 本单位 or 本部门.
        owed: whether no section before this one says how anything stands to last year.
        plan: in accounts, the budget that outcomes are held against.
    """

    choices: Choices
    spec: SectionSpec
    writer: Writer
    books: Books
    base: Coordinate
    unit: str
    owed: bool = False
    plan: Stage = Stage.BUDGET

    @property
    def edition(self) -> Tree:
        """The functional classification of the year."""
        return tree(Scheme.FUNCTIONAL, edition_year(Scheme.FUNCTIONAL, self.books.year))

    def terms(self) -> list[Named]:
        """The terms of the section whose facts have one amount, wholes before their parts."""
        found = []
        for spec in self.spec.terms:
            of = tuple(combine(self.base, at) for at in spec.of)
            amounts = {self.books.exact(at) for at in of}
            exact = amounts.pop()
            if not amounts and exact is not None:
                found.append(Named(spec=spec, of=of, exact=exact))
        return found

    def subjects(self, level: int, *, planned: bool = False) -> list[tuple[str, Coordinate, int]]:
        """The functional subjects of a level that have money where the section speaks of subjects, or had a plan."""
        at = combine(self.base, self.spec.subjects)
        stages = (self.books.stage, Stage.BUDGET) if planned else (self.books.stage,)
        ledgers = [ledger for stage in stages if (ledger := self.books.ledgers.get((self.books.year, stage)))]
        found = []
        for code in sorted({leaf.functional[: 1 + 2 * level] for ledger in ledgers for leaf in ledger.leaves}):
            here = moved(at, "functional", code)
            exact = self.books.exact(here) or (planned and self.books.exact(attrs.evolve(here, stage=Stage.BUDGET)))
            steps = [self.edition[code[:n]] for n in range(3, len(code) + 1, 2)]
            if exact and not any(hard in fold(step.name) for step in steps for hard in _HARD):
                found.append((code, here, exact))
        return found


def groups(terms: Sequence[Named]) -> list[tuple[Named, list[Named]]]:
    """Put terms under those that they are part of: purchases under procurement, sources under revenue."""
    tops: list[tuple[Named, list[Named]]] = []
    for term in terms:
        whole = next((parts for top, parts in tops if any(is_part(term.of[0], at) for at in top.of)), None)
        if whole is None:
            tops.append((term, []))
        else:
            whole.append(term)
    return tops


def in_year(page: Page) -> str:
    """Words that say of which year and whose money a sentence speaks."""
    year = page.books.year
    return page.choices.pick([f"{year}年", f"{page.unit}{year}年", "本年度", ""])


def state(page: Page, named: Named, before: str = "", name: str = "") -> None:
    """State what a term amounts to."""
    name = name or page.choices.pick(named.spec.names)
    verb = page.choices.pick(["", "", "为", "共计"]) if not name.endswith(("预算", "数", "安排")) else ""
    page.writer.amount(f"{before}{name}{verb}", named.of, fold(name), page.books.printed(named.exact))


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
        w.flat(base, choices.pick(["持平", "一致"]))
        return
    now, before = books.seen(now), books.seen(before)
    difference = now - before
    if difference == 0:  # it does not show
        w.flat(base, choices.pick(["持平", "基本持平"]))
        return
    if is_little(difference, before) and choices.maybe():
        w.flat(base, "基本持平")
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
        w.say(Said.REASON, f"主要原因是{choices.pick(REASONS)}")
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


EACH = (Item.ABROAD, Item.RECEPTION, Item.VEHICLES)
"""Each of these is told even where there is nothing of it."""


def parts(page: Page, found: Sequence[Named], *, shares: bool) -> None:
    """List the parts of what was stated, with what share each is of it."""
    shown = [part for part in found if part.exact or part.of[0].item in EACH or page.choices.maybe()]
    if not shown:
        return
    if page.choices.maybe():
        page.writer.stop()
    page.writer.go_on()
    page.writer.lead("其中")
    for part in shown:
        state(page, part)
        whole = page.writer.whole()
        total = page.books.exact(whole[0]) if whole else None
        if shares and part.exact and total and page.choices.maybe():
            page.writer.share(percent(page.books.seen(part.exact), page.books.seen(total)))
        page.writer.after("；" if shares else "、")


def chart(page: Page, whole: Named, found: Sequence[Named]) -> None:
    """The labels of a pie chart: what shares the parts have of the whole that was stated."""
    w, books = page.writer, page.books
    shares = []
    for part in found:
        name = fold(part.spec.names[0])
        w.of = part.of
        if part.exact > 0 and w.whole() == whole.of[:1] and not _NO_LABEL.search(name):
            shares.append((name, part.of, percent(books.seen(part.exact), books.seen(whole.exact))))
    if len(shares) > 1:
        w.labels(shares)


def classes(page: Page, *, shares: bool) -> None:
    """List the 类 that money is spent on."""
    found = page.subjects(1)
    if not found:
        return
    w, books = page.writer, page.books
    w.lead("按支出功能分类", "，")
    marked = shares
    for index, (code, at, exact) in enumerate(found):
        name = fold(page.edition[code].name)
        term = f"{name}(类)" if marked else name
        before = "包括" if not index and not marked else ""
        words = f"{before}{name}（类）支出" if marked else f"{before}{name}"
        w.amount(words, (at,), term, books.printed(exact))
        whole = w.whole()
        total = books.exact(whole[0]) if whole else None
        if shares and total:
            w.share(percent(books.seen(exact), books.seen(total)))
        w.after("；" if shares else "，")
    w.end()


def path(page: Page, code: str) -> str:
    """Write a subject with all that is above it."""
    steps = ((code[:3], "类"), (code[:5], "款"), (code[:7], "项"))
    return "".join(f"{fold(page.edition[step].name)}（{word}）" for step, word in steps)


def details(page: Page) -> None:
    """A paragraph for each 项: its budget, what it is for, how it changed."""
    w = page.writer
    for number, (code, at, exact) in enumerate(page.subjects(3)[:99], 1):
        words = path(page, code)
        w.number(f"（{number}）")
        w.amount(f"{words}{page.choices.pick(['预算为', '支出', ''])}", (at,), fold(words), page.books.printed(exact))
        if page.choices.maybe():
            w.say(Said.PURPOSE, f"主要用于{page.choices.pick(PURPOSES)}")
            w.stop()
        if page.books.is_plain:
            compare(page, (at,))
        w.end()


def economic(page: Page, found: Sequence[Named]) -> None:
    """Personnel and running costs with the economic subjects they consist of."""
    w, books = page.writer, page.books
    ledger = books.ledgers[books.year, books.stage]
    edition = tree(Scheme.DEPARTMENT_ECONOMIC, edition_year(Scheme.DEPARTMENT_ECONOMIC, books.year))
    for named in found:
        state(page, named)
        codes = sorted({leaf.economic for leaf in ledger.leaves if leaf.economic})
        of = [(code, moved(named.of[0], "economic", code)) for code in codes]
        spent = [(fold(edition[code].name), at) for code, at in of if books.exact(at)]
        if spent:
            w.composition("", tuple(name for name, _ in spent), tuple(at for _, at in spent), "economic", main=True)
        w.end()


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


def is_money(named: Named) -> bool:
    """Tell whether a term speaks of money that leaves witness."""
    return not is_procurement(named.of[0].item) and named.of[0].item is not Item.PERFORMANCE


__all__ = [
    "Named",
    "Page",
    "Period",
    "chart",
    "classes",
    "compare",
    "details",
    "economic",
    "groups",
    "in_year",
    "is_compared",
    "is_little",
    "is_money",
    "key_parent",
    "of_last_year",
    "owes_comparison",
    "parts",
    "path",
    "state",
]
