"""A suspicion with the document as it would be without the slip, and where things stand in it."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import attrs

from govbudget.invariants import words
from govbudget.invariants.context import Context, figure_place
from govbudget.invariants.corrections import (
    At,
    lane_of,
)
from govbudget.invariants.diagnosis import Suspect
from govbudget.invariants.rule import Operand
from govbudget.model import Disclosure, Figure, SubjectHead
from govbudget.money import Amount
from govbudget.place import Place
from govbudget.text import fold, unnumbered


class Mistake(enum.Enum):
    """Slips that are no matter of sums."""

    CODE = "code"
    """A line bears the code, or the name, of another subject."""
    SECTION = "section"
    """A whole section is missing."""
    DIRECTION = "direction"
    """增加 for 减少, or the other way round."""


@attrs.frozen(kw_only=True)
class Hypothesis:
    """A suspicion, and the document as it would be without the slip."""

    suspect: Suspect
    corrected: Disclosure


@attrs.frozen(kw_only=True)
class Sites:
    """Where the figures and lines of a document stand.

    Attributes:
        figures: each figure by its place, with its lane.
        lines: the lines by table and row as printed, with their lanes; several where lanes stand side by side.
        labels: each line by table and what it is called, with and without its code.
    """

    figures: Mapping[Place, tuple[At, Figure]]
    lines: Mapping[tuple[int | None, int | None], tuple[tuple[At, int], ...]]
    labels: Mapping[tuple[int | None, str], tuple[tuple[At, int], ...]]

    def line_of(self, operand: Operand) -> tuple[At, int] | None:
        """Return the line that an operand is, or stands in."""
        if operand.place.table is None:
            return None
        named = self.labels.get((operand.place.table, fold(operand.printed)), ())
        beside = self.lines.get((operand.place.table, operand.place.row), ()) if operand.place.row else named
        own = tuple(line for line in beside if line in named)
        found = own or beside
        alike = len({at for at, _ in own}) == 1  # a line that stands there twice is the one as well as the other
        return found[0] if len(found) == 1 or alike else None


def sites(ctx: Context) -> Sites:
    """Find where everything stands; a place that two figures share is left out."""
    found: dict[Place, tuple[At, Figure]] = {}
    double: set[Place] = set()
    lines: dict[tuple[int | None, int | None], dict[tuple[At, int], None]] = {}
    for at, figures in ctx.figures.items():
        number, last = ctx.disclosure.tables[at[0]].number, None
        for figure in figures:
            place = figure_place(ctx, figure)
            if place in found:
                double.add(place)
            found[place] = (at, figure)
            if figure.line != last:
                last = figure.line
                lines.setdefault((number, place.row), {})[at, last] = None
    labels: dict[tuple[int | None, str], list[tuple[At, int]]] = {}
    for at in ctx.figures:
        table = ctx.disclosure.tables[at[0]]
        for number, line in enumerate(lane_of(ctx.disclosure, at).lines):
            code = f"{line.head.key} " if isinstance(line.head, SubjectHead) else ""
            for text in dict.fromkeys((line.label, code + unnumbered(fold(line.label)))):
                labels.setdefault((table.number, fold(text)), []).append((at, number))
    return Sites(
        figures={p: f for p, f in found.items() if p not in double},
        lines={key: tuple(found) for key, found in lines.items()},
        labels={key: tuple(found) for key, found in labels.items()},
    )


def figure_operand(ctx: Context, at: At, line: int, column: int) -> Operand | None:
    """Return the amount that a cell prints as an operand; ``None`` where it prints none."""
    figure = next((f for f in ctx.figures[at] if (f.line, f.column) == (line, column)), None)
    if figure is None or not isinstance(figure.cell, Amount):
        return None
    return words.figure_operand(ctx, figure, "total")
