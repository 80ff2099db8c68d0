"""Walk the clauses of a section and turn each into the claim it makes."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from govbudget.layouts import SectionSpec
from govbudget.model import (
    AbsenceClaim,
    AmountClaim,
    ChangeClaim,
    Claim,
    CompositionClaim,
    Coordinate,
    CountClaim,
    Counted,
    Finding,
    FlatClaim,
    GrowthClaim,
    Said,
    ShareClaim,
    Stage,
    moved,
)
from govbudget.money import Amount, MoneyUnit, Percent
from govbudget.reading.parts import Run
from govbudget.reading.prose import patterns as p
from govbudget.reading.prose.clauses import Clause, clauses
from govbudget.reading.prose.outcomes import read_outcome
from govbudget.reading.prose.state import (
    STAGES,
    Reader,
    amount_of,
    base_of,
    direction_of,
    keep,
    place_of,
    printed_words,
    whole_of,
    words_of,
)
from govbudget.reading.prose.terms import Lexicon, find_name, find_subject
from govbudget.reading.remarks import remark

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}年度?")
_EQUIPMENT = {
    "通用": Counted.GENERAL_EQUIPMENT,
    "专用": Counted.SPECIAL_EQUIPMENT,
    None: Counted.EQUIPMENT,
}


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
        reader.comparable = False
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
        keep(reader, Said.LEAD, whole, whole)  # a heading inside the section
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
        if opening.match(clause.text):
            count = _prose_length(rest, stop=(p.REASON,) if kind is Said.PURPOSE else ())
            keep(reader, kind, clause, rest[count - 1])
            return count
    if (count := read_outcome(reader, rest)) > 0:
        return count
    if p.NO_PURCHASE.search(clause.text):
        keep(reader, Said.NO_PURCHASE, clause, rest[-1])
        return len(rest)
    for read in _READERS:
        if read(reader, clause):
            return 1
    for pattern, kind in ((p.COVERAGE, Said.COVERAGE), (p.POLICY, Said.POLICY)):
        if any(pattern.search(c.text) for c in rest):
            last = max(i for i, c in enumerate(rest) if pattern.search(c.text))
            stop = next((i for i, c in enumerate(rest[: last + 1]) if i and _speaks_in_figures(reader, c)), last + 1)
            keep(reader, kind, clause, rest[stop - 1])
            return stop
    if len(items) > 1 and not _DIGIT.search(clause.text) and find_subject(clause.text, reader.section, reader.lexicon):
        _name(reader, clause)  # 因公出国（境）费用：…
        return 1
    text = printed_words(reader, clause, clause)
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
    return any(f.fullmatch(clause.text) for f in (p.AMOUNT, p.CHANGE, p.GROWTH, p.SHARE, p.ZERO, p.COUNT))


# -- one reader per kind of claim; each tells whether the clause was its kind -----------------------------------------


def _lead(reader: Reader, clause: Clause) -> bool:
    if p.SET_ASIDE.fullmatch(clause.text):
        reader.comparable = True
    elif not p.LEAD.fullmatch(clause.text):
        return False
    keep(reader, Said.LEAD, clause, clause)
    return True


def _compared(reader: Reader, clause: Clause) -> bool:
    """与上年相比，增加…: the base stands in a clause of its own."""
    match = p.COMPARED.fullmatch(clause.text)
    if match is None:
        return False
    reader.base = base_of(reader, match)
    keep(reader, Said.LEAD, clause, clause)
    return True


def _change(reader: Reader, clause: Clause) -> bool:
    match = p.CHANGE.fullmatch(clause.text)
    base = match and base_of(reader, match)
    if match is None or base is None:
        return False
    reader.claims.append(
        ChangeClaim(
            **words_of(reader, clause, match), base=base, direction=direction_of(match), amount=amount_of(match)
        )
    )
    return True


def _growth(reader: Reader, clause: Clause) -> bool:
    match = p.GROWTH.fullmatch(clause.text)
    base = match and base_of(reader, match)
    if match is None or base is None:
        return False
    percent = Percent.parse(match["number"])
    reader.claims.append(
        GrowthClaim(**words_of(reader, clause, match), base=base, direction=direction_of(match), percent=percent)
    )
    return True


def _flat(reader: Reader, clause: Clause) -> bool:
    match = p.FLAT.fullmatch(clause.text)
    base = match and base_of(reader, match)
    if match is None or base is None:
        return False
    reader.claims.append(FlatClaim(**words_of(reader, clause), base=base, roughly=bool(match["rough"])))
    return True


def _share(reader: Reader, clause: Clause) -> bool:
    match = p.SHARE.fullmatch(clause.text)
    if match is None:
        return False
    found = find_subject(match["whole"], reader.section, reader.lexicon) if match["whole"] else None
    whole = found[0] if found else whole_of(reader)
    percent = Percent.parse(match["number"])
    reader.claims.append(ShareClaim(**words_of(reader, clause, match), whole=whole, percent=percent))
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
            **words_of(reader, clause), parts=parts, parts_of=tuple(found_parts), axis=axis, main=bool(match["main"])
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
    if match is None or p.THRESHOLD.search(clause.text):
        return False
    if reader.of and (stated := p.YEAR_FIGURE.fullmatch(match["subject"])):
        _figure_of_year(reader, clause, match, stated)
        return True
    found = find_subject(match["subject"], reader.section, reader.lexicon)
    reader.of, reader.term = found if found else ((), match["subject"])
    said = words_of(reader, clause, match)
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
    stage = next((stage for word, stage in STAGES.items() if word in stated["what"]), Stage.BUDGET)
    if "执行" in stated["what"]:
        stage = Stage.EXECUTION
    of = tuple(attrs.evolve(at, year=int(stated["year"]), stage=stage) for at in reader.of)
    said = words_of(reader, clause, match) | {"of": of}
    reader.claims.append(AmountClaim(**said, amount=amount_of(match)))


def _count(reader: Reader, clause: Clause) -> bool:
    match = p.COUNT.fullmatch(clause.text)
    if match is None:
        return False
    threshold = p.THRESHOLD.search(match["subject"])
    if threshold:
        what = _EQUIPMENT[threshold["what"]]
        above: Amount | None = Amount.parse(threshold["number"], MoneyUnit(threshold["unit"]))
    else:
        name = next((key for key in reversed(p.COUNTED) if p.COUNTED[key].search(match["subject"])), None)
        if name is None:
            return False
        what, above = Counted(name), None
    numbers = [match.span("number")] + ([threshold.span("number")] if threshold else [])
    said = words_of(reader, clause)
    said |= {"of": (), "term": match["subject"]}
    if found := find_subject(_YEAR.sub("", match["subject"]), reader.section, reader.lexicon):
        reader.of, reader.term = found  # 绩效自评的2024年度项目4个，涉及预算金额…
    said["numbers"] = tuple(sorted(reader.folded.span(clause.start + a, clause.start + b) for a, b in numbers))
    reader.claims.append(CountClaim(**said, what=what, count=int(match["number"]), threshold=above))
    return True


def _absence(reader: Reader, clause: Clause) -> bool:
    match = p.ABSENCE.fullmatch(clause.text)
    found = match and find_subject(match["subject"], reader.section, reader.lexicon)
    if not found:
        return False
    reader.of, reader.term = found
    reader.named.append(reader.of)
    reader.base = None
    reader.claims.append(AbsenceClaim(**words_of(reader, clause)))
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
    keep(reader, Said.LEAD, clause, clause)
