"""What is said not to exist, and what is counted in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from govbudget.consistency import Grade, Known, Verdict, grade_same, grade_sum
from govbudget.invariants.context import Context, claims, settled, usual_unit
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.words import (
    fact_words,
    in_money,
    sign_words,
    witness_operand,
)
from govbudget.model import (
    AbsenceClaim,
    CountClaim,
    Counted,
    ProjectHead,
    TableKind,
    table,
)


@rule(
    "narrative.absence",
    zh="“没有…安排的支出”与表格一致",
    en="What is said not to exist is not in the tables",
    basis="财预〔2016〕143号：没有数据的表格应当列出空表并说明",
    holds="""
        [8 government_fund]
        科目 | 合计
        注：本单位没有政府性基金预算拨款安排的支出，故本表无数据
        ## 政府性基金预算支出情况说明 {government_fund}
        没有使用政府性基金预算拨款安排的支出。 => absence expenditure current government_fund
        """,
    breaks="""
        [8 government_fund]
        科目 | 合计
        合计 | 5.00
        ## 政府性基金预算支出情况说明 {government_fund}
        没有使用政府性基金预算拨款安排的支出。 => absence expenditure current government_fund
        """,
    untested="""
        ## 政府性基金预算支出情况说明 {government_fund}
        没有使用政府性基金预算拨款安排的支出。 => absence expenditure current government_fund
        """,
)
def absence(ctx: Context) -> Iterator[Outcome]:
    """Money that the narrative says there is none of has no figure in any table."""
    for _, claim in claims(ctx):
        if not isinstance(claim, AbsenceClaim):
            continue
        operand = Operand(role="claim", place=claim.place, printed=claim.text)
        for of in claim.of:
            value = settled(ctx, of)
            subject = fact_words(ctx, of)
            if value is None:
                yield not_tested(subject, "no-table", operand)
                continue
            fact = ctx.facts.get(of)
            shown = [witness_operand(w, of) for w in fact.witnesses] if fact else []
            grade = grade_same([value, Known(0, 0, 0)])
            sign = sign_words(grade.verdict)
            yield in_money(
                grade,
                usual_unit(ctx),
                subject=subject,
                operands=(operand, *shown),
                relation=f"0 {sign} {shown[0].printed if shown else '0'}",
            )


_KINDS = (
    Counted.MINISTER_VEHICLES,
    Counted.LEADER_VEHICLES,
    Counted.MESSENGER_VEHICLES,
    Counted.EMERGENCY_VEHICLES,
    Counted.GENERAL_VEHICLES,
    Counted.ENFORCEMENT_VEHICLES,
    Counted.SPECIAL_VEHICLES,
    Counted.RETIRED_VEHICLES,
    Counted.OTHER_VEHICLES,
)


_SUMS = (
    (Counted.VEHICLES, "车辆", "辆", _KINDS),
    (
        Counted.EVALUATED_PROJECTS,
        "绩效自评项目",
        "个",
        (Counted.RATED_EXCELLENT, Counted.RATED_GOOD, Counted.RATED_PASS, Counted.RATED_FAIL),
    ),
    (Counted.PROBLEMS, "绩效自评发现的问题", "个", (Counted.PROBLEMS_MENDED, Counted.PROBLEMS_PENDING)),
)


@rule(
    "narrative.counts",
    zh="车辆、绩效评级、整改问题的合计等于各类之和；绩效项目个数与绩效表一致",
    en="Vehicles, ratings and mended problems add up; the projects counted are those of the performance table",
    basis="财预〔2016〕143号：国有资产占有使用情况、预算绩效情况的说明",
    holds="""
        ## 国有资产占有使用情况 {other_matters}
        共有车辆3辆，其中一般公务用车2辆、其他用车1辆。
        => count vehicles: 3
        => count general_vehicles: 2
        => count other_vehicles: 1
        """,
    breaks="""
        ## 国有资产占有使用情况 {other_matters}
        共有车辆3辆，其中一般公务用车2辆、其他用车2辆。
        => count vehicles: 3
        => count general_vehicles: 2
        => count other_vehicles: 2
        """,
    untested="""
        ## 国有资产占有使用情况 {other_matters}
        共有车辆3辆。 => count vehicles: 3
        """,
)
def counts(ctx: Context) -> Iterator[Outcome]:
    """The vehicles of all kinds are the vehicles in all, so too projects by rating and problems mended or not; the
    projects counted are the lines of the table.

    Those at hand and those to be bought are each by themselves. A count that speaks of 一级项目 may sum up several
    lines, so a smaller number than the table's is no violation.
    """
    found = {(claim.what, claim.planned): claim for _, claim in claims(ctx) if isinstance(claim, CountClaim)}
    for planned, (whole, subject, piece, kinds) in product((False, True), _SUMS):
        total = found.get((whole, planned))
        if total is None:
            continue
        parts = [found[kind, planned] for kind in kinds if (kind, planned) in found]
        operands = (_piece(total, "total"), *(_piece(c, "part") for c in parts))
        if parts:
            numbers = [Known(c.count, c.count, c.count) for c in parts]
            grade = grade_sum(Known(total.count, total.count, total.count), numbers)
            sign = "=" if grade.verdict is Verdict.EXACT else "≠"
            relation = f"{total.count} {sign} " + " + ".join(str(c.count) for c in parts)
            gap = f"{grade.gap} {piece}" if grade.gap else ""
            yield Outcome(grade=grade, subject=subject, operands=operands, relation=relation, gap=gap)
        else:
            yield not_tested(subject, "parts-missing", *operands)
    projects = found.get((Counted.PERFORMANCE_PROJECTS, False))
    if projects is not None:
        yield _projects(ctx, projects)


def _projects(ctx: Context, claim: CountClaim) -> Outcome:
    listed = table(ctx.disclosure, TableKind.PERFORMANCE)
    operand = _piece(claim, "claim")
    if listed is None:
        return not_tested("绩效目标管理项目", "no-table", operand)
    number = sum(isinstance(line.head, ProjectHead) for lane in listed.lanes for line in lane.lines)
    operands = (operand, Operand(role="table", place=listed.place, printed=f"{number} 行"))
    if claim.count == number:
        grade, sign = Grade(Verdict.EXACT), "="
    elif claim.count < number:
        grade, sign = Grade(Verdict.UNDECIDED, number - claim.count), "<"
    else:
        grade, sign = Grade(Verdict.VIOLATED, number - claim.count, claim.count - number), ">"
    relation = f"{claim.count} {sign} {number}"
    reason = "coarser-count" if grade.verdict is Verdict.UNDECIDED else ""
    return Outcome(grade=grade, subject="绩效目标管理项目", operands=operands, relation=relation, reason=reason)


def _piece(claim: CountClaim, role: str) -> Operand:
    return Operand(role=role, place=claim.place, printed=str(claim.count))


RULES: tuple[Rule, ...] = (
    absence,
    counts,
)
