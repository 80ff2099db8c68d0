"""Two sides beside each other, and what explains a change."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.aggregation.bodies import budget

from govbudget.aggregation import Became, Measure, compare, decompose, peers, per_head, pivot, ranking, rollup
from govbudget.errors import GovBudgetError
from govbudget.model import Fund, Item, Stage, Use
from govbudget.reading import Reading, read

CODES = ["2012950", "2012999", "2080505", "2080506", "2101102"]
spending = st.dictionaries(st.tuples(st.sampled_from(CODES), st.just(Use.BASIC)), st.integers(1, 10**10), min_size=1)


@settings(max_examples=max(10, settings.default.max_examples // 3))
@given(spending, spending)
def test_the_parts_explain_the_whole_change(
    before: dict[tuple[str, Use], int], after: dict[tuple[str, Use], int]
) -> None:
    found = compare(budget("某院", spent=before, year=2023), budget("某院", spent=after))
    parts = decompose(found)
    change = sum(after.values()) - sum(before.values())
    assert found.row("").change == sum(part.row.change for part in parts) == change
    assert {part.row.key[0] for part in parts} == {code for code, _ in (*before, *after)}
    if change:
        assert sum((part.share for part in parts if part.share is not None), Fraction(0)) == 1
    assert sum((part.points or 0 for part in parts), Fraction(0)) == Fraction(change, sum(before.values()))
    assert [abs(part.row.change) for part in parts] == sorted((abs(p.row.change) for p in parts), reverse=True)
    for level in (0, 1, 2):
        assert sum(part.row.change for part in decompose(found, level)) == change
    assert decompose(found, 0)[0].row.key == ("",)


def test_what_is_new_and_what_ended() -> None:
    found = compare(
        budget("某院", spent={("2012950", Use.BASIC): 100, ("2012999", Use.BASIC): 50}, year=2023),
        budget("某院", spent={("2012950", Use.BASIC): 150, ("2080505", Use.BASIC): 25}),
    )
    rows = {row.key[0]: row for row in found}
    assert rows["2012950"].growth == Fraction(1, 2)
    assert rows["2012950"].ratio == Fraction(3, 2)
    assert rows["2012950"].became is Became.MORE
    assert rows["2012999"].became is Became.ENDED
    assert rows["2080505"].became is Became.NEW
    assert rows["2080505"].growth is None
    assert str(rows["2012999"].money.amount) == "-0.50"
    with pytest.raises(KeyError):
        found.row("999")


def test_years_meet_in_the_subjects_of_the_later_one() -> None:
    before = budget("某院", spent={("2120201", Use.BASIC): 40}, year=2018)
    after = budget("某院", spent={("2120201", Use.BASIC): 60}, year=2024)
    found = compare(before, after)
    assert found.translations[0].to_year == 2024
    assert found.row("2120201").change == 20


def test_final_accounts_beside_the_next_budget(case_file: Callable[[str], Path]) -> None:
    pytest.importorskip("pypdfium2")
    accounts = read(case_file("sh-putuo-czj-2024-final-accounts/上海市普陀区财政局2024年度部门决算.pdf")).disclosure
    plan = read(case_file("sh-putuo-czj-2025-dept-budget/上海市普陀区财政局部门25年预算.pdf")).disclosure
    found = compare(accounts, plan)
    row = found.row("2010601")
    assert (row.change, row.bounds[0] <= row.change <= row.bounds[1]) == (1_112_940_80, True)
    assert sum(part.row.change for part in decompose(found)) == found.row("").change == 1_813_605_80
    with pytest.raises(GovBudgetError, match="do not add up"):
        rollup([accounts, plan])


def test_budget_and_outcome() -> None:
    plan = budget("某院", spent={("2012950", Use.BASIC): 200, ("2080505", Use.BASIC): 100})
    outcome = budget("某院", spent={("2012950", Use.BASIC): 150, ("2080505", Use.BASIC): 120}, stage=Stage.FINAL)
    found = compare(plan, outcome)
    assert (found.row("2012950").ratio, found.row("").ratio) == (Fraction(3, 4), Fraction(9, 10))
    table = pivot([plan, outcome], columns="stage", level=3)
    assert table.columns == (Stage.BUDGET, Stage.FINAL)
    assert [table.fen("2080505", stage) for stage in table.columns] == [100, 120]
    again = compare(rollup(plan), rollup(outcome))
    assert again.rows == found.rows


def test_budget_of_the_year_inside_its_final_accounts(case_file: Callable[[str], Path]) -> None:
    pytest.importorskip("pypdfium2")
    accounts = read(case_file("sh-putuo-czj-2024-final-accounts/上海市普陀区财政局2024年度部门决算.pdf")).disclosure
    table = pivot(accounts, rows="item", columns="stage", fund=Fund.FISCAL)
    assert table.fen(Item.THREE_PUBLIC, Stage.BUDGET) == table.fen(Item.RECEPTION, Stage.BUDGET)
    assert table.fen(Item.THREE_PUBLIC, Stage.FINAL) is None  # printed as blanks


def test_a_pivot_is_its_roll_up(example: Reading) -> None:
    table = pivot(example.disclosure, rows="functional", columns="use", level=1, fund=Fund.GENERAL)
    assert table.rows == ("", "201", "208", "210")
    assert table.columns == (Use.ALL, Use.BASIC, Use.PERSONNEL, Use.RUNNING, Use.PROJECT)
    assert table.labels["201"] == "一般公共服务支出"
    assert table.fen("201", Use.RUNNING) == 1_441_300_00
    assert table.fen("208", Use.RUNNING) is None
    side = pivot(
        [example.disclosure, budget("某院", spent={("2012950", Use.BASIC): 5})], columns="organization", level=1
    )
    assert side.column_labels["某院"] == "某院"
    assert side.fen("201", "某院") == 5


def test_peers_are_ranked_by_what_is_asked() -> None:
    bodies = [
        budget(name, spent={("2012950", Use.BASIC): fen, ("2080505", Use.BASIC): 100})
        for name, fen in (("甲", 300), ("乙", 100), ("丙", 300))
    ]
    rows = {row.key[0]: row for row in peers(bodies[0], bodies[1:], level=3)}
    assert (rows["2012950"].rank, rows["2012950"].median) == (1, 200)
    shares = {row.key[0]: row for row in peers(bodies[1], [bodies[0], bodies[2]], level=3, measure=Measure.SHARE)}
    assert (shares["2080505"].value, shares["2080505"].rank) == (Fraction(1, 2), 1)
    heads = {"甲": 3, "乙": 2, "丙": 5}
    each = {row.key[0]: row for row in peers(bodies[0], bodies[1:], measure=Measure.PER_HEAD, heads=heads)}
    assert each[""].value == Fraction(400, 3)
    assert each[""].peers == {"乙": Fraction(100), "丙": Fraction(80)}
    with pytest.raises(GovBudgetError, match="丙: a head count is needed"):
        peers(bodies[0], bodies[1:], measure=Measure.PER_HEAD, heads={"甲": 3, "乙": 2})
    with pytest.raises(GovBudgetError, match="is no peer"):
        peers(bodies[0], [budget("丁", spent={("2012950", Use.BASIC): 1}, year=2020)])
    with pytest.raises(GovBudgetError, match="head count"):
        per_head(rollup(bodies[0]), 0)


def test_ranking_gives_places_and_shares(example: Reading) -> None:
    found = ranking(rollup(example.disclosure, by="economic", level=1, fund=Fund.GENERAL, use=Use.BASIC))
    assert [(one.rank, one.row.label) for one in found] == [
        (1, "工资福利支出"),
        (2, "商品和服务支出"),
        (3, "对个人和家庭的补助"),
    ]
    assert sum((one.share or 0 for one in found), Fraction(0)) == found[-1].upto == 1


def test_what_cannot_be_compared_is_refused(example: Reading) -> None:
    one = rollup(example.disclosure)
    with pytest.raises(GovBudgetError, match="do not compare"):
        compare(one, rollup(example.disclosure, by="use"))
    with pytest.raises(GovBudgetError, match="along one axis"):
        decompose(compare(example.disclosure, example.disclosure, by=("functional", "use")))
    with pytest.raises(GovBudgetError, match="lacks the total"):
        decompose(compare(example.disclosure, example.disclosure, level=1))
