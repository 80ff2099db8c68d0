"""What a check hands to its outputs: the report, and what the reader had to say of each document."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

import attrs

from govbudget.invariants import CATALOGUE, AuditReport, Rule, finding_ids
from govbudget.model import Disclosure, Finding


@attrs.frozen
class Checked:
    """An audit, with the remarks of the reader for each of its documents, in their order."""

    report: AuditReport
    reading: tuple[tuple[Finding, ...], ...] = ()


@attrs.frozen(kw_only=True)
class Found:
    """A finding with its id, the document it belongs to, and its rule.

    Attributes:
        id: its content-addressed id.
        finding: the finding.
        disclosure: the document, ``None`` for a finding across documents.
        number: the position of that document among those checked, ``None`` across documents.
        rule: the rule, ``None`` for a remark of the reader and for what no single rule says.
        waiver: why and until when it is let stand, empty where it is not.
    """

    id: str
    finding: Finding
    disclosure: Disclosure | None
    rule: Rule | None
    number: int | None = None
    waiver: str = ""


def findings_of(checked: Checked) -> Iterator[Found]:
    """Yield all findings: for each document those of its reader and of its audit, then those across documents."""
    report = checked.report
    rules = {rule.id: rule for rule in (*CATALOGUE, *report.rules)}
    parts = report.parts or (report,)
    told = 0
    for index, part in enumerate(parts):
        remarks = checked.reading[index] if index < len(checked.reading) else ()
        own = (*remarks, *part.findings)
        told += len(part.findings)
        for id, finding in zip(finding_ids(own, part.disclosure), own, strict=True):
            yield Found(id=id, finding=finding, disclosure=part.disclosure, rule=rules.get(finding.code), number=index)
        for waived in part.waived:
            yield Found(
                id=waived.id,
                finding=waived.finding,
                disclosure=part.disclosure,
                rule=rules.get(waived.finding.code),
                number=index,
                waiver=waived.waiver.reason,
            )
    if report.parts:
        across = report.findings[told:]
        for id, finding in zip(finding_ids(across, None), across, strict=True):
            yield Found(id=id, finding=finding, disclosure=None, rule=rules.get(finding.code))
        for waived in report.waived[sum(len(part.waived) for part in parts) :]:
            reason = waived.waiver.reason
            rule = rules.get(waived.finding.code)
            yield Found(id=waived.id, finding=waived.finding, disclosure=None, rule=rule, waiver=reason)


def tool_version() -> str:
    """Return the version of this library."""
    return version("govbudget")
