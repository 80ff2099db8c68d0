"""Which printed figures make up a total: of each stretch of the trees those that cover it, each 分 once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import product

from govbudget.aggregation.codes import above, line_up
from govbudget.aggregation.divisions import SOME, Sketch

Where = tuple[str, ...]
"""Where a total stands: a word for each axis that is rolled up."""


class Cover:
    """The figures of one disclosure at one place of all other axes, and what covers each total along ``axes``.

    A printed figure is covered by the figures it is divided into, along the first of the axes along which it is
    divided; one that is not divided covers itself. A total that is not printed is covered by what stands next below
    it, along the first of the axes unless another holds more beyond all rounding: each is a sum of separate parts of
    it, so the larger one misses less.

    Args:
        axes: the axes.
        view: the printed figures, by where they stand on the axes.
        parts: for each axis the figures that are divided along it, and into which.
        published: whether a printed figure always covers itself.
    """

    def __init__(
        self,
        axes: Sequence[str],
        view: Mapping[Where, Sketch],
        parts: Mapping[str, Mapping[Where, Sequence[Where]]],
        *,
        published: bool = False,
    ) -> None:
        self._axes, self._view, self._parts, self._published = axes, view, parts, published
        self._below: dict[tuple[Where, int], dict[Where, None]] = {}
        self._memo: dict[Where, tuple[Where, ...]] = {}
        self.keys: dict[Where, None] = {}
        for key in view:
            for place in product(*(_reach(axis, code) for axis, code in zip(axes, key, strict=True))):
                if place not in self.keys:
                    self.keys[place] = None
                    self._link(place)

    def _link(self, key: Where) -> None:
        for index, axis in enumerate(self._axes):
            code = key[index]
            if code not in SOME.get(axis, ()):
                up = above(axis, code)
                if up is not None:
                    self._below.setdefault(((*key[:index], up, *key[index + 1 :]), index), {})[key] = None

    def of(self, key: Where) -> tuple[Where, ...]:
        """Return the figures that cover the total at ``key``."""
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = self._cover(key)
        return found

    def _cover(self, key: Where) -> tuple[Where, ...]:
        if key not in self._view:
            return self._from_below(key)
        if not self._published:
            for axis in self._axes:
                parts = self._parts[axis].get(key)
                if parts:
                    return tuple(leaf for part in parts for leaf in self.of(part))
        return (key,)

    def _from_below(self, key: Where) -> tuple[Where, ...]:
        options = []
        for index in range(len(self._axes)):
            below = self._below.get((key, index))
            if below:
                options.append(tuple(leaf for kid in below for leaf in self.of(kid)))
        return reduce(self._fuller, options) if options else ()

    def _fuller(self, first: tuple[Where, ...], other: tuple[Where, ...]) -> tuple[Where, ...]:
        view = self._view
        return other if sum(view[key].low for key in other) > sum(view[key].high for key in first) else first


def _reach(axis: str, code: str) -> Iterator[str]:
    """A word and what it adds up to: nothing for what is only some of it."""
    some = SOME.get(axis, frozenset())
    yield code
    for step in line_up(axis, code):
        if code in some:
            return
        yield step
        code = step
