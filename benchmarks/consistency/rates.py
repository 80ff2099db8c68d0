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

from budgets import Budget, as_budget, budget, leaves
from faults import LINES, SINGLE, Faulty, spoiled

from govbudget.consistency import (
    Localisation,
    Printed,
    Suspect,
    Verdict,
    balancing,
    check,
    each_figure,
    exchanged,
    explain,
    localise,
    moved,
    repeated,
    supported,
    verdict_on,
    verify,
)
from govbudget.money import MoneyUnit
from govbudget.testing.publish import publish


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


def _suspects(faulty: Faulty) -> list[Suspect]:
    """Every figure, every row, every pair of columns of a table, and every total that may have lost a row.

    The same for every kind of fault: which kind it is, nobody knows beforehand.
    """
    lines: dict[tuple[int, ...], list[int]] = {}
    columns: dict[tuple[int, ...], list[int]] = {}
    totals: dict[tuple[int, ...], list[int]] = {}
    places = faulty.budget.places
    for figure, (t, n, line, column) in enumerate(places):
        lines.setdefault((t, n, line), []).append(figure)
        columns.setdefault((t, n, column), []).append(figure)
    for number, (plus, minus, _) in enumerate(faulty.budget.system.plan.relations):
        own = places[minus[0]]
        if all(places[i][0] == own[0] and places[i][2] != own[2] for i in plus):
            totals.setdefault(own[:3], []).append(number)
    found = list(each_figure(faulty.budget.system))
    found += [Suspect(tuple(line), weight=3) for line in lines.values() if len(line) > 1]
    found += [Suspect((), tuple(relations), weight=4) for relations in totals.values()]
    keys = sorted(columns)
    found += [Suspect(tuple(columns[a] + columns[b]), weight=5) for a in keys for b in keys if a < b and a[:2] == b[:2]]
    return found


def _moved(faulty: Faulty, where: Localisation, chosen: tuple[int, ...]) -> bool:
    """Whether the story of a line or column, told of one suspect, makes everything consistent."""
    system, places = faulty.budget.system, faulty.budget.places
    figures = where.figures(chosen)
    if len(chosen) > 1 or len(figures) < 2:
        return False
    columns = sorted({places[i][3] for i in figures})
    if len({places[i][2] for i in figures}) > 1:
        one, other = ([i for i in figures if places[i][3] == c] for c in columns)
        return len(one) == len(other) and bool(supported(system, [exchanged(system, one, other)]))
    return bool(supported(system, [moved(system, figures, by=1), moved(system, figures, by=-1), repeated(figures)]))


def faults(kind: str, budgets: list[Budget], count: int) -> None:
    """Print the rates for one kind of fault."""
    rng = random.Random(kind)
    seen = detected = among = first = alone = fewer = proved = proofs = 0
    took: list[float] = []
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
        suspects = _suspects(faulty)
        begin = time.perf_counter()
        where = localise(system, suspects, solver=False)
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
        printed = {i: Printed(text, faulty.budget.unit, neighbours={}) for i, text in enumerate(faulty.budget.texts)}
        alone += len(where.sets) == 1 and bool(right)
        ranked = explain(system, where, printed, most_sets=24)
        told = {r.chosen: 3 if _moved(faulty, where, r.chosen) else r.cost for r in ranked}
        reasons = sorted(told, key=lambda chosen: told[chosen])
        first += bool(reasons) and reasons[0] in right
    if not seen:
        print(f"{kind:16} none possible")
        return
    print(
        f"{kind:16} {seen:5} visible  detected {100 * detected / seen:6.2f} %  proofs verified {proved}/{proofs}"
        f"  among the smallest sets {100 * among / seen:6.2f} % (fewer would do: {fewer})"
        f"  only set {100 * alone / seen:5.1f} %  first {100 * first / seen:5.1f} %"
        f"  median {1000 * statistics.median(took):.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=200, help="visible faults of each kind")
    parser.add_argument("--clean", type=int, default=1000, help="clean budgets")
    parser.add_argument("--leaves", type=int, default=25, help="leaves of each budget with faults")
    chosen = parser.parse_args()
    clean(chosen.clean)
    budgets = [budget(seed, chosen.leaves) for seed in range(12)]
    sizes = [sum(map(bool, b.texts)) for b in budgets]
    print(f"{len(budgets)} budgets of {min(sizes)} to {max(sizes)} printed figures")
    for kind in (*SINGLE, *LINES, "double", "triple"):
        faults(kind, budgets, chosen.faults)


if __name__ == "__main__":
    main()
