"""From violated comparisons to the figures that are probably wrong, with a proof of what cannot stand together.

All comparisons that are sums make one system of integers: each printed figure is a variable that may take the exact
values that print so. What that system cannot hold is proved by integer multipliers; the fewest figures whose
correction lets everything else stand are the suspects; a slip that leads from a balancing value to what is printed
says what a suspect probably was. Nothing is changed.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence

import attrs

from govbudget.consistency import (
    Certificate,
    Event,
    EventKind,
    Explanation,
    Known,
    Localisation,
    Printed,
    Proposal,
    Scope,
    System,
    Verdict,
    check,
    likeliest,
    supported,
)
from govbudget.consistency import Suspect as Part
from govbudget.invariants.context import known
from govbudget.invariants.joint import Joint, spot
from govbudget.invariants.rule import Comparison, Operand
from govbudget.invariants.surroundings import Surroundings
from govbudget.money import MoneyUnit, printed
from govbudget.place import Place

_MANY = 2  # so many violated sums are looked at as one slip first
_MOST_QUESTIONS = 1000


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
    """A figure that is probably wrong, or a line, two columns or a table that a slip moved as one.

    Attributes:
        operand: the figure; the first of them where there are several, the total where a line is missing.
        standing: how sure that is.
        scope: how far the slip reaches.
        operands: all figures of a line, of columns or of a table; empty for a single figure.
        proposal: what it probably was, as it would be printed; empty where nothing is proposed.
        slip: how that became what is printed: the key of a kind of slip or event; empty where none explains it.
        evidence: what speaks for the slip, such as the place of a neighbouring cell.
        comparisons: the violated comparisons it would mend, as indexes into the report.
        rivals: which of the equally good explanations hold it, by number; empty for a slip that no sum names.
    """

    operand: Operand
    standing: Standing
    scope: Scope = Scope.FIGURE
    operands: tuple[Operand, ...] = ()
    proposal: str = ""
    slip: str = ""
    evidence: str = ""
    comparisons: tuple[int, ...] = ()
    rivals: tuple[int, ...] = ()


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
        rivals: how many explanations do equally well.
    """

    verdict: Verdict
    proofs: tuple[Proof, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    complete: bool = True
    rivals: int = 0


def diagnose(comparisons: Sequence[Comparison], sums: Joint, around: Callable[[], Surroundings]) -> Diagnosis:
    """Decide whether all sums can hold together; where not, prove it and name the suspects.

    Args:
        comparisons: what the rules compared.
        sums: all of it that is sums.
        around: gives what stands around the figures, asked only where something is wrong.
    """
    found = check(sums.system)
    if not found.violations:
        return Diagnosis(verdict=found.verdict)
    suspects, complete, rivals = _suspects(sums, comparisons, around(), found.grades.violated)
    return Diagnosis(
        verdict=found.verdict,
        proofs=tuple(
            Proof(
                places=tuple(sums.operands[figure].place for figure in sorted(c.figures)),
                certificate=c,
                system=sums.system,
                comparisons=tuple(sorted({i for relation in c.relations for i in sums.sources[relation]})),
            )
            for c in found.violations
        ),
        suspects=suspects,
        complete=complete,
        rivals=rivals,
    )


def _suspects(
    sums: Joint, comparisons: Sequence[Comparison], around: Surroundings, alone: Sequence[int]
) -> tuple[tuple[Suspect, ...], bool, int]:
    violated = [i for i, c in enumerate(comparisons) if c.linear and c.verdict is Verdict.VIOLATED]
    if len(violated) >= _MANY:
        table = _other_unit(sums, violated, alone)
        if table:
            return table, True, 1
    cells = [around.cells.get(spot(operand)) for operand in sums.operands]
    texts = {i: text for i, operand in enumerate(sums.operands) if (text := _printed(operand, around)) is not None}
    found, rivals = likeliest(sums.system, cells, texts, most_questions=_MOST_QUESTIONS, rivals_only=True)
    if not rivals:
        return (), found.complete, 0
    teller = _Teller(
        sums=sums,
        comparisons=comparisons,
        violated=violated,
        found=found,
        sure=_in_every_set(found),
    )
    suspects = [teller.suspect(number, rivals) for number in dict.fromkeys(n for e in rivals for n in e.chosen)]
    order = list(Standing)
    return tuple(sorted(suspects, key=lambda s: order.index(s.standing))), found.complete, len(rivals)


def _in_every_set(found: Localisation) -> frozenset[int]:
    """The figures that no smallest set lets stand, be it alone or within a line."""
    sets = [frozenset(found.figures(chosen)) for chosen in found.sets]
    return frozenset.intersection(*sets) if found.complete else frozenset()


@attrs.frozen(kw_only=True)
class _Teller:
    """Turns parts of the system back into what the document prints."""

    sums: Joint
    comparisons: Sequence[Comparison]
    violated: Sequence[int]
    found: Localisation
    sure: frozenset[int]

    def suspect(self, number: int, rivals: Sequence[Explanation]) -> Suspect:
        told = self._told(number, rivals)
        return attrs.evolve(told, rivals=tuple(n for n, e in enumerate(rivals) if number in e.chosen))

    def _told(self, number: int, rivals: Sequence[Explanation]) -> Suspect:
        part = self.found.suspects[number]
        sure = bool(part.figures) and self.sure.issuperset(part.figures)
        always = all(number in rival.chosen for rival in rivals)  # what is unsure elsewhere makes this no less likely
        standing = Standing.CERTAIN if sure else Standing.LIKELY if always else Standing.POSSIBLE
        if part.scope is not Scope.FIGURE:
            return self._line(part, standing, next(e for e in rivals if number in e.chosen))
        (figure,) = part.figures
        operand = self.sums.operands[figure]
        value, slip, evidence = _words(_proposal(rivals, figure), operand)
        spoiled = [i for i in self.violated if any(o.place == operand.place for o in self.comparisons[i].operands)]
        return Suspect(
            operand=operand,
            standing=standing,
            proposal=value,
            slip=slip,
            evidence=evidence,
            comparisons=tuple(spoiled),
        )

    def _line(self, part: Part, standing: Standing, explanation: Explanation) -> Suspect:
        own, sums = set(part.figures), {i for n in part.relations for i in self.sums.sources[n]}
        event = next(
            (e for e in explanation.events if own & e.changes.keys() or (not own and e.without == part.relations)), None
        )
        gone = part.relations if part.scope is Scope.GAP else ()
        totals = [self.sums.system.plan.relations[n].minus[0] for n in gone]
        operands = tuple(self.sums.operands[f] for f in (*part.figures, *totals))
        places = {operand.place for operand in operands} if own else set()
        touched = {i for i in self.violated if any(o.place in places for o in self.comparisons[i].operands)}
        first = next((o for o in operands if o.amount is not None), operands[0])
        value, slip, evidence = "", event.kind.name.lower() if event else "", ""
        if event and event.kind is EventKind.COPIED:
            known = next(known for known in event.changes.values() if known is not None)
            slips = (event.slip,) if event.slip else ()
            value, slip, evidence = _words(Proposal(min(own), known.low, known.high, slips), first)
        return Suspect(
            operand=first,
            standing=standing,
            scope=part.scope,
            operands=operands,
            proposal=value,
            slip=slip,
            evidence=evidence,
            comparisons=tuple(i for i in self.violated if i in touched | sums),
        )


def _other_unit(sums: Joint, violated: Sequence[int], alone: Sequence[int]) -> tuple[Suspect, ...]:
    """Whether everything holds once one table is counted in another unit: one slip, however many figures it moves.

    Args:
        sums: all that is sums.
        violated: the violated comparisons.
        alone: the relations that cannot hold by themselves: they cannot either while all their figures stay.
    """
    off = [{figure for figure, _ in sums.system.plan.shape.terms[number]} for number in alone]
    tables: dict[int, list[int]] = {}
    for figure, operand in enumerate(sums.operands):
        if operand.place.table is not None and operand.amount is not None:
            tables.setdefault(operand.place.table, []).append(figure)
    for figures in tables.values():
        if any(wrong.isdisjoint(figures) for wrong in off):
            continue
        unit = sums.operands[figures[0]].amount
        for other in MoneyUnit:
            if unit is None or other is unit.unit:
                continue
            changes = {f: _in_unit(sums.operands[f], other) for f in figures}
            if None not in changes.values() and supported(sums.system, [Event(EventKind.UNIT, changes)]):
                return (
                    Suspect(
                        operand=sums.operands[figures[0]],
                        standing=Standing.LIKELY,
                        scope=Scope.TABLE,
                        operands=tuple(sums.operands[f] for f in figures),
                        proposal=other.value,
                        slip=EventKind.UNIT.name.lower(),
                        comparisons=tuple(violated),
                        rivals=(0,),
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


def _printed(operand: Operand, around: Surroundings) -> Printed | None:
    if operand.amount is None:
        return Printed("", MoneyUnit.WAN_YUAN.fen) if operand.blank else None
    text = printed(operand.amount)
    return Printed(text, operand.amount.unit.fen, neighbours=around.neighbours.get(spot(operand), {}))
