"""The words of forms of project goals: years, dates, indicators and what they are to reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.consistency import grade_at_most
from govbudget.invariants.context import Context, known
from govbudget.invariants.declared import filled_forms, money_operand, said_amount, sentences
from govbudget.invariants.prose import broken, filled_in_for_a_year, held
from govbudget.invariants.rule import Operand, Outcome, Rule, rule
from govbudget.invariants.words import in_money, limit_words
from govbudget.model import Certainty, Fund, GoalMoney, Indicator, ProjectGoals, Severity, Stage
from govbudget.money import Amount
from govbudget.text import fold

_BASIS = "财预〔2015〕88号（中央部门预算绩效目标管理办法）：绩效目标与预算同步编报；绩效指标细化、量化"


def _of_a_year(ctx: Context) -> str:
    if not ctx.disclosure.goals:
        return ""
    if ctx.disclosure.stage is not Stage.BUDGET:
        return "other-stage"
    return filled_in_for_a_year(ctx)


@rule(
    "goals.year",
    zh="绩效目标申报表的年度与预算年度一致",
    en="Forms of goals bear the year of the budget",
    basis=_BASIS,
    says=("绩效目标申报表的年度不符：{subject}（{relation}）", "a form bears another year: {subject} ({relation})"),
    applies=_of_a_year,
    holds="""
        unit budget 2024
        [goals 2024] 困难帮扶
        annual | 9.00
        """,
    breaks="""
        unit budget 2024
        [goals 2023] 困难帮扶
        annual | 9.00
        """,
)
def year(ctx: Context) -> Iterator[Outcome]:
    """A form that says the year it is for says that of the budget.

    Projects go on for years and their forms are made of those of last year: what is not changed in one is often more
    than its year.
    """
    own = ctx.disclosure.year
    for form in ctx.disclosure.goals:
        if form.year is None:
            continue
        if form.year == own:
            yield held(form.project, form.place, f"{form.year}年度", f"{own}")
        else:
            yield broken(form.project, form.place, f"{form.year}年度", f"{form.year} ≠ {own}")


_DATE = re.compile(r"(20\d\d)[年./-]?(?:(\d{1,2}|0[1-9]|1[0-2])[月./-]?(?:(\d{1,2})日?)?)?")
_PERIOD = re.compile(
    r"(?P<start>20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)[-—~至到]+(?P<finish>20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)"
)
_Day = tuple[int, int, int]


def _day(printed: str, month: int, day: int) -> _Day | None:
    """A date; what it does not say is taken from ``month`` and ``day``."""
    match = _DATE.fullmatch(fold(printed))
    if match is None:
        return None
    return int(match[1]), int(match[2] or month), int(match[3] or day)


def _dates(form: ProjectGoals) -> str:
    return f"{form.start} — {form.finish}"


def _lasts(start: str, finish: str) -> tuple[_Day, _Day] | None:
    """From when to when; a month or a year that is meant to be done by is done by its end."""
    first, last = _day(start, 1, 1), _day(finish, 12, 31)
    return None if first is None or last is None else (first, last)


@rule(
    "goals.period",
    zh="绩效目标申报表的完成日期不早于开始日期",
    en="A project is done after it begins",
    basis=_BASIS,
    says=("项目的起止日期颠倒：{subject}（{relation}）", "a project is done before it begins: {subject} ({relation})"),
    applies=filled_forms,
    holds="""
        [goals 2024] 困难帮扶
        start | 2024-01-01
        finish | 2024年12月
        """,
    breaks="""
        [goals 2024] 困难帮扶
        start | 2024-01-01
        finish | 2023/12/31
        """,
)
def period(ctx: Context) -> Iterator[Outcome]:
    """The day on which a project is to be done is not before the day on which it begins.

    Dates printed in a way that is not known are not looked at.
    """
    for form in ctx.disclosure.goals:
        lasts = _lasts(form.start, form.finish)
        if lasts is None:
            continue
        printed = _dates(form)
        if lasts[0] <= lasts[1]:
            yield held(form.project, form.place, printed)
        else:
            yield broken(form.project, form.place, printed, printed)


@rule(
    "goals.year-within",
    zh="预算年度在项目的起止日期之内",
    en="The year of the budget is one of those that a project lasts",
    basis=_BASIS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    says=(
        "预算年度不在项目起止日期之内：{subject}（{relation}）",
        "the project does not last in the year: {subject} ({relation})",
    ),
    applies=_of_a_year,
    holds="""
        unit budget 2024
        [goals] 困难帮扶
        start | 2023-01-01
        finish | 2024-12-31
        annual | 9.00
        """,
    breaks="""
        unit budget 2024
        [goals] 困难帮扶
        start | 2023-01-01
        finish | 2023-12-31
        annual | 9.00
        """,
)
def year_within(ctx: Context) -> Iterator[Outcome]:
    """A project that is given money in a year begins in it or before, and is not done before it.

    Money for what was done the year before is paid late at times; dates left from last year's form are likelier.
    """
    own = ctx.disclosure.year
    for form in ctx.disclosure.goals:
        lasts = _lasts(form.start, form.finish)
        if lasts is None or lasts[0] > lasts[1]:
            continue
        printed = _dates(form)
        if lasts[0][0] <= own <= lasts[1][0]:
            yield held(form.project, form.place, printed, f"{own}")
        else:
            yield broken(form.project, form.place, printed, f"{own}：{printed}")


@rule(
    "goals.term",
    zh="“实施周期”的文字与绩效目标申报表的起止日期一致",
    en="The text and the form say alike from when to when a project lasts",
    basis=_BASIS,
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    says=(
        "文字与绩效目标申报表的实施周期不同：{subject}（{relation}）",
        "text and form differ in how long it lasts: {subject} ({relation})",
    ),
    applies=filled_forms,
    holds="""
        ## 困难帮扶项目经费情况说明 {projects}
        五、实施周期
        2024年1月1日-2024年12月31日
        [goals 2024] 困难帮扶
        start | 2024-01-01
        finish | 2024-12
        """,
    breaks="""
        ## 困难帮扶项目经费情况说明 {projects}
        五、实施周期
        2024年1月1日至2024年12月31日
        [goals 2024] 困难帮扶
        start | 2022-01-01
        finish | 2024-12-31
        """,
)
def term(ctx: Context) -> Iterator[Outcome]:
    """A project lasts from one day to another, which its section and its form both say.

    The text may mean what is done of it in the year alone, so this is a question.
    """
    for form in ctx.disclosure.goals:
        own = _lasts(form.start, form.finish)
        for spoken, alone in sentences(ctx, "实施周期", form) if own else ():
            match = _PERIOD.search(spoken.text) if alone else None
            said = _lasts(match["start"], match["finish"]) if match else None
            if match is None or said is None:
                continue
            printed = _dates(form)
            other = Operand(role="witness", place=form.place, printed=printed)
            if said == own:
                yield held(form.project, spoken.passage.place, match[0])
            else:
                yield broken(form.project, spoken.passage.place, match[0], f"{match[0]} ≠ {printed}", other)


@rule(
    "goals.values",
    zh="每项绩效指标都有指标值",
    en="Every indicator says what it is to reach",
    basis=_BASIS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    says=("绩效指标没有指标值：{subject}（{relation}）", "an indicator has no value to reach: {subject} ({relation})"),
    applies=filled_forms,
    holds="""
        [goals 2024] 困难帮扶
        indicator | 产出指标 | 数量指标 | 慰问人数 | ≥50人
        indicator | 效益指标 | 社会效益指标 | 满意度达到90%以上 |
        indicator | 效益指标 | 生态效益指标 | |
        """,
    breaks="""
        [goals 2024] 困难帮扶
        indicator | 产出指标 | 数量指标 | 慰问人数 | ≥50人
        indicator | 产出指标 | 质量指标 | 发放准确率 |
        """,
)
def values(ctx: Context) -> Iterator[Outcome]:
    """An indicator without the value it is to reach measures nothing.

    Lines that name nothing are lines of the form that were not needed; a name with a number in it says its value.
    """
    for form in ctx.disclosure.goals:
        named = [i for i in form.indicators if i.name and not any(map(str.isdigit, i.name))]
        empty = [i for i in named if not i.target]
        for indicator in empty:
            yield broken(form.project, indicator.place, indicator.name, indicator.name)
        if named and not empty:
            yield held(form.project, form.place, form.title, f"{len(named)} 项")


@rule(
    "goals.groups",
    zh="绩效指标包括产出指标和效益指标",
    en="The indicators say what is done and what it is good for",
    basis=_BASIS,
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    says=("绩效指标缺少{relation}：{subject}", "there is no indicator of {relation}: {subject}"),
    applies=filled_forms,
    holds="""
        [goals 2024] 困难帮扶
        indicator | 产出指标 | 数量指标 | 慰问人数 | ≥50人
        indicator | 效益指标 | 社会效益指标 | 困难职工得到帮扶 | 有效
        """,
    breaks="""
        [goals 2024] 困难帮扶
        indicator | 产出指标 | 数量指标 | 慰问人数 | ≥50人
        indicator | 满意度指标 | 满意度 | 职工满意度 | ≥90%
        """,
)
def groups(ctx: Context) -> Iterator[Outcome]:
    """What a project does (产出) and what comes of it (效益) are the two things that every form asks for.

    Small projects may have nothing to say of one of them, so a form without is a question. Forms that group their
    indicators otherwise are not looked at.
    """
    for form in ctx.disclosure.goals:
        named = "、".join(i.group for i in form.indicators if i.name)
        missing = [group for group in ("产出", "效益") if group not in named]
        if not named or len(missing) > 1:
            continue
        if missing:
            yield broken(form.project, form.place, form.title, f"{missing[0]}指标")
        else:
            yield held(form.project, form.place, form.title, "产出指标、效益指标")


_WHOLE_COST = re.compile("总成本|预算控制|成本控制|项目(?:总)?预算|经费总额|总投资|资金总额")
_AT_MOST = re.compile(
    r"[≤<=]*(?:小于等于|不超过|不高于|控制在)?(?P<amount>\d[\d,]*(?:\.\d+)?(?:亿元|万元|元))(?:以内|之内|以下)?"
)


@rule(
    "goals.cost",
    zh="成本指标的金额不大于项目资金",
    en="What a project may cost is within the money it asks for",
    basis=_BASIS,
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    applies=filled_forms,
    holds="""
        [goals 2024] 困难帮扶
        annual | 9.00
        indicator | 成本指标 | 经济成本指标 | 项目总成本 | ≤9万元
        """,
    breaks="""
        [goals 2024] 困难帮扶
        annual | 9.00
        indicator | 成本指标 | 经济成本指标 | 项目总成本 | ≤90万元
        """,
)
def cost(ctx: Context) -> Iterator[Outcome]:
    """A limit on all that a project costs lies within the money that its form asks for, in all or in the year.

    A limit above that money limits nothing; often it is in another unit, or of another year. Costs of one piece or one
    person are no such limits.
    """
    for form in ctx.disclosure.goals:
        totals = [(m.amount, m) for m in form.money if m.fund is Fund.ALL and not m.carried and m.amount is not None]
        for indicator in form.indicators if totals else ():
            amount = _limit(indicator)
            if amount is not None:
                yield _limited(form, indicator, amount, *max(totals, key=lambda each: each[0].fen))


def _limit(indicator: Indicator) -> Amount | None:
    match = _AT_MOST.fullmatch(fold(indicator.target)) if _WHOLE_COST.search(indicator.name) else None
    return said_amount(match["amount"]) if match is not None else None


def _limited(form: ProjectGoals, indicator: Indicator, amount: Amount, most: Amount, money: GoalMoney) -> Outcome:
    limit = Operand(role="part", place=indicator.place, printed=indicator.target, amount=amount)
    whole = money_operand(money, "whole")
    grade = grade_at_most(known(amount), known(most))
    return in_money(
        grade,
        amount.unit,
        subject=f"{form.project} {indicator.name}",
        operands=(limit, whole),
        relation=f"{limit.printed} {limit_words(grade.verdict)} {whole.printed}",
    )


RULES: tuple[Rule, ...] = (year, period, year_within, term, values, groups, cost)
"""The rules on what forms of goals say in words."""
