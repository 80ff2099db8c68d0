"""Totals of every combination of nodes of several trees, from sums at the leaves, each carried up once.

Sums are held as a tree of dicts, one level for each axis but the last; at its tips stand *rows*: a list with one sum
for each node of the last axis, or a dict where the last axis is long and mostly empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import add
from typing import Any

import attrs

Up = Callable[[str], str | None]
"""What stands one level above a word of an axis; None above its root."""

Tips = dict[str, Any]
"""Dicts within dicts, a level for each axis but the last, and rows at their tips."""


Place = tuple[str, ...]
"""A word for each axis."""


@attrs.frozen
class Nodes:
    """The words of one axis that have money, and all above them, deepest first.

    Attributes:
        index: each word and its position in a row.
        up: for each word, deepest first, the word above it; the root is left out.
    """

    index: dict[str, int]
    up: tuple[tuple[str, str], ...]


def nodes(words: dict[str, int], above: Up) -> Nodes:
    """Complete the words of an axis by those above them; positions that are taken stay.

    >>> nodes({"20129": 0}, lambda code: code[:-2] if len(code) > 3 else "" if code else None).up
    (('20129', '201'), ('201', ''))
    """
    index = dict(words)
    height: dict[str, int] = {}
    parents: dict[str, str] = {}

    def level(word: str) -> int:
        known = height.get(word)
        if known is None:
            index.setdefault(word, len(index))
            up = above(word)
            if up is None:
                known = 0
            else:
                parents[word] = up
                known = level(up) + 1
            height[word] = known
        return known

    for word in words:
        level(word)
    order = sorted(parents, key=height.__getitem__, reverse=True)
    return Nodes(index, tuple((word, parents[word]) for word in order))


def climb(tips: Tips, axes: Sequence[Nodes]) -> Tips:
    """Carry sums up all axes, the last first.

    Rows are never changed once they are shared: adding makes new ones.
    """
    last = axes[-1]
    steps = [(last.index[word], last.index[up]) for word, up in last.up]
    raised: Tips = _each_row(tips, len(axes) - 1, lambda row: _raise(row, last, steps))
    for depth in range(len(axes) - 2, -1, -1):
        raised = _at_depth(raised, depth, axes[depth], len(axes) - 2 - depth)
    return raised


def _each_row(tips: Any, depth: int, change: Callable[[Any], Any]) -> Any:
    if depth == 0:
        return change(tips)
    return {word: _each_row(below, depth - 1, change) for word, below in tips.items()}


def _raise(row: Any, last: Nodes, steps: Sequence[tuple[int, int]]) -> Any:
    if isinstance(row, dict):
        sums = dict(row)
        for word, up in last.up:
            if word in sums:
                sums[up] = sums.get(up, 0) + sums[word]
        return sums
    full = row + [0] * (len(last.index) - len(row))
    for at, above in steps:
        full[above] += full[at]
    return full


def _at_depth(tips: Any, depth: int, axis: Nodes, below: int) -> Any:
    if depth:
        return {word: _at_depth(rest, depth - 1, axis, below) for word, rest in tips.items()}
    sums = dict(tips)
    for word, up in axis.up:
        if word in sums:
            sums[up] = plus(sums[up], sums[word], below) if up in sums else sums[word]
    return sums


def plus(first: Any, other: Any, depth: int) -> Any:
    """Add two trees of dicts, or rows where ``depth`` is 0."""
    if depth:
        merged = dict(first)
        for word, more in other.items():
            known = merged.get(word)
            merged[word] = more if known is None else plus(known, more, depth - 1)
        return merged
    if isinstance(first, dict):
        merged = dict(first)
        for word, fen in other.items():
            merged[word] = merged.get(word, 0) + fen
        return merged
    return list(map(add, first, other))


def cells(tips: Any, depth: int, index: dict[str, int], start: tuple[str, ...] = ()) -> Iterator[tuple[Place, int]]:
    """Yield every sum with its place; a zero of a list is none."""
    if depth:
        for word, rest in tips.items():
            yield from cells(rest, depth - 1, index, (*start, word))
    elif isinstance(tips, dict):
        for word, fen in tips.items():
            yield (*start, word), fen
    else:
        for word, at in index.items():
            if tips[at]:
                yield (*start, word), tips[at]
