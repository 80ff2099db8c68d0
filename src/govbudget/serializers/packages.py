"""Data packages (frictionlessdata.io): every printed figure as a row of a CSV file, with a descriptor of its columns.

The plain package has the columns of the long table (:mod:`govbudget.aggregation.long`). The Fiscal Data Package
1.0rc1 has the amounts only, each column with its fiscal concept (``columnType`` of the budget taxonomy), and beside the
Chinese subjects the COFOG division and the GFSM 2014 category. These two are the package's own correspondence, which
is not official: ``cofog_exact`` and ``gfsm_exact`` say where all of a subject belongs there.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import attrs

from govbudget.aggregation.long import COLUMNS, NAMES, Kind, Value, long_rows
from govbudget.classification import Scheme, cofog, gfsm, tree
from govbudget.classification.international import Correspondence
from govbudget.errors import GovBudgetError
from govbudget.model import Disclosure
from govbudget.money.digits import decimal_of

FACTS = "data/facts.csv"
_TYPES = {Kind.WORD: "string", Kind.INT: "integer", Kind.FEN: "integer", Kind.BOOL: "boolean"}
_TAXONOMY = "https://frictionlessdata.io/taxonomies/fiscal/budgets.json"
_GFSM_LEVELS = 3


def data_package(disclosure: Disclosure) -> dict[str, bytes]:
    """Return the files of a plain data package: all cells of all tables, blanks too, and all amounts of sentences."""
    fields = [{"name": c.name, "type": _TYPES[c.kind]} for c in COLUMNS]
    return _package(disclosure, fields, (_plain(row) for row in long_rows(disclosure)), {})


def fiscal_package(disclosure: Disclosure) -> dict[str, bytes]:
    """Return the files of a Fiscal Data Package: a row for each printed amount, in 元.

    ``is_primary`` and the ``leaf_`` columns say which rows to add up: an amount that several tables print is in
    several rows, and so are totals and what they are the sum of.
    """
    fields = [field.descriptor for field in FISCAL]
    rows = (dict(zip(NAMES, row, strict=True)) for row in long_rows(disclosure))
    amounts = (row for row in rows if row["state"] == "amount")
    written = ([str(number), *_fiscal(row, disclosure.year)] for number, row in enumerate(amounts, 1))
    more = {
        "countryCode": "CN",
        "granularity": "aggregated",
        "fiscalPeriod": {"start": f"{disclosure.year}-01-01", "end": f"{disclosure.year}-12-31"},
        "taxonomy": _TAXONOMY,
    }
    return _package(disclosure, fields, written, more)


@attrs.frozen
class Field:
    """A column of the fiscal package: its name, type, fiscal concept, and the concept that it labels."""

    name: str
    type: str = "string"
    concept: str = ""

    @property
    def descriptor(self) -> dict[str, object]:
        """Its description in the package."""
        found: dict[str, object] = {"name": self.name, "type": self.type}
        return found | ({"columnType": self.concept} if self.concept else {})


_ECONOMIC, _FUNCTIONAL = "economic-classification", "functional-classification"

FISCAL: tuple[Field, ...] = (
    Field("id", concept="budget-line-id"),
    Field("amount", "number", "value"),
    Field("currency", concept="value-currency:code"),
    Field("fiscal_year", "integer", "date:fiscal-year"),
    Field("phase", concept="phase:id"),
    Field("direction", concept="direction"),
    Field("organization", concept="administrative-classification:generic:code"),
    Field("functional", concept=f"{_FUNCTIONAL}:generic:code"),
    Field("functional_name", concept=f"{_FUNCTIONAL}:generic:label"),
    Field("cofog_division", concept=f"{_FUNCTIONAL}:cofog:division:code"),
    Field("cofog_division_name", concept=f"{_FUNCTIONAL}:cofog:division:label"),
    Field("cofog_exact", "boolean"),
    Field("economic", concept=f"{_ECONOMIC}:generic:code"),
    Field("economic_name", concept=f"{_ECONOMIC}:generic:label"),
    *(Field(f"gfsm_level{n}", concept=f"{_ECONOMIC}:gfsm:level{n}:code") for n in range(1, _GFSM_LEVELS + 1)),
    Field("gfsm_name"),
    Field("gfsm_exact", "boolean"),
    Field("fund", concept="fin-source:generic:code"),
    Field("use", concept="expenditure-type:code"),
    Field("project", concept="activity:generic:project:code"),
    Field("period"),
    Field("item"),
    Field("entity"),
    Field("purchase"),
    Field("low", "number"),
    Field("high", "number"),
    Field("unit"),
    Field("places", "integer"),
    *(Field(name, _TYPES[next(c.kind for c in COLUMNS if c.name == name)]) for name in NAMES[NAMES.index("mode") :]),
)
"""The columns of the fiscal package in order."""


def _fiscal(row: Mapping[str, Value], year: int) -> Iterator[str]:
    functional, economic = str(row["functional"]), str(row["economic"])
    of_function, of_economy = cofog_of(functional, year), gfsm_of(economic, year)
    code = of_economy.code if of_economy is not None else ""
    said: dict[str, Value] = {
        "amount": _yuan(row["fen"]),
        "currency": "CNY",
        "fiscal_year": row["year"],
        "phase": row["stage"],
        "direction": row["flow"],
        "cofog_division": of_function.code if of_function else "",
        "cofog_division_name": of_function.name if of_function else "",
        "cofog_exact": of_function.exact if of_function else None,
        **{f"gfsm_level{n}": code[:n] if len(code) >= n else "" for n in range(1, _GFSM_LEVELS + 1)},
        "gfsm_name": of_economy.name if of_economy else "",
        "gfsm_exact": of_economy.exact if of_economy else None,
        "low": _yuan(row["low"]),
        "high": _yuan(row["high"]),
    }
    return (_text(said[f.name] if f.name in said else row[f.name]) for f in FISCAL[1:])


@lru_cache(maxsize=1 << 12)
def cofog_of(code: str, year: int) -> Correspondence | None:
    """Return the COFOG division of a functional key, ``None`` where there is none."""
    return _international(Scheme.FUNCTIONAL, code, year)


@lru_cache(maxsize=1 << 12)
def gfsm_of(code: str, year: int) -> Correspondence | None:
    """Return the GFSM 2014 category of an economic key, ``None`` where there is none."""
    return _international(Scheme.DEPARTMENT_ECONOMIC, code, year)


def _international(scheme: Scheme, code: str, year: int) -> Correspondence | None:
    """Where a subject belongs; a name that no edition knows belongs where the subject above it does."""
    try:
        subject = tree(scheme, year)[code.partition("~")[0]]
        return cofog(subject) if scheme is Scheme.FUNCTIONAL else gfsm(subject)
    except GovBudgetError:
        return None


def _plain(row: Sequence[Value]) -> list[str]:
    return [_text(value) for value in row]


def _text(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _yuan(fen: Value) -> str:
    return str(decimal_of(fen, 2)) if isinstance(fen, int) else ""


def _package(
    disclosure: Disclosure,
    fields: Sequence[Mapping[str, object]],
    rows: Iterable[Sequence[str]],
    more: Mapping[str, object],
) -> dict[str, bytes]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field["name"] for field in fields])
    writer.writerows(rows)
    body = disclosure.organization.name
    name = re.sub(r"[^a-z0-9._-]+", "-", f"govbudget-{disclosure.source}-{disclosure.year}".lower()).strip("-")
    schema: dict[str, object] = {"fields": list(fields), "missingValues": [""]}
    if fields[0]["name"] == "id":
        schema["primaryKey"] = ["id"]
    descriptor = {
        "profile": "tabular-data-package",  # that of Fiscal Data Packages is of version 0.3, which had another model
        "name": name,
        "title": f"{body} {disclosure.year} {disclosure.stage.value}",
        **more,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "facts",
                "path": FACTS,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema,
            }
        ],
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    return {"datapackage.json": text.encode(), FACTS: out.getvalue().encode()}
