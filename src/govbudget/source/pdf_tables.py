"""From a lattice and the glyphs inside to a table of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govbudget.source.pdf_glyphs import Glyphs, Run
from govbudget.source.pdf_lattice import Lattice, parted
from govbudget.source.pdf_lines import join_lines, lines_of
from govbudget.source.pieces import TablePiece


def fill(lattice: Lattice, glyphs: Glyphs, runs: Sequence[Run], page: int) -> TablePiece | None:
    """Put the runs of glyphs into the cells; ``None`` where fewer than two cells hold anything."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    owner = [[0] * columns for _ in range(rows)]
    for index, (row, column, high, wide) in enumerate(lattice.cells):
        for r in range(row, row + high):
            owner[r][column : column + wide] = [index] * wide
    inside: list[list[Run]] = [[] for _ in lattice.cells]
    for cell, run in lattice.places(glyphs, runs, owner):
        inside[cell].append(run)
    if sum(map(bool, inside)) < 2:
        return None
    _lift(lattice, glyphs, owner, inside)
    texts = [[""] * columns for _ in range(rows)]
    full: list[set[int]] = [set() for _ in range(rows)]
    for (row, column, high, wide), held in zip(lattice.cells, inside, strict=True):
        if not held:
            continue
        lines = lines_of(glyphs, held, page)
        texts[row][column] = join_lines([_tight(line.text) for line in lines])
        if lattice.xs[column + wide] - lines[-1].x1 < 2 * lines[-1].size:
            full[row + high - 1].add(column)
    return TablePiece(
        rows=tuple(map(tuple, texts)),
        merged=tuple(cell for cell in lattice.cells if cell[2] * cell[3] > 1),
        pages=(page,) * rows,
        open_cells=tuple(map(frozenset, full)),
        edges=lattice.xs,
    )


def _lift(lattice: Lattice, glyphs: Glyphs, owner: list[list[int]], inside: list[list[Run]]) -> None:
    """Give back to a cell the last line of its text, where the row is too low and the line stands on the next row.

    Such a line cuts the rule above it, and its letters follow those of the cell above in the order of the content.
    """
    orders = glyphs.orders
    for index, (row, column, _, _) in enumerate(lattice.cells):
        if not row or not inside[index]:
            continue
        parts = [part for run in inside[index] for part in _cut(glyphs, run, lattice.ys[row])]
        astray = [run for is_cut, run in parts if is_cut]
        if not astray:
            continue
        above = owner[row - 1][column]
        last = max((orders[run.stop - 1] for run in inside[above]), default=-10)
        if 0 < min(orders[run.start] for run in astray) - last <= 4:
            inside[above].extend(astray)
            inside[index] = [run for is_cut, run in parts if not is_cut]


def _cut(glyphs: Glyphs, run: Run, rule: int) -> Iterable[tuple[bool, Run]]:
    """The parts of a run that the rule above it cuts, and those that it does not."""
    tops, bottoms = glyphs.tops[run.start : run.stop], glyphs.bottoms[run.start : run.stop]
    if rule <= min(tops):
        return [(False, run)]
    return parted(run, [(rule - top) * 100 > 15 * (bottom - top) for top, bottom in zip(tops, bottoms, strict=True)])


def _tight(text: str) -> str:
    """Names justified to the width of their cell have blanks between the letters."""
    if " " not in text:
        return text
    parts = text.split(" ")
    return "".join(parts) if all(len(part) == 1 and not part.isascii() for part in parts) else text
