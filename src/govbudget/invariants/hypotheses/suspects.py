"""What the sums suspect, carried out."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.consistency import Scope
from govbudget.invariants.context import Context
from govbudget.invariants.corrections import (
    amount_said,
    columns_exchanged,
    line_dropped,
    line_moved,
    table_recounted,
)
from govbudget.invariants.diagnosis import Suspect
from govbudget.invariants.hypotheses.core import Sites
from govbudget.model import Disclosure, with_figure
from govbudget.money import Amount, MoneyUnit, parse_cell


def of_suspect(ctx: Context, where: Sites, suspect: Suspect) -> Iterator[Disclosure]:
    """Yield the document without the slip that a suspect stands for, in every way that may be."""
    disclosure = ctx.disclosure
    if suspect.scope in (Scope.FIGURE, Scope.ECHO) or (suspect.scope is Scope.LINE and suspect.proposal):
        corrected = _as_proposed(ctx, where, suspect)
        if corrected is not None:
            yield corrected
    spots = [where.figures[o.place] for o in suspect.operands if o.place in where.figures]
    if not spots:
        return
    at, first = spots[0]
    if suspect.scope is Scope.LINE and suspect.slip == "twice":
        yield line_dropped(disclosure, at, first.line)
    elif suspect.scope is Scope.LINE:
        yield line_moved(disclosure, at, first.line, 1)
        yield line_moved(disclosure, at, first.line, -1)
    elif suspect.scope is Scope.COLUMNS:
        columns = sorted({figure.column for _, figure in spots})
        if len(columns) == 2:
            yield columns_exchanged(disclosure, at, columns[0], columns[1])
    elif suspect.scope is Scope.TABLE:
        counted = table_recounted(disclosure, at[0], MoneyUnit(suspect.proposal))
        if counted is not None:
            yield counted


def _as_proposed(ctx: Context, where: Sites, suspect: Suspect) -> Disclosure | None:
    """The document with what a figure probably was, wherever the same number is suspected with it."""
    amount = suspect.operand.amount
    proposed = parse_cell(suspect.proposal, amount.unit) if amount is not None and suspect.proposal else None
    if amount is None or not isinstance(proposed, Amount):
        return None
    made = ctx.disclosure
    for operand in suspect.operands or (suspect.operand,):
        if operand.amount is None or operand.amount.fen != amount.fen:
            continue
        if operand.place.table is None:
            made = amount_said(made, operand.place, proposed)
        elif operand.place in where.figures:
            at, figure = where.figures[operand.place]
            made = with_figure(made, (*at, figure.line, figure.column), proposed)
        else:
            return None
    return made
