"""What the narrative (情况说明) claims, sentence by sentence, as values that can be checked.

Every claim knows the text it was read from. A claim about a figure names the coordinates it speaks of; empty
``of`` means that the sentence was read but nothing in the model answers to its subject.
"""

from __future__ import annotations

import enum

import attrs

from govbudget.model.axes import Stage
from govbudget.model.coordinate import Coordinate
from govbudget.money import Amount, Percent
from govbudget.place import Place


class Direction(enum.Enum):
    """Which way a figure moved."""

    UP = "up"
    """增加, 增长."""
    DOWN = "down"
    """减少, 下降."""

    @property
    def sign(self) -> int:
        """+1 for up, -1 for down."""
        return 1 if self is Direction.UP else -1


@attrs.frozen(kw_only=True)
class Base:
    """What a figure is measured against: 上年执行数, 上年预算数; for an outcome also 年初预算数 of its own year.

    Attributes:
        year: the year compared with.
        stage: which number of that year; ``None`` where the sentence only says 上年.
        comparable: whether the sentence first takes something out of both sides (同口径).
    """

    year: int
    stage: Stage | None = None
    comparable: bool = False


@attrs.frozen(kw_only=True)
class _Claim:
    of: tuple[Coordinate, ...]
    term: str
    """The words that name the subject, folded."""
    text: str
    """The words of the claim itself, folded; ``place.span`` leads to them as printed."""
    place: Place
    """``place.span`` covers the claim; ``numbers`` its numbers."""
    numbers: tuple[tuple[int, int], ...] = ()
    """Source spans of the printed numbers this claim accounts for."""


@attrs.frozen(kw_only=True)
class AmountClaim(_Claim):
    """A fact has an amount: 2024 年收入预算 1,147.95 万元."""

    amount: Amount


@attrs.frozen(kw_only=True)
class ChangeClaim(_Claim):
    """A fact changed by an amount: 比上年执行数增加 51.37 万元."""

    base: Base
    direction: Direction
    amount: Amount


@attrs.frozen(kw_only=True)
class GrowthClaim(_Claim):
    """A fact changed by a percentage: 增长 4.68%."""

    base: Base
    direction: Direction
    percent: Percent


@attrs.frozen(kw_only=True)
class FlatClaim(_Claim):
    """A fact did not change: 与上年执行数持平."""

    base: Base
    roughly: bool = False
    """基本持平."""


@attrs.frozen(kw_only=True)
class ShareClaim(_Claim):
    """A fact is a share of a whole: 占 81.43%."""

    whole: tuple[Coordinate, ...]
    percent: Percent


@attrs.frozen(kw_only=True)
class CompletionClaim(_Claim):
    """An outcome is a percentage of its budget: 完成年初预算的98.20%."""

    base: Base
    percent: Percent


@attrs.frozen(kw_only=True)
class MovementClaim(_Claim):
    """A figure is larger or smaller than another, by how much is not said: 决算数小于预算数."""

    base: Base
    direction: Direction


@attrs.frozen(kw_only=True)
class CompositionClaim(_Claim):
    """A fact consists of named parts: 主要包括：基本工资、津贴补贴、….

    Attributes:
        parts: the names in the order printed, folded.
        parts_of: for each name the fact it stands for, ``None`` where nothing in the model answers to it.
        axis: the axis the names stand on ("economic", "functional", "fund").
        main: whether the sentence says 主要 (mainly), so that small parts may be left out.
    """

    parts: tuple[str, ...]
    parts_of: tuple[Coordinate | None, ...]
    axis: str
    main: bool = False


@attrs.frozen(kw_only=True)
class AbsenceClaim(_Claim):
    """There is no such money: 没有使用政府性基金预算拨款安排的支出."""


class Counted(enum.Enum):
    """What the narrative counts in pieces."""

    VEHICLES = "vehicles"
    """车辆 in all."""
    MINISTER_VEHICLES = "minister_vehicles"
    """部级领导干部用车, cars of officials of ministerial rank."""
    LEADER_VEHICLES = "leader_vehicles"
    """主要领导干部用车, cars of the chief officials."""
    MESSENGER_VEHICLES = "messenger_vehicles"
    """机要通信用车, cars of the confidential mail."""
    EMERGENCY_VEHICLES = "emergency_vehicles"
    """应急保障用车, cars for emergencies."""
    RETIRED_VEHICLES = "retired_vehicles"
    """离退休干部用车, cars of retired officials."""
    GENERAL_VEHICLES = "general_vehicles"
    """一般公务用车."""
    ENFORCEMENT_VEHICLES = "enforcement_vehicles"
    """执法执勤用车."""
    SPECIAL_VEHICLES = "special_vehicles"
    """特种专业技术用车."""
    OTHER_VEHICLES = "other_vehicles"
    """其他用车."""
    EQUIPMENT = "equipment"
    """Equipment above a printed value, of whatever kind."""
    GENERAL_EQUIPMENT = "general_equipment"
    """单位价值 50 万元以上通用设备."""
    SPECIAL_EQUIPMENT = "special_equipment"
    """单位价值 100 万元以上专用设备."""
    VEHICLES_KEPT = "vehicles_kept"
    """开支财政拨款的公务用车保有量."""
    VEHICLES_BOUGHT = "vehicles_bought"
    """公务用车购置数."""
    TRIPS_ABROAD = "trips_abroad"
    """因公出国（境）团组."""
    TRAVELLERS_ABROAD = "travellers_abroad"
    """因公出国（境）人次."""
    RECEPTIONS = "receptions"
    """公务接待批次."""
    GUESTS = "guests"
    """公务接待人次."""
    FOREIGN_RECEPTIONS = "foreign_receptions"
    """接待外宾批次, a part of 公务接待批次."""
    FOREIGN_GUESTS = "foreign_guests"
    """接待外宾人次, a part of 公务接待人次."""
    PERFORMANCE_PROJECTS = "performance_projects"
    """Projects under performance management (实行绩效目标管理的项目, 编报绩效目标的项目)."""
    MONITORED_PROJECTS = "monitored_projects"
    """绩效跟踪评价的项目."""
    EVALUATED_PROJECTS = "evaluated_projects"
    """绩效自评的项目."""
    RATED_EXCELLENT = "rated_excellent"
    """绩效评级为“优”的项目."""
    RATED_GOOD = "rated_good"
    """绩效评级为“良”的项目."""
    RATED_PASS = "rated_pass"
    """绩效评级为“合格”的项目."""
    RATED_FAIL = "rated_fail"
    """绩效评级为“不合格”的项目."""
    PROBLEMS = "problems"
    """绩效自评中发现的问题."""
    PROBLEMS_MENDED = "problems_mended"
    """已经完成整改的问题."""
    PROBLEMS_PENDING = "problems_pending"
    """正在整改的问题."""
    ORGANS = "organs"
    """机关, administrative bodies of the department."""
    CIVIL_SERVICE_INSTITUTIONS = "civil_service_institutions"
    """参公事业单位, public institutions run under the rules of the civil service."""
    INSTITUTIONS = "institutions"
    """事业单位, public institutions."""
    BUDGET_UNITS = "budget_units"
    """预算单位 of the department."""


@attrs.frozen(kw_only=True)
class CountClaim(_Claim):
    """So many pieces of something: 本单位共有车辆 0 辆.

    Attributes:
        what: what is counted.
        count: how many.
        threshold: the value above which a piece of equipment counts, where it is printed.
        planned: whether the pieces are still to be bought with the money of the budget (安排购置) and not there yet.
    """

    what: Counted
    count: int
    threshold: Amount | None = None
    planned: bool = False


@attrs.frozen(kw_only=True)
class ScoreClaim(_Claim):
    """Projects were given so many points: 平均得分99.43分.

    Attributes:
        digits: the score without its point.
        places: how many digits stand behind the point.
    """

    digits: int
    places: int = 0


class Said(enum.Enum):
    """Kinds of statement that carry no figure of their own."""

    REASON = "reason"
    """主要原因是…."""
    PURPOSE = "purpose"
    """主要用于…."""
    COVERAGE = "coverage"
    """按照综合预算的原则，所有收入和支出均纳入部门预算管理."""
    POLICY = "policy"
    """How the body or its government manages the money: 优化调整…管理方式, 实行绩效目标管理, 开展绩效自评."""
    NO_PURCHASE = "no_purchase"
    """未安排购置车辆、设备."""
    BASIS = "basis"
    """What the figures rest on: 根据…批复填列."""
    ASIDE = "aside"
    """A remark in brackets behind a figure."""
    UNFILLED = "unfilled"
    """A blank of the template that nobody filled in: 预算为XXX万元, 增加（减少）, or a word on how to fill it in."""
    NO_RATE = "no_rate"
    """That there is no rate of growth, since there was nothing the year before: 增长率无可比性."""
    LEAD = "lead"
    """Words that only introduce what follows: 其中：, 具体如下：."""


@attrs.frozen(kw_only=True)
class Statement(_Claim):
    """A statement without a figure, kept as text."""

    kind: Said


Claim = (
    AmountClaim
    | ChangeClaim
    | GrowthClaim
    | FlatClaim
    | ShareClaim
    | CompletionClaim
    | MovementClaim
    | CompositionClaim
    | AbsenceClaim
    | CountClaim
    | ScoreClaim
    | Statement
)
