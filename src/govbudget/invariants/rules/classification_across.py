"""One subject under one name and one code in every table of a document."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.naming import (
    FORMER,
    OTHER,
    REUSED,
    WORDED,
    fits,
    standings,
)
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Operand, Outcome, Rule, rule
from govbudget.invariants.subjects import Printed
from govbudget.model import Certainty, Severity


@rule(
    "classification.one-name",
    zh="同一编码各表名称一致",
    en="One code has one name in all tables",
    basis="财预〔2016〕143号：各公开表口径一致；各地预算公开自查",
    says=("同一编码名称不一：{relation}", "one code bears different names: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计
        2010304 甲类专项 | 1.00
        [5 general_expenditure]
        科目 | 合计
        2010304 乙类事务 | 1.00
        """,
)
def one_name(ctx: Context) -> Iterator[Outcome]:
    """A code that stands in several tables bears one name in all of them, in full or in short.

    Within one document no edition is needed to see that one of two names is wrong. Where the edition tells which of the
    two that is, it is left to the rules that say so.
    """
    first: dict[tuple[str, str], Printed] = {}
    again: set[tuple[str, str]] = set()
    told_of: set[tuple[str, str]] = set()
    for each, standing in standings(ctx):
        if standing in (FORMER, REUSED, WORDED, OTHER):
            continue
        key = (each.lane.axis, each.code)
        other = first.setdefault(key, each)
        if other is each:
            continue
        again.add(key)
        if not fits(each.name, other.name) and key not in told_of:
            told_of.add(key)
            yield Outcome(
                grade=Grade(Verdict.VIOLATED),
                subject=each.code,
                operands=(each.operand(), other.operand()),
                relation=f"{each.code}：{other.name} ≠ {each.name}",
            )
    alike = [each for key, each in first.items() if key in again and key not in told_of]
    if alike:
        yield held("科目名称", alike[0].place, alike[0].label, f"{len(alike)} 个科目")


@rule(
    "classification.one-code",
    zh="同一科目各表编码一致",
    en="One subject has one code in all tables",
    basis="财预〔2016〕143号：各公开表口径一致；各地预算公开自查",
    says=("同一科目编码不一：{relation}", "one subject bears different codes: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [3 expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计
        2010304 甲类专项 | 1.00
        [5 general_expenditure]
        科目 | 合计
        2010305 甲类专项 | 1.00
        """,
)
def one_code(ctx: Context) -> Iterator[Outcome]:
    """Under one parent a name stands for one code, in all tables of the document.

    Names such as 行政运行 recur under many parents; under one parent no edition has a name twice.
    """
    first: dict[tuple[str, str, str], Printed] = {}
    again: set[tuple[str, str, str]] = set()
    told_of: set[tuple[str, str, str]] = set()
    for each, standing in standings(ctx):
        if standing in (REUSED, OTHER):
            continue
        key = (each.lane.axis, each.code[:-2], each.name)
        other = first.setdefault(key, each)
        if other is each:
            continue
        again.add(key)
        if other.code != each.code and key not in told_of:
            told_of.add(key)
            operands: tuple[Operand, ...] = (each.operand(), other.operand())
            relation = f"{each.name}：{other.code} ≠ {each.code}"
            yield Outcome(grade=Grade(Verdict.VIOLATED), subject=each.name, operands=operands, relation=relation)
    alike = [each for key, each in first.items() if key in again and key not in told_of]
    if alike:
        yield held("科目编码", alike[0].place, alike[0].label, f"{len(alike)} 个科目")


RULES: tuple[Rule, ...] = (
    one_name,
    one_code,
)
