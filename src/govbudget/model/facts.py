"""From tables and sentences to facts: every printed figure is a witness to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from govbudget.choice import Choice
from govbudget.model.claims import AmountClaim
from govbudget.model.coordinate import Coordinate, combine
from govbudget.model.disclosure import Disclosure
from govbudget.model.table import Lane, Line, Table, TableKind, cell
from govbudget.money import Amount, Cell
from govbudget.place import Place


@attrs.frozen
class Figure:
    """One cell of a table with its coordinate: the lane, line and column it stands in, by index."""

    at: Coordinate
    cell: Cell
    table: TableKind
    lane: int
    line: int
    column: int


class Via(Choice):
    """Where a witness speaks."""

    TABLE = "table"
    NARRATIVE = "narrative"


@attrs.frozen
class Witness:
    """One printed number for a fact."""

    amount: Amount
    place: Place
    via: Via


Witnessed = tuple[tuple[Coordinate, Witness], ...]
"""What a table, or the sentences, witness: each number with the fact that it is given for."""


@attrs.frozen
class Fact:
    """A coordinate and all that witness it, tables first, in printed order."""

    at: Coordinate
    witnesses: tuple[Witness, ...]


def figures(table: Table) -> Iterator[Figure]:
    """Yield every cell of every amount column with its coordinate, blanks included."""
    for lane_index, lane in enumerate(table.lanes):
        for line_index, line in enumerate(lane.lines):
            base = combine(lane.at, line.at)
            for index, column in enumerate(lane.columns):
                at = combine(base, column.at)
                yield Figure(at, cell(table, line, index), table.kind, lane_index, line_index, index)


def place_of(table: Table, lane: Lane, line: Line, column: int) -> Place:
    """Return where the figure of ``line`` in the ``column``-th amount column stands.

    A line that was never printed in a grid (one made by hand) is placed by its number in the lane.
    """
    return _place(table, lane, line, lane.columns[column].index, line.spans[column] if line.spans else None)


def place_of_change(table: Table, lane: Lane, line: Line, column: int) -> Place:
    """Return where ``line`` says in the ``column``-th column of changes how its figures differ from another year's."""
    span = line.change_spans[column] if line.change_spans else None
    return _place(table, lane, line, lane.changes[column].index, span)


def _place(table: Table, lane: Lane, line: Line, column: int, span: tuple[int, int] | None) -> Place:
    """A cell of a line, by its column in the printed grid."""
    return Place(
        document=table.place.document,
        page=line.page or table.place.page,
        table=table.number,
        row=line.row or next(i for i, other in enumerate(lane.lines, 1) if other is line),
        column=column,
        line=line.line or None,
        span=span,
    )


def facts(disclosure: Disclosure) -> tuple[Fact, ...]:
    """Return the facts of a disclosure with their witnesses, in the order they are first printed.

    A blank witnesses nothing. A sentence that gives one number for two facts (收支总预算) witnesses both.
    """
    return facts_of(disclosure, [witnesses(table, figures(table)) for table in disclosure.tables])


def witnesses(table: Table, found: Iterable[Figure]) -> Iterator[tuple[Coordinate, Witness]]:
    """Yield what the figures of a table witness."""
    for figure in found:
        if isinstance(figure.cell, Amount):
            lane = table.lanes[figure.lane]
            place = place_of(table, lane, lane.lines[figure.line], figure.column)
            yield figure.at, Witness(figure.cell, place, Via.TABLE)


def said(disclosure: Disclosure) -> Iterator[tuple[Coordinate, Witness]]:
    """Yield what the sentences of a disclosure witness."""
    for section in disclosure.narrative.sections:
        for claim in section.claims:
            if isinstance(claim, AmountClaim):
                for at in claim.of:
                    yield at, Witness(claim.amount, claim.place, Via.NARRATIVE)


def facts_of(disclosure: Disclosure, tables: Iterable[Iterable[tuple[Coordinate, Witness]]]) -> tuple[Fact, ...]:
    """Return the facts of a disclosure, given what its tables witness."""
    return facts_gathered([*tables, said(disclosure)])


def facts_gathered(sources: Iterable[Iterable[tuple[Coordinate, Witness]]]) -> tuple[Fact, ...]:
    """Return the facts that tables and sentences witness, in the order they are first printed."""
    found: dict[Coordinate, list[Witness]] = {}
    for source in sources:
        for at, witness in source:
            found.setdefault(at, []).append(witness)
    return tuple([Fact(at, tuple(witnesses)) for at, witnesses in found.items()])


def facts_again(
    facts: Mapping[Coordinate, Fact], before: Sequence[Witnessed], now: Sequence[Witnessed]
) -> dict[Coordinate, Fact] | None:
    """Return the facts of a disclosure that speaks of the same ones in the same order, with other amounts or places.

    Only the facts that are given otherwise are made again.

    Args:
        facts: the facts gathered of ``before``.
        before: what tables and sentences witnessed.
        now: what they witness now; those that stayed are the same objects.

    Returns:
        The facts in their order, or ``None`` where others are spoken of, so that they must be gathered.
    """
    if len(before) != len(now):
        return None
    changed = [(old, new) for old, new in zip(before, now, strict=True) if old is not new]
    if any([at for at, _ in old] != [at for at, _ in new] for old, new in changed):
        return None
    found = dict(facts)
    for old, new in changed:
        for (at, was), (_, witness) in zip(old, new, strict=True):
            if witness != was:
                found[at] = Fact(at, tuple([witness if w is was else w for w in found[at].witnesses]))
    return found
