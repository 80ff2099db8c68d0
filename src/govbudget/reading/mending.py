"""The blocks of a document as they were before the pages: sentences that a page break cut in two are whole again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from govbudget.reading.flattened import widened
from govbudget.reading.headings import is_title, numbered_title, starts_new
from govbudget.reading.parts import Run
from govbudget.source import Document, Grid, Paragraph
from govbudget.text import Folded, fold_spans

Blocks = Sequence[Run | Grid]

EMPHASIS = "*`"
"""Marks of Markdown that say nothing."""
_STOPS = tuple("。;!?")
_REASON_OPEN = re.compile(r"主要原因(?:是|为)?:$")
_FIGURE_ENDS = re.compile(r"\d(?:%|[亿千万]?元)$")
_FIGURE_STARTS = re.compile(r"[\u4e00-\u9fff]{2,20}\d[\d,.]*[亿千万]?元")
_LEADERS = ".…·"
_PAGE_NUMBER = re.compile(rf"[{_LEADERS}]*\d{{0,3}}$")
_MAX_ENTRY = 90
_COMMA = re.compile(r",(?!\d{3})")


def mended(document: Document) -> Blocks:
    """Return the blocks: paragraphs that a page break cut in two put together again, headers as wide as is meant."""
    return tuple(_mended(document))


def _mended(document: Document) -> Iterator[Run | Grid]:
    held: Run | None = None
    entries: set[str] = set()  # lines so far, as the contents have them
    for block in document.blocks:
        if isinstance(block, Grid):
            if held is not None:
                yield held
            held = None
            yield widened(block)
            continue
        run = run_of(block)
        if held is not None and (_goes_on(held, run) or _same_entry(held, run, entries)):
            held = _joined(held, run)
            continue
        if len(run.folded.text) <= _MAX_ENTRY:
            entries.add(_without_page(run.folded.text))
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def _without_page(entry: str) -> str:
    """A line as the contents have it, without the dots and the number of the page behind it."""
    ends = entry[-1:]
    return _PAGE_NUMBER.sub("", entry) if ends.isdecimal() or ends in _LEADERS else entry


def run_of(paragraph: Paragraph) -> Run:
    """Return a paragraph with its folded text."""
    folded = fold_spans(paragraph.text, paragraph.start, drop=EMPHASIS)
    text = paragraph.text
    for mark in EMPHASIS:
        text = text.replace(mark, "")
    end = paragraph.start + len(paragraph.text)
    return Run(
        text=text.strip(),
        folded=folded,
        span=(paragraph.start, end),
        line=paragraph.line,
        heading=paragraph.heading,
        page=paragraph.page,
    )


def _goes_on(run: Run, following: Run) -> bool:
    """A sentence that stops without a stop, followed by a line that starts nothing new, was cut by a page break."""
    text = run.folded.text
    if run.heading or following.heading or not text or text.endswith(_STOPS):
        return False
    if is_title(following.folded.text) or numbered_title(following.folded.text):
        return False  # a note without a stop, and the title of the next table
    if _FIGURE_ENDS.search(text) and _FIGURE_STARTS.match(following.folded.text):
        return False  # a figure, and on the next line a name with its own
    if _REASON_OPEN.search(text):
        return not starts_new(following.folded.text)
    if text.endswith(":"):
        return False
    is_sentence = "。" in text or bool(_COMMA.search(text))
    return is_sentence and not starts_new(following.folded.text)


def _same_entry(run: Run, following: Run, entries: set[str]) -> bool:
    """A heading that takes two lines, which the contents have on one: 第三部分某局2024年度部门决算, 情况说明."""
    return bool(following.folded.text) and run.folded.text + following.folded.text in entries


def _joined(run: Run, following: Run) -> Run:
    folded = Folded(run.folded.text + following.folded.text, run.folded.origin + following.folded.origin)
    return attrs.evolve(run, text=run.text + following.text, folded=folded, span=(run.span[0], following.span[1]))
