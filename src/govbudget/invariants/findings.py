"""Findings from what was compared: one for each figure that is probably wrong, not one for each sum it spoils."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from govbudget.consistency import Scope, Verdict
from govbudget.invariants.causes import one_slip
from govbudget.invariants.context import Context, figure_place, once
from govbudget.invariants.diagnosis import Diagnosis, Proof, Standing, Suspect
from govbudget.invariants.hypotheses import Mistake
from govbudget.invariants.identity import order
from govbudget.invariants.lazily import Lazily
from govbudget.invariants.rule import Comparison, Operand
from govbudget.invariants.words import cell_words, change_words, fact_words, line_words
from govbudget.model import Figure, Finding, Severity, place_of_change
from govbudget.place import Place

_SHOWN = 4

JOINT = "consistency.joint"
"""Code of the finding that sums which hold one by one cannot hold together."""


def findings(
    ctx: Context, comparisons: Sequence[Comparison], severity: Mapping[str, Severity], diagnosis: Diagnosis | None
) -> tuple[Finding, ...]:
    """Make the findings of an audit, in the order of the comparisons.

    A figure that is certainly or likely the wrong one gets one finding with all the comparisons it spoils; what it does
    not explain keeps a finding of its own, with the figures that may be wrong.
    """
    names = _names(ctx)
    found: list[tuple[int, Finding]] = []
    explained: set[int] = set()
    open_suspects: list[Suspect] = []
    for suspect in diagnosis.suspects if diagnosis else ():
        if suspect.standing is Standing.POSSIBLE or not suspect.comparisons:
            open_suspects.append(suspect)
            continue
        explained.update(suspect.comparisons)
        spoiled = _chief_first(suspect, [comparisons[i] for i in suspect.comparisons], severity)
        found.append((suspect.comparisons[0], _of_suspect(ctx, suspect, spoiled, severity, names)))
    groups = one_slip(open_suspects, diagnosis.rivals if diagnosis else 0)
    for index, comparison in enumerate(comparisons):
        if comparison.verdict is Verdict.VIOLATED and index not in explained:
            group = [i for i in groups.get(index) or _of_one_word(comparisons, index) if i not in explained]
            explained.update(group)
            maybe = sorted((s for s in open_suspects if index in s.comparisons), key=lambda s: order(s.operand.place))
            found.append((index, _of_comparisons([comparisons[i] for i in group], severity, maybe, names)))
    found.sort(key=lambda pair: pair[0])
    joint = [
        _of_proof(p, comparisons, names) for p in (diagnosis.proofs if diagnosis else ()) if _is_joint(p, comparisons)
    ]
    return (*(finding for _, finding in found), *joint)


def _of_one_word(comparisons: Sequence[Comparison], index: int) -> Sequence[int]:
    """The violated comparisons whose chief operand is the same printed rate or word: it contradicts all of them."""
    chief = comparisons[index].operands[0] if comparisons[index].operands else None
    if chief is None or chief.amount is not None or chief.place.span is None:
        return (index,)
    return [
        i for i, c in enumerate(comparisons) if c.verdict is Verdict.VIOLATED and c.operands and c.operands[0] == chief
    ]


def _chief_first(
    suspect: Suspect, spoiled: Sequence[Comparison], severity: Mapping[str, Severity]
) -> Sequence[Comparison]:
    """Put first what names the slip best: of a wrong code or a section that is gone the gravest of their rules."""
    group = {
        Mistake.CODE.value: "classification.",
        Mistake.SECTION.value: "completeness.",
        Mistake.DIRECTION.value: "narrative.direction",
    }.get(suspect.slip)
    if group is None:
        return spoiled
    grave = list(Severity)
    own = [c for c in spoiled if c.rule.startswith(group)]
    first = min(own, key=lambda c: grave.index(severity[c.rule]), default=spoiled[0])
    return [first, *(c for c in spoiled if c is not first)]


def _of_suspect(
    ctx: Context,
    suspect: Suspect,
    spoiled: Sequence[Comparison],
    severity: Mapping[str, Severity],
    names: Mapping[Place, str],
) -> Finding:
    operand = suspect.operand
    whole = suspect.scope is Scope.TABLE
    figure = suspect.scope in (Scope.FIGURE, Scope.ECHO)
    gone = suspect.slip == Mistake.SECTION.value
    own = dict.fromkeys(o.place for o in suspect.operands) or {operand.place: None}
    others = (o.place for c in spoiled for o in c.operands if o.place not in own)
    data = {
        "suspect": suspect.standing.value,
        "scope": "" if figure or whole else suspect.scope.value,
        "subject": operand.printed if gone else _name(ctx, operand, names) if figure else _part(suspect, names),
        "printed": _printed(suspect),
        "cells": _cells(ctx, suspect),
        "proposal": suspect.proposal,
        "slip": suspect.slip,
        "evidence": suspect.evidence,
        "relations": _relations(c.relation for c in spoiled),
        "difference": spoiled[0].difference or spoiled[0].gap,
        "rules": " ".join(dict.fromkeys(c.rule for c in spoiled)),
    }
    return Finding(
        code=spoiled[0].rule,
        severity=min((severity[c.rule] for c in spoiled), key=list(Severity).index),
        places=(*([operand.place] if whole else own), *dict.fromkeys(others)),
        data=tuple((key, value) for key, value in data.items() if value),
    )


def _printed(suspect: Suspect) -> str:
    """What is printed where the slip is: a figure, or the unit of a table."""
    operand = suspect.operand
    if suspect.scope is Scope.TABLE:
        return operand.amount.unit.value if operand.amount else ""
    if suspect.slip == Mistake.SECTION.value:
        return ""
    figure = suspect.scope in (Scope.FIGURE, Scope.ECHO) or (suspect.scope is Scope.LINE and suspect.proposal)
    return operand.printed if figure else ""


def _cells(ctx: Context, suspect: Suspect) -> str:
    """All that stands in the line or the columns: nothing single is wrong there, and it tells one slip from another."""
    places = {o.place for o in suspect.operands} or {suspect.operand.place}
    columns = suspect.scope is Scope.COLUMNS
    for figures in ctx.figures.values() if suspect.scope in (Scope.LINE, Scope.COLUMNS, Scope.GAP) else ():
        own = {f.column if columns else f.line for f in figures if figure_place(ctx, f) in places}
        if own:
            return " ".join(cell_words(f.cell) or "·" for f in figures if (f.column if columns else f.line) in own)
    return ""


def _part(suspect: Suspect, names: Mapping[Place, str]) -> str:
    """Name the table, the line or the two columns that a slip moved as one."""
    table = f"表{suspect.operand.place.table}" if suspect.operand.place.table is not None else ""
    if suspect.scope is Scope.TABLE:
        return table
    if suspect.slip == Mistake.CODE.value:
        return f"{table} {suspect.operand.printed}".strip()
    own = [names[o.place].partition(" / ") for o in suspect.operands if o.place in names]
    if suspect.scope is Scope.COLUMNS:
        return f"{table} {'、'.join(dict.fromkeys(column for _, _, column in own))}".strip()
    return own[0][0] if own else table


def _of_comparisons(
    group: Sequence[Comparison], severity: Mapping[str, Severity], maybe: Sequence[Suspect], names: Mapping[Place, str]
) -> Finding:
    """The finding on one comparison, or on several that one of some figures spoils, whichever it is.

    The gravest names it; of equals the first by the id of its rule and the page, so that no order of rules decides.
    """
    grave = list(Severity)
    first, *others = sorted(group, key=lambda c: (grave.index(severity[c.rule]), c.rule, _at(c)))
    candidates = [_candidate(s, names) for s in maybe[:6]]
    data = {
        "subject": first.subject,
        "relation": first.relation,
        "also": _relations(c.relation for c in others if c.relation != first.relation),
        "gap": first.gap,
        "difference": first.difference or first.gap,
        "printed": first.operands[0].printed if first.operands else "",
        "candidates": "、".join(candidates),
        "why": first.reason,
        "rules": " ".join(dict.fromkeys(c.rule for c in (first, *others))) if others else "",
    }
    return Finding(
        code=first.rule,
        severity=min((severity[c.rule] for c in group), key=list(Severity).index),
        places=tuple(dict.fromkeys(operand.place for c in (first, *others) for operand in c.operands)),
        data=tuple((key, value) for key, value in data.items() if value),
    )


def _at(comparison: Comparison) -> tuple[object, ...]:
    return order(comparison.operands[0].place) if comparison.operands else ()


def _candidate(suspect: Suspect, names: Mapping[Place, str]) -> str:
    if suspect.scope not in (Scope.FIGURE, Scope.ECHO):
        return _part(suspect, names)
    shown = f"{names.get(suspect.operand.place, suspect.operand.printed)} {suspect.operand.printed}"
    return shown + (f" → {suspect.proposal}" if suspect.proposal else "")


def _relations(found: Iterable[str]) -> str:
    """Write relations behind each other, the first few where there are many."""
    relations = list(dict.fromkeys(found))
    more = f" …（+{len(relations) - _SHOWN}）" if len(relations) > _SHOWN else ""
    return "；".join(relations[:_SHOWN]) + more


def _is_joint(proof: Proof, comparisons: Sequence[Comparison]) -> bool:
    return not any(comparisons[i].verdict is Verdict.VIOLATED for i in proof.comparisons)


def _of_proof(proof: Proof, comparisons: Sequence[Comparison], names: Mapping[Place, str]) -> Finding:
    relations = _relations(comparisons[i].relation for i in proof.comparisons)
    return Finding(
        code=JOINT,
        severity=Severity.ERROR,
        places=proof.places,
        data=(("subject", "、".join(names.get(p, str(p)) for p in proof.places[:6])), ("relations", relations)),
    )


def _names(ctx: Context) -> Mapping[Place, str]:
    return Lazily({figure_place(ctx, figure): figure for figure in _all(ctx)}, lambda figure: line_words(ctx, figure))


def _all(ctx: Context) -> Iterator[Figure]:
    for figures in ctx.figures.values():
        yield from figures


def _changes(ctx: Context) -> Mapping[Place, str]:
    """The cells that compare with another year, by where they stand."""
    return {
        place_of_change(table, lane, line, column): change_words(table, lane, line, column)
        for table in ctx.disclosure.tables
        for lane in table.lanes
        for line in lane.lines
        for column in range(len(lane.changes))
    }


def _name(ctx: Context, operand: Operand, names: Mapping[Place, str]) -> str:
    known = names.get(operand.place)
    if known is not None:
        return known
    if operand.at is None and operand.place.table is not None:
        return once(ctx, _changes).get(operand.place, "")
    fact = fact_words(ctx, operand.at) if operand.at is not None else ""
    return f"“{operand.place.section}” {fact}".strip() if operand.place.section else fact
