"""The form of what a project is to achieve, as it is printed: fields, money, goals and indicators in one grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from govbudget.model import Aim, GoalMoney, ProjectGoals, further_headers, money_blocks
from govbudget.money import MoneyUnit
from govbudget.serializers.printed.blocks import Cell, Ruled, clean, shown

_FIELDS = (
    (("项目名称", "project"), ("项目性质", "nature"), ("项目类别", "category")),
    (("主管部门", "department"), ("实施单位", "organization")),
    (("计划开始日期", "start"), ("计划完成日期", "finish")),
)
_WIDTH = 6
_PAIRS = 3  # labels with their values in a row
_LEVELS = ("一级指标", "二级指标", "三级指标", "指标值")
_LISTS = {None: "绩效指标", False: "实施期绩效指标", True: "年度绩效指标"}

_Row = Sequence[Cell]


def form_of_goals(goals: ProjectGoals) -> Ruled:
    """Return the form of one project.

    >>> from govbudget.model import Indicator
    >>> goal = Indicator(group="产出指标", kind="数量指标", name="道路长度", target="985米")
    >>> form = form_of_goals(ProjectGoals(title="绩效目标申报表", project="修路", year=2026, indicators=(goal,)))
    >>> [row[:2] for row in form.rows]
    [('（2026年度）', ''), ('项目名称', '修路'), ('绩效指标', '一级指标'), ('', '产出指标')]
    """
    further = further_headers(goals)
    rows = [*_fields(goals), *_money(goals), *_aims(goals.aims), *_indicators(goals, further)]
    width = max(_WIDTH, 1 + len(_LEVELS) + len(further))
    title = clean(goals.title)
    return Ruled(
        name=title,
        title=title,
        body="",
        unit="",
        header=(),
        depth=0,
        figures=(False,) * width,
        rows=tuple((*row, *[""] * (width - len(row))) for row in rows),
    )


def _fields(goals: ProjectGoals) -> Iterator[_Row]:
    if goals.year is not None:
        yield [f"（{goals.year}年度）"]
    for names in _FIELDS:
        pairs = [(label, clean(getattr(goals, name))) for label, name in names]
        if row := [cell for label, text in pairs if text or label == "项目名称" for cell in (label, text)]:
            yield row
    for start in range(0, len(goals.more), _PAIRS):
        yield [clean(text) for pair in goals.more[start : start + _PAIRS] for text in pair]


def _money(goals: ProjectGoals) -> Iterator[_Row]:
    """The money of the whole project on the left, that of the year on the right; alone it stands on the left."""
    unit = next((m.amount.unit for m in goals.money if m.amount is not None), MoneyUnit.YUAN)
    for number, row in enumerate(zip_longest(*money_blocks(goals))):
        cells: list[Cell] = ["" if number else f"项目资金（{unit.value}）"]
        for found in row:
            cells += ["", ""] if found is None else [clean(found.label), _amount(found, unit)]
        yield cells


def _amount(found: GoalMoney, unit: MoneyUnit) -> Cell:
    if found.amount is None:
        return clean(found.said)
    return found.amount if found.amount.unit is unit else shown(found.amount) + found.amount.unit.value


def _aims(aims: Sequence[Aim]) -> Iterator[_Row]:
    for start in range(0, len(aims), 2):
        pair = aims[start : start + 2]
        yield ["项目绩效目标", *[cell for aim in pair for cell in (clean(aim.label), "")]]
        yield ["", *[cell for aim in pair for cell in (clean(aim.text), "")]]


def _indicators(goals: ProjectGoals, further: Sequence[str]) -> Iterator[_Row]:
    """A list for the whole project, and one for the year; a form that makes no difference has one."""
    for annual, listed in groupby(goals.indicators, lambda indicator: indicator.annual):
        yield [_LISTS[annual], *_LEVELS, *map(clean, further)]
        for indicator in listed:
            more = dict(indicator.more)
            texts = (indicator.group, indicator.kind, indicator.name, indicator.target)
            yield ["", *map(clean, texts), *[clean(more.get(header, "")) for header in further]]
