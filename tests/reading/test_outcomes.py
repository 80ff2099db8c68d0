"""Phrases of final accounts, as bodies of several provinces print them."""

from __future__ import annotations

import pytest

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, audit, select
from govbudget.model import (
    ChangeClaim,
    Claim,
    CompletionClaim,
    CountClaim,
    Counted,
    Direction,
    FlatClaim,
    GrowthClaim,
    MovementClaim,
    Stage,
)
from govbudget.money import MoneyUnit, Percent
from govbudget.reading import Reading, read

HEAD = "某县某局\n\n2024年度部门决算\n\n"
GRID = "收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n其他收入\t1.00\t结余分配\t1.00\n\n"
TABLE = f"表1：2024年收入支出决算总表\n部门：某县某局\n单位：万元\n\n{GRID}"


def said(heading: str, text: str) -> Reading:
    return read(f"{HEAD}{TABLE}{heading}\n\n{text}\n".encode(), name="a.txt", layout="central-final-accounts")


def claims(reading: Reading) -> list[Claim]:
    return [claim for section in reading.disclosure.narrative.sections for claim in section.claims]


def told(report: AuditReport, id: str) -> list[Verdict]:
    return [c.verdict for c in report.comparisons if c.rule == id]


GENERAL = "五、一般公共预算财政拨款支出决算情况说明"


def test_planned_and_spent() -> None:
    text = "一般公共预算财政拨款支出年初预算为2993.92万元，支出决算为2940.05万元，完成年初预算的98.20%。"
    reading = said(GENERAL, text)
    assert reading.findings == ()
    plan, outcome, rate = claims(reading)
    assert [c.of[0].stage for c in (plan, outcome)] == [Stage.BUDGET, Stage.FINAL]
    assert isinstance(rate, CompletionClaim)
    assert (rate.base.stage, rate.percent) == (Stage.BUDGET, Percent(9820, 2))
    assert told(audit(reading.disclosure, rules=select("outcome")), "outcome.completion") == [Verdict.EXACT]


def test_the_budget_of_the_whole_year() -> None:
    reading = said(GENERAL, "一般公共预算财政拨款支出全年预算为10.00万元，支出决算为9.00万元，完成全年预算的90%。")
    assert claims(reading)[0].of[0].stage is Stage.ADJUSTED
    assert told(audit(reading.disclosure, rules=select("outcome")), "outcome.completion") == [Verdict.EXACT]


def test_accounts_tell_of_vehicles_that_were_bought() -> None:
    """购置 is to be done in a budget; accounts tell what was done, and what is kept is there in both."""
    reading = said("七、财政拨款“三公”经费支出决算情况说明", "公务用车购置数量为1辆，公务用车保有量为0辆。")
    assert reading.findings == ()
    found = [(c.what, c.count, c.planned) for c in claims(reading) if isinstance(c, CountClaim)]
    assert found == [(Counted.VEHICLES_BOUGHT, 1, False), (Counted.VEHICLES_KEPT, 0, False)]
    asked = audit(reading.disclosure, rules=select("plausible.bought"))
    assert told(asked, "plausible.bought") == [Verdict.VIOLATED]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("编报绩效目标", Counted.PERFORMANCE_PROJECTS),
        ("实行绩效目标管理", Counted.PERFORMANCE_PROJECTS),
        ("绩效跟踪评价", Counted.MONITORED_PROJECTS),
        ("绩效跟踪", Counted.MONITORED_PROJECTS),
        ("绩效监控", Counted.MONITORED_PROJECTS),
        ("绩效自评", Counted.EVALUATED_PROJECTS),
        ("绩效评价", Counted.EVALUATED_PROJECTS),
    ],
)
def test_projects_are_counted_in_the_stage_that_is_named(words: str, what: Counted) -> None:
    reading = said("十、预算绩效管理情况", f"{words}的2024年度项目3个，涉及预算金额10.00万元。")
    assert reading.findings == ()
    count, amount = claims(reading)
    assert isinstance(count, CountClaim)
    assert (count.what, count.count) == (what, 3)
    assert amount.of[0].item.value == what.value.removesuffix("_projects")


@pytest.mark.parametrize(
    ("words", "direction"),
    [("决算数小于预算数的主要原因：人员变动", Direction.DOWN), ("决算数大于年初预算数的原因是人员增加", Direction.UP)],
)
def test_larger_or_smaller_and_why(words: str, direction: Direction) -> None:
    reading = said(GENERAL, f"一般公共预算财政拨款支出年初预算为5.00万元，支出决算为4.00万元。{words}，工资调整。")
    assert reading.findings == ()
    moved = [c for c in claims(reading) if isinstance(c, MovementClaim)]
    assert [c.direction for c in moved] == [direction]
    expected = Verdict.EXACT if direction is Direction.DOWN else Verdict.VIOLATED
    assert told(audit(reading.disclosure, rules=select("outcome")), "outcome.movement") == [expected]


def test_roughly_as_planned_proves_nothing_of_unequal_figures() -> None:
    text = "一般公共预算财政拨款支出年初预算为{}万元，支出决算为4.00万元。决算数与预算数{}持平。"
    for plan, word, verdict in (
        ("4.00", "基本", Verdict.EXACT),
        ("4.10", "基本", Verdict.UNDECIDED),
        ("4.10", "", Verdict.VIOLATED),
    ):
        reading = said(GENERAL, text.format(plan, word))
        assert any(isinstance(c, FlatClaim) for c in claims(reading))
        assert told(audit(reading.disclosure, rules=select("outcome")), "outcome.movement") == [verdict]


def test_a_hundred_per_cent_beside_an_overspending() -> None:
    """天水市幼儿园 2017: 完成年初预算100% and 决算数大于预算数55.93万元 cannot both be."""
    text = "一般公共预算财政拨款支出1741.75万元；完成年初预算100%，决算数大于预算数55.93万元。"
    reading = said(GENERAL, text)
    change = next(c for c in claims(reading) if isinstance(c, ChangeClaim))
    assert (change.direction, change.base.stage) == (Direction.UP, Stage.BUDGET)
    report = audit(reading.disclosure, rules=select("outcome"))
    assert told(report, "outcome.completion") == [Verdict.VIOLATED]


@pytest.mark.parametrize(
    "text",
    [
        "2024年度收、支总计4,697.76万元。收、支与2023年度相比，减少956.31万元，下降16.9%。",
        "收入支出总计4697.76万元。与2023年度相比，收入支出总计减少956.31万元，下降16.91%。",
        "2024年度收入总计4697.76万元，支出总计4697.76万元。收、支与2023年度相比，减少956.31万元，下降16.9%。",
    ],
)
def test_the_subject_stands_in_the_clause_of_the_change(text: str) -> None:
    """重庆市开州区大进镇 2024 and 上海市普陀区财政局 2024."""
    reading = said("一、收入支出决算总体情况说明", text)
    assert reading.findings == ()
    found = claims(reading)
    assert sum(isinstance(c, ChangeClaim) for c in found) == 1
    assert sum(isinstance(c, GrowthClaim) for c in found) == 1
    report = audit(reading.disclosure, rules=select("narrative.growth"))
    assert told(report, "narrative.growth") in ([Verdict.EXACT], [Verdict.ROUNDING])


def test_totals_of_an_urumqi_body() -> None:
    """乌鲁木齐市政务服务中心 2023: 434.16 + 0.55 is 434.71 and prints 434.72; every clause names its fact."""
    text = (
        "2024年度收入总计434.72万元，其中：本年收入合计434.16万元，使用非财政拨款结余0.00万元，"
        "年初结转和结余0.55万元。收入支出总体与上年相比，增加58.21万元，增长15.46%。"
    )
    reading = said("一、收入支出决算总体情况说明", text)
    assert reading.findings == ()
    assert all(c.of for c in claims(reading) if not hasattr(c, "kind"))


def test_four_decimals() -> None:
    reading = said(GENERAL, "一般公共预算财政拨款支出503.2354万元。")
    amount = claims(reading)[0].amount  # type: ignore[union-attr]
    assert (amount.fen, amount.places, amount.unit) == (503_235_400, 4, MoneyUnit.WAN_YUAN)
