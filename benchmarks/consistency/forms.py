"""A document as validators of data want it: frames of lines and columns, and the rules that a person would write down.

The relations of a plan are sorted into rules: *along a line* (合计 = 基本支出 + 项目支出, the same columns on many
lines), *down a table* (a class is the sum of its groups, the same lines in many columns), and *ties* between tables.
Numbers are whole units of the last printed digit. Every figure counts as printed, so a sum of n figures may be off by
less than n half units: that is what the ranges of the engine say, in the form in which everybody can write it.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from budgets import Budget

Table = int
"""The block of lines and columns that a figure stands in."""


@attrs.frozen
class Rule:
    """The same sum on several lines, or in several columns.

    Attributes:
        down: lines are added up, not columns.
        total: the column (or line) of the total.
        parts: the columns (or lines) that it is the sum of.
        along: the lines (or columns) where it holds.
        relations: the number of the relation for each of them.
    """

    down: bool
    total: int
    parts: tuple[int, ...]
    along: tuple[int, ...]
    relations: tuple[int, ...]

    @property
    def most(self) -> int:
        """Twice the residual must be less than this."""
        return len(self.parts) + 1


@attrs.frozen
class Form:
    """The tables of a document as lines of figures (the numbers of figures), the rules of each, and the ties."""

    size: int
    tables: dict[Table, dict[int, dict[int, int]]]
    rules: dict[Table, tuple[Rule, ...]]
    ties: tuple[tuple[int, int], ...]
    tie_relations: tuple[int, ...]

    def columns(self, table: Table) -> list[int]:
        """The columns of a table."""
        return sorted({column for line in self.tables[table].values() for column in line})

    def rows(self, table: Table, values: Sequence[int]) -> list[list[int]]:
        """The lines of a table, each with its number before the figures; a column that a line lacks holds 0."""
        columns = self.columns(table)
        return [
            [number, *(values[line[c]] if c in line else 0 for c in columns)]
            for number, line in self.tables[table].items()
        ]


def form(budget: Budget) -> Form:
    """Sort the relations of a budget into rules."""
    tables: dict[Table, dict[int, dict[int, int]]] = {}
    for figure, cell in enumerate(budget.cells):
        if cell is not None:
            tables.setdefault(cell.block, {}).setdefault(cell.line, {})[cell.column] = figure
    rules: dict[tuple[Table, bool, int, tuple[int, ...]], list[tuple[int, int]]] = {}
    ties, tie_relations = [], []
    for number, (plus, minus, _) in enumerate(budget.system.plan.relations):
        at = [cell for i in (*minus, *plus) if (cell := budget.cells[i]) is not None]
        inside = len(at) == 1 + len(plus) and len({cell.block for cell in at}) == 1
        if inside and len({cell.line for cell in at}) == 1:
            key = (at[0].block, False, at[0].column, tuple(cell.column for cell in at[1:]))
            rules.setdefault(key, []).append((at[0].line, number))
        elif inside and len({cell.column for cell in at}) == 1:
            key = (at[0].block, True, at[0].line, tuple(cell.line for cell in at[1:]))
            rules.setdefault(key, []).append((at[0].column, number))
        else:
            assert len(plus) == 1
            ties.append((minus[0], plus[0]))
            tie_relations.append(number)
    by_table: dict[Table, list[Rule]] = {table: [] for table in tables}
    for (table, down, total, parts), found in rules.items():
        along, numbers = zip(*found, strict=True)
        by_table[table].append(Rule(down, total, parts, along, numbers))
    return Form(
        len(budget.cells), tables, {t: tuple(own) for t, own in by_table.items()}, tuple(ties), tuple(tie_relations)
    )
