"""SDMX through pysdmx (extra ``sdmx``): structures in SDMX-ML 3.0, data in SDMX-CSV 2.0 and SDMX-ML 3.0.

One observation is one fact: the money at one coordinate, once, however often it is printed. ``OBS_VALUE`` counts 分
(``UNIT_MULT`` -2 of ``UNIT_MEASURE`` CNY), so that no reader makes a binary fraction of it. ``_T`` is all of an axis.
What the document names and no classification codes (bodies, projects, new subjects) has a code made of its name, the
same in every file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import attrs

from govbudget.aggregation.long import NAMES, Value, long_rows
from govbudget.errors import SourceError
from govbudget.model import AXES, Disclosure, Flow, Fund, Item, Period, Stage, Use
from govbudget.serializers.packages import cofog_of, gfsm_of
from govbudget.source.extras import need

AGENCY, VERSION = "GOVBUDGET", "1.0"
TOTAL = "_T"
_FIXED: Mapping[str, Any] = {"flow": Flow, "stage": Stage, "period": Period, "fund": Fund, "use": Use, "item": Item}
_DIMENSIONS = ("organization", "stage", "flow", *AXES)
_ATTRIBUTES = ("unit_measure", "unit_mult", "printed_unit", "decimals", "low", "high", "cofog", "gfsm")
_CODE = re.compile(r"[A-Za-z0-9]+")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # equal disclosures give equal bytes


@attrs.frozen
class Observation:
    """A fact as SDMX says it: codes by dimension, names by (dimension, code), the value in 分, and attributes."""

    codes: Mapping[str, str]
    time: str
    fen: int
    attributes: Mapping[str, str]


def sdmx_files(disclosure: Disclosure) -> dict[str, bytes]:
    """Return ``structures.xml``, ``data.csv`` and ``data.xml``.

    Raises:
        MissingExtra: pysdmx is not installed.
        SourceError: there is no amount to say.
    """
    io = need("pysdmx.io", "sdmx", "writing SDMX")
    need("xmltodict", "sdmx", "writing SDMX-ML")
    frame = need("pandas", "sdmx", "writing SDMX")
    pd = need("pysdmx.io.pd", "sdmx", "writing SDMX")
    formats, message = need("pysdmx.io.format", "sdmx", "SDMX").Format, need("pysdmx.model.message", "sdmx", "SDMX")
    names: dict[tuple[str, str], str] = {}
    facts = observations(disclosure, names)
    if not facts:
        raise SourceError("there is no amount in the disclosure", place=disclosure.source)
    artefacts, structure = _structures(names)
    rows = [
        {**{k.upper(): v for k, v in o.codes.items()}, "TIME_PERIOD": o.time, "OBS_VALUE": str(o.fen)}
        | {k.upper(): v for k, v in o.attributes.items()}
        for o in facts
    ]
    data = pd.PandasDataset(structure=structure.to_schema(), data=frame.DataFrame(rows, dtype=str))
    head = {"id": f"{AGENCY}-{disclosure.year}", "prepared": _EPOCH}

    def ml(what: Any, of: Any) -> bytes:
        return _text(io.write_sdmx(what, of, header=message.Header(**head))).encode()

    return {
        "structures.xml": ml(artefacts, formats.STRUCTURE_SDMX_ML_3_0),
        "data.csv": _text(io.write_sdmx([data], formats.DATA_SDMX_CSV_2_0_0)).encode(),
        "data.xml": ml([data], formats.DATA_SDMX_ML_3_0),
    }


def _text(written: str | None) -> str:
    return written or ""


def observations(disclosure: Disclosure, names: dict[tuple[str, str], str]) -> list[Observation]:
    """Return the facts, those of tables by the witness that stands for them in totals; ``names`` is filled."""
    found: dict[tuple[str, ...], dict[str, Value]] = {}
    for values in long_rows(disclosure):
        row = dict(zip(NAMES, values, strict=True))
        key = (str(row["year"]), *(str(row[name]) for name in _DIMENSIONS))
        if row["state"] == "amount" and (row["is_primary"] or key not in found):
            found[key] = row
    return [_observation(row, disclosure, names) for row in found.values()]


def _observation(row: Mapping[str, Value], disclosure: Disclosure, names: dict[tuple[str, str], str]) -> Observation:
    codes: dict[str, str] = {}
    for dimension in _DIMENSIONS:
        value = str(row[dimension])
        codes[dimension] = code = _coded(dimension, value)
        names.setdefault((dimension, code), str(row.get(f"{dimension}_name") or value or "total"))
    cofog, gfsm = cofog_of(str(row["functional"]), disclosure.year), gfsm_of(str(row["economic"]), disclosure.year)
    attributes = {
        "unit_measure": "CNY",
        "unit_mult": "-2",
        "printed_unit": str(row["unit"]),
        "decimals": str(row["places"]),
        "low": str(row["low"]),
        "high": str(row["high"]),
        "cofog": cofog.code if cofog is not None else "",
        "gfsm": gfsm.code if gfsm is not None else "",
    }
    return Observation(codes, str(row["year"] or disclosure.year), int(row["fen"] or 0), attributes)


def _coded(dimension: str, value: str) -> str:
    if value in ("", "all"):
        return TOTAL
    if dimension in _FIXED:
        return value.upper()
    if _CODE.fullmatch(value):
        return value
    return f"{dimension[0].upper()}{hashlib.sha256(value.encode()).hexdigest()[:16].upper()}"


def _structures(names: Mapping[tuple[str, str], str]) -> tuple[list[Any], Any]:
    m = need("pysdmx.model", "sdmx", "writing SDMX")
    kinds = need("pysdmx.model", "sdmx", "writing SDMX").DataType
    common = {"agency": AGENCY, "version": VERSION}
    lists = {}
    for dimension in _DIMENSIONS:
        said = {code: name for (where, code), name in names.items() if where == dimension}
        fixed = {node.value.upper(): node.value for node in _FIXED.get(dimension, ()) if node.value != "all"}
        items = [m.Code(code, name=name) for code, name in sorted({TOTAL: "total", **fixed, **said}.items())]
        lists[dimension] = m.Codelist(f"CL_{dimension.upper()}", name=f"{dimension} of money", items=items, **common)
    concepts = [*_DIMENSIONS, "time_period", "obs_value", *_ATTRIBUTES]
    scheme = m.ConceptScheme(
        "CS_BUDGET",
        name="Concepts of budget disclosures",
        items=[m.Concept(name.upper(), name=name.replace("_", " ")) for name in concepts],
        **common,
    )

    def part(name: str, role: Any, kind: Any, **more: Any) -> Any:
        concept = m.ItemReference("Concept", AGENCY, "CS_BUDGET", VERSION, name.upper())
        required = role is not m.Role.ATTRIBUTE or name in ("unit_measure", "unit_mult", "decimals")
        return m.Component(name.upper(), required, role, concept, local_dtype=kind, **more)

    parts = [part(name, m.Role.DIMENSION, kinds.STRING, local_codes=lists[name]) for name in _DIMENSIONS]
    parts.append(part("time_period", m.Role.DIMENSION, kinds.PERIOD))
    parts.append(part("obs_value", m.Role.MEASURE, kinds.BIG_INTEGER))
    parts += [part(name, m.Role.ATTRIBUTE, kinds.STRING, attachment_level="O") for name in _ATTRIBUTES]
    structure = m.DataStructureDefinition(
        "DSD_BUDGET", name="Figures of budget disclosures", components=m.Components(parts), **common
    )
    flow = m.Dataflow("DF_BUDGET", name="Budget disclosures", structure=structure, **common)
    return [*lists.values(), scheme, structure, flow], structure
