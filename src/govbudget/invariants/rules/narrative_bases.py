"""A figure, last year's and the change between them, where the text states all three or contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_at_most, grade_same, grade_sum
from govbudget.invariants.changed import change_operand
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context, known, usual_unit
from govbudget.invariants.rated import growths, rate_operand
from govbudget.invariants.rule import Operand, Outcome, Rule, no_more_than, rule, total_of
from govbudget.invariants.witnessed import contradictory, elsewhere_only, said_of, same, shown
from govbudget.invariants.words import fact_words, in_money, limit_words, sign_words, witness_operand
from govbudget.model import (
    Base,
    Certainty,
    ChangeClaim,
    Coordinate,
    Direction,
    FlatClaim,
    GrowthClaim,
    Severity,
    Witness,
)

_BASIS = "财预〔2016〕143号：对收支增减变化情况的说明"


def _changes(ctx: Context) -> Iterator[tuple[ChangeClaim, Coordinate, Witness]]:
    """Changes against another year of facts that are stated, each with the first fact and what witnesses it."""
    for claim in claims_of(ctx, ChangeClaim):
        if claim.base.year != ctx.disclosure.year and not claim.base.comparable:
            at = next((at for at in claim.of if at in ctx.facts), None)
            if at is not None:
                yield claim, at, ctx.facts[at].witnesses[0]


@rule(
    "narrative.rise",
    zh="增加额不大于本年数",
    en="Nothing rises by more than it is",
    basis=f"{_BASIS}；上年数不为负",
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元，比上年增加32.50万元。
        => amount expenditure current: 32.50万元
        => change expenditure current: +32.50万元 vs 2023 execution
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元，比上年增加92.00万元。
        => amount expenditure current: 32.50万元
        => change expenditure current: +92.00万元 vs 2023 execution
        """,
)
def rise(ctx: Context) -> Iterator[Outcome]:
    """What a figure is said to have risen by is at most the figure itself: last year's was not less than nothing.

    Needs neither a rate nor last year's figure; a change of another item, or one in 元 beside an amount in 万元, is
    found so.
    """
    for claim, at, witness in _changes(ctx):
        if claim.direction is not Direction.UP or witness.amount.fen < 0:
            continue
        change, amount = change_operand(claim, at, "change"), witness_operand(witness, at, "amount")
        grade = grade_at_most(known(claim.amount), known(witness.amount))
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=fact_words(ctx, at),
            operands=(change, amount),
            relation=f"{change.printed} {limit_words(grade.verdict)} {amount.printed}",
            linear=no_more_than(),
        )


@rule(
    "narrative.base",
    zh="上年数加减增减额等于本年数",
    en="Last year's figure and the change make this year's",
    basis=_BASIS,
    holds="""
        ## 支出预算情况说明 {expenditure}
        2023年执行数30.00万元，2024年预算32.50万元，增加2.50万元。
        => amount 2023 execution expenditure current: 30.00万元
        => amount expenditure current: 32.50万元
        => change expenditure current: +2.50万元 vs 2023 execution
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        2023年执行数30.00万元，2024年预算32.50万元，增加5.20万元。
        => amount 2023 execution expenditure current: 30.00万元
        => amount expenditure current: 32.50万元
        => change expenditure current: +5.20万元 vs 2023 execution
        """,
)
def base(ctx: Context) -> Iterator[Outcome]:
    """Where the text states this year's figure, last year's and the change, the three are one sum.

    Whichever of them is the slip, no rate is needed to see it. The rule on growth holds a rate against two of them.
    """
    for claim, at, witness in _changes(ctx):
        then = _then(at, claim.base)
        before = ctx.facts.get(then)
        if before is None:
            continue
        sign = claim.direction.sign
        now = witness_operand(witness, at, "total")
        was = witness_operand(before.witnesses[0], then, "part")
        change = change_operand(claim, at, "change")
        parts = [known(before.witnesses[0].amount), known(claim.amount)]
        grade = grade_sum(known(witness.amount), parts, [1, sign])
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=fact_words(ctx, at),
            operands=(now, was, change),
            relation=f"{now.printed} {sign_words(grade.verdict)} {was.printed} {change.printed}",
            linear=total_of(2),
        )


def _then(at: Coordinate, versus: Base) -> Coordinate:
    return attrs.evolve(at, year=versus.year, stage=versus.stage)


@rule(
    "narrative.flat-rate",
    zh="“与上年持平”的，不另有增减率",
    en="What is as last year has no rate of change",
    basis=_BASIS,
    holds="""
        ## 支出预算情况说明 {expenditure}
        与上年持平，增长0.00%。
        => flat expenditure current vs 2023 execution
        => growth expenditure current: +0.00% vs 2023 execution
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        与上年持平，增长3.20%。
        => flat expenditure current vs 2023 execution
        => growth expenditure current: +3.20% vs 2023 execution
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        与上年基本持平，增长0.20%。
        => roughly expenditure current vs 2023 execution
        => growth expenditure current: +0.20% vs 2023 execution
        """,
)
def flat_rate(ctx: Context) -> Iterator[Outcome]:
    """A fact said to be as last year (持平) did not also grow or fall by a rate.

    One of the two was left over from another year or another item. 基本持平 allows a small rate, and how small nobody
    says, so nothing is decided there.
    """
    flat = {
        (of, claim.base): claim
        for claim in claims_of(ctx, FlatClaim)
        if claim.base.year != ctx.disclosure.year
        for of in claim.of
    }
    for rate in growths(ctx):
        claim = rate.claim
        assert isinstance(claim, GrowthClaim)
        other = next((flat[of, claim.base] for of in claim.of if (of, claim.base) in flat), None)
        if other is None:
            continue
        verdict = (
            Verdict.EXACT if not claim.percent.digits else Verdict.UNDECIDED if other.roughly else Verdict.VIOLATED
        )
        percent = rate_operand(claim)
        yield Outcome(
            grade=Grade(verdict),
            subject=fact_words(ctx, claim.of[0]),
            operands=(percent, Operand(role="claim", place=other.place, printed=other.text)),
            relation=f"{other.text} {sign_words(verdict)} {percent.printed}",
            reason="roughly-flat" if verdict is Verdict.UNDECIDED else "",
        )


@rule(
    "narrative.two-rates",
    zh="同一增减只有一个增减率",
    en="One change has one rate",
    basis=_BASIS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        ## 收入预算情况说明 {revenue}
        比上年增长3.2%。 => growth expenditure current: +3.2% vs 2023 execution
        ## 支出预算情况说明 {expenditure}
        比上年增长3.16%。 => growth expenditure current: +3.16% vs 2023 execution
        """,
    breaks="""
        ## 收入预算情况说明 {revenue}
        比上年增长3.20%。 => growth expenditure current: +3.20% vs 2023 execution
        ## 支出预算情况说明 {expenditure}
        比上年增长2.30%。 => growth expenditure current: +2.30% vs 2023 execution
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算32.50万元，比上年增加2.50万元，增长8.33%。
        => amount expenditure current: 32.50万元
        => change expenditure current: +2.50万元 vs 2023 execution
        => growth expenditure current: +8.33% vs 2023 execution
        ## 一般公共预算当年拨款情况说明 {general_budget}
        支出预算比上年增加2.50万元，增长3.83%。
        => change expenditure current: +2.50万元 vs 2023 execution
        => growth expenditure current: +3.83% vs 2023 execution
        """,
)
def two_rates(ctx: Context) -> Iterator[Outcome]:
    """A rate of growth that the text states more than once, of one fact and against one base, is the same each time.

    The digits may differ in number; what they were rounded from must be one rate. Where the amounts show which of the
    rates is wrong, that one is told, and not again that the two differ.
    """
    said: dict[tuple[Coordinate, Base], list[GrowthClaim]] = {}
    wrong: set[tuple[Coordinate, Base]] = set()
    for rate in growths(ctx):
        claim = rate.claim
        if isinstance(claim, GrowthClaim) and claim.of and not claim.base.comparable:
            said.setdefault((claim.of[0], claim.base), []).append(claim)
            if rate.outcome.grade.verdict is Verdict.VIOLATED:
                wrong.add((claim.of[0], claim.base))
    for key, found in said.items():
        if len(found) < 2:
            continue
        operands = tuple(rate_operand(claim) for claim in found)
        subject = fact_words(ctx, key[0])
        if key in wrong:
            yield Outcome(grade=Grade(Verdict.UNDECIDED), subject=subject, operands=operands, reason="rate-wrong")
            continue
        grade = grade_same([_range(claim, max(c.percent.places for c in found)) for claim in found])
        words = [
            ("+" if c.direction is Direction.UP else "-") + o.printed for c, o in zip(found, operands, strict=True)
        ]
        sign = sign_words(grade.verdict)
        yield Outcome(grade=Grade(grade.verdict), subject=subject, operands=operands, relation=f" {sign} ".join(words))


def _range(claim: GrowthClaim, places: int) -> Known:
    """The rate in halves of the last digit of the finest, with what its own digits allow."""
    step = 2 * 10 ** (places - claim.percent.places)
    value = claim.direction.sign * claim.percent.digits * step
    return Known(value, value - step // 2, value + step // 2 - 1)


@rule(
    "narrative.last-year",
    zh="上年数前后一致",
    en="Last year's figure is the same wherever the text states it",
    basis="财预〔2016〕143号：对收支增减变化情况的说明，同一上年数前后应当一致",
    holds="""
        ## 收入预算情况说明 {revenue}
        2023年执行数30.00万元。 => amount 2023 execution expenditure current: 30.00万元
        ## 支出预算情况说明 {expenditure}
        2023年执行数30.00万元。 => amount 2023 execution expenditure current: 30.00万元
        """,
    breaks="""
        ## 收入预算情况说明 {revenue}
        2023年执行数30.00万元。 => amount 2023 execution expenditure current: 30.00万元
        ## 支出预算情况说明 {expenditure}
        2023年执行数31.00万元。 => amount 2023 execution expenditure current: 31.00万元
        """,
)
def last_year(ctx: Context) -> Iterator[Outcome]:
    """A figure of another year, or the budget beside an outcome, that no table of this document prints is one number
    wherever the text states it.

    The two cannot both have been last year's figure; which of them was, last year's disclosure says.
    """
    for at, fact, said in said_of(ctx):
        if len(said) > 1 and elsewhere_only(ctx, fact):
            yield same(ctx, at, said)


@rule(
    "narrative.two-amounts",
    zh="同一事项在文字中只有一个金额",
    en="One item has one amount in the text",
    basis="财预〔2016〕143号：情况说明应当真实、准确、前后一致",
    holds="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        行政单位离退休支出56.12万元。 => amount expenditure current general 2080501: 56.12万元
        2024年预算安排56.1万元。 => amount expenditure current general 2080501: 56.1万元
        """,
    breaks="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        行政单位离退休支出56.12万元。 => amount expenditure current general 2080501: 56.12万元
        2024年预算安排57.80万元。 => amount expenditure current general 2080501: 57.80万元
        """,
)
def two_amounts(ctx: Context) -> Iterator[Outcome]:
    """Where the text states a figure of the year more than once, it is one amount, as far as the digits go.

    Where a table prints it too, all of them are compared together, so that the one that is wrong can be told.
    """
    for at, fact, said in said_of(ctx):
        if len(said) < 2 or elsewhere_only(ctx, fact):
            continue
        if contradictory(said):
            yield same(ctx, at, [*said, *shown(fact)])
        elif not ctx.brief:
            yield same(ctx, at, said, proof=False)


RULES: tuple[Rule, ...] = (rise, base, flat_rate, two_rates, last_year, two_amounts)
