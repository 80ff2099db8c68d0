"""Money that is part of other money: found once, and held against what it may not exceed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govbudget.consistency import grade_at_most
from govbudget.invariants.context import Context, fact_known, once, settled, usual_unit
from govbudget.invariants.rule import Linear, Outcome, no_more_than, not_tested
from govbudget.invariants.words import fact_words, gap_words, in_money, limit_words, witness_operand
from govbudget.model import Coordinate, Fact, Item, Period, moved


def facts_of_item(ctx: Context, item: Item) -> Sequence[Fact]:
    """Return the facts about one of the items that cut across, in the order of the document."""
    return once(ctx, _by_item).get(item, ())


def facts_of_subject(ctx: Context, code: str) -> Sequence[Fact]:
    """Return the facts about one economic subject, in the order of the document."""
    return once(ctx, _by_economic).get(code, ())


def _by_item(ctx: Context) -> Mapping[Item, Sequence[Fact]]:
    found: dict[Item, list[Fact]] = {}
    for at, fact in ctx.facts.items():
        found.setdefault(at.item, []).append(fact)
    return found


def _by_economic(ctx: Context) -> Mapping[str, Sequence[Fact]]:
    found: dict[str, list[Fact]] = {}
    for at, fact in ctx.facts.items():
        found.setdefault(at.economic, []).append(fact)
    return found


def part_of(ctx: Context, fact: Fact, other: Coordinate, *, unshown: tuple[Linear, ...] = ()) -> Outcome:
    """Compare a fact with the whole that it cannot exceed; ``unshown`` is the relation where no figure prints it."""
    subject = fact_words(ctx, fact.at)
    operand = witness_operand(fact.witnesses[0], fact.at, "part")
    total = settled(ctx, other)
    if total is None:
        return not_tested(subject, "no-table", operand)
    whole = ctx.facts.get(other)
    shown = [witness_operand(whole.witnesses[0], other, "whole")] if whole else []
    grade = grade_at_most(fact_known(ctx, fact), total)
    sign = limit_words(grade.verdict)
    against = shown[0].printed if shown else gap_words(total.value, usual_unit(ctx)) or "0"
    return in_money(
        grade,
        usual_unit(ctx),
        subject=subject,
        operands=(operand, *shown),
        relation=f"{operand.printed} {sign} {against}",
        linear=no_more_than() if shown else unshown,
    )


def items_within(ctx: Context, item: Item, whole: Item) -> Iterator[Outcome]:
    """Compare every fact about an item with the same fact about the item that it is part of."""
    for fact in facts_of_item(ctx, item):
        yield part_of(ctx, fact, moved(fact.at, "item", whole))


def spent(ctx: Context, item: Item) -> Fact | None:
    """Return what the whole body spends on an item, in the year and stage of the document."""
    own = (ctx.disclosure.year, ctx.disclosure.stage)
    found = (f for f in facts_of_item(ctx, item) if (f.at.year, f.at.stage) == own and not f.at.entity)
    return next(found, None)


def whole_year(ctx: Context, at: Coordinate) -> Coordinate:
    """Return the coordinate of all money or, where no table prints that, of this year's."""
    for period in (Period.ALL, Period.CURRENT):
        found = moved(at, "period", period)
        if found in ctx.facts:
            return found
    return at
