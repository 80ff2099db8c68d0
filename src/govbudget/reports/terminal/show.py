"""A budget on the terminal: its tables and its forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.console import Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from govbudget.model import Disclosure, Lane, Line, ProjectHead, SubjectHead, Table, Total, cell, change, is_empty
from govbudget.money import Amount, Mark, Percent, printed, printed_percent
from govbudget.reports.terminal.common import heading
from govbudget.reports.terminal.goals import goals_view
from govbudget.reports.words import Lang

_SHOWN_BLANKS = 5


def show_view(disclosure: Disclosure, lang: Lang = "zh", numbers: Sequence[int] = ()) -> RenderableType:
    """Return the view of a budget: who, and its tables (all with its forms of goals, or those of ``numbers``)."""
    parts: list[RenderableType] = [heading(disclosure, lang)]
    if not numbers:
        parts.append(_facts_view(disclosure, lang))
    for table in disclosure.tables:
        if not numbers or table.number in numbers:
            parts.extend((Text(), _table_view(table, lang)))
    for goals in disclosure.goals if not numbers else ():
        parts.extend((Text(), goals_view(goals, lang)))
    return Group(*parts)


def _facts_view(disclosure: Disclosure, lang: Lang) -> Text:
    claims = sum(len(section.claims) for section in disclosure.narrative.sections)
    figures = sum(
        not isinstance(value, Mark)
        for table in disclosure.tables
        for lane in table.lanes
        for line in lane.lines
        for value in line.values
    )
    sections, terms = len(disclosure.narrative.sections), len(disclosure.narrative.glossary)
    if lang == "zh":
        text = (
            f"{len(disclosure.tables)} 张表，{figures} 个数字；{sections} 节说明，{claims} 条陈述；{terms} 条名词解释"
        )
    else:
        text = (
            f"{len(disclosure.tables)} tables, {figures} figures; {sections} sections, {claims} claims; "
            f"{terms} terms explained"
        )
    if disclosure.goals:
        forms = len(disclosure.goals)
        text += f"；{forms} 份绩效目标申报表" if lang == "zh" else f"; {forms} forms of goals"
    return Text(text)


def _table_view(table: Table, lang: Lang) -> RenderableType:
    number = f"表{table.number}　" if table.number is not None else ""
    head = Text(f"{number}{table.title}", style="bold")
    head.append(f"　{'单位' if lang == 'zh' else 'unit'}：{table.unit.value}", style="dim")
    parts: list[RenderableType] = [head]
    lanes = [_lane_view(table, lane, lang) for lane in table.lanes] if any(x.lines for x in table.lanes) else []
    if len(lanes) > 1:
        beside = RichTable.grid(padding=(0, 4))
        for _ in lanes:
            beside.add_column(vertical="top")
        beside.add_row(*lanes)
        lanes = [beside]
    parts.extend(lanes)
    if is_empty(table):
        parts.append(Text("（空表）" if lang == "zh" else "(empty)", style="dim"))
    parts.extend(Text(note.text, style="dim") for note in table.notes)
    return Group(*parts)


def _lane_view(table: Table, lane: Lane, lang: Lang) -> RenderableType:
    """The lines of a lane; columns in which nothing is printed are left out, and named below."""
    used = [i for i in range(len(lane.columns)) if any(isinstance(cell(table, ln, i), Amount) for ln in lane.lines)]
    grid = RichTable(box=None, pad_edge=False, header_style="cyan")
    goals = any(isinstance(line.head, ProjectHead) and line.head.goal for line in lane.lines)
    stand: Literal["top", "bottom"] = "top" if goals else "bottom"
    grid.add_column("" if lane.title else _LABELS.get(lane.axis, ""), vertical=stand, overflow="fold")
    for header in _headers([*(lane.columns[index].header for index in used), *(c.header for c in lane.changes)]):
        grid.add_column(header, justify="right", vertical=stand, no_wrap=True)
    if goals:
        grid.add_column("绩效目标", overflow="fold", max_width=48)
    for line in lane.lines:
        cells = [cell(table, line, index) for index in used]
        shown = [_shown(found) for found in cells]
        shown += [_shown(change(table, lane, line, number)) for number in range(len(lane.changes))]
        goal = [(line.head.goal or "") if isinstance(line.head, ProjectHead) else ""] if goals else []
        grid.add_row(
            _label(line, table.organization), *shown, *goal, style="bold" if isinstance(line.head, Total) else ""
        )
    blank = [column.header[-1] for i, column in enumerate(lane.columns) if i not in used]
    word_ = "空列" if lang == "zh" else "blank columns"
    names = f": {'、'.join(blank)}" if len(blank) <= _SHOWN_BLANKS else ""
    below = Text(f"{word_} {len(blank)}{names}", style="dim")
    return Group(grid, *([below] if blank and used else []))


def _shown(found: Amount | Percent | Mark) -> str:
    if isinstance(found, Percent):
        return printed_percent(found)
    return printed(found) if isinstance(found, Amount) else "—" if found is Mark.NOT_APPLICABLE else ""


_LABELS = {"functional": "功能分类科目", "economic": "经济分类科目", "entity": "单位", "project": "项目"}


def _headers(paths: Sequence[tuple[str, ...]]) -> list[str]:
    """Header paths as stacked lines; a level shared with the column before is not said again."""
    out = []
    for index, path in enumerate(paths):
        before = paths[index - 1] if index else ()
        shared = 0
        while shared < min(len(path), len(before)) - 1 and path[shared] == before[shared]:
            shared += 1
        out.append("\n".join(path[shared:]))
    return out


def _label(line: Line, organization: str) -> Text:
    if isinstance(line.head, ProjectHead) and line.head.name:
        other = line.head.organization and line.head.organization != organization
        return Text(line.head.name + (f"（{line.head.organization}）" if other else ""))
    if not isinstance(line.head, SubjectHead):
        return Text(line.label)
    indent = "　" * (line.head.level - 1)
    label = Text(f"{indent}{line.label}")
    code = line.head.key
    label.append(f" {code}" if "~" not in code else " ?", style="dim")
    return label
