"""Layouts of which only excerpts or lists of tables are at hand, and the excerpts themselves."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from tests.reading import families
from tests.reading.test_generic import facts_of

from govbudget.consistency import Verdict
from govbudget.invariants import CATALOGUE, Comparison, alarms, audit
from govbudget.model import (
    AbsenceClaim,
    AmountClaim,
    Base,
    ChangeClaim,
    Claim,
    Coordinate,
    Direction,
    Disclosure,
    Flow,
    Fund,
    Item,
    Period,
    Said,
    Severity,
    ShareClaim,
    Stage,
    Statement,
    TableKind,
    Use,
    figures,
    table,
)
from govbudget.money import Amount, Mark
from govbudget.reading import NumberRole, Reading, read
from govbudget.testing import render_text
from govbudget.testing.strategies import consistent_disclosures

EXCERPTS = Path(__file__).resolve().parents[3] / "shared" / "cases" / "partials" / "EXCERPTS.md"
BESIDES = {"completeness", "wording"}
"""What a few tables without a narrative, under the titles of another kind of body, are not held against."""

UNREAD = {
    "read.number",
    "read.row-unknown",
    "read.column-unknown",
    "read.name-unknown",
    "read.header",
    "read.table-unknown",
}


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def called_wrong(reading: Reading) -> set[str]:
    """What an audit calls wrong."""
    codes = {finding.code for finding in alarms(audit(reading.disclosure))}
    return {code for code in codes if code.partition(".")[0] not in BESIDES}


def violated(disclosure: Disclosure) -> list[Comparison]:
    """What does not hold among the figures; what an excerpt does not have is no fault of its figures."""
    report = audit(
        disclosure,
        rules=[rule for rule in CATALOGUE if rule.group not in BESIDES and rule.severity is not Severity.HINT],
        diagnosis=False,
    )
    return [c for c in report.comparisons if c.verdict is Verdict.VIOLATED]


# -- L5, L8: final accounts in the order of the Ministry ------------------------------------------------------------


def test_the_central_order_reads_whole() -> None:
    reading = read(families.central_text().encode(), name="a.txt")
    assert reading.disclosure.layout == "central-final-accounts"
    assert len(reading.disclosure.tables) == len({t.kind for t in reading.disclosure.tables}) == 9
    assert not codes(reading) & UNREAD
    assert not called_wrong(reading)
    assert Counter(use.role for use in reading.numbers)[NumberRole.UNREAD] == 0


def test_sheets_known_by_their_tabs_alone() -> None:
    """C07 一般公共预算财政拨款基本支出决算表 of Beijing, with four decimals; Z07 and 财决01-1 of the internal forms."""
    reading = read(families.central_workbook(), name="a.xlsx")
    as_text = read(families.central_text().encode(), name="a.txt").disclosure
    assert [t.title for t in reading.disclosure.tables] == [t.title for t in as_text.tables]
    assert not codes(reading) & UNREAD
    amounts = [{f.at.functional: f.cell for f in figures(found)} for found in (*reading.disclosure.tables,)]
    assert any(isinstance(cell, Amount) and cell.places == 4 for cells in amounts for cell in cells.values())
    for kind in TableKind:
        undated = {attrs.evolve(at, year=2023): fen for at, fen in facts_of(reading.disclosure, kind).items()}
        assert undated == facts_of(as_text, kind)
    assert not called_wrong(reading)


def test_a_wrong_figure_in_the_central_order_is_found() -> None:
    row = "2010302\t一般行政管理事务\t80.5000\t\t80.5000"
    text = families.central_text().replace(row, row.replace("80.5000", "80.5090", 1), 1)
    assert violated(read(text.encode(), name="a.txt").disclosure)


@pytest.mark.parametrize(
    "title", ["一般公共预算财政拨款基本支出决算明细表", "财决08-1表 一般公共预算财政拨款基本支出决算明细表"]
)
def test_other_titles_of_the_same_table(title: str) -> None:
    text = families.central_text({"一般公共预算财政拨款基本支出决算表": title})
    found = table(read(text.encode(), name="a.txt").disclosure, TableKind.GENERAL_BASIC)
    assert found is not None
    assert [len(lane.lines) for lane in found.lanes] == [4, 6]


# -- L6, L7: lists of tables ----------------------------------------------------------------------------------------

SICHUAN = {
    TableKind.SUMMARY: "公开表1 部门收支总表",
    TableKind.REVENUE: "公开表1-1 部门收入总表",
    TableKind.EXPENDITURE: "公开表1-2 部门支出总表",
    TableKind.FISCAL_SUMMARY: "公开表2 财政拨款收支预算总表",
    TableKind.GENERAL_EXPENDITURE: "公开表3 一般公共预算支出预算表",
    TableKind.GENERAL_BASIC: "公开表3-1 一般公共预算基本支出预算表",
    TableKind.PROJECT: "公开表3-2 一般公共预算项目支出预算表",
    TableKind.THREE_PUBLIC: "公开表3-3 一般公共预算“三公”经费支出预算表",
    TableKind.GOVERNMENT_FUND: "公开表4 政府性基金支出预算表",
    TableKind.STATE_CAPITAL: "公开表5 国有资本经营预算支出预算表",
    TableKind.PERFORMANCE: "公开表6 部门预算项目绩效目标表",
}
JIANGXI = {
    TableKind.SUMMARY: "收支预算总表",
    TableKind.FISCAL_SUMMARY: "财政拨款收支总表",
    TableKind.GENERAL_EXPENDITURE: "一般公共预算支出表",
    TableKind.GENERAL_BASIC: "一般公共预算基本支出表",
    TableKind.THREE_PUBLIC: "一般公共预算“三公”经费支出表",
    TableKind.GOVERNMENT_FUND: "政府性基金预算支出表",
    TableKind.STATE_CAPITAL: "国有资本经营预算支出表",
}


@pytest.mark.parametrize("titles", [SICHUAN, JIANGXI], ids=["Sichuan", "Jiangxi"])
@settings(max_examples=4, deadline=None)
@given(published=consistent_disclosures(max_leaves=4))
def test_tables_under_the_titles_of_other_provinces(titles: dict[TableKind, str], published: Disclosure) -> None:
    kept = tuple(attrs.evolve(t, title=titles[t.kind], number=None) for t in published.tables if t.kind in titles)
    reading = read(render_text(attrs.evolve(published, tables=kept)).encode(), name="a.txt")
    assert [t.kind for t in reading.disclosure.tables] == [t.kind for t in kept]
    for kind in titles:
        assert facts_of(reading.disclosure, kind) == facts_of(published, kind)
    assert not violated(reading.disclosure)


def test_titles_of_another_province_lack_no_table_of_hangzhou() -> None:
    """Headers as in Hangzhou under the titles of Jiangxi: what only Hangzhou publishes is not missing there."""
    rows = "功能分类科目名称\t合计\t基本支出\t项目支出\n\n注：本单位没有相关支出，故本表无数据\n\n"
    head = "单位名称：某镇人民政府\n单位：万元\n\n"
    classes = "科目\t合计\t基本支出\t\t项目支出\n\t\t人员支出\t公用经费\t\n支出合计\t12.00\t7.00\t5.00\t\n"
    parts = ["某镇人民政府2022年部门预算"]
    parts += [f"{title}\n{head}{classes}" for title in ("部门支出总表",)]
    parts += [f"{title}\n{head}{rows}" for title in ("政府性基金预算支出表", "国有资本经营预算支出表")]
    reading = read("\n\n".join(parts).encode(), name="a.txt")
    assert [t.title for t in reading.disclosure.tables] == [
        "部门支出总表",
        "政府性基金预算支出表",
        "国有资本经营预算支出表",
    ]
    assert reading.disclosure.layout == "central-budget"
    assert [c for c in audit(reading.disclosure).comparisons if c.rule == "completeness.tables"] == []


def test_a_table_of_fund_money_is_not_that_of_the_general_budget() -> None:
    """公开表4-1 政府性基金预算“三公”经费支出预算表 beside 3-3: two tables of two funds."""
    rows = "合计\t因公出国（境）费\t公务用车购置费\t公务用车运行维护费\t公务接待费\n{0}\t0.00\t0.00\t{0}\t0.00\n"
    text = (
        "某县某局2024年部门预算\n\n公开表3-3\n一般公共预算“三公”经费支出预算表\n单位：万元\n\n" + rows.format("4.00")
    ) + ("\n公开表4-1\n政府性基金预算“三公”经费支出预算表\n单位：万元\n\n" + rows.format("1.50"))
    reading = read(text.encode(), name="a.txt")
    assert [t.kind for t in reading.disclosure.tables] == [TableKind.THREE_PUBLIC, TableKind.FUND_THREE_PUBLIC]
    funds = [{f.at.fund for f in figures(found)} for found in reading.disclosure.tables]
    assert funds == [{Fund.GENERAL}, {Fund.GOVERNMENT_FUND}]
    assert not codes(reading) & UNREAD
    assert not called_wrong(reading)
    wrong = text.replace("1.50\t0.00\t0.00\t1.50", "1.50\t0.00\t0.00\t1.40")
    assert wrong != text
    report = audit(read(wrong.encode(), name="a.txt").disclosure)
    assert [c.reason for c in report.comparisons if c.verdict is Verdict.UNDECIDED] == ["inferred"]  # its only sum


FISCAL_ECONOMIC = """某县某局2024年部门预算

公开表2-1
财政拨款支出预算表（部门经济分类科目）
单位：元

科目编码\t\t科目名称\t合计\t一般公共预算拨款\t\t\t政府性基金预算拨款
类\t款\t\t\t小计\t基本支出\t项目支出\t
\t\t合计\t9000.50\t8000.50\t6000.50\t2000.00\t1000.00
301\t\t工资福利支出\t6000.50\t6000.50\t6000.50\t\t
301\t01\t基本工资\t6000.50\t6000.50\t6000.50\t\t
302\t\t商品和服务支出\t3000.00\t2000.00\t\t2000.00\t1000.00
302\t01\t办公费\t3000.00\t2000.00\t\t2000.00\t1000.00
"""


def test_fiscal_grants_by_the_economic_classification() -> None:
    """公开表2-1: not the table of functions of the same name, and of all uses."""
    reading = read(FISCAL_ECONOMIC.encode(), name="a.txt")
    (found,) = reading.disclosure.tables
    assert (found.kind, found.number) == (TableKind.FISCAL_ECONOMIC, 2)
    cells = {(f.at.economic, f.at.fund, f.at.use): f.cell for f in figures(found)}
    assert len(cells) == 25
    office = cells["30201", Fund.GENERAL, Use.PROJECT]
    assert isinstance(office, Amount)
    assert office.fen == 200_000
    assert not codes(reading) & UNREAD
    assert not called_wrong(reading)
    assert violated(read(FISCAL_ECONOMIC.replace("8000.50", "8100.50").encode(), name="a.txt").disclosure)


def test_goals_of_the_whole_body_are_told() -> None:
    text = (
        "某县某局2024年部门预算\n\n公开表7\n部门整体支出绩效目标表\n单位：万元\n\n"
        "一级指标\t二级指标\t指标值\n产出指标\t数量指标\t120\n效益指标\t满意度指标\t95\n"
    )
    reading = read(text.encode(), name="a.txt")
    assert "read.table-overall" in codes(reading)
    assert "read.number" not in codes(reading)  # the one finding stands for all its numbers
    assert [use.text for use in reading.numbers if use.role is NumberRole.UNREAD] == ["120", "95"]


# -- L9: “三公” tables with more in them -------------------------------------------------------------------


def test_shaanxi() -> None:
    """Items in columns, budget and final account in lines; 合计 is of “三公”, 会议费 and 培训费 together."""
    reading = read(families.SHAANXI.encode(), name="a.txt")
    (found,) = reading.disclosure.tables
    assert found.kind is TableKind.THREE_PUBLIC
    cells = {(f.at.stage, f.at.item): f.cell.fen for f in figures(found) if isinstance(f.cell, Amount)}
    assert len(cells) == 18
    assert cells[Stage.BUDGET, Item.OFFICIAL] == 9_500_000
    assert cells[Stage.FINAL, Item.THREE_PUBLIC] == 5_200_000
    assert cells[Stage.FINAL, Item.TRAINING] == 1_000_000
    assert codes(reading) == {"read.columns-inferred", "read.table-inferred"}
    assert not called_wrong(reading)
    assert violated(read(families.SHAANXI.replace("7.30", "7.40").encode(), name="a.txt").disclosure)


def test_yunnan() -> None:
    """Items in lines, counts among them, which are no money and are told; 机关运行经费 below."""
    reading = read(families.YUNNAN.encode(), name="a.txt")
    (found,) = reading.disclosure.tables
    cells = {(f.at.stage, f.at.item): f.cell for f in figures(found)}
    assert cells[Stage.BUDGET, Item.AGENCY_RUNNING] is Mark.NOT_APPLICABLE
    final = {
        item: cell.fen for (stage, item), cell in cells.items() if stage is Stage.FINAL and isinstance(cell, Amount)
    }
    assert final == {
        Item.THREE_PUBLIC: 9_600_000,
        Item.ABROAD: 0,
        Item.VEHICLES: 6_500_000,
        Item.VEHICLE_PURCHASE: 0,
        Item.VEHICLE_RUNNING: 6_500_000,
        Item.RECEPTION: 3_100_000,
        Item.AGENCY_RUNNING: 45_200_000,
    }
    unread = [dict(f.data)["number"] for f in reading.findings if f.code == "read.number"]
    assert unread == ["31"]
    assert not called_wrong(reading)


# -- L3 of 2017 -----------------------------------------------------------------------------------------------------


def test_jiangsu_2017() -> None:
    """The number of a table, 公开表五 or 表七, on a line of its own; fund money in the seventh table, not the tenth."""
    reading = read(families.JIANGSU_2017.encode(), name="a.txt")
    assert [(t.kind, t.number) for t in reading.disclosure.tables] == [
        (TableKind.FISCAL_EXPENDITURE, 5),
        (TableKind.GOVERNMENT_FUND, 7),
    ]
    assert reading.disclosure.layout == "jiangsu-department-budget"
    assert codes(reading) == set()
    assert not called_wrong(reading)


# -- the excerpts ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def excerpts() -> dict[str, str]:
    if not EXCERPTS.exists():
        pytest.skip("the shared excerpts are not beside the project")
    parts = re.split(r"^## (?=P\d+ )", EXCERPTS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {}
    for part in parts:
        head, _, rest = part.partition("\n")
        name, _, title = head.partition(" ")
        body = "\n".join(re.findall(r"```\n(.*?)```", rest, re.DOTALL)) or rest
        found[name] = re.split(" \\(|, page", title)[0] + "\n\n" + body
    return found


# Of each excerpt the numbers that are figures or claims, those that are in neither, and the claims with a number that
# name no fact. The text of P12 to P17 is lists of titles, P18 a table whose lines run together, P6 to P11 are of
# provinces of which no narrative is known by layout.
RECOGNISED = {
    "P1": (8, 0, 0), "P2": (19, 0, 0), "P3": (26, 0, 7), "P4": (17, 1, 0), "P5": (11, 0, 3), "P6": (26, 0, 26),
    "P7": (9, 1, 9), "P8": (3, 1, 3), "P9": (3, 1, 3), "P10": (7, 1, 7), "P11": (8, 1, 8), "P12": (0, 0, 0),
    "P13": (0, 0, 0), "P14": (0, 0, 0), "P15": (0, 0, 0), "P16": (0, 0, 0), "P17": (0, 0, 0), "P18": (0, 30, 0),
}  # fmt: skip

# What is not right in them, each seen by hand: basic spending stated twice, its parts by two classifications, a share.
WRONG = {
    "P2": {
        "881,300.39元 ≠ 911,000.39元",
        "809,961.19元 ≠ 716,052.51元",
        "71,339.2元 ≠ 165,247.88元",
        "18.76% ≠ 165,247.88元 / 881,300.39元",
    }
}


@pytest.mark.parametrize("name", RECOGNISED)
def test_every_excerpt_is_read_or_told(name: str, excerpts: dict[str, str]) -> None:
    """No traceback, no figure held against another, and a number that is not understood stands where a finding is."""
    assert set(excerpts) == set(RECOGNISED)
    reading = read(excerpts[name].encode(), name=f"{name}.txt")
    roles = Counter(use.role for use in reading.numbers)
    claims = [c for section in reading.disclosure.narrative.sections for c in section.claims]
    nameless = sum(bool(claim.numbers) and not claim.of for claim in claims)
    assert (roles[NumberRole.FIGURE] + roles[NumberRole.CLAIM], roles[NumberRole.UNREAD], nameless) == RECOGNISED[name]
    told = [place.span for finding in reading.findings for place in finding.places if place.span]
    for use in (use for use in reading.numbers if use.role is NumberRole.UNREAD):
        assert any(start <= use.span[0] and use.span[1] <= stop for start, stop in told)
    assert bool(reading.disclosure.tables) == ("read.no-tables" not in codes(reading))
    assert {c.relation for c in violated(reading.disclosure)} == WRONG.get(name, set())


def claim(reading: Reading, kind: type[Claim], text: str) -> Claim:
    (found,) = (
        c for s in reading.disclosure.narrative.sections for c in s.claims if isinstance(c, kind) and c.text == text
    )
    return found


GENERAL = Coordinate(
    year=2023, stage=Stage.BUDGET, flow=Flow.EXPENDITURE, period=Period.CURRENT, fund=Fund.GENERAL, use=Use.BASIC
)


def test_guangxi_names_its_facts(excerpts: dict[str, str]) -> None:
    """P2: no heading above, so the words 占一般公共预算支出 say the section; 同比 is against last year."""
    reading = read(excerpts["P2"].encode(), name="P2.txt")
    assert reading.disclosure.year == 2023
    assert reading.disclosure.layout == ""  # pages of a narrative lack no table
    assert {"read.year-inferred", "read.section-inferred"} <= codes(reading)
    wages = attrs.evolve(GENERAL, economic="301")
    change = claim(reading, ChangeClaim, "同比减少148979.48元")
    assert isinstance(change, ChangeClaim)
    assert (change.of, change.base, change.direction) == ((wages,), Base(year=2022), Direction.DOWN)
    share = claim(reading, ShareClaim, "占基本支出预算81.25%")
    assert isinstance(share, ShareClaim)
    assert (share.of, share.whole) == ((wages,), (GENERAL,))
    assert claim(reading, AmountClaim, "2023年本年一般公共预算基本支出911000.39元").of == (GENERAL,)


def test_uses_behind_a_subject_are_its_own(excerpts: dict[str, str]) -> None:
    """P3: 其中：基本支出 of a subject is not that of the section; of a subject of several codes it is nobody's."""
    reading = read(excerpts["P3"].encode(), name="P3.txt")
    amounts = [
        (c.of[0] if c.of else None, c.amount.fen)
        for s in reading.disclosure.narrative.sections
        for c in s.claims
        if isinstance(c, AmountClaim)
    ]
    basic = attrs.evolve(GENERAL, year=2021)
    assert (attrs.evolve(basic, functional="2210201"), 11_278_800) in amounts
    assert (attrs.evolve(basic, functional="2060499"), 0) in amounts
    assert [fen for at, fen in amounts if at == basic] == [144_022_460, 144_022_460]
    assert (None, 110_091_050) in amounts  # 机构运行 stands under five 款


def test_wholly_basic_spending(excerpts: dict[str, str]) -> None:
    reading = read(excerpts["P4"].encode(), name="P4.txt")
    found = [
        c
        for s in reading.disclosure.narrative.sections
        for c in s.claims
        if isinstance(c, AmountClaim) and c.text == "全部是基本支出"
    ]
    assert [(c.of[0].functional, c.of[0].use, c.amount.fen, c.numbers) for c in found] == [
        ("2010699", Use.BASIC, 640_000, ()),
        ("2080505", Use.BASIC, 10_161_242, ()),
    ]


def test_nothing_the_year_before(excerpts: dict[str, str]) -> None:
    reading = read(excerpts["P5"].encode(), name="P5.txt")
    (none,) = (c for s in reading.disclosure.narrative.sections for c in s.claims if isinstance(c, AbsenceClaim))
    assert [(at.year, at.item) for at in none.of] == [(2022, Item.PROCUREMENT)]
    said = [c.kind for s in reading.disclosure.narrative.sections for c in s.claims if isinstance(c, Statement)]
    assert Said.NO_RATE in said


def test_a_header_that_lost_its_width(excerpts: dict[str, str]) -> None:
    """P1: 收入 and 支出 side by side over six columns; the row below, twice the same, says where they belong."""
    reading = read(excerpts["P1"].encode(), name="P1.txt")
    found = table(reading.disclosure, TableKind.SUMMARY)
    assert found is not None
    assert [[line.values for line in lane.lines] for lane in found.lanes] == [
        [(440_550_000,), (0,), (10_000_000,), (0,)],
        [(423_200_000,), (0,), (0,), (0,)],
    ]
    assert codes(reading) == {"read.heading-unknown", "read.header-widened"}
    (said,) = (f for f in reading.findings if f.code == "read.header-widened")
    assert dict(said.data) == {"header": "收入 → 1、支出 → 4"}
