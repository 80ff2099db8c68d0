"""Lines that were left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from govbudget.classification import edition_year, tree
from govbudget.consistency import Scope, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.corrections import (
    At,
    lane_of,
    line_added,
)
from govbudget.invariants.diagnosis import Standing, Suspect
from govbudget.invariants.hypotheses.core import Hypothesis, Sites, figure_operand
from govbudget.invariants.rule import Comparison
from govbudget.invariants.subjects import SCHEMES
from govbudget.model import SubjectHead, key_depth, key_parent
from govbudget.money import Amount, Mark
from govbudget.text import fold


def left_out(ctx: Context, where: Sites, comparisons: Sequence[Comparison]) -> Iterator[Hypothesis]:
    """Yield every line whose parts lack something with a part more: a subject that the document speaks of elsewhere.

    What the line would print is what the sums lack, column by column; where no part is printed at all, all of it.
    """
    lacking: dict[tuple[At, int], dict[int, Amount]] = {}
    wrong = [c for c in comparisons if c.verdict is Verdict.VIOLATED]
    for compared in wrong:
        site, cells = _lacks(ctx, where, compared)
        if site is not None:
            lacking.setdefault(site, {}).update(cells)
    for (at, number), cells in lacking.items():
        lane = lane_of(ctx.disclosure, at)
        parent = lane.lines[number].head
        above = parent.key if isinstance(parent, SubjectHead) else ""
        model = next((n for n, x in enumerate(lane.lines) if isinstance(x.head, SubjectHead)), None)
        if lane.axis not in SCHEMES or model is None:
            continue
        after = number if isinstance(parent, SubjectHead) else model
        for code, name in _spoken_of(ctx, at, above, wrong):
            row = [cells.get(column) for column in range(len(lane.columns))]
            total = figure_operand(ctx, at, number, next(iter(cells)))
            if total is None:
                continue
            yield Hypothesis(
                suspect=Suspect(
                    operand=total,
                    standing=Standing.LIKELY,
                    scope=Scope.GAP,
                    operands=tuple(o for column in cells if (o := figure_operand(ctx, at, number, column)) is not None),
                    proposal=f"{code} {name}",
                    slip="missing",
                ),
                corrected=line_added(ctx.disclosure, at, after, (code, name), row),
            )


def _lacks(ctx: Context, where: Sites, compared: Comparison) -> tuple[tuple[At, int] | None, dict[int, Amount]]:
    """The line whose parts add up to less than it prints, and what they lack."""
    chief = compared.operands[0] if compared.operands else None
    if chief is None:
        return None, {}
    if compared.rule == "completeness.levels":
        site = where.line_of(chief)
        if site is None:
            return None, {}
        at, number = site
        table, line = ctx.disclosure.tables[at[0]], lane_of(ctx.disclosure, at).lines[number]
        return site, {
            column: Amount(value, table.unit, line.places[column], table.mode)
            for column, value in enumerate(line.values)
            if not isinstance(value, Mark)
        }
    spot = where.figures.get(chief.place)
    if spot is None or not compared.rule.startswith("additivity.") or len(compared.linear) != 1:
        return None, {}
    at, figure = spot
    parts = [where.figures.get(o.place) for o in compared.operands[1:]]
    if any(p is None or p[0] != at or p[1].column != figure.column for p in parts) or chief.amount is None:
        return None, {}
    amounts = [o.amount for o in compared.operands[1:] if o.amount is not None]
    rest = chief.amount.fen - sum(amount.fen for amount in amounts)
    places = max(amount.places for amount in (chief.amount, *amounts))
    lack = attrs.evolve(chief.amount, fen=rest, places=places)
    return ((at, figure.line), {figure.column: lack}) if rest > 0 else (None, {})


def _spoken_of(ctx: Context, at: At, above: str, wrong: Sequence[Comparison]) -> Iterator[tuple[str, str]]:
    """The subjects under a line that violated comparisons speak of and its table does not print."""
    lane = lane_of(ctx.disclosure, at)
    edition = tree(SCHEMES[lane.axis], edition_year(SCHEMES[lane.axis], ctx.disclosure.year))
    printed = {x.head.key for x in lane.lines if isinstance(x.head, SubjectHead)}
    codes: dict[str, str] = {}
    for compared in wrong:
        for operand in compared.operands:
            code = getattr(operand.at, lane.axis) if operand.at is not None else ""
            codes |= {code: ctx.labels.get(code, "")} if code else {}
    said = fold(" ".join(c.relation for c in wrong if c.rule.startswith("narrative.")))
    for subject in edition.children(above) if above in edition else ():
        if fold(subject.name) in said:
            codes[subject.code] = fold(subject.name)
    for code, name in codes.items():
        if code not in printed and key_parent(code) == above and key_depth(code) == key_depth(above) + 1:
            known = edition.get(code) if code in edition else None
            yield code, name or (fold(known.name) if known is not None else code)
