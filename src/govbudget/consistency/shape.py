"""How the figures and relations of a plan hang together: which touch, and where they form a forest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import attrs

Term = tuple[int, int]
"""A figure and its coefficient."""
Parts = tuple[tuple[int, ...], tuple[int, ...], bool]


@attrs.frozen
class Shape:
    """The bipartite graph of figures and relations.

    Attributes:
        terms: the figures of each relation with their coefficients.
        touching: the relations of each figure.
        order: the relations, each connected piece walked from its first relation outwards.
        forest: for each place in ``order``, whether its piece has no cycle, so that two walks decide it.
        piece: for each relation, the number of its connected piece.
    """

    terms: tuple[tuple[Term, ...], ...]
    touching: tuple[tuple[int, ...], ...]
    order: tuple[int, ...]
    forest: tuple[bool, ...]
    piece: tuple[int, ...]

    @cached_property
    def signs(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The relations of each figure, with its coefficient in them."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.touching]
        for number, terms in enumerate(self.terms):
            for figure, sign in terms:
                found[figure].append((number, sign))
        return tuple(map(tuple, found))

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """In how many relations each figure is."""
        return tuple(map(len, self.touching))

    @cached_property
    def cyclic(self) -> frozenset[int]:
        """The relations of pieces that have a cycle."""
        return frozenset(number for number, fits in zip(self.order, self.forest, strict=True) if not fits)


def shape(size: int, relations: Sequence[Parts]) -> Shape:
    """Return how ``relations`` over ``size`` figures hang together.

    >>> shape(3, [((1, 2), (0,), False)]).forest
    (True,)
    >>> shape(2, [((0,), (1,), False), ((1,), (0,), False)]).forest
    (False, False)
    """
    terms = tuple(tuple([(i, 1) for i in plus] + [(i, -1) for i in minus]) for plus, minus, _ in relations)
    touching: list[list[int]] = [[] for _ in range(size)]
    for number, found in enumerate(terms):
        for figure, _ in found:
            touching[figure].append(number)
    order: list[int] = []
    forest: list[bool] = []
    piece = [-1] * len(terms)
    count = 0
    for start in range(len(terms)):
        if piece[start] >= 0:
            continue
        piece[start] = count
        walk, seen, edges = [start], set[int](), 0
        for number in walk:  # the list grows while it is walked
            edges += len(terms[number])
            for figure, _ in terms[number]:
                if figure in seen:
                    continue
                seen.add(figure)
                for other in touching[figure]:
                    if piece[other] < 0:
                        piece[other] = count
                        walk.append(other)
        order += walk
        forest += [edges == len(seen) + len(walk) - 1] * len(walk)
        count += 1
    return Shape(terms, tuple(map(tuple, touching)), tuple(order), tuple(forest), tuple(piece))


def tied(of: Shape, fixed: Sequence[bool]) -> tuple[tuple[int, ...], ...]:
    """Return for each relation all of its piece, where figures that cannot move hold nothing together.

    Args:
        of: the shape of the plan.
        fixed: for each figure whether it allows one value only.

    >>> tied(shape(4, [((0,), (1,), False), ((1,), (2,), False), ((2,), (3,), False)]), [False, True, False, False])
    ((0,), (1, 2), (1, 2))
    """
    found: list[tuple[int, ...]] = [()] * len(of.terms)
    for start in range(len(of.terms)):
        if found[start]:
            continue
        walk, met, seen = [start], {start}, set[int]()
        for number in walk:  # the list grows while it is walked
            for figure, _ in of.terms[number]:
                if fixed[figure] or figure in seen:
                    continue
                seen.add(figure)
                for other in of.touching[figure]:
                    if other not in met:
                        met.add(other)
                        walk.append(other)
        whole = tuple(walk)
        for number in whole:
            found[number] = whole
    return tuple(found)
