"""Where a generator takes its choices from: Hypothesis, which shrinks them, or a seed, which any version repeats."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

T = TypeVar("T")


class Choices(Protocol):
    """A source of choices; the first option and the smallest number are the simplest."""

    def pick(self, options: Sequence[T]) -> T:
        """Choose one of several."""
        ...

    def number(self, low: int, high: int) -> int:
        """Choose a whole number between two, both included."""
        ...

    def maybe(self) -> bool:
        """Choose between no, which is simpler, and yes."""
        ...


class Drawn:
    """Choices that Hypothesis draws, and shrinks where a test fails."""

    def __init__(self, draw: DrawFn) -> None:
        from hypothesis import strategies

        self._draw, self._st = draw, strategies

    def pick(self, options: Sequence[T]) -> T:
        """Choose one of several."""
        return self._draw(self._st.sampled_from(options)) if len(options) > 1 else options[0]

    def number(self, low: int, high: int) -> int:
        """Choose a whole number between two."""
        return self._draw(self._st.integers(low, high))

    def maybe(self) -> bool:
        """Choose between no and yes."""
        return self._draw(self._st.booleans())


class Seeded:
    """Choices from a seed.

    >>> Seeded(7).number(0, 9) == Seeded(7).number(0, 9)
    True
    """

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(seed)

    def pick(self, options: Sequence[T]) -> T:
        """Choose one of several."""
        return options[int(self._random.random() * len(options))]

    def number(self, low: int, high: int) -> int:
        """Choose a whole number between two."""
        return self._random.randint(low, high)

    def maybe(self) -> bool:
        """Choose between no and yes."""
        return self._random.random() * 2 >= 1


class Plain:
    """No choices at all: always the simplest.

    >>> Plain().pick("abc"), Plain().number(3, 9), Plain().maybe()
    ('a', 3, False)
    """

    def pick(self, options: Sequence[T]) -> T:
        """Take the first."""
        return options[0]

    def number(self, low: int, high: int) -> int:
        """Take the smallest."""
        del high
        return low

    def maybe(self) -> bool:
        """Say no."""
        return False
