"""Two ways to read the same: sheets as tokens or as XML, Markdown by lines or by its parser. They must agree."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govbudget.errors import SourceError
from govbudget.source import Document, Grid, Paragraph, markdown, xlsx
from govbudget.source.markdown_lines import line_blocks
from govbudget.source.model import Block
from govbudget.source.packages import Package
from govbudget.source.xlsx_cells import Shared
from govbudget.source.xlsx_parts import relations, sheet_entries
from govbudget.source.xlsx_tokens import cell_formats, plain_sheet, string_tokens, style_parts

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="170" formatCode="0.0&quot;万&quot;"/></numFmts><fonts/>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="4"/>'
    '<xf numFmtId="170"/></cellXfs></styleSheet>'
)
STRINGS = ["合计", "a&amp;b", " 空 ", "_x0041_", "两&#10;行", "&#x8868;"]


def book(sheet: str, strings: str = "", styles: str = STYLES, others: tuple[str, ...] = ()) -> bytes:
    """A workbook of one sheet or several, for reading only."""
    sheets = (sheet, *others)
    out = io.BytesIO()
    plain = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in STRINGS)
    with zipfile.ZipFile(out, "w") as made:
        named = "".join(f'<sheet name="表{n or ""}" id="r{n}"/>' for n in range(len(sheets)))
        made.writestr("xl/workbook.xml", f"<workbook {MAIN}><sheets>{named}</sheets></workbook>")
        related = "".join(f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(len(sheets)))
        made.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{related}</Relationships>")
        made.writestr("xl/sharedStrings.xml", strings or f"<sst {MAIN}>{plain}</sst>")
        made.writestr("xl/styles.xml", styles)
        for n, xml in enumerate(sheets):
            made.writestr(f"xl/worksheets/sheet{n}.xml", xml)
    return out.getvalue()


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def slowly(data: bytes) -> Document:
    """The document by the reader of XML alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx, "plain_sheet", lambda _: None)
        patch.setattr(xlsx, "sheet_entries", lambda _: None)
        patch.setattr(xlsx, "relations", lambda _: None)
        patch.setattr(xlsx, "string_tokens", lambda _: None)
        patch.setattr(xlsx, "style_parts", lambda data: [data])
        return xlsx.read_xlsx(data, "a")


def outcome(read: Callable[[bytes], Document], data: bytes) -> object:
    try:
        return read(data)
    except SourceError as error:
        return str(error)


TEXT = st.sampled_from(
    ["甲", "1", "&lt;", "&amp;", "&#22269;", "&#x9;", "a\r\nb", " ", "", "_x000D_", "_", "\ue000", "]]>", "\x01"]
) | (st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&\ufffe\uffff"), max_size=5))
NUMBER = st.sampled_from(["0", "1147.95", "1147.9500000000001", "-3", "2E-3", "5", "1", "99"])
STYLE = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="77"'])


@st.composite
def cells(draw: st.DrawFn, column: str, row: int) -> str:
    """One cell as programs write it, at times as none does."""
    at, style = f'r="{column}{row}"', draw(STYLE)
    kind = draw(st.integers(0, 11))
    text, number = draw(TEXT), draw(NUMBER)
    formula = draw(st.sampled_from(["", "<f>SUM(A1:A2)</f>", '<f t="shared" si="0"/>', "<f>A1&amp;B1</f>"]))
    return [
        f"<c {at}{style}/>",
        f"<c {at}{style}/>",
        f"<c {at}{style}>{formula}<v>{number}</v></c>",
        f'<c {at}{style} t="n">{formula}<v>{number}</v></c>',
        f'<c {at} t="s"{style}><v>{draw(st.integers(0, 7))}</v></c>',
        f'<c {at}{style} t="inlineStr"><is><t>{text}</t></is></c>',
        f'<c {at}{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
        f'<c {at}{style} t="str">{formula}<v>{text}</v></c>',
        f'<c {at}{style} t="b"><v>1</v></c>',
        f'<c {at}{style} t="n"><v></v></c>',
        f'<c {at}{style} t="inlineStr"><is><r><t>{text}</t></r><r><t>丙</t></r></is></c>',
        draw(st.sampled_from(["<c><v>8</v></c>", "<!-- x -->", f"<x:c {at}><v>1</v></x:c>", f"<c {at}><v/></c>", "&"])),
    ][kind]


MERGED = st.sampled_from(
    ['ref="A1:B2"', 'ref="A2:A3" ', 'ref="A1:B1"', 'ref="B2:A1"', 'ref="$A$1:B2"', 'ref="A1"', 'x="1" ref="A1:B2"', ""]
)


def in_merged_cells(said: list[str]) -> str:
    return f'<mergeCells count="{len(said)}">' + "".join(f"<mergeCell {one}/>" for one in said) + "</mergeCells>"


@st.composite
def sheets(draw: st.DrawFn) -> str:
    rows = []
    far = draw(st.sampled_from([0, 0, 70_000]))
    for row in range(1, draw(st.integers(1, 5)) + 1):
        said = draw(st.sampled_from(["", ' spans="1:3"', ' hidden="1"', ' hidden="false" ht="12.8"', ' hidden="true"']))
        start = f'<row r="{row + far}"{said}'
        if draw(st.integers(0, 3)):
            rows.append(start + ">" + "".join(draw(cells(column, row)) for column in "ABAA"[:3]) + "</row>")
        else:
            rows.append(start + "/>")
    columns = draw(
        st.sampled_from(["", '<cols><col min="2" max="2" hidden="1"/></cols>', "<cols><col min='1'/></cols>"])
    )
    merged = draw(st.sampled_from(["", "<!--a-->"]) | st.lists(MERGED, max_size=3).map(in_merged_cells))
    return worksheet("".join(rows), columns, merged)


@given(st.lists(sheets(), min_size=2, max_size=3))
def test_tokens_and_xml_give_one_document_of_several_sheets(made: list[str]) -> None:
    data = book(made[0], others=tuple(made[1:]))
    assert outcome(lambda found: xlsx.read_xlsx(found, "a"), data) == outcome(slowly, data)


@given(sheets())
@example(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>' + '<row r="9" ht="1"/>' * 2_000 + '<row r="3"/>'))
@example(worksheet('<row r="1"/>' * 2_000 + '<row r="2"><c r="B2" s="1"><v>1200</v></c></row>' + '<row r="3"/>' * 9))
def test_tokens_and_xml_give_one_document(sheet: str) -> None:
    data = book(sheet)
    assert outcome(lambda found: xlsx.read_xlsx(found, "a"), data) == outcome(slowly, data)


def cells_of(sheets: list[str]) -> list[dict[int, dict[int, str]]] | None:
    """The cells of sheets by their tokens, ``None`` where one of them is left to the reader of XML."""
    plain = [found.rows for sheet in sheets if (found := plain_sheet(sheet.encode()))]
    return Shared(strings={"0": "合计"}, codes=["", "0.00"]).rows(plain) if len(plain) == len(sheets) else None


def test_what_programs_write_is_read_as_tokens() -> None:
    """Otherwise the property above would hold of nothing."""
    row = '<row r="2" spans="1:3" x14ac:dyDescent="0.2"><c r="A2" s="1" t="s"><v>0</v></c>'
    row += '<c r="B2" t="n" s="1"><v>5</v></c>'
    sheet = worksheet(row + '<c r="C2" t="inlineStr"><is><t>&#30002;</t></is></c><c r="D2" s="1"/></row><row r="3"/>')
    formulas = [sheet.replace("<v>5</v>", f"{said}<v>7</v>") for said in ("<f>A1</f>", '<f t="shared" si="0"/>')]
    seven = {1: {0: "合计", 1: "7.00", 2: "甲"}}
    assert cells_of([sheet, *formulas]) == [{1: {0: "合计", 1: "5.00", 2: "甲"}}, seven, seven]
    assert string_tokens(f"<sst {MAIN}><si><t>甲</t></si><si><t>a&lt;</t></si></sst>".encode()) == ["甲", "a<"]
    assert [part[:8] for part in style_parts(STYLES.encode())] == [b"<numFmts", b"<cellXfs"]


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet('<row r="1"><c r="A1"><v>1</v></c><!-- </row> --></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v><![CDATA[<v>]]></v></c></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v>&j;</v></c></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v>\ue000</v></c></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v>&#xE000;</v></c></row>'),
        worksheet("<row><c><v>1</v></c></row>"),
        worksheet('<row r="1"><c r="A1"><v>1</v></c>外</row>'),
        '<?xml version="1.0" encoding="gbk"?>' + worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
    ],
)
def test_what_is_unusual_is_left_to_the_reader_of_xml(sheet: str) -> None:
    assert cells_of([sheet]) is None


@st.composite
def shared_strings(draw: st.DrawFn) -> str:
    """Shared strings as programs write them: plain, in runs, with pronunciation; at times as none does."""
    made = []
    for _ in range(draw(st.integers(0, 4))):
        first, second = draw(TEXT), draw(TEXT)
        run = draw(st.sampled_from(["<r>", '<r><rPr><sz val="11"/><rFont val="宋体"/></rPr>', "<r><rPr><b></b></rPr>"]))
        spoken = draw(st.sampled_from(["", '<phoneticPr fontId="1" type="noConversion"/>', "<rPh><t>ka</t></rPh>"]))
        runs = f"{run}<t>{first}</t></r><r><t xml:space='preserve'>{second}</t></r>"
        text = [f"<t>{first}</t>", f'<t xml:space="preserve">{first}</t>', runs, runs.replace("'", '"'), "", "<t/>"]
        made.append(f"<si>{draw(st.sampled_from(text))}{spoken}</si>{draw(st.sampled_from(['', chr(10), '外']))}")
    return f"<sst {MAIN}>{''.join(made)}</sst>"


@given(shared_strings())
def test_shared_strings_are_the_same_by_expressions_and_by_xml(strings: str) -> None:
    row = "".join(f'<c r="{column}1" t="s"><v>{n}</v></c>' for n, column in enumerate("ABCD"))
    data = book(worksheet(f'<row r="1">{row}</row>'), strings)
    assert outcome(lambda found: xlsx.read_xlsx(found, "a"), data) == outcome(slowly, data)


def test_strings_in_runs_are_read_by_expressions() -> None:
    """Otherwise the property above would hold of little."""
    look = '<rPr><sz val="11"/><color rgb="FF000000"/><rFont val="宋体"/></rPr>'
    runs = f'<r>{look}<t xml:space="preserve">2024</t></r><r><t>年&lt;</t></r>'
    spoken = '<phoneticPr fontId="1" type="noConversion"/>'
    said = f"<sst {MAIN}><si>{runs}</si>\n<si><t>甲</t>{spoken}</si><si>{runs}{spoken}</si></sst>"
    assert string_tokens(said.encode()) == ["2024年<", "甲", "2024年<"]
    assert string_tokens(said.replace(spoken, "<rPh><t>ka</t></rPh>").encode()) is None


def test_unusual_shared_parts_are_left_to_the_reader_of_xml() -> None:
    prefixed = STYLES.replace("<", "<x:").replace("<x:/", "</x:")
    assert style_parts(prefixed.encode()) == [prefixed.encode()]
    empty = f'<styleSheet {MAIN}><numFmts count="0"/><cellXfs count="1"><xf numFmtId="4"/></cellXfs></styleSheet>'
    assert style_parts(empty.encode()) == [b'<cellXfs count="1"><xf numFmtId="4"/></cellXfs>']


STYLES_OF_CELLS = ['numFmtId="4"', 'numFmtId="170"', "numFmtId='4'", 'numFmtId="x"', 'fontId="1"', 'x:numFmtId="4"', ""]


@given(st.lists(st.lists(st.sampled_from(STYLES_OF_CELLS), max_size=2), max_size=3), st.sampled_from(["", "<a/>", "x"]))
def test_styles_are_the_same_by_expressions_and_by_xml(said: list[list[str]], inside: str) -> None:
    made = "".join(f"<xf {' '.join(dict.fromkeys(one))}>{inside}</xf>" for one in said)
    styles = f'<styleSheet {MAIN} xmlns:x="x"><fonts/><cellXfs count="3">{made}</cellXfs></styleSheet>'
    row = "".join(f'<c r="{column}1" s="{n}"><v>1200</v></c>' for n, column in enumerate("ABC"))
    data = book(worksheet(f'<row r="1">{row}</row>'), styles=styles)
    assert outcome(lambda found: xlsx.read_xlsx(found, "a"), data) == outcome(slowly, data)


def test_styles_that_programs_write_are_read_by_expressions() -> None:
    """Otherwise the property above would hold of nothing."""
    (numbers, cells) = style_parts(STYLES.encode())
    assert cell_formats(cells) == [0, 4, 170]
    assert cell_formats(numbers) is None


ATTRIBUTES = ['name="甲"', 'name="a&amp;b"', 'r:id="r1"', 'id="r2"', 'x:id="r2"', 'sheetId="3"', 'state="hidden"']
PLAIN_BOOK = '<workbookPr/><sheets><sheet name="表" sheetId="1" state="visible" r:id="r1"/></sheets>'
ANY = 'xmlns:r="r" xmlns:x="x"'


@st.composite
def books(draw: st.DrawFn) -> str:
    """What a workbook says of its sheets, as programs write it, at times as none does."""
    sheets = ""
    for _ in range(draw(st.integers(0, 3))):
        said = draw(st.lists(st.sampled_from(ATTRIBUTES), unique_by=lambda said: said.partition("=")[0]))
        sheets += draw(
            st.sampled_from(["<sheet {}/>"] * 5 + ["<sheet {} />", "<sheet {}></sheet>", "<x:sheet {}/>"])
        ).format(" ".join(said))
    between = st.sampled_from(["", "\n", "<!-- <sheet/> -->", "x", "<other/>"])
    about = '<workbookPr date1904="1"/>', '<workbookPr a="1" date1904="false"/>', "<workbookPr></workbookPr>"
    before = draw(st.sampled_from(["", "<workbookPr/>", *about, '<x:workbookPr date1904="true"/>', about[0] * 2]))
    after = draw(st.sampled_from(["", "<calcPr/>", "<workbookProtection/>", about[0], '<ext><sheet name="乙"/></ext>']))
    return f"<workbook {MAIN} {ANY}>{before}<sheets>{sheets}{draw(between)}</sheets>{after}</workbook>"


@st.composite
def related(draw: st.DrawFn) -> str:
    """Where a workbook says that its sheets are."""
    made = ""
    for _ in range(draw(st.integers(0, 3))):
        ids, targets = ['Id="r1"', 'Id="r2"', 'x:Id="r1"'], ['Target="/xl/a.xml"', 'Target="a/../b"', 'Target="&lt;"']
        said = draw(st.permutations([draw(st.sampled_from(ids)), draw(st.sampled_from(targets)), 'Type="Id=r2"']))
        made += draw(
            st.sampled_from(["<Relationship {}/>"] * 5 + ["<Relationship {} />\n", "<x:Relationship {}/>"])
        ).format(" ".join(said))
    head = draw(st.sampled_from(["", '<?xml version="1.0" encoding="UTF-8"?>\r\n', '<?xml version="1.0"?><!-- a -->']))
    return f"{head}<Relationships {ANY}>{made}{draw(st.sampled_from(['', ' ', '<other/>']))}</Relationships>"


def shape(workbook: str, rels: str) -> object:
    """All that a workbook says of its sheets and their parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("xl/workbook.xml", workbook)
        made.writestr("xl/_rels/workbook.xml.rels", rels)
    found = xlsx._Book(Package(out.getvalue(), "a"))
    return found.entries, found.from_1904, found.targets


@given(books(), related())
def test_a_book_is_the_same_by_expressions_and_by_xml(workbook: str, rels: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx, "sheet_entries", lambda _: None)
        patch.setattr(xlsx, "relations", lambda _: None)
        expected = shape(workbook, rels)
    assert shape(workbook, rels) == expected


def test_the_book_that_programs_write_is_read_by_expressions() -> None:
    """Otherwise the property above would hold of nothing."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    said = f"{head}<workbook {MAIN} {ANY}>{PLAIN_BOOK}</workbook>".encode()
    assert sheet_entries(said) == ([("表", "r1", False)], False)
    said = f'{head}<Relationships xmlns="p"><Relationship Id="r1" Type="t" Target="a.xml"/></Relationships>'.encode()
    assert relations(said) == [("r1", "a.xml")]


@pytest.mark.parametrize("kind", ["unit", "department"])
def test_published_workbooks(kind: str, shared: Callable[[str], Path]) -> None:
    data = shared(f"sh-template-2026-budget-xlsx/{kind}_*.xlsx").read_bytes()
    assert xlsx.read_xlsx(data, "a") == slowly(data)


def by_parser(text: str) -> list[Block] | str:
    """The blocks of a whole text as the parser alone understands it."""
    lines, offsets = markdown._lines(text)
    try:
        return markdown.parsed_blocks(lines, offsets, 0, len(lines), "a")
    except SourceError as error:
        return str(error)


PIECES = [
    "正文", "# 题", "## ", "#题", "####### 七", "|甲|乙|", "| 甲 | 乙 |  ", "|---|---:|", "|:-:|", "|-|", "|1|",
    "|a\\|b|2|", "|1|2|3|", "甲|乙", "---|---", "---", "***", "- - -", "_ _ _", "* * *", "--", ":--",
    "- 条", "- - 条", "+ 条", "1. 条", "10) 条", "2. 条", "-", "1.", "- # 题", "- |甲|乙|", "  |---|---|", "  续",
    "    深", "    # 深", "   # 题", "\t- 条", "> 引", "> # 引", "\u3000\u3000正文", "\u3000", "\u3000# 题",
    "1,147.95万元", "2024年", "**重**", "*重*", "_重_", "- ---", "- ***", "||", "|", "|甲", "", "", "",
    "|甲|乙|\r", "|---|---|\r", "正文\r", "\r", "```", "~~~", "&amp;|&lt;", "|<br>|&amp;|", "\\|",
    "|\\\\|乙|", "\u2028", "a\rb", "- a\n\n  |甲|\n  |-|", "|甲|乙|\n|---|---|\n|1|2|", "|甲|\n---",
    "正文|\n|-|", "|x|\n:-", "\f", "|甲|乙|\n|---|---|\n- 条\n|3|4|",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("\n".join))
@example("正文|\n|-|\n|:-:|")
def test_lines_and_parser_give_the_same_blocks(text: str) -> None:
    try:
        ours: list[Block] | str = list(markdown.read_markdown(text, "a").blocks)
    except SourceError as error:
        ours = str(error)
    assert ours == by_parser(text)


@given(st.lists(st.sampled_from(["正文", "# 题", "|甲|乙|\n|---|---|\n|1|2|", "- 条\n- 条", "1. 条", "***"])))
def test_plain_constructs_are_known_by_their_lines(pieces: list[str]) -> None:
    """Otherwise the property above would hold of nothing."""
    text = "\n\n".join(pieces)
    lines, offsets = markdown._lines(text)
    for first, stop in markdown._sections(text, lines):
        assert line_blocks(lines, offsets, first, stop) is not None


def test_the_example_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(__file__).resolve().parents[2] / "examples" / "hangzhou-2024.md").read_text(encoding="utf-8")
    expected = by_parser(text)
    monkeypatch.setattr(markdown, "parsed_blocks", lambda *_: pytest.fail("the parser was called"))
    assert list(markdown.read_markdown(text, "a").blocks) == expected


def test_nothing_that_nests_deeply_is_dropped() -> None:
    """The parser leaves out what is deeper than it wants to go."""
    for depth in (40, 90):
        items = ["  " * level + f"- 第{level}层" for level in range(depth)]
        assert len(markdown.read_markdown("\n".join(items), "a").blocks) == depth


def test_line_ends_of_every_kind() -> None:
    """A return alone is the end of a line too: the parser counts it."""
    document = markdown.read_markdown("# 题\r正文\r\n| 甲 | 乙 |\n|-|-|\r|1|2|\r\n", "a")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["题", "正文"]
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grid.rows] == [[" 甲 ", " 乙 "], ["1", "2"]]
