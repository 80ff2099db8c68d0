"""Entries to total, and the ways in which one would total them without this library."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from govbudget.aggregation.bulk.source import tips_of
from govbudget.aggregation.codes import above, line_up
from govbudget.aggregation.cubes import Cube, raised, ups
from govbudget.aggregation.lattice import nodes
from govbudget.money import Amount

BY = ("functional", "economic", "fund", "use")
FUNCTIONAL = [
    f"{kind}{middle:02}{last:02}"
    for kind in (201, 204, 205, 208, 210, 221)
    for middle in (1, 5)
    for last in (1, 2, 3, 50, 99)
]
ECONOMIC = [f"30{kind}{last:02}" for kind in (1, 2, 3, 9) for last in range(1, 8)]
FUNDS = ("general", "government_fund", "unit")
USES = ("personnel", "running", "project")


@attrs.frozen(kw_only=True)
class Entry:
    """Money at one leaf, as an int of 分."""

    functional: str
    economic: str
    fund: str
    use: str
    fen: int


@attrs.frozen(kw_only=True)
class Priced(Entry):
    """The same with a Decimal of 元 and a Money beside it."""

    yuan: Decimal
    money: Any


def entries(rows: int) -> list[Entry]:
    """Random entries; equal codes are one object, as they are where codes come from a tree or a dictionary."""
    luck = random.Random(7)
    return [
        Entry(
            functional=luck.choice(FUNCTIONAL),
            economic=luck.choice(ECONOMIC),
            fund=luck.choice(FUNDS),
            use=luck.choice(USES),
            fen=luck.randrange(1, 10**10),
        )
        for _ in range(rows)
    ]


def priced(items: Iterable[Entry]) -> list[Priced]:
    """Entries with a Decimal and a Money."""
    found = []
    for item in items:
        money = Amount(item.fen).money
        found.append(Priced(**attrs.asdict(item), yuan=money.amount, money=money))
    return found


# -- by hand ----------------------------------------------------------------------------------------------------------

_NESTED = """
def nested(items):
    sums = {}
    for item in items:
        at = sums.get(item.functional)
        if at is None:
            at = sums[item.functional] = {}
        below = at.get(item.economic)
        if below is None:
            below = at[item.economic] = {}
        last = below.get(item.fund)
        if last is None:
            last = below[item.fund] = {}
        known = last.get(item.use)
        last[item.use] = item.AMOUNT if known is None else known + item.AMOUNT
    return sums
"""


def nested_by_hand(amount: str) -> Callable[[Sequence[Entry]], dict[str, Any]]:
    """The nested dict that one writes by hand, in the order of the attributes; one loop for each kind of amount."""
    space: dict[str, Any] = {}
    exec(_NESTED.replace("AMOUNT", amount), space)
    loop: Callable[[Sequence[Entry]], dict[str, Any]] = space["nested"]
    return loop


def flat_by_hand(items: Sequence[Entry]) -> dict[tuple[str, ...], int]:
    """A dict of tuples."""
    sums: dict[tuple[str, ...], int] = {}
    for item in items:
        key = (item.functional, item.economic, item.fund, item.use)
        sums[key] = sums.get(key, 0) + item.fen
    return sums


def climbed_by_hand(sums: dict[str, Any], axis: int = 0) -> dict[str, Any]:
    """A nested dict carried up all trees: inner axes first, deepest nodes first, each into its parent once."""
    if axis < len(BY) - 1:
        sums = {code: climbed_by_hand(below, axis + 1) for code, below in sums.items()}
    out = dict(sums)
    for code, up in _edges(axis, frozenset(sums)):
        if code in out:
            out[up] = _added(out[up], out[code], len(BY) - 1 - axis) if up in out else out[code]
    return out


_EDGES: dict[tuple[int, frozenset[str]], list[tuple[str, str]]] = {}


def _edges(axis: int, codes: frozenset[str]) -> list[tuple[str, str]]:
    """The edges of a tree, deepest first; worked out once for each set of codes."""
    found = _EDGES.get((axis, codes))
    if found is None:
        name = BY[axis]
        every = {step for code in codes for step in (code, *line_up(name, code))}
        order = sorted(every, key=lambda code: -len(line_up(name, code)))
        found = _EDGES[axis, codes] = [(code, up) for code in order if (up := above(name, code)) is not None]
    return found


def _added(first: Any, other: Any, depth: int) -> Any:
    if not depth:
        return first + other
    out = dict(first)
    for code, below in other.items():
        known = out.get(code)
        out[code] = below if known is None else _added(known, below, depth - 1)
    return out


def at_every_level(items: Sequence[Entry], amount: str) -> dict[tuple[str, ...], Any]:
    """Each item added to each place above it, as accounts with running totals do."""
    ways: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in BY}
    sums: dict[tuple[str, ...], Any] = {}
    for item in items:
        chains = []
        for name in BY:
            code = getattr(item, name)
            chains.append(ways[name].setdefault(code, (code, *line_up(name, code))))
        value = getattr(item, amount)
        for a in chains[0]:
            for b in chains[1]:
                for c in chains[2]:
                    for d in chains[3]:
                        known = sums.get((a, b, c, d))
                        sums[a, b, c, d] = value if known is None else known + value
    return sums


# -- beancount: one tree of accounts, so one order of the axes --------------------------------------------------------


def transactions(items: Iterable[Entry], data: Any, amount: Any) -> list[Any]:
    """Entries as transactions of beancount, one posting each."""
    day, found = date(2024, 12, 31), []
    for item in items:
        steps = (*reversed(line_up("functional", item.functional)[:-1]), item.functional, item.economic)
        account = ":".join(
            ["Expenses", *(f"C{step}" for step in steps), item.fund.title().replace("_", ""), item.use.title()]
        )
        units = amount.Amount(Amount(item.fen).money.amount, "CNY")
        posting = data.Posting(account, units, None, None, None, None)
        found.append(data.Transaction({}, day, "*", None, "", frozenset(), frozenset(), [posting]))
    return found


# -- engines ----------------------------------------------------------------------------------------------------------


def climbed(rows: Iterable[Sequence[Any]]) -> Cube:
    """Rows of codes and a sum, as an engine gives them back, carried up by the code that we use ourselves."""
    order, tips, words = tips_of(rows, BY)
    ways = ups(BY)
    return raised(BY, order, tips, [nodes(known, ways[name]) for name, known in zip(order, words, strict=True)])


def columns(items: Sequence[Entry]) -> dict[str, list[Any]]:
    """Entries as columns: what every engine must be given first."""
    return {
        "functional": [item.functional for item in items],
        "economic": [item.economic for item in items],
        "fund": [item.fund for item in items],
        "use": [item.use for item in items],
        "fen": [item.fen for item in items],
    }


def all_levels_sql(table: str) -> str:
    """The cube in SQL alone, leaves first: every combination of levels as a grouping set."""
    roll = "ROLLUP (left(functional, 3), left(functional, 5), functional), ROLLUP (left(economic, 3), economic)"
    leaves = f"SELECT functional, economic, fund, use, sum(fen) AS fen FROM {table} GROUP BY ALL"
    return (
        f"WITH leaves AS ({leaves}) SELECT left(functional, 3), left(functional, 5), functional, left(economic, 3), "
        f"economic, fund, use, sum(fen) FROM leaves GROUP BY {roll}, CUBE (fund, use)"
    )
