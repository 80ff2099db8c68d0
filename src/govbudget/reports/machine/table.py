"""Findings as CSV, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from govbudget.reports.machine.checked import Checked, findings_of
from govbudget.reports.words import Lang, message, place_words, title

COLUMNS = (
    "id",
    "document",
    "organization",
    "year",
    "code",
    "title",
    "severity",
    "certainty",
    "message",
    "page",
    "table",
    "row",
    "column",
    "section",
    "place",
    "waiver",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_text(checked: Checked, lang: Lang = "zh") -> str:
    """Return the findings of a check as CSV with a head line, one finding a line.

    A cell that a spreadsheet would take for a formula is kept text by an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    rules = checked.report.rules
    for one in findings_of(checked):
        finding, own = one.finding, one.disclosure
        first = finding.places[0] if finding.places else None
        cells = (
            one.id,
            (first.document if first else "") or (own.source if own else ""),
            own.organization.name if own else "",
            own.year if own else "",
            finding.code,
            title(finding.code, lang, rules),
            finding.severity.value,
            one.rule.certainty.value if one.rule else "",
            message(finding, lang, rules),
            *((getattr(first, name) or "") if first else "" for name in ("page", "table", "row", "column", "section")),
            place_words(first, lang) if first else "",
            one.waiver,
        )
        writer.writerow([guarded(str(cell)) for cell in cells])
    return out.getvalue()


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r")) else text
