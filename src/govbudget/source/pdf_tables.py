"""From a lattice and the glyphs inside to a table of texts."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.source.pdf_glyphs import Glyph
from govbudget.source.pdf_lattice import Lattice
from govbudget.source.pdf_lines import join_lines, lines_of
from govbudget.source.pieces import TablePiece


def fill(lattice: Lattice, glyphs: Sequence[Glyph], page: int) -> TablePiece | None:
    """Put the glyphs into the cells; ``None`` where fewer than two cells hold anything."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    owner: dict[tuple[int, int], int] = {}
    for index, (row, column, high, wide) in enumerate(lattice.cells):
        for r in range(row, row + high):
            for c in range(column, column + wide):
                owner[r, c] = index
    inside: list[list[Glyph]] = [[] for _ in lattice.cells]
    for glyph, place in zip(glyphs, lattice.bases(glyphs), strict=True):
        inside[owner[place]].append(glyph)
    if sum(map(bool, inside)) < 2:
        return None
    _lift(lattice, owner, inside)
    texts = [[""] * columns for _ in range(rows)]
    full: list[set[int]] = [set() for _ in range(rows)]
    for (row, column, high, wide), held in zip(lattice.cells, inside, strict=True):
        if not held:
            continue
        lines = lines_of(held, page)
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


def _lift(lattice: Lattice, owner: dict[tuple[int, int], int], inside: list[list[Glyph]]) -> None:
    """Give back to a cell the last line of its text, where the row is too low and the line stands on the next row.

    Such a line cuts the rule above it, and its letters follow those of the cell above in the order of the content.
    """
    for index, (row, column, _, _) in enumerate(lattice.cells):
        if not row or not inside[index]:
            continue
        top = lattice.ys[row]
        astray = [g for g in inside[index] if (top - g.y0) * 100 > 15 * (g.y1 - g.y0)]
        above = owner[row - 1, column]
        last = max((g.order for g in inside[above]), default=-10)
        if astray and 0 < min(g.order for g in astray) - last <= 4:
            gone = set(map(id, astray))
            inside[above].extend(astray)
            inside[index] = [g for g in inside[index] if id(g) not in gone]


def _tight(text: str) -> str:
    """Names justified to the width of their cell have blanks between the letters."""
    parts = text.split(" ")
    return "".join(parts) if all(len(part) == 1 and not part.isascii() for part in parts) else text
