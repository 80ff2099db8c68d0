"""What is said not to exist, and what is counted in pieces."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.consistency import Grade, Known, Verdict, grade_same, grade_sum
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context, settled, usual_unit
from govbudget.invariants.counted import counts, piece, whole_known
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
    for claim in claims_of(ctx, AbsenceClaim):
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
_RATINGS = (Counted.RATED_EXCELLENT, Counted.RATED_GOOD, Counted.RATED_PASS, Counted.RATED_FAIL)
_ASSETS = "财预〔2016〕143号：国有资产占有使用情况的说明"
_PERFORMANCE = "财预〔2016〕143号：预算绩效情况的说明"


@rule(
    "narrative.counts",
    zh="车辆总数等于各类车辆之和",
    en="Vehicles of all kinds are the vehicles in all",
    basis=_ASSETS,
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
def vehicles(ctx: Context) -> Iterator[Outcome]:
    """The vehicles a body has are those of each kind together: 一般公务用车, 执法执勤用车, 特种专业技术用车, 其他用车.

    A text that counts only some kinds says 其中 and leaves the rest open; those it counts are then at most the whole.
    """
    yield from _sum(ctx, Counted.VEHICLES, "车辆", "辆", _KINDS)


@rule(
    "narrative.planned-vehicles",
    zh="安排购置车辆总数等于各类车辆之和",
    en="Vehicles of all kinds to be bought are the vehicles to be bought in all",
    basis=_ASSETS,
    holds="""
        ## 国有资产占有使用情况 {other_matters}
        2024年安排购置车辆1辆，其中其他用车1辆。
        => count planned vehicles: 1
        => count planned other_vehicles: 1
        """,
    breaks="""
        ## 国有资产占有使用情况 {other_matters}
        2024年安排购置车辆1辆，其中执法执勤用车1辆、其他用车1辆。
        => count planned vehicles: 1
        => count planned enforcement_vehicles: 1
        => count planned other_vehicles: 1
        """,
    untested="""
        ## 国有资产占有使用情况 {other_matters}
        2024年安排购置车辆1辆。 => count planned vehicles: 1
        """,
)
def planned_vehicles(ctx: Context) -> Iterator[Outcome]:
    """The vehicles that the budget means to buy are those of each kind together.

    They are counted apart from those at hand, in a sentence of the same form, and the two are easily confused.
    """
    yield from _sum(ctx, Counted.VEHICLES, "安排购置车辆", "辆", _KINDS, planned=True)


@rule(
    "narrative.ratings",
    zh="绩效自评项目数等于各评级项目数之和",
    en="Projects by rating are the projects evaluated",
    basis=f"{_PERFORMANCE}；项目支出绩效评价管理办法（财预〔2020〕10号）",
    holds="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        自评项目4个，评级为优3个、良1个。
        => count evaluated_projects: 4
        => count rated_excellent: 3
        => count rated_good: 1
        """,
    breaks="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        自评项目4个，评级为优3个、良2个。
        => count evaluated_projects: 4
        => count rated_excellent: 3
        => count rated_good: 2
        """,
    untested="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        自评项目4个。 => count evaluated_projects: 4
        """,
)
def ratings(ctx: Context) -> Iterator[Outcome]:
    """Each project that was evaluated has one rating (优、良、合格、不合格), so the ratings count the projects.

    The number of projects and those by rating stand in one sentence of the accounts.
    """
    yield from _sum(ctx, Counted.EVALUATED_PROJECTS, "绩效自评项目", "个", _RATINGS)


@rule(
    "narrative.problems",
    zh="发现的问题数等于已整改与正在整改之和",
    en="Problems found are those mended and those pending",
    basis=_PERFORMANCE,
    holds="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        发现问题5个，已完成整改3个，正在整改2个。
        => count problems: 5
        => count problems_mended: 3
        => count problems_pending: 2
        """,
    breaks="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        发现问题5个，已完成整改3个，正在整改3个。
        => count problems: 5
        => count problems_mended: 3
        => count problems_pending: 3
        """,
    untested="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        发现问题5个。 => count problems: 5
        """,
)
def problems(ctx: Context) -> Iterator[Outcome]:
    """A problem that the evaluation of projects found is mended or being mended; the text counts both.

    The form of the accounts has no third state.
    """
    yield from _sum(
        ctx, Counted.PROBLEMS, "绩效自评发现的问题", "个", (Counted.PROBLEMS_MENDED, Counted.PROBLEMS_PENDING)
    )


def _sum(
    ctx: Context, whole: Counted, subject: str, unit: str, kinds: tuple[Counted, ...], *, planned: bool = False
) -> Iterator[Outcome]:
    found = counts(ctx)
    total = found.get((whole, planned))
    if total is None:
        return
    parts = [found[kind, planned] for kind in kinds if (kind, planned) in found]
    operands = (piece(total, "total"), *(piece(c, "part") for c in parts))
    if not parts:
        yield not_tested(subject, "parts-missing", *operands)
        return
    grade = grade_sum(whole_known(total), [whole_known(c) for c in parts])
    whole_list = len(parts) == len(kinds) or (Counted.OTHER_VEHICLES, planned) in found
    if grade.residual < 0 and not whole_list:
        yield not_tested(subject, "parts-missing", *operands)
        return
    sign = "=" if grade.verdict is Verdict.EXACT else "≠"
    relation = f"{total.count} {sign} " + " + ".join(str(c.count) for c in parts)
    gap = f"{grade.gap} {unit}" if grade.gap else ""
    yield Outcome(grade=grade, subject=subject, operands=operands, relation=relation, gap=gap)


@rule(
    "narrative.performance-count",
    zh="绩效目标管理的项目个数与绩效表一致",
    en="The projects counted are those of the performance table",
    basis=_PERFORMANCE,
    holds="""
        [11 performance]
        项目 | 合计
        合计 | 5.00
        #信息化运维 | 3.00
        #困难帮扶 | 2.00
        ## 预算绩效情况 {other_matters}
        实行绩效目标管理的项目2个。 => count performance_projects: 2
        """,
    breaks="""
        [11 performance]
        项目 | 合计
        合计 | 5.00
        #信息化运维 | 3.00
        #困难帮扶 | 2.00
        ## 预算绩效情况 {other_matters}
        实行绩效目标管理的项目3个。 => count performance_projects: 3
        """,
    untested="""
        ## 预算绩效情况 {other_matters}
        实行绩效目标管理的项目3个。 => count performance_projects: 3
        """,
)
def performance_count(ctx: Context) -> Iterator[Outcome]:
    """The projects that the text counts are the lines of the table of performance.

    A count that speaks of 一级项目 may sum up several lines, so a smaller number than the table's is no violation.
    """
    claim = counts(ctx).get((Counted.PERFORMANCE_PROJECTS, False))
    if claim is not None:
        yield _projects(ctx, claim)


def _projects(ctx: Context, claim: CountClaim) -> Outcome:
    listed = table(ctx.disclosure, TableKind.PERFORMANCE)
    operand = piece(claim, "claim")
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


RULES: tuple[Rule, ...] = (
    absence,
    vehicles,
    planned_vehicles,
    ratings,
    problems,
    performance_count,
)
