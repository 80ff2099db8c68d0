"""The lists of indicators of a form: one, or one for the year and one for as long as the project lasts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import attrs

from govbudget.model import Indicator
from govbudget.place import Place
from govbudget.reading.goals.words import OF_A_LIST, Cells, annual, is_head, shown
from govbudget.source import Grid
from govbudget.text import fold

_GROUP, _KIND = "一级指标", "二级指标"
_NAMES = frozenset({"三级指标", "指标内容", "指标名称", "具体指标"})
_VALUES = frozenset({"目标值"})
_SIDES = 2


def declares_goals(grid: Grid) -> bool:
    """Tell whether a grid is such a form, wherever it stands: it names a project and lists indicators."""
    words = {fold(cell.text) for row in grid.rows for cell in row if cell.text}
    return "项目名称" in words and _lists(words)


def is_header(cells: Cells) -> bool:
    """Tell whether a row is the header of a list."""
    return _lists({text for _, _, text in cells})


def _lists(words: set[str]) -> bool:
    return _GROUP in words and _KIND in words and not words.isdisjoint(_NAMES)


@attrs.define
class _Side:
    """The columns of one list, which may stand beside another, and what its last line said of its group and kind."""

    columns: list[tuple[int, str, str]]  # where each begins, its header folded and as printed
    annual: bool | None
    group: str = ""
    kind: str = ""

    def line(self, texts: dict[str, str], place: Place) -> Indicator:
        """Make the indicator of a line; a level that is blank is that of the line above."""
        name = next((text for _, text, _ in self.columns if text in _NAMES), "")
        value = next((text for _, text, _ in self.columns if "指标值" in text or text in _VALUES), "")
        own, second = texts.get(_GROUP, ""), texts.get(_KIND, "")
        self.kind = second or ("" if own else self.kind)
        self.group = own or self.group
        return Indicator(
            group=self.group,
            kind=self.kind,
            name=texts.get(name, ""),
            target=texts.get(value, ""),
            annual=self.annual,
            more=tuple(
                (header, texts[text])
                for _, text, header in self.columns
                if text in texts and text not in (_GROUP, _KIND, name, value)
            ),
            place=place,
        )


def indicators_of(
    rows: Sequence[Cells], place: Callable[[int, int], Place], beside: Callable[[int, Cells], None]
) -> Iterator[Indicator]:
    """Yield the indicators of a form, those of each list together.

    Args:
        rows: its rows from the first header on.
        place: gives where a cell of a row is printed.
        beside: is told of rows that belong to no list.
    """
    sides: list[_Side] = []
    found: list[list[Indicator]] = []
    for row, cells in enumerate(rows):
        told = next((text for _, _, text in cells if OF_A_LIST.fullmatch(text)), "")
        rest = [cell for cell in cells if not is_head(cell[2])]
        if is_header(rest):
            again = [text for side in sides for _, text, _ in side.columns] == [text for _, _, text in rest]
            if again and annual(told) in (None, sides[0].annual):
                continue  # the same once more, on the next page
            sides = _sides(rest, told)
            found += [[] for _ in sides]
            continue
        if not rest:
            continue
        starts = [column for side in sides for column, _, _ in side.columns]
        if rest[0][0] < starts[0]:
            beside(row, rest)
            continue
        if len(sides) == 1 and annual(told) not in (None, sides[0].annual):
            sides = [_Side(sides[0].columns, annual(told))]
            found.append([])
        for indicators, indicator in zip(found[-len(sides) :], _line(sides, rest, partial(place, row)), strict=True):
            if indicator is not None:
                indicators.append(indicator)
    for indicators in found:
        yield from indicators


def _sides(cells: Cells, told: str) -> list[_Side]:
    """The lists that a header begins: where a header comes a second time, another list stands beside the first."""
    sides = [_Side([], annual(told))]
    for column, cell, text in cells:
        if any(text == known for _, known, _ in sides[-1].columns):
            sides.append(_Side([], annual(told)))
        sides[-1].columns.append((column, text, shown(cell)))
    if len(sides) == _SIDES:
        sides[0].annual, sides[1].annual = False, True
    return sides


def _line(sides: Sequence[_Side], cells: Cells, place: Callable[[int], Place]) -> Iterator[Indicator | None]:
    """Yield what a row says in each list, ``None`` where nothing."""
    firsts = [side.columns[0][0] for side in sides]
    texts: list[dict[str, str]] = [{} for _ in sides]
    begins: list[int | None] = [None] * len(sides)
    for column, cell, _ in cells:
        number = bisect_right(firsts, column) - 1
        starts = [start for start, _, _ in sides[number].columns]
        header = sides[number].columns[bisect_right(starts, column) - 1][1]
        before = texts[number].get(header)
        texts[number][header] = shown(cell) if before is None else f"{before} {shown(cell)}"
        begins[number] = column if begins[number] is None else begins[number]
    if group := texts[0].get(_GROUP):
        for side in sides[1:]:
            if side.columns[0][1] != _GROUP:  # it is printed once, before both
                side.group, side.kind = group, ""
    for side, said, begin in zip(sides, texts, begins, strict=True):
        yield None if begin is None else side.line(said, place(begin))
