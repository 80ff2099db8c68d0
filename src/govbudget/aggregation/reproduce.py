"""Every published total of a disclosure, added anew from the most detailed figures below it."""

from __future__ import annotations

import attrs

from govbudget.aggregation.codes import Codes
from govbudget.aggregation.figures import Book, Posted, book
from govbudget.aggregation.rows import Leaf
from govbudget.consistency import Grade, Known, grade_same
from govbudget.model import AXES, Coordinate, Disclosure


@attrs.frozen(kw_only=True)
class Reproduced:
    """A published total beside the sum of its leaves.

    Attributes:
        at: what the total is about.
        axis: the axis along which it was added.
        printed: the total as published.
        total: the sum of the leaves, with the range that their rounding allows.
        leaves: the figures that were added.
    """

    at: Coordinate
    axis: str
    printed: Known
    total: Known
    leaves: tuple[Leaf, ...] = attrs.field(repr=False)

    @property
    def grade(self) -> Grade:
        """Exact, within rounding, or violated: then some figure of the document is wrong."""
        return grade_same([self.printed, self.total])


def reproduce(disclosure: Disclosure) -> tuple[Reproduced, ...]:
    """Add every published total from its leaves, along each axis that it is divided on.

    Leaves here are those of one axis: a total of functional subjects is added from 项, a total of uses from the uses
    printed beside it. What is not divided has nothing to be added from and is not listed.

    >>> from govbudget.model import Organization, Scope, Stage
    >>> reproduce(Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT))
    ()
    """
    found = book(disclosure)
    rows = []
    for axis in AXES:
        for key in found.parts[axis]:
            leaves = _leaves(found, axis, key)
            own = found.posted[key]
            rows.append(
                Reproduced(
                    at=own.fact.at,
                    axis=axis,
                    printed=Known(own.fen, own.low, own.high),
                    total=Known(
                        *(sum(column) for column in zip(*((x.fen, x.low, x.high) for x in leaves), strict=True))
                    ),
                    leaves=tuple(
                        Leaf(organization=disclosure.organization.name, fact=leaf.fact, witness=leaf.witness)
                        for leaf in leaves
                    ),
                )
            )
    return tuple(rows)


def _leaves(found: Book, axis: str, key: Codes) -> list[Posted]:
    parts = found.parts[axis].get(key)
    if not parts:
        return [found.posted[key]]
    return [leaf for part in parts for leaf in _leaves(found, axis, part)]
