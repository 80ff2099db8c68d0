"""Findings that somebody has looked at and lets stand: with a reason, and until when.

A waiver names one finding by its id, or all of a rule (of one body and year, if it says so). A waiver that has expired
waives nothing and is told; so is one that nothing answers to. Remarks of the reader (``read.…``) are findings like any
other, where the audit is given them. A baseline is a file of waivers, one for each finding of
today, so that tomorrow only what is new is told.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from govbudget.errors import RuleError
from govbudget.invariants.identity import finding_ids
from govbudget.model import Disclosure, Finding, Severity
from govbudget.text import fold

EXPIRED, UNUSED = "waiver.expired", "waiver.unused"
"""Codes of the findings on waivers."""

_KEYS = {"id": str, "rule": str, "organization": str, "year": int, "reason": str, "expires": datetime.date}


@attrs.frozen(kw_only=True)
class Waiver:
    """Leave to a finding to stand.

    Attributes:
        reason: why; never empty.
        expires: the last day it holds, ``None`` for as long as the finding stands.
        id: id of the finding; or
        rule: id or group of the rule whose findings are let stand.
        organization: only those of this body.
        year: only those of this budget year.
        source: the file and entry it was read from.
    """

    reason: str
    expires: datetime.date | None = None
    id: str = ""
    rule: str = ""
    organization: str = ""
    year: int | None = None
    source: str = ""

    def __attrs_post_init__(self) -> None:
        """Refuse a waiver without a reason, and one of everything."""
        if not self.reason.strip():
            raise RuleError("a waiver says why", place=self.source or None, hint="give a reason")
        if bool(self.id) is bool(self.rule):
            raise RuleError(
                "a waiver names a finding or a rule", place=self.source or None, hint="id or rule, one of them"
            )


@attrs.frozen(kw_only=True)
class Waived:
    """A finding that is let stand, and by which waiver."""

    id: str
    finding: Finding
    waiver: Waiver


@attrs.frozen(kw_only=True)
class Sorted:
    """Findings parted by waivers.

    Attributes:
        open: the findings that stand, in their order.
        waived: those let stand.
        used: the waivers that something answers to.
    """

    open: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    used: tuple[Waiver, ...]


def apply_waivers(
    findings: Sequence[Finding], disclosure: Disclosure | None, waivers: Sequence[Waiver], today: datetime.date
) -> Sorted:
    """Part findings by the waivers that hold ``today``; those across several disclosures belong to none."""
    standing: list[Finding] = []
    waived: list[Waived] = []
    used: dict[Waiver, None] = {}
    holding = [waiver for waiver in waivers if waiver.expires is None or today <= waiver.expires]
    for id, finding in zip(finding_ids(findings, disclosure), findings, strict=True):
        waiver = next((w for w in holding if _answers(w, id, finding, disclosure)), None)
        if waiver is None:
            standing.append(finding)
        else:
            used[waiver] = None
            waived.append(Waived(id=id, finding=finding, waiver=waiver))
    return Sorted(open=tuple(standing), waived=tuple(waived), used=tuple(used))


def waiver_findings(waivers: Iterable[Waiver], used: Iterable[Waiver], today: datetime.date) -> tuple[Finding, ...]:
    """Return the findings on waivers that have expired, and on those that nothing answers to."""
    answered = set(used)
    found = []
    for waiver in waivers:
        expired = waiver.expires is not None and today > waiver.expires
        if not expired and waiver in answered:
            continue
        data = {
            "subject": waiver.id or waiver.rule,
            "reason": waiver.reason,
            "expires": waiver.expires.isoformat() if waiver.expires else "",
            "source": waiver.source,
        }
        found.append(
            Finding(
                code=EXPIRED if expired else UNUSED,
                severity=Severity.WARNING if expired else Severity.INFO,
                data=tuple((key, value) for key, value in data.items() if value),
            )
        )
    return tuple(found)


def _answers(waiver: Waiver, id: str, finding: Finding, disclosure: Disclosure | None) -> bool:
    if waiver.id:
        return waiver.id == id
    return (
        waiver.rule in (finding.code, finding.code.partition(".")[0])
        and waiver.organization in ("", disclosure.organization.name if disclosure else "")
        and waiver.year in (None, disclosure.year if disclosure else None)
    )


# -- the file ---------------------------------------------------------------------------------------------------------


def load_waivers(path: str | PathLike[str]) -> tuple[Waiver, ...]:
    """Read a file of waivers.

    Raises:
        RuleError: it cannot be read, or an entry does not fit; the error names file and key.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"the file cannot be read: {error}", place=str(path)) from error
    return parse_waivers(text, str(path))


def parse_waivers(text: str, name: str = "waivers") -> tuple[Waiver, ...]:
    r"""Read waivers from the text of a file.

    >>> parse_waivers('[[waivers]]\nid = "0123456789ab"\nreason = "corrected next year"\n')[0].reason
    'corrected next year'

    Raises:
        RuleError: an entry does not fit; the error names file and key.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"the file is no TOML: {error}", place=name) from error
    for key in data:
        if key != "waivers":
            raise RuleError(f"unknown key {key!r}", place=f"{name}: {key}", hint="a file has [[waivers]]")
    entries = data.get("waivers", [])
    if not isinstance(entries, list):
        raise RuleError("expected a list", place=f"{name}: waivers", hint="write [[waivers]]")
    return tuple(_entry(entry, f"{name}: waivers[{index}]") for index, entry in enumerate(entries))


def _entry(entry: Any, where: str) -> Waiver:
    if not isinstance(entry, dict):
        raise RuleError("expected a table", place=where)
    for key, value in entry.items():
        kind = _KEYS.get(key)
        if kind is None:
            raise RuleError(f"unknown key {key!r}", place=f"{where}.{key}", hint=f"keys are {', '.join(_KEYS)}")
        if type(value) is not kind:
            raise RuleError(f"expected {kind.__name__}, got {value!r}", place=f"{where}.{key}")
    if "reason" not in entry:
        raise RuleError("required key missing", place=f"{where}.reason", hint="say why the finding may stand")
    return Waiver(**entry, source=where)


def baseline(
    found: Iterable[tuple[Disclosure | None, Sequence[Finding]]], *, reason: str, expires: datetime.date | None = None
) -> str:
    """Return the text of a file that waives findings, one entry for each, sorted.

    Args:
        found: disclosures with the findings that stand.
        reason: why they may stand.
        expires: the last day they may.
    """
    entries: dict[tuple[str, int, str], str] = {}
    for disclosure, findings in found:
        who, year = (disclosure.organization.name, disclosure.year) if disclosure else ("", 0)
        for id, finding in zip(finding_ids(findings, disclosure), findings, strict=True):
            about = dict(finding.data).get("subject", "")
            lines = [f"# {_comment(f'{who} {year or str()} {finding.code} {about}')}", "[[waivers]]", f'id = "{id}"']
            lines.append(f"reason = {_string(reason)}")
            if expires is not None:
                lines.append(f"expires = {expires.isoformat()}")
            entries[fold(who), year, id] = "\n".join(lines) + "\n"
    return "# Findings that may stand; see docs/how-to/audit.md\n\n" + "\n".join(
        entries[key] for key in sorted(entries)
    )


def _comment(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
