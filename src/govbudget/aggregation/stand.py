"""Where a total stands: at one place of every axis that is not rolled up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from govbudget.aggregation.codes import LABELS, PLACE_OF, Codes, codes_of, depth, line_up, root_of
from govbudget.aggregation.figures import Book, book
from govbudget.errors import GovBudgetError
from govbudget.model import AXES, Coordinate, Disclosure, Flow, Period

BODY = "organization"
"""The axis of bodies: a path of names, department before unit."""

BY = (*LABELS, BODY, *AXES)
"""Everything that totals can be told apart by."""


def axes_of(by: str | Sequence[str], where: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the axes asked for.

    Raises:
        GovBudgetError: there is no such axis, or one is asked for twice.
    """
    axes = (by,) if isinstance(by, str) else tuple(by)
    for axis in axes:
        if axis not in BY:
            raise GovBudgetError(f"there is no axis {axis!r}", hint="axes are " + ", ".join(BY))
    for axis in where:
        if axis not in PLACE_OF:
            raise GovBudgetError(f"there is no axis {axis!r}", hint="axes are " + ", ".join(PLACE_OF))
    if len(set(axes)) < len(axes) or not axes:
        raise GovBudgetError("name each axis once", hint="by=('functional', 'use')")
    if both := set(axes) & set(where):
        raise GovBudgetError(f"{', '.join(sorted(both))} cannot be rolled up and stood at", hint="drop one of the two")
    return axes


def stand_of(disclosure: Disclosure, where: Mapping[str, Any]) -> Codes:
    """Return the place to stand at: what ``where`` says, and else all the spending of the current year.

    A document that does not tell this year's money from money carried over is stood in at all of it.
    """
    flow = where.get("flow", Flow.EXPENDITURE)
    base = Coordinate(year=disclosure.year, stage=disclosure.stage, flow=flow)
    period = Period(book(disclosure).periods[flow.value])
    return codes_of(attrs.evolve(base, **{"period": period, **where}))


def view_of(book: Book, stand: Codes, axes: Iterable[str], labels: Iterable[str]) -> dict[Codes, list[Codes]]:
    """Return the figures that stand there, apart by what never adds up (year, stage, flow) where that is asked for."""
    apart = [PLACE_OF[name] for name in labels]
    free = {PLACE_OF[name] for name in axes} | set(apart)
    fixed = [index for index in range(len(stand)) if index not in free]
    found: dict[Codes, list[Codes]] = {}
    for key in book.posted:
        if all(key[index] == stand[index] for index in fixed):
            found.setdefault(tuple(key[index] for index in apart), []).append(key)
    return found


def elsewhere(books: Iterable[Book], axes: Sequence[str]) -> str:
    """Say where figures stand along these axes: what a caller may have meant."""
    found: dict[str, None] = {}
    any_figure = False
    trees = [axis for axis in axes if axis in AXES]
    for known in books:
        for key in known.posted:
            any_figure = True
            if all(line_up(axis, key[PLACE_OF[axis]]) for axis in trees):
                words = [f"{name}={key[PLACE_OF[name]]}" for name in ("flow",) if key[PLACE_OF[name]]]
                words += [
                    f"{axis}={key[PLACE_OF[axis]]}"
                    for axis in AXES
                    if axis not in axes and depth(axis, key[PLACE_OF[axis]])
                ]
                found[" ".join(words)] = None
    if found:
        return "figures stand at " + "; ".join(list(found)[:6])
    return "no figure is divided along " + ", ".join(axes) if any_figure else "the disclosure has no figures"


def is_divided(codes: Codes, axes: Iterable[str]) -> bool:
    """Tell whether a figure stands below the root of any of the axes."""
    return any(codes[PLACE_OF[axis]] != root_of(axis) for axis in axes)
