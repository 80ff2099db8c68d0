"""What else goes wrong because one figure is wrong: rates and shares taken from it are consequences, not slips.

Sums are weighed together by the diagnosis. A percentage is no sum; whether it is wrong by itself or only because it is
taken from a wrong figure is asked directly: with the figure as it probably was, does the rule still find it wrong?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from govbudget.consistency import Scope, Verdict
from govbudget.invariants.context import Context, context, figure_place
from govbudget.invariants.diagnosis import Diagnosis, Standing, Suspect
from govbudget.invariants.rule import Comparison, Operand, Outcome, Rule
from govbudget.model import AmountClaim, Disclosure, Figure
from govbudget.money import Amount, parse_cell


def with_consequences(
    ctx: Context, comparisons: Sequence[Comparison], rules: Sequence[Rule], diagnosis: Diagnosis
) -> Diagnosis:
    """Return the diagnosis, its suspects with the violated percentages that their correction mends too."""
    open_ones = [i for i, c in enumerate(comparisons) if c.verdict is Verdict.VIOLATED and not c.linear]
    if not open_ones:
        return diagnosis
    by_id = {rule.id: rule for rule in rules}
    suspects = []
    for suspect in diagnosis.suspects:
        place = suspect.operand.place
        touched = [i for i in open_ones if any(o.place == place for o in comparisons[i].operands)]
        mended = _mended(ctx, suspect, [comparisons[i] for i in touched], by_id) if touched else frozenset()
        more = [i for i in touched if _key(comparisons[i]) in mended]
        suspects.append(attrs.evolve(suspect, comparisons=tuple(sorted({*suspect.comparisons, *more}))))
    return attrs.evolve(diagnosis, suspects=tuple(suspects))


_Key = tuple[str, str, object]


def _key(compared: Comparison) -> _Key:
    return compared.rule, compared.subject, compared.operands[0].place


def _mended(ctx: Context, suspect: Suspect, found: Sequence[Comparison], rules: Mapping[str, Rule]) -> frozenset[_Key]:
    """Which comparisons hold once the suspect prints what it probably was."""
    sure = suspect.standing is not Standing.POSSIBLE and suspect.scope in (Scope.FIGURE, Scope.ECHO)
    amount = suspect.operand.amount
    if not sure or not suspect.comparisons or not suspect.proposal or amount is None:
        return frozenset()
    proposed = parse_cell(suspect.proposal, amount.unit)
    if not isinstance(proposed, Amount):
        return frozenset()
    corrected = _corrected(ctx, suspect.operand, attrs.evolve(proposed, mode=amount.mode))
    if corrected is None:
        return frozenset()
    after = context(corrected)
    still: set[_Key] = set()
    for id in {c.rule for c in found}:
        check = rules[id].check
        for outcome in check(after) if check is not None else ():
            if outcome.grade.verdict is Verdict.VIOLATED and outcome.operands:
                still.add(_named(id, outcome))
    return frozenset(_key(c) for c in found) - still


def _named(id: str, outcome: Outcome) -> _Key:
    return id, outcome.subject, outcome.operands[0].place


def _corrected(ctx: Context, operand: Operand, amount: Amount) -> Disclosure | None:
    """The disclosure with another amount where ``operand`` is printed."""
    if operand.place.table is None:
        return _said(ctx.disclosure, operand, amount)
    for (number, _), figures in ctx.figures.items():
        for figure in figures:
            if figure.at == operand.at and figure_place(ctx, figure) == operand.place:
                return _printed(ctx.disclosure, number, figure, amount)
    return None


def _printed(disclosure: Disclosure, number: int, figure: Figure, amount: Amount) -> Disclosure:
    table = disclosure.tables[number]
    lane = table.lanes[figure.lane]
    line = lane.lines[figure.line]
    at = figure.column
    line = attrs.evolve(
        line,
        values=(*line.values[:at], amount.fen, *line.values[at + 1 :]),
        places=(*line.places[:at], amount.places, *line.places[at + 1 :]),
    )
    lane = attrs.evolve(lane, lines=(*lane.lines[: figure.line], line, *lane.lines[figure.line + 1 :]))
    table = attrs.evolve(table, lanes=(*table.lanes[: figure.lane], lane, *table.lanes[figure.lane + 1 :]))
    return attrs.evolve(disclosure, tables=(*disclosure.tables[:number], table, *disclosure.tables[number + 1 :]))


def _said(disclosure: Disclosure, operand: Operand, amount: Amount) -> Disclosure:
    sections = tuple(
        attrs.evolve(
            section,
            claims=tuple(
                attrs.evolve(claim, amount=amount)
                if isinstance(claim, AmountClaim) and claim.place == operand.place
                else claim
                for claim in section.claims
            ),
        )
        for section in disclosure.narrative.sections
    )
    return attrs.evolve(disclosure, narrative=attrs.evolve(disclosure.narrative, sections=sections))
