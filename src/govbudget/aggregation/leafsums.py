"""Sums at the leaves, from objects: one loop written for the attributes at hand, the small axes outermost.

The dicts of the small axes stay in the cache of the machine, and the long axis is a list: twice as fast as the dict
that one would write by hand in the order of the attributes.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact, localcontext
from functools import lru_cache
from operator import attrgetter
from typing import Any

import attrs

from govbudget.aggregation.lattice import Tips
from govbudget.errors import AmountError, GovBudgetError
from govbudget.money import Amount

_SAMPLE = 512
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
    order, paths = _order(items, by)
    decimals = bool(items) and isinstance(attrgetter(amount)(items[0]), Decimal)
    if decimals and len(kinds := set(map(type, map(attrgetter(amount), items)))) > 1:
        names = ", ".join(sorted(kind.__name__ for kind in kinds))
        raise AmountError(f"amounts of several types: {names}", hint="int counts 分 and Decimal 元: give one of them")
    exact = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
    try:
        with localcontext(exact):
            tips, index = _loop(tuple(paths), amount)(items, len(items) + _ROOM)
            if tips is None:
                tips, index = _sparse_loop(tuple(paths), amount)(items), None
    except (AttributeError, TypeError, Inexact) as error:
        raise GovBudgetError(
            f"an item cannot be added: {error}", hint=f"each needs {', '.join(by)} as texts and {amount} as int"
        ) from error
    above = [_settle(row, decimals=decimals) for row in _rows(tips, len(order) - 1)]
    if index is not None and not all(above):
        known = list(index)
        tips = _each(
            tips, len(order) - 1, lambda row: {known[i]: fen for i, fen in enumerate(row) if fen is not ABSENT}
        )
        index = None
    words: list[dict[str, int]] = [{} for _ in order]
    _collect(tips, words)
    return LeafSums(order=order, tips=tips, words=(*words[:-1], words[-1] if index is None else index))


def _order(items: Sequence[object], by: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The axes, those with few words first, and how to get at the word of each."""
    sample = items[:: max(1, len(items) // _SAMPLE)][:_SAMPLE]
    found = []
    for name in by:
        if not all(part.isidentifier() for part in name.split(".")):
            raise GovBudgetError(f"{name!r} is no name of an attribute")
        values = {getter(item) for getter in (attrgetter(name),) for item in sample} if sample else set()
        fixed = any(isinstance(value, enum.Enum) for value in values)
        found.append((len(values), name, f"{name}._value_" if fixed else name))
    found.sort(key=lambda one: one[0])
    return tuple(name for _, name, _ in found), [path for _, _, path in found]


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
        amount=_path(amount),
    )
    return _compiled(source)


@lru_cache(maxsize=64)
def _sparse_loop(paths: tuple[str, ...], amount: str) -> Any:
    source = _SPARSE.format(
        all="".join(f"[item.{path}]" for path in paths),
        words="".join(f"item.{path}, " for path in paths[:-1]),
        last=paths[-1],
        amount=_path(amount),
    )
    return _compiled(source)


def _path(amount: str) -> str:
    if not all(part.isidentifier() for part in amount.split(".")):
        raise GovBudgetError(f"{amount!r} is no name of an attribute")
    return amount


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
        for at, total in list(row.items() if isinstance(row, dict) else enumerate(row)):
            if total is not ABSENT:
                row[at] = Amount.from_decimal(total).fen
    sums = list(row.values() if isinstance(row, dict) else row)
    kinds = list(map(type, sums))
    if strange := set(kinds) - {int, _Absent}:
        raise AmountError(
            f"an amount counts 分 as an int or 元 as a Decimal, not {strange.pop().__name__}",
            hint="a float is never exact money; one type in one column",
        )
    return min(sums, default=1) >= 0 and sums.count(0) == kinds.count(_Absent)
