"""Final accounts (决算): accounts of a Shanghai bureau, the official blank form, the central order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.final_accounts import EXAMPLE, Accounts, Spent, page
from tests.golden.figures import figure_text

from govbudget.consistency import Verdict, verify
from govbudget.invariants import AuditReport, alarms, audit
from govbudget.model import (
    CompletionClaim,
    Coordinate,
    Flow,
    Fund,
    MovementClaim,
    Period,
    Scope,
    ScoreClaim,
    Stage,
    TableKind,
    facts,
    is_empty,
)
from govbudget.money import Amount, MoneyUnit
from govbudget.reading import NumberRole, Reading, read
from govbudget.serializers import dumps, loads

FIGURES = Path(__file__).parent / "figures"


@pytest.fixture(scope="module")
def bureau(case_file: Callable[[str], Path]) -> tuple[Reading, AuditReport]:
    """上海市普陀区财政局 2024."""
    pytest.importorskip("pypdfium2")
    path = next(case_file("sh-putuo-czj-2024-final-accounts/meta.json").parent.glob("*.pdf"))
    reading = read(path)
    return reading, audit(reading.disclosure)


def test_all_nine_tables(bureau: tuple[Reading, AuditReport]) -> None:
    disclosure = bureau[0].disclosure
    assert (disclosure.layout, disclosure.year, disclosure.stage) == ("shanghai-final-accounts", 2024, Stage.FINAL)
    assert (disclosure.organization.name, disclosure.scope) == ("上海市普陀区财政局", Scope.DEPARTMENT)
    assert [t.number for t in disclosure.tables] == list(range(1, 10))
    assert {t.unit for t in disclosure.tables} == {MoneyUnit.WAN_YUAN}


def test_the_figures_of_every_table(bureau: tuple[Reading, AuditReport]) -> None:
    """Line by line; the file was held against the rendered pages and against another extraction of the PDF."""
    expected = (FIGURES / "sh-putuo-czj-2024-final-accounts.txt").read_text(encoding="utf-8")
    assert figure_text(bureau[0].disclosure) == expected


def test_nothing_is_left_unread(bureau: tuple[Reading, AuditReport]) -> None:
    reading, _ = bureau
    assert reading.findings == ()
    roles = Counter(use.role for use in reading.numbers)
    assert roles[NumberRole.UNREAD] == 0
    assert roles[NumberRole.FIGURE] == 195
    assert roles[NumberRole.CLAIM] == 99


def test_balances_and_stages_are_typed(bureau: tuple[Reading, AuditReport]) -> None:
    found = {fact.at: fact.witnesses[0].amount for fact in facts(bureau[0].disclosure)}
    base = Coordinate(year=2024, stage=Stage.FINAL)
    opening = attrs.evolve(base, flow=Flow.REVENUE, period=Period.CARRIED)
    closing = attrs.evolve(base, flow=Flow.EXPENDITURE, period=Period.CARRIED)
    wan = MoneyUnit.WAN_YUAN
    assert found[opening] == Amount.parse("49.14", wan)
    assert found[closing] == Amount.parse("55.34", wan)
    assert found[attrs.evolve(opening, fund=Fund.GENERAL)] == Amount.parse("21.63", wan)
    trips = next(t for t in bureau[0].disclosure.tables if t.kind is TableKind.THREE_PUBLIC)
    assert [c.at.stage for c in trips.lanes[0].columns] == [Stage.BUDGET, Stage.FINAL] * 6


def test_the_sentences_are_typed(bureau: tuple[Reading, AuditReport]) -> None:
    claims = [claim for section in bureau[0].disclosure.narrative.sections for claim in section.claims]
    kinds = Counter(type(claim) for claim in claims)
    assert kinds[CompletionClaim] == 5  # the total, and four of “三公”
    assert kinds[MovementClaim] == 10  # the total, eight of eleven items, and “三公”
    assert [(c.digits, c.places) for c in claims if isinstance(c, ScoreClaim)] == [(9943, 2)]


def test_the_true_slips_and_nothing_else(bureau: tuple[Reading, AuditReport]) -> None:
    """Each was checked against the printed pages; the labels of the case name them all."""
    reading, report = bureau
    found = {(f.code, f.places[0].table, dict(f.data).get("printed", "")) for f in report.findings}
    assert found == {
        # 社会保障和就业支出 is 326.71 in both summaries and 326.72 in the tables by subject and in the text: one slip
        ("tables.expenditure", 1, "326.71"),
        # the text states 0.3 万元 for fiscal grants in all, table 4 prints 2,961.68
        ("agreement.narrative", None, "0.3万元"),
        # the text lists 个人农业生产补贴, table 6 prints 奖励金
        ("narrative.names", None, "个人农业生产补贴"),
        # and it says 持平, for the reason that 合同支付进度…减少支付: the sentence of the section before
        (
            "wording.flat-reason",
            None,
            "主要原因:基本支出中人员进出及退休变化,以及项目支出中合同支付进度条款等原因减少支付",
        ),
    }
    assert report.diagnosis
    assert all(verify(p.certificate, p.system) for p in report.diagnosis.proofs)
    assert loads(dumps(reading.disclosure)) == reading.disclosure


def test_rounding_is_no_slip(bureau: tuple[Reading, AuditReport]) -> None:
    """The labels name sums that miss by a last digit: each is within rounding."""
    rounding = [c.relation for c in bureau[1].comparisons if c.verdict is Verdict.ROUNDING]
    for start in ("2,946.25 ≈", "2,940.05 ≈", "2,082.85 ≈", "251.25万元 ≈", "2,993.92万元 ≈"):
        assert any(relation.startswith(start) for relation in rounding), start


def test_the_blank_form_is_an_empty_disclosure(case_file: Callable[[str], Path]) -> None:
    """上海市 2024 template: nine tables without a figure; nothing in it is wrong, and nothing passes for tested."""
    pytest.importorskip("pypdfium2")
    path = next(case_file("sh-template-2024-final-accounts/meta.json").parent.glob("*.pdf"))
    reading = read(path)
    assert reading.disclosure.layout == "shanghai-final-accounts"
    assert [t.number for t in reading.disclosure.tables] == list(range(1, 10))
    assert all(is_empty(t) for t in reading.disclosure.tables)
    assert reading.findings == ()
    report = audit(reading.disclosure)
    assert report.findings == ()
    assert {c.rule for c in report.comparisons if c.reason == "blank-form"} >= {
        "completeness.empty-tables",
        "completeness.levels",
        "completeness.sections",
        "wording.choice",
        "wording.blank",
    }


# -- the central order, from generated figures ------------------------------------------------------------------------


def test_the_central_order_with_numbered_lines_and_columns() -> None:
    reading = read(page(EXAMPLE).encode(), name="accounts.html")
    assert reading.findings == ()
    assert reading.disclosure.layout == "central-final-accounts"
    assert [t.number for t in reading.disclosure.tables] == list(range(1, 10))
    roles = Counter(use.role for use in reading.numbers)
    assert roles[NumberRole.UNREAD] == 0
    assert roles[NumberRole.NUMBERING] >= 80  # 行次 and 栏次
    report = audit(reading.disclosure)
    assert report.findings == ()
    tested = {c.rule for c in report.comparisons if c.verdict in (Verdict.EXACT, Verdict.ROUNDING)}
    assert {"balance.closing", "balance.basic", "within.awarded"} <= tested
    assert {"outcome.completion", "outcome.movement", "outcome.plans"} <= tested


def test_a_list_in_two_blocks_is_one_list() -> None:
    """Running costs stand in two blocks, with one total behind the second."""
    reading = read(page(EXAMPLE).encode(), name="accounts.html")
    table = next(t for t in reading.disclosure.tables if t.kind is TableKind.GENERAL_BASIC)
    totals = [[line.label for line in lane.lines if not line.at.economic] for lane in table.lanes]
    assert totals == [["人员经费合计"], [], ["公用经费合计"]]
    sums = [c for c in audit(reading.disclosure).comparisons if c.subject.startswith("表6 合计 / 公用经费")]
    assert [{o.place.column for o in c.operands} for c in sums] == [{6, 9}]  # 302 from the left, 310 from the right


def test_a_note_says_which_budget_is_meant() -> None:
    text = page(EXAMPLE).replace(
        "<h2>第三部分", "<p>注：预算数为“三公”经费全年预算数，反映调整后的预算。</p><h2>第三部分", 1
    )
    table = next(t for t in read(text.encode(), name="a.html").disclosure.tables if t.number == 9)
    assert {c.at.stage for c in table.lanes[0].columns} == {Stage.ADJUSTED, Stage.FINAL}


def test_accounts_of_a_single_unit() -> None:
    text = page(EXAMPLE).replace("部门决算", "单位决算")
    assert read(text.encode(), name="a.html").disclosure.scope is Scope.UNIT


def test_codes_in_three_cells_beside_the_numbers_of_the_columns() -> None:
    """类, 款 and 项 stand in the row of 栏次, the total in the row below, codes in cells of their own."""
    rows = (
        ["项目", "", "", "", "年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余"],
        ["支出功能分类科目编码", "", "", "科目名称", "", "", "小计", "基本支出", "项目支出", ""],
        ["类", "款", "项", "栏次", "1", "2", "3", "4", "5", "6"],
        ["", "", "", "合计", "1.00", "5.00", "4.00", "", "4.00", "2.00"],
        ["212", "", "", "城乡社区支出", "1.00", "5.00", "4.00", "", "4.00", "2.00"],
        ["212", "08", "", "国有土地使用权出让收入安排的支出", "1.00", "5.00", "4.00", "", "4.00", "2.00"],
        ["212", "08", "01", "征地和拆迁补偿支出", "1.00", "5.00", "4.00", "", "4.00", "2.00"],
    )
    head = "某县某局\n\n2024年度部门决算\n\n政府性基金预算财政拨款收入支出决算表\n\n部门：某县某局\n\n单位：万元\n\n"
    text = head + "\n".join("\t".join(row) for row in rows) + "\n"
    reading = read(text.encode(), name="a.txt")
    assert reading.findings == ()
    lane = reading.disclosure.tables[0].lanes[0]
    assert [line.at.functional for line in lane.lines] == ["", "212", "21208", "2120801"]
    assert [c.header[-1] for c in lane.columns][2:5] == ["小计", "基本支出", "项目支出"]
    report = audit(reading.disclosure)
    closing = [c for c in report.comparisons if c.rule == "balance.closing"]
    assert [c.verdict for c in closing] == [Verdict.EXACT] * 4
    assert closing[0].relation == "2.00 = 1.00 + 5.00 - 4.00"


def test_a_published_page_of_hubei() -> None:
    """南漳县招商服务中心 2019, the first lines of its first table: merged headers, numbered lines."""
    lines = (
        ("一、一般公共预算财政拨款收入", "1", "440.55", "一、一般公共服务支出", "29", "423.20"),
        ("二、政府性基金预算财政拨款收入", "2", "0.00", "二、外交支出", "30", "0.00"),
        ("三、上级补助收入", "3", "10.00", "三、国防支出", "31", "0.00"),
    )
    head = "<tr><td colspan=3>收入</td><td colspan=3>支出</td></tr>"
    cells = [("项目", "行次", "金额") * 2, ("栏次", "", "1", "栏次", "", "2"), *lines]
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in cells)
    above = "<h3>收入支出决算总表</h3><p>公开01表</p><p>部门:南漳县招商服务中心</p><p>金额单位:万元</p>"
    text = f"<p>2019年度部门决算</p>{above}<table>{head}{rows}</table>"
    reading = read(text.encode(), name="p1.html")
    table = reading.disclosure.tables[0]
    assert reading.findings == ()
    assert (reading.disclosure.year, reading.disclosure.organization.name) == (2019, "南漳县招商服务中心")
    assert [[line.values[0] for line in lane.lines] for lane in table.lanes] == [
        [440_550_000, 0, 10_000_000],
        [423_200_000, 0, 0],
    ]
    numbers = [use.text for use in reading.numbers if use.role is NumberRole.NUMBERING]
    assert numbers == ["01", "1", "2", "1", "29", "2", "30", "3", "31"]


_CODES = ("2010601", "2010602", "2080505", "2101101", "2210201")


@st.composite
def _accounts(draw: st.DrawFn) -> Accounts:
    fen = st.integers(0, 10**9)
    codes = draw(st.lists(st.sampled_from(_CODES), min_size=1, max_size=4, unique=True))
    spent = [Spent(code=c, basic=draw(fen), project=draw(fen), plan=draw(fen)) for c in sorted(codes)]
    if draw(st.booleans()):
        spent.append(Spent(code="2120801", fund="government_fund", project=draw(fen)))
    if draw(st.booleans()):
        spent.append(Spent(code=spent[0].code, fund="other", project=draw(fen)))
    funds = sorted({s.fund for s in spent})
    general = sum(s.basic + s.project for s in spent if s.fund == "general") // 4
    trip = st.integers(0, min(10**7, general))  # what “三公” costs is paid from the general budget
    planned = st.integers(0, min(10**7, sum(s.plan for s in spent if s.fund == "general") // 4))
    return Accounts(
        spent=tuple(spent),
        opening={fund: draw(fen) for fund in funds},
        saved={s.fund: draw(fen) for s in spent if s.basic + s.project},
        trips=tuple((draw(planned), draw(trip)) for _ in range(4)),
        places=draw(st.sampled_from((2, 4))),
    )


_NO_PLAN = Accounts(  # 50 元 spent of no budget: 0.01万元, and 0.00% of 0.00万元
    spent=(Spent(code="2010601", project=5000),), opening={"general": 0}, saved={"general": 0}, trips=((0, 0),) * 4
)


@settings(max_examples=15)
@given(_accounts())
@example(_NO_PLAN)
def test_accounts_printed_from_exact_figures_are_clean(accounts: Accounts) -> None:
    """Whatever was spent, opened and saved: rounded cell by cell it is read whole, and no rule calls it wrong."""
    reading = read(page(accounts).encode(), name="accounts.html")
    assert reading.findings == ()
    assert all(use.role is not NumberRole.UNREAD for use in reading.numbers)
    assert alarms(audit(reading.disclosure)) == ()  # money at random raises questions
