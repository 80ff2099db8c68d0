"""Forms met in the accounts for 2025 and the budgets for 2026 of Shanghai's districts; the words are our own."""

from __future__ import annotations

import attrs

from govbudget.invariants import alarms, audit, select
from govbudget.model import AmountClaim, CountClaim, Counted
from govbudget.money import Mark
from govbudget.reading import Reading, read, read_document
from govbudget.source import Document, Grid, open_document
from govbudget.source.several import concatenated

HEAD = "某区某局2025年度部门决算\n\n"
REVENUE = """收入决算表
单位：万元

项目\t\t\t\t本年收入合计\t财政拨款收入\t其他收入
功能分类科目编码\t\t\t科目名称\t\t\t
\t\t\t\t决算数\t决算数\t决算数
类\t款\t项\t合计\t30.00\t30.00\t0.00
208\t\t\t社会保障和就业支出\t20.00\t20.00\t0.00
20805\t\t\t行政事业单位养老支出\t20.00\t20.00\t0.00
2080505\t\t\t机关事业单位基本养老保险缴费支出\t20.00\t20.00\t0.00
221\t\t\t住房保障支出\t10.00\t10.00\t0.00
22102\t\t\t住房改革支出\t10.00\t10.00\t0.00
2210201\t\t\t住房公积金\t10.00\t10.00\t0.00

"""
EXPENDITURE = """支出决算表
单位：万元

项目\t\t\t\t本年支出合计\t基本支出\t项目支出
功能分类科目编码\t\t\t科目名称\t\t\t
\t\t\t\t决算数\t决算数\t决算数
类\t款\t项\t合计\t30.00\t30.00\t0.00
208\t\t\t社会保障和就业支出\t20.00\t20.00\t0.00
20805\t\t\t行政事业单位养老支出\t20.00\t20.00\t0.00
2080505\t\t\t机关事业单位基本养老保险缴费支出\t20.00\t20.00\t0.00
221\t\t\t住房保障支出\t10.00\t10.00\t0.00
22102\t\t\t住房改革支出\t10.00\t10.00\t0.00
2210201\t\t\t住房公积金\t10.00\t10.00\t0.00

"""
GENERAL = """一般公共预算财政拨款支出决算表
单位：万元

项 目\t\t\t\t一般公共预算财政拨款支出决算数\t\t
功能分类科目编码\t\t\t科目名称\t合计\t基本支出\t项目支出
类\t款\t项\t\t\t\t
208\t\t\t社会保障和就业支出\t20.00\t20.00\t0.00
20805\t\t\t行政事业单位养老支出\t20.00\t20.00\t0.00
2080505\t\t\t机关事业单位基本养老保险缴费支出\t20.00\t20.00\t0.00
221\t\t\t住房保障支出\t10.00\t10.00\t0.00
22102\t\t\t住房改革支出\t10.00\t10.00\t0.00
2210201\t\t\t住房公积金\t10.00\t10.00\t0.00
合计\t\t\t\t30.00\t30.00\t0.00

"""


def read_text(text: str) -> Reading:
    return read((HEAD + text).encode(), name="a.txt", layout="shanghai-final-accounts")


def test_a_header_may_say_of_each_column_that_it_holds_accounts() -> None:
    reading = read_text(REVENUE + EXPENDITURE + GENERAL)
    assert {finding.code for finding in reading.findings} == {"read.column-missing"}  # ours has three columns
    revenue, expenditure, general = reading.disclosure.tables
    assert [len(table.lanes[0].lines) for table in (revenue, expenditure, general)] == [7, 7, 7]
    assert revenue.lanes[0].lines[0].values == (30_000_000, 30_000_000, 0)
    assert expenditure.lanes[0].lines[3].label == "机关事业单位基本养老保险缴费支出"
    assert audit(reading.disclosure, rules=select("additivity", "agreement")).findings == ()


def test_two_kinds_of_figures_under_each_column_are_no_measure() -> None:
    """预算数 beside 决算数 tells columns apart, and is not passed over."""
    reading = read_text(REVENUE.replace("\t\t\t\t决算数\t决算数\t决算数", "\t\t\t\t预算数\t决算数\t决算数"))
    assert {finding.code for finding in reading.findings} > {"read.column-missing"}


FUND = """政府性基金预算财政拨款收入支出决算表
单位：万元

项目\t\t年初结转和结余\t本年收入\t本年支出\t\t\t年末结转和结余
功能分类科目编码\t科目名称\t\t\t\t\t\t
合计\t\t0\t30.00\t合计\t基本支出\t项目支出\t0
212\t城乡社区支出\t0\t30.00\t30.00\t\t30.00\t0
21208\t国有土地使用权出让收入安排的支出\t0\t30.00\t30.00\t\t30.00\t0
2120801\t征地和拆迁补偿支出\t0\t30.00\t30.00\t\t30.00\t0

"""


def test_a_word_of_the_header_is_no_blank_in_the_totals_line() -> None:
    reading = read_text(FUND)
    (table,) = reading.disclosure.tables
    total = table.lanes[0].lines[0]
    assert total.values == (0, 30_000_000, Mark.UNREADABLE, Mark.UNREADABLE, Mark.UNREADABLE, 0)
    assert audit(reading.disclosure, rules=select("balance", "additivity")).findings == ()


def claims(text: str) -> list[AmountClaim | CountClaim]:
    narrative = read_text(GENERAL + text).disclosure.narrative
    found = [claim for section in narrative.sections for claim in section.claims]
    return [claim for claim in found if isinstance(claim, AmountClaim | CountClaim)]


def test_receptions_and_guests_inside_a_purpose() -> None:
    counts = [
        (claim.what, claim.count)
        for claim in claims(
            "七、财政拨款“三公”经费支出决算情况说明\n"
            "公务接待费支出0.39万元。主要用于接待来访单位，列明公务接待2批次、26人次，其中：接待外宾0批次、0人次。\n"
        )
        if isinstance(claim, CountClaim)
    ]
    kinds = [Counted.RECEPTIONS, Counted.GUESTS, Counted.FOREIGN_RECEPTIONS, Counted.FOREIGN_GUESTS]
    assert counts == list(zip(kinds, [2, 26, 0, 0], strict=True))


def test_a_class_by_another_name() -> None:
    """Without 支出, by the name of another year, behind a stray dot: the tables say which 类 is meant."""
    table = GENERAL.replace("住房保障支出", "文化旅游体育与传媒支出").replace("221\t\t\t", "207\t\t\t", 1)
    text = (
        "五、一般公共预算财政拨款支出决算情况说明\n"
        "“社会保障和就业”20.00万元，占66.67%；“文化体育与传媒支出”10.00万元，占33.33%。\n"
    )
    narrative = read_text(table + text).disclosure.narrative
    found = [c for section in narrative.sections for c in section.claims if isinstance(c, AmountClaim)]
    assert [claim.of[0].functional for claim in found] == ["208", "207"]


def test_a_body_with_its_city_before_it_and_bodies_counted_in_words() -> None:
    text = (
        "某区某局2026年部门预算\n\n其他相关情况说明\n二、机关运行经费预算\n"
        "2026年云岭市某区某局下属一家机关和一家行政执法机构财政拨款的机关运行经费预算为507.25万元。\n"
    )
    reading = read(text.encode(), name="a.txt", layout="shanghai-department-budget")
    (claim,) = [c for s in reading.disclosure.narrative.sections for c in s.claims if isinstance(c, AmountClaim)]
    assert claim.of
    assert claim.of[0].item.value == "agency_running"


def partly_scanned(text: str) -> Document:
    """A document whose first page holds this text, and whose second is a picture."""
    document = open_document((HEAD + text).encode(), name="a.txt")
    blocks = [
        attrs.evolve(block, page=1, rows=tuple(tuple(attrs.evolve(c, page=1) for c in row) for row in block.rows))
        if isinstance(block, Grid)
        else attrs.evolve(block, page=1)
        for block in document.blocks
    ]
    return attrs.evolve(document, blocks=tuple(blocks), remarks=tuple(("source-scanned", page) for page in "235"))


def test_what_a_scanned_page_may_hold_is_not_missing() -> None:
    """A table that ends the page above may go on there, and so may all that the document seems to lack."""
    cut = "".join(REVENUE.splitlines(keepends=True)[:8])
    reading = read_document(partly_scanned(cut), "shanghai-final-accounts")
    (table,) = reading.disclosure.tables
    (told,) = [f for f in reading.findings if f.code == "read.scanned"]
    assert dict(told.data) == {"page": "2–3、5"}
    assert reading.disclosure.pages_unread == (2, 3, 5)
    assert table.lanes[0].lines_unread
    assert alarms(audit(reading.disclosure)) == ()
    cover = attrs.evolve(reading.disclosure, pages_unread=(1,))  # a picture on the cover hides no table
    assert "completeness.expenditure-table" in {f.code for f in alarms(audit(cover))}
    whole = read_document(partly_scanned(REVENUE + "注：本表反映收入。\n"), "shanghai-final-accounts")
    assert not whole.disclosure.tables[0].lanes[0].lines_unread
    assert "completeness.expenditure-table" in {f.code for f in alarms(audit(read_text(REVENUE).disclosure))}


def test_a_copy_that_differs_in_its_last_digit_is_a_slip_and_no_habit() -> None:
    """Only figures with fewer digits than the table can show that a text cuts digits off."""
    text = (
        "五、一般公共预算财政拨款支出决算情况说明\n一般公共预算财政拨款支出30.00万元。\n"
        "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）支出决算为19.99万元。\n"
        "住房保障支出（类）住房改革支出（款）住房公积金（项）支出决算为10.00万元。\n"
    )
    report = audit(read_text(GENERAL + text).disclosure, rules=select("agreement", "narrative.cut-off", "additivity"))
    (found,) = report.findings
    assert found.code == "agreement.narrative"
    assert dict(found.data)["printed"] == "19.99万元"
    fewer = text.replace("19.99", "19").replace("30.00", "30")
    finer = GENERAL.replace("20.00", "19.90").replace("30.00", "29.90")
    fewer = fewer.replace("30万元", "29万元")
    assert audit(read_text(finer + fewer).disclosure, rules=select("agreement.narrative")).findings == ()


def test_scanned_pages_of_several_files_are_counted_through() -> None:
    """The second file begins behind the last page of the first, and its first page is no cover of the document."""
    first = attrs.evolve(partly_scanned(REVENUE + "注：本表反映收入。\n"), remarks=())
    scans = attrs.evolve(partly_scanned("说明\n"), name="b.pdf", remarks=(("source-scanned", "1"),))
    reading = read_document(concatenated([first, scans], "两份"), "shanghai-final-accounts")
    assert reading.disclosure.pages_unread == (2,)
    assert [f.places[0].document for f in reading.findings if f.code == "read.scanned"] == ["b.pdf"]
    assert not reading.disclosure.tables[0].lanes[0].lines_unread
