"""Department or unit, district or city: a text that speaks of itself as what it is not was taken from another form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.forms import form_of
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import broken, filled_in, held, looked_for, prose
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.model import Certainty, Scope, Severity
from govbudget.text import fold

_BASIS = "预算法实施条例第六条：部门预算、单位预算分别公开；各地预算公开自查：部门、单位表述应与公开主体一致"
_NAMES = {Scope.UNIT: ("单位", "部门"), Scope.DEPARTMENT: ("部门", "单位")}

_OF_DEPARTMENT = re.compile(
    r"本部门(?!预算(?:编制|管理)范围)|(?<=年)(?:度)?部门预算(?:未)?安排购置|(?<=;)部门预算(?:未)?安排购置"
)
_OF_UNIT = re.compile(
    r"本单位(?=(?:面向|编报|政府采购|预算|决算|无|没有|\d|共有|机关运行|“三公”|\"三公\"|20\d\d))|(?<=年)(?:度)?单位预算(?:未)?安排购置"
)
_SCHEME = re.compile(r"部门预算(?:支出)?经济分类|(?:行政)?事业单位|国有企事业单位|单位预留")
_WORD = re.compile(r"部门|单位")
_EXPLAINS = re.compile(
    r"(部门|单位)(?:预算|决算)(?:编制|安排|情况|编制情况|安排情况)?说明$|(部门|单位)(?:预算|决算)表$"
)
_LEVEL = re.compile(r"(省|市|区|县|乡镇)级(?:单位|部门)(?:预算|决算)")
_LEVEL_OF_TERM = re.compile(r"(省|市|区|县|乡镇)级(?:预算主管部门|财政(?:部门)?(?:有经费领拨|拨款))")


_ON_COVER = re.compile(r"(?P<unit>单位(?:预算|决算)|预算单位)|部门(?:预算|决算)|主管部门")


@gathered
def _is_sure(ctx: Context) -> bool:
    """Whether form or document says whose money it covers.

    Forms of one kind of body say it. Elsewhere units print the forms of departments as they are: there cover and text
    must both call the body what it is, for the other word to be a slip.
    """
    scope = ctx.disclosure.scope
    form = form_of(ctx)
    if form is not None and form.scope is scope:
        return True
    found = [m for p in ctx.disclosure.narrative.cover for m in _ON_COVER.finditer(fold(p.text))]
    own = _NAMES[scope][0]
    notes = "".join(note.text for table in ctx.disclosure.tables for note in table.notes)
    calls = f"本{own}" in prose(ctx).text or f"本{own}" in notes
    calls = calls or any(own in _SCHEME.sub("", fold(table.title)) for table in ctx.disclosure.tables)
    return calls and bool(found) and all(bool(match["unit"]) is (scope is Scope.UNIT) for match in found)


def _known(ctx: Context) -> str:
    return "" if _is_sure(ctx) else "scope-unsure"


def _wrong(ctx: Context, wanted: Scope) -> str:
    reason = filled_in(ctx) or ("" if ctx.disclosure.scope is wanted else "other-body")
    return reason or _known(ctx)


@rule(
    "wording.department-in-unit",
    zh="单位的文件不自称部门",
    en="The document of a unit does not speak of itself as a department",
    basis=_BASIS,
    says=("单位的文件写成部门：{relation}", "the document of a unit speaks of a department: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=lambda ctx: _wrong(ctx, Scope.UNIT),
    holds="""
        unit budget 2024
        ## {cover}
        某市某中心2024年单位预算
        ## 其他重要事项的情况说明 {other_matters}
        本单位2024年单位预算安排购置车辆0辆，所有收支均纳入部门预算管理。
        """,
    breaks="""
        unit budget 2024
        ## {cover}
        某市某中心2024年单位预算
        ## 其他重要事项的情况说明 {other_matters}
        本单位共有车辆0辆。2024年部门预算安排购置车辆0辆。
        """,
    untested="""
        department budget 2024
        ## 其他重要事项的情况说明 {other_matters}
        2024年部门预算安排购置车辆0辆。
        """,
)
def department_in_unit(ctx: Context) -> Iterator[Outcome]:
    """The document of a single unit says 本单位 and 单位预算安排, not 本部门 and 部门预算安排.

    A department's budget covers all its units; whoever reads 部门 takes the figures for more than they are. Only fixed
    phrases about the body itself count: that money is put under 部门预算管理 is true of every unit.
    """
    yield from looked_for(ctx, _OF_DEPARTMENT, "部门、单位的称谓", once=True)


@rule(
    "wording.unit-in-department",
    zh="部门的文件不自称单位",
    en="The document of a department does not speak of itself as a unit",
    basis=_BASIS,
    says=("部门的文件写成单位：{relation}", "the document of a department speaks of a unit: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=lambda ctx: _wrong(ctx, Scope.DEPARTMENT),
    holds="""
        department budget 2024
        ## {cover}
        某市某局2024年部门预算
        ## 其他重要事项的情况说明 {other_matters}
        2024年本部门政府采购预算14.20万元。
        """,
    breaks="""
        department budget 2024
        ## {cover}
        某市某局2024年部门预算
        ## 其他重要事项的情况说明 {other_matters}
        本部门共有车辆0辆。2024年度本单位政府采购预算14.20万元。
        """,
    untested="""
        unit budget 2024
        ## 其他重要事项的情况说明 {other_matters}
        2024年度本单位政府采购预算14.20万元。
        """,
)
def unit_in_department(ctx: Context) -> Iterator[Outcome]:
    """The document of a department says 本部门 where it states its own money, not 本单位.

    The sentence was taken from the form for units: it leaves open whether its figure covers the whole department or
    its own office only.
    """
    yield from looked_for(ctx, _OF_UNIT, "部门、单位的称谓", once=True)


@rule(
    "wording.scope-of-titles",
    zh="表名中的部门、单位与公开主体一致",
    en="Titles of tables say department or unit as the document is",
    basis=_BASIS,
    says=("表名与公开主体不符：{relation}", "a title names bodies of the other kind: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=_known,
    holds="""
        unit budget 2024
        ## {cover}
        某市某中心2024年单位预算
        [3 expenditure] 2024年单位支出预算总表
        [8 general_basic] 2024年单位一般公共预算基本支出部门预算经济分类预算表
        """,
    breaks="""
        unit budget 2024
        ## {cover}
        某市某中心2024年单位预算
        [3 expenditure] 2024年部门支出预算总表
        [8 general_basic] 2024年单位一般公共预算基本支出部门预算经济分类预算表
        """,
)
def scope_of_titles(ctx: Context) -> Iterator[Outcome]:
    """A table in the document of a unit is not called that of a department, nor the other way round.

    The title is what a table is quoted by. The economic classification of departments (部门预算经济分类) is its name in
    both kinds of documents, and says nothing of the body. A body whose own name holds the word is left out.
    """
    own, other = _NAMES[ctx.disclosure.scope]
    named = fold(ctx.disclosure.organization.name)
    for table in ctx.disclosure.tables:
        title = _SCHEME.sub("", fold(table.title).replace(named, "") if named else fold(table.title))
        words = _WORD.findall(title)
        if not words:
            continue
        if own in words:
            yield held(table.title, table.place, table.title)
        else:
            yield broken(table.title, table.place, table.title, f"{table.title}（{other} ≠ {own}）")


@rule(
    "wording.scope-of-headings",
    zh="标题中的部门、单位与公开主体一致",
    en="Headings say department or unit as the document is",
    basis=_BASIS,
    says=("标题与公开主体不符：{relation}", "a heading names bodies of the other kind: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=_known,
    holds="""
        unit budget 2024
        ## {cover}
        某市某中心2024年单位预算
        ## 2024年单位预算编制说明 {explanation}
        本单位支出预算3.00万元。
        """,
    breaks="""
        unit budget 2024
        ## {cover}
        某市某中心2024年单位预算
        ## 2024年部门预算编制说明 {explanation}
        本单位支出预算3.00万元。
        """,
)
def scope_of_headings(ctx: Context) -> Iterator[Outcome]:
    """A heading such as 部门预算编制说明 stands in the document of a department, 单位预算编制说明 in that of a unit.

    Sections that are headed for the other kind of body came with the other template.
    """
    own, other = _NAMES[ctx.disclosure.scope]
    for section in ctx.disclosure.narrative.sections:
        match = _EXPLAINS.search(_SCHEME.sub("", fold(section.heading)))
        if match is None:
            continue
        if own in match.groups():
            yield held(section.heading, section.place, section.heading)
        else:
            yield broken(section.heading, section.place, section.heading, f"{section.heading}（{other} ≠ {own}）")


@rule(
    "wording.scope-of-notes",
    zh="表下说明中的部门、单位与公开主体一致",
    en="Notes under tables say department or unit as the document is",
    basis=_BASIS,
    says=("表下说明与公开主体不符：{relation}", "a note speaks of bodies of the other kind: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=_known,
    holds="""
        unit budget 2024
        ## {cover}
        某市某中心2024年单位预算
        [8 government_fund]
        注：本单位没有政府性基金预算安排的支出，故本表无数据
        """,
    breaks="""
        unit budget 2024
        ## {cover}
        某市某中心2024年单位预算
        [8 government_fund]
        注：本部门没有政府性基金预算安排的支出，故本表无数据
        [9 state_capital]
        注：本单位没有国有资本经营预算安排的支出，故本表无数据
        """,
)
def scope_of_notes(ctx: Context) -> Iterator[Outcome]:
    """The note under a table says 本单位 in the document of a unit and 本部门 in that of a department.

    That a whole department has no such money is another statement than that one of its units has none.
    """
    own, other = _NAMES[ctx.disclosure.scope]
    for table in ctx.disclosure.tables:
        for note in table.notes:
            text = fold(note.text)
            if f"本{own}" not in text and f"本{other}" not in text:
                continue
            if f"本{own}" in text:
                yield held(table.title, note.place, note.text)
            else:
                yield broken(table.title, note.place, note.text, note.text)


@rule(
    "wording.level-of-government",
    zh="名词解释中的财政级次与封面一致",
    en="The glossary speaks of the government that the cover names",
    basis="预算法第三条：一级政府一级预算；各地预算公开自查：名词解释应与本级一致",
    says=(
        "财政级次与封面不符：{subject}（{relation}）",
        "the glossary speaks of another government: {subject} ({relation})",
    ),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[("no-level", "封面没有写明级次", "the cover does not say of which government")],
    holds="""
        ## {cover}
        某市某区2024年区级部门预算
        ## 名词解释 {glossary}
        财政拨款收入：是区级预算主管部门取得的财政拨款。
        """,
    breaks="""
        ## {cover}
        某市某区2024年区级部门预算
        ## 名词解释 {glossary}
        财政拨款收入：是市级预算主管部门取得的财政拨款。
        """,
    untested="""
        ## {cover}
        某中心2024年预算
        ## 名词解释 {glossary}
        财政拨款收入：是市级预算主管部门取得的财政拨款。
        """,
)
def level_of_government(ctx: Context) -> Iterator[Outcome]:
    """Where the cover says 区级部门预算, the glossary explains grants of the district, not 市级财政拨款.

    Every government has its own budget. A glossary copied from the form of the government above defines other money
    than the tables print.
    """
    narrative = ctx.disclosure.narrative
    cover = next((m for p in narrative.cover if (m := _LEVEL.search(fold(p.text)))), None)
    said: dict[str, list[str]] = {}
    terms = [
        (term, match[1]) for term in narrative.glossary for match in _LEVEL_OF_TERM.finditer(fold(term.definition))
    ]
    if not terms:
        return
    first = terms[0][0]
    if cover is None:
        yield not_tested("财政级次", "no-level", Operand(role="claim", place=first.place, printed=first.name))
        return
    for term, level in terms:
        said.setdefault(level, [])
        if term.name not in said[level]:
            said[level].append(term.name)
    for level, names in said.items():
        place = next(term.place for term, found in terms if found == level)
        if level == cover[1]:
            yield held("财政级次", place, f"{level}级")
        else:
            yield broken("、".join(names), place, f"{level}级", f"{level}级 ≠ {cover[1]}级")


RULES: tuple[Rule, ...] = (
    department_in_unit,
    unit_in_department,
    scope_of_titles,
    scope_of_headings,
    scope_of_notes,
    level_of_government,
)
