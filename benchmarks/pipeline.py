"""What the whole way costs, as ratios against a floor in the same run.

Floors: bare Python for the import, splitting the text for reading, a hand-written integer loop over the same sums
for the audit, ``json`` on ready dicts for JSON.
Runs are interleaved; the medians are shown. Ratios under about 1.3 are noise.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from timing import interleaved

import govbudget as gb
from govbudget.serializers.wire import wire

EXAMPLE = Path(__file__).parents[1] / "examples" / "hangzhou-2024.md"


def show(what: str, ours: float, floor: float, against: str) -> None:
    """Print one line of the table."""
    print(f"{what:34} {ours * 1e3:9.3f} ms   {ours / floor:8.2f} × {against} ({floor * 1e3:.3f} ms)")


def run_python(code: str) -> Callable[[], object]:
    """Return a job that runs a fresh interpreter."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def main() -> None:
    """Run all and print."""
    bare, door, amount = interleaved(
        {
            "bare": run_python("pass"),
            "door": run_python("import govbudget"),
            "amount": run_python("from govbudget import Amount; Amount(1)"),
        },
        rounds=9,
    ).values()
    show("import govbudget", door, bare, "bare Python")
    show("from govbudget import Amount", amount, bare, "bare Python")

    data = EXAMPLE.read_bytes()
    text = data.decode()
    reading = gb.read(data, name="a.md")
    budget = reading.disclosure
    read, split = interleaved(
        {"read": lambda: gb.read(data, name="a.md"), "split": lambda: [x.split("|") for x in text.splitlines()]}
    ).values()
    show("read one disclosure", read, split, "splitting its text")

    report = gb.audit(budget)
    sums = [
        [len(c.operands), *range(len(c.operands) - 1)] for c in report.comparisons if c.rule.startswith("additivity")
    ]
    values = list(range(1000))

    def loop() -> int:
        return sum(values[s[0]] - sum([values[i] for i in s[1:]]) for s in sums)

    audit, floor = interleaved({"audit": lambda: gb.audit(budget), "loop": loop}).values()
    show(f"audit, {len(report.comparisons)} comparisons", audit, floor, "the sums alone in integers")
    cells = len(gb.tree("functional", 2024)) and sum(
        len(x.values) for t in budget.tables for n in t.lanes for x in n.lines
    )
    print(f"{'':34} {audit / cells * 1e6:9.2f} µs a cell of {cells}")

    plain = wire().unstructure(budget)
    out = gb.dumps(budget)
    dump, dump_floor = interleaved(
        {"dump": lambda: gb.dumps(budget), "json": lambda: json.dumps(plain, ensure_ascii=False)}
    ).values()
    load, load_floor = interleaved({"load": lambda: gb.loads(out), "json": lambda: json.loads(out)}).values()
    show(f"dumps, {len(out):,} bytes", dump, dump_floor, "json.dumps of ready dicts")
    show("loads", load, load_floor, "json.loads to dicts")

    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    held = [gb.loads(out) for _ in range(5)]
    ours = (tracemalloc.get_traced_memory()[0] - before) / len(held)
    before = tracemalloc.get_traced_memory()[0]
    dicts = [json.loads(out) for _ in range(5)]
    theirs = (tracemalloc.get_traced_memory()[0] - before) / len(dicts)
    print(f"{'memory of one disclosure':34} {ours / 1024:9.0f} KiB  {ours / theirs:8.2f} × its JSON as dicts")


if __name__ == "__main__":
    main()
