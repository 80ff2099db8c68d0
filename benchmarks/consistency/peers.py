"""The same single faults through point comparison and through a mixed-integer program with a large constant.

The second is how error localisation is usually written: change as few figures as possible, where a figure may move by
M if its switch is on. A solver that works in floating point takes a switch of 10⁻⁶ for off, and so 10⁻⁶ · M for
nothing. Needs scipy.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from budgets import budget
from faults import spoiled

from govbudget.consistency import System, check, localise

STEP = 10**4


def big_m(system: System, large: float) -> set[int] | None:
    """The figures that the program would change; in units of the last printed digit."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_array

    n, rules = system.plan.size, system.plan.relations
    values = np.array([v / STEP for v in system.values])
    half = np.array([0.0 if i in system.blanks else 0.5 for i in range(n)])
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
            LinearConstraint(sums.tocsr(), 0, 0),
            LinearConstraint(above.tocsr(), -np.inf, values + half),
            LinearConstraint(below.tocsr(), values - half, np.inf),
        ],
        options={"time_limit": 20},
    )
    return None if found.x is None else {i for i in range(n) if found.x[n + i] > 0.5}


def by_points(system: System) -> bool:
    """Whether any sum of the printed values is off."""
    return any(system.plan.check(system.values, system.values, system.values).residuals)


def main() -> None:
    budgets = [budget(seed, 20) for seed in range(6)]
    off = sum(by_points(b.system) for b in budgets)
    print(f"point comparison finds fault with {off} of {len(budgets)} clean budgets; ranges with none")
    rng = random.Random(5)
    ours = missed = right = took = count = 0
    while count < 30:
        faulty = spoiled(rng.choice(budgets), rng, "wrong digit")
        if faulty is None or not check(faulty.budget.system, solver=False).violations:
            continue
        count += 1
        system = faulty.budget.system
        ours += faulty.wrong in localise(system, solver=False).sets
        begin = time.perf_counter()
        found = big_m(system, 1e7)
        took += time.perf_counter() - begin
        missed += found == set()
        right += found == set(faulty.wrong)
    print(f"one wrong digit, {count} times: the figure is among the sets found {ours} times")
    print(f"large constant 10⁷: the figure found {right} times, nothing wrong at all {missed} times", end="")
    print(f", {1000 * took / count:.0f} ms each")


if __name__ == "__main__":
    main()
