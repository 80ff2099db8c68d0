"""Items that cut across spending are within the spending they are part of."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.invariants.context import Context
from govbudget.invariants.limits import facts_of_item, items_within, part_of, whole_year
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.model import Certainty, Coordinate, Flow, Fund, Item, Period, Severity, Use, moved

_SMALL = "政府采购促进中小企业发展管理办法（财库〔2020〕46号）"
_PROCUREMENT = "财预〔2016〕143号：政府采购的说明；政府采购法"


@rule(
    "within.agency-running",
    zh="机关运行经费不大于公用经费",
    en="Running costs of administrative bodies are within running costs",
    basis="预算法第十四条；财预〔2016〕143号：机关运行经费的说明",
    holds="""
        [6 general_basic]
        科目 | 公用经费 = running
        合计 | 9.00
        ## 机关运行经费 {other_matters}
        机关运行经费8.00万元。 => amount expenditure current general agency_running: 8.00万元
        """,
    breaks="""
        [6 general_basic]
        科目 | 公用经费 = running
        合计 | 9.00
        ## 机关运行经费 {other_matters}
        机关运行经费18.00万元。 => amount expenditure current general agency_running: 18.00万元
        """,
    untested="""
        ## 机关运行经费 {other_matters}
        机关运行经费18.00万元。 => amount expenditure current general agency_running: 18.00万元
        """,
)
def agency_running(ctx: Context) -> Iterator[Outcome]:
    """机关运行经费 is the part of 公用经费 that administrative bodies spend.

    Public institutions have 公用经费 too, so the whole may be larger, never smaller.
    """
    for fact in facts_of_item(ctx, Item.AGENCY_RUNNING):
        if not fact.at.economic:  # agreement.agency-running looks at single subjects
            yield part_of(ctx, fact, attrs.evolve(fact.at, item=Item.ALL, use=Use.RUNNING, fund=Fund.GENERAL))


@rule(
    "within.three-public",
    zh="“三公”经费不大于支出总额",
    en="“三公” is within the spending it is part of",
    basis="财预〔2016〕143号：“三公”经费是一般公共预算财政拨款安排的支出",
    holds="""
        [5 general_expenditure]
        科目 | 合计
        合计 | 9.00
        [7 three_public]
        单位 | 合计 = three_public
        合计 | 3.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        合计 | 9.00
        [7 three_public]
        单位 | 合计 = three_public
        合计 | 30,000.00
        """,
    untested="""
        [7 three_public]
        单位 | 合计 = three_public
        合计 | 3.00
        """,
)
def three_public(ctx: Context) -> Iterator[Outcome]:
    """“三公” is paid from the money of the budget whose table prints it, and is at most all of that money.

    A “三公” table in 元 that says 万元 is found so even where no sentence repeats it.
    """
    for fact in facts_of_item(ctx, Item.THREE_PUBLIC):
        if not fact.at.entity:
            yield part_of(ctx, fact, whole_year(ctx, moved(fact.at, "item", Item.ALL)))


@rule(
    "within.procurement",
    zh="政府采购不大于支出总额",
    en="Procurement is within all spending",
    basis=_PROCUREMENT,
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [3 expenditure: fund=all]
        科目 | 合计
        合计 | 90.00
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元。 => amount expenditure procurement: 12.20万元
        """,
    breaks="""
        [3 expenditure: fund=all]
        科目 | 合计
        合计 | 90.00
        ## 政府采购情况 {other_matters}
        政府采购预算122,000.00万元。 => amount expenditure procurement: 122,000.00万元
        """,
    untested="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元。 => amount expenditure procurement: 12.20万元
        """,
)
def procurement(ctx: Context) -> Iterator[Outcome]:
    """What a body buys in a year it pays from what it spends.

    Accounts count contracts by the day they are signed, and one for several years whole, so more than all spending is a
    question; most often the text says 万元 where it counts 元.
    """
    for fact in facts_of_item(ctx, Item.PROCUREMENT):
        if not (fact.at.purchase or fact.at.economic or fact.at.project):
            yield part_of(ctx, fact, whole_year(ctx, moved(fact.at, "item", Item.ALL)))


@rule(
    "within.purchases",
    zh="货物、工程、服务采购均不大于政府采购总额",
    en="Goods, works and services are each within procurement",
    basis=_PROCUREMENT,
    holds="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元，其中货物2.00万元。
        => amount expenditure procurement: 12.20万元
        => amount expenditure goods: 2.00万元
        """,
    breaks="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元，其中货物20.00万元。
        => amount expenditure procurement: 12.20万元
        => amount expenditure goods: 20.00万元
        """,
    untested="""
        ## 政府采购情况 {other_matters}
        货物采购2.00万元。 => amount expenditure goods: 2.00万元
        """,
)
def purchases(ctx: Context) -> Iterator[Outcome]:
    """Where the text does not tell all three of goods, works and services, each of those it tells is part of the total.

    Where it tells all three, additivity.claims holds their sum against the total, which says more.
    """
    kinds = (Item.GOODS, Item.WORKS, Item.SERVICES)
    for item in kinds:
        for fact in facts_of_item(ctx, item):
            if not fact.at.purchase and not all(moved(fact.at, "item", kind) in ctx.facts for kind in kinds):
                yield part_of(ctx, fact, moved(fact.at, "item", Item.PROCUREMENT))


@rule(
    "within.reserved",
    zh="面向中小企业预留的采购不大于政府采购总额",
    en="Procurement kept for small and medium firms is within procurement",
    basis=f"{_SMALL}：预留份额",
    holds="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元，面向中小企业预留8.00万元。
        => amount expenditure procurement: 12.20万元
        => amount expenditure sme_reserved: 8.00万元
        """,
    breaks="""
        ## 政府采购情况 {other_matters}
        政府采购预算12.20万元，面向中小企业预留80.00万元。
        => amount expenditure procurement: 12.20万元
        => amount expenditure sme_reserved: 80.00万元
        """,
    untested="""
        ## 政府采购情况 {other_matters}
        面向中小企业预留8.00万元。 => amount expenditure sme_reserved: 8.00万元
        """,
)
def reserved(ctx: Context) -> Iterator[Outcome]:
    """What is kept for small and medium firms is a share of what is bought, at most all of it.

    The two amounts stand in neighbouring sentences, and neither stands in a table.
    """
    yield from items_within(ctx, Item.SME_RESERVED, Item.PROCUREMENT)


@rule(
    "within.micro-reserved",
    zh="面向小微企业预留的采购不大于面向中小企业预留的采购",
    en="Procurement kept for small and micro firms is within what is kept for small and medium ones",
    basis=f"{_SMALL}：预留份额中预留给小微企业的比例",
    holds="""
        ## 政府采购情况 {other_matters}
        面向中小企业预留8.00万元，其中面向小微企业预留5.00万元。
        => amount expenditure sme_reserved: 8.00万元
        => amount expenditure micro_reserved: 5.00万元
        """,
    breaks="""
        ## 政府采购情况 {other_matters}
        面向中小企业预留8.00万元，其中面向小微企业预留50.00万元。
        => amount expenditure sme_reserved: 8.00万元
        => amount expenditure micro_reserved: 50.00万元
        """,
    untested="""
        ## 政府采购情况 {other_matters}
        面向小微企业预留5.00万元。 => amount expenditure micro_reserved: 5.00万元
        """,
)
def micro_reserved(ctx: Context) -> Iterator[Outcome]:
    """Small and micro firms are some of the small and medium ones, so what is kept for them is some of that.

    The sentence says 其中, and the part is never more than what it is part of.
    """
    yield from items_within(ctx, Item.MICRO_RESERVED, Item.SME_RESERVED)


@rule(
    "within.awarded",
    zh="授予中小企业的合同金额不大于政府采购总额",
    en="Contracts awarded to small and medium firms are within procurement",
    basis="财预〔2016〕143号：政府采购授予中小企业合同金额的说明",
    holds="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        政府采购251.25万元，授予中小企业合同金额246.47万元。
        => amount expenditure procurement: 251.25万元
        => amount expenditure sme_awarded: 246.47万元
        """,
    breaks="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        政府采购251.25万元，授予中小企业合同金额264.47万元。
        => amount expenditure procurement: 251.25万元
        => amount expenditure sme_awarded: 264.47万元
        """,
    untested="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        授予中小企业合同金额246.47万元。 => amount expenditure sme_awarded: 246.47万元
        """,
)
def awarded(ctx: Context) -> Iterator[Outcome]:
    """The contracts of small and medium firms are some of all contracts of the year.

    The accounts state both amounts, and often the share; the share is compared by itself.
    """
    yield from items_within(ctx, Item.SME_AWARDED, Item.PROCUREMENT)


@rule(
    "within.micro-awarded",
    zh="授予小微企业的合同金额不大于授予中小企业的合同金额",
    en="Contracts awarded to small and micro firms are within those of small and medium ones",
    basis="财预〔2016〕143号：政府采购授予中小企业、小微企业合同金额的说明",
    holds="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        授予中小企业合同金额246.47万元，其中小微企业46.00万元。
        => amount expenditure sme_awarded: 246.47万元
        => amount expenditure micro_awarded: 46.00万元
        """,
    breaks="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        授予中小企业合同金额246.47万元，其中小微企业460.00万元。
        => amount expenditure sme_awarded: 246.47万元
        => amount expenditure micro_awarded: 460.00万元
        """,
    untested="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        授予小微企业合同金额46.00万元。 => amount expenditure micro_awarded: 46.00万元
        """,
)
def micro_awarded(ctx: Context) -> Iterator[Outcome]:
    """Small and micro firms are some of the small and medium ones, so their contracts are some of theirs.

    The amounts follow each other in one sentence of the accounts.
    """
    yield from items_within(ctx, Item.MICRO_AWARDED, Item.SME_AWARDED)


@rule(
    "within.reserved-awarded",
    zh="预留采购中授予中小企业、小微企业的金额不大于政府采购总额",
    en="Contracts awarded out of reserved procurement are within procurement",
    basis=f"{_SMALL}；财预〔2016〕143号：政府采购的说明",
    holds="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        政府采购251.25万元，预留采购中授予中小企业246.47万元、授予小微企业46.47万元。
        => amount expenditure procurement: 251.25万元
        => amount expenditure sme_reserved_awarded: 246.47万元
        => amount expenditure micro_reserved_awarded: 46.47万元
        """,
    breaks="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        政府采购251.25万元，预留采购中授予中小企业464.27万元。
        => amount expenditure procurement: 251.25万元
        => amount expenditure sme_reserved_awarded: 464.27万元
        """,
    untested="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        预留采购中授予中小企业246.47万元。 => amount expenditure sme_reserved_awarded: 246.47万元
        """,
)
def reserved_awarded(ctx: Context) -> Iterator[Outcome]:
    """What small firms win out of procurement kept for them is some of what is bought in the year.

    The accounts of Shanghai state it for small and medium and for small and micro firms, each by itself.
    """
    for item in (Item.SME_RESERVED_AWARDED, Item.MICRO_RESERVED_AWARDED):
        yield from items_within(ctx, item, Item.PROCUREMENT)


@rule(
    "within.other-awarded",
    zh="其他采购中授予中小企业的金额不大于政府采购总额",
    en="Contracts awarded to small firms out of other procurement are within procurement",
    basis=f"{_SMALL}；财预〔2016〕143号：政府采购的说明",
    holds="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        政府采购251.25万元，其他采购中授予中小企业4.79万元。
        => amount expenditure procurement: 251.25万元
        => amount expenditure sme_other_awarded: 4.79万元
        """,
    breaks="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        政府采购251.25万元，其他采购中授予中小企业479.00万元。
        => amount expenditure procurement: 251.25万元
        => amount expenditure sme_other_awarded: 479.00万元
        """,
    untested="""
        unit final 2024
        ## 政府采购支出情况 {other_matters}
        其他采购中授予中小企业4.79万元。 => amount expenditure sme_other_awarded: 4.79万元
        """,
)
def other_awarded(ctx: Context) -> Iterator[Outcome]:
    """What small firms win in procurement that is open to all is some of what is bought in the year.

    It stands beside what they win out of the reserved part, and is no part of that.
    """
    yield from items_within(ctx, Item.SME_OTHER_AWARDED, Item.PROCUREMENT)


@rule(
    "within.fiscal-opening",
    zh="年初财政拨款结转和结余不大于年初结转和结余",
    en="Grants carried over are within all money carried over",
    basis="收入支出决算总表与财政拨款收入支出决算总表：财政拨款结转和结余是年初结转和结余的一部分",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        unit final 2024
        [1 summary]
        -- 收入: revenue
        项目 | 决算数
        年初结转和结余 = carried | 49.14
        [4 fiscal_summary]
        -- 收入: revenue
        项目 | 决算数
        年初财政拨款结转和结余 = carried | 21.63
        """,
    breaks="""
        unit final 2024
        [1 summary]
        -- 收入: revenue
        项目 | 决算数
        年初结转和结余 = carried | 49.14
        [4 fiscal_summary]
        -- 收入: revenue
        项目 | 决算数
        年初财政拨款结转和结余 = carried | 491.40
        """,
)
def fiscal_opening(ctx: Context) -> Iterator[Outcome]:
    """What is carried over of fiscal grants is part of all that is carried over, which another table prints.

    Only a loss carried over by an institution's business could make the whole smaller than the part.
    """
    own = (ctx.disclosure.year, ctx.disclosure.stage)
    place = Coordinate(year=own[0], stage=own[1], flow=Flow.REVENUE, period=Period.CARRIED, fund=Fund.FISCAL)
    fact = ctx.facts.get(place)
    if fact is not None:
        yield part_of(ctx, fact, moved(place, "fund", Fund.ALL))


RULES: tuple[Rule, ...] = (
    agency_running,
    three_public,
    procurement,
    purchases,
    reserved,
    micro_reserved,
    awarded,
    micro_awarded,
    reserved_awarded,
    other_awarded,
    fiscal_opening,
)
