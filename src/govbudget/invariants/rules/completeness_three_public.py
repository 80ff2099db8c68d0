"""What must be said of 三公 spending: that there is or is none, each kind, why it changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.forms import lacking
from govbudget.invariants.prose import broken, filled_in, held, prose
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.statements import REASON, SAYS, stated, unexplainable
from govbudget.model import Certainty, ChangeClaim, Item, Severity

_THREE = re.compile(r"三公|因公出国|公务接待")
_NO_THREE = re.compile(r"(?:无|没有|未)[^。;,\n]{0,14}\"?三公\"?经费")
_ITEMS = {"因公出国（境）费": "出国", "公务接待费": "接待", "公务用车购置及运行费": "用车|公务车|车辆购置"}
_EXPLAINED_ITEMS = (Item.ABROAD, Item.RECEPTION, Item.VEHICLES, Item.VEHICLE_PURCHASE, Item.VEHICLE_RUNNING)


@rule(
    "completeness.three-public",
    zh="说明“三公”经费",
    en="What is spent on 三公 is explained",
    basis="预算法第十四条；财预〔2016〕143号：对“三公”经费的增减变化进行说明",
    says=SAYS,
    applies=unexplainable,
    holds="""
        ## “三公”经费预算情况说明 {three_public}
        “三公”经费预算2.40万元，其中因公出国（境）费0万元，公务接待费2.40万元，公务用车购置及运行费0万元。
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
)
def three_public(ctx: Context) -> Iterator[Outcome]:
    """The sentences say what is spent on travel abroad, receptions and vehicles, or that nothing is.

    The table alone does not tell why the sum changed.
    """
    yield from stated(ctx, "“三公”经费", _THREE, ("three_public",))


@rule(
    "completeness.three-public-items",
    zh="“三公”经费逐项说明",
    en="Each of the three kinds of 三公 spending is named",
    basis="财预〔2016〕143号：“三公”经费应当按因公出国（境）费、公务用车购置及运行费、公务接待费分别说明",
    says=("“三公”经费没有说明：{subject}", "of 三公 spending the text leaves out {subject}"),
    severity=Severity.WARNING,
    applies=unexplainable,
    holds="""
        ## “三公”经费预算情况说明 {three_public}
        “三公”经费预算2.40万元，其中因公出国（境）费0万元，公务接待费2.40万元，公务用车购置及运行费0万元。
        """,
    breaks="""
        layout hangzhou-unit-budget
        ## “三公”经费预算情况说明 {three_public}
        “三公”经费预算2.40万元，其中因公出国（境）费0万元，公务用车购置及运行费0万元。
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算3.00万元。
        """,
)
def three_public_items(ctx: Context) -> Iterator[Outcome]:
    """Where 三公 spending is explained, travel abroad, receptions and vehicles are each named, even at nothing.

    A kind that is passed over in the text may be none or forgotten. A body that says it has no such spending at all
    need not go through the kinds.
    """
    said = prose(ctx).text
    match = _THREE.search(said)
    if match is None:
        yield not_tested("“三公”经费", "not-said")
        return
    spoken = prose(ctx).at(match.start())
    if _NO_THREE.search(said):
        yield held("“三公”经费", spoken.passage.place, match[0])
        return
    for item, words in _ITEMS.items():
        found = re.search(words, said)
        if found is not None:
            yield held(item, prose(ctx).at(found.start()).passage.place, found[0])
        else:
            yield lacking(ctx, item, spoken.passage.place, match[0], item)


@rule(
    "completeness.three-public-reasons",
    zh="“三公”经费增减写明原因",
    en="A change of 三公 spending is given a reason",
    basis="财预〔2016〕143号：对“三公”经费增减变化的原因进行说明",
    says=("{subject}有增减，没有说明原因：{relation}", "{subject} changed and no reason is given: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## “三公”经费预算情况说明 {three_public}
        “三公”经费中因公出国（境）费、公务用车购置及运行费为0万元。
        公务接待费预算2.40万元，比上年预算减少0.10万元，主要原因是压缩接待。
        => change expenditure current general reception: -0.10万元 vs 2023 budget
        """,
    breaks="""
        ## “三公”经费预算情况说明 {three_public}
        公务接待费预算2.40万元，比上年预算减少0.10万元。
        => change expenditure current general reception: -0.10万元 vs 2023 budget
        """,
)
def three_public_reasons(ctx: Context) -> Iterator[Outcome]:
    """Where travel abroad, receptions or vehicles cost more or less than the year before, the paragraph says why.

    The sum of the three may leave the reasons to its items.
    """
    for section in ctx.disclosure.narrative.sections:
        said: set[Item] = set()
        texts = [each.text for each in prose(ctx).spoken if each.section is section]
        for claim in section.claims:
            if not isinstance(claim, ChangeClaim) or not claim.amount.fen or not claim.of:
                continue
            item = claim.of[0].item
            if item not in _EXPLAINED_ITEMS or item in said or claim.base.year == ctx.disclosure.year:
                continue
            said.add(item)
            where = [index for index, text in enumerate(texts) if claim.text in text]
            # the reason may stand in a paragraph of its own behind
            near = "".join(text for index in where for text in texts[index : index + 2])
            if not where:
                yield not_tested(claim.term, "not-said", Operand(role="claim", place=claim.place, printed=claim.text))
            elif REASON.search(near):
                yield held(claim.term, claim.place, claim.text)
            else:
                yield broken(claim.term, claim.place, claim.text, f"{claim.term}{claim.text}")


RULES: tuple[Rule, ...] = (
    three_public,
    three_public_items,
    three_public_reasons,
)
