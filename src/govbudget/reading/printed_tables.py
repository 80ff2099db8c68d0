"""A grid with the lines above it: its title, its number, its unit, who publishes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govbudget.layouts import TableSpec, title_spec
from govbudget.reading.headings import (
    ORGANIZATION,
    TABLE_CODE,
    UNIT,
    YEAR_LINE,
    Wording,
    is_title,
    numbered_title,
    strip_numbering,
)
from govbudget.reading.mending import EMPHASIS
from govbudget.reading.parts import PrintedTable, Run
from govbudget.source import Document, Grid
from govbudget.text import fold, squeeze

_SHEET_CODE = re.compile(r"^(?:[A-Z]\d{2}(?:[_-]\d)?|财决附?\d{2}(?:-\d)?表?)(?=[\u4e00-\u9fff\"])")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def printed_table(document: Document, grid: Grid, lead: Sequence[Run], wording: Wording) -> PrintedTable:
    """Return a grid with what the lines above it say; those that say nothing of it are ``loose``."""
    spec: TableSpec | None = None
    number: int | None = None
    title, organization = "", ""
    code: int | None = None
    units: list[str] = []
    used: set[int] = set()
    above: re.Match[str] | None = None
    for index in range(len(lead) - 1, -1, -1):  # the title nearest to the grid is its own
        text = lead[index].folded.text
        if coded := TABLE_CODE.match(text):
            code = code or int(coded[1])
            continue
        match = numbered_title(text)
        rest = text[match.end() :] if match else _SHEET_CODE.sub("", strip_numbering(text))
        found = wording.table(rest)
        if match and rest in {"", "表"}:
            number = _number(match[1])  # 公开01表 beside or under the title
            used.add(index)
            continue
        if match or found or is_title(text):
            spec = found
            first = text.index(rest) if rest else len(text)
            start, stop = lead[index].folded.span(first, first + len(rest))
            title = "".join(c for c in squeeze(document.text[start:stop]) if c not in EMPHASIS)
            number = _number(match[1]) if match else (code or number or (found.number if found else None))
            used = set(range(index, len(lead)))
            above = _number_above(lead[index - 1].folded.text) if index else None
            if above and not match and not code:  # 公开表五, 公开05表 on a line of its own
                number = _number(above[1])
            break
    own = lead[min(used) + 1 :] if used else lead
    for run in own:
        text = run.folded.text
        if head := ORGANIZATION.match(text):
            stop = unit.start() if (unit := UNIT.search(text, head.end())) else len(text)
            start, end = run.folded.span(head.end(), stop)
            organization = organization or squeeze(document.text[start:end])
        units.extend(UNIT.findall(text))
    known = {
        id(run)
        for run in own
        if ORGANIZATION.match(run.folded.text) or UNIT.search(run.folded.text) or TABLE_CODE.match(run.folded.text)
    }
    years = {id(run): int(match[1]) for run in own if used and (match := YEAR_LINE.fullmatch(run.folded.text))}
    known |= years.keys()
    if used:
        known.add(id(lead[min(used)]))
        known |= {id(run) for run in lead[min(used) - 1 : min(used)] if above}
        known |= {id(run) for run in lead[: min(used)] if _same_table(run.folded.text, fold(title))}
    return PrintedTable(
        grid=grid,
        spec=spec,
        number=number,
        title=title,
        organization=organization,
        units=tuple(units),
        year=next(iter(years.values()), None),
        loose=tuple(run for run in lead if id(run) not in known),
    )


def _number_above(text: str) -> re.Match[str] | None:
    match = TABLE_CODE.match(text) or numbered_title(text)
    return match if match and match.end() == len(text) else None


def _number(printed: str) -> int:
    """The number of a table, in digits or in Chinese numerals up to 99."""
    whole, _, _ = printed.partition("-")  # 表1-1 is a part of 表1
    if whole.isdigit():
        return int(whole)
    tens, ten, ones = printed.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def _same_table(text: str, title: str) -> bool:
    """The name of a worksheet above the title, in other words than the title."""
    said, meant = title_spec(text), title_spec(title)
    return is_title(text) and said is not None and meant is not None and said.kind is meant.kind
