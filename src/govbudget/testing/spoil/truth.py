"""What a labelled fault is: a disclosure made wrong, and the truth about it."""

from __future__ import annotations

import enum
from collections.abc import Callable

import attrs

from govbudget.model import Disclosure
from govbudget.place import Place


class FaultKind(enum.Enum):
    """Kinds of fault."""

    DIGIT_SWAP = "digit swap"
    """Two digits beside each other changed places."""
    WRONG_DIGIT = "wrong digit"
    """One digit is another."""
    DROPPED_DIGIT = "dropped digit"
    """A digit before the point is gone."""
    SIGN = "sign"
    """A minus too many or too few."""
    UNIT = "unit"
    """One figure in the other unit: 元 in a table of 万元, or the other way round."""
    SHIFTED_ROW = "shifted row"
    """The figures of a line stand one column to the right."""
    SWAPPED_COLUMNS = "swapped columns"
    """The figures of two columns changed places."""
    DUPLICATED_ROW = "duplicated row"
    """A line stands twice."""
    MISSING_ROW = "missing row"
    """A line is gone."""
    TABLE_UNIT = "table unit"
    """The unit above a table is the wrong one."""
    DOUBLE = "double"
    """Two figures are wrong, each in a way of its own."""
    TRIPLE = "triple"
    """Three figures are wrong."""
    WRONG_AMOUNT = "wrong amount"
    """A sentence gives another amount."""
    WRONG_RATE = "wrong rate"
    """A sentence gives another percentage."""
    WRONG_DIRECTION = "wrong direction"
    """A sentence says 增加 where it fell, or 减少 where it rose."""
    WRONG_SUBJECT = "wrong subject"
    """A sentence names another subject than the one whose figure it gives."""
    LAST_YEARS_NUMBER = "last year's number"
    """A sentence gives last year's amount for this year's."""
    OTHER_EDITION = "other edition"
    """A line bears a code that the edition of its year does not know."""
    WRONG_PARENT = "wrong parent"
    """A line bears a code that stands under another subject."""
    WRONG_NAME = "wrong name"
    """A line bears the name of another subject than its code's."""
    MISSING_TABLE = "missing table"
    """A table is not there."""
    MISSING_SECTION = "missing section"
    """An explanation is not there."""
    MISSING_STATEMENT = "missing statement"
    """An empty table does not say why it is empty."""


@attrs.frozen(kw_only=True)
class Change:
    """One thing that is wrong.

    Attributes:
        place: where: a figure, a line, a sentence, a table; for what is gone, where it was.
        was: what should stand there.
        now: what stands there; empty where it is gone.
    """

    place: Place
    was: str
    now: str = ""


@attrs.frozen(kw_only=True, repr=False)
class LabelledFault:
    """A disclosure with a fault, and the truth about it.

    Attributes:
        disclosure: the disclosure with the fault.
        kind: what kind of fault it is.
        changes: what is wrong, one or several.
        rules: ids of the rules any of which should find it; empty where any sum may.
        certain: whether it must be found wherever it is: what is missing is missing.
    """

    disclosure: Disclosure
    kind: FaultKind
    changes: tuple[Change, ...]
    rules: tuple[str, ...] = ()
    certain: bool = False

    def __repr__(self) -> str:
        shown = "; ".join(f"{where(c.place)}: {c.was!r} → {c.now!r}" for c in self.changes[:3])
        more = f" and {len(self.changes) - 3} more" if len(self.changes) > 3 else ""
        return f"<{self.kind.value}: {shown}{more}>"


def where(place: Place) -> str:
    """Say where something stands in a few words.

    >>> where(Place(table=3, row=4, column=2))
    'table 3 row 4 column 2'
    """
    parts = [("table", place.table), ("row", place.row), ("column", place.column)]
    shown = " ".join(f"{word} {number}" for word, number in parts if number is not None)
    return shown or (f"“{place.section}” line {place.line}" if place.section else "the document")


Spot = Callable[[], LabelledFault | None]
"""Makes the fault at one place; ``None`` where the place does not allow it."""
