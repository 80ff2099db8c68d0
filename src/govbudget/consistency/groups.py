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
    touching, tied = system.plan.shape.touching, system.tied
    parts: list[tuple[list[int], set[int]]] = []
    for number in chosen:
        suspect = found.suspects[number]
        members = [number]
        # An open figure carries things between its relations, and a line between all of its figures.
        firsts = {tied[n][0] for figure in suspect.figures for n in touching[figure]}
        firsts.update([tied[n][0] for n in suspect.relations])
        apart: list[tuple[list[int], set[int]]] = []
        for others, reached in parts:
            if reached.isdisjoint(firsts):
                apart.append((others, reached))
            else:
                members, firsts = [*others, *members], reached | firsts
        parts = [*apart, (members, firsts)]
    found_groups = [
        Group(tuple(sorted(members)), frozenset().union(*[tied[first] for first in firsts]))
        for members, firsts in parts
    ]
    return tuple(sorted(found_groups, key=lambda group: group.members))
