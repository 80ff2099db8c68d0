"""The tables that the law asks of every body, each with its own basis; what a place asks beyond is the layout's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.forms import form_of
from govbudget.invariants.prose import broken, held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.model import TableKind, table
from govbudget.place import Place
from govbudget.text import fold

SAYS = ("缺少公开表“{subject}”[（依据：{relation}）]", "table “{subject}” is missing[ (basis: {relation})]")

REQUIRED = (
    TableKind.SUMMARY,
    TableKind.REVENUE,
    TableKind.EXPENDITURE,
    TableKind.FISCAL_SUMMARY,
    TableKind.GENERAL_EXPENDITURE,
    TableKind.GENERAL_BASIC,
    TableKind.THREE_PUBLIC,
    TableKind.GOVERNMENT_FUND,
    TableKind.STATE_CAPITAL,
)
"""The tables that rules of this file ask for."""


_WORDS = {
    TableKind.SUMMARY: re.compile("收支|收入支出"),
    TableKind.REVENUE: re.compile("收入(?:预算|决算)?(?:总|表|情况)"),
    TableKind.EXPENDITURE: re.compile("支出(?:预算|决算)?(?:总|情况)|支出决算表"),
    TableKind.FISCAL_SUMMARY: re.compile("财政拨款"),
    TableKind.GENERAL_EXPENDITURE: re.compile("一般公共预算"),
    TableKind.GENERAL_BASIC: re.compile("基本支出"),
    TableKind.THREE_PUBLIC: re.compile("三公"),
    TableKind.GOVERNMENT_FUND: re.compile("基金"),
    TableKind.STATE_CAPITAL: re.compile("国有资本"),
}
"""What the title of a table that was not understood may say, so that it may be the one that seems to be missing."""


def _there(ctx: Context, kind: TableKind, name: str) -> Iterator[Outcome]:
    found = table(ctx.disclosure, kind)
    if found is not None:
        yield held(found.title, found.place, found.title)
        return
    if any(not title or _WORDS[kind].search(fold(title)) for title in ctx.disclosure.tables_unread):
        yield not_tested(name, "table-unread")
        return
    form = form_of(ctx)
    spec = next((spec for spec in form.tables if spec.kind is kind), None) if form else None
    if form is None or spec is None or not spec.required:
        yield not_tested(name, "no-layout" if form is None else "not-in-layout")
        return
    yield broken(spec.titles[0], Place(document=ctx.disclosure.source), f"表{spec.number}", spec.basis)


@rule(
    "completeness.summary-table",
    zh="公开收支总表",
    en="The table of revenue and expenditure is there",
    basis="预算法第十四条；财预〔2016〕143号：部门收支总体情况表",
    says=SAYS,
    holds="[1 summary]",
    breaks="""
        layout hangzhou-unit-budget
        [2 revenue]
        """,
    untested="[2 revenue]",
)
def summary_table(ctx: Context) -> Iterator[Outcome]:
    """The body publishes its revenue beside its expenditure, all money in one table (收支总表).

    It is the one table that shows whether the budget balances, and the one all others break down.
    """
    yield from _there(ctx, TableKind.SUMMARY, "收支总表")


@rule(
    "completeness.revenue-table",
    zh="公开收入总表",
    en="The table of revenue is there",
    basis="预算法第十四条；财预〔2016〕143号：部门收入总体情况表",
    says=SAYS,
    holds="[2 revenue]",
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        """,
    untested="[1 summary]",
)
def revenue_table(ctx: Context) -> Iterator[Outcome]:
    """The body publishes its revenue by source (收入总表).

    Without it the reader cannot tell grants of the government from money that the body earns.
    """
    yield from _there(ctx, TableKind.REVENUE, "收入总表")


@rule(
    "completeness.expenditure-table",
    zh="公开支出总表",
    en="The table of expenditure is there",
    basis="预算法第十四条；预算法实施条例第六条：公开基本支出和项目支出；财预〔2016〕143号：部门支出总体情况表",
    says=SAYS,
    holds="[3 expenditure]",
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        """,
    untested="[1 summary]",
)
def expenditure_table(ctx: Context) -> Iterator[Outcome]:
    """The body publishes what it spends of all its money, basic spending and projects (支出总表).

    It is the only table that covers money other than grants by use.
    """
    yield from _there(ctx, TableKind.EXPENDITURE, "支出总表")


@rule(
    "completeness.fiscal-table",
    zh="公开财政拨款收支总表",
    en="The table of fiscal grants is there",
    basis="预算法第十四条；财预〔2016〕143号：财政拨款收支总体情况表",
    says=SAYS,
    holds="[4 fiscal_summary]",
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        """,
    untested="[1 summary]",
)
def fiscal_table(ctx: Context) -> Iterator[Outcome]:
    """The body publishes what it has from the treasury and what that is spent on (财政拨款收支总表).

    It shows which of the budgets of the government each grant comes from.
    """
    yield from _there(ctx, TableKind.FISCAL_SUMMARY, "财政拨款收支总表")


@rule(
    "completeness.general-table",
    zh="公开一般公共预算支出表",
    en="The table of general public spending is there",
    basis="预算法实施条例第六条：一般公共预算支出按其功能分类公开到项；财预〔2016〕143号：一般公共预算支出情况表",
    says=SAYS,
    holds="[5 general_expenditure]",
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        """,
    untested="[1 summary]",
)
def general_table(ctx: Context) -> Iterator[Outcome]:
    """The body publishes its spending of the general public budget by function (一般公共预算支出表).

    This is the table that the regulation itself names, down to the 项.
    """
    yield from _there(ctx, TableKind.GENERAL_EXPENDITURE, "一般公共预算支出表")


@rule(
    "completeness.basic-table",
    zh="公开一般公共预算基本支出表",
    en="The table of basic spending by economic class is there",
    basis="预算法实施条例第六条：基本支出按其经济性质分类公开到款；财预〔2016〕143号：一般公共预算基本支出情况表",
    says=SAYS,
    holds="[6 general_basic]",
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        """,
    untested="[1 summary]",
)
def basic_table(ctx: Context) -> Iterator[Outcome]:
    """The body publishes its basic spending by economic nature, wages and supplies (一般公共预算基本支出表).

    The regulation asks for it down to the 款; inspections of earlier years found it missing more often than any other.
    """
    yield from _there(ctx, TableKind.GENERAL_BASIC, "一般公共预算基本支出表")


@rule(
    "completeness.three-public-table",
    zh="公开“三公”经费表",
    en="The table of 三公 spending is there",
    basis="预算法第十四条；财预〔2016〕143号：一般公共预算“三公”经费支出情况表",
    says=SAYS,
    holds="[7 three_public]",
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        """,
    untested="[1 summary]",
)
def three_public_table(ctx: Context) -> Iterator[Outcome]:
    """The body publishes what it spends on travel abroad, receptions and vehicles (“三公”经费表), even nothing.

    It is the table that the public asks for first, and each body has published one since 2016.
    """
    yield from _there(ctx, TableKind.THREE_PUBLIC, "“三公”经费表")


@rule(
    "completeness.fund-table",
    zh="公开政府性基金预算支出表",
    en="The table of government funds is there, empty or not",
    basis="预算法第五条、第十四条；财预〔2016〕143号：政府性基金预算支出情况表，没有数据的列出空表",
    says=SAYS,
    holds="[8 government_fund]",
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        """,
    untested="[1 summary]",
)
def fund_table(ctx: Context) -> Iterator[Outcome]:
    """The body publishes its spending of government funds (政府性基金预算支出表), an empty table where it has none.

    That there is none is a statement too, and it is made by the empty table with its note.
    """
    yield from _there(ctx, TableKind.GOVERNMENT_FUND, "政府性基金预算支出表")


@rule(
    "completeness.state-capital-table",
    zh="公开国有资本经营预算支出表",
    en="The table of the state capital budget is there where its form has one",
    basis="预算法第五条；财政部门预算、决算公开格式：国有资本经营预算支出表（近年增列）",
    says=SAYS,
    holds="[9 state_capital]",
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        """,
    untested=(
        "[1 summary]",
        """
        layout jiangsu-department-budget
        [1 summary]
        """,
    ),
)
def state_capital_table(ctx: Context) -> Iterator[Outcome]:
    """The body publishes what it spends of the state capital budget (国有资本经营预算支出表), be it nothing.

    The table was added to the eight of the regulation later and place by place; where the form of a place and year has
    none, nothing is missing.
    """
    yield from _there(ctx, TableKind.STATE_CAPITAL, "国有资本经营预算支出表")


RULES: tuple[Rule, ...] = (
    summary_table,
    revenue_table,
    expenditure_table,
    fiscal_table,
    general_table,
    basic_table,
    three_public_table,
    fund_table,
    state_capital_table,
)
