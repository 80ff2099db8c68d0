"""A Word document: the narrative upright, the tables across, headers merged and repeated on every page."""

from __future__ import annotations

import io
from typing import Any

from govbudget.model import Disclosure
from govbudget.serializers.printed.blocks import Contents, Heading, Ruled, Words, shown, widths
from govbudget.serializers.printed.compose import compose
from govbudget.source.extras import need

_BODY, _TABLE, _CAPTION, _TITLE = 12, 8, 10, 14  # points
_MARGIN = 40  # twentieths of a point
_LONG, _SHORT, _EDGE = 297, 210, 15  # millimetres of a page lying across, and of its margins
_CELL, _SMALL_CELL = "BudgetCell", "BudgetCellSmall"
_SMALL, _MANY = 6, 12  # points of a table with more columns than so many


def write_docx(disclosure: Disclosure) -> bytes:
    """Write a Word document.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    docx = need("docx", "word", "writing Word")
    word = docx.Document()
    for style in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        _font(docx, word.styles[style], "宋体" if style == "Normal" else "黑体")
    word.styles["Normal"].font.size = docx.shared.Pt(_BODY)
    for name, size in ((_CELL, _TABLE), (_SMALL_CELL, _SMALL)):
        cell = word.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style, cell.font.size = word.styles["Normal"], docx.shared.Pt(size)
        cell.paragraph_format.space_after = 0
    upright = True
    empty = True
    for block in compose(disclosure):
        if isinstance(block, Heading):
            heading = word.add_heading(block.text, block.level)
            if block.level == 1:
                heading.alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
        elif isinstance(block, Words):
            word.add_paragraph(block.text).paragraph_format.first_line_indent = docx.shared.Pt(2 * _BODY)
        elif isinstance(block, Contents):
            cells = iter(word.add_table(len(block.rows), len(block.rows[0]))._cells)
            for text in (text for row in block.rows for text in row):
                next(cells).text = text
        else:
            if upright:
                _across(docx, word, fresh=not empty)
            _table(docx, word, block, first=upright)
            upright = False
        empty = False
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _font(docx: Any, style: Any, name: str) -> None:
    style.font.name = "Times New Roman"
    style.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[key]
    fonts.set(docx.oxml.ns.qn("w:eastAsia"), name)


def _across(docx: Any, word: Any, *, fresh: bool) -> None:
    """Turn the pages: tables of a budget are wide."""
    section = word.add_section(docx.enum.section.WD_SECTION.NEW_PAGE) if fresh else word.sections[0]
    section.orientation = docx.enum.section.WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = docx.shared.Mm(_LONG), docx.shared.Mm(_SHORT)
    section.left_margin = section.right_margin = docx.shared.Mm(_EDGE)


def _table(docx: Any, word: Any, table: Ruled, *, first: bool) -> None:
    centre = docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    right = docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
    title = word.add_heading(table.title, 3)
    title.alignment = centre
    title.paragraph_format.page_break_before = not first
    title.paragraph_format.keep_with_next = False
    for run in title.runs:
        run.font.size = docx.shared.Pt(_TITLE)
    line = word.add_paragraph()
    line.add_run(f"{table.body}\t{table.unit}").font.size = docx.shared.Pt(_CAPTION)
    line.paragraph_format.tab_stops.add_tab_stop(
        docx.shared.Mm(_LONG - 2 * _EDGE), docx.enum.text.WD_TAB_ALIGNMENT.RIGHT
    )
    line.paragraph_format.space_after = docx.shared.Pt(0)
    width = len(table.figures)
    if not width:
        return
    made = word.add_table(table.depth + len(table.rows), width, style="Table Grid")
    style = _SMALL_CELL if width > _MANY else _CELL
    cells = made._cells  # the public look-ups build this list anew for every cell
    for span in table.header:
        cell = cells[span.row * width + span.column]
        if span.rows * span.columns > 1:
            last = (span.row + span.rows - 1) * width + span.column + span.columns - 1
            cell = cell.merge(cells[last])
        _put(cell, span.text, centre, style)
    for row, shows in enumerate(table.rows, table.depth):
        for column, (cell, is_figure) in enumerate(zip(shows, table.figures, strict=True)):
            _put(cells[row * width + column], shown(cell), right if is_figure else None, style)
    made.autofit = False
    _narrow(docx, made)
    for column, share in zip(made.columns, _shares(table), strict=True):
        column.width = docx.shared.Mm(share)
    for column, share in enumerate(_shares(table)):
        for cell in {id(c._tc): c for c in cells[column::width] if c._tc.grid_span == 1}.values():
            cell.width = docx.shared.Mm(share)
    for row, made_row in enumerate(made.rows):
        properties = made_row._tr.get_or_add_trPr()
        properties.append(docx.oxml.OxmlElement("w:cantSplit"))  # a label cut by the end of a page is two labels
        if row < table.depth and table.rows:
            properties.append(docx.oxml.OxmlElement("w:tblHeader"))
    for note in table.notes:
        word.add_paragraph(note)
    if not table.notes:
        word.add_paragraph()  # two tables without a paragraph between them grow together


def _narrow(docx: Any, made: Any) -> None:
    """Leave little room beside the text of a cell: budget tables have up to twenty columns."""
    margins = docx.oxml.OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = docx.oxml.OxmlElement(f"w:{side}")
        margin.set(docx.oxml.ns.qn("w:w"), str(_MARGIN))
        margin.set(docx.oxml.ns.qn("w:type"), "dxa")
        margins.append(margin)
    properties = made._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook")  # Word wants its elements in their order


def _shares(table: Ruled) -> list[int]:
    """The width of each column in millimetres: by its longest text, within reason."""
    sizes = widths(table, least=8, most=30)
    return [(_LONG - 2 * _EDGE) * size // sum(sizes) for size in sizes]


def _put(cell: Any, text: str, side: Any, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style  # by its id: to look the style up for every cell takes longer than all the rest
    if side is not None:
        paragraph.alignment = side
    if text:
        paragraph.add_run(text)
