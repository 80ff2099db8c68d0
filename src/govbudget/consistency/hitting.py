"""The search for the smallest sets that meet every contradiction of one connected piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from govbudget.consistency import solver as engine
from govbudget.consistency.branch import MOST_SPLITS, Budget, Refuted, settle
from govbudget.consistency.certificate import relations_of
from govbudget.consistency.simplex import Simplex
from govbudget.consistency.system import Plan, System, replaced


class Group(Protocol):
    """What one slip can spoil."""

    @property
    def figures(self) -> tuple[int, ...]:
        """The figures that would be wrong."""

    @property
    def relations(self) -> tuple[int, ...]:
        """The relations that would not be complete."""


class Search:
    """Contradictions found so far, as bit sets of suspects, and the table that finds more.

    Args:
        system: the system.
        relations: the relations of the piece.
        members: the suspects that lie in it.
        suspects: all suspects.
        questions: how many sets may be tried.
        ask_engine: whether what the exact method leaves open may go to a solver that is installed.
    """

    def __init__(
        self,
        system: System,
        relations: Sequence[int],
        members: Sequence[int],
        suspects: Sequence[Group],
        questions: int,
        ask_engine: bool,  # noqa: FBT001
    ) -> None:
        self.system = system
        self.kept = relations
        self.members = members
        self.suspects = suspects
        self.questions = questions
        self.steps = 8 * questions
        self.ask_engine = ask_engine
        self.sure = True
        self.conflicts: list[int] = []
        self.open: frozenset[int] = frozenset()
        self.table: Simplex | None = None
        self.of_figure: dict[int, int] = {}
        self.of_relation: dict[int, int] = {}
        for place, number in enumerate(members):
            for figure in suspects[number].figures:
                self.of_figure[figure] = self.of_figure.get(figure, 0) | 1 << place
            for relation in suspects[number].relations:
                self.of_relation[relation] = self.of_relation.get(relation, 0) | 1 << place

    def note(self, figures: Iterable[int], relations: Iterable[int]) -> int:
        """Remember a contradiction; return the suspects that could be behind it."""
        mask = 0
        for figure in figures:
            if figure not in self.open:  # an open figure leans on nothing; it may have been split all the same
                mask |= self.of_figure.get(figure, 0)
        for relation in relations:
            mask |= self.of_relation.get(relation, 0)
        self.conflicts.append(mask)
        return mask

    def smallest(self, most: int) -> tuple[list[tuple[int, ...]], bool]:
        """Return the smallest sets, at most so many, and whether they are proved to be all."""
        found: list[int] = []
        size = 0
        while not found:
            size = max(size, self._disjoint(self._unmet(0, 0)))
            if size > len(self.members) or 0 in self.conflicts:
                return [], self.sure
            for chosen in self._sets(0, 0, size):
                found.append(chosen)
                if len(found) > most:
                    break
            if self.questions <= 0 and not found:
                return [], False
            size += 1
        whole = self.sure and self.questions > 0 and len(found) <= most
        sets = [tuple(self.members[place] for place in _bits(chosen)) for chosen in found[:most]]
        return sets, whole

    def _sets(self, chosen: int, barred: int, size: int) -> Iterator[int]:
        """Yield the sets of ``size`` that hold ``chosen`` and nothing ``barred``, each once."""
        left = size - chosen.bit_count()
        self.steps -= 1
        if self.steps <= 0:
            self.questions = 0  # many errors at once: what was found so far is all that is said
            return
        while True:
            unmet = self._unmet(chosen, barred)
            if self._disjoint(unmet) > left:
                return
            if unmet:
                break
            if self.questions <= 0:
                return
            if self._stands(chosen):
                yield chosen
                return
        if not left:
            return
        for place in _bits(unmet[0]):
            yield from self._sets(chosen | 1 << place, barred, size)
            barred |= 1 << place

    def _unmet(self, chosen: int, barred: int) -> list[int]:
        """What is left of the contradictions that nothing chosen meets, the smallest first."""
        return sorted([m & ~barred for m in self.conflicts if not m & chosen], key=lambda m: (m.bit_count(), m))

    def _disjoint(self, unmet: Sequence[int]) -> int:
        """How many more suspects are needed at the least; very many where a contradiction cannot be met."""
        count = used = 0
        for mask in unmet:
            if not mask:
                return len(self.members) + 1
            if not mask & used:
                used |= mask
                count += 1
        return count

    def _stands(self, chosen: int) -> bool:
        """Try a set: open its figures and relations and decide; a contradiction is remembered."""
        self.questions -= 1
        groups = [self.suspects[self.members[place]] for place in _bits(chosen)]
        figures = frozenset(figure for group in groups for figure in group.figures)
        relations = frozenset(relation for group in groups for relation in group.relations)
        table = self._opened(figures, relations)
        outcome = settle(table, Budget(MOST_SPLITS // 4))
        if isinstance(outcome, Refuted):
            self.note(outcome.figures, relations_of(outcome.proof))
            return False
        answer: bool | None = True if outcome else None
        if answer is None and self.ask_engine and engine.available():
            answer = self._asked(figures, relations)
        if answer is None:
            self.sure = False
        if not answer:  # without a proof this rules out no more than the set and what lies in it
            self.conflicts.append(((1 << len(self.members)) - 1) & ~chosen)
        return bool(answer)

    def _asked(self, figures: frozenset[int], relations: frozenset[int]) -> bool | None:
        plan = Plan(
            self.system.plan.size, tuple(self.system.plan.relations[n] for n in self.kept if n not in relations)
        )
        system = System(plan, self.system.values, self.system.lows, self.system.highs, self.system.blanks)
        return engine.has_solution(replaced(system, dict.fromkeys(figures)))

    def _opened(self, figures: frozenset[int], relations: frozenset[int]) -> Simplex:
        if self.table is None:
            self.table = Simplex(self.system, self.kept)
        table, size = self.table, self.system.plan.size
        wanted = figures | {size + number for number in relations}
        for variable in sorted(self.open - wanted):
            if variable < size:
                table.bound(variable, self.system.lows[variable], self.system.highs[variable])
            else:
                table.bound(variable, None if self.system.plan.relations[variable - size].at_most else 0, 0)
        for variable in sorted(wanted - self.open):
            table.bound(variable, None, None)
        self.open = wanted
        return table


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
