"""Take a document apart along the headings and table titles that the layout knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import attrs

from govbudget.layouts import Layout
from govbudget.reading.goals import declares_goals
from govbudget.reading.headings import (
    MAX_HEADING,
    ORGANIZATION,
    UNIT,
    YEAR_LINE,
    Said,
    Wording,
    is_heading,
    is_numbered,
    is_title,
    numbered_title,
    strip_numbering,
)
from govbudget.reading.mending import Blocks, run_of
from govbudget.reading.parts import Outline, Part, PrintedTable, Run
from govbudget.reading.phrases import by_phrases
from govbudget.reading.printed_tables import printed_table
from govbudget.source import Document, Grid, Paragraph
from govbudget.text import fold

_CONTENTS = frozenset({"目录", "目次"})
_ENDS = tuple("。:;!?")
_PUBLISHED = re.compile(r"(?:公开|发布|编制)(?:时间|日期|单位|部门):")  # between 目录 and its first entry
_CONTENTS_LINE = re.compile(r"[.…·\s]*\(?\d{1,3}\)?$|[.…·]{3,}$")
NOTE = re.compile(r"(?:注|备注|说明)\d?:|无.{2,30}的,仍保留该表格式")
"""What a line under a table begins with that belongs to it, folded."""


def heard(blocks: Blocks) -> tuple[Said | None, ...]:
    """Return what each line says by itself, ``None`` for grids: every layout that may be meant asks for it."""
    # A workbook marks its own title and those of its tables, and nothing else.
    marks = (block.folded.text for block in blocks[1:] if isinstance(block, Run) and block.heading)
    unmarked = all(is_title(text) or numbered_title(text) for text in marks)
    return tuple(None if isinstance(block, Grid) else Said.of(block, unmarked=unmarked) for block in blocks)


def stretches(lines: Sequence[Said | None], titles: Collection[str]) -> tuple[int, ...]:
    """Return for each line where the text ends that begins with it: lines that no layout makes more of.

    Args:
        lines: what each line says, see :func:`heard`.
        titles: what a line may say to be the title of a table in any layout that may be meant.
    """
    ends = [0] * len(lines)
    end = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        said = lines[index]
        text = said is not None and said.plain and said.text not in titles and not YEAR_LINE.fullmatch(said.text)
        if not text or (said is not None and said.text in _CONTENTS):
            end = index
        ends[index] = end
    return tuple(ends)


def outline(
    document: Document,
    layout: Layout,
    blocks: Blocks,
    lines: Sequence[Said | None],
    texts_until: Sequence[int] = (),
) -> Outline:
    """Take ``document`` apart; every paragraph and grid of ``blocks`` ends up in exactly one place of the result.

    Args:
        document: the document.
        layout: the layout by whose headings and titles it is taken apart.
        blocks: its blocks, mended.
        lines: what each of them says, see :func:`heard`.
        texts_until: see :func:`stretches`; without it every line is looked at.
    """
    wording = Wording.of(layout)
    plainly: frozenset[str] | None = None  # the sections that a heading names in the words of the layout
    cover: list[Run] = []
    contents: list[Run] = []
    parts: list[Part] = []  # without their runs, which come one by one
    texts: list[list[Run]] = []  # the runs of each part
    tables: list[PrintedTable] = []
    loose: list[Run] = []
    lead: list[Run] = []  # lines that may belong to the next grid
    index = 0
    in_contents = False
    contents_end = 0
    while index < len(blocks):
        may_be_text = texts_until and parts and not lead and not in_contents and index >= contents_end
        if may_be_text and texts_until[index] > index and not (tables and _holds_tables(parts[-1])):
            end = texts_until[index]
            texts[-1].extend(block for block in blocks[index:end] if isinstance(block, Run))
            index = end
            continue
        block = blocks[index]
        index += 1
        if isinstance(block, Grid):
            if in_contents and _is_contents(block):
                contents.extend(_grid_runs(block))
                continue
            in_contents = False
            if _is_text(parts) and not lead and not declares_goals(block):  # a list of the units of a department, say
                texts[-1].extend(_grid_runs(block))
                continue
            printed = printed_table(document, block, lead, wording)
            loose.extend(printed.loose)
            lead = []
            notes: list[Run] = []
            while index < len(blocks) and _is_note(following := blocks[index]):
                assert isinstance(following, Run)
                notes.append(following)
                index += 1
            tables.append(attrs.evolve(printed, notes=tuple(notes)))
            continue
        said = lines[index - 1]
        assert said is not None
        text = said.text
        if text in _CONTENTS:
            in_contents = True
            contents.append(block)
            contents_end = _contents_end(blocks, index)
            continue
        if index <= contents_end or (in_contents and _is_entry(block, contents, blocks, index)):
            contents.append(block)
            continue
        spec = None
        titles = heads = above = inferred = False
        if not wording.is_text(said):
            titles = _titles_a_grid(blocks, index - 1, said, wording)
            spec = None if titles else wording.section(said)
            heads = not titles and (spec is not None or is_heading(said, parts))
            inferred = heads and spec is None
            if inferred:
                plainly = wording.named(lines) if plainly is None else plainly
                spec = wording.by_words(said, plainly)
            above = titles or (not heads and wording.stands_above_a_grid(said))
        if lead and not heads and YEAR_LINE.fullmatch(text):
            above = True  # under the title of a form
        if heads:
            in_contents = False
            if parts:
                texts[-1].extend(lead)
                lead = []
            parts.append(Part(heading=block, spec=spec, runs=(), inferred=inferred and spec is not None))
            texts.append([])
        elif above:
            lead.append(block)
        elif parts:
            if lead and not tables:
                texts[-1].extend(lead)
                lead = []
            (lead if tables and _holds_tables(parts[-1]) else texts[-1]).append(block)
        elif _states_money(text):
            parts.append(Part(heading=None, spec=None, runs=()))  # a narrative without headings is no cover
            texts.append([block])
        else:
            cover.append(block)
    (texts[-1] if parts else cover).extend(lead)
    whole = [attrs.evolve(part, runs=tuple(own)) for part, own in zip(parts, texts, strict=True)]
    return Outline(
        cover=tuple(cover),
        contents=tuple(contents),
        parts=tuple(found for part in whole for found in by_phrases(part, layout)),
        tables=tuple(tables),
        loose=tuple(loose),
    )


def _is_entry(run: Run, contents: Sequence[Run], blocks: Blocks, following: int) -> bool:
    """Tell whether a line behind 目录 is an entry of the table of contents."""
    text = run.folded.text
    short = len(text) <= MAX_HEADING and "。" not in text
    if short and not run.heading and _marks_headings(contents, blocks[following:]):
        return True
    return len(text) <= 2 * MAX_HEADING and _in_contents(run, contents)


def _in_contents(run: Run, contents: Sequence[Run]) -> bool:
    """A line that ends in a page number; where the source has pages, every line of the page that 目录 stands on."""
    same_page = run.page is not None and run.page == contents[0].page
    return same_page or bool(_CONTENTS_LINE.search(run.folded.text))


def _contents_end(blocks: Blocks, start: int) -> int:
    """Return where a table of contents ends that goes on over the page: where its first entry is printed again.

    Everything up to there must look like an entry; otherwise the answer is ``start``, and the page decides.
    """
    begin = start
    if begin + 1 < len(blocks) and isinstance(line := blocks[begin], Run) and _PUBLISHED.match(line.folded.text):
        begin += 1
    if begin >= len(blocks) or not isinstance(first := blocks[begin], Run):
        return start
    entry = _CONTENTS_LINE.sub("", first.folded.text)
    name = strip_numbering(entry).removeprefix("部门").removeprefix("单位")
    for index in range(begin + 1, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Run) or len(block.folded.text) > MAX_HEADING or block.folded.text.endswith(_ENDS):
            return start
        text = block.folded.text
        if text == entry or (text.endswith(name) and not is_numbered(text) and len(name) > 3):
            return index
    return start


def _is_text(parts: Sequence[Part]) -> bool:
    """Tell whether the section at hand is kept as text."""
    spec = parts[-1].spec if parts else None
    return spec is not None and not spec.prose and spec.id != "tables"


def _holds_tables(part: Part) -> bool:
    return part.spec is not None and part.spec.id == "tables"


def _marks_headings(contents: Sequence[Run], following: Blocks) -> bool:
    """Where the source marks 目录 as a heading, the contents go on to the next marked heading, if there is one.

    Where it has pages, these say how far the contents go.
    """
    marked = bool(contents and contents[0].heading and contents[0].page is None)
    return marked and any(isinstance(b, Run) and b.heading for b in following)


def _titles_a_grid(blocks: Blocks, index: int, said: Said, wording: Wording) -> bool:
    """Tell a numbered table title (三、2018年度某部门支出预算总表) from a section: a grid follows it."""
    if not (said.marked or said.numbered) or wording.table(said.text) is None:
        return False
    for following in blocks[index + 1 : index + 4]:
        if isinstance(following, Grid):
            return True
        if not (ORGANIZATION.match(following.folded.text) or UNIT.search(following.folded.text)):
            return False
    return False


def _states_money(text: str) -> bool:
    return text.endswith("。") or "," in text if re.search(r"\d[亿万千]?元", text) else False


def _is_note(block: Run | Grid) -> bool:
    return isinstance(block, Run) and bool(NOTE.match(block.folded.text))


def _is_contents(grid: Grid) -> bool:
    return all(not row[-1].text.strip() or _CONTENTS_LINE.fullmatch(fold(row[-1].text)) for row in grid.rows)


def _grid_runs(grid: Grid) -> Iterator[Run]:
    for row, line in zip(grid.rows, grid.lines, strict=True):
        text = "\t".join(cell.text for cell in row)
        yield run_of(Paragraph(text, row[0].start, line))
