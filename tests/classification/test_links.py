"""Correspondences across lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from govbudget.classification import (
    Budget,
    Scheme,
    Standing,
    budget_of,
    cofog,
    department_economic_of,
    economic_of,
    functional_of,
    gfsm,
    government_economic_of,
    tree,
)
from govbudget.classification.table import read_table
from govbudget.errors import GovBudgetError, UnknownCode

Shared = Callable[[str], list[dict[str, str]]]
F, D, G, R = Scheme.FUNCTIONAL, Scheme.DEPARTMENT_ECONOMIC, Scheme.GOVERNMENT_ECONOMIC, Scheme.REVENUE


def test_the_attested_map_of_2018(shared: Shared) -> None:
    for row in shared("economic_map.csv"):
        links = government_economic_of(row["department_code"], 2018)
        assert (row["government_code"], Standing.ATTESTED) in {(link.subject.code, link.standing) for link in links}
        back = department_economic_of(row["government_code"], 2018)
        assert row["department_code"] in {link.subject.code for link in back}


def test_who_spends_decides() -> None:
    links = {link.note: link for link in government_economic_of("30101", 2024)}
    assert (links["行政单位"].subject.code, links["行政单位"].exact) == ("50101", True)
    assert (links["事业单位"].subject.code, links["事业单位"].exact) == ("50501", True)
    assert [link.subject.code for link in government_economic_of("31005", 2024)] == ["50302", "50601"]


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_link_leads_into_the_edition(year: int) -> None:
    for subject in tree(D, year):
        for link in government_economic_of(subject.code, year):
            assert link.subject is tree(G, year)[link.subject.code]
    for subject in tree(G, year):
        for link in department_economic_of(subject.code, year):
            assert link.subject is tree(D, year)[link.subject.code]


def test_no_government_list_before_2018() -> None:
    with pytest.raises(GovBudgetError):
        government_economic_of("30101", 2017)


@pytest.mark.parametrize(
    ("functional", "economic"),
    [("2080505", "30108"), ("2080506", "30109"), ("2210201", "30113"), ("2101103", "30111")],
)
def test_contributions_are_the_same_money(functional: str, economic: str) -> None:
    (link,) = [link for link in economic_of(functional, 2024) if link.exact]
    assert link.subject.code == economic
    assert link.note
    assert functional in {link.subject.code for link in functional_of(economic, 2024)}


def test_pensions_and_medical_insurance_fit_in_part() -> None:
    assert {link.subject.code for link in economic_of("2080502", 2024)} == {"30301", "30302"}
    assert {link.subject.code for link in functional_of("30110", 2024)} == {"2101101", "2101102"}
    assert not any(link.exact for link in functional_of("30110", 2024))
    assert economic_of("2012950", 2024) == ()
    with pytest.raises(UnknownCode):
        economic_of("2999999", 2024)


def test_same_money_rows_name_codes_that_exist() -> None:
    for row in read_table("same_money.tsv"):
        year = int(row["until"] or row["since"] or 2024)
        assert row["functional"] in tree(F, year), row
        assert row["economic"] in tree(D, year), row
        assert row["exactness"] in {"exact", "partial"}
        assert row["note"]


@pytest.mark.parametrize("year", [2009, *range(2017, 2027)])
def test_every_functional_subject_has_a_cofog_division_or_a_reason(year: int) -> None:
    for subject in tree(F, year):
        if subject.code[:3] in {"218", "228"}:
            continue
        found = cofog(subject)
        assert found.code or found.note
        assert found.exact or found.note
        assert bool(found.name) == bool(found.code)
        assert found.standing is Standing.UNVERIFIED


def test_cofog() -> None:
    assert cofog(tree(F, 2024)["2012950"]).code == "01"
    assert cofog(tree(F, 2024)["2080505"]).code == "10"
    assert cofog(tree(F, 2024)["2101102"]).code == "07"
    assert cofog(tree(F, 2024)["2120501"]).by == "21205"
    with pytest.raises(GovBudgetError):
        cofog(tree(D, 2024)["301"])


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_department_economic_subject_has_a_gfsm_category(year: int) -> None:
    for subject in tree(D, year):
        found = gfsm(subject)
        assert found.name
        assert found.exact or found.note or subject.level == 1


def test_gfsm() -> None:
    assert gfsm(tree(D, 2024)["30101"]).name == "Wages and salaries"
    assert gfsm(tree(D, 2024)["302"]).code == "22"
    with pytest.raises(GovBudgetError, match="before 2018"):
        gfsm(tree(D, 2017)["30311"])
    with pytest.raises(GovBudgetError):
        gfsm(tree(F, 2024)["201"])


@pytest.mark.parametrize(
    ("scheme", "code", "budget"),
    [
        (F, "2012950", Budget.GENERAL_PUBLIC),
        (F, "2120803", Budget.GOVERNMENT_FUND),
        (F, "212", None),
        (F, "22301", Budget.STATE_CAPITAL),
        (F, "2090101", Budget.SOCIAL_INSURANCE),
        (R, "10101", Budget.GENERAL_PUBLIC),
        (R, "1030182", Budget.GOVERNMENT_FUND),
        (R, "102", Budget.SOCIAL_INSURANCE),
        (R, "103", None),
        (D, "30101", None),
    ],
)
def test_the_four_budgets(scheme: Scheme, code: str, budget: Budget | None) -> None:
    assert budget_of(tree(scheme, 2024)[code]) is budget
    assert budget is None or budget.title.endswith("预算")


def test_sections_of_a_county_budget_agree(shared: Shared) -> None:
    """Codes that one county printed in one section only stand in that budget, where the lists hold them."""
    titles = {"一般公共预算收支科目": Budget.GENERAL_PUBLIC, "政府性基金预算收支科目": Budget.GOVERNMENT_FUND}
    titles["社会保险基金预算收支科目"] = Budget.SOCIAL_INSURANCE
    wrong = []
    for row in shared("codes_in_use_2019.csv"):
        scheme = R if row["code"][0] == "1" else F
        subject = tree(scheme, 2019).get(row["code"])
        if subject is None or row["section"] not in titles or row["code"][0] not in "12":
            continue
        found = budget_of(subject)
        if found is not None and found is not titles[row["section"]]:
            wrong.append((row["code"], subject.name, row["section"], found))
    assert not wrong
