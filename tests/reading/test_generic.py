"""Documents of a city that no layout knows: read by other cities' layouts and by words, told, and never held wrong."""

from __future__ import annotations

from random import Random

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govbudget.consistency import Verdict
from govbudget.invariants import alarms, audit, select
from govbudget.layouts import layout, layout_ids, title_spec, vocabulary
from govbudget.model import (
    Coordinate,
    Disclosure,
    Flow,
    Fund,
    Item,
    Stage,
    Table,
    TableKind,
    Use,
    combine,
    figures,
    table,
)
from govbudget.money import Amount
from govbudget.reading import Reading, read
from govbudget.testing import render_text
from govbudget.testing.strategies import consistent_disclosures

TITLES = {
    TableKind.SUMMARY: "部门收支总体情况表",
    TableKind.REVENUE: "部门收入总体情况表",
    TableKind.EXPENDITURE: "部门支出总体情况表",
    TableKind.FISCAL_SUMMARY: "财政拨款收支总体情况表",
    TableKind.GENERAL_EXPENDITURE: "一般公共预算支出情况表",
    TableKind.GENERAL_BASIC: "一般公共预算基本支出情况表",
    TableKind.THREE_PUBLIC: "一般公共预算“三公”经费支出情况表",
    TableKind.GOVERNMENT_FUND: "政府性基金预算支出情况表",
    TableKind.STATE_CAPITAL: "国有资本经营预算支出情况表",
    TableKind.PROJECT: "项目支出明细表",
    TableKind.PERFORMANCE: "项目绩效情况表",
}


def renamed(disclosure: Disclosure) -> Disclosure:
    tables = tuple(attrs.evolve(t, title=f"2024年{TITLES[t.kind]}") for t in disclosure.tables)
    return attrs.evolve(disclosure, tables=tables)


def told(reading: Reading) -> dict[str, list[dict[str, str]]]:
    out: dict[str, list[dict[str, str]]] = {}
    for finding in reading.findings:
        out.setdefault(finding.code, []).append(dict(finding.data))
    return out


def facts_of(disclosure: Disclosure, kind: TableKind) -> dict[Coordinate, list[int]]:
    found = table(disclosure, kind)
    out: dict[Coordinate, list[int]] = {}
    for figure in figures(found) if found else ():
        if isinstance(figure.cell, Amount):
            out.setdefault(figure.at, []).append(figure.cell.fen)
    return out


# -- known tables under other titles --------------------------------------------------------------------------------


@settings(max_examples=15)
@given(consistent_disclosures(max_leaves=6))
def test_renamed_titles_are_recognised_by_their_words_and_headers(published: Disclosure) -> None:
    """Every figure has the coordinate that it was published with, and the audit holds nothing against them."""
    reading = read(render_text(renamed(published)).encode(), name="a.txt")
    assert [t.kind for t in reading.disclosure.tables] == [t.kind for t in published.tables]
    for kind in TableKind:
        assert facts_of(reading.disclosure, kind) == facts_of(published, kind)
    report = audit(reading.disclosure)
    assert alarms(report) == ()  # money at random raises questions


def test_how_a_table_was_recognised_is_told(example: Reading) -> None:
    reading = read(render_text(renamed(example.disclosure)).encode(), name="a.txt")
    found = told(reading)
    assert len(found["read.table-elsewhere"]) == 11
    assert found["read.table-elsewhere"][0]["title"] == "2024年部门收支总体情况表"
    assert found["read.table-elsewhere"][0]["kind"] == "收支总表"
    # A city that prints no title of the layout does not follow it: it cannot lack its tables.
    assert reading.disclosure.layout == ""


@settings(max_examples=15)
@given(consistent_disclosures(max_leaves=5), st.integers(0, 2**32))
def test_the_order_of_columns_and_tables_does_not_matter(published: Disclosure, seed: int) -> None:
    random = Random(seed)
    shuffled = [_shuffled(found, random) for found in published.tables]
    random.shuffle(shuffled)
    text = render_text(attrs.evolve(published, tables=tuple(shuffled)))
    reading = read(text.encode(), name="a.txt")
    # 其他支出 of 0.01 万元 may be a 项 or the 类 of that name: told, not guessed, where the sums allow both.
    assume("read.name-ambiguous" not in {finding.code for finding in reading.findings})
    for kind in TableKind:
        assert facts_of(reading.disclosure, kind) == facts_of(published, kind)
    report = audit(reading.disclosure, rules=select("additivity", "agreement"), diagnosis=False)
    assert report.findings == ()


def _shuffled(found: Table, random: Random) -> Table:
    """Groups of columns in another order; the columns of a group stay together."""
    lanes = []
    for lane in found.lanes:
        groups: dict[str, list[int]] = {}
        for index, column in enumerate(lane.columns):
            groups.setdefault(column.header[0], []).append(index)
        heads = list(groups)
        if len(found.lanes) == 1:
            random.shuffle(heads)
        order = [index for head in heads for index in groups[head]]
        lines = tuple(
            attrs.evolve(line, values=tuple(line.values[i] for i in order), places=tuple(line.places[i] for i in order))
            for line in lane.lines
        )
        lanes.append(attrs.evolve(lane, columns=tuple(lane.columns[i] for i in order), lines=lines))
    return attrs.evolve(found, lanes=tuple(lanes))


# -- tables that no layout has --------------------------------------------------------------------------------------

EXPENDITURE = """2024年部门支出总体情况表
编制单位：某县某局
单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出\t上缴上级支出
201\t一般公共服务支出\t30.00\t10.00\t20.00\t
20103\t政府办公厅（室）及相关机构事务\t30.00\t10.00\t20.00\t
2010301\t行政运行\t10.00\t10.00\t\t
2010302\t一般行政管理事务\t20.00\t\t20.00\t
合计\t\t30.00\t10.00\t20.00\t
"""


def test_columns_mean_what_their_words_say() -> None:
    reading = read(EXPENDITURE.encode(), name="a.txt")
    found = table(reading.disclosure, TableKind.EXPENDITURE)
    assert found is not None
    lane = found.lanes[0]
    assert [column.at.use for column in lane.columns] == [Use.ALL, Use.BASIC, Use.PROJECT, Use.TO_SUPERIOR]
    assert [line.at.functional for line in lane.lines] == ["201", "20103", "2010301", "2010302", ""]
    assert (lane.at.flow, lane.inferred, lane.columns_unread) == (Flow.EXPENDITURE, True, False)
    assert told(reading)["read.table-inferred"] == [{"title": "2024年部门支出总体情况表", "kind": "支出总表"}]
    columns = told(reading)["read.columns-inferred"][0]["columns"]
    assert columns == "合计 → 合计；基本支出 → 基本支出；项目支出 → 项目支出；上缴上级支出 → 上缴上级支出"
    report = audit(reading.disclosure)
    assert report.findings == ()
    assert sum(c.verdict is Verdict.EXACT for c in report.comparisons) >= 9


def test_a_slip_is_still_found_where_most_lines_hold() -> None:
    text = EXPENDITURE.replace("2010302\t一般行政管理事务\t20.00", "2010302\t一般行政管理事务\t21.00")
    report = audit(read(text.encode(), name="a.txt").disclosure)
    assert [dict(f.data)["printed"] for f in report.findings] == ["21.00"]


def test_a_reading_that_its_own_sums_contradict_is_not_the_documents_fault() -> None:
    """A total that holds in no line is a column that means something else."""
    lines = EXPENDITURE.splitlines()
    swapped = "\n".join(
        line.replace("\t30.00\t10.00", "\t77.00\t10.00").replace("\t20.00\t\t20", "\t66.00\t\t20") for line in lines
    )
    report = audit(read(swapped.encode(), name="a.txt").disclosure)
    doubted = [c for c in report.comparisons if c.reason == "inferred"]
    assert doubted
    assert {c.verdict for c in doubted} == {Verdict.UNDECIDED}
    assert not [c for c in report.comparisons if c.verdict is Verdict.VIOLATED and c.rule == "additivity.use"]


@pytest.mark.parametrize("word", ["单位预留周转金", "神秘列"])
def test_an_unknown_column_is_told_and_no_sum_over_it_is_tested(word: str) -> None:
    text = EXPENDITURE.replace("上缴上级支出", word).replace("\t20.00\t\n合", "\t20.00\t\n合")
    text = text.replace("30.00\t10.00\t20.00\t", "35.00\t10.00\t20.00\t5.00")
    text = text.replace("行政运行\t10.00\t10.00\t\t", "行政运行\t15.00\t10.00\t\t5.00")
    reading = read(text.encode(), name="a.txt")
    assert any(data["header"] == word for data in told(reading)["read.column-unknown"])
    report = audit(reading.disclosure)
    assert report.findings == ()
    uses = [c for c in report.comparisons if c.rule == "additivity.use"]
    assert {c.reason for c in uses} == {"columns-unread"}
    assert all(c.verdict is Verdict.EXACT for c in report.comparisons if c.rule == "additivity.functional")


@given(st.sets(st.sampled_from(["基本支出", "项目支出", "上缴上级支出"]), max_size=2))
def test_dropped_columns_lose_nothing_else(dropped: set[str]) -> None:
    rows = [line.split("\t") for line in EXPENDITURE.splitlines()]
    head = rows[4]
    keep = [i for i, word in enumerate(head) if word not in dropped]
    text = "\n".join("\t".join(row[i] for i in keep) if len(row) > 1 else row[0] for row in rows)
    reading = read(text.encode(), name="a.txt")
    found = table(reading.disclosure, TableKind.EXPENDITURE)
    assert found is not None
    assert len(found.lanes[0].columns) == len(keep) - 2
    assert len(found.lanes[0].lines) == 5


def test_two_columns_of_one_meaning_are_both_left_unread() -> None:
    text = EXPENDITURE.replace("合计\t基本支出\t项目支出\t上缴上级支出", "预算数\t2024年预算数\t基本支出\t项目支出")
    reading = read(text.encode(), name="a.txt")
    found = table(reading.disclosure, TableKind.EXPENDITURE)
    assert found is not None
    assert [c.at.use for c in found.lanes[0].columns] == [Use.BASIC, Use.PROJECT]
    assert found.lanes[0].columns_unread
    assert len({d["header"] for d in told(reading)["read.column-unknown"]}) == 1


SUMMARY = """收入支出决算总表
公开01表
部门：某县招商服务中心
金额单位：万元

收入\t\t\t支出\t\t
项目\t行次\t金额\t项目\t行次\t金额
栏次\t\t1\t栏次\t\t2
一、一般公共预算财政拨款收入\t1\t440.55\t一、一般公共服务支出\t29\t450.55
二、政府性基金预算财政拨款收入\t2\t0.00\t二、外交支出\t30\t0.00
三、上级补助收入\t3\t10.00\t三、国防支出\t31\t0.00
本年收入合计\t27\t450.55\t本年支出合计\t59\t450.55
总计\t28\t450.55\t总计\t60\t450.55
"""


def test_a_summary_with_numbered_rows() -> None:
    """Excerpt P1 of a county in Hubei: 行次 numbers the rows and is no money."""
    reading = read(SUMMARY.encode(), name="a.txt")
    found = table(reading.disclosure, TableKind.SUMMARY)
    assert found is not None
    assert (reading.disclosure.stage, reading.disclosure.organization.name) == (Stage.FINAL, "某县招商服务中心")
    assert [lane.at.flow for lane in found.lanes] == [Flow.REVENUE, Flow.EXPENDITURE]
    revenue = {line.label: line.at.fund for line in found.lanes[0].lines}
    assert revenue["三、上级补助收入"] is Fund.SUPERIOR
    assert [line.at.functional for line in found.lanes[1].lines] == ["201", "202", "203", "", ""]
    assert not [f for f in reading.findings if f.code.startswith(("read.column", "read.row", "read.number"))][1:]
    # an excerpt: all that is held against it is what it leaves out
    assert {f.code.partition(".")[0] for f in audit(reading.disclosure).findings} <= {"completeness"}


def test_a_table_of_items_by_row() -> None:
    text = (
        "“三公”经费支出情况表\n单位：万元\n\n项目\t2024年预算数\n合计\t14.01\n因公出国（境）费用\t0.00\n公务接待费\t0.00\n"
        "公务用车购置及运行维护费\t14.01\n其中：公务用车购置费\t0.00\n公务用车运行维护费\t14.01\n"
    )
    reading = read(text.encode(), name="a.txt")
    found = facts_of(reading.disclosure, TableKind.THREE_PUBLIC)
    base = Coordinate(year=0, stage=Stage.BUDGET, flow=Flow.EXPENDITURE, fund=Fund.GENERAL)
    wanted = {Item.THREE_PUBLIC: 14_010_000, Item.VEHICLE_RUNNING: 14_010_000, Item.ABROAD: 0}
    assert {item: found[combine(base, Coordinate(item=item))] for item in wanted} == {i: [f] for i, f in wanted.items()}
    assert audit(reading.disclosure).findings == ()


def test_a_total_over_other_items_is_no_three_public_total() -> None:
    """合计 of a table that also prints 会议费 and 培训费 is that of all of them, not of the “三公” items."""
    text = (
        "“三公”经费、会议费、培训费支出情况表\n单位：万元\n\n合计\t因公出国（境）费\t公务接待费\t会议费\t培训费\n"
        "9.00\t1.00\t2.00\t3.00\t3.00\n"
    )
    reading = read(text.encode(), name="a.txt")
    items = {at.item for at in facts_of(reading.disclosure, TableKind.THREE_PUBLIC)}
    assert items == {Item.OFFICIAL, Item.ABROAD, Item.RECEPTION, Item.CONFERENCES, Item.TRAINING}
    assert audit(reading.disclosure).findings == ()


def test_lines_by_source_are_no_subjects_and_a_subtotal_is_of_nothing_in_particular() -> None:
    text = (
        "2024年部门收入总体情况表\n单位：万元\n\n项目\t金额\n合计\t9.00\n一般公共预算资金\t5.00\n小计\t4.00\n"
        "事业收入\t3.00\n其他收入\t1.00\n"
    )
    reading = read(text.encode(), name="a.txt")
    found = table(reading.disclosure, TableKind.REVENUE)
    assert found is not None
    lane = found.lanes[0]
    assert [line.at.fund for line in lane.lines] == [Fund.ALL, Fund.GENERAL, Fund.BUSINESS, Fund.OTHER]
    assert (lane.axis, lane.lines_unread) == ("", True)
    assert [data["label"] for data in told(reading)["read.row-unknown"]] == ["小计"]
    report = audit(reading.disclosure)
    assert report.findings == ()
    assert {c.reason for c in report.comparisons if c.rule == "additivity.fund"} == {"lines-unread"}


def test_nothing_is_taken_from_a_title_or_header_without_known_words() -> None:
    for text in (
        "2024年某某一览\n单位：万元\n\n甲\t乙\n丙\t1.00\n",
        "2024年部门支出总体情况表\n单位：万元\n\n甲\t乙\n丙\t1.00\n",
        "2024年某某情况表\n单位：万元\n\n科目编码\t科目名称\t金额\n201\t一般公共服务支出\t1.00\n",
    ):
        reading = read(text.encode(), name="a.txt")
        assert reading.disclosure.tables == ()
        assert {f.code for f in reading.findings} & {"read.table-unknown", "read.header"}


# -- the vocabulary itself ------------------------------------------------------------------------------------------


def test_titles_of_all_layouts_say_what_they_are() -> None:
    """The words of a title never contradict a layout that has it."""
    for id in layout_ids():
        for spec in layout(id).tables:
            for title in spec.titles:
                said = title_spec(title)
                assert said is None or said.kind is spec.kind, title


def test_words_stand_once() -> None:
    roles: dict[tuple[str, str], int] = {}
    for spec in vocabulary().words:
        for name in spec.names:
            roles[name, "money" if spec.role.value == "amount" else "else"] = (
                roles.get((name, "money" if spec.role.value == "amount" else "else"), 0) + 1
            )
    assert {key for key, count in roles.items() if count > 1} == set()
