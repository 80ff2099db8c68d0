"""Walk the clauses of a section and turn each into the claim it makes."""

from __future__ import annotations

import re
from collections.abc import Callable

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
    Direction,
    Finding,
    FlatClaim,
    GrowthClaim,
    Said,
    ShareClaim,
    Stage,
    along,
    is_below,
    moved,
)
from govbudget.model.coordinate import AXES
from govbudget.money import Amount, MoneyUnit, Percent
from govbudget.reading.parts import Run
from govbudget.reading.prose import patterns as p
from govbudget.reading.prose.clauses import Clause, clauses
from govbudget.reading.prose.counted import Count, bodies, counted, counts_pieces, has_threshold
from govbudget.reading.prose.state import Reader, place_of, printed, said_of, state
from govbudget.reading.prose.terms import Lexicon, axis_of_parts, find_name, find_subject
from govbudget.reading.remarks import remark

_UP = {"增加", "增长", "上升", "提高"}
_STAGES = {"执行": Stage.EXECUTION, "预算": Stage.BUDGET, "决算": Stage.FINAL}
_DIGIT = re.compile(r"\d")


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
    reader = Reader(section, heading, lexicon, document, unit)
    for run in runs:
        reader.folded, reader.line, reader.page = run.folded, run.line, run.page
        reader.comparable = reader.planned = False
        reader.listing = None
        _read_run(reader, run)
    return tuple(reader.claims), tuple(reader.findings)


def _read_run(reader: Reader, run: Run) -> None:
    text = run.folded.text
    numbering = p.NUMBERING.match(text)
    offset = numbering.end() if numbering else 0
    if not text[offset:]:
        return
    if "。" not in text and len(text) <= 40 and not re.search(r"\d(?:万?元|%|辆|台|个)", text):
        whole = Clause(text[offset:], offset, len(text), 0)
        reader.of, reader.term, reader.base = (), "", None
        state(reader, Said.LEAD, whole, whole)  # a heading inside the section
        return
    items = [attrs.evolve(c, start=c.start + offset, stop=c.stop + offset) for c in clauses(text[offset:])]
    index = 0
    while index < len(items):
        index += _read_clause(reader, items, index)


def _read_clause(reader: Reader, items: list[Clause], index: int) -> int:
    """Read the clause at ``index``, and those after it that belong to its sentence; return how many were read."""
    clause = items[index]
    rest = [c for c in items[index:] if c.sentence == clause.sentence]
    for opening, kind in ((p.REASON, Said.REASON), (p.PURPOSE, Said.PURPOSE)):
        if opened := opening.match(clause.text):
            if words := opened.groupdict().get("subject"):
                reader.of, reader.term = find_subject(words, reader.section, reader.lexicon) or ((), words)
            count = _prose_length(rest, stop=(p.REASON,) if kind is Said.PURPOSE else ())
            state(reader, kind, clause, rest[count - 1])
            return count
    if p.UNFILLED.search(clause.text):
        state(reader, Said.UNFILLED, clause, clause)
        return 1
    if p.MARKS.fullmatch(clause.text):
        return 1  # marks that no word goes with
    if p.NO_PURCHASE.search(clause.text):
        state(reader, Said.NO_PURCHASE, clause, rest[-1])
        return len(rest)
    for read in _READERS:
        if read(reader, clause):
            return 1
    for pattern, kind in ((p.COVERAGE, Said.COVERAGE), (p.POLICY, Said.POLICY)):
        if any(pattern.search(c.text) for c in rest):
            last = max(i for i, c in enumerate(rest) if pattern.search(c.text))
            stop = next((i for i, c in enumerate(rest[: last + 1]) if i and _speaks_in_figures(reader, c)), last + 1)
            for said in rest[:stop]:
                _bodies(reader, said)
            state(reader, kind, clause, rest[stop - 1])
            return stop
    if len(items) > 1 and not _DIGIT.search(clause.text) and find_subject(clause.text, reader.section, reader.lexicon):
        _name(reader, clause)  # 因公出国（境）费用：…
        return 1
    text = printed(reader, clause, clause)
    reader.findings.append(remark("read.sentence", place_of(reader, clause, clause), text=text))
    return 1


def _prose_length(rest: list[Clause], stop: tuple[re.Pattern[str], ...]) -> int:
    for index, clause in enumerate(rest[1:], 1):
        if any(pattern.match(clause.text) for pattern in stop) or p.FLAT.fullmatch(clause.text):
            return index
        if stop and (p.CHANGE.fullmatch(clause.text) or p.GROWTH.fullmatch(clause.text)):
            return index
    return len(rest)


def _speaks_in_figures(reader: Reader, clause: Clause) -> bool:
    del reader
    forms = (p.AMOUNT, p.CHANGE, p.GROWTH, p.SHARE, p.ZERO)
    return counts_pieces(clause.text) or any(form.fullmatch(clause.text) for form in forms)


# -- one reader per kind of claim; each tells whether the clause was its kind -----------------------------------------


def _lead(reader: Reader, clause: Clause) -> bool:
    if p.SET_ASIDE.fullmatch(clause.text):
        reader.comparable = True
    elif not p.LEAD.fullmatch(clause.text):
        return False
    elif clause.text == "其中" and (axis := axis_of_parts(reader.term, reader.section)) and reader.of:
        reader.listing = (reader.of[0], axis)
    state(reader, Said.LEAD, clause, clause)
    return True


def _compared(reader: Reader, clause: Clause) -> bool:
    """与上年相比，增加…: the base stands in a clause of its own."""
    match = p.COMPARED.fullmatch(clause.text)
    if match is None:
        return False
    reader.base = _base(reader, match)
    state(reader, Said.LEAD, clause, clause)
    return True


def _change(reader: Reader, clause: Clause) -> bool:
    match = p.CHANGE.fullmatch(clause.text)
    base = match and _base(reader, match)
    if match is None or base is None:
        return False
    reader.claims.append(
        ChangeClaim(**said_of(reader, clause, match), base=base, direction=_direction(match), amount=_amount(match))
    )
    return True


def _growth(reader: Reader, clause: Clause) -> bool:
    match = p.GROWTH.fullmatch(clause.text)
    base = match and _base(reader, match)
    if match is None or base is None:
        return False
    percent = Percent.parse(match["number"])
    reader.claims.append(
        GrowthClaim(**said_of(reader, clause, match), base=base, direction=_direction(match), percent=percent)
    )
    return True


def _flat(reader: Reader, clause: Clause) -> bool:
    match = p.FLAT.fullmatch(clause.text)
    base = match and _base(reader, match)
    if match is None or base is None:
        return False
    said = said_of(reader, clause, match if match["number"] else None)
    reader.claims.append(FlatClaim(**said, base=base, roughly=bool(match["rough"])))
    return True


def _share(reader: Reader, clause: Clause) -> bool:
    match = p.SHARE.fullmatch(clause.text)
    if match is None:
        return False
    found = find_subject(match["whole"], reader.section, reader.lexicon) if match["whole"] else None
    whole = found[0] if found else _whole(reader)
    percent = Percent.parse(match["number"])
    reader.claims.append(ShareClaim(**said_of(reader, clause, match), whole=whole, percent=percent))
    return True


def _composition(reader: Reader, clause: Clause) -> bool:
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
            **said_of(reader, clause), parts=parts, parts_of=tuple(found_parts), axis=axis, main=bool(match["main"])
        )
    )
    return True


def _part(reader: Reader, name: str) -> Coordinate | None:
    """The fact that a name in a list stands for: a subject on the axis of the list, else a term of the section."""
    if reader.section.lists:
        key = find_name(name, reader.section.lists, reader.lexicon)
        of = reader.of[0] if reader.of else Coordinate()
        return moved(of, reader.section.lists, key) if key else None
    found = find_subject(name, reader.section, reader.lexicon)
    return found[0][0] if found else None


def _money(reader: Reader, clause: Clause) -> bool:
    match = p.AMOUNT.fullmatch(clause.text) or p.ZERO.fullmatch(clause.text)
    if match is None or has_threshold(clause.text):
        return False
    if reader.of and (stated := p.YEAR_FIGURE.fullmatch(match["subject"])):
        _figure_of_year(reader, clause, match, stated)
        return True
    _bodies(reader, clause)
    found = find_subject(match["subject"], reader.section, reader.lexicon)
    if found is None and reader.listing is not None and match["subject"]:
        whole, axis = reader.listing
        found = ((moved(whole, axis, match["subject"].replace("/", "／")),), match["subject"])
    else:
        reader.listing = None
    reader.of, reader.term = found if found else ((), match["subject"])
    said = said_of(reader, clause, match)
    if found is None:
        reader.findings.append(remark("read.subject", said["place"], words=match["subject"], text=said["text"]))
    else:
        reader.named.append(reader.of)
    reader.base = None
    unit = match["unit"] if "unit" in match.re.groupindex else reader.unit.value
    reader.claims.append(AmountClaim(**said, amount=Amount.parse(match["number"], MoneyUnit(unit))))
    return True


def _figure_of_year(reader: Reader, clause: Clause, match: re.Match[str], stated: re.Match[str]) -> None:
    """2025年当年预算执行数为…，2026年预算安排…: another figure of the same subject; it stays the subject."""
    stage = next((stage for word, stage in _STAGES.items() if word in stated["what"]), Stage.BUDGET)
    if "执行" in stated["what"]:
        stage = Stage.EXECUTION
    of = tuple(attrs.evolve(at, year=int(stated["year"]), stage=stage) for at in reader.of)
    said = said_of(reader, clause, match) | {"of": of}
    reader.claims.append(AmountClaim(**said, amount=_amount(match)))


def _count(reader: Reader, clause: Clause) -> bool:
    found = counted(clause.text)
    if found is None:
        return False
    if found.planned is not None:
        reader.planned = found.planned
    _claim_count(reader, clause, found)
    return True


def _bodies(reader: Reader, clause: Clause) -> None:
    """Bodies counted beside what a clause says else (下属1家机关…预算为…)."""
    for found in bodies(clause.text):
        _claim_count(reader, clause, found)


def _claim_count(reader: Reader, clause: Clause, found: Count) -> None:
    said = said_of(reader, clause) | {"of": (), "term": found.term}
    said["numbers"] = tuple(reader.folded.span(clause.start + a, clause.start + b) for a, b in found.numbers)
    planned = reader.planned if found.planned is None else found.planned
    reader.claims.append(
        CountClaim(**said, what=found.what, count=found.count, threshold=found.threshold, planned=planned)
    )


def _absence(reader: Reader, clause: Clause) -> bool:
    match = p.ABSENCE.fullmatch(clause.text)
    found = match and find_subject(match["subject"], reader.section, reader.lexicon)
    if not found:
        return False
    reader.of, reader.term = found
    reader.named.append(reader.of)
    reader.base = None
    reader.claims.append(AbsenceClaim(**said_of(reader, clause)))
    return True


_READERS: tuple[Callable[[Reader, Clause], bool], ...] = (
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


def _name(reader: Reader, clause: Clause) -> None:
    found = find_subject(clause.text, reader.section, reader.lexicon)
    if found:
        reader.of, reader.term = found
    state(reader, Said.LEAD, clause, clause)


def _amount(match: re.Match[str]) -> Amount:
    return Amount.parse(match["number"], MoneyUnit(match["unit"]))


def _direction(match: re.Match[str]) -> Direction:
    return Direction.UP if match["direction"] in _UP else Direction.DOWN


def _base(reader: Reader, match: re.Match[str]) -> Base | None:
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


def _whole(reader: Reader) -> tuple[Coordinate, ...]:
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
