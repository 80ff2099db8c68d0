"""Sums whose parts stand in other tables, or in sentences only."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.consistency import Grade, Known, Verdict, grade_sum
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context, beside, idle, known, settled, usual_unit
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule, total_of
from govbudget.invariants.words import (
    fact_words,
    in_money,
    sign_words,
    sum_words,
    witness_operand,
)
from govbudget.model import (
    Coordinate,
    CountClaim,
    Counted,
    Fund,
    Via,
    moved,
)
from govbudget.model.axes import Item


@rule(
    "additivity.claims",
    zh="文字说明中的总额等于分项之和",
    en="Totals in the narrative are the sum of their parts: procurement from goods, works and services",
    basis="政府采购法；财预〔2016〕143号：政府采购总额及货物、工程、服务分项",
    holds="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元， => amount expenditure procurement: 12.20万元
        货物2.00万元、工程0万元、服务10.20万元。
        => amount expenditure goods: 2.00万元
        => amount expenditure works: 0万元
        => amount expenditure services: 10.20万元
        """,
    breaks="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元， => amount expenditure procurement: 12.20万元
        货物2.00万元、工程0万元、服务12.20万元。
        => amount expenditure goods: 2.00万元
        => amount expenditure works: 0万元
        => amount expenditure services: 12.20万元
        """,
    untested="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元，其中货物2.00万元。
        => amount expenditure procurement: 12.20万元
        => amount expenditure goods: 2.00万元
        """,
)
def claims(ctx: Context) -> Iterator[Outcome]:
    """A total that only the narrative states is the sum of the parts stated beside it.

    Procurement is goods, works and services, and projects under performance management are those that are named,
    where as many are named as the text counts. Where a table prints it, the sums of the table are compared, and the
    sentence with the table.
    """
    for at, fact in ctx.facts.items():
        children = _claimed_parts(ctx, at)
        if not children or any(w.via is Via.TABLE for w in fact.witnesses):
            continue
        stated = [(c, ctx.facts[c].witnesses[0]) for c in children if c in ctx.facts]
        operands = (
            witness_operand(fact.witnesses[0], at, "total"),
            *(witness_operand(w, c, "part") for c, w in stated),
        )
        subject = fact_words(ctx, at)
        if len(stated) < len(children) or not _all_named(ctx, at, len(stated)):
            yield Outcome(grade=Grade(Verdict.NOT_TESTED), subject=subject, operands=operands, reason="parts-missing")
            continue
        grade = grade_sum(known(fact.witnesses[0].amount), [known(w.amount) for _, w in stated])
        sign = sign_words(grade.verdict)
        yield in_money(
            grade,
            fact.witnesses[0].amount.unit,
            subject=subject,
            operands=operands,
            relation=sum_words(operands[0].printed, [o.printed for o in operands[1:]], sign),
            linear=total_of(len(stated)),
        )


_BOUGHT = (Item.GOODS, Item.WORKS, Item.SERVICES)


def _claimed_parts(ctx: Context, at: Coordinate) -> list[Coordinate]:
    if at.item is Item.PROCUREMENT:
        return [moved(at, "item", part) for part in _BOUGHT]
    if at.item is Item.PERFORMANCE and not at.project:
        return [other for other in ctx.facts if other.project and moved(other, "project", "") == at]
    return []


def _all_named(ctx: Context, at: Coordinate, named: int) -> bool:
    """其中 may name some projects only; that they are all is known from their number."""
    if at.item is not Item.PERFORMANCE:
        return True
    counts = [c.count for c in claims_of(ctx, CountClaim) if c.what is Counted.PERFORMANCE_PROJECTS]
    return named in counts


@rule(
    "additivity.tables",
    zh="财政拨款支出等于一般公共预算、政府性基金、国有资本经营预算各表之和",
    en="Fiscal spending is the sum of the tables of the single budgets",
    basis="预算法第五条；财政拨款收支总表与各预算支出表",
    holds="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 预算数
        合计 | 9.00
        [5 general_expenditure]
        科目 | 合计
        合计 | 8.00
        [8 government_fund]
        科目 | 合计
        合计 | 1.00
        [9 state_capital]
        科目 | 合计
        合计 | 0.00
        """,
    breaks="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 预算数
        合计 | 9.00
        [5 general_expenditure]
        科目 | 合计
        合计 | 8.00
        [8 government_fund]
        科目 | 合计
        合计 | 2.00
        [9 state_capital]
        科目 | 合计
        合计 | 0.00
        """,
    untested="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 预算数
        合计 | 9.00
        [5 general_expenditure]
        科目 | 合计
        合计 | 8.00
        """,
)
def tables(ctx: Context) -> Iterator[Outcome]:
    """Spending from fiscal grants, subject by subject, is what the tables of the three budgets print together.

    A subject that a table leaves out has no money there; an empty table with its note has none at all. Where one of
    the tables is missing, the rule says so and decides nothing.
    """
    for at, fact in ctx.facts.items():
        if at.fund is not Fund.FISCAL:
            continue
        children = [moved(at, "fund", child) for child in ctx.budgets]
        if beside(ctx, at, children):
            continue  # one lane prints the whole and a part: the rule on funds has compared them already
        parts = [settled(ctx, child) for child in children]
        values = [part for part in parts if part is not None]
        if not values:
            continue  # no table prints any part of it: there is nothing to hold against it
        tested = len(values) == len(parts)
        grade = grade_sum(_total(ctx, at), values) if tested else Grade(Verdict.NOT_TESTED)
        if idle(ctx, grade):
            continue
        subject = fact_words(ctx, at)
        shown: list[Operand] = [witness_operand(w, at, "total") for w in fact.witnesses[:1]]
        shown += [witness_operand(ctx.facts[c].witnesses[0], c, "part") for c in children if c in ctx.facts]
        if not tested:
            yield not_tested(subject, "parts-missing", *shown)
            continue
        sign = sign_words(grade.verdict)
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=subject,
            operands=tuple(shown),
            relation=sum_words(shown[0].printed, [o.printed for o in shown[1:]], sign),
            linear=total_of(len(shown) - 1),
        )


def _total(ctx: Context, at: Coordinate) -> Known:
    found = settled(ctx, at)
    assert found is not None  # `at` is a fact: it has a witness
    return found


RULES: tuple[Rule, ...] = (
    claims,
    tables,
)
