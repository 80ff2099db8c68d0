"""Marks and signs: brackets and quotes that do not close, marks printed twice, numbers that lost their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from govbudget.invariants.context import Context
from govbudget.invariants.prose import around, broken, filled_in, held, looked_for, prose
from govbudget.invariants.rule import Outcome, Rule, not_tested, rule
from govbudget.model import Certainty, Severity
from govbudget.text import fold

_BASIS = "GB/T 15834—2011《标点符号用法》；各地预算公开自查：文字、标点规范"
_CLEAR = "财预〔2016〕143号：说明应当清晰完整；各地预算公开自查：数据应注明计量单位"

_LIST_NUMBER = re.compile(r"(?:^|[\s。；，,、：:])[\d一二三四五六七八九十]{1,3}$")
_PAIRS = {"（": "）", "《": "》", "〔": "〕", "【": "】"}
_CLOSES = {close: open_ for open_, close in _PAIRS.items()}
_MARKS = re.compile(r"[（）《》〔〕【】]")
_QUOTES = re.compile(r"[“”]")
_TWICE = re.compile(r"。。|,,(?!,)|;;|、、|::|,。|。,|、。|。、|;。|。;|,;|;,|、,|,、")
_WORDS_TWICE = re.compile(
    r"\d(?:亿|万|千)?元(?:亿|万|千)?元(?![旦件素])|%%|(?:主要)?原因(?:是|为)?:?(?:主要)?原因|比上年比上年|其中:其中|"
    r"(增加|增长|减少|下降|降低|上升)(?:\1|持平)"
)
_MOVES = "增加|增长|减少|下降|降低|上升"
_MOVED = rf"(?:{_MOVES})"
_NO_UNIT = re.compile(rf"(?:{_MOVES}|降幅|增幅)(?:了|为|约)?\d(?:\d|,(?=\d{{3}}))*+(?:\.\d+)?+(?=[,。;])")
_NO_UNIT_OF_AMOUNT = re.compile(
    r"(?:预算|决算|支出|收入|经费|总计|合计)(?:数|总额|金额)?(?:为|是)?(?<![\d.])\d[\d,]*\.\d+(?=[,。;])"
)
_POINTS = re.compile(rf"元,{_MOVED}\d+(?:\.\d+)?个?百分点")
_STATES = re.compile(r"原因|,.*\d(?:[亿万千]?元|%)")
_UNENDED = re.compile(r"[\u4e00-\u9fff,](?<!其中)(?<!如下)(?<!包括)$")
_LEAST_OF_A_SENTENCE = 12
_MINUS = re.compile(rf"{_MOVED}(?:了|为)?-\d[\d,.]*(?:[亿万千]?元|%)")


def _unbalanced(text: str) -> str:
    """The mark that has no partner, with the words around it."""
    text = text.replace("(", "（").replace(")", "）")
    marks, left = "".join(_MARKS.findall(text)), ""
    while marks != left:
        left, marks = marks, marks.replace("（）", "").replace("《》", "").replace("〔〕", "").replace("【】", "")
    if not marks:
        return ""
    stack: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        if match[0] in _PAIRS:
            stack.append((match[0], match.start()))
        elif stack and stack[-1][0] == _CLOSES[match[0]]:
            stack.pop()
        elif not _LIST_NUMBER.search(text[max(0, match.start() - 4) : match.start()]):
            return text[max(0, match.start() - 12) : match.end()]
    return text[stack[-1][1] : stack[-1][1] + 13] if stack else ""


@rule(
    "wording.brackets",
    zh="括号、书名号成对",
    en="Brackets close what they open",
    basis=_BASIS,
    says=("括号或书名号不成对：{relation}", "a bracket has no partner: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## “三公”经费预算情况说明 {three_public}
        因公出国（境）费0万元，依据《预算法》编制。
        """,
    breaks="""
        ## “三公”经费预算情况说明 {three_public}
        因公出国（境费0万元。
        """,
)
def brackets(ctx: Context) -> Iterator[Outcome]:
    """Round brackets and 《》 come in pairs within a section; half-width and full-width ones count alike.

    A bracket without its partner leaves open what belongs to the remark. Numbers of a list (1）) are no brackets. A
    section is looked at as a whole, since a page may end inside a bracket.
    """
    found = prose(ctx)
    clean = True
    for _, group in groupby(found.spoken, key=lambda each: each.section.place):
        passages = list(group)
        if not _unbalanced("\n".join(each.passage.text for each in passages)):
            continue
        wrong = [(each, text) for each in passages if (text := _unbalanced(each.passage.text))]
        each, text = wrong[0] if wrong else (passages[0], passages[0].section.heading)
        clean = False
        yield broken(each.section.heading, each.passage.place, text, text)
    if clean and found.spoken:
        first = found.spoken[0].section
        yield held("括号", first.place, first.heading, f"{len(found.spoken)} 段")


@rule(
    "wording.quotes",
    zh="引号成对",
    en="Quotes close what they open",
    basis=_BASIS,
    says=("引号不成对：{relation}", "a quote has no partner: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## “三公”经费预算情况说明 {three_public}
        “三公”经费预算2.40万元。
        """,
    breaks="""
        ## “三公”经费预算情况说明 {three_public}
        “三公经费预算2.40万元。
        """,
)
def quotes(ctx: Context) -> Iterator[Outcome]:
    """“ and ” come in turn within a section.

    Quotes set off names such as “三公”经费; one alone swallows the sentence. Straight quotes do not say which way they
    face and are left out.
    """
    found = prose(ctx)
    clean = True
    for _, group in groupby(found.spoken, key=lambda each: each.section.place):
        passages = list(group)
        if not _odd_quote("\n".join(each.passage.text for each in passages)):
            continue
        wrong = [(each, text) for each in passages if (text := _odd_quote(each.passage.text))]
        each, text = wrong[0] if wrong else (passages[0], passages[0].section.heading)
        clean = False
        yield broken(each.section.heading, each.passage.place, text, text)
    if clean and found.spoken:
        first = found.spoken[0].section
        yield held("引号", first.place, first.heading, f"{len(found.spoken)} 段")


def _odd_quote(text: str) -> str:
    marks = list(_QUOTES.finditer(text))
    for index, match in enumerate(marks):
        if match[0] != "“”"[index % 2]:
            return text[max(0, match.start() - 12) : match.end() + 8]
    return text[marks[-1].start() : marks[-1].start() + 13] if len(marks) % 2 else ""


@rule(
    "wording.punctuation",
    zh="标点不重复",
    en="No mark stands beside another that excludes it",
    basis=_BASIS,
    says=("标点重复或连用：{relation}", "marks that exclude each other stand side by side: {relation}"),
    severity=Severity.INFO,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加1.00万元。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，，比上年增加1.00万元。。
        """,
)
def punctuation(ctx: Context) -> Iterator[Outcome]:
    """No comma, full stop or semicolon is printed twice or runs into another: ，， 。。 ，。

    Reviewers of published budgets note such slips; often a clause between the two marks was taken out.
    """
    yield from looked_for(ctx, _TWICE, "标点")
    for term in ctx.disclosure.narrative.glossary:
        text = fold(term.definition)
        if (match := _TWICE.search(text)) is not None:
            yield broken(term.name or "名词解释", term.place, match[0], around(text, match))


@rule(
    "wording.doubled-words",
    zh="词语不重复",
    en="No unit or phrase is printed twice in a row",
    basis=_BASIS,
    says=("词语重复：{relation}", "words are printed twice: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，主要原因是人员增加。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元万元，主要原因是人员增加。
        """,
)
def doubled_words(ctx: Context) -> Iterator[Outcome]:
    """万元万元, %%, 主要原因是主要原因: a unit or a phrase in twice is an edit that was left half done.

    万元元 also leaves open which of the two units is meant.
    """
    yield from looked_for(ctx, _WORDS_TWICE, "词语")


@rule(
    "wording.change-without-unit",
    zh="增减数注明单位",
    en="Changes and rates have a unit",
    basis=_CLEAR,
    says=("增减数没有单位：{relation}", "a change is printed without unit or per cent: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年减少1.00万元，减少10%。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年减少1.00万元，减少10，主要原因是压缩开支。
        """,
)
def change_without_unit(ctx: Context) -> Iterator[Outcome]:
    """Behind 增加, 减少, 增长 or 下降 a number is an amount with its unit, a percentage, or counts pieces.

    减少9.52 alone may be 9.52 万元 or 9.52%: the reader cannot tell, and no program should guess.
    """
    yield from looked_for(ctx, _NO_UNIT, "增减数的单位")


@rule(
    "wording.amount-without-unit",
    zh="金额注明单位",
    en="Amounts in sentences have a unit",
    basis=_CLEAR,
    says=("金额没有单位：{relation}", "an amount is printed without its unit: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，其中：基本支出8.00万元。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，其中：基本支出8.00。
        """,
)
def amount_without_unit(ctx: Context) -> Iterator[Outcome]:
    """A number with decimals behind 支出, 收入, 预算 or 决算 is followed by its unit of money.

    Tables print their unit above; a sentence has its own words only, and tables in 元 stand beside texts in 万元.
    """
    yield from looked_for(ctx, _NO_UNIT_OF_AMOUNT, "金额的单位")


_NO_PERCENT = re.compile(r"占(?:比(?:例)?)?为?\d{1,3}\.\d+(?=[;,。、)])")


@rule(
    "wording.share-without-percent",
    zh="占比带百分号",
    en="A share has a percent sign",
    basis=_CLEAR,
    says=("占比没有百分号：{relation}", "a share is printed without its percent sign: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        基本支出8.00万元，占88.89%；项目支出1.00万元，占11.11%。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        基本支出8.00万元，占88.89；项目支出1.00万元，占11.11%。
        """,
)
def share_without_percent(ctx: Context) -> Iterator[Outcome]:
    """A number with decimals behind 占 is a share in per cent, and says so.

    Without the sign nobody can tell it from an amount, and a program that reads the sentence passes it over.
    """
    yield from looked_for(ctx, _NO_PERCENT, "占比的百分号")


@rule(
    "wording.percentage-points",
    zh="金额的增减率不用百分点",
    en="An amount grows by per cent, not by percentage points",
    basis="国家统计局：百分点是两个百分数之差；财预〔2016〕143号：对收支增减变化情况的说明",
    says=("金额的增减率写成百分点：{relation}", "the growth of an amount is given in percentage points: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加1.00万元，增长12.5%。占比提高2个百分点。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加1.00万元，增长12.5个百分点。
        """,
)
def percentage_points(ctx: Context) -> Iterator[Outcome]:
    """Right behind an amount, 增长12.5个百分点 means 12.5%: percentage points are the difference of two percentages.

    Rates of completion and shares move by points; money does not.
    """
    yield from looked_for(ctx, _POINTS, "百分点")


@rule(
    "wording.minus",
    zh="增加、减少之后不写负数",
    en="A rise or fall is not printed with a minus",
    basis="财预〔2016〕143号：对收支增减变化情况的说明；各地预算公开自查：增减方向应当明确",
    says=("增减之后为负数：{relation}", "a direction is given twice, in words and as a minus: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年减少1.00万元，下降10%。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年减少-1.00万元，下降10%。
        """,
)
def minus(ctx: Context) -> Iterator[Outcome]:
    """减少-1.00万元 says the direction twice, which taken by the word is a rise.

    The figure was pasted with its sign into a sentence that has the word already.
    """
    yield from looked_for(ctx, _MINUS, "增减方向")


@rule(
    "wording.full-stop",
    zh="段末有句号",
    en="A paragraph that states something ends in a stop",
    basis=_BASIS,
    says=("段末没有标点：{relation}", "a paragraph ends without a stop: {relation}"),
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    reasons=[
        (
            "broken-lines",
            "原文逐行断开，段落从哪里结束不清楚",
            "the source breaks paragraphs line by line, so where one ends is not known",
        )
    ],
    holds="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加1.00万元，主要原因是工作量增加。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加1.00万元。
        其中：基本支出5.00万元，项目支出4.00万元。
        支出增加的主要原因是工作量增加
        """,
    untested="""
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比上年增加1.00万元，主要原因是工作量增加，人员也
        有所增加。其中：基本支出5.00万元，比上年增加1.00万元，主要原因是人员增加，
        项目支出4.00万元，与上年持平，没有变化的主要原因是工作量没有增
        加。
        """,
)
def full_stop(ctx: Context) -> Iterator[Outcome]:
    """A paragraph that gives a reason or an amount ends in 。 or another mark that ends a sentence.

    Without it the last words of a sentence may be missing. Where more than every tenth paragraph ends without one, the
    source breaks lines, and nothing can be said.
    """
    spoken = [s for s in prose(ctx).spoken if len(s.text) >= _LEAST_OF_A_SENTENCE and _STATES.search(s.text)]
    unended = [s for s in spoken if _UNENDED.search(s.text)]
    if not spoken:
        return
    if len(unended) > 1 + len(spoken) // 10:
        yield not_tested("段末标点", "broken-lines")
        return
    for each in unended:
        yield broken(each.section.heading, each.passage.place, each.text[-12:], f"…{each.text[-12:]}")
    if not unended:
        yield held("段末标点", spoken[0].passage.place, spoken[0].section.heading, f"{len(spoken)} 段")


RULES: tuple[Rule, ...] = (
    brackets,
    quotes,
    punctuation,
    doubled_words,
    change_without_unit,
    amount_without_unit,
    share_without_percent,
    percentage_points,
    minus,
    full_stop,
)
