"""What must be said of the body: an explanation at all, duties, divisions, units, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.forms import form_of, lacking
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import broken, filled_in, held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.statements import SAYS, stated, the_document, unexplainable
from govbudget.model import Certainty, Scope, Severity
from govbudget.text import fold

_STRUCTURE = re.compile(r"机构设置|内设|下设|设有|科室|处室|预算单位|单位构成|设\d+个")
_UNITS = re.compile(r"预算单位|所属单位|下属|单位构成|编制范围|本级|本部|决算单位|单位包括")


@gathered
def _about(ctx: Context) -> str:
    """What the document says of the body itself."""
    return "\n".join(fold(passage.text) for passage in ctx.disclosure.narrative.functions)


@rule(
    "completeness.explanation",
    zh="表格附有文字说明",
    en="There is an explanation beside the tables",
    basis="预算法第十四条：公开预算、决算及报表，并对重要事项作出说明",
    says=("只公开了表格，没有文字说明", "tables are published without any explanation"),
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## {cover}
        某市某中心2024年单位预算
        [3 expenditure]
        科目 | 合计
        合计 | 3.00
        """,
    untested="""
        [3 expenditure]
        科目 | 合计
        合计 | 3.00
        """,
)
def explanation(ctx: Context) -> Iterator[Outcome]:
    """Beside cover and tables the body publishes sentences that explain them.

    Tables are half of what the law asks for. Where nothing but tables was given, or they are of no known form, they may
    be an extract, and nothing is said.
    """
    narrative = ctx.disclosure.narrative
    sections = [section for section in ctx.disclosure.narrative.sections if section.passages]
    if sections:
        yield held("情况说明", sections[0].place, sections[0].heading)
    elif not narrative.cover and not narrative.functions and not narrative.glossary:
        yield not_tested("情况说明", "no-text")
    elif form_of(ctx) is None:
        yield not_tested("情况说明", "no-layout")
    else:
        yield broken("情况说明", the_document(ctx), "情况说明", "缺")


@rule(
    "completeness.duties",
    zh="说明主要职能",
    en="The duties of the body are told",
    basis="财预〔2016〕143号：部门（单位）主要职责",
    says=SAYS,
    applies=unexplainable,
    holds="""
        ## 单位基本情况 {functions}
        主要职能：为全市职工提供服务。本单位内设办公室、业务科。
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
)
def duties(ctx: Context) -> Iterator[Outcome]:
    """The document says what the body is there for, so that its spending can be held against its duties.

    It is the first row of the form by which reviewers check a disclosure.
    """
    functions = ctx.disclosure.narrative.functions
    if functions:
        yield held("主要职能", functions[0].place, functions[0].text[:20])
    else:
        yield from stated(ctx, "主要职能", re.compile(r"主要职[能责]"), ("functions",))


@rule(
    "completeness.structure",
    zh="说明机构设置",
    en="The make-up of the body is told",
    basis="财预〔2016〕143号：部门（单位）机构设置情况",
    says=SAYS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=unexplainable,
    holds="""
        ## 单位基本情况 {functions}
        主要职能：为全市职工提供服务。本单位内设办公室、业务科。
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## 单位基本情况 {functions}
        主要职能：为全市职工提供服务。
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
)
def structure(ctx: Context) -> Iterator[Outcome]:
    """Beside its duties the body names its internal divisions, or the units whose budgets are in its own.

    What a body costs is read against how large it is.
    """
    functions, about = ctx.disclosure.narrative.functions, _about(ctx)
    if not functions:
        yield not_tested("机构设置", "no-duties")
        return
    match = _STRUCTURE.search(about)
    if match is not None or ctx.disclosure.organization.divisions or ctx.disclosure.organization.members:
        yield held("机构设置", functions[0].place, match[0] if match else "机构设置")
    else:
        yield lacking(ctx, "机构设置", functions[-1].place, functions[-1].text[:20], "缺")


@rule(
    "completeness.units",
    zh="部门说明预算单位构成",
    en="A department says which units its budget covers",
    basis="预算法实施条例第五条：部门预算由本部门及其所属各单位预算组成；财预〔2016〕143号：预算单位构成",
    says=SAYS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=lambda ctx: unexplainable(ctx) or ("" if ctx.disclosure.scope is Scope.DEPARTMENT else "other-body"),
    holds="""
        department budget 2024
        ## 部门概况 {functions}
        某局主管某项工作，内设办公室。部门预算包括本级和下属2家预算单位。
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    breaks="""
        department budget 2024
        layout shanghai-department-budget
        ## 部门概况 {functions}
        某局主管某项工作，内设办公室。
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    untested="""
        unit budget 2024
        ## 单位概况 {functions}
        某中心，内设办公室。
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
)
def units(ctx: Context) -> Iterator[Outcome]:
    """The document of a department says which units, or how many, its budget is made of.

    Without that nobody can tell whether the budget of a unit is in it, nor add the units up.
    """
    functions = ctx.disclosure.narrative.functions
    if not functions:
        yield not_tested("预算单位构成", "no-duties")
        return
    match = _UNITS.search(_about(ctx))
    if match is not None or ctx.disclosure.organization.members:
        yield held("预算单位构成", functions[0].place, match[0] if match else "预算单位")
    else:
        yield lacking(ctx, "预算单位构成", functions[-1].place, functions[-1].text[:20], "缺")


@rule(
    "completeness.glossary",
    zh="解释专业名词",
    en="Terms are explained",
    basis="财预〔2016〕143号：对专业性较强的名词进行解释",
    says=SAYS,
    applies=unexplainable,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        ## 名词解释 {glossary}
        基本支出：为保障机构运转的支出。
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
)
def glossary(ctx: Context) -> Iterator[Outcome]:
    """The document explains the terms of its trade (名词解释): what a grant, basic spending and 三公 are.

    The regulation asks for it so that those who are no accountants can read the tables.
    """
    terms = ctx.disclosure.narrative.glossary
    if terms:
        yield held("名词解释", terms[0].place, terms[0].name, f"{len(terms)} 个名词")
    else:
        yield from stated(ctx, "名词解释", re.compile(r"名词解释"), ("glossary",))


RULES: tuple[Rule, ...] = (
    explanation,
    duties,
    structure,
    units,
    glossary,
)
