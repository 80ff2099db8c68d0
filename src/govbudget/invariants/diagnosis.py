"""From violated comparisons to the figures that are probably wrong, with a proof of what cannot stand together.

All comparisons that are sums make one system of integers: each printed figure is a variable that may take the exact
values that print so. What that system cannot hold is proved by integer multipliers; the fewest figures whose
correction lets everything else stand are the suspects; a slip that leads from a balancing value to what is printed
says what a suspect probably was. Nothing is changed.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from govbudget.consistency import (
    Certificate,
    Event,
    EventKind,
    Explanation,
    Known,
    Plan,
    Printed,
    Proposal,
    Relation,
    System,
    Verdict,
    check,
    explain,
    localise,
    supported,
)
from govbudget.invariants.context import known
from govbudget.invariants.rule import Comparison, Operand
from govbudget.model import Coordinate
from govbudget.money import MoneyUnit, printed
from govbudget.place import Place

WHOLE_TABLE = "unit_of_table"
"""Key of the slip that a whole table is counted in another unit than it says."""

_MANY = 8  # so many violated sums are looked at as one slip first
_MOST_QUESTIONS = 1000
_TESTED = {Verdict.EXACT, Verdict.ROUNDING, Verdict.VIOLATED}


class Standing(enum.Enum):
    """How sure it is that a figure is the wrong one."""

    CERTAIN = "certain"
    """Every smallest set of corrections holds it."""
    LIKELY = "likely"
    """A slip explains it better than anything else."""
    POSSIBLE = "possible"
    """One of several that would do equally well."""


@attrs.frozen(kw_only=True)
class Suspect:
    """A figure that is probably wrong.

    Attributes:
        operand: the figure.
        standing: how sure that is.
        proposal: what it probably was, as it would be printed; empty where nothing is proposed.
        slip: how that became what is printed: the key of a kind of slip; empty where no slip explains it.
        evidence: what speaks for the slip, such as the place of a neighbouring cell.
        comparisons: the violated comparisons it would mend, as indexes into the report.
    """

    operand: Operand
    standing: Standing
    proposal: str = ""
    slip: str = ""
    evidence: str = ""
    comparisons: tuple[int, ...] = ()


@attrs.frozen(kw_only=True)
class Proof:
    """Why some figures cannot all be right.

    Attributes:
        places: where they are printed.
        certificate: the integer multipliers over ``relations``; :func:`govbudget.consistency.verify` checks them.
        system: the system the certificate is about.
        comparisons: the comparisons that the relations come from, as indexes into the report.
    """

    places: tuple[Place, ...]
    certificate: Certificate
    system: System
    comparisons: tuple[int, ...]


@attrs.frozen(kw_only=True)
class Diagnosis:
    """What all sums together say.

    Attributes:
        verdict: whether exact amounts exist that print so and fit every sum.
        proofs: one for each contradiction.
        suspects: the figures probably wrong, the surest first.
        complete: whether all smallest sets of corrections are known.
    """

    verdict: Verdict
    proofs: tuple[Proof, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    complete: bool = True


Neighbours = Mapping[Place, Mapping[str, str]]
"""For a table figure what is printed around it, by the word for the place."""


def diagnose(comparisons: Sequence[Comparison], neighbours: Callable[[], Neighbours]) -> Diagnosis:
    """Decide whether all sums can hold together; where not, prove it and name the suspects.

    Args:
        comparisons: what the rules compared.
        neighbours: gives what is printed around the figures, asked only where something is wrong.
    """
    sums = _Sums()
    for index, comparison in enumerate(comparisons):
        if comparison.linear and comparison.verdict in _TESTED:
            sums.add(index, comparison)
    system = sums.system()
    found = check(system)
    if not found.violations:
        return Diagnosis(verdict=found.verdict)
    suspects, complete = _suspects(sums, system, comparisons, neighbours())
    return Diagnosis(
        verdict=found.verdict,
        proofs=tuple(
            Proof(
                places=tuple(sums.operands[figure].place for figure in sorted(c.figures)),
                certificate=c,
                system=system,
                comparisons=tuple(sorted({i for relation in c.relations for i in sums.sources[relation]})),
            )
            for c in found.violations
        ),
        suspects=suspects,
        complete=complete,
    )


class _Sums:
    """The figures and relations of all comparisons, each figure once."""

    def __init__(self) -> None:
        self.operands: list[Operand] = []
        self.index: dict[tuple[Place, Coordinate | None], int] = {}
        self.relations: dict[Relation, int] = {}
        self.sources: dict[int, list[int]] = {}

    def add(self, number: int, comparison: Comparison) -> None:
        """Take in the relations of a comparison."""
        if any(operand.known is None for operand in comparison.operands):
            return
        figures = [self._figure(operand) for operand in comparison.operands]
        for linear in comparison.linear:
            plus = tuple(f for f, weight in zip(figures, linear.weights, strict=True) if weight > 0)
            minus = tuple(f for f, weight in zip(figures, linear.weights, strict=True) if weight < 0)
            if len({*plus, *minus}) < len(plus) + len(minus):
                continue  # a sentence that gives one number for two facts agrees with itself
            relation = Relation(plus, minus, linear.at_most)
            place = self.relations.setdefault(relation, len(self.relations))
            self.sources.setdefault(place, []).append(number)

    def _figure(self, operand: Operand) -> int:
        # One number of a sentence may stand for several facts; two cells of a table are two figures even where a model
        # made by hand gives them one place.
        key = (operand.place, operand.at if operand.place.table is not None else None)
        if key not in self.index:
            self.index[key] = len(self.operands)
            self.operands.append(operand)
        return self.index[key]

    def system(self) -> System:
        """Return the system with the printed figures put in."""
        known = [operand.known for operand in self.operands]
        values = [k for k in known if k is not None]
        return System(
            Plan(len(self.operands), tuple(self.relations)),
            tuple(k.value for k in values),
            tuple(k.low for k in values),
            tuple(k.high for k in values),
            frozenset(i for i, operand in enumerate(self.operands) if operand.blank),
        )


def _suspects(
    sums: _Sums, system: System, comparisons: Sequence[Comparison], neighbours: Neighbours
) -> tuple[tuple[Suspect, ...], bool]:
    violated = [i for i, c in enumerate(comparisons) if c.linear and c.verdict is Verdict.VIOLATED]
    if len(violated) >= _MANY:
        table = _other_unit(sums, system, violated)
        if table:
            return table, True
    found = localise(system, most_questions=_MOST_QUESTIONS)
    if not found.sets:
        return (), found.complete
    texts = {i: _printed(operand, neighbours) for i, operand in enumerate(sums.operands)}
    explanations = explain(system, found, {i: text for i, text in texts.items() if text is not None})
    best, others = explanations[0], explanations[1:]
    sure = {figure for number in found.certain for figure in found.suspects[number].figures}
    unique = not others or best.cost < others[0].cost
    rivals = [best] if unique else [e for e in explanations if e.cost == best.cost]
    chosen = list(dict.fromkeys(f for e in rivals for f in found.figures(e.chosen)))
    suspects = []
    for figure in chosen:
        operand = sums.operands[figure]
        standing = Standing.CERTAIN if figure in sure else Standing.LIKELY if unique else Standing.POSSIBLE
        proposal = _proposal(rivals, figure)
        value, slip, evidence = _words(proposal, operand)
        suspects.append(
            Suspect(
                operand=operand,
                standing=standing,
                proposal=value,
                slip=slip,
                evidence=evidence,
                comparisons=tuple(
                    i for i in violated if any(o.place == operand.place for o in comparisons[i].operands)
                ),
            )
        )
    order = list(Standing)
    return tuple(sorted(suspects, key=lambda s: order.index(s.standing))), found.complete


def _other_unit(sums: _Sums, system: System, violated: Sequence[int]) -> tuple[Suspect, ...]:
    """Whether everything holds once one table is counted in another unit: one slip, however many figures it moves."""
    tables: dict[int, list[int]] = {}
    for figure, operand in enumerate(sums.operands):
        if operand.place.table is not None and operand.amount is not None:
            tables.setdefault(operand.place.table, []).append(figure)
    for figures in tables.values():
        unit = sums.operands[figures[0]].amount
        for other in MoneyUnit:
            if unit is None or other is unit.unit:
                continue
            changes = {f: _in_unit(sums.operands[f], other) for f in figures}
            if None not in changes.values() and supported(system, [Event(EventKind.UNIT, changes)]):
                return (
                    Suspect(
                        operand=sums.operands[figures[0]],
                        standing=Standing.LIKELY,
                        proposal=other.value,
                        slip=WHOLE_TABLE,
                        comparisons=tuple(violated),
                    ),
                )
    return ()


def _in_unit(operand: Operand, unit: MoneyUnit) -> Known | None:
    """The same digits counted in another unit; ``None`` where that is finer than 分."""
    amount = operand.amount
    if amount is None or amount.fen * unit.fen % amount.unit.fen:
        return None
    return known(attrs.evolve(amount, fen=amount.fen * unit.fen // amount.unit.fen, unit=unit))


def _proposal(explanations: Iterable[Explanation], figure: int) -> Proposal | None:
    return next((p for e in explanations for p in e.proposals if p.figure == figure), None)


def _words(proposal: Proposal | None, operand: Operand) -> tuple[str, str, str]:
    """What the figure probably was, by a slip, or because only one printed value balances."""
    if proposal is None:
        return "", "", ""
    if proposal.slips:
        slip = proposal.slips[0]
        return slip.text, slip.kind.name.lower(), slip.evidence
    if operand.amount is None or proposal.low is None or proposal.high is None:
        return "", "", ""
    unit, places = operand.amount.unit, operand.amount.places
    step = max(1, unit.fen // 10**places)
    middle = (proposal.low + proposal.high) // 2
    nearest = (middle + step // 2) // step * step
    if nearest - step // 2 <= proposal.low and proposal.high <= nearest + step // 2:
        return printed(attrs.evolve(operand.amount, fen=nearest)), "", ""
    return "", "", ""


def _printed(operand: Operand, neighbours: Neighbours) -> Printed | None:
    if operand.amount is None:
        return Printed("", MoneyUnit.WAN_YUAN.fen) if operand.blank else None
    text = printed(operand.amount)
    return Printed(text, operand.amount.unit.fen, neighbours=dict(neighbours.get(operand.place, {})))
