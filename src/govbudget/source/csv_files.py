"""CSV: a table in a file of its own."""

from __future__ import annotations

import csv
import io
import re

from govbudget.errors import SourceError
from govbudget.source.model import Document
from govbudget.source.pieces import assemble
from govbudget.source.sheets import Sheet, count_cells, sheet_pieces

_DELIMITERS = ",\t;|"
_SAMPLE = 50


def read_csv(text: str, name: str) -> Document:
    r"""Read one CSV file as a table; its name is the heading, as that of a worksheet is.

    >>> document = read_csv("收入总表\n单位：元\n项目,预算数\n合计,\"1,234.00\"\n", "01 收入.csv")
    >>> [block.text for block in document.blocks[:3]], document.blocks[3].rows[1][1].text
    (['01 收入', '收入总表', '单位：元'], '1,234.00')
    """
    filled: dict[int, dict[int, str]] = {}
    count = 0
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
        for row, values in enumerate(rows):
            cells = {
                column: value.strip().replace("\t", " ").replace("\r\n", "\n")
                for column, value in enumerate(values)
                if value.strip()
            }
            if cells:
                filled[row] = cells
            count += len(cells)
            count_cells(count, name)
    except csv.Error as error:
        raise SourceError(f"the CSV cannot be taken apart: {error}", place=name, hint="check its quotes") from error
    pieces, remarks = sheet_pieces(Sheet(name=re.sub(r"\.\w{1,5}$", "", name), rows=filled))
    return assemble(name, pieces, remarks=remarks)


def delimiter(text: str) -> str:
    r"""Return what sets the cells of a CSV text apart.

    >>> delimiter("甲;乙\n1;2\n")
    ';'
    """
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))


def looks_like_csv(text: str) -> bool:
    r"""Tell whether text is CSV by its content: nearly every line has as many commas as the others, two or more.

    >>> looks_like_csv("科目,合计,项目\n甲,1,2\n乙,3,4\n"), looks_like_csv("一句话，两句话\n1,234.00 万元\n又一句\n")
    (True, False)
    """
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]
    if len(lines) < 3 or "\t" in text:
        return False
    try:
        widths = [len(row) for row in csv.reader(lines)]
    except csv.Error:
        return False
    usual = max(set(widths), key=widths.count)
    return usual >= 3 and widths.count(usual) * 10 >= 8 * len(widths)
