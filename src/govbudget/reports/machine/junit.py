"""JUnit XML: what continuous integration shows as tests. A rule is a test case, a document a test suite."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # written here, never parsed
from collections.abc import Sequence

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, Comparison
from govbudget.model import Severity
from govbudget.reports.machine.checked import Checked, Found, findings_of
from govbudget.reports.words import Lang, message, place_words, reason, title

_FAILS = (Severity.ERROR, Severity.WARNING)


def junit(checked: Checked, lang: Lang = "zh") -> str:
    """Return a check as JUnit XML.

    A rule fails with its findings that are errors or warnings, is skipped where it compared nothing (with the reasons),
    and passes otherwise. What a figure spoils under several rules fails the rule that the finding is attributed to.
    """
    report = checked.report
    found = [one for one in findings_of(checked) if not one.waiver]
    parts = report.parts or (report,)
    root = ET.Element("testsuites", name="govbudget")
    for number, part in enumerate(parts):
        own = [one for one in found if one.number == number]
        name = part.disclosure.source or f"{part.disclosure.organization.name} {part.disclosure.year}"
        _suite(root, name, part.comparisons, own, report, lang, across=False)
    if report.parts:
        alone = sum(len(part.comparisons) for part in parts)
        own = [one for one in found if one.number is None]
        _suite(root, "across documents", report.comparisons[alone:], own, report, lang, across=True)
    for key in ("tests", "failures", "errors"):  # a sum of what was skipped is known to suites only
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(
    root: ET.Element,
    name: str,
    comparisons: Sequence[Comparison],
    found: Sequence[Found],
    report: AuditReport,
    lang: Lang,
    *,
    across: bool,
) -> None:
    suite = ET.SubElement(root, "testsuite", name=_clean(name), errors="0")
    failures = skipped = 0
    known = [rule.id for rule in report.rules if (rule.across is not None) is across]
    codes = dict.fromkeys([*known, *(one.finding.code for one in found)])
    for code in codes:
        group = code.partition(".")[0]
        case = ET.SubElement(suite, "testcase", name=f"{code} {title(code, lang, report.rules)}", classname=group)
        own = [one for one in found if one.finding.code == code]
        failing = [one for one in own if one.finding.severity in _FAILS]
        looked = [c for c in comparisons if c.rule == code]
        if failing:
            failures += 1
            for one in failing:
                text = message(one.finding, lang, report.rules)
                failure = ET.SubElement(case, "failure", message=_clean(text), type=one.finding.severity.value)
                failure.text = _clean("\n".join([one.id, *(place_words(p, lang) for p in one.finding.places)]))
        elif looked and all(c.verdict is Verdict.NOT_TESTED for c in looked):
            skipped += 1
            why = dict.fromkeys(reason(c.reason, lang, report.rules) for c in looked)
            ET.SubElement(case, "skipped", message=_clean("；".join(why)))
        elif not looked and not own and code in known:
            skipped += 1
            nothing = "文件中没有本规则涉及的内容" if lang == "zh" else "nothing there is what the rule is about"
            ET.SubElement(case, "skipped", message=nothing)
    suite.set("tests", str(len(codes)))
    suite.set("failures", str(failures))
    suite.set("skipped", str(skipped))


def _clean(text: str) -> str:
    """XML 1.0 has no control characters, nor halves of surrogate pairs."""
    return re.sub("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
