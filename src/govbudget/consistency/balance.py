"""The values that would balance: what a figure could be if it, and those suspected with it, were left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govbudget.consistency.branch import Budget, Refuted, settle
from govbudget.consistency.certificate import Combination, combined
from govbudget.consistency.decide import core, telling
from govbudget.consistency.propagate import propagate
from govbudget.consistency.simplex import Simplex
from govbudget.consistency.system import Bound, System, replaced


def balancing(
    system: System, figure: int, *, with_open: Iterable[int] = (), without: Iterable[int] = ()
) -> tuple[Bound, Bound] | None:
    """Return the least and the largest value that ``figure`` could have.

    Args:
        system: the system.
        figure: the figure asked for; its own range is ignored.
        with_open: other figures whose range is ignored too.
        without: relations that are ignored.

    Returns:
        The two ends, ``None`` for an end that nothing bounds; ``None`` where no value would do, or none was found.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), (40, 10, 20), (40, 9, 20), (40, 11, 20))
    >>> balancing(given, 0), balancing(given, 2)
    ((29, 31), (29, 31))
    """
    opened = {figure, *with_open}
    bare = replaced(system, dict.fromkeys(opened))
    held = core(system.plan, opened - {figure}, without)  # what holds the figure itself is kept
    told = telling(bare, system, system.residuals, held, about=[figure])
    if system.plan.shape.cyclic.isdisjoint(told):
        carried = propagate(bare, told)  # on a forest two walks leave exactly what some solution takes
        return None if carried.certificate is not None else (carried.lows[figure], carried.highs[figure])
    table = Simplex(bare, told)
    if settle(table, Budget()) is not True:
        return None
    here = int(table.value[figure])
    if not any(number in held for number in bare.plan.shape.touching[figure]):
        return None, None
    far = 1 + abs(here) + 4 * system.reach
    return _end(bare, table, figure, here, -far), _end(bare, table, figure, here, far)


class Balance:
    """The ends of several figures that are all open at once: one table answers for all of them.

    Args:
        system: the system.
        opened: the figures.
        without: relations that are ignored.
    """

    def __init__(self, system: System, opened: Sequence[int], without: Sequence[int] = ()) -> None:
        self.system = system
        self.opened = opened
        self.without = frozenset(without)
        self.table: Simplex | None = None
        self.possible = True

    def ends(self, figure: int) -> tuple[Bound, Bound] | None:
        """Return what :func:`balancing` returns for one of the figures."""
        bare = replaced(self.system, dict.fromkeys(self.opened))
        if self.table is None:
            held = [number for number in range(len(bare.plan.relations)) if number not in self.without]
            self.table = Simplex(bare, telling(bare, self.system, self.system.residuals, held, about=self.opened))
            self.possible = settle(self.table, Budget()) is True
        if not self.possible or settle(self.table, Budget()) is not True:
            return None
        here = int(self.table.value[figure])
        far = 1 + abs(here) + 4 * self.system.reach
        return _end(bare, self.table, figure, here, -far), _end(bare, self.table, figure, here, far)


def _end(system: System, table: Simplex, figure: int, good: int, bad: int) -> Bound:
    """Narrow down the last value that is possible between one that is and one that no printed figures reach."""
    sign = 1 if bad > good else -1
    guess, last = bad, False
    far = bad
    while True:
        table.bound(figure, guess if sign > 0 else None, None if sign > 0 else guess)
        outcome = settle(table, Budget())
        table.bound(figure, None, None)
        if outcome is True:
            if guess == far:
                return None
            good = guess
            if last:  # all beyond is ruled out
                return good
        elif isinstance(outcome, Refuted):
            bad = guess
        else:
            return bad - sign  # left open: nothing beyond was possible
        if abs(bad - good) <= 1:
            return good
        nearer = _ruled_out(system, outcome, figure, sign) if isinstance(outcome, Refuted) else None
        if nearer is not None and (nearer - good) * sign <= 0:
            return good  # all beyond what is possible is ruled out
        last = nearer is not None and (bad - nearer) * sign > 0
        guess = nearer if last and nearer is not None else (good + bad) // 2


def _ruled_out(system: System, refuted: Refuted, figure: int, sign: int) -> int | None:
    if not isinstance(refuted.proof, Combination) or refuted.proof.modulus:
        return None
    sums = combined(refuted.proof.multipliers, system.plan.relations)
    times = sums.pop(figure, 0)
    if times * sign <= 0:
        return None
    rest = 0
    for other, coefficient in sums.items():
        end = system.lows[other] if coefficient > 0 else system.highs[other]
        if end is None:
            return None
        rest += coefficient * end
    # rest + times × figure ≤ 0 must be possible.
    return -rest // times if sign > 0 else -(-rest // -times)
