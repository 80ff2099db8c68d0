"""Every sum of a document of some 790 cells, by our plan and by validators that others use.

Each peer gets the same numbers, ready in the form it wants (frames, rows, an instance), and must object to the same
sums of a budget with a fault in it, before its time counts. It is asked in the way its manual teaches (a schema for
each table with its rules) and in the fairest fast way (whatever there is to gain by adding up outside of it).

    python benchmarks/consistency/validators.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from budgets import Budget, budget
from forms import Form, form
from timing import interleaved

from govbudget.consistency import Checked, Relation, ranges

STEP = 10**4
GOALS = {"pandera": 300, "dataframely": 300, "frictionless": 300, "arelle": 500}
Job = Callable[[], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    made = budget(7, 24)
    with tempfile.TemporaryDirectory() as folder:
        peers = dict(_peers(made, Path(folder)))
        measure(made, peers, rounds)


def measure(made: Budget, peers: dict[tuple[str, str], Job], rounds: int) -> None:
    """Time all in turn and print cost and ratio."""
    check = ours(made)
    work: dict[str, Job] = {
        "plan": lambda: check(made.system.values),
        "verdicts": lambda: check(made.system.values).verdicts,
        "ranges": lambda: made.system.plan.check(made.system.values, *ranges(made.system.values, STEP)),
    }
    times = interleaved(work | {" / ".join(name): job for name, job in peers.items()}, rounds)
    cells, relations = made.system.plan.size, made.system.plan.relations
    own, listed = times["plan"], times["verdicts"]
    print(f"{cells} cells, {len(relations)} sums, {sum(len(r.plus) + 1 for r in relations)} terms")
    print(f"{'':52} µs/document  µs/cell   × plan  × every verdict listed")
    for name, what in (("plan", ""), ("verdicts", ", every verdict listed"), ("ranges", ", ranges made anew")):
        took = times[name]
        print(f"{'govbudget, compiled plan' + what:52} {1e6 * took:11.1f} {1e6 * took / cells:8.3f}")
    for package, way in peers:
        took = times[f"{package} / {way}"]
        cost = f"{1e6 * took:11.1f} {1e6 * took / cells:8.3f} {took / own:8.0f} {took / listed:8.0f}"
        word = "reached" if took >= GOALS[package] * own else "MISSED"
        print(f"{package + ', ' + way:52} {cost}   goal {GOALS[package]} {word}")
    for package in GOALS:
        if find_spec(package) is None:
            print(f"{package}: not installed, not measured (pip install --group bench)")


def ours(made: Budget) -> Callable[[tuple[int, ...]], Checked]:
    """Check values with their ranges: every figure counts as printed."""
    lows, highs = ranges(made.system.values, STEP)
    plan = made.system.plan
    plan.check(made.system.values, lows, highs)  # from the second document on a plan is compiled
    return lambda values: plan.check(values, lows, highs)


def _peers(made: Budget, folder: Path) -> Iterator[tuple[tuple[str, str], Job]]:
    """Yield each peer and way, after it was asked about a budget with a fault."""
    clean = [value // STEP for value in made.system.values]
    figure = max(range(len(clean)), key=lambda i: sum(i in r.plus or i in r.minus for r in made.system.plan.relations))
    spoiled = [value + 1234 if i == figure else value for i, value in enumerate(clean)]
    lows, highs = ranges([value * STEP for value in spoiled], STEP)
    expected = set(made.system.plan.check([value * STEP for value in spoiled], lows, highs).violated)
    assert len(expected) > 3
    kind, relations = form(made), made.system.plan.relations
    whole = {r for rules in kind.rules.values() for rule in rules if rule.down for r in _all_of(rule, expected)}
    for package, way, make in _ways(kind, relations, folder):
        found = make(spoiled)()
        assert expected <= found <= expected | whole, (package, way, expected ^ found)
        job = make(clean)
        assert not job(), (package, way)
        yield (package, way), job


def _all_of(rule: object, expected: set[int]) -> tuple[int, ...]:
    numbers: tuple[int, ...] = rule.relations  # type: ignore[attr-defined]
    return numbers if expected & set(numbers) else ()


_Way = tuple[str, str, Callable[[list[int]], Callable[[], set[int]]]]


def _ways(kind: Form, relations: tuple[Relation, ...], folder: Path) -> Iterator[_Way]:
    if find_spec("pandera"):
        import with_pandera as pandera

        yield "pandera", "a check for each rule of a table", lambda v: pandera.by_table(kind, v)
        yield "pandera", "a check for each sum", lambda v: pandera.by_sum(relations, v)
        yield "pandera", "one check, numpy adds up", lambda v: pandera.by_matrix(relations, v)
    if find_spec("dataframely"):
        import with_dataframely as dataframely

        yield "dataframely", "a rule for each rule of a table", lambda v: dataframely.by_table(kind, v)
        yield "dataframely", "a rule for each sum", lambda v: dataframely.by_sum(relations, v)
        yield "dataframely", "one rule over all terms", lambda v: dataframely.by_term(relations, v)
    if find_spec("frictionless"):
        import with_frictionless as frictionless

        yield "frictionless", "row constraints and table checks", lambda v: frictionless.by_table(kind, v)
        yield "frictionless", "one check, a loop adds up", lambda v: frictionless.by_cell(relations, v)
    if find_spec("arelle"):
        import with_arelle as arelle

        session = arelle.Arelle(folder)

        def instance(values: list[int]) -> Path:
            own = Path(tempfile.mkdtemp(dir=folder))
            return arelle.written(own, relations, values)

        yield "arelle", "load and validate", lambda v: session.load_and_validate(instance(v), relations)
        yield "arelle", "calculations alone, model loaded", lambda v: session.calculations_alone(instance(v), relations)


if __name__ == "__main__":
    main()
