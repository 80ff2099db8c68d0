"""Which printed figures make up a total: of each stretch of the trees those that cover it, each 分 once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import product

from govbudget.aggregation.codes import PLACE_OF, Codes, above, line_up
from govbudget.aggregation.divisions import SOME
from govbudget.aggregation.figures import Book

Where = tuple[str, ...]
"""Where a total stands: a word for each axis that is rolled up."""


class Cover:
    """The figures of one book at one place of all other axes, and what covers each total along ``axes``.

    A printed figure is covered by the figures it is divided into, along the first of the axes along which it is
    divided; one that is not divided covers itself. A total that is not printed is covered by what stands next below
    it, along the first of the axes unless another holds more beyond all rounding: each is a sum of separate parts of
    it, so the larger one misses less.
    """

    def __init__(self, book: Book, axes: Sequence[str], view: Mapping[Where, Codes], *, published: bool) -> None:
        self._book, self._axes, self._view, self._published = book, axes, view, published
        self._below: dict[tuple[Where, int], dict[Where, None]] = {}
        self._memo: dict[Where, tuple[Codes, ...]] = {}
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

    def of(self, key: Where) -> tuple[Codes, ...]:
        """Return the figures that cover the total at ``key``."""
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = self._cover(key)
        return found

    def _cover(self, key: Where) -> tuple[Codes, ...]:
        printed = self._view.get(key)
        if printed is None:
            return self._from_below(key)
        if not self._published:
            for axis in self._axes:
                parts = self._book.parts[axis].get(printed)
                if parts:
                    return tuple(leaf for part in parts for leaf in self.of(self._place(part)))
        return (printed,)

    def _from_below(self, key: Where) -> tuple[Codes, ...]:
        options = []
        for index in range(len(self._axes)):
            below = self._below.get((key, index))
            if below:
                options.append(tuple(leaf for kid in below for leaf in self.of(kid)))
        return reduce(self._fuller, options) if options else ()

    def _fuller(self, first: tuple[Codes, ...], other: tuple[Codes, ...]) -> tuple[Codes, ...]:
        posted = self._book.posted
        return other if sum(posted[c].low for c in other) > sum(posted[c].high for c in first) else first

    def _place(self, codes: Codes) -> Where:
        return tuple(codes[PLACE_OF[axis]] for axis in self._axes)


def _reach(axis: str, code: str) -> Iterator[str]:
    """A word and what it adds up to: nothing for what is only some of it."""
    some = SOME.get(axis, frozenset())
    yield code
    for step in line_up(axis, code):
        if code in some:
            return
        yield step
        code = step
