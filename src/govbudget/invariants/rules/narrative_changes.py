"""Changes against another year: said once or more, of a whole and its parts."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import Grade, Verdict, grade_same
from govbudget.invariants.balanced import balanced_side
from govbudget.invariants.changed import change_operand, graded_changes, signed
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context, fact_known, known, leaves, usual_unit
from govbudget.invariants.rule import Operand, Outcome, Rule, all_same, not_tested, rule
from govbudget.invariants.words import (
    fact_words,
    in_money,
    sign_words,
    witness_operand,
)
from govbudget.model import (
    ChangeClaim,
    Coordinate,
    FlatClaim,
    GrowthClaim,
)
from govbudget.model.claims import Direction


@rule(
    "narrative.change",
    zh="增减额有据可查",
    en="Changes can be checked",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
    holds="""
        ## 收入预算情况说明 {revenue}
        收入预算10.00万元，比上年执行数增加1.50万元。
        => change expenditure current: +1.50万元 vs 2023 execution
        ## 支出预算情况说明 {expenditure}
        支出预算10.00万元，比上年执行数增加1.50万元。
        => change expenditure current: +1.50万元 vs 2023 execution
        """,
    breaks="""
        ## 收入预算情况说明 {revenue}
        收入预算10.00万元，比上年执行数增加1.50万元。
        => change expenditure current: +1.50万元 vs 2023 execution
        ## 支出预算情况说明 {expenditure}
        支出预算10.00万元，比上年执行数增加1.05万元。
        => change expenditure current: +1.05万元 vs 2023 execution
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算10.00万元，比上年执行数增加1.50万元。
        => change expenditure current: +1.50万元 vs 2023 execution
        """,
)
def change(ctx: Context) -> Iterator[Outcome]:
    """One comparison with one base is one number: a change stated more than once is the same each time.

    Where revenue and expenditure balance in both years, their changes are one number too. A change stated once,
    without a rate, can only be checked against last year's disclosure.
    """
    said: dict[tuple[Coordinate, object], list[ChangeClaim]] = {}
    rates = {(of, c.base) for c in claims_of(ctx, GrowthClaim) for of in c.of}
    for claim in claims_of(ctx, ChangeClaim):
        if claim.base.year != ctx.disclosure.year:
            for of in dict.fromkeys(balanced_side(ctx, of) for of in claim.of):
                said.setdefault((of, claim.base), []).append(claim)
    for (of, base), found in said.items():
        operands = tuple(change_operand(c, of, "change") for c in found)
        subject = fact_words(ctx, of)
        if len(found) > 1:
            figures = [known(c.amount if c.direction is Direction.UP else -c.amount) for c in found]
            grade = grade_same(figures)
            sign = sign_words(grade.verdict)
            yield in_money(
                grade,
                usual_unit(ctx),
                subject=subject,
                operands=operands,
                relation=f" {sign} ".join(o.printed for o in operands),
                linear=all_same(len(operands)),
            )
        elif not any((other, base) in rates for claim in found for other in claim.of):
            yield not_tested(subject, "last-year", *operands)


@rule(
    "narrative.changes",
    zh="各项增减额之和等于总增减额",
    en="Changes of the parts add up to the change of the whole",
    basis="财预〔2016〕143号：一般公共预算当年拨款规模变化与具体使用情况",
    reasons=[
        (
            "gone-subject",
            "上年有、本年没有的科目不在表中，分项之和可以大于总额",
            "a subject of last year that is gone is in no table, so the parts may add up to more",
        )
    ],
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 4.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        比上年执行数增加1.50万元。 => change expenditure current general: +1.50万元 vs 2023 execution
        养老保险缴费支出4.00万元，增加2.00万元。
        => change expenditure current general 2080505: +2.00万元 vs 2023 execution
        行政单位医疗2.00万元，减少0.50万元。
        => change expenditure current general 2101101: -0.50万元 vs 2023 execution
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 4.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        比上年执行数增加1.50万元。 => change expenditure current general: +1.50万元 vs 2023 execution
        养老保险缴费支出4.00万元，增加2.00万元。
        => change expenditure current general 2080505: +2.00万元 vs 2023 execution
        行政单位医疗2.00万元，减少1.50万元。
        => change expenditure current general 2101101: -1.50万元 vs 2023 execution
        """,
    untested=(
        """
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 4.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        比上年执行数增加1.50万元。 => change expenditure current general: +1.50万元 vs 2023 execution
        养老保险缴费支出4.00万元，增加2.00万元。
        => change expenditure current general 2080505: +2.00万元 vs 2023 execution
        """,
        """
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 4.00
        2101101 行政单位医疗 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        比上年执行数减少0.50万元。 => change expenditure current general: -0.50万元 vs 2023 execution
        养老保险缴费支出4.00万元，增加2.00万元。
        => change expenditure current general 2080505: +2.00万元 vs 2023 execution
        行政单位医疗2.00万元，减少0.50万元。
        => change expenditure current general 2101101: -0.50万元 vs 2023 execution
        """,
    ),
)
def changes(ctx: Context) -> Iterator[Outcome]:
    """Where every subject at the lowest level states its change against one base, the changes add up to the total's.

    A subject said to be flat changed by nothing. A subject that does not say anything leaves the sum open, and the
    rule says so. A subject that had money last year and has none now is in no table of this year, so the changes may
    add up to more than the total's, never to less.
    """
    for section in ctx.disclosure.narrative.sections:
        stated: dict[Coordinate, ChangeClaim | FlatClaim] = {}
        for claim in section.claims:
            if isinstance(claim, ChangeClaim | FlatClaim) and claim.of and not claim.base.comparable:
                stated.setdefault(claim.of[0], claim)
        for at, total in stated.items():
            if at.functional or not isinstance(total, ChangeClaim):
                continue
            parts = {
                of: claim
                for of, claim in stated.items()
                if of.functional and attrs.evolve(of, functional="") == at and claim.base == total.base
            }
            if parts:
                yield _changes(ctx, at, total, parts)


def _changes(
    ctx: Context, at: Coordinate, total: ChangeClaim, parts: dict[Coordinate, ChangeClaim | FlatClaim]
) -> Outcome:
    if {of.functional for of in parts} != leaves(ctx, at):
        operands = (change_operand(total, at, "total"), *(change_operand(c, of, "part") for of, c in parts.items()))
        return not_tested(f"{fact_words(ctx, at)} 增减额", "parts-missing", *operands)
    return graded_changes(ctx, at, total, tuple(parts.items()), listed=True)


@rule(
    "narrative.flat",
    zh="“与上年持平”",
    en="“As last year”",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
    holds="""
        ## “三公”经费说明 {three_public}
        2024年公务接待费2.40万元，2023年2.40万元，与上年持平。
        => amount expenditure current general reception: 2.40万元
        => amount 2023 budget expenditure current general reception: 2.40万元
        => flat expenditure current general reception vs 2023 budget
        """,
    breaks="""
        ## 四、财政拨款收入支出情况说明 {fiscal}
        与上年持平。 => flat expenditure current fiscal vs 2023 execution
        比上年增加1.00万元。 => change expenditure current fiscal: +1.00万元 vs 2023 execution
        """,
    untested=(
        """
        ## 四、财政拨款收入支出情况说明 {fiscal}
        与上年持平。 => flat expenditure current fiscal vs 2023 execution
        """,
        """
        ## 四、财政拨款收入支出情况说明 {fiscal}
        比上年减少0.02万元，基本持平。 => change expenditure current fiscal: -0.02万元 vs 2023 execution
        => roughly expenditure current fiscal vs 2023 execution
        """,
    ),
)
def flat(ctx: Context) -> Iterator[Outcome]:
    """A fact said to be as last year does not also change by an amount, and is last year's figure where one is stated.

    Whether last year's number really was the same needs last year's disclosure where this one does not state it; the
    rule says so. 基本持平 allows a small change, and how small nobody says.
    """
    changed = {(of, claim.base): claim for claim in claims_of(ctx, ChangeClaim) if claim.amount.fen for of in claim.of}
    for claim in claims_of(ctx, FlatClaim):
        if claim.base.year == ctx.disclosure.year:
            continue  # how an outcome stands to its own budget is for the rules on outcomes
        operand = Operand(role="claim", place=claim.place, printed=claim.text)
        subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
        other = next((changed[of, claim.base] for of in claim.of if (of, claim.base) in changed), None)
        if other is None:
            yield _as_stated(ctx, claim, operand, subject) or not_tested(subject, "last-year", operand)
            continue
        verdict = Verdict.UNDECIDED if claim.roughly else Verdict.VIOLATED
        yield Outcome(
            grade=Grade(verdict),
            subject=subject,
            operands=(operand, Operand(role="change", place=other.place, printed=signed(other))),
            relation=f"{claim.text} {sign_words(verdict)} {other.text}",
            reason="roughly-flat" if claim.roughly else "",
        )


def _as_stated(ctx: Context, claim: FlatClaim, operand: Operand, subject: str) -> Outcome | None:
    """持平 against the figure of the other year, where this document states it beside its own."""
    for of in claim.of:
        then = attrs.evolve(of, year=claim.base.year, stage=claim.base.stage)
        own, other = ctx.facts.get(of), ctx.facts.get(then)
        if own is None or other is None:
            continue
        grade = grade_same([fact_known(ctx, own), fact_known(ctx, other)])
        if claim.roughly and grade.verdict is Verdict.VIOLATED:
            grade = Grade(Verdict.UNDECIDED, grade.residual)
        shown = (witness_operand(own.witnesses[0], of, "amount"), witness_operand(other.witnesses[0], then, "whole"))
        return in_money(
            grade,
            usual_unit(ctx),
            subject=subject,
            operands=(operand, *shown),
            relation=f"{claim.text}：{shown[0].printed} {sign_words(grade.verdict)} {shown[1].printed}",
            reason="roughly-flat" if grade.verdict is Verdict.UNDECIDED else "",
        )
    return None


RULES: tuple[Rule, ...] = (
    change,
    changes,
    flat,
)
