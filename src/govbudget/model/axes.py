"""The axes of a fact: what a figure can be about, each axis a small tree.

Every axis has a root that means *all of it*. ``PARENT`` of an axis says which node a node is part of; whether the
children of a node add up to it is a different question, answered by the table that prints them together.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType


class Flow(enum.Enum):
    """Direction of the money: 收入 or 支出."""

    REVENUE = "revenue"
    EXPENDITURE = "expenditure"


class Stage(enum.Enum):
    """Which number of a year this is: what was planned, or what came of it."""

    BUDGET = "budget"
    """年初预算数 / 预算数."""
    EXECUTION = "execution"
    """预算执行数, the expected or preliminary outturn that the next budget compares with."""
    FINAL = "final"
    """决算数."""


class Period(enum.Enum):
    """Whether money belongs to the year or is carried over its edge.

    For revenue ``CARRIED`` is 上年结转结余 (brought forward), for expenditure 年终结转结余 (carried forward).
    """

    ALL = "all"
    CURRENT = "current"
    CARRIED = "carried"


class Fund(enum.Enum):
    """Source of the money (资金来源). The budgets of 预算法 第五条 that units have money from stand under 财政拨款."""

    ALL = "all"
    FISCAL = "fiscal"
    """财政拨款."""
    GENERAL = "general"
    """一般公共预算."""
    GOVERNMENT_FUND = "government_fund"
    """政府性基金预算."""
    STATE_CAPITAL = "state_capital"
    """国有资本经营预算."""
    SPECIAL_ACCOUNT = "special_account"
    """财政专户管理资金."""
    UNIT = "unit"
    """单位资金."""
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


class Use(enum.Enum):
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


class Item(enum.Enum):
    """Cross-cutting items that a disclosure states by themselves: “三公”经费 and government procurement."""

    ALL = "all"
    THREE_PUBLIC = "three_public"
    """“三公”经费."""
    ABROAD = "abroad"
    """因公出国（境）费用."""
    RECEPTION = "reception"
    """公务接待费."""
    VEHICLES = "vehicles"
    """公务用车购置及运行维护费."""
    VEHICLE_PURCHASE = "vehicle_purchase"
    """公务用车购置费."""
    VEHICLE_RUNNING = "vehicle_running"
    """公务用车运行维护费."""
    AGENCY_RUNNING = "agency_running"
    """机关运行经费, running costs of administrative bodies."""
    PERFORMANCE = "performance"
    """实行绩效目标管理的项目, projects under performance management."""
    PROCUREMENT = "procurement"
    """政府采购."""
    GOODS = "goods"
    """政府采购货物."""
    WORKS = "works"
    """政府采购工程."""
    SERVICES = "services"
    """政府采购服务."""
    RESERVED_SMALL_MEDIUM = "reserved_small_medium"
    """面向中小企业预留的政府采购, procurement kept for small and medium firms."""
    RESERVED_SMALL_MICRO = "reserved_small_micro"
    """预留给小型和微型企业的政府采购, the share of it kept for small and micro firms."""


Node = Period | Fund | Use | Item

PARENT: Mapping[Node, Node] = MappingProxyType(
    {
        Period.CURRENT: Period.ALL,
        Period.CARRIED: Period.ALL,
        Fund.FISCAL: Fund.ALL,
        Fund.GENERAL: Fund.FISCAL,
        Fund.GOVERNMENT_FUND: Fund.FISCAL,
        Fund.STATE_CAPITAL: Fund.FISCAL,
        Fund.SPECIAL_ACCOUNT: Fund.ALL,
        Fund.UNIT: Fund.ALL,
        Fund.BUSINESS: Fund.UNIT,
        Fund.OPERATING: Fund.UNIT,
        Fund.SUPERIOR: Fund.UNIT,
        Fund.SUBORDINATE: Fund.UNIT,
        Fund.OTHER: Fund.UNIT,
        Use.BASIC: Use.ALL,
        Use.PERSONNEL: Use.BASIC,
        Use.RUNNING: Use.BASIC,
        Use.PROJECT: Use.ALL,
        Use.OPERATING: Use.ALL,
        Use.TO_SUPERIOR: Use.ALL,
        Use.TO_SUBORDINATE: Use.ALL,
        Item.THREE_PUBLIC: Item.ALL,
        Item.ABROAD: Item.THREE_PUBLIC,
        Item.RECEPTION: Item.THREE_PUBLIC,
        Item.VEHICLES: Item.THREE_PUBLIC,
        Item.VEHICLE_PURCHASE: Item.VEHICLES,
        Item.VEHICLE_RUNNING: Item.VEHICLES,
        Item.AGENCY_RUNNING: Item.ALL,
        Item.PERFORMANCE: Item.ALL,
        Item.PROCUREMENT: Item.ALL,
        Item.GOODS: Item.PROCUREMENT,
        Item.WORKS: Item.PROCUREMENT,
        Item.SERVICES: Item.PROCUREMENT,
        Item.RESERVED_SMALL_MEDIUM: Item.PROCUREMENT,
        Item.RESERVED_SMALL_MICRO: Item.RESERVED_SMALL_MEDIUM,
    }
)

# -- keys: axes whose nodes come from the classification or from the document ----------------------------------------
#
# "" is the root. A resolved subject is its code, and a code's parent is its prefix: 2012950 -> 20129 -> 201 -> "".
# A name that no edition knows hangs under its nearest resolved ancestor behind a "~": 201~新设款/新设项. Organizations
# and projects are paths of names: 某单位/某项目.


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
