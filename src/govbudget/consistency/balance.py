"""The values that would balance: what a figure could be if it, and those suspected with it, were left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from govbudget.consistency.branch import Budget, Refuted, settle
from govbudget.consistency.certificate import Combination, combined
from govbudget.consistency.decide import core, telling
from govbudget.consistency.propagate import propagate
from govbudget.consistency.relations import Known
from govbudget.consistency.simplex import Simplex
from govbudget.consistency.system import Bound, Relation, System, replaced


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
    ranges = bare.plan.relations, bare.lows, bare.highs
    return _end(*ranges, table, figure, here, -far), _end(*ranges, table, figure, here, far)


class Balance:
    """One table for many questions about a system: some figures other than printed, some relations ignored.

    Args:
        system: the system.
        opened: figures that may be anything, to begin with.
        without: relations that are ignored, to begin with.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> asked = Balance(System(Plan(3, (sum_of(0, [1, 2]),)), (40, 10, 20), (40, 9, 20), (40, 11, 20)), [0])
    >>> asked.stands(), asked.ends(0)
    (True, (29, 31))
    >>> asked.put({1: Known(20, 20, 20)})
    >>> asked.stands()
    True
    """

    def __init__(self, system: System, opened: Iterable[int] = (), without: Iterable[int] = ()) -> None:
        self.system = system
        relations = system.plan.relations
        # As in the table, the variable of a relation comes after the figures.
        self.low: list[Bound] = [*system.lows, *[None if relation.at_most else 0 for relation in relations]]
        self.high: list[Bound] = [*system.highs, *[0] * len(relations)]
        self.usual = tuple(self.low), tuple(self.high)
        self.changed: set[int] = set()
        self.stale: set[int] = set()
        self.table: Simplex | None = None
        self.put(dict.fromkeys(opened), without)

    def put(self, changes: Mapping[int, Known | None], without: Iterable[int] = ()) -> None:
        """Ask what follows with these figures instead of the printed ones; ``None`` leaves a figure open.

        Args:
            changes: the figures; all others are as printed again.
            without: the relations that are ignored; all others hold again.
        """
        size = self.system.plan.size
        wanted: dict[int, tuple[Bound, Bound]] = {
            figure: (None, None) if known is None else (known.low, known.high) for figure, known in changes.items()
        }
        wanted |= {size + number: (None, None) for number in without}
        lows, highs = self.usual
        for variable in self.changed - wanted.keys():
            self.low[variable], self.high[variable] = lows[variable], highs[variable]
            self.stale.add(variable)
        for variable, (low, high) in wanted.items():
            self.low[variable], self.high[variable] = low, high
        self.stale |= wanted.keys()
        self.changed = set(wanted)

    def stands(self) -> bool | None:
        """Whether everything can hold; ``None`` where the effort ran out."""
        outcome = settle(self._now(), Budget())
        return False if isinstance(outcome, Refuted) else outcome or None

    def ends(self, figure: int) -> tuple[Bound, Bound] | None:
        """Return what :func:`balancing` returns for one of the figures that are open."""
        table = self._now()
        if settle(table, Budget()) is not True:
            return None
        here = int(table.value[figure])
        reach = sum([abs(end) for v in self.changed for end in (self.low[v], self.high[v]) if end is not None])
        far = 1 + abs(here) + 4 * (self.system.reach + reach)
        relations = self.system.plan.relations
        below, above = self.wide(figure)
        return (
            _end(relations, self.low, self.high, table, figure, here, -far, below),
            _end(relations, self.low, self.high, table, figure, here, far, above),
        )

    def wide(self, figure: int) -> tuple[Bound, Bound]:
        """Return ends that no value of :meth:`ends` exceeds: what each relation of the figure allows by itself."""
        shape, size, lows, highs = self.system.plan.shape, self.system.plan.size, self.low, self.high
        below: Bound = None
        above: Bound = None
        for number in shape.touching[figure]:
            if highs[size + number] is None:
                continue  # ignored
            own = 1
            least: Bound = 0
            most: Bound = 0 if lows[size + number] == 0 else None
            for other, sign in shape.terms[number]:
                if other == figure:
                    own = sign
                    continue
                low, high = (lows[other], highs[other]) if sign > 0 else (highs[other], lows[other])
                least = None if least is None or low is None else least + sign * low
                most = None if most is None or high is None else most + sign * high
            # own × figure + the rest is zero, or at most zero
            bottom, top = (most, least) if own > 0 else (least, most)
            if bottom is not None and (below is None or -own * bottom > below):
                below = -own * bottom
            if top is not None and (above is None or -own * top < above):
                above = -own * top
        return below, above

    def fails(self, relation: int) -> bool:
        """Whether a relation cannot hold by itself; one with a figure that may be anything can."""
        lows, highs, at_most = self.low, self.high, self.system.plan.relations[relation].at_most
        least = most = 0
        for figure, sign in self.system.plan.shape.terms[relation]:
            low, high = lows[figure], highs[figure]
            if low is None or high is None:
                return False
            if sign > 0:
                least, most = least + low, most + high
            else:
                least, most = least - high, most - low
        return least > 0 or (most < 0 and not at_most)

    def _now(self) -> Simplex:
        if self.table is None:
            self.table = Simplex(self.system)
        table = self.table
        for variable in sorted(self.stale):
            low, high = self.low[variable], self.high[variable]
            if (table.low[variable], table.high[variable]) != (low, high):
                table.bound(variable, low, high)
        self.stale.clear()
        return table


def _end(
    relations: Sequence[Relation],
    lows: Sequence[Bound],
    highs: Sequence[Bound],
    table: Simplex,
    figure: int,
    good: int,
    far: int,
    most: Bound = None,
) -> Bound:
    """Narrow down the last value that is possible between one that is and one that no printed figures reach.

    Args:
        relations: the relations.
        lows: the ranges of the figures that are not asked for.
        highs: their other ends.
        table: the table that is asked.
        figure: the figure; it is open.
        good: a value that is possible.
        far: one so far out that only what nothing bounds comes there.
        most: where it is known that nothing beyond is possible, this end; it may be the last value itself.
    """
    sign = 1 if far > good else -1
    guess, bad, last = (far, far, False) if most is None else (most, most + sign, True)
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
        nearer = _ruled_out(relations, lows, highs, outcome, figure, sign) if isinstance(outcome, Refuted) else None
        if nearer is not None and (nearer - good) * sign <= 0:
            return good  # all beyond what is possible is ruled out
        last = nearer is not None and (bad - nearer) * sign > 0
        guess = nearer if last and nearer is not None else (good + bad) // 2


def _ruled_out(
    relations: Sequence[Relation],
    lows: Sequence[Bound],
    highs: Sequence[Bound],
    refuted: Refuted,
    figure: int,
    sign: int,
) -> int | None:
    if not isinstance(refuted.proof, Combination) or refuted.proof.modulus:
        return None
    sums = combined(refuted.proof.multipliers, relations)
    times = sums.pop(figure, 0)
    if times * sign <= 0:
        return None
    rest = 0
    for other, coefficient in sums.items():
        end = lows[other] if coefficient > 0 else highs[other]
        if end is None:
            return None
        rest += coefficient * end
    # rest + times × figure ≤ 0 must be possible.
    return -rest // times if sign > 0 else -(-rest // -times)
