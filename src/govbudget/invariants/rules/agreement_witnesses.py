"""One fact, one number: every witness of a fact must be able to mean the same exact amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govbudget.consistency import grade_same
from govbudget.invariants.context import (
    ZERO,
    Context,
    is_silent,
    known,
    settled,
)
from govbudget.invariants.rule import Outcome, Rule, all_same, not_tested, nothing, rule
from govbudget.invariants.table_pairs import pairs
from govbudget.invariants.witnessed import contradictory, elsewhere_only, left_blank, said_of, same, shown
from govbudget.invariants.words import fact_words, in_money, sign_words, witness_operand
from govbudget.model import Coordinate, Fund, Item, Use, Witness, is_below


@rule(
    "agreement.tables",
    zh="同一数字在各表中一致",
    en="One fact has one number in all tables",
    basis="预算法第十四条：公开的预算应当真实、完整；财预〔2016〕143号",
    holds="""
        [7 three_public]
        单位 | 机关运行经费 = agency_running
        合计 | 9.00
        [11 agency_running 元]
        科目 | 合计
        合计 | 90,012.00
        """,
    breaks="""
        [7 three_public]
        单位 | 机关运行经费 = agency_running
        合计 | 9.00
        [11 agency_running 元]
        科目 | 合计
        合计 | 91,012.00
        """,
)
def tables(ctx: Context) -> Iterator[Outcome]:
    """A fact that several tables print is one number.

    Which cells speak of one fact follows from their coordinates: the layout says what a column is about, the line
    says of which subject. The pairs of tables that the rules of the group “tables” name are theirs.
    """
    for at, first, others in pairs(ctx).get(None, ()):
        yield same(ctx, at, [first, *others])


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
    """A number in a sentence is the number the tables print for that fact; a fact that a table leaves blank is zero.

    A sentence may count in another unit and with other decimals than the table: what the digits of both allow must
    meet. Where the sentences of a document cut digits off instead of rounding them, all of them are read so.
    """
    for at, fact, said in said_of(ctx):
        if elsewhere_only(ctx, fact) or contradictory(said):
            continue  # the rules on last year's figures, and on two amounts for one fact, look at these
        tables = shown(fact)
        for witness in said if tables else ():
            yield same(ctx, at, [witness, *tables])
        by_classes = at.use in (Use.PERSONNEL, Use.RUNNING) and not at.functional and not is_silent(ctx, at)
        if not tables and not by_classes:  # the latter is for agreement.personnel
            yield from _against_blank(ctx, at, said)


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


def _against_blank(ctx: Context, at: Coordinate, said: Sequence[Witness]) -> Iterator[Outcome]:
    if at.item in _UNPRINTED or is_below(at.item, Item.PROCUREMENT):
        return  # no table prints procurement or performance; additivity.claims and the group “within” look at them
    silent, blanks = is_silent(ctx, at), left_blank(ctx, at)
    for witness in said:
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
            operands=(operand, *blanks),
            relation=f"{operand.printed} {sign_words(grade.verdict)} 0",
            linear=all_same(1 + len(blanks)) if blanks else nothing(),
        )


RULES: tuple[Rule, ...] = (
    tables,
    narrative,
)
