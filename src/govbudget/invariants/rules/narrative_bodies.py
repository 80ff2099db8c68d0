"""Bodies counted and scores given: numbers of the text that have bounds by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.consistency import Grade, Known, Verdict, grade_at_most
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context
from govbudget.invariants.counted import counts, piece
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.words import limit_words
from govbudget.model import Certainty, CountClaim, Counted, ScoreClaim, Severity

_UNITS = "预算法实施条例第五条：部门预算包括本部门及所属单位预算；财预〔2016〕143号：机构设置的说明"


@rule(
    "narrative.organs",
    zh="机关、参公事业单位的家数不多于部门所列单位",
    en="Organs counted are within the units that the department lists",
    basis=_UNITS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        department budget 2024
        members 某局(本级)、某执法大队
        ## 机关运行经费 {other_matters}
        下属1家机关和1家参公事业单位。
        => count organs: 1
        => count civil_service_institutions: 1
        """,
    breaks="""
        department budget 2024
        members 某局(本级)、某执法大队
        ## 机关运行经费 {other_matters}
        下属2家机关和1家参公事业单位。
        => count organs: 2
        => count civil_service_institutions: 1
        """,
    untested="""
        department budget 2024
        ## 机关运行经费 {other_matters}
        下属2家机关。 => count organs: 2
        """,
)
def organs(ctx: Context) -> Iterator[Outcome]:
    """The organs and the institutions under the rules of the civil service are some of the units that a department
    lists.

    Other institutions have no 机关运行经费 and are not counted there, so the list may be longer, not shorter.
    """
    found = [
        counts(ctx)[kind, False]
        for kind in (Counted.ORGANS, Counted.CIVIL_SERVICE_INSTITUTIONS, Counted.INSTITUTIONS)
        if (kind, False) in counts(ctx)
    ]
    yield from _within_members(ctx, "机关和参公事业单位", found)


@rule(
    "narrative.budget-units",
    zh="编报绩效目标的预算单位不多于部门所列单位",
    en="Units that set goals are within the units that the department lists",
    basis=_UNITS,
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        department budget 2024
        members 某局(本级)、某执法大队
        ## 预算绩效情况 {other_matters}
        本部门2个预算单位开展了绩效目标编报工作。 => count budget_units: 2
        """,
    breaks="""
        department budget 2024
        members 某局(本级)、某执法大队
        ## 预算绩效情况 {other_matters}
        本部门12个预算单位开展了绩效目标编报工作。 => count budget_units: 12
        """,
    untested="""
        department budget 2024
        ## 预算绩效情况 {other_matters}
        本部门2个预算单位开展了绩效目标编报工作。 => count budget_units: 2
        """,
)
def budget_units(ctx: Context) -> Iterator[Outcome]:
    """The units that set goals for their projects are units of the department, at most all of those it lists.

    A unit without a project sets none, so there may be fewer.
    """
    found = [c for key, c in counts(ctx).items() if key == (Counted.BUDGET_UNITS, False)]
    yield from _within_members(ctx, "预算单位", found)


def _within_members(ctx: Context, subject: str, found: list[CountClaim]) -> Iterator[Outcome]:
    if not found:
        return
    operands = tuple(piece(claim, "part") for claim in found)
    members = ctx.disclosure.organization.members
    if not members:
        yield not_tested(subject, "members-unknown", *operands)
        return
    number = sum(claim.count for claim in found)
    listed = len(members) + (not any(member.itself for member in members))  # 本级 is a unit, listed or not
    grade = grade_at_most(Known(number, number, number), Known(listed, listed, listed))
    yield Outcome(
        grade=grade,
        subject=subject,
        operands=operands,
        relation=f"{' + '.join(o.printed for o in operands)} {limit_words(grade.verdict)} {listed}",
        gap=f"{grade.gap} 家" if grade.gap else "",
    )


@rule(
    "narrative.score",
    zh="得分在0至100分之间",
    en="Scores are between 0 and 100",
    basis="项目支出绩效评价管理办法（财预〔2020〕10号）：总分一般设置为100分",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        平均得分99.43分。 => score expenditure evaluated: 99.43
        """,
    breaks="""
        unit final 2024
        ## 预算绩效管理情况 {performance}
        平均得分199.43分。 => score expenditure evaluated: 199.43
        """,
)
def score(ctx: Context) -> Iterator[Outcome]:
    """Projects are given 100 points at the most, so an average is not more.

    A place that gives points beyond 100 for special merits would have to say so.
    """
    for claim in claims_of(ctx, ScoreClaim):
        over = claim.digits > 100 * 10**claim.places
        yield Outcome(
            grade=Grade(Verdict.VIOLATED if over else Verdict.EXACT),
            subject=claim.term,
            operands=(Operand(role="amount", place=claim.place, printed=claim.text),),
            relation=f"{claim.text} {'>' if over else '≤'} 100分",
        )


RULES: tuple[Rule, ...] = (organs, budget_units, score)
