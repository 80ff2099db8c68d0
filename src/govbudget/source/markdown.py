"""Markdown: headings, paragraphs, lists and pipe tables (GFM), block structure by markdown-it-py.

Only the block structure is asked of the parser; the text of a block stays as it stands in the source, emphasis
marks included, so that offsets hold.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from govbudget.errors import SourceError
from govbudget.source.grids import make_grid
from govbudget.source.model import Block, Document, Grid, GridCell, Paragraph

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = re.compile(r"[^\n]*\n?")
_PIPE = re.compile(r"(?<!\\)\|")
_LEAD = re.compile(r"[\s>]*(?:#{1,6}\s+|[-*+]\s+)?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MAX_CELL_TEXT = 20_000


def read_markdown(text: str, name: str) -> Document:
    r"""Take a Markdown text apart.

    >>> doc = read_markdown("# 预算\n\n|项目|预算数|\n|---|---:|\n|合计|1.00|\n", "a.md")
    >>> [type(b).__name__ for b in doc.blocks]
    ['Paragraph', 'Grid']
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero").enable(["heading", "list", "table", "fence", "hr"]).disable(["inline", "text_join"])
    offsets = [0]
    lines = _LINE.findall(text)
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    blocks: list[Block] = []
    heading = 0
    try:
        tokens = parser.parse(text)
    except RecursionError as error:
        raise SourceError("the Markdown nests too deeply", place=name, hint="flatten its lists") from error
    for token, following in pairwise([*tokens, None]):
        if token is None or token.map is None:
            continue
        first, stop = token.map
        if token.type == "table_open":
            blocks.append(_grid(lines[first:stop], offsets[first:stop], first))
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type in {"inline", "fence"} and not _in_table(token, blocks, offsets):
            blocks.extend(_paragraphs(lines[first:stop], offsets[first:stop], first, heading))
            heading = 0
        del following
    return Document(name, text, tuple(blocks))


def _in_table(token: Token, blocks: list[Block], offsets: list[int]) -> bool:
    last = blocks[-1] if blocks else None
    return isinstance(last, Grid) and token.map is not None and token.map[0] + 1 <= last.lines[-1] and bool(offsets)


def _paragraphs(lines: list[str], offsets: list[int], first: int, heading: int) -> list[Block]:
    found: list[Block] = []
    for index, (line, offset) in enumerate(zip(lines, offsets, strict=True)):
        lead = _LEAD.match(line)
        cut = lead.end() if lead else 0
        body = line[cut:].rstrip()
        if body:
            found.append(Paragraph(body, offset + cut, first + index + 1, heading))
    return found


def _grid(lines: list[str], offsets: list[int], first: int) -> Grid:
    rows: list[list[GridCell]] = []
    numbers: list[int] = []
    for index, (line, offset) in enumerate(zip(lines, offsets, strict=True)):
        if index == 1 or not line.strip():  # the delimiter row |---|---:|
            continue
        rows.append(_cells(line.rstrip("\r\n"), offset))
        numbers.append(first + index + 1)
    return make_grid(rows, numbers)


def _cells(line: str, offset: int) -> list[GridCell]:
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
