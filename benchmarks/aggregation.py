"""Totals of leaf facts beside dicts, py-moneyed, beancount, pandas, Polars, DuckDB and pyarrow.

The task is one for all: money told apart by functional and economic subject, fund and use, and its totals at every
level of all four trees together (a cube of some 60,000 cells). All add at the leaves first; what engines give back is
carried up by our own code, so that only the adding differs, and DuckDB is also asked for all levels in SQL. The
totals of all are compared before anything is timed.

Measured is processor time of all threads, not wall time: engines that use several cores are not favoured, and other
work on the machine does less harm.

``python benchmarks/aggregation.py [ROWS …]``; 10,000, 100,000 and 1,000,000 rows by default. Medians, the jobs
taken in turn; the first line of a block is ours. Memory is what the process grew by at its peak, with what C
libraries take (Linux only), beyond pools that are kept from before.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import totals_peers as peers
from totals_peers import BY, Entry

from govbudget.aggregation import cube_of
from govbudget.aggregation.bulk import table_cube
from govbudget.aggregation.bulk.arrow_sums import ArrowSource
from govbudget.aggregation.leafsums import leaf_sums

Job = Callable[[], object]
Jobs = dict[str, Job]
MONEY_ROWS, BEAN_ROWS, LEVEL_ROWS = 100_000, 10_000, 1_000
"""More rows than these would take minutes for those contenders; they get a sample, and say so."""


def installed(name: str) -> Any:
    """A peer, or None and a message."""
    try:
        return import_module(name)
    except ImportError:
        print(f"  {name} is not installed: left out")
        return None


def turns(jobs: Jobs, rounds: int) -> tuple[dict[str, float], dict[str, int]]:
    """Medians in seconds, and by how many bytes the process grew at its peak in the first round, where it says so.

    The collector runs between the jobs and not in them.
    """
    took: dict[str, list[float]] = defaultdict(list)
    memory: dict[str, int] = {}
    for turn in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            before = None if turn else _mark()
            gc.disable()
            begin = time.process_time()
            kept = job()
            took[name].append(time.process_time() - begin)
            gc.enable()
            if before is not None:
                memory[name] = max(0, _kilobytes("VmHWM") - before) * 1024
            del kept
    return {name: median(found) for name, found in took.items()}, memory


def _mark() -> int | None:
    """Forget the peak so far and return what the process holds, in kilobytes; None where the system cannot."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
        return _kilobytes("VmRSS")
    except OSError:
        return None


def _kilobytes(field: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))


def show(title: str, jobs: Jobs, rows: int, rounds: int, scale: dict[str, int] | None = None) -> None:
    """Measure and print nanoseconds a row, ratios to the first line, and memory."""
    times, memory = turns(jobs, rounds)
    print(f"\n{title}", flush=True)
    own = 0.0
    for name, seconds in times.items():
        sample = (scale or {}).get(name, rows)
        each = seconds / sample * 1e9
        own = own or each
        words = f"{memory[name] / 1e6:9,.1f} MB" if name in memory else ""
        note = f"   ({sample:,} rows)" if sample != rows else ""
        print(f"  {name:56}{each:12,.0f} ns/row {each / own:8.2f} ×{words}{note}", flush=True)


def same(jobs: Jobs, wanted: Any) -> None:
    """Every contender that gives a cube gives the same one."""
    for name, job in jobs.items():
        found = job()
        if hasattr(found, "by"):
            assert found == wanted, name


# -- from Python objects ----------------------------------------------------------------------------------------------


def from_objects(items: list[Entry], rounds: int) -> None:
    """Conversion included: every contender starts from the same objects."""
    hand = peers.nested_by_hand("fen")
    print(f"\n== {len(items):,} entries")
    jobs: Jobs = {
        "govbudget: cube_of(objects)": lambda: cube_of(items, by=BY),
        "nested dict of ints by hand": lambda: peers.climbed_by_hand(hand(items)),
        "dict of tuples by hand, climbed by our code": lambda: peers.climbed(_flat(items)),
        **_engines_from(items),
    }
    wanted = cube_of(items, by=BY)
    assert jobs["nested dict of ints by hand"]()[""][""]["all"]["all"] == wanted["", "", "all", "all"]  # type: ignore[index]
    same(jobs, wanted)
    show("all levels, from objects with int amounts", jobs, len(items), rounds)
    leaves: Jobs = {
        "govbudget: sums at the leaves": lambda: leaf_sums(items, BY, "fen"),
        "nested dict of ints by hand": lambda: hand(items),
        "dict of tuples by hand": lambda: peers.flat_by_hand(items),
        **_leaves_from(items),
    }
    show("leaves only, from objects with int amounts", leaves, len(items), rounds)


def _leaves_from(items: list[Entry]) -> Jobs:
    pa, pl, duckdb, pandas = map(installed, ("pyarrow", "polars", "duckdb", "pandas"))
    keys = ", ".join(BY)
    jobs: Jobs = {}
    if pa:
        jobs["pyarrow: convert, group_by"] = lambda: (
            pa.table(peers.columns(items)).group_by(list(BY)).aggregate([("fen", "sum")])
        )
    if pl:
        jobs["Polars: convert, group_by"] = lambda: (
            pl.DataFrame(peers.columns(items)).group_by(BY).agg(pl.col("fen").sum())
        )
    if duckdb and pa:
        jobs["DuckDB: convert, GROUP BY"] = lambda: (
            duckdb.connect()
            .from_arrow(pa.table(peers.columns(items)))
            .aggregate(f"{keys}, sum(fen)", keys)
            .to_arrow_table()
        )
    if pandas:
        jobs["pandas: convert, groupby"] = lambda: _pandas_sums(pandas.DataFrame(peers.columns(items)))
    return jobs


def _flat(items: list[Entry]) -> list[tuple[Any, ...]]:
    return [(*key, fen) for key, fen in peers.flat_by_hand(items).items()]


def _engines_from(items: list[Entry]) -> Jobs:
    pa, pl, duckdb, pandas = map(installed, ("pyarrow", "polars", "duckdb", "pandas"))
    jobs: Jobs = {}
    if pa:
        jobs["govbudget: objects to Arrow, then its cube"] = lambda: table_cube(pa.table(peers.columns(items)), by=BY)
        jobs["pyarrow group_by"] = lambda: peers.climbed(_arrow_rows(pa.table(peers.columns(items))))
    if pl:
        jobs["Polars group_by"] = lambda: peers.climbed(_polars_rows(pl, pl.DataFrame(peers.columns(items))))
    if duckdb and pa:
        jobs["DuckDB over Arrow"] = lambda: peers.climbed(
            _duck_rows(duckdb.connect().from_arrow(pa.table(peers.columns(items))))
        )
    if pandas:
        jobs["pandas groupby"] = lambda: peers.climbed(_pandas_rows(pandas.DataFrame(peers.columns(items))))
    return jobs


def _arrow_rows(table: Any) -> Any:
    found = table.group_by(list(BY)).aggregate([("fen", "sum")])
    return zip(*(found[name].to_pylist() for name in (*BY, "fen_sum")), strict=True)


def _polars_rows(pl: Any, frame: Any) -> Any:
    return frame.group_by(BY).agg(pl.col("fen").sum()).rows()


def _duck_rows(relation: Any) -> Any:
    keys = ", ".join(BY)
    return relation.aggregate(f"{keys}, sum(fen)", keys).fetchall()


def _pandas_sums(frame: Any) -> Any:
    return frame.groupby(list(BY), sort=False, observed=True)["fen"].sum()


def _pandas_rows(frame: Any) -> Any:
    found = _pandas_sums(frame)
    return ((*key, int(fen)) for key, fen in zip(found.index, found.tolist(), strict=True))


def other_numbers(items: list[Entry], rounds: int) -> None:
    """Decimals and Money."""
    rows = items[:MONEY_ROWS]
    given = peers.priced(rows)
    few, levels = given[:BEAN_ROWS], given[:LEVEL_ROWS]
    decimals, moneys = peers.nested_by_hand("yuan"), peers.nested_by_hand("money")
    show(
        "all levels, from objects with Decimal amounts",
        {
            "govbudget: cube_of(objects, amount='yuan')": lambda: cube_of(given, by=BY, amount="yuan"),
            "nested dict of Decimals by hand": lambda: peers.climbed_by_hand(decimals(given)),
        },
        len(rows),
        rounds,
    )
    jobs: Jobs = {
        "govbudget: cube_of(objects, amount='money.amount')": lambda: cube_of(given, by=BY, amount="money.amount"),
        "nested dict of Money by hand": lambda: peers.climbed_by_hand(moneys(given)),
        "Money added at every level": lambda: peers.at_every_level(levels, "money"),
    }
    scale = {"Money added at every level": len(levels)}
    data, amount, realization = map(
        installed, ("beancount.core.data", "beancount.core.amount", "beancount.core.realization")
    )
    if realization:
        built = peers.transactions(few, data, amount)
        jobs["beancount: realize, one order of the axes"] = lambda: _realized(realization, built)
        jobs["beancount: build transactions, then realize"] = lambda: _realized(
            realization, peers.transactions(few, data, amount)
        )
        scale |= dict.fromkeys(list(jobs)[3:], len(few))
    show("all levels, from objects with Money", jobs, len(rows), min(rounds, 3), scale)


def _realized(realization: Any, built: list[Any]) -> Any:
    root = realization.realize(built)
    return [realization.compute_balance(account) for account in realization.iter_children(root)][:1]


# -- from columns -----------------------------------------------------------------------------------------------------


def from_columns(items: list[Entry], rounds: int) -> None:
    """Conversion excluded: every contender holds the columns in its own form already."""
    pa, pl, duckdb, pandas = map(installed, ("pyarrow", "polars", "duckdb", "pandas"))
    if not pa:
        return
    strings = pa.table(peers.columns(items))
    coded = pa.table(
        {name: strings[name].dictionary_encode() if name in BY else strings[name] for name in [*BY, "fen"]}
    )
    leaves: Jobs = {
        "govbudget: dictionary-coded Arrow": lambda: ArrowSource(coded).leaves(BY, "fen"),
        "govbudget: Arrow strings": lambda: ArrowSource(strings).leaves(BY, "fen"),
        "pyarrow group_by, dictionary-coded": lambda: coded.group_by(list(BY)).aggregate([("fen", "sum")]),
        "pyarrow group_by, strings": lambda: strings.group_by(list(BY)).aggregate([("fen", "sum")]),
    }
    cubes: Jobs = {
        "govbudget: dictionary-coded Arrow": lambda: table_cube(coded, by=BY),
        "govbudget: Arrow strings": lambda: table_cube(strings, by=BY),
        "pyarrow group_by, dictionary-coded": lambda: peers.climbed(_arrow_rows(coded)),
    }
    if duckdb:
        connection = duckdb.connect()
        connection.register("given", strings)
        connection.execute("CREATE TABLE facts AS SELECT * FROM given")
        keys = ", ".join(BY)
        query = f"SELECT {keys}, sum(fen) FROM facts GROUP BY ALL"
        leaves["DuckDB, its own table"] = lambda: connection.sql(query).to_arrow_table()
        cubes["DuckDB, its own table, climbed by our code"] = lambda: peers.climbed(
            _duck_rows(connection.table("facts"))
        )
        cubes["DuckDB, its own table, all levels in SQL"] = lambda: connection.sql(
            peers.all_levels_sql("facts")
        ).to_arrow_table()
    if pl:
        held, categories = pl.from_arrow(strings), pl.from_arrow(coded)
        leaves["Polars, strings"] = lambda: held.group_by(BY).agg(pl.col("fen").sum())
        leaves["Polars, categories"] = lambda: categories.group_by(BY).agg(pl.col("fen").sum())
        cubes["Polars, categories"] = lambda: peers.climbed(_polars_rows(pl, categories))
    if pandas:
        frame = strings.to_pandas().astype(dict.fromkeys(BY, "category"))
        leaves["pandas, categories"] = lambda: _pandas_sums(frame)
        cubes["pandas, categories"] = lambda: peers.climbed(_pandas_rows(frame))
    same(cubes, cube_of(items, by=BY))
    show("leaves only, from columns at hand", leaves, len(items), rounds)
    show("all levels, from columns at hand", cubes, len(items), rounds)


def main(sizes: Sequence[int], rounds: int | None = None) -> None:
    """Run all blocks for each number of rows."""
    for rows in sizes:
        items = peers.entries(rows)
        often = rounds or (7 if rows <= 10_000 else 5 if rows <= 100_000 else 3)
        from_objects(items, often)
        other_numbers(items, min(often, 5))
        from_columns(items, often)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Totals beside other ways to total.")
    asked.add_argument("rows", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--rounds", type=int, help="how often each job is run (default: 7, 5 and 3)")
    given = asked.parse_args()
    main(given.rows, given.rounds)
