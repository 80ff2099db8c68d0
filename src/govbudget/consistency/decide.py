"""Could any exact values produce everything that is printed? And if not, the proof.

Relations by themselves first, then bounds carried through all of them (the last word on a forest), then an exact
simplex with splits for whole numbers; only what that leaves open goes to a solver, where one is installed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import compress

import attrs

from govbudget.consistency.branch import Budget, Refuted, settle
from govbudget.consistency.certificate import (
    Certificate,
    Combination,
    Kind,
    gap_of,
    linear,
    relations_of,
)
from govbudget.consistency.checked import Checked
from govbudget.consistency.grade import Verdict
from govbudget.consistency.propagate import propagate
from govbudget.consistency.shape import Shape
from govbudget.consistency.simplex import Simplex
from govbudget.consistency.system import Plan, System, incomplete, replaced


@attrs.frozen
class Decision:
    """Whether a system has a solution.

    Attributes:
        verdict: EXACT where the printed values are one, ROUNDING where other values that print so are,
            VIOLATED where there is none, UNDECIDED where the effort ran out.
        certificate: the proof, where there is none.
    """

    verdict: Verdict
    certificate: Certificate | None = None


@attrs.frozen
class Check:
    """Everything a system says about itself.

    Attributes:
        grades: every relation by itself.
        verdict: all of them together.
        violations: a certificate for each relation violated by itself, then for what is violated only jointly;
            with the figures of all of them left open, the rest has a solution.
    """

    grades: Checked
    verdict: Verdict
    violations: tuple[Certificate, ...]


def decide(system: System, *, solver: bool | None = None, splits: int | None = None) -> Decision:
    """Decide whether any exact values fit every range and every relation.

    Args:
        system: the system.
        solver: what the exact method leaves open goes to OR-Tools if that is installed (``None``), never
            (``False``), or must (``True``).
        splits: how many ranges the exact method may split.

    Raises:
        MissingExtra: ``solver`` is true and OR-Tools is not installed.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> half = lambda values: ([2 * v for v in values], [2 * v - 1 for v in values], [2 * v + 1 for v in values])
    >>> plan = Plan(6, (sum_of(2, [0, 1]), sum_of(5, [2, 3, 4])))
    >>> given = System(plan, *map(tuple, half([1, 1, 3, 2, 2, 9])))
    >>> [grade.verdict.value for grade in grades(given)]
    ['rounding', 'rounding']
    >>> decide(given).verdict
    <Verdict.VIOLATED: 'violated'>
    """
    found = first_decision(system, solver=solver, splits=splits)
    if found.certificate is None:
        return found
    return attrs.evolve(found, certificate=Refuter(system).shrink(found.certificate))


def verdict_on(system: System, *, solver: bool | None = None, without: Iterable[int] = ()) -> Verdict:
    """Return the verdict of :func:`decide`, without the work of making its certificate minimal.

    Args:
        system: the system.
        solver: as for :func:`decide`.
        without: relations that need not hold.
    """
    return first_decision(system, solver=solver, without=without).verdict


def first_decision(
    system: System, *, solver: bool | None = None, splits: int | None = None, without: Iterable[int] = ()
) -> Decision:
    """Decide as :func:`decide` does, with the first certificate that comes: making it minimal takes longer."""
    if solver:
        from govbudget.consistency import solver as engine

        engine.demand()
    found, gone = grades(system), frozenset(without)
    gaps = found.gaps.keys() - gone
    if gaps:
        return Decision(Verdict.VIOLATED, linear({min(gaps): 1}, system))
    if _as_printed(system, found, gone):
        return Decision(Verdict.EXACT)
    held = telling(system, system, found.residuals, core(system.plan, _open(system), gone))
    forest = system.plan.shape.cyclic.isdisjoint(held)
    # Where there are cycles most documents stand all the same, and the table alone says so.
    outcome = False if forest else settle(Simplex(system, held), Budget() if splits is None else Budget(splits))
    if outcome is True:
        return Decision(Verdict.ROUNDING)
    carried = propagate(system, held)
    if carried.certificate is not None:
        return Decision(Verdict.VIOLATED, carried.certificate)
    if forest:
        return Decision(Verdict.ROUNDING)
    if isinstance(outcome, Refuted):
        return Decision(Verdict.VIOLATED, certified(outcome, system))
    if solver is not False:
        from govbudget.consistency import solver as engine

        answer = engine.has_solution(incomplete(system, gone)) if engine.available() else None
        if answer is not None:
            return Decision(Verdict.ROUNDING if answer else Verdict.VIOLATED)
    return Decision(Verdict.UNDECIDED)


def check(system: System, *, solver: bool | None = None) -> Check:
    """Check every relation by itself and all of them together.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), (4, 1, 1), (4, 1, 1), (4, 1, 1))
    >>> [violation.gap for violation in check(given).violations]
    [2]
    """
    found = grades(system)
    refuter = Refuter(system)
    singles = [refuter.shrink(linear({number: 1}, system)) for number in found.violated]
    violations = list({(c.figures, c.relations): c for c in singles}.values())
    rest = _without(system, violations)
    while True:
        decision = first_decision(rest, solver=solver)
        if decision.certificate is None:
            break
        violations.append(refuter.shrink(decision.certificate))
        rest = _without(rest, violations[-1:])
    verdict = Verdict.VIOLATED if violations else decision.verdict
    return Check(found, verdict, tuple(violations))


def witness(system: System) -> tuple[int, ...] | None:
    """Return exact values that fit every range and relation, or ``None`` where none were found.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> witness(System(Plan(3, (sum_of(0, [1, 2]),)), (3, 1, 1), (3, 1, 1), (3, 2, 2)))
    (3, 2, 1)
    """
    table = Simplex(system)
    if settle(table, Budget()) is not True:
        return None
    return tuple(int(value) for value in table.value[: system.plan.size])


def grades(system: System) -> Checked:
    """Grade every relation by itself; with an unbounded figure a relation is never violated by itself."""
    lows, highs = system.lows, system.highs
    if None not in lows and None not in highs:
        return system.plan.check(system.values, lows, highs)  # type: ignore[arg-type]
    # Beyond this no sum of the bounded figures can reach.
    far = 1 + system.reach + sum(map(abs, system.values))
    return system.plan.check(
        system.values,
        [-far if low is None else low for low in lows],
        [far if high is None else high for high in highs],
    )


def certified(refuted: Refuted, system: System) -> Certificate:
    """Return the certificate of a refutation."""
    proof = refuted.proof
    if isinstance(proof, Combination) and not proof.modulus:
        return linear(dict(proof.multipliers), system)
    figures = tuple(i for i in sorted(refuted.figures) if (system.lows[i], system.highs[i]) != (None, None))
    gap = gap_of(
        proof,
        system.plan.relations,
        {i: system.lows[i] for i in figures},
        {i: system.highs[i] for i in figures},
    )
    return Certificate(Kind.INTEGER, figures, tuple(sorted(relations_of(proof))), proof, gap)


class Refuter:
    """Refutes by some figures alone, all others being open; the table stays from one question to the next.

    Args:
        system: the system.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.kept: frozenset[int] = frozenset()
        self.table: Simplex | None = None

    def refute(self, keep: Iterable[int]) -> Certificate | None:
        """Return a certificate that names figures of ``keep`` only, or ``None`` if none is found."""
        system, kept = self.system, frozenset(keep)
        shape, gone = system.plan.shape, set[int]()
        _take_up(shape, [0 if figure in kept else count for figure, count in enumerate(shape.degrees)], gone)
        if len(gone) == len(shape.terms):
            return None
        if self.table is None:
            self.table = Simplex(replaced(system, dict.fromkeys(range(system.plan.size))))
        for figure in sorted(self.kept - kept):
            self.table.bound(figure, None, None)
        for figure in sorted(kept - self.kept):
            self.table.bound(figure, system.lows[figure], system.highs[figure])
        self.kept = kept
        outcome = settle(self.table, Budget())
        if not isinstance(outcome, Refuted):
            return None
        # A figure that is only split, and open otherwise, is no witness.
        return certified(Refuted(outcome.proof, outcome.figures & kept), system)

    def shrink(self, certificate: Certificate) -> Certificate:
        """Leave out one figure after the other, as long as the rest still cannot be right."""
        wanted = list(certificate.figures)
        place = 0
        while place < len(wanted):
            fewer = self.refute(wanted[:place] + wanted[place + 1 :])
            if fewer is None:
                place += 1
                continue
            certificate = fewer
            # What was shown to be needed is in every refutation, so it stays in front.
            wanted = [figure for figure in wanted if figure in fewer.figures]
        return attrs.evolve(certificate, irreducible=True)


def core(plan: Plan, opened: Collection[int], without: Iterable[int] = ()) -> list[int]:
    """Return the relations that can matter: not those that an open figure of theirs alone takes up.

    Args:
        plan: the plan.
        opened: the figures that may be anything.
        without: relations that are left out from the start.
    """
    shape, gone = plan.shape, set(without)
    held = [0] * plan.size
    for figure in opened:
        held[figure] = shape.degrees[figure]
    for number in gone:
        for figure, _ in shape.terms[number]:
            held[figure] -= 1
    _take_up(shape, held, gone)
    return [number for number in range(len(shape.terms)) if number not in gone]


def _take_up(shape: Shape, held: list[int], gone: set[int]) -> None:
    """Add to ``gone`` the relations that open figures take up.

    Args:
        shape: the shape of the plan.
        held: in how many relations that are left each open figure is; 0 or less for the others.
        gone: the relations that are left out.
    """
    terms, touching = shape.terms, shape.touching
    queue = [figure for figure, count in enumerate(held) if count == 1]
    while queue:
        for number in touching[queue.pop()]:
            if number in gone:
                continue
            gone.add(number)
            for other, _ in terms[number]:
                left = held[other] = held[other] - 1  # of figures that are not open it is never 1
                if left == 1:
                    queue.append(other)


def telling(
    system: System,
    base: System,
    residuals: Sequence[int],
    held: Sequence[int],
    about: Iterable[int] = (),
) -> list[int]:
    """Return the relations that can still fail where none fails by itself.

    Where an open figure of a relation is in no other, it takes up whatever the rest comes to. What the printed values
    fit they may keep, unless it shares a figure that can move with something that they do not fit.

    Args:
        system: the system.
        base: the system it comes from, by leaving figures open; it remembers what was asked before.
        residuals: what its values leave of each relation.
        held: the relations to look at; those that open figures take up are left out already.
        about: figures whose relations are kept in any case.
    """
    plan, values = system.plan, system.values
    ends = list(zip(values, system.lows, system.highs, strict=True))
    kept = set(held)
    off = {n for n in compress(held, [residuals[n] for n in held]) if residuals[n] > 0 or not plan.relations[n].at_most}
    for figure in (*base.outside, *about):
        off.update(plan.shape.touching[figure])
    walk = list(off & kept)
    reached = set(walk)
    seen: set[int] = set()
    for number in walk:  # the list grows while it is walked
        for figure, _ in plan.shape.terms[number]:
            value, low, high = ends[figure]
            if figure in seen or low == value == high:
                continue
            seen.add(figure)
            for other in plan.shape.touching[figure]:
                if other in kept and other not in reached:
                    reached.add(other)
                    walk.append(other)
    return [number for number in held if number in reached]


def _open(system: System) -> list[int]:
    """The figures that may be anything."""
    return [i for i, ends in enumerate(zip(system.lows, system.highs, strict=True)) if ends == (None, None)]


def _as_printed(system: System, found: Checked, gone: Collection[int]) -> bool:
    off = [n for n, residual in enumerate(found.residuals) if residual and n not in gone]
    if any(found.residuals[n] > 0 or not system.plan.relations[n].at_most for n in off):
        return False
    return all(
        (low is None or low <= value) and (high is None or value <= high)
        for value, low, high in zip(system.values, system.lows, system.highs, strict=True)
    )


def _without(system: System, certificates: Iterable[Certificate]) -> System:
    return replaced(system, {figure: None for found in certificates for figure in found.figures})
