"""An exact simplex over figures and relations that keeps its state while ranges are opened and closed again.

The method is that of solvers for linear arithmetic: every relation gets a variable of its own that must be zero (or
at most zero); a table of equations writes some variables as sums of the others; a variable outside its range is
exchanged against one that can still move. If none can, that line of the table is the proof. All numbers are integers
or fractions; with coefficients −1, 0, 1 they hardly ever leave the integers.

A figure that allows one value only can never move, so the table leaves it out: what stands before it in a line
follows from the relations that the line sums up. Most figures of a budget printed in 元 and 分 are such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import lcm

from govbudget.consistency.system import Bound, System

Number = int | Fraction
_CALM = 2000  # exchanges that choose short lines and columns; after that Bland's rule, which always ends


class Conflict:
    """A sum of relations that is out of reach, and the ranges it leans on.

    Attributes:
        multipliers: integer multipliers of the relations.
        figures: the figures whose ranges it leans on.
    """

    __slots__ = ("figures", "multipliers")

    def __init__(self, multipliers: dict[int, int], figures: frozenset[int]) -> None:
        self.multipliers = multipliers
        self.figures = figures


class Simplex:
    """A table of the relations of a system.

    Figures have the numbers of the plan, the variable of a relation comes after them.

    Args:
        system: the system.
        relations: the relations to hold; all by default.
    """

    def __init__(self, system: System, relations: Sequence[int] | None = None) -> None:
        plan = system.plan
        self.size = plan.size
        self.shape = plan.shape
        chosen = range(len(plan.relations)) if relations is None else relations
        none: list[Bound] = [0] * len(plan.relations)
        self.low: list[Bound] = [*system.lows, *none]
        self.high: list[Bound] = [*system.highs, *none]
        ends = list(zip(system.values, system.lows, system.highs, strict=True))
        values = [
            low if low is not None and value < low else high if high is not None and value > high else value
            for value, low, high in ends
        ]
        self.left_out = [low is not None and low == high for _, low, high in ends]
        self.value: list[Number] = [*values, *[0] * len(plan.relations)]
        self.rows: dict[int, dict[int, Number]] = {}
        self.columns: defaultdict[int, set[int]] = defaultdict(set)
        for number in chosen:
            variable = self.size + number
            if plan.relations[number].at_most:
                self.low[variable] = None
            total = 0
            row: dict[int, Number] = {}
            for figure, sign in self.shape.terms[number]:
                total += sign * values[figure]
                if not self.left_out[figure]:
                    row[figure] = sign
                    self.columns[figure].add(variable)
            self.rows[variable] = row
            self.value[variable] = total
        self.bland = False
        self.whole = True  # as long as every number in the table is
        # What may be outside its range, the shortest line first: it fills the others least.
        self.queue = [(len(row), v) for v, row in self.rows.items() if self.value[v]]
        heapify(self.queue)

    def bound(self, variable: int, low: Bound, high: Bound) -> None:
        """Give a variable another range."""
        self.low[variable], self.high[variable] = low, high
        value = self.value[variable]
        if variable in self.rows:
            self._wait(variable)
            return
        fixed = low is not None and low == high
        if variable < self.size and self.left_out[variable] and not (fixed and value == low):
            self._take_in(variable)
        if low is not None and value < low:
            self._move(variable, low - value)
        elif high is not None and value > high:
            self._move(variable, high - value)
        if fixed and variable < self.size and not self.left_out[variable]:
            self._leave_out(variable)

    def _wait(self, basic: int) -> None:
        heappush(self.queue, (0 if self.bland else len(self.rows[basic]), basic))

    def _leave_out(self, figure: int) -> None:
        self.left_out[figure] = True
        for basic in self.columns.pop(figure, ()):
            del self.rows[basic][figure]

    def _take_in(self, figure: int) -> None:
        """Put a figure back into every line that sums up relations with it."""
        self.left_out[figure] = False
        rows, columns, holding = self.rows, self.columns, self.columns[figure]
        for number, sign in self.shape.signs[figure]:
            variable = self.size + number
            basics = (variable,) if variable in rows else columns.get(variable, ())
            for basic in basics:
                row = rows[basic]
                new = row.get(figure, 0) + (sign if basic == variable else -sign * row[variable])
                if new:
                    row[figure] = new if type(new) is int else _plain(new)
                    holding.add(basic)
                elif figure in row:
                    del row[figure]
                    holding.discard(basic)

    def solve(self) -> Conflict | None:
        """Bring every variable into its range; return why that cannot be, or ``None`` where it is done."""
        count, self.bland = 0, False
        low, high, value = self.low, self.high, self.value
        while self.queue:
            leaving = self.queue[0][1]
            if leaving not in self.rows:
                heappop(self.queue)
                continue
            least, most, here = low[leaving], high[leaving], value[leaving]
            if least is not None and here < least:
                target, rising = least, True
            elif most is not None and here > most:
                target, rising = most, False
            else:
                heappop(self.queue)
                continue
            entering = self._entering(self.rows[leaving], rising=rising)
            if entering is None:
                return self._explain(leaving, rising=rising)
            self._exchange(leaving, entering, target)
            count += 1
            if count == _CALM:
                self.bland = True
                self.queue = [(0, variable) for variable in sorted({variable for _, variable in self.queue})]
        return None

    def fractional(self) -> int | None:
        """Return the first figure whose value is not whole."""
        if self.whole:
            return None
        return min((v for v in self.rows if v < self.size and type(self.value[v]) is not int), default=None)

    def _entering(self, row: dict[int, Number], *, rising: bool) -> int | None:
        best, best_key = None, (0, 0)
        for variable, times in row.items():
            end = self.high[variable] if (times > 0) == rising else self.low[variable]
            if end is None or self.value[variable] != end:
                key = (0 if self.bland else len(self.columns[variable]), variable)
                if best is None or key < best_key:
                    best, best_key = variable, key
        return best

    def _move(self, variable: int, by: Number) -> None:
        value, rows = self.value, self.rows
        value[variable] = _plain(value[variable] + by)
        for basic in self.columns[variable]:
            times = rows[basic][variable]
            value[basic] = _plain(value[basic] + times * by)
            self._wait(basic)

    def _exchange(self, leaving: int, entering: int, target: int) -> None:
        row = self.rows.pop(leaving)
        times = row.pop(entering)
        self.whole = self.whole and -1 <= times <= 1
        by = _divided(target - self.value[leaving], times)
        columns, rows, value = self.columns, self.rows, self.value
        for variable in row:
            columns[variable].discard(leaving)
        # Solve the line for the entering variable; mostly its coefficient is −1 or 1.
        solved = row if times == -1 else {variable: _divided(-other, times) for variable, other in row.items()}
        if leaving < self.size and self.low[leaving] == self.high[leaving]:
            self.left_out[leaving] = True
        else:
            solved[leaving] = _divided(1, times)
        affected = columns.pop(entering)
        affected.discard(leaving)
        value[leaving] = target
        value[entering] = _plain(value[entering] + by)
        for basic in affected:
            line = rows[basic]
            factor = line.pop(entering)
            value[basic] = _plain(value[basic] + factor * by)
            for variable, other in solved.items():
                new = factor * other
                if variable not in line:
                    columns[variable].add(basic)
                else:
                    new += line[variable]
                    if not new:
                        del line[variable]
                        columns[variable].discard(basic)
                        continue
                line[variable] = new if type(new) is int else _plain(new)
        rows[entering] = solved
        for variable in solved:
            columns[variable].add(entering)
        for basic in (*affected, entering):
            self._wait(basic)

    def _explain(self, basic: int, *, rising: bool) -> Conflict:
        """The line reads basic − Σ times × variable = 0; its relation variables say which relations it sums up."""
        sign = 1 if rising else -1
        line = self._whole({basic: sign, **{v: -sign * t for v, t in self.rows[basic].items()}})
        return Conflict(
            self._scaled((v - self.size, -t) for v, t in line.items() if v >= self.size),
            frozenset(v for v in line if v < self.size),
        )

    def _whole(self, line: dict[int, Number]) -> dict[int, Number]:
        """Add the figures that are left out to a line, whose relation variables say which relations it sums up."""
        hidden: dict[int, Number] = {}
        for variable, times in line.items():
            if variable >= self.size:
                for figure, sign in self.shape.terms[variable - self.size]:
                    if self.left_out[figure]:
                        hidden[figure] = hidden.get(figure, 0) - sign * times
        return line | {figure: _plain(times) for figure, times in hidden.items() if times}

    def indivisible(self) -> tuple[Conflict, int] | None:
        """Return a line of the table that no whole numbers satisfy, with its modulus."""
        for basic, row in sorted(self.rows.items()):
            if type(self.value[basic]) is int:
                continue
            line = self._whole({basic: 1, **{v: -t for v, t in row.items()}})
            if any(v >= self.size and self.low[v] is None for v in line):
                continue
            scale = lcm(*(t.denominator for t in line.values()))
            whole = {v: int(t * scale) for v, t in line.items()}
            fixed, modulus = 0, 0
            for variable, times in whole.items():
                low = self.low[variable]
                if low is not None and low == self.high[variable]:
                    fixed += times * low
                else:
                    modulus = _gcd(modulus, times)
            if modulus and fixed % modulus:
                multipliers = {v - self.size: -t for v, t in whole.items() if v >= self.size}
                figures = frozenset(v for v, t in whole.items() if v < self.size and t % modulus)
                return Conflict(multipliers, figures), modulus
        return None

    @staticmethod
    def _scaled(found: Iterable[tuple[int, Number]]) -> dict[int, int]:
        multipliers = dict(found)
        scale = lcm(*(t.denominator for t in multipliers.values()))
        return {number: int(t * scale) for number, t in multipliers.items()}


def _gcd(one: int, other: int) -> int:
    while other:
        one, other = other, one % other
    return abs(one)


def _plain(value: Number) -> Number:
    return value if type(value) is int or value.denominator != 1 else value.numerator


def _divided(value: Number, by: Number) -> Number:
    if by == 1:
        return value
    return -value if by == -1 else _plain(Fraction(value) / by)
