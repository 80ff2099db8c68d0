"""Labelled faults: one figure changed at a time, with the truth beside it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import attrs

from govbudget.model import Disclosure, with_figure
from govbudget.money import Amount, Mark, parse_cell, printed
from govbudget.place import Place


@attrs.frozen(kw_only=True)
class Fault:
    """A disclosure with one wrong figure.

    Attributes:
        disclosure: the disclosure with the fault.
        kind: "last-digit-up", "last-digit-down" or "swap".
        place: table, row and column of the figure.
        was: what was printed.
        printed: what is printed now.
        index: table, lane, line and column of the figure, as indexes.
    """

    disclosure: Disclosure
    kind: str
    place: Place
    was: str
    printed: str
    index: tuple[int, int, int, int]


def figure_faults(disclosure: Disclosure) -> Iterator[Fault]:
    """Yield every change of a printed table figure by one unit of its last digit, and by a swap of adjacent digits.

    Swaps that print the same number, and those that print no amount, are left out.
    """
    for t, table in enumerate(disclosure.tables):
        for n, lane in enumerate(table.lanes):
            for i, line in enumerate(lane.lines):
                for j, value in enumerate(line.values):
                    if isinstance(value, Mark):
                        continue
                    amount = Amount(value, table.unit, line.places[j])
                    place = Place(table=table.number, row=line.row or i + 1, column=lane.columns[j].index)
                    for kind, changed in _changes(amount):
                        yield Fault(
                            disclosure=with_figure(disclosure, (t, n, i, j), changed),
                            kind=kind,
                            place=place,
                            was=printed(amount),
                            printed=printed(changed),
                            index=(t, n, i, j),
                        )


def _changes(amount: Amount) -> Iterator[tuple[str, Amount]]:
    step = amount.unit.fen // 10**amount.places
    yield "last-digit-up", attrs.evolve(amount, fen=amount.fen + step)
    yield "last-digit-down", attrs.evolve(amount, fen=amount.fen - step)
    text = printed(amount, grouping=False)
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    for a, b in itertools.pairwise(digits):
        if text[a] == text[b]:
            continue
        swapped = list(text)
        swapped[a], swapped[b] = swapped[b], swapped[a]
        changed = parse_cell("".join(swapped), amount.unit)
        if isinstance(changed, Amount) and changed.fen != amount.fen:
            yield "swap", changed
