"""How the name that is printed beside a code stands to the subject that the edition of the year has for it."""

from __future__ import annotations

from govbudget.classification import Standing, edition_year, tree
from govbudget.classification.history import told
from govbudget.classification.wording import is_short_for
from govbudget.invariants.context import Context
from govbudget.invariants.gathered import gathered
from govbudget.invariants.subjects import Printed, former_years, printed_subjects
from govbudget.text import fold

BASIS = "预算法第二十七条、第三十二条；财政部当年《政府收支分类科目》"
UNVERIFIED = ("unverified", "该科目没有公开文件可证", "no published document at hand bears this subject out")


def _usual(name: str) -> str:
    return name.replace("其它", "其他")


def fits(printed: str, name: str) -> bool:
    """Whether the printed name is the name, or a short form of it."""
    one, other = _usual(printed), fold(name)
    return one == other or is_short_for(one, other) or is_short_for(other, one)


def _alike(one: str, other: str) -> bool:
    """Whether half of the characters of two names are shared in order."""
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 4 * sum(block.size for block in blocks) >= len(one) + len(other)


SAME, UNSURE, FORMER, REUSED, WORDED, OTHER, MISSING, FOREIGN = range(8)
_FIRST = {"functional": "2", "economic": "3"}


@gathered
def standings(ctx: Context) -> tuple[tuple[Printed, int], ...]:
    """Every subject line with how its name stands to its code."""
    return tuple((each, _judge(each, ctx.disclosure.year)) for each in printed_subjects(ctx))


def _judge(each: Printed, year: int) -> int:
    subject = each.subject
    if subject is None:
        return MISSING if each.code[:1] == _FIRST[each.lane.axis] else FOREIGN
    if fits(each.name, subject.name):
        return SAME
    if subject.standing is not Standing.ATTESTED:
        return UNSURE
    name = fold(subject.name)
    if any(other != year for other in former_years(each)):
        return FORMER if _alike(each.name, name) or _renamed(each) else REUSED
    others = tree(each.scheme, edition_year(each.scheme, year)).named(each.name)
    if not others and _alike(each.name, name):
        return WORDED
    return OTHER


def _renamed(each: Printed) -> bool:
    """Whether somebody told that the subject was renamed: 医疗卫生与计划生育支出 became 卫生健康支出."""
    return any(
        change.kind.value == "renamed" and change.old == each.code and fold(change.old_name) == each.name
        for change in told(each.scheme)
    )
