"""Sentences that published documents print rightly, and slips that exactly one rule finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.consistency import Verdict
from govbudget.invariants import audit, select, sketch
from govbudget.layouts import layout, table_layout_ids
from govbudget.model import Disclosure
from govbudget.testing import consistent_disclosures

WORDS = select("wording")
FORMAL = select("wording", "classification", "completeness")

HEAD = """
unit budget 2024
of 某市某中心
## {cover}
某市某中心2024年单位预算
2024年2月6日
## 2024年单位预算情况说明 {explanation}
"""


def violated(text: str) -> list[str]:
    report = audit(sketch(text), rules=WORDS, diagnosis=False)
    return [c.rule for c in report.comparisons if c.verdict is Verdict.VIOLATED]


@pytest.mark.parametrize(
    "sentence",
    [
        "按照综合预算的原则，所有收入和支出均纳入部门预算管理。",
        "2024年单位预算安排购置车辆0辆，比2023年单位预算安排减少1辆。",
        "2023年当年预算执行数为60.13万元，2024年预算安排25.77万元，比2023年预算执行数减少57.14%。主要原因是：项目调整。",
        "收入总计7,917.19万元，与上年相比增加3,958.67万元，增长21.95 %。",
        "退休人员经费57.43万元，减少2.27%，主要原因是退休人员增加，由社保发放。",
        "住房公积金减少12.63%，主要原因是上年支出增加。",
        "“三公”经费预算数为2.40万元，与上年持平，主要原因是业务量无变化。",
        "人员经费增加、公用经费减少，两者相抵与上年持平。",
        "因公出国（境）费0万元；维修（护）费1.50万元；依据《中华人民共和国预算法》编制。",
        "1）培训费2.00万元；2）会议费1.00万元。",
        "截至2023年12月31日，本单位共有车辆0辆，单价100万元（含）以上设备（不含车辆）0台（套）。",
        "占比由50.00%提高到52.00%，提高2个百分点。",
        "2024年5月起执行新的标准，详见2023年部门决算。",
        "其中：一般公共预算拨款收入1,147.95万元，占100%。",
        "项目A001X型设备采购，XXL号工作服10套。",
        "截至2022年12月31日，共有车辆3辆。",
        "支出预算9.00万元，比上年减少，主要是人员变动等原因。人员减少是其主要原因。",
        "主要原因：\n一是人员减少；二是业务量减少。",
        "（如无特殊说明，金额单位均为万元）为达到目的的支出。",
        "2023年政府采购预算10.00万元，2024年政府采购预算14.20万元。",
        "公务接待费减少0.10万元，下降4%，主要原因是压缩公务接待费预算。",
    ],
)
def test_what_is_printed_rightly_is_left_alone(sentence: str) -> None:
    assert violated(HEAD + sentence) == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("支出预算9.00万元，比上年增长/下降1.00万元。", "wording.choice"),
        ("政府采购预算XXX万元。", "wording.blank"),
        ("政府采购预算____万元。", "wording.blank"),
        ("支出预算9.00万元，比上年减少，主要原因为：。", "wording.empty-reason"),
        ("（若无，则写“本单位无机关运行经费”。）机关运行经费5.00万元。", "wording.instruction"),
        ("本单位共有车辆0辆，2024年本部门政府采购预算14.20万元。", "wording.department-in-unit"),
        ("2023年度政府采购预算14.20万元。", "wording.year-of-plan"),
        ("截至2021年8月31日，共有车辆3辆。", "wording.as-of"),
        ("宣传经费1.00万元，增加5%，主要原因是宣传经费减少。", "wording.reason-direction"),
        ("公务接待费0.95万元（含外宾接待0.00万元，与上年持平。", "wording.brackets"),
        ("“三公经费预算2.40万元，与上年持平。", "wording.quotes"),
        ("支出预算9.00万元。。", "wording.punctuation"),
        ("支出预算9.00万元元，与上年持平。", "wording.doubled-words"),
        ("支出预算9.00万元，比上年减少9.52，主要原因是压缩开支。", "wording.change-without-unit"),
        ("其中：基本支出8.00，项目支出1.00万元。", "wording.amount-without-unit"),
        ("支出预算9.00万元，增长12.5个百分点。", "wording.percentage-points"),
        ("支出预算9.00万元，比上年减少-1.00万元。", "wording.minus"),
    ],
)
def test_a_slip_is_found_by_one_rule(sentence: str, rule: str) -> None:
    assert violated(HEAD + sentence) == [rule]


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_what_is_built_from_leaves_is_in_form(data: st.DataObject) -> None:
    """In whatever layout figures are published, no word, code or table of it is found fault with."""
    form = layout(data.draw(st.sampled_from(table_layout_ids())))
    disclosure: Disclosure = data.draw(consistent_disclosures(form=form, max_leaves=5))
    # the generator prints a class in one block of a list and its 款 in the next, as no form does
    rules = [rule for rule in FORMAL if rule.id != "completeness.levels"]
    found = [c for c in audit(disclosure, rules=rules, diagnosis=False).comparisons if c.verdict is Verdict.VIOLATED]
    assert found == []
