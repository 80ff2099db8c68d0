"""One figure in two tables: spending by function, by use and by economic nature."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.table_pairs import repeats
from govbudget.model import TableKind


@rule(
    "tables.basic",
    zh="基本支出表合计与一般公共预算支出表的基本支出一致",
    en="The table of basic spending adds up to the basic spending of the table of the general budget",
    basis="预算法第十四条：公开的预算应当真实、完整；一般公共预算支出表与基本支出表；预算法第四十六条",
    holds="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        合计 | 9.00
        [6 general_basic]
        科目 | 合计
        合计 | 9.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        合计 | 9.00
        [6 general_basic]
        科目 | 合计
        合计 | 9.90
        """,
)
def basic(ctx: Context) -> Iterator[Outcome]:
    """Basic spending from the general budget is one number by function and by economic nature.

    One table divides it by what it is for, the other by what is bought: 表5 基本支出 合计 = 表6 合计, with personnel
    and running costs where both print them.
    """
    yield from repeats(ctx, (TableKind.GENERAL_BASIC,))


@rule(
    "tables.fiscal-expenditure",
    zh="财政拨款支出表与财政拨款收支总表一致",
    en="The table of spending from grants repeats the table of grants",
    basis="预算法第十四条：公开的预算应当真实、完整；财政拨款收支总表与财政拨款支出表（功能科目）",
    holds="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 预算数
        合计 | 9.00
        [5 fiscal_expenditure]
        科目 | 合计
        合计 | 9.00
        """,
    breaks="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 预算数
        合计 | 9.00
        [5 fiscal_expenditure]
        科目 | 合计
        合计 | 9.90
        """,
)
def fiscal_expenditure(ctx: Context) -> Iterator[Outcome]:
    """Spending from fiscal grants is one number in the summary of grants and in the table that divides it by subject.

    Layouts with twelve tables print the two beside those of the general budget.
    """
    yield from repeats(ctx, (TableKind.FISCAL_EXPENDITURE,))


@rule(
    "tables.fiscal-basic",
    zh="财政拨款基本支出表合计与财政拨款收支总表的基本支出一致",
    en="The table of basic spending from grants adds up to the basic spending of the table of grants",
    basis="预算法第十四条：公开的预算应当真实、完整；财政拨款收支总表与财政拨款基本支出表（经济科目）",
    holds="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 预算数
        基本支出 = basic | 9.00
        [6 fiscal_basic]
        科目 | 合计
        合计 | 9.00
        """,
    breaks="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 预算数
        基本支出 = basic | 9.00
        [6 fiscal_basic]
        科目 | 合计
        合计 | 9.90
        """,
)
def fiscal_basic(ctx: Context) -> Iterator[Outcome]:
    """Basic spending from fiscal grants is one number by use in the summary and by economic nature in its own table.

    Layouts with twelve tables print the two beside those of the general budget.
    """
    yield from repeats(ctx, (TableKind.FISCAL_BASIC,))


RULES: tuple[Rule, ...] = (
    basic,
    fiscal_expenditure,
    fiscal_basic,
)
