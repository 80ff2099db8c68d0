"""What a template leaves in an unfinished text: choices, blanks, reasons without words, words to the writer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.prose import broken, filled_in, looked_for
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.model import Severity
from govbudget.text import fold

_BASIS = "财预〔2016〕143号：对收支增减变化情况的说明；各地预算公开自查"

_CHOICE = re.compile(
    r"(?:增加|增长|上升)[(/](?:减少|下降|降低)\)?|(?:减少|下降|降低)[(/](?:增加|增长|上升)\)?|"
    r"大于\(小于\)|小于\(大于\)|大小于|小大于|减增加|增减少|\(或与[^()]{2,16}持平\)"
)
_BLANK = re.compile(
    r"(?<![A-Za-z0-9])[Xx×]{2,}(?=[\u4e00-\u9fff%(])|_{2,}|"
    r"(?<=[为于共计加少长降])(?:[Xx×]|[〇○]{2,}|\.{3,}|…+)(?=万?元|%|辆|台|个|家)"
)
_MARKS = ("X", "x", "×", "_", "〇", "○", "...", "…")
_NO_REASON = re.compile(r"(?:主要原因|原因)(?:(?:是|为):?|:)(?=[。;]|其中[:,]|\n(?!\(?[一二三四五1-9首第])|\Z)")
_OF_THE_FORM = re.compile(r"仍保留该表格式|在本表下方作下述说明")
_TO_THE_WRITER = re.compile(
    r"\((?:增加内容|[若如][^()]{0,24}(?:写|填|作[^()]{0,8}表述|删)[^()]{0,30}|请[^()]{0,20}(?:填写|说明|填列)|此处[^()]{0,12}(?:填|写)[^()]{0,12}|"
    r"(?:单位|部门)?(?:根据实际情况|自行|据实)(?:填写|填列|编写)[^()]{0,12}|示例|模板|可删除?)\)"
)


@rule(
    "wording.choice",
    zh="增加或减少已选定",
    en="The text says which way a figure moved",
    basis=_BASIS,
    says=("没有选定增减：{relation}", "a choice of the template is left open: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加，主要原因是人员增加。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加（减少），主要原因是人员增加。
        """,
    untested="""
        [3 expenditure]
        科目 | 合计
        ## 支出预算情况说明 {expenditure}
        支出预算XX万元，比上年增加（减少），主要原因是……。
        """,
)
def choice(ctx: Context) -> Iterator[Outcome]:
    """No sentence still offers the choice of its template: 增加（减少）, 增长/下降.

    A reader cannot tell which way the figure went, and the sentence was never written for this body. A form that
    states no money at all is a template itself, and is not tested.
    """
    yield from looked_for(ctx, _CHOICE, "增减选项")


@rule(
    "wording.blank",
    zh="空白处已填写",
    en="Blanks are filled in",
    basis=_BASIS,
    says=("空白没有填写：{relation}", "a blank is not filled in: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 其他重要事项的情况说明 {other_matters}
        共有车辆3辆，其中一般公务用车3辆。
        """,
    breaks="""
        ## 其他重要事项的情况说明 {other_matters}
        共有车辆XX辆，其中一般公务用车3辆。
        """,
)
def blank(ctx: Context) -> Iterator[Outcome]:
    """No number, name or date is still a blank of the template: XX万元, ____, ×× 单位.

    What stands in the place of a figure says that there is one which the reader is not told.
    """
    yield from looked_for(ctx, _BLANK, "空白", marks=_MARKS)
    for section in ctx.disclosure.narrative.sections:
        if (match := _BLANK.search(fold(section.heading))) is not None:
            yield broken(section.heading, section.place, match[0], fold(section.heading))


@rule(
    "wording.empty-reason",
    zh="主要原因写明",
    en="Reasons are more than their first words",
    basis="财预〔2016〕143号：对增减变化情况的说明应当写明原因；各地预算公开自查",
    says=("原因没有写明：{relation}", "a reason is announced and none follows: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## “三公”经费预算情况说明 {three_public}
        公务接待费2.40万元，比上年减少，主要原因是压缩接待。
        """,
    breaks="""
        ## “三公”经费预算情况说明 {three_public}
        公务接待费2.40万元，与上年预算持平，主要原因是。其中：公务接待1批次。
        """,
)
def empty_reason(ctx: Context) -> Iterator[Outcome]:
    """Behind 主要原因是 stands a reason, and not the end of the sentence.

    The words of the template promise what the regulation asks for; without the reason the change is not explained.
    """
    yield from looked_for(ctx, _NO_REASON, "增减原因")


@rule(
    "wording.instruction",
    zh="给填写人的提示已删去",
    en="Words of the template to its writer are gone",
    basis=_BASIS,
    says=("留有模板的提示：{relation}", "words of the template to the writer are left in: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 国有资产占有使用情况 {other_matters}
        共有车辆3辆。
        """,
    breaks="""
        ## 国有资产占有使用情况 {other_matters}
        五、国有资产占有使用情况（增加内容）
        共有车辆3辆。
        """,
)
def instruction(ctx: Context) -> Iterator[Outcome]:
    """Nothing still tells the writer what to do: （增加内容）, （若无，则写…）, （请填写）, 仍保留该表格式.

    Such words are addressed to the body by whoever made the template and mean nothing to the public.
    """
    yield from looked_for(ctx, _TO_THE_WRITER, "模板提示")
    for table in ctx.disclosure.tables:
        for note in table.notes:
            if (match := _OF_THE_FORM.search(fold(note.text))) is not None:
                yield broken(table.title, note.place, match[0], fold(note.text))


RULES: tuple[Rule, ...] = (choice, blank, empty_reason, instruction)
