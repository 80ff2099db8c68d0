"""Which label a row has in a lane: its own cell, a merged cell that runs into the lane, the group above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import attrs

from govbudget.layouts import ColumnSpec, Role
from govbudget.reading.headers import amount_columns, label_columns
from govbudget.source import Grid
from govbudget.text import fold, squeeze

_Pairs = Sequence[tuple[int, ColumnSpec]]
_Said = list[tuple[int, str]]


class Columns(NamedTuple):
    """The grid columns of a lane in which a label may stand, and those of its amounts."""

    labels: tuple[int, ...]
    amounts: tuple[int, ...]

    @classmethod
    def of(cls, pairs: _Pairs) -> Columns:
        """Return the columns of a lane."""
        return cls(label_columns(pairs), tuple([i for i, _ in amount_columns(pairs)]))


def said_in_row(grid: Grid, row: int, lanes: Sequence[Columns], index: int) -> _Said | None:
    """Return what the label columns of lane ``index`` say in a row, as (grid column, text).

    A totals label of two lanes side by side is one cell merged across the first of them: 当年支出小计 of 功能分类 and
    支出用途. Such a row belongs to the lane in which its figure stands.

    A format that knows no merged cells shows it by the figure alone.

    Returns:
        The texts, or ``None`` where the row belongs to the lane to the right.
    """
    own = _own(grid, row, lanes[index])
    if len(lanes) == 1:
        return own
    if own and index + 1 < len(lanes):
        lent = _covers(grid, row, own[0][0], lanes[index]) or _lends(grid, row, lanes[index], lanes[index + 1])
        return None if lent else own
    if own or not index:
        return own
    left = _own(grid, row, lanes[index - 1])
    if not left:
        return own
    runs_on = any(_reach(grid, row, left[0][0]) > i for i in lanes[index].labels)
    return left if runs_on or _lends(grid, row, lanes[index - 1], lanes[index]) else own


def _lends(grid: Grid, row: int, left: Columns, right: Columns) -> bool:
    if grid.merged or _own(grid, row, right):
        return False
    return _has_figure(grid, row, right) and not _has_figure(grid, row, left)


def _own(grid: Grid, row: int, columns: Columns) -> _Said:
    cells = grid.rows[row]
    return [(i, text) for i in columns.labels if (text := plain(cells[i].text))]


def _reach(grid: Grid, row: int, column: int) -> int:
    """The first column behind the cell that starts at ``column``."""
    wide = next((w for r, c, h, w in grid.merged if c == column and r <= row < r + h), 1)
    return column + wide


def _covers(grid: Grid, row: int, column: int, columns: Columns) -> bool:
    stop = _reach(grid, row, column)
    return all(column < i < stop for i in columns.amounts)


def _has_figure(grid: Grid, row: int, columns: Columns) -> bool:
    return any(grid.rows[row][i].text.strip() for i in columns.amounts)


def plain(text: str) -> str:
    """Return the text of a cell without blanks and without emphasis."""
    return squeeze(text.replace("*", "")) if text else ""


@attrs.define
class Groups:
    """The group a row stands in, where a table has two columns of labels (一般公共预算资金 | 小计)."""

    columns: tuple[int, ...]
    _group: str = ""

    @classmethod
    def of(cls, pairs: _Pairs) -> Groups:
        """Return the groups of a lane; a lane with one column of labels has none."""
        found = tuple(i for i, column in pairs if column.role is Role.LABEL)
        return cls(found if len(found) > 1 else ())

    def path(self, said: _Said) -> str:
        """Return the folded path of a row, empty where it stands in no group.

        >>> groups = Groups((0, 1))
        >>> groups.path([(0, "政府性基金"), (1, "小计")]), groups.path([(1, "专项收入")])
        ('政府性基金>小计', '政府性基金>专项收入')
        """
        texts = {i: text for i, text in said if i in self.columns}
        if not texts:
            return ""
        self._group = texts.get(self.columns[0], self._group)
        last = texts.get(self.columns[-1], "")
        return fold(f"{self._group}>{last}") if last else ""
