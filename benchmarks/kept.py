"""What the readers of Office files keep of a small file: printed digits, merged cells, hidden rows, inserted text.

A workbook with a figure shown as 1,200.00, a zero shown as a dash, a merged label and a hidden row; a Word document
with a table inside a content control and a figure inserted with tracked changes.

    python benchmarks/kept.py
"""

from __future__ import annotations

import io
import zipfile

from govbudget.source import Document, Grid, Paragraph, open_document

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_IN_CONTROL = (
    "<w:sdt><w:sdtContent><w:p><w:r><w:t>in a content control</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1.00</w:t></w:r></w:p></w:tc>"
    "</w:tr></w:tbl></w:sdtContent></w:sdt>"
)
_INSERTED = '<w:p><w:r><w:t>in all </w:t></w:r><w:ins w:id="1" w:author="a"><w:r><w:t>12.00</w:t></w:r></w:ins></w:p>'


def workbook() -> bytes:
    """The workbook."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["subject", "amount"], ["A", 1200], ["B", 0], ["C", 0.1 + 0.2], [None, 5]):
        sheet.append(row)
    sheet["B2"].number_format = "#,##0.00"
    sheet["B3"].number_format = '#,##0.00;-#,##0.00;"-"'
    sheet.merge_cells("A4:A5")
    sheet.row_dimensions[3].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word() -> bytes:
    """The Word document."""
    from docx import Document as Word

    out = io.BytesIO()
    Word().save(out)
    body = f"<w:document {_WORD}><w:body>{_IN_CONTROL}{_INSERTED}</w:body></w:document>"
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return made.getvalue()


def main() -> None:
    """Print what each reader gives."""
    book, text = workbook(), word()
    print(f"govbudget     {_ours(open_document(book, name='a'))}")
    _calamine(book)
    _openpyxl(book)
    print(f"govbudget     {_ours(open_document(text, name='a'))}")
    _python_docx(text)


def _ours(document: Document) -> str:
    found: list[object] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            found.append(([[cell.text for cell in row] for row in block.rows], f"merged {block.merged}"))
        elif isinstance(block, Paragraph):
            found.append(block.text)
    return f"{found} {document.remarks or ''}"


def _calamine(data: bytes) -> None:
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    print(f"calamine      {sheet.to_python()} merged {sheet.merged_cell_ranges}")


def _openpyxl(data: bytes) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(data)).active
    rows = [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
    hidden = [number for number, row in sheet.row_dimensions.items() if row.hidden]
    print(f"openpyxl      {rows} merged {sheet.merged_cells.ranges} hidden rows {hidden}")


def _python_docx(data: bytes) -> None:
    from docx import Document as Word

    document = Word(io.BytesIO(data))
    found = [getattr(block, "text", "table") for block in document.iter_inner_content()]
    print(f"python-docx   {found}, tables {len(document.tables)}")


if __name__ == "__main__":
    main()
