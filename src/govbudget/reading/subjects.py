"""Names of subjects in a column, without codes, to keys on their axis."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.classification import ResolvedName, Scheme, Status, edition_year, resolve_names
from govbudget.model import Coordinate, Finding, Line, Resolved, SubjectHead, key_depth, moved
from govbudget.money import Amount, Mark, MoneyUnit
from govbudget.place import Place
from govbudget.reading.remarks import remark

SCHEMES = {"functional": Scheme.FUNCTIONAL, "economic": Scheme.DEPARTMENT_ECONOMIC}

_STATUS = {Status.RESOLVED: Resolved.YES, Status.AMBIGUOUS: Resolved.AMBIGUOUS, Status.UNKNOWN: Resolved.UNKNOWN}


@attrs.frozen(kw_only=True)
class PendingLine:
    """A line that may still have to be found in the classification.

    Attributes:
        line: the line.
        name: its folded name, ``None`` where the layout or a printed code has said what the line is.
    """

    line: Line
    name: str | None


def coded(code: str, axis: str, at: Coordinate) -> tuple[SubjectHead, Coordinate]:
    """Return the head and the coordinate of a line with a printed code, from that of its table.

    A printed code is its own subject, whatever editions are at hand: the print is the evidence.
    """
    return SubjectHead(key=code, level=key_depth(code), resolved=Resolved.YES), moved(at, axis, code)


def settle(
    pending: Sequence[PendingLine], axis: str, unit: MoneyUnit, year: int, place: Place
) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """Give every named line its place in the tree of ``axis``.

    Order, names and sums decide (:func:`govbudget.classification.resolve_names`). What they leave open is not
    guessed: an ambiguous or unknown name keeps a key of its own under its parent, and a finding says so.
    """
    named = [item for item in pending if item.name is not None]
    if not named:
        return tuple([item.line for item in pending]), ()
    scheme = SCHEMES[axis]
    resolution = resolve_names(
        [item.name or "" for item in named],
        scheme=scheme,
        year=edition_year(scheme, year),
        amounts=[_bounds(item.line, unit) for item in named],
    )
    keys = _keys(resolution.rows)
    heads = {
        id(item): SubjectHead(
            key=key,
            level=row.level,
            resolved=_STATUS[row.status],
            candidates=tuple(c.subject.code for c in row.candidates) if row.status is Status.AMBIGUOUS else (),
        )
        for item, row, key in zip(named, resolution.rows, keys, strict=True)
    }
    lines = tuple(_headed(item.line, heads[id(item)], axis) if id(item) in heads else item.line for item in pending)
    return lines, tuple(
        _doubt(row, attrs.evolve(place, row=item.line.row, line=item.line.line))
        for item, row in zip(named, resolution.rows, strict=True)
        if row.status is not Status.RESOLVED
    )


def _headed(line: Line, head: SubjectHead, axis: str) -> Line:
    return attrs.evolve(line, head=head, at=moved(line.at, axis, head.key))


def _keys(rows: Sequence[ResolvedName]) -> list[str]:
    """The code where it hangs under its printed parent, else the parent's key and the name."""
    keys: list[str] = []
    for row in rows:
        above = keys[row.parent_row] if row.parent_row is not None else ""
        code = row.subject.code if row.subject is not None and row.status is Status.RESOLVED else ""
        fits = code and (code.startswith(above) if "~" not in above else False)
        name = row.name.replace("/", "／").replace("~", "～")
        keys.append(code if fits else (f"{above}/{name}" if "~" in above else f"{above}~{name}"))
    return keys


def _doubt(row: ResolvedName, place: Place) -> Finding:
    if row.status is Status.AMBIGUOUS:
        codes = "、".join(c.subject.code for c in row.candidates[:8])
        return remark("read.name-ambiguous", place, name=row.name, candidates=codes, why=row.reason)
    return remark("read.name-unknown", place, name=row.name, why=row.reason)


def _bounds(line: Line, unit: MoneyUnit) -> list[tuple[int, int] | None]:
    return [
        None if isinstance(value, Mark) else Amount(value, unit, places).bounds
        for value, places in zip(line.values, line.places, strict=True)
    ]
