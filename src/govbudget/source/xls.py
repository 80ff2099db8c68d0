"""XLS: the old binary workbook, by xlrd, values as their cells show them."""

from __future__ import annotations

import io
from typing import Any

import attrs

from govbudget.errors import SourceError
from govbudget.source.extras import need
from govbudget.source.model import Document
from govbudget.source.number_format import shown
from govbudget.source.pieces import Piece, assemble
from govbudget.source.sheets import Sheet, count_cells, sheet_pieces

_MAX_SHEETS = 200
_MAX_BYTES = 16 * 1024 * 1024  # blank cells take two bytes in the file and many in memory
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_xls(data: bytes, name: str) -> Document:
    """Read an old workbook, sheet by sheet.

    Raises:
        MissingExtra: xlrd is not installed.
        SourceError: the file is damaged, encrypted, or no workbook (an old Word document, say).
    """
    if len(data) > _MAX_BYTES:
        raise SourceError(f"the workbook has more than {_MAX_BYTES:,} bytes", place=name, hint="save it as xlsx")
    xlrd = need("xlrd", "excel", "reading old Excel files")
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
    except Exception as error:  # xlrd raises whatever the bytes run it into
        said = str(error).lower()
        if "encrypt" in said or "password" in said:
            raise SourceError(
                "the workbook is encrypted", place=name, hint="open it with its password and save it without one"
            ) from error
        raise SourceError(
            "the file is no old Excel workbook, or it is damaged", place=name, hint="save it as xlsx and try again"
        ) from error
    if book.nsheets > _MAX_SHEETS:
        raise SourceError(f"the workbook has more than {_MAX_SHEETS} sheets", place=name)
    pieces: list[Piece] = []
    remarks: list[tuple[str, str]] = []
    filled = 0
    for index in range(book.nsheets):
        try:
            sheet = _sheet(book, index)
        except Exception as error:  # as above
            raise SourceError(f"sheet {index + 1} is damaged", place=name, hint="save it as xlsx") from error
        filled += sheet.count
        count_cells(filled, name)
        found, said_of = sheet_pieces(sheet)
        pieces.extend(found)
        remarks.extend(said_of)
        book.unload_sheet(index)
    return assemble(name, pieces, remarks=remarks)


def _sheet(book: Any, index: int) -> Sheet:
    sheet = book.sheet_by_index(index)
    rows: dict[int, dict[int, str]] = {}
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, kind in enumerate(kinds):
            if kind in {_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR}:
                text = _text(book, sheet, row, column, kind, values[column])
                if text.strip():
                    rows.setdefault(row, {})[column] = text.replace("\t", " ").replace("\r\n", "\n")
    found = Sheet(
        name=sheet.name,
        rows=rows,
        merged=tuple((r0, c0, r1 - r0, c1 - c0) for r0, r1, c0, c1 in sheet.merged_cells),
        hidden=sheet.visibility != 0,
        hidden_rows=sum(1 for r in rows if r in sheet.rowinfo_map and sheet.rowinfo_map[r].hidden),
    )
    columns = [c for c in found.columns() if c in sheet.colinfo_map and sheet.colinfo_map[c].hidden]
    return attrs.evolve(found, hidden_columns=len(columns))


def _text(book: Any, sheet: Any, row: int, column: int, kind: int, value: Any) -> str:
    if kind == _TEXT:
        return str(value)
    if kind == _BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == _ERROR:
        return _ERRORS.get(value, "#ERR!")
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    known = book.format_map.get(style.format_key)
    code = known.format_str if known is not None else ""
    return shown(repr(value), "" if code == "General" else code, from_1904=bool(book.datemode))
