"""The long table as an Arrow table: decimals of 128 bits in 元, words as dictionaries.

Columns are those of :mod:`govbudget.aggregation.long`, but for the amounts: ``amount``, ``low`` and ``high`` are
decimal128(38, 2) in 元 (there ``fen``, ``low``, ``high`` in 分).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from govbudget.aggregation.long import COLUMNS, Kind, Value, long_columns
from govbudget.errors import AmountError, FormatError
from govbudget.source.extras import need

if TYPE_CHECKING:
    from govbudget.model import Disclosure

AMOUNT = "amount"
VERSION = "1"
_MOST = 10**38
_KEY = b"govbudget.long_table"


def arrow() -> Any:
    """Return pyarrow.

    Raises:
        MissingExtra: it is not installed.
    """
    return need("pyarrow", "arrow", "the long table as Arrow")


def schema() -> Any:
    """Return the Arrow schema of the long table."""
    pa = arrow()
    kinds = {
        Kind.WORD: pa.dictionary(pa.int32(), pa.string()),
        Kind.INT: pa.int32(),
        Kind.FEN: pa.decimal128(38, 2),
        Kind.BOOL: pa.bool_(),
    }
    return pa.schema(
        [pa.field(_name(c.name), kinds[c.kind], nullable=c.kind in {Kind.INT, Kind.FEN}) for c in COLUMNS],
        metadata={_KEY: VERSION},
    )


def _name(name: str) -> str:
    return AMOUNT if name == "fen" else name


def to_arrow(disclosures: Disclosure | Iterable[Disclosure]) -> Any:
    """Return the long table of one or many disclosures as a ``pyarrow.Table``.

    Raises:
        MissingExtra: pyarrow is not installed.
        AmountError: an amount has more than 38 digits.

    >>> from govbudget.model import Disclosure, Organization, Scope, Stage
    >>> empty = Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    >>> to_arrow(empty).schema.field("amount").type
    Decimal128Type(decimal128(38, 2))
    """
    pa, form = arrow(), schema()
    columns = long_columns(disclosures)
    arrays = [_array(pa, field.type, columns[c.name], c.kind) for field, c in zip(form, COLUMNS, strict=True)]
    return pa.Table.from_arrays(arrays, schema=form)


def _array(pa: Any, kind: Any, values: Sequence[Value], what: Kind) -> Any:
    if what is Kind.WORD:
        index: dict[Value, int] = {}
        codes = [index.setdefault(value, len(index)) for value in values]
        return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(list(index), pa.string()))
    if what is Kind.FEN:
        return decimals(values)
    return pa.array(values, kind)


def decimals(fen: Sequence[Any]) -> Any:
    """Return counts of 分 as decimal128(38, 2) in 元: the same integers, read with a point before the last two digits.

    Raises:
        AmountError: one has more than 38 digits.
    """
    pa = arrow()
    if any(value is not None and not -_MOST < value < _MOST for value in fen):
        raise AmountError("an amount has more than 38 digits", hint="no engine holds it: keep to rollup()")
    data = b"".join([(value or 0).to_bytes(16, "little", signed=True) for value in fen])
    valid = pa.array([value is not None for value in fen], pa.bool_()).buffers()[1]
    return pa.Array.from_buffers(pa.decimal128(38, 2), len(fen), [valid, pa.py_buffer(data)])


def fen_of(array: Any) -> list[int | None]:
    """Return a column of decimals in 元 or integers in 分 as integers in 分, exact whatever the decimal context.

    Raises:
        AmountError: the column holds something else, or decimals finer than 分.
    """
    pa = arrow()
    kind = array.type
    if pa.types.is_integer(kind):
        whole: list[int | None] = array.to_pylist()
        return whole
    if not pa.types.is_decimal(kind) or kind.scale > 2:
        raise AmountError(f"amounts are integers of 分 or decimals of 元, not {kind}", hint="a float is never exact")
    found: list[int | None] = []
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    for chunk in chunks:
        wide = chunk.cast(pa.decimal128(38, 2))
        raw, at, mask = wide.buffers()[1], wide.offset, wide.is_valid().to_pylist()
        data = raw.to_pybytes() if raw is not None else b""
        found += [
            int.from_bytes(data[16 * (at + i) : 16 * (at + i + 1)], "little", signed=True) if valid else None
            for i, valid in enumerate(mask)
        ]
    return found


def rows_of(table: Any) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of a long table, as :func:`govbudget.aggregation.long.long_rows` does.

    Raises:
        FormatError: it is no long table.
    """
    checked(table)
    columns = [
        fen_of(table[_name(c.name)]) if c.kind is Kind.FEN else table[_name(c.name)].to_pylist() for c in COLUMNS
    ]
    yield from zip(*columns, strict=True)


def checked(table: Any, *, place: object = None) -> Any:
    """Return a table if it is a long one.

    Raises:
        FormatError: a column is missing or of another type; the message names it.
    """
    form = schema()
    for field in form:
        if field.name not in table.schema.names:
            raise FormatError(
                f"the column {field.name!r} is missing", place=place, hint="is this a table of to_arrow()?"
            )
        own = table.schema.field(field.name).type
        if own != field.type:
            raise FormatError(f"the column {field.name!r} is {own}, not {field.type}", place=place)
    return table
