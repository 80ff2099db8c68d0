"""The same tables and views in every database: figures, trees as closure tables, and totals that count each 分 once.

figures
    The long table, amounts in 分 as integers: ``fen``, ``low``, ``high``.
functional_nodes, economic_nodes, fund_nodes, use_nodes, …
    One row for each code: ``code``, ``parent``, ``level``, ``name``.
functional_closure, …
    One row for each code and each code above it, itself included: ``code``, ``above``, ``steps``.
documents
    One row for each disclosure.
leaves
    The figures that totals are added from: one witness for each fact, of the year and stage of the disclosure.
spending_by_function, spending_by_use, spending_by_fund, basic_by_economic, revenue_by_fund
    Totals at every level of one tree, document by document: ``fen``, ``low``, ``high``, and how many ``figures`` were
    added.
"""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.aggregation.codes import root_of
from govbudget.aggregation.long import COLUMNS, Kind
from govbudget.model import AXES

HEAD = ("document", "organization", "department", "scope", "disclosure_year", "disclosure_stage")


def tables(integer: str) -> Iterator[str]:
    """Yield the statements that make the tables; ``integer`` is the type of amounts."""
    kinds = {Kind.WORD: "TEXT NOT NULL", Kind.INT: "INTEGER", Kind.FEN: integer, Kind.BOOL: "BOOLEAN NOT NULL"}
    yield f"CREATE TABLE figures ({', '.join(f'{c.name} {kinds[c.kind]}' for c in COLUMNS)})"
    for axis in AXES:
        yield (
            f"CREATE TABLE {axis}_nodes (code TEXT PRIMARY KEY, parent TEXT, level INTEGER NOT NULL, "
            "name TEXT NOT NULL)"
        )
        yield (
            f"CREATE TABLE {axis}_closure (code TEXT NOT NULL, above TEXT NOT NULL, steps INTEGER NOT NULL, "
            "PRIMARY KEY (code, above))"
        )


def views() -> Iterator[str]:
    """Yield the statements that make the views."""
    yield f"CREATE VIEW documents AS SELECT DISTINCT {', '.join(HEAD)} FROM figures"
    yield (
        "CREATE VIEW leaves AS SELECT * FROM figures "
        "WHERE is_primary AND year = disclosure_year AND stage = disclosure_stage"
    )
    yield _totals("spending_by_function", "functional", "flow = 'expenditure' AND period = usual_period")
    yield _totals("spending_by_use", "use", "flow = 'expenditure' AND period = usual_period")
    yield _totals("spending_by_fund", "fund", "flow = 'expenditure' AND period = usual_period")
    yield _totals(
        "basic_by_economic",
        "economic",
        "flow = 'expenditure' AND period = usual_period AND fund = 'general' AND use = 'basic'",
        free=("fund", "use"),
    )
    yield _totals("revenue_by_fund", "fund", "flow = 'revenue' AND period = usual_period")


def _totals(name: str, axis: str, where: str, free: tuple[str, ...] = ()) -> str:
    """A view of totals along one axis: all other axes at their roots but for those that ``where`` speaks of."""
    rest = [f"{other} = '{root_of(other)}'" for other in AXES if other not in (axis, "period", *free)]
    head = ", ".join(f"l.{column}" for column in HEAD)
    return (
        f"CREATE VIEW {name} AS SELECT {head}, c.above AS {axis}, n.name AS name, n.level AS level, "
        "sum(l.fen) AS fen, sum(l.low) AS low, sum(l.high) AS high, count(*) AS figures "
        f"FROM leaves l JOIN {axis}_closure c ON c.code = l.{axis} JOIN {axis}_nodes n ON n.code = c.above "
        f"WHERE l.leaf_{axis} AND {where} AND {' AND '.join(rest)} "
        f"GROUP BY {head}, c.above, n.name, n.level"
    )
