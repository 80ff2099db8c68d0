"""Faults of whole documents, and clean documents: what stands beside the examples of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
from tests.final_accounts import EXAMPLE, page

from govbudget.model import Disclosure, Fund, Use
from govbudget.reading import read
from govbudget.testing import Leaf, publish

SOURCE = (Path(__file__).parents[2] / "examples" / "hangzhou-2024.md").read_text(encoding="utf-8")

Change = Callable[[str], str]


def swap(old: str, new: str, count: int = 1) -> Change:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, count)

    return change


def after(mark: str, old: str, new: str) -> Change:
    """Replace the first ``old`` behind ``mark``."""

    def change(text: str) -> str:
        start = text.index(mark)
        at = text.index(old, start)
        return text[:at] + new + text[at + len(old) :]

    return change


def without(start: str, stop: str) -> Change:
    def change(text: str) -> str:
        a = text.index(start)
        b = text.index(stop, a)
        return text[:a] + text[b:]

    return change


FAULTS: dict[str, Change] = {
    "additivity.functional": after("### 表3", "| 事业运行 | 946.65 | 802.52", "| 事业运行 | 946.65 | 802.25"),
    "additivity.economic": after("### 表6", "| 印刷费 | 2.50 |  | 2.50", "| 印刷费 | 5.20 |  | 5.20"),
    "additivity.use": after("### 表5", "802.52 | 144.13", "802.52 | 144.31"),
    "additivity.fund": after("### 表10", "69.08 | 69.08", "69.08 | 68.09"),
    "additivity.period": after("### 表1", "收入总计 | 1,147.95", "收入总计 | 1,147.59"),
    "additivity.item": after("### 表7", "合计 | 2.40 |  | 2.40", "合计 | 2.40 |  | 4.20"),
    "additivity.entity": after("### 表7", "| 合计 | 2.40", "| 合计 | 4.20"),
    "additivity.project": after("### 表11", "职工帮扶 | 69.08", "职工帮扶 | 96.08"),
    "additivity.claims": swap("政府采购服务预算12.20万元", "政府采购服务预算21.20万元"),
    "additivity.tables": after("### 表4", "卫生健康支出 | 28.02", "卫生健康支出 | 82.02"),
    "tables.basic": after("### 表6", "| 合计 | 1,078.87", "| 合计 | 1,078.78"),
    "agreement.narrative": swap("人员经费934.74万元", "人员经费934.47万元"),
    "agreement.balance": after("### 表1", "支出总计 | 1,147.95", "支出总计 | 1,174.95"),
    "agreement.functional-balance": after("### 表2", "卫生健康支出 | 28.02", "卫生健康支出 | 28.20"),
    "agreement.source": after("### 表3", "卫生健康支出 | 28.02 | 28.02", "卫生健康支出 | 28.02 | 28.20"),
    "agreement.performance": swap("涉及当年财政拨款69.08万元", "涉及当年财政拨款96.08万元"),
    "within.reserved": swap("12.20万元。", "12.20万元。面向中小企业预留政府采购项目预算金额41.20万元。"),
    "within.reception": after("### 表6", "公务接待费 | 2.40 |  | 2.40", "公务接待费 | 4.20 |  | 4.20"),
    "narrative.growth": swap("增长8.55%", "增长5.85%"),
    "narrative.share": swap("占81.43%", "占84.13%"),
    "narrative.change": swap("占100%。", "占100%。收入预算1,147.95万元，比上年执行数增加53.17万元。"),
    "narrative.changes": swap("比上年执行数增加74.54万元", "比上年执行数增加73.54万元"),
    "narrative.flat": swap("费预算0万元，与上年预算持平", "费预算0万元，比上年预算减少1万元，与上年预算持平"),
    "narrative.absence": after(
        "### 表8", "| --- | --- | --- | --- |", "| --- | --- | --- | --- |\n| 合计 | 5.00 |  | 5.00 |"
    ),
    "narrative.counts": swap("一般公务用车0辆", "一般公务用车2辆"),
    "narrative.names": swap("办公费、印刷费", "办公费、水电费"),
    "wording.choice": swap("比上年执行数增加", "比上年执行数增加（减少）"),
    "wording.empty-reason": swap("主要原因是压缩接待开支", "主要原因是"),
    "narrative.paths": swap("卫生健康支出（类）行政", "医疗卫生与计划生育支出（类）行政"),
    "completeness.tables": without("### 表10", "### 表11"),
    "completeness.sections": without("### （八）", "### （九）"),
    "completeness.empty-tables": lambda text: swap("没有使用政府性基金预算拨款安排的支出，与上年持平", "详见表8")(
        swap("注：本单位无政府性基金拨款安排的支出，本表无数据", "")(text)
    ),
    "completeness.notes": after(
        "### 表8", "| --- | --- | --- | --- |", "| --- | --- | --- | --- |\n| 合计 | 5.00 |  | 5.00 |"
    ),
    "completeness.levels": without("| 行政事业单位医疗 | 28.02 | 28.02 | 28.02 |", "\n### 表3"),
}


DEPARTMENT = """# 2018年度某厅部门预算

## 八、一般公共预算基本支出预算情况说明

（一）人员经费3.00万元。

（二）公用经费5.00万元。

## 公开08表：一般公共预算基本支出预算表

部门：某厅 单位：万元

| 科目编码 | 科目名称 | 金额 |
| --- | --- | --- |
|  | 合计 | 8.00 |
| 301 | 工资福利支出 | 2.00 |
| 30101 | 基本工资 | 2.00 |
| 302 | 商品和服务支出 | 5.00 |
| 30201 | 办公费 | 4.00 |
| 30202 | 印刷费 | 1.00 |
| 303 | 对个人和家庭的补助 | 1.00 |
| 30301 | 离休费 | 1.00 |

## 公开11表：一般公共预算机关运行经费支出预算表

部门：某厅 单位：万元

| 科目编码 | 科目名称 | 机关运行经费支出 |
| --- | --- | --- |
|  | 合计 | 5.00 |
| 302 | 商品和服务支出 | 5.00 |
| 30201 | 办公费 | 4.00 |
| 30202 | 印刷费 | 1.00 |

## 公开12表：政府采购预算表

部门：某厅 单位：万元

| 采购品目大类 | 专项名称 | 经济科目 | 采购物品名称 | 采购组织形式 | 总计 |
| --- | --- | --- | --- | --- | --- |
| 合计 |  |  |  |  | 6.00 |
| 一、货物A |  |  |  |  | 6.00 |
|  | 设备购置费 | 办公设备购置 |  |  | 6.00 |
|  |  |  | 台式计算机 | 分散自行组织 | 4.00 |
|  |  |  | 复印机 | 政府集中采购 | 2.00 |
"""
"""A department with the tables that the Hangzhou layout does not have."""

FAULTS_OF_DEPARTMENT: dict[str, Change] = {
    "additivity.purchase": swap("政府集中采购 | 2.00", "政府集中采购 | 20.00"),
    "agreement.personnel": swap("人员经费3.00万元", "人员经费30.00万元"),
    "agreement.agency-running": after("公开11表", "办公费 | 4.00", "办公费 | 1.00"),
}

ACCOUNTS = page(EXAMPLE)
"""Budgets print neither outcomes nor closing balances; faults of these stand in final accounts."""

FAULTS_OF_ACCOUNTS: dict[str, Change] = {
    "balance.closing": after("政府性基金预算财政拨款收入支出决算表", "<td>6.23</td>", "<td>6.32</td>"),
    "balance.basic": after("一般公共预算财政拨款支出决算表", "<td>145.63</td>", "<td>154.63</td>"),
    "within.awarded": swap("授予中小企业合同金额6.00万元", "授予中小企业合同金额60.00万元"),
    "outcome.completion": swap("完成年初预算的97.58%", "完成年初预算的97.85%"),
    "outcome.movement": swap("决算数大于预算数", "决算数小于预算数"),
    "outcome.plans": swap("年初预算为197.08万元", "年初预算为190.78万元"),
}


def faulty() -> Iterator[tuple[str, list[Disclosure]]]:
    """Yield every fault as a document, by the rule it is there for."""
    for source, name, faults in (
        (SOURCE, "x.md", FAULTS),
        (DEPARTMENT, "x.md", FAULTS_OF_DEPARTMENT),
        (ACCOUNTS, "x.html", FAULTS_OF_ACCOUNTS),
    ):
        for id, change in faults.items():
            yield f"{name} {id}", [read(change(source).encode(), name=name).disclosure]


def clean() -> Iterator[tuple[str, list[Disclosure]]]:
    """Yield documents in which nothing is wrong, by name."""
    whole = SOURCE.replace("体检费", "医疗费")  # the one slip of the example, mended
    yield "examples/hangzhou-2024.md, its slip mended", [read(whole.encode(), name="x.md").disclosure]
    part = read(DEPARTMENT.encode(), name="x.md").disclosure
    yield "some tables of a department", [attrs.evolve(part, layout="")]  # of a layout others would be missing
    yield "accounts", [read(ACCOUNTS.encode(), name="x.html").disclosure]
    for fen in (1, 10**6 + 7, 123_456_789):
        leaves = [
            Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=7 * fen),
            Leaf(functional="2080505", economic="30108", use=Use.PERSONNEL, fen=fen),
            Leaf(functional="2012950", economic="30217", use=Use.RUNNING, fen=fen // 2 + 1),
            Leaf(functional="2012950", use=Use.PROJECT, fen=3 * fen, project="困难帮扶"),
            Leaf(functional="2296003", use=Use.PROJECT, fen=fen, project="体育", fund=Fund.GOVERNMENT_FUND),
        ]
        yield f"tables generated from {fen} 分", [attrs.evolve(publish(leaves), layout="")]  # without a narrative
