"""One reader for each kind of claim: each tells whether a clause was of its kind, and keeps what it claims."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from govbudget.model import (
    AbsenceClaim,
    AmountClaim,
    ChangeClaim,
    CompositionClaim,
    Coordinate,
    CountClaim,
    Counted,
    FlatClaim,
    GrowthClaim,
    Said,
    ShareClaim,
    Stage,
    moved,
)
from govbudget.money import Amount, MoneyUnit, Percent
from govbudget.reading.prose import patterns as p
from govbudget.reading.prose.clauses import Clause
from govbudget.reading.prose.counted import Count, beside, counted, has_threshold, persons
from govbudget.reading.prose.state import (
    STAGES,
    Reader,
    amount_in,
    aside,
    base_of,
    direction_in,
    find,
    keep,
    place_of_clauses,
    printed,
    spoken,
    unit_in,
    whole_of,
)
from govbudget.reading.prose.terms import axis_of_parts, find_name, is_nothing, is_within
from govbudget.reading.prose.uses import in_subject, nothing_before, wholly
from govbudget.reading.remarks import remark

_BASE = re.compile(p.BASE)
_IN_YEAR = re.compile(r"\d{4}年度?")


def _lead(reader: Reader, clause: Clause) -> bool:
    if p.SET_ASIDE.fullmatch(clause.text):
        reader.comparable = True
    elif not p.LEAD.fullmatch(clause.text):
        return False
    elif clause.text == "其中" and (axis := axis_of_parts(reader.term, reader.section)) and reader.of:
        reader.listing = (reader.of[0], axis)
    if clause.text == "其中" and (not reader.of or reader.of[0].functional):
        reader.within = (reader.of[0] if reader.of else None, clause.sentence)
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
    if not p.ends_in_money(clause.text):
        return False
    text = clause.text
    match = p.CHANGE.fullmatch(text) or p.MORE_THAN.fullmatch(text)
    if match is None and any(word in text for word in p.COMPARES):
        match = p.CHANGE_OF.fullmatch(text)
    if match is None:
        return False
    words = match.groupdict().get("subject")
    found = find(reader, words) if words else None
    base = base_of(reader, match) if found or not words else None
    if base is None:
        return False
    if found:  # 与上年相比,收、支预算总计各增加…
        reader.of, reader.term = found
    reader.claims.append(
        ChangeClaim(**spoken(reader, clause, match), base=base, direction=direction_in(match), amount=amount_in(match))
    )
    aside(reader, clause, match)
    return True


def _change_from(reader: Reader, clause: Clause) -> bool:
    """较2024年的2190万元减少221万元: what there was the year before, and what it changed by."""
    match = p.CHANGE_FROM.fullmatch(clause.text)
    base = match and base_of(reader, match)
    if match is None or base is None:
        return False
    said = spoken(reader, clause, match)
    start, stop = match.span("before")
    before = said | {
        "of": tuple(attrs.evolve(at, year=base.year, stage=base.stage or at.stage) for at in reader.of),
        "numbers": (reader.folded.span(clause.start + start, clause.start + stop),),
    }
    unit = MoneyUnit(match["before_unit"]) if match["before_unit"] else unit_in(match)
    reader.claims.append(AmountClaim(**before, amount=Amount.parse(match["before"], unit)))
    reader.claims.append(ChangeClaim(**said, base=base, direction=direction_in(match), amount=amount_in(match)))
    return True


def _growth(reader: Reader, clause: Clause) -> bool:
    match = p.GROWTH.fullmatch(clause.text)
    base = match and base_of(reader, match)
    if match is None or base is None:
        return False
    percent = Percent.parse(match["number"])
    if match["sign"] == "倍":
        percent = attrs.evolve(percent, places=percent.places - 2)
    elif not match["sign"]:
        beside = reader.claims[-1] if reader.claims else None
        if not isinstance(beside, ChangeClaim) or beside.place.line != reader.line:
            return False
        place = place_of_clauses(reader, clause, clause)
        reader.findings.append(remark("read.percent-sign", place, text=printed(reader, clause, clause)))
    reader.claims.append(
        GrowthClaim(**spoken(reader, clause, match), base=base, direction=direction_in(match), percent=percent)
    )
    return True


def _flat(reader: Reader, clause: Clause) -> bool:
    match = p.FLAT.fullmatch(clause.text)
    base = match and base_of(reader, match)
    if match is None or base is None:
        return False
    said = spoken(reader, clause, match if match["number"] else None)
    reader.claims.append(FlatClaim(**said, base=base, roughly=bool(match["rough"])))
    return True


def _share(reader: Reader, clause: Clause) -> bool:
    match = p.SHARE.fullmatch(clause.text)
    if match is None:
        return False
    found = find(reader, match["whole"]) if match["whole"] else None
    whole = found[0] if found else whole_of(reader)
    percent = Percent.parse(match["number"])
    reader.claims.append(ShareClaim(**spoken(reader, clause, match), whole=whole, percent=percent))
    return True


def _composition(reader: Reader, clause: Clause) -> bool:
    match = p.COMPOSITION.fullmatch(clause.text) if "包" in clause.text else None
    if match is None or (reader.reasoned and not match["subject"]):
        return False
    if match["subject"]:
        found = find(reader, match["subject"])
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
            **spoken(reader, clause), parts=parts, parts_of=tuple(found_parts), axis=axis, main=bool(match["main"])
        )
    )
    return True


def _part(reader: Reader, name: str) -> Coordinate | None:
    """The fact that a name in a list stands for: a subject on the axis of the list, else a term of the section."""
    if reader.section.lists:
        key = find_name(name, reader.section.lists, reader.lexicon)
        of = reader.of[0] if reader.of else Coordinate()
        return moved(of, reader.section.lists, key) if key else None
    found = find(reader, name)
    return found[0][0] if found else None


_IN_ALL = frozenset({"共计支出", "共计", "合计支出", "共支出"})


def _money(reader: Reader, clause: Clause) -> bool:
    form = p.money_form(clause.text)
    match = form.fullmatch(clause.text) if form is not None else None
    if match is None or has_threshold(clause.text):
        return False
    if reader.of and (stated := p.YEAR_FIGURE.fullmatch(match["subject"])):
        _figure_of_year(reader, clause, match, stated)
        return True
    count_beside(reader, clause)
    found = find(reader, match["subject"])
    last = reader.claims[-1] if reader.claims else None
    if found is None and reader.of and isinstance(last, CountClaim) and last.place.line == reader.line:
        found = (reader.of, reader.term) if match["subject"] in _IN_ALL else None  # 20批次,150人次,共计支出…
    if found is None and reader.listing is not None and match["subject"]:
        whole, axis = reader.listing
        found = ((moved(whole, axis, match["subject"].replace("/", "／")),), match["subject"])
    else:
        reader.listing = None
    if found is None and reader.reasoned:
        return False  # a figure inside the reasons
    if found and reader.within and reader.within[1] == clause.sentence and is_within(found[1], reader.section):
        whole_subject = reader.within[0]
        found = (in_subject(found[0], whole_subject), found[1]) if whole_subject else None
    _state_amount(reader, clause, match, found)
    return True


def of_the_named(reader: Reader, clause: Clause) -> bool:
    """Read an amount behind a name that stood alone, which is of what was named: 检察（款）：2018年预算支出合计…."""
    match = p.AMOUNT.fullmatch(clause.text)
    if match is None or not reader.of or not is_nothing(match["subject"], reader.lexicon):
        return False
    _state_amount(reader, clause, match, (reader.of, reader.term))
    return True


def _state_amount(
    reader: Reader, clause: Clause, match: re.Match[str], found: tuple[tuple[Coordinate, ...], str] | None
) -> None:
    reader.of, reader.term = found if found else ((), match["subject"])
    said = spoken(reader, clause, match)
    compared = None
    if found is None:
        reader.lost = True
        compared = _BASE.search(match["subject"])  # what follows may be compared with the same
        reader.findings.append(remark("read.subject", said["place"], words=match["subject"], text=said["text"]))
    else:
        reader.named.append(reader.of)
    reader.base = base_of(reader, compared) if compared else None
    unit = unit_in(match) if "unit" in match.re.groupindex else reader.unit
    reader.claims.append(AmountClaim(**said, amount=Amount.parse(match["number"], unit)))
    aside(reader, clause, match)


def _figure_of_year(reader: Reader, clause: Clause, match: re.Match[str], stated: re.Match[str]) -> None:
    """2025年当年预算执行数为…，2026年预算安排…: another figure of the same subject; it stays the subject."""
    stage = next((stage for word, stage in STAGES.items() if word in stated["what"]), Stage.BUDGET)
    if "执行" in stated["what"]:
        stage = Stage.EXECUTION
    of = tuple(attrs.evolve(at, year=int(stated["year"]), stage=stage) for at in reader.of)
    said = spoken(reader, clause, match) | {"of": of}
    reader.claims.append(AmountClaim(**said, amount=amount_in(match)))


def _count(reader: Reader, clause: Clause) -> bool:
    found = counted(clause.text)
    if found is None:
        return _persons(reader, clause)
    if found.what is Counted.VEHICLES_BOUGHT and reader.lexicon.base.stage is Stage.FINAL:
        found = attrs.evolve(found, planned=False)  # accounts tell what was bought, not what is to be
    if found.planned is not None:
        reader.planned = found.planned
    _claim_count(reader, clause, found)
    if subject := find(reader, _IN_YEAR.sub("", found.term)):
        reader.of, reader.term = subject  # 绩效自评的2024年度项目4个，涉及预算金额…
    return True


def count_beside(reader: Reader, clause: Clause) -> None:
    """Keep what a clause counts beside what it says else (下属1家机关…预算为…)."""
    for found in beside(clause.text):
        _claim_count(reader, clause, found)
    _persons(reader, clause)


def _persons(reader: Reader, clause: Clause) -> bool:
    last = reader.claims[-1] if reader.claims else None
    found = persons(clause.text, last.what) if isinstance(last, CountClaim) else None
    if found is not None:
        _claim_count(reader, clause, found)
    return found is not None


def _claim_count(reader: Reader, clause: Clause, found: Count) -> None:
    said = spoken(reader, clause) | {"of": (), "term": found.term}
    said["numbers"] = tuple(reader.folded.span(clause.start + a, clause.start + b) for a, b in found.numbers)
    planned = reader.planned if found.planned is None else found.planned
    reader.claims.append(
        CountClaim(**said, what=found.what, count=found.count, threshold=found.threshold, planned=planned)
    )


def _absence(reader: Reader, clause: Clause) -> bool:
    match = p.ABSENCE.fullmatch(clause.text)
    found = match and find(reader, match["subject"])
    if not found:
        return False
    reader.of, reader.term = found
    reader.named.append(reader.of)
    reader.base = None
    reader.claims.append(AbsenceClaim(**spoken(reader, clause)))
    return True


READERS: tuple[Callable[[Reader, Clause], bool], ...] = (
    _lead,
    wholly,
    nothing_before,
    _flat,
    _compared,
    _change_from,
    _change,
    _growth,
    _share,
    _composition,
    _money,
    _count,
    _absence,
)
"""The readers in the order in which they are asked."""
