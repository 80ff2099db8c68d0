"""Every published total of every document, added anew: reproduced, within rounding, or a known fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from govbudget.aggregation import Reproduced, reproduce, rollup
from govbudget.aggregation.codes import codes_of
from govbudget.invariants import audit
from govbudget.model import Disclosure, Fund, Severity
from govbudget.reading import read

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "hangzhou-2024.md"

# document → totals that are divided along some axis: reproduced exactly, within rounding, not at all
TOTALS = {
    "hangzhou-2024/source.txt": (225, 0, 0),
    "js-gy-2018-dept-budget/省法院2018年度部门预算公开.pdf": (122, 0, 0),
    "js-jcy-2018-dept-budget/2018年省检察院部门预算公开.pdf": (103, 0, 0),
    "js-swb-2019-dept-budget/江苏省委办公厅2019年度部门预算公开表格.pdf": (101, 0, 0),
    "sh-putuo-czj-2024-final-accounts/上海市普陀区财政局2024年度部门决算.pdf": (176, 12, 0),
    "sh-putuo-czj-2025-dept-budget/上海市普陀区财政局部门25年预算.pdf": (217, 0, 0),
    "sh-putuo-fly-2024-unit-budget/1769321433314-826553525.pdf": (177, 0, 0),
    "sh-putuo-sfj-2026-unit-budget/unit_budget.pdf": (281, 5, 8),
    "sh-putuo-wanli-2024-dept-budget/上海市普陀区人民政府万里街道办事处24年预算.pdf": (834, 0, 0),
}

KNOWN = "2040601"
"""The one slip: 行政运行 prints 64,840,547.00 of projects beside a total of 14,348,853.34 (支出预算总表 and
一般公共预算支出功能分类预算表 of 上海市普陀区司法局 2026)."""


def counts(found: tuple[Reproduced, ...]) -> tuple[int, int, int]:
    seen = Counter(one.grade.verdict.value for one in found)
    return seen["exact"], seen["rounding"], seen["violated"]


def test_the_example_reproduces_all_it_publishes() -> None:
    disclosure = read(EXAMPLE).disclosure
    assert counts(reproduce(disclosure)) == (225, 0, 0)
    for fund in (Fund.ALL, Fund.FISCAL, Fund.GENERAL):
        for row in rollup(disclosure, by=("functional", "use") if fund is Fund.GENERAL else "functional", fund=fund):
            assert row.printed is None or row.grade.residual == 0, row


@pytest.mark.parametrize("name", TOTALS)
def test_published_totals(case_file: Callable[[str], Path], name: str) -> None:
    if name.endswith(".pdf"):
        pytest.importorskip("pypdfium2")
    disclosure = read(case_file(name)).disclosure
    found = reproduce(disclosure)
    assert counts(found) == TOTALS[name]
    wrong = [one for one in found if one.grade.gap]
    if wrong:
        _explained(disclosure, wrong)


def _explained(disclosure: Disclosure, wrong: list[Reproduced]) -> None:
    """Each total that is not reproduced has the faulty figure among its leaves, or is one of them beside it."""
    report = audit(disclosure)
    told = {place for finding in report.findings if finding.severity is Severity.ERROR for place in finding.places}
    for one in wrong:
        words = {code for leaf in one.leaves for code in codes_of(leaf.fact.at)} | set(codes_of(one.at))
        assert KNOWN in words
        assert told & {leaf.place for leaf in one.leaves}, one


def test_final_accounts_within_rounding_are_the_known_ones(case_file: Callable[[str], Path]) -> None:
    """收入决算表 2,946.25 beside 2,946.26, 301 2,082.85 beside 2,082.86 and the like."""
    pytest.importorskip("pypdfium2")
    found = reproduce(
        read(case_file("sh-putuo-czj-2024-final-accounts/上海市普陀区财政局2024年度部门决算.pdf")).disclosure
    )
    off = [one for one in found if one.grade.verdict.value == "rounding"]
    assert {abs(one.grade.residual) for one in off} <= {10_000, 20_000}  # 0.01 or 0.02 万元
    assert (294625 * 10_000, 294626 * 10_000) in {(one.printed.value, one.total.value) for one in off}
    assert (208285 * 10_000, 208286 * 10_000) in {(one.printed.value, one.total.value) for one in off}


def test_what_only_some_parts_are_printed_of_stays_whole(case_file: Callable[[str], Path]) -> None:
    """A unit with money of its own prints spending of all funds and of the general budget: the rest is not lost."""
    pytest.importorskip("pypdfium2")
    disclosure = read(case_file("sh-putuo-fly-2024-unit-budget/1769321433314-826553525.pdf")).disclosure
    found = rollup(disclosure, by=("functional", "fund"))
    assert found.row("", Fund.ALL).fen == 12_121_164_00
    assert found.row("", Fund.GENERAL).fen == 9_501_164_00
    assert found.row("2081005", Fund.ALL).fen == 9_584_796_00
    assert all(row.grade.gap == 0 for row in found)
