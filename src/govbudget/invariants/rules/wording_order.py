"""Order and identity: numbers of a list, what is printed twice, names of the body, notes under the right table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from govbudget.invariants.context import Context
from govbudget.invariants.forms import form_of
from govbudget.invariants.prose import broken, filled_in, held, prose
from govbudget.invariants.rule import Operand, Outcome, Rule, rule
from govbudget.model import Certainty, Scope, Severity, TableKind
from govbudget.text import fold

_BASIS = "各地预算公开自查：文字规范、前后一致"

_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}
_NUMBERED = re.compile(
    r"(?:(?P<a>[一二三四五六七八九十]{1,3})、|\((?P<b>[一二三四五六七八九十]{1,3})\)|(?P<c>\d{1,2})(?:[.、](?!\d)|(?=\"))|\((?P<d>\d{1,2})\))"
)
_LONG = 25
_FEW = 3  # without a form, sections that say the same of two tables may be read as one
_ON_COVER = {
    Scope.UNIT: re.compile(r"(?:预算|决算|编制)?单位(?:名称)?:(?P<name>.+)"),
    Scope.DEPARTMENT: re.compile(r"(?:预算|决算|编制)?(?:主管)?(?:部门|单位)(?:名称)?:(?P<name>.+)"),
}
_BUDGETS = {
    TableKind.GOVERNMENT_FUND: "政府性基金",
    TableKind.STATE_CAPITAL: "国有资本经营",
    TableKind.THREE_PUBLIC: "三公",
}


def _number(match: re.Match[str]) -> tuple[str, int]:
    style = match.lastgroup or ""
    text = match[style]
    if text.isdigit():
        return style, int(text)
    tens, ten, ones = text.rpartition("十")
    return style, (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


@rule(
    "wording.item-numbers",
    zh="序号连续",
    en="Numbered paragraphs neither skip nor repeat a number",
    basis=_BASIS,
    says=("序号不连续：{relation}", "numbers of a list skip or repeat: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        1. 行政运行2.00万元。
        2. 住房公积金1.00万元。
        """,
    breaks="""
        ## 一般公共预算当年拨款情况说明 {general_budget}
        1. 行政运行2.00万元。
        3. 住房公积金1.00万元。
        """,
)
def item_numbers(ctx: Context) -> Iterator[Outcome]:
    """Paragraphs numbered one below the other count up by one, or start anew at one.

    A number left out is most often a subject left out: the list explains what a table prints line by line. Each way of
    numbering (一、 （一） 1. （1）) counts by itself, and a number inside the paragraph before counts too.
    """
    found = prose(ctx)
    series, first = 0, None
    for _, group in groupby(found.spoken, key=lambda each: each.section.place):
        last: dict[str, int] = {}
        between = ""
        for spoken in group:
            match = _NUMBERED.match(spoken.text)
            if match is None:
                between += spoken.text
                continue
            style, number = _number(match)
            before = last.get(style)
            right = number == 1 or before is None or number == before + 1 or _inside(between, style, number - 1)
            last[style], between = number, spoken.text
            if right:
                series, first = series + 1, first or spoken
            else:
                yield broken(
                    spoken.section.heading, spoken.passage.place, match[0], f"{before} → {number}：{spoken.text[:20]}"
                )
    if first is not None:
        yield held("序号", first.passage.place, first.section.heading, f"{series} 段")


def _inside(text: str, style: str, number: int) -> bool:
    return any(_number(match) == (style, number) for match in _NUMBERED.finditer(text, 1))


@rule(
    "wording.heading-numbers",
    zh="标题序号不重复",
    en="No two headings in a row bear one number",
    basis=_BASIS,
    says=("标题序号重复：{relation}", "two headings bear one number: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        ## 一、收支预算情况的总体说明 {totals}
        见各表。
        ## 二、收入预算情况说明 {revenue}
        见各表。
        """,
    breaks="""
        ## 二、收支预算情况的总体说明 {totals}
        见各表。
        ## 二、收入预算情况说明 {revenue}
        见各表。
        """,
)
def heading_numbers(ctx: Context) -> Iterator[Outcome]:
    """Of two headings numbered in the same way one behind the other, the second has another number.

    References to a section go by its number. A heading printed again with the same words is the same section.
    """
    last: dict[str, tuple[int, str]] = {}
    count, first = 0, None
    for section in ctx.disclosure.narrative.sections:
        text = fold(section.heading)
        match = _NUMBERED.match(text)
        if match is None:
            continue
        style, number = _number(match)
        before = last.get(style)
        last[style] = (number, text)
        if before is not None and before[0] == number and number > 1 and before[1] != text:
            yield broken(section.heading, section.place, section.heading, f"{before[1]} / {text}")
        else:
            count, first = count + 1, first or section
    if first is not None:
        yield held("标题序号", first.place, first.heading, f"{count} 个标题")


@rule(
    "wording.paragraph-twice",
    zh="同一段文字不重复",
    en="No paragraph is printed twice in a section",
    basis=_BASIS,
    says=("{subject}有重复的段落：{relation}", "{subject} prints paragraphs twice: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        2024年支出预算9.00万元，比上年执行数增加1.00万元，主要原因是人员增加。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        2024年支出预算9.00万元，比上年执行数增加1.00万元，主要原因是人员增加。
        2024年支出预算8.00万元，比上年执行数增加1.00万元，主要原因是人员增加。
        2024年支出预算7.00万元，比上年执行数增加1.00万元，主要原因是人员增加。
        2024年支出预算6.00万元，比上年执行数增加1.00万元，主要原因是人员增加。
        2024年支出预算9.00万元，比上年执行数增加1.00万元，主要原因是人员增加。
        2024年支出预算8.00万元，比上年执行数增加1.00万元，主要原因是人员增加。
        2024年支出预算7.00万元，比上年执行数增加1.00万元，主要原因是人员增加。
        2024年支出预算6.00万元，比上年执行数增加1.00万元，主要原因是人员增加。
        """,
)
def paragraph_twice(ctx: Context) -> Iterator[Outcome]:
    """Within one section no paragraph of some length is printed twice, word for word.

    Two sections may say the same of two tables. Twice in one section it is a slip of the editor, and of two versions
    that later differ nobody can tell which one holds.
    """
    found = prose(ctx)
    clean = True
    for _, group in groupby(found.spoken, key=lambda each: each.section.place):
        seen: dict[str, Operand] = {}
        again = []
        for spoken in group:
            if len(spoken.text) < _LONG:
                continue
            operand = Operand(role="claim", place=spoken.passage.place, printed=spoken.text[:_LONG])
            if spoken.text in seen:
                again.append((spoken, seen[spoken.text]))
            seen.setdefault(spoken.text, operand)
        if len(again) > _FEW or (again and form_of(ctx) is not None):
            clean = False
            spoken, earlier = again[0]
            words = f"{spoken.text[:_LONG]}…（{len(again)} 段）"
            yield broken(spoken.section.heading, spoken.passage.place, spoken.text[:_LONG], words, earlier)
    if clean and found.spoken:
        first = found.spoken[0].section
        yield held("段落", first.place, first.heading, f"{len(found.spoken)} 段")


@rule(
    "wording.term-twice",
    zh="同一名词只解释一次",
    en="No term is explained twice",
    basis="财预〔2016〕143号：对专业性较强的名词进行解释",
    says=("名词解释了两次：{subject}", "a term is explained twice: {subject}"),
    severity=Severity.WARNING,
    holds="""
        ## 名词解释 {glossary}
        基本支出：为保障机构运转的支出。
        项目支出：为完成特定任务的支出。
        """,
    breaks="""
        ## 名词解释 {glossary}
        基本支出：为保障机构运转的支出。
        （二）基本支出：为完成特定任务的支出。
        """,
)
def term_twice(ctx: Context) -> Iterator[Outcome]:
    """The glossary explains each term once.

    Two explanations of one word are two meanings, and the second is often that of the term that is missing.
    """
    seen: dict[str, Operand] = {}
    clean = True
    for term in ctx.disclosure.narrative.glossary:
        name = _NUMBERED.sub("", fold(term.name), count=1)
        operand = Operand(role="name", place=term.place, printed=term.name)
        if name in seen:
            clean = False
            yield broken(name, term.place, term.name, name, seen[name])
        seen.setdefault(name, operand)
    if seen and clean:
        first = next(iter(seen.values()))
        yield held("名词解释", first.place, first.printed, f"{len(seen)} 个名词")


@rule(
    "wording.term-empty",
    zh="名词有解释",
    en="Every term of the glossary is explained",
    basis="财预〔2016〕143号：对专业性较强的名词进行解释",
    says=("名词没有解释：{subject}", "a term has no explanation: {subject}"),
    severity=Severity.WARNING,
    holds="""
        ## 名词解释 {glossary}
        基本支出：为保障机构运转的支出。
        """,
    breaks="""
        ## 名词解释 {glossary}
        基本支出：为保障机构运转的支出。
        项目支出：
        """,
)
def term_empty(ctx: Context) -> Iterator[Outcome]:
    """Behind every term of the glossary stands its explanation.

    A term alone explains nothing; its text was lost, or is run into that of the term before.
    """
    terms = ctx.disclosure.narrative.glossary
    empty = [term for term in terms if not fold(term.definition).strip("。;:")]
    for term in empty:
        yield broken(term.name, term.place, term.name, term.name)
    if terms and not empty:
        yield held("名词解释", terms[0].place, terms[0].name, f"{len(terms)} 个名词")


@rule(
    "wording.table-body",
    zh="各表的编制单位是公开主体",
    en="Every table names the body that publishes",
    basis="预算法实施条例第六条：部门、单位公开本部门、本单位的预算、决算；各地预算公开自查：编制单位一致",
    says=("编制单位不一致：{relation}", "a table names another body: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        of 某市某局
        [2 revenue] 2024年收入预算总表
        [3 expenditure] 2024年支出预算总表 @某市某局（本级）
        """,
    breaks="""
        of 某市某局
        [2 revenue] 2024年收入预算总表
        [3 expenditure] 2024年支出预算总表 @某市甲中心
        """,
)
def table_body(ctx: Context) -> Iterator[Outcome]:
    """What is printed behind 编制单位 above a table is the body of the document, in full, in short or its office.

    A table of another body in the document is another body's budget. The units of a department may be named above
    tables of their own.
    """
    body = ctx.disclosure.organization
    own = [fold(name) for name in (body.name, *(member.name for member in body.members)) if name]
    for table in ctx.disclosure.tables:
        name = fold(table.organization)
        if not name or not own:
            continue
        if any(name in other or other in name for other in own):
            yield held(table.title, table.place, table.organization)
        else:
            yield broken(table.title, table.place, table.organization, f"{table.organization} ≠ {body.name}")


@rule(
    "wording.cover-body",
    zh="封面的单位名称与各表一致",
    en="Cover and tables name one body",
    basis="预算法实施条例第六条：部门、单位公开本部门、本单位的预算、决算；各地预算公开自查：编制单位一致",
    says=("封面与各表的单位不一致：{relation}", "cover and tables name different bodies: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        of 某市某局
        ## {cover}
        预算单位：某市某局
        """,
    breaks="""
        of 某市某局
        ## {cover}
        预算单位：某市甲中心
        """,
)
def cover_body(ctx: Context) -> Iterator[Outcome]:
    """The body that the cover names behind 预算单位 is that of the tables.

    The cover of a sister body is an easy slip where one office writes the disclosures of many.
    """
    name = fold(ctx.disclosure.organization.name)
    for passage in ctx.disclosure.narrative.cover:
        match = _ON_COVER[ctx.disclosure.scope].fullmatch(fold(passage.text))
        if match is None or not name:
            continue
        if match["name"] in name or name in match["name"]:
            yield held("封面", passage.place, passage.text)
        else:
            yield broken("封面", passage.place, passage.text, f"{match['name']} ≠ {ctx.disclosure.organization.name}")


@rule(
    "wording.note-of-another-table",
    zh="表下说明说的是本表",
    en="A note speaks of the table it stands under",
    basis="财预〔2016〕143号及各地公开标准：没有数据的表格应当列出空表并说明",
    says=("{subject}的说明说的是另一张表：{relation}", "the note under {subject} speaks of another table: {relation}"),
    severity=Severity.WARNING,
    holds="""
        [7 state_capital] 国有资本经营预算支出表
        注：本单位没有国有资本经营预算安排的支出，故本表无数据
        """,
    breaks="""
        [7 state_capital] 国有资本经营预算支出表
        注：本单位没有政府性基金预算安排的支出，故本表无数据
        """,
)
def note_of_another_table(ctx: Context) -> Iterator[Outcome]:
    """The note that there is no state capital stands under the table of state capital, that on funds under the funds'.

    A note on other money leaves its own table without a word: the reader learns that there are no funds, and
    nothing on why this table is empty.
    """
    for table in ctx.disclosure.tables:
        own = _BUDGETS.get(table.kind)
        if own is None:
            continue
        for note in table.notes:
            text = fold(note.text)
            others = [word for word in _BUDGETS.values() if word != own and word in text]
            if own in text:
                yield held(table.title, note.place, note.text)
            elif others:
                yield broken(table.title, note.place, note.text, note.text)


RULES: tuple[Rule, ...] = (
    item_numbers,
    heading_numbers,
    paragraph_twice,
    term_twice,
    term_empty,
    table_body,
    cover_body,
    note_of_another_table,
)
