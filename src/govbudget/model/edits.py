"""A disclosure with something else in one of its tables."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.model.disclosure import Disclosure
from govbudget.model.table import Line
from govbudget.money import Amount


def with_lines(disclosure: Disclosure, at: tuple[int, int], lines: Sequence[Line]) -> Disclosure:
    """Return the disclosure with other lines in one lane, ``at`` the indexes of its table and of the lane in it."""
    t, n = at
    table = disclosure.tables[t]
    lanes = (*table.lanes[:n], attrs.evolve(table.lanes[n], lines=tuple(lines)), *table.lanes[n + 1 :])
    changed = attrs.evolve(table, lanes=lanes)
    return attrs.evolve(disclosure, tables=(*disclosure.tables[:t], changed, *disclosure.tables[t + 1 :]))


def with_figure(disclosure: Disclosure, index: tuple[int, int, int, int], amount: Amount) -> Disclosure:
    """Return the disclosure with another figure at ``index`` (table, lane, line, column)."""
    t, n, i, j = index
    lines = disclosure.tables[t].lanes[n].lines
    line = attrs.evolve(
        lines[i],
        values=(*lines[i].values[:j], amount.fen, *lines[i].values[j + 1 :]),
        places=(*lines[i].places[:j], amount.places, *lines[i].places[j + 1 :]),
    )
    return with_lines(disclosure, (t, n), (*lines[:i], line, *lines[i + 1 :]))
