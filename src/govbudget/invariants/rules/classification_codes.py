"""Codes against the editions: in use in the year, and known at all."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.classification import Standing
from govbudget.classification.history import told
from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.naming import (
    BASIS,
    FOREIGN,
    MISSING,
    SAME,
    UNVERIFIED,
    standings,
)
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.subjects import code_years
from govbudget.model import Certainty, Severity


@rule(
    "classification.withdrawn-code",
    zh="编码在当年科目中有效",
    en="Codes are in use in the year",
    basis=BASIS,
    says=("{subject}使用了已停用的编码：{relation}", "{subject} uses codes that were given up: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    reasons=[UNVERIFIED],
    holds="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30112 其他社会保障缴费 | 1.00
        """,
    breaks="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30104 其他社会保障缴费 | 1.00
        """,
    untested="""
        unit budget 2024
        [6 general_basic]
        科目 | 合计
        30210 交通费 | 1.00
        """,
)
def withdrawn_code(ctx: Context) -> Iterator[Outcome]:
    """A code that was withdrawn, moved or merged before the year is not printed any more.

    30104 其他社会保障缴费 is 30112 since 2018. Only changes that documents show count; of a code that the edition
    lacks without such a change nothing can be said.
    """
    for each, standing in standings(ctx):
        if standing != MISSING:
            continue
        year = ctx.disclosure.year
        gone = [
            change
            for change in told(each.scheme)
            if change.old == each.code and change.new != each.code and change.year <= year
        ]
        if gone and gone[-1].standing is Standing.ATTESTED:
            now = f"{gone[-1].new} {gone[-1].new_name}".strip() if gone[-1].new else "—"
            yield Outcome(
                grade=Grade(Verdict.VIOLATED),
                subject=f"表{each.table.number}" if each.table.number is not None else each.table.title,
                operands=(each.operand(),),
                relation=f"{each.label} → {now}（{gone[-1].year}）",
            )
        elif code_years(each):
            yield not_tested(each.label, "unverified", each.operand())
    sure = [each for each, standing in standings(ctx) if standing == SAME]
    if sure:
        yield held("科目编码", sure[0].place, sure[0].label, f"{len(sure)} 行")


@rule(
    "classification.unknown-code",
    zh="编码见于已知的科目",
    en="Codes are known from some edition",
    basis=BASIS,
    says=("现有各年科目中没有这个编码：{relation}", "no edition at hand has this code: {relation}"),
    severity=Severity.INFO,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2010301 行政运行 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2010377 专项业务 | 1.00
        """,
)
def unknown_code(ctx: Context) -> Iterator[Outcome]:
    """A code that no edition at hand holds is told, once for each subject.

    The editions at hand may lack rows, and places add subjects of their own: the code may be right, and its figures
    will not be found under any name.
    """
    seen: set[str] = set()
    known = 0
    first = None
    for each, standing in standings(ctx):
        if standing == FOREIGN:
            continue  # classification.list tells of it
        if standing != MISSING:
            known, first = known + 1, first or each
        elif each.code not in seen and not code_years(each):
            seen.add(each.code)
            yield Outcome(
                grade=Grade(Verdict.VIOLATED), subject=each.name, operands=(each.operand(),), relation=each.label
            )
    if first is not None:
        yield held("科目编码", first.place, first.label, f"{known} 行")


RULES: tuple[Rule, ...] = (
    withdrawn_code,
    unknown_code,
)
