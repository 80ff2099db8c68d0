"""What each line of a table must have elsewhere: a 项 its sentence, a project its target."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.prose import broken, filled_in, held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.model import (
    Certainty,
    ProjectHead,
    Severity,
    SubjectHead,
    TableKind,
    is_empty,
    table,
)
from govbudget.money import Mark
from govbudget.place import Place
from govbudget.text import fold


@rule(
    "completeness.subjects-explained",
    zh="一般公共预算各项在文中说明",
    en="Each 项 of the general public budget is explained in the text",
    basis="财预〔2016〕143号：对一般公共预算支出的具体使用情况进行说明",
    says=("文中没有说明：{subject}", "the text does not explain {subject}"),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    applies=filled_in,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2010301 行政运行 | 2.00
        2210201 住房公积金 | 1.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        行政运行2.00万元。 => amount expenditure current general 2010301: 2.00万元
        住房公积金1.00万元。 => amount expenditure current general 2210201: 1.00万元
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2010301 行政运行 | 2.00
        2210201 住房公积金 | 1.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        行政运行2.00万元。 => amount expenditure current general 2010301: 2.00万元
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2010301 行政运行 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        各项支出见表。
        """,
)
def subjects_explained(ctx: Context) -> Iterator[Outcome]:
    """Where the text goes through the general public budget subject by subject, it passes over no 项 that has money.

    A subject left out may be too small to speak of, or its paragraph was lost; skipped numbers show which.
    A text that explains less than half of the subjects does not go through them.
    """
    found = table(ctx.disclosure, TableKind.GENERAL_EXPENDITURE)
    if found is None:
        yield not_tested("具体使用情况", "no-table")
        return
    said = {
        of.functional
        for section in ctx.disclosure.narrative.sections
        for claim in section.claims
        for of in claim.of
        if len(of.functional) == 7
    }
    lines = [
        line
        for lane in found.lanes
        for line in lane.lines
        if isinstance(line.head, SubjectHead)
        and len(line.head.key) == 7
        and any(value and not isinstance(value, Mark) for value in line.values)
    ]
    known = [line for line in lines if line.at.functional in said]
    if len(known) * 2 < len(lines) or not lines:
        yield not_tested("具体使用情况", "not-said")
        return
    for line in lines:
        place = Place(document=found.place.document, page=line.page, table=found.number, line=line.line or None)
        if line.at.functional in said:
            yield held(line.label, place, line.label)
        else:
            yield broken(line.label, place, line.label, line.label)


@rule(
    "completeness.targets",
    zh="项目都有绩效目标",
    en="Every project has its performance target",
    basis="预算法第三十二条：绩效目标管理；中发〔2018〕34号：全面设置绩效目标；财政部门公开格式：项目支出绩效表",
    says=("项目没有列入绩效表：{subject}", "a project is not in the table of performance: {subject}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [10 project]
        项目 | 合计
        #困难帮扶 | 3.00
        [11 performance]
        项目 | 合计
        #困难帮扶 | 3.00
        """,
    breaks="""
        [10 project]
        项目 | 合计
        #困难帮扶 | 3.00
        #信息化运维 | 2.00
        [11 performance]
        项目 | 合计
        #困难帮扶 | 3.00
        """,
    untested="""
        [10 project]
        项目 | 合计
        #困难帮扶 | 3.00
        """,
)
def targets(ctx: Context) -> Iterator[Outcome]:
    """Every project with money in the table of projects stands in the table of performance targets.

    Where a place publishes both tables, the second says what the money of the first is to bring about. A table of
    performance that is empty, or was not read in full, is not held against the projects.
    """
    projects, performance = table(ctx.disclosure, TableKind.PROJECT), table(ctx.disclosure, TableKind.PERFORMANCE)
    if projects is None or performance is None or is_empty(performance):
        yield not_tested("绩效目标", "no-table")
        return
    if any(lane.lines_unread for lane in performance.lanes):
        yield not_tested("绩效目标", "lines-unread")
        return
    there = {
        fold(line.head.name) for lane in performance.lanes for line in lane.lines if isinstance(line.head, ProjectHead)
    }
    for lane in projects.lanes:
        for line in lane.lines:
            if not isinstance(line.head, ProjectHead) or not any(
                value and not isinstance(value, Mark) for value in line.values
            ):
                continue
            row, at = line.row or None, line.line or None
            place = Place(document=projects.place.document, page=line.page, table=projects.number, row=row, line=at)
            if fold(line.head.name) in there:
                yield held(line.head.name, place, line.head.name)
            else:
                yield broken(line.head.name, place, line.head.name, line.head.name)


RULES: tuple[Rule, ...] = (
    subjects_explained,
    targets,
)
