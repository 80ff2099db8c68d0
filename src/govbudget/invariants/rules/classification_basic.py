"""What basic spending may hold: no construction, personnel in its own column, grants to the retired."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import PERSONNEL, Context
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.subject_lists import misplaced, subject_lists
from govbudget.invariants.subjects import printed_subjects
from govbudget.model import Certainty, Severity, TableKind, Use, combine
from govbudget.money import Mark


@rule(
    "classification.basic-capital",
    zh="基本支出不列基本建设类科目",
    en="Basic spending holds no capital construction",
    basis="预算法实施条例第五条：基本支出为保障机构正常运转；经济分类309资本性支出（基本建设）反映发展改革部门安排的项目",
    says=("基本支出列有基本建设类科目：{subject}", "basic spending holds capital construction: {subject}"),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        31002 办公设备购置 | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30901 房屋建筑物购建 | 1.00
        """,
)
def basic_capital(ctx: Context) -> Iterator[Outcome]:
    """No money stands under 309 资本性支出（基本建设） or 311 对企业补助（基本建设） in a table of basic spending.

    Construction is granted project by project. Some forms print these classes for completeness; with money in them they
    are worth a question.
    """
    for lines in subject_lists(ctx).values():
        table = lines[0].table
        if table.kind not in (TableKind.GENERAL_BASIC, TableKind.FISCAL_BASIC):
            continue
        wrong = [each for each in lines if each.has_money and each.code[:3] in ("309", "311") and each.depth == 2]
        for each in wrong:
            yield misplaced(each, each.label)
        if not wrong:
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


@rule(
    "classification.personnel-columns",
    zh="人员经费、公用经费两栏与经济分类相符",
    en="The columns of personnel and running costs fit the economic classes",
    basis="预算法实施条例第五条：人员经费、公用经费；支出经济分类科目301、303与302、310",
    says=("{subject}列在另一栏：{relation}", "{subject} stands in the other column: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [6 general_basic]
        科目 | 人员经费 = personnel | 公用经费 = running
        30101 基本工资 | 1.00 |
        30201 办公费 |  | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 人员经费 = personnel | 公用经费 = running
        30101 基本工资 |  | 1.00
        30201 办公费 |  | 1.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 1.00
        """,
)
def personnel_columns(ctx: Context) -> Iterator[Outcome]:
    """Wages (301) stand in the column of personnel and capital (310) in that of running costs, not the other way round.

    A figure one column off keeps the sum of its line. What places count either way (traffic allowances in 302, grants
    to persons in 303) is left out.
    """
    for lines in subject_lists(ctx).values():
        table = lines[0].table
        if table.kind not in (TableKind.GENERAL_BASIC, TableKind.FISCAL_BASIC):
            continue
        uses = [combine(lines[0].lane.at, column.at).use for column in lines[0].lane.columns]
        if not {Use.PERSONNEL, Use.RUNNING} <= set(uses):
            yield not_tested(table.title, "no-table")
            continue
        clean = True
        for each in lines:
            wrong = {PERSONNEL[0]: Use.RUNNING, "310": Use.PERSONNEL}.get(each.code[:3])
            if wrong is None:
                continue
            for use, value in zip(uses, each.line.values, strict=True):
                if use is wrong and value and not isinstance(value, Mark):
                    clean = False
                    yield misplaced(each, f"{each.label}（{'公用经费' if use is Use.RUNNING else '人员经费'}）")
        if clean:
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


_RETIRED = ("2080501", "2080502", "2080504")
_PENSIONS = ("30301", "30302", "30305", "30399", "303", "30307", "30304", "30309")


@rule(
    "classification.retired",
    zh="有离退休支出时有对个人的补助",
    en="Spending on the retired shows among grants to persons",
    basis="政府收支分类科目：行政事业单位离退休反映离退休经费；经济分类303对个人和家庭的补助",
    says=(
        "有离退休科目支出，基本支出中没有离退休费：{subject}",
        "the retired cost money, and basic spending pays none: {subject}",
    ),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080501 行政单位离退休 | 1.00
        [6 general_basic]
        科目 | 合计
        30302 退休费 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080501 行政单位离退休 | 1.00
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2101101 行政单位医疗 | 1.00
        """,
)
def retired(ctx: Context) -> Iterator[Outcome]:
    """Where the general budget spends on the retired (2080501, 2080502), basic spending has grants to persons (303).

    Money for the retired is paid to them; where nothing is, it may all be activities, or the class was mistaken.
    """
    general = [
        each
        for each in printed_subjects(ctx)
        if each.table.kind is TableKind.GENERAL_EXPENDITURE and each.code in _RETIRED and each.has_money
    ]
    basic = [each for each in printed_subjects(ctx) if each.table.kind is TableKind.GENERAL_BASIC]
    if not general or not basic:
        yield not_tested("离退休经费", "no-table")
        return
    paid = next((each for each in basic if each.code in _PENSIONS and each.has_money), None)
    for each in general:
        if paid is not None:
            yield held(each.label, each.place, paid.label)
        else:
            yield misplaced(each, each.label, basic[0].operand("table"))


RULES: tuple[Rule, ...] = (
    basic_capital,
    personnel_columns,
    retired,
)
