"""The rows of a printed table: what each line shows in the columns of its lane."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.layouts import LaneSpec, Role
from govbudget.model import (
    Coordinate,
    Entry,
    Lane,
    Line,
    ProjectHead,
    PurchaseHead,
    Resolved,
    SubjectHead,
    Table,
    Total,
    cell,
    change,
)
from govbudget.money import Amount, Mark, Percent, printed_percent
from govbudget.serializers.printed.blocks import Cell, Origin, clean
from govbudget.serializers.printed.columns import Slot, prints_code
from govbudget.text import fold

_MARKS = {Mark.BLANK: "", Mark.NOT_APPLICABLE: "—", Mark.UNREADABLE: "？"}
"""What a cell without a figure shows; what was unreadable stays so."""

_Texts = dict[int, str]
_CLASS, _STEP = 3, 2  # digits of a 类, and of a 款 or 项 below it


def table_rows(
    table: Table, slots: Sequence[Sequence[Slot]], specs: Sequence[LaneSpec | None]
) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of all lanes side by side.

    Lines that were read keep their rows, so that a total stays level with the total beside it; other lines follow
    each other.
    """
    blocks = [
        list(zip(_levels(table, lane), _lane_rows(table, lane, slots[i], specs[i]), strict=True))
        for i, lane in enumerate(table.lanes)
    ]
    rows: list[tuple[Cell, ...]] = []
    for level in sorted({level for block in blocks for level, _ in block}):
        row: list[Cell] = []
        for block, columns in zip(blocks, slots, strict=True):
            row.extend(next((cells for at, cells in block if at == level), [""] * len(columns)))
        rows.append(tuple(row))
    return tuple(rows)


def row_origins(table: Table, slots: Sequence[Sequence[Slot]]) -> tuple[tuple[Origin | None, ...], ...]:
    """Return for every cell of :func:`table_rows` the lane, the line and the column of its figure."""
    at = [{level: line for line, level in enumerate(_levels(table, lane))} for lane in table.lanes]
    return tuple(
        tuple(
            (lane, at[lane][level], slot.figure) if slot.figure is not None and level in at[lane] else None
            for lane, columns in enumerate(slots)
            for slot in columns
        )
        for level in sorted({level for lane in at for level in lane})
    )


def _levels(table: Table, lane: Lane) -> Sequence[int]:
    """The row of each line, where all lines of the table have rows that rise; else its number in the lane."""
    rows = [[line.row for line in found.lines] for found in table.lanes]
    known = all(row > 0 for lines in rows for row in lines) and all(sorted(set(lines)) == lines for lines in rows)
    return [line.row for line in lane.lines] if known else range(len(lane.lines))


def _lane_rows(table: Table, lane: Lane, slots: Sequence[Slot], spec: LaneSpec | None) -> list[list[Cell]]:
    groups = _groups(spec)
    rows: list[list[Cell]] = []
    entered = False
    for line in lane.lines:
        texts, entered = _texts(line, slots, groups, entered=entered)
        row: list[Cell] = []
        for index, slot in enumerate(slots):
            if slot.figure is not None:
                row.append(_figure(cell(table, line, slot.figure)))
            elif slot.change is not None:
                row.append(_figure(change(table, lane, line, slot.change)))
            else:
                row.append(clean(texts.get(index, "")))
        rows.append(row)
    return rows


def _figure(found: Amount | Percent | Mark) -> Cell:
    if isinstance(found, Percent):
        return printed_percent(found).removesuffix("%")
    return found if isinstance(found, Amount) else _MARKS[found]


def _texts(line: Line, slots: Sequence[Slot], groups: Sequence[str], *, entered: bool) -> tuple[_Texts, bool]:
    """The texts of a line by column, and whether it stands in a group of lines (一般公共预算资金)."""
    roles: dict[Role, list[int]] = {}
    for index, slot in enumerate(slots):
        roles.setdefault(slot.role, []).append(index)
    head = line.head
    if isinstance(head, ProjectHead):
        said = {Role.ORGANIZATION: head.organization, Role.PROJECT: head.name, Role.GOAL: head.goal or ""}
        return {roles[role][0]: text for role, text in said.items() if role in roles}, entered
    if isinstance(head, PurchaseHead):
        return _purchase(line, head, roles), entered
    labels = roles.get(Role.LABEL, [])
    if len(labels) > 1:
        return _grouped(line, labels, groups, entered=entered)
    if isinstance(head, SubjectHead):
        return _subject(line, head, labels, roles.get(Role.CODE, [])), entered
    # Published tables print the total of projects under the name of the project.
    order = (
        (Role.LABEL, Role.PROJECT, Role.ORGANIZATION) if isinstance(head, Total) else (Role.LABEL, Role.ORGANIZATION)
    )
    at = next((roles[role][0] for role in (*order, Role.PROJECT) if role in roles), None)
    return ({at: line.label} if at is not None else {}), entered


def _subject(line: Line, head: SubjectHead, labels: Sequence[int], codes: Sequence[int]) -> _Texts:
    texts = dict.fromkeys(labels[:1], line.label)
    if codes and head.resolved is Resolved.YES and head.key.isdigit() and prints_code(line.label_spans):
        key = head.key
        parts = [key[:_CLASS], *(key[i : i + _STEP] for i in range(_CLASS, len(key), _STEP))]
        if len(codes) == 1:
            parts = [key]
        elif len(parts) > len(codes):
            parts = [*parts[: len(codes) - 1], "-".join(parts[len(codes) - 1 :])]
        texts |= dict(zip(codes, parts, strict=False))
        if line.label.isdigit() and key.startswith(line.label):  # a code without a name was its own label
            texts[labels[0]] = ""
    return texts


def _purchase(line: Line, head: PurchaseHead, roles: dict[Role, list[int]]) -> _Texts:
    """A line of the procurement table begins with its label; what it repeats of the line above is blank."""
    said = [
        (Role.PROJECT, head.programme),
        (Role.SUBJECT, head.subject),
        (Role.THING, head.thing),
        (Role.FORM, head.form),
    ]
    start = next((i for i, (_, text) in enumerate(said) if text and fold(text) == fold(line.label)), 0)
    return {roles[role][0]: text for role, text in said[start:] if role in roles}


def _groups(spec: LaneSpec | None) -> tuple[str, ...]:
    """The labels of a layout that stand in a group, folded, as group>label."""
    return tuple(fold(label) for entry in spec.entries for label in entry.labels if ">" in label) if spec else ()


def _grouped(line: Line, labels: Sequence[int], groups: Sequence[str], *, entered: bool) -> tuple[_Texts, bool]:
    """Two columns of labels: 政府性基金小计 is the label 小计 in the group 政府性基金."""
    label = clean(line.label)
    for group, _, last in (path.partition(">") for path in groups):
        cut = len(label) - len(last)
        if fold(label) == group + last and fold(label[cut:]) == last:
            return {labels[0]: label[:cut], labels[-1]: label[cut:]}, True
    whole = isinstance(line.head, Entry | Total) and line.at == Coordinate()
    return {labels[-1 if entered and not whole else 0]: label}, entered
