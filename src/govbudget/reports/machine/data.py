"""A check as plain data, for ``--format json``; ``check.schema.json`` says what it holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from govbudget.consistency import Combination, Verdict
from govbudget.invariants import AuditReport, Comparison, Operand, Proof, Rule, Suspect, coverage, verdict_counts
from govbudget.place import Place
from govbudget.reports.machine.checked import Checked, Found, findings_of, tool_version
from govbudget.reports.words import Lang, message, reason, title

FORMAT = "urn:govbudget:check:1"
"""What the data calls itself; the same as ``$id`` of its schema."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of :func:`check_data`."""
    text = (resources.files("govbudget.reports.machine") / "check.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def check_data(checked: Checked, lang: Lang = "zh") -> dict[str, Any]:
    """Return a check as dicts, lists, strings and ints.

    Every comparison that is not exact is listed with its operands; exact ones are counted.
    """
    report = checked.report
    parts = report.parts or (report,)
    found = list(findings_of(checked))
    alone = sum(len(part.comparisons) for part in parts)
    return {
        "format": FORMAT,
        "tool": {"name": "govbudget", "version": tool_version()},
        "documents": [
            _document(part, [f for f in found if f.number == number], report.rules, lang)
            for number, part in enumerate(parts)
        ],
        "across": {
            "findings": [_finding(f, report.rules, lang) for f in found if f.number is None],
            "comparisons": [
                _comparison(c, report.rules, lang)
                for c in (report.comparisons[alone:] if report.parts else ())
                if c.verdict is not Verdict.EXACT
            ],
        },
        "rules": [_rule(rule) for rule in report.rules],
    }


def _document(part: AuditReport, found: Sequence[Found], rules: Sequence[Rule], lang: Lang) -> dict[str, Any]:
    body = part.disclosure
    covered = coverage(part)
    return {
        "source": body.source,
        "organization": body.organization.name,
        "year": body.year,
        "stage": body.stage.value,
        "scope": body.scope.value,
        "layout": body.layout,
        "verdicts": {verdict.value: count for verdict, count in verdict_counts(part).items()},
        "together": part.diagnosis.verdict.value if part.diagnosis else None,
        "coverage": {
            "figures": len(covered.figures),
            "compared": len(covered.compared),
            "uncompared": [
                {"name": f.name, "printed": f.printed, "place": place_data(f.place)} for f in covered.uncompared
            ],
        },
        "findings": [_finding(f, rules, lang) for f in found if not f.waiver],
        "waived": [{**_finding(f, rules, lang), "reason": f.waiver} for f in found if f.waiver],
        "suspects": [_suspect(s) for s in (part.diagnosis.suspects if part.diagnosis else ())],
        "proofs": [_proof(p) for p in (part.diagnosis.proofs if part.diagnosis else ())],
        "comparisons": [_comparison(c, rules, lang) for c in part.comparisons if c.verdict is not Verdict.EXACT],
    }


def _finding(found: Found, rules: Sequence[Rule], lang: Lang) -> dict[str, Any]:
    finding = found.finding
    return {
        "id": found.id,
        "code": finding.code,
        "title": title(finding.code, lang, rules),
        "severity": finding.severity.value,
        "certainty": found.rule.certainty.value if found.rule else None,
        "message": message(finding, lang, rules),
        "data": dict(finding.data),
        "places": [place_data(place) for place in finding.places],
    }


def _comparison(c: Comparison, rules: Sequence[Rule], lang: Lang) -> dict[str, Any]:
    return {
        "rule": c.rule,
        "verdict": c.verdict.value,
        "subject": c.subject,
        "relation": c.relation,
        "gap": c.gap,
        "difference": c.difference,
        "reason": reason(c.reason, lang, rules) if c.reason else "",
        "operands": [_operand(o) for o in c.operands],
    }


def _operand(o: Operand) -> dict[str, Any]:
    return {"role": o.role, "printed": o.printed, "place": place_data(o.place)}


def _suspect(suspect: Suspect) -> dict[str, Any]:
    return {
        "standing": suspect.standing.value,
        "scope": suspect.scope.value,
        "printed": suspect.operand.printed,
        "proposal": suspect.proposal,
        "slip": suspect.slip,
        "evidence": suspect.evidence,
        "places": [place_data(o.place) for o in suspect.operands or (suspect.operand,)],
    }


def _proof(proof: Proof) -> dict[str, Any]:
    """The certificate with everything a reader needs to add it up: figures with their ranges in 分, relations, factors.

    A proof that splits a figure into halves is told by its figures and relations; its factors are left empty.
    """
    certificate, system = proof.certificate, proof.system
    linear = isinstance(certificate.proof, Combination)
    return {
        "kind": certificate.kind.value,
        "gap": certificate.gap,
        "irreducible": certificate.irreducible,
        "figures": [
            {"figure": figure, "low": system.lows[figure], "high": system.highs[figure], "place": place_data(place)}
            for figure, place in zip(sorted(certificate.figures), proof.places, strict=True)
        ],
        "relations": [
            {
                "plus": list(system.plan.relations[number].plus),
                "minus": list(system.plan.relations[number].minus),
                "at_most": system.plan.relations[number].at_most,
                "factor": certificate.multipliers.get(number, 0) if linear else None,
            }
            for number in certificate.relations
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "certainty": rule.certainty.value,
        "title": {"zh": rule.title_zh, "en": rule.title_en},
        "basis": rule.basis,
        "since": rule.since,
        "source": rule.source,
    }


def place_data(place: Place) -> dict[str, Any]:
    """Return what is known of a place."""
    names = ("document", "page", "section", "table", "row", "column", "line", "span")
    known = {name: getattr(place, name) for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in known.items() if value}
