"""Build a disclosure from its leaves up, the way a publisher does: exact money below, rounded figures above.

Every cell of every table of a layout has a coordinate; its exact value is the sum of the leaves that lie there. Each
cell is then rounded by itself, as published tables are, so sums may be off by rounding and never by more.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.classification import Scheme, Tree, tree
from govbudget.consistency import printed_value
from govbudget.layouts import EntrySpec, LaneSpec, Layout, Role, TableSpec, layout
from govbudget.model import (
    BodyHead,
    Column,
    Coordinate,
    Disclosure,
    Entry,
    Flow,
    Fund,
    Head,
    Item,
    Lane,
    Line,
    Note,
    Organization,
    Period,
    ProjectHead,
    Resolved,
    Scope,
    SubjectHead,
    Table,
    Total,
    Use,
    along,
    combine,
    is_below,
    key_depth,
    key_parent,
)
from govbudget.money import Mark, Mode, MoneyUnit
from govbudget.place import Place
from govbudget.text import fold

_ITEMS = {
    "30212": Item.ABROAD,
    "30217": Item.RECEPTION,
    "30231": Item.VEHICLE_RUNNING,
    "31013": Item.VEHICLE_PURCHASE,
}


@attrs.frozen(kw_only=True)
class Leaf:
    """Exact money at one place: what it is spent on, and from which source.

    Attributes:
        functional: code of a 项.
        economic: code of a 款, for basic spending; empty for projects.
        use: personnel, running costs or project.
        fund: one of the three budgets.
        project: name of the project.
        fen: the exact amount in 分.
    """

    functional: str
    use: Use
    fen: int
    economic: str = ""
    fund: Fund = Fund.GENERAL
    project: str = ""


def publish(
    leaves: Sequence[Leaf],
    *,
    year: int = 2024,
    organization: str = "某市某中心",
    unit: MoneyUnit = MoneyUnit.WAN_YUAN,
    places: int = 2,
    form: Layout | None = None,
    mode: Mode = Mode.HALF_UP,
) -> Disclosure:
    """Publish exact money as the tables of a layout.

    Args:
        leaves: the exact money, all of the current year.
        year: the budget year.
        organization: name of the body.
        unit: the unit the tables count in.
        places: the decimals they print; each figure is rounded by itself.
        form: the layout, by default that of the Hangzhou unit budget.
        mode: how figures are rounded; the tables do not say so.

    >>> leaf = Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=125_98_00_00)
    >>> [table.number for table in publish([leaf]).tables][:3]
    [1, 2, 3]
    """
    form = form or layout("hangzhou-unit-budget")
    base = Coordinate(year=year, stage=form.stage)
    press = _Press(
        leaves=tuple(leaves),
        unit=unit,
        places=places,
        organization=organization,
        scope=form.scope,
        year=year,
        mode=mode,
    )
    return Disclosure(
        organization=Organization(name=organization),
        year=year,
        stage=form.stage,
        scope=form.scope,
        tables=tuple(_table(press, spec, base) for spec in sorted(form.tables, key=lambda spec: spec.number)),
        layout=form.id,
    )


@attrs.frozen(kw_only=True)
class _Press:
    leaves: tuple[Leaf, ...]
    unit: MoneyUnit
    places: int
    organization: str
    scope: Scope
    year: int
    mode: Mode


def _table(press: _Press, spec: TableSpec, base: Coordinate) -> Table:
    starts = [sum(len(lane.columns) for lane in spec.lanes[:index]) for index in range(len(spec.lanes))]
    lanes = tuple(_lane(press, lane, base, start) for lane, start in zip(spec.lanes, starts, strict=True))
    empty = all(isinstance(v, Mark) for lane in lanes for line in lane.lines for v in line.values)
    place = Place(table=spec.number)
    if empty and spec.lanes[0].axis in {"functional", "economic"}:
        lanes = tuple(attrs.evolve(lane, lines=()) if not lane.title else lane for lane in lanes)
    whose = "本部门" if press.scope is Scope.DEPARTMENT else "本单位"
    note = Note(text=f"注：{whose}没有相关支出，故本表无数据", place=place)
    return Table(
        kind=spec.kind,
        number=spec.number,
        title=f"{press.year}年{fold(spec.titles[0])}",
        organization=press.organization,
        unit=press.unit,
        lanes=lanes,
        notes=(note,) if empty else (),
        place=place,
    )


def _lane(press: _Press, spec: LaneSpec, base: Coordinate, start: int) -> Lane:
    at = combine(base, spec.at)
    amounts = [(i, column) for i, column in enumerate(spec.columns) if column.role is Role.AMOUNT]
    columns = tuple(
        Column(header=tuple(level.split("|")[0].strip() for level in c.header.split(">")), at=c.at, index=start + i + 1)
        for i, c in amounts
    )
    lines: list[Line] = []
    step = press.unit.fen // 10**press.places
    for head, label, where in _heads(press, spec, at):
        values: list[int | Mark] = []
        for column in columns:
            exact = _exact(press, combine(at, where, column.at))
            values.append(Mark.BLANK if exact == 0 else printed_value(exact, step, press.mode))
        places = tuple(0 if isinstance(v, Mark) else press.places for v in values)
        lines.append(Line(label=label, head=head, at=where, values=tuple(values), places=places))
    return Lane(title=spec.title, axis=spec.axis, at=at, columns=columns, lines=tuple(lines))


def _heads(press: _Press, spec: LaneSpec, at: Coordinate) -> list[tuple[Head, str, Coordinate]]:
    total: list[tuple[Head, str, Coordinate]] = [(Total(), spec.totals[0], spec.lines)] if spec.totals else []
    entries: list[tuple[Head, str, Coordinate]] = [(Entry(), _said(e), e.at) for e in spec.entries]
    if spec.axis in {"functional", "economic"}:
        subjects = _subjects(press, spec, at)
        return [*subjects, *total, *entries] if spec.title else [*total, *subjects, *entries]
    if spec.axis == "entity":
        body = press.organization
        return [*total, (BodyHead(body), body, combine(spec.lines, Coordinate(entity=body)))]
    if spec.axis == "project":
        names = dict.fromkeys(leaf.project for leaf in press.leaves if leaf.use is Use.PROJECT and leaf.fen)
        has_project = any(column.role is Role.PROJECT for column in spec.columns)
        lines: list[tuple[Head, str, Coordinate]] = [
            (
                ProjectHead(organization=press.organization, name=name if has_project else ""),
                press.organization,
                combine(spec.lines, Coordinate(project=f"{press.organization}/{name}")),
            )
            for name in names
        ]
        return [*total, *lines]
    return entries


def _said(entry: EntrySpec) -> str:
    """The label of an entry as a reader puts it together from its cells: a label in a group says the group first."""
    return "".join(part.strip() for part in entry.labels[0].split(">"))


def _subjects(press: _Press, spec: LaneSpec, at: Coordinate) -> list[tuple[Head, str, Coordinate]]:
    scheme = Scheme.FUNCTIONAL if spec.axis == "functional" else Scheme.DEPARTMENT_ECONOMIC
    edition: Tree = tree(scheme, press.year)
    depth = 1 if spec.title else 3  # the summary tables print classes only
    codes: set[str] = set()
    for leaf in press.leaves:
        code = leaf.functional if spec.axis == "functional" else leaf.economic
        if code and leaf.fen and _lies(leaf, combine(at, spec.lines)):
            while code:
                if key_depth(code) <= depth:
                    codes.add(code)
                code = key_parent(code)
    return [
        (
            SubjectHead(key=code, level=key_depth(code), resolved=Resolved.YES),
            fold(edition[code].name),
            combine(
                spec.lines, Coordinate(functional=code) if spec.axis == "functional" else Coordinate(economic=code)
            ),
        )
        for code in sorted(codes)
    ]


def _exact(press: _Press, at: Coordinate) -> int:
    return sum(leaf.fen for leaf in press.leaves if _lies(leaf, at, press.organization))


def _lies(leaf: Leaf, at: Coordinate, organization: str = "") -> bool:
    """Whether the money of ``leaf`` is part of the fact at ``at``; revenue knows fund and function only."""
    here = Coordinate(
        period=Period.CURRENT,
        fund=leaf.fund,
        functional=leaf.functional,
        use=leaf.use,
        economic=leaf.economic,
        item=_ITEMS.get(leaf.economic, Item.ALL),
        entity=at.entity,
        project=f"{organization}/{leaf.project}" if leaf.project else "",
    )
    axes = ("period", "fund", "functional") if at.flow is Flow.REVENUE else ()
    for axis in axes or ("period", "fund", "use", "functional", "economic", "item", "project"):
        own, asked = along(here, axis), along(at, axis)
        if own != asked and not is_below(own, asked):
            return False
    return True
