"""One figure in two tables, by the pair of tables that should agree.

Which cells speak of one fact follows from their coordinates, so the comparisons are generated; each goes to the rule of
the table that repeats the figure, and what no rule is about goes to agreement.tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govbudget.invariants.context import Context, once
from govbudget.invariants.rule import Outcome
from govbudget.invariants.witnessed import same, shown
from govbudget.model import Coordinate, TableKind, Witness

NAMED = frozenset(
    {
        TableKind.REVENUE,
        TableKind.EXPENDITURE,
        TableKind.FISCAL_SUMMARY,
        TableKind.GENERAL_EXPENDITURE,
        TableKind.GOVERNMENT_FUND,
        TableKind.STATE_CAPITAL,
        TableKind.GENERAL_BASIC,
        TableKind.FISCAL_EXPENDITURE,
        TableKind.FISCAL_BASIC,
        TableKind.PROJECT,
        TableKind.PERFORMANCE,
    }
)
"""The kinds of table that a rule of the group ``tables`` holds against the tables before them."""

Pair = tuple[Coordinate, Witness, Sequence[Witness]]


def pairs(ctx: Context) -> Mapping[TableKind | None, Sequence[Pair]]:
    """Return, by the kind of the later table, each fact with its first witness and those of that table.

    ``None`` stands for all that no such rule is about: a table without a number, the same table again, other kinds.
    """
    return once(ctx, _pairs)


def _pairs(ctx: Context) -> dict[TableKind | None, list[Pair]]:
    kinds = {table.number: table.kind for table in ctx.disclosure.tables if table.number is not None}
    found: dict[TableKind | None, list[Pair]] = {}
    for at, fact in ctx.facts.items():
        witnesses = shown(fact)
        if len(witnesses) < 2:
            continue
        first, *others = witnesses
        later: dict[TableKind | None, list[Witness]] = {}
        for witness in others:
            number = witness.place.table
            kind = kinds.get(number) if number is not None and number != first.place.table else None
            later.setdefault(kind if kind in NAMED else None, []).append(witness)
        for kind, repeated in later.items():
            found.setdefault(kind, []).append((at, first, repeated))
    return found


def repeats(ctx: Context, kinds: Sequence[TableKind]) -> Iterator[Outcome]:
    """Compare each figure that tables of these kinds repeat with its first witness."""
    for kind in kinds:
        for at, first, witnesses in pairs(ctx).get(kind, ()):
            yield same(ctx, at, [first, *witnesses])
