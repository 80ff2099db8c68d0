"""The fast check of every relation by itself: one pass over the values, ranges only where the values do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from operator import itemgetter, sub
from typing import Any

import attrs

from govbudget.consistency.grade import Grade, Verdict

Parts = tuple[tuple[int, ...], tuple[int, ...], bool]
Pick = Callable[[Sequence[int]], Any]

_EXACT = Grade(Verdict.EXACT)


@attrs.frozen
class Checked:
    """What came of checking every relation of a plan by itself.

    Attributes:
        residuals: Σ plus − Σ minus of the printed values, by relation.
        gaps: for each violated relation the least distance by which the ranges miss each other.
        relations: the relations.
    """

    residuals: Sequence[int]
    gaps: Mapping[int, int]
    relations: Sequence[Parts]

    @property
    def violated(self) -> tuple[int, ...]:
        """The relations that no exact values can fit."""
        return tuple(sorted(self.gaps))

    def grade(self, relation: int) -> Grade:
        """Return the grade of one relation."""
        residual = self.residuals[relation]
        if relation in self.gaps:
            return Grade(Verdict.VIOLATED, residual, self.gaps[relation])
        if not residual:
            return _EXACT
        fits = residual < 0 and self.relations[relation][2]
        return Grade(Verdict.EXACT if fits else Verdict.ROUNDING, residual)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict on each relation."""
        return tuple(self.grade(number).verdict for number in range(len(self.residuals)))

    def __iter__(self) -> Iterator[Grade]:
        return (self.grade(number) for number in range(len(self.residuals)))

    def __len__(self) -> int:
        return len(self.residuals)


@attrs.frozen(eq=False)
class Compiled:
    """Relations sorted by length, each length as columns of figures: the interpreter's own loops add them up.

    Attributes:
        relations: the relations, in the order of the plan.
        columns: for each length, the picks of the first parts, of the second ones and so on, then of the totals.
        long: picks and totals of sums too long for columns, and relations with other signs as they are.
        order: the pick that puts the results into the order of the plan.
    """

    relations: Sequence[Parts]
    columns: Sequence[Sequence[Pick]]
    long: Sequence[tuple[Pick, int]]
    others: Sequence[Parts]
    order: Pick

    def check(self, values: Sequence[int], lows: Sequence[int], highs: Sequence[int]) -> Checked:
        """Grade every relation."""
        found: list[int] = []
        for *parts, totals in self.columns:
            if len(parts) == 1:
                found += map(sub, parts[0](values), totals(values))
            else:
                found += map(sub, map(sum, zip(*[pick(values) for pick in parts], strict=True)), totals(values))
        found += [sum(pick(values)) - values[total] for pick, total in self.long]
        found += [_residual(relation, values) for relation in self.others]
        residuals = self.order(found)
        return Checked(residuals, _gaps(self.relations, residuals, lows, highs), self.relations)


def check_once(relations: Sequence[Parts], values: Sequence[int], lows: Sequence[int], highs: Sequence[int]) -> Checked:
    """Grade every relation without preparing anything: preparing costs about as much as two checks.

    >>> check_once([((1, 2), (0,), False)], [3, 1, 1], [3, 1, 1], [3, 1, 1]).gaps
    {0: 1}
    """
    residuals = []
    for plus, minus, _ in relations:
        total = 0
        for i in plus:
            total += values[i]
        for i in minus:
            total -= values[i]
        residuals.append(total)
    return Checked(residuals, _gaps(relations, residuals, lows, highs), relations)


def _residual(relation: Parts, values: Sequence[int]) -> int:
    plus, minus, _ = relation
    total = 0
    for i in plus:
        total += values[i]
    for i in minus:
        total -= values[i]
    return total


def _gaps(
    relations: Sequence[Parts], residuals: Sequence[int], lows: Sequence[int], highs: Sequence[int]
) -> dict[int, int]:
    """Look at the ranges where the values do not fit."""
    gaps: dict[int, int] = {}
    for number in compress(range(len(residuals)), residuals):
        plus, minus, at_most = relations[number]
        if residuals[number] > 0:
            least = sum([lows[i] for i in plus]) - sum([highs[i] for i in minus])
            if least > 0:
                gaps[number] = least
        elif not at_most:
            most = sum([highs[i] for i in plus]) - sum([lows[i] for i in minus])
            if most < 0:
                gaps[number] = -most
    return gaps


_LONGEST = 12


def compiled(relations: Sequence[Parts]) -> Compiled:
    """Prepare relations for checking many documents.

    >>> compiled([((1, 2), (0,), False)]).check([3, 1, 1], [3, 1, 1], [3, 1, 1]).gaps
    {0: 1}
    """
    by_length: dict[int, list[int]] = {}
    for number, (plus, minus, _) in enumerate(relations):
        by_length.setdefault(len(plus) if len(minus) == 1 and plus else 0, []).append(number)
    columns: list[Sequence[Pick]] = []
    places: list[int] = []
    long: list[int] = []
    others = by_length.pop(0, [])
    for length, numbers in by_length.items():
        if length > _LONGEST or (len(numbers) == 1 and length > 1):
            long += numbers
        elif len(numbers) == 1:  # a pick of one figure would give a number, not a tuple
            others += numbers
        else:
            columns.append(
                [itemgetter(*[relations[n][0][at] for n in numbers]) for at in range(length)]
                + [itemgetter(*[relations[n][1][0] for n in numbers])]
            )
            places += numbers
    places += long + others
    back = sorted(range(len(places)), key=places.__getitem__)
    return Compiled(
        relations=relations,
        columns=columns,
        long=[(itemgetter(*relations[n][0]), relations[n][1][0]) for n in long],
        others=[relations[n] for n in others],
        order=itemgetter(*back) if len(back) > 1 else tuple,
    )
