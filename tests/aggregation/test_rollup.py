"""Roll-up over the trees of the real budget."""

from __future__ import annotations

import pytest
from moneyed import CNY, Money

from govbudget.aggregation import rollup
from govbudget.errors import GovBudgetError
from govbudget.model import Flow, Fund, Item, Period, Use
from govbudget.reading import Reading


def test_functional_at_every_level(example: Reading) -> None:
    d = example.disclosure
    classes = rollup(d, by="functional", level=1, fund=Fund.GENERAL)
    assert [(r.key, r.label, r.money) for r in classes.rows] == [
        (("201",), "一般公共服务支出", Money("10157300.00", CNY)),
        (("208",), "社会保障和就业支出", Money("1042000.00", CNY)),
        (("210",), "卫生健康支出", Money("280200.00", CNY)),
    ]
    assert rollup(d, by="functional", level=0, fund=Fund.GENERAL)[""] == Money("11479500.00", CNY)
    assert len(rollup(d, by="functional", level=3, fund=Fund.GENERAL).rows) == 6
    assert rollup(d)["2012950"] == Money("9466500.00", CNY)  # all funds: the table of all expenditure


def test_economic_and_use(example: Reading) -> None:
    d = example.disclosure
    economic = rollup(d, by="economic", level=1, fund=Fund.GENERAL, use=Use.BASIC)
    assert [r.money.amount for r in economic.rows] == [
        Money("8993200", CNY).amount,
        Money("1441300", CNY).amount,
        Money("354200", CNY).amount,
    ]
    both = rollup(d, by=("functional", "use"), fund=Fund.GENERAL)
    assert both["201", Use.RUNNING] == Money("1441300.00", CNY)
    assert both["", Use.BASIC] == Money("10788700.00", CNY)
    assert both["2012999", Use.PROJECT] == Money("690800.00", CNY)
    with pytest.raises(KeyError):
        _ = both["2012999", Use.RUNNING]


def test_funds_and_items(example: Reading) -> None:
    d = example.disclosure
    funds = rollup(d, by="fund", flow=Flow.REVENUE, period=Period.CURRENT)
    assert funds[Fund.GENERAL] == funds[Fund.ALL] == Money("11479500.00", CNY)
    items = rollup(d, by="item", fund=Fund.GENERAL)
    assert items[Item.THREE_PUBLIC] == items[Item.RECEPTION] == Money("24000.00", CNY)


def test_bounds_and_drill_down(example: Reading) -> None:
    row = rollup(example.disclosure, by="functional", level=0, fund=Fund.GENERAL).rows[0]
    assert [leaf.fact.at.functional for leaf in row.leaves] == [
        "2012950",
        "2012999",
        "2080502",
        "2080505",
        "2080506",
        "2101102",
    ]
    assert (row.low, row.high) == (row.fen - 6 * 5000, row.fen + 6 * 4999)


def test_errors_say_where_figures_stand(example: Reading) -> None:
    with pytest.raises(GovBudgetError, match="fund=general use=basic"):
        rollup(example.disclosure, by="economic")
    with pytest.raises(GovBudgetError, match="no axis 'colour'"):
        rollup(example.disclosure, by="colour")
    with pytest.raises(GovBudgetError, match="no axis"):
        rollup(example.disclosure, by="functional", colour=1)
