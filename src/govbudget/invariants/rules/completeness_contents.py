"""Whether contents, references and the numbers of the tables answer to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.forms import form_of, lacking
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import broken, held, prose
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.layouts import title_spec
from govbudget.model import (
    Passage,
    Severity,
    Table,
)
from govbudget.text import fold, unnumbered

_REFERENCE = re.compile(r"(?:详见|参见|见)(?:附)?表(?P<first>\d{1,2})(?:[-~至到](?P<last>\d{1,2}))?(?![\d.])")
_ENTRY = re.compile(r"表(?:\([^()]*\))?[.…·\s]*(?:\(?\d{1,3}\)?)?$")


@rule(
    "completeness.reference",
    zh="文中提到的表存在",
    en="Tables that the text refers to are there",
    basis="财预〔2016〕143号：情况说明应与公开表一致",
    says=("文中提到的表不存在：{relation}", "the text refers to a table that is not there: {relation}"),
    reasons=[
        (
            "table-gone",
            "该表缺失，另由完整性规则指出",
            "the table itself is missing, and a rule of its own says so",
        )
    ],
    holds="""
        [3 expenditure]
        科目 | 合计
        合计 | 3.00
        ## 支出预算情况说明（详见表3） {expenditure}
        支出预算3.00万元。
        """,
    breaks="""
        layout hangzhou-unit-budget
        [3 expenditure]
        科目 | 合计
        合计 | 3.00
        ## 支出预算情况说明（详见表14） {expenditure}
        支出预算3.00万元。
        """,
    untested=(
        """
        ## 支出预算情况说明（详见表4） {expenditure}
        支出预算3.00万元。
        """,
        """
        layout hangzhou-unit-budget
        [3 expenditure]
        科目 | 合计
        合计 | 3.00
        ## 支出预算情况说明（详见表4） {expenditure}
        支出预算3.00万元。
        """,
    ),
)
def reference(ctx: Context) -> Iterator[Outcome]:
    """Where a heading or a sentence says 详见表N, a table of that number is in the document.

    The reader is sent there for the figures; a number that leads nowhere was left from another order of the tables. A
    table that its form asks for and that is missing is told by the rule on that table; what refers to it is not wrong.
    """
    gone = _gone(ctx)
    numbers = {t.number for t in ctx.disclosure.tables if t.number is not None}
    wrong: set[str] = set()
    for section in ctx.disclosure.narrative.sections:
        texts = [(section.place, fold(section.heading))]
        if "见" in prose(ctx).text:
            texts += [(each.passage.place, each.text) for each in prose(ctx).spoken if each.section is section]
        for place, text in texts:
            if "见" not in text:
                continue
            for match in _REFERENCE.finditer(text):
                first, last = int(match["first"]), int(match["last"] or match["first"])
                if not numbers:
                    yield not_tested(section.heading, "no-table", Operand(role="claim", place=place, printed=match[0]))
                elif {first, last} <= numbers:
                    yield held(section.heading, place, match[0])
                elif {first, last} <= numbers | gone:
                    yield not_tested(
                        section.heading, "table-gone", Operand(role="claim", place=place, printed=match[0])
                    )
                elif match[0] not in wrong:
                    wrong.add(match[0])
                    yield lacking(ctx, section.heading, place, match[0])


def _gone(ctx: Context) -> set[int]:
    """The numbers of tables that the form of the document asks for and that are missing."""
    form = form_of(ctx)
    kinds = {table.kind for table in ctx.disclosure.tables}
    return {spec.number for spec in form.tables if spec.required and spec.kind not in kinds} if form else set()


@rule(
    "completeness.table-numbers",
    zh="表号不重复",
    en="No two tables bear one number",
    basis="各地公开格式：公开表按顺序编号",
    says=("两张表的表号相同：{relation}", "two tables bear one number: {relation}"),
    severity=Severity.WARNING,
    holds="""
        [2 revenue]
        [3 expenditure]
        """,
    breaks="""
        [3 revenue]
        [3 expenditure]
        """,
    untested="[summary]",
)
def table_numbers(ctx: Context) -> Iterator[Outcome]:
    """Each number stands above one table: what the text calls 表3 is one of them.

    Numbers come from the titles as printed; tables without one are left out.
    """
    seen: dict[int, Table] = {}
    clean = True
    for found in ctx.disclosure.tables:
        if found.number is None:
            continue
        other = seen.get(found.number)
        if other is not None:
            clean = False
            earlier = Operand(role="title", place=other.place, printed=other.title)
            yield broken(
                found.title, found.place, found.title, f"表{found.number}：{other.title} / {found.title}", earlier
            )
        seen.setdefault(found.number, found)
    if seen and clean:
        first = next(iter(seen.values()))
        yield held("表号", first.place, first.title, f"{len(seen)} 张表")
    elif not seen:
        yield not_tested("表号", "not-said")


@gathered
def _listed(ctx: Context) -> tuple[Passage, ...]:
    """The lines of the contents that name tables; none where there are no contents."""
    found = {
        unnumbered(text): passage
        for passage in ctx.disclosure.narrative.cover
        if _ENTRY.search(text := fold(passage.text)) and title_spec(text) is not None
    }
    return tuple(found.values()) if len(found) > 2 else ()


@rule(
    "completeness.unlisted-tables",
    zh="各表都列入目录",
    en="The contents list every table",
    basis="各地预算公开自查：目录与正文一致",
    says=("目录没有列出“{subject}”", "the contents do not list “{subject}”"),
    severity=Severity.INFO,
    holds="""
        ## {cover}
        一、收支预算总表
        二、收入预算总表
        三、支出预算总表
        [1 summary]
        [2 revenue]
        [3 expenditure]
        """,
    breaks="""
        ## {cover}
        一、收支预算总表
        二、收入预算总表
        三、支出预算总表
        [1 summary] 收支预算总表
        [2 revenue] 收入预算总表
        [3 expenditure] 支出预算总表
        [4 fiscal_summary] 财政拨款收支预算总表
        """,
    untested="[1 summary]",
)
def unlisted_tables(ctx: Context) -> Iterator[Outcome]:
    """Where the contents list tables, they list each table of the document.

    A table that is not in the list is easily overlooked, or was put in after the rest was approved.
    """
    listed = _listed(ctx)
    tables = ctx.disclosure.tables
    if not listed or not tables:
        yield not_tested("目录", "not-said")
        return
    if len(listed) >= len(tables):  # named in other words, perhaps
        yield held("目录", listed[0].place, listed[0].text.strip(), f"{len(listed)} 张表")
        return
    kinds = {spec.kind for passage in listed if (spec := title_spec(fold(passage.text))) is not None}
    for found in tables:
        if found.kind not in kinds and title_spec(fold(found.title)) is not None:
            yield broken(found.title, found.place, found.title, found.title)
        else:
            yield held(found.title, found.place, found.title)


RULES: tuple[Rule, ...] = (
    reference,
    table_numbers,
    unlisted_tables,
)
