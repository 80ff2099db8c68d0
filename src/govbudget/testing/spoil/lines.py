"""Labelled faults of whole lines and columns, with the truth beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import attrs

from govbudget.invariants.corrections import columns_exchanged, lane_of, line_dropped, line_moved
from govbudget.model import Disclosure, Lane, Line, SubjectHead, key_parent, with_lines
from govbudget.money import Mark


@attrs.frozen(kw_only=True)
class LineFault:
    """A disclosure with one wrong line, or two wrong columns.

    Attributes:
        disclosure: the disclosure with the fault.
        kind: "shifted row", "swapped columns", "duplicated row" or "missing row".
        table: index of the table.
        lane: index of the lane.
        line: index of the line; of the line that is gone, or of the second of two that are the same. ``None`` where
            columns are swapped.
        columns: indexes of the columns that were swapped.
    """

    disclosure: Disclosure
    kind: str
    table: int
    lane: int
    line: int | None = None
    columns: tuple[int, ...] = ()


def line_faults(disclosure: Disclosure) -> Iterator[LineFault]:
    """Yield every line shifted, doubled and left out, and every pair of columns swapped.

    Only lines along an axis are doubled or left out, and only those that nothing below them adds up to: where a total
    is gone, its parts still stand there. What would print the same as before is left out.
    """
    for t, table in enumerate(disclosure.tables):
        for n, lane in enumerate(table.lanes):
            yield from _shifted(disclosure, t, n, lane)
            yield from _doubled_and_missing(disclosure, t, n, lane)
            yield from _swapped(disclosure, t, n, lane)


def _shifted(disclosure: Disclosure, t: int, n: int, lane: Lane) -> Iterator[LineFault]:
    for i, line in enumerate(lane.lines):
        if len(line.values) < 3:
            continue
        moved = line_moved(disclosure, (t, n), i, -1)
        if lane_of(moved, (t, n)).lines[i].values != line.values:
            yield LineFault(disclosure=moved, kind="shifted row", table=t, lane=n, line=i)


def _doubled_and_missing(disclosure: Disclosure, t: int, n: int, lane: Lane) -> Iterator[LineFault]:
    above = {key_parent(line.head.key) for line in lane.lines if isinstance(line.head, SubjectHead)}
    for i, line in enumerate(lane.lines):
        head = line.head
        if not isinstance(head, SubjectHead) or head.key in above or not _prints(line):
            continue
        twice = (*lane.lines[: i + 1], attrs.evolve(line, row=0), *lane.lines[i + 1 :])
        yield LineFault(
            disclosure=with_lines(disclosure, (t, n), twice), kind="duplicated row", table=t, lane=n, line=i + 1
        )
        gone = line_dropped(disclosure, (t, n), i)
        yield LineFault(disclosure=gone, kind="missing row", table=t, lane=n, line=i)


def _swapped(disclosure: Disclosure, t: int, n: int, lane: Lane) -> Iterator[LineFault]:
    if len(lane.columns) < 2:
        return
    for a, b in combinations(range(len(lane.columns)), 2):
        if any(line.values[a] != line.values[b] for line in lane.lines):
            made = columns_exchanged(disclosure, (t, n), a, b)
            yield LineFault(disclosure=made, kind="swapped columns", table=t, lane=n, columns=(a, b))


def _prints(line: Line) -> bool:
    return any(not isinstance(value, Mark) and value for value in line.values)
