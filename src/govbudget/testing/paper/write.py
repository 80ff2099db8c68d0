"""Files of every format from laid tables: plain ones, as offices make them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from govbudget.errors import FormatError
from govbudget.model import Disclosure
from govbudget.serializers.printed import Contents, Heading, Words
from govbudget.source.extras import need
from govbudget.testing.choices import Choices, Plain
from govbudget.testing.paper.noise import Laid, LaidBlock, Noise, lay


def print_document(
    disclosure: Disclosure, format: str, *, noise: Sequence[Noise] = (), choices: Choices | None = None
) -> bytes:
    """Print a disclosure as a file of a format, with the noise of real files.

    Args:
        disclosure: the disclosure.
        format: the extension: txt, md, html, xlsx, docx or pdf.
        noise: the kinds of noise to make; every one leaves what is read as it was.
        choices: where the noise is made; by default always at the same places.

    Raises:
        FormatError: there is no such format.
        MissingExtra: the format needs a package that is not installed.

    >>> from govbudget.model import Use
    >>> from govbudget.testing import Leaf, publish
    >>> made = publish([Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=125_98_00_00)])
    >>> print_document(made, "txt").decode().splitlines()[0]
    '表1：2024年收支预算总表'
    """
    writer = _WRITERS.get(format)
    if writer is None:
        raise FormatError(f"no document of format {format!r} can be printed", hint=f"use one of {', '.join(_WRITERS)}")
    wraps = format not in {"txt", "md"}
    return writer(lay(disclosure, noise, choices or Plain(), wraps=wraps, thin=format != "pdf"))


def header_texts(table: Laid) -> list[list[str]]:
    """Return the header as rows of texts: a cell that spans several shows its text in the first."""
    rows = [[""] * table.width for _ in range(table.depth)]
    for span in table.header:
        rows[span.row][span.column] = span.text
    return rows


def _grid(table: Laid) -> list[list[str]]:
    """All rows of a table, with its header again where it goes on."""
    rows = header_texts(table)
    for number, row in enumerate(table.rows):
        if number in table.breaks:
            rows += header_texts(table)
        rows.append(list(row))
    return rows


def _plain(blocks: Sequence[LaidBlock], *, markdown: bool) -> bytes:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Laid):
            head = f"{'### ' if markdown else ''}{block.title}"
            rows = _grid(block)
            if not block.width:
                grid = ""
            elif markdown:
                marked = ["| " + " | ".join(_pipe(c) for c in row) + " |" for row in rows]
                grid = "\n".join([marked[0], "|" + "---|" * block.width, *marked[1:]])
            else:
                grid = "\n".join("\t".join(row) for row in rows)
            parts += [head, block.body, block.unit, grid, *block.notes]
        elif isinstance(block, Contents):
            parts += ["\t".join(row) for row in block.rows]
        else:
            level = block.level if isinstance(block, Heading) and markdown else 0
            parts.append(f"{'#' * level} {block.text}".strip())
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _pipe(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")


def _html(blocks: Sequence[LaidBlock]) -> bytes:
    lines = ["<html><head><meta charset='utf-8'></head><body>"]
    for block in blocks:
        if isinstance(block, Laid):
            lines += [f"<p>{escape(text)}</p>" for text in (block.title, block.body, block.unit) if text]
            lines.append("<table border=1>")
            lines += _html_header(block)
            for number, row in enumerate(block.rows):
                if number in block.breaks:
                    lines += _html_header(block)
                lines.append("<tr>" + "".join(f"<td>{_broken(c)}</td>" for c in row) + "</tr>")
            lines.append("</table>")
            lines += [f"<p>{escape(note)}</p>" for note in block.notes]
        elif isinstance(block, Contents):
            lines += [f"<p>{escape(' '.join(row))}</p>" for row in block.rows]
        elif isinstance(block, Heading):
            lines.append(f"<h{block.level}>{escape(block.text)}</h{block.level}>")
        else:
            lines.append(f"<p>{escape(block.text)}</p>")
    return "\n".join([*lines, "</body></html>"]).encode()


def _html_header(table: Laid) -> list[str]:
    rows = []
    for level in range(table.depth):
        cells = [span for span in table.header if span.row == level]
        spans = "".join(f"<td rowspan={s.rows} colspan={s.columns}>{_broken(s.text)}</td>" for s in cells)
        rows.append(f"<tr>{spans}</tr>")
    return rows


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _xlsx(blocks: Sequence[LaidBlock]) -> bytes:
    """One sheet for the words, and one for each table."""
    xlsxwriter = need("xlsxwriter", "excel", "writing Excel")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        words = [block for block in blocks if isinstance(block, Heading | Words)]
        if words:
            name = re.sub(r"[\[\]:*?/\\\\']", "", words[0].text)[:31]
            sheet = book.add_worksheet(name or "说明")  # words that stand on the sheet: its tab says nothing new
            sheet.hide_gridlines()
            for row, block in enumerate(words):
                sheet.write_string(row, 0, block.text)
        for number, table in enumerate((b for b in blocks if isinstance(b, Laid)), 1):
            _sheet(book, book.add_worksheet(f"表{number}"), table)
    return out.getvalue()


def _sheet(book: Any, sheet: Any, table: Laid) -> None:
    ruled = book.add_format({"border": 1, "text_wrap": True})
    if not table.width:
        return
    sheet.write_string(0, 0, table.title)
    sheet.write_string(1, 0, f"{table.body}　{table.unit}" if table.body else table.unit)
    top = 2
    for number in range(len(table.rows) + 1):
        if number == 0 or number in table.breaks:
            for span in table.header:
                row, column = top + span.row, span.column
                if span.rows * span.columns > 1:
                    sheet.merge_range(row, column, row + span.rows - 1, column + span.columns - 1, span.text, ruled)
                else:
                    sheet.write_string(row, column, span.text, ruled)
            top += table.depth
        if number < len(table.rows):
            for column, cell in enumerate(table.rows[number]):
                sheet.write_string(top, column, cell, ruled) if cell else sheet.write_blank(top, column, None, ruled)
            top += 1
    for number, note in enumerate(table.notes):
        sheet.write_string(top + number, 0, note)


def _docx(blocks: Sequence[LaidBlock]) -> bytes:
    docx = need("docx", "word", "writing Word")
    word = docx.Document()
    for block in blocks:
        if isinstance(block, Laid):
            for text in filter(None, (block.title, block.body, block.unit)):
                word.add_paragraph(text)
            if block.width:
                _word_table(word, block)
            for note in block.notes:
                word.add_paragraph(note)
            word.add_paragraph()
        elif isinstance(block, Contents):
            for row in block.rows:
                word.add_paragraph("\t".join(row))
        elif isinstance(block, Heading):
            word.add_heading(block.text, block.level)
        else:
            word.add_paragraph(block.text)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _word_table(word: Any, table: Laid) -> None:
    width = table.width
    made = word.add_table(table.depth * (1 + len(table.breaks)) + len(table.rows), width, style="Table Grid")
    cells = made._cells
    top = 0
    for number in range(len(table.rows)):
        if number == 0 or number in table.breaks:
            top = _word_header(cells, table, top)
        for column, cell in enumerate(table.rows[number]):
            if cell:
                cells[top * width + column].paragraphs[0].add_run(cell)
        top += 1
    if not table.rows:
        _word_header(cells, table, top)


def _word_header(cells: Any, table: Laid, top: int) -> int:
    for span in table.header:
        cell = cells[(top + span.row) * table.width + span.column]
        if span.rows * span.columns > 1:
            last = (top + span.row + span.rows - 1) * table.width + span.column + span.columns - 1
            cell = cell.merge(cells[last])
        cell.paragraphs[0].add_run(span.text)
    return top + table.depth


def _pdf(blocks: Sequence[LaidBlock]) -> bytes:
    from govbudget.testing.paper.pdf import draw

    return draw(blocks)


_WRITERS: dict[str, Callable[[Sequence[LaidBlock]], bytes]] = {
    "txt": lambda blocks: _plain(blocks, markdown=False),
    "md": lambda blocks: _plain(blocks, markdown=True),
    "html": _html,
    "xlsx": _xlsx,
    "docx": _docx,
    "pdf": _pdf,
}

DOCUMENT_FORMATS = tuple(_WRITERS)
"""The extensions of the formats that documents are printed in."""
