"""Exact money from which disclosures are published: what is known before anything is rounded or printed."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.classification import Scheme, edition_year, tree
from govbudget.model import Coordinate, Flow, Fund, Item, Period, Use, key_parent
from govbudget.model.axes import PARENT, is_below
from govbudget.text import fold

ITEMS = {
    "30212": Item.ABROAD,
    "30215": Item.CONFERENCES,
    "30216": Item.TRAINING,
    "30217": Item.RECEPTION,
    "30231": Item.VEHICLE_RUNNING,
    "31013": Item.VEHICLE_PURCHASE,
}
"""Economic subjects that disclosures state again as items of their own."""


@attrs.frozen(kw_only=True)
class Leaf:
    """Exact money at one place: where it comes from, and what it is spent on.

    Money that comes in within the year and is spent in it is of :attr:`Period.CURRENT` on both sides. Revenue and
    expenditure balance by construction: every leaf stands on both sides.

    Attributes:
        functional: code of a 项.
        economic: code of a 款, for basic spending; empty for projects and for what is not spent.
        use: personnel, running costs, project or another use; ALL for what is not spent in the year.
        fund: the source of the money, as fine as the layout prints it.
        project: name of the project.
        entity: the unit of a department whose money it is; empty for the body itself.
        came: CARRIED for what was left of last year, SURPLUS for what is taken from other money's surplus.
        goes: CARRIED for what is left to the next year, SURPLUS for what is put into the surplus.
        fen: the exact amount in 分.
    """

    functional: str
    use: Use
    fen: int
    economic: str = ""
    fund: Fund = Fund.GENERAL
    project: str = ""
    entity: str = ""
    came: Period = Period.CURRENT
    goes: Period = Period.CURRENT


@attrs.frozen(kw_only=True)
class Purchase:
    """Something that is bought (政府采购), beside the leaves that pay for it.

    Attributes:
        kind: goods, works or services.
        programme: the programme it is part of (专项名称).
        economic: code of the economic subject it is paid from.
        thing: what is bought.
        form: how it is bought (采购组织形式).
        fen: the exact amount in 分.
        kept: whether it is kept for small and medium firms, or for micro firms among them; ALL where it is not.
        won: who won it, in accounts: SME_AWARDED, MICRO_AWARDED, or ALL for others.
        fund: the source of the money, all of it of this year.
    """

    kind: Item
    fen: int
    programme: str = "业务保障"
    economic: str = "30299"
    thing: str = "办公用品"
    form: str = "分散采购"
    kept: Item = Item.ALL
    won: Item = Item.ALL
    fund: Fund = Fund.GENERAL


_WON = {Item.SME_AWARDED, Item.MICRO_AWARDED}


def is_procurement(item: Item) -> bool:
    """Tell whether purchases witness an item, and leaves do not."""
    above: object = item
    while isinstance(above, Item):
        if above is Item.PROCUREMENT:
            return True
        above = PARENT.get(above)
    return item in _WON


class Ledger:
    """Sums of leaves by coordinate: exact, and quick for many coordinates.

    For every node of every axis it keeps the leaves at or below it as the bits of an integer; the leaves at a
    coordinate are those that all its nodes have in common.

    >>> ledger = Ledger([Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=300)], body="某中心")
    >>> ledger.exact(Coordinate(flow=Flow.EXPENDITURE, functional="201", use=Use.BASIC))
    300
    """

    def __init__(
        self,
        leaves: Sequence[Leaf],
        *,
        body: str = "",
        year: int = 2024,
        purchases: Sequence[Purchase] = (),
        administrative: bool = False,
    ) -> None:
        self.leaves = tuple(leaves)
        self.purchases = tuple(purchases)
        edition = (
            tree(Scheme.DEPARTMENT_ECONOMIC, edition_year(Scheme.DEPARTMENT_ECONOMIC, year)) if purchases else None
        )
        subjects = {p.economic: fold(edition[p.economic].name) for p in purchases} if edition is not None else {}
        self._keys = [
            {
                purchase_key(p, subjects[p.economic], of_thing=False),
                purchase_key(p, subjects[p.economic], of_thing=True),
            }
            for p in purchases
        ]
        self._body = body
        self._all = (1 << len(self.leaves)) - 1
        self._bits: dict[tuple[str, object], int] = {}
        self._sums: dict[int, int] = {0: 0, self._all: sum(leaf.fen for leaf in self.leaves)}
        for number, leaf in enumerate(self.leaves):
            self._enter(leaf, 1 << number, administrative=administrative)

    def _enter(self, leaf: Leaf, bit: int, *, administrative: bool) -> None:
        organization = leaf.entity or self._body
        spent = leaf.goes is Period.CURRENT
        items = [ITEMS.get(leaf.economic, Item.ALL)]
        if leaf.use is Use.PROJECT:
            items += [Item.PERFORMANCE, Item.MONITORED, Item.EVALUATED]  # all projects are managed by their goals
        if administrative and leaf.use is Use.RUNNING:
            items.append(Item.AGENCY_RUNNING)
        nodes: list[tuple[str, object]] = [
            ("came", leaf.came),
            ("goes", leaf.goes),
            ("fund", leaf.fund),
            ("functional", leaf.functional),
            ("entity", organization),
        ]
        if spent:
            nodes += [("use", leaf.use), ("economic", leaf.economic), *(("item", item) for item in items)]
            if leaf.project:
                nodes += [("project", f"{organization}/{leaf.project}"), ("project", leaf.project)]
        if leaf.came is Period.CARRIED and spent:
            nodes.append(("came", Period.DRAWN))  # 动用上年结转和结余资金
        for axis, start in nodes:
            node = start
            while node is not None and node != "":
                self._bits[axis, node] = self._bits.get((axis, node), 0) | bit
                node = key_parent(node) if isinstance(node, str) else PARENT.get(node)  # type: ignore[call-overload]

    def exact(self, at: Coordinate) -> int:
        """Return the exact amount at a coordinate, in 分; year and stage are not looked at."""
        if is_procurement(at.item):
            found = zip(self.purchases, self._keys, strict=True)
            return sum(p.fen for p, keys in found if _bought(p, at) and (not at.purchase or at.purchase in keys))
        revenue = at.flow is Flow.REVENUE
        bits = self._all
        for axis, node in (
            ("came" if revenue else "goes", at.period),
            ("fund", at.fund),
            ("functional", at.functional),
            ("entity", at.entity),
            *(() if revenue else (("use", at.use), ("economic", at.economic), ("item", at.item))),
            *(() if revenue else (("project", at.project),)),
        ):
            if node and not (axis != "functional" and getattr(node, "value", node) == "all"):
                bits &= self._bits.get((axis, node), 0)
                if not bits:
                    return 0
        if bits not in self._sums:
            self._sums[bits] = sum(leaf.fen for number, leaf in enumerate(self.leaves) if bits >> number & 1)
        return self._sums[bits]


def purchase_key(purchase: Purchase, subject: str, *, of_thing: bool) -> str:
    """Return the key of a purchase on its axis: programme, economic subject, and for a thing what and how."""
    parts = (purchase.programme, subject, purchase.thing, purchase.form) if of_thing else (purchase.programme, subject)
    return "/".join(part.replace("/", "／").replace("~", "～") for part in parts)


def _bought(purchase: Purchase, at: Coordinate) -> bool:
    if at.period not in (Period.ALL, Period.CURRENT):
        return False
    if purchase.fund is not at.fund and not is_below(purchase.fund, at.fund):
        return False
    if at.item in _WON:
        return purchase.won is Item.MICRO_AWARDED or purchase.won is at.item
    if at.item in (Item.SME_RESERVED, Item.MICRO_RESERVED):
        return purchase.kept is Item.MICRO_RESERVED or purchase.kept is at.item
    return at.item is Item.PROCUREMENT or at.item is purchase.kind
