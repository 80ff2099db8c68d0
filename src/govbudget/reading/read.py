"""The whole way from a file to a disclosure, with everything that was not understood as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from govbudget.layouts import Layout, SectionSpec, layout_ids, title_spec
from govbudget.model import (
    Coordinate,
    Disclosure,
    Finding,
    Narrative,
    Passage,
    ProjectGoals,
    Section,
    Table,
    TableKind,
    Term,
)
from govbudget.money import MoneyUnit
from govbudget.place import Place
from govbudget.reading.bind import Frame, bind
from govbudget.reading.body import budget_year, organization, scope
from govbudget.reading.flattened import widened
from govbudget.reading.goals import goals_of
from govbudget.reading.grants import granted, granted_in_words
from govbudget.reading.headings import strip_numbering
from govbudget.reading.ledger import NumberRole, NumberUse, account
from govbudget.reading.parts import Outline, Part, PrintedTable, Run
from govbudget.reading.prose import Lexicon, lexicon, read_part
from govbudget.reading.recognise import Recognition, how_read, recognise
from govbudget.reading.remarks import remark, short
from govbudget.reading.scanned import counted_through, cut_off, scanned_pages, told_of_scans
from govbudget.source import Document, Grid, Source, open_document
from govbudget.text import fold

_TERM = re.compile(
    r"^(?:\d{1,3}[.、]|\(\d{1,3}\)|[一二三四五六七八九十]+、)?\s*(?P<name>[^:：]{1,40})[:：](?P<text>.+)$", re.DOTALL
)
_UNITS = {unit.value: unit for unit in MoneyUnit} | {"人民币元": MoneyUnit.YUAN, "圆": MoneyUnit.YUAN}
_KEPT_ELSEWHERE = {"functions", "glossary", "tables"}
_NO_NAMES = {"", "部门", "单位", "本级", "本部", "机关"}  # in brackets behind a name: 某局（本级）
_MAX_UNREAD = 50  # after so many unread numbers a document is no budget; the last finding counts the rest


@attrs.frozen(kw_only=True)
class Reading:
    """What came of reading a document.

    Attributes:
        disclosure: the model.
        findings: what was not understood, in the order of the document.
        numbers: every number of the source and what it is.
    """

    disclosure: Disclosure
    findings: tuple[Finding, ...]
    numbers: tuple[NumberUse, ...]


def read(source: Source | Sequence[Source], *, layout: Layout | str | None = None, name: str | None = None) -> Reading:
    r"""Read a published disclosure.

    PDF, Excel, Word, web pages, CSV, Markdown and text with tab-separated tables are read; the format is recognised
    by content. Nothing is dropped: what no layout and no sentence
    pattern understands is a finding with its place.

    Args:
        source: a path, the bytes or an open binary file of the document, or a list of these for a disclosure that is
            published in several files.
        layout: a layout or the id of one; by default the one that recognises most tables.
        name: what to call the document in places.

    Raises:
        SourceError: the source cannot be read as a document at all.
        MissingExtra: its format needs a package that is not installed.
        LayoutError: there is no layout of that id.

    >>> head = "表3：2024年支出预算总表\n单位名称：某中心\n单位：万元\n\n"
    >>> text = head + "科目\t合计\t项目支出\n支出合计\t1.20\t1.20\n"
    >>> reading = read(text.encode(), name="a.txt")
    >>> reading.disclosure.organization.name, reading.disclosure.year
    ('某中心', 2024)
    """
    return read_document(open_document(source, name=name), layout)


def read_document(document: Document, chosen: Layout | str | None = None) -> Reading:
    """Read a document that a source has already taken apart; converters for other formats start here."""
    found = recognise(document, chosen)
    form, outlined = found.form, found.outline
    scanned = scanned_pages(document)
    findings = [_of_source(document, code, said) for code, said in document.remarks if code != "source-scanned"]
    findings.extend(told_of_scans(document, scanned))
    findings.extend(_widened(document))
    body, remarks = organization(outlined, document.name)
    findings.extend(remarks)
    year, inferred = budget_year(outlined)
    if inferred:
        findings.append(remark("read.year-inferred", Place(document=document.name), year=year))
    if year is None:
        findings.append(remark("read.year-missing", Place(document=document.name)))
    base = Coordinate(year=year or 0, stage=found.stage)
    frame = Frame(document=document.name, base=base, year=year or 0)
    tables, goals = _tables(found, frame, findings, cut_off(document, scanned))
    tables, alone = granted(tables, base)
    findings.extend(alone)
    usual = tables[0].unit if tables else MoneyUnit.YUAN
    named = [body.name, *(member.name for member in body.members)]
    bodies = [part for name in named for part in (name, *re.split("[（(）)]", name)) if part not in _NO_NAMES]
    words = lexicon(base, year or 0, bodies, tables)
    sections: list[Section] = []
    for part in outlined.parts:
        if part.spec is not None and not part.spec.prose:
            if part.spec.id not in _KEPT_ELSEWHERE:
                sections.append(_as_text(part, document.name))
            continue
        section, remarks = _section(part, words, document.name, usual, sections)
        sections.append(section)
        findings.extend(remarks)
    findings.extend(
        remark("read.line", _place(run, document.name), text=short(run.text))
        for run in (*outlined.loose, *_strange(outlined, form))
    )
    disclosure = Disclosure(
        organization=body,
        year=year or 0,
        stage=found.stage,
        scope=scope(outlined, form.scope),
        tables=tables,
        narrative=Narrative(
            cover=_passages((*outlined.cover, *outlined.contents), document.name),
            functions=_passages(_runs_of(outlined, "functions"), document.name),
            sections=granted_in_words(sections) if alone else tuple(sections),
            glossary=_glossary(_runs_of(outlined, "glossary"), document.name),
        ),
        goals=goals,
        # A document of which no table is recognised, or most by other ways, is of no layout: it cannot lack a table.
        layout=form.id if found.sure and (tables or chosen is not None) else "",
        source=document.name,
        pages_unread=counted_through(document, scanned),
        tables_unread=tuple(dict(found.data)["title"] for found in findings if found.code in _UNREAD_TABLES),
    )
    numbers = account(document, outlined, disclosure)
    findings.extend(_unread(document, numbers, findings))
    return Reading(disclosure=disclosure, findings=tuple(sorted(findings, key=_order)), numbers=numbers)


_UNREAD_TABLES = frozenset({"read.table-unknown", "read.header"})


def _of_source(document: Document, code: str, detail: str) -> Finding:
    """What the reader of the format had to say, as a finding; a code without words of its own is told as it is."""
    if code == "source-encoding":
        return remark("read.encoding", Place(document=document.name), encoding=detail)
    if code == "source-outside":
        page, _, text = detail.partition(" ")
        return remark("read.outside", Place(document=document.name, page=int(page)), text=short(text))
    return remark("read.source", Place(document=document.name), what=code.removeprefix("source-"), detail=detail)


def _widened(document: Document) -> Iterator[Finding]:
    """Say which headers were put over the columns that the row below says."""
    for block in document.blocks:
        if not isinstance(block, Grid) or (wide := widened(block)) is block:
            continue
        for index, (before, after) in enumerate(zip(block.rows, wide.rows, strict=True)):
            if before != after:
                place = Place(document=document.name, page=block.page, line=block.lines[index])
                shown = [f"{cell.text.strip()} → {i + 1}" for i, cell in enumerate(after) if cell.text.strip()]
                yield remark("read.header-widened", place, header="、".join(shown))


def _tables(
    found: Recognition, frame: Frame, findings: list[Finding], cut: frozenset[int]
) -> tuple[tuple[Table, ...], tuple[ProjectGoals, ...]]:
    tables: list[Table] = []
    goals: list[ProjectGoals] = []
    units = [unit for read in found.tables if read.match for unit in read.printed.units if unit in _UNITS]
    usual = max(dict.fromkeys(units), key=units.count) if units else None
    for read in found.tables:
        printed, match = read.printed, read.match
        place = Place(document=frame.document, page=printed.grid.page, table=printed.number, line=printed.grid.lines[0])
        if match is None:
            code = "read.header" if printed.spec is not None else "read.table-unknown"
            said = title_spec(fold(printed.title))
            if said is not None and said.kind is TableKind.OVERALL_PERFORMANCE:
                code = "read.table-overall"
            elif made := _goals(printed, place, usual):
                goals.append(made[0])
                findings.extend(made[1])
                continue
            if code == "read.table-overall":  # this one finding stands for all its numbers
                place = _whole(printed.grid, place)
            shape = f"{len(printed.grid.rows)}×{len(printed.grid.rows[0])}"
            findings.append(remark(code, place, title=printed.title, size=shape))
            continue
        if any(table.kind is match.spec.kind for table in tables):
            findings.append(remark("read.table-twice", place, title=printed.title))
            continue
        unit = _unit(printed, usual, place, findings)
        if unit is None:
            continue
        table, remarks = bind(printed, match, unit, frame)
        if printed.grid.rows[-1][0].start in cut:
            table = attrs.evolve(table, lanes=tuple(attrs.evolve(lane, lines_unread=True) for lane in table.lanes))
        tables.append(table)
        findings.extend(how_read(read, place, found.stage))
        findings.extend(remarks)
    if not tables:
        findings.append(remark("read.no-tables", Place(document=frame.document), layouts="、".join(layout_ids())))
    kinds = list(TableKind)
    numbers = {spec.kind: spec.number for spec in found.form.tables} if found.sure else {}
    last = max(numbers.values(), default=0) + 1
    tables.sort(key=lambda table: (numbers.get(table.kind, last), kinds.index(table.kind)))
    return tuple(tables), tuple(goals)


def _goals(printed: PrintedTable, place: Place, usual: str | None) -> tuple[ProjectGoals, tuple[Finding, ...]] | None:
    unit = next((unit for unit in printed.units if unit in _UNITS), usual)
    place = _whole(printed.grid, place)
    return goals_of(printed.grid, printed.title, printed.year, place, _UNITS[unit] if unit else None)


def _whole(grid: Grid, place: Place) -> Place:
    """The place of all of a grid."""
    return attrs.evolve(place, span=(grid.rows[0][0].start, grid.rows[-1][-1].span[1]))


def _unit(printed: PrintedTable, usual: str | None, place: Place, findings: list[Finding]) -> MoneyUnit | None:
    known = list(dict.fromkeys(unit for unit in printed.units if unit in _UNITS))
    for unit in dict.fromkeys(printed.units):
        if unit not in _UNITS:
            findings.append(remark("read.unit-unknown", place, unit=unit))
    if len(known) > 1:
        findings.append(remark("read.unit-twice", place, units="、".join(known)))
        return None
    if known:
        return _UNITS[known[0]]
    if usual is None:
        findings.append(remark("read.unit-missing", place, taken=""))
        return None
    findings.append(remark("read.unit-missing", place, taken=usual))
    return _UNITS[usual]


def _section(
    part: Part, words: Lexicon, document: str, usual: MoneyUnit, sections: Sequence[Section]
) -> tuple[Section, tuple[Finding, ...]]:
    heading = part.heading
    shown = heading.text if heading is not None else ""
    place = _place(heading, document) if heading is not None else Place(document=document)
    spec = part.spec
    remarks: tuple[Finding, ...] = ()
    if spec is None:
        remarks = (remark("read.heading-unknown", place, heading=shown),) if heading is not None else ()
        spec = SectionSpec(id="", headings=())
    if part.inferred:
        remarks = (remark("read.heading-inferred", place, heading=shown, section=spec.headings[0]),)
    name = strip_numbering(heading.folded.text) if heading is not None else ""
    if heading is None and spec.id:
        first = _place(part.runs[0], document)
        remarks = (*remarks, remark("read.section-inferred", first, heading=spec.headings[0]))
    before = [claim for section in sections if spec.id and section.id == spec.id for claim in section.claims]
    claims, findings = read_part(part.runs, spec, name, words, document, usual, before)
    section = Section(id=spec.id, heading=shown, passages=_passages(part.runs, document), claims=claims, place=place)
    return section, remarks + findings


def _as_text(part: Part, document: str) -> Section:
    """A section that is kept as it is and not read for figures of the budget: what projects are about."""
    heading = part.heading
    return Section(
        id=part.spec.id if part.spec is not None else "",
        heading=heading.text if heading is not None else "",
        passages=_passages(part.runs, document),
        place=_place(heading, document) if heading is not None else Place(document=document),
    )


def _runs_of(outlined: Outline, id: str) -> tuple[Run, ...]:
    return tuple(
        run
        for part in outlined.parts
        if part.spec is not None and part.spec.id == id
        for run in ((part.heading, *part.runs) if part.heading is not None and id == "functions" else part.runs)
    )


def _strange(outlined: Outline, form: Layout) -> list[Run]:
    """Lines of the section of tables that neither list the tables nor stand with one."""
    titles = tuple(fold(title) for spec in form.tables for title in spec.titles)
    listed = (*titles, "附后", "如下", "如下:")  # …, or that they follow
    return [run for run in _runs_of(outlined, "tables") if not run.folded.text.endswith(listed)]


def _passages(runs: Sequence[Run], document: str) -> tuple[Passage, ...]:
    return tuple(Passage(text=_in_a_line(run.text), place=_place(run, document)) for run in runs)


def _in_a_line(text: str) -> str:
    """The cells of a list that is kept as text stand behind each other."""
    return " ".join(text.split()) if "\t" in text else text


def _glossary(runs: Sequence[Run], document: str) -> tuple[Term, ...]:
    terms: list[Term] = []
    for run in runs:
        match = _TERM.match(run.text)
        if match:
            terms.append(
                Term(name=match["name"].strip(), definition=match["text"].strip(), place=_place(run, document))
            )
        elif terms:
            more = attrs.evolve(terms[-1], definition=terms[-1].definition + "\n" + run.text)
            terms[-1] = more
        else:
            terms.append(Term(name="", definition=run.text, place=_place(run, document)))
    return tuple(terms)


def _unread(document: Document, numbers: Sequence[NumberUse], findings: Sequence[Finding]) -> list[Finding]:
    told = [place.span for finding in findings for place in finding.places if place.span]
    lines = document.text
    unread = [
        use
        for use in numbers
        if use.role is NumberRole.UNREAD and not any(a <= use.span[0] and use.span[1] <= b for a, b in told)
    ]
    out = []
    for use in unread[:_MAX_UNREAD]:
        line = lines.count("\n", 0, use.span[0]) + 1
        around = lines[max(0, use.span[0] - 20) : use.span[1] + 10]
        place = Place(document=document.name, line=line, span=use.span)
        out.append(remark("read.number", place, number=use.text, text=short(around), more=0))
    if len(unread) > _MAX_UNREAD:
        place = Place(document=document.name)
        out.append(remark("read.number", place, number="", text="", more=len(unread) - _MAX_UNREAD))
    return out


def _place(run: Run, document: str) -> Place:
    return Place(document=document, page=run.page, line=run.line, span=run.span)


def _order(finding: Finding) -> tuple[int, str]:
    place = finding.places[0] if finding.places else Place()
    return (place.line or 0, finding.code)
