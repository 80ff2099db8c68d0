"""Comparisons with the year before and their reasons count as given in every wording that is read."""

from __future__ import annotations

import pytest

from govbudget.consistency import Verdict
from govbudget.invariants import audit, select, sketch

CHANGED = """
layout hangzhou-unit-budget
## 支出预算情况说明 {{expenditure}}
支出预算3.00万元，比上年预算增加1.00万元{reason}。
=> change expenditure current: +1.00万元 vs 2023 budget
"""


def told(text: str, rule: str) -> list[Verdict]:
    return [c.verdict for c in audit(sketch(text), rules=select(rule), diagnosis=False).comparisons]


@pytest.mark.parametrize("opening", ["主要原因是", "原因是", "主要理由是", "主要是", "主要系"])
def test_a_reason_is_one_however_it_opens(opening: str) -> None:
    given = CHANGED.format(reason=f"，{opening}人员有所增减")
    assert told(given, "completeness.total-reason") == [Verdict.EXACT]
    assert told(CHANGED.format(reason=""), "completeness.total-reason") == [Verdict.VIOLATED]


@pytest.mark.parametrize("words", ["去年无此项预算", "上年没有该项资金安排", "比2023年预算数增加1.00万元"])
def test_that_there_was_nothing_before_is_a_comparison(words: str) -> None:
    text = f"layout hangzhou-unit-budget\n## 支出预算情况说明 {{expenditure}}\n支出预算3.00万元，{words}。\n"
    assert told(text, "completeness.changes") == [Verdict.EXACT]
