"""The example of the project in other formats, block by block: what the readers of those formats have to take apart."""

from __future__ import annotations

import html
import io
from itertools import count

from govbudget.source import Document, Grid, Paragraph


def as_text(document: Document) -> bytes:
    """Paragraphs as lines, cells set apart by tabs."""
    parts = [
        block.text if isinstance(block, Paragraph) else "\n".join("\t".join(row) for row in _texts(block))
        for block in document.blocks
    ]
    return ("\n\n".join(parts) + "\n").encode()


def as_html(document: Document) -> bytes:
    """Headings, paragraphs and tables, a style on every cell as office programs write it."""
    out = ['<!DOCTYPE html><html><head><meta charset="utf-8"><title>预算</title></head><body>']
    for block in document.blocks:
        if isinstance(block, Paragraph):
            tag = f"h{block.heading}" if block.heading else "p"
            out.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
            continue
        rows = (
            "".join(f'<td style="text-align:right;padding:2px">{html.escape(text)}</td>' for text in row)
            for row in _texts(block)
        )
        out.append("<table><tbody>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>")
    return "\n".join([*out, "</body></html>"]).encode()


def as_xlsx(document: Document) -> bytes:
    """A sheet for each table with its captions above it, numbers with a format; the narrative in between."""
    from openpyxl import Workbook

    book = Workbook()
    numbers = count(1)
    waiting: list[str] = []
    sheet = book.active
    for block in document.blocks:
        if isinstance(block, Paragraph):
            waiting.append(block.text)
            continue
        captions, waiting = _captions(waiting)
        for text in waiting:
            sheet.append([text])
        waiting = []
        sheet = book.create_sheet(f"表{next(numbers)}")
        for text in captions:
            sheet.append([text])
        for row in _texts(block):
            sheet.append([_number(text) for text in row])
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, float):
                    cell.number_format = "#,##0.00"
    for text in waiting:
        sheet.append([text])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_docx(document: Document) -> bytes:
    """Headings, paragraphs and tables."""
    from docx import Document as Word

    word = Word()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.heading:
                word.add_heading(block.text, block.heading)
            else:
                word.add_paragraph(block.text)
            continue
        texts = _texts(block)
        table = word.add_table(len(texts), len(texts[0]))
        cells = iter(table._cells)
        for row in texts:
            for text in row:
                next(cells).text = text
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text.strip() for cell in row] for row in grid.rows]


def _captions(texts: list[str]) -> tuple[list[str], list[str]]:
    """The last lines before a table: its title, the body, the unit; and what comes before them."""
    at = next((i for i in range(len(texts) - 1, max(len(texts) - 5, -1), -1) if texts[i].startswith("表")), len(texts))
    return texts[at:], texts[:at]


def _number(text: str) -> str | float | None:
    try:
        return float(text) if "." in text else text or None
    except ValueError:
        return text
