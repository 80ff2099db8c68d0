"""Speed of checking and localising, as ratios against peers measured in the same run, interleaved, medians.

The check is compared with the loops one would write by hand over the same relations and the same numbers: values,
ranges and verdicts. Localising is compared with CP-SAT where OR-Tools is installed.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from budgets import budget, exact_budget
from faults import SINGLE, spoiled
from timing import interleaved

from govbudget.consistency import Plan, Relation, System, Verdict, check, localise, ranges, verdict_on
from govbudget.consistency import solver as engine


def by_hand(relations: tuple[Relation, ...], values: list[int], lows: list[int], highs: list[int]) -> list[Verdict]:
    """The integer loop one would write: value and range of each sum, and the verdict."""
    verdicts = []
    for plus, minus, _ in relations:
        value = low = high = 0
        for i in plus:
            value += values[i]
            low += lows[i]
            high += highs[i]
        for i in minus:
            value -= values[i]
            low -= highs[i]
            high -= lows[i]
        if not value:
            verdicts.append(Verdict.EXACT)
        elif low <= 0 <= high:
            verdicts.append(Verdict.ROUNDING)
        else:
            verdicts.append(Verdict.VIOLATED)
    return verdicts


def values_by_hand(relations: tuple[Relation, ...], values: list[int]) -> list[bool]:
    """The shortest loop: printed values only, no rounding."""
    verdicts = []
    for plus, minus, _ in relations:
        total = 0
        for i in plus:
            total += values[i]
        for i in minus:
            total -= values[i]
        verdicts.append(total == 0)
    return verdicts


def by_decimal(relations: tuple[Relation, ...], values: list[Decimal], half: Decimal) -> list[Verdict]:
    """The same with Decimal and half a unit for each operand."""
    verdicts = []
    for plus, minus, _ in relations:
        total = Decimal(0)
        for i in plus:
            total += values[i]
        for i in minus:
            total -= values[i]
        slack = half * (len(plus) + len(minus))
        off = abs(total)
        verdicts.append(Verdict.EXACT if not off else Verdict.ROUNDING if off <= slack else Verdict.VIOLATED)
    return verdicts


def checking(title: str, system: System, step: int) -> None:
    plan, values = system.plan, list(system.values)
    lows, highs = ranges(values, step)
    assert list(plan.check(values, lows, highs).verdicts) == by_hand(plan.relations, values, lows, highs)
    decimals = [Decimal(v).scaleb(-6) for v in values]
    half = Decimal(step).scaleb(-6) / 2
    times = interleaved(
        {
            "integer loop, values, ranges, verdicts": lambda: by_hand(plan.relations, values, lows, highs),
            "integer loop, values only": lambda: values_by_hand(plan.relations, values),
            "Decimal loop": lambda: by_decimal(plan.relations, decimals, half),
            "known layout: the plan": lambda: plan.check(values, lows, highs),
            "known layout: the plan, every verdict listed": lambda: plan.check(values, lows, highs).verdicts,
            "new layout: plan and check": lambda: Plan(plan.size, plan.relations).check(values, lows, highs),
        },
        rounds=30,
    )
    terms = sum(len(plus) + len(minus) for plus, minus, _ in plan.relations)
    print(f"{title}: {plan.size} cells, {len(plan.relations)} relations, {terms} terms")
    base = times["integer loop, values, ranges, verdicts"]
    for name, took in times.items():
        print(f"  {name:45} {1e6 * took:8.1f} µs  {1e9 * took / plan.size:7.1f} ns/cell  {took / base:5.2f} ×")


def localising(seed: int, leaves: int, count: int = 60) -> None:
    made, rng = budget(seed, leaves), random.Random(seed)
    times: dict[str, list[float]] = {"joint check of the clean budget": [], "check with proofs": [], "localise": []}
    if engine.available():
        times["CP-SAT, one optimum"] = []
    agree = solved = total = 0
    while total < count:
        faulty = spoiled(made, rng, rng.choice(SINGLE))
        if faulty is None or not check(faulty.budget.system, solver=False).violations:
            continue
        total += 1
        work: dict[str, Callable[[], object]] = {
            "joint check of the clean budget": lambda: verdict_on(made.system, solver=False),
            "check with proofs": lambda f=faulty: check(f.budget.system, solver=False),
            "localise": lambda f=faulty: localise(f.budget.system, solver=False),
        }
        if engine.available() and total <= 5:
            work["CP-SAT, one optimum"] = lambda f=faulty: engine.fewest(f.budget.system)
        results = {}
        for name, run in work.items():
            begin = time.perf_counter()
            results[name] = run()
            times[name].append(time.perf_counter() - begin)
        if "CP-SAT, one optimum" in results:
            optimum = results["CP-SAT, one optimum"]
            solved += optimum is not None
            agree += optimum is not None and tuple(sorted(optimum)) in results["localise"].sets
    printed = sum(map(bool, made.texts))
    print(f"one fault in {made.system.plan.size} cells ({printed} printed)")
    for name, took in times.items():
        print(f"  {name:45} median {1000 * statistics.median(took):7.1f} ms  worst {1000 * max(took):7.1f} ms")
    if engine.available():
        print(f"  the optimum of CP-SAT is among the sets found: {agree} of {solved} (5 asked)")
    else:
        print("  OR-Tools is not installed: no peer")


def main() -> None:
    rounded = budget(7, 24)
    checking("a rounded budget (万元, 2 decimals)", rounded.system, 10**4)
    exact = exact_budget(7, 24)
    checking("an exact budget (元 and 分)", exact.system, 1)
    localising(7, 24)
    localising(7, 120)


if __name__ == "__main__":
    main()
