"""Changes of a whole and of its parts: “三公” by item, spending by use, fiscal grants by budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govbudget.consistency import Grade, Known, Verdict, grade_at_most
from govbudget.invariants.changed import bases, divided
from govbudget.invariants.context import Context, known, once, usual_unit
from govbudget.invariants.rule import Linear, Outcome, Rule, rule
from govbudget.invariants.words import fact_words, in_money, sign_words, sum_words, witness_operand
from govbudget.model import Certainty, Coordinate, Fund, Item, Severity, Use, Via, elsewhere, is_below

_BASIS = "财预〔2016〕143号：对收支增减变化情况的说明"


@rule(
    "narrative.item-changes",
    zh="“三公”经费各项增减额之和等于总增减额",
    en="Changes of the “三公” items add up to the change of all",
    basis="财预〔2016〕143号：“三公”经费分项公开并说明增减变化",
    holds="""
        ## “三公”经费说明 {three_public}
        “三公”经费增加25.00万元，出国费持平，公务用车增加26.00万元，接待费减少1.00万元，主要原因是更新车辆。
        => change expenditure current general three_public: +25.00万元 vs 2023 budget
        => flat expenditure current general abroad vs 2023 budget
        => change expenditure current general vehicles: +26.00万元 vs 2023 budget
        => change expenditure current general reception: -1.00万元 vs 2023 budget
        """,
    breaks="""
        ## “三公”经费说明 {three_public}
        “三公”经费增加25.00万元，出国费持平，公务用车增加26.00万元，接待费增加1.00万元。
        => change expenditure current general three_public: +25.00万元 vs 2023 budget
        => flat expenditure current general abroad vs 2023 budget
        => change expenditure current general vehicles: +26.00万元 vs 2023 budget
        => change expenditure current general reception: +1.00万元 vs 2023 budget
        """,
    untested="""
        ## “三公”经费说明 {three_public}
        “三公”经费增加25.00万元，公务用车增加26.00万元。
        => change expenditure current general three_public: +25.00万元 vs 2023 budget
        => change expenditure current general vehicles: +26.00万元 vs 2023 budget
        """,
)
def item_changes(ctx: Context) -> Iterator[Outcome]:
    """The change of “三公” is that of travel abroad, vehicles and reception together.

    The text must tell the change of each item, and the three are all there is. 持平 counts as no change.
    """
    for at, base in bases(ctx):
        if at.item is Item.THREE_PUBLIC:
            outcome = divided(ctx, "item", at, base, (Item.ABROAD, Item.VEHICLES, Item.RECEPTION))
            if outcome is not None:
                yield outcome


@rule(
    "narrative.vehicle-changes",
    zh="公务用车购置费、运行费增减额之和等于公务用车经费增减额",
    en="Changes of purchase and running add up to the change of vehicles",
    basis="财预〔2016〕143号：公务用车购置及运行费分别公开购置费和运行费",
    holds="""
        ## “三公”经费说明 {three_public}
        公务用车增加25.00万元，购置费增加25.00万元，运行费持平，主要原因是更新车辆。
        => change expenditure current general vehicles: +25.00万元 vs 2023 budget
        => change expenditure current general vehicle_purchase: +25.00万元 vs 2023 budget
        => flat expenditure current general vehicle_running vs 2023 budget
        """,
    breaks="""
        ## “三公”经费说明 {three_public}
        公务用车增加25.00万元，购置费增加25.00万元，运行费减少1.00万元。
        => change expenditure current general vehicles: +25.00万元 vs 2023 budget
        => change expenditure current general vehicle_purchase: +25.00万元 vs 2023 budget
        => change expenditure current general vehicle_running: -1.00万元 vs 2023 budget
        """,
    untested="""
        ## “三公”经费说明 {three_public}
        公务用车增加25.00万元，购置费增加25.00万元。
        => change expenditure current general vehicles: +25.00万元 vs 2023 budget
        => change expenditure current general vehicle_purchase: +25.00万元 vs 2023 budget
        """,
)
def vehicle_changes(ctx: Context) -> Iterator[Outcome]:
    """The change of 公务用车购置及运行费 is that of buying vehicles and that of running them.

    The two are published apart, and the text tells the change of each.
    """
    for at, base in bases(ctx):
        if at.item is Item.VEHICLES:
            outcome = divided(ctx, "item", at, base, (Item.VEHICLE_PURCHASE, Item.VEHICLE_RUNNING))
            if outcome is not None:
                yield outcome


@rule(
    "narrative.use-changes",
    zh="基本支出、项目支出等增减额之和等于支出增减额",
    en="Changes of basic and project spending add up to the change of spending",
    basis=f"{_BASIS}；预算法实施条例第五条：支出包括基本支出和项目支出",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出增加3.00万元，基本支出增加5.00万元，项目支出减少2.00万元。
        => change expenditure current: +3.00万元 vs 2023 budget
        => change expenditure current basic: +5.00万元 vs 2023 budget
        => change expenditure current project: -2.00万元 vs 2023 budget
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出增加3.00万元，基本支出增加5.00万元，项目支出增加2.00万元。
        => change expenditure current: +3.00万元 vs 2023 budget
        => change expenditure current basic: +5.00万元 vs 2023 budget
        => change expenditure current project: +2.00万元 vs 2023 budget
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出增加3.00万元，基本支出增加5.00万元。
        => change expenditure current: +3.00万元 vs 2023 budget
        => change expenditure current basic: +5.00万元 vs 2023 budget
        """,
)
def use_changes(ctx: Context) -> Iterator[Outcome]:
    """The change of spending is that of all its uses: basic spending, projects, and what other uses the tables print.

    A use that no table prints and no sentence speaks of had hardly any the year before, so this is a warning.
    """
    uses = once(ctx, _uses)
    for at, base in bases(ctx):
        if at.use is Use.ALL and at.item is Item.ALL and not (at.functional or at.economic):
            outcome = divided(ctx, "use", at, base, uses)
            if outcome is not None:
                yield outcome


def _uses(ctx: Context) -> tuple[Use, ...]:
    """Basic spending, projects, and the other uses that any table or sentence has a figure for."""
    spoken = {at.use for at, fact in ctx.facts.items() if any(w.amount.fen for w in fact.witnesses)}
    spoken |= {at.use for at, _ in bases(ctx)}
    others = (Use.OPERATING, Use.TO_SUPERIOR, Use.TO_SUBORDINATE, Use.RESERVE)
    return (Use.BASIC, Use.PROJECT, *(use for use in others if use in spoken))


@rule(
    "narrative.basic-changes",
    zh="人员经费、公用经费增减额之和等于基本支出增减额",
    en="Changes of personnel and running costs add up to the change of basic spending",
    basis=f"{_BASIS}；预算法实施条例第五条：基本支出包括人员经费和公用经费",
    holds="""
        ## 一般公共预算基本支出情况说明 {general_basic}
        基本支出增加3.00万元，人员经费增加5.00万元，公用经费减少2.00万元。
        => change expenditure current general basic: +3.00万元 vs 2023 budget
        => change expenditure current general personnel: +5.00万元 vs 2023 budget
        => change expenditure current general running: -2.00万元 vs 2023 budget
        """,
    breaks="""
        ## 一般公共预算基本支出情况说明 {general_basic}
        基本支出增加3.00万元，人员经费增加5.00万元，公用经费减少3.00万元。
        => change expenditure current general basic: +3.00万元 vs 2023 budget
        => change expenditure current general personnel: +5.00万元 vs 2023 budget
        => change expenditure current general running: -3.00万元 vs 2023 budget
        """,
    untested="""
        ## 一般公共预算基本支出情况说明 {general_basic}
        基本支出增加3.00万元，人员经费增加5.00万元。
        => change expenditure current general basic: +3.00万元 vs 2023 budget
        => change expenditure current general personnel: +5.00万元 vs 2023 budget
        """,
)
def basic_changes(ctx: Context) -> Iterator[Outcome]:
    """The change of basic spending is that of personnel and that of running costs: the two are all of it.

    A body that explains why its staff costs rose and its running costs fell states both amounts.
    """
    for at, base in bases(ctx):
        if at.use is Use.BASIC and not (at.functional or at.economic):
            outcome = divided(ctx, "use", at, base, (Use.PERSONNEL, Use.RUNNING))
            if outcome is not None:
                yield outcome


@rule(
    "narrative.fund-changes",
    zh="各预算拨款增减额之和等于财政拨款增减额",
    en="Changes of the budgets add up to the change of fiscal grants",
    basis=f"{_BASIS}；预算法第五条",
    holds="""
        ## 财政拨款收支预算总体情况说明 {fiscal}
        财政拨款减少3.00万元，一般公共预算减少4.00万元，政府性基金增加1.00万元，国有资本经营预算持平。
        => change expenditure fiscal: -3.00万元 vs 2023 budget
        => change expenditure general: -4.00万元 vs 2023 budget
        => change expenditure government_fund: +1.00万元 vs 2023 budget
        => flat expenditure state_capital vs 2023 budget
        """,
    breaks="""
        ## 财政拨款收支预算总体情况说明 {fiscal}
        财政拨款减少3.00万元，一般公共预算减少4.00万元，政府性基金减少1.00万元，国有资本经营预算持平。
        => change expenditure fiscal: -3.00万元 vs 2023 budget
        => change expenditure general: -4.00万元 vs 2023 budget
        => change expenditure government_fund: -1.00万元 vs 2023 budget
        => flat expenditure state_capital vs 2023 budget
        """,
    untested="""
        ## 财政拨款收支预算总体情况说明 {fiscal}
        财政拨款减少3.00万元，一般公共预算减少4.00万元。
        => change expenditure fiscal: -3.00万元 vs 2023 budget
        => change expenditure general: -4.00万元 vs 2023 budget
        """,
)
def fund_changes(ctx: Context) -> Iterator[Outcome]:
    """The change of fiscal grants is that of the budgets they come from.

    The budgets are those into which the tables of the document divide 财政拨款.
    """
    for at, base in bases(ctx):
        if at.fund is Fund.FISCAL and not (at.functional or at.economic) and at.item is Item.ALL:
            outcome = divided(ctx, "fund", at, base, ctx.budgets)
            if outcome is not None:
                yield outcome


@rule(
    "narrative.last-year-sum",
    zh="各科目上年数之和等于上年总数",
    en="Last year's figures by subject add up to last year's total",
    basis=_BASIS,
    holds="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        2023年执行数6.50万元。 => amount 2023 execution expenditure current general: 6.50万元
        养老保险缴费2023年执行数4.00万元。 => amount 2023 execution expenditure current general 2080505: 4.00万元
        行政单位医疗2023年执行数2.50万元。 => amount 2023 execution expenditure current general 2101101: 2.50万元
        """,
    breaks="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        2023年执行数6.50万元。 => amount 2023 execution expenditure current general: 6.50万元
        养老保险缴费2023年执行数4.00万元。 => amount 2023 execution expenditure current general 2080505: 4.00万元
        行政单位医疗2023年执行数5.20万元。 => amount 2023 execution expenditure current general 2101101: 5.20万元
        """,
    untested="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        2023年执行数6.50万元。 => amount 2023 execution expenditure current general: 6.50万元
        养老保险缴费2023年执行数4.00万元。 => amount 2023 execution expenditure current general 2080505: 4.00万元
        """,
)
def last_year_sum(ctx: Context) -> Iterator[Outcome]:
    """Subjects of last year are at most all of last year's spending, and a text that names them all gives their sum.

    Some subjects had money last year and have none this year, so less than the total proves nothing; more than it is
    a slip in one of the figures.
    """
    for at, fact in ctx.facts.items():
        if at.functional or at.year == ctx.disclosure.year or any(w.via is Via.TABLE for w in fact.witnesses):
            continue
        below = [of for of in ctx.facts if of.functional and elsewhere(of, "functional") == at]
        parts = [of for of in below if not any(is_below(other.functional, of.functional) for other in below)]
        if parts:
            yield _at_most_all(ctx, at, parts)


def _at_most_all(ctx: Context, at: Coordinate, parts: Sequence[Coordinate]) -> Outcome:
    total = witness_operand(ctx.facts[at].witnesses[0], at, "total")
    shown = [witness_operand(ctx.facts[of].witnesses[0], of, "part") for of in parts]
    amounts = [known(ctx.facts[of].witnesses[0].amount) for of in parts]
    summed = Known(sum(a.value for a in amounts), sum(a.low for a in amounts), sum(a.high for a in amounts))
    grade = grade_at_most(summed, known(ctx.facts[at].witnesses[0].amount))
    if grade.residual < 0:
        grade = Grade(Verdict.UNDECIDED, grade.residual)
    return in_money(
        grade,
        usual_unit(ctx),
        subject=fact_words(ctx, at),
        operands=(total, *shown),
        relation=sum_words(total.printed, [o.printed for o in shown], sign_words(grade.verdict)),
        linear=(Linear((-1, *([1] * len(shown))), at_most=True),) if grade.verdict is not Verdict.UNDECIDED else (),
        reason="parts-missing" if grade.verdict is Verdict.UNDECIDED else "",
    )


RULES: tuple[Rule, ...] = (item_changes, vehicle_changes, use_changes, basic_changes, fund_changes, last_year_sum)
