"""Markdown by its lines: the headings, pipe tables, paragraphs and simple lists that a budget is made of.

The parser takes most of the time of reading a Markdown budget, and of its work only the blocks are used. Where a
section has nothing but plain constructs, its lines tell the same blocks; where it has more (a table in a list, a
heading set in, a rule that may be the second line of a table) nothing is said here, and the parser is asked.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise

from govbudget.errors import SourceError
from govbudget.source.grids import make_grid
from govbudget.source.model import Block, Grid, GridCell, Paragraph, make_cells

_PIPE = re.compile(r"(?<!\\)\|")
_LEAD = re.compile(r"[\s>]*(?:#{1,6}\s+|[-*+]\s+)?")
_ESCAPES = re.compile(r"[\\&<]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})(?:[ \t]|\r?$)")
_MARKERS = re.compile(r"(?:(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|[ \t\r]*$))+")
_DELIMITER = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*\r?$")
_RULE = re.compile(r"[-:|*_][-:|*_ \t]*\r?$")
_BREAK_LINE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}\r?$")
_SPECIAL = frozenset("#|-+*_:>`~0123456789")
_NESTED = ("#", "|")
_FENCES = ("```", "~~~")
_MAX_CELL_TEXT = 20_000
_MAX_CELLS = 50_000  # of one table: beyond, the parser may end it


def is_blank(line: str) -> bool:
    """Tell whether a line is blank to Markdown: blanks of other kinds are text."""
    return not line.strip(" \t\r\n")


def starts_section(line: str) -> bool:
    """Tell whether a line after a blank one belongs to nothing before it."""
    return line[0] not in " \t" and not (line[0] in _SPECIAL and _MARKERS.match(line.rstrip("\n")))


def line_blocks(lines: Sequence[str], offsets: Sequence[int], first: int, stop: int) -> list[Block] | None:
    """Return the blocks of a section, ``None`` where its lines alone do not tell them."""
    blocks: list[Block] = []
    listed = False
    before = ""  # the line before in the same run
    at = first
    while at < stop:
        line = lines[at]
        mark = line[0] if line else "\n"
        heading = 0
        if mark == "|" and at + 1 < stop and _DELIMITER.match(lines[at + 1]):
            begun = "|" in before and _RULE.match(line)  # this is the second line of a table already
            grid = None if listed or begun else _plain_table(lines, offsets, at, stop)
            if grid is None:
                return None
            blocks.append(grid)
            at = grid.lines[-1] if len(grid.lines) > 1 else at + 2
            before = ""
            continue
        if is_blank(line):
            at, before = at + 1, ""
            continue
        if mark in " \t" or mark in _SPECIAL:
            bare = line.lstrip(" \t")
            markers = _MARKERS.match(bare.rstrip("\n"))
            listed = listed or markers is not None
            if _RULE.match(bare):
                if "|" in before or mark in " \t" or not _BREAK_LINE.match(line):
                    return None
                at, before = at + 1, line
                continue
            rest = bare[markers.end() :] if markers else bare
            if rest.startswith(_FENCES):
                return None
            if mark == "#" and (found := _HEADING.match(line)):
                heading = len(found[1])
            elif (rest.startswith(_NESTED) and (markers or mark in " \t|")) or (markers and _RULE.match(rest)):
                return None
        paragraph = one_paragraph(line, offsets[at], at + 1, heading)
        if paragraph is not None:
            blocks.append(paragraph)
        at, before = at + 1, line
    return blocks


def _plain_table(lines: Sequence[str], offsets: Sequence[int], first: int, stop: int) -> Grid | None:
    end = first + 2
    while end < stop and lines[end].startswith("|"):
        end += 1
    header = lines[first].rstrip()
    columns = header.count("|") - 1
    if (end < stop and not is_blank(lines[end])) or "\\" in header or not header.endswith("|"):
        return None
    if columns < 1 or columns != lines[first + 1].count("|") - 1 or (end - first) * columns > _MAX_CELLS:
        return None
    return table_block(lines, offsets, first, end)


def one_paragraph(line: str, offset: int, number: int, heading: int) -> Paragraph | None:
    """Return a line as a paragraph without the marks that lead it, ``None`` where nothing else is in it."""
    lead = _LEAD.match(line)
    cut = lead.end() if lead else 0
    body = line[cut:].rstrip()
    return Paragraph(body, offset + cut, number, heading) if body else None


def table_block(lines: Sequence[str], offsets: Sequence[int], first: int, stop: int) -> Grid:
    """Return the lines of a pipe table as a grid; the second is the delimiter row ``|---|---:|``.

    Raises:
        SourceError: a cell or the table is larger than any budget needs.
    """
    rows: list[Sequence[GridCell]] = []
    numbers: list[int] = []
    for at in range(first, stop):
        line = lines[at]
        if at != first + 1 and line.strip():
            rows.append(_cells(line.rstrip("\r\n"), offsets[at]))
            numbers.append(at + 1)
    return make_grid(rows, numbers)


def _cells(line: str, offset: int) -> Sequence[GridCell]:
    if line[0] == line[-1] == "|" and 1 < len(line) < _MAX_CELL_TEXT and not _ESCAPES.search(line):
        return make_cells(line[1:-1].split("|"), offset + 1)
    cuts = [match.start() for match in _PIPE.finditer(line)]
    stripped = line.strip()
    inner = line.rstrip()
    edges = [-1, *cuts, len(inner)]
    if stripped.startswith("|"):
        edges = edges[1:]
    if len(edges) > 1 and inner.endswith("|") and not inner.endswith("\\|"):
        edges = edges[:-1]
    cells = []
    for start, stop in pairwise(edges):
        raw = line[start + 1 : stop]
        if len(raw) > _MAX_CELL_TEXT:
            raise SourceError("a table cell is longer than any budget needs", place=f"offset {offset + start}")
        cells.append(GridCell(_plain(raw), offset + start + 1))
    return cells


def _plain(raw: str) -> str:
    """Undo what pipe tables need: escaped pipes, line breaks, entities. Lengths are kept where nothing was escaped."""
    if "\\" not in raw and "&" not in raw and "<" not in raw:
        return raw
    return html.unescape(_BREAK.sub(" ", raw.replace("\\|", "|")))
