"""Published unit budgets of Shanghai districts, from PDF: every table read, the true slips found and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.golden.figures import figure_text

from govbudget.consistency import Verdict, verify
from govbudget.invariants import AuditReport, alarms, audit
from govbudget.model import AmountClaim, CountClaim, Counted, Scope, TableKind
from govbudget.money import MoneyUnit
from govbudget.reading import NumberRole, Reading, read

pytest.importorskip("pypdfium2")


FIGURES = {
    "sh-sfj-2026": "sh-putuo-sfj-2026-unit-budget",
    "sh-fly-2024": "sh-putuo-fly-2024-unit-budget",
    "sh-czj-2025": "sh-putuo-czj-2025-dept-budget",
    "sh-wanli-2024": "sh-putuo-wanli-2024-dept-budget",
}


@pytest.mark.parametrize("name", FIGURES)
def test_the_figures_of_every_table(case_file: Callable[[str], Path], name: str) -> None:
    """Each of them stands in a second extraction of the pages, made by other means, as often as here."""
    folder = case_file(f"{FIGURES[name]}/meta.json").parent
    reading = read(next(folder.glob("*.pdf")))
    expected = (Path(__file__).parent / "figures" / f"{name}.txt").read_text(encoding="utf-8")
    assert figure_text(reading.disclosure) == expected
    assert not [use for use in reading.numbers if use.role is NumberRole.UNREAD]


@pytest.fixture(scope="module")
def justice(case_file: Callable[[str], Path]) -> tuple[Reading, AuditReport]:
    """上海市普陀区司法局 2026."""
    reading = read(case_file("sh-putuo-sfj-2026-unit-budget/unit_budget.pdf"))
    return reading, audit(reading.disclosure)


def test_all_nine_tables(justice: tuple[Reading, AuditReport]) -> None:
    reading, _ = justice
    disclosure = reading.disclosure
    assert (disclosure.layout, disclosure.year) == ("shanghai-unit-budget", 2026)
    assert disclosure.organization.name == "上海市普陀区司法局"
    assert [t.number for t in disclosure.tables] == list(range(1, 10))
    units = {t.kind: t.unit for t in disclosure.tables}
    assert units.pop(TableKind.THREE_PUBLIC) is MoneyUnit.WAN_YUAN
    assert set(units.values()) == {MoneyUnit.YUAN}
    assert reading.findings == ()


def test_every_number_is_read(justice: tuple[Reading, AuditReport]) -> None:
    reading, _ = justice
    roles = Counter(use.role for use in reading.numbers)
    assert roles[NumberRole.FIGURE] == 391
    assert roles[NumberRole.CLAIM] == 100
    assert roles[NumberRole.UNREAD] == 0


def test_vehicles_at_hand_and_to_be_bought(justice: tuple[Reading, AuditReport]) -> None:
    reading, report = justice
    counts = [c for s in reading.disclosure.narrative.sections for c in s.claims if isinstance(c, CountClaim)]
    found = {(c.what, c.planned): c.count for c in counts}
    assert len(counts) == len(found) == 21
    assert (found[Counted.VEHICLES, False], found[Counted.ENFORCEMENT_VEHICLES, False]) == (3, 3)
    assert (found[Counted.VEHICLES, True], found[Counted.PERFORMANCE_PROJECTS, False]) == (0, 19)
    above = [c.threshold for c in counts if c.what is Counted.EQUIPMENT]
    assert [a.fen for a in above if a is not None] == [100_000_000] * 2
    sums = ("narrative.counts", "narrative.planned-vehicles")
    held = [c.relation for c in report.comparisons if c.rule in sums and c.verdict is Verdict.EXACT]
    assert held == ["3 = 0 + 0 + 0 + 0 + 3 + 0 + 0 + 0", "0 = 0 + 0 + 0 + 0 + 0 + 0 + 0 + 0"]


def test_figures_know_their_pages(justice: tuple[Reading, AuditReport]) -> None:
    table = next(t for t in justice[0].disclosure.tables if t.number == 2)
    pages = [line.page for line in table.lanes[0].lines]
    assert (pages[0], pages[-1]) == (9, 10)  # the table goes on over the page


def test_the_true_slips_and_nothing_else(justice: tuple[Reading, AuditReport]) -> None:
    """Each of these was checked against the printed pages; the labels of the case name them too."""
    reading, report = justice
    found = {(f.code, dict(f.data).get("printed", "")) for f in alarms(report)}
    assert found == {
        # 行政运行 repeats the project spending of its class, in tables 3 and 5
        ("additivity.functional", "64,840,547.00"),
        # one item is 57.8 and 56.12 万元, another 170.03 and 207 万元
        ("narrative.two-amounts", "57.8万元"),
        ("narrative.two-amounts", "170.03万元"),
        # running costs are 1,744,680 in the summary and 1,845,880.34 in the table of basic spending
        # and with the personnel of the summary they make the basic spending of table 3: both columns are suspected
        ("agreement.source", ""),
        # 1690.69 → 1434.89 is not 减少1.10%; 241.76 → 207 is not 增加 at all
        ("narrative.growth", "1.10%"),
        ("narrative.direction", "21.74%"),
        # 增加（减少） of the template, a reason without words, and 部门预算安排购置 twice in a sentence of a unit
        ("wording.choice", "增加(减少)"),
        ("wording.empty-reason", "主要原因是"),
        ("wording.department-in-unit", "部门预算安排购置"),
        # the name of class 210 before 2019
        ("narrative.paths", "医疗卫生与计划生育支出"),
    }
    doubled = [f for f in report.findings if f.code == "additivity.functional"]
    assert [[place.table for place in f.places[:2]] for f in doubled] == [[3, 5]]  # one slip, printed twice
    assert {dict(f.data)["proposal"] for f in doubled} == {"0.00"}
    assert report.diagnosis
    assert report.diagnosis.proofs
    assert all(verify(p.certificate, p.system) for p in report.diagnosis.proofs)
    assert reading.disclosure.year == 2026


def test_a_rate_on_unrounded_figures_is_no_slip(justice: tuple[Reading, AuditReport]) -> None:
    """0.50 → 0.62 万元 stated 22.22 %: the printed figures give 24 %, the unrounded ones 22.22 %."""
    relations = [c.relation for c in justice[1].comparisons if c.rule == "narrative.growth"]
    assert any("22.22% ≈" in relation for relation in relations)


def test_the_welfare_home(case_file: Callable[[str], Path]) -> None:
    """上海市普陀区社会福利院 2024: tables without a slip but two misprinted codes, and one item of the narrative.

    The item 社会福利事业单位 is 738.66 万元 in the text and 6,964,796 元 in the tables. The slip is the text's: its
    items add up to 991.59 万元, more than the 950.12 it states as their total. The rate beside it fits the text's own
    amount, so the amount is the one slip.
    """
    reading = read(case_file("sh-putuo-fly-2024-unit-budget/1769321433314-826553525.pdf"))
    assert [t.number for t in reading.disclosure.tables] == list(range(1, 10))
    misprinted = [dict(f.data) for f in reading.findings]
    assert misprinted == [{"printed": "7|11|02", "name": "事业单位医疗"}] * 2
    report = audit(reading.disclosure)
    assert {(f.code, dict(f.data)["printed"]) for f in alarms(report)} == {
        ("agreement.narrative", "738.66万元"),
        ("wording.empty-reason", "主要原因是"),
        ("wording.instruction", "(增加内容)"),  # 五、国有资产占有使用情况（增加内容）
        # table 8 numbers its subjects in an order of its own: 30202 is 印刷费, 30203 is 咨询费 …
        ("classification.name", "30202 咨询费"),
        ("classification.other-wording", "30108 机关事业单位基本养老保险费"),
        # the name of class 210 before 2019, in tables 1 and 4 as in the text
        ("classification.former-name", "210 医疗卫生与计划生育支出"),
    }
    assert not [use for use in reading.numbers if use.role is NumberRole.UNREAD]


def test_the_finance_bureau_cuts_digits_off(case_file: Callable[[str], Path]) -> None:
    """上海市普陀区财政局 2025, a department: its sentences cut digits off (877,080 元 is 87.70 万元), which is no slip.

    The one slip is 887.36 万元 for 873,617 元. The file holds the explanations on two pages, which show a part each.
    """
    reading = read(next(case_file("sh-putuo-czj-2025-dept-budget/meta.json").parent.glob("*.pdf")))
    assert reading.disclosure.layout == "shanghai-department-budget"
    assert reading.disclosure.scope is Scope.DEPARTMENT
    assert [t.number for t in reading.disclosure.tables] == list(range(1, 10))
    report = audit(reading.disclosure)
    assert {(f.code, dict(f.data)["printed"][:14]) for f in alarms(report)} == {
        ("agreement.narrative", "887.36万元"),
        # under table 7, of state capital, the note says that there are no government funds
        ("wording.note-of-another-table", "注:本部门2025年无政府性"),
        # 本单位政府采购预算 and 本单位编报绩效目标 of the form for units; that for departments says 本部门
        ("wording.unit-in-department", "本单位"),
    }
    assert sum(f.code.startswith("wording.") for f in report.findings) == 3
    amounts = [c for s in reading.disclosure.narrative.sections for c in s.claims if isinstance(c, AmountClaim)]
    assert len([c for c in amounts if c.of and c.of[0].functional == "2210201"]) == 1
    assert reading.findings == ()
    assert not [use for use in reading.numbers if use.role is NumberRole.UNREAD]
    # The four projects under performance management are named, and make up their total.
    sums = [c.relation for c in report.comparisons if c.rule == "additivity.claims" and c.verdict is Verdict.EXACT]
    assert "598.46万元 = 418.80万元 + 10.00万元 + 166.66万元 + 3.00万元" in sums


def test_the_street_office(case_file: Callable[[str], Path]) -> None:
    """上海市普陀区万里街道办事处 2024: a note of an empty table under a full one, and two slips of the narrative.

    住房公积金 is 350.35 and 352.67 万元 in the text and 3,503,499 元 in the tables; with 350.35 the growth of 0.53 %
    that the sentence states is right. 其他教育支出 was 0.00 万元 the year before and is said to have grown by 100.00 %.
    """
    reading = read(next(case_file("sh-putuo-wanli-2024-dept-budget/meta.json").parent.glob("*.pdf")))
    assert [t.number for t in reading.disclosure.tables] == list(range(1, 10))
    assert reading.findings == ()
    assert not [use for use in reading.numbers if use.role is NumberRole.UNREAD]
    report = audit(reading.disclosure)
    kept = [c.relation for c in report.comparisons if c.rule in ("within.reserved", "within.micro-reserved")]
    assert kept == ["664.98万元 ≤ 1,662.44万元", "465.49万元 ≤ 664.98万元"]
    found = {(f.code, dict(f.data)["printed"][:12]) for f in alarms(report)}
    assert {("narrative.two-amounts", "352.67万元"), ("narrative.zero-base", "100.00%")} <= found
    assert {code for code, _ in found} == {
        "narrative.two-amounts",
        "narrative.zero-base",
        "completeness.notes",
        "wording.level-of-government",  # the glossary speaks of 市级 money, the cover of a budget 区级
        "wording.reason-direction",  # 宣传事务: 减少2.98%, since its 经费增加
        "wording.purpose-of-another",  # 城管执法 is for 一般行政管理事务
        "wording.reason-of-another",  # 职业年金 explained by 事业单位离退休, 城管执法 by 一般行政管理事务
    }
    keys = {line.at.economic for t in reading.disclosure.tables for lane in t.lanes for line in lane.lines}
    assert {"30102", "30107"} <= keys  # printed 301|2 and 301|7
