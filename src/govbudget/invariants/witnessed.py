"""The witnesses of a fact held against each other: sentences, tables, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govbudget.consistency import grade_same, meet
from govbudget.invariants.context import Context, cut, idle, is_silent, known, once
from govbudget.invariants.gathered import gathered
from govbudget.invariants.rule import Operand, Outcome, all_same
from govbudget.invariants.words import fact_words, figure_operand, in_money, sign_words, witness_operand
from govbudget.model import Coordinate, Fact, Figure, Via, Witness
from govbudget.money import Mark


def same(ctx: Context, at: Coordinate, witnesses: Sequence[Witness], *, proof: bool = True) -> Outcome:
    """Compare witnesses of one fact; without ``proof`` the comparison takes no part in what all sums together say."""
    grade = grade_same([known(w.amount) for w in witnesses])
    if idle(ctx, grade):
        return Outcome(grade=grade, subject="")  # nobody reads it
    operands = tuple([witness_operand(w, at) for w in witnesses])
    shown = dict.fromkeys(o.printed for o in operands)
    return in_money(
        grade,
        witnesses[0].amount.unit,
        subject=fact_words(ctx, at),
        operands=operands,
        relation=f" {sign_words(grade.verdict)} ".join(shown if len(shown) > 1 else [o.printed for o in operands]),
        linear=all_same(len(operands)) if proof else (),
    )


def left_blank(ctx: Context, at: Coordinate) -> tuple[Operand, ...]:
    """Return the cells that print a blank or a dash for a fact: what says that it is zero, and where."""
    return tuple(figure_operand(ctx, figure, "blank") for figure in once(ctx, _blank_cells).get(at, ()))


def _blank_cells(ctx: Context) -> Mapping[Coordinate, Sequence[Figure]]:
    found: dict[Coordinate, list[Figure]] = {}
    for figures in ctx.figures.values():
        for figure in figures:
            if figure.cell is Mark.BLANK or figure.cell is Mark.NOT_APPLICABLE:
                found.setdefault(figure.at, []).append(figure)
    return found


def stated(ctx: Context, fact: Fact) -> list[Witness]:
    """Return what the sentences give for a fact, with digits cut off where the document does that."""
    found = [w for w in fact.witnesses if w.via is Via.NARRATIVE]
    return [cut(w) for w in found] if once(ctx, cuts_off) else found


@gathered
def said_of(ctx: Context) -> tuple[tuple[Coordinate, Fact, Sequence[Witness]], ...]:
    """Return the facts that sentences give, in the order of all facts, each with what is :func:`stated` for it."""
    told = dict.fromkeys(at for at, _ in ctx.said)
    return tuple((at, fact, stated(ctx, fact)) for at, fact in ctx.facts.items() if at in told)


def shown(fact: Fact) -> list[Witness]:
    """Return what the tables give for a fact."""
    return [w for w in fact.witnesses if w.via is Via.TABLE]


def elsewhere_only(ctx: Context, fact: Fact) -> bool:
    """Tell whether a fact is of another year, or a budget beside accounts, and no table of the document prints it."""
    own = (ctx.disclosure.year, ctx.disclosure.stage)
    at = fact.at
    return (at.year, at.stage) != own and not shown(fact) and not is_silent(ctx, at)


def contradictory(said: Sequence[Witness]) -> bool:
    """Tell whether sentences give a fact amounts that cannot be one."""
    return len(said) > 1 and meet(known(w.amount) for w in said) is None


def cuts_off(ctx: Context) -> bool:
    """Tell whether the sentences cut digits off: some of their figures allow no rounding, and none allows only that.

    Only a figure with fewer digits than its table can tell: who prints as many copies them. A figure that fits neither
    way is a slip and says nothing about the habit.
    """
    rounded = truncated = 0
    for at in dict.fromkeys(at for at, _ in ctx.said):
        fact = ctx.facts[at]
        tables = [known(w.amount) for w in shown(fact)]
        table = meet(tables) if tables else None
        if table is None:
            continue
        for witness in fact.witnesses:
            if witness.via is not Via.NARRATIVE or table.low <= witness.amount.fen <= table.high:
                continue  # what is printed fits as it stands, whatever the habit
            own = known(witness.amount)
            if own.high - own.low <= table.high - table.low:
                continue
            fits_round = meet([table, own]) is not None
            fits_cut = meet([table, known(cut(witness).amount)]) is not None
            rounded += fits_round and not fits_cut
            truncated += fits_cut and not fits_round
    return truncated > 0 and rounded == 0
