"""The door to OR-Tools CP-SAT, the only place that knows it; an extra, imported when asked for.

Variables are deviations from the printed values, so amounts of any size fit as long as the ranges do.
"""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from govbudget.consistency.system import System
from govbudget.errors import MissingExtra

_LIMIT = 2**62
_SECONDS = 10
_ENGINE = "ortools.sat.python.cp_model"


def available() -> bool:
    """Tell whether OR-Tools is installed."""
    return find_spec("ortools") is not None


def demand() -> None:
    """Raise what tells how to install OR-Tools where it is missing.

    Raises:
        MissingExtra: OR-Tools is not installed.
    """
    if not available():
        raise MissingExtra("deciding this needs OR-Tools", hint="pip install 'govbudget[solve]'")


def has_solution(system: System) -> bool | None:
    """Ask CP-SAT whether a system has a solution; ``None`` where it does not know or numbers are too large.

    Raises:
        MissingExtra: OR-Tools is not installed.
    """
    demand()
    built = _model(system, frozenset())
    if built is None:
        return None
    status = _solve(built[0])[0]
    # A model holds every figure to some range, so it says nothing of an unbounded one that it finds no place for.
    unbounded = None in system.lows or None in system.highs
    return {"OPTIMAL": True, "FEASIBLE": True, "INFEASIBLE": None if unbounded else False}.get(status)


def fewest(system: System, suspects: Collection[int] | None = None) -> frozenset[int] | None:
    """Ask CP-SAT for one smallest set of figures whose correction lets the rest stand; ``None`` where it fails.

    A figure that may be wrong is held to its range only if its literal says so; no large constant stands in.

    Args:
        system: the system.
        suspects: the figures that may be wrong; all by default.

    Raises:
        MissingExtra: OR-Tools is not installed.
    """
    demand()
    every = frozenset(range(system.plan.size) if suspects is None else suspects)
    built = _model(system, every)
    if built is None:
        return None
    model, literals = built
    model.Minimize(sum(literals.values()))
    status, solver = _solve(model)
    if status != "OPTIMAL":
        return None
    return frozenset(i for i, literal in literals.items() if solver.Value(literal))


def _model(system: System, suspects: frozenset[int]) -> tuple[Any, dict[int, Any]] | None:
    cp_model: Any = import_module(_ENGINE)

    shape = system.plan.shape
    widest = max((len(terms) for terms in shape.terms), default=1) + 1
    residuals = system.plan.check(system.values, system.values, system.values).residuals
    # Far more than all that is amiss, and small enough for the sums of 64-bit integers.
    every = zip(system.values, system.lows, system.highs, strict=True)
    widths = sum(abs(v - low) + abs(high - v) for v, low, high in every if low is not None and high is not None)
    reach = 4 * (1 + widths + sum(map(abs, residuals)))
    if reach > _LIMIT // (2 * widest):
        return None
    model = cp_model.CpModel()
    literals: dict[int, Any] = {}
    moves: list[Any] = []
    for i, (value, low, high) in enumerate(zip(system.values, system.lows, system.highs, strict=True)):
        below = -reach if low is None else low - value
        above = reach if high is None else high - value
        if i not in suspects:
            moves.append(model.NewIntVar(below, above, ""))
            continue
        move = model.NewIntVar(-reach, reach, "")
        literals[i] = model.NewBoolVar("")
        model.Add(move >= below).OnlyEnforceIf(literals[i].Not())
        model.Add(move <= above).OnlyEnforceIf(literals[i].Not())
        moves.append(move)
    for number, terms in enumerate(shape.terms):
        total = sum(sign * moves[figure] for figure, sign in terms) + residuals[number]
        model.Add(total <= 0) if system.plan.relations[number].at_most else model.Add(total == 0)
    return model, literals


def _solve(model: Any) -> tuple[str, Any]:
    cp_model: Any = import_module(_ENGINE)

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = _SECONDS
    status: str = solver.StatusName(solver.Solve(model))
    return status, solver
