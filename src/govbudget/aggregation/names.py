"""Names of subjects and other nodes, for people."""

from __future__ import annotations

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
