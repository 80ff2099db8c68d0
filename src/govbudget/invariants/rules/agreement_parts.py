"""Money that is part of other money is not more than it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.consistency import grade_at_most, grade_same
from govbudget.invariants.context import (
    Context,
    fact_known,
    settled,
    usual_unit,
)
from govbudget.invariants.rule import Linear, Outcome, Rule, all_same, no_more_than, not_tested, nothing, rule
from govbudget.invariants.words import fact_words, gap_words, in_money, limit_words, sign_words, witness_operand
from govbudget.model import Certainty, Coordinate, Fact, Flow, Fund, Item, Period, Use, Via, moved
from govbudget.model.axes import PARENT


@rule(
    "agreement.source",
    zh="资金只有一个来源的科目，总表与分表一致；否则分表不大于总表",
    en="Where all money has one source, the table of that source prints the whole; elsewhere not more than the whole",
    basis="预算法第五条；支出预算总表与一般公共预算支出预算表",
    holds="""
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 6.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 8.00
        """,
)
def source(ctx: Context) -> Iterator[Outcome]:
    """Spending of one fund is part of spending of all funds.

    Where the revenue of a subject comes from that fund alone, part and whole are one number; where other money comes
    in, the part may not exceed the whole.
    """
    for at, fact in ctx.facts.items():
        if at.flow is not Flow.EXPENDITURE or at.fund is Fund.ALL or at.item is not Item.ALL or at.economic:
            continue
        whole = _whole(ctx, at)
        if whole is None or not any(w.via is Via.TABLE for w in fact.witnesses):
            continue
        subject = fact_words(ctx, at)
        operands = (
            witness_operand(fact.witnesses[0], at, "part"),
            witness_operand(whole.witnesses[0], whole.at, "whole"),
        )
        part, total = fact_known(ctx, fact), fact_known(ctx, whole)
        linear = no_more_than()
        if _only_source(ctx, at):
            grade = grade_same([part, total])
            sign = sign_words(grade.verdict)
            linear = all_same(2)
        else:
            grade = grade_at_most(part, total)
            sign = limit_words(grade.verdict)
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=subject,
            operands=operands,
            relation=f"{operands[0].printed} {sign} {operands[1].printed}",
            linear=linear,
        )


@rule(
    "agreement.performance",
    zh="实行绩效目标管理的金额不大于项目支出",
    en="Money under performance management does not exceed project spending",
    basis="预算法第十四条、第五十七条；财预〔2016〕143号：预算绩效情况的说明",
    holds="""
        [3 expenditure]
        科目 | 项目支出 = project
        合计 | 7.00
        ## 预算绩效情况 {other_matters}
        实行绩效目标管理的项目涉及6.00万元。 => amount expenditure current performance: 6.00万元
        """,
    breaks="""
        [3 expenditure]
        科目 | 项目支出 = project
        合计 | 7.00
        ## 预算绩效情况 {other_matters}
        实行绩效目标管理的项目涉及16.00万元。 => amount expenditure current performance: 16.00万元
        """,
    untested="""
        ## 预算绩效情况 {other_matters}
        实行绩效目标管理的项目涉及16.00万元。 => amount expenditure current performance: 16.00万元
        """,
)
def performance(ctx: Context) -> Iterator[Outcome]:
    """What the narrative says is under performance management is part of project spending, or all of it."""
    for at, fact in ctx.facts.items():
        if at.item is not Item.PERFORMANCE or at.project:
            continue  # single projects add up to the whole, which additivity.claims looks at
        yield _part_of(ctx, fact, attrs.evolve(at, item=Item.ALL, use=Use.PROJECT))


@rule(
    "agreement.reserved",
    zh="预留给中小企业、小微企业的采购不大于所属采购总额",
    en="Procurement kept for small firms does not exceed procurement",
    basis="政府采购促进中小企业发展管理办法（财库〔2020〕46号）：预留份额及其中预留给小微企业的比例",
    holds="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元， => amount expenditure procurement: 12.20万元
        面向中小企业预留8.00万元，其中面向小微企业预留5.00万元。
        => amount expenditure sme_reserved: 8.00万元
        => amount expenditure micro_reserved: 5.00万元
        """,
    breaks="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元， => amount expenditure procurement: 12.20万元
        面向中小企业预留8.00万元，其中面向小微企业预留50.00万元。
        => amount expenditure sme_reserved: 8.00万元
        => amount expenditure micro_reserved: 50.00万元
        """,
    untested="""
        ## 政府采购情况 {other_matters}
        面向中小企业预留8.00万元。 => amount expenditure sme_reserved: 8.00万元
        """,
)
def reserved(ctx: Context) -> Iterator[Outcome]:
    """What is kept for small and micro firms is part of what small and medium firms have, and that of procurement."""
    for at, fact in ctx.facts.items():
        if at.item in (Item.SME_RESERVED, Item.MICRO_RESERVED):
            yield _part_of(ctx, fact, moved(at, "item", PARENT[at.item]))


@rule(
    "agreement.three-public",
    zh="基本支出中的“三公”经费科目不大于“三公”经费预算",
    en="“三公” subjects of basic spending do not exceed the “三公” table",
    basis="财预〔2016〕143号：“三公”经费预算包括基本支出和项目支出安排的部分",
    certainty=Certainty.LIKELY,
    holds="""
        [6 general_basic]
        科目 | 合计
        30217 公务接待费 | 2.40
        [7 three_public]
        单位 | 接待 = reception
        合计 | 3.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30217 公务接待费 | 2.40
        [7 three_public]
        单位 | 接待 = reception
        合计 | 2.04
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30217 公务接待费 | 2.40
        """,
)
def three_public(ctx: Context) -> Iterator[Outcome]:
    """公务接待费 and the other “三公” subjects of basic spending are part of what the “三公” table prints.

    Projects may pay for such items too, so the table may be larger, never smaller.
    """
    for code, (item, word) in THREE_PUBLIC_SUBJECTS.items():
        for at, fact in ctx.facts.items():
            if at.economic != code or word not in ctx.labels.get(code, ""):
                continue  # a code that the document prints beside another name is not this item
            basic = at.use is Use.BASIC or (at.use is Use.RUNNING and moved(at, "use", Use.BASIC) not in ctx.facts)
            if not basic or not any(w.amount for w in fact.witnesses):
                continue
            whole = attrs.evolve(at, economic="", use=Use.ALL, item=item)
            if item in _OFTEN_UNPRINTED and whole not in ctx.facts and whole not in ctx.blanks:
                continue  # few layouts print meetings and training beside 三公
            if at.fund is Fund.FISCAL and moved(whole, "fund", Fund.GENERAL) in ctx.facts:
                continue  # 三公 is of the general budget; the table of its basic spending is compared
            if settled(ctx, whole) is None:  # accounts print these items for all fiscal grants
                whole = moved(whole, "fund", PARENT.get(at.fund, at.fund))
            yield _part_of(ctx, fact, whole, unshown=nothing())


def _part_of(ctx: Context, fact: Fact, other: Coordinate, *, unshown: tuple[Linear, ...] = ()) -> Outcome:
    """Compare a fact with the whole that it cannot exceed; ``unshown`` is the relation where no figure prints it."""
    subject = fact_words(ctx, fact.at)
    operand = witness_operand(fact.witnesses[0], fact.at, "part")
    total = settled(ctx, other)
    if total is None:
        return not_tested(subject, "no-table", operand)
    whole = ctx.facts.get(other)
    shown = [witness_operand(whole.witnesses[0], other, "whole")] if whole else []
    grade = grade_at_most(fact_known(ctx, fact), total)
    sign = limit_words(grade.verdict)
    against = shown[0].printed if shown else gap_words(total.value, usual_unit(ctx)) or "0"
    return in_money(
        grade,
        usual_unit(ctx),
        subject=subject,
        operands=(operand, *shown),
        relation=f"{operand.printed} {sign} {against}",
        linear=no_more_than() if shown else unshown,
    )


THREE_PUBLIC_SUBJECTS = {
    "30212": (Item.ABROAD, "出国"),
    "30215": (Item.CONFERENCES, "会议"),
    "30216": (Item.TRAINING, "培训"),
    "30217": (Item.RECEPTION, "接待"),
    "30231": (Item.VEHICLE_RUNNING, "用车"),
}


_OFTEN_UNPRINTED = (Item.CONFERENCES, Item.TRAINING)


def _whole(ctx: Context, at: Coordinate) -> Fact | None:
    """The fact for the next larger fund that a table prints."""
    above = PARENT.get(at.fund)
    while isinstance(above, Fund):
        found = ctx.facts.get(moved(at, "fund", above))
        if found is not None and any(w.via is Via.TABLE for w in found.witnesses):
            return found
        above = PARENT.get(above)
    return None


def _only_source(ctx: Context, at: Coordinate) -> bool:
    """Whether the revenue of the subject is all from the fund of ``at``, and nothing is carried over."""
    revenue = Coordinate(
        year=at.year, stage=at.stage, flow=Flow.REVENUE, functional=at.functional, period=Period.CURRENT, fund=at.fund
    )
    own = settled(ctx, revenue)
    total = settled(ctx, moved(moved(revenue, "period", Period.ALL), "fund", Fund.ALL))
    return own is not None and total is not None and own.value == total.value


RULES: tuple[Rule, ...] = (
    source,
    performance,
    reserved,
    three_public,
)
