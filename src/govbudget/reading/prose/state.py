"""What the reader of a section knows at each clause, and the pieces that claims are made of."""

from __future__ import annotations

import re
from typing import Any

import attrs

from govbudget.layouts import SectionSpec
from govbudget.model import Base, Claim, Coordinate, Direction, Finding, Said, Stage, Statement, along, is_below
from govbudget.model.coordinate import AXES
from govbudget.money import Amount, MoneyUnit
from govbudget.place import Place
from govbudget.reading.prose.clauses import Clause
from govbudget.reading.prose.terms import Lexicon
from govbudget.text import Folded

_UP = {"增加", "增长", "上升", "提高"}
STAGES = {"执行": Stage.EXECUTION, "预算": Stage.BUDGET, "决算": Stage.FINAL}


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
    plan: Stage = Stage.BUDGET
    named: list[tuple[Coordinate, ...]] = attrs.field(factory=list)
    folded: Folded = attrs.field(default=Folded("", ()))
    line: int = 0
    page: int | None = None


def keep(reader: Reader, kind: Said, first: Clause, last: Clause) -> None:
    """Keep words as a statement."""
    text = printed_words(reader, first, last)
    place = place_of(reader, first, last)
    reader.claims.append(Statement(of=reader.of, term=reader.term, text=text, place=place, kind=kind))


def words_of(reader: Reader, clause: Clause, match: re.Match[str] | None = None) -> dict[str, Any]:
    """Return what every claim says of itself; with a match, the number in it is accounted for."""
    numbers: tuple[tuple[int, int], ...] = ()
    if match is not None:
        start, stop = match.span("number")
        numbers = (reader.folded.span(clause.start + start, clause.start + stop),)
    return {
        "of": reader.of,
        "term": reader.term,
        "text": printed_words(reader, clause, clause),
        "place": place_of(reader, clause, clause),
        "numbers": numbers,
    }


def printed_words(reader: Reader, first: Clause, last: Clause) -> str:
    """Return the words from one clause to another."""
    return reader.folded.text[first.start : last.stop]


def place_of(reader: Reader, first: Clause, last: Clause) -> Place:
    """Return where the words from one clause to another stand."""
    span = reader.folded.span(first.start, last.stop)
    return Place(document=reader.document, page=reader.page, section=reader.heading, line=reader.line, span=span)


def amount_of(match: re.Match[str]) -> Amount:
    """Return the amount of a match with a number and a unit."""
    return Amount.parse(match["number"], MoneyUnit(match["unit"]))


def direction_of(match: re.Match[str]) -> Direction:
    """Return which way the word of a match points."""
    return Direction.UP if match["direction"] in _UP else Direction.DOWN


def base_of(reader: Reader, match: re.Match[str]) -> Base | None:
    """What the change is measured against: named here, or the base of the clause before."""
    groups = match.groupdict()
    comparable = bool(groups.get("comparable")) or (reader.comparable and not groups.get("base"))
    if groups.get("base"):
        year, what = groups["year"], groups.get("what") or ""
        known = re.match(r"\d{4}", year)
        budget_year = reader.lexicon.base.year or 0
        stage = next((stage for word, stage in STAGES.items() if word in what), None)
        reader.base = Base(year=int(known[0]) if known else budget_year - 1, stage=stage, comparable=comparable)
    elif reader.base is not None and reader.base.comparable != comparable:
        reader.base = attrs.evolve(reader.base, comparable=comparable)
    return reader.base


def whole_of(reader: Reader) -> tuple[Coordinate, ...]:
    """The nearest thing named before of which the subject is a part."""
    for earlier in reversed(reader.named):
        if earlier != reader.of and reader.of and all(_is_part(of, earlier[0]) for of in reader.of):
            return earlier[:1]
    return ()


def _is_part(of: Coordinate, whole: Coordinate) -> bool:
    if (of.flow, of.year, of.stage) != (whole.flow, whole.year, whole.stage):
        return False
    pairs = [(along(of, axis), along(whole, axis)) for axis in AXES]
    return any(a != b for a, b in pairs) and all(a == b or is_below(a, b) for a, b in pairs)
