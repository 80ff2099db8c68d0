"""Sums at the leaves, from objects: one loop written for the attributes at hand, the small axes outermost.

The dicts of the small axes stay in the cache of the machine, and the long axis is a list: twice as fast as the dict
that one would write by hand in the order of the attributes.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from decimal import Context, Decimal, Inexact, localcontext
from functools import lru_cache
from keyword import iskeyword
from operator import attrgetter
from typing import Any

import attrs

from govbudget.aggregation.lattice import Tips
from govbudget.errors import AmountError, GovBudgetError
from govbudget.money import Amount

_SAMPLE = 512
_DIGITS = 200
"""Far more than any sum of money has; what does not fit is refused and never rounded."""
_ROOM = 1 << 20
"""Cells that rows may hold in all before more of them than there are items makes dicts of them."""


class _Absent(int):
    """A zero that stands where nothing was added: told from a real one by its identity."""


ABSENT = _Absent(0)


@attrs.frozen
class LeafSums:
    """Sums at the leaves.

    Attributes:
        order: the axes in the order of the levels of ``tips``; the last is that of the rows.
        tips: the sums in 分. A row that is a list holds zeros only where nothing was added.
        words: the words of each axis, in ``order``; those of the last with their positions in a row.
    """

    order: tuple[str, ...]
    tips: Tips
    words: tuple[dict[str, int], ...]


def leaf_sums(items: Sequence[object], by: Sequence[str], amount: str) -> LeafSums:
    """Add the items that stand at one place.

    Args:
        items: any objects; their attributes are texts or members of the model's enumerations.
        by: the attributes to tell them apart by.
        amount: the attribute that holds the amount: an int counts 分, a Decimal 元. A dotted name goes deeper:
            ``"amount.fen"`` of an Amount, ``"money.amount"`` of a Money.

    Raises:
        AmountError: an amount is neither int nor Decimal, or both occur, or a sum is finer than 分.
        GovBudgetError: an item lacks an attribute, or it is neither text nor enumeration.
    """
    for name in (*by, amount):
        if not all(part.isidentifier() and not iskeyword(part) for part in name.split(".")):
            raise GovBudgetError(f"{name!r} is no name of an attribute", hint="fen, money.amount")
    try:
        order, paths = _order(items, by)
        decimals = _all_decimals(items, amount)
        with localcontext(Context(prec=_DIGITS, traps=[Inexact])):
            tips, index = _loop(paths, amount)(items, len(items) + _ROOM)
            if tips is None:
                tips, index = _sparse_loop(paths, amount)(items), None
            above = [_settle(row, decimals=decimals) for row in _rows(tips, len(order) - 1)]
    except (AttributeError, TypeError, Inexact) as error:
        raise GovBudgetError(
            f"an item cannot be added: {error}", hint=f"each needs {', '.join(by)} as texts and {amount} as int"
        ) from error
    if index is not None and not all(above):
        known = list(index)
        tips = _each(
            tips, len(order) - 1, lambda row: {known[i]: fen for i, fen in enumerate(row) if fen is not ABSENT}
        )
        index = None
    words: list[dict[str, int]] = [{} for _ in order]
    _collect(tips, words)
    return LeafSums(order=order, tips=tips, words=(*words[:-1], words[-1] if index is None else index))


def _order(items: Sequence[object], by: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The axes, those with few words first, and how to get at the word of each."""
    sample = items[:: max(1, len(items) // _SAMPLE)][:_SAMPLE]
    found = []
    for name in by:
        values = set(map(attrgetter(name), sample))
        fixed = any(isinstance(value, enum.Enum) for value in values)
        found.append((len(values), name, f"{name}._value_" if fixed else name))
    found.sort(key=lambda one: one[0])
    return tuple(name for _, name, _ in found), tuple(path for _, _, path in found)


def _all_decimals(items: Sequence[object], amount: str) -> bool:
    get = attrgetter(amount)
    if not items or not isinstance(get(items[0]), Decimal):
        return False
    kinds = set(map(type, map(get, items)))
    if len(kinds) > 1:
        names = ", ".join(sorted(kind.__name__ for kind in kinds))
        raise AmountError(f"amounts of several types: {names}", hint="int counts 分 and Decimal 元: give one of them")
    return True


_DENSE = """
def loop(items, room):
    tips, index, width, made = {{}}, {{}}, 64, 0
    for item in items:
        try:
            tips{outer}[index[item.{last}]] += item.{amount}
        except (KeyError, IndexError):
            at = index.setdefault(item.{last}, len(index))
            row = tips
            for word in ({words}):
                row = row.setdefault(word, {{}})
            row_of = item.{tip}
            cells = row.get(row_of)
            if cells is None:
                cells = row[row_of] = []
                made += 1
            if at >= width:
                width *= 2
            if made * width > room:
                return None, None
            cells.extend([ABSENT] * (width - len(cells)))
            cells[at] += item.{amount}
    return tips, index
"""

_SPARSE = """
def loop(items):
    tips = {{}}
    for item in items:
        try:
            tips{all} += item.{amount}
        except KeyError:
            row = tips
            for word in ({words}):
                row = row.setdefault(word, {{}})
            row[item.{last}] = row.get(item.{last}, 0) + item.{amount}
    return tips
"""


@lru_cache(maxsize=64)
def _loop(paths: tuple[str, ...], amount: str) -> Any:
    """The loop for these attributes, compiled: the same one would write by hand, without a call for each of them."""
    if len(paths) < 2:
        return lambda *_: (None, None)
    source = _DENSE.format(
        outer="".join(f"[item.{path}]" for path in paths[:-1]),
        words="".join(f"item.{path}, " for path in paths[:-2]),
        tip=paths[-2],
        last=paths[-1],
        amount=amount,
    )
    return _compiled(source)


@lru_cache(maxsize=64)
def _sparse_loop(paths: tuple[str, ...], amount: str) -> Any:
    source = _SPARSE.format(
        all="".join(f"[item.{path}]" for path in paths),
        words="".join(f"item.{path}, " for path in paths[:-1]),
        last=paths[-1],
        amount=amount,
    )
    return _compiled(source)


def _compiled(source: str) -> Any:
    space: dict[str, Any] = {"ABSENT": ABSENT}
    exec(compile(source, "<leaf sums>", "exec"), space)
    return space["loop"]


def _rows(tips: Any, depth: int) -> Iterator[Any]:
    if depth:
        for rest in tips.values():
            yield from _rows(rest, depth - 1)
    else:
        yield tips


def _each(tips: Any, depth: int, change: Callable[[Any], Any]) -> Any:
    if depth:
        return {word: _each(rest, depth - 1, change) for word, rest in tips.items()}
    return change(tips)


def _collect(tips: Any, words: Sequence[dict[str, int]]) -> None:
    """Gather the words of every level of dicts."""
    if isinstance(tips, dict):
        for word, rest in tips.items():
            words[0].setdefault(word, len(words[0]))
            if len(words) > 1:
                _collect(rest, words[1:])


def _settle(row: Any, *, decimals: bool) -> bool:
    """Make plain integers of the sums of a row, in place; tell whether all are above zero.

    Where they are, no sum of them is zero either, and a zero means that nothing is there.
    """
    if decimals:
        _to_fen(row)
    sums = list(row.values() if isinstance(row, dict) else row)
    kinds = list(map(type, sums))
    if strange := set(kinds) - {int, _Absent}:
        raise AmountError(
            f"an amount counts 分 as an int or 元 as a Decimal, not {strange.pop().__name__}",
            hint="a float is never exact money; one type in one column",
        )
    return min(sums, default=1) >= 0 and sums.count(0) == kinds.count(_Absent)


def _to_fen(row: Any) -> None:
    """Make 分 of 元 in a row, in place; exact, or refused."""
    places = list(row) if isinstance(row, dict) else [at for at, total in enumerate(row) if total is not ABSENT]
    for at in places:
        scaled = row[at] * 100
        fen = int(scaled) if scaled.is_finite() else None
        row[at] = fen if fen == scaled else Amount.from_decimal(row[at]).fen  # says what is wrong
