"""The published tables: columns that know their coordinate, lines that keep one vector of integers.

A table has one or more *lanes*: blocks of columns side by side that have lines of their own. The summary tables
print revenue on the left and expenditure on the right, two lanes; every other table is one lane.
"""

from __future__ import annotations

import enum
from functools import lru_cache

import attrs

from govbudget.choice import Choice
from govbudget.errors import AmountError
from govbudget.model.coordinate import Coordinate
from govbudget.money import Amount, Cell, Mark, Mode, MoneyUnit, Percent
from govbudget.money.digits import MAX_PLACES
from govbudget.place import Place


class TableKind(Choice):
    """The tables of a budget disclosure: those of the Hangzhou layout in its order, then those of other places."""

    SUMMARY = "summary"
    """收支预算总表."""
    REVENUE = "revenue"
    """收入预算总表."""
    EXPENDITURE = "expenditure"
    """支出预算总表."""
    FISCAL_SUMMARY = "fiscal_summary"
    """财政拨款收支预算总表."""
    GENERAL_EXPENDITURE = "general_expenditure"
    """一般公共预算支出预算表."""
    GENERAL_BASIC = "general_basic"
    """一般公共预算基本支出预算表 (economic classification)."""
    THREE_PUBLIC = "three_public"
    """一般公共预算“三公”经费预算表."""
    GOVERNMENT_FUND = "government_fund"
    """政府性基金预算支出预算表."""
    STATE_CAPITAL = "state_capital"
    """国有资本经营预算支出预算表."""
    PROJECT = "project"
    """项目支出预算表."""
    PERFORMANCE = "performance"
    """项目支出绩效表."""
    FISCAL_EXPENDITURE = "fiscal_expenditure"
    """财政拨款支出预算表 (functional classification)."""
    FISCAL_BASIC = "fiscal_basic"
    """财政拨款基本支出预算表 (economic classification)."""
    AGENCY_RUNNING = "agency_running"
    """一般公共预算机关运行经费支出预算表."""
    PROCUREMENT = "procurement"
    """政府采购预算表."""
    FISCAL_ECONOMIC = "fiscal_economic"
    """财政拨款支出预算表（部门经济分类科目）: all that fiscal grants pay for, by the economic classification."""
    FUND_THREE_PUBLIC = "fund_three_public"
    """政府性基金预算“三公”经费支出预算表, beside that of the general budget."""
    OVERALL_PERFORMANCE = "overall_performance"
    """部门整体支出绩效目标表: goals and indicators of the whole body; it is told, and not read."""


class Resolved(enum.Enum):
    """How a printed name found its subject."""

    YES = "yes"
    """One subject, and a proof that it is the only one."""
    AMBIGUOUS = "ambiguous"
    """Several subjects fit; none is chosen."""
    UNKNOWN = "unknown"
    """No edition knows the name; its place in the tree comes from order and sums."""


@attrs.frozen
class Total:
    """Head of a totals line (合计, 收入合计, 支出合计)."""


@attrs.frozen
class Entry:
    """Head of a line whose meaning the layout fixes: 一、财政拨款收入, 本年支出合计."""


@attrs.frozen(kw_only=True)
class SubjectHead:
    """Head of a line for a subject of a classification.

    Attributes:
        key: key on the axis of the lane.
        level: 1 for 类, 2 for 款, 3 for 项.
        resolved: how the name found its subject.
        candidates: codes that fit equally well where the name is ambiguous.
    """

    key: str
    level: int
    resolved: Resolved
    candidates: tuple[str, ...] = ()


@attrs.frozen
class BodyHead:
    """Head of a line for an organization."""

    name: str


@attrs.frozen(kw_only=True)
class ProjectHead:
    """Head of a line for a project.

    Attributes:
        organization: the body whose project it is.
        name: name of the project.
        goal: performance goal (绩效目标) as printed, where the table has that column.
        goal_span: where the goal stands in the source.
    """

    organization: str
    name: str
    goal: str | None = None
    goal_span: tuple[int, int] | None = None


class Buying(enum.Enum):
    """How a purchase is organised (采购组织形式)."""

    CENTRAL = "central"
    """政府集中采购, by the centre of the government."""
    DEPARTMENT = "department"
    """部门集中采购, by the department for its units."""
    OWN = "own"
    """分散自行组织 / 分散采购, by the body itself."""


@attrs.frozen(kw_only=True)
class PurchaseHead:
    """Head of a line of the table of procurement: what is bought, for what, and how.

    A line of the group has no ``thing``: it is the sum of the lines under it.

    Attributes:
        programme: the programme the money is part of (专项名称).
        subject: the economic subject as printed (经济科目).
        economic: its key on the economic classification, empty where the name is not known.
        thing: what is bought (采购物品名称).
        form: how it is bought as printed (采购组织形式).
        buying: the same as one of the known ways, ``None`` for another.
    """

    programme: str
    subject: str
    economic: str = ""
    thing: str = ""
    form: str = ""
    buying: Buying | None = None


Head = Total | Entry | SubjectHead | BodyHead | ProjectHead | PurchaseHead


@attrs.frozen(kw_only=True)
class Column:
    """An amount column.

    Attributes:
        header: its whole header path as printed, blanks removed: ("本年收入", "小计").
        at: what its figures are about, beyond what table and line say.
        index: its column in the printed grid, from 1.
    """

    header: tuple[str, ...]
    at: Coordinate
    index: int


@attrs.frozen(kw_only=True)
class ChangeColumn:
    """A column that says by how much the figures of a line differ from those of another year (增减额, 增减%).

    Attributes:
        header: its whole header path as printed, blanks removed.
        base: what it is measured against, beyond what table and line say: a year and a stage.
        index: its column in the printed grid, from 1.
        rate: whether it says so in per cent; else in money.
    """

    header: tuple[str, ...]
    base: Coordinate
    index: int
    rate: bool = False


@attrs.frozen(kw_only=True)
class Line:
    """A printed line: what it is about, and one vector of figures.

    Attributes:
        label: the label as printed, blanks removed.
        head: what the line stands for.
        at: the coordinate its head adds.
        values: for each column of the lane the amount in 分, or a :class:`Mark`.
        places: for each column the decimals printed (0 where no number is printed).
        row: row of the printed grid, from 1.
        line: line of the source, from 1.
        page: page of the source, from 1, where it has pages.
        spans: for each column where the figure stands in the source; empty for a line made by hand.
        label_spans: where its label and its code stand in the source.
        changes: for each column of changes of the lane the amount in 分, or the digits of the percentage, or a
            :class:`Mark`.
        change_places: for each of them the decimals printed.
        change_spans: for each of them where it stands in the source; empty for a line made by hand.
    """

    label: str
    head: Head
    at: Coordinate = attrs.field(factory=Coordinate)
    values: tuple[int | Mark, ...] = ()
    places: tuple[int, ...] = ()
    row: int = 0
    line: int = 0
    page: int | None = None
    spans: tuple[tuple[int, int] | None, ...] = ()
    label_spans: tuple[tuple[int, int], ...] = ()
    changes: tuple[int | Mark, ...] = ()
    change_places: tuple[int, ...] = ()
    change_spans: tuple[tuple[int, int] | None, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse vectors of unequal length: a figure must not slide under another column."""
        if len(self.changes) != len(self.change_places):
            raise AmountError(f"line {self.label!r} has {len(self.changes)} changes, {len(self.change_places)} places")
        if len(self.values) != len(self.places) or (self.spans and len(self.spans) != len(self.values)):
            raise AmountError(
                f"line {self.label!r} has {len(self.values)} values, {len(self.places)} places, {len(self.spans)} spans"
            )


@attrs.frozen(kw_only=True)
class Lane:
    """Columns side by side with their own lines.

    Attributes:
        title: header above the lane where there are several (收入, 支出), else empty.
        axis: the axis its lines run along ("functional", "economic", "entity", "project", "purchase"), or "" for
            fixed entries.
        at: the coordinate that holds for the whole lane.
        columns: the amount columns.
        changes: the columns that compare them with another year.
        lines: the lines in printed order.
        inferred: whether the meaning of a column was taken from the words above it, and from no layout.
        columns_unread: whether figures stand beside its columns that have no meaning here, so that a line need not
            add up.
        lines_unread: whether lines with figures were not understood, so that a column need not add up.
    """

    title: str = ""
    axis: str = ""
    at: Coordinate = attrs.field(factory=Coordinate)
    columns: tuple[Column, ...] = ()
    changes: tuple[ChangeColumn, ...] = ()
    lines: tuple[Line, ...] = ()
    inferred: bool = False
    columns_unread: bool = False
    lines_unread: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse a line that has more or fewer figures than there are columns."""
        for line in self.lines:
            if len(line.values) != len(self.columns):
                raise AmountError(f"line {line.label!r} has {len(line.values)} figures for {len(self.columns)} columns")
            if line.changes and len(line.changes) != len(self.changes):
                raise AmountError(
                    f"line {line.label!r} has {len(line.changes)} changes for {len(self.changes)} columns"
                )


@attrs.frozen(kw_only=True)
class Note:
    """A note under a table (注：…)."""

    text: str
    place: Place


@attrs.frozen(kw_only=True)
class Table:
    """One published table.

    Attributes:
        kind: which table it is.
        number: the number printed in its title.
        title: the title as printed, blanks removed, without 表N.
        organization: what is printed behind 单位名称.
        unit: the unit of money printed above it.
        lanes: its blocks of columns.
        notes: the notes printed under it; an empty table says here why it is empty.
        place: where its grid starts.
        mode: how its figures were rounded; where nobody says so, the audit looks at what its sums allow.
    """

    kind: TableKind
    number: int | None
    title: str
    organization: str
    unit: MoneyUnit
    lanes: tuple[Lane, ...]
    notes: tuple[Note, ...] = ()
    place: Place = attrs.field(factory=Place)
    mode: Mode = Mode.HALF_UP

    def __attrs_post_init__(self) -> None:
        """Refuse a figure that its unit and decimals cannot print."""
        fen = self.unit.fen
        steps = {places: max(1, fen // 10**places) for places in range(MAX_PLACES + 1)}
        for lane in self.lanes:
            for line in lane.lines:
                for value, step in zip(line.values, map(steps.get, line.places), strict=True):
                    if value.__class__ is not Mark and (step is None or value % step):
                        for wrong, places in zip(line.values, line.places, strict=True):
                            if not isinstance(wrong, Mark):
                                Amount(wrong, self.unit, places)  # says what is wrong


def cell(table: Table, line: Line, column: int) -> Cell:
    """Return what ``line`` prints in its ``column``-th amount column, as an Amount or a Mark."""
    value = line.values[column]
    return value if isinstance(value, Mark) else _amount(value, table.unit, line.places[column], table.mode)


@lru_cache(maxsize=8192)
def _amount(fen: int, unit: MoneyUnit, places: int, mode: Mode) -> Amount:
    """Most figures are printed several times over, and every table is gone through again where something is wrong."""
    return Amount(fen, unit, places, mode)


def change(table: Table, lane: Lane, line: Line, column: int) -> Amount | Percent | Mark:
    """Return what ``line`` prints in its ``column``-th column of changes."""
    value = line.changes[column] if line.changes else Mark.BLANK
    if isinstance(value, Mark):
        return value
    places = line.change_places[column]
    return Percent(value, places) if lane.changes[column].rate else _amount(value, table.unit, places, table.mode)


def is_empty(table: Table) -> bool:
    """Tell whether no number is printed in the whole table."""
    return all(isinstance(value, Mark) for lane in table.lanes for line in lane.lines for value in line.values)
