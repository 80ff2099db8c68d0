"""Sums by DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govbudget.aggregation.bulk.source import Conditions, Is, Sums, tips_of
from govbudget.errors import AmountError


class DuckSource:
    """A relation of DuckDB: ``con.table("long")``, ``con.sql("…")``, ``duckdb.read_parquet("*.parquet")``."""

    def __init__(self, relation: Any) -> None:
        self._relation = relation

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self._relation.columns)

    def distinct(self, columns: Sequence[str], chosen: Conditions) -> list[tuple[Any, ...]]:
        """Return the different rows of some columns."""
        found: list[tuple[Any, ...]] = (
            self._chosen(chosen).project(", ".join(map(quoted, columns))).distinct().fetchall()
        )
        return found

    def sums(self, by: Sequence[str], amount: str, chosen: Conditions) -> Sums:
        """Add the amounts of the rows that agree in ``by``: DuckDB adds integers and decimals in 128 bits."""
        kind = str(dict(zip(self._relation.columns, self._relation.types, strict=True))[amount])
        exact = kind in {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER"}
        if not (exact or kind.startswith("DECIMAL")):
            raise AmountError(
                f"amounts are integers of 分 or decimals of 元, not {kind}", hint="a float is never exact"
            )
        keys = ", ".join(map(quoted, by))
        rows = self._chosen(chosen).aggregate(f"{keys}, sum({quoted(amount)})", keys).fetchall()
        return tips_of(rows, by)

    def _chosen(self, chosen: Conditions) -> Any:
        relation = self._relation
        for one in chosen:
            relation = relation.filter(_sql(one))
        return relation


def quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | int) -> str:
    """Return a text or a number as SQL takes it."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _sql(one: Is) -> str:
    several = one.among if one.outside is None else one.outside
    if several is not None:
        test = f"{quoted(one.column)} IN ({', '.join(map(literal, several))})" if several else "false"
        return test if one.outside is None else f"NOT ({test})"
    if one.other:
        return f"{quoted(one.column)} = {quoted(one.other)}"
    return quoted(one.column) if one.value is True else f"{quoted(one.column)} = {literal(one.value)}"
