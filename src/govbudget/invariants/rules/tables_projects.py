"""One figure in two tables: what projects cost, in all and one by one."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.table_pairs import repeats
from govbudget.model import TableKind


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
    yield from repeats(ctx, (TableKind.PROJECT,))


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
    yield from repeats(ctx, (TableKind.PERFORMANCE,))


RULES: tuple[Rule, ...] = (
    project,
    performance,
)
