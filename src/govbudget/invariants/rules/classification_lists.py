"""Which classification the codes of a table are of: by function, or one of the two by economic nature."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.invariants.subject_lists import misplaced, subject_lists
from govbudget.model import Certainty

_FIRST = {"functional": ("2",), "economic": ("3", "5")}
_KIND = {"1": "收入", "2": "支出功能", "3": "部门预算经济", "5": "政府预算经济"}


@rule(
    "classification.list",
    zh="按功能列功能科目，按经济列经济科目",
    en="Tables by function hold functional subjects, economic tables economic ones",
    basis="预算法第二十七条：一般公共预算支出按照其功能分类、按照其经济性质分类；第三十二条",
    says=("{subject}不属于该表的科目分类：{relation}", "{subject} is of another classification: {relation}"),
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        30113 住房公积金 | 1.00
        """,
)
def list_of(ctx: Context) -> Iterator[Outcome]:
    """In a table by function every code begins with 2; in one by economic nature with 3, or 5 in the government's list.

    Revenue begins with 1. A code of another list stands for quite another thing, whatever its name.
    """
    for lines in subject_lists(ctx).values():
        wrong = [each for each in lines if each.code[:1] not in _FIRST[each.lane.axis]]
        for each in wrong:
            yield misplaced(each, f"{each.label}（{_KIND.get(each.code[:1], '?')}）")
        if not wrong:
            table = lines[0].table
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


@rule(
    "classification.economic-list",
    zh="一张表只用一种经济分类",
    en="One table uses one of the two economic lists",
    basis="财预〔2017〕98号：支出经济分类科目分设政府预算、部门预算两套",
    says=("{subject}混用两套经济分类科目：{relation}", "{subject} mixes the two economic lists: {relation}"),
    certainty=Certainty.LIKELY,
    holds="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 1.00
        30201 办公费 | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 1.00
        50201 办公经费 | 1.00
        """,
)
def economic_list(ctx: Context) -> Iterator[Outcome]:
    """A table by economic nature uses the subjects of departments (3…) or those of the government (5…), not both.

    The two lists divide the same money in two ways: side by side it is counted twice or falls between them.
    """
    for lines in subject_lists(ctx).values():
        if lines[0].lane.axis != "economic":
            continue
        first = lines[0].code[:1]
        other = next((each for each in lines if each.code[:1] != first and each.code[:1] in "35"), None)
        table = lines[0].table
        if other is None:
            yield held(table.title, table.place, table.title, f"{first}…")
        else:
            yield misplaced(other, f"{lines[0].label} / {other.label}", lines[0].operand())


RULES: tuple[Rule, ...] = (
    list_of,
    economic_list,
)
