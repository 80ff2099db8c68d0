"""Several documents that make one disclosure: narrative and tables in two files, say."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.source.model import Block, Document, Grid, GridCell, Paragraph


def concatenated(documents: Sequence[Document], name: str) -> Document:
    r"""Return the documents one after the other as one; offsets and lines go on, pages stay those of each file.

    >>> from govbudget.source.pieces import TextPiece, assemble
    >>> one = assemble("a.pdf", [TextPiece(text="甲", page=1)])
    >>> two = assemble("b.pdf", [TextPiece(text="乙", page=1)])
    >>> both = concatenated([one, two], "甲乙")
    >>> both.text, both.blocks[1].start, both.blocks[1].line, both.parts
    ('甲\n乙\n', 2, 2, (('a.pdf', 0), ('b.pdf', 2)))
    """
    texts: list[str] = []
    blocks: list[Block] = []
    margins: list[Paragraph] = []
    remarks: list[tuple[str, str]] = []
    parts: list[tuple[str, int]] = []
    at, line = 0, 0
    for document in documents:
        text = document.text if document.text.endswith("\n") else document.text + "\n"
        parts.append((document.name, at))
        for block in document.blocks:
            blocks.append(_paragraph(block, at, line) if isinstance(block, Paragraph) else _grid(block, at, line))
        margins.extend(_paragraph(margin, at, line) for margin in document.margins)
        remarks.extend((code, f"{document.name}: {detail}") for code, detail in document.remarks)
        texts.append(text)
        at += len(text)
        line += len(text.splitlines())
    return Document(name, "".join(texts), tuple(blocks), tuple(remarks), tuple(margins), tuple(parts))


def _paragraph(paragraph: Paragraph, at: int, line: int) -> Paragraph:
    return attrs.evolve(paragraph, start=paragraph.start + at, line=paragraph.line + line)


def _grid(grid: Grid, at: int, line: int) -> Grid:
    rows = tuple(tuple(GridCell(c.text, c.start + at, c.page) for c in row) for row in grid.rows)
    return attrs.evolve(grid, rows=rows, lines=tuple(number + line for number in grid.lines))
