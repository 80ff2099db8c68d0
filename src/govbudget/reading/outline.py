"""Take a document apart along the headings and table titles that the layout knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import attrs

from govbudget.layouts import Layout, SectionSpec, TableSpec, is_title_of, title_spec
from govbudget.reading.flattened import widened
from govbudget.reading.parts import Outline, Part, PrintedTable, Run
from govbudget.reading.phrases import by_phrases
from govbudget.source import Document, Grid, Paragraph
from govbudget.text import Folded, fold, fold_spans, squeeze

_EMPHASIS = "*`"
_NUMBERING = re.compile(r"(?:第?[一二三四五六七八九十]+[、章节部]分?|\([一二三四五六七八九十]+\))")
_REFERENCE = re.compile(r"\(?(?:详见|见)(?:附)?表[\d一二三四五六七八九十、,至到~-]*\)?$")
_TITLE = re.compile(
    r"^(?:附?表|公开表?)(\d{1,2}(?:-\d{1,2})?(?!\d|表$)|[二三四五六七八九十]{1,3}|十?一(?!般))表?[.:、]?"
)
_TABLE_CODE = re.compile(r"^(?:公开|财决)附?(\d{1,2})(?:-\d{1,2})?表$")
_SHEET_CODE = re.compile(r"^(?:[A-Z]\d{2}(?:[_-]\d)?|财决附?\d{2}(?:-\d)?表?)(?=[\u4e00-\u9fff\"])")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_REMARK = re.compile(r"\([^()]*\)$")
_TITLE_WORDS = re.compile(r"[^,。;:!?…]{2,}表(?:\([^()]*\))?(?<!公开表)")
_MAX_HEADING = 60
_ENDS = tuple("。:;!?")
_STARTS_NEW = re.compile(
    r"^(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|其中:|注:|表\d|[-•·])"
)
_REASON_OPEN = re.compile(r"主要原因(?:是|为)?:$")
_FIGURE_ENDS = re.compile(r"\d(?:%|[亿千万]?元)$")
_FIGURE_STARTS = re.compile(r"[\u4e00-\u9fff]{2,20}\d[\d,.]*[亿千万]?元")
_COMMA = re.compile(r",(?!\d{3})")
_CONTENTS_LINE = re.compile(r"[.…·\s]*\(?\d{1,3}\)?$|[.…·]{3,}$")


Blocks = Sequence[Run | Grid]


def outline(document: Document, layout: Layout, blocks: Blocks) -> Outline:
    """Take ``document`` apart; every paragraph and grid of ``blocks`` ends up in exactly one place of the result."""
    cover: list[Run] = []
    contents: list[Run] = []
    parts: list[Part] = []
    tables: list[PrintedTable] = []
    loose: list[Run] = []
    lead: list[Run] = []  # lines that may belong to the next grid
    index = 0
    in_contents = False
    contents_end = 0
    while index < len(blocks):
        block = blocks[index]
        index += 1
        if isinstance(block, Grid):
            if in_contents and _is_contents(block):
                contents.extend(_grid_runs(block))
                continue
            in_contents = False
            if _is_text(parts) and not lead:  # a list of the units of a department, say
                parts[-1] = attrs.evolve(parts[-1], runs=(*parts[-1].runs, *_grid_runs(block)))
                continue
            printed = _table(document, block, lead, layout)
            loose.extend(printed.loose)
            lead = []
            notes: list[Run] = []
            while index < len(blocks) and _is_note(following := blocks[index]):
                assert isinstance(following, Run)
                notes.append(following)
                index += 1
            tables.append(attrs.evolve(printed, notes=tuple(notes)))
            continue
        text = block.folded.text
        if text in {"目录", "目次"}:
            in_contents = True
            contents.append(block)
            contents_end = _contents_end(blocks, index)
            continue
        if index <= contents_end:
            assert isinstance(block, Run)
            contents.append(block)
            continue
        entry = len(text) <= _MAX_HEADING and "。" not in text
        if in_contents and entry and not block.heading and _marks_headings(contents, blocks[index:]):
            contents.append(block)
            continue
        if in_contents and len(text) <= 2 * _MAX_HEADING and _in_contents(block, contents):
            contents.append(block)
            continue
        titles = _titles_a_grid(blocks, index - 1, layout)
        spec = None if titles else _section(block, layout)
        if not titles and (spec is not None or _is_heading(block, parts)):
            in_contents = False
            if parts:
                parts[-1] = attrs.evolve(parts[-1], runs=parts[-1].runs + tuple(lead))
                lead = []
            parts.append(Part(heading=block, spec=spec, runs=()))
        elif titles or _may_lead(block, layout):
            lead.append(block)
        elif parts:
            if lead and not tables:
                parts[-1] = attrs.evolve(parts[-1], runs=parts[-1].runs + tuple(lead))
                lead = []
            if tables and parts[-1].spec is not None and parts[-1].spec.id == "tables":
                lead.append(block)
            else:
                parts[-1] = attrs.evolve(parts[-1], runs=(*parts[-1].runs, block))
        elif _states_money(text):
            parts.append(Part(heading=None, spec=None, runs=(block,)))  # a narrative without headings is no cover
        else:
            cover.append(block)
    if parts:
        parts[-1] = attrs.evolve(parts[-1], runs=parts[-1].runs + tuple(lead))
    else:
        cover.extend(lead)
    return Outline(
        cover=tuple(cover),
        contents=tuple(contents),
        parts=tuple(found for part in parts for found in by_phrases(part, layout)),
        tables=tuple(tables),
        loose=tuple(loose),
    )


def _in_contents(run: Run, contents: Sequence[Run]) -> bool:
    """A line that ends in a page number; where the source has pages, every line of the page that 目录 stands on."""
    same_page = run.page is not None and run.page == contents[0].page
    return same_page or bool(_CONTENTS_LINE.search(run.folded.text))


def _contents_end(blocks: Blocks, start: int) -> int:
    """Return where a table of contents ends that goes on over the page: where its first entry is printed again.

    Everything up to there must look like an entry; otherwise the answer is ``start``, and the page decides.
    """
    if start >= len(blocks) or not isinstance(first := blocks[start], Run):
        return start
    entry = _CONTENTS_LINE.sub("", first.folded.text)
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Run) or len(block.folded.text) > _MAX_HEADING or block.folded.text.endswith(_ENDS):
            return start
        if block.folded.text == entry:
            return index
    return start


def _is_text(parts: Sequence[Part]) -> bool:
    """Tell whether the section at hand is kept as text."""
    spec = parts[-1].spec if parts else None
    return spec is not None and not spec.prose and spec.id != "tables"


def _marks_headings(contents: Sequence[Run], following: Blocks) -> bool:
    """Where the source marks 目录 as a heading, the contents go on to the next marked heading, if there is one.

    Where it has pages, these say how far the contents go.
    """
    marked = bool(contents and contents[0].heading and contents[0].page is None)
    return marked and any(isinstance(b, Run) and b.heading for b in following)


def strip_numbering(folded: str) -> str:
    """Return a heading without its number and without its reference to tables.

    >>> strip_numbering("(五)一般公共预算当年拨款情况说明(详见表5)")
    '一般公共预算当年拨款情况说明'
    """
    numbering = _NUMBERING.match(folded)
    return _REFERENCE.sub("", folded[numbering.end() :] if numbering else folded)


# -- paragraphs -------------------------------------------------------------------------------------------------


def mended(document: Document) -> Blocks:
    """Return the blocks: paragraphs that a page break cut in two put together again, headers as wide as is meant."""
    return tuple(_mended(document))


def _mended(document: Document) -> Iterator[Run | Grid]:
    held: Run | None = None
    for block in document.blocks:
        if isinstance(block, Grid):
            if held is not None:
                yield held
            held = None
            yield widened(block)
            continue
        run = _run(block)
        if held is not None and _goes_on(held, run):
            held = _joined(held, run)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def _run(paragraph: Paragraph) -> Run:
    folded = fold_spans(paragraph.text, paragraph.start, drop=_EMPHASIS)
    text = "".join(c for c in paragraph.text if c not in _EMPHASIS).strip()
    end = paragraph.start + len(paragraph.text)
    return Run(
        text=text,
        folded=folded,
        span=(paragraph.start, end),
        line=paragraph.line,
        heading=paragraph.heading,
        page=paragraph.page,
    )


def _goes_on(run: Run, following: Run) -> bool:
    """A sentence that stops without a stop, followed by a line that starts nothing new, was cut by a page break."""
    text = run.folded.text
    if run.heading or following.heading or not text:
        return False
    if _is_title(following.folded.text) or _TITLE.match(following.folded.text):
        return False  # a note without a stop, and the title of the next table
    if _FIGURE_ENDS.search(text) and _FIGURE_STARTS.match(following.folded.text):
        return False  # a figure, and on the next line a name with its own
    if _REASON_OPEN.search(text):
        return not _STARTS_NEW.match(following.folded.text)
    if text.endswith(_ENDS):
        return False
    is_sentence = "。" in text or bool(_COMMA.search(text))
    return is_sentence and not _STARTS_NEW.match(following.folded.text)


def _joined(run: Run, following: Run) -> Run:
    folded = Folded(run.folded.text + following.folded.text, run.folded.origin + following.folded.origin)
    return attrs.evolve(run, text=run.text + following.text, folded=folded, span=(run.span[0], following.span[1]))


def _section(run: Run, layout: Layout) -> SectionSpec | None:
    text = run.folded.text
    if len(text) > _MAX_HEADING + 30 or "。" in text.removesuffix("。"):
        return None
    if not (run.heading or _NUMBERING.match(text) or text.endswith(":")):
        return None
    name = strip_numbering(text.removesuffix("。")).removesuffix(":")
    names = {name, _REMARK.sub("", name)}
    fitting = [
        (len(heading), spec)
        for spec in layout.sections
        if any(word.endswith(_folded(spec.headings)) for word in names)
        for heading in _folded(spec.headings)
        if any(word.endswith(heading) for word in names)
        and (name == heading or (not text.endswith("。") and (run.heading or _NUMBERING.match(text))))
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _is_heading(run: Run, parts: Sequence[Part]) -> bool:
    """Tell a heading that the layout does not know from a numbered sentence."""
    text = run.folded.text
    if len(text) > _MAX_HEADING or text.endswith(("。", ";", ",", "、")) or _TITLE.match(text):
        return False
    if parts and parts[-1].heading is not None and parts[-1].heading.heading and not run.heading:
        return False  # where the source marks headings, a numbered line without the mark is no section
    if re.match(r"[一二三四五六七八九十]+、", text):
        return True
    in_prose = bool(parts) and parts[-1].spec is not None and parts[-1].spec.prose
    said = "," in text or "。" in text or text.endswith(("(类)", "(款)"))  # sentences, and subjects of the section
    return in_prose and bool(re.match(r"\([一二三四五六七八九十]+\)", text)) and not said


# -- tables -----------------------------------------------------------------------------------------------------

_ORGANIZATION = re.compile(r"(?:单位名称|编制单位|编制部门|部门名称|部门)[:]")
_UNIT = re.compile(r"(?<!编制)(?<!预算)(?<!填报)(?<!公开)(?:金额)?单位:(?:人民币)?([\u4e00-\u9fff]{1,4})(?=$|[)])")


def _may_lead(run: Run, layout: Layout) -> bool:
    text = run.folded.text
    return bool(
        _TITLE.match(text)
        or _TABLE_CODE.match(text)
        or _ORGANIZATION.match(text)
        or _UNIT.search(text)
        or (run.heading and _spec_of(text, layout.tables))
        or _is_title(text)
        or _is_whole_title(text, layout)
    )


def _titles_a_grid(blocks: Blocks, index: int, layout: Layout) -> bool:
    """Tell a numbered table title (三、2018年度某部门支出预算总表) from a section: a grid follows it."""
    run = blocks[index]
    if not isinstance(run, Run) or not (run.heading or _NUMBERING.match(run.folded.text)):
        return False
    if not _spec_of(run.folded.text, layout.tables):
        return False
    for following in blocks[index + 1 : index + 4]:
        if isinstance(following, Grid):
            return True
        if not (_ORGANIZATION.match(following.folded.text) or _UNIT.search(following.folded.text)):
            return False
    return False


def _number(printed: str) -> int:
    """The number of a table, in digits or in Chinese numerals up to 99."""
    whole, _, _ = printed.partition("-")  # 表1-1 is a part of 表1
    if whole.isdigit():
        return int(whole)
    tens, ten, ones = printed.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def _is_whole_title(text: str, layout: Layout) -> bool:
    """A line that is the title of a table and nothing else."""
    return any(text in _folded(spec.titles) for spec in layout.tables)


def _same_table(text: str, title: str) -> bool:
    """The name of a worksheet above the title, in other words than the title."""
    said, meant = title_spec(text), title_spec(title)
    return _is_title(text) and said is not None and meant is not None and said.kind is meant.kind


def _states_money(text: str) -> bool:
    return text.endswith("。") or "," in text if re.search(r"\d[亿万千]?元", text) else False


def _is_title(text: str) -> bool:
    """A line that reads like the title of a table, whichever layout it is of: no item of a list, no sentence."""
    if len(text) > _MAX_HEADING or not _TITLE_WORDS.fullmatch(text) or _STARTS_NEW.match(text):
        return False
    return title_spec(text) is not None


def _is_note(block: Run | Grid) -> bool:
    return isinstance(block, Run) and bool(re.match(r"(?:注|备注|说明)\d?:", block.folded.text))


def _is_contents(grid: Grid) -> bool:
    return all(not row[-1].text.strip() or _CONTENTS_LINE.fullmatch(fold(row[-1].text)) for row in grid.rows)


def _grid_runs(grid: Grid) -> Iterator[Run]:
    for row, line in zip(grid.rows, grid.lines, strict=True):
        text = "\t".join(cell.text for cell in row)
        yield _run(Paragraph(text, row[0].start, line))


def _table(document: Document, grid: Grid, lead: Sequence[Run], layout: Layout) -> PrintedTable:
    spec: TableSpec | None = None
    number: int | None = None
    title, organization = "", ""
    code: int | None = None
    units: list[str] = []
    used: set[int] = set()
    above: re.Match[str] | None = None
    for index in range(len(lead) - 1, -1, -1):  # the title nearest to the grid is its own
        text = lead[index].folded.text
        if coded := _TABLE_CODE.match(text):
            code = code or int(coded[1])
            continue
        match = _TITLE.match(text)
        rest = text[match.end() :] if match else _SHEET_CODE.sub("", strip_numbering(text))
        found = _spec_of(rest, layout.tables)
        if match and rest in {"", "表"}:
            number = _number(match[1])  # 公开01表 beside or under the title
            used.add(index)
            continue
        if match or found or _is_title(text):
            spec = found
            first = text.index(rest) if rest else len(text)
            start, stop = lead[index].folded.span(first, first + len(rest))
            title = "".join(c for c in squeeze(document.text[start:stop]) if c not in _EMPHASIS)
            number = _number(match[1]) if match else (code or number or (found.number if found else None))
            used = set(range(index, len(lead)))
            above = _TITLE.fullmatch(lead[index - 1].folded.text) if index else None
            if above and not match:  # 公开表五 on a line of its own
                number = _number(above[1])
            break
    own = lead[min(used) + 1 :] if used else lead
    for run in own:
        text = run.folded.text
        if head := _ORGANIZATION.match(text):
            stop = unit.start() if (unit := _UNIT.search(text, head.end())) else len(text)
            start, end = run.folded.span(head.end(), stop)
            organization = organization or squeeze(document.text[start:end])
        units.extend(_UNIT.findall(text))
    known = {
        id(run)
        for run in own
        if _ORGANIZATION.match(run.folded.text) or _UNIT.search(run.folded.text) or _TABLE_CODE.match(run.folded.text)
    }
    if used:
        known.add(id(lead[min(used)]))
        known |= {id(run) for run in lead[min(used) - 1 : min(used)] if above}
        known |= {id(run) for run in lead[: min(used)] if _same_table(run.folded.text, fold(title))}
    return PrintedTable(
        grid=grid,
        spec=spec,
        number=number,
        title=title,
        organization=organization,
        units=tuple(units),
        loose=tuple(run for run in lead if id(run) not in known),
    )


def _spec_of(title: str, specs: Iterable[TableSpec]) -> TableSpec | None:
    fitting = [(len(n), spec) for spec in specs for n in _folded(spec.titles) if is_title_of(title, n, spec.kind)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


@lru_cache(maxsize=512)
def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, names))
