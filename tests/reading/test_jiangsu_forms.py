"""Forms that Jiangsu departments print: totals shared by two lanes, groups of labels, purchases, members, numerals."""

from __future__ import annotations

import pytest

from govbudget.consistency import Verdict, grade_growth, grade_share
from govbudget.consistency.relations import Known
from govbudget.invariants import audit, select
from govbudget.model import (
    AmountClaim,
    Buying,
    ChangeClaim,
    Claim,
    Fund,
    GrowthClaim,
    Period,
    PurchaseHead,
    ShareClaim,
    Statement,
    TableKind,
    Use,
    table,
)
from govbudget.money import Percent
from govbudget.reading import Reading, read

SUMMARY = """# 2018年度某厅部门预算

## 公开01表：收支预算总表

部门：某厅 单位：万元

| 收入 |  | 支出 |  |  |  |
| --- | --- | --- | --- | --- | --- |
| 项目名称 | 金额 | 功能分类 |  | 支出用途 |  |
|  |  | 功能科目名称 | 金额 | 项目名称 | 金额 |
| 一、财政拨款 | 7.00 | 一、教育支出 | 5.00 | 一、基本支出 | 6.00 |
| 1.一般公共预算 | 7.00 | 二、住房保障支出 | 3.00 | 二、单位预留机动经费 | 2.00 |
| 当年收入小计 | 7.00 | 当年支出小计 |  |  | 8.00 |
| 上年结转资金 | 1.00 | 结转下年资金 |  |  |  |
| 收入合计 | 8.00 | 支出合计 |  |  | 8.00 |
"""

REVENUE = """
## 公开02表：收入预算总表

部门：某厅 单位：万元

| 项目名称 |  | 金额 |
| --- | --- | --- |
| 收入总计 |  | 8.00 |
| 一般公共预算资金 | 小计 | 7.00 |
|  | 公共财政拨款(补助)资金 | 7.00 |
|  | 专项收入 |  |
| 政府性基金 | 小计 |  |
| 上年结转和结余资金 | 小计 | 1.00 |
|  | 其中：动用上年结转和结余资金 | 0.50 |
"""


def _read(text: str) -> Reading:
    return read(text.encode(), name="x.md", layout="jiangsu-department-budget")


def _claims(*paragraphs: str, heading: str = "一、收支预算总体情况说明") -> tuple[Claim, ...]:
    text = SUMMARY + f"\n## {heading}\n\n" + "\n\n".join(paragraphs) + "\n"
    sections = _read(text).disclosure.narrative.sections
    return next(s.claims for s in sections if s.heading == heading)


def test_a_total_of_two_lanes_ends_both() -> None:
    reading = _read(SUMMARY)
    assert reading.findings == ()
    found = table(reading.disclosure, TableKind.SUMMARY)
    assert found is not None
    assert [[line.label for line in lane.lines][-2:] for lane in found.lanes] == [
        ["上年结转资金", "收入合计"],
        ["二、住房保障支出", "结转下年资金"],
        ["当年支出小计", "支出合计"],
    ]
    assert [line.at.period for line in found.lanes[2].lines][-2:] == [Period.CURRENT, Period.ALL]
    sums = audit(reading.disclosure, rules=select("additivity")).comparisons
    relations = {c.rule: [x.relation for x in sums if x.rule == c.rule] for c in sums}
    assert "8.00 = 5.00 + 3.00" in relations["additivity.functional"]
    assert "8.00 = 6.00 + 2.00" in relations["additivity.use"]
    broken = _read(SUMMARY.replace("住房保障支出 | 3.00", "住房保障支出 | 4.00"))
    assert [f.code for f in audit(broken.disclosure).findings if f.code.startswith("additivity")] == [
        "additivity.functional"
    ]


def test_groups_of_labels_and_money_without_a_sum_of_the_year() -> None:
    reading = _read(SUMMARY + REVENUE)
    found = table(reading.disclosure, TableKind.REVENUE)
    assert found is not None
    at = {line.label: line.at for line in found.lanes[0].lines}
    assert at["一般公共预算资金小计"].fund is Fund.GENERAL
    assert at["公共财政拨款(补助)资金"].fund is Fund.GENERAL_GRANT
    assert at["其中：动用上年结转和结余资金"].period is Period.DRAWN
    relations = {c.relation for c in audit(reading.disclosure, rules=select("additivity.period")).comparisons}
    assert {"8.00 = 7.00 + 1.00", "0.50 ≤ 1.00"} <= relations
    more = _read(SUMMARY + REVENUE.replace("0.50", "1.50"))
    broken = audit(more.disclosure, rules=select("additivity.period"))
    assert [c.relation for c in broken.comparisons if c.verdict is Verdict.VIOLATED] == ["1.50 > 1.00"]
    assert broken.findings


def test_purchases_are_typed_and_two_of_the_same_words_are_two() -> None:
    text = """
## 公开12表：政府采购预算表

部门：某厅 单位：万元

| 采购品目大类 | 专项名称 | 经济科目 | 采购物品名称 | 采购组织形式 | 总计 |
| --- | --- | --- | --- | --- | --- |
| 合计 |  |  |  |  | 5.00 |
| 三、服务C |  |  |  |  | 5.00 |
|  | 物业管理费 | 物业管理费 |  |  | 5.00 |
|  |  |  | 物业管理服务 | 部门集中采购 | 2.00 |
|  |  |  |  | 分散自行组织 | 1.00 |
|  |  |  |  | 分散自行组织 | 2.00 |
"""
    reading = _read(SUMMARY + text)
    found = table(reading.disclosure, TableKind.PROCUREMENT)
    assert found is not None
    heads = [line.head for line in found.lanes[0].lines if isinstance(line.head, PurchaseHead)]
    assert [(h.programme, h.economic, h.thing, h.buying) for h in heads] == [
        ("物业管理费", "30209", "", None),
        ("物业管理费", "30209", "物业管理服务", Buying.DEPARTMENT),
        ("物业管理费", "30209", "物业管理服务", Buying.OWN),
        ("物业管理费", "30209", "物业管理服务", Buying.OWN),
    ]
    assert len({line.at for line in found.lanes[0].lines}) == len(found.lanes[0].lines)
    assert audit(reading.disclosure, rules=select("additivity", "tables", "agreement.tables")).findings == ()


def test_numbers_of_tables_in_chinese_and_titles_that_are_numbered_headings() -> None:
    reading = _read(SUMMARY.replace("公开01表：", "公开表一 "))
    assert reading.disclosure.tables[0].number == 1
    bare = SUMMARY.replace("## 公开01表：收支", "## 一、2018年度某省高级法院收支").replace("部门：某厅 ", "")
    other = REVENUE.replace("## 公开02表：收入", "## 二、2018年度某省高级法院收入").replace("部门：某厅 ", "")
    reading = _read(bare + other)
    assert [t.number for t in reading.disclosure.tables] == [1, 2]
    assert reading.disclosure.organization.name == "某省高级法院"  # as the titles say, no table names it


def test_a_change_may_name_what_changed() -> None:
    said = _claims("某厅2018年度收入、支出预算总计8.00万元，与上年相比收、支预算总计各增加2.00万元，增长33.33%。")
    change = next(c for c in said if isinstance(c, ChangeClaim))
    assert len(change.of) == 2
    assert [type(c) for c in said] == [AmountClaim, ChangeClaim, GrowthClaim]


def test_multiples_and_missing_signs() -> None:
    said = _claims("单位预留机动经费预算数为2.00万元。与上年相比增加1.88万元（上年仅安排0.12万元），增长16倍。")
    growth = next(c for c in said if isinstance(c, GrowthClaim))
    assert growth.percent == Percent(16, -2)
    assert [c.text for c in said if isinstance(c, Statement)] == ["(上年仅安排0.12万元)"]
    text = (
        SUMMARY
        + "\n## 一、收支预算总体情况说明\n\n基本支出6.00万元，与上年相比减少1.00万元，减少14.29，主要原因是压减。\n"
    )
    assert [f.code for f in _read(text).findings] == ["read.percent-sign"]


def test_reasons_go_on_over_sentences_and_make_no_claims() -> None:
    said = _claims(
        "基本支出6.00万元，与上年相比增加1.00万元。增加原因，一是政策性调整。含工资改革。二是包括养老金、年金。"
        "同时，省财政将职业年金下达，增加部门预算1.40万元。"
    )
    assert [c.amount.fen for c in said if isinstance(c, AmountClaim)] == [6_000_000]
    assert not [f for f in _read(SUMMARY).findings if f.code == "read.sentence"]


def test_labels_of_a_chart_are_shares() -> None:
    said = _claims("某厅支出预算合计8.00万元，其中：", "预留机动经费,25%基本支出,75%", heading="三、支出预算情况说明")
    shares = [c for c in said if isinstance(c, ShareClaim)]
    assert [(c.of[0].use, c.percent.digits) for c in shares] == [(Use.RESERVE, 25), (Use.BASIC, 75)]
    assert all(c.whole for c in shares)


@pytest.mark.parametrize(
    ("digits", "places", "truncated"), [(3658, 2, True), (3659, 2, None), (3660, 2, False), (366, 1, None)]
)
def test_a_rate_cut_off_says_so(digits: int, places: int, truncated: bool | None) -> None:
    """2,915.22 on 7,968.14 is 36.586 %: 36.58 was cut off, 36.60 is wrong in another way."""
    exact = Known(1088336, 1088336, 1088336), Known(291522, 291522, 291522)
    grade = grade_growth(digits, places, *exact, 1)
    assert (grade.truncated if grade.verdict is Verdict.VIOLATED else None) is truncated


def test_a_multiple_is_a_percentage_without_two_digits() -> None:
    whole, part = Known(100, 100, 100), Known(1603, 1603, 1603)
    assert grade_share(16, -2, part, whole).verdict is Verdict.EXACT
    assert grade_share(17, -2, part, whole).verdict is Verdict.VIOLATED


def test_short_names_of_many_bodies_are_tried_in_one_pass() -> None:
    """Bodies that share their ending could be split in exponentially many ways; 40 of them are one pass."""
    bodies = [f"{place}省人民检察院" for place in ("江苏", "南京", "徐州", "苏州", "无锡")]
    listed = "、".join(bodies) * 40
    text = (
        SUMMARY.replace("某厅 ", "江苏省人民检察院 ")
        + f"\n## 二、部门机构设置及预算单位构成情况\n\n预算单位包括：{listed}。\n"
    )
    words = "江苏省检察院" * 15
    reading = _read(text + f"\n## 一、收支预算总体情况说明\n\n{words}款支出预算合计8.00万元。\n")
    assert [f.code for f in reading.findings] == ["read.subject"]
