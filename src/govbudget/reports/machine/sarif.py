"""SARIF 2.1.0 (OASIS, 2020): what code scanners and the platforms around them read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from govbudget.invariants import Rule
from govbudget.model import Finding, Severity
from govbudget.place import Place
from govbudget.reports.machine.checked import Checked, Found, findings_of, tool_version
from govbudget.reports.words import Lang, message, place_words, title

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_TEXTS = (".md", ".txt", ".csv", ".tsv")
"""Formats whose lines and characters are those of the file; of others a region would point nowhere."""

_LEVEL: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "note",
    Severity.INFO: "note",
}


def sarif(checked: Checked, lang: Lang = "zh") -> dict[str, Any]:
    """Return a check as a SARIF log with one run.

    A place of a table is a logical location (表3 第5行第2列); where the source is text, the physical location has its
    line and characters. ``partialFingerprints`` carries the content-addressed id of the finding, so that a platform
    knows it again. What a waiver lets stand is suppressed, with its reason.
    """
    found = list(findings_of(checked))
    rules: dict[str, Rule | None] = {rule.id: rule for rule in checked.report.rules}
    for one in found:
        rules.setdefault(one.finding.code, one.rule)
    index = {id: number for number, id in enumerate(rules)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "govbudget",
                        "version": tool_version(),
                        "language": "zh-CN" if lang == "zh" else "en-US",
                        "rules": [_descriptor(id, rule, lang) for id, rule in rules.items()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder that the documents lie in."}}},
                "artifacts": [
                    {"location": _artifact(disclosure.source)}
                    for disclosure in checked.report.disclosures
                    if disclosure.source
                ],
                "results": [_result(one, index, checked, lang) for one in found],
            }
        ],
    }


def _descriptor(id: str, rule: Rule | None, lang: Lang) -> dict[str, Any]:
    if rule is None:
        return {"id": id}
    return {
        "id": id,
        "name": "".join(part.capitalize() for part in id.replace(".", "-").split("-")),
        "shortDescription": {"text": rule.title_zh if lang == "zh" else rule.title_en},
        "fullDescription": {"text": rule.doc},
        "help": {"text": rule.basis},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {"certainty": rule.certainty.value, "severity": rule.severity.value, "tags": [rule.group]},
    }


def _result(one: Found, index: Mapping[str, int], checked: Checked, lang: Lang) -> dict[str, Any]:
    finding = one.finding
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVEL[finding.severity],
        "kind": "informational" if finding.severity is Severity.INFO else "fail",
        "message": {"text": message(finding, lang, checked.report.rules)},
        "partialFingerprints": {"govbudget/v1": one.id},
        "properties": {"title": title(finding.code, lang, checked.report.rules)},
    }
    if finding.severity is Severity.INFO:
        result["level"] = "none"  # the standard wants it beside every kind but "fail"
    source = one.disclosure.source if one.disclosure else ""
    places = _locations(finding, source, lang)
    if places:
        result["locations"] = places[:1]
    if places[1:]:
        result["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(places[1:])]
    if one.waiver:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": one.waiver}]
    return result


def _locations(finding: Finding, source: str, lang: Lang) -> list[dict[str, Any]]:
    found = []
    for place in finding.places or (Place(document=source),):
        location: dict[str, Any] = {}
        document = place.document or source
        if document:
            location["physicalLocation"] = {"artifactLocation": _artifact(document)}
            region = _region(place) if document.lower().endswith(_TEXTS) else None
            if region:
                location["physicalLocation"]["region"] = region
        words = place_words(place, lang)
        if words:
            location["logicalLocations"] = [
                {"fullyQualifiedName": words, "kind": "table" if place.table else "section"}
            ]
        if location and location not in found:
            found.append(location)
    return found


def _region(place: Place) -> dict[str, int]:
    region: dict[str, int] = {}
    if place.line is not None:
        region["startLine"] = place.line
    if place.span is not None:
        region |= {"charOffset": place.span[0], "charLength": place.span[1] - place.span[0]}
    return region


def _artifact(name: str) -> dict[str, str]:
    return {"uri": quote(name.replace("\\", "/")), "uriBaseId": "SRCROOT"}
