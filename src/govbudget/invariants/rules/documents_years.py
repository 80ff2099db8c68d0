"""Documents of one body side by side: last year quoted here, the budget quoted in the accounts, balances passed on."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_same, grade_sum
from govbudget.invariants.context import Context, claims, fact_known, known, printed_known, settled, usual_unit
from govbudget.invariants.many import Many, same_year, year_before
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule_across
from govbudget.invariants.words import amount_words, fact_words, gap_words, in_money, sign_words, witness_operand
from govbudget.model import (
    Certainty,
    ChangeClaim,
    Coordinate,
    Fact,
    FlatClaim,
    Flow,
    Item,
    Period,
    Severity,
    Stage,
    Use,
    Via,
)

_QUOTED = "财预〔2016〕143号：对收支增减变化情况的说明；预算法第七十五条：决算草案应当与预算相对应"


def _own(ctx: Context) -> tuple[int, Stage]:
    return ctx.disclosure.year, ctx.disclosure.stage


def _title(ctx: Context) -> str:
    year, stage = _own(ctx)
    return f"{ctx.disclosure.organization.name} {year}年{'决算' if stage is Stage.FINAL else '预算'}"


def _quoted(ctx: Context, other: Context) -> Iterator[Outcome]:
    """Every figure of the other document that this one prints, against that document."""
    wanted = _own(other)
    for at, fact in ctx.facts.items():
        if (at.year, at.stage) != wanted:
            continue
        subject = fact_words(ctx, at)
        here = witness_operand(fact.witnesses[0], at, "quoted")
        there, value = other.facts.get(at), settled(other, at)
        if value is None:
            yield not_tested(subject, "not-there", here)
            continue
        shown = witness_operand(there.witnesses[0], at, "original") if there else None
        grade = grade_same([fact_known(ctx, fact), value])
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=subject,
            operands=(here, shown) if shown else (here,),
            relation=f"{here.printed} {sign_words(grade.verdict)} {shown.printed if shown else '0'}",
        )


@rule_across(
    "documents.last-year",
    zh="引用的上年预算数、决算数与上年公开文件一致",
    en="Last year's figures quoted here are those of last year's document",
    basis=_QUOTED,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        unit budget 2023
        [7 three_public]
        单位 | 接待 = reception
        合计 | 2.60
        ===
        unit budget 2024
        ## “三公”经费说明 {three_public}
        2024年预算2.40万元，2023年预算2.60万元。
        => amount expenditure current general reception: 2.40万元
        => amount 2023 budget expenditure current general reception: 2.60万元
        """,
    breaks="""
        unit budget 2023
        [7 three_public]
        单位 | 接待 = reception
        合计 | 2.60
        ===
        unit budget 2024
        ## “三公”经费说明 {three_public}
        2024年预算2.40万元，2023年预算2.06万元。
        => amount expenditure current general reception: 2.40万元
        => amount 2023 budget expenditure current general reception: 2.06万元
        """,
    untested="""
        unit budget 2024
        ## “三公”经费说明 {three_public}
        2023年预算2.06万元。 => amount 2023 budget expenditure current general reception: 2.06万元
        """,
)
def last_year(many: Many) -> Iterator[Outcome]:
    """A figure of last year that this document prints is the figure that last year's document prints.

    A budget is compared with last year's budget, and accounts with last year's accounts. A body may restate last
    year on purpose, after a reform or in other scope, and says so; therefore a difference is a warning.
    """
    for ctx in many.contexts:
        for stage in (Stage.BUDGET, Stage.FINAL):
            wanted = (ctx.disclosure.year - 1, stage)
            if not any((at.year, at.stage) == wanted for at in ctx.facts):
                continue
            before = year_before(many, ctx, stage)
            if before is None:
                yield not_tested(_title(ctx), "last-year")
            else:
                yield from _quoted(ctx, before)


@rule_across(
    "documents.change",
    zh="增减额、“持平”与上年公开文件一致",
    en="Changes against last year, and what is said to be flat, fit last year's document",
    basis=_QUOTED,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        unit budget 2023
        [5 general_expenditure]
        科目 | 合计
        合计 | 9.00
        ===
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        合计 | 10.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        比上年预算增加1.00万元。 => change expenditure current general: +1.00万元 vs 2023 budget
        """,
    breaks=(
        """
        unit budget 2023
        [5 general_expenditure]
        科目 | 合计
        合计 | 9.00
        ===
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        合计 | 10.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        比上年预算增加2.00万元。 => change expenditure current general: +2.00万元 vs 2023 budget
        """,
        """
        unit budget 2023
        [7 three_public]
        单位 | 接待 = reception
        合计 | 2.60
        ===
        unit budget 2024
        [7 three_public]
        单位 | 接待 = reception
        合计 | 2.40
        ## “三公”经费说明 {three_public}
        公务接待费与上年预算持平。 => flat expenditure current general reception vs 2023 budget
        """,
    ),
    untested="""
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        合计 | 10.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        比上年执行数增加2.00万元。 => change expenditure current general: +2.00万元 vs 2023 execution
        """,
)
def change(many: Many) -> Iterator[Outcome]:
    """What a figure is said to have changed by is its distance from the figure of last year's document.

    Only comparisons that say with which number of last year can be tested, and only where its document is given;
    预算执行数 is printed in no document. A comparison of the same scope (同口径) leaves something out of both sides.
    """
    for ctx in many.contexts:
        for _, claim in claims(ctx):
            if not isinstance(claim, ChangeClaim | FlatClaim) or claim.base.year != ctx.disclosure.year - 1:
                continue
            said = Operand(role="claim", place=claim.place, printed=claim.text)
            subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
            stage = claim.base.stage
            before = year_before(many, ctx, stage) if stage in (Stage.BUDGET, Stage.FINAL) and stage else None
            if before is None or claim.base.comparable:
                yield not_tested(subject, "last-year" if before is None else "other-scope", said)
                continue
            yield _changed(ctx, before, claim, said, subject)


def _changed(ctx: Context, before: Context, claim: ChangeClaim | FlatClaim, said: Operand, subject: str) -> Outcome:
    year, stage = _own(before)
    for of in claim.of:
        now, then = settled(ctx, of), settled(before, attrs.evolve(of, year=year, stage=stage))
        if now is None or then is None:
            continue
        if isinstance(claim, FlatClaim):
            grade = grade_same([now, then])
            if claim.roughly and grade.verdict is Verdict.VIOLATED:
                grade = Grade(Verdict.UNDECIDED, grade.residual)
        else:
            grade = grade_sum(now, [then, known(claim.amount)], [1, claim.direction.sign])
        unit = usual_unit(ctx)
        shown = f"{gap_words(now.value, unit) or '0'} {sign_words(grade.verdict)} {gap_words(then.value, unit) or '0'}"
        moved = ""
        if isinstance(claim, ChangeClaim):
            moved = f" {'+' if claim.direction.sign > 0 else '-'} {amount_words(claim.amount)}"
        places = [
            witness_operand(c.facts[at].witnesses[0], at, role)
            for c, at, role in (
                (ctx, of, "amount"),
                (before, attrs.evolve(of, year=year, stage=stage), "whole"),
            )
            if at in c.facts
        ]
        return in_money(
            grade,
            unit,
            subject=subject,
            operands=(said, *places),
            relation=shown + moved,
            reason="roughly-flat" if grade.verdict is Verdict.UNDECIDED else "",
        )
    return not_tested(subject, "not-there", said)


@rule_across(
    "documents.accounts-budget",
    zh="决算引用的年初预算数与当年预算公开文件一致",
    en="The budget that accounts quote is the published budget",
    basis="预算法第七十五条：决算草案应当与预算相对应，按预算数、调整预算数、决算数分别列出",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        2101101 行政单位医疗 | 2.50
        ===
        unit final 2024
        ## 一般公共预算支出决算情况说明 {general_budget}
        年初预算2.50万元，支出决算2.40万元。
        => amount 2024 budget expenditure current general 2101101: 2.50万元
        => amount expenditure current general 2101101: 2.40万元
        """,
    breaks="""
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        2101101 行政单位医疗 | 2.50
        ===
        unit final 2024
        ## 一般公共预算支出决算情况说明 {general_budget}
        年初预算5.20万元，支出决算2.40万元。
        => amount 2024 budget expenditure current general 2101101: 5.20万元
        => amount expenditure current general 2101101: 2.40万元
        """,
    untested="""
        unit final 2024
        ## 一般公共预算支出决算情况说明 {general_budget}
        年初预算5.20万元。 => amount 2024 budget expenditure current general 2101101: 5.20万元
        """,
)
def accounts_budget(many: Many) -> Iterator[Outcome]:
    """年初预算数 in the accounts of a year is what the budget of that year printed when it was published.

    Accounts compare with 年初预算 to show how the year went; a budget told otherwise afterwards hides a change.
    """
    for ctx in many.contexts:
        if ctx.disclosure.stage is not Stage.FINAL:
            continue
        if not any((at.year, at.stage) == (ctx.disclosure.year, Stage.BUDGET) for at in ctx.facts):
            continue
        budget = same_year(many, ctx, Stage.BUDGET)
        if budget is None:
            yield not_tested(_title(ctx), "no-budget")
        else:
            yield from _quoted(ctx, budget)


@rule_across(
    "documents.opening",
    zh="年初结转和结余等于上年年末结转和结余",
    en="A year opens with what the year before closed with",
    basis="预算法实施条例第四十条；决算报表审核公式：年初结转和结余来自上年决算",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        unit final 2023
        [1 summary]
        -- 支出: expenditure
        项目 | 决算数
        年末结转和结余 = carried | 3.00
        ===
        unit final 2024
        [1 summary]
        -- 收入: revenue
        项目 | 决算数
        年初结转和结余 = carried | 3.00
        """,
    breaks="""
        unit final 2023
        [1 summary]
        -- 支出: expenditure
        项目 | 决算数
        年末结转和结余 = carried | 3.00
        ===
        unit final 2024
        [1 summary]
        -- 收入: revenue
        项目 | 决算数
        年初结转和结余 = carried | 0.30
        """,
    untested="""
        unit final 2024
        [1 summary]
        -- 收入: revenue
        项目 | 决算数
        年初结转和结余 = carried | 0.30
        """,
)
def opening(many: Many) -> Iterator[Outcome]:
    """The balance that accounts open with is the balance that last year's accounts closed with, fund by fund.

    Corrections of earlier years (以前年度调整) may move it, which accounts then explain; so a difference is a warning.
    """
    for ctx in many.contexts:
        if ctx.disclosure.stage is not Stage.FINAL:
            continue
        opened = [f for f in ctx.facts.values() if _is_balance(f, Flow.REVENUE)]
        before = year_before(many, ctx, Stage.FINAL)
        if before is not None:
            yield from (_passed_on(ctx, before, fact) for fact in opened)
        elif opened:
            yield not_tested(_title(ctx), "last-year")


def _is_balance(fact: Fact, flow: Flow) -> bool:
    at = fact.at
    whole = at.use is Use.ALL and at.item is Item.ALL and not (at.functional or at.economic or at.project or at.entity)
    table = any(w.via is Via.TABLE for w in fact.witnesses)
    return whole and table and at.flow is flow and at.period is Period.CARRIED


def _passed_on(ctx: Context, before: Context, fact: Fact) -> Outcome:
    year, stage = _own(before)
    at: Coordinate = attrs.evolve(fact.at, year=year, stage=stage, flow=Flow.EXPENDITURE)
    subject = f"{fact_words(ctx, fact.at)}"
    here = witness_operand(fact.witnesses[0], fact.at, "opening")
    closed: Known | None = printed_known(before, at, Via.TABLE)
    if closed is None:
        return not_tested(subject, "not-there", here)
    there = witness_operand(before.facts[at].witnesses[0], at, "closing")
    grade = grade_same([fact_known(ctx, fact), closed])
    return in_money(
        grade,
        usual_unit(ctx),
        subject=subject,
        operands=(here, there),
        relation=f"{here.printed} {sign_words(grade.verdict)} {there.printed}",
    )


RULES: tuple[Rule, ...] = (last_year, change, accounts_budget, opening)
