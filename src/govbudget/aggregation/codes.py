"""Coordinates as plain words: what long tables, databases and dictionaries of totals are keyed by.

A node of a fixed axis is its value ("general", "basic", root "all"), a subject its key ("20129", root ""). Hashing a
text is ten times cheaper than hashing a member of an enumeration, and every engine knows texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from govbudget.model import AXES, Coordinate, Fund, Item, Period, Use, key_parent
from govbudget.model.axes import PARENT, Node

Codes = tuple[str, ...]
"""A coordinate in words: year, stage, flow, then the axes in their order; "" for a year or stage not stated."""

FIXED: Mapping[str, type[Period] | type[Fund] | type[Use] | type[Item]] = {
    "period": Period,
    "fund": Fund,
    "use": Use,
    "item": Item,
}
"""The axes whose nodes are fixed."""

LABELS = ("year", "stage", "flow")
"""What tells figures apart that never add up: they are no trees."""

PLACE_OF = {name: index for index, name in enumerate((*LABELS, *AXES))}
"""Where each label and axis stands in :data:`Codes`."""

_UP: Mapping[str, Mapping[str, str]] = {
    axis: {node.value: PARENT[node].value for node in nodes if node in PARENT} for axis, nodes in FIXED.items()
}
_ORDER = {axis: {node.value: index for index, node in enumerate(nodes)} for axis, nodes in FIXED.items()}


def codes_of(at: Coordinate) -> Codes:
    """Return a coordinate in words.

    >>> codes_of(Coordinate(year=2024, fund=Fund.GENERAL))[:5]
    ('2024', '', '', 'all', 'general')
    """
    return (
        str(at.year or ""),
        at.stage._value_ if at.stage is not None else "",
        at.flow._value_ if at.flow is not None else "",
        at.period._value_,
        at.fund._value_,
        at.use._value_,
        at.functional,
        at.economic,
        at.item._value_,
        at.entity,
        at.project,
        at.purchase,
    )


def root_of(axis: str) -> str:
    """Return the word for all of an axis.

    >>> root_of("fund"), root_of("functional")
    ('all', '')
    """
    return "all" if axis in FIXED else ""


@lru_cache(maxsize=1 << 16)
def above(axis: str, code: str) -> str | None:
    """Return the word one level up, None above the root.

    >>> above("fund", "general"), above("functional", "201"), above("functional", "")
    ('fiscal', '', None)
    """
    if axis in FIXED:
        return _UP[axis].get(code)
    return key_parent(code) if code else None


@lru_cache(maxsize=1 << 16)
def line_up(axis: str, code: str) -> tuple[str, ...]:
    """Return everything above a word, the nearest first and the root last.

    >>> line_up("functional", "2012950")
    ('20129', '201', '')
    """
    steps = []
    step = above(axis, code)
    while step is not None:
        steps.append(step)
        step = above(axis, step)
    return tuple(steps)


def depth(axis: str, code: str) -> int:
    """Return how many levels a word stands below the root."""
    return len(line_up(axis, code))


def rank(axis: str, code: str) -> tuple[object, ...]:
    """Return what sorts words into the order of their tree: a node before what stands below it."""
    steps = (*reversed(line_up(axis, code)), code)
    order = _ORDER.get(axis)
    return steps if order is None else tuple(order[step] for step in steps)


def word(node: Node | str) -> str:
    """Return a node of any axis as its word."""
    return node if isinstance(node, str) else node._value_


def node_of(axis: str, code: str) -> Node | str:
    """Return the node that a word stands for.

    >>> node_of("use", "basic"), node_of("functional", "201")
    (<Use.BASIC: 'basic'>, '201')
    """
    kind = FIXED.get(axis)
    return code if kind is None else kind(code)
