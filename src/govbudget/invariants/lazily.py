"""Mappings whose values are made when somebody asks: words for every figure, of which few are ever told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
S = TypeVar("S")
V = TypeVar("V")


class Lazily(Mapping[K, V], Generic[K, S, V]):
    """What ``make`` makes of the values of another mapping, made anew whenever it is asked for.

    >>> squares = Lazily({"a": 3}, lambda number: number * number)
    >>> squares["a"], squares.get("b"), dict(squares)
    (9, None, {'a': 9})
    """

    def __init__(self, source: Mapping[K, S], make: Callable[[S], V]) -> None:
        self._source, self._make = source, make

    def __getitem__(self, key: K) -> V:
        return self._make(self._source[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self._source)

    def __len__(self) -> int:
        return len(self._source)
