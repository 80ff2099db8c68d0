"""Totals of tables: pyarrow, Polars and DuckDB add the leaves, the trees are climbed here; always the same integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govbudget.aggregation.bulk.arrow_sums import ArrowSource
from govbudget.aggregation.bulk.duck_source import DuckSource
from govbudget.aggregation.bulk.overlap import covered, irregular, is_alone, refuse_twice
from govbudget.aggregation.bulk.polars_source import PolarsSource
from govbudget.aggregation.bulk.source import Conditions, Is, Source, conditions, is_long
from govbudget.aggregation.cubes import Cube, raised, ups
from govbudget.aggregation.lattice import Tips, Up, nodes
from govbudget.errors import GovBudgetError
from govbudget.model import AXES

Words = tuple[dict[str, int], ...]


def source_of(table: Any) -> Source:
    """Return a way to add up what a table of any engine holds.

    Raises:
        GovBudgetError: it is none of pyarrow, Polars, DuckDB or pandas.
    """
    module = type(table).__module__.partition(".")[0]
    if module in {"pyarrow", "pandas"}:
        return ArrowSource(table)
    if module == "polars":
        return PolarsSource(table)
    if module in {"duckdb", "_duckdb"}:
        return DuckSource(table)
    name = f"{type(table).__module__}.{type(table).__qualname__}"
    raise GovBudgetError(
        f"a {name} is no table", hint="a pyarrow.Table, polars.DataFrame, pandas.DataFrame or DuckDB relation is one"
    )


def table_cube(
    table: Any,
    *,
    by: str | Sequence[str],
    amount: str | None = None,
    trees: Mapping[str, Up] | None = None,
    **where: Any,
) -> Cube:
    """Total a table at every level of several axes.

    A long table (:func:`govbudget.aggregation.bulk.to_arrow`, in any of the engines) is totalled as
    :func:`govbudget.rollup` totals disclosures: at one place of all other axes, by default the expenditure of the
    current year, from the leaves, each 分 once. Any other table is taken for separate money, as by
    :func:`govbudget.aggregation.cube_of`: each row is added to its nodes.

    Args:
        table: a ``pyarrow.Table``, ``polars.DataFrame`` or ``LazyFrame``, ``pandas.DataFrame`` or DuckDB relation.
        by: the columns to tell rows apart by.
        amount: the column of the amounts: integers in 分 or decimals in 元; "amount" or else "fen" by default.
        trees: for columns with trees of your own, the word above each word.
        where: where to stand on other columns, ``fund="general"`` or ``fund=Fund.GENERAL``.

    Raises:
        MissingExtra: numpy is not installed.
        AmountError: the column of amounts holds floats, or decimals finer than 分.
        GovBudgetError: a column is missing or has blanks, or figures of a long table would count twice.
    """
    source = source_of(table)
    axes = (by,) if isinstance(by, str) else tuple(by)
    ways = ups(axes, trees)
    names = source.columns()
    column = amount or next((name for name in ("amount", "fen") if name in names), "amount")
    for name in (*axes, *where, column):
        if name not in names:
            raise GovBudgetError(f"there is no column {name!r}", hint="the columns are " + ", ".join(names))
    chosen: Conditions = conditions(names, axes, where, alone=is_long(names) and is_alone(source))
    if not is_long(names):
        if isinstance(source, ArrowSource) and (found := source.cube(axes, column, chosen, ways)) is not None:
            return found
        return _raised(axes, ways, *source.sums(axes, column, chosen))
    refuse_twice(source, axes, chosen, where)
    apart = irregular(source, axes, chosen)
    leaves = (*chosen, Is("document", outside=apart), *(Is(f"leaf_{axis}") for axis in axes if axis in AXES))
    regular = _raised(axes, ways, *source.sums(axes, column, leaves))
    if not apart:
        return regular
    totals = dict(regular.items())
    for place, total in covered(source, axes, column, chosen, apart):
        totals[place] = totals.get(place, 0) + total
    return Cube.of(axes, totals)


def _raised(by: tuple[str, ...], ways: Mapping[str, Up], order: Sequence[str], tips: Tips, words: Words) -> Cube:
    return raised(by, order, tips, [nodes(known, ways[axis]) for axis, known in zip(order, words, strict=True)])
