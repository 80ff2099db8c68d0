"""One figure in two tables: the table of grants, and that of each budget."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.table_pairs import repeats
from govbudget.model import TableKind


@rule(
    "tables.general",
    zh="一般公共预算支出表与财政拨款收支总表一致",
    en="The table of the general budget repeats the column of the table of grants",
    basis="预算法第十四条：公开的预算应当真实、完整；财政拨款收支总表与一般公共预算支出表",
    holds="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 一般公共预算 = general
        合计 | 9.00
        [5 general_expenditure]
        科目 | 合计
        合计 | 9.00
        """,
    breaks="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 一般公共预算 = general
        合计 | 9.00
        [5 general_expenditure]
        科目 | 合计
        合计 | 9.90
        """,
)
def general(ctx: Context) -> Iterator[Outcome]:
    """Spending from the general budget is one number, class by class, in the table of grants and in its own table.

    The table of grants prints one column for each budget; the table of the budget divides it to the lowest subjects.
    """
    yield from repeats(ctx, (TableKind.GENERAL_EXPENDITURE,))


@rule(
    "tables.government-fund",
    zh="政府性基金支出表与财政拨款收支总表一致",
    en="The table of government funds repeats the column of the table of grants",
    basis="预算法第十四条：公开的预算应当真实、完整；财政拨款收支总表与政府性基金预算支出表",
    holds="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 政府性基金 = government_fund
        合计 | 9.00
        [8 government_fund]
        科目 | 合计
        合计 | 9.00
        """,
    breaks="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 政府性基金 = government_fund
        合计 | 9.00
        [8 government_fund]
        科目 | 合计
        合计 | 9.90
        """,
)
def government_fund(ctx: Context) -> Iterator[Outcome]:
    """Spending from government funds is one number in the table of grants and in the table of the funds.

    The accounts print opening balance, income, spending and closing balance of the funds in both tables.
    """
    yield from repeats(ctx, (TableKind.GOVERNMENT_FUND,))


@rule(
    "tables.state-capital",
    zh="国有资本经营预算支出表与财政拨款收支总表一致",
    en="The table of the state capital budget repeats the column of the table of grants",
    basis="预算法第十四条：公开的预算应当真实、完整；财政拨款收支总表与国有资本经营预算支出表",
    holds="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 国有资本经营预算 = state_capital
        合计 | 9.00
        [9 state_capital]
        科目 | 合计
        合计 | 9.00
        """,
    breaks="""
        [4 fiscal_summary]
        -- 支出: expenditure; current
        项目 | 国有资本经营预算 = state_capital
        合计 | 9.00
        [9 state_capital]
        科目 | 合计
        合计 | 9.90
        """,
)
def state_capital(ctx: Context) -> Iterator[Outcome]:
    """Spending from the state capital budget is one number in the table of grants and in its own table.

    Few bodies have such money, and those that have print it in both tables.
    """
    yield from repeats(ctx, (TableKind.STATE_CAPITAL,))


RULES: tuple[Rule, ...] = (
    general,
    government_fund,
    state_capital,
)
