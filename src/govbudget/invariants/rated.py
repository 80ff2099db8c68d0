"""Every printed rate of growth and share, graded once, and sorted by the rule that names what is wrong with it best.

Of one rate one thing is said: that its direction is the contrary one, that there is no rate on nothing, that its digits
were cut off, or that it is another number. The rules on rates each take their own from here.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_growth, grade_rate, grade_share
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context, idle, known, once, printed_known
from govbudget.invariants.rule import Operand, Outcome, not_tested
from govbudget.invariants.words import amount_words, fact_words, points_words, sign_words, witness_operand
from govbudget.model import ChangeClaim, Coordinate, Direction, GrowthClaim, ShareClaim, Via, Witness
from govbudget.money import printed_percent


class Fault(enum.Enum):
    """What may be wrong with a rate."""

    NUMBER = "number"
    """It is another number."""
    DIRECTION = "direction"
    """It is said to rise and falls, or the reverse."""
    NOTHING = "nothing"
    """It is a rate on nothing."""
    FALL = "fall"
    """It falls by more than all there was."""
    CUT_OFF = "cut-off"
    """Its digits were cut off instead of rounded."""


@attrs.frozen(kw_only=True)
class Rate:
    """A rate and what came of it.

    Attributes:
        claim: the claim.
        fault: what the outcome speaks of.
        outcome: what was compared.
        rounded: whether cutting off would have printed another number than was printed.
    """

    claim: GrowthClaim | ShareClaim
    fault: Fault
    outcome: Outcome
    rounded: bool = False


UP_DOWN = {Direction.UP: "增加", Direction.DOWN: "减少"}


def growths(ctx: Context) -> tuple[Rate, ...]:
    """Return every rate of growth."""
    return once(ctx, _growths)


def shares(ctx: Context) -> tuple[Rate, ...]:
    """Return every share."""
    return once(ctx, _shares)


def rate_operand(claim: GrowthClaim | ShareClaim) -> Operand:
    """Make the operand of a printed percentage."""
    return Operand(role="percent", place=claim.place, printed=printed_percent(claim.percent))


def rate_subject(ctx: Context, claim: GrowthClaim | ShareClaim) -> str:
    """Name what a rate is about."""
    return fact_words(ctx, claim.of[0]) if claim.of else claim.term


def beyond_all(claim: GrowthClaim | ShareClaim) -> bool:
    """Tell whether a percentage is more than 100, whatever its last digit was rounded from."""
    return _reaches(2 * claim.percent.digits - 1, claim.percent.places, 200)


def is_hundredfold(claim: GrowthClaim) -> bool:
    """Tell whether a percentage is 10,000 or more."""
    return _reaches(claim.percent.digits, claim.percent.places, 100 * 100)


def _reaches(digits: int, places: int, limit: int) -> bool:
    """Tell whether digits / 10^places is at least a limit; a multiple (16 倍) has places below zero."""
    scale: int = 10 ** abs(places)
    return digits >= limit * scale if places >= 0 else digits * scale >= limit


def _growths(ctx: Context) -> tuple[Rate, ...]:
    found = []
    for section in ctx.disclosure.narrative.sections:
        changes: list[ChangeClaim] = []
        for claim in section.claims:
            if isinstance(claim, ChangeClaim):
                changes.append(claim)
            elif isinstance(claim, GrowthClaim):
                found.append(_growth(ctx, claim, changes))
    return tuple(found)


def _growth(ctx: Context, claim: GrowthClaim, changes: Sequence[ChangeClaim]) -> Rate:
    change = next((c for c in reversed(changes) if c.of == claim.of and c.base == claim.base), None)
    if claim.direction is Direction.DOWN and beyond_all(claim):
        percent = rate_operand(claim)
        outcome = Outcome(
            grade=Grade(Verdict.VIOLATED),
            subject=rate_subject(ctx, claim),
            operands=(percent,),
            relation=f"{UP_DOWN[claim.direction]} {percent.printed} > 100%",
        )
        return Rate(claim=claim, fault=Fault.FALL, outcome=outcome)
    return _by_change(ctx, claim, change) if change is not None else _by_base(ctx, claim)


def _by_change(ctx: Context, claim: GrowthClaim, change: ChangeClaim) -> Rate:
    """A rate beside the amount of the change; the base is the figure without it."""
    return _best(lambda via: _by_change_of(ctx, claim, change, via))


def _by_change_of(ctx: Context, claim: GrowthClaim, change: ChangeClaim, via: Via | None) -> Rate:
    percent, subject = rate_operand(claim), rate_subject(ctx, claim)
    shown = Operand(role="change", place=change.place, printed=amount_words(change.amount))
    if change.direction is not claim.direction and claim.percent.digits and change.amount.fen:
        words = f"{UP_DOWN[change.direction]} {shown.printed} ≠ {UP_DOWN[claim.direction]} {percent.printed}"
        wrong = Outcome(grade=Grade(Verdict.VIOLATED), subject=subject, operands=(percent, shown), relation=words)
        return Rate(claim=claim, fault=Fault.DIRECTION, outcome=wrong)
    at, amount = _amount_of(ctx, claim.of, via)
    if at is None or amount is None:
        return Rate(claim=claim, fault=Fault.NUMBER, outcome=not_tested(subject, "no-amount", percent, shown))
    moved, sign = known(change.amount), change.direction.sign

    def graded(digits: int) -> Grade:
        if sign > 0 and amount.high < moved.low:
            return Grade(Verdict.UNDECIDED)  # narrative.rise says that no base can be less than nothing
        return grade_growth(digits, claim.percent.places, amount, moved, sign)

    first = _said(ctx, at, via)
    base = _base_words(first.amount.fen, change, first.amount.unit.fen)
    operands = (percent, shown, witness_operand(first, at, "amount"))
    grade = graded(claim.percent.digits)
    relation = f"{UP_DOWN[claim.direction]} {percent.printed} {sign_words(grade.verdict)} {shown.printed} / {base}"
    nothing = sign > 0 and amount.value <= moved.value
    return _rate(ctx, claim, grade, subject, operands, relation, nothing=nothing, graded=graded)


def _by_base(ctx: Context, claim: GrowthClaim) -> Rate:
    """A rate beside the figure it is taken from: 2025年…执行数为…，2026年预算安排…，减少…%."""
    return _best(lambda via: _by_base_of(ctx, claim, via))


def _by_base_of(ctx: Context, claim: GrowthClaim, via: Via | None) -> Rate:
    percent, subject = rate_operand(claim), rate_subject(ctx, claim)
    was = tuple(attrs.evolve(at, year=claim.base.year, stage=claim.base.stage) for at in claim.of)
    (at, amount), (base_at, base) = _amount_of(ctx, claim.of, via), _amount_of(ctx, was)
    if at is None or base_at is None or amount is None or base is None:
        return Rate(claim=claim, fault=Fault.NUMBER, outcome=not_tested(subject, "no-change", percent))
    now = witness_operand(_said(ctx, at, via), at, "amount")
    shown = witness_operand(ctx.facts[base_at].witnesses[0], base_at, "amount")
    sign = claim.direction.sign

    def graded(digits: int) -> Grade:
        return grade_rate(digits, claim.percent.places, amount, base, sign)

    grade = graded(claim.percent.digits)
    contrary = amount.high < base.low if sign > 0 else amount.low > base.high
    if grade.verdict is Verdict.VIOLATED and claim.percent.digits and contrary:
        moved = f"{shown.printed} {'>' if sign > 0 else '<'} {now.printed}"
        wrong = Outcome(
            grade=grade,
            subject=subject,
            operands=(percent, now, shown),
            relation=f"{UP_DOWN[claim.direction]} {percent.printed} ≠ {moved}",
            gap=points_words(grade.gap, claim.percent.places),
        )
        return Rate(claim=claim, fault=Fault.DIRECTION, outcome=wrong)
    words = f"{UP_DOWN[claim.direction]} {percent.printed} {sign_words(grade.verdict)} {shown.printed} → {now.printed}"
    nothing = base.value <= 0
    return _rate(ctx, claim, grade, subject, (percent, now, shown), words, nothing=nothing, graded=graded)


def _shares(ctx: Context) -> tuple[Rate, ...]:
    return tuple(_share(ctx, claim) for claim in claims_of(ctx, ShareClaim))


def _share(ctx: Context, claim: ShareClaim) -> Rate:
    return _best(lambda via: _share_of(ctx, claim, via))


def _share_of(ctx: Context, claim: ShareClaim, via: Via | None) -> Rate:
    percent, subject = rate_operand(claim), rate_subject(ctx, claim)
    (at, part), (whole_at, whole) = _amount_of(ctx, claim.of, via), _amount_of(ctx, claim.whole)
    if at is None or whole_at is None or part is None or whole is None:
        reason = "no-amount" if part is None else "no-whole"
        return Rate(claim=claim, fault=Fault.NUMBER, outcome=not_tested(subject, reason, percent))

    def graded(digits: int) -> Grade:
        return grade_share(digits, claim.percent.places, part, whole)

    shown = [witness_operand(_said(ctx, a, v), a, "amount") for a, v in ((at, via), (whole_at, None))]
    grade = graded(claim.percent.digits)
    words = f"{percent.printed} {sign_words(grade.verdict)} " + " / ".join(o.printed for o in shown)
    return _rate(ctx, claim, grade, subject, (percent, *shown), words, nothing=False, graded=graded)


def _rate(
    ctx: Context,
    claim: GrowthClaim | ShareClaim,
    grade: Grade,
    subject: str,
    operands: tuple[Operand, ...],
    relation: str,
    *,
    nothing: bool,
    graded: Callable[[int], Grade],
) -> Rate:
    fault = Fault.NOTHING if nothing else Fault.CUT_OFF if grade.truncated else Fault.NUMBER
    reason = "zero-base" if grade.verdict is Verdict.UNDECIDED else "cut-off" if grade.truncated else ""
    outcome = Outcome(
        grade=grade,
        subject=subject,
        operands=operands,
        relation=relation,
        gap=points_words(grade.gap, claim.percent.places),
        reason=reason,
    )
    digits = claim.percent.digits
    rounded = digits > 0 and not idle(ctx, grade) and graded(digits - 1).truncated
    return Rate(claim=claim, fault=fault, outcome=outcome, rounded=rounded)


_SAYING = (None, Via.NARRATIVE)
"""What amounts a rate is held against: those of the tables, then those of the sentences. A rate that fits the amount of
its own sentence is right; that the amount is not the table's is a slip of its own."""


def _best(made: Callable[[Via | None], Rate]) -> Rate:
    first = made(_SAYING[0])
    if first.outcome.grade.verdict is not Verdict.VIOLATED:
        return first
    own = made(_SAYING[1])
    return own if own.outcome.grade.verdict in _HELD else first


_HELD = (Verdict.EXACT, Verdict.ROUNDING)


def _amount_of(
    ctx: Context, of: Sequence[Coordinate], via: Via | None = None
) -> tuple[Coordinate | None, Known | None]:
    pairs = ((at, value) for at in of if (value := printed_known(ctx, at, via)) is not None)
    return next(pairs, (None, None))


def _said(ctx: Context, at: Coordinate, via: Via | None) -> Witness:
    return next(w for w in ctx.facts[at].witnesses if via is None or w.via is via)


def _base_words(fen: int, change: ChangeClaim, unit_fen: int) -> str:
    base = fen - change.direction.sign * change.amount.fen
    hundredths = abs(base) * 100 // unit_fen
    whole, rest = divmod(hundredths, 100)
    return f"{'-' if base < 0 else ''}{whole:,}.{rest:02}"
