"""Tables of what this year's grants pay for (一般公共预算当年拨款), told from those of all general spending.

Forms of one wording print either: with what was left from the year before, or without it. The sums choose: where money
is left from the year before, a total that is this year's grants, and not all that is spent, is of the grants alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from govbudget.model import (
    Claim,
    CompositionClaim,
    Coordinate,
    Finding,
    Flow,
    Fund,
    Lane,
    Period,
    Section,
    ShareClaim,
    Table,
    TableKind,
    combine,
    figures,
)
from govbudget.money import Amount
from govbudget.reading.remarks import remark

_OF_GRANTS = (TableKind.GENERAL_EXPENDITURE, TableKind.GENERAL_BASIC, TableKind.THREE_PUBLIC)


def granted(tables: Sequence[Table], base: Coordinate) -> tuple[tuple[Table, ...], tuple[Finding, ...]]:
    """Return the tables, those of the general budget as of this year's grants where the sums say so, and say so."""
    if not _of_grants_alone({table.kind: table for table in tables}, base):
        return tuple(tables), ()
    moved = tuple(_moved(table) if table.kind in _OF_GRANTS else table for table in tables)
    told = [table.place for table in tables if table.kind in _OF_GRANTS]
    return moved, (remark("read.grants", *told),)


def granted_in_words(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return sections whose sentences on spending of the general budget speak of this year's grants."""
    return tuple(attrs.evolve(section, claims=tuple(_meant(claim) for claim in section.claims)) for section in sections)


def _of_grants_alone(tables: Mapping[TableKind, Table], base: Coordinate) -> bool:
    both = tables.get(TableKind.FISCAL_SUMMARY)
    total = _range(tables.get(TableKind.GENERAL_EXPENDITURE), base, _SPENT, Fund.GENERAL)
    given = _range(both, base, _GIVEN, Fund.GENERAL)
    left = _range(both, base, _LEFT, Fund.GENERAL) or _range(both, base, _LEFT, Fund.FISCAL)
    whole = _range(both, base, _SPENT, Fund.GENERAL) or _less(
        _range(both, base, _SPENT, Fund.FISCAL),
        _range(tables.get(TableKind.GOVERNMENT_FUND), base, _SPENT, Fund.GOVERNMENT_FUND),
        _range(tables.get(TableKind.STATE_CAPITAL), base, _SPENT, Fund.STATE_CAPITAL),
    )
    if total is None or given is None or whole is None or left is None or left[0] <= 0:
        return False
    return _meet(total, given) and not _meet(total, whole)


_GIVEN, _LEFT, _SPENT = (
    Coordinate(flow=Flow.REVENUE, period=Period.CURRENT),
    Coordinate(flow=Flow.REVENUE, period=Period.CARRIED),
    Coordinate(flow=Flow.EXPENDITURE, period=Period.CURRENT),
)

_Range = tuple[int, int]


def _range(table: Table | None, base: Coordinate, at: Coordinate, fund: Fund) -> _Range | None:
    """What a table allows for a fact, ``None`` where it prints none."""
    wanted = combine(base, at, Coordinate(fund=fund))
    found = figures(table) if table is not None else ()
    return next((f.cell.bounds for f in found if f.at == wanted and isinstance(f.cell, Amount)), None)


def _less(whole: _Range | None, *parts: _Range | None) -> _Range | None:
    if whole is None:
        return None
    printed = [part for part in parts if part is not None]
    return whole[0] - sum(high for _, high in printed), whole[1] - sum(low for low, _ in printed)


def _meet(one: _Range, other: _Range) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _moved(table: Table) -> Table:
    return attrs.evolve(table, lanes=tuple(_moved_lane(lane) for lane in table.lanes))


def _moved_lane(lane: Lane) -> Lane:
    lines = tuple(attrs.evolve(line, at=_at(line.at)) for line in lane.lines)
    columns = tuple(attrs.evolve(column, at=_at(column.at)) for column in lane.columns)
    return attrs.evolve(lane, at=_at(lane.at), lines=lines, columns=columns)


def _at(at: Coordinate) -> Coordinate:
    return attrs.evolve(at, period=Period.GRANTED) if at.period is Period.CURRENT else at


def _meant(claim: Claim) -> Claim:
    of = tuple(_spending(at) for at in claim.of)
    if isinstance(claim, ShareClaim):
        return attrs.evolve(claim, of=of, whole=tuple(_spending(at) for at in claim.whole))
    if isinstance(claim, CompositionClaim):
        parts = tuple(None if at is None else _spending(at) for at in claim.parts_of)
        return attrs.evolve(claim, of=of, parts_of=parts)
    return attrs.evolve(claim, of=of)


def _spending(at: Coordinate) -> Coordinate:
    return _at(at) if at.flow is Flow.EXPENDITURE and at.fund is Fund.GENERAL else at
