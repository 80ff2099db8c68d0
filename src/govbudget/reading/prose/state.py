"""What the reader of sentences knows as it goes, and how claims get their words, places and numbers from it."""

from __future__ import annotations

import re
from typing import Any

import attrs

from govbudget.layouts import SectionSpec
from govbudget.model import (
    AXES,
    Base,
    Claim,
    Coordinate,
    Direction,
    Finding,
    Said,
    Stage,
    Statement,
    along,
    is_below,
)
from govbudget.money import Amount, MoneyUnit
from govbudget.place import Place
from govbudget.reading.prose.clauses import Clause
from govbudget.reading.prose.terms import Lexicon, find_subject
from govbudget.reading.remarks import remark
from govbudget.text import Folded

_UP = {"增加", "增长", "上升", "提高", "增幅", "大于", "高于", "多于"}
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
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
    above: str = ""
    reasoned: bool = False
    just_named: bool = False
    lost: bool = False  # something was named that nobody knows: what follows is said of that, not of what was before
    plan: Stage = Stage.BUDGET
    planned: bool = False
    within: tuple[Coordinate | None, int] | None = None  # 其中 of a subject (None: unknown), in which sentence
    listing: tuple[Coordinate, str] | None = None  # 其中 behind a term whose parts lie on an axis (projects)
    named: list[tuple[Coordinate, ...]] = attrs.field(factory=list)
    folded: Folded = attrs.field(default=Folded("", ()))
    line: int = 0
    page: int | None = None


def find(reader: Reader, words: str) -> tuple[tuple[Coordinate, ...], str] | None:
    """Return what words speak of; a path sets what the paths after it stand under."""
    found = find_subject(words, reader.section, reader.lexicon, reader.above)
    if found and found[0][0].functional and "(" in found[1]:
        reader.above = found[0][0].functional
    return (of_year_said(found[0], words), found[1]) if found else None


def of_year_said(of: tuple[Coordinate, ...], words: str) -> tuple[Coordinate, ...]:
    """Return facts of the year that words bear: 2023年机关运行经费决算数 in a budget for 2024 is of the year before."""
    said = _YEAR.search(words)
    if said is None or all(at.year in (None, 0, int(said[1])) for at in of):
        return of
    stage = next((stage for word, stage in STAGES.items() if word in words), None)
    return tuple(attrs.evolve(at, year=int(said[1]), stage=stage or at.stage) for at in of)


def aside(reader: Reader, clause: Clause, match: re.Match[str]) -> None:
    """Keep a remark in brackets that holds a number: (上年仅安排…140.2万元)."""
    if match["tail"] if "tail" in match.re.groupindex else None:
        start, stop = match.span("tail")
        inner = Clause(match["tail"], clause.start + start, clause.start + stop, clause.sentence)
        keep(reader, Said.ASIDE, inner, inner)


def lose(reader: Reader, clause: Clause) -> None:
    """Take what a clause names for the subject of what follows, though nobody knows it."""
    reader.of, reader.term, reader.lost = (), clause.text, True
    place = place_of_clauses(reader, clause, clause)
    reader.findings.append(remark("read.subject", place, words=clause.text, text=clause.text))
    keep(reader, Said.LEAD, clause, clause)


def name_subject(reader: Reader, clause: Clause) -> None:
    """Make what a clause names the subject of what follows."""
    found = find(reader, clause.text)
    if found:
        reader.of, reader.term = found
    keep(reader, Said.LEAD, clause, clause)


def keep(reader: Reader, kind: Said, first: Clause, last: Clause) -> None:
    """Keep clauses as a statement without a figure."""
    text = printed(reader, first, last)
    place = place_of_clauses(reader, first, last)
    reader.claims.append(Statement(of=reader.of, term=reader.term, text=text, place=place, kind=kind))


def spoken(reader: Reader, clause: Clause, match: re.Match[str] | None = None) -> dict[str, Any]:
    """Return what every claim says of itself: subject, words, place, and the number of ``match``."""
    numbers: tuple[tuple[int, int], ...] = ()
    if match is not None:
        if match.groupdict().get("unit") in ("万", "亿") and reader.of:
            text, place = printed(reader, clause, clause), place_of_clauses(reader, clause, clause)
            reader.findings.append(remark("read.money-unit", place, text=text))
        start, stop = match.span("number")
        numbers = (reader.folded.span(clause.start + start, clause.start + stop),)
    return {
        "of": reader.of,
        "term": reader.term,
        "text": printed(reader, clause, clause),
        "place": place_of_clauses(reader, clause, clause),
        "numbers": numbers,
    }


def printed(reader: Reader, first: Clause, last: Clause) -> str:
    """Return the folded words from one clause to another."""
    return reader.folded.text[first.start : last.stop]


def place_of_clauses(reader: Reader, first: Clause, last: Clause) -> Place:
    """Return where the clauses stand."""
    span = reader.folded.span(first.start, last.stop)
    return Place(document=reader.document, page=reader.page, section=reader.heading, line=reader.line, span=span)


def amount_in(match: re.Match[str]) -> Amount:
    """Return the amount a pattern found."""
    return Amount.parse(match["number"], unit_in(match))


def unit_in(match: re.Match[str]) -> MoneyUnit:
    """Return the unit a pattern found: 0.39万 is 0.39万元."""
    return MoneyUnit(match["unit"] if match["unit"].endswith("元") else match["unit"] + "元")


def direction_in(match: re.Match[str]) -> Direction:
    """Return which way a pattern says that it went."""
    return Direction.UP if match["direction"] in _UP else Direction.DOWN


def base_of(reader: Reader, match: re.Match[str]) -> Base | None:
    """What the change is measured against: named here, or the base of the clause before."""
    groups = match.groupdict()
    comparable = bool(groups.get("comparable")) or (reader.comparable and not groups.get("base"))
    if groups.get("base") == "同比":
        if reader.base is None or reader.base.comparable != comparable:
            reader.base = Base(year=(reader.lexicon.base.year or 0) - 1, comparable=comparable)
    elif groups.get("base"):
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
        if earlier != reader.of and reader.of and all(is_part(of, earlier[0]) for of in reader.of):
            return earlier[:1]
    return ()


def is_part(of: Coordinate, whole: Coordinate) -> bool:
    """Tell whether one fact is part of another: below it on every axis on which they differ."""
    if (of.flow, of.year, of.stage) != (whole.flow, whole.year, whole.stage):
        return False
    pairs = [(along(of, axis), along(whole, axis)) for axis in AXES]
    return any(a != b for a, b in pairs) and all(a == b or is_below(a, b) for a, b in pairs)
