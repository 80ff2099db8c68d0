"""Totals of leaf facts beside what one would use instead: dicts, py-moneyed, beancount, pandas, Polars, DuckDB, pyarrow.

The task is the same for all: money told apart by functional and economic subject, fund and use, added up at every
level of all four trees at once (a cube). Every contender adds at the leaves first and carries the sums up the trees;
for engines whose sums come back as rows, the trees are climbed by the very code that we use ourselves, so that only
the adding differs; DuckDB, pandas and Polars are also asked for all levels in their own way. The totals of all are compared before anything is timed.

``python benchmarks/aggregation.py [ROWS …]``: 10,000, 100,000 and 1,000,000 by default.
"""

from __future__ import annotations

import gc
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from statistics import median

import attrs

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from timing import peak  # noqa: E402

from govbudget.aggregation import cube_of  # noqa: E402
from govbudget.aggregation.bulk.source import tips_of  # noqa: E402
from govbudget.aggregation.codes import above, line_up  # noqa: E402
from govbudget.aggregation.cubes import Cube, raised, ups  # noqa: E402
from govbudget.aggregation.lattice import nodes  # noqa: E402
from govbudget.money import fen_to_money  # noqa: E402

BY = ("functional", "economic", "fund", "use")
FUNCTIONAL = [f"{kind}{middle:02}{last:02}" for kind in (201, 204, 205, 208, 210, 221) for middle in (1, 5) for last in (1, 2, 3, 50, 99)]
ECONOMIC = [f"30{kind}{last:02}" for kind in (1, 2, 3, 9) for last in range(1, 8)]
FUNDS = ("general", "government_fund", "unit")
USES = ("personnel", "running", "project")


@attrs.frozen(kw_only=True)
class Entry:
    """Money at one leaf, as int of 分."""

    functional: str
    economic: str
    fund: str
    use: str
    fen: int


@attrs.frozen(kw_only=True)
class Priced:
    """The same with a Decimal in 元, and with a Money."""

    functional: str
    economic: str
    fund: str
    use: str
    yuan: Decimal
    money: object


def entries(rows: int) -> list[Entry]:
    """Random entries; equal codes are equal objects, as they are where codes come from a tree or a dictionary."""
    luck = random.Random(7)
    return [
        Entry(
            functional=luck.choice(FUNCTIONAL),
            economic=luck.choice(ECONOMIC),
            fund=luck.choice(FUNDS),
            use=luck.choice(USES),
            fen=luck.randrange(1, 10**10),
        )
        for _ in range(rows)
    ]


# -- by hand ----------------------------------------------------------------------------------------------------------


def nested(items: Sequence[Entry]) -> dict[str, object]:
    """The nested dict that one writes by hand, in the order of the attributes."""
    sums: dict[str, object] = {}
    for item in items:
        at = sums.get(item.functional)
        if at is None:
            at = sums[item.functional] = {}
        below = at.get(item.economic)
        if below is None:
            below = at[item.economic] = {}
        last = below.get(item.fund)
        if last is None:
            last = below[item.fund] = {}
        last[item.use] = last.get(item.use, 0) + item.fen
    return sums


def nested_of(attribute: str, zero: object) -> Callable[[Sequence[object]], dict[str, object]]:
    """The same for another attribute and another zero."""
    space: dict[str, object] = {"zero": zero}
    source = """
def loop(items):
    sums = {}
    for item in items:
        at = sums.get(item.functional)
        if at is None:
            at = sums[item.functional] = {}
        below = at.get(item.economic)
        if below is None:
            below = at[item.economic] = {}
        last = below.get(item.fund)
        if last is None:
            last = below[item.fund] = {}
        last[item.use] = last.get(item.use, zero) + item.ATTRIBUTE
    return sums
"""
    exec(source.replace("ATTRIBUTE", attribute), space)
    return space["loop"]  # type: ignore[return-value]


def climb_by_hand(sums: dict[str, object], axis: int = 0) -> dict[str, object]:
    """Carry a nested dict up all trees by hand: inner axes first, each node into its parent once, deepest first."""
    if axis < len(BY) - 1:
        sums = {code: climb_by_hand(below, axis + 1) for code, below in sums.items()}  # type: ignore[arg-type]
    out = dict(sums)
    for code, up in steps(axis, frozenset(sums)):
        if up in out:
            out[up] = add_by_hand(out[up], out[code], len(BY) - 1 - axis)
        else:
            out[up] = out[code]
    return out


_STEPS: dict[tuple[int, frozenset[str]], list[tuple[str, str]]] = {}


def steps(axis: int, codes: frozenset[str]) -> list[tuple[str, str]]:
    """The edges of a tree, deepest first; worked out once for each set of codes."""
    found = _STEPS.get((axis, codes))
    if found is None:
        name = BY[axis]
        every = {step for code in codes for step in (code, *line_up(name, code))}
        order = sorted(every, key=lambda code: -len(line_up(name, code)))
        found = _STEPS[axis, codes] = [(code, up) for code in order if (up := above(name, code)) is not None]
    return found


def add_by_hand(first: object, other: object, depth: int) -> object:
    """Add two nested dicts."""
    if not depth:
        return first + other  # type: ignore[operator]
    out = dict(first)  # type: ignore[call-overload]
    for code, below in other.items():  # type: ignore[attr-defined]
        known = out.get(code)
        out[code] = below if known is None else add_by_hand(known, below, depth - 1)
    return out


def every_level(items: Sequence[object], get: str, zero: object) -> dict[tuple[str, ...], object]:
    """Each item added to each place above it: what a running total on every account does."""
    ways = {name: {} for name in BY}
    sums: dict[tuple[str, ...], object] = {}
    for item in items:
        chains = []
        for name in BY:
            code = getattr(item, name)
            chain = ways[name].get(code)
            if chain is None:
                chain = ways[name][code] = (code, *line_up(name, code))
            chains.append(chain)
        amount = getattr(item, get)
        for a in chains[0]:
            for b in chains[1]:
                for c in chains[2]:
                    for d in chains[3]:
                        sums[a, b, c, d] = sums.get((a, b, c, d), zero) + amount  # type: ignore[operator]
    return sums


# -- engines ----------------------------------------------------------------------------------------------------------


def from_rows(rows: object) -> Cube:
    """Rows of codes and a sum, climbed by our own code."""
    order, tips, words = tips_of(rows, BY)  # type: ignore[arg-type]
    ways = ups(BY)
    return raised(BY, order, tips, [nodes(known, ways[name]) for name, known in zip(order, words, strict=True)])


def columns(items: Sequence[Entry]) -> dict[str, list[object]]:
    """The entries as columns: what every engine must be given first."""
    found: dict[str, list[object]] = {name: [getattr_ for getattr_ in [getattr(i, name) for i in items]] for name in BY}
    found["fen"] = [item.fen for item in items]
    return found


class Engines:
    """The engines that are installed; each is left out with a message where it is not."""

    def __init__(self) -> None:
        self.found: dict[str, object] = {}
        for name in ("numpy", "pandas", "polars", "duckdb", "pyarrow", "beancount.core.realization", "moneyed"):
            try:
                self.found[name] = import_module(name)
            except ImportError:
                print(f"{name} is not installed: left out")

    def __getattr__(self, name: str) -> object:
        return self.found.get(name)


# -- measuring --------------------------------------------------------------------------------------------------------

Job = Callable[[], object]


def turns(jobs: dict[str, Job], rounds: int) -> dict[str, float]:
    """Medians of wall time in seconds, the jobs taken in turn; the collector runs between them, not in them."""
    took: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            gc.disable()
            begin = time.perf_counter()
            kept = job()
            took[name].append(time.perf_counter() - begin)
            gc.enable()
            del kept
    return {name: median(found) for name, found in took.items()}


def show(title: str, times: dict[str, float], rows: int, memory: dict[str, int] | None = None) -> None:
    """Print nanoseconds a row and ratios to the first line, which is ours."""
    print(f"\n{title}")
    own = next(iter(times.values()))
    for name, seconds in times.items():
        line = f"  {name:58}{seconds / rows * 1e9:10,.0f} ns/row {seconds / own:8.2f} ×"
        if memory and name in memory:
            line += f" {memory[name] / 1e6:9,.1f} MB"
        print(line)


if __name__ == "__main__":
    from aggregation_jobs import main

    main([int(word.replace(",", "")) for word in sys.argv[1:]] or [10_000, 100_000, 1_000_000])

_ = (resource, subprocess, cube_of, fen_to_money, peak)
