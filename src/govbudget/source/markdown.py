"""Markdown: headings, paragraphs, lists and pipe tables (GFM), block structure by markdown-it-py.

Only the block structure is asked of the parser; the text of a block stays as it stands in the source, emphasis
marks included, so that offsets hold. What a budget is made of (headings, pipe tables, lines of text, simple lists) is
known by its lines, see :mod:`govbudget.source.markdown_lines`; the parser is called for a section that has more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from govbudget.errors import SourceError
from govbudget.source.markdown_lines import is_blank, line_blocks, one_paragraph, starts_section, table_block
from govbudget.source.model import Block, Document, Paragraph

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$")
_MAX_LEVEL = 100  # lists and items one inside the other; deeper, a line is a paragraph


def read_markdown(text: str, name: str) -> Document:
    r"""Take a Markdown text apart.

    Raises:
        SourceError: its lists nest deeper than those of any document, or a cell is longer than a budget needs.

    >>> doc = read_markdown("# 预算\n\n|项目|预算数|\n|---|---:|\n|合计|1.00|\n", "a.md")
    >>> [type(b).__name__ for b in doc.blocks]
    ['Paragraph', 'Grid']
    """
    lines, offsets = _lines(text)
    blocks: list[Block] = []
    for first, stop in _sections(text, lines):
        found = line_blocks(lines, offsets, first, stop)
        blocks.extend(found if found is not None else parsed_blocks(lines, offsets, first, stop, name))
    return Document(name, text, tuple(blocks))


def _lines(text: str) -> tuple[list[str], list[int]]:
    """The lines as Markdown counts them, and where each begins."""
    lines = _LINE.findall(text)
    offsets, at = [], 0
    for line in lines:
        offsets.append(at)
        at += len(line)
    return lines, offsets


def _sections(text: str, lines: Sequence[str]) -> list[tuple[int, int]]:
    """The runs of lines that can be understood without those before them: (first, stop).

    One begins after a blank line, where nothing that is open can go on: with a line that is neither set in nor an
    item of a list. A text with fences of code is one section.
    """
    if "```" in text or "~~~" in text:
        return [(0, len(lines))]
    starts = [0]
    blank = False
    for index, line in enumerate(lines):
        if is_blank(line):
            blank = True
        else:
            if blank and starts_section(line):
                starts.append(index)
            blank = False
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def parsed_blocks(lines: Sequence[str], offsets: Sequence[int], first: int, stop: int, name: str) -> list[Block]:
    """Return the blocks of these lines as markdown-it-py understands them.

    Raises:
        SourceError: lists nest too deeply.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero", {"maxNesting": _MAX_LEVEL})
    parser.enable(["heading", "list", "table", "fence", "hr"]).disable(["inline", "text_join"])
    try:
        tokens = parser.parse("".join(lines[first:stop]))
    except RecursionError as error:
        raise SourceError("the Markdown nests too deeply", place=name, hint="flatten its lists") from error
    blocks: list[Block] = []
    heading = 0
    taken: set[int] = set()
    for token in tokens:
        if token.map is None:
            continue
        begin, end = token.map[0] + first, token.map[1] + first
        if token.type == "table_open":
            blocks.append(table_block(lines, offsets, begin, end))
            taken.update(range(begin, end))
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "hr":
            taken.add(begin)
        elif token.type in {"inline", "fence"} and begin not in taken:
            blocks.extend(_paragraphs(lines, offsets, range(begin, end), heading))
            taken.update(range(begin, end))
            heading = 0
    left = [at for at in range(first, stop) if at not in taken]  # blanks, empty items, what nests too deeply
    blocks.extend(_paragraphs(lines, offsets, left, 0))
    return sorted(blocks, key=lambda block: block.start if isinstance(block, Paragraph) else block.rows[0][0].start)


def _paragraphs(lines: Sequence[str], offsets: Sequence[int], where: Iterable[int], heading: int) -> list[Paragraph]:
    found = (one_paragraph(lines[at], offsets[at], at + 1, heading) for at in where)
    return [paragraph for paragraph in found if paragraph is not None]
