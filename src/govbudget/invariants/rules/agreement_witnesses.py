"""One fact, one number: every witness of a fact must be able to mean the same exact amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govbudget.consistency import grade_same, meet
from govbudget.invariants.context import (
    ZERO,
    Context,
    cut,
    is_silent,
    known,
    settled,
)
from govbudget.invariants.rule import Outcome, Rule, all_same, not_tested, nothing, rule
from govbudget.invariants.words import fact_words, in_money, sign_words, witness_operand
from govbudget.model import Coordinate, Fund, Item, Use, Via, Witness, is_below


@rule(
    "agreement.tables",
    zh="同一数字在各表中一致",
    en="One fact has one number in all tables",
    basis="预算法第十四条：公开的预算应当真实、完整；财预〔2016〕143号",
    holds="""
        [3 expenditure: general]
        科目 | 合计
        合计 | 9.00
        [5 general_expenditure 元]
        科目 | 合计
        合计 | 90,012.00
        """,
    breaks="""
        [3 expenditure: general]
        科目 | 合计
        合计 | 9.00
        [5 general_expenditure 元]
        科目 | 合计
        合计 | 91,012.00
        """,
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
    "agreement.narrative",
    zh="文字说明中的数字与表格一致",
    en="The narrative gives the numbers of the tables",
    basis="财预〔2016〕143号：情况说明应与公开表一致",
    holds="""
        [5 general_expenditure]
        科目 | 合计
        合计 | 9.36
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算拨款9.4万元。 => amount expenditure current general: 9.4万元
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        合计 | 9.36
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算拨款9.63万元。 => amount expenditure current general: 9.63万元
        """,
    untested="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算拨款9.63万元。 => amount expenditure current general: 9.63万元
        """,
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


RULES: tuple[Rule, ...] = (
    tables,
    narrative,
)
