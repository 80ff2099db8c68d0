"""Forms that no document at hand follows, with figures of our own: budgets and accounts read whole, and clean."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, alarms, audit
from govbudget.model import Flow, Fund, Item, Period, Scope, Severity, Stage, TableKind, figures, table
from govbudget.money import Amount
from govbudget.reading import NumberRole, Reading, read

FORMS = {
    "central": ("central-budget", Scope.DEPARTMENT, 9),
    "province": ("central-budget", Scope.DEPARTMENT, 10),
    "jiangsu-department": ("jiangsu-budget", Scope.DEPARTMENT, 13),
    "jiangsu-unit": ("jiangsu-budget", Scope.UNIT, 13),
    "sichuan-accounts": ("central-final-accounts", Scope.DEPARTMENT, 9),
}
_QUESTION = "plausible.housing-twice"  # the figures are made up


@cache
def source(name: str) -> str:
    return (Path(__file__).parent / "forms" / f"{name}.txt").read_text(encoding="utf-8")


@cache
def reading_of(name: str) -> Reading:
    return read(source(name).encode(), name=f"{name}.txt")


@cache
def report_of(name: str) -> AuditReport:
    return audit(reading_of(name).disclosure)


@pytest.mark.parametrize("name", FORMS)
def test_the_form_is_read_whole(name: str) -> None:
    reading = reading_of(name)
    disclosure = reading.disclosure
    assert (disclosure.layout, disclosure.scope, len(disclosure.tables)) == FORMS[name]
    assert [found.code for found in reading.findings if found.severity in (Severity.ERROR, Severity.WARNING)] == []
    assert [number.text for number in reading.numbers if number.role is NumberRole.UNREAD] == []


@pytest.mark.parametrize("name", FORMS)
def test_the_form_is_clean(name: str) -> None:
    report = report_of(name)
    assert alarms(report) == ()
    assert {finding.code for finding in report.findings} <= {_QUESTION}
    assert sum(c.verdict is Verdict.EXACT for c in report.comparisons) > 400


def test_a_title_of_units_makes_a_budget_of_a_unit() -> None:
    """One layout serves both; the cover says whose budget it is where headings and titles do not say otherwise."""
    text = source("jiangsu-department")
    assert read(text.encode(), name="a.txt").disclosure.scope is Scope.DEPARTMENT
    covered = text.replace("2022年度部门预算公开", "2022年度单位预算公开")  # and all headings speak of a department
    assert read(covered.encode(), name="a.txt").disclosure.scope is Scope.DEPARTMENT


def test_last_years_figures_and_what_changed() -> None:
    """2022年执行数 beside 2023年预算数, and the difference in money and in per cent."""
    disclosure = reading_of("central").disclosure
    found = table(disclosure, TableKind.GENERAL_EXPENDITURE)
    assert found is not None
    (lane,) = found.lanes
    assert [(c.at.year, c.at.stage) for c in lane.columns][:2] == [(2022, Stage.EXECUTION), (None, None)]
    assert [(c.rate, c.base.year, c.base.stage) for c in lane.changes] == [
        (False, 2022, Stage.EXECUTION),
        (True, 2022, Stage.EXECUTION),
    ]
    line = next(line for line in lane.lines if line.label == "事业运行")
    assert (line.changes, line.change_places) == ((40_1000_00, 442), (2, 2))
    items = table(disclosure, TableKind.THREE_PUBLIC)
    assert items is not None
    years = {f.at.year: f.cell for f in figures(items) if f.at.item is Item.THREE_PUBLIC}
    assert {year: cell.fen for year, cell in years.items() if isinstance(cell, Amount)} == {
        2022: 5_5000_00,
        2023: 5_4000_00,
    }


@pytest.mark.parametrize("name", ["central", "province"])
def test_tables_of_this_years_grants_are_told_by_their_sums(name: str) -> None:
    """Table 4 spends what was left from the year before too, table 5 does not: no two figures of one fact differ."""
    reading = reading_of(name)
    assert [found.code for found in reading.findings if found.code == "read.grants"] == ["read.grants"]
    periods = {
        f.at.period
        for t in reading.disclosure.tables
        if t.kind is TableKind.GENERAL_EXPENDITURE
        for f in figures(t)
        if f.at.fund is Fund.GENERAL
    }
    assert periods == {Period.GRANTED}
    section = next(s for s in reading.disclosure.narrative.sections if s.id == "general_basic")
    assert {at.period for claim in section.claims for at in claim.of if at.flow is Flow.EXPENDITURE} == {Period.GRANTED}


@pytest.mark.parametrize(
    ("old", "new", "rule", "meant"),
    [
        ("\t40.10\t4.42\n", "\t41.00\t4.42\n", "tables.changes", "40.10"),
        ("\t40.10\t4.42\n", "\t40.10\t4.24\n", "tables.rates", ""),
    ],
)
def test_a_slip_in_a_column_of_changes(old: str, new: str, rule: str, meant: str) -> None:
    text = source("central")
    assert text.count(old) == 1
    found = alarms(audit(read(text.replace(old, new).encode(), name="a.txt").disclosure))
    assert [(f.code, dict(f.data).get("proposal", "")) for f in found] == [(rule, meant)]
    assert "事业运行" in dict(found[0].data)["subject"]


_LINES = (Path(__file__).parent / "forms" / "titles.txt").read_text(encoding="utf-8").splitlines()[1:]
_TITLED = {place: (number, titles.split()) for place, number, titles in (line.split(" | ") for line in _LINES)}


def _titled(place: str) -> str:
    number, titles = _TITLED[place]
    usual, known = _TITLED["province"]
    text = source("province")
    for index, (old, new) in enumerate(zip(known, titles, strict=True), 1):
        printed = f"{usual.format(index)}\n\n{old}\n"
        assert printed in text
        text = text.replace(printed, f"{number.format(index)}\n\n{new}\n")
    return text


@pytest.mark.parametrize("place", list(_TITLED)[1:])
def test_the_same_tables_under_the_titles_of_other_places(place: str) -> None:
    reading = read(_titled(place).encode(), name="a.txt")
    assert [found.kind for found in reading.disclosure.tables] == [
        found.kind for found in reading_of("province").disclosure.tables
    ]
    assert [number.text for number in reading.numbers if number.role is NumberRole.UNREAD] == []
    assert [found.code for found in reading.findings if found.code == "read.line"] == []
    assert alarms(audit(reading.disclosure)) == ()


def test_a_table_that_was_not_understood_may_be_the_one_that_seems_to_be_missing() -> None:
    text = source("province").replace("\n政府性基金预算支出表\n", "\n政府性基金收支表\n")
    reading = read(text.encode(), name="a.txt")
    assert reading.disclosure.tables_unread == ("政府性基金收支表",)
    report = audit(reading.disclosure)
    assert alarms(report) == ()
    assert {c.reason for c in report.comparisons if c.rule == "completeness.fund-table"} == {"table-unread"}


_NAME = "某省某某厅"
_HEADINGS = {
    f"一、关于{_NAME}2023年收支预算情况的总体说明": "一、部门收支总体情况",
    f"二、关于{_NAME}2023年收入预算情况说明": "二、部门收入总体情况",
    f"三、关于{_NAME}2023年支出预算情况说明": "三、部门支出总体情况",
    f"四、关于{_NAME}2023年财政拨款收支预算情况的总体说明": "四、财政拨款收支总体情况",
    f"六、关于{_NAME}2023年一般公共预算基本支出情况说明": "六、一般公共预算财政拨款基本支出情况",
    f"七、关于{_NAME}2023年“三公”经费预算情况说明": "七、财政拨款“三公”经费情况",
    f"八、关于{_NAME}2023年政府性基金预算支出情况说明": "八、政府性基金预算情况",
    f"九、关于{_NAME}2023年国有资本经营预算支出情况说明": "九、国有资本经营预算情况",
    "十、其他重要事项的情况说明": "十、其他重要事项",
}


def test_headings_in_other_words_are_known_by_them_and_told() -> None:
    text = source("province")
    for old, new in _HEADINGS.items():
        assert old in text
        text = text.replace(f"{old}\n", f"{new}\n")
    reading = read(text.encode(), name="a.txt")
    known = reading_of("province").disclosure.narrative.sections
    assert [s.id for s in reading.disclosure.narrative.sections] == [s.id for s in known]
    told = [dict(found.data)["heading"] for found in reading.findings if found.code == "read.heading-inferred"]
    assert set(told) <= set(_HEADINGS.values())
    assert len(told) >= 6
    claims = [[type(c) for c in s.claims] for s in reading.disclosure.narrative.sections]
    assert claims == [[type(c) for c in s.claims] for s in known]
    assert alarms(audit(reading.disclosure)) == ()


_OF_ACCOUNTS = {
    "Hunan": {
        "一、收入支出决算总体情况说明": "一、收入支出决算总体情况",
        "二、收入决算情况说明": "二、收入决算情况",
        "四、财政拨款收入支出决算总体情况说明": "四、财政拨款收入支出决算总体情况",
        "五、一般公共预算财政拨款支出决算情况说明": "五、一般公共预算财政拨款支出决算情况",
        "七、财政拨款“三公”经费支出决算情况说明": "七、一般公共预算财政拨款三公经费支出决算情况",
        "八、政府性基金预算支出决算情况说明": "八、政府性基金预算收入支出决算情况",
        "九、国有资本经营预算支出决算情况说明": "九、国有资本经营预算财政拨款支出决算情况",
    },
    "Guizhou": {
        "一、收入支出决算总体情况说明": "（一）收入支出总体情况说明",
        "二、收入决算情况说明": "（二）收入情况说明",
        "三、支出决算情况说明": "（三）支出情况说明",
        "四、财政拨款收入支出决算总体情况说明": "（四）财政拨款收支情况说明",
        "六、一般公共预算财政拨款基本支出决算情况说明": "（六）基本支出情况说明",
        "八、政府性基金预算支出决算情况说明": "（八）政府性基金情况说明",
        "九、国有资本经营预算支出决算情况说明": "（九）国有资本经营情况说明",
    },
}


@pytest.mark.parametrize("place", _OF_ACCOUNTS)
def test_headings_of_accounts_in_other_words(place: str) -> None:
    """The words before a known ending count too: 国有资本经营预算财政拨款支出决算情况 is not all spending."""
    text = source("sichuan-accounts")
    for old, new in _OF_ACCOUNTS[place].items():
        assert old in text
        text = text.replace(old, new)
    reading = read(text.encode(), name="a.txt")
    known = reading_of("sichuan-accounts").disclosure.narrative.sections
    assert [len(s.claims) for s in reading.disclosure.narrative.sections if s.claims] == [
        len(s.claims) for s in known if s.claims
    ]
    assert alarms(audit(reading.disclosure)) == ()


_FIGURE = re.compile(r"(?<=\t)[\d,]+\.\d\d(?=[\t\n])")


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
def test_a_figure_changed_in_a_table_is_found(name: str, data: st.DataObject) -> None:
    """Every figure of the tables is tied to others."""
    text = source(name)
    spans = [match.span() for match in _FIGURE.finditer(text) if match[0][0] != "0"]
    start, stop = data.draw(st.sampled_from(spans))
    digit = str((int(text[start]) + data.draw(st.integers(1, 8))) % 10 or 9)
    if digit == text[start]:
        return
    report = audit(read(f"{text[:start]}{digit}{text[start + 1 :]}{text[stop:]}".encode(), name="a.txt").disclosure)
    assert alarms(report)
