"""Names with a slip in them: a wrong, missing or doubled character, or a tail that was cut off."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Set
from functools import cache, lru_cache
from importlib import import_module
from itertools import islice, takewhile

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
    known = tuple(names)
    for name in _sharing(known, own, most):
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
    in_order = _in_order(known)
    cut = takewhile(lambda name: name.startswith(text), islice(in_order, bisect_left(in_order, text), None))
    return [(name, f"the last {len(name) - len(text)} characters are missing") for name in cut]


def _sharing(names: tuple[str, ...], characters: Set[str], most: int) -> Iterable[str]:
    """The names that may lack no more than ``most`` of the characters.

    Of any ``most`` + 1 characters such a name has one: so those are asked for that the fewest names have.
    """
    if len(characters) <= most:
        return names
    bearers = _bearers(names)
    rarest = sorted((bearers.get(character, ()) for character in characters), key=len)[: most + 1]
    return dict.fromkeys(name for some in rarest for name in some)


@lru_cache(maxsize=64)
def _in_order(names: tuple[str, ...]) -> list[str]:
    return sorted(names)


@lru_cache(maxsize=64)
def _bearers(names: tuple[str, ...]) -> dict[str, list[str]]:
    """The names that have a character, in the order in which they came."""
    found: dict[str, list[str]] = {}
    for name in names:
        for character in set(name):
            found.setdefault(character, []).append(name)
    return found


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
