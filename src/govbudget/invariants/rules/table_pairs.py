"""One figure in two tables, by the pair of tables that should agree.

Which cells speak of one fact follows from their coordinates, so the comparisons are generated; each goes to the rule of
the table that repeats the figure, and what no rule here is about goes to agreement.tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govbudget.invariants.context import Context, once
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.witnessed import same, shown
from govbudget.model import Coordinate, TableKind, Witness

NAMED = frozenset(
    {
        TableKind.REVENUE,
        TableKind.EXPENDITURE,
        TableKind.FISCAL_SUMMARY,
        TableKind.GENERAL_EXPENDITURE,
        TableKind.GOVERNMENT_FUND,
        TableKind.STATE_CAPITAL,
        TableKind.GENERAL_BASIC,
        TableKind.FISCAL_EXPENDITURE,
        TableKind.FISCAL_BASIC,
        TableKind.PROJECT,
        TableKind.PERFORMANCE,
    }
)
"""The kinds of table that a rule of this group holds against the tables before them."""

Pair = tuple[Coordinate, Witness, Sequence[Witness]]


def pairs(ctx: Context) -> Mapping[TableKind | None, Sequence[Pair]]:
    """Return, by the kind of the later table, each fact with its first witness and those of that table.

    ``None`` stands for all that no rule here is about: a table without a number, the same table again, other kinds.
    """
    return once(ctx, _pairs)


def _pairs(ctx: Context) -> dict[TableKind | None, list[Pair]]:
    kinds = {table.number: table.kind for table in ctx.disclosure.tables if table.number is not None}
    found: dict[TableKind | None, list[Pair]] = {}
    for at, fact in ctx.facts.items():
        witnesses = shown(fact)
        if len(witnesses) < 2:
            continue
        first, *others = witnesses
        later: dict[TableKind | None, list[Witness]] = {}
        for witness in others:
            number = witness.place.table
            kind = kinds.get(number) if number is not None and number != first.place.table else None
            later.setdefault(kind if kind in NAMED else None, []).append(witness)
        for kind, repeated in later.items():
            found.setdefault(kind, []).append((at, first, repeated))
    return found


def _repeated(ctx: Context, kinds: Sequence[TableKind]) -> Iterator[Outcome]:
    for kind in kinds:
        for at, first, witnesses in pairs(ctx).get(kind, ()):
            yield same(ctx, at, [first, *witnesses])


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
    yield from _repeated(ctx, (TableKind.REVENUE,))


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
    yield from _repeated(ctx, (TableKind.EXPENDITURE,))


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
    yield from _repeated(ctx, (TableKind.FISCAL_SUMMARY,))


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
    yield from _repeated(ctx, (TableKind.GENERAL_EXPENDITURE,))


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
    yield from _repeated(ctx, (TableKind.GOVERNMENT_FUND,))


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
    yield from _repeated(ctx, (TableKind.STATE_CAPITAL,))


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
    yield from _repeated(ctx, (TableKind.GENERAL_BASIC,))


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
    yield from _repeated(ctx, (TableKind.FISCAL_EXPENDITURE,))


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
    yield from _repeated(ctx, (TableKind.FISCAL_BASIC,))


@rule(
    "tables.project",
    zh="项目支出表合计与支出表的项目支出一致",
    en="The table of projects adds up to the project spending of the tables before it",
    basis="预算法实施条例第五条、第六条：支出包括基本支出和项目支出；支出总表与项目支出表",
    holds="""
        [3 expenditure]
        科目 | 项目支出 = project
        合计 | 9.00
        [10 project]
        项目 | 合计
        合计 | 9.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 项目支出 = project
        合计 | 9.00
        [10 project]
        项目 | 合计
        合计 | 9.90
        """,
)
def project(ctx: Context) -> Iterator[Outcome]:
    """Project spending is one number in the table of expenditure and in the total of the table that lists the projects.

    A project left out of the list, or counted twice, is found so.
    """
    yield from _repeated(ctx, (TableKind.PROJECT,))


@rule(
    "tables.performance",
    zh="绩效表的项目金额与项目支出表一致",
    en="The table of performance repeats the amounts of the projects",
    basis="财预〔2016〕143号：预算绩效情况的说明；项目支出表与项目支出绩效表",
    holds="""
        [10 project]
        项目 | 合计
        #困难帮扶 | 9.00
        [11 performance]
        项目 | 合计
        #困难帮扶 | 9.00
        """,
    breaks="""
        [10 project]
        项目 | 合计
        #困难帮扶 | 9.00
        [11 performance]
        项目 | 合计
        #困难帮扶 | 9.90
        """,
)
def performance(ctx: Context) -> Iterator[Outcome]:
    """What a project costs is one number where its money and where its goals are printed.

    The goals of a project are set for the money it is given; another amount is another project or an older draft.
    """
    yield from _repeated(ctx, (TableKind.PERFORMANCE,))


RULES: tuple[Rule, ...] = (
    revenue,
    expenditure,
    fiscal,
    general,
    government_fund,
    state_capital,
    basic,
    fiscal_expenditure,
    fiscal_basic,
    project,
    performance,
)
