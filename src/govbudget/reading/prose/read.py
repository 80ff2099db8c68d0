"""Walk the clauses of a section and turn each into the claim it makes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govbudget.layouts import SectionSpec
from govbudget.model import Claim, Finding, Said, ShareClaim, Statement
from govbudget.money import MoneyUnit, Percent
from govbudget.reading.parts import Run
from govbudget.reading.prose import patterns as p
from govbudget.reading.prose.blanks import unfilled
from govbudget.reading.prose.chart import chart_labels
from govbudget.reading.prose.clauses import Clause, Sentence, sentences
from govbudget.reading.prose.counted import counts_pieces
from govbudget.reading.prose.kinds import READERS, count_beside, of_the_named
from govbudget.reading.prose.outcomes import read_outcome
from govbudget.reading.prose.state import (
    Reader,
    find,
    keep,
    lose,
    name_subject,
    place_of_clauses,
    printed,
    spoken,
    whole_of,
)
from govbudget.reading.prose.terms import Lexicon, is_path
from govbudget.reading.remarks import remark

_OPENINGS = ((p.REASON, Said.REASON), (p.PURPOSE, Said.PURPOSE))
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"\d(?:万?元|%|辆|台|个)")
_IN_YEAR = re.compile(r"\d{4}年度?")


def read_part(
    runs: tuple[Run, ...],
    section: SectionSpec,
    heading: str,
    lexicon: Lexicon,
    document: str,
    unit: MoneyUnit,
    before: Sequence[Claim] = (),
) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
    """Read the paragraphs of a section.

    Args:
        runs: the paragraphs.
        section: what the layout says of the section.
        heading: its heading as printed, for places.
        lexicon: what its words may name.
        document: name of the document.
        unit: the unit of an amount printed without one (a bare “0”).
        before: what parts of the same section said before it: a whole stands in one, its shares in the next.

    Returns:
        The claims in the order of the text, and a finding for every clause that no pattern understands.
    """
    reader = Reader(section, heading, lexicon, document, unit)
    reader.named.extend(claim.of for claim in before if claim.of)
    for run in runs:
        reader.folded, reader.line, reader.page = run.folded, run.line, run.page
        reader.comparable = reader.planned = reader.reasoned = reader.just_named = reader.lost = False
        reader.listing = reader.within = None
        _read_run(reader, run)
    return tuple(reader.claims), tuple(reader.findings)


def _read_run(reader: Reader, run: Run) -> None:
    text = run.folded.text
    numbering = p.NUMBERING.match(text)
    offset = numbering.end() if numbering else 0
    if not text[offset:]:
        return
    if "。" not in text.removesuffix("情况。") and len(text) <= 40 and not _FIGURE.search(text):
        whole = Clause(text[offset:].removesuffix("。"), offset, len(text.removesuffix("。")), 0)
        reader.of, reader.term, reader.base = (), "", None
        name_subject(reader, whole)  # a heading inside the section; it may name a subject, (一)公共安全支出(类)
        return
    if labels := list(chart_labels(text)):
        _read_chart(reader, labels)
        return
    said = sentences(text[offset:], offset)
    alone = sum(len(sentence.clauses) for sentence in said) == 1
    for sentence in said:
        index = 0
        while index < len(sentence.clauses):
            index += _read_clause(reader, sentence, index, alone=alone)


def _read_clause(reader: Reader, sentence: Sentence, index: int, *, alone: bool) -> int:
    """Read the clause at ``index``, and those after it that belong to it; return how many were read."""
    rest = sentence.clauses[index:]
    clause = rest[0]
    named, reader.just_named = reader.just_named, False
    for opening, kind in _OPENINGS if p.OPENINGS.search(clause.text) else ():
        if opened := opening.match(clause.text):
            if words := opened.groupdict().get("subject"):
                reader.of, reader.term = find(reader, words) or ((), words)
            count = _prose_length(rest, stop=(p.REASON,) if kind is Said.PURPOSE else ())
            keep(reader, kind, clause, rest[count - 1])
            for said in rest[:count] if kind is Said.PURPOSE else ():
                count_beside(reader, said)
            reader.reasoned = reader.reasoned or kind is Said.REASON
            return count
    if p.BASIS.fullmatch(clause.text):
        keep(reader, Said.BASIS, clause, clause)
        return 1
    if (count := unfilled(reader, rest)) > 0:
        keep(reader, Said.UNFILLED, clause, rest[count - 1])
        return count
    if p.MARKS.fullmatch(clause.text):
        return 1  # marks that no word goes with
    if p.OF_A_TYPE.fullmatch(clause.text):
        keep(reader, Said.ASIDE, clause, clause)
        return 1
    if (count := read_outcome(reader, rest)) > 0:
        return count
    if "购置" in clause.text and p.NO_PURCHASE.search(clause.text):
        keep(reader, Said.NO_PURCHASE, clause, rest[-1])
        return len(rest)
    if named and of_the_named(reader, clause):
        return 1
    for read in READERS:
        if read(reader, clause):
            return 1
    for pattern, kind in ((p.COVERAGE, Said.COVERAGE), (p.POLICY, Said.POLICY)):
        if (last := sentence.last(pattern) - index) >= 0:
            stop = next((i for i, c in enumerate(rest[: last + 1]) if i and _speaks_in_figures(reader, c)), last + 1)
            for said in rest[:stop]:
                count_beside(reader, said)
            keep(reader, kind, clause, rest[stop - 1])
            return stop
    if not alone and not _DIGIT.search(_IN_YEAR.sub("", clause.text)) and find(reader, clause.text):
        name_subject(reader, clause)  # 因公出国（境）费用：…
        if clause.text.endswith("中"):
            reader.named.append(reader.of)  # “三公”经费支出决算中，因公出国（境）费…占…
        reader.just_named = True
        return 1
    if is_path(clause.text):
        if find(reader, clause.text):
            name_subject(reader, clause)
        else:
            lose(reader, clause)
        return 1
    before = reader.claims[-1] if reader.claims else None
    goes_on = isinstance(before, Statement) and before.kind is Said.PURPOSE and before.place.line == reader.line
    if goes_on and not _DIGIT.search(clause.text):
        keep(reader, Said.PURPOSE, clause, clause)  # …福利；运营成本，如工资…: purposes parted by ；
        return 1
    if reader.reasoned:
        count = next((i for i, c in enumerate(rest) if i and _speaks_in_figures(reader, c)), len(rest))
        keep(reader, Said.REASON, clause, rest[count - 1])  # the reasons go on: 二是…, 同时，…
        return count
    text = printed(reader, clause, clause)
    reader.findings.append(remark("read.sentence", place_of_clauses(reader, clause, clause), text=text))
    return 1


def _prose_length(rest: list[Clause], stop: tuple[re.Pattern[str], ...]) -> int:
    for index, clause in enumerate(rest[1:], 1):
        if any(pattern.match(clause.text) for pattern in stop) or p.FLAT.fullmatch(clause.text):
            return index
        if stop and (p.CHANGE.fullmatch(clause.text) or p.GROWTH.fullmatch(clause.text)):
            return index
    return len(rest)


def _speaks_in_figures(reader: Reader, clause: Clause) -> bool:
    amount = p.AMOUNT.fullmatch(clause.text)
    if reader.reasoned and amount and find(reader, amount["subject"]) is None:
        return False
    forms = (p.AMOUNT, p.CHANGE, p.GROWTH, p.SHARE, p.ZERO)
    return counts_pieces(clause.text) or any(form.fullmatch(clause.text) for form in forms)


def _read_chart(reader: Reader, labels: list[re.Match[str]]) -> None:
    """The labels of a pie chart: each is a share of the same whole as those of the sentences before it."""
    for label in labels:
        clause = Clause(label[0], label.start(), label.end(), 0)
        found = find(reader, label["name"])
        reader.of, reader.term = found if found else ((), label["name"])
        start, stop = label.span("number")
        said = spoken(reader, clause) | {"numbers": (reader.folded.span(start, stop),)}
        reader.claims.append(ShareClaim(**said, whole=whole_of(reader), percent=Percent.parse(label["number"])))
