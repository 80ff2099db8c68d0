"""What we print in one format or another reads back as the same disclosure."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govbudget.errors import FormatError
from govbudget.invariants import audit, verdict_counts
from govbudget.layouts import layout, table_layout_ids
from govbudget.model import (
    Column,
    Coordinate,
    Disclosure,
    Lane,
    Line,
    Narrative,
    Organization,
    Passage,
    ProjectHead,
    Scope,
    Stage,
    Table,
    TableKind,
    Use,
    table,
)
from govbudget.money import Mark, MoneyUnit
from govbudget.place import Place
from govbudget.reading import Reading, read
from govbudget.serializers import FORMATS, Format, dumps, format_of
from govbudget.serializers.printed import Heading, Ruled, Words, compose
from govbudget.testing import Leaf, consistent_disclosures, print_document, publish, without_places

PDF = Format(name="PDF", extensions=(".pdf",), write=lambda disclosure: print_document(disclosure, "pdf"))
PRINTED = FORMATS[1:6]
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("#A1","y")', "\t=1+1")


def back(disclosure: Disclosure, form: Format, layout_id: str | None = None) -> Reading:
    return read(form.write(disclosure), name=f"printed{form.extensions[0]}", layout=layout_id)


def by_name(formats: tuple[Format, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("form", formats, ids=[form.name for form in formats])


# -- laws -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout_id", table_layout_ids())
@by_name(PRINTED)
@given(data=st.data())
@settings(max_examples=4)
def test_reading_inverts_printing(form: Format, layout_id: str, data: st.DataObject) -> None:
    """In every layout and format: equal models, nothing to remark on."""
    disclosure = data.draw(consistent_disclosures(max_leaves=6, form=layout(layout_id)))
    reading = back(disclosure, form, layout_id)
    # Where names are printed without codes, two subjects may fit a name: that is told, and rightly so.
    assume(not any(finding.code == "read.name-ambiguous" for finding in reading.findings))
    assert [(finding.code, finding.data) for finding in reading.findings] == []
    assert without_places(reading.disclosure) == without_places(disclosure)


@pytest.mark.parametrize("layout_id", table_layout_ids())
@given(data=st.data())
@settings(max_examples=4)
def test_reading_inverts_printing_on_paper(layout_id: str, data: st.DataObject) -> None:
    disclosure = data.draw(consistent_disclosures(max_leaves=5, form=layout(layout_id)))
    reading = back(disclosure, PDF, layout_id)
    assume(not any(finding.code == "read.name-ambiguous" for finding in reading.findings))
    assert [(finding.code, finding.data) for finding in reading.findings] == []
    assert without_places(reading.disclosure) == without_places(disclosure)


@by_name(PRINTED)
def test_printing_twice_is_printing_once(form: Format, example: Reading) -> None:
    again = back(example.disclosure, form).disclosure
    assert without_places(back(again, form).disclosure) == without_places(again)


# -- the example, with its narrative --------------------------------------------------------------------------------


def _without_blanks(disclosure: Disclosure) -> Disclosure:
    """Paragraphs and notes without blanks: paper does not say how wide one is, a cell of a sheet has no tabs."""

    def tight(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        return tuple(attrs.evolve(p, text="".join(p.text.split())) for p in passages)

    said = disclosure.narrative
    sections = tuple(
        attrs.evolve(s, heading="".join(s.heading.split()), passages=tight(s.passages)) for s in said.sections
    )
    said = attrs.evolve(said, cover=tight(said.cover), functions=tight(said.functions), sections=sections)
    tables = tuple(
        attrs.evolve(t, notes=tuple(attrs.evolve(n, text="".join(n.text.split())) for n in t.notes))
        for t in disclosure.tables
    )
    return attrs.evolve(disclosure, narrative=said, tables=tables)


@by_name((*PRINTED, PDF))
def test_the_example_in_every_format(form: Format, example: Reading) -> None:
    """The whole disclosure, claims of the narrative and all; and an audit finds what it found."""
    reading = back(example.disclosure, form)
    ours, theirs = without_places(example.disclosure), without_places(reading.disclosure)
    if form is PDF:
        ours, theirs = _without_blanks(ours), _without_blanks(theirs)
    assert theirs == ours
    assert reading.findings == ()
    before, after = audit(example.disclosure), audit(reading.disclosure)
    assert verdict_counts(after) == verdict_counts(before)
    assert [f.code for f in after.findings] == [f.code for f in before.findings]


@by_name((*PRINTED, PDF))
def test_the_published_document_in_every_format(form: Format, hangzhou: tuple[str, Reading]) -> None:
    """With a table of contents; a sheet and paper lose the tabs in it, and paper the blanks between words."""
    reading = hangzhou[1]
    again = back(reading.disclosure, form)
    ours, theirs = without_places(reading.disclosure), without_places(again.disclosure)
    if form is PDF or form.name == "Excel":
        ours, theirs = _without_blanks(ours), _without_blanks(theirs)
    assert theirs == ours
    assert verdict_counts(audit(again.disclosure)) == verdict_counts(audit(reading.disclosure))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("which", ["example", *table_layout_ids()])
def test_libreoffice_makes_a_pdf_of_our_word(which: str, example: Reading, tmp_path: Path) -> None:
    disclosure = example.disclosure if which == "example" else _small(which)
    source = tmp_path / "budget.docx"
    source.write_bytes(format_of(source).write(disclosure))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    reading = read(tmp_path / "budget.pdf")
    assert reading.findings == ()
    assert _without_blanks(without_places(reading.disclosure)) == _without_blanks(without_places(disclosure))


# -- what is printed ------------------------------------------------------------------------------------------------


def _small(layout_id: str = "hangzhou-unit-budget", project: str = "帮扶") -> Disclosure:
    leaves = [
        Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=125_98_00_00),
        Leaf(functional="2012950", economic="30217", use=Use.RUNNING, fen=2_40_00_00),
        Leaf(functional="2012999", use=Use.PROJECT, project=project, fen=69_08_00_00),
    ]
    return publish(leaves, form=layout(layout_id))


def test_blocks_of_the_example(example: Reading) -> None:
    blocks = compose(example.disclosure)
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings[:3] == [example.disclosure.narrative.cover[0].text, "一、单位基本情况", "主要职能："]
    assert headings[-2:] == ["三、名词解释", "四、单位预算公开表"]
    assert any(isinstance(b, Words) and b.text.startswith("1. 财政拨款收入：") for b in blocks)
    tables = [block for block in blocks if isinstance(block, Ruled)]
    assert [t.name for t in tables] == [f"表{n}" for n in range(1, 12)]
    # Totals stay level with the totals beside them, as they were printed.
    rows = [[cell for cell in row if isinstance(cell, str)] for row in tables[0].rows]
    assert ["本年收入合计", "本年支出合计"] in rows
    assert ["收入总计", "支出总计"] in rows


def test_codes_are_printed_in_their_cells() -> None:
    shanghai = next(b for b in compose(_small("shanghai-unit-budget")) if isinstance(b, Ruled) and b.name == "表5")
    assert [row[:4] for row in shanghai.rows] == [
        ("", "", "", "合计"),
        ("201", "", "", "一般公共服务支出"),
        ("201", "29", "", "群众团体事务"),
        ("201", "29", "50", "事业运行"),
        ("201", "29", "99", "其他群众团体事务支出"),
    ]
    jiangsu = next(b for b in compose(_small("jiangsu-department-budget")) if isinstance(b, Ruled) and b.name == "表5")
    assert [row[0] for row in jiangsu.rows] == ["", "201", "20129", "2012950", "2012999"]
    grouped = next(b for b in compose(_small("jiangsu-department-budget")) if isinstance(b, Ruled) and b.name == "表2")
    assert ("一般公共预算资金", "小计") in [row[:2] for row in grouped.rows]


def test_a_document_without_codes_gets_none(tmp_path: Path) -> None:
    """Codes that nobody printed are not made up, though the model knows them."""
    page = "表3：2024年支出预算总表\n单位名称：某中心\n单位：元\n\n项目\t\t\t\t支出预算\t\t\n"
    page += "功能分类科目编码\t\t\t功能分类科目名称\t合计\t基本支出\t项目支出\n类\t款\t项\t\t\t\t\n"
    page += "\t\t\t合计\t1.00\t1.00\t\n\t\t\t教育支出\t1.00\t1.00\t\n"
    reading = read(page.encode(), name="a.txt", layout="shanghai-unit-budget")
    found = table(reading.disclosure, TableKind.EXPENDITURE)
    assert found is not None
    assert found.lanes[0].lines[1].label == "教育支出"
    printed = next(block for block in compose(reading.disclosure) if isinstance(block, Ruled))
    assert printed.rows[1][0] == "教育支出"
    again = back(reading.disclosure, format_of("a.md"), "shanghai-unit-budget").disclosure.tables[0]
    assert [(x.label, x.at, x.values) for x in again.lanes[0].lines] == [
        (x.label, x.at, x.values) for x in found.lanes[0].lines
    ]


def _odd(label: str, value: int | Mark = 100) -> Disclosure:
    line = Line(
        label=label,
        head=ProjectHead(organization=label, name=label),
        at=Coordinate(project=f"{label}/{label}"),
        values=(value,),
        places=(0 if isinstance(value, Mark) else 2,),
    )
    lane = Lane(axis="project", columns=(Column(header=("总计",), at=Coordinate(), index=3),), lines=(line,))
    made = Table(
        kind=TableKind.PROJECT,
        number=10,
        title="2024年项目支出预算表",
        organization=label,
        unit=MoneyUnit.YUAN,
        lanes=(lane,),
    )
    said = Narrative(cover=(Passage(text=label, place=Place()),))
    return Disclosure(
        organization=Organization(name=label),
        year=2024,
        stage=Stage.BUDGET,
        scope=Scope.UNIT,
        tables=(made,),
        narrative=said,
    )


# -- text that looks like something else ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMULAS)
def test_no_text_becomes_a_formula(name: str) -> None:
    """In the file: no cell with a formula, every such text a string; a program that edits it keeps it text."""
    openpyxl = pytest.importorskip("openpyxl")
    data = format_of("a.xlsx").write(_odd(name))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheets = [file.read(n).decode() for n in file.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any("<f>" in sheet or "<f " in sheet or "hyperlink" in sheet for sheet in sheets)
        assert 'quotePrefix="1"' in file.read("xl/styles.xml").decode()
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == name.strip()]
    assert len(cells) >= 3  # the cover, the body, the project
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("name", FORMULAS[:5])
@by_name(PRINTED)
def test_a_project_may_be_called_anything(form: Format, name: str) -> None:
    """Names that begin like formulas are read back as they were."""
    disclosure = _small(project=name)
    reading = back(disclosure, form)
    assert reading.findings == ()
    assert without_places(reading.disclosure) == without_places(disclosure)


@by_name(PRINTED)
@given(name=st.text(st.sampled_from("<>&|\\\"'`#~_甲乙=+-@;{}[]()/"), min_size=1, max_size=12))
@settings(max_examples=8)
def test_marks_of_the_formats_are_text(form: Format, name: str) -> None:
    project = f"项目{name}终"
    disclosure = _small(project=project)
    made = table(back(disclosure, form).disclosure, TableKind.PROJECT)
    assert made is not None
    heads = [line.head for line in made.lanes[0].lines if isinstance(line.head, ProjectHead)]
    assert [head.name for head in heads] == [project]


# -- cells that are no plain figures --------------------------------------------------------------------------------


@by_name(PRINTED)
@pytest.mark.parametrize("value", [0, -123_456, 10**15, 10**20, Mark.BLANK, Mark.NOT_APPLICABLE, Mark.UNREADABLE])
def test_every_state_of_a_cell(form: Format, value: int | Mark) -> None:
    """Zero, blank, dash and unreadable stay apart; more digits than a spreadsheet keeps are kept."""
    made = back(_odd("某局", value), form, "hangzhou-unit-budget").disclosure.tables[0]
    assert made.lanes[0].lines[0].values == (value,)


def test_decimals_are_those_printed() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(format_of("a.xlsx").write(_small())))
    formats = {c.number_format for s in book for row in s.iter_rows() for c in row if isinstance(c.value, int | float)}
    assert formats == {"#,##0.00"}


def test_equal_disclosures_give_equal_workbooks() -> None:
    form = format_of("a.xlsx")
    assert form.write(_small()) == form.write(_small())


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    disclosure = _small()
    said = Narrative(cover=(Passage(text="甲" * 32_768, place=Place()),))
    with pytest.raises(FormatError, match="32,767"):
        format_of("a.xlsx").write(attrs.evolve(disclosure, narrative=said))


# -- what is lost, as docs/reference/formats.md says ----------------------------------------------------------------


@by_name(PRINTED)
def test_places_are_lost(form: Format, example: Reading) -> None:
    line = back(example.disclosure, form).disclosure.tables[0].lanes[0].lines[0]
    assert dumps(back(example.disclosure, form).disclosure) != dumps(example.disclosure)
    assert line.label == example.disclosure.tables[0].lanes[0].lines[0].label


@by_name(PRINTED)
def test_tabs_and_breaks_inside_a_text_become_blanks(form: Format) -> None:
    said = Narrative(cover=(Passage(text="甲\t乙\n丙\x00丁", place=Place()),))
    again = back(attrs.evolve(_small(), narrative=said), form)
    assert [passage.text for passage in again.disclosure.narrative.cover] == ["甲 乙 丙丁"]


def test_headings_come_back_by_their_words_where_a_format_has_no_marks() -> None:
    """A heading without a number is marked in Markdown, HTML and Word, and known by its words in text and Excel."""
    page = (
        "# 某中心2024年度单位预算\n\n## 收入预算情况说明\n\n2024年收入预算1.20万元。\n\n### 表3：2024年支出预算总表\n\n"
    )
    page += "单位名称：某中心\n\n单位：万元\n\n| 科目 | 合计 | 项目支出 |\n|---|---|---|\n| 支出合计 | 1.20 | 1.20 |\n"
    disclosure = read(page.encode(), name="a.md").disclosure
    assert [section.id for section in disclosure.narrative.sections] == ["revenue"]
    kept = {form.name: len(back(disclosure, form).disclosure.narrative.sections) for form in PRINTED}
    assert kept == {"Markdown": 1, "text": 1, "HTML": 1, "Excel": 1, "Word": 1}


def test_a_disclosure_of_no_known_layout_is_printed_all_the_same(example: Reading) -> None:
    stranger = attrs.evolve(example.disclosure, layout="atlantis")
    for form in PRINTED:
        assert len(back(stranger, form).disclosure.tables) >= 10


def test_nothing_at_all_can_be_printed() -> None:
    nothing = Disclosure(organization=Organization(name=""), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    for form in PRINTED:
        assert form.write(nothing)


@pytest.mark.parametrize(
    ("text", "kept", "lost_in"),
    [
        ("收入  支出", "收入 支出", {"HTML"}),
        ("**收入**和`支出`", "收入和支出", {"Markdown", "text", "HTML", "Excel", "Word"}),
        ("# 收入", "收入", {"Markdown"}),
        ("- 收入", "- 收入", set()),
        ("> 收入", "> 收入", set()),
    ],
)
def test_what_a_paragraph_loses(text: str, kept: str, lost_in: set[str]) -> None:
    said = Narrative(cover=(Passage(text="某市某中心", place=Place()), Passage(text=text, place=Place())))
    disclosure = attrs.evolve(_small(), narrative=said)
    found = {form.name: back(disclosure, form).disclosure.narrative.cover[1].text for form in PRINTED}
    assert found == {form.name: kept if form.name in lost_in else text for form in PRINTED}


@by_name(PRINTED)
def test_a_term_keeps_its_name_and_gets_a_number(form: Format, example: Reading) -> None:
    terms = back(example.disclosure, form).disclosure.narrative.glossary
    assert [(term.name, term.definition) for term in terms] == [
        (term.name, term.definition) for term in example.disclosure.narrative.glossary
    ]
