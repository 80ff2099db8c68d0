"""The tables of a disclosure in another unit: 元 to 万元, by rounding each figure, or so that every sum still holds.

Publishers round each figure by itself, and say under the table that sums may differ in the last digit. Controlled
rounding (Cox & Ernst 1982) takes for each figure one of its two neighbours in the new unit, so that whatever added up
before adds up as printed. Both work on integers and give the same answer every time.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

import attrs

from govbudget.consistency import Plan, Relation, System, Verdict, printed_value, witness
from govbudget.errors import GovBudgetError
from govbudget.invariants import audit
from govbudget.invariants.joint import joint, spot
from govbudget.model import Coordinate, Disclosure, Lane, Line, Table, combine, place_of, place_of_change
from govbudget.money import Mode, MoneyUnit
from govbudget.money.digits import MAX_PLACES
from govbudget.place import Place

Spot = tuple[Place, Coordinate | None]


class Rounding(enum.Enum):
    """How figures get fewer digits."""

    EACH = "each"
    """Each by itself, halves away from zero (四舍五入), as publishers do."""
    SUMS = "sums"
    """Each to one of its two neighbours, so that every sum that held exactly still does (controlled rounding)."""


def restated(
    disclosure: Disclosure, *, unit: MoneyUnit, places: int = 2, rounding: Rounding = Rounding.SUMS
) -> Disclosure:
    """Return the disclosure with the figures of its tables printed in another unit; the narrative stays as it is.

    Under :attr:`Rounding.SUMS` a figure may move by nearly one unit of its last digit, where half of it is what
    rounding by itself could do; the bounds of its Amount do not know that. Nor do they know that a figure was rounded
    before: 27,872.345 printed as 27,872.35 becomes 27,872.4. Tables in 元 with two decimals are exact.

    Args:
        disclosure: the disclosure.
        unit: the unit to print in.
        places: the decimals to print.
        rounding: what is to become of the digits that go.

    Raises:
        GovBudgetError: ``places`` is out of range, or no choice of neighbours keeps all sums.

    >>> from govbudget.model import Use
    >>> from govbudget.testing import Leaf, publish
    >>> leaves = [Leaf(functional="2012950", use=Use.PROJECT, project=name, fen=3_333_34) for name in "甲乙丙"]
    >>> made = publish(leaves, unit=MoneyUnit.YUAN)
    >>> table = restated(made, unit=MoneyUnit.WAN_YUAN).tables[9]
    >>> [line.values[0] for line in table.lanes[0].lines]
    [1000000, 340000, 330000, 330000]
    """
    if not 0 <= places <= MAX_PLACES:
        raise GovBudgetError(f"places must be from 0 to {MAX_PLACES}, not {places}")
    step = max(1, unit.fen // 10**places)
    chosen = {} if rounding is Rounding.EACH else _choose(disclosure, step)
    return attrs.evolve(disclosure, tables=tuple(_table(t, unit, places, step, chosen) for t in disclosure.tables))


def _table(table: Table, unit: MoneyUnit, places: int, step: int, chosen: Mapping[Spot, int]) -> Table:
    lanes = tuple(
        attrs.evolve(lane, lines=tuple(_line(table, lane, line, places, step, chosen) for line in lane.lines))
        for lane in table.lanes
    )
    return attrs.evolve(table, unit=unit, lanes=lanes, mode=Mode.HALF_UP)


def _line(table: Table, lane: Lane, line: Line, places: int, step: int, chosen: Mapping[Spot, int]) -> Line:
    values, shown = list(line.values), list(line.places)
    for index, (value, where) in enumerate(zip(line.values, spots(table, lane, line), strict=True)):
        if isinstance(value, int):
            values[index] = chosen.get(where, printed_value(value, step))
            shown[index] = places
    changes, decimals = list(line.changes), list(line.change_places)
    for index, value in enumerate(line.changes):
        if isinstance(value, int) and not lane.changes[index].rate:
            spot = (place_of_change(table, lane, line, index), None)
            changes[index] = chosen.get(spot, printed_value(value, step))
            decimals[index] = places
    return attrs.evolve(
        line,
        values=tuple(values),
        places=tuple(shown),
        changes=tuple(changes),
        change_places=tuple(decimals),
    )


def spots(table: Table, lane: Lane, line: Line) -> Iterator[Spot]:
    """Yield what an audit knows each figure of a line by."""
    for index, column in enumerate(lane.columns):
        yield place_of(table, lane, line, index), combine(lane.at, line.at, column.at)


def _choose(disclosure: Disclosure, step: int) -> dict[Spot, int]:
    """The multiple of ``step`` for each figure that takes part in a sum of the tables."""
    exact = [c for c in audit(disclosure, diagnosis=False).comparisons if c.verdict is Verdict.EXACT]
    sums = joint([c for c in exact if all(operand.place.table is not None for operand in c.operands)])
    exactly = [operand.amount.fen if operand.amount is not None else 0 for operand in sums.operands]
    plan = Plan(len(exactly), tuple(r for r in sums.system.plan.relations if _holds(r, exactly)))
    nearest = tuple(printed_value(fen, step) // step for fen in exactly)
    floors = tuple(fen // step for fen in exactly)
    ceilings = tuple(-(-fen // step) for fen in exactly)
    found = witness(System(plan, nearest, floors, ceilings))
    if found is None:
        raise GovBudgetError(
            "no choice of neighbouring figures keeps every sum",
            place=disclosure.source,
            hint="print more decimals, or round each figure by itself",
        )
    return {spot(o): value * step for o, value in zip(sums.operands, found, strict=True) if o.amount is not None}


def _holds(relation: Relation, values: list[int]) -> bool:
    left = sum(values[i] for i in relation.plus) - sum(values[i] for i in relation.minus)
    return left <= 0 if relation.at_most else left == 0


def sums_of(disclosure: Disclosure) -> tuple[tuple[Spot, tuple[tuple[Spot, int], ...]], ...]:
    """Return the sums of the tables that hold exactly: each total with its parts and their signs.

    They are those that an audit compares, so a total printed as a formula says what it is the sum of.
    """
    found: dict[Spot, tuple[tuple[Spot, int], ...]] = {}
    for comparison in audit(disclosure, diagnosis=False).comparisons:
        if comparison.verdict is not Verdict.EXACT or not comparison.rule.startswith("additivity."):
            continue
        total, *parts = comparison.operands
        for linear in comparison.linear:
            if not linear.at_most and linear.weights and linear.weights[0] == -1 and total.amount is not None:
                signed = tuple((spot(o), w) for o, w in zip(parts, linear.weights[1:], strict=True) if w)
                found.setdefault(spot(total), signed)
    return tuple(found.items())
