"""Growth and shares: percentages against the amounts they are taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_growth, grade_rate, grade_share
from govbudget.invariants.context import Context, claims, known, printed_known
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.words import (
    amount_words,
    fact_words,
    points_words,
    sign_words,
    witness_operand,
)
from govbudget.model import (
    ChangeClaim,
    Coordinate,
    GrowthClaim,
    ShareClaim,
)
from govbudget.model.claims import Direction
from govbudget.money import printed_percent


@rule(
    "narrative.growth",
    zh="增减率与增减额相符",
    en="Growth rates fit the amounts",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元， => amount expenditure current: 32.50万元
        比上年执行数减少0.92万元， => change expenditure current: -0.92万元 vs 2023 execution
        下降2.75%。 => growth expenditure current: -2.75% vs 2023 execution
        """,
    breaks=(
        """
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元， => amount expenditure current: 32.50万元
        比上年执行数减少0.92万元， => change expenditure current: -0.92万元 vs 2023 execution
        下降7.25%。 => growth expenditure current: -7.25% vs 2023 execution
        """,
        """
        ## 支出预算情况说明 {expenditure}
        2023年执行数0.00万元，2024年预算25.00万元，增加100%。
        => amount 2023 execution expenditure current: 0.00万元
        => amount expenditure current: 25.00万元
        => growth expenditure current: +100% vs 2023 execution
        """,
    ),
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元， => amount expenditure current: 32.50万元
        下降7.25%。 => growth expenditure current: -7.25% vs 2023 execution
        """,
)
def growth(ctx: Context) -> Iterator[Outcome]:
    """A rate of growth fits the amount and the change it is printed with, as far as their digits go.

    The base is the amount minus the change. Both are rounded, so the rate is compared with the range that their
    exact values span: 0.92 on 32.50 万元 recomputes to 2.83 %, and 2.84 % is still right. Above nothing there is no
    rate: 100 % for money that was not there before is a habit of writing, and wrong.
    """
    for section in ctx.disclosure.narrative.sections:
        changes: list[ChangeClaim] = []
        for claim in section.claims:
            if isinstance(claim, ChangeClaim):
                changes.append(claim)
            elif isinstance(claim, GrowthClaim):
                yield _growth(ctx, claim, changes)


def _growth(ctx: Context, claim: GrowthClaim, changes: Sequence[ChangeClaim]) -> Outcome:
    percent = Operand(role="percent", place=claim.place, printed=printed_percent(claim.percent))
    subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
    change = next((c for c in reversed(changes) if c.of == claim.of and c.base == claim.base), None)
    amount = _amount_of(ctx, claim.of)
    if change is None:
        return _rate(ctx, claim, percent, subject, amount) or not_tested(subject, "no-change", percent)
    shown = Operand(role="change", place=change.place, printed=amount_words(change.amount))
    if amount is None:
        return not_tested(subject, "no-amount", percent, shown)
    if change.direction is not claim.direction and claim.percent.digits and change.amount.fen:
        grade = Grade(Verdict.VIOLATED)
    else:
        grade = grade_growth(
            claim.percent.digits, claim.percent.places, amount, known(change.amount), change.direction.sign
        )
    fact = next(ctx.facts[of] for of in claim.of if of in ctx.facts)
    base = _base_words(fact.witnesses[0].amount.fen, change, fact.witnesses[0].amount.unit.fen)
    sign = sign_words(grade.verdict)
    word = _UP_DOWN[claim.direction]
    return Outcome(
        grade=grade,
        subject=subject,
        operands=(percent, shown, witness_operand(fact.witnesses[0], fact.at, "amount")),
        relation=f"{word} {percent.printed} {sign} {shown.printed} / {base}",
        gap=points_words(grade.gap, claim.percent.places),
        reason=_why(grade),
    )


def _why(grade: Grade) -> str:
    if grade.verdict is Verdict.UNDECIDED:
        return "zero-base"
    return "cut-off" if grade.truncated else ""


def _rate(ctx: Context, claim: GrowthClaim, percent: Operand, subject: str, amount: Known | None) -> Outcome | None:
    """A rate beside the figure it is taken from: 2025年…执行数为…，2026年预算安排…，减少…%."""
    was = tuple(attrs.evolve(at, year=claim.base.year, stage=claim.base.stage) for at in claim.of)
    base, shown = _amount_of(ctx, was), _fact(ctx, was)
    now = _fact(ctx, claim.of)
    if amount is None or base is None or shown is None or now is None:
        return None
    grade = grade_rate(claim.percent.digits, claim.percent.places, amount, base, claim.direction.sign)
    if grade.verdict is Verdict.UNDECIDED and _out_of_reach(claim, amount, base):
        grade = Grade(Verdict.VIOLATED)
    sign = sign_words(grade.verdict)
    return Outcome(
        grade=grade,
        subject=subject,
        operands=(percent, now, shown),
        relation=f"{_UP_DOWN[claim.direction]} {percent.printed} {sign} {shown.printed} → {now.printed}",
        gap=points_words(grade.gap, claim.percent.places),
        reason=_why(grade),
    )


_UP_DOWN = {Direction.UP: "增加", Direction.DOWN: "减少"}


def _out_of_reach(claim: GrowthClaim, amount: Known, base: Known) -> bool:
    """Whether a rate above a base printed as zero fits no base: zero has no rate, and a smaller step grows further."""
    if base.value or amount.low <= 0 or claim.direction is not Direction.UP or claim.percent.places < 0:
        return False
    # rate ≤ (digits + ½) / 10^places %, and over the largest base it is (amount - base) / base at the least
    most = (2 * claim.percent.digits + 1) * base.high
    scale: int = 200 * 10**claim.percent.places
    return most < scale * (amount.low - base.high)


def _base_words(fen: int, change: ChangeClaim, unit_fen: int) -> str:
    base = fen - change.direction.sign * change.amount.fen
    whole, rest = divmod(abs(base) * 100, unit_fen)
    del rest
    digits = str(whole).rjust(3, "0")
    return f"{'-' if base < 0 else ''}{int(digits[:-2]):,}.{digits[-2:]}"


@rule(
    "narrative.share",
    zh="占比与金额相符",
    en="Shares fit the amounts",
    basis="财预〔2016〕143号：收支结构的说明",
    holds="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算拨款3.00万元， => amount expenditure current general: 3.00万元
        一般公共服务（类）支出2.00万元，占66.67%。
        => amount expenditure current general 201: 2.00万元
        => share expenditure current general 201 of expenditure current general: 66.67%
        """,
    breaks="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算拨款3.00万元， => amount expenditure current general: 3.00万元
        一般公共服务（类）支出2.00万元，占67.66%。
        => amount expenditure current general 201: 2.00万元
        => share expenditure current general 201 of expenditure current general: 67.66%
        """,
    untested="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共服务（类）支出占66.67%。
        => share expenditure current general 201 of expenditure current general: 66.67%
        """,
)
def share(ctx: Context) -> Iterator[Outcome]:
    """A share fits part and whole, as far as their digits go.

    Rounded shares need not add up to 100 %: 81.43, 12.56 and 6.02 make 100.01 and are all right.
    """
    for _, claim in claims(ctx):
        if not isinstance(claim, ShareClaim):
            continue
        percent = Operand(role="percent", place=claim.place, printed=printed_percent(claim.percent))
        subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
        part, whole = _amount_of(ctx, claim.of), _amount_of(ctx, claim.whole)
        if part is None or whole is None:
            yield not_tested(subject, "no-amount" if part is None else "no-whole", percent)
            continue
        fact, total = _fact(ctx, claim.of), _fact(ctx, claim.whole)
        grade = grade_share(claim.percent.digits, claim.percent.places, part, whole)
        sign = sign_words(grade.verdict)
        operands = (percent, *(o for o in (fact, total) if o is not None))
        shown = " / ".join(o.printed for o in operands[1:])
        yield Outcome(
            grade=grade,
            subject=subject,
            operands=operands,
            relation=f"{percent.printed} {sign} {shown}",
            gap=points_words(grade.gap, claim.percent.places),
            reason=_why(grade),
        )


def _fact(ctx: Context, of: Sequence[Coordinate]) -> Operand | None:
    at = next((at for at in of if at in ctx.facts), None)
    return witness_operand(ctx.facts[at].witnesses[0], at, "amount") if at is not None else None


def _amount_of(ctx: Context, of: Sequence[Coordinate]) -> Known | None:
    return next((value for at in of if (value := printed_known(ctx, at)) is not None), None)


RULES: tuple[Rule, ...] = (
    growth,
    share,
)
