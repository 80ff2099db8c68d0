"""Tables in another unit, columns that changed places, sections that are gone, directions the wrong way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from govbudget.consistency import Scope, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.corrections import (
    At,
    columns_exchanged,
    direction_turned,
    section_added,
    table_recounted,
)
from govbudget.invariants.diagnosis import Standing, Suspect
from govbudget.invariants.forms import form_of
from govbudget.invariants.hypotheses.codes import twice
from govbudget.invariants.hypotheses.core import Hypothesis, Mistake, Sites
from govbudget.invariants.rule import Comparison, Operand
from govbudget.invariants.words import figure_operand
from govbudget.model import Passage, Section
from govbudget.money import Amount, MoneyUnit
from govbudget.place import Place

_MOST_PAIRS = 10
_MATTERS = {"other_matters": ("机关运行经费", "政府采购", "国有资产占有使用情况", "预算绩效情况")}
"""What a section is for besides the facts that its form names: 预算法第十四条."""
_SEVERAL = 3
"""A table that so few violated comparisons touch needs no unit to explain it."""


def whole_tables(ctx: Context, where: Sites, comparisons: Sequence[Comparison]) -> Iterator[Hypothesis]:
    """Yield tables counted in another unit, and lines that stand there twice.

    The diagnosis names these where they make everything consistent; here they are asked for beside other slips.
    """
    count: Counter[int] = Counter()
    for compared in comparisons:
        if compared.verdict is Verdict.VIOLATED:
            count.update({where.figures[o.place][0][0] for o in compared.operands if o.place in where.figures})
            if compared.rule == "classification.twice":
                yield from twice(ctx, where, compared)
    for number, times in count.most_common():
        if times >= _SEVERAL:
            yield from _recounted(ctx, number)


def columns_mixed(
    ctx: Context, where: Sites, comparisons: Sequence[Comparison], suspects: Sequence[Suspect]
) -> Iterator[Hypothesis]:
    """Yield columns that changed places, of those that something violated touches, those under suspicion first."""
    touched: dict[At, dict[int, Operand]] = {}
    wrong = [c for c in comparisons if c.verdict is Verdict.VIOLATED]
    for operand in (*(s.operand for s in suspects if s.comparisons), *(o for c in wrong for o in c.operands)):
        if operand.place in where.figures:
            at, figure = where.figures[operand.place]
            touched.setdefault(at, {}).setdefault(figure.column, operand)
    for at, columns in touched.items():
        for one, other in islice(combinations(columns, 2), _MOST_PAIRS):
            yield Hypothesis(
                suspect=Suspect(
                    operand=columns[one],
                    standing=Standing.LIKELY,
                    scope=Scope.COLUMNS,
                    operands=(columns[one], columns[other]),
                    slip="swapped",
                ),
                corrected=columns_exchanged(ctx.disclosure, at, one, other),
            )


def _recounted(ctx: Context, number: int) -> Iterator[Hypothesis]:
    table = ctx.disclosure.tables[number]
    figures = [f for (t, _), found in ctx.figures.items() if t == number for f in found]
    own = [figure_operand(ctx, f, "total") for f in figures if isinstance(f.cell, Amount)]
    used = dict.fromkeys((MoneyUnit.YUAN, MoneyUnit.WAN_YUAN, *(t.unit for t in ctx.disclosure.tables)))
    for unit in used:
        corrected = table_recounted(ctx.disclosure, number, unit) if unit is not table.unit and own else None
        if corrected is not None:
            yield Hypothesis(
                suspect=Suspect(
                    operand=own[0],
                    standing=Standing.LIKELY,
                    scope=Scope.TABLE,
                    operands=tuple(own),
                    proposal=unit.value,
                    slip="unit",
                ),
                corrected=corrected,
            )


def sections_gone(ctx: Context, comparisons: Sequence[Comparison]) -> Iterator[Hypothesis]:
    """Yield every section that the form asks for and the document lacks, put back with the words of the form for it.

    What such a section speaks of is missed with it, each by a rule of its own.
    """
    form = form_of(ctx)
    gone = [c for c in comparisons if c.verdict is Verdict.VIOLATED and c.rule.startswith("completeness.")]
    if form is None or len(gone) < 2:
        return
    present = {section.id for section in ctx.disclosure.narrative.sections}
    place = Place(document=ctx.disclosure.source)
    for spec in form.sections:
        if not spec.required or spec.id in present:
            continue
        names = (name for term in spec.terms for name in term.names)
        words = (*spec.headings, *spec.phrases, *names, *_MATTERS.get(spec.id, ()))
        section = Section(
            id=spec.id, heading=spec.headings[0], passages=(Passage(text="、".join(words), place=place),), place=place
        )
        yield Hypothesis(
            suspect=Suspect(
                operand=Operand(role="section", place=place, printed=spec.headings[0]),
                standing=Standing.LIKELY,
                slip=Mistake.SECTION.value,
            ),
            corrected=section_added(ctx.disclosure, section),
        )


def wrong_ways(ctx: Context, comparisons: Sequence[Comparison]) -> Iterator[Hypothesis]:
    """Yield every word of a direction that contradicts something the other way round."""
    seen: set[Place] = set()
    for compared in comparisons:
        if compared.verdict is not Verdict.VIOLATED or compared.rule != "narrative.direction":
            continue
        for operand in compared.operands:
            if operand.place not in seen and operand.place.table is None:
                seen.add(operand.place)
                yield Hypothesis(
                    suspect=Suspect(
                        operand=operand, standing=Standing.LIKELY, scope=Scope.ECHO, slip=Mistake.DIRECTION.value
                    ),
                    corrected=direction_turned(ctx.disclosure, operand.place),
                )
