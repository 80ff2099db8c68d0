"""Faults of whole lines and columns, with the truth in the common form."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.model import Disclosure, Line, Table, place_of
from govbudget.money import Amount, Mark, printed
from govbudget.place import Place
from govbudget.testing.spoil.lines import LineFault, line_faults
from govbudget.testing.spoil.truth import Change, FaultKind, LabelledFault, Spot


def lines(disclosure: Disclosure, kind: FaultKind) -> list[Spot]:
    """Return the places at which a line or two columns may be wrong."""
    return [_spot(disclosure, kind, fault) for fault in line_faults(disclosure) if fault.kind == kind.value]


def _spot(disclosure: Disclosure, kind: FaultKind, fault: LineFault) -> Spot:
    def make() -> LabelledFault | None:
        changes = tuple(_changes(disclosure, fault))
        return LabelledFault(disclosure=fault.disclosure, kind=kind, changes=changes) if changes else None

    return make


def _changes(disclosure: Disclosure, fault: LineFault) -> Iterator[Change]:
    before, after = disclosure.tables[fault.table], fault.disclosure.tables[fault.table]
    old, new = before.lanes[fault.lane].lines, after.lanes[fault.lane].lines
    if len(old) == len(new):
        for i, (a, b) in enumerate(zip(old, new, strict=True)):
            for j in range(len(a.values)):
                if a.values[j] != b.values[j]:
                    place = place_of(before, before.lanes[fault.lane], old[i], j)
                    yield Change(place=place, was=_shown(before, a, j), now=_shown(after, b, j))
        return
    assert fault.line is not None
    line = old[fault.line] if len(new) < len(old) else new[fault.line]
    place = Place(table=before.number, row=line.row or fault.line + 1)
    gone = len(new) < len(old)
    yield Change(place=place, was=line.label if gone else "", now="" if gone else line.label)


def _shown(table: Table, line: Line, column: int) -> str:
    value = line.values[column]
    return "" if isinstance(value, Mark) else printed(Amount(value, table.unit, line.places[column]))
