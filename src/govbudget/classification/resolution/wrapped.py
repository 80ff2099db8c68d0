"""Names that a line break spread over several rows."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.classification.former import elsewhere
from govbudget.classification.trees import Tree
from govbudget.text import fold

_MOST = 4


def unwrap(tree: Tree, names: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Say which rows of a column are one name that was wrapped.

    Rows are put together where the pieces make a name of the edition (or of another year) and not every piece is a
    name by itself; the longest name wins.

    Args:
        tree: the edition.
        names: the cells in printed order.

    Returns:
        Groups of row numbers, in order; every row is in one group.

    >>> from govbudget.classification import Scheme, tree
    >>> unwrap(tree(Scheme.FUNCTIONAL, 2024), ["机关事业单位基本养老", "保险缴费支出", "卫生健康支出"])
    ((0, 1), (2,))
    """
    groups: list[tuple[int, ...]] = []
    at = 0
    while at < len(names):
        size = next(
            (n for n in range(min(_MOST, len(names) - at), 1, -1) if _is_one(tree, names[at : at + n])),
            1,
        )
        groups.append(tuple(range(at, at + size)))
        at += size
    return tuple(groups)


def _is_one(tree: Tree, pieces: Sequence[str]) -> bool:
    whole = fold("".join(pieces))
    if whole in tree.names:
        return not all(fold(piece) in tree.names for piece in pieces)
    return not any(fold(piece) in tree.names for piece in pieces) and bool(elsewhere(tree.scheme, whole))
