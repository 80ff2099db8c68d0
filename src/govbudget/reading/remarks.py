"""What the reader has to say about a document, as findings; the words are in :mod:`govbudget.reports`."""

from __future__ import annotations

from types import MappingProxyType

from govbudget.model import Finding, Severity
from govbudget.place import Place

REMARKS = MappingProxyType(
    {
        "read.encoding": Severity.INFO,
        "read.scanned": Severity.WARNING,
        "read.source": Severity.INFO,
        "read.no-tables": Severity.ERROR,
        "read.table-unknown": Severity.ERROR,
        "read.table-overall": Severity.INFO,
        "read.table-twice": Severity.ERROR,
        "read.table-elsewhere": Severity.INFO,
        "read.table-inferred": Severity.INFO,
        "read.columns-inferred": Severity.INFO,
        "read.header": Severity.ERROR,
        "read.column-unknown": Severity.ERROR,
        "read.column-missing": Severity.WARNING,
        "read.row-unknown": Severity.ERROR,
        "read.row-length": Severity.ERROR,
        "read.label-missing": Severity.ERROR,
        "read.cell": Severity.ERROR,
        "read.unit-missing": Severity.WARNING,
        "read.unit-unknown": Severity.ERROR,
        "read.unit-twice": Severity.ERROR,
        "read.year-missing": Severity.WARNING,
        "read.year-inferred": Severity.INFO,
        "read.grants": Severity.INFO,
        "read.organization-missing": Severity.WARNING,
        "read.organization-differs": Severity.WARNING,
        "read.code": Severity.WARNING,
        "read.name-unknown": Severity.INFO,
        "read.name-ambiguous": Severity.WARNING,
        "read.heading-unknown": Severity.INFO,
        "read.section-inferred": Severity.INFO,
        "read.heading-inferred": Severity.INFO,
        "read.header-widened": Severity.INFO,
        "read.sentence": Severity.INFO,
        "read.subject": Severity.INFO,
        "read.outside": Severity.INFO,
        "read.percent-sign": Severity.WARNING,
        "read.money-unit": Severity.WARNING,
        "read.number": Severity.INFO,
        "read.line": Severity.INFO,
    }
)
"""Every remark of the reader, with its severity."""


def remark(code: str, *places: Place, **data: object) -> Finding:
    """Make the finding for ``code``."""
    return Finding(
        code=code,
        severity=REMARKS[code],
        places=places,
        data=tuple((key, str(value)) for key, value in data.items()),
    )


def short(text: str) -> str:
    """Return a text on one line, cut to a length that fits a message."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."
