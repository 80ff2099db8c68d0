"""Figures under each other on one axis: which is the total of which, read off the coordinates.

Within one table, figures that differ on a single axis only stand under each other on that axis: the figure nearest
above is their total. A table prints all parts of what it divides, so each such total is the sum of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govbudget.consistency import Grade, Verdict, grade_sum
from govbudget.invariants.context import ZERO, Context, known, lists
from govbudget.invariants.rule import Outcome, not_tested, total_of
from govbudget.invariants.words import (
    figure_operand,
    in_money,
    line_words,
    sign_words,
    sum_words,
)
from govbudget.model import (
    AXIS_INDEX,
    OF_WHICH,
    Figure,
    Key,
    along,
)
from govbudget.model.axes import Node, parent
from govbudget.money import Amount, Mark


def families(ctx: Context, lanes: Sequence[tuple[int, int]], axis: str) -> Iterator[tuple[Figure, list[Figure]]]:
    """Yield each figure of a list that is divided on ``axis``, with its parts.

    Lists side by side may share one totals line, printed in one of them: what has no total in its own lane looks for
    it in the others of the table.
    """
    index = AXIS_INDEX[axis]
    beside = [other for other in ctx.figures if other[0] == lanes[0][0] and other not in lanes]
    if len({key[index] for at in (*lanes, *beside) for key in ctx.keys[at]}) < 2:
        return
    groups: dict[Key, list[Figure]] = {}
    for lane in lanes:
        for figure, key in zip(ctx.figures[lane], ctx.keys[lane], strict=True):
            groups.setdefault(key[:index] + key[index + 1 :], []).append(figure)
    shared: dict[Key, dict[Node | str, Figure]] = {}
    for at in beside:
        for figure, key in zip(ctx.figures[at], ctx.keys[at], strict=True):
            rest = key[:index] + key[index + 1 :]
            if rest in groups:
                shared.setdefault(rest, {}).setdefault(along(figure.at, axis), figure)
    for rest, group in groups.items():
        if len(group) < 2 and rest not in shared:
            continue
        by_node: dict[Node | str, Figure] = {}
        for figure in group:
            by_node.setdefault(along(figure.at, axis), figure)
        parts: dict[Node | str, list[Figure]] = {}
        totals = shared.get(rest, {}) | by_node
        for figure in group:
            node = along(figure.at, axis)
            above = _above(node, by_node) or _above(node, totals)
            if above is not None and node not in OF_WHICH:
                parts.setdefault(above[0], []).append(figure)
        for node, found in parts.items():
            yield totals[node], found


def _above(node: Node | str, printed: Mapping[Node | str, Figure]) -> tuple[Node | str] | None:
    """The nearest node above that is printed, in a tuple because the root is an empty text."""
    above = parent(node)
    while above is not None and above not in printed:
        above = parent(above)
    return (above,) if above is not None else None


def within(ctx: Context, axis: str) -> Iterator[Outcome]:
    """Compare every total of every list with its parts on ``axis``."""
    for lanes in lists(ctx):
        memo = ctx.seen[lanes[0][0]].memo  # what a table says of itself it says beside any other
        key = (axis, *(index for _, index in lanes))
        if key not in memo:
            memo[key] = tuple(_within(ctx, lanes, axis))
        yield from memo[key]


def _within(ctx: Context, lanes: Sequence[tuple[int, int]], axis: str) -> Iterator[Outcome]:
    table = ctx.disclosure.tables[lanes[0][0]]
    columns_unread = any(table.lanes[index].columns_unread for _, index in lanes)
    lines_unread = any(table.lanes[index].lines_unread for _, index in lanes)
    for total, parts in families(ctx, lanes, axis):
        outcome = compare(ctx, total, parts)
        if outcome is None:
            continue
        across = all(part.line == total.line for part in parts)
        if columns_unread if across else lines_unread:
            yield not_tested(outcome.subject, "columns-unread" if across else "lines-unread", *outcome.operands)
        else:
            yield outcome


def compare(ctx: Context, total: Figure, parts: Sequence[Figure]) -> Outcome | None:
    """Compare a total with its parts; ``None`` where none of them prints a number."""
    cells = [part.cell for part in parts]
    if not any(isinstance(cell, Amount) for cell in (total.cell, *cells)):
        return None  # nothing is printed: nothing to compare
    operands = (figure_operand(ctx, total, "total"), *(figure_operand(ctx, p, "part") for p in parts))
    subject = line_words(ctx, total)
    whole, *shown = [operand.printed for operand in operands]
    relation = sum_words(whole, shown)
    if Mark.UNREADABLE in (total.cell, *cells):
        return Outcome(grade=Grade(Verdict.NOT_TESTED), subject=subject, operands=operands, reason="unreadable")
    if not isinstance(total.cell, Amount):
        grade = Grade(Verdict.UNDECIDED)
        return Outcome(grade=grade, subject=subject, operands=operands, relation=relation, reason="blank-total")
    if not any(isinstance(cell, Amount) for cell in cells) and total.cell.fen:
        grade = Grade(Verdict.UNDECIDED)
        return Outcome(grade=grade, subject=subject, operands=operands, relation=relation, reason="blank-parts")
    grade = grade_sum(known(total.cell), [known(c) if isinstance(c, Amount) else ZERO for c in cells])
    sign = sign_words(grade.verdict)
    return in_money(
        grade,
        total.cell.unit,
        subject=subject,
        operands=operands,
        relation=sum_words(whole, shown, sign),
        linear=total_of(len(parts)),
    )
