"""What a layout says. A layout is data: header paths, labels and phrases, each with the coordinate it stands for."""

from __future__ import annotations

import attrs

from govbudget.choice import Choice
from govbudget.model import Coordinate, Scope, Stage, TableKind


class Role(Choice):
    """What a column holds."""

    AMOUNT = "amount"
    LABEL = "label"
    CODE = "code"
    ORGANIZATION = "organization"
    PROJECT = "project"
    GOAL = "goal"
    SUBJECT = "subject"
    """An economic subject beside a purchase (经济科目)."""
    THING = "thing"
    """What is bought (采购物品名称)."""
    FORM = "form"
    """How it is bought (采购组织形式)."""
    CHANGE = "change"
    """By how much the figures differ from those of another year (增减额)."""
    RATE = "rate"
    """The same in per cent (增减%)."""
    NOTE = "note"
    """A running number or a remark: printed beside a line, and no figure of it."""


def dated(at: Coordinate, year: int) -> Coordinate:
    """Return a coordinate of a layout in a document of a year: layouts count years from there, -1 is the year before.

    >>> dated(Coordinate(year=-1, stage=Stage.EXECUTION), 2024).year
    2023
    """
    return at if at.year is None or at.year >= 0 else attrs.evolve(at, year=year + at.year)


@attrs.frozen(kw_only=True)
class ColumnSpec:
    """A column, known by its whole header path.

    Attributes:
        header: the path, levels set apart by ``>``, other wordings of a level by ``|``:
            ``基本支出 > 人员支出|人员经费``.
        also: other whole paths that it is known by, where levels are left out or put in.
        role: what the column holds.
        at: what its figures are about; a year of -1 is the year before.
        optional: whether some forms of the layout do not have it.
    """

    header: str
    also: tuple[str, ...] = ()
    role: Role = Role.AMOUNT
    at: Coordinate = attrs.field(factory=Coordinate)
    optional: bool = False


@attrs.frozen(kw_only=True)
class EntrySpec:
    """A line with a fixed meaning, known by its label (numbering such as 一、 and 其中： left out).

    Where a table has two columns of labels, ``一般公共预算资金 > 小计`` is the label 小计 in the group of that name.

    Attributes:
        labels: the wordings of its label.
        under: labels of the line above under which it has this meaning: 一般公共预算财政拨款 stands once under
            年初财政拨款结转和结余, and once for this year's money. Empty for the meaning without such a line.
        at: what its figures are about.
    """

    labels: tuple[str, ...]
    under: tuple[str, ...] = ()
    at: Coordinate = attrs.field(factory=Coordinate)


@attrs.frozen(kw_only=True)
class LaneSpec:
    """A block of columns.

    Attributes:
        title: word in the header above the lane where there are several.
        axis: the axis that lines without an entry run along; empty where only entries are expected.
        totals: labels of the totals line.
        at: the coordinate that holds for the whole lane.
        lines: what holds besides for the totals line and the lines along the axis, but not for the entries.
        continues: whether its lines go on from those of the lane before, which is about the same: one list in two
            blocks, whose totals line has its label under the first and its figure under the last.
        optional: whether some forms of the layout do not have it.
        columns: the columns in printed order.
        entries: the lines with a fixed meaning.
    """

    title: str = ""
    axis: str = ""
    totals: tuple[str, ...] = ()
    at: Coordinate = attrs.field(factory=Coordinate)
    lines: Coordinate = attrs.field(factory=Coordinate)
    continues: bool = False
    optional: bool = False
    columns: tuple[ColumnSpec, ...] = ()
    entries: tuple[EntrySpec, ...] = ()


@attrs.frozen(kw_only=True)
class TableSpec:
    """A table.

    Attributes:
        kind: which table it is.
        number: the number it bears.
        titles: how its title ends; the longest that fits wins, since 收支预算总表 also ends 财政拨款收支预算总表.
        required: whether a disclosure without it is incomplete.
        basis: why it is required (the regulation), for the finding.
        lanes: its blocks of columns.
    """

    kind: TableKind
    number: int
    titles: tuple[str, ...]
    required: bool = True
    basis: str = ""
    lanes: tuple[LaneSpec, ...] = ()


@attrs.frozen(kw_only=True)
class TermSpec:
    """Words of the narrative that name facts: 收支总预算 is the total of revenue and the total of expenditure.

    Attributes:
        names: the words.
        of: the facts they name.
        parts: axis of the names that follow behind 其中, each with its amount (the projects of 涉及项目预算资金); empty
            where what follows are terms of their own.
        within: whether behind 其中 of a subject the words name that part of the subject, and not of the whole section:
            住房公积金…元，其中：基本支出…元.
    """

    names: tuple[str, ...]
    of: tuple[Coordinate, ...]
    parts: str = ""
    within: bool = False


@attrs.frozen(kw_only=True)
class SectionSpec:
    """A section of the narrative.

    Attributes:
        id: its name in the model.
        headings: how its heading reads, without numbering and cross-reference.
        phrases: words that only this section says: by them a paragraph that no heading stands over is known.
        required: whether a disclosure without it is incomplete.
        prose: whether its sentences make claims; the text of other sections is kept as text.
        subjects: where the subjects that it names by path or name stand (the rest of their coordinate).
        lists: axis of the names in its lists (主要包括：…).
        terms: words that name facts in this section.
    """

    id: str
    headings: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    required: bool = False
    prose: bool = True
    subjects: Coordinate = attrs.field(factory=Coordinate)
    lists: str = ""
    terms: tuple[TermSpec, ...] = ()


@attrs.frozen(kw_only=True)
class Layout:
    """A whole layout.

    Attributes:
        id: its name.
        title: what it is the layout of.
        seen: the documents it was checked against.
        extends: the layout it states its differences from.
        scope: unit or department.
        stage: budget or final account.
        tables: the tables in order.
        sections: the sections of the narrative in order.
    """

    id: str
    title: str
    scope: Scope
    stage: Stage
    seen: tuple[str, ...] = ()
    extends: str = ""
    tables: tuple[TableSpec, ...] = ()
    sections: tuple[SectionSpec, ...] = ()
