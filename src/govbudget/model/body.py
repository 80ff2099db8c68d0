"""Who publishes."""

from __future__ import annotations

import enum

import attrs

from govbudget.place import Place


class Scope(enum.Enum):
    """Whose money a disclosure covers: a single unit (单位), or a department with its units (部门)."""

    UNIT = "unit"
    DEPARTMENT = "department"


@attrs.frozen(kw_only=True)
class Member:
    """A unit whose budget is in the department's (纳入部门预算编制范围的预算单位).

    Attributes:
        name: its name as printed.
        itself: whether it is the body of the department itself (本级, 本部).
        place: where it is named.
    """

    name: str
    itself: bool = False
    place: Place = attrs.field(factory=Place)


@attrs.frozen(kw_only=True)
class Organization:
    """The body that publishes (预算单位). Not the unit of money.

    Attributes:
        name: full name as printed.
        parent: the body it belongs to (主管部门), where the document says so.
        nature: 行政单位, 事业单位 …, where the document says so.
        divisions: internal divisions (内设机构) in the order printed.
        members: the budget units of a department in the order printed, where the document lists them.
    """

    name: str
    parent: str | None = None
    nature: str | None = None
    divisions: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
