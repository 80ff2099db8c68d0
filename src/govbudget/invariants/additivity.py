"""Wholes and their parts, generated from the trees of the axes: nothing here is listed by hand.

Within one table, figures that differ on a single axis only stand under each other on that axis: the figure nearest
above is their total. A table prints all parts of what it divides, so each such total is the sum of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govbudget.consistency import Grade, Known, Verdict, grade_at_most, grade_sum
from govbudget.invariants.context import ZERO, Context, known, lists, settled, usual_unit
from govbudget.invariants.context import claims as narrated
from govbudget.invariants.rule import Operand, Outcome, Rule, no_more_than, not_tested, rule, total_of
from govbudget.invariants.words import (
    cell_words,
    fact_words,
    figure_operand,
    in_money,
    limit_words,
    line_words,
    sign_words,
    sum_words,
    witness_operand,
)
from govbudget.model import (
    AXIS_INDEX,
    OF_WHICH,
    Coordinate,
    CountClaim,
    Counted,
    Figure,
    Fund,
    Key,
    Period,
    Via,
    along,
    bare,
    is_below,
    moved,
)
from govbudget.model.axes import Item, Node, parent
from govbudget.money import Amount, Mark


def _families(ctx: Context, lanes: Sequence[tuple[int, int]], axis: str) -> Iterator[tuple[Figure, list[Figure]]]:
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


def _within(ctx: Context, axis: str) -> Iterator[Outcome]:
    for lanes in lists(ctx):
        table = ctx.disclosure.tables[lanes[0][0]]
        columns_unread = any(table.lanes[index].columns_unread for _, index in lanes)
        lines_unread = any(table.lanes[index].lines_unread for _, index in lanes)
        for total, parts in _families(ctx, lanes, axis):
            outcome = _compare(ctx, total, parts)
            if outcome is None:
                continue
            across = all(part.line == total.line for part in parts)
            if columns_unread if across else lines_unread:
                yield not_tested(outcome.subject, "columns-unread" if across else "lines-unread", *outcome.operands)
            else:
                yield outcome


def _compare(ctx: Context, total: Figure, parts: Sequence[Figure]) -> Outcome | None:
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


@rule(
    "additivity.functional",
    zh="功能分类：上级科目等于下级科目之和",
    en="Functional subjects add up: 项 to 款, 款 to 类, 类 to the total",
    basis="预算法第三十二条、第四十六条；政府收支分类科目",
)
def functional(ctx: Context) -> Iterator[Outcome]:
    """In every column of every table, a 类 is the sum of its 款, a 款 of its 项, the total of the 类.

    The classification is a tree and a table lists every subject that has money, so nothing can be missing between
    the levels.
    """
    yield from _within(ctx, "functional")


@rule(
    "additivity.economic",
    zh="经济分类：类等于款之和",
    en="Economic subjects add up: 款 to 类, 类 to the total",
    basis="预算法第三十二条、第四十六条；支出经济分类科目",
)
def economic(ctx: Context) -> Iterator[Outcome]:
    """In every column of the table of basic spending, a 类 is the sum of its 款 and the total of the 类."""
    yield from _within(ctx, "economic")


@rule(
    "additivity.use",
    zh="支出用途：合计等于基本支出（人员、公用）、项目支出等之和",
    en="Uses add up: basic (personnel, running) and project spending to the total",
    basis="预算法实施条例第五条：部门预算支出包括基本支出和项目支出",
)
def use(ctx: Context) -> Iterator[Outcome]:
    """In every line, the total is the sum of its uses, and basic spending of personnel and running costs."""
    yield from _within(ctx, "use")


@rule(
    "additivity.fund",
    zh="资金来源：合计等于各来源之和",
    en="Funds add up: the sources of money to the total",
    basis="预算法第五条；预算法实施条例第四十条",
)
def fund(ctx: Context) -> Iterator[Outcome]:
    """In every line, and in the list of revenue, a total is the sum of the sources printed under it."""
    yield from _within(ctx, "fund")


@rule(
    "additivity.period",
    zh="总计等于本年与结转之和",
    en="Grand totals are this year's money and money carried over",
    basis="预算法实施条例第四十条",
)
def period(ctx: Context) -> Iterator[Outcome]:
    """Revenue in all is this year's and what is brought forward, expenditure this year's and what is carried on.

    A table that prints no sum of this year's money prints its sources or uses; they stand for it. What is drawn from
    money carried over is at most that money.
    """
    for lanes in lists(ctx):
        figures = [figure for lane in lanes for figure in ctx.figures[lane]]
        for total, printed in _families(ctx, lanes, "period"):
            summed = any(part.at.period is Period.CURRENT for part in printed)
            parts = printed if summed else [*_this_year(figures, total), *printed]
            if any(part.at.period is Period.CURRENT for part in parts):
                outcome = _compare(ctx, total, parts)
                if outcome is not None:
                    yield outcome
        yield from _some_of(ctx, figures, "period")


def _this_year(figures: Sequence[Figure], total: Figure) -> list[Figure]:
    """The sources or the uses of this year's money that a lane prints, each without what is part of another."""
    for axis in ("fund", "use"):
        bared = bare(total.at, ("period", axis))
        found = [f for f in figures if f.at.period is Period.CURRENT and bare(f.at, ("period", axis)) == bared]
        nodes = [along(f.at, axis) for f in found]
        tops = [f for f, node in zip(found, nodes, strict=True) if not any(is_below(node, other) for other in nodes)]
        if len(tops) > 1:
            return tops
    return []


def _some_of(ctx: Context, figures: Sequence[Figure], axis: str) -> Iterator[Outcome]:
    """What is printed behind 其中 is at most what it is some of."""
    by_place = {figure.at: figure for figure in figures}
    for part in figures:
        node = along(part.at, axis)
        whole = by_place.get(moved(part.at, axis, above)) if node in OF_WHICH and (above := parent(node)) else None
        if whole is None or not isinstance(part.cell, Amount):
            continue
        most = known(whole.cell) if isinstance(whole.cell, Amount) else ZERO
        grade = grade_at_most(known(part.cell), most)
        sign = limit_words(grade.verdict)
        yield in_money(
            grade,
            part.cell.unit,
            subject=line_words(ctx, part),
            operands=(figure_operand(ctx, part, "part"), figure_operand(ctx, whole, "whole")),
            relation=f"{cell_words(part.cell)} {sign} {cell_words(whole.cell) or '0'}",
            linear=no_more_than(),
        )


@rule(
    "additivity.item",
    zh="“三公”经费合计等于各项之和",
    en="“三公” items add up, vehicles from purchase and running",
    basis="财预〔2016〕143号：“三公”经费分项公开",
)
def item(ctx: Context) -> Iterator[Outcome]:
    """The “三公” total is travel abroad, reception and vehicles; vehicles are purchase and running."""
    yield from _within(ctx, "item")


@rule(
    "additivity.entity",
    zh="合计等于各单位之和",
    en="Bodies add up to the total",
    basis="预算法实施条例第五条：部门预算包括所属单位",
)
def entity(ctx: Context) -> Iterator[Outcome]:
    """The totals line of a table by body is the sum of the bodies.

    A unit's table has one body and repeats its line; a department's lists its units.
    """
    yield from _within(ctx, "entity")


@rule(
    "additivity.project",
    zh="合计等于各项目之和",
    en="Projects add up to the total",
    basis="预算法实施条例第五条、第六条",
)
def project(ctx: Context) -> Iterator[Outcome]:
    """The totals line of a table by project is the sum of the projects."""
    yield from _within(ctx, "project")


@rule(
    "additivity.purchase",
    zh="政府采购：各类等于所列专项之和，专项等于所列采购物品之和",
    en="Purchases add up: things to the programme and subject they are for, these to goods, works and services",
    basis="预算法第十四条：政府采购的情况应当及时公开；政府采购预算表",
)
def purchase(ctx: Context) -> Iterator[Outcome]:
    """In the table of procurement, each class is the sum of its programmes, each of them the sum of its things."""
    yield from _within(ctx, "purchase")


@rule(
    "additivity.claims",
    zh="文字说明中的总额等于分项之和",
    en="Totals in the narrative are the sum of their parts: procurement from goods, works and services",
    basis="政府采购法；财预〔2016〕143号：政府采购总额及货物、工程、服务分项",
)
def claims(ctx: Context) -> Iterator[Outcome]:
    """A total that only the narrative states is the sum of the parts stated beside it.

    Procurement is goods, works and services, and projects under performance management are those that are named,
    where as many are named as the text counts. Where a table prints it, the sums of the table are compared, and the
    sentence with the table.
    """
    for at, fact in ctx.facts.items():
        children = _claimed_parts(ctx, at)
        if not children or any(w.via is Via.TABLE for w in fact.witnesses):
            continue
        stated = [(c, ctx.facts[c].witnesses[0]) for c in children if c in ctx.facts]
        operands = (
            witness_operand(fact.witnesses[0], at, "total"),
            *(witness_operand(w, c, "part") for c, w in stated),
        )
        subject = fact_words(ctx, at)
        if len(stated) < len(children) or not _all_named(ctx, at, len(stated)):
            yield Outcome(grade=Grade(Verdict.NOT_TESTED), subject=subject, operands=operands, reason="parts-missing")
            continue
        grade = grade_sum(known(fact.witnesses[0].amount), [known(w.amount) for _, w in stated])
        sign = sign_words(grade.verdict)
        yield in_money(
            grade,
            fact.witnesses[0].amount.unit,
            subject=subject,
            operands=operands,
            relation=sum_words(operands[0].printed, [o.printed for o in operands[1:]], sign),
            linear=total_of(len(stated)),
        )


_BOUGHT = (Item.GOODS, Item.WORKS, Item.SERVICES)


def _claimed_parts(ctx: Context, at: Coordinate) -> list[Coordinate]:
    if at.item is Item.PROCUREMENT:
        return [moved(at, "item", part) for part in _BOUGHT]
    if at.item is Item.PERFORMANCE and not at.project:
        return [other for other in ctx.facts if other.project and moved(other, "project", "") == at]
    return []


def _all_named(ctx: Context, at: Coordinate, named: int) -> bool:
    """其中 may name some projects only; that they are all is known from their number."""
    if at.item is not Item.PERFORMANCE:
        return True
    counts = [c.count for _, c in narrated(ctx) if isinstance(c, CountClaim) and c.what is Counted.PERFORMANCE_PROJECTS]
    return named in counts


@rule(
    "additivity.tables",
    zh="财政拨款支出等于一般公共预算、政府性基金、国有资本经营预算各表之和",
    en="Fiscal spending is the sum of the tables of the single budgets",
    basis="预算法第五条；财政拨款收支总表与各预算支出表",
)
def tables(ctx: Context) -> Iterator[Outcome]:
    """Spending from fiscal grants, subject by subject, is what the tables of the three budgets print together.

    A subject that a table leaves out has no money there; an empty table with its note has none at all. Where one of
    the tables is missing, the rule says so and decides nothing.
    """
    lanes = [{figure.at for figure in figures} for figures in ctx.figures.values()]
    for at, fact in ctx.facts.items():
        if at.fund is not Fund.FISCAL:
            continue
        children = [moved(at, "fund", child) for child in ctx.budgets]
        if any(at in lane and not lane.isdisjoint(children) for lane in lanes):
            continue  # one lane prints the whole and a part: the rule on funds has compared them already
        subject = fact_words(ctx, at)
        parts = [settled(ctx, child) for child in children]
        shown: list[Operand] = [witness_operand(w, at, "total") for w in fact.witnesses[:1]]
        shown += [witness_operand(ctx.facts[c].witnesses[0], c, "part") for c in children if c in ctx.facts]
        if all(part is None for part in parts):
            continue  # no table prints any part of it: there is nothing to hold against it
        if any(part is None for part in parts):
            yield Outcome(
                grade=Grade(Verdict.NOT_TESTED), subject=subject, operands=tuple(shown), reason="parts-missing"
            )
            continue
        values = [part for part in parts if part is not None]
        grade = grade_sum(_total(ctx, at), values)
        sign = sign_words(grade.verdict)
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=subject,
            operands=tuple(shown),
            relation=sum_words(shown[0].printed, [o.printed for o in shown[1:]], sign),
            linear=total_of(len(shown) - 1),
        )


def _total(ctx: Context, at: Coordinate) -> Known:
    found = settled(ctx, at)
    assert found is not None  # `at` is a fact: it has a witness
    return found


RULES: tuple[Rule, ...] = (
    functional,
    economic,
    use,
    fund,
    period,
    item,
    entity,
    project,
    purchase,
    claims,
    tables,
)
