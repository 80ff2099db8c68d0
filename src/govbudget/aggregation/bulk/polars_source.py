"""Sums by Polars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govbudget.aggregation.bulk.source import Conditions, Sums, tips_of
from govbudget.errors import AmountError
from govbudget.source.extras import need


class PolarsSource:
    """A ``polars.DataFrame`` or ``LazyFrame``."""

    def __init__(self, table: Any) -> None:
        self._pl = need("polars", "polars", "totals with Polars")
        self._frame = table.lazy()

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self._frame.collect_schema().names())

    def distinct(self, columns: Sequence[str], chosen: Conditions) -> list[tuple[Any, ...]]:
        """Return the different rows of some columns."""
        found: list[tuple[Any, ...]] = self._chosen(chosen).select(columns).unique().collect().rows()
        return found

    def sums(self, by: Sequence[str], amount: str, chosen: Conditions) -> Sums:
        """Add the amounts of the rows that agree in ``by``: integers in 128 bits, so that none can run over."""
        pl = self._pl
        kind = self._frame.collect_schema()[amount]
        if kind.is_integer():
            column = pl.col(amount).cast(pl.Int128)
        elif kind.is_decimal() and kind.scale <= 2:
            column = (pl.col(amount).cast(pl.Decimal(38, 2)) * 100).cast(pl.Int128)
        else:
            raise AmountError(
                f"amounts are integers of 分 or decimals of 元, not {kind}", hint="a float is never exact"
            )
        rows = self._chosen(chosen).group_by(*(pl.col(name).cast(pl.String) for name in by)).agg(column.sum()).collect()
        return tips_of(rows.rows(), by)

    def _chosen(self, chosen: Conditions) -> Any:
        pl, frame = self._pl, self._frame
        for one in chosen:
            column = pl.col(one.column)
            if one.among is not None:
                frame = frame.filter(column.cast(pl.String).is_in(list(one.among)))
            elif one.outside is not None:
                frame = frame.filter(~column.cast(pl.String).is_in(list(one.outside)))
            elif one.other:
                kind = self._frame.collect_schema()[one.column]
                text = not kind.is_integer()
                sides = [pl.col(name).cast(pl.String) if text else pl.col(name) for name in (one.column, one.other)]
                frame = frame.filter(sides[0] == sides[1])
            else:
                frame = frame.filter(column if one.value is True else column == one.value)
        return frame
