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
    reasons = Reasons(found, printed, Balance(system))
    known: dict[Group, Explanation] = {}
    results = []
    for chosen in found.sets[:most_sets]:
        parts = groups(system, found, chosen)
        for group in parts:
            if group not in known:
                known[group] = reasons.of(group, chosen)
        results.append(_joined(chosen, [known[group] for group in parts]))
    results += map(_unexplained, found.sets[most_sets:])
    return tuple(sorted(results, key=lambda explanation: rank(system, found, explanation)))


def rivals(
    found: Localisation,
    printed: Mapping[int, Printed],
    asked: Balance,
    *,
    most_sets: int = 64,
    at_most: int | None = None,
) -> tuple[Explanation, ...]:
    """Return only what :func:`explain` puts first: the explanations of least cost, in the same order.

    A set is left as soon as what is known of it, and what its other groups cost at the least, exceed the best so far.

    Args:
        found: the localisation of a system.
        printed: how the figures are printed.
        asked: a table of the system.
        most_sets: as for :func:`explain`.
        at_most: what they may cost; nothing is returned where all cost more.
    """
    system, reasons = asked.system, Reasons(found, printed, asked)
    results = [_unexplained(chosen) for chosen in found.sets[most_sets:]]
    costs = [explanation.cost for explanation in results] + ([] if at_most is None else [at_most])
    best = min(costs, default=None)
    sets = [(chosen, groups(system, found, chosen)) for chosen in found.sets[:most_sets]]
    least: dict[Group, int] = {}
    if len(sets) > 1 or best is not None:
        for chosen, parts in sets:
            least |= {group: reasons.least(group, chosen) for group in parts if group not in least}
        sets.sort(key=lambda entry: sum(least[group] for group in entry[1]))
    known: dict[Group, Explanation] = {}
    for chosen, parts in sets:
        if best is not None and sum(least[group] for group in parts) > best:
            continue
        for group in parts:
            if group not in known:
                known[group] = reasons.of(group, chosen)
                least[group] = known[group].cost
            if best is not None and sum(least[part] for part in parts) > best:
                break
        else:
            results.append(_joined(chosen, [known[group] for group in parts]))
            best = results[-1].cost
    first = [explanation for explanation in results if explanation.cost == best]
    return tuple(sorted(first, key=lambda explanation: rank(system, found, explanation)))


def _unexplained(chosen: tuple[int, ...]) -> Explanation:
    return Explanation(chosen, (), UNEXPLAINED_LINE * (len(chosen) + 1))


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
