"""Names of subjects and other nodes, for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govbudget.model import Disclosure, SubjectHead


def printed_names(disclosure: Disclosure) -> dict[str, str]:
    """Return the name of each subject as its tables print it, the shortest where they differ (十八、 left out)."""
    names: dict[str, str] = {}
    for table in disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines:
                if isinstance(line.head, SubjectHead):
                    known = names.get(line.head.key, line.label)
                    names[line.head.key] = min(known, line.label, key=len)
    return names


def names_of(disclosures: Iterable[Disclosure]) -> dict[str, str]:
    """Return the name of each subject as the first of the disclosures that prints it does."""
    names: dict[str, str] = {}
    for disclosure in disclosures:
        for code, name in printed_names(disclosure).items():
            names.setdefault(code, name)
    return names


def label_of(axis: str, code: str, names: Mapping[str, str]) -> str:
    """Return words for a point of an axis: the name of a subject or body, empty for a total and for fixed nodes.

    >>> label_of("functional", "201~新设款", {}), label_of("organization", "某局/某院", {})
    ('新设款', '某院')
    """
    if axis in {"functional", "economic"}:
        return names.get(code) or (code.rpartition("~")[2].rpartition("/")[2] if "~" in code else "")
    return code.rpartition("/")[2] if axis in {"organization", "entity", "project"} else ""
