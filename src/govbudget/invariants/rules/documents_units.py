"""A department and its units: what they publish for one year must fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_at_most, grade_same, grade_sum, meet
from govbudget.invariants.context import ZERO, Context, fact_known, known, settled, usual_unit
from govbudget.invariants.many import Many, body_name, departments, same_body, units_of
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule_across
from govbudget.invariants.words import fact_words, in_money, limit_words, sign_words, sum_words, witness_operand
from govbudget.model import Certainty, Coordinate, Fact, Fund, Period, Severity, Use, Via, Witness, is_below
from govbudget.money import Amount

_INNER_FUNDS = (Fund.SUPERIOR, Fund.SUBORDINATE)
_INNER_USES = (Use.TO_SUPERIOR, Use.TO_SUBORDINATE)


def _comparable(fact: Fact) -> bool:
    at = fact.at
    named = at.entity or at.project or at.purchase
    inner = at.fund in _INNER_FUNDS or at.use in _INNER_USES
    return not named and not inner and any(w.via is Via.TABLE for w in fact.witnesses)


def _is_fiscal(at: Coordinate) -> bool:
    return at.fund is Fund.FISCAL or is_below(at.fund, Fund.FISCAL)


def _transfers(units: Sequence[Context], at: Coordinate) -> Known:
    """At most so much of what the units print flows between them, and stands in no figure of the department."""
    found = ZERO
    if _is_fiscal(at):
        return found
    for unit in units:
        for other, fact in unit.facts.items():
            inner = other.fund in _INNER_FUNDS or other.use in _INNER_USES
            whole = not (other.functional or other.economic or other.entity or other.project)
            if inner and whole and other.flow is at.flow and other.period in (Period.ALL, Period.CURRENT):
                one = fact_known(unit, fact)
                found = Known(found.value + one.value, found.low + max(0, one.low), found.high + max(0, one.high))
    return found


@rule_across(
    "documents.department-sum",
    zh="部门数等于所属各单位之和（扣除单位之间的往来）",
    en="A department is the sum of its units, less what flows between them",
    basis="预算法实施条例第五条：部门预算包括本级和所属各单位的全部收支",
    holds=(
        """
        department budget 2024
        of 某市某局
        members 某市某局（本级）、某中心
        [5 general_expenditure]
        科目 | 合计
        合计 | 5.00
        ===
        unit budget 2024
        of 某市某局（本级）
        [5 general_expenditure]
        科目 | 合计
        合计 | 3.00
        ===
        unit budget 2024
        of 某中心
        [5 general_expenditure 元]
        科目 | 合计
        合计 | 20,010.00
        """,
        """
        department budget 2024
        of 某市某局
        members 某市某局（本级）、某中心
        [3 expenditure]
        科目 | 合计 | 项目支出 = project | 对附属单位补助支出 = to_subordinate
        合计 | 5.00 | 5.00 |
        ===
        unit budget 2024
        of 某市某局（本级）
        [3 expenditure]
        科目 | 合计 | 项目支出 = project | 对附属单位补助支出 = to_subordinate
        合计 | 4.00 | 3.00 | 1.00
        ===
        unit budget 2024
        of 某中心
        [3 expenditure]
        科目 | 合计 | 项目支出 = project | 对附属单位补助支出 = to_subordinate
        合计 | 2.00 | 2.00 |
        """,
    ),
    breaks="""
        department budget 2024
        of 某市某局
        members 某市某局（本级）、某中心
        [5 general_expenditure]
        科目 | 合计
        合计 | 6.00
        ===
        unit budget 2024
        of 某市某局（本级）
        [5 general_expenditure]
        科目 | 合计
        合计 | 3.00
        ===
        unit budget 2024
        of 某中心
        [5 general_expenditure]
        科目 | 合计
        合计 | 2.00
        """,
    untested="""
        department budget 2024
        of 某市某局
        members 某市某局（本级）、某中心
        [5 general_expenditure]
        科目 | 合计
        合计 | 6.00
        ===
        unit budget 2024
        of 某中心
        [5 general_expenditure]
        科目 | 合计
        合计 | 2.00
        """,
)
def department_sum(many: Many) -> Iterator[Outcome]:
    """Every figure of a department's tables is the sum of those of its units, where all its units are given.

    Money from the budget is given to each unit once, so it simply adds up. What units pay each other
    (上缴上级、对附属单位补助 and the matching income) is income and spending of both and none of the department: of
    figures that hold such money the department may print less than the sum, by at most that much. Where it prints
    less than the sum and more than the sum without all of it, some of it may go to others, and nothing is decided.
    """
    for department in departments(many):
        members = {body_name(m.name) + ("*" if m.itself else "") for m in department.disclosure.organization.members}
        units = units_of(many, department)
        if not members:
            yield not_tested(department.disclosure.organization.name, "members-unknown")
            continue
        if len(units) < len(members):
            yield not_tested(department.disclosure.organization.name, "units-missing")
            continue
        for at, fact in department.facts.items():
            if (at.year, at.stage) == (department.disclosure.year, department.disclosure.stage) and _comparable(fact):
                for witness, own in _told(department, fact):
                    yield _sum(department, units, fact.at, witness, own)


def _told(department: Context, fact: Fact) -> Iterator[tuple[Witness, Known]]:
    """Yield what the department says of a fact: once where its tables agree, and else for each that differs."""
    printed: dict[Amount, Witness] = {}
    for witness in fact.witnesses:
        if witness.via is Via.TABLE:
            printed.setdefault(witness.amount, witness)
    if meet(map(known, printed)) is not None:
        yield fact.witnesses[0], fact_known(department, fact)
    else:
        yield from ((witness, known(amount)) for amount, witness in printed.items())


def _sum(department: Context, units: Sequence[Context], at: Coordinate, witness: Witness, own: Known) -> Outcome:
    subject = f"{department.disclosure.organization.name} {fact_words(department, at)}"
    total = witness_operand(witness, at, "total")
    parts = [settled(unit, at) for unit in units]
    shown = [witness_operand(u.facts[at].witnesses[0], at, "part") for u in units if at in u.facts]
    values = [part for part in parts if part is not None]
    if len(values) < len(parts):
        return not_tested(subject, "not-there", total, *shown)
    inner = _transfers(units, at)
    grade = grade_sum(own, values)
    if inner.high and grade.verdict is Verdict.VIOLATED:
        without = grade_sum(own, [*values, inner], [*[1] * len(values), -1])
        between = grade_sum(own, [*values, Known(0, -inner.high, 0)])
        held = without.verdict is not Verdict.VIOLATED
        grade = without if held else between if between.verdict is Verdict.VIOLATED else Grade(Verdict.UNDECIDED)
    relation = sum_words(total.printed, [o.printed for o in shown], sign_words(grade.verdict))
    return in_money(
        grade,
        usual_unit(department),
        subject=subject,
        operands=(total, *shown),
        relation=relation + (" - 单位间往来" if inner.high else ""),
        reason="inner-transfers" if grade.verdict is Verdict.UNDECIDED else "",
    )


@rule_across(
    "documents.unit-within",
    zh="单位的财政拨款数不大于所属部门的数",
    en="What a unit has from the budget is within what its department has",
    basis="预算法实施条例第五条：部门预算包括本级和所属各单位的全部收支",
    holds="""
        department budget 2024
        of 某市某局
        members 某市某局（本级）、某中心
        [5 general_expenditure]
        科目 | 合计
        合计 | 6.00
        ===
        unit budget 2024
        of 某中心
        [5 general_expenditure]
        科目 | 合计
        合计 | 2.00
        """,
    breaks="""
        department budget 2024
        of 某市某局
        members 某市某局（本级）、某中心
        [5 general_expenditure]
        科目 | 合计
        合计 | 6.00
        ===
        unit budget 2024
        of 某中心
        [5 general_expenditure]
        科目 | 合计
        合计 | 20.00
        """,
)
def unit_within(many: Many) -> Iterator[Outcome]:
    """No figure of a unit that is money from the budget is larger than the same figure of its department.

    Where all units are given, their sum is compared instead. Money of units' own may flow between them and is left out;
    so are negative amounts, which take away.
    """
    for department in departments(many):
        units = units_of(many, department)
        if len(units) >= len(department.disclosure.organization.members) > 0:
            continue  # documents.department-sum compares their sum
        for unit in units:
            for at, fact in unit.facts.items():
                whole = department.facts.get(at)
                if whole is not None and _comparable(fact) and _comparable(whole) and _is_fiscal(at):
                    part, limit = fact_known(unit, fact), fact_known(department, whole)
                    if part.value >= 0 and limit.value >= 0:
                        yield _pair(unit, fact, whole, grade_at_most(part, limit))


def _pair(ctx: Context, fact: Fact, whole: Fact, grade: Grade, *, same: bool = False) -> Outcome:
    operands: tuple[Operand, ...] = (
        witness_operand(fact.witnesses[0], fact.at, "part"),
        witness_operand(whole.witnesses[0], whole.at, "whole"),
    )
    sign = sign_words(grade.verdict) if same else limit_words(grade.verdict)
    return in_money(
        grade,
        usual_unit(ctx),
        subject=f"{ctx.disclosure.organization.name} {fact_words(ctx, fact.at)}",
        operands=operands,
        relation=f"{operands[0].printed} {sign} {operands[1].printed}",
    )


@rule_across(
    "documents.entity-lines",
    zh="部门表中某单位的一行与该单位自己的公开文件一致",
    en="The line of a unit in its department's table is what the unit publishes",
    basis="预算法实施条例第五条、第六条：部门、单位预算分别公开",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        department budget 2024
        of 某市某局
        [7 three_public]
        单位 | 接待 = reception
        @某中心 | 2.40
        ===
        unit budget 2024
        of 某中心
        parent 某市某局
        [7 three_public]
        单位 | 接待 = reception
        合计 | 2.40
        """,
    breaks="""
        department budget 2024
        of 某市某局
        [7 three_public]
        单位 | 接待 = reception
        @某中心 | 2.40
        ===
        unit budget 2024
        of 某中心
        parent 某市某局
        [7 three_public]
        单位 | 接待 = reception
        合计 | 4.20
        """,
)
def entity_lines(many: Many) -> Iterator[Outcome]:
    """A table that lists bodies prints for each of them what that body prints for itself.

    A unit that has moved to another department in between publishes other figures, so a difference is a warning.
    """
    for department in departments(many):
        units = {body_name(u.disclosure.organization.name): u for u in units_of(many, department)}
        for at, fact in department.facts.items():
            unit = units.get(body_name(at.entity)) if at.entity else None
            own = unit.facts.get(attrs.evolve(at, entity="")) if unit is not None else None
            if unit is not None and own is not None:
                grade = grade_same([fact_known(department, fact), fact_known(unit, own)])
                yield _pair(unit, own, fact, grade, same=True)


@rule_across(
    "documents.versions",
    zh="同一单位同一年度的两份文件数字一致",
    en="Two documents of one body, year and stage print the same numbers",
    basis="预算法第十四条：公开的预算应当真实、完整",
    severity=Severity.WARNING,
    holds="""
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        合计 | 6.00
        ===
        unit budget 2024
        [5 general_expenditure 元]
        科目 | 合计
        合计 | 60,000.00
        """,
    breaks="""
        unit budget 2024
        [5 general_expenditure]
        科目 | 合计
        合计 | 6.00
        ===
        unit budget 2024
        [5 general_expenditure 元]
        科目 | 合计
        合计 | 66,000.00
        """,
)
def versions(many: Many) -> Iterator[Outcome]:
    """Where two documents of one body are of one year and stage, every fact that both print is one number.

    A document published again after a correction differs on purpose; then the older one should not stand any more.
    """
    for index, ctx in enumerate(many.contexts):
        for other in many.contexts[index + 1 :]:
            own, theirs = ctx.disclosure, other.disclosure
            if not same_body(own, theirs) or (own.year, own.stage) != (theirs.year, theirs.stage):
                continue
            for at, fact in ctx.facts.items():
                again = other.facts.get(at)
                if again is not None:
                    grade = grade_same([fact_known(ctx, fact), fact_known(other, again)])
                    yield _pair(ctx, fact, again, grade, same=True)


RULES: tuple[Rule, ...] = (department_sum, unit_within, entity_lines, versions)
