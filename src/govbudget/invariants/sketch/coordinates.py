"""Coordinates in words: ``expenditure current general 2012950 personnel``."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from govbudget.errors import GovBudgetError
from govbudget.model import Coordinate, Flow, Fund, Item, Period, Stage, TableKind, Use, combine

_ENUMS: Mapping[str, type[enum.Enum]] = {
    "flow": Flow,
    "stage": Stage,
    "period": Period,
    "fund": Fund,
    "use": Use,
    "item": Item,
}
_TEXTS = ("functional", "economic", "entity", "project", "purchase")

AT_OF: Mapping[TableKind, str] = {
    TableKind.SUMMARY: "",
    TableKind.REVENUE: "revenue",
    TableKind.EXPENDITURE: "expenditure current",
    TableKind.FISCAL_SUMMARY: "fiscal",
    TableKind.GENERAL_EXPENDITURE: "expenditure current general",
    TableKind.GENERAL_BASIC: "expenditure current general basic",
    TableKind.THREE_PUBLIC: "expenditure current general",
    TableKind.GOVERNMENT_FUND: "expenditure current government_fund",
    TableKind.STATE_CAPITAL: "expenditure current state_capital",
    TableKind.PROJECT: "expenditure current project",
    TableKind.PERFORMANCE: "expenditure current project",
    TableKind.FISCAL_EXPENDITURE: "expenditure current fiscal",
    TableKind.FISCAL_BASIC: "expenditure current fiscal basic",
    TableKind.AGENCY_RUNNING: "expenditure current general agency_running",
    TableKind.PROCUREMENT: "expenditure current procurement",
}
"""What the figures of a table are about by its kind, as the layouts have it; a sketch may say otherwise."""


@cache
def _words() -> dict[str, tuple[str, enum.Enum]]:
    """Every node by its word; a word that two axes have is left out and must be written ``axis=word``."""
    found: dict[str, list[tuple[str, enum.Enum]]] = {}
    for axis, kind in _ENUMS.items():
        for node in kind:
            found.setdefault(str(node.value), []).append((axis, node))
    return {word: nodes[0] for word, nodes in found.items() if len(nodes) == 1}


def at(words: str, *below: Coordinate) -> Coordinate:
    """Return the coordinate that ``words`` say, laid over ``below``.

    A word is a node of an axis (``general``, ``personnel``), ``axis=node`` where two axes have the word
    (``use=operating``, ``fund=operating``), a year, or a code: 2… functional, 3… economic.

    Raises:
        GovBudgetError: a word is none of these.

    >>> found = at("2024 budget expenditure general 2012950 30201")
    >>> (found.year, found.fund.value, found.functional, found.economic)
    (2024, 'general', '2012950', '30201')
    """
    said: dict[str, object] = {}
    for word in words.split():
        axis, equals, node = word.partition("=")
        if equals:
            said[axis] = _node(axis, node)
        elif word in _words():
            axis, found = _words()[word]
            said[axis] = found
        elif re.fullmatch(r"(?:19|20)\d\d", word):
            said["year"] = int(word)
        elif re.fullmatch(r"2\d\d(?:\d\d){0,2}(?:~.+)?", word):
            said["functional"] = word
        elif re.fullmatch(r"3\d\d(?:\d\d)?(?:~.+)?", word):
            said["economic"] = word
        else:
            raise GovBudgetError(f"{word!r} is no word of a coordinate", hint=_hint(word))
    return combine(Coordinate(), *below, Coordinate(**said))  # type: ignore[arg-type]


def _node(axis: str, node: str) -> object:
    if axis in _TEXTS:
        return node
    if axis == "year" and node.isdecimal():
        return int(node)
    kind = _ENUMS.get(axis)
    if kind is None:
        raise GovBudgetError(f"there is no axis {axis!r}", hint=f"axes are {', '.join((*_ENUMS, *_TEXTS, 'year'))}")
    try:
        return kind(node)
    except ValueError:
        raise GovBudgetError(
            f"axis {axis} has no node {node!r}", hint=f"nodes are {', '.join(str(n.value) for n in kind)}"
        ) from None


def _hint(word: str) -> str:
    both = [axis for axis, kind in _ENUMS.items() if word in {n.value for n in kind}]
    if both:
        return "write " + " or ".join(f"{axis}={word}" for axis in both)
    known = sorted({str(node.value) for kind in _ENUMS.values() for node in kind})
    near = get_close_matches(word, known, n=3) or [name for name in known if word[:4] in name][:3]
    meant = f"did you mean {' or '.join(near)}? " if near and word else ""
    return meant + "words are nodes of an axis such as general or personnel, axis=node, years, and codes"
