"""govbudget: Chinese government budget disclosures (部门/单位预算公开) as a typed model, with audits and exact totals.

>>> import govbudget as gb
>>> gb.Amount.parse("1,147.95", gb.MoneyUnit.WAN_YUAN).fen
1147950000

This is the front door: some sixty names, each loaded when it is first used. ``import govbudget`` itself costs
nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; importing typing for it would cost more than this whole file
if TYPE_CHECKING:
    from govbudget.aggregation import (
        Comparison,
        Consolidation,
        Cube,
        Pivot,
        Rollup,
        Translation,
        compare,
        consolidate,
        cube,
        decompose,
        peers,
        pivot,
        ranking,
        rollup,
        translate_disclosure,
    )
    from govbudget.aggregation.bulk import (
        read_parquet,
        to_arrow,
        to_duckdb,
        to_pandas,
        to_polars,
        to_sqlite,
        write_parquet,
    )
    from govbudget.classification import Scheme, Subject, resolve_names, tree
    from govbudget.consistency import Verdict
    from govbudget.errors import AmountError, GovBudgetError, SourceError
    from govbudget.invariants import CATALOGUE, AuditReport, audit, select, verdict_counts
    from govbudget.layouts import layout, parse_layout
    from govbudget.model import (
        Coordinate,
        Disclosure,
        Fact,
        Finding,
        Flow,
        Fund,
        Item,
        Line,
        Organization,
        Period,
        Severity,
        Stage,
        Table,
        TableKind,
        Use,
        facts,
        figures,
        table,
    )
    from govbudget.money import Amount, Mark, MoneyUnit, Percent, parse_cell, printed
    from govbudget.place import Place
    from govbudget.reading import Reading, read
    from govbudget.serializers import dumps, load, loads, save

_ROOMS = {
    "aggregation": (
        "Comparison",
        "Consolidation",
        "Cube",
        "Pivot",
        "Rollup",
        "Translation",
        "compare",
        "consolidate",
        "cube",
        "decompose",
        "peers",
        "pivot",
        "ranking",
        "rollup",
        "translate_disclosure",
    ),
    "aggregation.bulk": (
        "read_parquet",
        "to_arrow",
        "to_duckdb",
        "to_pandas",
        "to_polars",
        "to_sqlite",
        "write_parquet",
    ),
    "classification": ("Scheme", "Subject", "resolve_names", "tree"),
    "consistency": ("Verdict",),
    "errors": ("AmountError", "GovBudgetError", "SourceError"),
    "invariants": ("CATALOGUE", "AuditReport", "audit", "select", "verdict_counts"),
    "layouts": ("layout", "parse_layout"),
    "model": (
        "Coordinate",
        "Disclosure",
        "Fact",
        "Finding",
        "Flow",
        "Fund",
        "Item",
        "Line",
        "Organization",
        "Period",
        "Severity",
        "Stage",
        "Table",
        "TableKind",
        "Use",
        "facts",
        "figures",
        "table",
    ),
    "money": ("Amount", "Mark", "MoneyUnit", "Percent", "parse_cell", "printed"),
    "place": ("Place",),
    "reading": ("Reading", "read"),
    "serializers": ("dumps", "load", "loads", "save"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "CATALOGUE",
    "Amount",
    "AmountError",
    "AuditReport",
    "Comparison",
    "Consolidation",
    "Coordinate",
    "Cube",
    "Disclosure",
    "Fact",
    "Finding",
    "Flow",
    "Fund",
    "GovBudgetError",
    "Item",
    "Line",
    "Mark",
    "MoneyUnit",
    "Organization",
    "Percent",
    "Period",
    "Pivot",
    "Place",
    "Reading",
    "Rollup",
    "Scheme",
    "Severity",
    "SourceError",
    "Stage",
    "Subject",
    "Table",
    "TableKind",
    "Translation",
    "Use",
    "Verdict",
    "audit",
    "compare",
    "consolidate",
    "cube",
    "decompose",
    "dumps",
    "facts",
    "figures",
    "layout",
    "load",
    "loads",
    "parse_cell",
    "parse_layout",
    "peers",
    "pivot",
    "printed",
    "ranking",
    "read",
    "read_parquet",
    "resolve_names",
    "rollup",
    "save",
    "select",
    "table",
    "to_arrow",
    "to_duckdb",
    "to_pandas",
    "to_polars",
    "to_sqlite",
    "translate_disclosure",
    "tree",
    "verdict_counts",
    "write_parquet",
]


def __getattr__(name: str) -> object:
    room = _ROOM_OF.get(name)
    if room is None:
        raise AttributeError(f"module 'govbudget' has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"govbudget.{room}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
