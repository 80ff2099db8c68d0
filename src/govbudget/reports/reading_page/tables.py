"""How the grids of a document were recognised: which table, which columns and lines, at which coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from govbudget.model import Coordinate, Disclosure, Lane, Line, ProjectGoals, Table, combine
from govbudget.source import Grid

_FIELDS = tuple(attrs.fields_dict(Coordinate))
_ROOT = Coordinate()

Words = Mapping[str, str]


def at_words(coordinate: Coordinate, beyond: Coordinate = _ROOT) -> dict[str, str]:
    """Return what a coordinate says, in the words of a layout file, beyond what another one says already.

    >>> from govbudget.model import Flow, Use
    >>> at_words(Coordinate(flow=Flow.EXPENDITURE, use=Use.PROJECT), Coordinate(flow=Flow.EXPENDITURE))
    {'use': 'project'}
    """
    out = {}
    for name in _FIELDS:
        value = getattr(coordinate, name)
        if value not in {getattr(_ROOT, name), getattr(beyond, name)}:
            out[name] = str(getattr(value, "value", value))
    return out


def said(words: Words) -> str:
    """Write such words in one line.

    >>> said({"flow": "expenditure", "use": "project"})
    'flow=expenditure use=project'
    """
    return " ".join(f"{name}={value}" for name, value in words.items())


@attrs.frozen(kw_only=True)
class RowReading:
    """A row that gave a line.

    Attributes:
        table: the table it is of.
        lane: the lane it is of.
        line: the line.
    """

    table: Table
    lane: Lane
    line: Line


@attrs.frozen(kw_only=True)
class ColumnReading:
    """An amount column that was recognised.

    Attributes:
        header: its header path as printed.
        words: its coordinate, without what all columns of the table share.
    """

    header: tuple[str, ...]
    words: Words


@attrs.frozen(kw_only=True)
class GridReading:
    """What was made of a grid.

    Attributes:
        table: the table it was recognised as, ``None`` where it was not.
        goals: the form of what a project is to achieve that it is, ``None`` where it is none.
        shared: the coordinate that all its amount columns share.
        columns: its amount columns by grid column, from 0.
        labels: the grid columns in which labels or codes were found, from 0.
        names: those of them that hold more than codes.
        rows: for each row the lines it gave, by index.
    """

    table: Table | None
    goals: ProjectGoals | None
    shared: Words
    columns: Mapping[int, ColumnReading]
    labels: frozenset[int]
    names: frozenset[int]
    rows: tuple[Sequence[RowReading], ...]


def rows_by_line(disclosure: Disclosure) -> dict[int, list[RowReading]]:
    """Return the lines of all tables by the line of the source they stand on."""
    out: dict[int, list[RowReading]] = {}
    for table in disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines:
                out.setdefault(line.line, []).append(RowReading(table=table, lane=lane, line=line))
    return out


def grid_reading(grid: Grid, disclosure: Disclosure, by_line: Mapping[int, Sequence[RowReading]]) -> GridReading:
    """Tell what was made of a grid."""
    lines = frozenset(grid.lines)
    table = next((table for table in disclosure.tables if table.place.line in lines), None)
    rows = tuple(by_line.get(line, ()) for line in grid.lines)
    columns: dict[int, ColumnReading] = {}
    shared: Words = {}
    if table is not None:
        base = Coordinate(year=disclosure.year, stage=disclosure.stage)
        at = {
            column.index - 1: (column.header, at_words(combine(lane.at, column.at), base))
            for lane in table.lanes
            for column in lane.columns
        }
        shared = _shared([words for _, words in at.values()])
        columns = {
            index: ColumnReading(header=header, words={k: v for k, v in words.items() if k not in shared})
            for index, (header, words) in at.items()
        }
    spans = {span for row in rows for reading in row for span in reading.line.label_spans}
    found = [(i, cell.text.strip()) for row in grid.rows for i, cell in enumerate(row) if cell.span in spans]
    return GridReading(
        table=table,
        goals=next((goals for goals in disclosure.goals if goals.place.line in lines), None),
        shared=shared,
        columns=columns,
        labels=frozenset(i for i, _ in found),
        names=frozenset(i for i, text in found if not text.isascii()),
        rows=rows,
    )


def figure_titles(disclosure: Disclosure) -> Iterable[tuple[int, int, str]]:
    """Yield for the span of every figure the coordinate it was read at."""
    base = Coordinate(year=disclosure.year, stage=disclosure.stage)
    for table in disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines:
                for column, span in zip(lane.columns, line.spans, strict=False):
                    if span is not None:
                        yield *span, said(at_words(combine(lane.at, line.at, column.at), base))
                for compared, span in zip(lane.changes, line.change_spans, strict=False):
                    if span is not None:
                        kind = "rate" if compared.rate else "change"
                        yield *span, f"{kind} vs {said(at_words(compared.base, base))}"
    for goals in disclosure.goals:
        for money in goals.money:
            if money.place.span is not None:
                period = "carried" if money.carried else "annual" if money.annual else "whole"
                yield *money.place.span, said({"goals": goals.project, "period": period, "fund": money.fund.value})


def claim_titles(disclosure: Disclosure) -> Iterable[tuple[int, int, str]]:
    """Yield for the span of every number of a claim what the claim is and what it is about."""
    base = Coordinate(year=disclosure.year, stage=disclosure.stage)
    for section in disclosure.narrative.sections:
        for claim in section.claims:
            kind = type(claim).__name__.removesuffix("Claim").lower()
            about = " | ".join(said(at_words(at, base)) for at in claim.of) or "?"
            for span in claim.numbers:
                yield *span, f"{kind}: {claim.term} → {about}"


def _shared(all_words: Sequence[Words]) -> Words:
    """What every one of several coordinates says; of one alone, everything."""
    if not all_words:
        return {}
    return {k: v for k, v in all_words[0].items() if all(words.get(k) == v for words in all_words)}
