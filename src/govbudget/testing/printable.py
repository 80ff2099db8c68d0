"""What money a layout can print: a source or a use that it has no column for would be missing from its sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

import attrs

from govbudget.layouts import Layout, Role
from govbudget.model import OF_WHICH, Coordinate, Flow, Fund, Period, Use, along, combine, is_below, moved
from govbudget.model.axes import Item, Node, Stage
from govbudget.testing.money import Leaf


@attrs.frozen(kw_only=True)
class Kind:
    """A kind of money: its source, its use, and the years it crosses.

    Attributes:
        fund: the source.
        use: the use; ALL for money that is not spent in the year.
        came: where it was at the beginning of the year.
        goes: where it is at its end.
    """

    fund: Fund
    use: Use
    came: Period = Period.CURRENT
    goes: Period = Period.CURRENT


_FISCAL = {Fund.GENERAL, Fund.GENERAL_GRANT, Fund.EARMARKED, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL}
_SURPLUS = {Fund.BUSINESS, Fund.OPERATING, Fund.OTHER, Fund.UNIT}
_TO_OTHERS = {Use.OPERATING, Use.TO_SUPERIOR, Use.TO_SUBORDINATE}
_EDGES = (Period.CURRENT, Period.CARRIED, Period.SURPLUS)


@cache
def kinds(form: Layout) -> tuple[Kind, ...]:
    """Return the kinds of money that every table of ``form`` can print, the simplest first.

    >>> from govbudget.layouts import layout
    >>> [kind.use.value for kind in kinds(layout("hangzhou-unit-budget"))][:3]
    ['personnel', 'running', 'project']
    """
    lanes = list(_lanes(form))
    printed = {at for found in lanes for at in found}
    families = list(_families(lanes))
    uses = [Use.PERSONNEL, Use.RUNNING, Use.PROJECT, *sorted(_TO_OTHERS, key=list(Use).index), Use.RESERVE]
    named = {at.fund for at in printed}  # no finer than they are printed
    funds = [f for f in (Fund.GENERAL, *Fund) if f in named or f is Fund.UNIT]
    funds = [f for f in dict.fromkeys(funds) if f not in (Fund.ALL, Fund.FISCAL)]
    found = []
    for came, goes, fund, use in product(_EDGES, _EDGES, funds, [*uses, Use.ALL]):
        kind = Kind(fund=fund, use=use, came=came, goes=goes)
        if _makes_sense(kind) and _has_its_lines(kind, printed) and _adds_up(kind, families):
            found.append(kind)
    return tuple(found)


def _makes_sense(kind: Kind) -> bool:
    if (kind.goes is Period.CURRENT) is (kind.use is Use.ALL):
        return False  # what is spent has a use, what is not has none
    if kind.use in _TO_OTHERS and kind.fund in _FISCAL:
        return False
    if (kind.use is Use.OPERATING) is not (kind.fund is Fund.OPERATING) and kind.use is not Use.ALL:
        return False
    if Period.SURPLUS in (kind.came, kind.goes):
        return kind.fund in _SURPLUS and (kind.came, kind.goes) in (
            (Period.SURPLUS, Period.CURRENT),
            (Period.CURRENT, Period.SURPLUS),
        )
    return True


def _has_its_lines(kind: Kind, printed: set[Coordinate]) -> bool:
    """Whether money over the edge of the year stands in a line of its own, on both sides, for fiscal money as such.

    A table of fiscal grants that knows this year's money only balances only where all of it is.
    """
    for flow, period in ((Flow.REVENUE, kind.came), (Flow.EXPENDITURE, kind.goes)):
        if period is Period.CURRENT:
            continue
        lines = [at for at in printed if at.flow is flow and at.period is period]
        fiscal = any(at.fund in (Fund.FISCAL, kind.fund) for at in lines)
        if not lines or (kind.fund in _FISCAL and not fiscal):
            return False
    return True


_Family = tuple[Coordinate, str, tuple[Node, ...]]


def _adds_up(kind: Kind, families: Iterable[_Family]) -> bool:
    return all(
        any(_lies(kind, moved(total, axis, part)) for part in parts)
        for total, axis, parts in families
        if _lies(kind, total)
    )


def _lies(kind: Kind, at: Coordinate) -> bool:
    if at.flow is Flow.REVENUE:
        pairs: list[tuple[Node, Node]] = [(kind.came, at.period), (kind.fund, at.fund)]
    else:
        pairs = [(kind.goes, at.period), (kind.fund, at.fund), (kind.use, at.use)]
    return all(own is asked or is_below(own, asked) for own, asked in pairs)


def _lanes(form: Layout) -> Iterator[set[Coordinate]]:
    """The coordinates that each lane prints, subjects left out; items and other stages are no division of money."""
    for table in form.tables:
        for lane in table.lanes:
            lines = [entry.at for entry in lane.entries]
            if lane.axis or lane.totals or not lines:
                lines.append(lane.lines)
            found = {
                combine(lane.at, line, column.at)
                for column, line in product(lane.columns, lines)
                if column.role is Role.AMOUNT
            }
            yield {at for at in found if at.item is Item.ALL and at.stage in (None, Stage.FINAL)}


def _families(lanes: Iterable[set[Coordinate]]) -> Iterator[_Family]:
    for lane in lanes:
        for total in lane:
            for axis in ("period", "fund", "use"):
                here = along(total, axis)
                rest = {along(at, axis) for at in lane if moved(at, axis, here) == total}
                below = [node for node in rest if is_below(node, here) and node not in OF_WHICH]
                parts = tuple(n for n in below if not isinstance(n, str) and not _between(n, here, below))
                if parts and (axis != "period" or Period.CURRENT in parts):
                    yield total, axis, parts


def _between(node: Node | str, top: Node | str, nodes: Iterable[Node | str]) -> bool:
    return any(is_below(node, other) and is_below(other, top) for other in nodes)


def sources(form: Layout) -> tuple[Fund, ...]:
    """Return the sources of money that ``form`` can print, the most usual first."""
    return tuple(dict.fromkeys(kind.fund for kind in kinds(form)))


def is_printable(leaf: Leaf, form: Layout) -> bool:
    """Tell whether every table of ``form`` has room for a leaf.

    >>> from govbudget.layouts import layout
    >>> rent = Leaf(functional="2012950", use=Use.PROJECT, project="房屋", fund=Fund.SPECIAL_ACCOUNT, fen=100)
    >>> is_printable(rent, layout("hangzhou-unit-budget")), is_printable(rent, layout("shanghai-unit-budget"))
    (True, False)
    """
    return Kind(fund=leaf.fund, use=leaf.use, came=leaf.came, goes=leaf.goes) in kinds(form)
