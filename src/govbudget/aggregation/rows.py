"""What totals are: values with money, range and the figures they were added from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_same
from govbudget.model import Fact, Flow, Stage
from govbudget.model.axes import Node
from govbudget.money import Amount, fen_to_money
from govbudget.place import Place

if TYPE_CHECKING:
    from moneyed import Money

Point = Node | Stage | Flow | str | int
"""Where a total stands on one axis: a node of its tree, a year, a stage, a flow or the name of a body."""

Key = tuple[Point, ...]


@attrs.frozen(kw_only=True)
class Leaf:
    """One printed figure that was added.

    Attributes:
        organization: the body whose disclosure prints it.
        fact: the fact and all that witness it.
        witness: which of the witnesses gave the number.
    """

    organization: str
    fact: Fact
    witness: int

    @property
    def amount(self) -> Amount:
        """The figure as printed."""
        return self.fact.witnesses[self.witness].amount

    @property
    def place(self) -> Place:
        """Where it is printed."""
        return self.fact.witnesses[self.witness].place


@attrs.frozen(kw_only=True)
class RollupRow:
    """One total.

    Attributes:
        key: where it stands on each axis rolled up.
        label: the names of its subjects and bodies as printed, empty for a total over all of them.
        fen: the total of the printed leaves in 分.
        low: the least exact total that the printed leaves allow.
        high: the greatest.
        leaves: the figures that were added.
        printed: the figure that is published for this very total, where there is one (over several disclosures:
            the sum, where each that has money there publishes one).
    """

    key: Key
    label: str
    fen: int
    low: int
    high: int
    leaves: tuple[Leaf, ...] = attrs.field(repr=False)
    printed: Known | None = None

    @property
    def money(self) -> Money:
        """The total as ``moneyed.Money`` in CNY, exact."""
        return fen_to_money(self.fen)

    @property
    def grade(self) -> Grade:
        """How the total of the leaves and the published figure fit; not tested where none is published."""
        if self.printed is None:
            return Grade(Verdict.NOT_TESTED)
        return grade_same([self.printed, Known(self.fen, self.low, self.high)])


@attrs.frozen(kw_only=True)
class Rollup:
    """Totals at every level of the axes, in the order of the trees.

    Attributes:
        by: the axes.
        rows: the totals.
        organizations: the bodies whose disclosures were added.
    """

    by: tuple[str, ...]
    rows: tuple[RollupRow, ...]
    organizations: tuple[str, ...] = ()
    _index: Mapping[Key, RollupRow] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_index", {row.key: row for row in self.rows})

    def row(self, *key: Point) -> RollupRow:
        """Return the total at ``key``, one point for each axis.

        Raises:
            KeyError: nothing is printed there.
        """
        return self._index[key]

    def __getitem__(self, key: Point | Key) -> Money:
        """Return the money at ``key`` (a bare node where there is one axis).

        Raises:
            KeyError: nothing is printed there.
        """
        return self._index[key if isinstance(key, tuple) else (key,)].money

    def __contains__(self, key: object) -> bool:
        return (key if isinstance(key, tuple) else (key,)) in self._index

    def __iter__(self) -> Iterator[RollupRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)
