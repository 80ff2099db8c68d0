"""Units into departments: nothing twice, transfers out, missing units named."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.aggregation.bodies import budget, few

from govbudget.aggregation import consolidate, regional, rollup
from govbudget.consistency import Known, Verdict
from govbudget.errors import GovBudgetError
from govbudget.model import Flow, Fund, Scope, Stage, Use
from govbudget.money import MoneyUnit

WAN = {"unit": MoneyUnit.WAN_YUAN, "places": 2}
money = st.integers(1, 10**11)
spending = st.dictionaries(
    st.tuples(st.sampled_from(["2080101", "2080102", "2100501"]), st.sampled_from([Use.BASIC, Use.PROJECT])),
    money,
    min_size=1,
)


@few()
@given(spending, st.lists(spending, min_size=1, max_size=3), st.lists(money, min_size=3, max_size=3), st.booleans())
@example(  # what the first unit receives prints as 0.00
    own={("2080101", Use.BASIC): 1},
    below=[{("2080101", Use.BASIC): 1}] * 2,
    given_=[1, 74999, 1],
    coarse=True,
)
def test_units_and_department_fit_once_transfers_are_out(
    own: dict[tuple[str, Use], int], below: list[dict[tuple[str, Use], int]], given_: list[int], coarse: bool
) -> None:
    """The head gives to its units what they spend again; the department publishes what is spent outside."""
    form = WAN if coarse else {}
    paid = given_[: len(below)]
    head = budget(
        "某局",
        spent={**own, ("2080199", Use.TO_SUBORDINATE): sum(paid)},
        received={Fund.GENERAL: 5},
        parent="某局",
        **form,  # type: ignore[arg-type]
    )
    units = [
        budget(f"某院{i}", spent=spent, received={Fund.SUPERIOR: fen, Fund.GENERAL: 7}, parent="某局", **form)  # type: ignore[arg-type]
        for i, (spent, fen) in enumerate(zip(below, paid, strict=True))
    ]
    outside: dict[tuple[str, Use], int] = {}
    for spent in (own, *below):
        for key, fen in spent.items():
            outside[key] = outside.get(key, 0) + fen
    names = ("某局", *(unit.organization.name for unit in units))
    published = budget("某局", spent=outside, scope=Scope.DEPARTMENT, members=names, **form)  # type: ignore[arg-type]

    found = consolidate([head, *units], published)
    assert found.missing == ()
    assert found.listed
    for row in found.rows:
        code = str(row.key[0])
        exact = sum(fen for (at, _), fen in outside.items() if at.startswith(code))
        assert row.net.low <= exact <= row.net.high, row
        if row.published is not None:
            assert row.grade.verdict in (Verdict.EXACT, Verdict.ROUNDING), row
    for pair in found.eliminations:
        assert pair.grade.verdict in (Verdict.EXACT, Verdict.ROUNDING)
        assert set(pair.payers) <= {"某局"}
    assert found.eliminations or coarse
    whole = consolidate(list(reversed([head, *units])), published)
    assert [(r.key, r.net) for r in whole.rows] == [(r.key, r.net) for r in found.rows]


def department() -> tuple[list[object], object]:
    head = budget("某局", spent={("2080101", Use.BASIC): 100_00, ("2080199", Use.TO_SUBORDINATE): 50_00}, parent="某局")
    unit = budget(
        "某院",
        spent={("2080102", Use.BASIC): 80_00},
        received={Fund.SUPERIOR: 50_00, Fund.GENERAL: 30_00},
        parent="某局",
    )
    whole = budget(
        "某局",
        spent={("2080101", Use.BASIC): 100_00, ("2080102", Use.BASIC): 80_00},
        received={Fund.GENERAL: 180_00},
        members=("某局本级", "某院"),
        scope=Scope.DEPARTMENT,
    )
    return [head, unit], whole


def test_what_one_gives_and_another_receives_is_taken_out() -> None:
    units, whole = department()
    found = consolidate(units, whole)  # type: ignore[arg-type]
    row = found.row("")
    assert (row.gross.value, row.transfers, row.net.value, row.published and row.published.value) == (
        230_00,
        Known(50_00, 50_00, 50_00),
        180_00,
        180_00,
    )
    assert found.row("2080199").net.value == 0
    received = consolidate(units, by="fund", flow=Flow.REVENUE)  # type: ignore[arg-type]
    assert received.row(Fund.SUPERIOR).net.value == 0
    assert received.row(Fund.ALL).net.value == received.row(Fund.ALL).gross.value - 50_00
    both = consolidate(units, whole, by=("functional", "use"))  # type: ignore[arg-type]
    assert both.row("208", Use.TO_SUBORDINATE).net.value == 0
    assert both.row("208", Use.ALL).net.value == 180_00


def test_what_goes_outside_stays() -> None:
    """The head gives 50, the unit says it got 20: 20 is taken out, and which subject the rest stands under is open."""
    head = budget(
        "某局",
        spent={("2080198", Use.TO_SUBORDINATE): 30_00, ("2080199", Use.TO_SUBORDINATE): 20_00},
        parent="某局",
    )
    unit = budget("某院", spent={("2080102", Use.BASIC): 20_00}, received={Fund.SUPERIOR: 20_00}, parent="某局")
    found = consolidate([head, unit])
    assert found.eliminations[0].fen == 20_00
    assert found.eliminations[0].grade.verdict is Verdict.VIOLATED
    assert found.row("").net.value == 50_00
    assert found.row("2080198").transfers == Known(0, 0, 20_00)
    assert (found.row("2080198").net.low, found.row("2080198").net.high) == (10_00, 30_00)


def test_a_missing_unit_is_named_and_what_it_must_have() -> None:
    units, whole = department()
    found = consolidate(units[:1], whole)  # type: ignore[arg-type]
    assert "某院" in found.missing
    assert found.row("2080102").rest == 80_00
    assert found.row("2080102").grade.verdict is Verdict.NOT_TESTED
    wrong = consolidate(
        [budget("某院", spent={("2080102", Use.BASIC): 90_00}, parent="某局")],
        whole,  # type: ignore[arg-type]
    )
    assert wrong.row("2080102").grade.verdict is Verdict.VIOLATED  # more than the whole department has


def test_what_does_not_belong_is_refused() -> None:
    units, whole = department()
    with pytest.raises(GovBudgetError, match="no units"):
        consolidate([])
    with pytest.raises(GovBudgetError, match="is no unit of 某局"):
        consolidate([budget("他院", spent={("2080102", Use.BASIC): 1}, parent="他局")], whole)  # type: ignore[arg-type]
    with pytest.raises(GovBudgetError, match="do not consolidate"):
        consolidate([budget("某院", spent={("2080102", Use.BASIC): 1}, parent="某局", year=2023)], whole)  # type: ignore[arg-type]
    with pytest.raises(GovBudgetError, match="of a unit, not of a department"):
        consolidate(units, units[0])  # type: ignore[arg-type]
    with pytest.raises(GovBudgetError, match="would count twice: the budget of 某局 holds it"):
        rollup([*units, whole])  # type: ignore[list-item]
    with pytest.raises(GovBudgetError, match="would count twice"):
        rollup([units[0], units[0], budget("某局", spent={("2080102", Use.BASIC): 1})])  # type: ignore[list-item]
    with pytest.raises(GovBudgetError, match="2023 and 2024 do not add up"):
        rollup([units[0], budget("他院", spent={("2080102", Use.BASIC): 1}, year=2023)])  # type: ignore[list-item]
    with pytest.raises(GovBudgetError, match="budget and final do not add up"):
        rollup([units[0], budget("他院", spent={("2080102", Use.BASIC): 1}, stage=Stage.FINAL)])  # type: ignore[list-item]


def test_departments_into_a_region() -> None:
    units, whole = department()
    other = budget("他局", spent={("2100501", Use.BASIC): 7_00}, scope=Scope.DEPARTMENT)
    found, totals = regional({"某局": units, "他局": []}, {"某局": whole, "他局": other})  # type: ignore[dict-item]
    assert totals["",].value == 187_00
    assert found["某局"].missing in ((), ("某局本级",))
    _, again = regional({"某局": units, "他局": []}, {"他局": other})  # type: ignore[dict-item]
    assert again["",].value == 187_00
    with pytest.raises(GovBudgetError, match="nothing is at hand for 无局"):
        regional({"无局": []})
