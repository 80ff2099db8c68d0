"""From ruling lines to the cells they enclose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeVar

import attrs

from govbudget.source.pdf_glyphs import Glyphs, Run
from govbudget.source.pdf_marks import Rule

_NEAR = 200  # rules less than 2 points apart are one line drawn twice
_REACH = 400  # a rule that ends within 4 points of another one meets it
_SLIVER = 900  # a column or row narrower than 9 points and without a glyph is an inaccuracy of the drawing
_MAX_RULES = 700  # of one direction on a page, pieces put together; a table of a full page has 60
_MAX_TABLES = 30  # on a page
_MAX_CELLS = 40_000  # on a page
_START = itemgetter(1)  # of a rule


@attrs.frozen(kw_only=True)
class Lattice:
    """A ruled table: the places of its lines and the cells between them.

    Attributes:
        xs: the x of its vertical lines.
        ys: the y of its horizontal lines, downwards.
        cells: (row, column, rows, columns) of every cell, in reading order; together they cover all of it.
    """

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    cells: tuple[tuple[int, int, int, int], ...]

    def part(self, glyphs: Glyphs, runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
        """Return the runs of glyphs whose middle is inside, and the others, both in their order."""
        left, right, top, bottom = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        inside: list[Run] = []
        outside: list[Run] = []
        for run in runs:
            start, stop, _, upper, lower = run
            if lower < top or bottom < upper:
                outside.append(run)
            elif (
                top <= upper
                and lower <= bottom
                and left <= glyphs.lefts[start]
                and max(glyphs.rights[start:stop]) <= right
            ):
                inside.append(run)
            else:
                within = [left <= x <= right and top <= y <= bottom for x, y in middles(glyphs, run)]
                for is_inside, part in parted(run, within):
                    (inside if is_inside else outside).append(part)
        return inside, outside

    def places(self, glyphs: Glyphs, runs: Sequence[Run], owner: Sequence[Sequence[int]]) -> Iterator[tuple[int, Run]]:
        """Yield for the runs, in their order, the cell in which the middle of their glyphs is, parted where need be.

        Args:
            glyphs: those of the page.
            runs: those inside.
            owner: for each row and column between the lines the index of the cell.
        """
        # A middle left of the first line inside is in the first column, one right of the last line inside in the last.
        xs, ys = self.xs[1:-1], self.ys[1:-1]
        for run in runs:
            start, stop, _, upper, lower = run
            first = owner[bisect_right(ys, upper)][bisect_right(xs, glyphs.lefts[start])]
            last = owner[bisect_right(ys, lower)][bisect_right(xs, max(glyphs.rights[start:stop]))]
            if first == last:  # cells are rectangles
                yield first, run
            else:
                keys = [owner[bisect_right(ys, y)][bisect_right(xs, x)] for x, y in middles(glyphs, run)]
                yield from parted(run, keys)


def middles(glyphs: Glyphs, run: Run) -> list[tuple[int, int]]:
    """Return the x and y of the middle of each glyph of a run."""
    edges = (column[run.start : run.stop] for column in glyphs[:4])
    return [((x0 + x1) // 2, (y0 + y1) // 2) for x0, y0, x1, y1 in zip(*edges, strict=True)]


_Key = TypeVar("_Key")


def parted(run: Run, keys: Sequence[_Key]) -> Iterator[tuple[_Key, Run]]:
    """Yield the parts of a run whose glyphs have the same key, with the key."""
    start = run.start
    for key, group in groupby(keys):
        stop = start + len(list(group))
        yield key, run._replace(start=start, stop=stop)
        start = stop


def find_lattices(across: Sequence[Rule], down: Sequence[Rule], glyphs: Glyphs) -> list[Lattice]:
    """Return the tables that the rules draw, from top to bottom; boxes of one column and underlines are none."""
    if not across or not down:
        return []
    groups = _components(_longest(_merged(across)), _longest(_merged(down)))
    groups.sort(key=lambda group: -len(group[0]) - len(group[1]))
    found = [_lattice(h, v, glyphs) for h, v in groups[:_MAX_TABLES]]
    return sorted((lattice for lattice in found if lattice is not None), key=lambda lattice: lattice.ys[0])


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Put together the pieces of one line."""
    places = [place for place, _ in _clusters([rule.at for rule in rules])]
    nearest = {at: places[_nearest(places, at)] for at in {rule.at for rule in rules}}
    by_place: dict[int, list[Rule]] = {}
    for rule in rules:
        by_place.setdefault(nearest[rule.at], []).append(rule)
    out: list[Rule] = []
    for place, group in by_place.items():
        group.sort(key=_START)
        start, stop = group[0].start, group[0].stop
        for rule in group[1:]:
            if rule.start <= stop + _REACH:
                stop = max(stop, rule.stop)
            else:
                out.append(Rule(place, start, stop))
                start, stop = rule.start, rule.stop
        out.append(Rule(place, start, stop))
    return out


def _longest(rules: list[Rule]) -> list[Rule]:
    """Keep within bounds what a drawing of thousands of lines (a map, a picture) would cost."""
    return rules if len(rules) <= _MAX_RULES else sorted(rules, key=lambda rule: rule.start - rule.stop)[:_MAX_RULES]


def _clusters(values: Sequence[int]) -> list[tuple[int, int]]:
    """Return (mean, count) of the groups of values that lie near each other, ascending."""
    groups: list[list[int]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(sum(group) // len(group), len(group)) for group in groups]


def _nearest(places: Sequence[int], value: int) -> int:
    """The index of the ascending place that is nearest, of the lower one of two."""
    index = bisect_right(places, value)
    if index == len(places) or (index and value - places[index - 1] <= places[index] - value):
        return index - 1
    return index


def _components(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group the rules that touch each other."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    upright = sorted((v.at, v.start - _REACH, v.stop + _REACH, j) for j, v in enumerate(down, len(across)))
    places = [at for at, _, _, _ in upright]
    for i, h in enumerate(across):
        near = slice(bisect_left(places, h.start - _REACH), bisect_right(places, h.stop + _REACH))
        for _, start, stop, j in upright[near]:
            if start <= h.at <= stop:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(v)
    return [group for group in groups.values() if len(group[0]) + len(group[1]) >= 4 and group[0] and group[1]]


def _lattice(across: list[Rule], down: list[Rule], glyphs: Glyphs) -> Lattice | None:
    xs = _with_open_ends([r.at for r in down], [e for r in across for e in (r.start, r.stop)])
    ys = _with_open_ends([r.at for r in across], [e for r in down for e in (r.start, r.stop)])
    if len(xs) < 3 or len(ys) < 2:
        return None
    inside, _ = Lattice(xs=tuple(xs), ys=tuple(ys), cells=()).part(glyphs, glyphs.runs)
    if _has_slivers(xs):
        xs = _without_slivers(xs, [x for run in inside for x, _ in middles(glyphs, run)])
    if _has_slivers(ys):
        ys = _without_slivers(ys, [y for run in inside for _, y in middles(glyphs, run)])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MAX_CELLS:
        return None
    cells = _cells(xs, ys, across, down)
    if len(cells) < 2 or not inside:
        return None
    return Lattice(xs=tuple(xs), ys=tuple(ys), cells=tuple(cells))


def _with_open_ends(places: list[int], ends: list[int]) -> list[int]:
    """The lines of one direction, and the ends of the other where a side is open: after a page break, say."""
    lines = [place for place, _ in _clusters(places)]
    for end, count in _clusters(ends):
        outside = end < lines[0] - _REACH or end > lines[-1] + _REACH
        if outside and count >= 2:
            lines.append(end)
    return sorted(lines)


def _has_slivers(lines: list[int]) -> bool:
    return any(b - a < _SLIVER for a, b in pairwise(lines))


def _without_slivers(lines: list[int], middles: list[int]) -> list[int]:
    middles = sorted(middles)
    kept = [lines[0]]
    for line in lines[1:]:
        empty = bisect_right(middles, line) == bisect_right(middles, kept[-1])
        if line - kept[-1] >= _SLIVER or not empty:
            kept.append(line)
        elif line == lines[-1] and len(kept) > 1:
            kept[-1] = line
    return kept


def _cells(xs: list[int], ys: list[int], across: list[Rule], down: list[Rule]) -> list[tuple[int, int, int, int]]:
    rows, columns = len(ys) - 1, len(xs) - 1
    walls = list(zip(*_edges(xs, ys, down), strict=True))  # walls[r][c]: a line left of column c in row r
    floors = _edges(ys, xs, across)  # floors[r][c]: a line above row r in column c
    taken = [[False] * columns for _ in range(rows)]
    cells: list[tuple[int, int, int, int]] = []
    for row in range(rows):
        wall, above = walls[row], taken[row]
        column = 0
        while column < columns:
            if above[column]:
                column += 1
                continue
            stop = column + 1
            while stop < columns and not wall[stop] and not above[stop]:
                stop += 1
            below = row + 1
            while (
                below < rows
                and not any(floors[below][column:stop])
                and not any(taken[below][column:stop])
                and not any(walls[below][column + 1 : stop])
            ):
                taken[below][column:stop] = [True] * (stop - column)
                below += 1
            cells.append((row, column, below - row, stop - column))
            column = stop
    return cells


def _edges(lines: list[int], others: list[int], rules: list[Rule]) -> list[list[bool]]:
    """For each line and each gap between the other lines: does a rule run along it there?"""
    table = [[False] * (len(others) - 1) for _ in lines]
    middles = [(a + b) // 2 for a, b in pairwise(others)]
    for rule in rules:
        first, last = bisect_left(middles, rule.start), bisect_right(middles, rule.stop)
        table[_nearest(lines, rule.at)][first:last] = [True] * (last - first)
    return table
