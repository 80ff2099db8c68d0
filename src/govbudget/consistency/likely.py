"""From a system that contradicts itself to what probably happened, figures, lines and columns weighed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from govbudget.consistency.balance import Balance
from govbudget.consistency.events import COST, EventKind
from govbudget.consistency.explain import explain, rank, rivals
from govbudget.consistency.localise import MOST_QUESTIONS, Localisation, localise
from govbudget.consistency.reasons import Explanation
from govbudget.consistency.slips import Printed
from govbudget.consistency.suspects import Cell, Scope, each_part
from govbudget.consistency.system import System

_GOOD = COST[EventKind.MISSING]
"""What is as likely as this needs no rival. A line missing in one column alone is less: it explains any large sum."""
_MOST_SETS = 24


def likeliest(
    system: System,
    cells: Sequence[Cell | None],
    printed: Mapping[int, Printed],
    *,
    most_questions: int = MOST_QUESTIONS,
    solver: bool | None = None,
    rivals_only: bool = False,
) -> tuple[Localisation, tuple[Explanation, ...]]:
    """Localise and explain, with single figures and with whole lines and columns as suspects.

    A line counts as one suspect, so it always beats two figures by number. Where one comes first to which nothing in
    particular happened, the smallest sets of single figures are asked for too, and the reasons decide between them.

    Args:
        system: the system.
        cells: where each figure stands; ``None`` for a figure that is in no table.
        printed: how the figures are printed.
        most_questions: as for :func:`localise`.
        solver: as for :func:`localise`.
        rivals_only: whether only the likeliest explanations, all that are as likely, are wanted; sooner known.

    Returns:
        The sets found, and their explanations, the likeliest first; both empty where nothing is wrong.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> values = (66, 12, 45)  # 66 = 21 + 45
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), values, values, values)
    >>> _, told = likeliest(given, [None] * 3, {i: Printed(str(v)) for i, v in enumerate(values)})
    >>> told[0].proposals[0].slips[0].text
    '21'
    """
    asked = Balance(system)

    def explained(sets: Localisation, at_most: int | None = None) -> tuple[Explanation, ...]:
        if rivals_only:
            return rivals(sets, printed, asked, most_sets=_MOST_SETS, at_most=at_most)
        return explain(system, sets, printed, most_sets=_MOST_SETS)

    found = localise(system, each_part(system, cells), most_questions=most_questions, solver=solver)
    told = explained(found)
    if not told or told[0].cost <= _GOOD or all(found.suspects[n].scope is Scope.FIGURE for n in told[0].chosen):
        return found, told
    # The single figures are the first of all parts, so their numbers are the same in both.
    single = localise(system, found.suspects[: system.plan.size], most_questions=most_questions, solver=solver)
    more = tuple(chosen for chosen in single.sets if chosen not in found.sets)
    if not more:
        return found, told
    both = attrs.evolve(found, sets=(*found.sets, *more), complete=found.complete and single.complete)
    told = (*told, *explained(attrs.evolve(found, sets=more), told[0].cost))
    if rivals_only:
        least = min(explanation.cost for explanation in told)
        told = tuple(explanation for explanation in told if explanation.cost == least)
    return both, tuple(sorted(told, key=lambda explanation: rank(system, both, explanation)))
