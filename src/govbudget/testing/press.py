"""Build a disclosure from its leaves up, the way a publisher does: exact money below, rounded figures above.

Every cell of every table of a layout has a coordinate; its exact value is the sum of the leaves that lie there. Each
cell is then printed by itself, as published tables are, so sums may be off by rounding and never by more. A careful
publisher rounds so that everything adds up; :func:`controlled` is how.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from govbudget.classification import Scheme, Tree, edition_year, tree
from govbudget.consistency import printed_value
from govbudget.layouts import EntrySpec, LaneSpec, Layout, Role, TableSpec, dated, layout
from govbudget.model import (
    BodyHead,
    Buying,
    ChangeColumn,
    Column,
    Coordinate,
    Disclosure,
    Entry,
    Head,
    Lane,
    Line,
    Note,
    Organization,
    Period,
    ProjectHead,
    PurchaseHead,
    Resolved,
    Scope,
    Stage,
    SubjectHead,
    Table,
    Total,
    Use,
    combine,
    key_depth,
    key_parent,
)
from govbudget.money import Mark, Mode, MoneyUnit
from govbudget.place import Place
from govbudget.testing.money import Leaf, Ledger, Purchase, purchase_key
from govbudget.text import fold

_FORMS = {"政府集中采购": Buying.CENTRAL, "部门集中采购": Buying.DEPARTMENT, "分散采购": Buying.OWN}


def publish(
    leaves: Sequence[Leaf],
    *,
    year: int = 2024,
    organization: str = "某市某中心",
    unit: MoneyUnit = MoneyUnit.WAN_YUAN,
    places: int = 2,
    form: Layout | None = None,
    mode: Mode = Mode.HALF_UP,
    declared: bool = False,
    plan: Sequence[Leaf] = (),
    before: Sequence[Leaf] = (),
    purchases: Sequence[Purchase] = (),
    goals: Mapping[str, str] | None = None,
    administrative: bool = False,
) -> Disclosure:
    """Publish exact money as the tables of a layout.

    Args:
        leaves: the exact money of the year.
        year: the budget year.
        organization: name of the body.
        unit: the unit the tables count in.
        places: the decimals they print; each figure is rounded by itself.
        form: the layout, by default that of the Hangzhou unit budget.
        mode: how figures are rounded.
        declared: whether the tables say so; documents hardly ever do.
        plan: in accounts, the budget at the beginning of the year.
        before: the money of the year before, for layouts that print it beside.
        purchases: what is bought, for layouts with a table of procurement.
        goals: performance goals by project, for layouts that print them.
        administrative: whether the body is an administration, so that its running costs are 机关运行经费.

    >>> leaf = Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=125_98_00_00)
    >>> [table.number for table in publish([leaf]).tables][:3]
    [1, 2, 3]
    """
    form = form or layout("hangzhou-unit-budget")
    base = Coordinate(year=year, stage=form.stage)
    ledger = Ledger(leaves, body=organization, year=year, purchases=purchases, administrative=administrative)
    planned = Ledger(plan, body=organization, year=year, purchases=purchases, administrative=administrative)
    press = _Press(
        ledger=ledger,
        before=Ledger(before, body=organization, year=year, administrative=administrative),
        plan=planned if form.stage is Stage.FINAL else ledger,
        unit=unit,
        places=places,
        organization=organization,
        scope=form.scope,
        year=year,
        mode=mode,
        goals=dict(goals or {}),
        declared=declared,
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
    ledger: Ledger
    before: Ledger
    plan: Ledger
    unit: MoneyUnit
    places: int
    organization: str
    scope: Scope
    year: int
    mode: Mode
    goals: Mapping[str, str]
    declared: bool

    def exact(self, at: Coordinate) -> int:
        if at.year is not None and at.year < self.year:
            return self.before.exact(at)
        return (self.plan if at.stage is Stage.BUDGET else self.ledger).exact(at)


def _table(press: _Press, spec: TableSpec, base: Coordinate) -> Table:
    starts = [sum(len(lane.columns) for lane in spec.lanes[:index]) for index in range(len(spec.lanes))]
    lanes = tuple(_lane(press, spec, index, base, starts[index]) for index in range(len(spec.lanes)))
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
        mode=press.mode if press.declared else Mode.HALF_UP,
    )


def _lane(press: _Press, table: TableSpec, number: int, base: Coordinate, start: int) -> Lane:
    spec = table.lanes[number]
    at = combine(base, spec.at)
    amounts = [(i, column) for i, column in enumerate(spec.columns) if column.role is Role.AMOUNT]
    columns = tuple(
        Column(
            header=_levels(c.header),
            at=dated(c.at, press.year),
            index=start + i + 1,
        )
        for i, c in amounts
    )
    changes = tuple(
        ChangeColumn(
            header=_levels(c.header), base=dated(c.at, press.year), index=start + i + 1, rate=c.role is Role.RATE
        )
        for i, c in enumerate(spec.columns)
        if c.role in (Role.CHANGE, Role.RATE)
    )
    lines: list[Line] = []
    step = press.unit.fen // 10**press.places
    for head, label, where in _block(table, number, _heads(press, spec, at)):
        values: list[int | Mark] = []
        for column in columns:
            exact = press.exact(combine(at, where, column.at))
            values.append(Mark.BLANK if exact == 0 else printed_value(exact, step, press.mode))
        places = tuple(0 if isinstance(v, Mark) else press.places for v in values)
        said = [_change(press, combine(at, where), column, step) for column in changes]
        lines.append(
            Line(
                label=label,
                head=head,
                at=where,
                values=tuple(values),
                places=places,
                changes=tuple(value for value, _ in said),
                change_places=tuple(shown for _, shown in said),
            )
        )
    return Lane(title=spec.title, axis=spec.axis, at=at, columns=columns, changes=changes, lines=tuple(lines))


_RATE_PLACES = 2


def _change(press: _Press, at: Coordinate, column: ChangeColumn, step: int) -> tuple[int | Mark, int]:
    """By how much a line differs from last year, exact and then rounded; blank where nothing does or can be said."""
    now, before = press.exact(at), press.exact(combine(at, column.base))
    if not column.rate:
        moved = now - before
        return (printed_value(moved, step, press.mode), press.places) if moved else (Mark.BLANK, 0)
    if now == before or before <= 0:
        return Mark.BLANK, 0
    sign, part = (1 if now > before else -1), abs(now - before) * 100 * 10**_RATE_PLACES
    return sign * ((2 * part + before) // (2 * before)), _RATE_PLACES


def _levels(header: str) -> tuple[str, ...]:
    """A header path in its first wording."""
    return tuple(level.split("|")[0].strip() for level in header.split(">"))


_Named = tuple[Head, str, Coordinate]


def _block(table: TableSpec, number: int, heads: list[_Named]) -> list[_Named]:
    """The part of a list that stands in this lane: one that goes on in the next has its first half here."""
    spec = table.lanes[number]
    goes_on = number + 1 < len(table.lanes) and table.lanes[number + 1].continues
    if not goes_on and not spec.continues:
        return heads
    middle = (len(heads) - len(spec.totals[:1]) + 1) // 2
    return heads[:middle] if goes_on else heads[middle:]


def _heads(press: _Press, spec: LaneSpec, at: Coordinate) -> list[_Named]:
    total: list[_Named] = [(Total(), spec.totals[0], spec.lines)] if spec.totals else []
    entries: list[_Named] = [(Entry(), _said(e), e.at) for e in spec.entries]
    if spec.axis in {"functional", "economic"}:
        subjects = _subjects(press, spec, at)
        return [*subjects, *total, *entries] if spec.title else [*total, *subjects, *entries]
    if spec.axis == "entity":
        bodies = dict.fromkeys(leaf.entity or press.organization for leaf in press.ledger.leaves)
        lines: list[_Named] = [(BodyHead(body), body, combine(spec.lines, Coordinate(entity=body))) for body in bodies]
        return [*total, *lines]
    if spec.axis == "project":
        return [*total, *_projects(press, spec)]
    if spec.axis == "purchase":
        return [*total, *_purchases(press, spec)]
    return [*total, *entries] if not spec.entries or spec.totals else entries


def _projects(press: _Press, spec: LaneSpec) -> list[_Named]:
    has_project = any(column.role is Role.PROJECT for column in spec.columns)
    has_goal = any(column.role is Role.GOAL for column in spec.columns)
    first = next((c.role for c in spec.columns if c.role in (Role.ORGANIZATION, Role.PROJECT)), Role.ORGANIZATION)
    of = dict.fromkeys(
        (leaf.entity or press.organization, leaf.project)
        for leaf in press.ledger.leaves
        if leaf.use is Use.PROJECT and leaf.fen and leaf.goes is Period.CURRENT
    )
    return [
        (
            ProjectHead(
                organization=body,
                name=name if has_project else "",
                goal=press.goals.get(name) if has_goal else None,
            ),
            name if first is Role.PROJECT else body,
            combine(spec.lines, Coordinate(project=f"{body}/{name}")),
        )
        for body, name in of
    ]


def _purchases(press: _Press, spec: LaneSpec) -> list[_Named]:
    edition = tree(Scheme.DEPARTMENT_ECONOMIC, edition_year(Scheme.DEPARTMENT_ECONOMIC, press.year))
    lines: list[_Named] = []
    for entry in spec.entries:
        lines.append((Entry(), _said(entry), entry.at))
        programme = ""
        shown: tuple[str, str] | None = None
        for purchase in sorted(
            (p for p in press.ledger.purchases if p.kind is entry.at.item), key=lambda p: (p.programme, p.economic)
        ):
            subject = fold(edition[purchase.economic].name)
            keys = [purchase_key(purchase, subject, of_thing=of_thing) for of_thing in (False, True)]
            group = PurchaseHead(programme=purchase.programme, subject=subject, economic=purchase.economic)
            if (purchase.programme, subject) != shown:
                label = subject if purchase.programme == programme else purchase.programme
                lines.append((group, label, combine(entry.at, Coordinate(purchase=keys[0]))))
                shown, programme = (purchase.programme, subject), purchase.programme
            head = attrs.evolve(group, thing=purchase.thing, form=purchase.form, buying=_FORMS.get(purchase.form))
            lines.append((head, purchase.thing, combine(entry.at, Coordinate(purchase=keys[1]))))
    return lines


def _said(entry: EntrySpec) -> str:
    """The label of an entry as a reader puts it together from its cells: a label in a group says the group first."""
    return "".join(part.strip() for part in entry.labels[0].split(">"))


def _subjects(press: _Press, spec: LaneSpec, at: Coordinate) -> list[_Named]:
    scheme = Scheme.FUNCTIONAL if spec.axis == "functional" else Scheme.DEPARTMENT_ECONOMIC
    edition: Tree = tree(scheme, edition_year(scheme, press.year))
    depth = 1 if spec.title else 3  # the summary tables print classes only
    if spec.title and spec.axis == "economic":
        depth = 2
    codes: set[str] = set()
    columns = [combine(at, spec.lines, dated(c.at, press.year)) for c in spec.columns if c.role is Role.AMOUNT]
    past = any(column.year is not None and column.year < press.year for column in columns)
    for leaf in (*press.ledger.leaves, *(press.before.leaves if past else ())):
        code = leaf.functional if spec.axis == "functional" else leaf.economic
        if not code or not leaf.fen or code in codes:
            continue
        one = Coordinate(functional=code) if spec.axis == "functional" else Coordinate(economic=code)
        if any(press.exact(combine(column, one)) for column in columns):
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


def controlled(leaves: Sequence[Leaf], step: int) -> tuple[Leaf, ...]:
    """Round leaves to whole steps so that what is printed adds up exactly (controlled rounding).

    The running sum along the classification is rounded, and each leaf is what it grew by: leaves, 项, 款, 类 and the
    total are all within one step of their exact amounts, and every sum of printed figures is exact.

    Args:
        leaves: exact leaves.
        step: the value of one unit of the last digit that will be printed, in 分.

    >>> thirds = [Leaf(functional=f"20129{n}", use=Use.PROJECT, project="甲", fen=34) for n in (50, 99)]
    >>> [leaf.fen for leaf in controlled(thirds, 100)]
    [0, 100]
    """
    order = sorted(range(len(leaves)), key=lambda i: (leaves[i].functional, leaves[i].economic, leaves[i].project))
    out = list(leaves)
    exact = shown = 0
    for index in order:
        exact += leaves[index].fen
        rounded = printed_value(exact, step)
        out[index] = attrs.evolve(leaves[index], fen=rounded - shown)
        shown = rounded
    return tuple(out)


__all__ = ["Leaf", "Purchase", "controlled", "publish"]
