"""The fewest figures whose correction lets everything else stand; all such sets, always in the same order.

Whatever cannot stand together must lose a member. So contradictions are collected, the relations violated by
themselves first; the smallest sets that hit them all are tried; a set that does not do gives the next contradiction.
Every set is accepted by the same exact decision that the check uses, so the two never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

import attrs

from govbudget.consistency.decide import grades, verdict_on
from govbudget.consistency.grade import Verdict
from govbudget.consistency.hitting import Search
from govbudget.consistency.suspects import Suspect, each_figure
from govbudget.consistency.system import System

MOST_SETS = 256
"""How many sets are listed before the answer says that there are more."""
MOST_QUESTIONS = 4000
"""How many sets are tried before the answer is left open."""


@attrs.frozen
class Localisation:
    """The smallest sets of suspects.

    Attributes:
        verdict: EXACT or ROUNDING where nothing is wrong, VIOLATED where something is, UNDECIDED where the effort
            ran out before one set was found.
        suspects: all that could be suspected.
        sets: the sets of the fewest suspects that let the rest stand, the least weight first; numbers of
            ``suspects``. Empty exactly where nothing is wrong, or no set of suspects would do.
        complete: whether ``sets`` is proved to hold all of them, and none smaller exists.
    """

    verdict: Verdict
    suspects: tuple[Suspect, ...]
    sets: tuple[tuple[int, ...], ...] = ()
    complete: bool = True

    def weight(self, chosen: Iterable[int]) -> int:
        """Return the weight of a set."""
        return sum(self.suspects[number].weight for number in chosen)

    @property
    def optima(self) -> tuple[tuple[int, ...], ...]:
        """The sets of the least weight."""
        least = min(map(self.weight, self.sets), default=0)
        return tuple(chosen for chosen in self.sets if self.weight(chosen) == least)

    @property
    def certain(self) -> tuple[int, ...]:
        """The suspects that are in every set; empty unless all sets are known."""
        return tuple(sorted(set.intersection(*map(set, self.sets)))) if self.sets and self.complete else ()

    def figures(self, chosen: Iterable[int]) -> tuple[int, ...]:
        """Return the figures of a set."""
        return tuple(sorted({figure for number in chosen for figure in self.suspects[number].figures}))

    def relations(self, chosen: Iterable[int]) -> tuple[int, ...]:
        """Return the relations that a set takes for incomplete."""
        return tuple(sorted({relation for number in chosen for relation in self.suspects[number].relations}))


def localise(
    system: System,
    suspects: Sequence[Suspect] | None = None,
    *,
    most_sets: int = MOST_SETS,
    most_questions: int = MOST_QUESTIONS,
    solver: bool | None = None,
) -> Localisation:
    """Find the fewest suspects whose correction makes everything consistent.

    Args:
        system: the system.
        suspects: what may be wrong; by default every figure by itself.
        most_sets: how many sets are listed.
        most_questions: how many sets may be tried, and a multiple of it looked at, in each connected piece.
        solver: what the exact method leaves open goes to OR-Tools if installed (``None``), never, or must.

    Raises:
        MissingExtra: ``solver`` is true and OR-Tools is not installed.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> plan = Plan(6, (sum_of(0, [1, 2]), sum_of(3, [4, 5]), sum_of(5, [0, 2])))
    >>> values = (30, 11, 20, 60, 10, 50)
    >>> found = localise(System(plan, values, values, values))
    >>> [found.figures(chosen) for chosen in found.sets]
    [(1,)]
    """
    if solver:
        from govbudget.consistency import solver as engine

        engine.demand()
    everyone = tuple(suspects) if suspects is not None else each_figure(system)
    found = grades(system)
    if not found.gaps:
        verdict = verdict_on(system, solver=solver)
        if verdict is not Verdict.VIOLATED:
            return Localisation(verdict, everyone, complete=verdict is not Verdict.UNDECIDED)
    complete, parts = True, []
    off = frozenset(n for n, residual in enumerate(found.residuals) if residual)
    for relations, members in _pieces(system, everyone):
        if not system.outside and off.isdisjoint(relations):
            continue  # as it is printed, nothing is wrong with this one
        search = Search(system, relations, members, everyone, most_questions, solver is not False)
        for number in found.gaps:
            if number in relations:
                search.note(frozenset(i for i, _ in system.plan.shape.terms[number]), (number,))
        sets, whole = search.smallest(most_sets)
        complete = complete and whole
        if not sets:  # no set would do, or none was found in time
            return Localisation(Verdict.VIOLATED if whole else Verdict.UNDECIDED, everyone, complete=whole)
        if sets != [()]:
            parts.append(sets)
    listed = list(islice(_joined(parts), most_sets + 1))
    complete = complete and len(listed) <= most_sets
    result = Localisation(Verdict.VIOLATED, everyone, complete=complete)
    ranked = sorted(listed[:most_sets], key=lambda chosen: (result.weight(chosen), chosen))
    return attrs.evolve(result, sets=tuple(ranked))


def _joined(parts: Sequence[Sequence[tuple[int, ...]]]) -> Iterator[tuple[int, ...]]:
    """What is wrong in one piece has nothing to do with the others: every choice goes with every other."""
    for chosen in product(*parts):
        yield tuple(sorted(number for some in chosen for number in some))


def _pieces(system: System, suspects: Sequence[Suspect]) -> list[tuple[list[int], list[int]]]:
    """Group the relations, and the suspects with them, so that no suspect lies in two groups."""
    shape = system.plan.shape
    leader = list(range(max(shape.piece, default=-1) + 1))

    def head(piece: int) -> int:
        while leader[piece] != piece:
            piece = leader[piece]
        return piece

    # All relations of a figure are in one piece.
    lies = [shape.piece[touching[0]] if touching else -1 for touching in shape.touching]
    homes: list[int] = []
    for suspect in suspects:
        if len(suspect.figures) == 1 and not suspect.relations:
            homes.append(lies[suspect.figures[0]])
            continue
        touched = {lies[figure] for figure in suspect.figures}.union([shape.piece[n] for n in suspect.relations])
        heads = sorted({head(piece) for piece in touched if piece >= 0})
        for other in heads[1:]:
            leader[other] = heads[0]
        homes.append(heads[0] if heads else -1)
    relations: dict[int, list[int]] = {}
    for number, piece in enumerate(shape.piece):
        relations.setdefault(head(piece), []).append(number)
    members: dict[int, list[int]] = {key: [] for key in relations}
    for number, home in enumerate(homes):
        if home >= 0:
            members[head(home)].append(number)
    return [(relations[key], members[key]) for key in sorted(relations)]
