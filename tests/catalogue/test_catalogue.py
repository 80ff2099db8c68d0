"""The catalogue itself: unique, documented, worded, and every rule kills the fault it is there for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from tests.final_accounts import EXAMPLE, page

from govbudget.consistency import EventKind, Scope, SlipKind, Verdict
from govbudget.errors import GovBudgetError
from govbudget.invariants import CATALOGUE, JOINT, TRUNCATION, audit, rule, select
from govbudget.invariants.context import Context
from govbudget.invariants.rule import Outcome
from govbudget.model import Disclosure, Finding, Fund, Severity
from govbudget.reading import REMARKS, read
from govbudget.reports import message, title
from govbudget.reports.words import Lang, texts

SOURCE = (Path(__file__).parents[2] / "examples" / "hangzhou-2024.md").read_text(encoding="utf-8")


def test_ids_are_unique_and_well_formed() -> None:
    ids = [r.id for r in CATALOGUE]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+\.[a-z-]+", id) for id in ids)
    assert len({r.title_zh for r in CATALOGUE}) == len({r.title_en for r in CATALOGUE}) == len(ids)


@pytest.mark.parametrize("found", CATALOGUE, ids=lambda r: r.id)
def test_rules_are_documented(found: object) -> None:
    from govbudget.invariants import Rule

    assert isinstance(found, Rule)
    assert len(found.doc) > 60
    assert found.basis
    assert re.search(r"[\u4e00-\u9fff]", found.title_zh)
    assert not re.search(r"^[\u4e00-\u9fff]", found.title_en)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_has_words(lang: Lang) -> None:
    for code in REMARKS:
        template = texts()["messages"][code][lang]
        names = re.findall(r"\{(\w+)\}", template)
        data = tuple((name, f"<{name}>") for name in names)
        said = message(Finding(code=code, severity=Severity.INFO, data=data), lang)
        assert all(f"<{name}>" in said for name in names)
    for found in CATALOGUE:
        template = found.message_zh if lang == "zh" else found.message_en
        names = re.findall(r"\{(\w+)\}", template)
        assert set(names) <= {"subject", "relation", "difference", "why", "candidates", "printed", "gap"}, found.id
        said = message(Finding(code=found.id, severity=Severity.INFO, data=tuple((n, f"<{n}>") for n in names)), lang)
        assert all(f"<{name}>" in said for name in names)
        assert "{" not in said
        assert "[" not in said
    assert set(texts()["slips"]) == {kind.name.lower() for kind in (*SlipKind, *EventKind)}
    assert set(texts()["severities"]) == {severity.value for severity in Severity}
    for group in ("verdicts", "severities", "reasons", "slips"):
        assert all(words[lang] for words in texts()[group].values())


def test_messages_are_all_in_use() -> None:
    codes = set(REMARKS) | {JOINT, TRUNCATION, "suspect"}
    codes |= {f"suspect-{scope.value}" for scope in Scope}
    assert set(texts()["messages"]) <= codes
    source = "\n".join(p.read_text(encoding="utf-8") for p in (Path(__file__).parents[2] / "src").rglob("*.py"))
    assert all(f'"{reason}"' in source for reason in texts()["reasons"])
    assert all(f'"{code}"' in source.replace("remarks.py", "") for code in REMARKS)


def test_a_rule_without_a_docstring_is_refused() -> None:
    def check(ctx: Context) -> Iterator[Outcome]:
        yield from ()

    with pytest.raises(GovBudgetError, match="docstring"):
        rule("x.y", zh="甲", en="a", basis="b")(check)


def test_callers_pass_their_own_rules(example: object) -> None:
    from govbudget.reading import Reading

    assert isinstance(example, Reading)
    only = audit(example.disclosure, rules=select("agreement.balance"))
    assert {c.rule for c in only.comparisons} == {"agreement.balance"}
    with pytest.raises(GovBudgetError, match="groups are"):
        select("nonsense")
    assert title("agreement.balance", "en") == "Revenue and expenditure balance"


def test_audits_are_deterministic(example: object) -> None:
    from govbudget.reading import Reading

    assert isinstance(example, Reading)
    assert audit(example.disclosure) == audit(example.disclosure)


# -- fault × rule ---------------------------------------------------------------------------------------------------

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
    "agreement.tables": after("### 表6", "| 合计 | 1,078.87", "| 合计 | 1,078.78"),
    "agreement.narrative": swap("人员经费934.74万元", "人员经费934.47万元"),
    "agreement.balance": after("### 表1", "支出总计 | 1,147.95", "支出总计 | 1,174.95"),
    "agreement.functional-balance": after("### 表2", "卫生健康支出 | 28.02", "卫生健康支出 | 28.20"),
    "agreement.source": after("### 表3", "卫生健康支出 | 28.02 | 28.02", "卫生健康支出 | 28.02 | 28.20"),
    "agreement.performance": swap("涉及当年财政拨款69.08万元", "涉及当年财政拨款96.08万元"),
    "agreement.reserved": swap("12.20万元。", "12.20万元。面向中小企业预留政府采购项目预算金额41.20万元。"),
    "agreement.three-public": after("### 表6", "公务接待费 | 2.40 |  | 2.40", "公务接待费 | 4.20 |  | 4.20"),
    "narrative.growth": swap("增长8.55%", "增长5.85%"),
    "narrative.share": swap("占81.43%", "占84.13%"),
    "narrative.change": swap("占100%。", "占100%。收入预算1,147.95万元，比上年执行数增加53.17万元。"),
    "narrative.changes": swap("比上年执行数增加74.54万元", "比上年执行数增加75.54万元"),
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
    "balance.within": swap("授予中小企业合同金额6.00万元", "授予中小企业合同金额60.00万元"),
    "outcome.completion": swap("完成年初预算的97.58%", "完成年初预算的97.85%"),
    "outcome.movement": swap("决算数大于预算数", "决算数小于预算数"),
    "outcome.plans": swap("年初预算为197.08万元", "年初预算为197.80万元"),
}


def test_every_rule_has_its_fault() -> None:
    assert {*FAULTS, *FAULTS_OF_DEPARTMENT, *FAULTS_OF_ACCOUNTS} == {r.id for r in CATALOGUE}


@pytest.mark.parametrize("id", list(FAULTS_OF_DEPARTMENT))
def test_rules_of_departments_kill_their_faults(id: str) -> None:
    clean = audit(read(DEPARTMENT.encode(), name="x.md").disclosure, rules=select(id))
    assert {c.verdict for c in clean.comparisons} == {Verdict.EXACT}
    broken = audit(read(FAULTS_OF_DEPARTMENT[id](DEPARTMENT).encode(), name="x.md").disclosure, rules=select(id))
    assert broken.findings
    assert all(f.places and message(f, "zh") and message(f, "en") for f in broken.findings)


@pytest.mark.parametrize("id", list(FAULTS_OF_ACCOUNTS))
def test_every_rule_of_accounts_kills_its_fault(id: str) -> None:
    assert audit(read(ACCOUNTS.encode(), name="x.html").disclosure, rules=select(id)).findings == ()
    broken = audit(read(FAULTS_OF_ACCOUNTS[id](ACCOUNTS).encode(), name="x.html").disclosure, rules=select(id))
    assert broken.findings, [c for c in broken.comparisons if c.verdict is not Verdict.EXACT]
    for finding in broken.findings:
        assert finding.places
        assert message(finding, "zh")
        assert message(finding, "en")


@pytest.mark.parametrize("id", list(FAULTS))
def test_every_rule_kills_its_fault(id: str) -> None:
    clean = audit(read(SOURCE.encode(), name="x.md").disclosure, rules=select(id))
    before = {f.data for f in clean.findings}
    if id != "narrative.names":  # this budget really has that slip
        assert not before
    broken = audit(read(FAULTS[id](SOURCE).encode(), name="x.md").disclosure, rules=select(id))
    assert {f.data for f in broken.findings} - before, [c for c in broken.comparisons if c.verdict is not Verdict.EXACT]
    for finding in broken.findings:
        assert finding.places
        assert message(finding, "zh")
        assert message(finding, "en")


def test_each_rule_says_so_when_it_cannot_look(example: object) -> None:
    """Without tables, rules over tables do not pass silently: nothing is exact but what was really compared."""
    from govbudget.reading import Reading

    assert isinstance(example, Reading)
    bare: Disclosure = attrs.evolve(example.disclosure, tables=())
    report = audit(bare)
    untested = {c.rule for c in report.comparisons if c.verdict is Verdict.NOT_TESTED}
    assert {"agreement.narrative", "narrative.names", "narrative.absence"} <= untested
    nobody = attrs.evolve(example.disclosure, layout="of a city not known here")
    assert {
        c.reason for c in audit(nobody, rules=select("completeness.tables", "completeness.sections")).comparisons
    } == {"no-layout"}


def test_other_money_makes_parts_of_wholes() -> None:
    """Where a subject also has money of its own, the general budget's table may print less, never more."""
    from govbudget.model import Use
    from govbudget.testing import Leaf, publish

    mixed = publish(
        [
            Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=10**9),
            Leaf(functional="2012950", use=Use.PROJECT, fen=10**8, fund=Fund.GOVERNMENT_FUND, project="甲"),
        ]
    )
    report = audit(mixed, rules=select("agreement.source", "additivity.tables"))
    assert report.findings == ()
    assert any("≤" in c.relation for c in report.comparisons)
