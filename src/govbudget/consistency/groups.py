"""Suspects that have to do with each other: what is wrong with one group says nothing of another.

Figures that allow one value only carry nothing from one relation to the next. Where most figures are such, as where a
budget is printed in 元 and 分, a large piece falls into small groups, and the same group comes back in many sets.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.consistency.localise import Localisation
from govbudget.consistency.system import System


@attrs.frozen
class Group:
    """Some suspects of a set, and all relations that anything of them could be carried through.

    Attributes:
        members: the suspects, by number.
        relations: the relations.
    """

    members: tuple[int, ...]
    relations: frozenset[int]


def groups(system: System, found: Localisation, chosen: Sequence[int]) -> tuple[Group, ...]:
    """Divide a set of suspects into groups that share no relation, in the order of their first members.

    >>> from govbudget.consistency.localise import localise
    >>> from govbudget.consistency.system import Plan, sum_of
    >>> values = (3, 1, 1, 7, 5, 1)
    >>> given = System(Plan(6, (sum_of(0, [1, 2]), sum_of(3, [4, 5]))), values, values, values)
    >>> found = localise(given)
    >>> [group.members for group in groups(given, found, found.sets[0])]
    [(0,), (3,)]
    """
    shape = system.plan.shape
    opened = set(found.figures(chosen))
    parts: list[tuple[list[int], set[int]]] = []
    for number in chosen:
        suspect = found.suspects[number]
        start = {n for figure in suspect.figures for n in shape.touching[figure]}.union(suspect.relations)
        members = [number]
        whole = next((relations for _, relations in parts if start <= relations), None)
        reached = whole or _reached(system, opened, start)  # what leads on from there was walked already
        apart: list[tuple[list[int], set[int]]] = []
        for others, relations in parts:
            if relations.isdisjoint(reached):
                apart.append((others, relations))
            else:
                members, reached = [*others, *members], reached | relations
        parts = [*apart, (members, reached)]
    found_groups = [Group(tuple(sorted(members)), frozenset(relations)) for members, relations in parts]
    return tuple(sorted(found_groups, key=lambda group: group.members))


def _reached(system: System, opened: set[int], start: set[int]) -> set[int]:
    shape, values, lows, highs = system.plan.shape, system.values, system.lows, system.highs
    walk, reached, seen = list(start), set(start), set[int]()
    for number in walk:  # the list grows while it is walked
        for figure, _ in shape.terms[number]:
            if figure in seen or (figure not in opened and lows[figure] == values[figure] == highs[figure]):
                continue
            seen.add(figure)
            for other in shape.touching[figure]:
                if other not in reached:
                    reached.add(other)
                    walk.append(other)
    return reached
