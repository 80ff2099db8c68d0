"""Run rules over a disclosure, or over several at once, and gather what they compared."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import attrs

from govbudget.consistency import Verdict
from govbudget.errors import GovBudgetError
from govbudget.invariants.catalogue import CATALOGUE
from govbudget.invariants.causes import with_causes
from govbudget.invariants.context import Context, context, once
from govbudget.invariants.diagnosis import Diagnosis, diagnose
from govbudget.invariants.echoes import together
from govbudget.invariants.findings import findings
from govbudget.invariants.joint import joint
from govbudget.invariants.many import Many
from govbudget.invariants.modes import CutOff, cut_off_tables, with_modes, with_sentences
from govbudget.invariants.rule import Comparison, Rule, compared, compared_by
from govbudget.invariants.surroundings import surroundings
from govbudget.invariants.trust import trusted
from govbudget.invariants.waivers import Waived, Waiver, apply_waivers, waiver_findings
from govbudget.model import Disclosure, Finding, Severity


@attrs.frozen(kw_only=True)
class AuditReport:
    """Everything an audit looked at.

    Attributes:
        disclosures: the disclosures, one or several.
        rules: the rules that were run.
        comparisons: what they compared, in the order of the catalogue and the document.
        findings: what is wrong: one for each figure probably wrong, with all the comparisons it spoils, and one for
            each violated comparison that no such figure explains.
        diagnosis: what all sums together say, ``None`` where it was not asked for, and for several disclosures.
        cut_off: tables whose digits were cut off instead of rounded, as their own sums show; they are graded so.
        waived: findings that a waiver lets stand; they are not among ``findings`` and ``remarks``.
        remarks: what the reader had to say, as far as no waiver lets it stand; empty where the audit was not given it.
        parts: for several disclosures the report on each, in the order given; what rules across documents compared
            stands behind theirs.
    """

    disclosures: tuple[Disclosure, ...]
    rules: tuple[Rule, ...]
    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    diagnosis: Diagnosis | None = None
    cut_off: tuple[CutOff, ...] = ()
    waived: tuple[Waived, ...] = ()
    remarks: tuple[Finding, ...] = ()
    parts: tuple[AuditReport, ...] = ()

    @property
    def disclosure(self) -> Disclosure:
        """The disclosure; the first of several."""
        return self.disclosures[0]


TRUNCATION = "consistency.truncation"
"""Code of the finding that a table cuts digits off instead of rounding them."""


def audit(
    disclosures: Disclosure | Sequence[Disclosure],
    *,
    rules: Sequence[Rule] = CATALOGUE,
    diagnosis: bool = True,
    waivers: Sequence[Waiver] = (),
    remarks: Sequence[Sequence[Finding]] = (),
    today: datetime.date | None = None,
) -> AuditReport:
    """Audit a disclosure, or several together: run ``rules`` and report what each of them compared.

    Needs no document: a model that any converter built will do. Silence is never a pass: what could not be looked
    at is a comparison of its own, *not tested*, with the reason. Rules across documents run where several are given.

    Args:
        disclosures: the disclosure, or several of them: years of a body, its budget and accounts, a department and
            its units.
        rules: the rules to run, by default all of :data:`govbudget.invariants.CATALOGUE`.
        diagnosis: whether to decide all sums together and to name the figures probably wrong; without it every
            violated comparison is a finding.
        waivers: leave to findings to stand, and to remarks of the reader.
        remarks: for each disclosure what its reader remarked (:attr:`govbudget.reading.Reading.findings`). The audit
            hands it on as it is; it is given so that waivers can let it stand too.
        today: the day on which waivers must hold, by default today; nothing else depends on it.

    Returns:
        The comparisons with their verdicts, and a finding for each that is violated. The order is that of the rules
        and of the documents; two audits of the same are equal.

    Raises:
        GovBudgetError: no disclosure is given, two rules have one id, or remarks are given of some disclosures only.
    """
    given = (disclosures,) if isinstance(disclosures, Disclosure) else tuple(disclosures)
    if not given:
        raise GovBudgetError("there is nothing to audit", hint="give a disclosure or several")
    if remarks and len(remarks) != len(given):
        raise GovBudgetError(
            f"remarks of {len(remarks)} documents for {len(given)} disclosures",
            hint="give those of each, in their order",
        )
    ids = [rule.id for rule in rules]
    double = next((id for id in ids if ids.count(id) > 1), None) if len(set(ids)) < len(ids) else None
    if double is not None:
        raise GovBudgetError(f"there are two rules {double}", hint="give the rules of a pack ids of their own")
    looked = [_one(disclosure, rules, diagnosis=diagnosis) for disclosure in given]
    if remarks:
        looked = [(attrs.evolve(r, remarks=tuple(m)), ctx) for (r, ctx), m in zip(looked, remarks, strict=True)]
    day = today or datetime.date.today() if waivers else datetime.date.min  # noqa: DTZ011 - a day of the caller's
    if isinstance(disclosures, Disclosure):
        return _let_stand(looked[0][0], waivers, day, own=True)
    parts = tuple(_let_stand(report, waivers, day, own=False) for report, _ in looked)
    return _together(parts, Many(tuple(ctx for _, ctx in looked)), waivers, day)


def _one(disclosure: Disclosure, rules: Sequence[Rule], *, diagnosis: bool) -> tuple[AuditReport, Context]:
    gathered, comparisons = _compared(disclosure, rules)
    sums = joint(comparisons)
    cut = cut_off_tables(disclosure, comparisons, sums)
    if cut:
        gathered, comparisons = _cut_off(with_modes(disclosure, cut), rules)
        sums = joint(comparisons)
    severity = {rule.id: rule.severity for rule in rules}
    found = diagnose(comparisons, sums, lambda: once(gathered, surroundings)) if diagnosis else None
    if found is not None:
        found = with_causes(gathered, comparisons, rules, found)
    report = AuditReport(
        disclosures=(disclosure,),
        rules=tuple(rules),
        comparisons=comparisons,
        findings=(*together(findings(gathered, comparisons, severity, found), found), *_truncation(disclosure, cut)),
        diagnosis=found,
        cut_off=cut,
    )
    return report, gathered


def _let_stand(report: AuditReport, waivers: Sequence[Waiver], day: datetime.date, *, own: bool) -> AuditReport:
    """Take out what waivers let stand; ``own`` where the waivers are for this report alone."""
    if not waivers:
        return report
    parted = apply_waivers(report.findings, report.disclosure, waivers, day)
    read = apply_waivers(report.remarks, report.disclosure, waivers, day)
    told = waiver_findings(waivers, (*parted.used, *read.used), day) if own else ()
    return attrs.evolve(
        report, findings=(*parted.open, *told), remarks=read.open, waived=(*read.waived, *parted.waived)
    )


def _together(parts: tuple[AuditReport, ...], many: Many, waivers: Sequence[Waiver], day: datetime.date) -> AuditReport:
    rules = parts[0].rules
    across = tuple(
        compared_by(rule, outcome) for rule in rules if rule.across is not None for outcome in rule.across(many)
    )
    severity = {rule.id: rule.severity for rule in rules}
    parted = apply_waivers(findings(many.contexts[0], across, severity, None), None, waivers, day)
    waived = (*(one for part in parts for one in part.waived), *parted.waived)
    used = {one.waiver for one in waived}
    return AuditReport(
        disclosures=tuple(part.disclosure for part in parts),
        rules=rules,
        comparisons=(*(c for part in parts for c in part.comparisons), *across),
        findings=(
            *(finding for part in parts for finding in part.findings),
            *parted.open,
            *waiver_findings(waivers, used, day),
        ),
        waived=waived,
        remarks=tuple(remark for part in parts for remark in part.remarks),
        parts=parts,
    )


def _compared(disclosure: Disclosure, rules: Sequence[Rule]) -> tuple[Context, tuple[Comparison, ...]]:
    gathered = context(disclosure)
    return gathered, trusted(gathered, [c for rule in rules for c in compared(rule, gathered)])


def _cut_off(disclosure: Disclosure, rules: Sequence[Rule]) -> tuple[Context, tuple[Comparison, ...]]:
    """Compare where tables cut off; sentences are taken for cut off too where fewer comparisons fail so."""
    tables_only = _compared(disclosure, rules)
    if not any(_fails(c) and any(o.place.table is None for o in c.operands) for c in tables_only[1]):
        return tables_only
    other = _compared(with_sentences(disclosure), rules)
    return min(tables_only, other, key=lambda each: sum(map(_fails, each[1])))


def _fails(comparison: Comparison) -> bool:
    return comparison.verdict is Verdict.VIOLATED


def _truncation(disclosure: Disclosure, cut: Sequence[CutOff]) -> Iterator[Finding]:
    if cut:
        tables = [disclosure.tables[each.table] for each in cut]
        names = "、".join(f"表{table.number}" for table in tables)
        data = (("subject", names), ("sums", str(sum(each.sums for each in cut))))
        yield Finding(code=TRUNCATION, severity=Severity.INFO, places=tuple(t.place for t in tables), data=data)


def verdict_counts(report: AuditReport) -> Mapping[Verdict, int]:
    """Return how many comparisons came to each verdict, all five of them, in their order."""
    return {verdict: sum(c.verdict is verdict for c in report.comparisons) for verdict in Verdict}


def alarms(report: AuditReport) -> tuple[Finding, ...]:
    """Return the findings that tell of something wrong, or of something worth knowing: all but questions.

    What is only plausible (:attr:`~govbudget.model.Severity.HINT`) is held against what bodies of this kind usually
    print. Generated or made-up figures are out of the usual without being wrong, and so are some true ones, so rates of
    detection, tests that a disclosure is clean, and the exit status of a check count alarms only. To leave the rules
    out altogether, give ``rules=select(certainty=[Certainty.PROVED, Certainty.LIKELY])`` to :func:`audit`.
    """
    return tuple(finding for finding in report.findings if finding.severity is not Severity.HINT)


def rule_counts(report: AuditReport) -> Mapping[str, Mapping[Verdict, int]]:
    """Return the same rule by rule; a rule without a comparison found nothing in the document that it is about."""
    counts = {rule.id: dict.fromkeys(Verdict, 0) for rule in report.rules}
    for comparison in report.comparisons:
        counts[comparison.rule][comparison.verdict] += 1
    return counts
