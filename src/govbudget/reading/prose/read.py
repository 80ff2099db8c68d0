"""Walk the clauses of a section and turn each into the claim it makes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs

from govbudget.layouts import SectionSpec
from govbudget.model import (
    AbsenceClaim,
    AmountClaim,
    Base,
    ChangeClaim,
    Claim,
    CompositionClaim,
    Coordinate,
    CountClaim,
    Counted,
    Direction,
    Finding,
    FlatClaim,
    GrowthClaim,
    Said,
    ShareClaim,
    Stage,
    Statement,
    along,
    is_below,
    moved,
)
from govbudget.model.coordinate import AXES
from govbudget.money import Amount, MoneyUnit, Percent
from govbudget.place import Place
from govbudget.reading.parts import Run
from govbudget.reading.prose import patterns as p
from govbudget.reading.prose.clauses import Clause, clauses
from govbudget.reading.prose.terms import Lexicon, find_name, find_subject
from govbudget.reading.remarks import remark
from govbudget.text import Folded

_UP = {"增加", "增长", "上升", "提高"}
_STAGES = {"执行": Stage.EXECUTION, "预算": Stage.BUDGET, "决算": Stage.FINAL}
_DIGIT = re.compile(r"\d")


@attrs.define
class _Reader:
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
    named: list[tuple[Coordinate, ...]] = attrs.field(factory=list)
    folded: Folded = attrs.field(default=Folded("", ()))
    line: int = 0
    page: int | None = None


def read_part(
    runs: tuple[Run, ...], section: SectionSpec, heading: str, lexicon: Lexicon, document: str, unit: MoneyUnit
) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
    """Read the paragraphs of a section.

    Args:
        runs: the paragraphs.
        section: what the layout says of the section.
        heading: its heading as printed, for places.
        lexicon: what its words may name.
        document: name of the document.
        unit: the unit of an amount printed without one (a bare “0”).

    Returns:
        The claims in the order of the text, and a finding for every clause that no pattern understands.
    """
    reader = _Reader(section, heading, lexicon, document, unit)
    for run in runs:
        reader.folded, reader.line, reader.page = run.folded, run.line, run.page
        reader.comparable = False
        _read_run(reader, run)
    return tuple(reader.claims), tuple(reader.findings)


def _read_run(reader: _Reader, run: Run) -> None:
    text = run.folded.text
    numbering = p.NUMBERING.match(text)
    offset = numbering.end() if numbering else 0
    if not text[offset:]:
        return
    if "。" not in text and len(text) <= 40 and not re.search(r"\d(?:万?元|%|辆|台|个)", text):
        whole = Clause(text[offset:], offset, len(text), 0)
        reader.of, reader.term, reader.base = (), "", None
        _state(reader, Said.LEAD, whole, whole)  # a heading inside the section
        return
    items = [attrs.evolve(c, start=c.start + offset, stop=c.stop + offset) for c in clauses(text[offset:])]
    index = 0
    while index < len(items):
        index += _read_clause(reader, items, index)


def _read_clause(reader: _Reader, items: list[Clause], index: int) -> int:
    """Read the clause at ``index``, and those after it that belong to its sentence; return how many were read."""
    clause = items[index]
    rest = [c for c in items[index:] if c.sentence == clause.sentence]
    for opening, kind in ((p.REASON, Said.REASON), (p.PURPOSE, Said.PURPOSE)):
        if opening.match(clause.text):
            count = _prose_length(rest, stop=(p.REASON,) if kind is Said.PURPOSE else ())
            _state(reader, kind, clause, rest[count - 1])
            return count
    if p.NO_PURCHASE.search(clause.text):
        _state(reader, Said.NO_PURCHASE, clause, rest[-1])
        return len(rest)
    for read in _READERS:
        if read(reader, clause):
            return 1
    for pattern, kind in ((p.COVERAGE, Said.COVERAGE), (p.POLICY, Said.POLICY)):
        if any(pattern.search(c.text) for c in rest):
            last = max(i for i, c in enumerate(rest) if pattern.search(c.text))
            stop = next((i for i, c in enumerate(rest[: last + 1]) if i and _speaks_in_figures(reader, c)), last + 1)
            _state(reader, kind, clause, rest[stop - 1])
            return stop
    if len(items) > 1 and not _DIGIT.search(clause.text) and find_subject(clause.text, reader.section, reader.lexicon):
        _name(reader, clause)  # 因公出国（境）费用：…
        return 1
    text = _printed(reader, clause, clause)
    reader.findings.append(remark("read.sentence", _place(reader, clause, clause), text=text))
    return 1


def _prose_length(rest: list[Clause], stop: tuple[re.Pattern[str], ...]) -> int:
    for index, clause in enumerate(rest[1:], 1):
        if any(pattern.match(clause.text) for pattern in stop) or p.FLAT.fullmatch(clause.text):
            return index
        if stop and (p.CHANGE.fullmatch(clause.text) or p.GROWTH.fullmatch(clause.text)):
            return index
    return len(rest)


def _speaks_in_figures(reader: _Reader, clause: Clause) -> bool:
    del reader
    return any(f.fullmatch(clause.text) for f in (p.AMOUNT, p.CHANGE, p.GROWTH, p.SHARE, p.ZERO, p.COUNT))


# -- one reader per kind of claim; each tells whether the clause was its kind -----------------------------------------


def _lead(reader: _Reader, clause: Clause) -> bool:
    if p.SET_ASIDE.fullmatch(clause.text):
        reader.comparable = True
    elif not p.LEAD.fullmatch(clause.text):
        return False
    _state(reader, Said.LEAD, clause, clause)
    return True


def _compared(reader: _Reader, clause: Clause) -> bool:
    """与上年相比，增加…: the base stands in a clause of its own."""
    match = p.COMPARED.fullmatch(clause.text)
    if match is None:
        return False
    reader.base = _base(reader, match)
    _state(reader, Said.LEAD, clause, clause)
    return True


def _change(reader: _Reader, clause: Clause) -> bool:
    match = p.CHANGE.fullmatch(clause.text)
    base = match and _base(reader, match)
    if match is None or base is None:
        return False
    reader.claims.append(
        ChangeClaim(**_said(reader, clause, match), base=base, direction=_direction(match), amount=_amount(match))
    )
    return True


def _growth(reader: _Reader, clause: Clause) -> bool:
    match = p.GROWTH.fullmatch(clause.text)
    base = match and _base(reader, match)
    if match is None or base is None:
        return False
    percent = Percent.parse(match["number"])
    reader.claims.append(
        GrowthClaim(**_said(reader, clause, match), base=base, direction=_direction(match), percent=percent)
    )
    return True


def _flat(reader: _Reader, clause: Clause) -> bool:
    match = p.FLAT.fullmatch(clause.text)
    base = match and _base(reader, match)
    if match is None or base is None:
        return False
    reader.claims.append(FlatClaim(**_said(reader, clause), base=base, roughly=bool(match["rough"])))
    return True


def _share(reader: _Reader, clause: Clause) -> bool:
    match = p.SHARE.fullmatch(clause.text)
    if match is None:
        return False
    found = find_subject(match["whole"], reader.section, reader.lexicon) if match["whole"] else None
    whole = found[0] if found else _whole(reader)
    percent = Percent.parse(match["number"])
    reader.claims.append(ShareClaim(**_said(reader, clause, match), whole=whole, percent=percent))
    return True


def _composition(reader: _Reader, clause: Clause) -> bool:
    match = p.COMPOSITION.fullmatch(clause.text)
    if match is None:
        return False
    if match["subject"]:
        found = find_subject(match["subject"], reader.section, reader.lexicon)
        if found is None:
            return False
        reader.of, reader.term = found
    parts = tuple(part for part in re.split("、", re.sub(r"等.{0,6}$", "", match["list"])) if part)
    found_parts = [_part(reader, part) for part in parts]
    axis = reader.section.lists
    if not axis:
        axis = "functional" if any(of is not None and of.functional for of in found_parts) else "fund"
    reader.claims.append(
        CompositionClaim(
            **_said(reader, clause), parts=parts, parts_of=tuple(found_parts), axis=axis, main=bool(match["main"])
        )
    )
    return True


def _part(reader: _Reader, name: str) -> Coordinate | None:
    """The fact that a name in a list stands for: a subject on the axis of the list, else a term of the section."""
    if reader.section.lists:
        key = find_name(name, reader.section.lists, reader.lexicon)
        of = reader.of[0] if reader.of else Coordinate()
        return moved(of, reader.section.lists, key) if key else None
    found = find_subject(name, reader.section, reader.lexicon)
    return found[0][0] if found else None


def _money(reader: _Reader, clause: Clause) -> bool:
    match = p.AMOUNT.fullmatch(clause.text) or p.ZERO.fullmatch(clause.text)
    if match is None or p.THRESHOLD.search(clause.text):
        return False
    if reader.of and (stated := p.YEAR_FIGURE.fullmatch(match["subject"])):
        _figure_of_year(reader, clause, match, stated)
        return True
    found = find_subject(match["subject"], reader.section, reader.lexicon)
    reader.of, reader.term = found if found else ((), match["subject"])
    said = _said(reader, clause, match)
    if found is None:
        reader.findings.append(remark("read.subject", said["place"], words=match["subject"], text=said["text"]))
    else:
        reader.named.append(reader.of)
    reader.base = None
    unit = match["unit"] if "unit" in match.re.groupindex else reader.unit.value
    reader.claims.append(AmountClaim(**said, amount=Amount.parse(match["number"], MoneyUnit(unit))))
    return True


def _figure_of_year(reader: _Reader, clause: Clause, match: re.Match[str], stated: re.Match[str]) -> None:
    """2025年当年预算执行数为…，2026年预算安排…: another figure of the same subject; it stays the subject."""
    stage = next((stage for word, stage in _STAGES.items() if word in stated["what"]), Stage.BUDGET)
    if "执行" in stated["what"]:
        stage = Stage.EXECUTION
    of = tuple(attrs.evolve(at, year=int(stated["year"]), stage=stage) for at in reader.of)
    said = _said(reader, clause, match) | {"of": of}
    reader.claims.append(AmountClaim(**said, amount=_amount(match)))


def _count(reader: _Reader, clause: Clause) -> bool:
    match = p.COUNT.fullmatch(clause.text)
    if match is None:
        return False
    threshold = p.THRESHOLD.search(match["subject"])
    if threshold and threshold["what"]:
        what = Counted.GENERAL_EQUIPMENT if threshold["what"] == "通用" else Counted.SPECIAL_EQUIPMENT
        above: Amount | None = Amount.parse(threshold["number"], MoneyUnit(threshold["unit"]))
    else:
        name = next((key for key in reversed(p.COUNTED) if p.COUNTED[key].search(match["subject"])), None)
        if name is None:
            return False
        what, above = Counted(name), None
    numbers = [match.span("number")] + ([threshold.span("number")] if threshold else [])
    said = _said(reader, clause)
    said |= {"of": (), "term": match["subject"]}
    said["numbers"] = tuple(sorted(reader.folded.span(clause.start + a, clause.start + b) for a, b in numbers))
    reader.claims.append(CountClaim(**said, what=what, count=int(match["number"]), threshold=above))
    return True


def _absence(reader: _Reader, clause: Clause) -> bool:
    match = p.ABSENCE.fullmatch(clause.text)
    found = match and find_subject(match["subject"], reader.section, reader.lexicon)
    if not found:
        return False
    reader.of, reader.term = found
    reader.named.append(reader.of)
    reader.base = None
    reader.claims.append(AbsenceClaim(**_said(reader, clause)))
    return True


_READERS: tuple[Callable[[_Reader, Clause], bool], ...] = (
    _lead,
    _flat,
    _compared,
    _change,
    _growth,
    _share,
    _composition,
    _money,
    _count,
    _absence,
)


# -- helpers --------------------------------------------------------------------------------------------------------


def _name(reader: _Reader, clause: Clause) -> None:
    found = find_subject(clause.text, reader.section, reader.lexicon)
    if found:
        reader.of, reader.term = found
    _state(reader, Said.LEAD, clause, clause)


def _state(reader: _Reader, kind: Said, first: Clause, last: Clause) -> None:
    text = _printed(reader, first, last)
    place = _place(reader, first, last)
    reader.claims.append(Statement(of=reader.of, term=reader.term, text=text, place=place, kind=kind))


def _said(reader: _Reader, clause: Clause, match: re.Match[str] | None = None) -> dict[str, Any]:
    numbers: tuple[tuple[int, int], ...] = ()
    if match is not None:
        start, stop = match.span("number")
        numbers = (reader.folded.span(clause.start + start, clause.start + stop),)
    return {
        "of": reader.of,
        "term": reader.term,
        "text": _printed(reader, clause, clause),
        "place": _place(reader, clause, clause),
        "numbers": numbers,
    }


def _printed(reader: _Reader, first: Clause, last: Clause) -> str:
    return reader.folded.text[first.start : last.stop]


def _place(reader: _Reader, first: Clause, last: Clause) -> Place:
    span = reader.folded.span(first.start, last.stop)
    return Place(document=reader.document, page=reader.page, section=reader.heading, line=reader.line, span=span)


def _amount(match: re.Match[str]) -> Amount:
    return Amount.parse(match["number"], MoneyUnit(match["unit"]))


def _direction(match: re.Match[str]) -> Direction:
    return Direction.UP if match["direction"] in _UP else Direction.DOWN


def _base(reader: _Reader, match: re.Match[str]) -> Base | None:
    """What the change is measured against: named here, or the base of the clause before."""
    groups = match.groupdict()
    comparable = bool(groups.get("comparable")) or (reader.comparable and not groups.get("base"))
    if groups.get("base"):
        year, what = groups["year"], groups.get("what") or ""
        known = re.match(r"\d{4}", year)
        budget_year = reader.lexicon.base.year or 0
        stage = next((stage for word, stage in _STAGES.items() if word in what), None)
        reader.base = Base(year=int(known[0]) if known else budget_year - 1, stage=stage, comparable=comparable)
    elif reader.base is not None and reader.base.comparable != comparable:
        reader.base = attrs.evolve(reader.base, comparable=comparable)
    return reader.base


def _whole(reader: _Reader) -> tuple[Coordinate, ...]:
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
