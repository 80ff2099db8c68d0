"""Which printed figures are sums of which others, axis by axis, generated from the trees and the tables.

Within one table, figures that differ on a single axis only stand under each other on it, and a table prints all parts
of what it divides. Figures of different tables divide each other only where the numbers say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from govbudget.aggregation.codes import PLACE_OF, Codes, codes_of, line_up
from govbudget.model import AXES, OF_WHICH, Disclosure, Item, Table, figures
from govbudget.model.axes import PARENT
from govbudget.money import Amount, Mark

SOME = {
    "period": frozenset(node.value for node in OF_WHICH),
    "item": frozenset(
        {item.value for item in Item if PARENT.get(item) is Item.ALL}
        | {Item.SME_RESERVED.value, Item.MICRO_RESERVED.value}
    ),
}
"""Nodes that are some of what stands above them, never a part of its sum: 动用上年结转, and items that overlap other
spending (政府采购, “三公”经费) or each other (面向中小企业预留 and 货物、工程、服务)."""


@attrs.frozen
class Sketch:
    """A printed amount and the closed range of exact ones, in 分."""

    fen: int
    low: int
    high: int


@attrs.frozen
class _Seen:
    """A cell: its coordinate in words, whether an amount is printed there, whether something unreadable is."""

    key: Codes
    amount: bool
    unreadable: bool


Parts = dict[Codes, tuple[Codes, ...]]
"""Figures, and for each those next below it along one axis."""


def divide(disclosure: Disclosure, ranges: Mapping[Codes, Sketch]) -> dict[str, tuple[Parts, Parts]]:
    """Say for each axis which figures are divided and into which, and which have only some of their parts printed."""
    tables = [(_sound(table), _cells(table)) for table in disclosure.tables]
    return {axis: _along(axis, tables, ranges) for axis in AXES}


def _sound(table: Table) -> bool:
    return not any(lane.columns_unread or lane.lines_unread for lane in table.lanes)


def _cells(table: Table) -> list[_Seen]:
    return [_Seen(codes_of(f.at), isinstance(f.cell, Amount), f.cell is Mark.UNREADABLE) for f in figures(table)]


def _along(
    axis: str, tables: Sequence[tuple[bool, list[_Seen]]], ranges: Mapping[Codes, Sketch]
) -> tuple[Parts, Parts]:
    found: Parts = {}
    some: Parts = {}
    for sound, cells in tables:
        for nodes, blank in _groups(axis, cells):
            for whole, parts in families(axis, nodes).items():
                if whole not in found and (
                    (sound and not _beside_blank(axis, whole, blank)) or _accounts(ranges, whole, parts)
                ):
                    found[whole] = parts
    for nodes, _ in _groups(axis, [_Seen(key, amount=True, unreadable=False) for key in ranges]):
        for whole, parts in families(axis, nodes).items():
            if _accounts(ranges, whole, parts):
                found[whole] = parts  # the nearest of all tables: one may print levels that another leaves out
            elif whole not in found:
                some[whole] = parts
    return found, some


def _groups(axis: str, cells: Iterable[_Seen]) -> list[tuple[dict[str, Codes], set[str]]]:
    """Cells that differ on one axis only: nodes with an amount, and nodes that print none."""
    index = PLACE_OF[axis]
    groups: dict[Codes, tuple[dict[str, Codes], set[str]]] = {}
    for seen in cells:
        key = seen.key
        nodes, blank = groups.setdefault(key[:index] + key[index + 1 :], ({}, set()))
        if seen.amount:
            nodes.setdefault(key[index], key)
        elif seen.unreadable or key[index] not in nodes:
            blank.add(key[index])
    return [group for group in groups.values() if len(group[0]) > 1]


def families(axis: str, nodes: Mapping[str, Codes]) -> Parts:
    """Return each figure that others stand under along an axis, and those that stand next below it."""
    some = SOME.get(axis, frozenset())
    parts: dict[Codes, list[Codes]] = {}
    for node, key in nodes.items():
        if node in some:
            continue
        for step in line_up(axis, node):
            if step in nodes:
                parts.setdefault(nodes[step], []).append(key)
            if step in nodes or step in some:
                break
    return {whole: tuple(found) for whole, found in parts.items()}


def _beside_blank(axis: str, whole: Codes, blank: Iterable[str]) -> bool:
    """Whether a part of the whole is blank: it may be some of it unless the sums prove otherwise."""
    node = whole[PLACE_OF[axis]]
    return any(node in line_up(axis, other) for other in blank)


def _accounts(ranges: Mapping[Codes, Sketch], whole: Codes, parts: Iterable[Codes]) -> bool:
    own = ranges.get(whole)
    below = [ranges[part] for part in parts if part in ranges]
    if own is None or not below:
        return False
    return sum(part.low for part in below) <= own.high and sum(part.high for part in below) >= own.low
