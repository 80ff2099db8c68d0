"""What money is for (主要用于…): purposes that were copied from the item of another subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import Context
from govbudget.invariants.prose import broken, filled_in, held
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.model import Certainty, Said, Severity, Statement
from govbudget.text import fold, unnumbered

_OPENING = re.compile(r"(?:主要)?(?:是)?(?:用于|反映)[:,]?")
_ENDING = re.compile(r"(?:支出|经费|费用|费)$")
_LEAST = 3  # characters of a name that tells one subject from another


@rule(
    "wording.purpose-of-another",
    zh="用途说的是本科目",
    en="A purpose speaks of its own subject",
    basis="财预〔2016〕143号：对各项支出用途的说明；各地预算公开自查：文字说明与科目相符",
    says=("用途说的是另一科目：{relation}", "the purpose speaks of another subject: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2101102 事业单位医疗 | 1.00
        2210201 住房公积金 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        事业单位医疗1.00万元，主要用于事业单位医疗保险支出。
        => amount expenditure current general 2101102: 1.00万元
        => said purpose expenditure current general 2101102: 主要用于事业单位医疗保险支出
        住房公积金2.00万元，主要用于缴存住房公积金。
        => amount expenditure current general 2210201: 2.00万元
        => said purpose expenditure current general 2210201: 主要用于缴存住房公积金
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2101102 事业单位医疗 | 1.00
        2210201 住房公积金 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        事业单位医疗1.00万元，主要用于事业单位医疗保险支出。
        => amount expenditure current general 2101102: 1.00万元
        => said purpose expenditure current general 2101102: 主要用于事业单位医疗保险支出
        住房公积金2.00万元，主要用于事业单位医疗保险支出。
        => amount expenditure current general 2210201: 2.00万元
        => said purpose expenditure current general 2210201: 主要用于事业单位医疗保险支出
        """,
)
def purpose_of_another(ctx: Context) -> Iterator[Outcome]:
    """Where two subjects are said to be for the same, and the words name one of them, the other's were copied.

    Items are written by copying the one before. The same words at two subjects are no slip by themselves (退休人员经费
    serves two of them); the name of the one and not of the other is.
    """
    said = [
        (_purpose(claim), _called(ctx, claim), claim)
        for claim in claims_of(ctx, Statement)
        if claim.kind is Said.PURPOSE and claim.of and claim.of[0].functional
    ]
    for purpose, group in groupby(sorted(said, key=lambda each: each[0]), lambda each: each[0]):
        alike = list(group)
        named = [name for _, name, _ in alike if name and name in purpose]
        for _, name, claim in alike:
            other = next((each for each in named if each != name), "")
            if not other or not name or name in purpose:
                continue
            yield broken(name, claim.place, claim.text, f"{name}：{claim.text}（{other}）")
    if said:
        first = said[0][2]
        yield held("用途", first.place, first.text, f"{len(said)} 处")


def _purpose(claim: Statement) -> str:
    return _OPENING.sub("", fold(claim.text), count=1)


def _called(ctx: Context, claim: Statement) -> str:
    """The name of a subject as the tables print it, without the words that every name may end in."""
    name = unnumbered(fold(ctx.labels.get(claim.of[0].functional, "")))
    short = _ENDING.sub("", name)
    return short if len(short) >= _LEAST else name


RULES: tuple[Rule, ...] = (purpose_of_another,)
"""The rule on purposes."""
