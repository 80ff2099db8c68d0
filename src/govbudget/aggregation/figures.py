"""Printed figures as totals see them: one number for each fact, and what each is a sum of."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Mapping

import attrs

from govbudget.aggregation.codes import PLACE_OF, Codes, codes_of, line_up
from govbudget.aggregation.divisions import Sketch, divide
from govbudget.model import Disclosure, Fact, Flow, Via, Witness, facts


@attrs.frozen
class Posted(Sketch):
    """One fact of the tables, with the number that stands for it.

    Attributes:
        fact: the fact and all its witnesses.
        witness: the index of the witness it was taken from: the one with the finest digits.
    """

    fact: Fact
    witness: int


def finest(witnesses: tuple[Witness, ...]) -> int | None:
    """Return the index of the witness in a table printed with the finest digits; None where no table prints any."""
    best, step = None, 0
    for index, witness in enumerate(witnesses):
        if witness.via is Via.TABLE:
            own = witness.amount.unit.fen * 10**12 // 10**witness.amount.places
            if best is None or own < step:
                best, step = index, own
    return best


@attrs.frozen(kw_only=True)
class Book:
    """The figures of the tables of one disclosure, and which of them are sums of others.

    Attributes:
        posted: every fact that a table prints, by its coordinate in words.
        parts: for each axis and each figure that others add up to along it, the figures it is divided into.
        some: for each axis and each figure that is not divided along it although others are printed below it, those:
            they do not account for it, so that something of it is printed nowhere.
        periods: for each flow the period at which most of its figures are divided: "current" where the document tells
            this year's money from what is carried over, "all" where it does not.
    """

    posted: Mapping[Codes, Posted]
    parts: Mapping[str, Mapping[Codes, tuple[Codes, ...]]]
    some: Mapping[str, Mapping[Codes, tuple[Codes, ...]]]
    periods: Mapping[str, str]


def book(disclosure: Disclosure) -> Book:
    """Gather the figures of a disclosure.

    A figure counts as divided along an axis where one table prints it together with its parts, or where the figures
    that other tables print below it account for it within their rounding. What is printed behind 其中, beside a
    blank, or in a table of which columns were not read, need not be all of it: then it is not divided.

    The book of a disclosure is kept as long as the disclosure is.
    """
    kept = _BOOKS.get(id(disclosure))
    if kept is not None and kept[0]() is disclosure:
        return kept[1]
    found = _book(disclosure)
    number = id(disclosure)
    _BOOKS[number] = (weakref.ref(disclosure, lambda _: _BOOKS.pop(number, None)), found)
    return found


_BOOKS: dict[int, tuple[weakref.ref[Disclosure], Book]] = {}


def _book(disclosure: Disclosure) -> Book:
    posted: dict[Codes, Posted] = {}
    for fact in facts(disclosure):
        at = finest(fact.witnesses)
        if at is not None:
            amount = fact.witnesses[at].amount
            posted[codes_of(fact.at)] = Posted(amount.fen, *amount.bounds, fact, at)
    divided = divide(disclosure, posted)
    return Book(
        posted=posted,
        parts={axis: whole for axis, (whole, _) in divided.items()},
        some={axis: some for axis, (_, some) in divided.items()},
        periods=_periods(disclosure, posted),
    )


def _periods(disclosure: Disclosure, posted: Mapping[Codes, Posted]) -> dict[str, str]:
    own = (str(disclosure.year), disclosure.stage.value)
    votes: Counter[tuple[str, str]] = Counter()
    for key in posted:
        if key[:2] == own and (
            key[PLACE_OF["functional"]] or key[PLACE_OF["economic"]] or key[PLACE_OF["use"]] != "all"
        ):
            votes[key[2], key[3]] += 1
    flows = [flow.value for flow in Flow]
    return {flow: "all" if votes[flow, "all"] > votes[flow, "current"] else "current" for flow in flows}


def leaves_along(found: Book, axis: str) -> frozenset[Codes]:
    """Return the figures that add up to all there is along one axis, wherever they stand on the others.

    Of a chain of figures one above the other it is those that are not divided further; what hangs below a figure
    that is not divided (其中) is part of it and does not count again.
    """
    parts = found.parts[axis]
    inner = {part for below in parts.values() for part in below}
    tops = [key for key in found.posted if key not in inner and not hangs(key, axis, found.posted)]
    leaves: set[Codes] = set()
    while tops:
        key = tops.pop()
        below = parts.get(key)
        if below:
            tops += below
        else:
            leaves.add(key)
    return frozenset(leaves)


def hangs(key: Codes, axis: str, posted: Mapping[Codes, object]) -> bool:
    """Tell whether a figure is printed above ``key`` along ``axis``."""
    index = PLACE_OF[axis]
    start, end = key[:index], key[index + 1 :]
    return any((*start, step, *end) in posted for step in line_up(axis, key[index]))
