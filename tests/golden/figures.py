"""Every figure of a disclosure's tables as text that a person can hold beside the printed pages.

``python tests/golden/figures.py DOCUMENT…`` writes it for a document (separators are set anew: 1895.00 is 1,895.00).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from govbudget.model import Column, Disclosure, Line, PurchaseHead, SubjectHead, Total, cell
from govbudget.money import Amount, printed
from govbudget.reading import read


def figure_text(disclosure: Disclosure) -> str:
    """One block for each lane of each table, one line for each printed line: code, label, figures."""
    return "\n".join(_lines(disclosure)) + "\n"


def _lines(disclosure: Disclosure) -> Iterator[str]:
    for table in disclosure.tables:
        for lane in table.lanes:
            yield f"# {table.number} {table.kind.value} {lane.title} {table.unit.value}".replace("  ", " ")
            for line in lane.lines:
                cells = [cell(table, line, index) for index in range(len(lane.columns))]
                shown = [printed(c) if isinstance(c, Amount) else "·" for c in cells]
                if len(lane.columns) > 1:
                    shown = [f"{_title(column)}={text}" for column, text in zip(lane.columns, shown, strict=True)]
                yield "\t".join((_head(line), *shown))


def _title(column: Column) -> str:
    return column.header[-1] if len(column.header) < 2 else f"{column.header[-2]}/{column.header[-1]}"


def _head(line: Line) -> str:
    if isinstance(line.head, Total):
        return "合计"
    if isinstance(line.head, SubjectHead):
        return f"{line.head.key} {line.label}"
    if isinstance(line.head, PurchaseHead):
        head = line.head
        thing = f" > {head.thing} ({head.form})" if head.thing or head.form else ""
        return f"{head.programme} > {head.economic or '?'} {head.subject}{thing}"
    return line.label


if __name__ == "__main__":
    sys.stdout.write(figure_text(read(sys.argv[1] if len(sys.argv) == 2 else sys.argv[1:]).disclosure))
