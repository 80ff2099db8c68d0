"""Which tables cut digits off instead of rounding them, from the evidence of their own sums.

Half-up rounding scatters sums to both sides, truncation makes totals larger than the sum of their parts. A single
slip can look like that too. So tables are taken for cut off only where several sums of the document allow nothing
else, no sum of the table contradicts it, and sums that come out exactly are the exception.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import attrs

from govbudget.consistency import Mode, Verdict, evidence_for, violated_by
from govbudget.invariants.context import cut
from govbudget.invariants.corrections import said_otherwise
from govbudget.invariants.joint import Joint
from govbudget.invariants.rule import Comparison
from govbudget.model import AmountClaim, Claim, Disclosure, Via, facts
from govbudget.place import Place

_FEWEST = 2  # one sum that is too large may be one slip
_SEVERAL = 3  # parts; what two parts lose by cutting off is often nothing


@attrs.frozen(kw_only=True)
class CutOff:
    """A table whose digits were cut off.

    Attributes:
        table: index of the table.
        sums: how many of its sums hold only so; 0 where it could as well be rounded, and other tables are not.
    """

    table: int
    sums: int


def cut_off_tables(disclosure: Disclosure, comparisons: Sequence[Comparison], made: Joint) -> tuple[CutOff, ...]:
    """Return the tables whose digits were cut off; those that say so themselves are left out.

    Args:
        disclosure: the disclosure.
        comparisons: what the rules compared.
        made: all of it that is sums.
    """
    if all(comparison.verdict is not Verdict.VIOLATED for comparison in comparisons):
        return ()
    # What speaks for cutting off costs little to see; whether it is possible is asked only where enough speaks for it.
    spoken: dict[int, tuple[frozenset[int], int]] = {}
    tables: dict[int | None, list[int]] = {}
    for figure, operand in enumerate(made.operands):
        tables.setdefault(operand.place.table, []).append(figure)
    plan, values = made.system.plan, made.system.values
    steps = [
        1 if operand.amount is None else max(1, operand.amount.unit.fen // 10**operand.amount.places)
        for operand in made.operands
    ]
    for index, table in enumerate(disclosure.tables):
        own = frozenset(tables.get(table.number, ()))
        if table.number is None or not own or table.mode is not Mode.HALF_UP:
            continue
        sums = 0 if _mostly_exact(made, own) else len(violated_by(Mode.HALF_UP, plan, own, values, steps))
        spoken[index] = own, sums
    if sum(sums for _, sums in spoken.values()) < _FEWEST:
        return ()
    able = [
        CutOff(table=index, sums=sums)
        for index, (own, sums) in spoken.items()
        if evidence_for(Mode.TRUNCATION, plan, own, values, steps).possible
    ]
    # Whoever cuts off in one table does so in all of them that allow it: between the two a figure could not be one.
    return tuple(able) if sum(each.sums for each in able) >= _FEWEST else ()


def _mostly_exact(made: Joint, own: frozenset[int]) -> bool:
    """Whether most sums of a table come out exactly, which sums of digits cut off do not."""
    values = made.system.values
    inside = [r for r in made.system.plan.relations if not r.at_most and own.issuperset((*r.plus, *r.minus))]
    large = [r for r in inside if sum(values[i] != 0 for i in r.plus) >= _SEVERAL]
    exact = sum(sum(values[i] for i in r.plus) == sum(values[i] for i in r.minus) for r in large)
    return 2 * exact >= len(large)


def with_modes(disclosure: Disclosure, cut: Sequence[CutOff]) -> Disclosure:
    """Return the disclosure with those tables said to be cut off, and the sentences that print what they print."""
    chosen = {found.table for found in cut}
    tables = tuple(
        attrs.evolve(table, mode=Mode.TRUNCATION) if index in chosen else table
        for index, table in enumerate(disclosure.tables)
    )
    numbers = {disclosure.tables[index].number for index in chosen}
    return attrs.evolve(_said(disclosure, frozenset(_copied(disclosure, numbers))), tables=tables)


def with_sentences(disclosure: Disclosure) -> Disclosure:
    """Return the disclosure with all sentences said to be cut off but those about what a table rounds.

    Whoever cuts off in the tables often does so in the text, in sums that stand nowhere else. A text may also round
    what the tables cut off, so it is for the caller to see whether fewer comparisons fail this way.
    """
    rounded = {
        witness.place
        for fact in facts(disclosure)
        if any(w.via is Via.TABLE and w.amount.mode is Mode.HALF_UP for w in fact.witnesses)
        for witness in fact.witnesses
    }
    claims = (claim for section in disclosure.narrative.sections for claim in section.claims)
    return _said(disclosure, frozenset(c.place for c in claims if isinstance(c, AmountClaim)) - rounded)


def _said(disclosure: Disclosure, places: Collection[Place]) -> Disclosure:
    """Say of the sentences at some places that they cut off."""

    def said(claim: Claim) -> Claim:
        return cut(claim) if claim.place in places and isinstance(claim, AmountClaim) else claim

    return said_otherwise(disclosure, said)


def _copied(disclosure: Disclosure, numbers: Collection[int | None]) -> Iterator[Place]:
    """Yield where sentences print a fact in the digits of a table that cuts off: it was taken from there."""
    for fact in facts(disclosure):
        tables = [w.amount for w in fact.witnesses if w.via is Via.TABLE and w.place.table in numbers]
        yield from (w.place for w in fact.witnesses if w.via is Via.NARRATIVE and w.amount in tables)
