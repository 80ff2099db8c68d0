"""One shape for everything worth telling a person, from reading and from the audit alike."""

from __future__ import annotations

import enum

import attrs

from govbudget.place import Place


class Severity(enum.Enum):
    """How much a finding matters."""

    ERROR = "error"
    """Something printed cannot be right, or could not be read."""
    WARNING = "warning"
    """Probably a slip; a person should look."""
    INFO = "info"
    """Worth knowing; nothing is wrong."""


@attrs.frozen(kw_only=True)
class Finding:
    """What was found, where, with the raw data; the words are rendered later, in the language asked for.

    Attributes:
        code: stable id of the rule or of the reader's remark ("additivity.rows", "read.cell").
        severity: how much it matters.
        places: where, the chief place first.
        data: named details that the message is made of.
    """

    code: str
    severity: Severity
    places: tuple[Place, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
