"""Cubes of single amounts: every way of adding gives what a loop over all items gives."""

from __future__ import annotations

import decimal
import random
from collections.abc import Sequence
from decimal import Decimal
from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import CNY, Money

from govbudget.aggregation import Cube, cube, cube_of
from govbudget.aggregation.codes import line_up
from govbudget.errors import GovBudgetError
from govbudget.model import Fund, Use
from govbudget.money import Amount

BY = ("functional", "economic", "fund", "use", "town")


@attrs.frozen(kw_only=True)
class Entry:
    """A ledger entry."""

    functional: str
    economic: str
    fund: str
    use: str
    town: str
    fen: int


entries = st.lists(
    st.builds(
        Entry,
        functional=st.sampled_from(["2012950", "2012999", "20129", "2080505", "2080506", "201~新设款/甲"]),
        economic=st.sampled_from(["30101", "30102", "303", ""]),
        fund=st.sampled_from([node.value for node in Fund]),
        use=st.sampled_from([node.value for node in Use]),
        town=st.sampled_from(["甲", "乙"]),
        fen=st.one_of(st.integers(0, 10**6), st.integers(-(10**30), 10**30)),
    ),
    max_size=14,
)


def up(axis: str, code: str) -> tuple[str, ...]:
    if axis == "town":
        return (code, "")
    return (code, *line_up(axis, code))


def by_hand(items: Sequence[Entry], by: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Every item added to every place above it: the slow way that cannot be wrong."""
    sums: dict[tuple[str, ...], int] = {}
    for item in items:
        for place in product(*(up(axis, getattr(item, axis)) for axis in by)):
            sums[place] = sums.get(place, 0) + item.fen
    return sums


@given(entries, st.permutations(BY), st.integers(1, 5))
def test_every_place_has_its_sum(items: list[Entry], axes: list[str], count: int) -> None:
    by = tuple(axes[:count])
    found = cube_of(items, by=by)
    wanted = by_hand(items, by)
    assert dict(found.items()) == wanted
    assert all(found[place] == fen for place, fen in wanted.items())
    assert len(found) == len(list(found)) == len(wanted)


@given(entries, st.randoms(use_true_random=False))
def test_the_order_of_the_items_never_matters(items: list[Entry], luck: random.Random) -> None:
    turned = list(items)
    luck.shuffle(turned)
    assert cube_of(items, by=BY) == cube_of(turned, by=BY)


@given(entries, st.integers(0, 40))
def test_a_cube_of_parts_is_the_sum_of_their_cubes(items: list[Entry], cut: int) -> None:
    whole = dict(cube_of(items, by=BY).items())
    first, other = cube_of(items[:cut], by=BY), cube_of(items[cut:], by=BY)
    assert whole == {place: first.get(place, 0) + other.get(place, 0) for place in {*first, *other}}


@given(entries)
def test_a_roll_up_of_roll_ups_is_the_roll_up(items: list[Entry]) -> None:
    """What a cube holds at its leaves, totalled again, is the same cube; fewer axes are the faces of more."""
    wide = cube_of(items, by=("functional", "fund"))
    face = {place[:1]: fen for place, fen in wide.items() if place[1] == "all"}
    assert dict(cube_of(items, by=("functional",)).items()) == face
    leaves = {(item.functional, item.fund) for item in items}
    again = [
        attrs.evolve(items[0], functional=f, fund=g, fen=sum(i.fen for i in items if (i.functional, i.fund) == (f, g)))
        for f, g in leaves
    ]
    assert cube_of(again, by=("functional", "fund")) == wide


@given(entries, st.integers(1, 5), st.sampled_from([decimal.ROUND_DOWN, decimal.ROUND_HALF_EVEN]))
def test_decimals_and_money_give_the_same_under_any_context(items: list[Entry], prec: int, rounding: str) -> None:
    wanted = cube_of(items, by=BY)

    @attrs.frozen
    class Paid:
        entry: Entry
        yuan: Decimal
        money: Money

        def __getattr__(self, name: str) -> str:
            return str(getattr(self.entry, name))

    paid = [Paid(i, Amount(i.fen).money.amount, Amount(i.fen).money) for i in items]
    with decimal.localcontext(prec=prec, rounding=rounding):
        assert cube_of(paid, by=BY, amount="yuan") == wanted
        assert cube_of(paid, by=BY, amount="money.amount") == wanted
        assert cube_of(paid, by=BY, amount="entry.fen") == wanted


@attrs.frozen(kw_only=True)
class Row:
    functional: str
    fund: object
    fen: object = 1


def test_members_of_enumerations_are_words() -> None:
    found = cube(
        [Row(functional="201", fund=Fund.GENERAL), Row(functional="208", fund=Fund.UNIT)], by=("fund", "functional")
    )
    assert found[Fund.FISCAL, "201"] == found["fiscal", ""] == 1
    assert found.money(Fund.ALL, "") == Money("0.02", CNY)
    with pytest.raises(KeyError):
        _ = found[Fund.FISCAL, "208"]
    with pytest.raises(KeyError):
        _ = found["all"]


def test_a_zero_is_there_and_nothing_is_not() -> None:
    found = cube_of(
        [Row(functional="201", fund="unit", fen=0), Row(functional="208", fund="general")], by=("functional", "fund")
    )
    assert found["201", "all"] == 0
    assert ("201", "general") not in found
    cancelled = [Row(functional="201", fund="unit", fen=5), Row(functional="201", fund="unit", fen=-5)]
    assert dict(cube_of(cancelled, by=("functional",)).items()) == {("201",): 0, ("",): 0}
    assert dict(cube_of([], by=("functional",)).items()) == {}


def test_many_words_on_a_long_axis() -> None:
    """More rows than a dense table may hold become dicts."""
    items = [Row(functional=f"甲/{i}", fund=f"f{i}", fen=i) for i in range(3000)]
    found = cube_of(
        items,
        by=("functional", "fund"),
        trees={
            "functional": lambda code: code.rpartition("/")[0] if code else None,
            "fund": lambda code: "all" if code != "all" else None,
        },
    )
    assert found["甲", "all"] == sum(range(3000))
    assert found["甲/7", "f7"] == 7


@pytest.mark.parametrize(
    ("amounts", "what"),
    [
        ([1, 1.5], "float"),
        ([Decimal("1.00"), 3], "several types"),
        ([3, Decimal("1.00")], "Decimal"),
        ([Decimal("0.001")], "finer than 分"),
        ([Decimal("NaN")], "no amount"),
        ([None], "cannot be added"),
        ([Decimal("1E+99999"), Decimal("0.01")], "cannot be added"),
    ],
)
def test_what_is_no_exact_amount_is_refused(amounts: list[object], what: str) -> None:
    items = [Row(functional="201", fund="unit", fen=amount) for amount in amounts]
    for by in (("functional",), ("functional", "fund")):
        with pytest.raises(GovBudgetError, match=what):
            cube_of(items, by=by)


def test_what_is_missing_or_hostile_is_refused() -> None:
    with pytest.raises(GovBudgetError, match="cannot be added"):
        cube_of([Row(functional="201", fund="unit")], by=("functional", "colour"))
    for name in ("fen; import os", "__import__('os')", "a b", ""):
        with pytest.raises(GovBudgetError, match="no name of an attribute"):
            cube_of([Row(functional="201", fund="unit")], by=("functional", "fund"), amount=name)
        with pytest.raises(GovBudgetError, match="no name of an attribute"):
            cube_of([Row(functional="201", fund="unit")], by=("functional", name))
    with pytest.raises(GovBudgetError, match="once"):
        cube_of([Row(functional="201", fund="unit")], by=("fund", "fund"))


def test_a_cube_is_a_mapping_in_the_order_of_the_trees() -> None:
    found = cube_of([Row(functional=f, fund="unit") for f in ("208", "2012950")], by=("functional",))
    assert list(found) == [("",), ("201",), ("20129",), ("2012950",), ("208",)]
    assert found == dict(found.items())
    assert isinstance(found, Cube)
