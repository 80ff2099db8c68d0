"""Tables that print codes: in three cells or one, with lost zeros, totals last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.invariants import audit, select
from govbudget.layouts import parse_layout
from govbudget.model import SubjectHead, Total
from govbudget.reading import read
from govbudget.reading.codes import joined_code

FORM = parse_layout(
    """
id = "coded"
title = "带编码的表"
scope = "unit"
stage = "budget"

[[tables]]
kind = "expenditure"
number = 3
titles = ["支出预算总表"]

[[tables.lanes]]
axis = "functional"
totals = ["合计"]
at = { flow = "expenditure", period = "current" }
columns = [
    { header = "项目 > 功能分类科目编码 > 类", role = "code" },
    { header = "项目 > 功能分类科目编码 > 款", role = "code" },
    { header = "项目 > 功能分类科目编码 > 项", role = "code" },
    { header = "项目 > 功能分类科目名称", role = "label" },
    { header = "支出预算 > 合计" },
    { header = "支出预算 > 基本支出", at = { use = "basic" } },
    { header = "支出预算 > 项目支出", at = { use = "project" } },
]
"""
)

TEXT = """2026年预算单位支出预算总表
编制单位：某局 单位：元

项目\t\t\t\t支出预算\t\t
功能分类科目编码\t\t\t功能分类科目名称\t合计\t基本支出\t项目支出
类\t款\t项\t\t\t\t
204\t\t\t公共安全支出\t30.00\t10.00\t20.00
204\t6\t\t司法\t30.00\t10.00\t20.00
204\t06\t1\t行政运行\t10.00\t10.00\t0.00
204\t06\t04\t基层司法业务\t20.00\t0.00\t20.00
合计\t\t\t\t30.00\t10.00\t20.00
"""


def test_codes_in_three_cells_with_lost_zeros() -> None:
    reading = read(TEXT.encode(), layout=FORM, name="a.txt")
    assert reading.findings == ()
    lines = reading.disclosure.tables[0].lanes[0].lines
    keys = [line.head.key if isinstance(line.head, SubjectHead) else "" for line in lines]
    assert keys == ["204", "20406", "2040601", "2040604", ""]
    assert isinstance(lines[-1].head, Total)
    assert [line.label for line in lines][1:3] == ["司法", "行政运行"]
    report = audit(reading.disclosure, rules=select("additivity"))
    assert report.findings == ()
    assert len(report.comparisons) == 3 * 3 + 5


def test_a_wrong_row_is_found_by_its_parent_and_by_its_line() -> None:
    """The slip of a published budget: the project spending of the class stands again in its first subject."""
    text = TEXT.replace("行政运行\t10.00\t10.00\t0.00", "行政运行\t10.00\t10.00\t20.00")
    report = audit(read(text.encode(), layout=FORM).disclosure, rules=select("additivity"))
    (finding,) = report.findings
    data = dict(finding.data)
    assert (data["suspect"], data["rules"]) == ("certain", "additivity.functional additivity.use")
    assert (data["printed"], data["difference"]) == ("20.00", "20元")
    assert "行政运行 / 支出预算·项目支出" in data["subject"]


def test_rows_without_a_code_among_coded_ones_are_found_by_name() -> None:
    text = TEXT.replace("204\t06\t04\t基层司法业务", "\t\t\t基层司法业务")
    lines = read(text.encode(), layout=FORM).disclosure.tables[0].lanes[0].lines
    head = lines[3].head
    assert isinstance(head, SubjectHead)
    assert head.key == "2040604"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["204", "", ""], "204"),
        (["204", "06", ""], "20406"),
        (["２０４", "６", "１"], "2040601"),
        (["2040601", "", ""], "2040601"),
        (["204-06-01"], "2040601"),
        (["204.06"], "20406"),
        (["", "", ""], None),
        (["合计", "", ""], None),
        (["20"], None),
        (["204", "司法", ""], None),
    ],
)
def test_joined_codes(cells: list[str], code: str | None) -> None:
    assert joined_code(cells) == code


@given(st.lists(st.text(max_size=9), max_size=3))
def test_any_cells_give_a_code_or_none(cells: list[str]) -> None:
    found = joined_code(cells)
    assert found is None or (found.isdigit() and len(found) in (3, 5, 7, 9))
