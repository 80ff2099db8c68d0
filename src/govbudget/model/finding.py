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
    HINT = "hint"
    """Unusual, and it may well be right: a question to ask, never a fault to report."""
    INFO = "info"
    """Worth knowing; nothing is wrong."""


class Certainty(enum.Enum):
    """How far a violated rule goes as a proof that something printed is wrong."""

    PROVED = "proved"
    """No exact amounts that print so can fit, or the document says two things that exclude each other."""
    LIKELY = "likely"
    """Wrong by what publishers mean and do; another reading of the document is thinkable."""
    PLAUSIBLE = "plausible"
    """Out of the ordinary for bodies of this kind; nothing says that it is wrong."""


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
