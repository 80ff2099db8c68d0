"""How many faults are detected and found, by kind, over generated budgets, and how long it takes.

A fault counts only where it can be seen: the figures leave what the rest allows. For one figure that is asked apart
from the check, from the range that the rest of the document leaves it. For several figures at once nothing but the
check can tell, so their rate of detection says no more than that the localiser agrees with it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from budgets import Budget, as_budget, budget, leaves, published
from faults import LINES, SINGLE, Faulty, spoiled

import govbudget as gb
from govbudget.consistency import (
    Printed,
    Verdict,
    balancing,
    check,
    each_part,
    likeliest,
    localise,
    verdict_on,
    verify,
)
from govbudget.money import MoneyUnit
from govbudget.testing.press import publish

ROOT = Path(__file__).parents[2]


def clean(count: int) -> None:
    """Independently rounded budgets must not show one violation."""
    begin, false, figures = time.perf_counter(), 0, 0
    for seed in range(count):
        rng = random.Random(seed)
        places = rng.choice([2, 2, 4])
        made = as_budget(publish(leaves(rng, rng.randint(1, 8)), unit=MoneyUnit.WAN_YUAN, places=places))
        figures += made.system.plan.size
        false += verdict_on(made.system, solver=False) is Verdict.VIOLATED
    took = time.perf_counter() - begin
    print(f"{count} clean budgets, {figures} figures: {false} with violations ({took:.0f} s with building them)")


def _visible(faulty: Faulty) -> bool | None:
    """Whether the wrong figure lies outside what the rest leaves it, by a way that does not use the check."""
    if len(faulty.wrong) != 1:
        return None
    (figure,) = faulty.wrong
    ends = balancing(faulty.budget.system, figure)
    if ends is None:
        return None
    (low, high), system = ends, faulty.budget.system
    here_low, here_high = system.lows[figure] or 0, system.highs[figure] or 0
    return (low is not None and here_high < low) or (high is not None and here_low > high)


def faults(kind: str, budgets: list[Budget], count: int) -> None:
    """Print the rates for one kind of fault."""
    rng = random.Random(kind)
    seen = detected = among = first = level = alone = fewer = proved = proofs = 0
    took: list[float] = []
    alone_took: list[float] = []
    tries = 0
    while seen < count and tries < 40 * count:
        tries += 1
        faulty = spoiled(rng.choice(budgets), rng, kind)
        if faulty is None:
            continue
        system = faulty.budget.system
        visible = _visible(faulty)
        found = check(system, solver=False)
        if visible is False or (visible is None and not found.violations):
            assert not found.violations  # what cannot be seen must not be accused
            continue
        seen += 1
        detected += bool(found.violations)
        proofs += len(found.violations)
        proved += sum(verify(v, system) for v in found.violations)
        printed = {
            i: Printed(text, unit)
            for i, (text, unit) in enumerate(zip(faulty.budget.texts, faulty.budget.units, strict=True))
        }
        begin = time.perf_counter()
        localise(system, each_part(system, faulty.budget.cells), solver=False)
        alone_took.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        where, ranked = likeliest(system, faulty.budget.cells, printed, solver=False)
        took.append(time.perf_counter() - begin)
        wrong = set(faulty.wrong)
        right = [
            chosen
            for chosen in where.sets
            if set(faulty.missing) <= set(where.relations(chosen))
            and (
                wrong <= set(where.figures(chosen))
                or (faulty.alike and set(faulty.alike) <= set(where.figures(chosen)))
            )
        ]
        size = len(where.sets[0]) if where.sets else 0
        true_size = len(wrong) if kind in (*SINGLE, "double", "triple") else 1
        fewer += size < true_size
        among += bool(right) or 0 < size < true_size
        alone += len(where.sets) == 1 and bool(right)
        first += bool(ranked) and ranked[0].chosen in right
        level += any(e.chosen in right and e.cost == ranked[0].cost for e in ranked)
    if not seen:
        print(f"{kind:16} none possible")
        return
    print(
        f"{kind:16} {seen:5} visible  detected {100 * detected / seen:6.2f} %  proofs verified {proved}/{proofs}"
        f"  among the smallest sets {100 * among / seen:6.2f} % (fewer would do: {fewer})"
        f"  only set {100 * alone / seen:5.1f} %  first {100 * first / seen:5.1f} %"
        f" (or level with the first {100 * level / seen:5.1f} %)"
        f"  median to localise {1000 * statistics.median(alone_took):.1f} ms,"
        f" and to explain {1000 * statistics.median(took):.1f} ms"
    )


def real() -> list[tuple[str, Budget]]:
    """The published documents at hand as systems."""
    found = [("hangzhou-2024", published(gb.read(ROOT / "examples" / "hangzhou-2024.md").disclosure))]
    for folder in sorted((ROOT.parent / "shared" / "cases").glob("*-20??-*")):
        files = sorted(folder.glob("*.pdf"))
        if not files or "template" in folder.name:
            continue
        disclosure = gb.read(files if len(files) > 1 else files[0]).disclosure
        if disclosure.tables:
            found.append((folder.name, published(disclosure)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=200, help="visible faults of each kind")
    parser.add_argument("--clean", type=int, default=1000, help="clean budgets")
    parser.add_argument("--leaves", type=int, default=25, help="leaves of each budget with faults; 0 for none")
    parser.add_argument("--kinds", nargs="*", help="kinds of faults; by default all")
    chosen = parser.parse_args()
    kinds = chosen.kinds or (*SINGLE, *LINES, "double", "triple")
    if chosen.clean:
        clean(chosen.clean)
    if chosen.leaves:
        budgets = [budget(seed, chosen.leaves) for seed in range(12)]
        sizes = [sum(map(bool, b.texts)) for b in budgets]
        print(f"\n{len(budgets)} generated budgets of {min(sizes)} to {max(sizes)} printed figures")
        for kind in kinds:
            faults(kind, budgets, chosen.faults)
    documents = real()
    for name, document in documents:
        printed = sum(map(bool, document.texts))
        assert verdict_on(document.system) is not Verdict.VIOLATED
        print(f"\n{name}: {printed} printed figures, {len(document.system.plan.relations)} relations", end="")
    print(f"\nfaults in these {len(documents)} published documents")
    for kind in kinds:
        faults(kind, [document for _, document in documents], chosen.faults)


if __name__ == "__main__":
    main()
