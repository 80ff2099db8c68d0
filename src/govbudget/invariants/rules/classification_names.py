"""Codes against names: every subject under its own name of the year."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.naming import (
    BASIS,
    FORMER,
    OTHER,
    REUSED,
    SAME,
    UNVERIFIED,
    WORDED,
    standings,
)
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.subjects import Printed
from govbudget.model import Certainty, Severity


def _by_list(ctx: Context, kind: int, words: Callable[[Printed], str]) -> Iterator[Outcome]:
    """One outcome for each list: violated with all lines that stand so, else exact."""
    lists: dict[tuple[int, str], list[tuple[Printed, int]]] = {}
    for each, standing in standings(ctx):
        lists.setdefault(each.list, []).append((each, standing))
    for lines in lists.values():
        wrong = [each for each, standing in lines if standing == kind]
        sure = [each for each, standing in lines if standing == SAME]
        table = lines[0][0].table
        if wrong:
            yield Outcome(
                grade=Grade(Verdict.VIOLATED),
                subject=f"表{table.number}" if table.number is not None else table.title,
                operands=tuple(each.operand() for each in wrong),
                relation="；".join(dict.fromkeys(words(each) for each in wrong)),
            )
        elif sure:
            yield held(table.title, table.place, table.title, f"{len(sure)} 行")
        else:
            yield not_tested(table.title, "unverified")


def _called(each: Printed) -> str:
    return f"{each.label} ≠ {each.subject.name}" if each.subject is not None else each.label


@rule(
    "classification.name",
    zh="科目编码与名称相符",
    en="Code and name are of one subject",
    basis=BASIS,
    says=("{subject}科目编码与名称不符：{relation}", "{subject}: codes bear the names of other subjects: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[UNVERIFIED],
    holds="""
        [6 general_basic]
        科目 | 合计
        30201 办公费 | 2.00
        30202 印刷费 | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30201 办公费 | 2.00
        30202 咨询费 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2010304 其他专项 | 1.00
        """,
)
def name(ctx: Context) -> Iterator[Outcome]:
    """A code stands beside its own name, and not beside that of another subject: 30202 is 印刷费, 30203 is 咨询费.

    Whoever adds up over many bodies goes by the code, whoever reads goes by the name: they see two different budgets. A
    code is called wrong only where a published document bears its name out; names in short are the same names. One
    finding lists all such lines of a table, since they most often have one cause.
    """
    yield from _by_list(ctx, OTHER, _called)


@rule(
    "classification.former-name",
    zh="科目名称是当年的名称",
    en="Subjects bear their name of the year",
    basis=BASIS,
    says=("{subject}使用了旧的科目名称：{relation}", "{subject} calls subjects by their former names: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[UNVERIFIED],
    holds="""
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        210 卫生健康支出 | 1.00
        21011 行政事业单位医疗 | 1.00
        2101102 事业单位医疗 | 1.00
        """,
    breaks="""
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        210 医疗卫生与计划生育支出 | 1.00
        21011 行政事业单位医疗 | 1.00
        2101102 事业单位医疗 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2010304 其他专项 | 1.00
        """,
)
def former_name(ctx: Context) -> Iterator[Outcome]:
    """A subject that was renamed is called by the name that the edition of the year has for it.

    The figure is right and the word is of another year: the table was made from an old file, and its other words may be
    as old.
    """
    yield from _by_list(ctx, FORMER, _called)


@rule(
    "classification.reused-code",
    zh="编码没有沿用已改作他用的旧义",
    en="No code is used in a meaning that it lost",
    basis=BASIS,
    says=(
        "{subject}的编码当年已是别的科目：{relation}",
        "{subject} uses codes that are other subjects now: {relation}",
    ),
    certainty=Certainty.LIKELY,
    reasons=[UNVERIFIED],
    holds="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30113 住房公积金 | 1.00
        """,
    breaks="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30311 住房公积金 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2010304 其他专项 | 1.00
        """,
)
def reused_code(ctx: Context) -> Iterator[Outcome]:
    """A code that now stands for another subject is not printed with its old name: 30311 was 住房公积金 until 2017.

    Now it is 代缴社会保险费, and the housing fund is 30113 in another class: the sums of both classes are off.
    """
    yield from _by_list(ctx, REUSED, _called)


@rule(
    "classification.other-wording",
    zh="科目名称用规范表述",
    en="Subjects are called in the words of the edition",
    basis=BASIS,
    says=(
        "{subject}的科目名称与科目表的表述略有不同：{relation}",
        "{subject} words names of subjects otherwise: {relation}",
    ),
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    reasons=[UNVERIFIED],
    holds="""
        [6 general_basic]
        科目 | 合计
        30108 机关事业单位基本养老保险缴费 | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30108 机关事业单位基本养老保险费 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2010304 其他专项 | 1.00
        """,
)
def other_wording(ctx: Context) -> Iterator[Outcome]:
    """A name that is neither the subject's nor another's, but much like its own, is told for those who match by name.

    Nothing is wrong with the figures; a program that looks names up will not find it.
    """
    yield from _by_list(ctx, WORDED, _called)


RULES: tuple[Rule, ...] = (
    name,
    former_name,
    reused_code,
    other_wording,
)
