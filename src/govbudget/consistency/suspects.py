"""What one slip can spoil: a figure, a line, two columns that changed places, a total that lost or gained a line.

Which of these happened nobody knows beforehand, so all of them are suspected alike, whatever the table.
"""

from __future__ import annotations

import enum
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import attrs

from govbudget.consistency.system import System


class Scope(enum.Enum):
    """How far a slip reaches."""

    FIGURE = "figure"
    LINE = "line"
    ECHO = "echo"
    """One number wherever it is repeated."""
    COLUMNS = "columns"
    GAP = "gap"
    """A line that is not there."""
    TABLE = "table"


@attrs.frozen
class Suspect:
    """What one slip can spoil.

    Attributes:
        figures: the figures that would be wrong.
        relations: the relations that would not be complete, such as the sums of a line that was left out.
        weight: how unlikely it is next to others; counts only between sets of the same number of suspects.
        scope: how far it reaches.
        parts: the lines or columns it is made of, their figures in order; ``None`` where a line has no figure in the
            system.
        twin: the figures of a line about the same that prints the same; empty where there is none.
    """

    figures: tuple[int, ...]
    relations: tuple[int, ...] = ()
    weight: int = 1
    scope: Scope = Scope.FIGURE
    parts: tuple[tuple[int | None, ...], ...] = ()
    twin: tuple[int, ...] = ()


class Cell(NamedTuple):
    """Where a figure stands: its block of columns, its line and its column there, all by number, and what it is about.

    Figures that share a cell are one number, repeated, as sentences repeat what a table prints.
    """

    block: int
    line: int
    column: int
    about: Hashable = None


def each_figure(system: System, *, blank_weight: int = 2) -> tuple[Suspect, ...]:
    """Return every figure as a suspect of its own; a figure that should stand in a blank is a little less likely."""
    blanks = system.blanks
    return tuple([Suspect((i,), weight=blank_weight if i in blanks else 1) for i in range(system.plan.size)])


def each_part(system: System, cells: Sequence[Cell | None]) -> tuple[Suspect, ...]:
    """Return every figure, every line, every pair of columns of a block, and every total that may have lost a line.

    Args:
        system: the system.
        cells: where each figure stands; ``None`` for a figure that is in no table.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), (3, 1, 2), (3, 1, 2), (3, 1, 2))
    >>> [s.scope.value for s in each_part(given, [Cell(0, line, 0) for line in range(3)])]
    ['figure', 'figure', 'figure', 'gap']
    """
    return (*each_figure(system), *_lines(system, cells), *_gaps(system, cells), *_columns(system, cells))


def _lines(system: System, cells: Sequence[Cell | None]) -> Iterator[Suspect]:
    lines: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for figure, cell in enumerate(cells):
        if cell is not None:
            lines.setdefault((cell.block, cell.line), []).append((cell.column, figure))
    alike: dict[object, list[tuple[int, ...]]] = {}
    prints: list[object] = []
    values, blanks = system.values, system.blanks
    for (block, _), entries in lines.items():
        entries.sort()
        printed = tuple([(column, values[figure]) for column, figure in entries if figure not in blanks])
        prints.append((block, printed) if printed else None)
        if printed:
            alike.setdefault(prints[-1], []).append(tuple([figure for _, figure in entries]))
    for entries, same in zip(lines.values(), prints, strict=True):
        line, by_column = tuple([figure for _, figure in entries]), dict(entries)
        if len(by_column) < len(line):
            yield Suspect(line, weight=2, scope=Scope.ECHO, parts=(line,))
            continue
        twin = _twin(cells, line, alike.get(same, ()))
        if len(line) > 1 or twin:
            whole = tuple([by_column.get(column) for column in range(entries[0][0], entries[-1][0] + 1)])
            ties = _ties(system, line) if twin else ()
            yield Suspect(line, ties, weight=3, scope=Scope.LINE, parts=(whole,), twin=twin)


def _twin(cells: Sequence[Cell | None], line: tuple[int, ...], alike: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The first other line that prints the same about the same; empty where there is none."""
    if len(alike) < 2:
        return ()
    about = [_at(cells, figure).about for figure in line]
    fitting = (other for other in alike if other != line and [_at(cells, f).about for f in other] == about)
    return next(fitting, ())


def _ties(system: System, line: Sequence[int]) -> tuple[int, ...]:
    """What says of the figures of a line, one by one, that they are the same as others."""
    own, found = set(line), set()
    for figure in line:
        for number in system.plan.shape.touching[figure]:
            plus, minus, ordered = system.plan.relations[number]
            if not ordered and len(plus) == len(minus) == 1 and not own.issuperset((*plus, *minus)):
                found.add(number)
    return tuple(sorted(found))


def _gaps(system: System, cells: Sequence[Cell | None]) -> Iterator[Suspect]:
    """The sums over the lines of a block, of one total line each: a line that is missing is missing in all of them."""
    totals: dict[tuple[int, int], list[int]] = {}
    for number, (plus, minus, ordered) in enumerate(system.plan.relations):
        if ordered or len(minus) != 1 or (own := cells[minus[0]]) is None:
            continue
        parts = [cells[i] for i in plus]
        if all(c and (c.block, c.column) == (own.block, own.column) and c.line != own.line for c in parts):
            totals.setdefault((own.block, own.line), []).append(number)
    for relations in totals.values():
        yield Suspect((), tuple(relations), weight=4, scope=Scope.GAP)


def _columns(system: System, cells: Sequence[Cell | None]) -> Iterator[Suspect]:
    blocks: dict[int, dict[int, dict[int, int]]] = {}
    for figure, cell in enumerate(cells):
        if cell is not None:
            blocks.setdefault(cell.block, {}).setdefault(cell.column, {})[cell.line] = figure
    for columns in blocks.values():
        used = {c for c, lines in columns.items() if any(f not in system.blanks for f in lines.values())}
        for a, b in combinations(sorted(columns), 2):
            if not used & {a, b}:
                continue
            lines = sorted(columns[a].keys() & columns[b].keys())
            one, other = (tuple(columns[c][line] for line in lines) for c in (a, b))
            if len(lines) > 1:
                yield Suspect(one + other, weight=5, scope=Scope.COLUMNS, parts=(one, other))


def _at(cells: Sequence[Cell | None], figure: int) -> Cell:
    cell = cells[figure]
    assert cell is not None  # only figures of a table stand in a line
    return cell
