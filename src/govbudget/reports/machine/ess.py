"""The validation report of the European Statistical System (ESSnet ValiDat Integration, version 1.0.0), as a mapping.

The report is a list of *validation result* objects: each has an event (when, by whom), a rule (language, expression,
severity, description), the data it was applied to (source, target, description) and a value: "0" for an error found,
"1" for a rule that holds, "NA" where it could not be evaluated. Every comparison becomes one. Sources and targets are
lists of texts, as the released version has it; the draft after it (1.0.1 alpha) wants lists of keys instead. What we
say besides (the id of a rule, what a comparison came to) stands in members that the schema leaves free.
"""

from __future__ import annotations

import datetime
from typing import Any

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, Comparison, Rule
from govbudget.model import Severity
from govbudget.place import Place
from govbudget.reports.machine.checked import Checked, tool_version
from govbudget.reports.words import Lang, reason

_VALUE = {
    Verdict.EXACT: "1",
    Verdict.ROUNDING: "1",
    Verdict.VIOLATED: "0",
    Verdict.UNDECIDED: "NA",
    Verdict.NOT_TESTED: "NA",
}
_SEVERITY = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "information",
    Severity.INFO: "information",
}


def ess_report(
    checked: Checked, lang: Lang = "zh", *, when: datetime.datetime | None = None, actor: str = "govbudget"
) -> list[dict[str, Any]]:
    """Return a check in the structure of the ESS validation report.

    Args:
        checked: the check.
        lang: language of descriptions.
        when: the time of the event, by default now; an aware time.
        actor: who validated.
    """
    moment = (when or datetime.datetime.now(datetime.UTC)).isoformat(timespec="seconds")
    report = checked.report
    rules = {rule.id: rule for rule in report.rules}
    event = {"time": moment, "actor": actor, "agent": f"govbudget {tool_version()}", "trigger": "audit"}
    return [
        {
            "id": f"{number}",
            "type": "validation",
            "event": event,
            "rule": _rule(rules[comparison.rule], lang),
            "data": _data(comparison, report),
            "value": _VALUE[comparison.verdict],
            "status": reason(comparison.reason, lang, report.rules) if comparison.reason else comparison.verdict.value,
        }
        for number, comparison in enumerate(report.comparisons, 1)
    ]


def _rule(rule: Rule, lang: Lang) -> dict[str, Any]:
    return {
        "id": rule.id,
        "language": "govbudget",
        "expression": rule.doc.partition("\n")[0],
        "severity": _SEVERITY[rule.severity],
        "description": rule.title_zh if lang == "zh" else rule.title_en,
        "version": rule.since,
        "status": "pass",
    }


def _data(comparison: Comparison, report: AuditReport) -> dict[str, Any]:
    source = dict.fromkeys(o.place.document for o in comparison.operands if o.place.document)
    return {
        "source": list(source) or [d.source for d in report.disclosures if d.source],
        "target": [_target(operand.place, operand.printed) for operand in comparison.operands],
        "description": f"{comparison.subject}：{comparison.relation}" if comparison.relation else comparison.subject,
        "cardinality": len(comparison.operands),
    }


def _target(place: Place, printed: str) -> str:
    """The key of a data point: document, table or section, row and column, and what is printed there."""
    where = f"{place.row or ''}:{place.column or ''}" if place.table is not None else f"{place.line or ''}"
    return "|".join((place.document, str(place.table or place.section or ""), where, printed))
