"""Names with a slip in them: a wrong, missing or doubled character, or a tail that was cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module

_CUT = 6  # a cut-off name must keep at least so many characters


def near(names: Iterable[str], text: str) -> list[tuple[str, str]]:
    """Return the known names that ``text`` may be a slip of, the nearest first, and what differs.

    One character in five may be wrong, three at most, and only the nearest names are kept.

    >>> near(["事业运行", "行政运行", "社会保障缴费"], "事业运仃")
    [('事业运行', '1 of 4 characters differs')]
    """
    most = min(3, max(1, len(text) // 5))
    own = set(text)
    found: list[tuple[int, str]] = []
    if len(text) < 4:
        return []
    for name in names:
        if abs(len(name) - len(text)) <= most and len(own.difference(name)) <= most:
            apart = distance(name, text, most)
            if apart <= most:
                found.append((apart, name))
    if found:
        best = min(found)[0]
        verb = "differs" if best == 1 else "differ"
        return [(name, f"{best} of {len(name)} characters {verb}") for apart, name in sorted(found) if apart == best]
    if len(text) < _CUT:
        return []
    cut = sorted(name for name in names if name.startswith(text))
    return [(name, f"the last {len(name) - len(text)} characters are missing") for name in cut]


def distance(one: str, other: str, most: int) -> int:
    """Count the changes of one character that lead from one text to the other, up to ``most`` + 1.

    rapidfuzz counts them if it is installed.

    >>> distance("养老保险缴费", "养老保险费", 2)
    1
    """
    fast = _rapidfuzz()
    return _distance(one, other, most) if fast is None else fast(one, other, most)


@cache
def _rapidfuzz() -> Callable[[str, str, int], int] | None:
    try:
        levenshtein = import_module("rapidfuzz.distance.Levenshtein")
    except ImportError:
        return None
    return lambda one, other, most: int(levenshtein.distance(one, other, score_cutoff=most))


def _distance(one: str, other: str, most: int) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
