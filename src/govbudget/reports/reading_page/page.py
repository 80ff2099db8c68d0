"""The whole page: who, the roles counted, the findings, then the document page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import resources
from os import PathLike

import attrs

from govbudget.atomic import write_whole
from govbudget.model import Disclosure, Finding
from govbudget.place import Place
from govbudget.reading import NumberRole, Reading
from govbudget.reports.reading_page.blocks import Writer
from govbudget.reports.reading_page.places import Anchors, anchors, block_anchor, page_anchor, page_of, start_of
from govbudget.reports.reading_page.tables import claim_titles, figure_titles, grid_reading, rows_by_line
from govbudget.reports.reading_page.text import Leftover, Marks, escaped
from govbudget.reports.words import Lang, message, place_words, word
from govbudget.source import Document, Paragraph

LIMIT = 8_000_000
"""So many characters of HTML at most, about: a browser shows them without trouble. A budget has some 300,000."""

_MOST_FINDINGS = 500
_MOST_PLACES = 6
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # a page of others' text: no script, no network


def reading_page(document: Document, reading: Reading, *, lang: Lang = "zh", limit: int = LIMIT) -> str:
    r"""Return an HTML page that shows what became of a document: every number by its role, tables, leftovers.

    The page stands by itself: no script, nothing fetched. What does not fit into it is counted at its top.

    Args:
        document: the document as its source was taken apart.
        reading: what was read from it.
        lang: the language of our own words.
        limit: so many characters at most, about.

    >>> from govbudget.reading import read_document
    >>> from govbudget.source import open_document
    >>> text = "表3：2024年支出预算总表\n单位：万元\n\n科目\t合计\t项目支出\n支出合计\t1.20\t1.20\n"
    >>> document = open_document(text.encode(), name="a.txt")
    >>> page = reading_page(document, read_document(document))
    >>> '<b class="figure" title="flow=expenditure period=current use=project">1.20</b>' in page
    True
    """
    where = anchors(document)
    listed = [_Listed.of(n, finding, where) for n, finding in enumerate(reading.findings[:_MOST_FINDINGS], 1)]
    leftovers = [Leftover(span, found.number) for found in listed for span in found.spans]
    notes: dict[str, list[int]] = {}
    for found in listed:
        for anchor in found.beside:
            notes.setdefault(anchor, []).append(found.number)
    budget = reading.disclosure
    writer = Writer(
        marks=Marks(
            source=document.text,
            units=tuple(start for start, _, _ in where.units),
            numbers=reading.numbers,
            titles=tuple(sorted((*claim_titles(budget), *figure_titles(budget)))),
            leftovers=tuple(sorted(leftovers, key=lambda leftover: leftover.span)),
        ),
        notes=notes,
        targets=frozenset(anchor for found in listed for _, anchor in found.links if anchor),
        lang=lang,
        limit=limit,
    )
    tables = _write_blocks(document, budget, writer)
    head = _head(reading, len(reading.numbers) - writer.shown, lang) + _findings(reading, listed, lang) + tables
    style = (resources.files("govbudget.reports.reading_page") / "page.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escaped(document.name)}</title>\n<style>\n{style}</style></head>\n<body>\n"
        f"{head}<main>\n{writer.html()}</main></body></html>\n"
    )


def save_reading_page(
    document: Document, reading: Reading, path: str | PathLike[str], *, lang: Lang = "zh", limit: int = LIMIT
) -> None:
    """Write :func:`reading_page` to a file: beside it first, then renamed, so that no half page is ever seen.

    Raises:
        SourceError: the file cannot be written.
    """
    write_whole(path, reading_page(document, reading, lang=lang, limit=limit).encode())


@attrs.frozen
class _Listed:
    """A finding of the list.

    Attributes:
        number: its number.
        finding: the finding.
        links: its places with the anchor of each, ``None`` where the page has none.
        spans: the spans at which it leaves a mark in the text.
        beside: the anchors beside which it leaves its number, where there is no text to mark.
    """

    number: int
    finding: Finding
    links: tuple[tuple[Place, str | None], ...]
    spans: tuple[tuple[int, int], ...]
    beside: tuple[str, ...]

    @classmethod
    def of(cls, number: int, finding: Finding, where: Anchors) -> _Listed:
        links = [(place, where.of(place)) for place in finding.places[:_MOST_PLACES]]
        marked = {place.span for place, _ in links if place.span and where.unit(place.span[0])}
        beside = [anchor for place, anchor in links if anchor and place.span not in marked]
        return cls(number, finding, tuple(links), tuple(sorted(marked)), tuple(dict.fromkeys(beside)))


def _write_blocks(document: Document, budget: Disclosure, writer: Writer) -> str:
    """Write the blocks page by page; return the links to pages and tables."""
    by_line = rows_by_line(budget)
    margins = len(document.blocks)
    ordered = sorted(
        enumerate((*document.blocks, *document.margins)),
        key=lambda pair: (*page_of(document, pair[1]), start_of(pair[1])),
    )
    pages: dict[tuple[int, int], str] = {}
    tables: list[str] = []
    current: tuple[int, int] | None = None
    for number, block in ordered:
        if writer.full:
            break
        here = page_of(document, block)
        if here != current:
            _open_page(document, here, current, writer)
            pages[here] = page_anchor(here)
            current = here
        if isinstance(block, Paragraph):
            writer.paragraph(block, number, margin=number >= margins)
            continue
        found = grid_reading(block, budget, by_line)
        if found.table is not None:
            title = f"{found.table.number or ''} {found.table.title}".strip()
            tables.append(f'<a href="#{block_anchor(number)}">{escaped(title)}</a>')
        elif found.goals is not None:
            title = f"{found.goals.title} {found.goals.project}"
            tables.append(f'<a href="#{block_anchor(number)}">{escaped(title)}</a>')
        writer.grid(block, number, found, part=here[0])
    if current is not None:
        writer.add("</section>\n")
    links: dict[int, list[str]] = {}  # by file; a table that goes on stands at the top of its page
    for (part, page), anchor in sorted({**pages, **writer.continued}.items()):
        if page:
            links.setdefault(part, []).append(f'<a href="#{anchor}">{page}</a>')
    return "".join(f"<nav>{' '.join(each)}</nav>\n" for each in (*links.values(), tables) if each)


def _open_page(document: Document, here: tuple[int, int], before: tuple[int, int] | None, writer: Writer) -> None:
    """Begin the section of a page, of which a source without pages has one."""
    part, page = here
    if before is not None:
        writer.add("</section>\n")
    writer.add(f'<section id="{page_anchor(here)}">')
    if document.parts and (before is None or before[0] != part):
        writer.add(f"<h2>{escaped(document.parts[part][0])}</h2>")
    title = word("page", "page", writer.lang).format(page)
    writer.add(f"<h3>{escaped(title)}</h3>\n" if page else "\n")


def _head(reading: Reading, hidden: int, lang: Lang) -> str:
    budget = reading.disclosure
    counts = Counter(use.role for use in reading.numbers)
    roles = "".join(_role(role, counts[role], lang) for role in NumberRole if counts[role])
    tables = word("page", "tables", lang).format(len(budget.tables))
    said = (budget.source, budget.layout or word("page", "no-layout", lang), tables)
    left = f'<p class="warning">{escaped(word("page", "hidden", lang).format(hidden))}</p>\n' if hidden else ""
    name = f"{budget.organization.name or budget.source} {budget.year or ''}".strip()
    return (
        f"<header><h1>{escaped(name)}</h1>\n<p>{escaped(' · '.join(said))}</p>\n{left}"
        f'<ul class="roles">{roles}</ul></header>\n'
    )


def _role(role: NumberRole, count: int, lang: Lang) -> str:
    """A line of the key; from the unread ones, links lead on to each other."""
    name = escaped(word("roles", role.value, lang))
    if role is NumberRole.UNREAD:
        return f'<li><a class="unread" href="#u1">{count:,}</a> {name}</li>'
    return f'<li><b class="{role.value}">{count:,}</b> {name}</li>'


def _findings(reading: Reading, listed: Sequence[_Listed], lang: Lang) -> str:
    if not listed:
        return f'<p class="clean">{escaped(word("page", "clean", lang))}</p>\n'
    items = "".join(_item(found, lang) for found in listed)
    more = len(reading.findings) - len(listed)
    rest = f"<p>… +{more:,}</p>" if more else ""
    summary = escaped(word("page", "findings", lang).format(len(reading.findings)))
    return f'<details open class="findings"><summary>{summary}</summary><ol>{items}</ol>{rest}</details>\n'


def _item(found: _Listed, lang: Lang) -> str:
    severity = found.finding.severity.value
    links = _unique(_link(place, anchor, lang) for place, anchor in found.links)
    return (
        f'<li id="f{found.number}" class="{severity}"><b>{escaped(word("severities", severity, lang))}</b> '
        f"{escaped(message(found.finding, lang))} <small>{' '.join(links)} {escaped(found.finding.code)}</small></li>\n"
    )


def _link(place: Place, anchor: str | None, lang: Lang) -> str:
    words = escaped(place_words(place, lang))
    return f'<a href="#{anchor}">{words or "↓"}</a>' if anchor else words


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
