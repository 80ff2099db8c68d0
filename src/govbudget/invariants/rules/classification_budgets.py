"""Every subject in the table of the budget that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.classification import Budget, Standing, budget_of
from govbudget.invariants.context import Context
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.subject_lists import misplaced, subject_lists
from govbudget.model import Certainty, Severity, TableKind

_TABLE_OF = {
    Budget.GENERAL_PUBLIC: TableKind.GENERAL_EXPENDITURE,
    Budget.GOVERNMENT_FUND: TableKind.GOVERNMENT_FUND,
    Budget.STATE_CAPITAL: TableKind.STATE_CAPITAL,
}


def _strangers(ctx: Context, budget: Budget) -> Iterator[Outcome]:
    """Lowest subjects with money in the table of a budget that are known to belong to another."""
    for lines in subject_lists(ctx).values():
        table = lines[0].table
        if table.kind is not _TABLE_OF[budget]:
            continue
        leaves = [each for each in lines if each.depth == 3 and each.has_money]
        sure = 0
        for each in leaves:
            subject = each.subject
            own = budget_of(subject) if subject is not None else None
            if subject is None or own is None:
                continue
            if own is budget:
                sure += 1
            elif own is not Budget.GENERAL_PUBLIC or subject.standing is Standing.ATTESTED:
                # what no list names belongs to the general budget, so that much must be borne out by a document
                yield misplaced(each, f"{each.label}：{own.title} ≠ {budget.title}")
        if sure:
            yield held(table.title, table.place, table.title, f"{sure} 行")
        elif not leaves:
            yield not_tested(table.title, "parts-missing")


@rule(
    "classification.general-budget",
    zh="一般公共预算表只列一般公共预算科目",
    en="The general public budget's table holds its own subjects",
    basis="预算法第五条、第十二条：各本预算保持完整、独立；政府收支分类科目",
    says=("{subject}不属于一般公共预算：{relation}", "{subject} is of another budget: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2010301 行政运行 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2120801 征地和拆迁补偿支出 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        201 一般公共服务支出 | 1.00
        """,
)
def general_budget(ctx: Context) -> Iterator[Outcome]:
    """No subject of government funds or of the state capital budget stands in the table of the general public budget.

    Money of land sales (21208…) is a fund's; in this table it is told as money of taxes.
    """
    yield from _strangers(ctx, Budget.GENERAL_PUBLIC)


@rule(
    "classification.government-fund",
    zh="政府性基金表只列政府性基金科目",
    en="The table of government funds holds subjects of funds",
    basis="预算法第五条、第九条：政府性基金预算专项用于特定公共事业；政府收支分类科目",
    says=("{subject}不属于政府性基金预算：{relation}", "{subject} is of another budget: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [8 government_fund]
        科目 | 合计
        2120801 征地和拆迁补偿支出 | 1.00
        """,
    breaks="""
        unit budget 2024
        [8 government_fund]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
)
def government_fund(ctx: Context) -> Iterator[Outcome]:
    """No subject that documents show in the general public budget stands in the table of government funds.

    Funds pay for what they are raised for; pensions of the staff are paid from taxes. New funds bring new subjects each
    year, so only subjects that are borne out are held against the table.
    """
    yield from _strangers(ctx, Budget.GOVERNMENT_FUND)


@rule(
    "classification.state-capital",
    zh="国有资本经营预算表只列该预算科目",
    en="The table of state capital holds subjects of that budget",
    basis="预算法第五条、第十条：国有资本经营预算；政府收支分类科目223类",
    says=("{subject}不属于国有资本经营预算：{relation}", "{subject} is of another budget: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [9 state_capital]
        科目 | 合计
        2230105 国有企业退休人员社会化管理补助支出 | 1.00
        """,
    breaks="""
        unit budget 2024
        [9 state_capital]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
)
def state_capital(ctx: Context) -> Iterator[Outcome]:
    """Subjects of the state capital budget stand under 223 (and 23005); no other is in its table.

    Profits of state enterprises may be spent on the cost of reform and on capital, not on the running of the body.
    """
    yield from _strangers(ctx, Budget.STATE_CAPITAL)


RULES: tuple[Rule, ...] = (
    general_budget,
    government_fund,
    state_capital,
)
