"""From ruling lines to the cells they enclose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import attrs

from govbudget.source.pdf_glyphs import Glyph
from govbudget.source.pdf_marks import Rule

_NEAR = 200  # rules less than 2 points apart are one line drawn twice
_REACH = 400  # a rule that ends within 4 points of another one meets it
_SLIVER = 900  # a column or row narrower than 9 points and without a glyph is an inaccuracy of the drawing
_MAX_RULES = 700  # of one direction on a page, pieces put together; a table of a full page has 60
_MAX_TABLES = 30  # on a page
_MAX_CELLS = 40_000  # on a page


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

    def part(self, glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
        """Return the glyphs whose middle is inside, and the others, both in their order."""
        left, right, top, bottom = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        inside: list[Glyph] = []
        outside: list[Glyph] = []
        for glyph in glyphs:
            x0, y0, x1, y1, _, _, _ = glyph
            within = left <= (x0 + x1) // 2 <= right and top <= (y0 + y1) // 2 <= bottom
            (inside if within else outside).append(glyph)
        return inside, outside

    def bases(self, glyphs: Sequence[Glyph]) -> list[tuple[int, int]]:
        """Return the (row, column) between the lines in which the middle of each glyph is."""
        # A middle left of the first line inside is in the first column, one right of the last line inside in the last.
        xs, ys = self.xs[1:-1], self.ys[1:-1]
        return [
            (bisect_right(ys, (y0 + y1) // 2), bisect_right(xs, (x0 + x1) // 2)) for x0, y0, x1, y1, _, _, _ in glyphs
        ]


def find_lattices(across: Sequence[Rule], down: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Lattice]:
    """Return the tables that the rules draw, from top to bottom; boxes of one column and underlines are none."""
    groups = _components(_longest(_merged(across)), _longest(_merged(down)))
    groups.sort(key=lambda group: -len(group[0]) - len(group[1]))
    found = [_lattice(h, v, glyphs) for h, v in groups[:_MAX_TABLES]]
    return sorted((lattice for lattice in found if lattice is not None), key=lambda lattice: lattice.ys[0])


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Put together the pieces of one line."""
    places = [place for place, _ in _clusters([rule.at for rule in rules])]
    by_place: dict[int, list[Rule]] = {}
    for rule in rules:
        nearest = min(places, key=lambda place: abs(place - rule.at)) if len(places) < 8 else _nearest(places, rule.at)
        by_place.setdefault(nearest, []).append(rule)
    out: list[Rule] = []
    for place, group in by_place.items():
        group.sort(key=lambda rule: rule.start)
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
    index = bisect_right(places, value)
    return min(places[max(index - 1, 0) : index + 1], key=lambda place: abs(place - value))


def _components(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group the rules that touch each other."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            meets = h.start - _REACH <= v.at <= h.stop + _REACH and v.start - _REACH <= h.at <= v.stop + _REACH
            if meets:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(v)
    return [group for group in groups.values() if len(group[0]) + len(group[1]) >= 4 and group[0] and group[1]]


def _lattice(across: list[Rule], down: list[Rule], glyphs: Sequence[Glyph]) -> Lattice | None:
    xs = _with_open_ends([r.at for r in down], [e for r in across for e in (r.start, r.stop)])
    ys = _with_open_ends([r.at for r in across], [e for r in down for e in (r.start, r.stop)])
    if len(xs) < 3 or len(ys) < 2:
        return None
    inside = [g for g in glyphs if xs[0] <= (g.x0 + g.x1) // 2 <= xs[-1] and ys[0] <= (g.y0 + g.y1) // 2 <= ys[-1]]
    xs = _without_slivers(xs, [(g.x0 + g.x1) // 2 for g in inside])
    ys = _without_slivers(ys, [(g.y0 + g.y1) // 2 for g in inside])
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
    walls = _edges(xs, ys, down)  # walls[c][r]: a line left of column c in row r
    floors = _edges(ys, xs, across)  # floors[r][c]: a line above row r in column c
    taken = [[False] * columns for _ in range(rows)]
    cells: list[tuple[int, int, int, int]] = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            wide = 1
            while column + wide < columns and not walls[column + wide][row] and not taken[row][column + wide]:
                wide += 1
            high = 1
            while (
                row + high < rows
                and all(not floors[row + high][c] and not taken[row + high][c] for c in range(column, column + wide))
                and not any(walls[c][row + high] for c in range(column + 1, column + wide))
            ):
                high += 1
            for r in range(row, row + high):
                taken[r][column : column + wide] = [True] * wide
            cells.append((row, column, high, wide))
    return cells


def _edges(lines: list[int], others: list[int], rules: list[Rule]) -> list[list[bool]]:
    """For each line and each gap between the other lines: does a rule run along it there?"""
    table = [[False] * (len(others) - 1) for _ in lines]
    middles = [(a + b) // 2 for a, b in pairwise(others)]
    for rule in rules:
        line = table[lines.index(_nearest(lines, rule.at))]
        for index, middle in enumerate(middles):
            if rule.start <= middle <= rule.stop:
                line[index] = True
    return table
