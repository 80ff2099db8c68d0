"""Account for every number of a document: what each one is, and which were not read.

Nothing is lost silently. Every run of digits in the source is a figure of a table, a number of a claim, a number
inside text that the model keeps as text, a heading number, a date, a reference or a page number; what is none of
these is ``UNREAD`` and becomes a finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

import attrs

from govbudget.choice import Choice
from govbudget.model import Disclosure, ProjectHead, Statement
from govbudget.reading.ordinals import ordinal_spans
from govbudget.reading.parts import Outline, Run
from govbudget.source import Document


class NumberRole(Choice):
    """What a number of the document is."""

    FIGURE = "figure"
    """A cell of an amount column."""
    LABEL = "label"
    """Inside a label of a line: its code, or a number in its name."""
    CLAIM = "claim"
    """A number of a claim of the narrative."""
    STATEMENT = "statement"
    """Inside a statement that the model keeps as text (a reason, a threshold of what is not bought)."""
    TEXT = "text"
    """Inside text that the model keeps whole: glossary, functions, performance goals, notes, cover."""
    NUMBERING = "numbering"
    """The number of a heading, of an item, of a table, of a line or column of one (行次, 栏次)."""
    DATE = "date"
    """A year, month or day."""
    REFERENCE = "reference"
    """A reference to a table (详见表5)."""
    CONTENTS = "contents"
    """In the table of contents."""
    MARGIN = "margin"
    """In a running head or foot: a page number."""
    UNREAD = "unread"
    """None of these."""


@attrs.frozen
class NumberUse:
    """One number of the source and what it is."""

    text: str
    span: tuple[int, int]
    role: NumberRole


_NUMBER = re.compile(r"[0-9０-９][0-9０-９]*(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?")
_SHEET = re.compile(r"\d{1,2}")
_KEY_AFTER = re.compile(r"\s*[类款项目][)）]")
_ITEM_AFTER = re.compile(r"\s*[.、．)）“\"]")
_DATE_AFTER = re.compile(r"\s*(?:年|月|日|号)")
_NUMBERING_BEFORE = re.compile(r"(?:^|\n|[(（])[\s#>*-]*$")
_TABLE_BEFORE = re.compile(r"(?:附?表|公开)\s*$")
_CODE_BEFORE = re.compile(r"^(?:部门|单位)?预算(?:公开)?(?:\d{1,2}-)?$")  # 预算02-1表, on a line of its own
_CODE_AFTER = re.compile(r"^(?:-\d{1,2})?表\s*(?:\n|$)")
_REFERENCE_BEFORE = re.compile(r"见(?:附)?表\s*(?:[0-9０-９]+\s*[-－~～—、至到,，]\s*)?$")
_COLUMN_NUMBERS_BEFORE = re.compile(r"栏次[\s\d|栏次]*$")
_TITLE_LINE = re.compile(r"^[\s#>*-]*(?:附?表|公开表?|财决附?)\s*(?:\d{1,2}[-－])?$")
_FIGURES = re.compile(r"\d,\d{3}(?!\d)|\d[%％]|\d\.\d{2}\s+-?\d+\.\d{2}(?!\d)")  # a line of a table, and no cover
_SHEET_CODE = re.compile(r"^[\s#>*-]*[A-Z](?:\d{2}[-_])?$")  # Z07, Z08_1 on the tabs of the internal forms


def account(document: Document, outline: Outline, disclosure: Disclosure) -> tuple[NumberUse, ...]:
    """Return every number of the source with its role, in order."""
    text = document.text
    spans = _Spans()
    spans.add(NumberRole.MARGIN, ((m.start, m.start + len(m.text)) for m in document.margins))
    for table in disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines:
                spans.add(NumberRole.FIGURE, (span for span in (*line.spans, *line.change_spans) if span))
                spans.add(NumberRole.LABEL, line.label_spans)
                if isinstance(line.head, ProjectHead) and line.head.goal_span:
                    spans.add(NumberRole.TEXT, [line.head.goal_span])
        spans.add(NumberRole.TEXT, (note.place.span for note in table.notes if note.place.span))
    for form in disclosure.goals:
        spans.add(NumberRole.FIGURE, (m.place.span for m in form.money if m.amount is not None and m.place.span))
        spans.add(NumberRole.TEXT, [form.place.span] if form.place.span else ())
    for section in disclosure.narrative.sections:
        for claim in section.claims:
            spans.add(NumberRole.CLAIM, claim.numbers)
            if isinstance(claim, Statement) and claim.place.span:
                spans.add(NumberRole.STATEMENT, [claim.place.span])
    for printed in outline.tables:
        spans.add(NumberRole.NUMBERING, ordinal_spans(printed.grid))
    for part in outline.parts:
        if part.spec is not None and not part.spec.prose and part.spec.id != "tables":
            spans.add(NumberRole.TEXT, _spans_of(part.runs))
    spans.add(NumberRole.TEXT, _spans_of(run for run in outline.cover if not _FIGURES.search(run.text)))
    spans.add(NumberRole.CONTENTS, _spans_of(outline.contents))
    narrow, wide = spans.reaches(_NARROW), spans.reaches(_WIDE)
    uses: list[NumberUse] = []
    for match in _NUMBER.finditer(text):
        span = match.span()
        role = _covering(span, narrow)
        if role is None:
            role = _by_surroundings(text, match)
            if role is NumberRole.UNREAD:
                role = _covering(span, wide) or NumberRole.UNREAD
        uses.append(NumberUse(match[0], span, role))
    return tuple(uses)


# Roles that depend on the words around a number are tried before the wide ones below, so that a year inside a reason
# is a date, and 表3 in front of a grid is a title.
_NARROW = (
    NumberRole.MARGIN,
    NumberRole.FIGURE,
    NumberRole.LABEL,
    NumberRole.CLAIM,
    NumberRole.CONTENTS,
    NumberRole.NUMBERING,
)
_WIDE = (NumberRole.STATEMENT, NumberRole.TEXT)


def _by_surroundings(text: str, match: re.Match[str]) -> NumberRole:
    before = text[max(0, match.start() - 40) : match.start()]
    after = text[match.end() : match.end() + 4]
    line = before.rpartition("\n")[2]
    if "表" in before and _REFERENCE_BEFORE.search(before):
        return NumberRole.REFERENCE
    if _TITLE_LINE.match(line) or (_SHEET_CODE.match(line) and _SHEET.fullmatch(match[0])):
        return NumberRole.NUMBERING
    if "栏次" in line and _COLUMN_NUMBERS_BEFORE.search(line):
        return NumberRole.NUMBERING
    if _TABLE_BEFORE.search(before) or (_CODE_BEFORE.match(line) and _CODE_AFTER.match(after)):
        return NumberRole.REFERENCE
    if _KEY_AFTER.match(after):
        return NumberRole.LABEL
    if _DATE_AFTER.match(after):
        return NumberRole.DATE
    if _ITEM_AFTER.match(after) and _NUMBERING_BEFORE.search(line):
        return NumberRole.NUMBERING
    return NumberRole.UNREAD


def _spans_of(runs: Iterable[Run]) -> list[tuple[int, int]]:
    return [run.span for run in runs]


_Reach = tuple[NumberRole, list[int], list[int]]  # where the spans of a role start, and how far up to there they reach


class _Spans:
    """Spans by role."""

    def __init__(self) -> None:
        self._by_role: dict[NumberRole, list[tuple[int, int]]] = {}

    def add(self, role: NumberRole, spans: Iterable[tuple[int, int]]) -> None:
        self._by_role.setdefault(role, []).extend(spans)

    def reaches(self, roles: Iterable[NumberRole]) -> list[_Reach]:
        """What is needed to look up which of the roles covers a number, the first one first."""
        found: list[_Reach] = []
        for role in roles:
            spans = sorted(self._by_role.get(role, ()))
            if spans:
                stops = accumulate((stop for _, stop in spans), max)
                found.append((role, [start for start, _ in spans], list(stops)))
        return found


def _covering(span: tuple[int, int], reaches: Iterable[_Reach]) -> NumberRole | None:
    start, stop = span
    for role, starts, stops in reaches:
        index = bisect_right(starts, start)
        if index and stops[index - 1] >= stop:
            return role
    return None
