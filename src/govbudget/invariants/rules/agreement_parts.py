"""Money that is part of other money is not more than it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_at_most, grade_same, grade_sum
from govbudget.invariants.context import (
    USUAL_STEP,
    Context,
    fact_known,
    idle,
    settled,
    usual_unit,
)
from govbudget.invariants.gathered import gathered
from govbudget.invariants.limits import part_of
from govbudget.invariants.rule import Linear, Operand, Outcome, Rule, all_same, no_more_than, rule
from govbudget.invariants.words import fact_words, in_money, limit_words, sign_words, witness_operand
from govbudget.model import Certainty, Coordinate, Fact, Flow, Fund, Item, Period, Severity, Use, Via, moved
from govbudget.model.axes import PARENT, is_below

_ONE_SOURCE = """
        [2 revenue]
        科目 | 合计 | 一般公共预算 = general current | 单位资金 = unit current
        2080505 机关事业单位基本养老保险缴费支出 | 7.00 | 7.00 | 0.00
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        [5 general_expenditure]
        科目 | 合计"""


@rule(
    "agreement.source",
    zh="资金只有一个来源的科目，总表与分表一致；否则分表不大于总表",
    en="Where all money has one source, the table of that source prints the whole; elsewhere not more than the whole",
    basis="预算法第五条；支出预算总表与一般公共预算支出预算表",
    holds=(
        """
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 6.00
        """,
        """
        // 0 in whole 万元 may be 4,999 元 of other money
        [2 revenue]
        科目 | 合计 | 一般公共预算 = general current | 单位资金 = unit current
        2080505 机关事业单位基本养老保险缴费支出 | 7 | 7 | 0
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 6
        """,
    ),
    breaks=(
        """
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 8.00
        """,
        """
        // a dash is no 0: all money has one source
        [2 revenue]
        科目 | 合计 | 一般公共预算 = general current | 单位资金 = unit current
        2080505 机关事业单位基本养老保险缴费支出 | 7 | 7 | —
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 7
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 6
        """,
    ),
)
def source(ctx: Context) -> Iterator[Outcome]:
    """Spending of one fund is part of spending of all funds.

    Where the revenue of a subject comes from that fund alone, part and whole are one number; where other money comes
    in, the part may not exceed the whole. Where other money is printed but too small to show in the whole, perhaps as
    0, the whole exceeds the part by no more than all revenue exceeds that from the fund.
    """
    for at, fact, whole in _parts(ctx):
        part, total = fact_known(ctx, fact), fact_known(ctx, whole)
        grade, linear = grade_same([part, total]), all_same(2)
        if idle(ctx, grade):
            continue  # what is the same is no more either
        sources = _only_source(ctx, at)
        sign, revenue = sign_words(grade.verdict), []
        if sources is None:
            grade, linear = grade_at_most(part, total), no_more_than()
            sign = limit_words(grade.verdict)
        elif sources:
            grade = _with_others(ctx, part, total, sources)
            sign, linear = sign_words(grade.verdict), _more_by_others(len(sources))
            revenue = [witness_operand(f.witnesses[0], f.at, "revenue") for f in sources]
        yield _compared(ctx, fact, whole, grade, sign, linear, revenue)


@rule(
    "agreement.one-print",
    zh="其余资金均印为0的科目，分表与总表印同一数字",
    en="Where all other money prints as nil, part and whole print one number",
    basis="预算法第五条；同一金额在各表中一致",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds=f"""{_ONE_SOURCE}
        2080505 机关事业单位基本养老保险缴费支出 | 7.00
        """,
    breaks=f"""{_ONE_SOURCE}
        2080505 机关事业单位基本养老保险缴费支出 | 6.99
        """,
)
def one_print(ctx: Context) -> Iterator[Outcome]:
    """A subject whose revenue is from one fund, all else being printed as 0.00, spends one number in both tables.

    Strictly 0.00万元 may hide 49 元 of other money, so that this proves nothing; yet nearly always one of the tables
    added up rounded figures and the other did not. Tables in coarser units are left alone.
    """
    for at, fact, whole in _parts(ctx):
        sources = _only_source(ctx, at)
        others = [ctx.facts[of] for of in _other_money(ctx, at)] if sources else []
        if not sources or any(fact_known(ctx, f).high > USUAL_STEP // 2 for f in others):
            continue
        part, total = fact_known(ctx, fact), fact_known(ctx, whole)
        if _with_others(ctx, part, total, sources).verdict is Verdict.VIOLATED:
            continue  # proved already
        grade = grade_same([part, total])
        yield _compared(ctx, fact, whole, grade, sign_words(grade.verdict), (), [])


def _parts(ctx: Context) -> Iterator[tuple[Coordinate, Fact, Fact]]:
    """The spending of single funds that tables print, each with the next larger fund that they print it of."""
    for at, fact in ctx.facts.items():
        if at.flow is not Flow.EXPENDITURE or at.fund is Fund.ALL or at.item is not Item.ALL or at.economic:
            continue
        whole = _whole(ctx, at) if any(w.via is Via.TABLE for w in fact.witnesses) else None
        if whole is not None:
            yield at, fact, whole


def _with_others(ctx: Context, part: Known, total: Known, sources: Sequence[Fact]) -> Grade:
    """Grade whether the whole is the part and what all revenue can be more than that of the part."""
    more = fact_known(ctx, sources[0]).high - sum(fact_known(ctx, own).low for own in sources[1:])
    return grade_sum(total, [part, Known(0, 0, more)])


def _compared(
    ctx: Context,
    fact: Fact,
    whole: Fact,
    grade: Grade,
    sign: str,
    linear: tuple[Linear, ...],
    revenue: Sequence[Operand],
) -> Outcome:
    part, total = (witness_operand(f.witnesses[0], f.at, role) for f, role in ((fact, "part"), (whole, "whole")))
    return in_money(
        grade,
        usual_unit(ctx),
        subject=fact_words(ctx, fact.at),
        operands=(part, total, *revenue),
        relation=f"{part.printed} {sign} {total.printed}",
        linear=linear,
    )


@lru_cache(maxsize=2)
def _more_by_others(revenues: int) -> tuple[Linear, ...]:
    """Part and whole, then all revenue and, where there is some, that of the part: the rest bounds the rest."""
    return (
        Linear((1, -1, *([0] * revenues)), at_most=True),
        Linear((-1, 1, -1, 1)[: 2 + revenues], at_most=True),
    )


@rule(
    "agreement.performance",
    zh="实行绩效目标管理的金额不大于项目支出",
    en="Money under performance management does not exceed project spending",
    basis="预算法第十四条、第五十七条；财预〔2016〕143号：预算绩效情况的说明",
    holds="""
        [3 expenditure]
        科目 | 项目支出 = project
        合计 | 7.00
        ## 预算绩效情况 {other_matters}
        实行绩效目标管理的项目涉及6.00万元。 => amount expenditure current performance: 6.00万元
        """,
    breaks="""
        [3 expenditure]
        科目 | 项目支出 = project
        合计 | 7.00
        ## 预算绩效情况 {other_matters}
        实行绩效目标管理的项目涉及16.00万元。 => amount expenditure current performance: 16.00万元
        """,
    untested="""
        ## 预算绩效情况 {other_matters}
        实行绩效目标管理的项目涉及16.00万元。 => amount expenditure current performance: 16.00万元
        """,
)
def performance(ctx: Context) -> Iterator[Outcome]:
    """What the narrative says is under performance management is part of project spending, or all of it."""
    for at, fact in ctx.facts.items():
        if at.item is not Item.PERFORMANCE or at.project:
            continue  # single projects add up to the whole, which additivity.claims looks at
        yield part_of(ctx, fact, attrs.evolve(at, item=Item.ALL, use=Use.PROJECT))


def _whole(ctx: Context, at: Coordinate) -> Fact | None:
    """The fact for the next larger fund that a table prints."""
    above = PARENT.get(at.fund)
    while isinstance(above, Fund):
        found = ctx.facts.get(moved(at, "fund", above))
        if found is not None and any(w.via is Via.TABLE for w in found.witnesses):
            return found
        above = PARENT.get(above)
    return None


def _only_source(ctx: Context, at: Coordinate) -> Sequence[Fact] | None:
    """All revenue of the subject and that from the fund of ``at``, where they print one number; else ``None``.

    Empty where they are one: no cell prints other money, be it a 0 behind which a little may hide.
    """
    revenue, all_revenue = _revenue(at)
    own, total = settled(ctx, revenue), settled(ctx, all_revenue)
    if own is None or total is None or own.value != total.value:
        return None
    printed = [ctx.facts[of] for of in (all_revenue, revenue) if of in ctx.facts]
    return printed if all_revenue in ctx.facts and _other_money(ctx, at) else ()


def _other_money(ctx: Context, at: Coordinate) -> list[Coordinate]:
    """The revenue of the subject from other funds that a table prints, be it as 0."""
    revenue, _ = _revenue(at)
    return [of for of in _may_be_some(ctx).get(at.functional, ()) if not _is_part(of, revenue)]


def _is_part(of: Coordinate, revenue: Coordinate) -> bool:
    """Whether what a cell speaks of is this year's revenue from a fund, a part of it or what it is part of."""
    same = of.fund is revenue.fund or is_below(of.fund, revenue.fund) or is_below(revenue.fund, of.fund)
    return same and of.period in (Period.ALL, Period.CURRENT)


@gathered
def _may_be_some(ctx: Context) -> Mapping[str, Sequence[Coordinate]]:
    """The revenue of each subject that is not nil for sure: printed as some, or as a 0 that may hide a little."""
    found: dict[str, list[Coordinate]] = {}
    for at, fact in ctx.facts.items():
        in_table = at not in ctx.blanks and any(w.via is Via.TABLE for w in fact.witnesses)
        if at.flow is Flow.REVENUE and in_table and fact_known(ctx, fact).high > 0:
            found.setdefault(at.functional, []).append(at)
    return found


@lru_cache(maxsize=4096)
def _revenue(at: Coordinate) -> tuple[Coordinate, Coordinate]:
    """This year's revenue from the fund of ``at``, and all revenue there is, of its subject."""
    revenue = Coordinate(
        year=at.year, stage=at.stage, flow=Flow.REVENUE, functional=at.functional, period=Period.CURRENT, fund=at.fund
    )
    return revenue, attrs.evolve(revenue, period=Period.ALL, fund=Fund.ALL)


RULES: tuple[Rule, ...] = (
    source,
    one_print,
    performance,
)
