"""Figures under each other on one axis: which is the total of which, read off the coordinates.

Within one table, figures that differ on a single axis only stand under each other on that axis: the figure nearest
above is their total. A table prints all parts of what it divides, so each such total is the sum of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govbudget.consistency import Grade, Verdict, grade_sum
from govbudget.invariants.context import ZERO, Context, idle, known, lists
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
from govbudget.money import Amount, Cell, Mark


def families(ctx: Context, lanes: Sequence[tuple[int, int]], axis: str) -> Iterator[tuple[Figure, list[Figure]]]:
    """Yield each figure of a list that is divided on ``axis``, with its parts.

    Lists side by side may share one totals line, printed in one of them: what has no total in its own lane looks for
    it in the others of the table.
    """
    index = AXIS_INDEX[axis]
    beside = [other for other in ctx.figures if other[0] == lanes[0][0] and other not in lanes]
    if len(frozenset().union(*(_nodes(ctx, at, index) for at in (*lanes, *beside)))) < 2:
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


def _nodes(ctx: Context, at: tuple[int, int], index: int) -> frozenset[object]:
    """The nodes that the figures of a lane stand at on one axis."""
    memo = ctx.seen[at[0]].memo
    key = (_nodes, at[1], index)
    if key not in memo:
        memo[key] = frozenset([found[index] for found in ctx.keys[at]])
    nodes: frozenset[object] = memo[key]
    return nodes


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
        if key not in memo and ctx.brief:
            yield from _within(ctx, lanes, axis)
            continue
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
    """Compare a total with its parts; ``None`` where none of them prints a number, or nobody asks for what came out."""
    cells = [part.cell for part in parts]
    marks = [cell for cell in cells if isinstance(cell, Mark)]
    if len(marks) == len(cells) and isinstance(total.cell, Mark):
        return None  # nothing is printed: nothing to compare
    grade, reason = _graded(total.cell, cells, marks)
    if idle(ctx, grade):
        return None
    operands = (figure_operand(ctx, total, "total"), *[figure_operand(ctx, p, "part") for p in parts])
    subject = line_words(ctx, total)
    if grade.verdict is Verdict.NOT_TESTED:
        return not_tested(subject, reason, *operands)
    whole, *shown = [operand.printed for operand in operands]
    if not isinstance(total.cell, Amount) or reason:
        relation = sum_words(whole, shown)
        return Outcome(grade=grade, subject=subject, operands=operands, relation=relation, reason=reason)
    return in_money(
        grade,
        total.cell.unit,
        subject=subject,
        operands=operands,
        relation=sum_words(whole, shown, sign_words(grade.verdict)),
        linear=total_of(len(parts)),
    )


def _graded(total: Cell, cells: Sequence[Cell], marks: Sequence[Mark]) -> tuple[Grade, str]:
    """What comes out, and the reason where it is no verdict on the sum."""
    if total is Mark.UNREADABLE or Mark.UNREADABLE in marks:
        return Grade(Verdict.NOT_TESTED), "unreadable"
    if not isinstance(total, Amount):
        return Grade(Verdict.UNDECIDED), "blank-total"
    if len(marks) == len(cells) and total.fen:
        return Grade(Verdict.UNDECIDED), "blank-parts"
    return grade_sum(known(total), [known(c) if isinstance(c, Amount) else ZERO for c in cells]), ""
