"""What stands around the figures of the tables, asked for only where something is wrong."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from govbudget.consistency import Cell
from govbudget.invariants.context import Context, figure_place
from govbudget.invariants.lazily import Lazily
from govbudget.invariants.words import cell_words
from govbudget.model import Coordinate, Figure, Via
from govbudget.place import Place

Spot = tuple[Place, Coordinate | None]
"""A printed figure: where it stands, and, in a table, what it is about."""

_Grid = Mapping[tuple[int, int], Figure]
_AROUND = {"left": (0, -1), "right": (0, 1), "above": (-1, 0), "below": (1, 0)}


@attrs.frozen(kw_only=True)
class Surroundings:
    """Where the figures of the tables stand among each other.

    Attributes:
        cells: block, line and column of each figure; the sentences that give one fact share one.
        neighbours: what is printed left and right of a figure, above and below, by these words.
    """

    cells: Mapping[Spot, Cell]
    neighbours: Mapping[Spot, Mapping[str, str]]


def surroundings(ctx: Context) -> Surroundings:
    """Gather what stands around the figures of a disclosure."""
    cells: dict[Spot, Cell] = {}
    spots: dict[Spot, tuple[_Grid, int, int]] = {}
    for block, figures in enumerate(ctx.figures.values()):
        grid = {(figure.line, figure.column): figure for figure in figures}
        for (line, column), figure in grid.items():
            spot = (figure_place(ctx, figure), figure.at)
            cells[spot] = Cell(block, line, column, figure.at)
            spots[spot] = grid, line, column
    for block, fact in enumerate(ctx.facts.values(), len(ctx.figures)):
        for witness in fact.witnesses:
            if witness.via is Via.NARRATIVE:
                cells.setdefault((witness.place, None), Cell(block, 0, 0))
    return Surroundings(cells=cells, neighbours=Lazily(spots, _neighbours))


def _neighbours(standing: tuple[_Grid, int, int]) -> Mapping[str, str]:
    grid, line, column = standing
    beside = {word: grid.get((line + down, column + right)) for word, (down, right) in _AROUND.items()}
    texts = {word: cell_words(figure.cell) for word, figure in beside.items() if figure is not None}
    return {word: text for word, text in texts.items() if text}
