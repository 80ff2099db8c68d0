"""One slip, one finding: what a wrong figure spoils is told with it."""

from __future__ import annotations

from govbudget.invariants import audit, sketch
from govbudget.reading import Reading
from govbudget.testing import figure_faults

SHARES = """
[1 summary]
-- 支出: expenditure
项目 | 预算数
基本支出 = current basic | 79.00
项目支出 = current project | 21.00
本年支出合计 = current | {}
## 支出预算情况说明 {{expenditure}}
基本支出占79%，项目支出占{}%。
=> share expenditure current basic of expenditure current: 79%
=> share expenditure current project of expenditure current: {}%
"""


def test_every_wrong_figure_of_the_example_is_one_finding(example: Reading) -> None:
    before = {finding.data for finding in audit(example.disclosure).findings}
    for fault in list(figure_faults(example.disclosure))[::43]:
        found = [f for f in audit(fault.disclosure).findings if f.data not in before]
        assert len(found) == 1, (fault.place, fault.was, fault.printed, [f.code for f in found])


def test_a_share_that_is_wrong_by_itself_stays_a_finding_of_its_own() -> None:
    assert audit(sketch(SHARES.format("100.00", 21, 21))).findings == ()
    one = audit(sketch(SHARES.format("1000.00", 21, 21))).findings
    assert [f.code for f in one] == ["additivity.use"]
    assert "narrative.share" in dict(one[0].data)["rules"]
    two = audit(sketch(SHARES.format("1000.00", 12, 12))).findings
    assert [f.code for f in two] == ["additivity.use", "narrative.share"]


def test_the_same_slip_in_two_tables_is_one_finding() -> None:
    table = "[{} {}{}]\n科目 | 合计\n20805 行政事业单位养老支出 | 9.00\n2080502 事业单位离退休 | 4.00\n"
    table += "2080506 机关事业单位职业年金缴费支出 | {}\n"
    right = table.format(2, "revenue", "", "5.00") + table.format(9, "fiscal_expenditure", "", "5.00")
    wrong = table.format(3, "expenditure", "", "50.00") + table.format(5, "general_expenditure", "", "50.00")
    (finding,) = audit(sketch(right + wrong)).findings
    assert {place.table for place in finding.places} >= {3, 5}
    assert dict(finding.data)["subject"].count("职业年金缴费支出") == 2
