"""Paragraphs and grids as HTML, up to a bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from govbudget.reports.reading_page.places import block_anchor, cell_anchor, row_anchor
from govbudget.reports.reading_page.tables import GridReading, RowReading, at_words, said
from govbudget.reports.reading_page.text import MOST_SHOWN, Marks, backlinks, escaped
from govbudget.reports.words import Lang, word
from govbudget.source import Grid, GridCell, Paragraph
from govbudget.text import fold


@attrs.define
class Writer:
    """The page as far as it is written.

    Attributes:
        marks: what is known of the characters.
        notes: the findings about an anchor that leave no mark in a text, by anchor.
        targets: the anchors that something links to.
        lang: the language of our own words.
        limit: so many characters are written, and the row or paragraph begun.
        shown: how many numbers of the source have been written.
        continued: the row with which a table goes on, by file and page.
    """

    marks: Marks
    notes: Mapping[str, Sequence[int]]
    targets: frozenset[str]
    lang: Lang
    limit: int
    shown: int = 0
    continued: dict[tuple[int, int], str] = attrs.field(factory=dict)
    _size: int = 0
    _out: list[str] = attrs.field(factory=list)

    @property
    def full(self) -> bool:
        """Whether the bound is reached."""
        return self._size >= self.limit

    def add(self, markup: str) -> None:
        """Write markup."""
        self._out.append(markup)
        self._size += len(markup)

    def html(self) -> str:
        """Return what is written."""
        return "".join(self._out)

    def paragraph(self, paragraph: Paragraph, number: int, *, margin: bool) -> None:
        """Write a paragraph, a heading or a line of the margin; a blank one only where something links to it."""
        anchor = block_anchor(number)
        if not paragraph.text.strip() and anchor not in self.targets:
            return
        kind = "margin" if margin else "heading" if paragraph.heading else "text"
        self.add(f'<p id="{anchor}" class="{kind}">{self._links(anchor)}')
        self._text(paragraph.text, paragraph.start)
        self.add("</p>\n")

    def grid(self, grid: Grid, number: int, reading: GridReading, *, part: int) -> None:
        """Write a grid with what was made of it: the table above, the columns on top, the lines on the right."""
        anchor = block_anchor(number)
        kind = "known" if reading.table or reading.goals else "unknown" if anchor in self.notes else "kept"
        self.add(f'<figure id="{anchor}" class="{kind}">')
        self.add(f"<figcaption>{_caption(reading, self.lang)}{self._links(anchor)}</figcaption>\n")
        self.add('<div class="wide"><table>\n')
        if reading.table is not None:
            self.add(_columns(reading, len(grid.rows[0]), self.lang))
        merged = _merged(grid)
        page = grid.page
        for index, (row, role) in enumerate(zip(grid.rows, _roles(grid, reading), strict=True)):
            if self.full:
                break
            begun = row[0].page if row[0].page != page else None
            page = row[0].page
            where = row_anchor(number, index)
            if begun:
                self.continued.setdefault((part, begun), where)
            leads = f"{word('page', 'page', self.lang).format(begun)} · {index + 1}" if begun else str(index + 1)
            self.add(f'<tr id="{where}" class="{role}"><th>{leads}{self._links(where)}</th>')
            for column, cell in enumerate(row):
                if merged.get((index, column)) != (0, 0):
                    self._cell(cell, cell_anchor(number, index, column), merged.get((index, column)), column, reading)
                if self.full:
                    break
            if reading.table is not None:
                self.add(f'<td class="read">{escaped(_line_words(reading.rows[index], reading))}</td>')
            self.add("</tr>\n")
        self.add("</table></div></figure>\n")

    def _cell(
        self, cell: GridCell, anchor: str, spans: tuple[int, int] | None, column: int, reading: GridReading
    ) -> None:
        kind = ' class="amount"' if column in reading.columns else ""
        name = f' id="{anchor}"' if anchor in self.targets else ""
        high, wide = spans or (1, 1)
        size = (f' rowspan="{high}"' if high > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
        self.add(f"<td{name}{kind}{size}>")
        self._text(cell.text, cell.start)
        self.add(f"{self._links(anchor)}</td>")

    def _text(self, text: str, start: int) -> None:
        text = self.marks.as_in_source(text, start)
        self.add(self.marks.html(text, start))
        self.shown += len(self.marks.within(start, start + min(len(text), MOST_SHOWN)))

    def _links(self, anchor: str) -> str:
        return backlinks(self.notes.get(anchor, ()))


def _caption(reading: GridReading, lang: Lang) -> str:
    table = reading.table
    if reading.goals is not None:
        return f"<strong>{escaped(reading.goals.title)}</strong> {escaped(reading.goals.project)}"
    if table is None:
        return escaped(word("page", "not-a-table", lang))
    number = word("page", "number", lang).format(table.number) + " " if table.number is not None else ""
    about = f"<code>{escaped(said({'kind': table.kind.value, **reading.shared}))}</code>"
    return f"<strong>{escaped(number + table.title)}</strong> {escaped(table.unit.value)} {about}"


def _columns(reading: GridReading, width: int, lang: Lang) -> str:
    """The row above the grid: what each column was recognised as."""
    cells = []
    for column in range(width):
        found = reading.columns.get(column)
        if found is not None:
            header = " › ".join(found.header)
            cells.append(f"<th>{escaped(header)}<br><code>{escaped(said(found.words)) or '✓'}</code></th>")
        elif column in reading.labels:
            kind = "label" if column in reading.names else "code"
            cells.append(f'<th class="{kind}"><i>{escaped(word("page", kind, lang))}</i></th>')
        else:
            cells.append('<th class="none">?</th>')
    return f'<tr class="at"><th></th>{"".join(cells)}<th><i>{escaped(word("page", "line", lang))}</i></th></tr>\n'


def _roles(grid: Grid, reading: GridReading) -> Iterator[str]:
    """What each row is: of the header (also where a page repeats it), a line, blank, or none of these."""
    first = next((index for index, lines in enumerate(reading.rows) if lines), None)
    if reading.table is None or first is None:
        yield from ("" for _ in grid.rows)
        return
    texts = [[fold(cell.text) for cell in row] for row in grid.rows]
    heads = [row for row in texts[:first] if any(row)]
    for index, row in enumerate(texts):
        if index < first or row in heads:
            yield "head"
        elif reading.rows[index]:
            yield "line"
        else:
            yield "rest" if any(row) else "blank"


def _line_words(lines: Sequence[RowReading], reading: GridReading) -> str:
    """What a row adds to the coordinate of its figures: the subject it stands for, say."""
    out = []
    for found in lines:
        words = {name: value for name, value in at_words(found.line.at).items() if reading.shared.get(name) != value}
        out.append(said(words) or type(found.line.head).__name__.removesuffix("Head").lower())
    return " ‖ ".join(out)


def _merged(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """How many rows and columns a cell spans; (0, 0) for the cells it covers, where these are blank."""
    out: dict[tuple[int, int], tuple[int, int]] = {}
    rows, width = len(grid.rows), len(grid.rows[0])
    for row, column, high, wide in grid.merged:
        inside = [(r, c) for r in range(row, min(row + high, rows)) for c in range(column, min(column + wide, width))]
        covered = [place for place in inside if place != (row, column)]
        if (row, column) in inside and not any(grid.rows[r][c].text or (r, c) in out for r, c in covered):
            out.update(dict.fromkeys(covered, (0, 0)))
            out[row, column] = (min(high, rows - row), min(wide, width - column))
    return out
