"""What projects are to achieve, as forms declare it (项目支出绩效目标申报表): their money, goals and indicators."""

from __future__ import annotations

import attrs

from govbudget.model.axes import Fund
from govbudget.money import Amount
from govbudget.place import Place


@attrs.frozen(kw_only=True)
class GoalMoney:
    """An amount of the form.

    Attributes:
        fund: which money it is; all of it in 项目资金总额 and 年度资金总额.
        annual: whether it is for the year; else for as long as the project lasts.
        carried: whether it is left from the year before (上年结转资金).
        label: the words before it, as printed.
        amount: the amount, ``None`` where none is printed.
        said: what is printed where no amount is: nothing, a dash.
        place: where it is printed.
    """

    fund: Fund
    annual: bool
    carried: bool = False
    label: str
    amount: Amount | None
    said: str = ""
    place: Place = attrs.field(factory=Place)


@attrs.frozen(kw_only=True)
class Aim:
    """A goal in words (总体目标, 年度目标).

    Attributes:
        label: the words before it, as printed.
        text: the goal.
        annual: whether it is for the year; else for as long as the project lasts.
    """

    label: str
    text: str
    annual: bool


@attrs.frozen(kw_only=True)
class Indicator:
    """An indicator and the value it is to reach.

    Attributes:
        group: 一级指标: 成本指标, 产出指标, 效益指标, 满意度指标.
        kind: 二级指标: 数量指标, 质量指标, 时效指标 ….
        name: 三级指标, what is measured.
        target: 指标值 as printed: a number with its sign, or words.
        annual: whether it is for the year, or for as long as the project lasts; ``None`` where the form does not say.
        more: further columns of the form (权重, 计量单位), each with its header.
        place: where it is printed.
    """

    group: str
    kind: str
    name: str
    target: str
    annual: bool | None = None
    more: tuple[tuple[str, str], ...] = ()
    place: Place = attrs.field(factory=Place)


@attrs.frozen(kw_only=True)
class ProjectGoals:
    """One form: what one project is to achieve.

    Attributes:
        title: title of the form as printed.
        project: name of the project (项目名称).
        year: the year that the form says it is for, where it says one.
        department: 主管部门.
        organization: 实施单位, the body that carries it out.
        nature: 项目性质 (一次性, 阶段性, 经常性 …).
        category: 项目类别.
        start: the day on which it is to begin, as printed.
        finish: the day on which it is to be done.
        more: further fields of the form, each with its label.
        money: its amounts, those of the whole project first.
        aims: its goals in words.
        indicators: its indicators in the order printed.
        place: where the form is printed; ``place.span`` covers all of it.
    """

    title: str
    project: str
    year: int | None = None
    department: str = ""
    organization: str = ""
    nature: str = ""
    category: str = ""
    start: str = ""
    finish: str = ""
    more: tuple[tuple[str, str], ...] = ()
    money: tuple[GoalMoney, ...] = ()
    aims: tuple[Aim, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    place: Place = attrs.field(factory=Place)


def money_blocks(goals: ProjectGoals) -> tuple[tuple[GoalMoney, ...], ...]:
    """Return the money of a form as it is printed in blocks: of the whole project, then of the year; none is empty."""
    blocks = (tuple(m for m in goals.money if m.annual is annual) for annual in (False, True))
    return tuple(block for block in blocks if block)


def further_headers(goals: ProjectGoals) -> tuple[str, ...]:
    """Return the headers of further columns that the indicators of a form have, in printed order."""
    return tuple(dict.fromkeys(header for indicator in goals.indicators for header, _ in indicator.more))


def goal_money(
    goals: ProjectGoals, fund: Fund = Fund.ALL, *, annual: bool = True, carried: bool = False
) -> GoalMoney | None:
    """Return one amount of a form, ``None`` where the form has no such line.

    >>> paid = GoalMoney(fund=Fund.ALL, annual=True, label="年度资金总额", amount=Amount.parse("3.00"))
    >>> goal_money(ProjectGoals(title="绩效目标申报表", project="甲", money=(paid,))).amount.fen
    300
    """
    wanted = (fund, annual, carried)
    return next((m for m in goals.money if (m.fund, m.annual, m.carried) == wanted), None)
