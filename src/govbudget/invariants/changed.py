"""Changes against another year as the text states them: with their sign, and of a whole and its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govbudget.consistency import Grade, Verdict, grade_sum
from govbudget.invariants.context import Context, known, once
from govbudget.invariants.rule import Operand, Outcome, not_tested, total_of
from govbudget.invariants.words import amount_words, fact_words, in_money, sign_words
from govbudget.model import Base, ChangeClaim, Coordinate, Direction, FlatClaim, Period, moved
from govbudget.model.axes import Node

Stated = ChangeClaim | FlatClaim
"""What a text says of a change: so much, or nothing."""


def change_operand(claim: Stated, at: Coordinate, role: str) -> Operand:
    """Make the operand for a change, counted with its sign; 持平 is zero and prints no figure."""
    if isinstance(claim, FlatClaim):
        return Operand(role=role, place=claim.place, printed=signed(claim), at=at, blank=True)
    amount = claim.amount if claim.direction is Direction.UP else -claim.amount
    return Operand(role=role, place=claim.place, printed=signed(claim), at=at, amount=amount)


def signed(claim: Stated) -> str:
    """Write a change with its sign."""
    if isinstance(claim, FlatClaim):
        return "持平"
    return ("+" if claim.direction is Direction.UP else "-") + amount_words(claim.amount)


def stated_changes(ctx: Context) -> Mapping[tuple[Coordinate, Base], Stated]:
    """Return the first change stated for each fact and base, comparisons of another scope (同口径) left out."""
    return once(ctx, _stated)


def _stated(ctx: Context) -> dict[tuple[Coordinate, Base], Stated]:
    found: dict[tuple[Coordinate, Base], Stated] = {}
    for section in ctx.disclosure.narrative.sections:
        for claim in section.claims:
            if isinstance(claim, ChangeClaim | FlatClaim) and not claim.base.comparable:
                for of in claim.of:
                    found.setdefault((of, claim.base), claim)
    return found


def graded_changes(
    ctx: Context,
    at: Coordinate,
    total: ChangeClaim,
    parts: Sequence[tuple[Coordinate, Stated]],
    *,
    listed: bool = False,
) -> Outcome:
    """Compare a change with the changes of all its parts.

    Parts that are ``listed`` are those of this year; what had money last year only may be missing among them, so they
    may add up to more.
    """
    operands = (change_operand(total, at, "total"), *(change_operand(c, of, "part") for of, c in parts))
    amounts = [known(c.amount) for _, c in parts if isinstance(c, ChangeClaim)]
    signs = [c.direction.sign * total.direction.sign for _, c in parts if isinstance(c, ChangeClaim)]
    grade, reason = grade_sum(known(total.amount), amounts, signs), ""
    if any(isinstance(c, FlatClaim) and c.roughly for _, c in parts) and grade.verdict is Verdict.VIOLATED:
        grade, reason = Grade(Verdict.UNDECIDED, grade.residual), "roughly-flat"
    elif listed and grade.verdict is Verdict.VIOLATED and grade.residual * total.direction.sign > 0:
        grade, reason = Grade(Verdict.UNDECIDED, grade.residual), "gone-subject"
    sign = sign_words(grade.verdict)
    return in_money(
        grade,
        total.amount.unit,
        subject=f"{fact_words(ctx, at)} 增减额",
        operands=operands,
        relation=f"{operands[0].printed} {sign} " + " ".join(o.printed for o in operands[1:]),
        linear=total_of(len(parts)),
        reason=reason,
    )


def divided(ctx: Context, axis: str, at: Coordinate, base: Base, nodes: Sequence[Node]) -> Outcome | None:
    """Compare the change of ``at`` with those of its parts on ``axis``, where any of these is stated."""
    total = stated_changes(ctx).get((at, base))
    if not isinstance(total, ChangeClaim):
        return None
    places = [moved(_this_year(ctx, at, base, axis, nodes), axis, node) for node in nodes]
    parts = [(of, stated_changes(ctx)[of, base]) for of in places if (of, base) in stated_changes(ctx)]
    own = [(of, c) for of, c in parts if c.place != total.place]  # one sentence that speaks of whole and part alike
    if not own:
        return None
    if len(own) < len(nodes):
        operands = (change_operand(total, at, "total"), *(change_operand(c, of, "part") for of, c in own))
        return not_tested(f"{fact_words(ctx, at)} 增减额", "parts-missing", *operands)
    return graded_changes(ctx, at, total, own)


def _this_year(ctx: Context, at: Coordinate, base: Base, axis: str, nodes: Sequence[Node]) -> Coordinate:
    """The place whose parts are stated: this year's money, where the total is all money and none is carried on."""
    current = moved(at, "period", Period.CURRENT)
    if at.period is not Period.ALL or any((moved(at, axis, node), base) in stated_changes(ctx) for node in nodes):
        return at
    carried = ctx.facts.get(moved(at, "period", Period.CARRIED))
    return at if carried is not None and any(w.amount.fen for w in carried.witnesses) else current


def bases(ctx: Context) -> Sequence[tuple[Coordinate, Base]]:
    """Return the facts with a stated change against another year, and what they are compared with."""
    return [key for key, claim in stated_changes(ctx).items() if key[1].year != ctx.disclosure.year]
