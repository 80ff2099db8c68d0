"""Conformance cases: what any implementation should make of numbers, sentences and documents, as plain JSON.

The files and their fields are described in docs/reference/conformance.md. This module writes what a case expects in
the words of that page, so that the tool that builds the cases and the test that runs them say it once.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

import attrs

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport
from govbudget.model import (
    Base,
    Claim,
    Coordinate,
    Direction,
    Disclosure,
    Statement,
    Via,
    facts,
)
from govbudget.money import Amount, Cell, MoneyUnit, Percent, printed_percent
from govbudget.place import Place

_LEFT_OUT = {"text", "term", "place", "numbers", "axis"}


def address(at: Coordinate, year: int, stage: object) -> str:
    """Write a coordinate as words: the axes on which it is not all there is; year and stage where they are others.

    >>> from govbudget.model import Flow, Fund, Stage
    >>> at = Coordinate(year=2024, stage=Stage.BUDGET, flow=Flow.EXPENDITURE, fund=Fund.GENERAL, functional="201")
    >>> address(at, 2024, Stage.BUDGET)
    'flow=expenditure fund=general functional=201'
    """
    words = []
    for field in attrs.fields(Coordinate):
        value = getattr(at, field.name)
        if value in (None, "", field.default) or (field.name, value) in (("year", year), ("stage", stage)):
            continue
        words.append(f"{field.name}={value.value if isinstance(value, enum.Enum) else value}")
    return " ".join(words)


def number_case(text: str, unit: MoneyUnit, found: Cell | None) -> dict[str, object]:
    """Write what a cell of a table says: an amount with its bounds, a mark, or that it is none."""
    case: dict[str, object] = {"text": text, "unit": unit.value}
    if isinstance(found, Amount):
        low, high = found.bounds
        case |= {"fen": found.fen, "places": found.places, "low": low, "high": high}
        if found.unit is not unit:
            case["printed_unit"] = found.unit.value
    elif found is not None:
        case["mark"] = found.value
    else:
        case["error"] = True
    return case


def claim_case(claim: Claim, year: int, stage: object) -> dict[str, object]:
    """Write what a sentence claims; the words and the place are left out."""
    kind = type(claim).__name__.removesuffix("Claim").lower()
    out: dict[str, object] = {"kind": kind}
    for field in attrs.fields(type(claim)):
        value = getattr(claim, field.name)
        if field.name in _LEFT_OUT or value in (None, (), False, field.default):
            continue
        out[field.name] = _plain(value, year, stage)
    return out


def _plain(value: object, year: int, stage: object) -> object:
    if isinstance(value, Coordinate):
        return address(value, year, stage)
    if isinstance(value, Amount):
        return {"fen": value.fen, "unit": value.unit.value, "places": value.places}
    if isinstance(value, Percent):
        return printed_percent(value)
    if isinstance(value, Base):
        base = {"year": value.year, "stage": value.stage.value if value.stage else None}
        return base | ({"comparable": True} if value.comparable else {})
    if isinstance(value, Direction | enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each, year, stage) for each in value]
    return value


def claims_of(claims: Iterable[Claim], year: int, stage: object) -> list[dict[str, object]]:
    """Write all claims but those without a figure, in the order of the text."""
    return [claim_case(claim, year, stage) for claim in claims if not isinstance(claim, Statement)]


def facts_of(disclosure: Disclosure) -> list[list[object]]:
    """Write every fact of the tables: its address, its amount in 分, and the places that print it."""
    found = []
    for fact in facts(disclosure):
        witnesses = [w for w in fact.witnesses if w.via is Via.TABLE]
        if witnesses:
            at = address(fact.at, disclosure.year, disclosure.stage)
            found.append([at, witnesses[0].amount.fen, [place_words(w.place) for w in witnesses]])
    return found


def place_words(place: Place) -> str:
    """Write where something stands: table.row.column, from 1; a name of a section; or nothing for the document.

    >>> place_words(Place(table=3, row=4, column=2))
    '3.4.2'
    """
    if place.table is not None:
        return ".".join(str(n) for n in (place.table, place.row, place.column) if n is not None)
    return place.section or ""


def violations_of(report: AuditReport, rules: Sequence[str]) -> list[list[str]]:
    """Write what is violated, by rule and chief place, for the rules asked for; each once, in order."""
    found = {
        (c.rule, place_words(c.operands[0].place) if c.operands else "")
        for c in report.comparisons
        if c.verdict is Verdict.VIOLATED and c.rule in rules
    }
    return [list(pair) for pair in sorted(found)]
