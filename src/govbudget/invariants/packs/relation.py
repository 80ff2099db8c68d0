"""What a declarative rule may say: sums, equalities, inequalities and ratios between coordinates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_at_most, grade_same, grade_sum
from govbudget.invariants.context import Context, settled, usual_unit
from govbudget.invariants.rule import Linear, Operand, Outcome, not_tested
from govbudget.invariants.words import fact_words, gap_words, in_money, limit_words, sign_words, witness_operand
from govbudget.model import Coordinate, along, combine, elsewhere, moved


@attrs.frozen
class Term:
    """A coordinate in a sum, added or taken away."""

    at: Coordinate
    sign: int = 1


@attrs.frozen(kw_only=True)
class Relation:
    """A relation between facts.

    Attributes:
        kind: "sum" (the first is the sum of the others), "equal" (all are one number), "at_most" (the first is at
            most the second) or "ratio" (the first divided by the second lies between ``least`` and ``most``).
        terms: the facts, without year and stage where those of the document are meant.
        each: an axis along which the relation holds node by node, or "".
        least: the smallest ratio, ``None`` for no bound.
        most: the largest ratio.
    """

    kind: str
    terms: tuple[Term, ...]
    each: str = ""
    least: Fraction | None = None
    most: Fraction | None = None


def compare(ctx: Context, relation: Relation) -> Iterator[Outcome]:
    """Yield what comes of a relation in a document."""
    base = Coordinate(year=ctx.disclosure.year, stage=ctx.disclosure.stage)
    terms = [Term(combine(base, term.at), term.sign) for term in relation.terms]
    if not relation.each:
        if any(term.at in ctx.facts for term in terms):
            yield _one(ctx, relation, terms)
        return
    axis, lead = relation.each, terms[0].at
    nodes = [along(at, axis) for at in ctx.facts if along(at, axis) and elsewhere(at, axis) == lead]
    for node in dict.fromkeys(nodes):
        yield _one(ctx, relation, [Term(moved(term.at, axis, node), term.sign) for term in terms])


def _one(ctx: Context, relation: Relation, terms: Sequence[Term]) -> Outcome:
    subject = fact_words(ctx, terms[0].at)
    shown = [
        (witness_operand(fact.witnesses[0], term.at, role), term.sign)
        for term, role in zip(terms, _roles(relation.kind, len(terms)), strict=True)
        if (fact := ctx.facts.get(term.at)) is not None
    ]
    operands = tuple(operand for operand, _ in shown)
    values = [settled(ctx, term.at) for term in terms]
    if any(value is None for value in values):
        return not_tested(subject, "parts-missing", *operands)
    found = [value for value in values if value is not None]
    if relation.kind == "ratio":
        return _ratio(ctx, relation, subject, operands, found)
    grade = _grade(relation.kind, terms, found)
    texts = [_text(ctx, term.at, value) for term, value in zip(terms, found, strict=True)]
    complete = len(shown) == len(terms)
    return in_money(
        grade,
        usual_unit(ctx),
        subject=subject,
        operands=operands,
        relation=_written(relation.kind, terms, texts, grade.verdict),
        linear=_linear(relation.kind, [sign for _, sign in shown]) if complete else (),
    )


def _roles(kind: str, count: int) -> list[str]:
    first, rest = {"sum": ("total", "part"), "at_most": ("part", "whole"), "ratio": ("amount", "whole")}.get(
        kind, ("witness", "witness")
    )
    return [first, *[rest] * (count - 1)]


def _grade(kind: str, terms: Sequence[Term], values: Sequence[Known]) -> Grade:
    if kind == "sum":
        return grade_sum(values[0], values[1:], [term.sign for term in terms[1:]])
    if kind == "at_most":
        return grade_at_most(values[0], values[1])
    return grade_same(values)


def _linear(kind: str, signs: Sequence[int]) -> tuple[Linear, ...]:
    if kind == "sum":
        return (Linear((-1, *signs[1:])),)
    if kind == "at_most":
        return (Linear((1, -1), at_most=True),)
    count = len(signs)
    return tuple(Linear(tuple(-1 if j == 0 else int(i == j) for j in range(count))) for i in range(1, count))


def _written(kind: str, terms: Sequence[Term], texts: Sequence[str], verdict: Verdict) -> str:
    if kind == "sum":
        parts = "".join(f" {'+' if t.sign > 0 else '-'} {x}" for t, x in zip(terms[1:], texts[1:], strict=True))
        return f"{texts[0]} {sign_words(verdict)} {parts.removeprefix(' + ')}"
    sign = limit_words(verdict) if kind == "at_most" else sign_words(verdict)
    return f" {sign} ".join(texts)


def _text(ctx: Context, at: Coordinate, value: Known) -> str:
    fact = ctx.facts.get(at)
    if fact is not None:
        return witness_operand(fact.witnesses[0], at).printed
    return gap_words(value.value, usual_unit(ctx)) or "0"


def _ratio(
    ctx: Context, relation: Relation, subject: str, operands: tuple[Operand, ...], values: Sequence[Known]
) -> Outcome:
    part, whole = values
    shown = " / ".join(
        _text(ctx, term, value) for term, value in zip(_ats(ctx, relation, operands), values, strict=True)
    )
    if whole.low <= 0 or part.low < 0:
        grade = Grade(Verdict.UNDECIDED)
        return Outcome(grade=grade, subject=subject, operands=operands, relation=shown, reason="zero-base")
    printed = Fraction(part.value, whole.value)
    low, high = Fraction(part.low, whole.high), Fraction(part.high, whole.low)
    least, most = relation.least, relation.most
    if (least is not None and high < least) or (most is not None and low > most):
        verdict = Verdict.VIOLATED
    elif (least is None or printed >= least) and (most is None or printed <= most):
        verdict = Verdict.EXACT
    else:
        verdict = Verdict.ROUNDING
    bounds = [f"≥ {_percent(least)}" if least is not None else "", f"≤ {_percent(most)}" if most is not None else ""]
    wanted = " 且 ".join(bound for bound in bounds if bound)
    relation_words = f"{shown} = {_percent(printed)}，应 {wanted}"
    return Outcome(grade=Grade(verdict), subject=subject, operands=operands, relation=relation_words)


def _ats(ctx: Context, relation: Relation, operands: Sequence[Operand]) -> list[Coordinate]:
    found = [operand.at for operand in operands if operand.at is not None]
    base = Coordinate(year=ctx.disclosure.year, stage=ctx.disclosure.stage)
    rest = [combine(base, term.at) for term in relation.terms]
    return found if len(found) == len(rest) else rest


def _percent(value: Fraction) -> str:
    """A ratio in per cent, cut after two digits where it has more."""
    hundredths = value * 10000
    whole = hundredths.numerator // hundredths.denominator
    text = f"{whole // 100}.{whole % 100:02d}".rstrip("0").rstrip(".")
    return text + ("…%" if hundredths.denominator != 1 else "%")
