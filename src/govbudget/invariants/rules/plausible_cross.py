"""One payment by function and by nature: subjects of the two classifications that mean the same money."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govbudget.consistency import Grade, Verdict, grade_same
from govbudget.invariants.context import Context
from govbudget.invariants.ratios import band, basic_subjects, functional_subjects, money
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.words import sign_words
from govbudget.model import Certainty, Severity


@rule(
    "plausible.pension-twice",
    zh="养老保险缴费按功能和按经济分类一致",
    en="Pension contributions are one number by function and by nature",
    basis="政府收支分类科目：同一缴费按功能和按经济性质各列一次",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2080505 机关事业单位基本养老保险缴费支出 | 9.00
        [6 general_basic]
        科目 | 合计
        30108 机关事业单位基本养老保险缴费 | 9.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2080505 机关事业单位基本养老保险缴费支出 | 9.00
        [6 general_basic]
        科目 | 合计
        30108 机关事业单位基本养老保险缴费 | 12.00
        """,
)
def pension_twice(ctx: Context) -> Iterator[Outcome]:
    """2080505 and 30108 are one payment: what the body pays to the pension fund for its staff.

    Units of schools and hospitals may book it elsewhere by function, so a difference is a question; in most
    disclosures the two are equal to the last digit.
    """
    yield from _alike(ctx, ("2080505",), "30108", "机关事业单位基本养老保险缴费")


@rule(
    "plausible.annuity-twice",
    zh="职业年金缴费按功能和按经济分类一致",
    en="Annuity contributions are one number by function and by nature",
    basis="政府收支分类科目：同一缴费按功能和按经济性质各列一次",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2080506 机关事业单位职业年金缴费支出 | 9.00
        [6 general_basic]
        科目 | 合计
        30109 职业年金缴费 | 9.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2080506 机关事业单位职业年金缴费支出 | 9.00
        [6 general_basic]
        科目 | 合计
        30109 职业年金缴费 | 12.00
        """,
)
def annuity_twice(ctx: Context) -> Iterator[Outcome]:
    """2080506 and 30109 are one payment: what the body pays to the occupational annuity of its staff.

    Payments for staff that leaves may be booked elsewhere, so a difference is a question.
    """
    yield from _alike(ctx, ("2080506",), "30109", "职业年金缴费")


@rule(
    "plausible.housing-twice",
    zh="住房公积金按功能和按经济分类一致",
    en="The housing fund is one number by function and by nature",
    basis="政府收支分类科目：同一缴费按功能和按经济性质各列一次",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2210201 住房公积金 | 9.00
        [6 general_basic]
        科目 | 合计
        30113 住房公积金 | 9.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2210201 住房公积金 | 9.00
        [6 general_basic]
        科目 | 合计
        30113 住房公积金 | 12.00
        """,
)
def housing_twice(ctx: Context) -> Iterator[Outcome]:
    """2210201 and 30113 are one payment: what the body pays into the housing fund of its staff.

    Some bodies book it with the function of their work; where both subjects are printed they are mostly equal.
    """
    yield from _alike(ctx, ("2210201",), "30113", "住房公积金")


@rule(
    "plausible.medical-twice",
    zh="医疗保险缴费按功能和按经济分类一致",
    en="Medical insurance is one number by function and by nature",
    basis="政府收支分类科目：同一缴费按功能和按经济性质各列一次",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2101101 行政单位医疗 | 9.00
        2101102 事业单位医疗 | 1.00
        [6 general_basic]
        科目 | 合计
        30110 职工基本医疗保险缴费 | 10.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2101101 行政单位医疗 | 9.00
        2101102 事业单位医疗 | 1.00
        [6 general_basic]
        科目 | 合计
        30110 职工基本医疗保险缴费 | 12.00
        """,
)
def medical_twice(ctx: Context) -> Iterator[Outcome]:
    """行政单位医疗 and 事业单位医疗 (2101101, 2101102) are what 30110 职工基本医疗保险缴费 pays.

    Some places book the medical expenses of retired staff with them, so a difference is a question.
    """
    yield from _alike(
        ctx,
        (
            "2101101",
            "2101102",
        ),
        "30110",
        "职工基本医疗保险缴费",
    )


@rule(
    "plausible.civil-medical-twice",
    zh="公务员医疗补助按功能和按经济分类一致",
    en="Medical aid for civil servants is one number by function and by nature",
    basis="政府收支分类科目：同一缴费按功能和按经济性质各列一次",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2101103 公务员医疗补助 | 9.00
        [6 general_basic]
        科目 | 合计
        30111 公务员医疗补助缴费 | 9.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2101103 公务员医疗补助 | 9.00
        [6 general_basic]
        科目 | 合计
        30111 公务员医疗补助缴费 | 12.00
        """,
)
def civil_medical_twice(ctx: Context) -> Iterator[Outcome]:
    """2101103 公务员医疗补助 is what 30111 公务员医疗补助缴费 pays.

    Where both are printed for the general budget, they are mostly equal to the last digit.
    """
    yield from _alike(ctx, ("2101103",), "30111", "公务员医疗补助缴费")


@rule(
    "plausible.subsidies",
    zh="提租补贴、购房补贴不大于津贴补贴",
    en="Housing subsidies are within allowances",
    basis="政府收支分类科目2210202、2210203、30102：住房补贴按经济性质列津贴补贴",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2210202 提租补贴 | 9.00
        2210203 购房补贴 | 9.00
        [6 general_basic]
        科目 | 合计
        30102 津贴补贴 | 30.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 基本支出 = basic
        2210202 提租补贴 | 9.00
        2210203 购房补贴 | 90.00
        [6 general_basic]
        科目 | 合计
        30102 津贴补贴 | 30.00
        """,
)
def subsidies(ctx: Context) -> Iterator[Outcome]:
    """提租补贴 and 购房补贴 (2210202, 2210203) are paid with wages and stand among 30102 津贴补贴, with other
    allowances.

    Subsidies of retired staff are paid by 303, so a larger sum is a question.
    """
    part = money([functional_subjects(ctx).get(code) for code in ("2210202", "2210203")], "part")
    whole = money([basic_subjects(ctx).get(code) for code in ("30102", "303")], "whole")
    yield from band("住房补贴", part, whole, None, Fraction(1))


def _alike(ctx: Context, codes: tuple[str, ...], economic: str, name: str) -> Iterator[Outcome]:
    by_function = money([functional_subjects(ctx).get(code) for code in codes], "witness")
    by_nature = money([basic_subjects(ctx).get(economic)], "witness")
    if by_function is None or by_nature is None:
        return
    grade = grade_same([by_function.known, by_nature.known])
    yield Outcome(
        grade=Grade(grade.verdict) if grade.verdict is Verdict.VIOLATED else grade,
        subject=name,
        operands=(*by_function.operands, *by_nature.operands),
        relation=f"{by_function.words} {sign_words(grade.verdict)} {by_nature.words}",
    )


RULES: tuple[Rule, ...] = (
    pension_twice,
    annuity_twice,
    housing_twice,
    medical_twice,
    civil_medical_twice,
    subsidies,
)
