"""What share subjects have of the whole: questions, not faults."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govbudget.invariants.context import Context
from govbudget.invariants.limits import facts_of_item, whole_year
from govbudget.invariants.ratios import band, basic_subjects, money
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.model import Certainty, Item, Severity, key_depth, moved


@rule(
    "plausible.other-goods",
    zh="其他商品和服务支出不超过商品和服务支出的一半",
    en="Other goods and services are at most half of all",
    basis="政府收支分类科目30299：未列入上述科目的商品和服务支出，是剩余科目",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        302 商品和服务支出 | 100.00
        30201 办公费 | 80.00
        30299 其他商品和服务支出 | 20.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        302 商品和服务支出 | 100.00
        30201 办公费 | 30.00
        30299 其他商品和服务支出 | 70.00
        """,
)
def other_goods(ctx: Context) -> Iterator[Outcome]:
    """30299 其他商品和服务支出 is for what none of the named subjects takes, and smaller than these together.

    Where it is the larger part, the disclosure does not say what running costs are spent on.
    """
    found = basic_subjects(ctx)
    part, whole = money([found.get("30299")], "part"), money([found.get("302")], "whole")
    yield from band("其他商品和服务支出", part, whole, None, Fraction(1, 2))


@rule(
    "plausible.personnel",
    zh="人员经费在基本支出中占主要部分",
    en="Personnel is a good part of basic spending",
    basis="预算法实施条例第五条：基本支出是保障机构正常运转的人员经费和公用经费",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        301 工资福利支出 | 80.00
        30101 基本工资 | 80.00
        302 商品和服务支出 | 20.00
        30201 办公费 | 20.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        301 工资福利支出 | 8.00
        30101 基本工资 | 8.00
        302 商品和服务支出 | 92.00
        30201 办公费 | 92.00
        """,
)
def personnel(ctx: Context) -> Iterator[Outcome]:
    """Basic spending keeps a body going, and most of it is pay; less than a fifth for personnel is unusual.

    A body whose staff is paid elsewhere is such a case; a project booked as running costs, or a wrong unit, is
    another.
    """
    found = basic_subjects(ctx)
    part = money([found.get("301"), found.get("303")], "part")
    classes = [fact for code, fact in found.items() if key_depth(code) == 1]
    yield from band("人员经费", part, money(classes, "whole"), Fraction(1, 5), None)


@rule(
    "plausible.reception-share",
    zh="公务接待费占商品和服务支出的比重在通常范围内",
    en="Reception is a small part of goods and services",
    basis="行政事业单位业务招待费列支管理规定（财预字〔1998〕159号）：按公务费的一定比例控制；党政机关厉行节约反对浪费条例",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        302 商品和服务支出 | 100.00
        30201 办公费 | 99.00
        30217 公务接待费 | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        302 商品和服务支出 | 100.00
        30201 办公费 | 70.00
        30217 公务接待费 | 30.00
        """,
)
def reception_share(ctx: Context) -> Iterator[Outcome]:
    """Receptions were limited to 1 or 2 % of running costs for long; more than a tenth of goods and services is
    unusual.

    A body that receives guests for all of its government is such a case.
    """
    found = basic_subjects(ctx)
    part, whole = money([found.get("30217")], "part"), money([found.get("302")], "whole")
    yield from band("公务接待费", part, whole, None, Fraction(1, 10))


@rule(
    "plausible.conferences",
    zh="会议费不超过公用经费",
    en="Conferences cost less than running the body",
    basis="中央和国家机关会议费管理办法（财行〔2016〕214号）：会议费从严控制",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [8 general_basic]
        科目 | 合计
        302 商品和服务支出 | 100.00
        30201 办公费 | 100.00
        [9 three_public]
        单位 | 会议费 = conferences
        合计 | 6.00
        """,
    breaks="""
        [8 general_basic]
        科目 | 合计
        302 商品和服务支出 | 100.00
        30201 办公费 | 100.00
        [9 three_public]
        单位 | 会议费 = conferences
        合计 | 600.00
        """,
)
def conferences(ctx: Context) -> Iterator[Outcome]:
    """All conferences of a year, those paid by projects included, cost less than goods and services of basic
    spending.

    A body that holds the conferences of its whole province may spend more, so this is a question.
    """
    whole = money([basic_subjects(ctx).get("302")], "whole")
    for fact in facts_of_item(ctx, Item.CONFERENCES):
        own = (fact.at.year, fact.at.stage) == (ctx.disclosure.year, ctx.disclosure.stage)
        if own and not fact.at.entity:
            yield from band("会议费", money([fact], "part"), whole, None, Fraction(1))


@rule(
    "plausible.three-public-share",
    zh="“三公”经费占支出的比重在通常范围内",
    en="“三公” is a small part of spending",
    basis="党政机关厉行节约反对浪费条例：“三公”经费从严控制",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        合计 | 100.00
        [7 three_public]
        单位 | 合计 = three_public
        合计 | 3.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        合计 | 100.00
        [7 three_public]
        单位 | 合计 = three_public
        合计 | 30.00
        """,
)
def three_public_share(ctx: Context) -> Iterator[Outcome]:
    """Travel abroad, official cars and receptions together are a few per cent of what a body spends at the most.

    More than a tenth is unusual: a fleet of special vehicles, or an amount in 元 printed as 万元.
    """
    for fact in facts_of_item(ctx, Item.THREE_PUBLIC):
        own = (fact.at.year, fact.at.stage) == (ctx.disclosure.year, ctx.disclosure.stage)
        whole = ctx.facts.get(whole_year(ctx, moved(fact.at, "item", Item.ALL)))
        if own and not fact.at.entity and whole is not None:
            yield from band("“三公”经费", money([fact], "part"), money([whole], "whole"), None, Fraction(1, 10))


RULES: tuple[Rule, ...] = (
    other_goods,
    personnel,
    reception_share,
    conferences,
    three_public_share,
)
