"""Whole disclosures from choices: exact money of a body, published in a layout, explained in sentences."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from functools import cache

import attrs

from govbudget.classification import Budget, Scheme, budget_of, edition_year, tree
from govbudget.layouts import Layout, Role
from govbudget.model import Counted, Disclosure, Fund, Item, Organization, Period, Scope, Stage, Use
from govbudget.money import Mode, MoneyUnit
from govbudget.testing.choices import Choices
from govbudget.testing.money import Leaf, Ledger, Purchase
from govbudget.testing.narrative import Books, narrate
from govbudget.testing.narrative.compose import organization
from govbudget.testing.narrative.matters import EQUIPMENT, RATINGS, VEHICLES
from govbudget.testing.press import controlled, publish
from govbudget.testing.printable import Kind, kinds

PROJECTS = ("信息化运维", "困难帮扶", "课题研究", "场馆维修", "业务培训", "宣传活动", "设备更新", "专项调查")
DIVISIONS = ("办公室", "财务科", "业务科", "信息科")
_CITIES = ("某市", "江城市", "云岭县", "白鹭区")
_UNITS = ("某中心", "职工服务中心", "图书馆", "社会福利院", "水文站")
_DEPARTMENTS = ("民政局", "司法局", "文化局", "水务局")
_THINGS = {
    Item.GOODS: ("台式计算机", "办公家具", "复印机"),
    Item.WORKS: ("修缮工程",),
    Item.SERVICES: ("物业管理服务", "印刷服务"),
}
_FORMS = ("政府集中采购", "部门集中采购", "分散采购")
_BOUGHT_FROM = ("30201", "30213", "30214")


class Rounding(enum.Enum):
    """How exact money becomes printed figures."""

    HALF_UP = "half-up"
    """Each figure by itself, to the nearest: sums may be off by rounding."""
    TRUNCATION = "truncation"
    """Each figure by itself, digits cut off: totals may be larger than the sum of their parts."""
    CONTROLLED = "controlled"
    """Leaves are rounded so that all sums come out exactly."""


@attrs.frozen(kw_only=True)
class Shape:
    """What a generated disclosure looks like.

    Attributes:
        form: its layout.
        year: its year.
        unit: the unit its tables count in.
        places: the decimals they print.
        rounding: how figures are rounded.
        declared: whether tables that cut digits off say so; documents hardly ever do.
        narrative: whether it has one.
        members: how many units a department has.
        fewest: the fewest leaves of money.
        most: the most leaves of money.
    """

    form: Layout
    year: int = 2024
    unit: MoneyUnit = MoneyUnit.WAN_YUAN
    places: int = 2
    rounding: Rounding = Rounding.HALF_UP
    declared: bool = True
    narrative: bool = False
    members: int = 0
    fewest: int = 1
    most: int = 12

    @property
    def step(self) -> int:
        """The value of one unit of the last digit that tables or sentences print, in 分."""
        scale: int = 10**self.places
        own = self.unit.fen // scale
        return max(own, MoneyUnit.WAN_YUAN.fen // 100) if self.narrative else own

    @property
    def has_codes(self) -> bool:
        """Whether tables print codes beside the names of subjects."""
        return any(c.role is Role.CODE for t in self.form.tables for lane in t.lanes for c in lane.columns)


@attrs.frozen(kw_only=True)
class Money:
    """The exact money of a body in a year, and all else that a disclosure states.

    Attributes:
        leaves: what was, or is to be, spent.
        plan: in accounts, the budget at the beginning of the year.
        added: in accounts, what the budget of the whole year has beyond what was spent; nothing where none is told.
        before: last year's money.
        purchases: what is bought.
        pieces: how many vehicles and the like there are.
        administrative: whether the body is an administration.
    """

    leaves: tuple[Leaf, ...]
    plan: tuple[Leaf, ...] = ()
    added: tuple[Leaf, ...] = ()
    before: tuple[Leaf, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    pieces: tuple[tuple[Counted, int], ...] = ()
    administrative: bool = False


# -- money ------------------------------------------------------------------------------------------------------------


@cache
def codes(scheme: Scheme, year: int, level: int) -> tuple[str, ...]:
    """Return the codes of a level of the edition in force in a year."""
    return tuple(s.code for s in tree(scheme, edition_year(scheme, year)) if s.level == level)


_OWN = {Fund.GOVERNMENT_FUND: Budget.GOVERNMENT_FUND, Fund.STATE_CAPITAL: Budget.STATE_CAPITAL}


@cache
def _of_budget(year: int, budget: Budget) -> tuple[str, ...]:
    """The lowest subjects of a budget, those that last for some years; what no list names is of the general budget."""
    every = codes(Scheme.FUNCTIONAL, year, 3)
    lasting = set(every).intersection(*(codes(Scheme.FUNCTIONAL, year + later, 3) for later in range(1, 4)))
    edition = tree(Scheme.FUNCTIONAL, edition_year(Scheme.FUNCTIONAL, year))
    own = {code for code in lasting if (budget_of(edition[code]) or Budget.GENERAL_PUBLIC) is budget}
    return tuple(code for code in every if code in own)


def _subject(choices: Choices, shape: Shape, subjects: Sequence[str], fund: Fund) -> str:
    """Choose a subject of the budget that the money is of: each budget has subjects of its own."""
    own = _of_budget(shape.year, _OWN.get(fund, Budget.GENERAL_PUBLIC))
    return choices.pick([code for code in subjects if code in own] or own)


@cache
def economic(year: int, use: Use) -> tuple[str, ...]:
    """Return the economic subjects that personnel or running costs are paid from."""
    classes = ("301", "303") if use is Use.PERSONNEL else ("302",)
    return tuple(c for c in codes(Scheme.DEPARTMENT_ECONOMIC, year, 2) if c[:3] in classes)


@cache
def _weighted(form: Layout) -> tuple[Kind, ...]:
    """Kinds of money, the most usual first and more often: most of it is this year's, from the general budget."""
    every = kinds(form)
    plain = [k for k in every if k.came is Period.CURRENT and k.goes is Period.CURRENT]
    usual = [k for k in plain if k.fund is plain[0].fund and k.use in (Use.PERSONNEL, Use.RUNNING, Use.PROJECT)]
    return (*usual * max(1, len(every) // 2), *plain, *every)


def leaf(choices: Choices, shape: Shape, subjects: Sequence[str], entities: Sequence[str] = ("",)) -> Leaf:
    """Choose a leaf of money that every table of the layout has room for."""
    kind = choices.pick(_weighted(shape.form))
    basic = kind.use in (Use.PERSONNEL, Use.RUNNING)
    return Leaf(
        functional=_subject(choices, shape, subjects, kind.fund),
        use=kind.use,
        fund=kind.fund,
        came=kind.came,
        goes=kind.goes,
        economic=choices.pick(economic(shape.year, kind.use)) if basic else "",
        project=choices.pick(PROJECTS) if kind.use is Use.PROJECT else "",
        entity=choices.pick(entities),
        fen=amount(choices, shape.step),
    )


def amount(choices: Choices, step: int) -> int:
    """Choose an amount: of any size up to some hundred million yuan, never less than one printed unit."""
    return choices.number(step, int(10 ** choices.pick((7, 8, 9, 10, 11))) + step)


def money(
    choices: Choices, shape: Shape, leaves: Sequence[Leaf], subjects: Sequence[str], entities: Sequence[str] = ("",)
) -> Money:
    """Choose all that goes with the leaves: the plan of accounts, last year, purchases, vehicles."""
    before: tuple[Leaf, ...] = ()
    plan: tuple[Leaf, ...] = ()
    added: tuple[Leaf, ...] = ()
    if shape.narrative:
        before = changed(choices, shape, leaves, subjects, entities)
    if shape.form.stage is Stage.FINAL:
        plan = changed(choices, shape, leaves, subjects, entities)
        if shape.narrative and choices.maybe():
            added = tuple(attrs.evolve(one, fen=amount(choices, shape.step)) for one in leaves if choices.maybe())
    pieces: dict[Counted, int] = {}
    purchases: tuple[Purchase, ...] = ()
    if shape.narrative or _buys(shape.form):
        purchases = tuple(_purchases(choices, shape))
    if shape.narrative:
        pieces = {kind: choices.number(0, 9) for kind in (*VEHICLES, *RATINGS, *EQUIPMENT)}
        if choices.maybe():
            pieces[Counted.VEHICLES_BOUGHT] = choices.number(1, 3)
    return Money(
        leaves=tuple(leaves),
        plan=plan,
        added=added,
        before=before,
        purchases=purchases,
        pieces=tuple(pieces.items()),
        administrative=choices.maybe(),
    )


def changed(
    choices: Choices, shape: Shape, leaves: Sequence[Leaf], subjects: Sequence[str], entities: Sequence[str]
) -> tuple[Leaf, ...]:
    """Money of another year or stage: much of it the same, some of it more or less, some new."""
    found = []
    for one in leaves:
        change = choices.pick(["same", "more", "little", "other", "none"])
        if change == "same":
            found.append(one)
        elif change == "little":
            found.append(attrs.evolve(one, fen=one.fen + choices.number(0, one.fen // 200)))
        elif change == "more":
            found.append(attrs.evolve(one, fen=one.fen + amount(choices, shape.step)))
        elif change == "other":
            found.append(attrs.evolve(one, fen=amount(choices, shape.step)))
    if choices.maybe():
        found.append(leaf(choices, shape, subjects, entities))
    return tuple(found)


def _buys(form: Layout) -> bool:
    return any(lane.axis == "purchase" for table in form.tables for lane in table.lanes)


def _paid_from(form: Layout) -> tuple[Fund, ...]:
    """The sources of money that the table of procurement prints; most print none."""
    lanes = (lane for table in form.tables for lane in table.lanes if lane.axis == "purchase")
    return tuple(column.at.fund for lane in lanes for column in lane.columns if column.at.fund is not Fund.ALL)


def _purchases(choices: Choices, shape: Shape) -> list[Purchase]:
    """Purchases, no two alike; some kept for small firms, some won by them."""
    found: dict[tuple[object, ...], Purchase] = {}
    funds = _paid_from(shape.form)
    for _ in range(choices.number(0, 4)):
        kind = choices.pick(tuple(_THINGS))
        one = Purchase(
            kind=kind,
            programme=choices.pick(PROJECTS),
            economic=choices.pick(_BOUGHT_FROM),
            thing=choices.pick(_THINGS[kind]),
            form=choices.pick(_FORMS),
            kept=choices.pick((Item.ALL, Item.SME_RESERVED, Item.MICRO_RESERVED)),
            won=choices.pick((Item.ALL, Item.SME_AWARDED, Item.MICRO_AWARDED)),
            fen=amount(choices, shape.step),
            fund=choices.pick(funds) if funds else Fund.GENERAL,
        )
        found[one.kind, one.programme, one.economic, one.thing, one.form] = one
    return list(found.values())


def pool(choices: Choices, shape: Shape) -> list[str]:
    """Choose the functional subjects a body has money for: one or two of its own, and those that all bodies have."""
    every = _of_budget(shape.year, Budget.GENERAL_PUBLIC)
    own = [choices.pick(every) for _ in range(choices.number(1, 3))]
    usual = ["2080505", "2080506", "2101102", "2210201"]
    return [*own, *(code for code in usual if code in every and choices.maybe())]


# -- disclosures ------------------------------------------------------------------------------------------------------


def body(choices: Choices, shape: Shape) -> Organization:
    """Choose a body, with the units of a department."""
    city = choices.pick(_CITIES)
    if shape.form.scope is Scope.UNIT:
        parent = choices.pick([None, f"{city}{_DEPARTMENTS[0]}"])
        nature = choices.pick([None, "事业单位"])
        divisions = DIVISIONS[: choices.number(0, len(DIVISIONS))]
        return organization(city + choices.pick(_UNITS), parent=parent, nature=nature, divisions=divisions)
    name = city + choices.pick(_DEPARTMENTS)
    members = (f"{name}本级", *(f"{city}{unit}" for unit in _UNITS))[: shape.members]
    return organization(name, divisions=DIVISIONS[: choices.number(0, 3)], members=members if shape.narrative else ())


def entities(shape: Shape, of: Organization) -> tuple[str, ...]:
    """Return whose money a disclosure may hold; the first is the body itself."""
    if not shape.members:
        return ("",)
    city = next((city for city in _CITIES if of.name.startswith(city)), "")
    return (f"{of.name}本级", *(f"{city}{unit}" for unit in _UNITS))[: shape.members]


def disclose(choices: Choices, shape: Shape, of: Organization, found: Money) -> Disclosure:
    """Publish money as a disclosure of a shape."""
    step = shape.step
    if shape.rounding is Rounding.CONTROLLED:
        found = attrs.evolve(
            found,
            leaves=_kept(controlled(found.leaves, step)),
            plan=_kept(controlled(found.plan, step)),
            added=_kept(controlled(found.added, step)),
            before=_kept(controlled(found.before, step)),
            purchases=tuple(attrs.evolve(p, fen=max(step, p.fen // step * step)) for p in found.purchases),
        )
    cut = shape.rounding is Rounding.TRUNCATION
    mode = Mode.TRUNCATION if cut else Mode.HALF_UP
    made = publish(
        found.leaves,
        year=shape.year,
        organization=of.name,
        unit=shape.unit,
        places=shape.places,
        form=shape.form,
        mode=mode,
        declared=shape.declared,
        plan=found.plan,
        before=found.before,
        purchases=found.purchases,
        goals={project: f"完成{project}的年度任务" for project in PROJECTS[::2]},
        administrative=found.administrative,
    )
    if not shape.narrative:
        return made
    stages = {Stage.FINAL: Stage.FINAL}.get(shape.form.stage)
    before = (stages,) if stages else (Stage.EXECUTION, Stage.BUDGET)
    ledger = _ledger(shape, of, found, found.leaves)
    ledgers = {(shape.year, shape.form.stage): ledger}
    if shape.form.stage is Stage.FINAL:
        ledgers[shape.year, Stage.BUDGET] = _ledger(shape, of, found, found.plan)
    if found.added:
        ledgers[shape.year, Stage.ADJUSTED] = _ledger(shape, of, found, (*found.leaves, *found.added))
    if found.before:
        ledgers |= {(shape.year - 1, stage): _ledger(shape, of, found, found.before) for stage in before}
    books = Books(
        year=shape.year,
        stage=shape.form.stage,
        ledgers=ledgers,
        pieces=dict(found.pieces),
        mode=mode,
        declared=shape.declared,
        places=2,
    )
    return attrs.evolve(made, organization=of, narrative=narrate(choices, shape.form, books, of))


def _kept(leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    return tuple(leaf for leaf in leaves if leaf.fen)


def _ledger(shape: Shape, of: Organization, found: Money, leaves: Sequence[Leaf]) -> Ledger:
    return Ledger(leaves, body=of.name, year=shape.year, purchases=found.purchases, administrative=found.administrative)


Many = Callable[[Callable[[], Leaf]], list[Leaf]]
"""Makes a list of leaves from a function that makes one."""


def budget(choices: Choices, shape: Shape, many: Many | None = None) -> Disclosure:
    """Choose a body and its money, and publish it.

    Args:
        choices: where choices come from.
        shape: what the disclosure looks like.
        many: makes a list of leaves from a function that makes one; by default so many as the shape says.
    """
    of = body(choices, shape)
    subjects, owners = pool(choices, shape), entities(shape, of)
    leaves = some_leaves(choices, shape, many, subjects, owners)
    return disclose(choices, shape, of, money(choices, shape, leaves, subjects, owners))


def some_leaves(
    choices: Choices, shape: Shape, many: Many | None, subjects: Sequence[str], owners: Sequence[str]
) -> list[Leaf]:
    """Choose so many leaves as the shape says."""

    def one() -> Leaf:
        return leaf(choices, shape, subjects, owners)

    return many(one) if many else [one() for _ in range(choices.number(shape.fewest, shape.most))]
