"""The witnesses of a fact held against each other: sentences, tables, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govbudget.consistency import grade_same, meet
from govbudget.invariants.context import Context, cut, is_silent, known, once
from govbudget.invariants.rule import Operand, Outcome, all_same
from govbudget.invariants.words import fact_words, figure_operand, in_money, sign_words, witness_operand
from govbudget.model import Coordinate, Fact, Figure, Via, Witness
from govbudget.money import Mark


def same(ctx: Context, at: Coordinate, witnesses: Sequence[Witness], *, proof: bool = True) -> Outcome:
    """Compare witnesses of one fact; without ``proof`` the comparison takes no part in what all sums together say."""
    operands = tuple(witness_operand(w, at) for w in witnesses)
    grade = grade_same([o.known or known(w.amount) for o, w in zip(operands, witnesses, strict=True)])
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


def shown(fact: Fact) -> list[Witness]:
    """Return what the tables give for a fact."""
    return [w for w in fact.witnesses if w.via is Via.TABLE]


def elsewhere_only(ctx: Context, fact: Fact) -> bool:
    """Tell whether a fact is of another year, or a budget beside accounts, and no table of the document prints it."""
    own = (ctx.disclosure.year, ctx.disclosure.stage)
    at = fact.at
    return (at.year, at.stage) != own and not shown(fact) and not is_silent(ctx, at)


def contradicts_itself(ctx: Context, fact: Fact) -> bool:
    """Tell whether the sentences give a fact amounts that cannot be one."""
    found = [known(w.amount) for w in stated(ctx, fact)]
    return len(found) > 1 and meet(found) is None


def cuts_off(ctx: Context) -> bool:
    """Tell whether the sentences cut digits off: some of their figures allow no rounding, and none allows only that.

    A figure that fits neither way is a slip and says nothing about the habit.
    """
    rounded = truncated = 0
    for fact in ctx.facts.values():
        said = [w for w in fact.witnesses if w.via is Via.NARRATIVE]
        tables = [known(w.amount) for w in shown(fact)] if said else []
        table = meet(tables) if tables else None
        if table is None:
            continue
        for witness in said:
            fits_round = meet([table, known(witness.amount)]) is not None
            fits_cut = meet([table, known(cut(witness).amount)]) is not None
            rounded += fits_round and not fits_cut
            truncated += fits_cut and not fits_round
    return truncated > 0 and rounded == 0
