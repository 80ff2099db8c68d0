"""One figure in two tables: the summary, and revenue, expenditure and grants behind it."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.table_pairs import repeats
from govbudget.model import TableKind


@rule(
    "tables.revenue",
    zh="收入总表的收入数与收支总表一致",
    en="The table of revenue repeats the revenue of the summary",
    basis="预算法第十四条：公开的预算应当真实、完整；收支总表与收入总表",
    holds="""
        [1 summary]
        -- 收入: revenue
        项目 | 预算数
        财政拨款收入 = current fiscal | 9.00
        [2 revenue]
        科目 | 财政拨款 = current fiscal
        合计 | 9.00
        """,
    breaks="""
        [1 summary]
        -- 收入: revenue
        项目 | 预算数
        财政拨款收入 = current fiscal | 9.00
        [2 revenue]
        科目 | 财政拨款 = current fiscal
        合计 | 9.90
        """,
)
def revenue(ctx: Context) -> Iterator[Outcome]:
    """Each source of revenue is one number in the summary and in the total line of the table of revenue.

    The summary lists the sources, the other table divides them by subject; the total of each column is the line.
    """
    yield from repeats(ctx, (TableKind.REVENUE,))


@rule(
    "tables.expenditure",
    zh="支出总表的支出数与收支总表一致",
    en="The table of expenditure repeats the spending of the summary",
    basis="预算法第十四条：公开的预算应当真实、完整；收支总表与支出总表",
    holds="""
        [1 summary]
        -- 支出: expenditure; current
        项目 | 预算数
        合计 | 9.00
        [3 expenditure]
        科目 | 合计
        合计 | 9.00
        """,
    breaks="""
        [1 summary]
        -- 支出: expenditure; current
        项目 | 预算数
        合计 | 9.00
        [3 expenditure]
        科目 | 合计
        合计 | 9.90
        """,
)
def expenditure(ctx: Context) -> Iterator[Outcome]:
    """Each class of spending, and all of it, is one number in the summary and in the table of expenditure.

    The summary lists the classes, the other table goes on to the lowest subjects and divides them by use.
    """
    yield from repeats(ctx, (TableKind.EXPENDITURE,))


@rule(
    "tables.fiscal",
    zh="财政拨款收支总表与收支总表的财政拨款数一致",
    en="The table of fiscal grants repeats the grants of the tables before it",
    basis="预算法第十四条：公开的预算应当真实、完整；财政拨款收支总表与收支总表、收入总表",
    holds="""
        [2 revenue]
        科目 | 财政拨款 = current fiscal
        合计 | 9.00
        [4 fiscal_summary]
        -- 收入: revenue
        项目 | 预算数
        本年收入 = current | 9.00
        """,
    breaks="""
        [2 revenue]
        科目 | 财政拨款 = current fiscal
        合计 | 9.00
        [4 fiscal_summary]
        -- 收入: revenue
        项目 | 预算数
        本年收入 = current | 9.90
        """,
)
def fiscal(ctx: Context) -> Iterator[Outcome]:
    """What a body receives as fiscal grants is one number in the tables of all money and in the table of grants.

    The tables of all money print 财政拨款 beside other sources; the table of grants goes on from there.
    """
    yield from repeats(ctx, (TableKind.FISCAL_SUMMARY,))


RULES: tuple[Rule, ...] = (
    revenue,
    expenditure,
    fiscal,
)
