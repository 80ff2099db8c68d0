"""One fact, one number: every witness of a fact must be able to mean the same exact amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from govbudget.consistency import grade_at_most, grade_same, grade_sum, meet
from govbudget.invariants.context import (
    ZERO,
    Context,
    cut,
    fact_known,
    is_silent,
    known,
    settled,
    usual_unit,
)
from govbudget.invariants.rule import Linear, Outcome, Rule, all_same, no_more_than, not_tested, nothing, rule
from govbudget.invariants.words import fact_words, gap_words, in_money, limit_words, sign_words, witness_operand
from govbudget.model import Coordinate, Fact, Flow, Fund, Item, Period, Use, Via, Witness, is_below, moved
from govbudget.model.axes import PARENT


def _same(ctx: Context, at: Coordinate, witnesses: Sequence[Witness]) -> Outcome:
    operands = tuple(witness_operand(w, at) for w in witnesses)
    grade = grade_same([o.known or known(w.amount) for o, w in zip(operands, witnesses, strict=True)])
    shown = dict.fromkeys(o.printed for o in operands)
    return in_money(
        grade,
        witnesses[0].amount.unit,
        subject=fact_words(ctx, at),
        operands=operands,
        relation=f" {sign_words(grade.verdict)} ".join(shown if len(shown) > 1 else [o.printed for o in operands]),
        linear=all_same(len(operands)),
    )


@rule(
    "agreement.tables",
    zh="同一数字在各表中一致",
    en="One fact has one number in all tables",
    basis="预算法第十四条：公开的预算应当真实、完整；财预〔2016〕143号",
)
def tables(ctx: Context) -> Iterator[Outcome]:
    """A fact that several tables print is one number.

    Which cells speak of one fact follows from their coordinates: the layout says what a column is about, the line
    says of which subject.
    """
    for at, fact in ctx.facts.items():
        found = [w for w in fact.witnesses if w.via is Via.TABLE]
        if len(found) > 1:
            yield _same(ctx, at, found)


@rule(
    "agreement.narrative",
    zh="文字说明中的数字与表格一致",
    en="The narrative gives the numbers of the tables",
    basis="财预〔2016〕143号：情况说明应与公开表一致",
)
def narrative(ctx: Context) -> Iterator[Outcome]:
    """A number in a sentence is the number the tables print for that fact, or, where no table prints it, the number of
    the other sentences; a fact that a table leaves blank is zero.

    A sentence may count in another unit and with other decimals than the table: what the digits of both allow must
    meet. Where the sentences of a document cut digits off instead of rounding them, all of them are read so.
    """
    cut_off = _cuts_off(ctx)
    for at, fact in ctx.facts.items():
        stated = [w for w in fact.witnesses if w.via is Via.NARRATIVE]
        shown = [w for w in fact.witnesses if w.via is Via.TABLE]
        if not stated:
            continue
        own = (ctx.disclosure.year, ctx.disclosure.stage)
        if (at.year, at.stage) != own and not shown and not is_silent(ctx, at):
            if len(stated) > 1:
                yield _same(ctx, at, stated)
            continue  # another year's figure, or a budget beside accounts: this document's tables do not print it
        if shown:
            for witness in stated:
                yield _same(ctx, at, [cut(witness) if cut_off else witness, *shown])
        elif len(stated) > 1:
            yield _same(ctx, at, stated)
        by_classes = at.use in (Use.PERSONNEL, Use.RUNNING) and not at.functional and not is_silent(ctx, at)
        if not shown and not by_classes:  # the latter is for agreement.personnel
            yield from _against_blank(ctx, at, stated)


def _cuts_off(ctx: Context) -> bool:
    """Whether the sentences cut digits off: some of their figures allow no rounding, and none allows only rounding.

    A figure that fits neither way is a slip and says nothing about the habit.
    """
    rounded = truncated = 0
    for fact in ctx.facts.values():
        shown = [known(w.amount) for w in fact.witnesses if w.via is Via.TABLE]
        table = meet(shown) if shown else None
        if table is None:
            continue
        for witness in fact.witnesses:
            if witness.via is not Via.NARRATIVE:
                continue
            fits_round = meet([table, known(witness.amount)]) is not None
            fits_cut = meet([table, known(cut(witness).amount)]) is not None
            rounded += fits_round and not fits_cut
            truncated += fits_cut and not fits_round
    return truncated > 0 and rounded == 0


_UNPRINTED = {
    Item.PROCUREMENT,
    Item.PERFORMANCE,
    Item.MONITORED,
    Item.EVALUATED,
    Item.AGENCY_RUNNING,
    Item.SME_AWARDED,
    Item.MICRO_AWARDED,
    Item.SME_RESERVED_AWARDED,
    Item.MICRO_RESERVED_AWARDED,
    Item.SME_OTHER_AWARDED,
}


def _against_blank(ctx: Context, at: Coordinate, stated: Sequence[Witness]) -> Iterator[Outcome]:
    if at.item in _UNPRINTED or is_below(at.item, Item.PROCUREMENT):
        return  # no table prints procurement or performance; additivity.claims and balance.within look at them
    silent = is_silent(ctx, at)
    for witness in stated:
        operand = witness_operand(witness, at)
        if not silent:
            if at.fund is Fund.FISCAL and settled(ctx, at) is not None:
                continue  # additivity.tables has compared it with the tables of the single budgets
            yield not_tested(fact_words(ctx, at), "no-table", operand)
            continue
        grade = grade_same([known(witness.amount), ZERO])
        yield in_money(
            grade,
            witness.amount.unit,
            subject=fact_words(ctx, at),
            operands=(operand,),
            relation=f"{operand.printed} {sign_words(grade.verdict)} 0",
            linear=nothing(),
        )


@rule(
    "agreement.balance",
    zh="收支平衡：收入总计等于支出总计",
    en="Revenue and expenditure balance",
    basis="预算法实施条例第四十条；收支预算总表",
)
def balance(ctx: Context) -> Iterator[Outcome]:
    """Total revenue is total expenditure, carried-over money on both sides included; so too for fiscal grants alone."""
    for fund in (Fund.ALL, Fund.FISCAL):
        sides = [f for f in ctx.facts.values() if _is_total(f.at) and f.at.fund is fund and f.at.functional == ""]
        whole = [f for f in sides if f.at.period is Period.ALL]
        sides = whole or [f for f in sides if f.at.period is Period.CURRENT and _carries_nothing(ctx, f)]
        revenue = next((f for f in sides if f.at.flow is Flow.REVENUE), None)
        expenditure = next((f for f in sides if f.at.flow is Flow.EXPENDITURE), None)
        subject = "收支总预算" if fund is Fund.ALL else "财政拨款收支总预算"
        if revenue is None or expenditure is None:
            yield not_tested(subject, "total-missing", *[witness_operand(f.witnesses[0], f.at) for f in sides[:1]])
            continue
        yield _pair(ctx, subject, revenue, expenditure)


@rule(
    "agreement.functional-balance",
    zh="按功能科目，收入预算等于支出预算",
    en="Revenue and expenditure balance subject by subject",
    basis="收入预算总表与支出预算总表同按功能科目编列",
)
def functional_balance(ctx: Context) -> Iterator[Outcome]:
    """The table of revenue and the table of expenditure list the same subjects; each subject spends what it receives.

    That holds where nothing is carried to the next year: what is carried forward is not printed by subject.
    """
    carried = [f for f in ctx.facts.values() if f.at.period is Period.CARRIED and f.at.flow is Flow.EXPENDITURE]
    moved_on = next((f for f in carried if any(w.amount for w in f.witnesses)), None)
    for at, fact in list(ctx.facts.items()):
        wanted = at.flow is Flow.REVENUE and at.functional and at.period is Period.ALL and at.fund is Fund.ALL
        if not wanted:
            continue
        other = attrs.evolve(at, flow=Flow.EXPENDITURE, period=Period.CURRENT)
        whole = attrs.evolve(at, flow=Flow.EXPENDITURE)
        other = whole if other not in ctx.facts and whole in ctx.facts else other  # layouts that carry nothing over
        partner = ctx.facts.get(other)
        subject = fact_words(ctx, at)
        operand = witness_operand(fact.witnesses[0], at)
        if moved_on is not None:
            yield not_tested(subject, "carried-forward", operand)
        elif partner is not None:
            yield _pair(ctx, subject, fact, partner)
        else:
            value = settled(ctx, other)
            if value is None:
                yield not_tested(subject, "no-table", operand)
            else:
                grade = grade_same([known(fact.witnesses[0].amount), value])
                yield in_money(
                    grade,
                    usual_unit(ctx),
                    subject=subject,
                    operands=(operand,),
                    relation=f"{operand.printed} {sign_words(grade.verdict)} 0",
                    linear=nothing(),
                )


@rule(
    "agreement.source",
    zh="资金只有一个来源的科目，总表与分表一致；否则分表不大于总表",
    en="Where all money has one source, the table of that source prints the whole; elsewhere not more than the whole",
    basis="预算法第五条；支出预算总表与一般公共预算支出预算表",
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


def _pair(ctx: Context, subject: str, left: Fact, right: Fact) -> Outcome:
    grade = grade_sum(fact_known(ctx, left), [fact_known(ctx, right)])
    operands = (witness_operand(left.witnesses[0], left.at), witness_operand(right.witnesses[0], right.at))
    return in_money(
        grade,
        left.witnesses[0].amount.unit,
        subject=subject,
        operands=operands,
        relation=f"{operands[0].printed} {sign_words(grade.verdict)} {operands[1].printed}",
        linear=all_same(2),
    )


def _carries_nothing(ctx: Context, fact: Fact) -> bool:
    """Whether a table prints the fact that knows no money carried over: its two sides are of one year and balance."""
    at = fact.at
    return any(
        any(figure.at == at for figure in figures) and not any(f.at.period is not Period.CURRENT for f in of_table)
        for (table, _), figures in ctx.figures.items()
        for of_table in [[f for (other, _), found in ctx.figures.items() if other == table for f in found]]
    )


def _is_total(at: Coordinate) -> bool:
    return at.use is Use.ALL and at.item is Item.ALL and not (at.economic or at.entity or at.project)


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


RULES: tuple[Rule, ...] = (tables, narrative, balance, functional_balance, source, performance, reserved, three_public)
