"""What a body pays for its staff, held against its wages: questions, not faults."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.ratios import band, basic_subjects, functional_subjects, money, wages
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.model import Certainty, Severity


@rule(
    "plausible.pension",
    zh="养老保险缴费与工资相称",
    en="Pension contributions fit the wages",
    basis="国办发〔2019〕13号：单位缴费比例降至16%；此前为20%（国发〔2015〕2号）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30108 机关事业单位基本养老保险缴费 | 12.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30108 机关事业单位基本养老保险缴费 | 32.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30108 机关事业单位基本养老保险缴费 | 12.00
        """,
)
def pension(ctx: Context) -> Iterator[Outcome]:
    """The body pays 16 % of the wages it reports for its staff to the pension fund, 20 % before May 2019; more than
    20 % of all wages printed, or less than 4 %, is unusual.

    The base is last year’s wages without some allowances, so it is smaller than this year’s wages; staff outside
    of the scheme makes the share smaller still.
    """
    part = money([basic_subjects(ctx).get("30108")], "part")
    yield from band("机关事业单位基本养老保险缴费", part, wages(ctx), Fraction(4, 100), Fraction(20, 100))


@rule(
    "plausible.housing",
    zh="住房公积金与工资相称",
    en="The housing fund fits the wages",
    basis="住房公积金管理条例第十八条：不低于5%；建金管〔2005〕5号：不高于12%",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30113 住房公积金 | 12.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30113 住房公积金 | 30.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30113 住房公积金 | 12.00
        """,
)
def housing(ctx: Context) -> Iterator[Outcome]:
    """The body pays 5 to 12 % of last year’s wages into the housing fund; more than 20 % of the wages printed, or
    less than 3 %, is unusual.

    A supplementary fund, and wages that are paid by other subjects, widen the range.
    """
    part = money([basic_subjects(ctx).get("30113")], "part")
    yield from band("住房公积金", part, wages(ctx), Fraction(3, 100), Fraction(20, 100))


@rule(
    "plausible.union",
    zh="工会经费与工资相称",
    en="Union dues fit the wages",
    basis="工会法第四十三条：按全部职工工资总额的百分之二拨缴",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30228 工会经费 | 2.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30228 工会经费 | 5.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30228 工会经费 | 2.00
        """,
)
def union(ctx: Context) -> Iterator[Outcome]:
    """The body pays 2 % of all wages to the union; more than 3 % of the wages printed is unusual.

    Wages of staff that other subjects or projects pay count too, so somewhat more than 2 % may be right; much more
    is often another subject’s figure.
    """
    part = money([basic_subjects(ctx).get("30228")], "part")
    yield from band("工会经费", part, wages(ctx), None, Fraction(3, 100))


@rule(
    "plausible.welfare",
    zh="福利费与工资相称",
    en="Welfare fits the wages",
    basis="政府收支分类科目30229：按规定提取的职工福利费，以工资为基数",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30229 福利费 | 5.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30229 福利费 | 25.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30229 福利费 | 5.00
        """,
)
def welfare(ctx: Context) -> Iterator[Outcome]:
    """Welfare is reckoned from wages, by rates of a few per cent; more than 14 % of the wages printed is unusual.

    14 % is what enterprises may deduct at the most; public bodies are held to less.
    """
    part = money([basic_subjects(ctx).get("30229")], "part")
    yield from band("福利费", part, wages(ctx), None, Fraction(14, 100))


@rule(
    "plausible.medical",
    zh="医疗保险缴费与工资相称",
    en="Medical insurance fits the wages",
    basis="国发〔1998〕44号：用人单位缴费率控制在职工工资总额的6%左右，各地有所调整",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30110 职工基本医疗保险缴费 | 8.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30110 职工基本医疗保险缴费 | 25.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30110 职工基本医疗保险缴费 | 8.00
        """,
)
def medical(ctx: Context) -> Iterator[Outcome]:
    """The body pays 6 to 10 % of wages for the medical insurance of its staff; more than 15 % of the wages printed is
    unusual.

    Places fix rates of their own, and child-birth insurance is part of it in most of them.
    """
    part = money([basic_subjects(ctx).get("30110")], "part")
    yield from band("职工基本医疗保险缴费", part, wages(ctx), None, Fraction(15, 100))


@rule(
    "plausible.insurance",
    zh="其他社会保障缴费与工资相称",
    en="Other insurance fits the wages",
    basis="失业保险条例、工伤保险条例：缴费以工资总额为基数，费率合计不足5%",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30112 其他社会保障缴费 | 2.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 60.00
        30102 津贴补贴 | 40.00
        30112 其他社会保障缴费 | 12.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30112 其他社会保障缴费 | 2.00
        """,
)
def insurance(ctx: Context) -> Iterator[Outcome]:
    """Unemployment and accident insurance cost the body well under 5 % of wages; more than 6 % of the wages printed
    is unusual.

    The subject is small beside pension and medical insurance, whose figures stand next to it.
    """
    part = money([basic_subjects(ctx).get("30112")], "part")
    yield from band("其他社会保障缴费", part, wages(ctx), None, Fraction(6, 100))


@rule(
    "plausible.annuity",
    zh="职业年金约为养老保险缴费的一半",
    en="The occupational annuity is about half of the pension contribution",
    basis="国办发〔2015〕18号：单位缴纳职业年金为工资总额的8%；养老保险单位缴费16%（2019年前20%）",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        30108 机关事业单位基本养老保险缴费 | 16.00
        30109 职业年金缴费 | 8.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30108 机关事业单位基本养老保险缴费 | 16.00
        30109 职业年金缴费 | 18.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30109 职业年金缴费 | 8.00
        """,
)
def annuity(ctx: Context) -> Iterator[Outcome]:
    """The body pays 8 % of wages to the annuity (30109) and 16 % to the pension (30108), 20 % before 2019, on one
    base: half, or two fifths.

    Less is right where part of the annuity is only booked and not paid; more than three fifths, or less than a
    quarter, is unusual.
    """
    found = basic_subjects(ctx)
    part, whole = money([found.get("30109")], "part"), money([found.get("30108")], "whole")
    yield from band("职业年金缴费", part, whole, Fraction(1, 4), Fraction(3, 5))


@rule(
    "plausible.annuity-subject",
    zh="功能科目职业年金支出约为养老保险支出的一半",
    en="Spending on annuities is about half of that on pensions",
    basis="国办发〔2015〕18号：单位缴纳职业年金为工资总额的8%；政府收支分类科目2080505、2080506",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 16.00
        2080506 机关事业单位职业年金缴费支出 | 8.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 16.00
        2080506 机关事业单位职业年金缴费支出 | 1.80
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2080506 机关事业单位职业年金缴费支出 | 8.00
        """,
)
def annuity_subject(ctx: Context) -> Iterator[Outcome]:
    """The two contributions stand in the functional tables too, as 2080506 and 2080505, and stand to each other as in
    the economic ones.

    Bodies that print no economic subjects for all their money are looked at here only.
    """
    found = functional_subjects(ctx)
    part, whole = money([found.get("2080506")], "part"), money([found.get("2080505")], "whole")
    yield from band("职业年金缴费支出", part, whole, Fraction(1, 4), Fraction(3, 5))


@rule(
    "plausible.other-wages",
    zh="其他工资福利支出不超过工资福利支出的一半",
    en="Other wages are at most half of all wages",
    basis="政府收支分类科目30199：未列入上述科目的工资福利支出，是剩余科目",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        301 工资福利支出 | 100.00
        30101 基本工资 | 80.00
        30199 其他工资福利支出 | 20.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        301 工资福利支出 | 100.00
        30101 基本工资 | 30.00
        30199 其他工资福利支出 | 70.00
        """,
)
def other_wages(ctx: Context) -> Iterator[Outcome]:
    """30199 其他工资福利支出 is for what no other subject takes, mostly pay of contract staff, and smaller than the
    named subjects together.

    Where it is the larger part, a reader asks what it is, and often wages were booked to the rest.
    """
    found = basic_subjects(ctx)
    part, whole = money([found.get("30199")], "part"), money([found.get("301")], "whole")
    yield from band("其他工资福利支出", part, whole, None, Fraction(1, 2))


@rule(
    "plausible.no-wages",
    zh="有工资福利支出的，有基本工资",
    en="Where wages are paid, basic wages are",
    basis="政府收支分类科目301、30101",
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        301 工资福利支出 | 100.00
        30101 基本工资 | 100.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        301 工资福利支出 | 100.00
        30108 机关事业单位基本养老保险缴费 | 100.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        301 工资福利支出 | 100.00
        """,
)
def no_wages(ctx: Context) -> Iterator[Outcome]:
    """A body that pays wages and contributions has staff of its own, and pays basic wages (30101) to it.

    Contract staff alone is paid by 30199; then there is no basic wage and all stands in the rest.
    """
    found = basic_subjects(ctx)
    total = money([found.get("301")], "whole")
    if total is None:
        return
    if not any(code.startswith("301") and len(code) > 3 for code in found):
        yield not_tested("基本工资", "parts-missing", *total.operands)
        return
    base = money([found.get("30101"), found.get("30199")], "part")
    yield Outcome(
        grade=Grade(Verdict.EXACT if base is not None else Verdict.VIOLATED),
        subject="基本工资",
        operands=(*total.operands, *(base.operands if base is not None else ())),
        relation=f"工资福利支出 {total.words}，基本工资 {base.words if base is not None else '0'}",
    )


RULES: tuple[Rule, ...] = (
    pension,
    housing,
    union,
    welfare,
    medical,
    insurance,
    annuity,
    annuity_subject,
    other_wages,
    no_wages,
)
