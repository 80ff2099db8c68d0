"""The layout that a disclosure was read with, for the rules that hold it against its form."""

from __future__ import annotations

from govbudget.invariants.context import Context
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import broken
from govbudget.invariants.rule import Operand, Outcome, not_tested
from govbudget.layouts import Layout, layout, layout_ids
from govbudget.place import Place


@gathered
def form_of(ctx: Context) -> Layout | None:
    """Return the layout of a disclosure, ``None`` where it is of none that is known."""
    return layout(ctx.disclosure.layout) if ctx.disclosure.layout in layout_ids() else None


def lacking(ctx: Context, subject: str, place: Place, printed: str, relation: str = "") -> Outcome:
    """Make the outcome of something that is not there: a violation, where the form of the document is known.

    What was read without a layout may hold it in words or columns that were not understood.
    """
    if form_of(ctx) is None:
        return not_tested(subject, "no-layout", Operand(role="claim", place=place, printed=printed))
    return broken(subject, place, printed, relation or printed)
