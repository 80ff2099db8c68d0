"""Published department budgets of Jiangsu province, from PDF: every number read, the true slips found, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from tests.golden.figures import figure_text

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, alarms, audit, tied_figures
from govbudget.model import (
    Buying,
    PurchaseHead,
    Resolved,
    Scope,
    Statement,
    SubjectHead,
    TableKind,
    is_empty,
    table,
)
from govbudget.money import MoneyUnit
from govbudget.reading import NumberRole, Reading, read

pytest.importorskip("pypdfium2")

HERE = Path(__file__).parent


@attrs.frozen(kw_only=True)
class Case:
    """A published document, read and audited, and what stands on its pages."""

    name: str
    reading: Reading
    report: AuditReport


FILES = {
    "js-gy-2018": ["js-gy-2018-dept-budget/省法院2018年度部门预算公开.pdf"],
    "js-jcy-2018": ["js-jcy-2018-dept-budget/2018年省检察院部门预算公开.pdf"],
    "js-swb-2019": [  # the narrative and the tables are two files
        "js-swb-2019-dept-budget/江苏省委办公厅2019年度部门预算公开文件.pdf",
        "js-swb-2019-dept-budget/江苏省委办公厅2019年度部门预算公开表格.pdf",
    ],
}


@pytest.fixture(scope="module", params=list(FILES))
def case(request: pytest.FixtureRequest, case_file: Callable[[str], Path]) -> Case:
    paths = [case_file(name) for name in FILES[request.param]]
    reading = read(paths[0] if len(paths) == 1 else paths)
    return Case(name=request.param, reading=reading, report=audit(reading.disclosure))


def test_who_and_when(case: Case) -> None:
    disclosure = case.reading.disclosure
    body = disclosure.organization
    assert (disclosure.layout, disclosure.scope) == ("jiangsu-department-budget", Scope.DEPARTMENT)
    found = (body.name, disclosure.year, len(body.divisions), [(m.name, m.itself) for m in body.members])
    assert (
        found
        == {
            "js-gy-2018": (
                "江苏省高级人民法院",  # no table names it; their titles do
                2018,
                27,
                [("江苏省高级人民法院机关(本级)", True), ("徐州铁路运输法院", False)],
            ),
            "js-jcy-2018": (
                "江苏省人民检察院",
                2018,
                19,
                [("江苏省人民检察院本级", True), ("南京铁路运输检察院", False), ("徐州铁路运输检察院", False)],
            ),
            "js-swb-2019": (
                "中共江苏省委办公厅",
                2019,
                18,
                [
                    ("江苏省委办公厅(本级)", True),
                    ("省委机要局(省国家密码管理局)", False),
                    ("机关后勤服务中心", False),
                    ("机关文印中心", False),
                ],
            ),
        }[case.name]
    )
    assert all(member.place.page and member.place.span for member in body.members)


def test_every_figure_of_the_twelve_tables(case: Case) -> None:
    """The figures are those of a second extraction of the pages, made by other means, and all their sums hold."""
    disclosure = case.reading.disclosure
    assert [t.number for t in disclosure.tables] == list(range(1, 13))
    assert {t.unit for t in disclosure.tables} == {MoneyUnit.WAN_YUAN}
    assert [t.kind for t in disclosure.tables if is_empty(t)] == [TableKind.GOVERNMENT_FUND]
    assert figure_text(disclosure) == (HERE / "figures" / f"{case.name}.txt").read_text(encoding="utf-8")
    heads = [line.head for t in disclosure.tables for lane in t.lanes for line in lane.lines]
    assert {head.resolved for head in heads if isinstance(head, SubjectHead)} == {Resolved.YES}


def test_every_number_is_accounted_for(case: Case) -> None:
    roles = Counter(use.role for use in case.reading.numbers)
    assert roles[NumberRole.UNREAD] == 0
    # the title of a table bears its number where no heading numbers it; a page number stands in the margin
    assert {role.value: roles[role] for role in (NumberRole.FIGURE, NumberRole.CLAIM, NumberRole.MARGIN)} == {
        "js-gy-2018": {"figure": 208, "claim": 113, "margin": 0},
        "js-jcy-2018": {"figure": 194, "claim": 101, "margin": 30},
        "js-swb-2019": {"figure": 181, "claim": 104, "margin": 12},
    }[case.name]
    claims = [claim for section in case.reading.disclosure.narrative.sections for claim in section.claims]
    assert all(claim.of for claim in claims if not isinstance(claim, Statement) and hasattr(claim, "amount"))


def test_the_reader_wonders_at_one_thing_only(case: Case) -> None:
    """案件执行 is said to fall by 100 万元, 减少9.52，: the per cent sign is missing on the page."""
    found = [(f.code, dict(f.data)["text"]) for f in case.reading.findings]
    assert found == ([("read.percent-sign", "减少9.52")] if case.name == "js-gy-2018" else [])


def test_a_sentence_cut_by_a_page_break(case: Case) -> None:
    """增加40 | 25 | 万元，增长0.72 %: the page number between is no part of the amount, and 40 on 5,533 is 0.72 %."""
    if case.name == "js-jcy-2018":
        relations = {c.relation: c.verdict for c in case.report.comparisons if c.rule == "narrative.growth"}
        assert relations["增加 0.72% = 40万元 / 5,533.00"] is Verdict.EXACT
        assert relations["增加 1600% = 2,247.84万元 / 140.20"] is Verdict.EXACT  # 增长16倍


SLIPS = {
    "js-gy-2018": [
        # 6,049.97 with -392.92 is -6.10 %. The change is the slip: with -382.92 the rate is right, and the changes of
        # the subjects, which add up to 10.00 less than the total's, add up.
        ("narrative.growth", "减少 5.95% ≠ 392.92万元 / 6,442.89", ""),
        # what was nothing has not grown by 100 %
        ("narrative.zero-base", "增加 100% ≠ 1,326.81万元 / 0.00", ""),
        ("narrative.zero-base", "增加 100% ≠ 530.72万元 / 0.00", ""),
        ("narrative.changes", "+4,322.77万元 ≠ +3,070.69万元 -392.92万元 持平 +100万元", ""),
        ("narrative.paths", "一般行政事务管理 ≠ 一般行政管理事务", ""),  # two words have changed places
        ("wording.change-without-unit", "上年相比减少100万元,减少9.52", ""),  # the per cent sign is lost
    ],
    "js-jcy-2018": [
        ("narrative.growth", "增加 21.95% ≠ 3,958.67万元 / 17,996.68", ""),  # is 22.00 %
        ("narrative.growth", "增加 0.06% ≠ 21.8万元 / 3,644.20", ""),  # is 0.60 %
        ("narrative.growth", "减少 0.66% ≠ 134万元 / 2,029.00", ""),  # is 6.60 %
        # the shares were made to add up to 100.00: they are 99.934, 0.066, 63.740 and 10.877 %
        ("narrative.share", "99.94% ≠ 21,940.96万元 / 21,955.35万元", ""),
        ("narrative.share", "63.75% ≠ 13,994.31万元 / 21,955.35万元", ""),
        ("narrative.share", "99.94% ≠ 21,940.96万元 / 21,955.35万元", ""),
        ("narrative.cut-off", "减少 9.1% ≠ 184.96万元 / 2,021.18", "cut-off"),  # is 9.15 %
        ("narrative.cut-off", "增加 36.58% ≠ 2,915.22万元 / 7,968.14", "cut-off"),  # is 36.586 %
        ("narrative.cut-off", "0.06% ≠ 14.39万元 / 21,955.35万元", "cut-off"),
        ("narrative.cut-off", "10.87% ≠ 2,388.04万元 / 21,955.35万元", "cut-off"),
        # one increase of the fiscal grant, printed as 3,959.28 for revenue and 3,958.98 for expenditure
        ("narrative.change", "+3,959.28万元 ≠ +3,958.98万元", ""),
    ],
    "js-swb-2019": [
        ("narrative.growth", "增加 30% ≠ 878.93万元 / 3,015.16", ""),  # is 29.15 %
        # the three shares of 三公 were made to add up to 100.00: 411.20 / 508.20 is 80.913 %
        ("narrative.share", "80.92% ≠ 411.20万元 / 508.20万元", ""),
        ("narrative.cut-off", "增加 16.07% ≠ 1,297.83万元 / 8,072.29", "cut-off"),  # is 16.078 %
    ],
}


def test_the_true_slips_and_nothing_else(case: Case) -> None:
    """Each was checked by hand against the page; those that the labels of the case do not name are told above."""
    found = [(f.code, dict(f.data)["relation"], dict(f.data).get("why", "")) for f in alarms(case.report)]
    assert len(found) == len(SLIPS[case.name])
    for (code, relation, why), expected in zip(found, SLIPS[case.name], strict=True):
        assert (code, relation[: len(expected[1])], why) == expected


def test_questions_are_few(case: Case) -> None:
    """工会经费 of the court is 410.00 万元, 4.1 % of the wages printed, where the law says 2 %.

    Tables 6, 8 and 11 of the procuratorate print 差旅费 (30211) behind 其他商品和服务支出 (30299).
    """
    expected = {"js-gy-2018": ["plausible.union"], "js-jcy-2018": ["classification.order"] * 3}
    questions = [f.code for f in case.report.findings if f not in alarms(case.report)]
    assert questions == expected.get(case.name, [])


def test_sums_of_every_table_were_tested(case: Case) -> None:
    exact = Counter(c.rule for c in case.report.comparisons if c.verdict is Verdict.EXACT)
    rules = ("functional", "economic", "fund", "period", "use", "item", "purchase")
    assert all(exact[f"additivity.{rule}"] for rule in rules)
    assert exact["agreement.personnel"] == 4
    assert exact["agreement.balance"] == 2
    assert exact["agreement.agency-running"] == {"js-gy-2018": 15, "js-jcy-2018": 14, "js-swb-2019": 15}[case.name]
    assert [place for _, place, count in tied_figures(case.report) if not count] == []


def test_what_is_not_tested_says_why(case: Case) -> None:
    left = {(c.rule, c.reason) for c in case.report.comparisons if c.verdict is Verdict.NOT_TESTED}
    assert left <= {
        ("additivity.tables", "parts-missing"),  # uses of fiscal money: no table prints them by budget
        ("within.agency-running", "no-table"),  # no table prints running costs as such
        ("narrative.absence", "no-table"),  # there is no table of the state capital budget in these years
        ("narrative.change", "last-year"),
        ("narrative.changes", "parts-missing"),  # not every subject states its change
        ("narrative.performance-count", "no-table"),
        ("narrative.flat", "last-year"),
        ("plausible.agency-institution", "no-nature"),
        ("narrative.fund-changes", "parts-missing"),  # the text speaks of the general budget only
        ("classification.parent", "parts-missing"),
        ("classification.organ-subjects", "other-nature"),
        ("classification.institution-subjects", "other-nature"),
        ("classification.personnel-columns", "no-table"),
        ("completeness.state-capital-table", "not-in-layout"),
        ("completeness.assets", "early-year"),
        ("completeness.performance", "early-year"),
        ("completeness.three-public-stages", "other-stage"),
        ("completeness.plan-and-outcome", "other-stage"),
        ("completeness.small-firms", "other-stage"),
        ("completeness.trips-abroad", "other-stage"),
        ("completeness.vehicle-counts", "other-stage"),
        ("completeness.receptions", "other-stage"),
        ("completeness.targets", "no-table"),
        ("completeness.total-line", "parts-missing"),
        ("wording.department-in-unit", "other-body"),  # these are departments
    }


def test_purchases_are_typed(case: Case) -> None:
    found = table(case.reading.disclosure, TableKind.PROCUREMENT)
    assert found is not None
    heads = [line.head for line in found.lanes[0].lines if isinstance(line.head, PurchaseHead)]
    things = [head for head in heads if head.thing]
    assert all(head.buying and head.programme and head.subject for head in things)
    assert (
        Counter(head.buying for head in things)
        == {
            "js-gy-2018": {Buying.OWN: 20, Buying.DEPARTMENT: 4, Buying.CENTRAL: 2},
            "js-jcy-2018": {Buying.OWN: 29, Buying.DEPARTMENT: 3, Buying.CENTRAL: 2},
            "js-swb-2019": {Buying.OWN: 22, Buying.DEPARTMENT: 1, Buying.CENTRAL: 3},
        }[case.name]
    )
