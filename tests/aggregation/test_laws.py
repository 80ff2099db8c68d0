"""Laws of totals over published budgets: exact money inside the ranges, and one answer from every engine."""

from __future__ import annotations

import decimal
import random
from collections.abc import Sequence

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.aggregation.bodies import few

from govbudget.aggregation import cube, reproduce, rollup
from govbudget.aggregation.long import long_rows
from govbudget.consistency import Verdict
from govbudget.errors import GovBudgetError
from govbudget.model import Disclosure, Fund, Organization, Table, Use, is_below
from govbudget.money import MoneyUnit
from govbudget.testing import Leaf, consistent_disclosures, publish

AXES = [
    ("functional",),
    ("use",),
    ("functional", "use"),
    ("use", "functional"),
    ("functional", "fund"),
    ("functional", "fund", "use"),
]
leaves = st.lists(
    st.builds(
        Leaf,
        functional=st.sampled_from(["2012950", "2012999", "2080505", "2080506", "2101102"]),
        economic=st.sampled_from(["30101", "30102", "30201"]),
        use=st.sampled_from([Use.PERSONNEL, Use.RUNNING]),
        fen=st.integers(1, 10**12),
    ),
    min_size=1,
    max_size=8,
)


def totals(budgets: list[Disclosure], by: tuple[str, ...] = ("functional",)) -> dict[tuple[object, ...], int]:
    """The totals of this year's spending; none where all the money is carried on to the next."""
    try:
        return {row.key: row.fen for row in rollup(budgets, by=by)}
    except GovBudgetError as error:
        assert error.what == "no figure stands there"
        return {}


spending = consistent_disclosures().filter(lambda budget: bool(totals([budget])))


def words(found: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(getattr(point, "value", point)) for point in found)


@few()
@given(leaves, st.sampled_from([(MoneyUnit.WAN_YUAN, 2), (MoneyUnit.WAN_YUAN, 0), (MoneyUnit.YUAN, 2)]))
def test_the_range_of_a_total_holds_the_exact_sum(spent: list[Leaf], printed: tuple[MoneyUnit, int]) -> None:
    budget = publish(spent, unit=printed[0], places=printed[1])
    for take in ("leaves", "published"):
        try:
            rows = rollup(budget, by=("functional", "use"), fund=Fund.GENERAL, take=take).rows
        except GovBudgetError:
            assert printed[1] == 0  # nothing but blanks
            continue
        for row in rows:
            code, use = row.key
            assert isinstance(code, str)
            assert isinstance(use, Use)
            below = [leaf for leaf in spent if leaf.functional == code or is_below(leaf.functional, code)]
            exact = sum(leaf.fen for leaf in below if leaf.use is use or is_below(leaf.use, use))
            assert row.low <= exact <= row.high, row
            assert row.low <= row.fen <= row.high


@few()
@given(consistent_disclosures())
def test_every_published_total_is_reproduced(budget: Disclosure) -> None:
    for found in reproduce(budget):
        assert found.grade.verdict in (Verdict.EXACT, Verdict.ROUNDING), found


@few()
@given(spending, st.sampled_from(AXES))
def test_no_leaf_counts_twice(budget: Disclosure, by: tuple[str, ...]) -> None:
    for row in rollup(budget, by=by):
        places = [tuple(getattr(leaf.fact.at, axis) for axis in by) for leaf in row.leaves]
        assert len(set(places)) == len(places)
        for first in places:
            for other in places:
                apart = any(
                    a != b and not is_below(a, b) and not is_below(b, a) for a, b in zip(first, other, strict=True)
                )
                assert first == other or apart
        assert row.fen == sum(leaf.amount.fen for leaf in row.leaves)


@few()
@given(spending, st.sampled_from(AXES), st.randoms(use_true_random=False))
def test_the_order_of_lines_and_tables_never_matters(
    budget: Disclosure, by: tuple[str, ...], luck: random.Random
) -> None:
    def shuffled(table: Table) -> Table:
        lanes = [attrs.evolve(lane, lines=tuple(luck.sample(lane.lines, len(lane.lines)))) for lane in table.lanes]
        return attrs.evolve(table, lanes=tuple(lanes))

    tables = [shuffled(table) for table in budget.tables]
    luck.shuffle(tables)
    turned = attrs.evolve(budget, tables=tuple(tables))
    first, other = rollup(budget, by=by), rollup(turned, by=by)
    assert [(r.key, r.fen, r.low, r.high) for r in first] == [(r.key, r.fen, r.low, r.high) for r in other]


@few()
@given(spending, st.integers(1, 4))
def test_no_total_depends_on_the_decimal_context(budget: Disclosure, prec: int) -> None:
    wanted = [(row.key, row.fen, row.low, row.high) for row in rollup(budget)]
    money = rollup(budget).rows[0].money
    with decimal.localcontext(prec=prec, rounding=decimal.ROUND_DOWN):
        again = rollup(attrs.evolve(budget))
        assert [(row.key, row.fen, row.low, row.high) for row in again] == wanted
        assert again.rows[0].money == money


@few()
@given(st.lists(consistent_disclosures(), min_size=1, max_size=3), st.sampled_from(AXES))
def test_many_budgets_are_the_sum_of_each(budgets: list[Disclosure], by: tuple[str, ...]) -> None:
    """A roll-up of roll-ups is the roll-up; by organization, its bodies add up to the whole."""
    named = [attrs.evolve(budget, organization=Organization(name=f"某{index}")) for index, budget in enumerate(budgets)]
    sums: dict[object, int] = {}
    for budget in named:
        for key, fen in totals([budget], by).items():
            sums[key] = sums.get(key, 0) + fen
    assert totals(named, by) == sums
    apart = totals(named, ("organization", *by))
    assert {key[1:]: fen for key, fen in apart.items() if key[0] == ""} == sums
    assert totals(named[::-1], by) == sums


@few()
@given(st.lists(spending, min_size=1, max_size=2), st.sampled_from(AXES))
def test_every_engine_gives_the_same_integers(budgets: list[Disclosure], by: tuple[str, ...]) -> None:
    pytest.importorskip("pyarrow")
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    pytest.importorskip("pandas")
    from govbudget.aggregation.bulk import to_arrow, to_pandas

    named = [
        attrs.evolve(budget, organization=Organization(name=f"某{index}"), source=f"{index}.md")
        for index, budget in enumerate(budgets)
    ]
    wanted = {words(row.key): row.fen for row in rollup(named, by=by)}
    table = to_arrow(named)
    for held in (named, table, to_pandas(named), polars.from_arrow(table), duckdb.from_arrow(table)):
        assert dict(cube(held, by=by).items()) == wanted, type(held)


@few()
@given(spending)
def test_the_long_table_says_what_the_roll_up_says(budget: Disclosure) -> None:
    """Along one axis the flags alone do it: rows at one place that are leaves, each carried up its tree."""
    from govbudget.aggregation.codes import line_up
    from govbudget.aggregation.long import NAMES

    sums: dict[str, int] = {}
    for values in long_rows(budget):
        row = dict(zip(NAMES, values, strict=True))
        here = row["flow"] == "expenditure" and row["period"] == "current" and row["fund"] == row["use"] == "all"
        if row["is_primary"] and row["leaf_functional"] and here and not row["economic"] and row["item"] == "all":
            if row["entity"] or row["project"]:
                continue
            code, fen = str(row["functional"]), row["fen"]
            assert isinstance(fen, int)
            for step in (code, *line_up("functional", code)):
                sums[step] = sums.get(step, 0) + fen
    assert sums == {row.key[0]: row.fen for row in rollup(budget)}
