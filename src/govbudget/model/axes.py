"""The axes of a fact: what a figure can be about, each axis a small tree.

Every axis has a root that means *all of it*. ``PARENT`` of an axis says which node a node is part of; whether the
children of a node add up to it is a different question, answered by the table that prints them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from govbudget.choice import Choice


class Axis(Choice):
    """The nodes of an axis, hashed by identity: coordinates are hashed by the thousand."""

    __hash__ = object.__hash__


class Flow(Axis):
    """Direction of the money: 收入 or 支出."""

    REVENUE = "revenue"
    EXPENDITURE = "expenditure"


class Stage(Axis):
    """Which number of a year this is: what was planned, or what came of it."""

    BUDGET = "budget"
    """年初预算数 / 预算数."""
    ADJUSTED = "adjusted"
    """全年预算数 / 调整预算数: the budget with all that was added and taken away in the course of the year."""
    EXECUTION = "execution"
    """预算执行数, the expected or preliminary outturn that the next budget compares with."""
    FINAL = "final"
    """决算数."""


class Period(Axis):
    """Whether money belongs to the year or is carried over its edge.

    For revenue ``CARRIED`` is the balance brought forward, for expenditure the balance carried forward. The accounts
    of a year also print what is taken from, and what is put into, the surplus of other money.
    """

    ALL = "all"
    CURRENT = "current"
    CARRIED = "carried"
    """上年结转, 年初结转和结余 of revenue; 年终结转, 年末结转和结余 of expenditure."""
    DRAWN = "drawn"
    """动用上年结转和结余资金: what of the money carried over is to be used."""
    SURPLUS = "surplus"
    """使用非财政拨款结余（含专用结余） of revenue; 结余分配 of expenditure."""
    GRANTED = "granted"
    """当年拨款安排的支出: what of the spending of the year its own grants pay for; what was left of the year before
    (上年结转) pays for the rest."""


class Fund(Axis):
    """Source of the money (资金来源). The budgets of 预算法 第五条 that units have money from stand under 财政拨款."""

    ALL = "all"
    FISCAL = "fiscal"
    """财政拨款."""
    GENERAL = "general"
    """一般公共预算."""
    GENERAL_GRANT = "general_grant"
    """公共财政拨款(补助)资金, the grants of the general public budget."""
    EARMARKED = "earmarked"
    """专项收入, revenue of the general public budget bound to a purpose."""
    GOVERNMENT_FUND = "government_fund"
    """政府性基金预算."""
    STATE_CAPITAL = "state_capital"
    """国有资本经营预算."""
    SPECIAL_ACCOUNT = "special_account"
    """财政专户管理资金."""
    EDUCATION_FEES = "education_fees"
    """专户管理教育收费."""
    OTHER_NONTAX = "other_nontax"
    """其他非税收入 of the special account."""
    UNIT = "unit"
    """单位资金 / 其他资金."""
    BUSINESS = "business"
    """事业收入 (without money of the special account)."""
    OPERATING = "operating"
    """事业单位经营收入."""
    SUPERIOR = "superior"
    """上级补助收入."""
    SUBORDINATE = "subordinate"
    """附属单位上缴收入."""
    OTHER = "other"
    """其他收入."""
    DEBT = "debt"
    """债务资金(银行贷款)."""


class Use(Axis):
    """Use of the money (支出用途): basic spending (personnel, running costs), projects and transfers between bodies."""

    ALL = "all"
    BASIC = "basic"
    """基本支出."""
    PERSONNEL = "personnel"
    """人员经费 / 人员支出."""
    RUNNING = "running"
    """公用经费 / 日常公用支出."""
    PROJECT = "project"
    """项目支出."""
    OPERATING = "operating"
    """事业单位经营支出."""
    TO_SUPERIOR = "to_superior"
    """上缴上级支出."""
    TO_SUBORDINATE = "to_subordinate"
    """对附属单位补助支出."""
    RESERVE = "reserve"
    """单位预留机动经费, kept back for what the year may bring: new staff, higher pay."""


class Item(Axis):
    """Cross-cutting items that a disclosure states by themselves: “三公”经费 and government procurement."""

    ALL = "all"
    OFFICIAL = "official"
    """“三公”经费、会议费、培训费 together."""
    THREE_PUBLIC = "three_public"
    """“三公”经费."""
    ABROAD = "abroad"
    """因公出国（境）费用."""
    RECEPTION = "reception"
    """公务接待费."""
    RECEPTION_AT_HOME = "reception_at_home"
    """国内公务接待费, guests from abroad received at home included."""
    RECEPTION_ABROAD = "reception_abroad"
    """国（境）外公务接待费."""
    VEHICLES = "vehicles"
    """公务用车购置及运行维护费."""
    VEHICLE_PURCHASE = "vehicle_purchase"
    """公务用车购置费."""
    VEHICLE_RUNNING = "vehicle_running"
    """公务用车运行维护费."""
    CONFERENCES = "conferences"
    """会议费."""
    TRAINING = "training"
    """培训费."""
    AGENCY_RUNNING = "agency_running"
    """机关运行经费, running costs of administrative bodies."""
    PERFORMANCE = "performance"
    """实行绩效目标管理的项目, projects under performance management."""
    MONITORED = "monitored"
    """绩效跟踪评价的项目, projects whose performance is followed during the year."""
    EVALUATED = "evaluated"
    """绩效自评的项目, projects whose performance is evaluated after it."""
    PROCUREMENT = "procurement"
    """政府采购."""
    GOODS = "goods"
    """政府采购货物."""
    WORKS = "works"
    """政府采购工程."""
    SERVICES = "services"
    """政府采购服务."""
    SME_RESERVED = "sme_reserved"
    """面向中小企业预留的采购项目预算, procurement set aside for small and medium firms."""
    MICRO_RESERVED = "micro_reserved"
    """面向小微企业预留的采购项目预算, procurement set aside for small and micro firms."""
    SME_AWARDED = "sme_awarded"
    """授予中小企业合同金额, contracts awarded to small and medium firms."""
    MICRO_AWARDED = "micro_awarded"
    """授予小微企业合同金额, contracts awarded to small and micro firms."""
    SME_RESERVED_AWARDED = "sme_reserved_awarded"
    """Awarded to small and medium firms out of what is set aside for them."""
    MICRO_RESERVED_AWARDED = "micro_reserved_awarded"
    """Awarded to small and micro firms out of what is set aside for them."""
    SME_OTHER_AWARDED = "sme_other_awarded"
    """Awarded to small and medium firms in other procurement."""


Node = Period | Fund | Use | Item

PARENT: Mapping[Node, Node] = MappingProxyType(
    {
        Period.CURRENT: Period.ALL,
        Period.CARRIED: Period.ALL,
        Period.GRANTED: Period.CURRENT,
        Period.DRAWN: Period.CARRIED,
        Period.SURPLUS: Period.ALL,
        Fund.FISCAL: Fund.ALL,
        Fund.GENERAL: Fund.FISCAL,
        Fund.GENERAL_GRANT: Fund.GENERAL,
        Fund.EARMARKED: Fund.GENERAL,
        Fund.GOVERNMENT_FUND: Fund.FISCAL,
        Fund.STATE_CAPITAL: Fund.FISCAL,
        Fund.SPECIAL_ACCOUNT: Fund.ALL,
        Fund.EDUCATION_FEES: Fund.SPECIAL_ACCOUNT,
        Fund.OTHER_NONTAX: Fund.SPECIAL_ACCOUNT,
        Fund.UNIT: Fund.ALL,
        Fund.BUSINESS: Fund.UNIT,
        Fund.OPERATING: Fund.UNIT,
        Fund.SUPERIOR: Fund.UNIT,
        Fund.SUBORDINATE: Fund.UNIT,
        Fund.OTHER: Fund.UNIT,
        Fund.DEBT: Fund.UNIT,
        Use.BASIC: Use.ALL,
        Use.PERSONNEL: Use.BASIC,
        Use.RUNNING: Use.BASIC,
        Use.PROJECT: Use.ALL,
        Use.OPERATING: Use.ALL,
        Use.TO_SUPERIOR: Use.ALL,
        Use.TO_SUBORDINATE: Use.ALL,
        Use.RESERVE: Use.ALL,
        Item.OFFICIAL: Item.ALL,
        Item.THREE_PUBLIC: Item.OFFICIAL,
        Item.ABROAD: Item.THREE_PUBLIC,
        Item.RECEPTION: Item.THREE_PUBLIC,
        Item.RECEPTION_AT_HOME: Item.RECEPTION,
        Item.RECEPTION_ABROAD: Item.RECEPTION,
        Item.VEHICLES: Item.THREE_PUBLIC,
        Item.VEHICLE_PURCHASE: Item.VEHICLES,
        Item.VEHICLE_RUNNING: Item.VEHICLES,
        Item.CONFERENCES: Item.OFFICIAL,
        Item.TRAINING: Item.OFFICIAL,
        Item.AGENCY_RUNNING: Item.ALL,
        Item.PERFORMANCE: Item.ALL,
        Item.MONITORED: Item.ALL,
        Item.EVALUATED: Item.ALL,
        Item.PROCUREMENT: Item.ALL,
        Item.GOODS: Item.PROCUREMENT,
        Item.WORKS: Item.PROCUREMENT,
        Item.SERVICES: Item.PROCUREMENT,
        Item.SME_RESERVED: Item.PROCUREMENT,
        Item.MICRO_RESERVED: Item.SME_RESERVED,
        Item.SME_AWARDED: Item.ALL,
        Item.MICRO_AWARDED: Item.ALL,
        Item.SME_RESERVED_AWARDED: Item.ALL,
        Item.MICRO_RESERVED_AWARDED: Item.ALL,
        Item.SME_OTHER_AWARDED: Item.ALL,
    }
)

OF_WHICH: frozenset[Node] = frozenset({Period.DRAWN})
"""Nodes printed behind 其中 that are some of the node above them and need not be all of it."""

# -- keys: axes whose nodes come from the classification or from the document ----------------------------------------
#
# "" is the root. A resolved subject is its code, and a code's parent is its prefix: 2012950 -> 20129 -> 201 -> "".
# A name that no edition knows hangs under its nearest resolved ancestor behind a "~": 201~新设款/新设项. Organizations
# and projects are paths of names: 某单位/某项目.


@lru_cache(maxsize=8192)
def key_parent(key: str) -> str:
    """Return the key one level up; the root ``""`` is above everything.

    >>> [key_parent(k) for k in ("2012950", "201", "201~新设款/新设项", "201~新设款", "某单位/某项目")]
    ['20129', '', '201~新设款', '201', '某单位']
    """
    head, tilde, tail = key.partition("~")
    if tilde:
        return f"{head}~{tail.rpartition('/')[0]}" if "/" in tail else head
    if key.isascii() and key.isdigit():
        return key[:-2] if len(key) > 3 else ""
    return key.rpartition("/")[0]


def key_depth(key: str) -> int:
    """Return how many steps ``key`` stands below the root.

    >>> key_depth(""), key_depth("201"), key_depth("2012950")
    (0, 1, 3)
    """
    depth = 0
    while key:
        key, depth = key_parent(key), depth + 1
    return depth


def parent(node: Node | str) -> Node | str | None:
    """Return the node one level up on its axis, ``None`` above the root."""
    if isinstance(node, str):
        return key_parent(node) if node else None
    return PARENT.get(node)


def is_below(node: Node | str, other: Node | str) -> bool:
    """Tell whether ``node`` is part of ``other`` and not ``other`` itself.

    >>> is_below(Fund.GENERAL, Fund.ALL), is_below("20129", "201"), is_below("201", "201")
    (True, True, False)
    """
    above = parent(node)
    while above is not None:
        if above == other:
            return True
        above = parent(above)
    return False
