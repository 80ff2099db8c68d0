"""Sums over Arrow tables by the codes of their dictionaries: one pass of integer additions into a dense array.

Integers of 64 bits throughout, guarded: where the amounts could add up beyond them, they are added in two halves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from govbudget.aggregation.bulk.arrow import arrow
from govbudget.aggregation.bulk.dense import dense_cube
from govbudget.aggregation.bulk.source import Conditions, Sums
from govbudget.aggregation.cubes import Cube
from govbudget.aggregation.lattice import Up
from govbudget.errors import AmountError, GovBudgetError
from govbudget.source.extras import need

_LIMIT = 1 << 62
_HALF = 32
_DENSE = 1 << 24
"""Cells that a dense array may have, beyond eight for each row."""


@attrs.frozen
class Leaves:
    """Sums at the leaves, in arrays.

    Attributes:
        order: the axes, those with few words first.
        words: the words of each, in the order of their codes.
        at: where each sum stands in an array of all combinations, flat.
        low: the sums, or the low halves of 32 bits added up.
        high: the rest of them, where 64 bits might not do.
    """

    order: tuple[str, ...]
    words: tuple[list[str], ...]
    at: Any
    low: Any
    high: Any


class ArrowSource:
    """A ``pyarrow.Table``, or a ``pandas.DataFrame`` taken over as one."""

    def __init__(self, table: Any) -> None:
        pa = arrow()
        self._np = need("numpy", "arrow", "totals of Arrow tables")
        if isinstance(table, pa.RecordBatch):
            table = pa.Table.from_batches([table])
        self._table = table if isinstance(table, pa.Table) else pa.Table.from_pandas(table, preserve_index=False)

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self._table.schema.names)

    def distinct(self, columns: Sequence[str], chosen: Conditions) -> list[tuple[Any, ...]]:
        """Return the different rows of some columns."""
        rows = self._chosen(chosen).select(list(columns)).group_by(list(columns), use_threads=False).aggregate([])
        return list(zip(*(rows[name].to_pylist() for name in columns), strict=True))

    def sums(self, by: Sequence[str], amount: str, chosen: Conditions) -> Sums:
        """Add the amounts of the rows that agree in ``by``."""
        found = self.leaves(by, amount, chosen)
        fen: list[int] = found.low.tolist()
        if found.high is not None:
            fen = [small + (big << _HALF) for small, big in zip(fen, found.high.tolist(), strict=True)]
        return found.order, _nest(self._np, found, fen), tuple(_used(found, index) for index in range(len(by)))

    def cube(self, by: Sequence[str], amount: str, chosen: Conditions, ways: Mapping[str, Up]) -> Cube | None:
        """Total at every level with whole slices of arrays; None where only the general way will do."""
        found = self.leaves(by, amount, chosen)
        if found.high is not None or not len(found.low) or bool((found.low <= 0).any()):
            return None
        cells = 1
        for known in found.words:
            cells *= len(known)
        if cells > _DENSE:
            return None
        sums = self._np.zeros(cells, self._np.int64)
        sums[found.at] = found.low
        return dense_cube(sums.reshape([len(known) for known in found.words]), by, found.order, found.words, ways)

    def leaves(self, by: Sequence[str], amount: str, chosen: Conditions = ()) -> Leaves:
        """Add the amounts of the rows that agree in ``by``, and leave the sums in arrays."""
        np = self._np
        table = self._chosen(chosen)
        coded = sorted(((name, *_codes(np, table[name], name)) for name in by), key=lambda one: len(one[2]))
        words = tuple(known for _, _, known in coded)
        cells = 1
        for known in words:
            cells *= max(1, len(known))
        at = _position(np, [codes for _, codes, _ in coded], [max(1, len(known)) for known in words], cells)
        low, high = _halves(np, table[amount])
        kept = None
        if cells > 8 * table.num_rows + _DENSE:
            kept, at = np.unique(at, return_inverse=True)
        size = cells if kept is None else len(kept)
        touched = np.zeros(size, np.bool_)
        touched[at] = True
        places = np.flatnonzero(touched)
        return Leaves(
            order=tuple(name for name, _, _ in coded),
            words=words,
            at=places if kept is None else kept[places],
            low=_added(np, at, low, size)[places],
            high=None if high is None else _added(np, at, high, size)[places],
        )

    def _chosen(self, chosen: Conditions) -> Any:
        compute = need("pyarrow.compute", "arrow", "totals of Arrow tables")
        mask = None
        for one in chosen:
            column = self._table[one.column]
            several = one.among if one.outside is None else one.outside
            if several is not None:
                test = compute.is_in(_plain(column), value_set=arrow().array(several, arrow().string()))
                test = test if one.outside is None else compute.invert(test)
            elif one.other:
                test = compute.equal(_plain(column), _plain(self._table[one.other]))
            elif one.value is True:
                test = column
            else:
                test = compute.equal(_plain(column), one.value)
            test = compute.fill_null(test, fill_value=False)
            mask = test if mask is None else compute.and_(mask, test)
        return self._table if mask is None else self._table.filter(mask)


def _plain(column: Any) -> Any:
    pa = arrow()
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _codes(np: Any, column: Any, name: str) -> tuple[Any, list[str]]:
    """The column as positions in a list of words."""
    pa = arrow()
    if column.null_count:
        raise GovBudgetError(f"the column {name!r} has blanks", hint="fill them, '' is the root")
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()) if pa.types.is_integer(column.type) else column
        column = column.dictionary_encode()
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if isinstance(column, pa.ChunkedArray):  # no chunk at all
        return np.zeros(0, np.int32), []
    words = [str(word) for word in column.dictionary.to_pylist()]
    codes = column.indices.to_numpy(zero_copy_only=False)
    if len(set(words)) < len(words):
        raise GovBudgetError(f"the dictionary of {name!r} holds a word twice", hint="encode the column anew")
    return codes, words


def _position(np: Any, codes: Sequence[Any], shape: Sequence[int], cells: int) -> Any:
    kind = np.int32 if cells < 1 << 31 else np.int64
    if cells >= _LIMIT:
        raise GovBudgetError("too many words for one cube", hint="total fewer columns at once")
    at = codes[0].astype(kind)
    for column, size in zip(codes[1:], shape[1:], strict=True):
        at *= size
        at += column.astype(kind, copy=False)
    return at


def _halves(np: Any, column: Any) -> tuple[Any, Any]:
    """The amounts in 分 as integers of 64 bits, or, where their sum might not fit, as low and high halves."""
    pa = arrow()
    if column.null_count:
        raise AmountError("an amount is blank", hint="leave rows without an amount out")
    kind = column.type
    if pa.types.is_integer(kind):
        fen = column.cast(pa.int64()).to_numpy()
        return (fen, None) if _fits(fen) else _split(np, fen, fen >> 63)
    if not pa.types.is_decimal(kind) or kind.scale > 2:
        raise AmountError(f"amounts are integers of 分 or decimals of 元, not {kind}", hint="a float is never exact")
    whole = column.cast(pa.decimal128(38, 2)).combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], pa.decimal128(38, 2))
    raw = whole.buffers()[1]
    limbs = np.frombuffer(raw if raw is not None else b"", np.int64)[2 * whole.offset : 2 * (whole.offset + len(whole))]
    low, high = limbs[0::2], limbs[1::2]
    if bool((high == low >> 63).all()) and _fits(low):
        return low, None
    if bool(((high >= 1 << 30) | (high < -(1 << 30))).any()):
        raise AmountError("an amount is beyond 90 bits", hint="no budget is that large: is the unit right?")
    return _split(np, low, high)


def _fits(fen: Any) -> bool:
    if not len(fen):
        return True
    most = max(int(fen.max()), -int(fen.min()))
    return most * len(fen) < _LIMIT


def _split(np: Any, low: Any, high: Any) -> tuple[Any, Any]:
    """Integers of 128 bits as a low half of 32 bits and a high rest, each of which can be added in 64 bits."""
    if len(low) >= 1 << 30:
        raise GovBudgetError("too many rows to add at once", hint="add parts of the table and then their sums")
    upper = (low.view(np.uint64) >> np.uint64(_HALF)).astype(np.int64)
    return low & ((1 << _HALF) - 1), upper + (high << _HALF)


def _added(np: Any, at: Any, fen: Any, size: int) -> Any:
    sums = np.zeros(size, np.int64)
    np.add.at(sums, at, fen)
    return sums


def _used(found: Leaves, index: int) -> dict[str, int]:
    """The words of an axis that any row uses."""
    size = 1
    for known in found.words[index + 1 :]:
        size *= max(1, len(known))
    used = sorted(set((found.at // size % max(1, len(found.words[index]))).tolist()))
    return {found.words[index][code]: place for place, code in enumerate(used)}


def _nest(np: Any, found: Leaves, fen: Sequence[int]) -> Any:
    """Nest sums at flat positions as dicts within dicts."""
    shape = [max(1, len(known)) for known in found.words]
    tips: dict[str, Any] = {}
    columns = [
        [known[i] for i in index.tolist()]
        for index, known in zip(np.unravel_index(found.at, shape), found.words, strict=True)
    ]
    for *place, last, total in zip(*columns, fen, strict=True):
        row = tips
        for code in place:
            row = row.setdefault(code, {})
        row[last] = total
    return tips
