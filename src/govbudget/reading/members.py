"""The divisions and the budget units that a body lists: in a sentence, or as numbered lines under one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govbudget.model import Member
from govbudget.place import Place
from govbudget.reading.parts import Run

_MEMBERS = re.compile(r"预算单位(?:共?\d{1,3}[家个])?,?包括:?(?P<list>[^。;]{2,2000})")
_DIVISIONS = re.compile(r"内设(?:机构|科室|处室)?(?:有|为|包括|:)+(?P<list>[^。;]{2,400})")
_LISTS_MEMBERS = re.compile(r"(?:预算|行政|事业)单位[^。]*包括:$")
_LISTS_DIVISIONS = re.compile(r"(?:\([一二三四五六七八九十]+\))?(?:机关)?内设(?:机构|科室|处室):?$")
_NUMBERED = re.compile(r"\d{1,3}[.、](?!\d)")
_ITSELF = re.compile(r"本级|本部|机关$")


def members(runs: Sequence[Run], document: str) -> tuple[Member, ...]:
    """Return the budget units whose budgets are in the department's, in the order printed."""
    for index, run in enumerate(runs):
        match = _MEMBERS.search(run.folded.text)
        if match:
            return tuple(_member(run, *span, document) for span in _items(run.folded.text, *match.span("list")))
        if _LISTS_MEMBERS.search(run.folded.text) and (listed := _numbered(runs[index + 1 :])):
            return tuple(_member(r, start, len(r.folded.text), document) for r, start in listed)
    return ()


def divisions(runs: Sequence[Run]) -> tuple[str, ...]:
    """Return the internal divisions (内设机构), in the order printed."""
    for index, run in enumerate(runs):
        text = run.folded.text
        if _LISTS_DIVISIONS.fullmatch(text) and (listed := _numbered(runs[index + 1 :])):
            return tuple(r.folded.text[start:].rstrip("。;") for r, start in listed)
        match = _DIVISIONS.search(text)
        if match:
            return tuple(text[start:stop] for start, stop in _items(text, *match.span("list")))
    return ()


def _numbered(runs: Sequence[Run]) -> list[tuple[Run, int]]:
    """The numbered lines at the start of ``runs``, with where their text starts."""
    found = []
    for run in runs:
        number = _NUMBERED.match(run.folded.text)
        if number is None:
            break
        found.append((run, number.end()))
    return found


def _items(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The items of a list parted by 、, never inside brackets."""
    found, depth, first = [], 0, start
    for index in range(start, stop):
        depth += (text[index] == "(") - (text[index] == ")")
        if text[index] == "、" and depth <= 0:
            found.append((first, index))
            first = index + 1
    return [*found, (first, stop)]


def _member(run: Run, start: int, stop: int, document: str) -> Member:
    name = run.folded.text[start:stop].rstrip("。;")
    span = run.folded.span(start, start + len(name))
    itself = bool(_ITSELF.search(name.rstrip(")")))
    return Member(name=name, itself=itself, place=Place(document=document, page=run.page, line=run.line, span=span))
