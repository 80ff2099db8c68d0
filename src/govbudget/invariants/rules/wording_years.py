"""Years and stages in words: a text or a title of another year, or of accounts where a budget is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context, claims
from govbudget.invariants.prose import broken, filled_in, filled_in_for_a_year, held, looked_for
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.model import ChangeClaim, CompletionClaim, FlatClaim, GrowthClaim, MovementClaim, Severity, Stage
from govbudget.text import fold

_BASIS = "预算法第十八条：预算年度自公历一月一日起，至十二月三十一日止；各地预算公开自查：年度应前后一致"

_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\d{1,2}月)")
_COVER = re.compile(r"(?<!\d)(20\d\d)年(?:度)?(?!\d{1,2}月)[^,。]{0,12}(?:预算|决算)")
_NO_BASE = r"(?<![比与较同和对从至\-—~\d]20)"  # behind the first digits: what begins with a text is sooner found
_PLANNED = re.compile(
    rf"(20{_NO_BASE}\d\d)年(?:度)?(?:(?:部门|单位)预算(?:未)?安排|预算安排(?!执行|情况)|预算编制说明|(?:本部门|本单位)?[^,。;\n]{{0,6}}政府采购预算)"
)
_ACCOUNTED = re.compile(rf"(20{_NO_BASE}\d\d)年(?:度)?(?:收入支出总计|收、支总计|收支总计|预算绩效管理工作开展情况)")
_AS_OF = re.compile(r"截至(20\d\d)年(\d{1,2})月(\d{1,2})日")
_OF_ANOTHER = re.compile(r"执行|完成|回顾|总结|绩效|工作|打算|审计|对比")
_SAYS_WHY = re.compile(r"没有|无|未|空")
_STAGE_WORD = {Stage.BUDGET: ("预算", "决算"), Stage.FINAL: ("决算", "预算")}


@rule(
    "wording.title-year",
    zh="表名中的年度一致",
    en="Titles of tables bear the year of the document",
    basis=_BASIS,
    says=("表名的年度不符：{subject}（{relation}）", "a title bears another year: {subject} ({relation})"),
    applies=filled_in_for_a_year,
    holds="""
        unit budget 2024
        [2 revenue] 2024年单位收入预算总表
        合计 | 合计
        合计 | 1.00
        """,
    breaks="""
        unit budget 2024
        [2 revenue] 2023年单位收入预算总表
        合计 | 合计
        合计 | 1.00
        """,
)
def title_year(ctx: Context) -> Iterator[Outcome]:
    """The title of a table that bears a year bears that of the document.

    A table under the title of another year was copied from there, or its title was: either the figures or the words are
    not of this year.
    """
    year = str(ctx.disclosure.year)
    for table in ctx.disclosure.tables:
        years = _YEAR.findall(fold(table.title))
        if not years:
            continue
        if year in years:
            yield held(table.title, table.place, table.title, year)
        else:
            yield broken(table.title, table.place, table.title, f"{years[0]} ≠ {year}")


@rule(
    "wording.cover-year",
    zh="封面、目录的年度与各表一致",
    en="Cover and contents bear the year of the tables",
    basis=_BASIS,
    says=(
        "封面或目录的年度不符：{subject}（{relation}）",
        "cover or contents bear another year: {subject} ({relation})",
    ),
    applies=filled_in_for_a_year,
    holds="""
        unit budget 2024
        ## {cover}
        某市某中心2024年度单位预算
        2024年2月6日
        [1 summary]
        合计 | 合计
        合计 | 1.00
        """,
    breaks="""
        unit budget 2024
        ## {cover}
        某市某中心2023年度单位预算
        [1 summary]
        合计 | 合计
        合计 | 1.00
        """,
)
def cover_year(ctx: Context) -> Iterator[Outcome]:
    """Every line of cover and contents that names the budget or the accounts of a year names the year of the document.

    Dates (2024年2月6日) are no such line. The cover of last year is the first thing that is taken over with its file.
    """
    year = str(ctx.disclosure.year)
    lines = 0
    for passage in ctx.disclosure.narrative.cover:
        match = _COVER.search(fold(passage.text))
        if match is None or _OF_ANOTHER.search(fold(passage.text)):
            continue
        lines += 1
        if match[1] != year:
            yield broken(passage.text, passage.place, passage.text, f"{match[1]} ≠ {year}")
        elif lines == 1:
            yield held(passage.text, passage.place, passage.text, year)


@rule(
    "wording.heading-year",
    zh="标题中的年度一致",
    en="Headings bear the year of the document",
    basis=_BASIS,
    says=("标题的年度不符：{subject}（{relation}）", "a heading bears another year: {subject} ({relation})"),
    applies=filled_in_for_a_year,
    holds="""
        unit budget 2024
        ## 2024年单位预算编制说明 {explanation}
        支出预算3.00万元。
        """,
    breaks="""
        unit budget 2024
        ## 2023年单位预算编制说明 {explanation}
        支出预算3.00万元。
        """,
)
def heading_year(ctx: Context) -> Iterator[Outcome]:
    """A heading that bears a year bears that of the document.

    Under the heading of another year the reader takes all that follows for figures of that year. Headings of what was
    done or evaluated (2023年预算执行情况, 绩效评价) speak of other years rightly.
    """
    year = str(ctx.disclosure.year)
    for section in ctx.disclosure.narrative.sections:
        heading = fold(section.heading)
        years = _YEAR.findall(heading)
        if not years or not re.search("预算|决算", heading) or _OF_ANOTHER.search(heading):
            continue
        if year in years:
            yield held(section.heading, section.place, section.heading, year)
        else:
            yield broken(section.heading, section.place, section.heading, f"{years[0]} ≠ {year}")


_LAME_YEAR = re.compile(
    r"(?<![\d.])20(?:\d|\d{3,4})年(?=度|[初末底]|部门|单位|预算|决算|财政|收支|一般公共|政府|国有|\"三公)"
)


@rule(
    "wording.year-digits",
    zh="年度为四位数字",
    en="A year has four digits",
    basis=_BASIS,
    says=("年度不是四位数字：{relation}", "a year has not four digits: {relation}"),
    applies=filled_in,
    holds="""
        ## {cover}
        第三部分 2024年度部门决算情况说明
        """,
    breaks="""
        ## {cover}
        第三部分 202年度部门决算情况说明
        """,
)
def year_digits(ctx: Context) -> Iterator[Outcome]:
    """A year before a budget or accounts, on the cover, in the contents, in headings and sentences, has four digits.

    A digit that is missing or typed twice is a slip in itself, and hides which year is spoken of.
    """
    narrative = ctx.disclosure.narrative
    words = [(passage.place, passage.text) for passage in narrative.cover]
    words += [(section.place, section.heading) for section in narrative.sections]
    words += [(table.place, table.title) for table in ctx.disclosure.tables]
    found = [(place, text.strip(), match) for place, text in words if (match := _LAME_YEAR.search(fold(text)))]
    for place, text, match in found:
        yield broken(match[0], place, match[0], text)
    if words and not found:
        yield held("年度", words[0][0], words[0][1].strip())
    yield from looked_for(ctx, _LAME_YEAR, "年度", lambda match: match[0])


@rule(
    "wording.year-of-plan",
    zh="固定表述中的年度一致",
    en="Fixed phrases about this year's plan or outcome bear this year",
    basis=_BASIS,
    says=("文中年度不符：{relation}", "a sentence about the plan of the year names another one: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in_for_a_year,
    holds="""
        unit budget 2024
        ## 其他重要事项的情况说明 {other_matters}
        2024年单位预算安排购置车辆0辆，比2023年预算安排减少1辆。
        """,
    breaks="""
        unit budget 2024
        ## 其他重要事项的情况说明 {other_matters}
        2023年单位预算安排购置车辆0辆。
        """,
)
def year_of_plan(ctx: Context) -> Iterator[Outcome]:
    """2024年单位预算安排…, 2024年度政府采购预算…: what is planned in a budget is planned for its year.

    A sentence that still names the year before was not written anew, and its figure may be of that year. Comparisons
    (比2023年预算安排), and sentences that name this year too, name other years rightly.
    """
    year = str(ctx.disclosure.year)
    budget = ctx.disclosure.stage is Stage.BUDGET

    def judge(match: re.Match[str]) -> str:
        text = match.string
        ends = [end for mark in "。;\n" if (end := text.find(mark, match.end())) >= 0]
        start = max(text.rfind(mark, 0, match.start()) for mark in "。;\n") + 1
        both = f"{year}年" in text[start : min(ends, default=len(text))]
        return "" if match[1] == year or both else f"{match[0]}（{match[1]} ≠ {year}）"

    yield from looked_for(ctx, _PLANNED if budget else _ACCOUNTED, "固定表述的年度", judge)


@rule(
    "wording.base-year",
    zh="与上年比较",
    en="Comparisons are with the year before",
    basis="财预〔2016〕143号：对收支增减变化情况的说明（与上年相比）；各地预算公开自查：比较基期应为上年",
    says=("比较的年度不是上年：{relation}", "the comparison is not with the year before: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in_for_a_year,
    holds="""
        unit budget 2024
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比2023年预算增加1.00万元。 => change expenditure current: +1.00万元 vs 2023 budget
        """,
    breaks="""
        unit budget 2024
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元，比2022年预算增加1.00万元。 => change expenditure current: +1.00万元 vs 2022 budget
        """,
)
def base_year(ctx: Context) -> Iterator[Outcome]:
    """A change is measured against the year before; an outcome may also be measured against the plan of its own year.

    比2022年预算增加 in a budget for 2024 was left from the budget before it: the amount beside it is either the change
    of another year, or it is said of the wrong one.
    """
    year, stage = ctx.disclosure.year, ctx.disclosure.stage
    allowed = {year - 1} if stage is Stage.BUDGET else {year - 1, year}
    said: set[tuple[str, int]] = set()
    right = 0
    first = None
    for _, claim in claims(ctx):
        if not isinstance(claim, ChangeClaim | GrowthClaim | FlatClaim | MovementClaim | CompletionClaim):
            continue
        if claim.base.year in allowed:
            right += 1
            first = first or claim
            continue
        key = (claim.term, claim.base.year)
        if key in said:
            continue  # amount and rate of one comparison
        said.add(key)
        yield broken(claim.term, claim.place, claim.text, f"{claim.term}{claim.text}（{claim.base.year}）")
    if first is not None:
        yield held("比较基期", first.place, first.text, f"{right} 处")


@rule(
    "wording.as-of",
    zh="资产截止日期与预算年度相符",
    en="The day that assets are counted on fits the year",
    basis="财预〔2016〕143号：国有资产占有使用情况；各地公开模板：截至上年（决算为当年）末",
    says=("截止日期与年度不符：{relation}", "assets are counted on a day of another year: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in_for_a_year,
    holds="""
        unit budget 2024
        ## 其他重要事项的情况说明 {other_matters}
        截至2023年12月31日，共有车辆3辆。
        """,
    breaks="""
        unit budget 2024
        ## 其他重要事项的情况说明 {other_matters}
        截至2021年12月31日，共有车辆3辆。
        """,
)
def as_of(ctx: Context) -> Iterator[Outcome]:
    """A budget counts what is there the year before, or at the year's end before it is made; accounts at their own.

    An older day was left from an older text, and with it most likely the count.
    """
    year = ctx.disclosure.year
    allowed = {year - 2, year - 1, year} if ctx.disclosure.stage is Stage.BUDGET else {year}

    def judge(match: re.Match[str]) -> str:
        right = int(match[1]) in allowed and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31
        return "" if right else f"{match[0]}（{year}年）"

    yield from looked_for(ctx, _AS_OF, "截止日期", judge)


@rule(
    "wording.note-year",
    zh="表下说明的年度一致",
    en="Notes under tables bear the year of the document",
    basis=_BASIS,
    says=("表下说明的年度不符：{relation}", "a note bears another year: {relation}"),
    severity=Severity.WARNING,
    applies=filled_in_for_a_year,
    holds="""
        unit budget 2024
        [8 government_fund]
        注：本单位2024年没有政府性基金预算安排的支出，故本表无数据
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元。 => amount expenditure current: 9.00万元
        """,
    breaks="""
        unit budget 2024
        [8 government_fund]
        注：本单位2023年没有政府性基金预算安排的支出，故本表无数据
        ## 支出预算情况说明 {expenditure}
        支出预算9.00万元。 => amount expenditure current: 9.00万元
        """,
)
def note_year(ctx: Context) -> Iterator[Outcome]:
    """A note that says in which year there is no such money names the year of the document.

    That there was none last year says nothing about the table that is empty now.
    """
    year = str(ctx.disclosure.year)
    for table in ctx.disclosure.tables:
        for note in table.notes:
            years = _YEAR.findall(fold(note.text)) if _SAYS_WHY.search(note.text) else []
            if not years:
                continue
            if year in years:
                yield held(table.title, note.place, note.text, year)
            else:
                yield broken(table.title, note.place, note.text, f"{note.text}（{years[0]} ≠ {year}）")


@rule(
    "wording.stage-of-titles",
    zh="预算公开预算表，决算公开决算表",
    en="A budget prints tables of a budget, accounts those of accounts",
    basis="预算法第十四条：预算、决算及报表分别公开；财预〔2016〕143号：公开表的名称",
    says=("表名与文件不符：{relation}", "a title is of the other stage: {relation}"),
    holds="""
        unit final 2024
        [3 expenditure] 2024年度支出决算表
        """,
    breaks="""
        unit final 2024
        [3 expenditure] 2024年度支出预算表
        """,
)
def stage_of_titles(ctx: Context) -> Iterator[Outcome]:
    """No table of a budget is called one of accounts (决算表), and none of accounts one of a budget.

    一般公共预算财政拨款支出决算表 names both, the budget that the money is of and the stage: it is the last of the two
    words that says what the figures are.
    """
    words = _STAGE_WORD.get(ctx.disclosure.stage)
    if words is None:
        return
    own, other = words
    for table in ctx.disclosure.tables:
        title = fold(table.title)
        mine, theirs = title.rfind(own), title.rfind(other)
        if mine < 0 and theirs < 0:
            continue
        if mine > theirs:
            yield held(table.title, table.place, table.title)
        else:
            yield broken(table.title, table.place, table.title, f"{table.title}（{other}）")


RULES: tuple[Rule, ...] = (
    title_year,
    cover_year,
    heading_year,
    year_digits,
    year_of_plan,
    base_year,
    as_of,
    note_year,
    stage_of_titles,
)
