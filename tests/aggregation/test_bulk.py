"""The long table in Arrow, Parquet, pandas, Polars, DuckDB and SQLite: nothing lost, and totals that agree."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.aggregation.bodies import budget, few

from govbudget.aggregation import cube, rollup
from govbudget.aggregation.bulk.sqlite import sqlite_connection, to_sqlite
from govbudget.aggregation.codes import line_up
from govbudget.aggregation.long import COLUMNS, NAMES, Kind, long_columns, long_rows
from govbudget.errors import AmountError, FormatError, GovBudgetError, MissingExtra, SourceError
from govbudget.model import Disclosure, Flow, Fund, Scope, Use, Via, facts
from govbudget.money import Mark
from govbudget.reading import Reading, read
from govbudget.testing import disclosures

ROOT = Path(__file__).parents[2]
pa: Any = pytest.importorskip("pyarrow")
duckdb: Any = pytest.importorskip("duckdb")
pl: Any = pytest.importorskip("polars")
pytest.importorskip("pandas")

from govbudget.aggregation.bulk import (  # noqa: E402
    read_parquet,
    rows_of,
    table_cube,
    to_arrow,
    to_duckdb,
    to_pandas,
    to_polars,
    write_parquet,
)

RESERVED = {"column", "table", "row", "primary", "order", "group", "select", "where", "from", "index", "values"}


def test_columns_are_told_in_the_docstring() -> None:
    import govbudget.aggregation.long as module

    assert module.__doc__
    told = set(re.findall(r"^([a-z_, ]+?)  +(?:word|int|bool) ", module.__doc__, re.M))
    said = {name.strip() for names in told for name in names.split(",")}
    assert {name for name in NAMES if not name.startswith(("leaf_", "sum_"))} <= said
    assert len(set(NAMES)) == len(NAMES)
    assert not RESERVED & set(NAMES)


@few()
@given(disclosures())
def test_every_figure_is_a_row_and_none_is_lost(disclosure: Disclosure) -> None:
    rows = [dict(zip(NAMES, row, strict=True)) for row in long_rows(disclosure)]
    cells = [v for t in disclosure.tables for lane in t.lanes for line in lane.lines for v in line.values]
    printed = [row for row in rows if row["via"] == "table"]
    assert [row["fen"] for row in printed] == [None if isinstance(v, Mark) else v for v in cells]
    assert [row["state"] for row in printed] == [v.value if isinstance(v, Mark) else "amount" for v in cells]
    said = [w for fact in facts(disclosure) for w in fact.witnesses if w.via is Via.NARRATIVE]
    assert len(rows) - len(printed) == len(said)
    posted = {fact.at for fact in facts(disclosure) if any(w.via is Via.TABLE for w in fact.witnesses)}
    assert sum(row["is_primary"] is True for row in rows) == len(posted)
    for row in rows:
        for column in COLUMNS:
            kinds = {Kind.WORD: str, Kind.BOOL: bool}.get(column.kind, int)
            assert isinstance(row[column.name], kinds) or (kinds is int and row[column.name] is None)


@few()
@given(st.lists(disclosures(), max_size=2))
def test_arrow_and_back_is_the_same_table(given_: list[Disclosure]) -> None:
    table = to_arrow(given_)
    assert list(rows_of(table)) == list(long_rows(given_))
    assert long_columns(given_)["document"] == table["document"].to_pylist()


def test_parquet_and_back(example: Reading, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_parquet(example.disclosure, path)
    first = read_parquet(path)
    assert list(rows_of(first)) == list(long_rows(example.disclosure))
    write_parquet(first, tmp_path / "b.parquet")
    both = read_parquet(path, tmp_path / "b.parquet")
    assert both.num_rows == 2 * first.num_rows
    assert first.schema.field("amount").type == pa.decimal128(38, 2)
    assert pa.types.is_dictionary(first.schema.field("functional").type)
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    with pytest.raises(SourceError, match="no Parquet"):
        read_parquet(tmp_path / "bad.parquet")
    with pytest.raises(SourceError, match="cannot be read"):
        read_parquet(tmp_path / "none.parquet")
    write_parquet(first.drop_columns(["fund"]), tmp_path / "less.parquet")
    with pytest.raises(FormatError, match="'fund' is missing"):
        read_parquet(tmp_path / "less.parquet")
    with pytest.raises(FormatError, match="'places' is string"):
        list(
            rows_of(
                first.set_column(first.schema.get_field_index("places"), "places", pa.array(["2"] * first.num_rows))
            )
        )


def test_frames_keep_decimals(example: Reading) -> None:
    frame, panda = to_polars(example.disclosure), to_pandas(example.disclosure)
    whole = sum(row[NAMES.index("fen")] or 0 for row in long_rows(example.disclosure))  # type: ignore[misc]
    assert frame["amount"].sum() == Decimal(whole).scaleb(-2)
    assert str(frame.schema["amount"]) == "Decimal(precision=38, scale=2)"
    assert panda["amount"].sum() == Decimal(whole).scaleb(-2)


def engines(table: Any) -> list[Any]:
    return [table, table.to_pandas(), pl.from_arrow(table), pl.from_arrow(table).lazy(), duckdb.from_arrow(table)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2012950", "2012999", "20129", "2080505"]),
            st.sampled_from([node.value for node in Fund]),
            st.one_of(st.integers(-(2**62), 2**62), st.integers(-100, 100)),
        ),
        max_size=20,
    )
)
def test_every_engine_adds_the_same_integers_beyond_64_bits(rows: list[tuple[str, str, int]]) -> None:
    wanted: dict[tuple[str, str], int] = {}
    for code, fund, fen in rows:
        for a in (code, *line_up("functional", code)):
            for b in (fund, *line_up("fund", fund)):
                wanted[a, b] = wanted.get((a, b), 0) + fen
    names = ("functional", "fund", "fen")
    table = (
        pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
        if rows
        else pa.table(
            {
                "functional": pa.array([], pa.string()),
                "fund": pa.array([], pa.string()),
                "fen": pa.array([], pa.int64()),
            }
        )
    )
    cents = pa.array([Decimal(fen).scaleb(-2) for _, _, fen in rows], pa.decimal128(38, 2))
    money = table.drop_columns(["fen"]).append_column("amount", cents)
    coded = table.set_column(0, "functional", table["functional"].dictionary_encode())
    for held in (*engines(table), *engines(money), coded):
        assert dict(cube(held, by=("functional", "fund")).items()) == wanted, type(held)


def test_chunks_and_dictionaries_of_their_own_are_one_table() -> None:
    first = pa.table({"fund": pa.array(["unit", "general"]).dictionary_encode(), "fen": [1, 2]})
    other = pa.table({"fund": pa.array(["general", "fiscal"]).dictionary_encode(), "fen": [4, 8]})
    both = pa.concat_tables([first, other])
    assert table_cube(both, by="fund")["fiscal"] == 14
    assert table_cube(both.slice(1, 2), by="fund")["all"] == 6
    assert table_cube(both.append_column("town", pa.array(["甲", "乙", "甲", "甲"])), by="fund", town="甲")["all"] == 13
    assert table_cube(both, by="fund", trees={"fund": lambda word: "x" if word != "x" else None})["x"] == 15


@pytest.mark.parametrize(
    ("column", "what"),
    [
        (pa.array([1.5, 2.0]), "not double|not Float64|not DOUBLE"),
        (pa.array([Decimal("0.001"), Decimal("1.000")]), "decimals|finer than 分"),
        (pa.array(["1", "2"]), "integers of 分"),
    ],
)
def test_what_is_no_exact_amount_is_refused(column: Any, what: str) -> None:
    table = pa.table({"fund": ["unit", "general"], "fen": column})
    for held in (table, pl.from_arrow(table), duckdb.from_arrow(table)):
        with pytest.raises(AmountError, match=what):
            table_cube(held, by="fund")


def test_what_is_missing_or_blank_is_refused() -> None:
    table = pa.table({"fund": ["unit", None], "fen": [1, 2]})
    for held in (table, pl.from_arrow(table), duckdb.from_arrow(table)):
        with pytest.raises(GovBudgetError, match="'fund' has blanks"):
            table_cube(held, by="fund")
        with pytest.raises(GovBudgetError, match="no column 'use'"):
            table_cube(held, by="use")
    with pytest.raises(AmountError, match="blank"):
        table_cube(pa.table({"fund": ["unit"], "fen": pa.array([None], pa.int64())}), by="fund")
    with pytest.raises(GovBudgetError, match="no table"):
        table_cube([1, 2], by="fund")
    with pytest.raises(AmountError, match="38 digits"):
        to_arrow(budget("某院", spent={("2012950", Use.BASIC): 10**40}))


def test_a_long_table_refuses_what_would_count_twice(example: Reading) -> None:
    one = example.disclosure
    head = attrs.evolve(
        one, scope=Scope.DEPARTMENT, source="b.md", organization=attrs.evolve(one.organization, name="杭州市总工会")
    )
    for given_, what in (
        ([one, attrs.evolve(one, source="b.md")], "count twice"),
        ([one, head], "the budget of 杭州市总工会 holds it"),
    ):
        table = to_arrow(given_)
        for held in (table, pl.from_arrow(table), duckdb.from_arrow(table)):
            with pytest.raises(GovBudgetError, match=what):
                table_cube(held, by="functional")


DOCUMENTS = [
    "js-gy-2018-dept-budget/省法院2018年度部门预算公开.pdf",
    "sh-putuo-czj-2024-final-accounts/上海市普陀区财政局2024年度部门决算.pdf",
    "sh-putuo-fly-2024-unit-budget/1769321433314-826553525.pdf",
]
CUTS: list[tuple[Any, dict[str, Any]]] = [
    ("functional", {}),
    (("functional", "use"), {"fund": Fund.GENERAL}),
    (("functional", "fund"), {}),
    (("economic", "use"), {"fund": Fund.GENERAL}),
    (("functional", "fund"), {"flow": Flow.REVENUE}),
    ("item", {"fund": Fund.GENERAL}),
    (("functional", "fund", "use"), {}),
    (("stage", "functional"), {}),
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_published_documents_give_the_same_in_every_engine(case_file: Callable[[str], Path], name: str) -> None:
    """Also where tables divide one total on one axis and another on a second, so that rows cannot simply be added."""
    pytest.importorskip("pypdfium2")
    disclosure = read(case_file(name)).disclosure
    table = to_arrow(disclosure)
    compared = 0
    for by, where in CUTS:
        try:
            rows = rollup(disclosure, by=by, **where).rows
        except GovBudgetError:
            continue
        wanted = {tuple(str(getattr(point, "value", point)) for point in row.key): row.fen for row in rows}
        for held in (disclosure, table, pl.from_arrow(table), duckdb.from_arrow(table)):
            assert dict(cube(held, by=by, **where).items()) == wanted, (by, where, type(held))
        compared += 1
    assert compared >= 5


# -- databases --------------------------------------------------------------------------------------------------------

VIEWS = (
    "documents",
    "spending_by_function",
    "spending_by_use",
    "spending_by_fund",
    "basic_by_economic",
    "revenue_by_fund",
)


def test_both_databases_hold_the_same(example: Reading) -> None:
    lite, duck = sqlite_connection(example.disclosure), to_duckdb(example.disclosure)
    for view in (*VIEWS, "figures", "functional_nodes", "functional_closure", "fund_closure"):
        rows = [sorted(map(str, db.execute(f"SELECT * FROM {view}").fetchall())) for db in (lite, duck)]
        if view == "figures":
            rows = [[row.replace("True", "1").replace("False", "0") for row in found] for found in rows]
        assert sorted(rows[0]) == sorted(rows[1])
        assert rows[0]
    duck.close()
    lite.close()


def test_views_are_roll_ups(example: Reading) -> None:
    lite = sqlite_connection(example.disclosure)
    for view, axis, where in (
        ("spending_by_function", "functional", {}),
        ("spending_by_use", "use", {}),
        ("spending_by_fund", "fund", {}),
        ("basic_by_economic", "economic", {"fund": Fund.GENERAL, "use": Use.BASIC}),
        ("revenue_by_fund", "fund", {"flow": Flow.REVENUE}),
    ):
        found = {row[0]: row[1:] for row in lite.execute(f"SELECT {axis}, fen, low, high, figures FROM {view}")}
        assert found == {
            getattr(row.key[0], "value", row.key[0]): (row.fen, row.low, row.high, len(row.leaves))
            for row in rollup(example.disclosure, by=axis, **where)
        }
    lite.close()


def test_a_database_in_a_file(example: Reading, tmp_path: Path) -> None:
    path = tmp_path / "budgets.sqlite"
    to_sqlite([example.disclosure], path)
    to_sqlite([example.disclosure], path)  # in place of what was there
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    connection.close()
    held = duckdb.connect(str(tmp_path / "budgets.duckdb"))
    to_duckdb(to_arrow(example.disclosure), held)
    assert held.execute("SELECT fen FROM spending_by_function WHERE functional = ''").fetchone() == (1_147_950_000,)
    held.close()
    with pytest.raises(AmountError, match="too large for SQLite"):
        sqlite_connection(budget("某院", spent={("2012950", Use.BASIC): 10**20}))
    duck = to_duckdb(budget("某院", spent={("2012950", Use.BASIC): 10**20}))
    assert duck.execute("SELECT fen FROM spending_by_function WHERE functional = ''").fetchone() == (10**20,)


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch, example: Reading) -> None:
    import sys

    for name in ("pyarrow", "duckdb", "polars", "pandas"):
        monkeypatch.setitem(sys.modules, name, None)
    for job, extra in ((to_arrow, "arrow"), (to_duckdb, "duckdb"), (to_polars, "polars"), (to_pandas, "pandas")):
        with pytest.raises(MissingExtra, match=rf"govbudget\[{extra}\]"):
            job(example.disclosure)
    assert rollup(example.disclosure)["201"]  # needs none of them
