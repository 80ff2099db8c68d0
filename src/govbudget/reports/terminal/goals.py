"""A form of what a project is to achieve, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from govbudget.model import GoalMoney, ProjectGoals, further_headers, money_blocks
from govbudget.money import printed
from govbudget.reports.words import Lang, word

_NARROW = 48


def goals_view(goals: ProjectGoals, lang: Lang) -> RenderableType:
    """Return the view of a form: whose project it is, its money, its goals, its indicators."""
    head = Text(f"{goals.title}　{goals.project}", style="bold")
    year = "" if goals.year is None else f"{goals.year} 年度" if lang == "zh" else str(goals.year)
    lasts = "" if not (goals.start or goals.finish) else f"{goals.start} — {goals.finish}"
    about = (year, goals.organization or goals.department, goals.nature, goals.category, lasts)
    parts: list[RenderableType] = [head, Text(" · ".join(word_ for word_ in about if word_), style="dim")]
    if goals.money:
        parts.append(_money(goals))
    for aim in goals.aims:
        if aim.text:
            parts.append(Text.assemble((f"{aim.label}：", "cyan"), aim.text))
    if goals.indicators:
        parts.append(_indicators(goals, lang))
    return Group(*parts)


def _money(goals: ProjectGoals) -> RenderableType:
    """The money of the whole project, and beside it that of the year."""
    blocks = money_blocks(goals)
    beside = RichTable.grid(padding=(0, 4))
    for _ in blocks:
        beside.add_column(vertical="top")
    beside.add_row(*map(_block, blocks))
    return beside


def _block(money: Sequence[GoalMoney]) -> RichTable:
    unit = next((m.amount.unit.value for m in money if m.amount is not None), "")
    grid = RichTable(box=None, pad_edge=False, header_style="cyan")
    grid.add_column("")
    grid.add_column(unit, justify="right", no_wrap=True)
    for each in money:
        grid.add_row(Text(each.label), Text(each.said if each.amount is None else printed(each.amount)))
    return grid


def _indicators(goals: ProjectGoals, lang: Lang) -> RenderableType:
    """The indicators; a group and a kind are said once."""
    more = further_headers(goals)
    grid = RichTable(box=None, pad_edge=False, header_style="cyan")
    for header in ("一级指标", "二级指标", "三级指标", "指标值", *more):
        grid.add_column(header, overflow="fold", max_width=_NARROW)
    before: tuple[bool | None, str, str] = (None, "", "")
    for each in goals.indicators:
        if each.annual is not None and each.annual is not before[0]:
            grid.add_row(Text(word("page", "goals-annual" if each.annual else "goals-whole", lang), style="dim"))
            before = (each.annual, "", "")
        now = (before[0], each.group, each.kind)
        group = "" if before[:2] == now[:2] else each.group
        kind = "" if before == now else each.kind
        further = dict(each.more)
        grid.add_row(*map(Text, (group, kind, each.name, each.target, *(further.get(h, "") for h in more))))
        before = now
    return grid
