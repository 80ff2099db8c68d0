"""Which rounding a group of figures was printed with, from the evidence of its own sums."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import attrs

from govbudget.consistency.decide import Decision, first_decision, grades
from govbudget.consistency.grade import Verdict
from govbudget.consistency.rounding import excess_digits, ranges
from govbudget.consistency.system import Plan, System
from govbudget.money.rounding import Mode


@attrs.frozen
class Evidence:
    """What one mode makes of a group.

    Attributes:
        mode: the mode.
        violated: relations of the group that it violates one by one.
        decision: all relations of the group together; its certificate is not made minimal.
    """

    mode: Mode
    violated: tuple[int, ...]
    decision: Decision

    @property
    def possible(self) -> bool:
        """Whether the mode lets all relations of the group stand, as far as could be decided."""
        return self.decision.verdict is not Verdict.VIOLATED


@attrs.frozen
class Inference:
    """The mode of a group of figures.

    Attributes:
        mode: the mode to go on with: the only possible one, half-up where both are, and where none is the one that
            violates fewer relations.
        decided: whether the evidence leaves just that one.
        evidence: what each mode makes of the group.
        excess: figures of the group that show more digits than their step allows.
    """

    mode: Mode
    decided: bool
    evidence: tuple[Evidence, ...]
    excess: tuple[int, ...] = ()


def infer_modes(
    plan: Plan, values: Sequence[int], steps: Sequence[int], groups: Mapping[str, Sequence[int]]
) -> dict[str, Inference]:
    """Infer for each group of figures how it was rounded, from its own relations; all other figures are left open.

    Args:
        plan: the plan.
        values: the printed values.
        steps: the step of each figure.
        groups: the figures that were rounded alike, such as those of one table, by name.

    >>> from govbudget.consistency.system import sum_of
    >>> plan = Plan(4, (sum_of(0, [1, 2, 3]),))
    >>> infer_modes(plan, [50, 10, 10, 10], [10] * 4, {"table": range(4)})["table"].mode
    <Mode.TRUNCATION: 'truncation'>
    """
    odd = set(excess_digits(values, steps))
    found: dict[str, Inference] = {}
    for name, members in groups.items():
        inside = set(members)
        evidence = tuple(evidence_for(mode, plan, inside, values, steps) for mode in Mode)
        possible = [e.mode for e in evidence if e.possible]
        best = possible[0] if possible else min(evidence, key=lambda e: len(e.violated)).mode
        excess = tuple(sorted(odd & inside))
        found[name] = Inference(best, len(possible) == 1, evidence, excess)
    return found


def evidence_for(
    mode: Mode, plan: Plan, inside: Collection[int], values: Sequence[int], steps: Sequence[int]
) -> Evidence:
    """Return what a mode makes of a group of figures; all others are left open and speak neither for nor against it.

    Args:
        mode: the mode.
        plan: the plan.
        inside: the figures of the group.
        values: the printed values.
        steps: the step of each figure.
    """
    given = _of_group(mode, plan, inside, values, steps)
    return Evidence(mode, grades(given).violated, first_decision(given))


def violated_by(
    mode: Mode, plan: Plan, inside: Collection[int], values: Sequence[int], steps: Sequence[int]
) -> tuple[int, ...]:
    """Return the relations of a group that a mode violates one by one; the arguments are as above."""
    return grades(_of_group(mode, plan, inside, values, steps)).violated


def _of_group(mode: Mode, plan: Plan, inside: Collection[int], values: Sequence[int], steps: Sequence[int]) -> System:
    lows, highs = ranges(values, steps, mode)
    return System(
        plan,
        tuple(values),
        tuple(low if i in inside else None for i, low in enumerate(lows)),
        tuple(high if i in inside else None for i, high in enumerate(highs)),
    )
