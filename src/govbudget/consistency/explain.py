"""From places to reasons: what each suspect probably was, and which set of suspects is the likeliest.

Proposals only: nothing is changed, and every proposal is shown to let the rest stand before it is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govbudget.consistency.balance import Balance
from govbudget.consistency.groups import Group, groups
from govbudget.consistency.localise import Localisation
from govbudget.consistency.reasons import UNEXPLAINED_LINE, Explanation, Reasons
from govbudget.consistency.slips import Printed
from govbudget.consistency.system import System


def explain(
    system: System, found: Localisation, printed: Mapping[int, Printed], *, most_sets: int = 64
) -> tuple[Explanation, ...]:
    """Explain the sets of a localisation, the likeliest first.

    Args:
        system: the system.
        found: its localisation.
        printed: how the figures are printed; a figure that is not given is not explained by a slip.
        most_sets: how many sets are looked at; the others follow unexplained, in their old order.

    >>> from govbudget.consistency.localise import localise
    >>> from govbudget.consistency.system import Plan, sum_of
    >>> values = (66, 12, 45)  # 66 = 21 + 45
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), values, values, values)
    >>> best = explain(given, localise(given), {i: Printed(str(v)) for i, v in enumerate(values)})[0]
    >>> best.proposals[0].figure, best.proposals[0].slips[0].text
    (1, '21')
    """
    results = []
    known: dict[Group, Explanation] = {}
    reasons = Reasons(system, found, printed, Balance(system))
    for place, chosen in enumerate(found.sets):
        if place >= most_sets:
            results.append(Explanation(chosen, (), UNEXPLAINED_LINE * (len(chosen) + 1)))
            continue
        parts = groups(system, found, chosen)
        for group in parts:
            if group not in known:
                known[group] = reasons.of(group, chosen)
        results.append(_joined(chosen, [known[group] for group in parts]))
    return tuple(sorted(results, key=lambda explanation: rank(system, found, explanation)))


def _joined(chosen: tuple[int, ...], parts: Sequence[Explanation]) -> Explanation:
    """What groups of suspects that have nothing to do with each other come to."""
    proposals = sorted((p for part in parts for p in part.proposals), key=lambda proposal: proposal.figure)
    events = tuple(event for part in parts for event in part.events)
    return Explanation(chosen, tuple(proposals), sum(part.cost for part in parts), events)


def rank(system: System, found: Localisation, explanation: Explanation) -> tuple[int, int, int, tuple[int, ...]]:
    """Return what explanations are ordered by: of two as likely, the one that leaves more as it is printed."""
    changed = sum(
        known is None or known.value != system.values[figure]
        for event in explanation.events
        for figure, known in event.changes.items()
    )
    return explanation.cost, found.weight(explanation.chosen), changed, explanation.chosen
