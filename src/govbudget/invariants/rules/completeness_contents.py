"""What a table must divide and name, and whether contents, references and tables answer to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.forms import lacking
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import broken, filled_in, held, prose
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.layouts import title_spec
from govbudget.model import (
    Certainty,
    Flow,
    Item,
    Passage,
    ProjectHead,
    Severity,
    Stage,
    SubjectHead,
    Table,
    TableKind,
    Use,
    combine,
    is_empty,
    table,
)
from govbudget.money import Mark
from govbudget.place import Place
from govbudget.text import fold, unnumbered

_THREE = {Item.ABROAD: "因公出国（境）费", Item.RECEPTION: "公务接待费", Item.VEHICLES: "公务用车购置及运行费"}
_VEHICLES = {Item.VEHICLE_PURCHASE: "公务用车购置费", Item.VEHICLE_RUNNING: "公务用车运行费"}
_REFERENCE = re.compile(r"(?:详见|参见|见)(?:附)?表(?P<first>\d{1,2})(?:[-~至到](?P<last>\d{1,2}))?(?![\d.])")
_ENTRY = re.compile(r"表(?:\([^()]*\))?[.…·\s]*(?:\(?\d{1,3}\)?)?$")
_SIDES = (TableKind.SUMMARY, TableKind.FISCAL_SUMMARY)


def _items(found: Table) -> dict[Item, Place]:
    """The cross-cutting items that the columns or lines of a table are about."""
    return {
        combine(lane.at, part).item: found.place
        for lane in found.lanes
        for part in (*(column.at for column in lane.columns), *(line.at for line in lane.lines))
    }


def _parts_of_three(ctx: Context, wanted: dict[Item, str]) -> Iterator[Outcome]:
    found = table(ctx.disclosure, TableKind.THREE_PUBLIC)
    if found is None:
        yield not_tested("“三公”经费表", "no-table")
        return
    items = _items(found)
    if not items or items.keys() == {Item.ALL}:
        yield not_tested(found.title, "columns-unread")
        return
    for item, name in wanted.items():
        if item in items:
            yield held(name, found.place, found.title)
        elif any(lane.columns_unread for lane in found.lanes):
            yield not_tested(name, "columns-unread")
        else:
            yield lacking(ctx, name, found.place, found.title)


@rule(
    "completeness.three-public-split",
    zh="“三公”经费表分三项列示",
    en="The table of 三公 spending is divided into its three kinds",
    basis="财预〔2016〕143号：“三公”经费按因公出国（境）费、公务用车购置及运行费、公务接待费公开",
    says=("{relation}没有列示{subject}", "{relation} does not print {subject}"),
    holds="""
        [7 three_public]
        单位 | 出国 = abroad | 接待 = reception | 公车 = vehicles | 购置 = vehicle_purchase | 运行 = vehicle_running
        @某单位 | 0.00 | 2.40 | 0.00 | 0.00 | 0.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [7 three_public]
        单位 | 出国 = abroad | 公车 = vehicles | 购置 = vehicle_purchase | 运行 = vehicle_running
        @某单位 | 0.00 | 2.40 | 0.00 | 2.40
        """,
    untested="[1 summary]",
)
def three_public_split(ctx: Context) -> Iterator[Outcome]:
    """The table of 三公 spending has a column for travel abroad, one for receptions and one for vehicles.

    The sum alone hides that money saved on one is spent on another.
    """
    yield from _parts_of_three(ctx, _THREE)


@rule(
    "completeness.vehicle-split",
    zh="公务用车费用分购置费和运行费",
    en="The cost of vehicles is divided into purchase and running",
    basis="财预〔2016〕143号：公务用车购置及运行费应当细化公开为购置费和运行费两个项目",
    says=("{relation}没有列示{subject}", "{relation} does not print {subject}"),
    holds="""
        [7 three_public]
        单位 | 出国 = abroad | 接待 = reception | 公车 = vehicles | 购置 = vehicle_purchase | 运行 = vehicle_running
        @某单位 | 0.00 | 2.40 | 0.00 | 0.00 | 0.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [7 three_public]
        单位 | 出国 = abroad | 接待 = reception | 公车 = vehicles
        @某单位 | 0.00 | 2.40 | 0.00
        """,
    untested="[1 summary]",
)
def vehicle_split(ctx: Context) -> Iterator[Outcome]:
    """The table of 三公 spending tells buying vehicles from running them.

    The inspections of 2015 and 2017 counted this item by itself: buying is a decision, running is a habit.
    """
    yield from _parts_of_three(ctx, _VEHICLES)


@rule(
    "completeness.three-public-stages",
    zh="决算的“三公”经费表列示预算数和决算数",
    en="The 三公 table of accounts prints budget and outcome",
    basis="预算法第七十五条：决算按预算数、调整预算数、决算数分别列出；财决公开表：“三公”经费支出决算表",
    says=("{subject}没有同时列示预算数和决算数", "{subject} does not print budget and outcome side by side"),
    applies=lambda ctx: "" if ctx.disclosure.stage is Stage.FINAL else "other-stage",
    holds="""
        unit final 2024
        [7 three_public]
        项目 | 预算数 = budget | 决算数 = final
        因公出国费 = abroad | 0.00 | 0.00
        公务接待费 = reception | 2.50 | 2.40
        公务用车购置及运行费 = vehicles | 0.00 | 0.00
        购置费 = vehicle_purchase | 0.00 | 0.00
        运行费 = vehicle_running | 0.00 | 0.00
        """,
    breaks="""
        unit final 2024
        layout central-final-accounts
        [7 three_public]
        项目 | 决算数 = final
        因公出国费 = abroad | 0.00
        公务接待费 = reception | 2.40
        公务用车购置及运行费 = vehicles | 0.00
        购置费 = vehicle_purchase | 0.00
        运行费 = vehicle_running | 0.00
        """,
    untested="""
        unit budget 2024
        [7 three_public]
        单位 | 接待 = reception
        @某单位 | 2.40
        """,
)
def three_public_stages(ctx: Context) -> Iterator[Outcome]:
    """In accounts the table of 三公 spending prints what was budgeted beside what was spent.

    Whether a body kept within its plan for these three is what the table is published for.
    """
    found = table(ctx.disclosure, TableKind.THREE_PUBLIC)
    if found is None:
        yield not_tested("“三公”经费表", "no-table")
        return
    stages = {combine(lane.at, column.at).stage for lane in found.lanes for column in lane.columns}
    if not stages:
        yield not_tested(found.title, "columns-unread")
    elif Stage.FINAL in stages and stages & {Stage.BUDGET, Stage.ADJUSTED}:
        yield held(found.title, found.place, found.title)
    else:
        yield lacking(ctx, found.title, found.place, found.title, found.title)


@rule(
    "completeness.basic-and-project",
    zh="支出分列基本支出和项目支出",
    en="Expenditure is divided into basic spending and projects",
    basis="预算法实施条例第六条：部门、单位应当公开基本支出和项目支出",
    says=("没有一张表分列基本支出和项目支出", "no table divides expenditure into basic spending and projects"),
    holds="""
        [3 expenditure]
        科目 | 合计 | 基本支出 = basic | 项目支出 = project
        合计 | 3.00 | 2.00 | 1.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [3 expenditure]
        科目 | 合计
        合计 | 3.00
        """,
    untested="[1 summary]",
)
def basic_and_project(ctx: Context) -> Iterator[Outcome]:
    """Some table that prints expenditure has basic spending and projects in columns or lines of their own.

    The regulation asks for the two by name: the one keeps the body running, the other is given for a purpose.
    """
    kinds = (TableKind.EXPENDITURE, TableKind.GENERAL_EXPENDITURE, TableKind.FISCAL_EXPENDITURE, TableKind.SUMMARY)
    spending = [t for kind in kinds if (t := table(ctx.disclosure, kind)) is not None]
    if not any(lane.columns for t in spending for lane in t.lanes) or not _spends(ctx):
        yield not_tested("支出用途", "no-table")
        return
    for found in spending:
        uses = {
            part.use
            for lane in found.lanes
            for part in (*(column.at for column in lane.columns), *(line.at for line in lane.lines))
        }
        if Use.PROJECT in uses and uses & {Use.BASIC, Use.PERSONNEL}:
            yield held(found.title, found.place, found.title)
            return
    if any(lane.columns_unread for t in spending for lane in t.lanes):
        yield not_tested("支出用途", "columns-unread")
        return
    yield lacking(ctx, spending[0].title, spending[0].place, spending[0].title, "基本支出、项目支出")


@gathered
def _spends(ctx: Context) -> bool:
    """Whether the tables that ought to divide expenditure were read at all."""
    return table(ctx.disclosure, TableKind.EXPENDITURE) is not None


@rule(
    "completeness.summary-sides",
    zh="收支总表两边都有",
    en="The summary prints revenue and expenditure",
    basis="预算法第四条：政府的全部收入和支出都应当纳入预算；财预〔2016〕143号：部门收支总体情况表",
    says=("{subject}只列示了一边：{relation}", "{subject} prints one side only: {relation}"),
    holds="""
        [1 summary]
        -- 收入: revenue
        项目 | 金额
        收入总计 = period=all | 3.00
        -- 支出: expenditure
        项目 | 金额
        支出总计 = period=all | 3.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        -- 收入: revenue
        项目 | 金额
        收入总计 = period=all | 3.00
        """,
    untested="[3 expenditure]",
)
def summary_sides(ctx: Context) -> Iterator[Outcome]:
    """The table of revenue and expenditure prints both: all that comes in and all that goes out.

    One side alone shows no balance, and what was left out may be anything.
    """
    found = [t for kind in _SIDES if (t := table(ctx.disclosure, kind)) is not None and not is_empty(t)]
    if not found:
        yield not_tested("收支总表", "no-table")
    for each in found:
        sides = {
            combine(lane.at, part).flow
            for lane in each.lanes
            for part in (*(column.at for column in lane.columns), *(line.at for line in lane.lines))
        }
        if {Flow.REVENUE, Flow.EXPENDITURE} <= sides:
            yield held(each.title, each.place, each.title)
        elif any(lane.columns_unread or lane.lines_unread for lane in each.lanes):
            yield not_tested(each.title, "columns-unread")
        else:
            yield lacking(ctx, each.title, each.place, each.title, "收入" if Flow.REVENUE in sides else "支出")


@rule(
    "completeness.total-line",
    zh="各表有合计行",
    en="Every table by subject prints its total",
    basis="财预〔2016〕143号：公开表格式；各地公开格式：合计",
    says=("{subject}没有合计行", "{subject} prints no total"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        合计 | 3.00
        2010301 行政运行 | 2.00
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        layout hangzhou-unit-budget
        [5 general_expenditure]
        科目 | 合计
        2010301 行政运行 | 2.00
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        """,
)
def total_line(ctx: Context) -> Iterator[Outcome]:
    """A table that lists several subjects prints what they come to.

    The total ties the table to the others; without it a line that was lost leaves no trace.
    """
    for found in ctx.disclosure.tables:
        if found.kind in _SIDES:
            continue
        heads = [line.head for lane in found.lanes for line in lane.lines]
        subjects = sum(isinstance(head, SubjectHead) for head in heads)
        if subjects < 2:
            if found.lanes and found.lanes[0].axis in ("functional", "economic"):
                yield not_tested(found.title, "parts-missing")
        elif any(not isinstance(head, SubjectHead) for head in heads):
            yield held(found.title, found.place, found.title)
        elif any(lane.lines_unread for lane in found.lanes):
            yield not_tested(found.title, "lines-unread")
        else:
            yield lacking(ctx, found.title, found.place, found.title, "合计")


@rule(
    "completeness.reference",
    zh="文中提到的表存在",
    en="Tables that the text refers to are there",
    basis="财预〔2016〕143号：情况说明应与公开表一致",
    says=("文中提到的表不存在：{relation}", "the text refers to a table that is not there: {relation}"),
    holds="""
        [3 expenditure]
        科目 | 合计
        合计 | 3.00
        ## 支出预算情况说明（详见表3） {expenditure}
        支出预算3.00万元。
        """,
    breaks="""
        layout hangzhou-unit-budget
        [3 expenditure]
        科目 | 合计
        合计 | 3.00
        ## 支出预算情况说明（详见表4） {expenditure}
        支出预算3.00万元。
        """,
    untested="""
        ## 支出预算情况说明（详见表4） {expenditure}
        支出预算3.00万元。
        """,
)
def reference(ctx: Context) -> Iterator[Outcome]:
    """Where a heading or a sentence says 详见表N, a table of that number is in the document.

    The reader is sent there for the figures; a number that leads nowhere was left from another order of the tables.
    """
    numbers = {t.number for t in ctx.disclosure.tables if t.number is not None}
    wrong: set[str] = set()
    for section in ctx.disclosure.narrative.sections:
        texts = [(section.place, fold(section.heading))]
        if "见" in prose(ctx).text:
            texts += [(each.passage.place, each.text) for each in prose(ctx).spoken if each.section is section]
        for place, text in texts:
            if "见" not in text:
                continue
            for match in _REFERENCE.finditer(text):
                first, last = int(match["first"]), int(match["last"] or match["first"])
                if not numbers:
                    yield not_tested(section.heading, "no-table", Operand(role="claim", place=place, printed=match[0]))
                elif {first, last} <= numbers:
                    yield held(section.heading, place, match[0])
                elif match[0] not in wrong:
                    wrong.add(match[0])
                    yield lacking(ctx, section.heading, place, match[0])


@rule(
    "completeness.table-numbers",
    zh="表号不重复",
    en="No two tables bear one number",
    basis="各地公开格式：公开表按顺序编号",
    says=("两张表的表号相同：{relation}", "two tables bear one number: {relation}"),
    severity=Severity.WARNING,
    holds="""
        [2 revenue]
        [3 expenditure]
        """,
    breaks="""
        [3 revenue]
        [3 expenditure]
        """,
    untested="[summary]",
)
def table_numbers(ctx: Context) -> Iterator[Outcome]:
    """Each number stands above one table: what the text calls 表3 is one of them.

    Numbers come from the titles as printed; tables without one are left out.
    """
    seen: dict[int, Table] = {}
    clean = True
    for found in ctx.disclosure.tables:
        if found.number is None:
            continue
        other = seen.get(found.number)
        if other is not None:
            clean = False
            earlier = Operand(role="title", place=other.place, printed=other.title)
            yield broken(
                found.title, found.place, found.title, f"表{found.number}：{other.title} / {found.title}", earlier
            )
        seen.setdefault(found.number, found)
    if seen and clean:
        first = next(iter(seen.values()))
        yield held("表号", first.place, first.title, f"{len(seen)} 张表")
    elif not seen:
        yield not_tested("表号", "not-said")


@gathered
def _listed(ctx: Context) -> tuple[Passage, ...]:
    """The lines of the contents that name tables; none where there are no contents."""
    found = {
        unnumbered(text): passage
        for passage in ctx.disclosure.narrative.cover
        if _ENTRY.search(text := fold(passage.text)) and title_spec(text) is not None
    }
    return tuple(found.values()) if len(found) > 2 else ()


@rule(
    "completeness.unlisted-tables",
    zh="各表都列入目录",
    en="The contents list every table",
    basis="各地预算公开自查：目录与正文一致",
    says=("目录没有列出“{subject}”", "the contents do not list “{subject}”"),
    severity=Severity.INFO,
    holds="""
        ## {cover}
        一、收支预算总表
        二、收入预算总表
        三、支出预算总表
        [1 summary]
        [2 revenue]
        [3 expenditure]
        """,
    breaks="""
        ## {cover}
        一、收支预算总表
        二、收入预算总表
        三、支出预算总表
        [1 summary] 收支预算总表
        [2 revenue] 收入预算总表
        [3 expenditure] 支出预算总表
        [4 fiscal_summary] 财政拨款收支预算总表
        """,
    untested="[1 summary]",
)
def unlisted_tables(ctx: Context) -> Iterator[Outcome]:
    """Where the contents list tables, they list each table of the document.

    A table that is not in the list is easily overlooked, or was put in after the rest was approved.
    """
    listed = _listed(ctx)
    tables = ctx.disclosure.tables
    if not listed or not tables:
        yield not_tested("目录", "not-said")
        return
    if len(listed) >= len(tables):  # named in other words, perhaps
        yield held("目录", listed[0].place, listed[0].text.strip(), f"{len(listed)} 张表")
        return
    kinds = {spec.kind for passage in listed if (spec := title_spec(fold(passage.text))) is not None}
    for found in tables:
        if found.kind not in kinds and title_spec(fold(found.title)) is not None:
            yield broken(found.title, found.place, found.title, found.title)
        else:
            yield held(found.title, found.place, found.title)


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
    three_public_split,
    vehicle_split,
    three_public_stages,
    basic_and_project,
    summary_sides,
    total_line,
    reference,
    table_numbers,
    unlisted_tables,
    subjects_explained,
    targets,
)
