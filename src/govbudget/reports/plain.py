"""A check as plain data, for ``--format json`` and for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, verdict_counts
from govbudget.model import Finding
from govbudget.place import Place
from govbudget.reports.words import Lang, message, reason


def check_data(report: AuditReport, reading: Sequence[Finding], lang: Lang = "zh") -> dict[str, Any]:
    """Return a check as dicts, lists, strings and ints.

    Every comparison that is not exact is listed with its operands; exact ones are counted.
    """
    body = report.disclosure
    return {
        "source": body.source,
        "organization": body.organization.name,
        "year": body.year,
        "layout": body.layout,
        "verdicts": {verdict.value: count for verdict, count in verdict_counts(report).items()},
        "together": report.diagnosis.verdict.value if report.diagnosis else None,
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "message": message(finding, lang, report.rules),
                "data": dict(finding.data),
                "places": [place_data(place) for place in finding.places],
            }
            for finding in (*reading, *report.findings)
        ],
        "comparisons": [
            {
                "rule": c.rule,
                "verdict": c.verdict.value,
                "subject": c.subject,
                "relation": c.relation,
                "gap": c.gap,
                "difference": c.difference,
                "reason": reason(c.reason, lang, report.rules) if c.reason else "",
                "operands": [{"role": o.role, "printed": o.printed, "place": place_data(o.place)} for o in c.operands],
            }
            for c in report.comparisons
            if c.verdict is not Verdict.EXACT
        ],
    }


def place_data(place: Place) -> dict[str, Any]:
    """Return what is known of a place."""
    names = ("document", "page", "section", "table", "row", "column", "line", "span")
    known = {name: getattr(place, name) for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in known.items() if value}
