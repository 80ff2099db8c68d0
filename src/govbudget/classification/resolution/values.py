"""What resolution hands back."""

from __future__ import annotations

import enum

import attrs

from govbudget.classification.subject import Subject


class Status(enum.Enum):
    """How far a printed name could be read.

    Attributes:
        RESOLVED: one subject fits, and no other does as well.
        AMBIGUOUS: several subjects fit equally well, or one fits but for a slip in its name; they are the
            candidates, the first is only the likeliest.
        UNKNOWN: no edition at hand holds the name.
    """

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@attrs.frozen
class Candidate:
    """One subject that a name may mean, and why."""

    subject: Subject
    reasons: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class ResolvedName:
    """One row of a column of names.

    Attributes:
        name: the name as printed.
        level: 1 类, 2 款, 3 项, 4 目, as the row is read.
        parent_row: index of the printed row it stands under, None where that is not printed.
        subject: the subject; the likeliest one where the status is AMBIGUOUS; None where it is UNKNOWN.
        candidates: what the name may mean, the likeliest first.
        status: how far it could be read.
        reason: why, in one sentence.
    """

    name: str
    level: int
    parent_row: int | None
    subject: Subject | None
    candidates: tuple[Candidate, ...]
    status: Status
    reason: str


@attrs.frozen
class Cost:
    """What speaks against a reading, the weightiest first.

    Attributes:
        detached: rows below 类 with no ancestor printed above them.
        gaps: levels missing between rows and the ancestors printed above them.
        repeats: rows that name the same subject as the row before them on their level.
        broken: sums (row by row, column by column) that do not hold.
        disorder: rows whose code is smaller than that of the row before them on their level.
    """

    detached: int = 0
    gaps: int = 0
    repeats: int = 0
    broken: int = 0
    disorder: int = 0


@attrs.frozen
class Resolution:
    """A column of names, read.

    Attributes:
        rows: one for each name, in the order given.
        cost: what speaks against the reading.
        complete: False where the search was cut off; rows whose name recurs are AMBIGUOUS then.
        broken: rows whose children do not add up to them.
    """

    rows: tuple[ResolvedName, ...]
    cost: Cost = Cost()
    complete: bool = True
    broken: tuple[int, ...] = ()

    @property
    def unique(self) -> bool:
        """Tell whether every row is RESOLVED: no other reading is as good."""
        return all(row.status is Status.RESOLVED for row in self.rows)
