"""The official blank workbooks: every table recognised, nothing taken for a figure, and nothing held against a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, audit
from govbudget.model import Said, Scope, Statement, is_empty, is_form
from govbudget.money import MoneyUnit
from govbudget.reading import NumberRole, Reading, read

FOLDER = "sh-template-2026-budget-xlsx"
FILES = {
    "unit_budget_template.xlsx": ("shanghai-unit-budget", Scope.UNIT),
    "budget_template.xls": ("shanghai-unit-budget", Scope.UNIT),
    "department_budget_template.xlsx": ("shanghai-department-budget", Scope.DEPARTMENT),
}


@pytest.fixture(scope="module", params=FILES)
def template(request: pytest.FixtureRequest, case_file: Callable[[str], Path]) -> tuple[str, Reading, AuditReport]:
    if request.param.endswith(".xls"):
        pytest.importorskip("xlrd")
    reading = read(case_file(f"{FOLDER}/{request.param}"))
    return request.param, reading, audit(reading.disclosure)


Template = tuple[str, Reading, AuditReport]


def test_all_tables_are_recognised_and_empty(template: Template) -> None:
    name, reading, _ = template
    disclosure = reading.disclosure
    assert (disclosure.layout, disclosure.scope) == FILES[name]
    assert (disclosure.year, [t.number for t in disclosure.tables]) == (2026, list(range(1, 10)))
    assert [t.unit for t in disclosure.tables] == [MoneyUnit.YUAN] * 8 + [MoneyUnit.WAN_YUAN]
    assert all(map(is_empty, disclosure.tables))
    assert is_form(disclosure)


def test_sample_rows_are_lines_and_dots_are_not(template: Template) -> None:
    """205 教育支出 is printed and kept, though to be overwritten; 一、 and … say nothing."""
    revenue = next(t for t in template[1].disclosure.tables if t.number == 2)
    labels = [line.label for line in revenue.lanes[0].lines]
    assert "教育支出" in labels
    assert "205" in {line.at.functional for line in revenue.lanes[0].lines}
    every = [line.label for t in template[1].disclosure.tables for lane in t.lanes for line in lane.lines]
    assert all(any("\u4e00" <= c <= "\u9fff" for c in label.lstrip("一二三四五六七八九十、")) for label in every)


def test_only_the_missing_name_is_told(template: Template) -> None:
    _, reading, _ = template
    assert [f.code for f in reading.findings] == ["read.organization-missing"]
    assert NumberRole.UNREAD not in {use.role for use in reading.numbers}


def test_blanks_of_the_sentences_are_kept_as_blanks(template: Template) -> None:
    claims = [c for s in template[1].disclosure.narrative.sections for c in s.claims]
    said = Counter(c.kind for c in claims if isinstance(c, Statement))
    assert said[Said.UNFILLED] > 40
    assert {s.id for s in template[1].disclosure.narrative.sections} >= {"explanation", "other_matters"}


def test_nothing_is_held_against_a_form(template: Template) -> None:
    """No violation, and where a rule cannot look it says why."""
    report = template[2]
    assert report.findings == ()
    assert not [c for c in report.comparisons if c.verdict is Verdict.VIOLATED]
    untested = {c.rule for c in report.comparisons if c.reason == "blank-form"}
    assert untested >= {"completeness.sections", "completeness.empty-tables", "wording.choice", "wording.blank"}
