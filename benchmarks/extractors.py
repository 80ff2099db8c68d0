"""What others take out of the same files: texts of cells, nothing understood."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from decimal import Decimal

from govbudget.source import Document, Grid, Paragraph

Cells = dict[int, Counter[str]]
"""The normalised texts of the filled cells, by page (0 where a format has no pages)."""

_NUMBER = re.compile(r"-?[\d,]*\.?\d+")
_DROPPED = re.compile(r"\s")


def normal(text: object) -> str:
    """A text as it is compared: one width, no blanks."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", str(text)))


def pdfplumber_tables(data: bytes) -> list[list[list[list[str | None]]]]:
    """The tables of each page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]


def calamine(data: bytes) -> list[list[list[object]]]:
    """Every sheet as rows of values."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def openpyxl(data: bytes) -> list[list[tuple[object, ...]]]:
    """The same, merged cells and number formats in memory."""
    from openpyxl import load_workbook

    return [[tuple(c.value for c in row) for row in sheet.iter_rows()] for sheet in load_workbook(io.BytesIO(data))]


def openpyxl_streaming(data: bytes) -> list[list[tuple[object, ...]]]:
    """The same by the streaming reader, which knows no merged cells."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def docx(data: bytes) -> list[list[list[str]]]:
    """The cells of all tables and the paragraphs."""
    from docx import Document as Word

    word = Word(io.BytesIO(data))
    found = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    return [*found, [[paragraph.text] for paragraph in word.paragraphs]]


def lxml(data: bytes) -> list[list[list[str]]]:
    """The cells of all tables and the other blocks of text."""
    from lxml import etree

    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    tables = [
        [["".join(cell.itertext()).strip() for cell in row.iter("td", "th")] for row in table.iter("tr")]
        for table in root.iter("table")
    ]
    return [*tables, [["".join(block.itertext()).strip()] for block in root.iter("p", "h1", "h2", "h3", "h4")]]


def selectolax(data: bytes) -> list[list[list[str]]]:
    """The same."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data)
    tables = [
        [[cell.text(strip=True) for cell in row.css("td, th")] for row in table.css("tr")]
        for table in tree.css("table")
    ]
    return [*tables, [[block.text(strip=True)] for block in tree.css("p, h1, h2, h3, h4")]]


def split_lines(data: bytes, mark: str) -> list[list[str | Decimal]]:
    """The cells of a text, what looks like a number made a number: the least that any reader of text must do."""
    rows = [[cell.strip() for cell in line.split(mark)] for line in data.decode().splitlines()]
    return [[Decimal(cell.replace(",", "")) if _NUMBER.fullmatch(cell) else cell for cell in row] for row in rows]


def counted(tables: list[list[list[str | None]]]) -> Counter[str]:
    """The filled cells of the tables of a page."""
    return Counter(normal(cell) for table in tables for row in table for cell in row if cell and normal(cell))


def of_document(document: Document) -> tuple[Cells, dict[int, str]]:
    """Our own cells by page, and all the text of each page."""
    cells: Cells = {}
    texts: dict[int, list[str]] = {}
    for block in (*document.blocks, *document.margins):
        if isinstance(block, Paragraph):
            texts.setdefault(block.page or 0, []).append(normal(block.text))
        elif isinstance(block, Grid):
            for cell in (c for row in block.rows for c in row if c.text.strip()):
                cells.setdefault(cell.page or 0, Counter())[normal(cell.text)] += 1
                texts.setdefault(cell.page or 0, []).append(normal(cell.text))
    return cells, {page: "".join(found) for page, found in texts.items()}
