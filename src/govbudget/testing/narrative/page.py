"""A section as it is written, and the terms whose exact amounts it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.classification import Scheme, Tree, edition_year, tree
from govbudget.layouts import SectionSpec, TermSpec
from govbudget.model import Coordinate, Item, Stage, combine, moved
from govbudget.testing.choices import Choices
from govbudget.testing.money import is_procurement
from govbudget.testing.narrative.books import Books
from govbudget.testing.narrative.writer import Writer, is_part
from govbudget.text import fold

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
        bodies: how many bodies a department has, itself included; none where it lists none.
    """

    choices: Choices
    spec: SectionSpec
    writer: Writer
    books: Books
    base: Coordinate
    unit: str
    owed: bool = False
    plan: Stage = Stage.BUDGET
    bodies: int = 0

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


def is_money(named: Named) -> bool:
    """Tell whether a term speaks of money that leaves witness."""
    return not is_procurement(named.of[0].item) and named.of[0].item is not Item.PERFORMANCE


def path(page: Page, code: str) -> str:
    """Write a subject with all that is above it."""
    steps = ((code[:3], "类"), (code[:5], "款"), (code[:7], "项"))
    return "".join(f"{fold(page.edition[step].name)}（{word}）" for step, word in steps)


def dashed(page: Page, code: str) -> str:
    """Write a subject with all that is above it, parted by dashes: 教育支出-普通教育-小学教育."""
    return "-".join(fold(page.edition[step].name) for step in (code[:3], code[:5], code[:7]))
