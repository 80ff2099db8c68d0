"""DOCX and HTML: headings, paragraphs, merged cells, tables in tables, encodings."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest

from govbudget.source import Document, Grid, Paragraph, open_document, open_documents

LeadsBack = Callable[[Document], None]


def texts(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in b.rows] for b in document.blocks if isinstance(b, Grid)]


def paragraphs(document: Document) -> list[tuple[str, int]]:
    return [(block.text, block.heading) for block in document.blocks if isinstance(block, Paragraph)]


def test_word(leads_back: LeadsBack) -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("第一部分 概况", level=1)
    made.add_paragraph("本单位主要职能如下。")
    table = made.add_table(rows=4, cols=4)
    for row, values in enumerate(["项目||支出|", "||合计|基本支出", "一、甲|注|1,234.00|2.40", "合计||1,234.00|"]):
        for column, value in enumerate(values.split("|")):
            table.cell(row, column).text = value
    table.cell(0, 0).merge(table.cell(1, 1))
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(3, 0).merge(table.cell(3, 1))
    made.add_paragraph("注：表后")
    out = io.BytesIO()
    made.save(out)
    out.seek(0)
    document = open_document(out, name="a.docx")
    leads_back(document)
    assert paragraphs(document) == [("第一部分 概况", 1), ("本单位主要职能如下。", 0), ("注：表后", 0)]
    assert texts(document) == [
        [
            ["项目", "", "支出", ""],
            ["", "", "合计", "基本支出"],
            ["一、甲", "注", "1,234.00", "2.40"],
            ["合计", "", "1,234.00", ""],
        ]
    ]
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    assert grid.merged == ((0, 0, 2, 2), (0, 2, 1, 2), (3, 0, 1, 2))


def test_word_changes_text_boxes_and_inner_tables(package: Callable[[Mapping[str, str]], bytes]) -> None:
    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    cell = f"<w:tc><w:p>{run('内')}</w:p></w:tc>"
    inner = f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"
    body = (
        f"<w:p>{run('一')}<w:del><w:r><w:t>删</w:t></w:r></w:del><w:ins>{run('增')}</w:ins><w:r><w:tab/></w:r>"
        f"<mc:AlternateContent><mc:Choice><w:p>{run('框')}</w:p></mc:Choice><mc:Fallback><w:p>{run('框')}</w:p>"
        f"</mc:Fallback></mc:AlternateContent>{run('尾')}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p></w:tc><w:tc>{inner}<w:p>{run('乙')}</w:p></w:tc></w:tr></w:tbl>"
    )
    xml = f'<w:document xmlns:w="w" xmlns:mc="m"><w:body>{body}</w:body></w:document>'
    document = open_document(package({"word/document.xml": xml}), name="a")
    assert paragraphs(document) == [("框", 0), ("一增 尾", 0)]
    assert texts(document) == [[["甲", "内 内\n乙"]]]


PAGE = """<!DOCTYPE html><html><head><meta charset="{}"><title>题</title></head><body>
<h2>一、收支总表</h2><p>第一<b>段</b>，<br>换行 &amp; 第&nbsp;二段</p><ul><li>条</ul>
<table><caption>表1</caption>
<tr><td colspan=4>2024年收支总表<tr><td colspan=2>部门：某局<td colspan=2>单位：万元
<tr><th rowspan=2>项目<th colspan=2>支出<th rowspan=2>备注
<tr><th>合计<th>基本<br>支出
<tr><td>甲<td align=right>1,234.00<td> 2.40<td>
<tr><td>合计<td>1,234.00<td><td>
<tr><td colspan=4>注：完
</table><table><tr><td>排版<table><tr><td>丙<td>1<tr><td>丁<td>2</table></td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("said", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("x", "utf-8-sig"), ("x", "utf-16")]
)
def test_web_page(said: str, encoding: str, leads_back: LeadsBack) -> None:
    pytest.importorskip("lxml")
    document = open_document(PAGE.format(said).encode(encoding), name="a.xls")
    leads_back(document)
    assert paragraphs(document) == [
        ("一、收支总表", 2),
        ("第一段，", 0),
        ("换行 & 第 二段", 0),
        ("条", 0),
        ("表1", 3),
        ("2024年收支总表", 2),
        ("部门：某局 单位：万元", 0),
        ("注：完", 0),
        ("排版", 0),
    ]
    first, second = texts(document)
    assert first == [
        ["项目", "支出", "", "备注"],
        ["", "合计", "基本\n支出", ""],
        ["甲", "1,234.00", "2.40", ""],
        ["合计", "1,234.00", "", ""],
    ]
    assert second == [["丙", "1"], ["丁", "2"]]
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    assert grid.merged == ((0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1))


def test_several_documents_are_one(leads_back: LeadsBack) -> None:
    document = open_documents(
        [b"# \xe9\xa2\x98\n\n|a|b|\n|---|---|\n|1|2|\n", "正文\n\n甲\t乙\n丙\t1\n".encode()], name="两"
    )
    leads_back(document)
    assert document.name == "两"
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Grid", "Paragraph", "Grid"]
    assert [name for name, _ in document.parts] == ["document", "document"]
    assert open_document([b"\xe7\x94\xb2"]).text == "甲\n"


def test_a_thin_blank_stays_in_its_number() -> None:
    page = "<table><tr><td>合计</td><td>1\u2009147.95</td></tr><tr><td>甲 \n 乙</td><td>2</td></tr></table>"
    grid = next(b for b in open_document(page.encode(), name="a.html").blocks if isinstance(b, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [["合计", "1\u2009147.95"], ["甲 乙", "2"]]
