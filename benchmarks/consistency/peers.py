"""The same faults through point comparison and through a mixed-integer program with a large constant.

The second is how error localisation is usually written (errorlocate): change as few figures as possible, where a figure
may move by M if its switch is on. A solver that works in floating point takes a switch of 10⁻⁶ for off, and so
10⁻⁶ · M for nothing. Needs scipy.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from budgets import Budget, budget
from faults import SINGLE, spoiled
from rates import real

from govbudget.consistency import System, check, localise

STEP = 10**4


def big_m(system: System, large: float) -> set[int] | None:
    """The figures that the program would change; in units of the last printed digit."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_array

    n, rules = system.plan.size, system.plan.relations
    values = np.array([v / STEP for v in system.values])
    half = np.array(
        [((high or 0) - (low or 0) + 1) / 2 / STEP for low, high in zip(system.lows, system.highs, strict=True)]
    )
    sums = lil_array((len(rules), 2 * n))
    for row, (plus, minus, _) in enumerate(rules):
        for i in plus:
            sums[row, i] = 1
        for i in minus:
            sums[row, i] = -1
    above, below = lil_array((n, 2 * n)), lil_array((n, 2 * n))
    for i in range(n):
        above[i, i], above[i, n + i] = 1, -large
        below[i, i], below[i, n + i] = 1, large
    found = milp(
        np.concatenate([np.zeros(n), np.ones(n)]),
        integrality=np.concatenate([np.zeros(n), np.ones(n)]),
        bounds=Bounds(np.concatenate([values - large, np.zeros(n)]), np.concatenate([values + large, np.ones(n)])),
        constraints=[
            LinearConstraint(sums.tocsr(), [-np.inf if r.at_most else 0 for r in rules], 0),
            LinearConstraint(above.tocsr(), -np.inf, values + half),
            LinearConstraint(below.tocsr(), values - half, np.inf),
        ],
        options={"time_limit": 20},
    )
    return None if found.x is None else {i for i in range(n) if found.x[n + i] > 0.5}


def by_points(system: System) -> bool:
    """Whether any sum of the printed values is off."""
    ends = zip(
        system.plan.relations, system.plan.check(system.values, system.values, system.values).residuals, strict=True
    )
    return any(residual > 0 if r.at_most else residual for r, residual in ends)


def beside(title: str, budgets: list[Budget], count: int) -> None:
    """Print what each way makes of so many faults of each kind."""
    off = sum(by_points(b.system) for b in budgets)
    print(f"\n{title}: point comparison finds fault with {off} of {len(budgets)} clean ones; ranges with none")
    for kind in (*SINGLE, "double"):
        rng = random.Random(kind)
        seen = ours = pointed = blind = right = tries = 0
        took = 0.0
        while seen < count and tries < 40 * count:
            tries += 1
            faulty = spoiled(rng.choice(budgets), rng, kind)
            if faulty is None or not check(faulty.budget.system, solver=False).violations:
                continue
            seen += 1
            system, wrong = faulty.budget.system, set(faulty.wrong)
            where = localise(system, solver=False)
            fewer = bool(where.sets) and len(where.sets[0]) < len(wrong)
            ours += fewer or any(wrong <= set(where.figures(chosen)) for chosen in where.sets)
            pointed += by_points(system)
            begin = time.perf_counter()
            found = big_m(system, 1e7)
            took += time.perf_counter() - begin
            blind += found == set()
            right += found == wrong
        if seen:
            print(
                f"  {kind:14} {seen:3} faults  the figures among our smallest sets {ours:3}"
                f"  points: something is off {pointed:3}, where is not said"
                f"  M = 10⁷: the figures {right:3}, nothing wrong {blind:3}, {1000 * took / seen:5.0f} ms each"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=8, help="faults of each kind")
    chosen = parser.parse_args()
    beside("generated budgets", [budget(seed, 20) for seed in range(6)], chosen.faults)
    beside("published documents", [document for _, document in real()], chosen.faults)


if __name__ == "__main__":
    main()
