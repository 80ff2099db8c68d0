"""Faults of every kind, at places that a seed chooses."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from govbudget.model import Disclosure
from govbudget.testing.choices import Seeded
from govbudget.testing.spoil.missing import missing
from govbudget.testing.spoil.sentences import sentences
from govbudget.testing.spoil.slips import SINGLE, several, slips, table_units
from govbudget.testing.spoil.subjects import subjects
from govbudget.testing.spoil.truth import FaultKind, LabelledFault, Spot
from govbudget.testing.spoil.whole_lines import lines

_LINES = (FaultKind.SHIFTED_ROW, FaultKind.SWAPPED_COLUMNS, FaultKind.DUPLICATED_ROW, FaultKind.MISSING_ROW)
_SAID = (
    FaultKind.WRONG_AMOUNT,
    FaultKind.WRONG_RATE,
    FaultKind.WRONG_DIRECTION,
    FaultKind.WRONG_SUBJECT,
    FaultKind.LAST_YEARS_NUMBER,
)
_SUBJECTS = (FaultKind.OTHER_EDITION, FaultKind.WRONG_PARENT, FaultKind.WRONG_NAME)


def faults(
    disclosure: Disclosure,
    *,
    kinds: Sequence[FaultKind | str] = tuple(FaultKind),
    each: int | None = 1,
    seed: int = 0,
) -> Iterator[LabelledFault]:
    """Yield variants of a disclosure with one fault each (or two or three), with the truth.

    Args:
        disclosure: a disclosure that holds together.
        kinds: the kinds of fault to make, as values or by name.
        each: how many of each kind, at places that the seed chooses; ``None`` for one at every place.
        seed: the same seed makes the same faults.

    >>> from govbudget.model import Use
    >>> from govbudget.testing import Leaf, publish
    >>> made = publish([Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=125_98_00_00)])
    >>> [fault.kind.value for fault in faults(made, kinds=["sign", "missing table"])]
    ['sign', 'missing table']
    """
    for kind in map(FaultKind, kinds):
        choices = Seeded(f"{seed} {kind.value}")
        spots = _spots(disclosure, kind, choices)
        if each is not None:
            random.Random(f"{seed} {kind.value}").shuffle(spots)
        count = 0
        for spot in spots:
            fault = spot()
            if fault is not None and fault.disclosure != disclosure:
                yield fault
                count += 1
            if count == each:
                break


def _spots(disclosure: Disclosure, kind: FaultKind, choices: Seeded) -> list[Spot]:
    if kind in SINGLE:
        return slips(disclosure, kind, choices)
    if kind in _LINES:
        return lines(disclosure, kind)
    if kind in (FaultKind.DOUBLE, FaultKind.TRIPLE):
        return several(disclosure, kind, choices)
    if kind is FaultKind.TABLE_UNIT:
        return table_units(disclosure)
    if kind in _SAID:
        return sentences(disclosure, kind, choices)
    if kind in _SUBJECTS:
        return subjects(disclosure, kind, choices)
    return missing(disclosure, kind)
