"""Sums along the subjects of a lane, before and after its keys change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from govbudget.model import Lane, Line, SubjectHead, Table, TableKind, Total, key_parent
from govbudget.money import Amount, Mark


@attrs.frozen(kw_only=True)
class BrokenSum:
    """A printed figure that the lines now below it do not add up to.

    Attributes:
        table: the table.
        lane: the lane, by index.
        line: the line of the parent (or of the total), by index.
        column: the amount column, by index.
        key: the key of the parent in the new edition, empty for the total.
        fen: what the lines below add up to, less what is printed, in 分.
        held_before: whether the sum held in the edition of the document; False where it never did.
    """

    table: TableKind
    lane: int
    line: int
    column: int
    key: str
    fen: int
    held_before: bool


def broken_sums(table: Table, lane: int, targets: Mapping[str, str]) -> Iterator[BrokenSum]:
    """Yield the sums of a lane that do not hold once its keys are exchanged."""
    block = table.lanes[lane]
    before = _misses(table, block, {})
    for (line, column), fen in _misses(table, block, targets).items():
        head = block.lines[line].head
        key = targets.get(head.key, head.key) if isinstance(head, SubjectHead) else ""
        yield BrokenSum(
            table=table.kind,
            lane=lane,
            line=line,
            column=column,
            key=key,
            fen=fen,
            held_before=(line, column) not in before,
        )


def _misses(table: Table, lane: Lane, targets: Mapping[str, str]) -> dict[tuple[int, int], int]:
    """Parent line and column to how far its children miss it, where no exact amounts make the sum hold."""
    keys = {
        index: targets.get(line.head.key, line.head.key)
        for index, line in enumerate(lane.lines)
        if isinstance(line.head, SubjectHead)
    }
    at = {key: index for index, key in keys.items()}
    total = next((index for index, line in enumerate(lane.lines) if isinstance(line.head, Total)), None)
    below: dict[int, list[int]] = {}
    for index, key in keys.items():
        above = key_parent(key)
        while above and above not in at:
            above = key_parent(above)
        parent = at.get(above, total) if above else total
        if parent is not None:
            below.setdefault(parent, []).append(index)
    found: dict[tuple[int, int], int] = {}
    for parent, children in below.items():
        for column in range(len(lane.columns)):
            low, high, fen = _bounds(table, lane.lines[parent], column)
            parts = [_bounds(table, lane.lines[child], column) for child in children]
            if sum(p[0] for p in parts) > high or sum(p[1] for p in parts) < low:
                found[parent, column] = sum(p[2] for p in parts) - fen
    return found


def _bounds(table: Table, line: Line, column: int) -> tuple[int, int, int]:
    value = line.values[column]
    if isinstance(value, Mark):
        return (0, 0, 0)
    low, high = Amount(value, table.unit, line.places[column], table.mode).bounds
    return (low, high, value)
