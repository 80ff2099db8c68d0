"""The columns of a printed table: those of the model, and the columns of labels that its layout has."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.errors import LayoutError
from govbudget.layouts import LaneSpec, Layout, Role, layout
from govbudget.model import Disclosure, Lane, SubjectHead, Table, TableKind
from govbudget.serializers.printed.blocks import Span, clean
from govbudget.text import fold

Path = tuple[str, ...]

_LABELS: dict[str, tuple[tuple[Role, str], ...]] = {
    "functional": ((Role.LABEL, "科目"),),
    "economic": ((Role.LABEL, "经济分类科目名称"),),
    "entity": ((Role.ORGANIZATION, "单位名称"),),
    "project": ((Role.ORGANIZATION, "单位名称"), (Role.PROJECT, "项目名称")),
    "purchase": (
        (Role.LABEL, "采购品目大类"),
        (Role.PROJECT, "专项名称"),
        (Role.SUBJECT, "经济科目"),
        (Role.THING, "采购物品名称"),
        (Role.FORM, "采购组织形式"),
    ),
    "": ((Role.LABEL, "项目"),),
}
"""The columns of labels of a lane of which no layout is known, by its axis."""


_FIGURES = frozenset((Role.AMOUNT, Role.CHANGE, Role.RATE))


@attrs.frozen
class Slot:
    """A printed column: what it holds, its header path, and for figures and changes its number in the lane."""

    role: Role
    header: Path
    figure: int | None = None
    change: int | None = None


def layout_of(disclosure: Disclosure) -> Layout | None:
    """Return the layout of a disclosure, ``None`` where it names none that is known here."""
    try:
        return layout(disclosure.layout) if disclosure.layout else None
    except LayoutError:
        return None


def lane_specs(table: Table, form: Layout | None) -> tuple[LaneSpec | None, ...]:
    """Return what the layout says of each lane of ``table``."""
    spec = next((spec for spec in form.tables if spec.kind is table.kind), None) if form is not None else None
    if spec is None:
        return (None,) * len(table.lanes)
    always = tuple(lane for lane in spec.lanes if not lane.optional)
    return next((own for own in (spec.lanes, always) if len(own) == len(table.lanes)), (None,) * len(table.lanes))


def slots(table: Table, lane: Lane, spec: LaneSpec | None) -> tuple[Slot, ...]:
    """Return the columns of a lane: labels before the figures and behind them as in the layout, figures as printed."""
    figures = [
        Slot(Role.AMOUNT, tuple(clean(word) for word in column.header) or ("",), index)
        for index, column in enumerate(lane.columns)
    ]
    figures += [
        Slot(Role.RATE if column.rate else Role.CHANGE, tuple(clean(w) for w in column.header) or ("",), change=index)
        for index, column in enumerate(lane.changes)
    ]
    if spec is None:
        return (*_usual(table, lane), *figures)
    subjects = [line for line in lane.lines if isinstance(line.head, SubjectHead)]
    coded = not subjects or any(prints_code(line.label_spans) for line in subjects)
    labels = [
        (
            any(later.role in _FIGURES for later in spec.columns[index:]),
            Slot(column.role, _worded(column.header, lane)),
        )
        for index, column in enumerate(spec.columns)
        if column.role not in _FIGURES and (column.role is not Role.CODE or coded)
    ]
    return (*(slot for leads, slot in labels if leads), *figures, *(slot for leads, slot in labels if not leads))


def prints_code(label_spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a line of a subject prints its code: it was read from more than one cell, or from none."""
    return len(label_spans) != 1


def _usual(table: Table, lane: Lane) -> list[Slot]:
    above = tuple(clean(word) for word in lane.columns[0].header[:1]) if len(table.lanes) > 1 and lane.columns else ()
    words = _LABELS[""] if above else _LABELS.get(lane.axis, _LABELS[""])
    found = [Slot(role, (*above, word)) for role, word in words]
    return [*found, Slot(Role.GOAL, ("绩效目标",))] if table.kind is TableKind.PERFORMANCE else found


def _worded(header: str, lane: Lane) -> Path:
    """A header path of the layout, each level in the wording that the figures beside it print."""
    path: list[str] = []
    for level, words in enumerate(header.split(">")):
        choices = [word.strip() for word in words.split("|")]
        folded = {fold(word) for word in choices}
        beside = (clean(column.header[level]) for column in lane.columns if level < len(column.header))
        path.append(next((word for word in beside if fold(word) in folded), choices[0]))
    return tuple(path)


def header_spans(paths: Sequence[Path]) -> tuple[tuple[Span, ...], int]:
    """Return the cells of a header and its depth: words that columns side by side share are one cell.

    >>> spans, depth = header_spans([("科目",), ("基本支出", "人员支出"), ("基本支出", "公用经费")])
    >>> depth, [(s.text, s.row, s.column, s.rows, s.columns) for s in spans]
    (2, [('科目', 0, 0, 2, 1), ('基本支出', 0, 1, 1, 2), ('人员支出', 1, 1, 1, 1), ('公用经费', 1, 2, 1, 1)])
    """
    depth = max(map(len, paths))
    spans: list[Span] = []
    for level in range(depth):
        column = 0
        while column < len(paths):
            path, stop = paths[column], column + 1
            if level >= len(path):
                column = stop
                continue
            while stop < len(paths) and _shared(path, paths[stop], level):
                stop += 1
            rows = depth - level if level == len(path) - 1 else 1
            spans.append(Span(path[level], level, column, rows, stop - column))
            column = stop
    return tuple(spans), depth


def _shared(left: Path, right: Path, level: int) -> bool:
    """Whether two columns hang under one cell; the last word of a path is a cell of its own."""
    return level < len(left) - 1 and level < len(right) - 1 and left[: level + 1] == right[: level + 1]
