"""What the narrative counts in pieces: found once for all rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govbudget.consistency import Known, grade_at_most
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context, once
from govbudget.invariants.rule import Operand, Outcome, not_tested
from govbudget.invariants.words import limit_words
from govbudget.model import CountClaim, Counted


def counts(ctx: Context) -> Mapping[tuple[Counted, bool], CountClaim]:
    """Return the counts of the narrative by what is counted and whether it is still to be bought; the last one wins."""
    return once(ctx, _counts)


def _counts(ctx: Context) -> dict[tuple[Counted, bool], CountClaim]:
    return {(claim.what, claim.planned): claim for claim in claims_of(ctx, CountClaim)}


def piece(claim: CountClaim, role: str) -> Operand:
    """Make the operand of a count."""
    return Operand(role=role, place=claim.place, printed=str(claim.count))


def whole_known(claim: CountClaim) -> Known:
    """Return a count as a range: itself."""
    return Known(claim.count, claim.count, claim.count)


def at_least(ctx: Context, more: Counted, less: Counted, subject: str) -> Iterator[Outcome]:
    """Compare two counts of which one is at least the other, where the text states one of them."""
    found = counts(ctx)
    many, few = found.get((more, False)), found.get((less, False))
    operands = [piece(c, role) for c, role in ((few, "part"), (many, "whole")) if c is not None]
    if many is None or few is None:
        if operands:
            yield not_tested(subject, "no-count", *operands)
        return
    grade = grade_at_most(whole_known(few), whole_known(many))
    yield Outcome(
        grade=grade,
        subject=subject,
        operands=tuple(operands),
        relation=f"{few.count} {limit_words(grade.verdict)} {many.count}",
        gap=str(grade.gap) if grade.gap else "",
    )
