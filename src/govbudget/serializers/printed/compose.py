"""From the model to blocks: the narrative as it was read, then the tables in the form of their layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from govbudget.layouts import Layout
from govbudget.model import Disclosure, Scope, Table, Term
from govbudget.reading.headings import strip_numbering
from govbudget.reading.outline import NOTE
from govbudget.serializers.printed.blocks import Block, Cell, Contents, Heading, Ruled, Words, clean
from govbudget.serializers.printed.columns import header_spans, lane_specs, layout_of, slots
from govbudget.serializers.printed.goals import form_of_goals
from govbudget.serializers.printed.rows import row_origins, table_rows
from govbudget.text import fold

_CONTENTS = {"目录", "目次"}
_NUMERALS = "一二三四五六七八九十"
_TOP = re.compile(rf"(?:(?P<part>第)(?P<a>[{_NUMERALS}])部分|(?P<b>[{_NUMERALS}])、)")
_NUMBERED = re.compile(rf"[\d(（{_NUMERALS}]")
_LONGEST_HEADING = 90


def compose(disclosure: Disclosure) -> tuple[Block, ...]:
    """Return the blocks of a disclosure in the order of print.

    >>> from govbudget.model import Organization, Passage, Narrative, Stage
    >>> from govbudget.place import Place
    >>> said = Narrative(cover=(Passage(text="某中心2024年度单位预算", place=Place()),))
    >>> body = Organization(name="某中心")
    >>> d = Disclosure(organization=body, year=2024, stage=Stage.BUDGET, scope=Scope.UNIT, narrative=said)
    >>> compose(d)
    (Heading(text='某中心2024年度单位预算', level=1),)
    """
    form = layout_of(disclosure)
    narrative = list(_narrative(disclosure, form))
    tables = (*(_ruled(table, form) for table in disclosure.tables), *map(form_of_goals, disclosure.goals))
    if narrative and tables and any(isinstance(block, Heading) and block.level > 1 for block in narrative):
        narrative.extend(_heading_of("tables", form, narrative))
    return (*narrative, *tables)


def _narrative(disclosure: Disclosure, form: Layout | None) -> Iterator[Block]:
    said = disclosure.narrative
    yield from _cover([passage.text for passage in said.cover] or list(_needed_cover(disclosure)), form)
    above: list[Block] = []
    for passage in said.functions:
        text = clean(passage.text)
        above.append(Heading(text, 2) if _names_section(text, form, "functions") else Words(text))
    for section in said.sections:
        if section.heading:
            above.append(Heading(clean(section.heading), 2 if _TOP.match(fold(section.heading)) else 3))
        above.extend(Words(clean(passage.text)) for passage in section.passages)
    yield from above
    if said.glossary:
        yield from _heading_of("glossary", form, above)
        yield from _terms(said.glossary)


def _cover(lines: Sequence[str], form: Layout | None) -> Iterator[Block]:
    contents = next((index for index, line in enumerate(lines) if fold(line) in _CONTENTS), len(lines))
    for index, line in enumerate(lines[: contents + 1]):
        text = clean(line)
        plain = index or fold(line) in _CONTENTS or _names_section(text, form) or _names_table(text, form)
        yield Words(text) if plain else Heading(text, 1)
    for cells, found in groupby(lines[contents + 1 :], key=lambda line: line.count("\t")):
        rows = (tuple(clean(cell) for cell in line.split("\t")) for line in found)
        yield from [Contents(tuple(rows))] if cells else (Words(row[0]) for row in rows)


def _needed_cover(disclosure: Disclosure) -> Iterator[str]:
    """Who publishes and for which year, where no table says it: a reader finds them on the cover."""
    if not any(table.organization for table in disclosure.tables):
        yield clean(disclosure.organization.name)
    if not any(f"{disclosure.year}年" in fold(table.title) for table in disclosure.tables):
        yield f"{disclosure.year}年度{'单位' if disclosure.scope is Scope.UNIT else '部门'}预算"


def _terms(terms: Iterable[Term]) -> Iterator[Block]:
    terms = tuple(terms)
    numbered = not any(_NUMBERED.match(term.name) for term in terms)
    for index, term in enumerate(terms, 1):
        first, *more = term.definition.split("\n")
        number = f"{index}. " if numbered and term.name else ""
        yield Words(number + (f"{clean(term.name)}：{clean(first)}" if term.name else clean(first)))
        yield from (Words(clean(line)) for line in more)


def _heading_of(id: str, form: Layout | None, above: Iterable[Block]) -> Iterator[Block]:
    """The heading of a section of which the model keeps the content only, numbered after those above it."""
    spec = next((spec for spec in form.sections if spec.id == id), None) if form is not None else None
    if spec is None:
        return
    tops = [top for block in above if isinstance(block, Heading) and (top := _TOP.match(fold(block.text)))]
    last = (tops[-1]["a"] or tops[-1]["b"]) if tops else ""
    next_numeral = _NUMERALS[min(_NUMERALS.find(last) + 1, len(_NUMERALS) - 1)]
    number = f"第{next_numeral}部分 " if tops and tops[-1]["part"] else f"{next_numeral}、"
    yield Heading(number + spec.headings[0], 2)


def _names_section(text: str, form: Layout | None, id: str = "") -> bool:
    folded = fold(text)
    if form is None or "。" in folded or len(folded) > _LONGEST_HEADING:
        return False
    name = strip_numbering(folded).removesuffix(":")
    found = (heading for spec in form.sections if not id or spec.id == id for heading in spec.headings)
    return any(name.endswith(fold(heading)) for heading in found)


def _names_table(text: str, form: Layout | None) -> bool:
    titles = (title for spec in form.tables for title in spec.titles) if form is not None else ()
    return any(fold(text).endswith(fold(title)) for title in titles)


# -- tables -----------------------------------------------------------------------------------------------------


def _ruled(table: Table, form: Layout | None) -> Ruled:
    specs = lane_specs(table, form)
    columns = [slots(table, lane, spec) for lane, spec in zip(table.lanes, specs, strict=True)]
    flat = [slot for lane in columns for slot in lane]
    header, depth = header_spans([slot.header for slot in flat]) if flat else ((), 0)
    number = f"表{table.number}" if table.number is not None else ""
    title = clean(table.title)
    under = [clean(note.text) for note in table.notes if NOTE.match(fold(note.text))]
    inside = [clean(note.text) for note in table.notes if not NOTE.match(fold(note.text))]  # 无, in the first cell
    rows: tuple[tuple[Cell, ...], ...] = table_rows(table, columns, specs)
    if flat:
        rows += tuple((text, *[""] * (len(flat) - 1)) for text in inside)
    return Ruled(
        name=number or title,
        title=f"{number}：{title}" if number else title,
        body=f"单位名称：{clean(table.organization)}" if table.organization else "",
        unit=f"单位：{table.unit.value}",
        header=header,
        depth=depth,
        figures=tuple(slot.figure is not None or slot.change is not None for slot in flat),
        rows=rows,
        notes=tuple(under),
        origins=row_origins(table, columns),
    )
