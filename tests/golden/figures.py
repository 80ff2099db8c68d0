"""The figures of a disclosure as a text that a person can hold beside the printed pages: a line of text a line."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.model import Disclosure, SubjectHead, Table, cell
from govbudget.money import Amount, printed


def figures_text(disclosure: Disclosure) -> str:
    """Write every line that prints a figure: code and label, then the figures, a dot for a blank.

    A table starts with its number and title, and how many lines each of its lanes has, those without a figure too.
    """
    return "\n".join(line for table in disclosure.tables for line in _table(table)) + "\n"


def _table(table: Table) -> Iterator[str]:
    counts = "+".join(str(len(lane.lines)) for lane in table.lanes)
    yield f"# {table.number} {table.title} ({table.unit.value}, {counts})"
    for lane in table.lanes:
        for line in lane.lines:
            cells = [cell(table, line, i) for i in range(len(line.values))]
            if any(isinstance(c, Amount) for c in cells):
                key = line.head.key if isinstance(line.head, SubjectHead) else "-"
                shown = " ".join(printed(c, grouping=False) if isinstance(c, Amount) else "." for c in cells)
                yield f"{key} {line.label} {shown}"
