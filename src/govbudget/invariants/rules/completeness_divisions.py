"""What a table must divide: basic spending from projects, revenue from expenditure, parts and total."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.forms import lacking
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.model import (
    Certainty,
    Flow,
    Severity,
    SubjectHead,
    TableKind,
    Use,
    combine,
    is_empty,
    table,
)

_SIDES = (TableKind.SUMMARY, TableKind.FISCAL_SUMMARY)


@rule(
    "completeness.basic-and-project",
    zh="支出分列基本支出和项目支出",
    en="Expenditure is divided into basic spending and projects",
    basis="预算法实施条例第六条：部门、单位应当公开基本支出和项目支出",
    says=("没有一张表分列基本支出和项目支出", "no table divides expenditure into basic spending and projects"),
    holds="""
        [3 expenditure]
        科目 | 合计 | 基本支出 = basic | 项目支出 = project
        合计 | 3.00 | 2.00 | 1.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [3 expenditure]
        科目 | 合计
        合计 | 3.00
        """,
    untested="[1 summary]",
)
def basic_and_project(ctx: Context) -> Iterator[Outcome]:
    """Some table that prints expenditure has basic spending and projects in columns or lines of their own.

    The regulation asks for the two by name: the one keeps the body running, the other is given for a purpose.
    """
    kinds = (TableKind.EXPENDITURE, TableKind.GENERAL_EXPENDITURE, TableKind.FISCAL_EXPENDITURE, TableKind.SUMMARY)
    spending = [t for kind in kinds if (t := table(ctx.disclosure, kind)) is not None]
    if not any(lane.columns for t in spending for lane in t.lanes) or not _spends(ctx):
        yield not_tested("支出用途", "no-table")
        return
    for found in spending:
        uses = {
            part.use
            for lane in found.lanes
            for part in (*(column.at for column in lane.columns), *(line.at for line in lane.lines))
        }
        if Use.PROJECT in uses and uses & {Use.BASIC, Use.PERSONNEL}:
            yield held(found.title, found.place, found.title)
            return
    if any(lane.columns_unread for t in spending for lane in t.lanes):
        yield not_tested("支出用途", "columns-unread")
        return
    yield lacking(ctx, spending[0].title, spending[0].place, spending[0].title, "基本支出、项目支出")


@gathered
def _spends(ctx: Context) -> bool:
    """Whether the tables that ought to divide expenditure were read at all."""
    return table(ctx.disclosure, TableKind.EXPENDITURE) is not None


@rule(
    "completeness.summary-sides",
    zh="收支总表两边都有",
    en="The summary prints revenue and expenditure",
    basis="预算法第四条：政府的全部收入和支出都应当纳入预算；财预〔2016〕143号：部门收支总体情况表",
    says=("{subject}只列示了一边：{relation}", "{subject} prints one side only: {relation}"),
    holds="""
        [1 summary]
        -- 收入: revenue
        项目 | 金额
        收入总计 = period=all | 3.00
        -- 支出: expenditure
        项目 | 金额
        支出总计 = period=all | 3.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        -- 收入: revenue
        项目 | 金额
        收入总计 = period=all | 3.00
        """,
    untested="[3 expenditure]",
)
def summary_sides(ctx: Context) -> Iterator[Outcome]:
    """The table of revenue and expenditure prints both: all that comes in and all that goes out.

    One side alone shows no balance, and what was left out may be anything.
    """
    found = [t for kind in _SIDES if (t := table(ctx.disclosure, kind)) is not None and not is_empty(t)]
    if not found:
        yield not_tested("收支总表", "no-table")
    for each in found:
        sides = {
            combine(lane.at, part).flow
            for lane in each.lanes
            for part in (*(column.at for column in lane.columns), *(line.at for line in lane.lines))
        }
        if {Flow.REVENUE, Flow.EXPENDITURE} <= sides:
            yield held(each.title, each.place, each.title)
        elif any(lane.columns_unread or lane.lines_unread for lane in each.lanes):
            yield not_tested(each.title, "columns-unread")
        else:
            yield lacking(ctx, each.title, each.place, each.title, "收入" if Flow.REVENUE in sides else "支出")


@rule(
    "completeness.total-line",
    zh="各表有合计行",
    en="Every table by subject prints its total",
    basis="财预〔2016〕143号：公开表格式；各地公开格式：合计",
    says=("{subject}没有合计行", "{subject} prints no total"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        合计 | 3.00
        2010301 行政运行 | 2.00
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [5 general_expenditure]
        科目 | 合计
        2010301 行政运行 | 2.00
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        """,
)
def total_line(ctx: Context) -> Iterator[Outcome]:
    """A table that lists several subjects prints what they come to.

    The total ties the table to the others; without it a line that was lost leaves no trace.
    """
    for found in ctx.disclosure.tables:
        if found.kind in _SIDES:
            continue
        heads = [line.head for lane in found.lanes for line in lane.lines]
        subjects = sum(isinstance(head, SubjectHead) for head in heads)
        if subjects < 2:
            if found.lanes and found.lanes[0].axis in ("functional", "economic"):
                yield not_tested(found.title, "parts-missing")
        elif any(not isinstance(head, SubjectHead) for head in heads):
            yield held(found.title, found.place, found.title)
        elif any(lane.lines_unread for lane in found.lanes):
            yield not_tested(found.title, "lines-unread")
        else:
            yield lacking(ctx, found.title, found.place, found.title, "合计")


RULES: tuple[Rule, ...] = (
    basic_and_project,
    summary_sides,
    total_line,
)
