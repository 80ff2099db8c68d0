"""XLSX, XLS and CSV: what cells show, captions, merges, hidden things, dimensions out to the last column."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from govbudget.errors import SourceError
from govbudget.source import Document, Grid, Paragraph, open_document
from govbudget.source.number_format import shown

LeadsBack = Callable[[Document], None]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def paragraphs(document: Document) -> list[tuple[str, int]]:
    return [(block.text, block.heading) for block in document.blocks if isinstance(block, Paragraph)]


def workbook(fill: Any) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def budget(book: Any) -> None:
    sheet = book.active
    sheet.title = "单位收入总表 "
    sheet["A1"] = "2026年预算单位收入预算总表"
    sheet.merge_cells("A1:E1")
    sheet["A2"], sheet["D2"] = "编制单位：某中心", "单位：元"
    for column, text in enumerate(["功能分类科目编码", "", "功能分类科目名称", "收入预算", ""], 1):
        sheet.cell(3, column, text or None)
    for column, text in enumerate(["类", "款", "", "合计", "财政拨款收入"], 1):
        sheet.cell(4, column, text or None)
    sheet.merge_cells("A3:B3")
    sheet.merge_cells("C3:C4")
    sheet.merge_cells("D3:E3")
    first: list[Any] = ["201", None, "一般公共服务支出", 1147.95, 1147.95]
    for row, values in enumerate((first, ["201", "06", "财政事务", 0, -3.5]), 5):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value)
            if column > 3:
                cell.number_format = "#,##0.00"
    sheet["A7"] = "合计"
    sheet.merge_cells("A7:C7")
    sheet["D7"], sheet["D7"].number_format = 1234567.891, "#,##0"
    sheet["A9"] = "注：本表反映收入情况。"
    sheet["IV40"].number_format = "0.00"  # the sheet reaches out to IV with nothing there


@pytest.mark.parametrize(("name", "said"), [("表1", []), ("2026年收入预算总表", []), ("收入", []), ("附表", ["附表"])])
def test_a_tab_that_repeats_the_title_is_not_said_twice(name: str, said: list[str]) -> None:
    """表1 on the tab of a sheet that begins with 表1：…; any other name may say what stands nowhere else."""

    def fill(book: Any) -> None:
        sheet = book.active
        sheet.title = name
        sheet["A1"], sheet["A2"], sheet["B2"] = "表1：2026年收入预算总表", "项目", "金额"
        sheet["A3"], sheet["B3"] = "合计", 1
        sheet["A4"] = "其中：动用上年结转和结余资金"  # part of the table, though long and without a figure

    document = open_document(workbook(fill), name="a.xlsx")
    assert [text for text, _ in paragraphs(document)] == [*said, "表1：2026年收入预算总表"]
    assert len(grids(document)[0].rows) == 3


def test_a_tab_that_the_first_text_ends_with_makes_it_the_heading() -> None:
    def fill(book: Any) -> None:
        book.active.title = "其他相关情况说明"
        book.active["A1"], book.active["A2"] = "部门其他相关情况说明", "无。"

    document = open_document(workbook(fill), name="a.xlsx")
    assert paragraphs(document) == [("部门其他相关情况说明", 1), ("无。", 0)]


def test_workbook(leads_back: LeadsBack) -> None:
    document = open_document(workbook(budget), name="a.xlsx")
    leads_back(document)
    assert paragraphs(document) == [
        ("单位收入总表", 1),
        ("2026年预算单位收入预算总表", 2),
        ("编制单位：某中心 单位：元", 0),
        ("注：本表反映收入情况。", 0),
    ]
    (grid,) = grids(document)
    assert texts(grid) == [
        ["功能分类科目编码", "", "功能分类科目名称", "收入预算", ""],
        ["类", "款", "", "合计", "财政拨款收入"],
        ["201", "", "一般公共服务支出", "1,147.95", "1,147.95"],
        ["201", "06", "财政事务", "0.00", "-3.50"],
        ["合计", "", "", "1,234,568", ""],
    ]
    assert grid.merged == ((0, 0, 1, 2), (0, 2, 2, 1), (0, 3, 1, 2), (4, 0, 1, 3))


def test_values_without_float_noise_dates_and_formulas() -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        sheet.append(["项目", "数"])
        sheet.append(["和", 0.1 + 0.2])
        sheet.append(["整数", 2013802])
        sheet.append(["日期", date(2026, 1, 31)])
        sheet.append(["式", "=B2*2"])
        sheet.append(["真", True])
        sheet["B4"].number_format = 'yyyy"年"m"月"d"日"'

    (grid,) = grids(open_document(workbook(fill), name="a"))
    assert [row[1] for row in texts(grid)] == ["数", "0.3", "2013802", "2026年1月31日", "", "TRUE"]


def test_the_value_of_a_formula_is_shown(package: Callable[[Mapping[str, str]], bytes]) -> None:
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
        '<c t="str"><f>A2&amp;"x"</f><v>甲</v></c><c><f>1+1</f><v>2</v></c></row>'
        '<row><c t="inlineStr"><is><r><t>乙</t></r><r><t>丙</t></r><rPh><t>yi</t></rPh></is></c><c><v>1.5</v></c></row>'
        "</sheetData></worksheet>"
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r"'
    relation = '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    data = package(
        {
            "xl/workbook.xml": f'<workbook {main}><sheets><sheet name="表" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>",
            "xl/worksheets/sheet1.xml": xml,
        }
    )
    (grid,) = grids(open_document(data, name="a"))
    assert texts(grid) == [["甲", "2"], ["乙丙", "1.5"]]


def test_hidden_sheets_rows_and_columns_are_read_and_remarked_on() -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        sheet.title = "见"
        for row in (["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        other = book.create_sheet("不见")
        other.append(["丁", "戊"])
        other.sheet_state = "hidden"

    document = open_document(workbook(fill), name="a")
    assert document.remarks == (
        ("source-hidden-rows", "见: 1"),
        ("source-hidden-columns", "见: 1"),
        ("source-hidden-sheet", "不见"),
    )
    assert len(grids(document)) == 2


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("1147.95", "#,##0.00", "1,147.95"),
        ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("-1234.5", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.50"),
        ("2.675", "0.00", "2.68"),
        ("0.30000000000000004", "", "0.3"),
        ("1E-7", "General", "0.0000001"),
        ("12345678901234567890", "", "12345678901234600000"),
        ("0.5", "#,##0.00;[Red]-#,##0.00", "0.50"),
        ("-0.5", "#,##0.00;[Red](#,##0.00)", "(0.50)"),
        ("1234567", "#,##0,", "1,235"),
        ("5", "0000", "0005"),
        ("1", "[$¥-804]#,##0.00", "¥1.00"),
        ("1.25", "# ?/?", "1.25"),
        ("44927.5", "yyyy-mm-dd hh:mm:ss", "2023-01-01 12:00:00"),
        ("0", "yyyy", "1899"),
        ("abc", "0.00", "abc"),
        ("1e999", "0.00", "1e999"),
        ("1", "@", "1"),
        ("7", '"无"', "无"),
    ],
)
def test_number_formats(raw: str, code: str, text: str) -> None:
    assert shown(raw, code) == text


def test_no_format_code_breaks_the_reader() -> None:
    for code in ("[", '"', "\\", ";;;;", "0.0.0", "#,##0.00_", "yyyy年m月", "[h]:mm", "E+", "%%%", "_", "*", "@@;"):
        assert isinstance(shown("1234.5", code), str)


def test_the_templates_read_alike_in_both_formats(shared: Callable[[str], Path], leads_back: LeadsBack) -> None:
    pytest.importorskip("xlrd")
    folder = shared("sh-template-2026-budget-xlsx/budget_template.xls").parent
    old = open_document(folder / "budget_template.xls", name="t")
    new = open_document(folder / "unit_budget_template.xlsx", name="t")
    assert old.blocks == new.blocks
    leads_back(old)
    assert len(grids(new)) == 9
    headers = texts(grids(new)[1])
    assert headers[0] == ["项目", "", "", "", "收入预算", "", "", "", ""]
    assert headers[2][:3] == ["类", "款", "项"]
    assert headers[-1][0] == "合计"


def test_csv_file_and_folder(tmp_path: Path, leads_back: LeadsBack) -> None:
    (tmp_path / "01 收入.csv").write_text('收入总表\n单位：元,\n项目,预算数\n合计,"1,234.00"\n', encoding="gb18030")
    (tmp_path / "02 支出.csv").write_text("科目;合计;项目\n甲;1;2\n", encoding="utf-8-sig")
    (tmp_path / "别的.txt").write_text("x", encoding="utf-8")
    document = open_document(tmp_path)
    leads_back(document)
    assert [texts(grid) for grid in grids(document)] == [
        [["项目", "预算数"], ["合计", "1,234.00"]],
        [["科目", "合计", "项目"], ["甲", "1", "2"]],
    ]
    assert [name for name, _ in document.parts] == ["01 收入.csv", "02 支出.csv"]
    assert document.remarks == (("source-encoding", "01 收入.csv: gb18030"),)
    assert texts(grids(open_document('科目,合计,项目\n甲,1,2\n乙,"3,000",4\n'.encode()))[0])[2][1] == "3,000"


def test_a_folder_without_csv_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="folder"):
        open_document(tmp_path)


def test_a_wrapped_label_below_the_last_figures_is_of_the_table() -> None:
    """A label without a figure is as long as its letters, whatever line breaks its cell needs."""

    def fill(book: Any) -> None:
        sheet = book.active
        sheet.title = "表1"
        for row in (
            ["表1", None],
            ["科目", "金额"],
            ["合计", "1.00"],
            ["国有资本经营\n预算财政拨款", None],
            ["总计", None],
        ):
            sheet.append(row)

    (grid,) = grids(open_document(workbook(fill), name="a.xlsx"))
    assert [row[0] for row in texts(grid)] == ["科目", "合计", "国有资本经营\n预算财政拨款", "总计"]
