"""The phrases that most sections share: an amount, what it consists of, its subjects, the labels of a chart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govbudget.classification import Scheme, edition_year, tree
from govbudget.model import Item, Said, moved
from govbudget.testing.narrative.books import percent
from govbudget.testing.narrative.changes import compare
from govbudget.testing.narrative.page import Named, Page, dashed, path
from govbudget.text import fold

PURPOSES = ("机构日常运转", "业务工作的开展", "设备和场所的维护", "在职人员和离退休人员的待遇")
EACH = (Item.ABROAD, Item.RECEPTION, Item.VEHICLES)
"""Each of these is told even where there is nothing of it."""
_NO_LABEL = re.compile(r"[\d%。,:;()]|^.$|^.{21}")


def state(page: Page, named: Named, before: str = "", name: str = "") -> None:
    """State what a term amounts to."""
    name = name or page.choices.pick(named.spec.names)
    verb = page.choices.pick(["", "", "为", "共计"]) if not name.endswith(("预算", "数", "安排")) else ""
    page.writer.amount(f"{before}{name}{verb}", named.of, fold(name), page.books.printed(named.exact))


def purpose(page: Page) -> str:
    """Words for what money is for."""
    return page.choices.pick(["主要用于", "主要反映", "用于"]) + page.choices.pick(PURPOSES)


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
    own = {fold(name) for term in page.spec.terms for name in term.names}
    # 国有资本经营预算支出 is a 类 and the whole of its budget: said to be a 类, it is no other
    marked = shares or any(fold(page.edition[code].name) in own for code, _, _ in found)
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


def details(page: Page) -> None:
    """A paragraph for each 项: its budget, what it is for, how it changed."""
    w = page.writer
    for number, (code, at, exact) in enumerate(page.subjects(3)[:99], 1):
        called = page.choices.pick([path, dashed])
        words = called(page, code)
        forms = ["{}", "{}预算为", "“{}”", "“{}”科目", *(["{}支出"] if called is path else [])]
        said = page.choices.pick(forms).format(words)
        w.number(f"（{number}）")
        w.amount(said, (at,), fold(words), page.books.printed(exact))
        if page.choices.maybe():
            w.say(Said.PURPOSE, purpose(page))
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
