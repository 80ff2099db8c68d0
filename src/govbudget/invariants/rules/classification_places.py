"""Where subjects stand: under their parents, once, in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from govbudget.invariants.context import Context
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.invariants.subject_lists import BASIS, misplaced, subject_lists
from govbudget.invariants.subjects import Printed
from govbudget.model import Certainty, Severity


@rule(
    "classification.parent",
    zh="下级科目排在上级科目之下",
    en="Every subject stands below its own parent",
    basis=BASIS,
    says=("{subject}不在其上级科目之下：{relation}", "{subject} does not stand below its parent: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        208 社会保障和就业支出 | 1.00
        20805 行政事业单位养老支出 | 1.00
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        208 社会保障和就业支出 | 0.50
        20805 行政事业单位养老支出 | 0.50
        2080505 机关事业单位基本养老保险缴费支出 | 0.50
        2101102 事业单位医疗 | 0.50
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 0.50
        """,
)
def parent(ctx: Context) -> Iterator[Outcome]:
    """In a table that prints parents, the nearest line of a higher level above a subject is the one it is part of.

    2101102 below 20805 has a wrong code, or the line of its own 款 is lost. Tables of 项 alone have no parents to stand
    below.
    """
    for lines in subject_lists(ctx).values():
        wrong = 0
        tested = False
        path: list[tuple[int, Printed]] = []  # the lines that the next one may stand below
        for each in lines:
            depth = each.depth
            while path and path[-1][0] >= depth:
                path.pop()
            if path:
                tested = True
                above = path[-1][1]
                if not each.code.startswith(above.code):
                    wrong += 1
                    yield misplaced(each, f"{above.label} / {each.label}", above.operand("parent"))
            path.append((depth, each))
        table = lines[0].table
        if tested and not wrong:
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")
        elif not tested:
            yield not_tested(table.title, "parts-missing")


@rule(
    "classification.twice",
    zh="同一科目在一张表中只列一次",
    en="No subject stands twice in one table",
    basis=BASIS,
    says=("{subject}在同一张表中列了两次", "{subject} stands twice in one table"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        2080506 机关事业单位职业年金缴费支出 | 0.50
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
)
def twice(ctx: Context) -> Iterator[Outcome]:
    """A list of subjects prints each of them once.

    Twice, its money is counted twice by whoever adds up, or the second line has the code of another. Lines of two
    bodies or projects are lines of their own.
    """
    for lines in subject_lists(ctx).values():
        seen: dict[object, Printed] = {}
        clean = True
        for each in lines:
            key = (id(each.lane), each.line.at, each.code)  # a second block may print its class again
            if key in seen:
                clean = False
                yield misplaced(each, each.label, seen[key].operand())
            seen.setdefault(key, each)
        if clean:
            table = lines[0].table
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


@rule(
    "classification.order",
    zh="科目按编码顺序排列",
    en="Subjects are printed in the order of their codes",
    basis="财政部《政府收支分类科目》的编排；各地公开格式",
    says=("{subject}没有按编码顺序排列：{relation}", "{subject} is out of the order of codes: {relation}"),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        2080506 机关事业单位职业年金缴费支出 | 0.50
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080506 机关事业单位职业年金缴费支出 | 0.50
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
)
def order(ctx: Context) -> Iterator[Outcome]:
    """Within a table the codes of subjects rise.

    Systems that write these tables sort them; a line out of order was put in by hand, and is worth a second look.
    """
    for lines in subject_lists(ctx).values():
        if len(lines) < 2:
            continue
        clean = True
        for before, each in pairwise(lines):
            if each.lane is before.lane and each.code < before.code:
                clean = False
                yield misplaced(each, f"{before.label} → {each.label}", before.operand())
        if clean:
            table = lines[0].table
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


RULES: tuple[Rule, ...] = (
    parent,
    twice,
    order,
)
