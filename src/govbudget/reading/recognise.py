"""Which layout a document follows, and what each of its tables is: matched once, by the layout, by others, by words."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from functools import cache

import attrs

from govbudget.layouts import (
    Layout,
    Role,
    TableSpec,
    TitleSpec,
    is_title_of,
    layout,
    layout_ids,
    title_spec,
    vocabulary,
)
from govbudget.model import Finding, Stage, TableKind
from govbudget.place import Place
from govbudget.reading.headers import Match, Matcher
from govbudget.reading.headings import Said
from govbudget.reading.infer import complete, infer, speaks_of_carrying
from govbudget.reading.mending import mended
from govbudget.reading.outline import heard, outline, stretches
from govbudget.reading.parts import Outline, PrintedTable
from govbudget.reading.remarks import remark
from govbudget.source import Document
from govbudget.text import fold, squeeze


class Way(enum.Enum):
    """How a table was recognised."""

    LAYOUT = "layout"
    """By the layout of the document."""
    HEADERS = "headers"
    """By the headers of the layout of the document, under a title that it does not have."""
    ELSEWHERE = "elsewhere"
    """By a layout of another place whose header it bears."""
    WORDS = "words"
    """By the words of its title and headers."""
    NONE = "none"
    """Not at all."""


@attrs.frozen(kw_only=True)
class Recognised:
    """A printed table and what it was recognised as.

    Attributes:
        printed: the table.
        match: how its columns answer, ``None`` where nothing fits.
        way: how it was recognised.
        by: id of the layout that recognised it, where it was another than the document's.
    """

    printed: PrintedTable
    match: Match | None
    way: Way
    by: str = ""


@attrs.frozen(kw_only=True)
class Recognition:
    """A document, recognised.

    Attributes:
        form: the layout that fits best.
        outline: the document taken apart by it.
        tables: the tables in printed order.
        stage: budget or final account.
        sure: whether the document follows ``form``: most of the tables that were read bear its titles and headers. Two
            places may print the same headers under titles of their own, and publish other tables besides.
    """

    form: Layout
    outline: Outline
    tables: tuple[Recognised, ...]
    stage: Stage
    sure: bool


def recognise(document: Document, chosen: Layout | str | None) -> Recognition:
    """Recognise the tables of a document.

    By the layout asked for and no other; else by the one that reads most tables, and of them most columns, and what
    that leaves by the layouts of other places and by words.
    """
    if chosen is not None:
        form = chosen if isinstance(chosen, Layout) else layout(chosen)
        blocks = mended(document)
        outlined = outline(document, form, blocks, heard(blocks))
        matcher = Matcher()
        tables = tuple(_by_layout(printed, form, matcher) for printed in outlined.tables)
        return Recognition(form=form, outline=outlined, tables=tables, stage=form.stage, sure=True)
    matcher = Matcher()
    form, outlined = _best_layout(document, matcher)
    found = [_by_layout(printed, form, matcher) for printed in outlined.tables]
    carries = speaks_of_carrying([printed.grid for printed in outlined.tables])
    tables = tuple(_better(known, matcher, carries=carries) for known in found)
    read = [table for table in tables if table.match is not None]
    own = sum(table.way is Way.LAYOUT and table.printed.spec is not None for table in read)
    sure = 2 * own > len(read)
    return Recognition(
        form=form, outline=outlined, tables=tables, stage=form.stage if sure else _stage(outlined), sure=sure
    )


def how_read(table: Recognised, place: Place, stage: Stage) -> Iterator[Finding]:
    """Say what was inferred: nothing that no layout says is taken silently."""
    if table.match is None:
        return
    title, usual = table.printed.title, _usual_title(table.match.spec.kind, stage)
    if table.way in (Way.HEADERS, Way.ELSEWHERE):
        yield remark("read.table-elsewhere", place, title=title, kind=usual, layout=table.by)
    if table.way is Way.WORDS:
        yield remark("read.table-inferred", place, title=title, kind=usual)
    if table.match.inferred:
        head = table.printed.grid.rows[: table.match.header_rows]
        columns = [f"{_words(head, i)} → {meaning}" for i, meaning in table.match.inferred]
        yield remark("read.columns-inferred", place, columns="；".join(columns))


def _words(head: Sequence[Sequence[object]], column: int) -> str:
    texts = [squeeze(getattr(row[column], "text", "")) for row in head]
    return next((text for text in reversed(texts) if text), f"{column + 1}")


def _best_layout(document: Document, matcher: Matcher) -> tuple[Layout, Outline]:
    """The layout that reads most kinds of table by their titles, then most columns, then the stage of the titles, then
    most sections: a narrative without tables is known by its headings and phrases.

    Where two are equal, the one is taken that the other states its differences from, and one that was checked against
    documents rather than one written after a form.
    """
    blocks = mended(document)
    lines = heard(blocks)
    forms = [layout(id) for id in layout_ids()]
    most = _most_titled(lines)
    until = stretches(lines, _endings(layout_ids())[3])
    found: list[tuple[tuple[int, int, bool, int], int, Outline]] = []
    for index in sorted(range(len(forms)), key=lambda i: (-most[i], *_usual(forms[i]), i)):
        form = forms[index]
        if found and most[index] < max(fit[0] for fit, _, _ in found):
            break  # no layout reads more tables than bear its titles
        outlined = outline(document, form, blocks, lines, until)
        sections = sum(part.spec is not None and not part.inferred for part in outlined.parts)
        fit = (*_fit(outlined, matcher), form.stage is _stage(outlined), sections)
        found.append((fit, index, outlined))
    assert found  # layouts come with the library
    best = max(fit for fit, _, _ in found)
    fitting = [(index, outlined) for fit, index, outlined in found if fit == best]
    chosen, outlined = min(fitting, key=lambda each: (-_titled(each[1]), *_usual(forms[each[0]]), each[0]))
    return forms[chosen], outlined


def _titled(outlined: Outline) -> int:
    return len({printed.spec.kind for printed in outlined.tables if printed.spec is not None})


def _most_titled(lines: Sequence[Said | None]) -> list[int]:
    """How many kinds of table each layout has a title for among the lines: no more of them can bear its titles."""
    ids = layout_ids()
    ends, endings, owners, _ = _endings(ids)
    kinds: list[set[TableKind]] = [set() for _ in ids]
    grids = any(said is None for said in lines)
    for said in lines if grids else ():
        if said is not None and said.text[-1:] in ends and said.text.endswith(endings):
            for title, number, kind in owners:
                if kind not in kinds[number] and said.text.endswith(title):
                    kinds[number].add(kind)
    return list(map(len, kinds))


_Endings = tuple[frozenset[str], tuple[str, ...], tuple[tuple[str, int, TableKind], ...], frozenset[str]]


@cache
def _endings(ids: tuple[str, ...]) -> _Endings:
    owners = tuple(
        (fold(title), number, spec.kind)
        for number, id in enumerate(ids)
        for spec in layout(id).tables
        for title in spec.titles
    )
    titles = tuple(dict.fromkeys(title for title, _, _ in owners))
    return frozenset(title[-1] for title in titles), titles, owners, frozenset(titles)


def _usual(form: Layout) -> tuple[int, bool]:
    return _depth(form), not form.seen


def _depth(form: Layout) -> int:
    return 1 + _depth(layout(form.extends)) if form.extends else 0


def _fit(outlined: Outline, matcher: Matcher) -> tuple[int, int]:
    """How many kinds of table a layout reads in the document, and how many of their columns it knows."""
    titled = [(p.grid, p.spec) for p in outlined.tables if p.spec is not None]
    matches = [match for grid, spec in titled if (match := matcher.match(grid, spec)) is not None]
    kinds = {match.spec.kind for match in matches}
    return len(kinds), sum(match.matched - len(match.unknown) - len(match.missing) for match in matches)


def _by_layout(printed: PrintedTable, form: Layout, matcher: Matcher) -> Recognised:
    """By title; a grid without a known title by its headers, where exactly one table fits them whole."""
    match: Match | None
    if printed.spec is not None:
        match = matcher.match(printed.grid, printed.spec)
    else:
        fits = [m for spec in form.tables if (m := matcher.match(printed.grid, spec)) and _is_clean(m)]
        match = fits[0] if len(fits) == 1 and _may_be(printed, fits[0].spec.kind) else None
        if match is not None and printed.title:
            return Recognised(printed=printed, match=match, way=Way.HEADERS, by=form.id)
    return Recognised(printed=printed, match=match, way=Way.LAYOUT if match else Way.NONE)


def _better(known: Recognised, matcher: Matcher, *, carries: bool) -> Recognised:
    """What the layout of the document leaves open of a table, by the layouts of other places and by words."""
    if known.match is not None and not known.match.unknown:
        return known
    printed = known.printed
    kinds, title = _kinds(printed)
    others = list(_elsewhere(printed, kinds, matcher)) if kinds else []
    found = [known] if known.match is not None else []
    found += others[:1]
    head = matcher.head(printed.grid)
    if title is not None and (by_words := infer(printed.grid, head, title, carries=carries)) is not None:
        found.append(Recognised(printed=printed, match=by_words, way=Way.WORDS))
    if not found:
        return known
    best = max(found, key=_read_well)
    assert best.match is not None
    return best if best.way is Way.WORDS else attrs.evolve(best, match=complete(best.match))


def _read_well(found: Recognised) -> int:
    """Columns of money that are read less those that are not; at equal numbers the layout comes first."""
    if found.match is None:
        return 0
    money = [spec for columns in found.match.columns for _, spec in columns if spec.role is Role.AMOUNT]
    return len(money) - len(found.match.unknown)


def _kinds(printed: PrintedTable) -> tuple[frozenset[TableKind], TitleSpec | None]:
    """What the title says by any layout and by its words; where the two are at odds the layouts decide."""
    title = fold(printed.title)
    words = title_spec(title) if title else None
    if printed.spec is not None:
        kinds = frozenset({printed.spec.kind})
    else:
        fitting = [(len(alias), spec.kind) for alias, _, spec in _aliases() if is_title_of(title, alias, spec.kind)]
        longest = max((length for length, _ in fitting), default=0)
        kinds = frozenset(kind for length, kind in fitting if length == longest)
    if not kinds:
        return (frozenset({words.kind}), words) if words else (frozenset(), None)
    return kinds, words if words is not None and words.kind in kinds else None


def _elsewhere(printed: PrintedTable, kinds: frozenset[TableKind], matcher: Matcher) -> Iterator[Recognised]:
    """The tables of these kinds in any layout that the headers fit whole."""
    for id in layout_ids():
        for spec in layout(id).tables:
            if spec.kind in kinds and (match := matcher.match(printed.grid, spec)) is not None and _is_clean(match):
                yield Recognised(printed=printed, match=match, way=Way.ELSEWHERE, by=id)


def _may_be(printed: PrintedTable, kind: TableKind) -> bool:
    """Tables of several budgets bear one header: what the title says of the kind must not be another."""
    kinds, _ = _kinds(printed)
    return not kinds or kind in kinds


@cache
def _aliases() -> tuple[tuple[str, str, TableSpec], ...]:
    return tuple((fold(t), id, spec) for id in layout_ids() for spec in layout(id).tables for t in spec.titles)


@cache
def _usual_title(kind: TableKind, stage: Stage) -> str:
    named = next((spec.name for spec in vocabulary().titles if spec.kind is kind and spec.name), kind.value)
    titles = [(layout(id).stage is not stage, alias) for alias, id, spec in _aliases() if spec.kind is kind]
    return min(titles, key=lambda title: title[0], default=(True, named))[1]


def _is_clean(match: Match) -> bool:
    return not match.unknown and not match.missing


def _stage(outlined: Outline) -> Stage:
    """By the titles of the tables, and without tables by the lines above the text: 决算 makes final accounts."""
    if not outlined.tables:
        return Stage.FINAL if any("决算" in run.folded.text for run in outlined.cover) else Stage.BUDGET
    final = sum("决算" in table.title for table in outlined.tables)
    return Stage.FINAL if 2 * final > len(outlined.tables) else Stage.BUDGET
