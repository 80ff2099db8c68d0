"""What must be said of the sums: revenue and expenditure in all, the general public budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.consistency import Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.forms import form_of
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.statements import SAYS, stated, unexplainable
from govbudget.model import TableKind, table
from govbudget.money import Mark

_TOTALS = re.compile(r"(?:收入|支出|收支|收、支)[^。;\n]{0,24}\d[\d,.]*[亿万千]?元")
_GENERAL = re.compile(r"一般公共预算|公共财政预算|财政拨款支出")


@rule(
    "completeness.totals",
    zh="说明收支总体情况",
    en="Revenue and expenditure in all are explained",
    basis="预算法第十四条；财预〔2016〕143号：对收支总体情况进行说明",
    says=SAYS,
    applies=unexplainable,
    holds="""
        ## 预算编制说明 {explanation}
        2024年收入预算3.00万元，支出预算3.00万元。
        """,
    breaks="""
        layout shanghai-unit-budget
        ## 其他相关情况说明 {other_matters}
        共有车辆1辆。
        """,
    untested="""
        ## 其他相关情况说明 {other_matters}
        共有车辆1辆。
        """,
)
def totals(ctx: Context) -> Iterator[Outcome]:
    """The sentences state what the body takes in and spends in all.

    All other explanations break this sum down; without it they hang in the air.
    """
    yield from stated(ctx, "收支总体情况", _TOTALS, ("totals",))


@rule(
    "completeness.general-budget",
    zh="说明一般公共预算支出",
    en="Spending of the general public budget is explained",
    basis="预算法第十四条；财预〔2016〕143号：对一般公共预算支出情况进行说明",
    says=SAYS,
    reasons=[
        ("no-general", "没有一般公共预算的支出，无须说明", "nothing is spent of the general public budget"),
    ],
    applies=unexplainable,
    holds="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算当年拨款3.00万元。
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    untested=(
        """
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
        """
        layout shanghai-unit-budget
        [5 general_expenditure]
        科目 | 合计
        合计 | 0.00
        ## 预算编制说明 {explanation}
        2024年收入预算3.00万元，均为事业收入；支出预算3.00万元。
        """,
    ),
)
def general_budget(ctx: Context) -> Iterator[Outcome]:
    """The sentences explain what the money of the general public budget is spent on.

    It is the budget that taxes pay for, and the one that the regulation wants explained item by item. A body that lives
    on money of its own has nothing of it to explain; its form may have a section for that all the same.
    """
    subject = "一般公共预算支出情况"
    for outcome in stated(ctx, subject, _GENERAL, ("general_budget",)):
        unsaid = outcome.grade.verdict is Verdict.VIOLATED
        yield not_tested(subject, "no-general") if unsaid and _spends_none(ctx) else outcome


def _spends_none(ctx: Context) -> bool:
    """Whether the table of general public spending holds no money, and no section of the form is about it."""
    form, found = form_of(ctx), table(ctx.disclosure, TableKind.GENERAL_EXPENDITURE)
    if found is None or form is None or any(spec.required and spec.id == "general_budget" for spec in form.sections):
        return False
    return not any(
        lane.lines_unread
        or lane.columns_unread
        or any(v and not isinstance(v, Mark) for line in lane.lines for v in line.values)
        for lane in found.lanes
    )


RULES: tuple[Rule, ...] = (
    totals,
    general_budget,
)
