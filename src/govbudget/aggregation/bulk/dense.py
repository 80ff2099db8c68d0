"""A dense array of sums at the leaves, carried up all trees by whole slices at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govbudget.aggregation.cubes import Cube
from govbudget.aggregation.lattice import Nodes, Up, nodes
from govbudget.source.extras import need

_MOST = 1 << 22
"""Cells that a cube may have before only those in use are kept."""


def dense_cube(
    sums: Any, by: Sequence[str], order: Sequence[str], words: Sequence[Sequence[str]], ways: Mapping[str, Up]
) -> Cube | None:
    """Make a cube of an array with one axis for each name in ``order``; None where it would be too large.

    All sums must be above zero where anything is, so that a zero means that nothing is there, and each sum of sums
    must fit the type of the array.
    """
    axes = [
        nodes({word: at for at, word in enumerate(known)}, ways[name]) for name, known in zip(order, words, strict=True)
    ]
    cells = 1
    for axis in axes:
        cells *= len(axis.index)
    if cells > _MOST:
        return None
    np = need("numpy", "arrow", "totals of Arrow tables")
    for at, axis in enumerate(axes):
        sums = _raised(np, sums, at, axis)
    places = tuple(by.index(name) for name in order)
    return Cube(by=tuple(by), order=places, tips=_tips(sums, axes), axes=tuple(axes))


def _raised(np: Any, sums: Any, at: int, axis: Nodes) -> Any:
    shape = list(sums.shape)
    shape[at] = len(axis.index)
    full = np.zeros(shape, sums.dtype)
    turned, given = full.swapaxes(0, at), sums.swapaxes(0, at)
    turned[: given.shape[0]] = given
    for word, up in axis.up:
        turned[axis.index[up]] += turned[axis.index[word]]
    return full


def _tips(sums: Any, axes: Sequence[Nodes]) -> Any:
    """Dicts within dicts, lists at their tips; branches where nothing is are left out."""
    if len(axes) == 1:
        return {word: fen for word, fen in zip(axes[0].index, sums.tolist(), strict=True) if fen}
    return _branch(sums.tolist(), sums.any(axis=len(axes) - 1).tolist(), axes)


def _branch(rows: Any, used: Any, axes: Sequence[Nodes]) -> Any:
    if len(axes) == 1:
        return rows
    found = {}
    for word, below, some in zip(axes[0].index, rows, used, strict=True):
        if len(axes) == 2:
            if some:
                found[word] = below
        else:
            branch = _branch(below, some, axes[1:])
            if branch:
                found[word] = branch
    return found
