"""A cube: the total of every combination of nodes of several axes, as plain integers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import attrs

from govbudget.aggregation.codes import LABELS, above, rank, word
from govbudget.aggregation.lattice import Nodes, Place, Tips, Up, cells, climb, nodes
from govbudget.aggregation.leafsums import leaf_sums
from govbudget.errors import GovBudgetError
from govbudget.model import AXES
from govbudget.model.axes import Node
from govbudget.money import fen_to_money

if TYPE_CHECKING:
    from moneyed import Money


@attrs.frozen(kw_only=True, eq=False)
class Cube(Mapping[Place, int]):
    """Totals in 分 by place: a word for each axis, the root of an axis ("" or "all") for all of it.

    A mapping of places to integers, in the order of the trees; a place where nothing was added is not in it, one
    where zeros were added is. Nodes of the model may be used for their words: ``cube["201", Fund.GENERAL]``.

    Attributes:
        by: the axes.
    """

    by: tuple[str, ...]
    _order: tuple[int, ...] = attrs.field(repr=False)
    _tips: Tips = attrs.field(repr=False)
    _axes: tuple[Nodes, ...] = attrs.field(repr=False)

    @classmethod
    def of(cls, by: Sequence[str], totals: Mapping[Place, int]) -> Self:
        """Make a cube of totals that are climbed already."""
        tips: Tips = {}
        index: dict[str, int] = {}
        for place, fen in totals.items():
            row = tips
            for code in place[:-1]:
                row = row.setdefault(code, {})
            row[place[-1]] = fen
            index.setdefault(place[-1], len(index))
        rows = (*[Nodes({}, ())] * (len(by) - 1), Nodes(index, ()))
        return cls(by=tuple(by), order=tuple(range(len(by))), tips=tips, axes=rows)

    def __getitem__(self, place: Node | str | tuple[Node | str, ...]) -> int:
        key = place if isinstance(place, tuple) else (place,)
        if len(key) != len(self.by):
            raise KeyError(place)
        found: Any = self._tips
        for at in self._order[:-1]:
            found = found[word(key[at])]
        last = word(key[self._order[-1]])
        if isinstance(found, dict):
            return int(found[last])
        fen: int = found[self._axes[-1].index[last]]
        if not fen:
            raise KeyError(place)
        return fen

    def __iter__(self) -> Iterator[Place]:
        return iter(sorted((place for place, _ in self._cells()), key=self._rank))

    def __len__(self) -> int:
        return sum(1 for _ in self._cells())

    def items(self) -> Any:
        """Return all places with their totals, in the order of the trees."""
        return dict(sorted(self._cells(), key=lambda cell: self._rank(cell[0]))).items()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self._cells()) == dict(other.items())

    __hash__ = None  # type: ignore[assignment]  # as any mapping

    def money(self, *place: Node | str) -> Money:
        """Return a total as ``moneyed.Money`` in CNY, exact.

        Raises:
            KeyError: nothing was added there.
        """
        return fen_to_money(self[place])

    def _cells(self) -> Iterator[tuple[Place, int]]:
        turn = [self._order.index(at) for at in range(len(self._order))]
        for place, fen in cells(self._tips, len(self._order) - 1, self._axes[-1].index):
            yield tuple(place[at] for at in turn), fen

    def _rank(self, place: Place) -> list[Any]:
        return [rank(axis, code) if axis in AXES else code for axis, code in zip(self.by, place, strict=True)]


def cube_of(
    items: Iterable[object], *, by: Sequence[str], amount: str = "fen", trees: Mapping[str, Up] | None = None
) -> Cube:
    """Total single amounts of money at every level of several axes.

    The items must be separate money, such as the entries of a ledger or the leaves of budgets: what stands at a node
    and what stands below it are added. (For the figures of disclosures, of which some are sums of others, there is
    :func:`govbudget.aggregation.cube`.)

    Args:
        items: any objects with attributes for the axes (texts, or members of the model's enumerations).
        by: the attributes: "functional", "economic", "fund", "use" … climb their trees; any other is only totalled
            as a whole, at "".
        amount: the attribute that holds the amount, an int in 分 or a Decimal in 元; ``"money.amount"`` of a Money.
        trees: for axes with trees of your own, the word above each word (None above the root).

    Raises:
        AmountError: an amount is neither int nor Decimal, or a sum is finer than 分.
        GovBudgetError: an item lacks an attribute.

    >>> from govbudget.testing import Leaf
    >>> from govbudget.model import Use
    >>> pay = Leaf(functional="2012950", use=Use.PERSONNEL, fen=300)
    >>> total = cube_of([pay, Leaf(functional="2012999", use=Use.PROJECT, fen=50)], by=("functional", "use"))
    >>> total["201", "all"], total["2012999", Use.PROJECT], total["", Use.BASIC]
    (350, 50, 300)
    """
    rows = items if isinstance(items, Sequence) else list(items)
    sums = leaf_sums(rows, by, amount)
    ways = ups(by, trees)
    axes = [nodes(found, ways[axis]) for axis, found in zip(sums.order, sums.words, strict=True)]
    return raised(by, sums.order, sums.tips, axes)


def raised(by: Sequence[str], order: Sequence[str], tips: Tips, axes: Sequence[Nodes]) -> Cube:
    """Make a cube of sums at the leaves."""
    places = tuple(by.index(axis) for axis in order)
    empty = not any(nodes.index for nodes in axes)
    return Cube(by=tuple(by), order=places, tips=tips if empty else climb(tips, axes), axes=tuple(axes))


def ups(by: Sequence[str], own: Mapping[str, Up] | None = None) -> dict[str, Up]:
    """Return for each axis what stands above its words.

    Raises:
        GovBudgetError: an axis is named twice, or there is none.
    """
    if not by or len(set(by)) < len(by):
        raise GovBudgetError("name each axis once", hint="by=('functional', 'use')")
    return {axis: (own or {}).get(axis) or _up(axis) for axis in by}


def _up(axis: str) -> Callable[[str], str | None]:
    if axis in AXES:
        return partial(above, axis)
    if axis in LABELS:
        return lambda _: None
    return lambda code: "" if code else None
