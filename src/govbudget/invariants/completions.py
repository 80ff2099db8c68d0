"""Rates of completion (完成预算的百分比), each held once against outcome and budget for the rules that speak of it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.consistency import Known, Verdict, grade_share
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context, known, once, settled
from govbudget.invariants.rule import Operand, Outcome, not_tested
from govbudget.invariants.words import fact_words, points_words, sign_words, witness_operand
from govbudget.model import Base, ChangeClaim, CompletionClaim, Coordinate
from govbudget.money import printed_percent


def completions(ctx: Context) -> tuple[Outcome, ...]:
    """Return what came of every rate of completion; a grade that is truncated tells digits cut off, not rounded."""
    return once(ctx, _completions)


def _completions(ctx: Context) -> tuple[Outcome, ...]:
    changes = _changes(ctx)
    return tuple(_completed(ctx, c, changes) for c in claims_of(ctx, CompletionClaim))


def _completed(ctx: Context, claim: CompletionClaim, changes: dict[tuple[Coordinate, Base], ChangeClaim]) -> Outcome:
    percent = Operand(role="percent", place=claim.place, printed=printed_percent(claim.percent))
    subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
    of, outcome = spoken_of(ctx, claim.of)
    if of is None or outcome is None:
        return not_tested(subject, "no-amount", percent)
    plan, shown = settled(ctx, of_plan(of, claim.base)), witnessed(ctx, of_plan(of, claim.base), "whole")
    change = changes.get((of, claim.base))
    if plan is None and change is not None:
        plan = _before(outcome, change)
        shown = Operand(role="change", place=change.place, printed=change.text)
    if plan is None:
        return not_tested(subject, "no-whole", percent)
    grade = grade_share(claim.percent.digits, claim.percent.places, outcome, plan)
    operands = [o for o in (witnessed(ctx, of, "amount"), shown) if o is not None]
    return Outcome(
        grade=grade,
        subject=subject,
        operands=(percent, *operands),
        relation=f"{percent.printed} {sign_words(grade.verdict)} " + " / ".join(o.printed for o in operands),
        gap=points_words(grade.gap, claim.percent.places),
        reason=_REASONS.get(grade.verdict, "") if not grade.truncated else "cut-off",
    )


_REASONS = {Verdict.UNDECIDED: "zero-base"}


def of_plan(of: Coordinate, base: Base) -> Coordinate:
    """Return what an outcome is held against: the same fact at the stage of its budget."""
    return attrs.evolve(of, year=base.year, stage=base.stage)


def witnessed(ctx: Context, at: Coordinate, role: str) -> Operand | None:
    """Return the first thing printed of a fact."""
    fact = ctx.facts.get(at)
    return witness_operand(fact.witnesses[0], at, role) if fact else None


def spoken_of(ctx: Context, named: Sequence[Coordinate]) -> tuple[Coordinate | None, Known | None]:
    """Return the first of the facts a claim names that is known, with what it is known to be."""
    known_ones = ((at, value) for at in named if (value := settled(ctx, at)) is not None)
    return next(known_ones, (None, None))


def _changes(ctx: Context) -> dict[tuple[Coordinate, Base], ChangeClaim]:
    """What outcomes are said to differ from their budgets by."""
    return {(of, c.base): c for c in claims_of(ctx, ChangeClaim) if c.base.year == ctx.disclosure.year for of in c.of}


def _before(outcome: Known, change: ChangeClaim) -> Known:
    """The budget that an outcome and its distance from the budget leave."""
    moved, sign = known(change.amount), change.direction.sign
    low, high = (moved.high, moved.low) if sign > 0 else (moved.low, moved.high)
    return Known(outcome.value - sign * moved.value, outcome.low - sign * low, outcome.high - sign * high)
