"""How subjects stand to each other and to the whole: questions, not faults."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.limits import facts_of_item, whole_year
from govbudget.invariants.ratios import band, basic_subjects, functional_subjects, lowest, money
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.words import fact_words, witness_operand
from govbudget.model import Certainty, Coordinate, Fact, Flow, Item, Period, Severity, Stage, Use, key_depth, moved
from govbudget.money import MoneyUnit


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


@rule(
    "plausible.same-amount",
    zh="不同末级科目的金额不应逐位相同",
    en="Two subjects do not cost the same to the last digit",
    basis="政府收支分类科目：各科目分别核算",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic 元]
        科目 | 合计
        30201 办公费 | 123,456.78
        30202 印刷费 | 123,465.78
        """,
    breaks="""
        [6 general_basic 元]
        科目 | 合计
        30201 办公费 | 123,456.78
        30202 印刷费 | 123,456.78
        """,
)
def same_amount(ctx: Context) -> Iterator[Outcome]:
    """Two lowest subjects of a table with one amount of six digits or more that are not all noughts behind are mostly
    one amount copied into the line of the other.

    Round sums repeat by themselves and are left out.
    """
    for subjects in (basic_subjects(ctx), functional_subjects(ctx)):
        seen: dict[int, Fact] = {}
        for fact in lowest(subjects):
            amount = fact.witnesses[0].amount
            if len(str(abs(amount.fen)).rstrip("0")) < _DIGITS:
                continue
            twin = seen.setdefault(amount.fen, fact)
            operands = (witness_operand(fact.witnesses[0], fact.at), witness_operand(twin.witnesses[0], twin.at))
            alike = twin is not fact
            other = f" = {fact_words(ctx, twin.at)}" if alike else ""
            yield Outcome(
                grade=Grade(Verdict.VIOLATED if alike else Verdict.EXACT),
                subject=fact_words(ctx, fact.at),
                operands=operands if alike else operands[:1],
                relation=f"{operands[0].printed}{other}",
            )


@rule(
    "plausible.round",
    zh="末级科目的金额不应全为整数",
    en="Not all lowest subjects are round sums",
    basis="预算法第七十五条：决算草案应当数额准确",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        unit final 2024
        [6 general_basic]
        科目 | 合计
        30201 办公费 | 23.41
        30202 印刷费 | 2.50
        30203 咨询费 | 4.00
        30204 手续费 | 0.30
        30205 水费 | 13.00
        30207 邮电费 | 6.30
        30209 物业管理费 | 1.90
        30211 差旅费 | 5.00
        """,
    breaks="""
        unit final 2024
        [6 general_basic]
        科目 | 合计
        30201 办公费 | 23.00
        30202 印刷费 | 2.00
        30203 咨询费 | 4.00
        30204 手续费 | 3.00
        30205 水费 | 13.00
        30207 邮电费 | 6.00
        30209 物业管理费 | 1.00
        30211 差旅费 | 5.00
        """,
)
def round(ctx: Context) -> Iterator[Outcome]:
    """Accounts are what was really spent, and spending of many kinds does not come out in whole 万元 everywhere.

    Where eight subjects or more are all round, the figures may be budgets, or estimates that were never replaced.
    """
    if ctx.disclosure.stage is not Stage.FINAL:
        return
    found = lowest(basic_subjects(ctx))
    if len(found) < _SEVERAL:
        return
    odd = next((f for f in found if f.witnesses[0].amount.fen % MoneyUnit.WAN_YUAN.fen), None)
    shown = odd or found[0]
    yield Outcome(
        grade=Grade(Verdict.VIOLATED if odd is None else Verdict.EXACT),
        subject="基本支出各末级科目",
        operands=(witness_operand(shown.witnesses[0], shown.at),),
        relation=f"{len(found)} 个科目均为整万元" if odd is None else f"{len(found)} 个科目不全为整万元",
    )


@rule(
    "plausible.magnitude",
    zh="支出总额的数量级在通常范围内",
    en="All spending is of a usual magnitude",
    basis="公开表的金额单位为元或万元，错用时相差一万倍",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [3 expenditure]
        科目 | 合计
        合计 | 1,147.95
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计
        合计 | 0.12
        """,
)
def magnitude(ctx: Context) -> Iterator[Outcome]:
    """A body that publishes a budget spends more than 10,000 元 and less than 10,000 亿元 a year.

    Outside of that the unit of the table is probably another one; where tables are in different units, they
    contradict each other.
    """
    for period in (Period.ALL, Period.CURRENT):
        at = Coordinate(year=ctx.disclosure.year, stage=ctx.disclosure.stage, flow=Flow.EXPENDITURE, period=period)
        fact = ctx.facts.get(at)
        if fact is None or not fact.witnesses[0].amount.fen:
            continue
        amount = fact.witnesses[0].amount
        operand = witness_operand(fact.witnesses[0], at)
        usual = MoneyUnit.WAN_YUAN.fen <= abs(amount.fen) <= 10_000 * MoneyUnit.YI_YUAN.fen
        yield Outcome(
            grade=Grade(Verdict.EXACT if usual else Verdict.VIOLATED),
            subject=fact_words(ctx, at),
            operands=(operand,),
            relation=operand.printed,
        )


@rule(
    "plausible.no-basic",
    zh="有支出的单位有基本支出",
    en="A body that spends has basic spending",
    basis="预算法实施条例第五条：支出包括基本支出和项目支出，基本支出保障机构正常运转",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [3 expenditure]
        科目 | 合计 | 基本支出 = basic | 项目支出 = project
        合计 | 9.00 | 8.00 | 1.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计 | 基本支出 = basic | 项目支出 = project
        合计 | 9.00 | 0.00 | 9.00
        """,
)
def no_basic(ctx: Context) -> Iterator[Outcome]:
    """A body has staff and rooms, and what keeps them going is basic spending; a budget of projects alone is unusual.

    A body that is paid for by another one is such a case.
    """
    base = Coordinate(
        year=ctx.disclosure.year, stage=ctx.disclosure.stage, flow=Flow.EXPENDITURE, period=Period.CURRENT
    )
    whole, basic = ctx.facts.get(base), ctx.facts.get(moved(base, "use", Use.BASIC))
    if whole is None or basic is None or not whole.witnesses[0].amount.fen:
        return
    operands = (
        witness_operand(basic.witnesses[0], basic.at, "part"),
        witness_operand(whole.witnesses[0], whole.at, "whole"),
    )
    yield Outcome(
        grade=Grade(Verdict.EXACT if basic.witnesses[0].amount.fen else Verdict.VIOLATED),
        subject=fact_words(ctx, basic.at),
        operands=operands,
        relation=f"{operands[0].printed} / {operands[1].printed}",
    )


@rule(
    "plausible.agency-institution",
    zh="事业单位一般没有机关运行经费",
    en="A public institution has no running costs of administration",
    basis="财预〔2016〕143号：机关运行经费是行政单位和参照公务员法管理的事业单位的公用经费",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        nature 行政机关
        ## 机关运行经费 {other_matters}
        机关运行经费8.00万元。 => amount expenditure current general agency_running: 8.00万元
        """,
    breaks="""
        nature 事业单位
        ## 机关运行经费 {other_matters}
        机关运行经费8.00万元。 => amount expenditure current general agency_running: 8.00万元
        """,
    untested="""
        ## 机关运行经费 {other_matters}
        机关运行经费8.00万元。 => amount expenditure current general agency_running: 8.00万元
        """,
)
def agency_institution(ctx: Context) -> Iterator[Outcome]:
    """机关运行经费 is what administrative bodies, and institutions under the rules of the civil service, spend on
    running.

    A document that calls the body 事业单位 and does not say that it is under those rules is asked which it is.
    """
    nature = ctx.disclosure.organization.nature
    for fact in facts_of_item(ctx, Item.AGENCY_RUNNING):
        own = (fact.at.year, fact.at.stage) == (ctx.disclosure.year, ctx.disclosure.stage)
        if not own or fact.at.economic or not fact.witnesses[0].amount.fen:
            continue
        operand = witness_operand(fact.witnesses[0], fact.at)
        if not nature:
            yield not_tested("机关运行经费", "no-nature", operand)
            continue
        odd = "事业" in nature and "参" not in nature
        yield Outcome(
            grade=Grade(Verdict.VIOLATED if odd else Verdict.EXACT),
            subject="机关运行经费",
            operands=(operand,),
            relation=f"{nature}：{operand.printed}",
        )


_DIGITS = 6
"""Digits before the noughts behind: fewer are alike by chance."""

_SEVERAL = 8


RULES: tuple[Rule, ...] = (
    other_goods,
    personnel,
    reception_share,
    conferences,
    three_public_share,
    same_amount,
    round,
    magnitude,
    no_basic,
    agency_institution,
)
