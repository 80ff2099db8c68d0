"""PDF: lattices and lines from made-up marks; the published documents cell by cell where they are at hand."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from govbudget.source import Document, Grid, Paragraph, open_document, open_documents
from govbudget.source.captions import split_captions, without_blanks
from govbudget.source.continued import join_continued
from govbudget.source.pdf_glyphs import Glyphs, heads_of, runs_of
from govbudget.source.pdf_lattice import find_lattices
from govbudget.source.pdf_lines import Line, lines_of
from govbudget.source.pdf_margins import split_margins
from govbudget.source.pdf_marks import Rule
from govbudget.source.pdf_paragraphs import frames, paragraphs
from govbudget.source.pdf_tables import fill
from govbudget.source.pieces import TablePiece, TextPiece, table

SIZE = 1000
LeadsBack = Callable[[Document], None]
Shared = Callable[[str], Path]


class Glyph(NamedTuple):
    """A character, its box, its base line and its place in the order of the content."""

    x0: int
    y0: int
    x1: int
    y1: int
    base: int
    char: str
    order: int


def laid(marks: list[Glyph]) -> Glyphs:
    """The characters side by side, as they are read from a page."""
    lefts, rights = [mark.x0 for mark in marks], [mark.x1 for mark in marks]
    tops, bottoms = [mark.y0 for mark in marks], [mark.y1 for mark in marks]
    heads = heads_of(tops, bottoms)
    runs = runs_of([(0, len(marks))], heads, [marks[head].base for head in heads], lefts, tops, bottoms)
    text, orders = "".join(mark.char for mark in marks), [mark.order for mark in marks]
    return Glyphs(lefts, tops, rights, bottoms, text, orders, runs)


def lines(marks: list[Glyph], page: int = 0) -> list[Line]:
    glyphs = laid(marks)
    return lines_of(glyphs, glyphs.runs, page)


def write(text: str, x: int, y: int, order: int = 0) -> list[Glyph]:
    """Glyphs of ``text`` from ``x`` on the base line ``y``; Latin letters are half as wide."""
    glyphs = []
    for index, char in enumerate(text):
        wide = SIZE // 2 if char.isascii() else SIZE
        if char != " ":
            glyphs.append(Glyph(x, y - 800, x + wide, y + 200, y, char, order + index))
        x += wide
    return glyphs


def ruled(xs: list[int], ys: list[int]) -> tuple[list[Rule], list[Rule]]:
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def filled(across: list[Rule], down: list[Rule], marks: list[Glyph]) -> TablePiece:
    glyphs = laid(marks)
    (lattice,) = find_lattices(across, down, glyphs)
    made = fill(lattice, glyphs, lattice.part(glyphs, glyphs.runs)[0], 1)
    assert made is not None
    return made


def rows_of(across: list[Rule], down: list[Rule], glyphs: list[Glyph]) -> tuple[tuple[str, ...], ...]:
    return filled(across, down, glyphs).rows


def test_cells_with_wrapped_text_and_numbers_that_touch_the_next_label() -> None:
    across, down = ruled([0, 5000, 9000, 15000], [0, 3000, 6000])
    glyphs = (
        write("科目名", 500, 1200) + write("称", 500, 2400, 9) + write("金额", 5500, 1500) + write("项目", 9500, 1500)
    )
    glyphs += write("甲", 500, 4500) + write("1,234.00", 5000, 4500) + write("二、社会", 9000, 4500)
    assert rows_of(across, down, glyphs) == (("科目名称", "金额", "项目"), ("甲", "1,234.00", "二、社会"))


def test_merged_cells() -> None:
    across = [Rule(0, 0, 9000), Rule(2000, 3000, 9000), Rule(4000, 0, 9000), Rule(6000, 0, 9000)]
    down = [Rule(0, 0, 6000), Rule(3000, 0, 6000), Rule(6000, 2000, 6000), Rule(9000, 0, 6000)]
    glyphs = (
        write("项目", 500, 2500) + write("支出", 5000, 1500) + write("合计", 3200, 3500) + write("基本", 6200, 3500)
    )
    glyphs += write("甲", 500, 5500) + write("1.00", 3200, 5500)
    made = filled(across, down, glyphs)
    assert made.rows == (("项目", "支出", ""), ("", "合计", "基本"), ("甲", "1.00", ""))
    assert made.merged == ((0, 0, 2, 1), (0, 1, 1, 2))


def test_a_table_open_at_a_page_break_keeps_its_first_row() -> None:
    across, down = [Rule(2000, 0, 8000), Rule(4000, 0, 8000)], [Rule(x, 0, 4000) for x in (0, 4000, 8000)]
    glyphs = write("甲", 500, 1500) + write("1", 4500, 1500) + write("乙", 500, 3500) + write("2", 4500, 3500)
    assert rows_of(across, down, glyphs) == (("甲", "1"), ("乙", "2"))


def test_underlines_and_boxes_are_no_tables() -> None:
    glyphs = write("增加 468.4 万元", 500, 1000)
    assert find_lattices([Rule(1200, 500, 4000), Rule(2200, 500, 4000)], [], laid(glyphs)) == []
    assert find_lattices(*ruled([0, 9000], [0, 2000, 4000]), laid(glyphs)) == []


def test_lines_drawn_twice_and_slivers_make_no_columns() -> None:
    across, down = ruled([0, 100, 4000, 4600, 9000], [0, 2000, 4000])
    glyphs = write("甲", 500, 1500) + write("1", 5000, 1500) + write("乙", 500, 3500) + write("2", 5000, 3500)
    assert rows_of(across, down, glyphs) == (("甲", "1"), ("乙", "2"))


def test_the_second_line_of_a_low_row_belongs_to_the_cell_above() -> None:
    across, down = ruled([0, 3000, 9000], [0, 1500, 3000])
    glyphs = (
        write("采购形", 0, 1000, 10)
        + write("式", 1000, 2000, 14)
        + write("总计", 4000, 1000)
        + write("1.00", 4000, 2500)
    )
    assert rows_of(across, down, glyphs) == (("采购形式", "总计"), ("", "1.00"))


def test_bold_type_printed_twice_is_read_once() -> None:
    glyphs = write("合计", 0, 1000) + [g._replace(x0=g.x0 + 30, x1=g.x1 + 30, order=9) for g in write("合计", 0, 1000)]
    assert [line.text for line in lines(glyphs)] == ["合计"]


def test_paragraphs_by_indent_and_right_margin_over_a_page_break() -> None:
    pages = {1: [*write("一、情况说明", 2000, 2000)], 2: []}
    long = "预算总计各增加三千万元增长百分之二十主要原因是政策性调整因素"
    pages[1] += write(long[:20], 2000, 4000) + write(long, 0, 6000)[:22]
    pages[2] = write("因素。", 0, 2000) + write("另起一段，收入增加", 2000, 4000) + write("万元。", 0, 6000)
    by_page = {page: lines(glyphs, page) for page, glyphs in pages.items()}
    found = paragraphs([*by_page[1], *by_page[2]], frames(by_page, {1: 22000, 2: 22000}), before_table=False)
    assert [piece.text for piece in found] == [
        "一、情况说明",
        long[:20] + long[:22] + "因素。",
        "另起一段，收入增加",
        "万元。",
    ]
    assert [piece.page for piece in found] == [1, 1, 2, 2]


def test_page_numbers_and_running_heads_are_kept_apart() -> None:
    pages = {
        page: lines(
            [*write("某局预算", 0, 1000), *write(f"正文{page}", 0, 20000), *write(f"- {page} -", 0, 83000)], page
        )
        for page in range(1, 5)
    }
    kept, margins = split_margins(pages, dict.fromkeys(pages, 84200))
    assert [line.text for left in kept.values() for line in left] == [f"正文{page}" for page in range(1, 5)]
    assert len(margins) == 8


def piece(rows: list[str], page: int, edges: tuple[int, ...], opened: frozenset[int] = frozenset()) -> TablePiece:
    texts = tuple(tuple(row.split("|")) for row in rows)
    return TablePiece(
        rows=texts, pages=(page,) * len(rows), edges=edges, open_cells=(frozenset(),) * (len(rows) - 1) + (opened,)
    )


def test_joining_with_and_without_a_repeated_header_and_with_a_row_cut_in_two() -> None:
    edges = (0, 4000, 8000)
    one = piece(["项目|金额", "甲|1", "十七、国土海洋气象等支|"], 1, edges, frozenset({0}))
    two = piece(["项目|金额", "出|", "乙|2"], 2, (40, 4100, 8010))
    three = piece(["|", "丙|3"], 3, edges)
    (joined,) = join_continued([one, two, three])
    assert isinstance(joined, TablePiece)
    assert joined.rows == (("项目", "金额"), ("甲", "1"), ("十七、国土海洋气象等支出", ""), ("乙", "2"), ("丙", "3"))
    assert joined.pages == (1, 1, 1, 2, 3)


def test_what_is_not_joined() -> None:
    one = piece(["项目|金额", "甲|1"], 1, (0, 4000, 8000))
    for other in (
        piece(["科目|合计", "乙|2"], 2, (0, 4000, 8000)),  # a header of its own
        piece(["丙|2"], 2, (0, 2000, 8000)),  # other columns
        piece(["丁|2"], 3, (0, 4000, 8000)),  # not the next page
        piece(["戊|2"], 1, (0, 4000, 8000)),  # the same page
    ):
        assert join_continued([one, other]) == [one, other]
    between = TextPiece(text="表2", page=2)
    assert len(join_continued([one, between, piece(["己|2"], 2, (0, 4000, 8000))])) == 3


def test_a_header_cut_from_its_table_has_fewer_columns() -> None:
    (joined,) = join_continued(
        [piece(["收入|支出"], 1, (0, 6000, 9000)), piece(["项目|数|甲", "乙|1|"], 2, (0, 4000, 6000, 9000))]
    )
    assert isinstance(joined, TablePiece)
    assert joined.rows == (("收入", "", "支出"), ("项目", "数", "甲"), ("乙", "1", ""))
    assert joined.merged == ((0, 0, 1, 2),)


def test_captions_and_notes_inside_a_table() -> None:
    rows = [
        ["公开01表", "", ""],
        ["部门：", "某局", "单位：万元"],
        ["三公", "", ""],
        ["小计", "", "数"],
        ["1", "", "2"],
        ["注：完", "", ""],
    ]
    wide = [(0, 0, 1, 3), (2, 0, 1, 3), (5, 0, 1, 3)]
    *before, grid, after = split_captions(table(rows, wide))
    assert before == [TextPiece(text="公开01表", heading=2), TextPiece(text="部门：某局 单位：万元")]
    assert after == TextPiece(text="注：完")
    assert isinstance(grid, TablePiece)
    assert without_blanks(grid).rows == (("三公", ""), ("小计", "数"), ("1", "2"))


# -- small PDFs, written by hand ----------------------------------------------------------------------------------


def pdf(*pages: str, page: str = "", form: str = "") -> bytes:
    """A PDF of pages with these contents; ``form`` is a form that contents draw with ``/X Do``."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    resources = f"/Resources<</Font<</F 3 0 R>>/XObject<</X {4 + 2 * count} 0 R>>>>"
    box = f"/BBox[0 0 600 800]/Matrix[1 0 0 1 10 20]/Resources<</Font<</F 3 0 R>>>>/Length {len(form)}"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    ]
    for index, content in enumerate(pages):
        size = f"/MediaBox[0 0 600 800]{page}{resources}/Contents {5 + 2 * index} 0 R"
        bodies += [f"<</Type/Page/Parent 2 0 R{size}>>", f"<</Length {len(content)}>>stream\n{content}\nendstream"]
    bodies.append(f"<</Type/XObject/Subtype/Form{box}>>stream\n{form}\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode("latin-1")
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def words(*placed: tuple[int, int, str]) -> str:
    return "".join(f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in placed)


RULES = "".join(f"{x} 700 m {x} 760 l S\n" for x in (100, 200, 300)) + "".join(
    f"100 {y} 200 1 re f\n" for y in (700, 720, 740, 760)
)
CELLS = words((110, 745, "Item"), (210, 745, "Sum"), (110, 725, "A"), (210, 725, "1,234.00"), (210, 705, "2.40"))
EXPECTED = [["Item", "Sum"], ["A", "1,234.00"], ["", "2.40"]]


@pytest.mark.parametrize("turned", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox[50 50 550 790]"])
def test_a_small_pdf_however_the_page_is_turned(turned: str, leads_back: LeadsBack) -> None:
    pytest.importorskip("pypdfium2")
    white = "1 g 100 700 100 60 re f 105 703 2 50 re f 0 g\n"  # a background, drawn before
    if turned.startswith("/Rotate"):
        matrix = {"90": "0 1 -1 0 600 0", "180": "-1 0 0 -1 600 800", "270": "0 -1 1 0 0 800"}[turned.split()[1]]
        content = f"q {matrix} cm {white}{RULES}{CELLS} Q" if "180" in turned else ""
        if not content:  # on its side the page is 800 wide and 600 high
            content = f"q {matrix} cm 1 0 0 1 0 -200 cm {white}{RULES}{CELLS} Q"
    else:
        content = white + RULES + CELLS
    document = open_document(pdf(content, page=turned))
    leads_back(document)
    (block,) = document.blocks
    assert isinstance(block, Grid)
    assert [[cell.text for cell in row] for row in block.rows] == EXPECTED


def test_a_page_that_is_one_form() -> None:
    pytest.importorskip("pypdfium2")
    (block,) = open_document(pdf("q /X Do Q", form=RULES + CELLS)).blocks
    assert isinstance(block, Grid)
    assert [[cell.text for cell in row] for row in block.rows] == EXPECTED


def test_pages_with_numbers_text_and_a_picture() -> None:
    pytest.importorskip("pypdfium2")
    scan = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    text = words((100, 700, "Some words."), (300, 30, "- 1 -"))
    document = open_document(pdf(text, scan, ""))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["Some words."]
    assert [(margin.text, margin.page) for margin in document.margins] == [("- 1 -", 1)]
    assert document.remarks == (("source-scanned", "2"),)


WITHOUT_FONTS = """
import io, sys
from ctypes import POINTER, c_char
import pypdfium2.raw as raw
raw.FPDF_DestroyLibrary()
folders = (POINTER(c_char) * 1)()  # no folder with fonts
raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=folders))
from govbudget.source import open_document
blocks = open_document(sys.stdin.buffer.read(), name="a.pdf").blocks
sys.stdout.buffer.write("|".join(block.text for block in blocks).encode())
"""


def test_what_a_pdf_says_does_not_depend_on_the_fonts_of_the_computer() -> None:
    """A character drawn alone in a font that is neither in the file nor installed is read all the same."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("STSong-Light", 10)
    for y, text in ((700, "国有资本经营预"), (600, "算"), (500, "上年结转")):
        canvas.drawString(100, y, text)
    canvas.save()
    bare = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS], input=out.getvalue(), check=True, capture_output=True, timeout=60
    )
    assert bare.stdout.decode() == "国有资本经营预|算|上年结转"


def test_a_drawing_of_thousands_of_lines_is_bounded() -> None:
    pytest.importorskip("pypdfium2")
    lines = "".join(
        f"{x % 600} {x // 60} m {x % 600} {x // 60 + 30} l S {x % 500} {x // 60} 40 1 re f\n" for x in range(20_000)
    )
    document = open_document(pdf(lines + words((100, 790, "Words"))))
    assert "Words" in document.text


# -- the published documents ------------------------------------------------------------------------------------


def shapes(document: Document) -> list[tuple[int, int]]:
    return [(len(b.rows), len(b.rows[0])) for b in document.blocks if isinstance(b, Grid)]


DOCUMENTS = {
    "js-gy-2018-dept-budget/*.pdf": [
        (26, 6), (16, 3), (2, 5), (7, 4), (19, 3), (35, 3), (19, 3), (35, 3), (4, 9), (2, 3), (18, 3), (55, 6),
    ],
    "js-jcy-2018-dept-budget/*.pdf": [
        (26, 6), (16, 3), (2, 5), (7, 4), (16, 3), (31, 3), (16, 3), (31, 3), (4, 9), (5, 3), (17, 3), (53, 6),
    ],
    "js-swb-2019-dept-budget/*表格.pdf": [
        (27, 6), (15, 3), (2, 5), (7, 4), (15, 3), (33, 3), (15, 3), (33, 3), (4, 9), (5, 3), (18, 3), (40, 6),
    ],
    "sh-putuo-czj-2024-final-accounts/*.pdf": [
        (4, 3), (32, 4), (23, 11), (23, 10), (34, 7), (24, 7), (42, 8), (5, 12), (12, 10), (12, 10),
    ],
    "sh-putuo-czj-2025-dept-budget/*.pdf": [
        (16, 4), (23, 9), (23, 7), (10, 7), (23, 7), (16, 7), (16, 7), (33, 6), (4, 7),
    ],
    "sh-putuo-fly-2024-unit-budget/*.pdf": [
        (16, 7), (18, 9), (18, 7), (16, 7), (18, 7), (16, 7), (16, 7), (30, 6), (4, 7),
    ],
    "sh-putuo-sfj-2026-unit-budget/*.pdf": [
        (16, 7), (25, 9), (25, 7), (16, 7), (25, 7), (12, 7), (11, 7), (33, 6), (4, 7),
    ],
    "sh-putuo-wanli-2024-dept-budget/*.pdf": [
        (16, 4), (70, 9), (70, 7), (16, 7), (70, 7), (15, 7), (15, 7), (35, 6), (4, 7),
    ],
    "sh-template-2024-final-accounts/*.pdf": [
        (9, 3), (30, 4), (10, 9), (10, 8), (32, 7), (10, 5), (40, 6), (5, 12), (6, 8), (6, 8),
    ],
}  # fmt: skip


@pytest.mark.parametrize("pattern", DOCUMENTS)
def test_every_table_of_the_published_documents(pattern: str, shared: Shared, leads_back: LeadsBack) -> None:
    pytest.importorskip("pypdfium2")
    document = open_document(shared(pattern))
    assert shapes(document) == DOCUMENTS[pattern]
    assert document.remarks == ()
    leads_back(document)
    assert all(cell.page for b in document.blocks if isinstance(b, Grid) for row in b.rows for cell in row)


def grid(document: Document, number: int) -> list[str]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return ["|".join(cell.text for cell in row) for row in grids[number].rows]


def test_cells_of_the_final_accounts(shared: Shared) -> None:
    pytest.importorskip("pypdfium2")
    document = open_document(shared("sh-putuo-czj-2024-final-accounts/*.pdf"))
    accounts = grid(document, 2)
    assert accounts[3] == "类|款|项|合计|2,946.25|2,940.05|||||6.20"
    assert accounts[6] == "201|06|01|行政运行|1,511.90|1,511.89|||||0.01"
    lanes = grid(document, 6)
    assert lanes[4] == "301|01|基本工资|262.33|302|01|办公费|21.21"
    assert lanes[-1] == "人员经费合计|||2,152.26|公用经费合计|||184.65"
    assert "||||302|99|其他商品和服务支出|11.53" in lanes
    assert grid(document, 7)[-2:] == ["|".join(["预算数", "决算数"] * 6), "0.95||||||||||0.95|"]


def test_cells_of_the_procurement_tables(shared: Shared) -> None:
    pytest.importorskip("pypdfium2")
    office = grid(open_document(shared("js-swb-2019-dept-budget/*表格.pdf")), 11)
    assert office[:2] == ["采购品目大类|专项名称|经济科目|采购物品名称|采购组织形式|总计", "合计|||||1,422.50"]
    document = open_document(shared("js-jcy-2018-dept-budget/*.pdf"))
    assert "||十七、国土海洋气象等支出|||" in grid(document, 0)
    long = "网络、电子检务、实验室、机要通道、档案数字化系统运行维护费"
    assert f"|{long}|信息网络及软件购置更新|||60.00" in grid(document, 11)
    assert len(document.margins) == 30
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert any("与上年相比增加 40万元，增长 0.72 %" in text for text in texts)  # over a page break, with its number


def test_narrative_and_tables_in_two_files(shared: Shared, leads_back: LeadsBack) -> None:
    pytest.importorskip("pypdfium2")
    files = [shared("js-swb-2019-dept-budget/*文件.pdf"), shared("js-swb-2019-dept-budget/*表格.pdf")]
    document = open_documents(files)
    leads_back(document)
    assert len(shapes(document)) == 12
    assert [name for name, _ in document.parts] == [file.name for file in files]
