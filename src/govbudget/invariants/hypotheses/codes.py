"""Lines that bear a wrong code or name, and lines that stand there twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from govbudget.classification import edition_year, tree
from govbudget.consistency import Scope, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.corrections import (
    At,
    lane_of,
    line_dropped,
    line_recoded,
)
from govbudget.invariants.diagnosis import Standing, Suspect
from govbudget.invariants.hypotheses.core import Hypothesis, Mistake, Sites, figure_operand
from govbudget.invariants.rule import Comparison
from govbudget.invariants.subjects import SCHEMES
from govbudget.model import Line, SubjectHead, key_parent
from govbudget.text import fold, unnumbered

_MOST_NAMES = 4
_OF_A_LINE = 3
"""A comparison of more lines than these is of a table."""


def wrong_codes(ctx: Context, where: Sites, comparisons: Sequence[Comparison]) -> Iterator[Hypothesis]:
    """Yield every line that a rule on codes and names finds wrong with another code, or the name of its code.

    The code is one that the document gives the same name in another table, one that it misses in this table, or one
    that the edition has for the name.
    """
    wrong = [c for c in comparisons if c.verdict is Verdict.VIOLATED]
    missed = {o.at for c in wrong for o in c.operands if o.at is not None}
    seen: set[tuple[At, int]] = set()
    for compared in wrong:
        if not compared.rule.startswith("classification.") or len(compared.operands) > _OF_A_LINE:
            continue  # what a whole table is told of is no slip of one line
        for operand in compared.operands:
            site = where.line_of(operand)
            if site is None or site in seen:
                continue
            seen.add(site)
            at, number = site
            line = lane_of(ctx.disclosure, at).lines[number]
            if isinstance(line.head, SubjectHead) and lane_of(ctx.disclosure, at).axis in SCHEMES:
                wanted = {x.functional or x.economic for x in missed}
                for code, name in _other_names(ctx, at, line, wanted):
                    told = operand if operand.printed else attrs.evolve(operand, printed=line.label)
                    yield Hypothesis(
                        suspect=Suspect(
                            operand=attrs.evolve(told, printed=f"{line.head.key} {line.label}"),
                            standing=Standing.LIKELY,
                            scope=Scope.LINE,
                            proposal=f"{code} {name}",
                            slip=Mistake.CODE.value,
                        ),
                        corrected=line_recoded(ctx.disclosure, at, number, code, name),
                    )


def _other_names(ctx: Context, at: At, line: Line, wanted: set[str]) -> Iterator[tuple[str, str]]:
    assert isinstance(line.head, SubjectHead)
    axis, own, name = lane_of(ctx.disclosure, at).axis, line.head.key, _name(line)
    printed = {x.head.key for x in lane_of(ctx.disclosure, at).lines if isinstance(x.head, SubjectHead)}
    edition = tree(SCHEMES[axis], edition_year(SCHEMES[axis], ctx.disclosure.year))
    codes = [
        other.head.key
        for table in ctx.disclosure.tables
        for lane in table.lanes
        for other in lane.lines
        if lane.axis == axis and isinstance(other.head, SubjectHead) and _name(other) == name
    ]
    codes += [
        subject.code for subject in edition.named(name) if subject.code in wanted or key_parent(subject.code) in printed
    ]
    found = [(code, line.label) for code in dict.fromkeys(codes) if code not in printed]
    known = edition.get(own) if own in edition else None
    if known is not None and fold(known.name) != name:
        found.insert(0, (own, fold(known.name)))
    yield from found[:_MOST_NAMES]


def _name(line: Line) -> str:
    return fold(unnumbered(line.label))


def twice(ctx: Context, where: Sites, compared: Comparison) -> Iterator[Hypothesis]:
    """Yield the two lines that a comparison finds to be the same, each as the one too many."""
    for operand in compared.operands:
        site = where.line_of(operand)
        if site is not None:
            at, line = site
            own = [figure_operand(ctx, at, line, column) for column in range(len(lane_of(ctx.disclosure, at).columns))]
            yield Hypothesis(
                suspect=Suspect(
                    operand=next((o for o in own if o is not None), operand),
                    standing=Standing.LIKELY,
                    scope=Scope.LINE,
                    operands=tuple(o for o in own if o is not None),
                    slip="twice",
                ),
                corrected=line_dropped(ctx.disclosure, at, line),
            )
