"""Money that goes from one body of a department to another, and stands in the budgets of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import attrs

from govbudget.aggregation.codes import PLACE_OF, line_up, node_of
from govbudget.aggregation.figures import book
from govbudget.aggregation.rollup import rollup
from govbudget.aggregation.rows import Key, Point
from govbudget.consistency import Grade, Known, Verdict, added, grade_same
from govbudget.errors import GovBudgetError
from govbudget.model import Disclosure, Flow, Fund, Use

PAIRS: tuple[tuple[Use, Fund], ...] = ((Use.TO_SUBORDINATE, Fund.SUPERIOR), (Use.TO_SUPERIOR, Fund.SUBORDINATE))
"""What one body spends and another receives: 对附属单位补助支出 is 上级补助收入, 上缴上级支出 is 附属单位上缴收入."""


@attrs.frozen(kw_only=True)
class Elimination:
    """Transfers of one kind.

    Attributes:
        paid_as: the use under which they are spent.
        received_as: the fund under which they come in.
        paid: what the bodies spend so, together.
        received: what the bodies receive so, together.
        payers: the bodies that spend, and how much, in 分.
        receivers: the bodies that receive, and how much, in 分.
    """

    paid_as: Use
    received_as: Fund
    paid: Known
    received: Known
    payers: Mapping[str, int]
    receivers: Mapping[str, int]

    @property
    def fen(self) -> int:
        """What is taken out of both sides: what is both paid and received here."""
        return max(0, min(self.paid.value, self.received.value))

    @property
    def grade(self) -> Grade:
        """Whether both sides state the same; where not, the rest goes to, or comes from, bodies outside."""
        return grade_same([self.paid, self.received])


def transfers(given: Iterable[Disclosure]) -> tuple[Elimination, ...]:
    """Return the transfers that the bodies state, of each kind that any of them prints."""
    found = []
    books = list(given)
    for use, fund in PAIRS:
        paid = {d.organization.name: one for d in books if (one := _stated(d, Flow.EXPENDITURE, "use", use))}
        received = {d.organization.name: one for d in books if (one := _stated(d, Flow.REVENUE, "fund", fund))}
        if any(one.value for one in (*paid.values(), *received.values())):
            found.append(
                Elimination(
                    paid_as=use,
                    received_as=fund,
                    paid=added(paid.values()),
                    received=added(received.values()),
                    payers={name: one.value for name, one in paid.items() if one.value},
                    receivers={name: one.value for name, one in received.items() if one.value},
                )
            )
    return tuple(found)


def _stated(disclosure: Disclosure, flow: Flow, axis: str, node: Use | Fund) -> Known | None:
    """What a body states in all under a node: the total of the roll-up there."""
    if not _any(disclosure, flow, axis, node.value):
        return None
    found = _rolled(disclosure, (axis,), {"flow": flow})
    return next((known for key, known in found.items() if key == (node,)), None)


def _any(disclosure: Disclosure, flow: Flow, axis: str, code: str) -> bool:
    """Whether a body prints something under a node, be it a 0 behind which a little may hide."""
    way, at = PLACE_OF["flow"], PLACE_OF[axis]
    return any(
        key[way] == flow.value and key[at] == code and (posted.low or posted.high)
        for key, posted in book(disclosure).posted.items()
    )


def _rolled(disclosure: Disclosure, axes: Sequence[str], where: Mapping[str, Any]) -> dict[Key, Known]:
    try:
        return {row.key: Known(row.fen, row.low, row.high) for row in rollup(disclosure, by=axes, **where)}
    except GovBudgetError:
        return {}  # nothing is divided there


def eliminated(
    given: Sequence[Disclosure],
    pairs: Sequence[Elimination],
    axes: tuple[str, ...],
    flow: Flow,
    where: Mapping[str, Any],
) -> dict[Key, Known]:
    """Return for each total what is to be taken out of it, and the least and the most it can be.

    Where both sides state the same within their rounding, all of it is. Where they do not, the rest goes outside, and
    nobody says which part of it stays here: the value is what is taken out at least.
    """
    taken: dict[Key, Known] = {}
    for pair in pairs:
        spends = flow is Flow.EXPENDITURE
        axis, node, whole = ("use", pair.paid_as, pair.paid) if spends else ("fund", pair.received_as, pair.received)
        fits = pair.grade.verdict is not Verdict.VIOLATED
        other = pair.received if spends else pair.paid
        for key, stated in _at(given, axes, axis, node, where).items():
            part = stated if fits else _part(stated, whole, other)
            taken[key] = added([taken.get(key, Known(0, 0, 0)), part])
    return taken


def _part(stated: Known, whole: Known, other: Known) -> Known:
    """What of a stated amount must be, and can be, among the smaller of what is paid and what is received."""
    outside = max(0, whole.value - other.value)
    least = max(0, stated.low - max(0, whole.high - other.low))
    return Known(max(0, stated.value - outside), least, max(least, min(stated.high, other.high)))


def _at(
    given: Sequence[Disclosure], axes: tuple[str, ...], axis: str, node: Use | Fund, where: Mapping[str, Any]
) -> dict[Key, Known]:
    """What is stated under a node at each total of which it is part."""
    sums: dict[Key, Known] = {}
    stand = where.get(axis)
    if stand is not None and stand is not node and node.value not in _below(axis, stand):
        return sums
    by = axes if axis in axes else (*axes, axis)
    rest = {name: value for name, value in where.items() if name != axis}
    for disclosure in given:
        for key, known in _rolled(disclosure, by, rest).items():
            if key[by.index(axis)] is not node:
                continue
            for place in _spread(key, by, axis, node) if axis in axes else (key[:-1],):
                sums[place] = added([sums.get(place, Known(0, 0, 0)), known])
    return sums


def _below(axis: str, stand: Use | Fund) -> set[str]:
    return {node.value for node in type(stand) if stand.value in line_up(axis, node.value)}


def _spread(key: Key, by: Sequence[str], axis: str, node: Use | Fund) -> Iterable[Key]:
    ways: list[tuple[Point, ...]] = [
        (point,) if name != axis else (node, *(node_of(axis, code) for code in line_up(axis, node.value)))
        for name, point in zip(by, key, strict=True)
    ]
    return product(*ways)
