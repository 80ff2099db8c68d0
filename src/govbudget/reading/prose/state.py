"""What a reader of sentences remembers, and how it writes down what a clause says."""

from __future__ import annotations

import re
from typing import Any

import attrs

from govbudget.layouts import SectionSpec
from govbudget.model import Base, Claim, Coordinate, Finding, Said, Statement
from govbudget.money import MoneyUnit
from govbudget.place import Place
from govbudget.reading.prose.clauses import Clause
from govbudget.reading.prose.terms import Lexicon
from govbudget.text import Folded


@attrs.define
class Reader:
    """What has been said so far: sentences lean on what stands before them (比上年…增加 of what?)."""

    section: SectionSpec
    heading: str
    lexicon: Lexicon
    document: str
    unit: MoneyUnit
    claims: list[Claim] = attrs.field(factory=list)
    findings: list[Finding] = attrs.field(factory=list)
    of: tuple[Coordinate, ...] = ()
    term: str = ""
    base: Base | None = None
    comparable: bool = False
    planned: bool = False
    listing: tuple[Coordinate, str] | None = None  # 其中 behind a term whose parts lie on an axis (projects)
    named: list[tuple[Coordinate, ...]] = attrs.field(factory=list)
    folded: Folded = attrs.field(default=Folded("", ()))
    line: int = 0
    page: int | None = None


def state(reader: Reader, kind: Said, first: Clause, last: Clause) -> None:
    """Keep the words from ``first`` to ``last`` as a statement of this kind."""
    text = printed(reader, first, last)
    place = place_of(reader, first, last)
    reader.claims.append(Statement(of=reader.of, term=reader.term, text=text, place=place, kind=kind))


def said_of(reader: Reader, clause: Clause, match: re.Match[str] | None = None) -> dict[str, Any]:
    """Return what every claim of a clause says alike; its number stands in the group ``number`` of ``match``."""
    numbers: tuple[tuple[int, int], ...] = ()
    if match is not None:
        start, stop = match.span("number")
        numbers = (reader.folded.span(clause.start + start, clause.start + stop),)
    return {
        "of": reader.of,
        "term": reader.term,
        "text": printed(reader, clause, clause),
        "place": place_of(reader, clause, clause),
        "numbers": numbers,
    }


def printed(reader: Reader, first: Clause, last: Clause) -> str:
    """Return the words from ``first`` to ``last``, folded."""
    return reader.folded.text[first.start : last.stop]


def place_of(reader: Reader, first: Clause, last: Clause) -> Place:
    """Return where the words from ``first`` to ``last`` stand in the source."""
    span = reader.folded.span(first.start, last.stop)
    return Place(document=reader.document, page=reader.page, section=reader.heading, line=reader.line, span=span)
