"""All comparisons that are sums, as one system of integers: each printed figure is a variable."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import attrs

from govbudget.consistency import Plan, Relation, System, Verdict
from govbudget.invariants.rule import Comparison, Operand
from govbudget.invariants.surroundings import Spot

TESTED = frozenset((Verdict.EXACT, Verdict.ROUNDING, Verdict.VIOLATED))


@attrs.frozen(kw_only=True)
class Joint:
    """The system of a document, and the way back to what was compared.

    Attributes:
        system: the system.
        operands: the printed figure behind each variable.
        sources: for each relation the comparisons it comes from, as indexes into the report.
    """

    system: System
    operands: tuple[Operand, ...]
    sources: tuple[tuple[int, ...], ...]


def spot(operand: Operand) -> Spot:
    """Return what makes an operand one figure.

    One number of a sentence may stand for several facts; two cells of a table are two figures even where a model made
    by hand gives them one place, and so are two numbers of sentences that nobody placed.
    """
    unplaced = operand.place.span is None
    return (operand.place, operand.at if operand.place.table is not None or unplaced else None)


def joint(comparisons: Sequence[Comparison]) -> Joint:
    """Put all sums together, each figure and each relation once."""
    index: dict[Spot, int] = {}
    same: dict[int, int] = {}  # a cell is one object in all its sums
    operands: list[Operand] = []
    sources: dict[Relation, list[int]] = {}
    for number, comparison in enumerate(comparisons):
        if not comparison.linear or comparison.verdict not in TESTED:
            continue
        if any(operand.amount is None and not operand.blank for operand in comparison.operands):
            continue
        figures = []
        for operand in comparison.operands:
            figure = same.get(id(operand))
            if figure is None:
                figure = same[id(operand)] = index.setdefault(spot(operand), len(operands))
                if figure == len(operands):
                    operands.append(operand)
            figures.append(figure)
        for linear in comparison.linear:
            plus = tuple([f for f, weight in zip(figures, linear.weights, strict=True) if weight > 0])
            minus = tuple([f for f, weight in zip(figures, linear.weights, strict=True) if weight < 0])
            if len({*plus, *minus}) < len(plus) + len(minus):
                continue  # a sentence that gives one number for two facts agrees with itself
            sources.setdefault(Relation(plus, minus, linear.at_most), []).append(number)
    values = [k for operand in operands if (k := operand.known) is not None]
    system = System(
        _plan(len(operands), tuple(sources)),
        tuple(k.value for k in values),
        tuple(k.low for k in values),
        tuple(k.high for k in values),
        frozenset(i for i, operand in enumerate(operands) if operand.blank),
    )
    return Joint(system=system, operands=tuple(operands), sources=tuple(map(tuple, sources.values())))


@lru_cache(maxsize=32)
def _plan(size: int, relations: tuple[Relation, ...]) -> Plan:
    """Documents with the same lines have the same relations: what was compiled for one serves the next."""
    return Plan(size, relations)
