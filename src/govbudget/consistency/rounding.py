"""What a printed figure says about the exact value behind it: half-up rounding and truncation.

A figure printed with a step (the exact value of one unit of its last digit) stands for a closed range of integers.
"""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.money.rounding import Mode, bounds


def ranges(values: Sequence[int], steps: Sequence[int] | int, mode: Mode = Mode.HALF_UP) -> tuple[list[int], list[int]]:
    """Return the lower and the upper bounds of many printed values at once.

    Args:
        values: the printed values.
        steps: the step of each of them, or one step for all.
        mode: how they were rounded.

    >>> ranges([300, 0], 100)
    ([250, -49], [349, 49])
    """
    if isinstance(steps, int):
        if steps <= 1:
            return list(values), list(values)
        out = steps - 1 if mode is Mode.TRUNCATION else (steps - 1) // 2
        inn = 0 if mode is Mode.TRUNCATION else steps // 2
        return (
            [v - inn if v > 0 else v - out for v in values],
            [v + inn if v < 0 else v + out for v in values],
        )
    pairs = [bounds(value, step, mode) for value, step in zip(values, steps, strict=True)]
    return [low for low, _ in pairs], [high for _, high in pairs]


def printed_value(exact: int, step: int, mode: Mode = Mode.HALF_UP) -> int:
    """Return what ``exact`` prints as.

    >>> printed_value(-250, 100), printed_value(-299, 100, Mode.TRUNCATION)
    (-300, -200)
    """
    if step <= 1:
        return exact
    lift = 0 if mode is Mode.TRUNCATION else step // 2
    # With an odd step there is no half; with an even one it goes away from zero.
    size = (abs(exact) + lift) // step * step
    return size if exact >= 0 else -size


def excess_digits(values: Sequence[int], steps: Sequence[int] | int) -> tuple[int, ...]:
    """Return the indexes of figures that show more digits than their step allows: a finding of its own.

    >>> excess_digits([300, 310], 100)
    (1,)
    """
    every = (steps,) * len(values) if isinstance(steps, int) else steps
    return tuple(i for i, (value, step) in enumerate(zip(values, every, strict=True)) if step > 1 and value % step)
