"""Bad input: a finding or an error of ours that says what, where and what to try; never a traceback."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.consistency import Verdict
from govbudget.errors import GovBudgetError, MissingExtra, SourceError
from govbudget.invariants import audit
from govbudget.model import Severity, TableKind, table
from govbudget.reading import Reading, read
from govbudget.source.open import MAX_BYTES

SOURCE = (Path(__file__).parents[2] / "examples" / "hangzhou-2024.md").read_text(encoding="utf-8")


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def read_text(text: str) -> Reading:
    reading = read(text.encode(), name="bad.md")
    audit(reading.disclosure)  # an audit of whatever came out never fails either
    return reading


def test_a_truncated_table() -> None:
    cut = SOURCE.index("| 行政事业单位医疗 |")  # in table 2, after the line of its class
    reading = read_text(SOURCE[:cut])
    found = audit(reading.disclosure).findings
    missing = {dict(f.data)["subject"] for f in found if f.code.endswith((".tables", "-table"))}
    assert {"一般公共预算基本支出预算表", "项目支出绩效表"} <= missing
    torn = [dict(f.data)["subject"] for f in found if f.code == "completeness.levels"]
    assert torn == ["表2 卫生健康支出"]


def test_a_row_cut_short() -> None:
    row = "| 办公费 | 23.00 |  | 23.00 |"
    assert row in SOURCE
    reading = read_text(SOURCE.replace(row, "| 办公费 | 23.00"))
    assert "read.row-length" in codes(reading)
    assert audit(reading.disclosure).findings


def test_a_missing_header() -> None:
    lines = SOURCE.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("| 经济分类科目名称"))
    del lines[at]  # the delimiter row goes with it: what follows is no table any more
    del lines[at]
    reading = read_text("\n".join(lines))
    assert table(reading.disclosure, TableKind.GENERAL_BASIC) is None
    assert codes(reading) & {"read.header", "read.sentence", "read.number", "read.line"}
    report = audit(reading.disclosure)
    assert any(f.code == "completeness.basic-table" for f in report.findings)


def test_a_header_that_is_not_the_layouts() -> None:
    reading = read_text(SOURCE.replace("| 经济分类科目名称 |", "| 甲 |").replace("本年一般公共预算基本支出", "乙"))
    assert "read.header" in codes(reading)


def test_an_unknown_column_keeps_its_figures_as_findings() -> None:
    text = SOURCE.replace("| 科目 | 合计 | 基本支出 |  | 项目支出 |", "| 科目 | 合计 | 基本支出 |  | 神秘支出 |")
    assert text != SOURCE
    found = [f for f in read_text(text).findings if f.code == "read.column-unknown"]
    assert any(dict(f.data)["text"] == "69.08" for f in found)
    assert "read.column-missing" in codes(read_text(text))


def test_two_units_above_one_table() -> None:
    text = SOURCE.replace("单位：万元", "单位：万元\n\n单位：元", 1)
    reading = read_text(text)
    finding = next(f for f in reading.findings if f.code == "read.unit-twice")
    assert dict(finding.data)["units"] == "万元、元"
    assert finding.severity is Severity.ERROR


def test_one_table_in_another_unit_is_a_violation_of_the_audit() -> None:
    at = SOURCE.index("单位：万元", SOURCE.index("表5："))
    reading = read_text(SOURCE[:at] + "单位：元" + SOURCE[at + len("单位：万元") :])
    assert reading.findings == ()
    assert any("tables." in dict(f.data).get("rules", "") for f in audit(reading.disclosure).findings)


def test_no_unit() -> None:
    one = SOURCE.replace("单位：万元\n", "\n", 1)
    finding = next(f for f in read_text(one).findings if f.code == "read.unit-missing")
    assert dict(finding.data)["taken"] == "万元"
    none = read_text(SOURCE.replace("单位：万元", ""))
    assert none.disclosure.tables == ()
    assert "read.unit-missing" in codes(none)
    unknown = read_text(SOURCE.replace("单位：万元", "单位：美元"))
    assert "read.unit-unknown" in codes(unknown)


@pytest.mark.parametrize("bad", ["23.O0", "2З.00", "23.0.0", "二十三", "23,00", "23 00", "２３．Ｏ０", "#REF!", "1e3"])
def test_letters_in_numbers(bad: str) -> None:
    reading = read_text(SOURCE.replace("| 办公费 | 23.00 |", f"| 办公费 | {bad} |"))
    finding = next(f for f in reading.findings if f.code == "read.cell")
    assert finding.severity is Severity.ERROR
    place = finding.places[0]
    assert (place.table, place.column) == (6, 2)
    assert dict(finding.data)["text"] == bad
    reasons = {c.reason for c in audit(reading.disclosure).comparisons}
    assert "unreadable" in reasons


def test_wrong_encodings() -> None:
    reading = read(SOURCE.encode("gb18030"), name="gbk.md")
    assert codes(reading) == {"read.encoding"}
    assert read(SOURCE.encode("utf-16"), name="u16.md").disclosure.tables == reading_tables("u16.md")
    assert read(b"\xef\xbb\xbf" + SOURCE.encode(), name="bom.md").findings == ()
    with pytest.raises(SourceError, match="UTF-8"):
        read(SOURCE.encode("big5", errors="replace"), name="big5.md")
    with pytest.raises(SourceError, match="UTF-8"):
        read("预算".encode("shift_jis", errors="replace") + b"\xff\xfe\xfd", name="x")
    mojibake = read(SOURCE.encode().decode("latin-1").encode(), name="mojibake.md")
    assert "read.no-tables" in codes(mojibake)


def reading_tables(name: str) -> object:
    return read(SOURCE.encode(), name=name).disclosure.tables


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_empty(data: bytes) -> None:
    with pytest.raises(SourceError, match="empty"):
        read(data, name="empty.txt")


@pytest.mark.parametrize("magic", [b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG"])
def test_other_formats_are_named(magic: bytes) -> None:
    with pytest.raises((SourceError, MissingExtra)) as error:
        read(magic + b"\x00" * 100, name="x")
    assert error.value.what
    assert error.value.hint


def test_fifty_megabytes_of_junk(tmp_path: Path) -> None:
    junk = tmp_path / "junk.txt"
    junk.write_bytes(random.Random(1).randbytes(1024) * (50 * 1024))
    with pytest.raises(SourceError, match="bytes, more than"):
        read(junk)
    with pytest.raises(SourceError):
        read(random.Random(2).randbytes(MAX_BYTES), name="noise")


@pytest.mark.parametrize(
    "junk",
    [
        "1\t2\t3\n" * 400_000,
        "预算，" * 60_000,
        "（" * 100_000,
        "1." * 90_000,
        "\n".join(f"表{i % 12}：2024年支出预算总表\n\n科目\t合计\n合计\t{i}.00\n" for i in range(3000)),
        "> " * 50_000 + "x",
        "| a |\n|---|\n" + "| 1 |\n" * 100_000,
        "一、" + "收入预算" * 40_000 + "1万元。",
        ("二、单位预算安排情况说明\n\n（二）收入预算情况说明\n\n" + "包括" * 20_000 + "1.00万元，占" * 5_000),
    ],
    ids=["cells", "commas", "brackets", "numbers", "tables", "quotes", "pipes", "sentence", "clauses"],
)
def test_large_junk_ends_in_time_with_our_own_words(junk: str) -> None:
    try:
        reading = read(junk.encode(), name="junk")
    except SourceError as error:
        assert error.what
    else:
        assert reading.findings


def test_deeply_nested_markdown() -> None:
    text = "| a |\n|---|\n| 1 |\n\n" + "\n".join("  " * i + "- x" for i in range(3000))
    try:
        read(text.encode(), name="deep.md")
    except SourceError as error:
        assert error.hint


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "nothing.md")
    with pytest.raises(SourceError, match="folder"):
        read(tmp_path)
    with pytest.raises(GovBudgetError, match="layout"):
        read(SOURCE.encode(), layout="atlantis")


@given(st.data())
@settings(max_examples=60)
def test_any_cut_and_any_noise_ends_in_findings(data: st.DataObject) -> None:
    """Cut a piece out, put noise in: whatever comes, no exception but ours."""
    start = data.draw(st.integers(0, len(SOURCE)))
    stop = data.draw(st.integers(start, min(len(SOURCE), start + 400)))
    noise = data.draw(st.text(max_size=30))
    text = SOURCE[:start] + noise + SOURCE[stop:]
    try:
        read_text(text)
    except SourceError as error:
        assert str(error)


@given(st.text(alphabet=st.sampled_from(list('表123：:|-\t\n 合计收入支出预算总表科目0.9，。（）一二、单位万元"“”年'))))
@settings(max_examples=150)
def test_soup_of_the_right_letters(text: str) -> None:
    try:
        read_text(text)
    except SourceError as error:
        assert str(error)


def test_a_sentence_nobody_understands_is_a_finding() -> None:
    text = SOURCE.replace("年终结转结余0万元。", "年终结转结余0万元。今年天气很好，桃花开了3次。")
    reading = read_text(text)
    told = [dict(f.data)["text"] for f in reading.findings if f.code == "read.sentence"]
    assert told == ["今年天气很好", "桃花开了3次"]


def test_a_figure_of_something_unknown_is_a_finding() -> None:
    text = SOURCE.replace("年终结转结余0万元。", "年终结转结余0万元。神秘支出5万元。")
    finding = next(f for f in read_text(text).findings if f.code == "read.subject")
    assert dict(finding.data)["words"] == "神秘支出"


def test_an_unknown_heading_and_a_stray_line_are_findings() -> None:
    text = SOURCE.replace("## 三、名词解释", "## 三、领导讲话\n\n讲得好。\n\n## 四、名词解释")
    assert "read.heading-unknown" in codes(read_text(text))
    stray = SOURCE.replace("### 表3：", "这是一行多余的字\n\n### 表3：")
    assert "read.line" in codes(read_text(stray))


def test_unknown_and_ambiguous_names_keep_their_figures() -> None:
    text = SOURCE.replace("群众团体事务 |", "新设事务 |").replace("（类）群众团体事务（款）", "（类）新设事务（款）")
    reading = read_text(text)
    assert {"read.name-unknown"} <= codes(reading)
    report = audit(reading.disclosure)
    assert not [f for f in report.findings if f.severity is Severity.ERROR], [f.data for f in report.findings]
    held = sum(
        len([s for s in line.spans if s]) for t in reading.disclosure.tables for x in t.lanes for line in x.lines
    )
    assert held == len(re.findall(r"(?<=\| )[\d,]+\.\d\d(?= \|)", SOURCE))


def test_another_wording_of_a_printed_subject_is_no_slip() -> None:
    """What resolves to the code of a printed subject is that subject, though the table words it otherwise."""
    from govbudget.invariants import select

    text = SOURCE.replace("| 维修(护)费 |", "| 维修（护）费 |").replace("维修（护）费、", "维 修(护)费、")
    text = text.replace("体检费", "医疗费")
    assert audit(read_text(text).disclosure, rules=select("narrative.names")).findings == ()


def test_a_document_of_no_layout_lacks_nothing() -> None:
    """Where no table is recognised, no table of a layout can be missing: not tested, and the reader says so."""
    reading = read_text("# 某市财政报告\n\n一般公共预算收入100亿元。\n")
    assert reading.disclosure.layout == ""
    assert "read.no-tables" in codes(reading)
    found = [c for c in audit(reading.disclosure).comparisons if c.rule.startswith("completeness.")]
    assert [c for c in found if c.verdict is Verdict.VIOLATED] == []
    assert {c.reason for c in found if c.rule.endswith((".tables", ".sections", "-table"))} == {"no-layout"}


def test_lines_made_by_hand_have_a_place() -> None:
    import attrs

    from govbudget.invariants import tied_figures
    from govbudget.model import Line

    disclosure = read(SOURCE.encode(), name="x.md").disclosure

    def bare(line: Line) -> Line:
        return attrs.evolve(line, row=0, line=0, spans=(), label_spans=())

    tables = tuple(
        attrs.evolve(t, lanes=tuple(attrs.evolve(x, lines=tuple(map(bare, x.lines))) for x in t.lanes))
        for t in disclosure.tables
    )
    tied = tied_figures(audit(attrs.evolve(disclosure, tables=tables)))
    assert len({place for _, place, _ in tied}) == len(tied) == 213
