"""The other important matters (其他重要事项): running costs, procurement, assets, performance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context
from govbudget.invariants.forms import lacking
from govbudget.invariants.prose import filled_in, held
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.statements import SAYS, all_said, stated, unexplainable
from govbudget.model import AmountClaim, Certainty, Item, Scope, Severity

_AGENCY = re.compile(r"机关运行(?:经)?费")
_PROCUREMENT = re.compile(r"采购")
_KINDS = re.compile(r"货物|工程|服务")
_ASSETS = re.compile(r"国有资产|车辆\d|\d+辆")
_PERFORMANCE = re.compile(r"绩效")


def _has_agency(ctx: Context) -> str:
    reason = unexplainable(ctx)
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
    yield from stated(ctx, "机关运行经费", _AGENCY, ("agency_running",))


@rule(
    "completeness.procurement",
    zh="说明政府采购",
    en="Government procurement is stated",
    basis="预算法第十四条：将政府采购的情况及时向社会公开；财预〔2016〕143号",
    says=SAYS,
    severity=Severity.WARNING,
    applies=unexplainable,
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
    yield from stated(ctx, "政府采购", _PROCUREMENT, ("procurement",))


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
    said = all_said(ctx)
    for claim in claims_of(ctx, AmountClaim):
        if not claim.amount.fen or not claim.of or claim.of[0].item is not Item.PROCUREMENT or claim.of[0].purchase:
            continue
        if _KINDS.search(said):
            yield held("政府采购", claim.place, claim.text)
        else:
            yield lacking(ctx, "政府采购", claim.place, claim.text, claim.text)
        return


def _lately(ctx: Context) -> str:
    return unexplainable(ctx) or ("" if ctx.disclosure.year >= 2019 else "early-year")


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
    yield from stated(ctx, "国有资产占有使用情况", _ASSETS, ("state_assets",))


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
    yield from stated(ctx, "预算绩效情况", _PERFORMANCE, ("performance",))


RULES: tuple[Rule, ...] = (
    agency_running,
    procurement,
    procurement_kinds,
    assets,
    performance,
)
