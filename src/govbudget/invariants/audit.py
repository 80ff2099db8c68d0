"""Run rules over a disclosure and gather what they compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from govbudget.consistency import Verdict
from govbudget.invariants.catalogue import CATALOGUE
from govbudget.invariants.context import Context, context, located
from govbudget.invariants.diagnosis import Diagnosis, diagnose
from govbudget.invariants.findings import findings
from govbudget.invariants.modes import CutOff, cut_off_tables, with_modes
from govbudget.invariants.rule import Comparison, Outcome, Rule, compared_by, not_tested
from govbudget.invariants.surroundings import surroundings
from govbudget.invariants.trust import trusted
from govbudget.model import Disclosure, Figure, Finding, Severity, place_of
from govbudget.money import Amount
from govbudget.place import Place


@attrs.frozen(kw_only=True)
class AuditReport:
    """Everything an audit looked at.

    Attributes:
        disclosure: the disclosure.
        rules: the rules that were run.
        comparisons: what they compared, in the order of the catalogue and the document.
        findings: what is wrong: one for each figure probably wrong, with all the comparisons it spoils, and one for
            each violated comparison that no such figure explains.
        diagnosis: what all sums together say, ``None`` where it was not asked for.
        cut_off: tables whose digits were cut off instead of rounded, as their own sums show; they are graded so.
    """

    disclosure: Disclosure
    rules: tuple[Rule, ...]
    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    diagnosis: Diagnosis | None = None
    cut_off: tuple[CutOff, ...] = ()


TRUNCATION = "consistency.truncation"
"""Code of the finding that a table cuts digits off instead of rounding them."""


def audit(disclosure: Disclosure, *, rules: Sequence[Rule] = CATALOGUE, diagnosis: bool = True) -> AuditReport:
    """Audit a disclosure: run ``rules`` and report what each of them compared.

    Needs no document: a model that any converter built will do. Silence is never a pass: what could not be looked
    at is a comparison of its own, *not tested*, with the reason.

    Args:
        disclosure: the disclosure.
        rules: the rules to run, by default all of :data:`govbudget.invariants.CATALOGUE`.
        diagnosis: whether to decide all sums together and to name the figures probably wrong; without it every
            violated comparison is a finding.

    Returns:
        The comparisons with their verdicts, and a finding for each that is violated. The order is that of the rules
        and of the document; two audits of one disclosure are equal.
    """
    gathered, comparisons = _compared(disclosure, rules)
    cut = cut_off_tables(disclosure, comparisons)
    if cut:
        gathered, comparisons = _compared(with_modes(disclosure, cut), rules)
    severity = {rule.id: rule.severity for rule in rules}
    found = diagnose(comparisons, lambda: surroundings(gathered)) if diagnosis else None
    return AuditReport(
        disclosure=disclosure,
        rules=tuple(rules),
        comparisons=comparisons,
        findings=(*findings(gathered, comparisons, severity, found), *_truncation(disclosure, cut)),
        diagnosis=found,
        cut_off=cut,
    )


def _compared(disclosure: Disclosure, rules: Sequence[Rule]) -> tuple[Context, tuple[Comparison, ...]]:
    gathered = context(disclosure)
    compared = tuple(compared_by(rule, outcome) for rule in rules for outcome in _outcomes(rule, gathered))
    return gathered, trusted(gathered, compared)


def _outcomes(rule: Rule, ctx: Context) -> Iterator[Outcome]:
    if rule.check is None:
        return  # a rule across documents
    reason = rule.applies(ctx) if rule.applies is not None else ""
    if reason:
        yield not_tested(rule.title_zh, reason)
    else:
        yield from rule.check(ctx)


def _truncation(disclosure: Disclosure, cut: Sequence[CutOff]) -> Iterator[Finding]:
    if cut:
        tables = [disclosure.tables[each.table] for each in cut]
        names = "、".join(f"表{table.number}" for table in tables)
        data = (("subject", names), ("sums", str(sum(each.sums for each in cut))))
        yield Finding(code=TRUNCATION, severity=Severity.INFO, places=tuple(t.place for t in tables), data=data)


def verdict_counts(report: AuditReport) -> Mapping[Verdict, int]:
    """Return how many comparisons came to each verdict, all five of them, in their order."""
    return {verdict: sum(c.verdict is verdict for c in report.comparisons) for verdict in Verdict}


def tied_figures(report: AuditReport) -> tuple[tuple[Figure, Place, int], ...]:
    """Return every printed table figure with its place and the number of comparisons that tested it.

    A figure with 0 is tied to nothing: an error in it cannot be noticed.
    """
    tested = [c for c in report.comparisons if c.verdict is not Verdict.NOT_TESTED]
    counts: dict[Place, int] = {}
    for comparison in tested:
        for place in {operand.place for operand in comparison.operands}:
            counts[place] = counts.get(place, 0) + 1
    ctx: Context = context(report.disclosure)
    found = []
    for figures in ctx.figures.values():
        for figure in figures:
            if isinstance(figure.cell, Amount):
                table, lane, line, _ = located(ctx, figure)
                place = place_of(table, lane, line, figure.column)
                found.append((figure, place, counts.get(place, 0)))
    return tuple(found)
