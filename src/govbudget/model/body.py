"""Who publishes."""

from __future__ import annotations

import enum

import attrs


class Scope(enum.Enum):
    """Whose money a disclosure covers: a single unit (单位), or a department with its units (部门)."""

    UNIT = "unit"
    DEPARTMENT = "department"


@attrs.frozen(kw_only=True)
class Organization:
    """The body that publishes (预算单位). Not the unit of money.

    Attributes:
        name: full name as printed.
        parent: the body it belongs to (主管部门), where the document says so.
        nature: 行政单位, 事业单位 …, where the document says so.
        divisions: internal divisions (内设机构) in the order printed.
    """

    name: str
    parent: str | None = None
    nature: str | None = None
    divisions: tuple[str, ...] = ()
