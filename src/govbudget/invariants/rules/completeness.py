"""What a disclosure must hold: the tables, the explanations, and a word on every empty table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.classification import Scheme, edition_year, tree
from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context, claims, lists
from govbudget.invariants.forms import form_of
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.rules import completeness_tables
from govbudget.invariants.statements import BY_RULE
from govbudget.model import (
    AbsenceClaim,
    AmountClaim,
    Certainty,
    Item,
    Line,
    Severity,
    SubjectHead,
    Table,
    TableKind,
    Use,
    along,
    combine,
    is_empty,
    is_form,
    key_depth,
    key_parent,
    table,
)
from govbudget.money import Mark
from govbudget.place import Place

_WHOLE = (Item.ALL, Item.THREE_PUBLIC)
"""Columns about all that a table is about: that there is none of an item says nothing of the others."""
_SAYS_WHY = re.compile(r"没有|无|未|为空")


def _held(subject: str, place: Place, printed: str) -> Outcome:
    operand = Operand(role="present", place=place, printed=printed)
    return Outcome(grade=Grade(Verdict.EXACT), subject=subject, operands=(operand,), relation=printed)


def _broken(subject: str, place: Place, printed: str, relation: str) -> Outcome:
    operand = Operand(role="missing", place=place, printed=printed)
    return Outcome(grade=Grade(Verdict.VIOLATED), subject=subject, operands=(operand,), relation=relation)


@rule(
    "completeness.tables",
    zh="公开格式另要求的表齐全",
    en="The tables that the form of the place has besides are there",
    basis="预算法第十四条；各地财政部门的公开格式：项目支出、绩效、机关运行经费、政府采购等表",
    says=("缺少公开表“{subject}”[（依据：{relation}）]", "table “{subject}” is missing[ (basis: {relation})]"),
    certainty=Certainty.LIKELY,
    holds="""
        layout hangzhou-unit-budget
        [1 summary]
        [2 revenue]
        [3 expenditure]
        [4 fiscal_summary]
        [5 general_expenditure]
        [6 general_basic]
        [7 three_public]
        [8 government_fund]
        [9 state_capital]
        [10 project]
        [11 performance]
        """,
    breaks="""
        layout hangzhou-unit-budget
        [1 summary]
        [2 revenue]
        [3 expenditure]
        [4 fiscal_summary]
        [5 general_expenditure]
        [6 general_basic]
        [7 three_public]
        [8 government_fund]
        [9 state_capital]
        [10 project]
        """,
    untested="""
        [1 summary]
        """,
)
def tables(ctx: Context) -> Iterator[Outcome]:
    """Every table that the form of the place requires beyond those of the regulation is published, empty ones included.

    The tables that every body owes have rules of their own.
    """
    form = form_of(ctx)
    if form is None:
        yield not_tested("公开表", "no-layout")
        return
    for spec in form.tables:
        if spec.kind in completeness_tables.REQUIRED:
            continue
        found = table(ctx.disclosure, spec.kind)
        title = spec.titles[0]
        if found is not None:
            yield _held(title, found.place, found.title)
        elif spec.required:
            yield _broken(title, Place(document=ctx.disclosure.source), f"表{spec.number}", spec.basis)


@rule(
    "completeness.sections",
    zh="公开格式要求的各节齐全",
    en="The sections that the form of the place has are there",
    basis="预算法第十四条：对预算收支等重要事项作出说明；各地财政部门的公开格式",
    says=("“{subject}”：{relation}", "section “{subject}” is missing or says nothing ({relation})"),
    certainty=Certainty.LIKELY,
    holds="""
        unit budget 2024
        layout shanghai-unit-budget
        nature 事业单位
        [1 summary]
        注：本表无数据
        [2 revenue]
        注：本表无数据
        [3 expenditure]
        注：本表无数据
        [4 fiscal_summary]
        注：本表无数据
        [5 general_expenditure]
        注：本表无数据
        [6 government_fund]
        注：本表无数据
        [7 state_capital]
        注：本表无数据
        [8 general_basic]
        注：本表无数据
        [9 three_public]
        注：本表无数据
        ## 单位主要职能 {functions}
        某中心为全市职工提供服务，内设办公室。
        ## 2024年单位预算编制说明 {explanation}
        一般公共预算支出预算0.00万元，与上年持平。 => amount expenditure current general: 0.00万元
        ## 其他相关情况说明 {other_matters}
        “三公”经费0万元：因公出国（境）费、公务接待费、公务用车购置及运行费均为0万元。政府采购0万元。
        共有车辆0辆。实行绩效目标管理的项目0个。
        ## 名词解释 {glossary}
        基本支出：为保障机构运转的支出。
        """,
    breaks="""
        unit budget 2024
        layout shanghai-unit-budget
        nature 事业单位
        [1 summary]
        注：本表无数据
        [2 revenue]
        注：本表无数据
        [3 expenditure]
        注：本表无数据
        [4 fiscal_summary]
        注：本表无数据
        [5 general_expenditure]
        注：本表无数据
        [6 government_fund]
        注：本表无数据
        [7 state_capital]
        注：本表无数据
        [8 general_basic]
        注：本表无数据
        [9 three_public]
        注：本表无数据
        ## 单位主要职能 {functions}
        某中心为全市职工提供服务，内设办公室。
        ## 2024年单位预算编制说明 {explanation}
        一般公共预算支出预算0.00万元，与上年持平。 => amount expenditure current general: 0.00万元
        ## 名词解释 {glossary}
        基本支出：为保障机构运转的支出。
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        见表。
        """,
)
def sections(ctx: Context) -> Iterator[Outcome]:
    """Every section that the form of the place requires is there and says something.

    What every body must explain whatever the form (duties, totals, 三公, terms …) has rules of its own. Where a section
    stands under a heading that was not understood, it may be the one that seems to be missing.
    """
    form = form_of(ctx)
    if form is None:
        yield not_tested("情况说明", "no-layout")
        return
    if is_form(ctx.disclosure):
        yield not_tested("情况说明", "blank-form")
        return
    narrative = ctx.disclosure.narrative
    if not any(section.passages for section in narrative.sections):
        yield not_tested("情况说明", "no-text")  # completeness.explanation says so, once
        return
    present: dict[str, tuple[Place, bool]] = {}
    for section in narrative.sections:  # a section in several parts says something where one of them does
        place, says = present.get(section.id, (section.place, False))
        present[section.id] = (place, says or bool(section.passages))
    unknown = any(not section.id and section.heading and section.passages for section in narrative.sections)
    for spec in form.sections:
        if not spec.required or spec.id in BY_RULE:
            continue
        heading = spec.headings[0]
        place, says = present.get(spec.id, (Place(document=ctx.disclosure.source), False))
        if says:
            yield _held(heading, place, heading)
        elif spec.id not in present and unknown:
            yield not_tested(heading, "heading-unread")
        else:
            yield _broken(heading, place, heading, "空" if spec.id in present else "缺")


@rule(
    "completeness.empty-tables",
    zh="空表有说明",
    en="Empty tables say why",
    basis="财预〔2016〕143号及各地公开标准：没有数据的表格应当列出空表并说明",
    says=("{subject}没有数据，也没有说明原因", "{subject} has no data and no note that says why"),
    certainty=Certainty.LIKELY,
    holds="""
        [3 expenditure]
        科目 | 合计
        合计 | 5.00
        [8 government_fund]
        科目 | 合计
        注：本单位没有政府性基金预算安排的支出
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计
        合计 | 5.00
        [8 government_fund]
        科目 | 合计
        """,
    untested="""
        [3 expenditure]
        科目 | 合计
        [8 government_fund]
        科目 | 合计
        """,
)
def empty_tables(ctx: Context) -> Iterator[Outcome]:
    """A table without a single number bears a note that says why, so that empty is not taken for forgotten.

    A sentence of the narrative that there is no such money (支出预算0万元, 没有…安排的支出) says so too. A document
    without a number in any table is a form that nobody has filled in: there is nothing to explain yet.
    """
    if is_form(ctx.disclosure):
        yield not_tested("空表说明", "blank-form")
        return
    for found in ctx.disclosure.tables:
        if not is_empty(found):
            continue
        note = next((n for n in found.notes if _SAYS_WHY.search(n.text)), None)
        said = _said_to_be_nothing(ctx, found) if note is None else None
        if said is not None:
            yield _held(found.title, said.place, said.text)
        elif note is not None:
            yield _held(found.title, note.place, note.text)
        else:
            yield _broken(found.title, found.place, _named(found), "注：…")


def _said_to_be_nothing(ctx: Context, found: Table) -> AmountClaim | AbsenceClaim | None:
    """The sentence that says there is none of the money that the table is about, where none states some of it."""
    columns = {combine(lane.at, column.at) for lane in found.lanes for column in lane.columns}
    whole = {at for at in columns if at.item in _WHOLE and at.use is Use.ALL} | {lane.at for lane in found.lanes}
    saying = [c for _, c in claims(ctx) if isinstance(c, AmountClaim | AbsenceClaim) and whole.intersection(c.of)]
    if any(isinstance(claim, AmountClaim) and claim.amount for claim in saying):
        return None
    return next(iter(saying), None)


@rule(
    "completeness.notes",
    zh="注明无数据的表没有数据",
    en="A table that says it is empty is empty",
    basis="财预〔2016〕143号及各地公开标准",
    says=("{subject}注明无数据，表内却有数字", "{subject} says it has no data, but holds figures"),
    holds="""
        [8 government_fund]
        科目 | 合计
        注：本单位没有政府性基金预算安排的支出，故本表无数据
        """,
    breaks="""
        [8 government_fund]
        科目 | 合计
        合计 | 5.00
        注：本单位没有政府性基金预算安排的支出，故本表无数据
        """,
)
def notes(ctx: Context) -> Iterator[Outcome]:
    """A table whose note says 故本表无数据 or 空表 holds no number but zeros: else one of the two is left over."""
    for found in ctx.disclosure.tables:
        for note in found.notes:
            if not re.search(r"本表(?:无数据|为空)|空表", note.text):
                continue
            if any(_has_money(line) for lane in found.lanes for line in lane.lines):
                yield _broken(found.title, note.place, note.text, "表内有数")
            else:
                yield _held(found.title, note.place, note.text)


_CLASSES_ONLY = (TableKind.SUMMARY, TableKind.FISCAL_SUMMARY)


def _named(found: Table) -> str:
    return f"表{found.number}" if found.number is not None else found.title


_LEVELS = {"functional": (Scheme.FUNCTIONAL, 3), "economic": (Scheme.DEPARTMENT_ECONOMIC, 2)}


@rule(
    "completeness.levels",
    zh="功能分类公开到项级，经济分类公开到款级",
    en="Functional subjects go down to 项, economic subjects to 款",
    basis="预算法第四十六条；预算法实施条例第六条：按功能分类公开到项，基本支出按经济性质分类公开到款",
    says=("{subject}没有列到最末一级（{relation}）", "{subject} is not divided to the lowest level ({relation})"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        210 卫生健康支出 | 2.00
        21011 行政事业单位医疗 | 2.00
        2101101 行政单位医疗 | 2.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        210 卫生健康支出 | 2.00
        """,
)
def levels(ctx: Context) -> Iterator[Outcome]:
    """Every subject of a table by subjects is divided to the lowest level, unless the classification ends above it.

    A table cut short after a 类 still adds up; this rule notices. The summary tables print classes only and are left
    out. A subject whose parts are not in the edition at hand is not called undivided.
    """
    if is_form(ctx.disclosure):
        yield not_tested("科目级次", "blank-form")
        return
    for lanes in lists(ctx):
        found = ctx.disclosure.tables[lanes[0][0]]
        axis = found.lanes[lanes[0][1]].axis
        lines = [line for _, index in lanes for line in found.lanes[index].lines]
        if found.kind in _CLASSES_ONLY or axis not in _LEVELS or not lines:
            continue
        scheme, depth = _LEVELS[axis]
        edition = tree(scheme, edition_year(scheme, ctx.disclosure.year))
        heads = [line for line in lines if isinstance(line.head, SubjectHead)]
        divided = {key_parent(str(along(line.at, axis))) for line in heads}
        undivided = []
        for line in heads:
            key = str(along(line.at, axis))
            open_end = key not in divided and key_depth(key) < depth
            if open_end and _has_money(line) and key in edition and edition.children(key):
                undivided.append(line)
        for line in undivided:
            place = Place(document=found.place.document, table=found.number, row=line.row, line=line.line or None)
            yield _broken(f"{_named(found)} {line.label}", place, line.label, "类款项" if depth == 3 else "类款")
        if heads and not undivided:
            yield _held(found.title, found.place, found.title)


def _has_money(line: Line) -> bool:
    return any(value and not isinstance(value, Mark) for value in line.values)


RULES: tuple[Rule, ...] = (tables, sections, empty_tables, notes, levels)
