"""What the sentences must say whatever the form: duties, units, totals, changes, three kinds of spending, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govbudget.invariants.context import Context, claims
from govbudget.invariants.forms import form_of, lacking
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import broken, filled_in, held, prose
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.model import AmountClaim, Certainty, ChangeClaim, Item, Scope, Severity, Stage, Use
from govbudget.place import Place
from govbudget.text import fold

SAYS = ("没有说明：{subject}", "not explained: {subject}")

BY_RULE = frozenset(
    {"functions", "glossary", "totals", "general_budget", "three_public", "procurement", "performance", "state_assets"}
    | {"agency_running"}
)
"""Sections that rules of this file ask for, by their ids or by their words."""

_STRUCTURE = re.compile(r"机构设置|内设|下设|设有|科室|处室|预算单位|单位构成|设\d+个")
_UNITS = re.compile(r"预算单位|所属单位|下属|单位构成|编制范围|本级|本部|决算单位|单位包括")
_TOTALS = re.compile(r"(?:收入|支出|收支|收、支)[^。;\n]{0,24}\d[\d,.]*[亿万千]?元")
_GENERAL = re.compile(r"一般公共预算|公共财政预算|财政拨款支出")
_THREE = re.compile(r"三公|因公出国|公务接待")
_NO_THREE = re.compile(r"(?:无|没有|未)[^。;,\n]{0,14}\"?三公\"?经费")
_ITEMS = {"因公出国（境）费": "出国", "公务接待费": "接待", "公务用车购置及运行费": "用车|公务车|车辆购置"}
_LAST_YEAR = re.compile(r"同比|(?:比|与|较|和|同)[^。;,\n]{0,10}(?:上年|去年|20\d\d年)|上年")
_REASON = re.compile(r"原因|主要是|主要因|由于|系因|是因|因为|为了")
_AGENCY = re.compile(r"机关运行(?:经)?费")
_PROCUREMENT = re.compile(r"采购")
_KINDS = re.compile(r"货物|工程|服务")
_ASSETS = re.compile(r"国有资产|车辆\d|\d+辆")
_PERFORMANCE = re.compile(r"绩效")
_EXPLAINED_ITEMS = (Item.ABROAD, Item.RECEPTION, Item.VEHICLES, Item.VEHICLE_PURCHASE, Item.VEHICLE_RUNNING)


@gathered
def _said(ctx: Context) -> str:
    """All that the sections say, headings included."""
    headings = "\n".join(fold(section.heading) for section in ctx.disclosure.narrative.sections)
    return headings + "\n" + prose(ctx).text


@gathered
def _about(ctx: Context) -> str:
    """What the document says of the body itself."""
    return "\n".join(fold(passage.text) for passage in ctx.disclosure.narrative.functions)


def _place(ctx: Context) -> Place:
    return Place(document=ctx.disclosure.source)


def _explained(ctx: Context) -> str:
    """A reason why statements cannot be asked for: a form without words, or tables alone."""
    return filled_in(ctx) or ("" if ctx.disclosure.narrative.sections else "no-text")


def _statement(ctx: Context, subject: str, pattern: re.Pattern[str], ids: Sequence[str] = ()) -> Iterator[Outcome]:
    """Say whether something is explained: in the section that its form has for it, else anywhere in these words."""
    form = form_of(ctx)
    sections = ctx.disclosure.narrative.sections
    own = next((section for section in sections if section.id in ids and section.passages), None)
    if own is not None:
        yield held(subject, own.place, own.heading)
        return
    if form is not None and any(spec.required and spec.id in ids for spec in form.sections):
        yield broken(subject, _place(ctx), subject, subject)
        return
    match = pattern.search(_said(ctx))
    if match is not None:
        yield held(subject, sections[0].place, match[0])
    elif form is None:
        yield not_tested(subject, "no-layout")
    else:
        yield broken(subject, _place(ctx), subject, subject)


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
        yield broken("情况说明", _place(ctx), "情况说明", "缺")


@rule(
    "completeness.duties",
    zh="说明主要职能",
    en="The duties of the body are told",
    basis="财预〔2016〕143号：部门（单位）主要职责",
    says=SAYS,
    applies=_explained,
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
        yield from _statement(ctx, "主要职能", re.compile(r"主要职[能责]"), ("functions",))


@rule(
    "completeness.structure",
    zh="说明机构设置",
    en="The make-up of the body is told",
    basis="财预〔2016〕143号：部门（单位）机构设置情况",
    says=SAYS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=_explained,
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
    applies=lambda ctx: _explained(ctx) or ("" if ctx.disclosure.scope is Scope.DEPARTMENT else "other-body"),
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
    applies=_explained,
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
        yield from _statement(ctx, "名词解释", re.compile(r"名词解释"), ("glossary",))


@rule(
    "completeness.totals",
    zh="说明收支总体情况",
    en="Revenue and expenditure in all are explained",
    basis="预算法第十四条；财预〔2016〕143号：对收支总体情况进行说明",
    says=SAYS,
    applies=_explained,
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
    yield from _statement(ctx, "收支总体情况", _TOTALS, ("totals",))


@rule(
    "completeness.general-budget",
    zh="说明一般公共预算支出",
    en="Spending of the general public budget is explained",
    basis="预算法第十四条；财预〔2016〕143号：对一般公共预算支出情况进行说明",
    says=SAYS,
    applies=_explained,
    holds="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        一般公共预算当年拨款3.00万元。
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
def general_budget(ctx: Context) -> Iterator[Outcome]:
    """The sentences explain what the money of the general public budget is spent on.

    It is the budget that taxes pay for, and the one that the regulation wants explained item by item.
    """
    yield from _statement(ctx, "一般公共预算支出情况", _GENERAL, ("general_budget",))


@rule(
    "completeness.three-public",
    zh="说明“三公”经费",
    en="What is spent on 三公 is explained",
    basis="预算法第十四条；财预〔2016〕143号：对“三公”经费的增减变化进行说明",
    says=SAYS,
    applies=_explained,
    holds="""
        ## “三公”经费预算情况说明 {three_public}
        “三公”经费预算2.40万元，其中因公出国（境）费0万元，公务接待费2.40万元，公务用车购置及运行费0万元。
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
def three_public(ctx: Context) -> Iterator[Outcome]:
    """The sentences say what is spent on travel abroad, receptions and vehicles, or that nothing is.

    The table alone does not tell why the sum changed.
    """
    yield from _statement(ctx, "“三公”经费", _THREE, ("three_public",))


@rule(
    "completeness.three-public-items",
    zh="“三公”经费逐项说明",
    en="Each of the three kinds of 三公 spending is named",
    basis="财预〔2016〕143号：“三公”经费应当按因公出国（境）费、公务用车购置及运行费、公务接待费分别说明",
    says=("“三公”经费没有说明：{subject}", "of 三公 spending the text leaves out {subject}"),
    severity=Severity.WARNING,
    applies=_explained,
    holds="""
        ## “三公”经费预算情况说明 {three_public}
        “三公”经费预算2.40万元，其中因公出国（境）费0万元，公务接待费2.40万元，公务用车购置及运行费0万元。
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## “三公”经费预算情况说明 {three_public}
        “三公”经费预算2.40万元，其中因公出国（境）费0万元，公务用车购置及运行费0万元。
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
)
def three_public_items(ctx: Context) -> Iterator[Outcome]:
    """Where 三公 spending is explained, travel abroad, receptions and vehicles are each named, even at nothing.

    A kind that is passed over in the text may be none or forgotten. A body that says it has no such spending at all
    need not go through the kinds.
    """
    said = prose(ctx).text
    match = _THREE.search(said)
    if match is None:
        yield not_tested("“三公”经费", "not-said")
        return
    spoken = prose(ctx).at(match.start())
    if _NO_THREE.search(said):
        yield held("“三公”经费", spoken.passage.place, match[0])
        return
    for item, words in _ITEMS.items():
        found = re.search(words, said)
        if found is not None:
            yield held(item, prose(ctx).at(found.start()).passage.place, found[0])
        else:
            yield lacking(ctx, item, spoken.passage.place, match[0], item)


@rule(
    "completeness.three-public-reasons",
    zh="“三公”经费增减写明原因",
    en="A change of 三公 spending is given a reason",
    basis="财预〔2016〕143号：对“三公”经费增减变化的原因进行说明",
    says=("{subject}有增减，没有说明原因：{relation}", "{subject} changed and no reason is given: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## “三公”经费预算情况说明 {three_public}
        “三公”经费中因公出国（境）费、公务用车购置及运行费为0万元。
        公务接待费预算2.40万元，比上年预算减少0.10万元，主要原因是压缩接待。
        => change expenditure current general reception: -0.10万元 vs 2023 budget
        """,
    breaks="""
        ## “三公”经费预算情况说明 {three_public}
        公务接待费预算2.40万元，比上年预算减少0.10万元。
        => change expenditure current general reception: -0.10万元 vs 2023 budget
        """,
)
def three_public_reasons(ctx: Context) -> Iterator[Outcome]:
    """Where travel abroad, receptions or vehicles cost more or less than the year before, the paragraph says why.

    The sum of the three may leave the reasons to its items.
    """
    for section in ctx.disclosure.narrative.sections:
        said: set[Item] = set()
        texts = [each.text for each in prose(ctx).spoken if each.section is section]
        for claim in section.claims:
            if not isinstance(claim, ChangeClaim) or not claim.amount.fen or not claim.of:
                continue
            item = claim.of[0].item
            if item not in _EXPLAINED_ITEMS or item in said or claim.base.year == ctx.disclosure.year:
                continue
            said.add(item)
            where = [index for index, text in enumerate(texts) if claim.text in text]
            # the reason may stand in a paragraph of its own behind
            near = "".join(text for index in where for text in texts[index : index + 2])
            if not where:
                yield not_tested(claim.term, "not-said", Operand(role="claim", place=claim.place, printed=claim.text))
            elif _REASON.search(near):
                yield held(claim.term, claim.place, claim.text)
            else:
                yield broken(claim.term, claim.place, claim.text, f"{claim.term}{claim.text}")


@rule(
    "completeness.changes",
    zh="说明与上年相比的变化",
    en="Figures are compared with the year before",
    basis="财预〔2016〕143号：对收支增减变化情况进行说明",
    says=("没有与上年比较", "nothing is compared with the year before"),
    severity=Severity.WARNING,
    applies=_explained,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元，比上年增加1.00万元，主要原因是人员增加。
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
def changes(ctx: Context) -> Iterator[Outcome]:
    """Somewhere the sentences say how the figures stand to those of the year before.

    A budget of one year alone says little; the comparison is what the regulation means by an explanation.
    """
    yield from _statement(ctx, "与上年比较", _LAST_YEAR)


@rule(
    "completeness.total-reason",
    zh="收支总额增减写明原因",
    en="A change of the totals is given a reason",
    basis="财预〔2016〕143号：对收支增减变化情况的说明应当写明原因",
    says=("{subject}有增减，没有说明原因：{relation}", "{subject} changed and no reason is given: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元，比上年预算增加1.00万元，主要原因是人员增加。
        => change expenditure current: +1.00万元 vs 2023 budget
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元，比上年预算增加1.00万元。
        => change expenditure current: +1.00万元 vs 2023 budget
        """,
)
def total_reason(ctx: Context) -> Iterator[Outcome]:
    """Where the section says that revenue or expenditure in all rose or fell, the section gives a reason.

    One reason may serve for both, and for the grants that make up most of them.
    """
    done: set[Place] = set()
    for section, claim in claims(ctx):
        if not isinstance(claim, ChangeClaim) or not claim.amount.fen or not claim.of or section.place in done:
            continue
        of = claim.of[0]
        whole = not of.functional and not of.economic and of.use is Use.ALL and of.item is Item.ALL and not of.entity
        if not whole or claim.base.year == ctx.disclosure.year:
            continue
        done.add(section.place)
        if any(_REASON.search(each.text) for each in prose(ctx).spoken if each.section is section):
            yield held(claim.term, claim.place, claim.text)
        else:
            yield lacking(ctx, claim.term, claim.place, claim.text, f"{claim.term}{claim.text}")


def _has_agency(ctx: Context) -> str:
    reason = _explained(ctx)
    nature = ctx.disclosure.organization.nature or ""
    if reason:
        return reason
    if "事业" in nature and "参" not in nature:
        return "institution"
    return "" if nature or ctx.disclosure.scope is Scope.DEPARTMENT else "nature-unknown"


@rule(
    "completeness.agency-running",
    zh="说明机关运行经费",
    en="The running costs of administrative bodies are stated",
    basis="预算法第十四条：对机关运行经费的安排、使用情况等重要事项作出说明",
    says=SAYS,
    reasons=[
        ("institution", "事业单位没有机关运行经费", "public institutions have no such costs"),
        ("nature-unknown", "不知道单位的性质", "whether the body is an administrative one is not said"),
    ],
    applies=_has_agency,
    holds="""
        department budget 2024
        ## 其他重要事项的情况说明 {other_matters}
        2024年本部门机关运行经费预算5.00万元。
        """,
    breaks="""
        department budget 2024
        layout shanghai-department-budget
        ## 其他重要事项的情况说明 {other_matters}
        共有车辆1辆。
        """,
    untested="""
        unit budget 2024
        nature 事业单位
        layout shanghai-unit-budget
        ## 其他重要事项的情况说明 {other_matters}
        共有车辆1辆。
        """,
)
def agency_running(ctx: Context) -> Iterator[Outcome]:
    """A department, and every administrative body, states its 机关运行经费, or that it has none.

    It is the one matter besides procurement that the law itself names. Public institutions that are no administration
    have no such costs.
    """
    yield from _statement(ctx, "机关运行经费", _AGENCY, ("agency_running",))


@rule(
    "completeness.procurement",
    zh="说明政府采购",
    en="Government procurement is stated",
    basis="预算法第十四条：将政府采购的情况及时向社会公开；财预〔2016〕143号",
    says=SAYS,
    severity=Severity.WARNING,
    applies=_explained,
    holds="""
        ## 其他重要事项的情况说明 {other_matters}
        2024年政府采购预算总额0万元。
        """,
    breaks="""
        layout shanghai-unit-budget
        ## 其他重要事项的情况说明 {other_matters}
        共有车辆1辆。
        """,
    untested="""
        ## 其他重要事项的情况说明 {other_matters}
        共有车辆1辆。
        """,
)
def procurement(ctx: Context) -> Iterator[Outcome]:
    """The sentences say what the body buys by government procurement, or that it buys nothing.

    The law asks for it by name.
    """
    yield from _statement(ctx, "政府采购", _PROCUREMENT, ("procurement",))


@rule(
    "completeness.procurement-kinds",
    zh="政府采购分货物、工程、服务",
    en="Procurement is told by goods, works and services",
    basis="政府采购法第二条；财预〔2016〕143号：政府采购货物、工程、服务的金额",
    says=(
        "政府采购没有分货物、工程、服务说明：{relation}",
        "procurement is not told by goods, works, services: {relation}",
    ),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 其他重要事项的情况说明 {other_matters}
        政府采购预算总额2.00万元，其中：货物2.00万元、工程0万元、服务0万元。
        => amount expenditure procurement: 2.00万元
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## 其他重要事项的情况说明 {other_matters}
        政府采购预算总额2.00万元。 => amount expenditure procurement: 2.00万元
        """,
)
def procurement_kinds(ctx: Context) -> Iterator[Outcome]:
    """Where something is bought, the sentences say how much of it is goods, works or services.

    The kinds are bought under different rules; the total alone does not show which.
    """
    said = _said(ctx)
    for _, claim in claims(ctx):
        bought = isinstance(claim, AmountClaim) and claim.amount.fen and claim.of
        if not bought or claim.of[0].item is not Item.PROCUREMENT or claim.of[0].purchase:
            continue
        if _KINDS.search(said):
            yield held("政府采购", claim.place, claim.text)
        else:
            yield lacking(ctx, "政府采购", claim.place, claim.text, claim.text)
        return


def _lately(ctx: Context) -> str:
    return _explained(ctx) or ("" if ctx.disclosure.year >= 2019 else "early-year")


@rule(
    "completeness.assets",
    zh="说明国有资产占有使用情况",
    en="Vehicles and equipment are stated",
    basis="财预〔2016〕143号：逐步公开国有资产占有使用情况",
    says=SAYS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=_lately,
    holds="""
        ## 其他重要事项的情况说明 {other_matters}
        截至2023年12月31日，共有车辆1辆。
        """,
    breaks="""
        layout shanghai-unit-budget
        ## 其他重要事项的情况说明 {other_matters}
        政府采购预算总额0万元。
        """,
    untested="""
        unit budget 2018
        layout shanghai-unit-budget
        ## 其他重要事项的情况说明 {other_matters}
        政府采购预算总额0万元。
        """,
)
def assets(ctx: Context) -> Iterator[Outcome]:
    """The sentences count the vehicles and the large equipment of the body.

    The regulation of 2016 brought this in step by step; from 2019 on the forms of all places seen have it.
    """
    yield from _statement(ctx, "国有资产占有使用情况", _ASSETS, ("state_assets",))


@rule(
    "completeness.performance",
    zh="说明预算绩效",
    en="Performance is stated",
    basis="预算法第三十二条、第五十七条；财预〔2016〕143号：逐步公开预算绩效情况；中发〔2018〕34号",
    says=SAYS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=_lately,
    holds="""
        ## 其他重要事项的情况说明 {other_matters}
        2024年实行绩效目标管理的项目1个。
        """,
    breaks="""
        layout shanghai-unit-budget
        ## 其他重要事项的情况说明 {other_matters}
        政府采购预算总额0万元。
        """,
    untested="""
        unit budget 2018
        layout shanghai-unit-budget
        ## 其他重要事项的情况说明 {other_matters}
        政府采购预算总额0万元。
        """,
)
def performance(ctx: Context) -> Iterator[Outcome]:
    """The sentences say which projects have performance targets, or how the performance was evaluated.

    Money for projects is given for a purpose; the targets are what it is measured by.
    """
    yield from _statement(ctx, "预算绩效情况", _PERFORMANCE, ("performance",))


_COMPARED = re.compile(r"年初预算|预算数|全年预算|调整预算")
_SME = re.compile(r"中小企业|小微企业|小型和微型企业")


@rule(
    "completeness.plan-and-outcome",
    zh="决算说明与预算对比",
    en="Accounts are compared with the budget",
    basis="预算法第七十五条：决算草案应当与预算相对应；财预〔2016〕143号：预决算差异情况的说明",
    says=("决算没有与预算对比", "nothing in the accounts is compared with the budget"),
    severity=Severity.WARNING,
    applies=lambda ctx: _explained(ctx) or ("" if ctx.disclosure.stage is Stage.FINAL else "other-stage"),
    holds="""
        unit final 2024
        ## 支出决算情况说明 {expenditure}
        年初预算20.00万元，支出决算19.00万元。
        """,
    breaks="""
        unit final 2024
        layout central-final-accounts
        ## 支出决算情况说明 {expenditure}
        支出决算19.00万元。
        """,
    untested="""
        unit budget 2024
        ## 支出预算情况说明 {expenditure}
        支出预算19.00万元。
        """,
)
def plan_and_outcome(ctx: Context) -> Iterator[Outcome]:
    """The sentences of accounts hold the outcome against the budget of the same year.

    What was spent is judged by what was voted; accounts that speak of the outcome alone leave that out.
    """
    yield from _statement(ctx, "预决算对比", _COMPARED)


@rule(
    "completeness.small-firms",
    zh="决算说明授予中小企业的采购",
    en="Accounts say what small and medium firms were awarded",
    basis="财库〔2020〕46号《政府采购促进中小企业发展管理办法》；财预〔2016〕143号：授予中小企业合同金额及占比",
    says=("政府采购没有说明授予中小企业的金额", "what small and medium firms were awarded is not told"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=lambda ctx: filled_in(ctx) or ("" if ctx.disclosure.stage is Stage.FINAL else "other-stage"),
    holds="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        政府采购货物支出2.00万元，授予中小企业合同金额1.00万元。
        => amount expenditure procurement: 2.00万元
        """,
    breaks="""
        unit final 2024
        layout central-final-accounts
        ## 政府采购支出情况 {other_matters}
        政府采购货物支出2.00万元。 => amount expenditure procurement: 2.00万元
        """,
    untested="""
        unit budget 2024
        ## 政府采购情况 {other_matters}
        政府采购货物预算2.00万元。 => amount expenditure procurement: 2.00万元
        """,
)
def small_firms(ctx: Context) -> Iterator[Outcome]:
    """Where accounts state procurement, they say how much of it went to small and medium firms, were it nothing.

    The rules on procurement set shares aside for them; only the accounts show whether the shares were kept.
    """
    said = _said(ctx)
    for _, claim in claims(ctx):
        bought = isinstance(claim, AmountClaim) and claim.amount.fen and claim.of
        if not bought or claim.of[0].item is not Item.PROCUREMENT or claim.of[0].purchase:
            continue
        if _SME.search(said):
            yield held("中小企业采购", claim.place, claim.text)
        else:
            yield lacking(ctx, "中小企业采购", claim.place, claim.text, claim.text)
        return


RULES: tuple[Rule, ...] = (
    explanation,
    duties,
    structure,
    units,
    glossary,
    totals,
    general_budget,
    three_public,
    three_public_items,
    three_public_reasons,
    changes,
    total_reason,
    agency_running,
    procurement,
    procurement_kinds,
    assets,
    performance,
    plan_and_outcome,
    small_firms,
)
