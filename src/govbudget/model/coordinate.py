"""The coordinate of a fact: the one address that all its witnesses share."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import attrgetter
from typing import Any

import attrs

from govbudget.model.axes import Flow, Fund, Item, Node, Period, Stage, Use


@attrs.frozen(kw_only=True, cache_hash=True)
class Coordinate:
    """What a figure is about; every field left at its default means *all of that axis*.

    Attributes:
        year: budget year (预算年度).
        stage: budget, execution or final account of that year.
        flow: revenue or expenditure.
        period: current year's money, or carried over.
        fund: source of the money.
        use: use of the money.
        functional: key on the functional classification (功能分类), see :mod:`govbudget.model.axes`.
        economic: key on the department economic classification (部门预算经济分类).
        item: cross-cutting item (“三公”经费, procurement).
        entity: part of the disclosing body, ``""`` for the whole.
        project: organization and name of a project.
        purchase: line of the table of procurement: programme, economic subject, what is bought, how it is bought.
    """

    year: int | None = None
    stage: Stage | None = None
    flow: Flow | None = None
    period: Period = Period.ALL
    fund: Fund = Fund.ALL
    use: Use = Use.ALL
    functional: str = ""
    economic: str = ""
    item: Item = Item.ALL
    entity: str = ""
    project: str = ""
    purchase: str = ""


AXES = ("period", "fund", "use", "functional", "economic", "item", "entity", "project", "purchase")
"""The axes along which money can add up, in the order of the fields."""

_ROOT = Coordinate()
_FIELDS = tuple(field.name for field in attrs.fields(Coordinate))
_fields = attrgetter(*_FIELDS)


def combine(first: Coordinate, *others: Coordinate) -> Coordinate:
    """Lay partial coordinates over each other; what a later one says wins.

    >>> combine(Coordinate(year=2024), Coordinate(fund=Fund.GENERAL)).year
    2024
    """
    return reduce(_over, others, first)


@lru_cache(maxsize=1 << 14)
def _over(below: Coordinate, above: Coordinate) -> Coordinate:
    said: dict[str, Any] = {
        name: value for name in _FIELDS if (value := getattr(above, name)) != getattr(_ROOT, name) and value is not None
    }
    return attrs.evolve(below, **said) if said else below


def along(coordinate: Coordinate, axis: str) -> Node | str:
    """Return where ``coordinate`` stands on ``axis``."""
    node: Node | str = getattr(coordinate, axis)
    return node


@lru_cache(maxsize=1 << 14)
def moved(coordinate: Coordinate, axis: str, node: Node | str) -> Coordinate:
    """Return ``coordinate`` with another node on ``axis``."""
    change: dict[str, Any] = {axis: node}
    return attrs.evolve(coordinate, **change)


def elsewhere(coordinate: Coordinate, axis: str) -> Coordinate:
    """Return ``coordinate`` with ``axis`` at its root: equal for figures that differ on that axis only."""
    return moved(coordinate, axis, getattr(_ROOT, axis))


Key = tuple[object, ...]
"""A coordinate as a plain tuple."""


def as_key(coordinate: Coordinate) -> Key:
    """Return the fields as a plain tuple, in the order of the class: cheap to slice and to hash in bulk."""
    found: Key = _fields(coordinate)
    return found


AXIS_INDEX = {axis: _FIELDS.index(axis) for axis in AXES}
"""Where each axis stands in :func:`as_key`."""


def bare(coordinate: Coordinate, axes: Iterable[str]) -> Coordinate:
    """Return ``coordinate`` with all of ``axes`` at their roots."""
    return _bare(coordinate, tuple(axes))


@lru_cache(maxsize=1 << 14)
def _bare(coordinate: Coordinate, axes: tuple[str, ...]) -> Coordinate:
    roots: dict[str, Any] = {axis: getattr(_ROOT, axis) for axis in axes}
    return attrs.evolve(coordinate, **roots)
