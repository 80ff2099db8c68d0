"""Forms of what projects are to achieve: every cell of them is read, and what we print reads back."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.model import (
    Aim,
    Disclosure,
    Fund,
    GoalMoney,
    Indicator,
    Organization,
    ProjectGoals,
    Scope,
    Stage,
    goal_money,
)
from govbudget.money import Amount, MoneyUnit
from govbudget.reading import NumberRole, Reading, read
from govbudget.serializers import FORMATS, Format
from govbudget.testing import print_document, without_places

PRINTED = (*FORMATS[1:6], Format(name="PDF", extensions=(".pdf",), write=lambda d: print_document(d, "pdf")))

COVER = """某区某中心2026年度单位预算

一、单位基本情况
某中心负责养护道路。

"""
SHANGHAI = """财政项目支出绩效目标申报表\t\t\t\t\t\t\t
（2026年度）\t\t\t\t\t\t\t
项目名称\t\t道路养护\t\t项目性质\t阶段性项目\t项目类别\t特定目标类
主管部门\t\t某局\t\t实施单位\t某中心\t\t
计划开始日期\t\t2026-01-01\t\t计划完成日期\t2028-12-31\t\t
项目资金（元）\t\t项目资金总额\t\t1,030.00\t年度资金申请总额\t\t349.80
\t\t其中：财政资金\t\t1,030.00\t其中：当年财政拨款\t\t349.80
\t\t\t\t\t上年结转资金\t\t0.00
\t\t其他资金\t\t0.00\t其他资金\t\t—
项目绩效目标\t项目总体目标(2026年-2028年)\t\t\t\t年度总体目标\t\t
\t三年内养护全部道路。\t\t\t\t养护30公里道路。\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t\t\t年度(/项目)指标值\t
\t产出指标\t数量指标\t养护长度\t\t\t30公里\t
\t\t质量指标\t验收合格率\t\t\t=100.00(%)\t
\t满意度指标\t服务对象满意度指标\t居民满意度\t\t\t≥90.00(%)\t
"""
NATIONAL = """项目支出绩效目标表
（2026年度）

项目名称\t道路养护\t\t\t\t
主管部门及代码\t某局\t实施单位\t某中心\t\t
项目资金\t年度资金总额（万元）：\t0.03\t\t\t
\t其中：财政拨款\t0.02\t\t\t
\t其他资金\t0.01\t\t\t
年度总体目标\t养护30公里道路。\t\t\t\t
一级指标\t二级指标\t三级指标\t指标值\t权重\t备注栏
产出指标\t数量指标\t养护长度\t≥30公里\t40\t
效益指标\t社会效益\t通行改善\t明显\t50\t抽查
"""


def of_text(form: str) -> Reading:
    return read((COVER + form).encode(), name="a.txt", layout="hangzhou-unit-budget")


_NO_TABLES = {"read.no-tables", "read.organization-missing"}


def told(reading: Reading) -> list[str]:
    """The findings, but that there is no table, which would say who publishes."""
    return [finding.code for finding in reading.findings if finding.code not in _NO_TABLES]


def fen(goals: ProjectGoals, fund: Fund = Fund.ALL, *, annual: bool = True, carried: bool = False) -> int | None:
    found = goal_money(goals, fund, annual=annual, carried=carried)
    return found.amount.fen if found and found.amount is not None else None


def test_a_form_of_shanghai() -> None:
    reading = of_text(SHANGHAI)
    assert told(reading) == []
    (goals,) = reading.disclosure.goals
    assert (goals.title, goals.project, goals.year) == ("财政项目支出绩效目标申报表", "道路养护", 2026)
    assert (goals.department, goals.organization, goals.nature, goals.category) == (
        "某局", "某中心", "阶段性项目", "特定目标类",
    )  # fmt: skip
    assert (goals.start, goals.finish) == ("2026-01-01", "2028-12-31")
    assert fen(goals, annual=False) == fen(goals, Fund.FISCAL, annual=False) == 1030_00
    assert (fen(goals), fen(goals, carried=True)) == (349_80, 0)
    other = goal_money(goals, Fund.OTHER)
    assert other is not None
    assert (other.amount, other.said) == (None, "—")
    assert fen(goals, Fund.OTHER, annual=False) == 0
    assert [(aim.annual, aim.text) for aim in goals.aims] == [
        (False, "三年内养护全部道路。"),
        (True, "养护30公里道路。"),
    ]
    assert [(i.group, i.kind, i.name, i.target) for i in goals.indicators] == [
        ("产出指标", "数量指标", "养护长度", "30公里"),
        ("产出指标", "质量指标", "验收合格率", "=100.00(%)"),
        ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90.00(%)"),
    ]


def test_a_form_after_the_national_one() -> None:
    """Its title and year stand above it, its money is that of the year, its list has columns of its own."""
    reading = of_text(NATIONAL)
    assert told(reading) == []
    (goals,) = reading.disclosure.goals
    assert (goals.title, goals.year, goals.department) == ("项目支出绩效目标表", 2026, "某局")
    assert [fen(goals, funding) for funding in (Fund.ALL, Fund.FISCAL, Fund.OTHER)] == [
        300_00,
        200_00,
        100_00,
    ]
    assert [m.annual for m in goals.money] == [True, True, True]
    assert goals.aims == (Aim(label="年度总体目标", text="养护30公里道路。", annual=True),)
    assert [i.more for i in goals.indicators] == [(("权重", "40"),), (("权重", "50"), ("备注栏", "抽查"))]


SIDE_BY_SIDE = """项目支出绩效目标申报表
（2026年度）

项目名称\t道路养护\t\t\t\t\t
项目资金（万元）\t资金总额：\t7.00\t\t\t\t
\t一般公共预算拨款：\t4.00\t\t\t\t
\t政府性基金预算拨款：\t1.00\t\t\t\t
\t纳入财政专户管理的收入：\t\t\t\t\t
\t上年结余收入：\t2.00\t\t\t\t
绩效指标\t一级指标\t二级指标\t指标内容\t指标值\t二级指标\t指标内容\t指标值
\t产出指标\t数量指标\t养护长度\t90公里\t数量指标\t养护长度\t30公里
\t\t质量指标\t合格率\t95%\t\t修补\t9处
\t满意度指标\t居民满意度\t满意\t≥90%\t\t\t
"""
STACKED = """项目支出绩效目标申报表
（2026年度）

项目名称\t道路养护\t\t\t
长期绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t养护长度\t90公里
年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t养护长度\t30公里
年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t\t\t修补\t9处
"""


def _listed(goals: ProjectGoals) -> list[tuple[bool | None, str, str, str, str]]:
    return [(i.annual, i.group, i.kind, i.name, i.target) for i in goals.indicators]


def test_two_lists_of_indicators_side_by_side() -> None:
    """The one for all years on the left; what both share is printed once. Money may be divided by budget."""
    reading = of_text(SIDE_BY_SIDE)
    assert told(reading) == []
    (goals,) = reading.disclosure.goals
    assert [(m.fund, m.carried, m.amount.fen // 100_0000 if m.amount else None) for m in goals.money] == [
        (Fund.ALL, False, 7),
        (Fund.GENERAL, False, 4),
        (Fund.GOVERNMENT_FUND, False, 1),
        (Fund.SPECIAL_ACCOUNT, False, None),
        (Fund.ALL, True, 2),
    ]
    assert _listed(goals) == [
        (False, "产出指标", "数量指标", "养护长度", "90公里"),
        (False, "产出指标", "质量指标", "合格率", "95%"),
        (False, "满意度指标", "居民满意度", "满意", "≥90%"),
        (True, "产出指标", "数量指标", "养护长度", "30公里"),
        (True, "产出指标", "数量指标", "修补", "9处"),
    ]


def test_two_lists_of_indicators_below_each_other() -> None:
    """A header that comes again on the next page begins no list."""
    reading = of_text(STACKED)
    assert told(reading) == []
    assert _listed(reading.disclosure.goals[0]) == [
        (False, "产出指标", "数量指标", "养护长度", "90公里"),
        (True, "产出指标", "数量指标", "养护长度", "30公里"),
        (True, "产出指标", "数量指标", "修补", "9处"),
    ]


def test_every_amount_has_its_place() -> None:
    text = COVER + SHANGHAI
    reading = of_text(SHANGHAI)
    (goals,) = reading.disclosure.goals
    spans = [m.place.span for m in goals.money if m.amount is not None]
    assert [text[slice(*span)] for span in spans if span] == [
        "1,030.00",
        "1,030.00",
        "0.00",
        "349.80",
        "349.80",
        "0.00",
    ]
    assert [n.text for n in reading.numbers if n.span in spans and n.role is not NumberRole.FIGURE] == []
    assert [n.text for n in reading.numbers if n.role is NumberRole.UNREAD] == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("年度资金申请总额\t\t349.80", "年度资金申请总额\t12\t349.80", "read.line"),  # which of them is it?
        ("年度资金申请总额\t\t349.80", "年度资金申请总额\t\t三百元", "read.cell"),
        ("项目资金（元）", "项目资金", "read.unit-missing"),
    ],
)
def test_what_no_words_explain_is_told(old: str, new: str, code: str) -> None:
    assert told(of_text(SHANGHAI.replace(old, new))) == [code]


def test_a_sentence_that_refers_to_the_form_is_no_title() -> None:
    reading = of_text("七、绩效目标\n详见单位的项目绩效目标表\n\n" + SHANGHAI)
    assert reading.disclosure.goals[0].title == "财政项目支出绩效目标申报表"
    sections = reading.disclosure.narrative.sections
    kept = [*reading.disclosure.narrative.functions, *(p for section in sections for p in section.passages)]
    told = [dict(finding.data).get("text", "") for finding in reading.findings]
    assert any("详见单位" in text for text in [*told, *(passage.text for passage in kept)])


# -- printed, and read back -------------------------------------------------------------------------------------------

_WORDS = st.text(st.sampled_from("修建养护道路桥梁绿化环境改善居民满意安全"), min_size=2, max_size=8)
_LABELS = {
    False: {(Fund.ALL, False): "项目资金总额", (Fund.FISCAL, False): "其中：财政资金", (Fund.OTHER, False): "其他资金"},
    True: {
        (Fund.ALL, False): "年度资金申请总额",
        (Fund.FISCAL, False): "其中：当年财政拨款",
        (Fund.ALL, True): "上年结转资金",
        (Fund.OTHER, False): "其他资金",
    },
}


@st.composite
def lists(draw: st.DrawFn, annual: bool | None) -> list[Indicator]:
    """A list of indicators, each group and each kind of it together."""
    names = _WORDS.map("{}指标".format)
    made = []
    for group in draw(st.lists(names, unique=True, max_size=3)):
        for kind in draw(st.lists(names, unique=True, min_size=1, max_size=2)):
            target = draw(st.sampled_from(["≥90%", "=100.00(%)", "30公里", "明显", ""]))
            more = draw(st.sampled_from([(), (("权重", "40"),)]))
            name = draw(_WORDS)
            made.append(Indicator(group=group, kind=kind, name=name, target=target, annual=annual, more=more))
    return made


@st.composite
def forms(draw: st.DrawFn) -> ProjectGoals:
    unit = draw(st.sampled_from([MoneyUnit.YUAN, MoneyUnit.WAN_YUAN]))
    money = []
    for annual in draw(st.sampled_from([(False, True), (True,), ()])):
        for (fund, carried), label in _LABELS[annual].items():
            digits = draw(st.one_of(st.none(), st.integers(0, 10**9)))
            amount = None if digits is None else Amount(digits * unit.fen // 100, unit, 2)
            said = "" if amount is not None else draw(st.sampled_from(["", "—"]))
            money.append(GoalMoney(fund=fund, annual=annual, carried=carried, label=label, amount=amount, said=said))
    indicators = [i for annual in draw(st.sampled_from([(None,), (False, True), (True,)])) for i in draw(lists(annual))]
    maybe = st.one_of(st.just(""), _WORDS)
    aims = [
        Aim(label="项目总体目标", text=draw(maybe), annual=False),
        Aim(label="年度总体目标", text=draw(maybe), annual=True),
    ]
    return ProjectGoals(
        title="财政项目支出绩效目标申报表",
        project=draw(_WORDS),
        year=draw(st.one_of(st.none(), st.just(2026))),
        department=draw(maybe),
        organization=draw(maybe),
        nature=draw(maybe),
        category=draw(maybe),
        start=draw(st.sampled_from(["", "2026-01-01"])),
        finish=draw(st.sampled_from(["", "2026-12-31"])),
        more=draw(st.sampled_from([(), (("联系电话", "88888888"),), (("项目负责人", ""), ("备注", "无"))])),
        money=tuple(money),
        aims=draw(st.sampled_from([(), tuple(aims), tuple(aims[1:])])),
        indicators=tuple(indicators) or (Indicator(group="产出指标", kind="", name="长度", target="30公里"),),
    )


ALONE = Disclosure(organization=Organization(name="某中心"), year=2026, stage=Stage.BUDGET, scope=Scope.UNIT)


@pytest.mark.parametrize("form", PRINTED, ids=[form.name for form in PRINTED])
@given(goals=st.lists(forms(), min_size=1, max_size=2))
@settings(max_examples=8)
def test_reading_inverts_printing(form: Format, goals: list[ProjectGoals]) -> None:
    disclosure = attrs.evolve(ALONE, goals=tuple(goals))
    reading = read(form.write(disclosure), name=f"a{form.extensions[0]}", layout="hangzhou-unit-budget")
    assert without_places(reading.disclosure).goals == tuple(goals)
    assert told(reading) == []
