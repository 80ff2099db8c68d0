"""Roll facts up along one or more axes: added at the leaves once, then carried up the trees.

A published subtotal is never added to its own parts. The leaves are the facts below which nothing more detailed is
printed, so a subject that a table does not divide further still counts, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from govbudget.errors import GovBudgetError
from govbudget.model import (
    AXES,
    Coordinate,
    Disclosure,
    Fact,
    Flow,
    Fund,
    Item,
    Period,
    SubjectHead,
    Use,
    Via,
    along,
    facts,
    key_depth,
)
from govbudget.model.axes import Node, parent
from govbudget.money import fen_to_money

if TYPE_CHECKING:
    from moneyed import Money

Key = tuple[Node | str, ...]

_NODES: tuple[Node, ...] = (*Period, *Fund, *Use, *Item)
_POSITION: dict[Node | str, int] = {node: index for index, node in enumerate(_NODES)}


@attrs.frozen(kw_only=True)
class RollupRow:
    """One total.

    Attributes:
        key: where it stands on each axis rolled up.
        label: the name of its subject as printed, empty for a total over all subjects or another kind of axis.
        fen: the total of the printed leaves in 分.
        low: the least exact total that the printed leaves allow.
        high: the greatest.
        leaves: the facts that were added.
    """

    key: Key
    label: str
    fen: int
    low: int
    high: int
    leaves: tuple[Coordinate, ...]

    @property
    def money(self) -> Money:
        """The total as ``moneyed.Money`` in CNY, exact."""
        return fen_to_money(self.fen)


@attrs.frozen(kw_only=True)
class Rollup:
    """Totals at every level of the axes, in the order of the trees.

    Attributes:
        by: the axes.
        rows: the totals.
    """

    by: tuple[str, ...]
    rows: tuple[RollupRow, ...]

    def __getitem__(self, key: Node | str | Key) -> Money:
        """Return the total at ``key`` (a bare node where there is one axis).

        Raises:
            KeyError: nothing is printed there.
        """
        wanted = key if isinstance(key, tuple) else (key,)
        for row in self.rows:
            if row.key == wanted:
                return row.money
        raise KeyError(key)


def rollup(
    disclosure: Disclosure, *, by: str | Sequence[str] = "functional", level: int | None = None, **where: Any
) -> Rollup:
    """Total the facts of a disclosure along ``by``.

    Args:
        disclosure: the disclosure.
        by: an axis or several: "functional", "economic", "fund", "use", "item", "period", "entity", "project".
        level: only totals at this depth of every axis (functional: 1 类, 2 款, 3 项; 0 is the grand total).
        where: where to stand on the other axes: ``flow=Flow.REVENUE``, ``fund=Fund.GENERAL``, ``use=Use.BASIC`` …
            By default expenditure of the current year, all funds, all uses.

    Returns:
        The totals, as Money on demand, each with the bounds that printing allows and the facts it was added from.

    Raises:
        GovBudgetError: there is no such axis, or no fact at ``where``; the hint says where there are some.

    >>> from govbudget.model import Organization, Scope, Stage
    >>> empty = Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    >>> rollup(empty)
    Traceback (most recent call last):
    govbudget.errors.GovBudgetError: no figure stands there — the disclosure has no figures
    """
    axes = (by,) if isinstance(by, str) else tuple(by)
    for axis in (*axes, *where):
        if axis not in AXES and not (axis in {"flow"} and axis in where):
            raise GovBudgetError(f"there is no axis {axis!r}", hint="axes are " + ", ".join(AXES))
    stand = _stand(disclosure, where)
    printed = [f for f in facts(disclosure) if any(w.via is Via.TABLE for w in f.witnesses)]
    chosen = [fact for fact in printed if _stands(fact.at, stand, axes)]
    if not any(any(_depth(along(f.at, axis)) for axis in axes) for f in chosen):
        raise GovBudgetError("no figure stands there", hint=_elsewhere(printed, axes))
    totals = _climb(_leaves(chosen, axes), len(axes))
    labels = _labels(disclosure)
    rows = (
        RollupRow(
            key=key,
            label=" ".join(labels[node] for node in key if isinstance(node, str) and node in labels),
            fen=total.fen,
            low=total.low,
            high=total.high,
            leaves=tuple(total.leaves),
        )
        for key, total in totals.items()
        if level is None or all(_depth(node) == level for node in key)
    )
    order = {key: index for index, key in enumerate(_order(totals))}
    return Rollup(by=axes, rows=tuple(sorted(rows, key=lambda row: order[row.key])))


@attrs.define
class _Total:
    fen: int = 0
    low: int = 0
    high: int = 0
    leaves: list[Coordinate] = attrs.field(factory=list)

    def add(self, other: _Total) -> None:
        self.fen += other.fen
        self.low += other.low
        self.high += other.high
        self.leaves.extend(other.leaves)


def _stand(disclosure: Disclosure, where: dict[str, Any]) -> Coordinate:
    base = Coordinate(year=disclosure.year, stage=disclosure.stage, flow=Flow.EXPENDITURE, period=Period.CURRENT)
    said = {"period": Period.ALL} if where.get("flow") is Flow.REVENUE and "period" not in where else {}
    return attrs.evolve(base, **{**said, **where})


def _stands(at: Coordinate, stand: Coordinate, axes: Sequence[str]) -> bool:
    if (at.year, at.stage, at.flow) != (stand.year, stand.stage, stand.flow):
        return False
    return all(along(at, axis) == along(stand, axis) for axis in AXES if axis not in axes)


def _leaves(chosen: Iterable[Fact], axes: Sequence[str]) -> dict[Key, _Total]:
    """The facts that no other fact of the choice lies below."""
    found: dict[Key, _Total] = {}
    for fact in chosen:
        amount = next(w.amount for w in fact.witnesses if w.via is Via.TABLE)
        low, high = amount.bounds
        found[tuple(along(fact.at, axis) for axis in axes)] = _Total(amount.fen, low, high, [fact.at])
    inner = {above for key in found for above in _above(key)}
    return {key: total for key, total in found.items() if key not in inner}


def _above(key: Key) -> Iterator[Key]:
    """Every key that ``key`` is part of, itself left out."""
    keys: list[Key] = [()]
    for node in key:
        keys = [(*start, step) for start in keys for step in _chain(node)]
    yield from (above for above in keys if above != key)


def _chain(node: Node | str) -> list[Node | str]:
    chain = [node]
    while (above := parent(chain[-1])) is not None:
        chain.append(above)
    return chain


def _climb(leaves: dict[Key, _Total], axes: int) -> dict[Key, _Total]:
    """Carry totals to the root of each axis in turn, deepest nodes first, so that each is added to its parent once."""
    totals = {key: _Total(t.fen, t.low, t.high, list(t.leaves)) for key, t in leaves.items()}
    for index in range(axes):
        depth = max((_depth(key[index]) for key in totals), default=0)
        for level in range(depth, 0, -1):
            for key in [k for k in totals if _depth(k[index]) == level]:
                above = parent(key[index])
                if above is not None:
                    totals.setdefault((*key[:index], above, *key[index + 1 :]), _Total()).add(totals[key])
    return totals


def _depth(node: Node | str) -> int:
    return key_depth(node) if isinstance(node, str) else len(_chain(node)) - 1


def _order(totals: Iterable[Key]) -> list[Key]:
    def rank(node: Node | str) -> tuple[Any, ...]:
        if isinstance(node, str):
            return tuple(reversed([str(step) for step in _chain(node)]))
        return tuple(_POSITION[step] for step in reversed(_chain(node)))

    return sorted(totals, key=lambda key: [rank(node) for node in key])


def _labels(disclosure: Disclosure) -> dict[str, str]:
    return {
        line.head.key: line.label
        for table in disclosure.tables
        for lane in table.lanes
        for line in lane.lines
        if isinstance(line.head, SubjectHead)
    }


def _elsewhere(printed: Sequence[Fact], axes: Sequence[str]) -> str:
    """Where figures stand along these axes: what a caller may have meant."""
    found: dict[str, None] = {}
    for fact in printed:
        if all(_depth(along(fact.at, axis)) for axis in axes):
            words = [f"flow={fact.at.flow.value}" if fact.at.flow else ""]
            words += [
                f"{axis}={getattr(node, 'value', node)}"
                for axis in AXES
                if axis not in axes and _depth(node := along(fact.at, axis))
            ]
            found[" ".join(w for w in words if w)] = None
    if found:
        return "figures stand at " + "; ".join(list(found)[:6])
    return "no figure is divided along " + ", ".join(axes) if printed else "the disclosure has no figures"
