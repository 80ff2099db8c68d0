"""The money of forms of project goals: its sums, and the same amounts in tables and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from govbudget.consistency import Verdict, added, grade_at_most, grade_same, grade_sum
from govbudget.invariants.context import ZERO, Context, fact_known, known, once
from govbudget.invariants.declared import (
    facts_of_projects,
    filled_forms,
    money_operand,
    of_the_year,
    parts_of,
    said_amount,
    sentences,
    without_carried,
)
from govbudget.invariants.prose import Spoken
from govbudget.invariants.rule import Linear, Operand, Outcome, Rule, all_same, no_more_than, not_tested, rule, total_of
from govbudget.invariants.witnessed import cuts_off
from govbudget.invariants.words import amount_words, in_money, limit_words, sign_words, sum_words, witness_operand
from govbudget.model import Certainty, Fund, GoalMoney, ProjectGoals, Severity, goal_money
from govbudget.money import Amount, Mode
from govbudget.text import fold

_BASIS = (
    "财预〔2015〕88号（中央部门预算绩效目标管理办法）：绩效目标申报表填列的资金与预算一致；各地项目支出绩效目标申报表"
)
_CARRIES = (
    "carried-in",
    "含上年结转资金，另一处是否包括无从判断",
    "money of the year before is in it, perhaps not there",
)


@rule(
    "goals.sum",
    zh="绩效目标申报表的资金总额等于各来源之和",
    en="The money of a form of goals is the sum of its sources",
    basis=_BASIS,
    applies=filled_forms,
    reasons=(("source-twice", "同一资金来源列了两行", "one source of money has two lines"),),
    holds=(
        """
        [goals 2024] 困难帮扶
        annual | 9.00
        annual fiscal | 6.00
        annual carried | 1.00
        annual other | 2.00
        """,
        """
        // no line for other money: the rest may be of any source
        [goals 2024] 困难帮扶
        annual | 9.00
        annual fiscal | 6.00
        """,
    ),
    breaks=(
        """
        [goals 2024] 困难帮扶
        annual | 9.00
        annual fiscal | 6.00
        annual other | 3.30
        """,
        """
        [goals 2024] 困难帮扶
        whole | 9.00
        whole fiscal | 90.00
        """,
        """
        [goals 2024] 困难帮扶
        annual | 9.00
        annual fiscal | 9.00
        annual general | 6.00
        annual government_fund | 4.00
        """,
    ),
    untested=(
        """
        [goals 2024] 困难帮扶
        annual | 9.00
        annual fiscal |
        annual other |
        """,
        """
        [goals 2024] 困难帮扶
        annual |
        annual fiscal | 9.00
        """,
        """
        [goals 2024] 困难帮扶
        annual | 9.00
        annual fiscal | 9.00
        annual fiscal | 8.00
        annual other |
        """,
    ),
)
def total(ctx: Context) -> Iterator[Outcome]:
    """What a project costs, in all and in the year, is the sum of the sources that the form lists under it.

    Where the form has a line for other money the sources are all there is, and a blank line says there is none. Where
    it has none, or prints money under a label that is not known, the sources may not exceed the total.
    """
    for form in ctx.disclosure.goals:
        for each in parts_of(form):
            whole, parts = each.whole, each.parts
            subject = f"{form.project} {whole.label}"
            operands = (money_operand(whole, "total"), *(money_operand(part, "part") for part in parts))
            kinds = [(part.fund, part.carried) for part in parts]
            if whole.amount is None:
                if any(part.amount is not None for part in parts):
                    yield not_tested(subject, "blank-total", *operands)
                continue
            if len(set(kinds)) < len(kinds):
                yield not_tested(subject, "source-twice", *operands)
                continue
            if all(part.amount is None for part in parts):
                yield not_tested(subject, "blank-parts", *operands)
                continue
            own, sources = known(whole.amount), [ZERO if p.amount is None else known(p.amount) for p in parts]
            grade = grade_sum(own, sources) if each.closed else grade_at_most(added(sources), own)
            sign = sign_words(grade.verdict) if each.closed else "<" if grade.verdict is Verdict.VIOLATED else "≥"
            yield in_money(
                grade,
                whole.amount.unit,
                subject=subject,
                operands=operands,
                relation=sum_words(operands[0].printed, [operand.printed for operand in operands[1:]], sign),
                linear=total_of(len(parts)) if each.closed else (Linear((-1, *([1] * len(parts))), at_most=True),),
            )


@rule(
    "goals.within",
    zh="年度资金不大于项目资金总额",
    en="What a project asks for in the year is within what it costs in all",
    basis=_BASIS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_forms,
    holds="""
        [goals 2024] 困难帮扶
        whole | 20.00
        annual | 9.00
        """,
    breaks="""
        [goals 2024] 困难帮扶
        whole | 20.00
        annual | 90.00
        """,
    untested="""
        [goals 2024] 困难帮扶
        whole |
        annual | 9.00
        """,
)
def within(ctx: Context) -> Iterator[Outcome]:
    """A year is part of the years that a project lasts, so its money is part of that of the project.

    More in the year than in all is a slip in one of the two, or a form in which one was left as it was last year.
    """
    for form in ctx.disclosure.goals:
        whole, part = goal_money(form, annual=False), of_the_year(form)
        if whole is None or part is None or part.amount is None:
            continue
        subject = f"{form.project} {part.label}"
        operands = (money_operand(part, "part"), money_operand(whole, "whole"))
        if whole.amount is None:
            yield not_tested(subject, "blank-total", *operands)
            continue
        grade = grade_at_most(known(part.amount), known(whole.amount))
        yield in_money(
            grade,
            part.amount.unit,
            subject=subject,
            operands=operands,
            relation=f"{operands[0].printed} {limit_words(grade.verdict)} {operands[1].printed}",
            linear=no_more_than(),
        )


@rule(
    "goals.tables",
    zh="绩效目标申报表的年度资金与公开表、文字中该项目的金额一致",
    en="A form of goals repeats what the document gives the project elsewhere",
    basis=_BASIS,
    applies=filled_forms,
    reasons=(_CARRIES, ("several-projects", "有几个同名的项目", "several projects bear the name")),
    holds="""
        [10 project]
        项目 | 合计
        #困难帮扶 | 9.00
        [goals 2024] 困难帮扶
        annual | 9.00
        """,
    breaks=(
        """
        [10 project]
        项目 | 合计
        #困难帮扶 | 9.00
        [goals 2024] 困难帮扶
        annual | 9.90
        """,
        """
        [10 project]
        项目 | 合计
        #困难帮扶 | 9.00
        [goals 2024 元] 困难帮扶
        annual | 900,000
        """,
        """
        ## 绩效目标设置情况 {performance}
        编报绩效目标的项目1个，涉及项目预算资金9.00万元。其中：困难帮扶9.00万元。
        => amount expenditure project performance project=某市某中心/困难帮扶: 9.00万元
        [goals 2024] 困难帮扶
        annual | 9.90
        """,
    ),
    untested="""
        [10 project]
        项目 | 合计
        #困难帮扶 | 9.00
        [goals 2024] 困难帮扶
        annual | 9.90
        annual carried | 0.90
        """,
)
def tables(ctx: Context) -> Iterator[Outcome]:
    """What a project is given in the year is one number where the budget lists projects and in the form of its goals.

    All money is held against all money, that of the budget against that of the budget. Where two projects bear one
    name, or money left from the year before is in the form, nothing is compared. Forms are published for some projects
    only, so they are no witnesses of sums over projects.
    """
    for form in ctx.disclosure.goals:
        facts = facts_of_projects(ctx).get(fold(form.project), ())
        for fund in (Fund.ALL, Fund.FISCAL):
            own = of_the_year(form, fund)
            same = [fact for fact in facts if fact.at.fund is fund]
            if own is None or own.amount is None or not same:
                continue
            subject, operand = f"{form.project} {own.label}", money_operand(own, "amount")
            if len({fact.at.project for fact in same}) > 1:
                yield not_tested(subject, "several-projects", operand)
                continue
            asked = without_carried(form, own)
            if asked is None:
                yield not_tested(subject, "carried-in", operand)
                continue
            for fact in same:
                other = witness_operand(fact.witnesses[0], fact.at)
                grade = grade_same([asked, fact_known(ctx, fact)])
                yield in_money(
                    grade,
                    own.amount.unit,
                    subject=subject,
                    operands=(operand, other),
                    relation=f"{operand.printed} {sign_words(grade.verdict)} {other.printed}",
                    linear=all_same(2) if asked == known(own.amount) else (),
                )


@rule(
    "goals.text",
    zh="“年度预算安排”的文字与绩效目标申报表的年度资金一致",
    en="What the text says a project is given in the year is what its form asks for",
    basis=_BASIS,
    certainty=Certainty.LIKELY,
    applies=filled_forms,
    reasons=(_CARRIES,),
    holds=(
        """
        ## 困难帮扶项目经费情况说明 {projects}
        六、年度预算安排
        2024年度预算安排9.00万元。
        [goals 2024 元] 困难帮扶
        annual | 90,000.00
        """,
        """
        // what the budget pays, where other money comes in
        ## 项目经费情况说明 {projects}
        六、年度预算安排
        本年度困难帮扶预算金额为6.00万元，用于慰问。
        [goals 2024 元] 困难帮扶
        annual | 90,000.00
        annual fiscal | 60,000.00
        """,
    ),
    breaks=(
        """
        ## 困难帮扶项目经费情况说明 {projects}
        六、年度预算安排
        2024年度预算安排9.00万元。
        [goals 2024 元] 困难帮扶
        annual | 99,000.00
        """,
        """
        ## 项目经费情况说明 {projects}
        六、年度预算安排
        困难帮扶9.00万元，信息化运维3.00万元。
        [goals 2024 元] 困难帮扶
        annual | 99,000.00
        [goals 2024 元] 信息化运维
        annual | 30,000.00
        """,
    ),
    untested="""
        ## 困难帮扶项目经费情况说明 {projects}
        六、年度预算安排
        2024年度预算安排9.00万元。
        [goals 2024 元] 困难帮扶
        annual | 99,000.00
        annual carried | 9,000.00
        """,
)
def text(ctx: Context) -> Iterator[Outcome]:
    """The section on a project says what it is given in the year; its form says so again.

    The sentence may speak of all money or of what the budget pays; it is right if either is so. A sentence is of the
    project that it names before the amount, or that its section is named after.
    """
    for form in ctx.disclosure.goals:
        own = of_the_year(form)
        if own is None:
            continue
        for spoken, alone in sentences(ctx, "年度预算安排", form):
            amount = _amount_said(ctx, spoken, form, alone=alone)
            if amount is not None:
                yield _held_against(form, own, spoken, amount)


_GIVEN = r"(?:项目|经费|年度|预算|安排|金额|总额|资金|合计|共计|总计|共|为|是|:|,){0,6}"
_AMOUNT = r"(?P<amount>\d[\d,]*(?:\.\d+)?(?:亿元|万元|千元|元))"
_OF_THE_YEAR = rf"(?:20\d\d年(?:度)?|本年(?:度)?|本项目|该项目|项目)*预算{_GIVEN}{_AMOUNT}"


def _amount_said(ctx: Context, spoken: Spoken, form: ProjectGoals, *, alone: bool) -> Amount | None:
    found = re.search(rf"{re.escape(fold(form.project))}{_GIVEN}{_AMOUNT}", spoken.text)
    if found is None and alone:
        found = re.match(_OF_THE_YEAR, spoken.text)
    amount = said_amount(found["amount"]) if found is not None else None
    return attrs.evolve(amount, mode=Mode.TRUNCATION) if amount is not None and once(ctx, cuts_off) else amount


def _held_against(form: ProjectGoals, own: GoalMoney, spoken: Spoken, amount: Amount) -> Outcome:
    subject = f"{form.project} {own.label}"
    said = Operand(role="amount", place=spoken.passage.place, printed=amount_words(amount))
    asked = without_carried(form, own)
    if asked is None:
        return not_tested(subject, "carried-in", said, money_operand(own, "witness"))
    graded = [(grade_same([known(amount), asked]), own)]
    paid = of_the_year(form, Fund.FISCAL)
    if paid is not None and paid.amount is not None:
        graded.append((grade_same([known(amount), known(paid.amount)]), paid))
    grade, money = next((each for each in graded if each[0].verdict is not Verdict.VIOLATED), graded[0])
    other = money_operand(money, "witness")
    return in_money(
        grade,
        amount.unit,
        subject=subject,
        operands=(said, other),
        relation=f"{said.printed} {sign_words(grade.verdict)} {other.printed}",
    )


RULES: tuple[Rule, ...] = (total, within, tables, text)
"""The rules on money that forms of goals declare."""
