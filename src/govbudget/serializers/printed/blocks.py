"""What a printed disclosure is made of, before it has a format."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

import attrs

from govbudget.money import Amount, printed

# What no XML may hold, and what ends a line or a cell where it should not.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")
_HEADER_LINES = 2
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")


@attrs.frozen
class Heading:
    """A heading; level 1 is the title of the document."""

    text: str
    level: int


@attrs.frozen
class Words:
    """A paragraph."""

    text: str


@attrs.frozen
class Contents:
    """Lines of the table of contents (目录) that have cells: what is to be found, and its page."""

    rows: tuple[tuple[str, ...], ...]


@attrs.frozen
class Span:
    """A cell of the header: its text, where it starts (from 0), and how many rows and columns it takes."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


Origin = tuple[int, int, int]
"""Lane, line and column of a figure, by index."""

Cell = Amount | str
"""A cell of the body: a figure, or a text (a label, a dash, a blank)."""


@attrs.frozen(kw_only=True)
class Ruled:
    """A table as it is printed.

    Attributes:
        name: number and name that tell it from the others, for the tab of a worksheet (表1).
        title: its title with its number (表1：2024年收支预算总表).
        body: whose table it is (单位名称：…), empty where nobody is named.
        unit: the unit of its money (单位：万元).
        header: the cells of its header.
        depth: how many rows the header takes.
        figures: for each column whether it holds figures.
        rows: the body; all rows are as long as ``figures``.
        notes: what stands under it.
        origins: for each row, by column, the lane, the line and the column of the model that a figure comes from.
    """

    name: str
    title: str
    body: str
    unit: str
    header: tuple[Span, ...]
    depth: int
    figures: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    origins: tuple[tuple[Origin | None, ...], ...] = ()


Block = Heading | Words | Contents | Ruled


def clean(text: str) -> str:
    r"""Return ``text`` as one line that every format can hold: breaks and tabs are blanks, control characters go.

    >>> clean("=1+1\t\x00甲\n乙")
    '=1+1 甲 乙'
    """
    return _FORBIDDEN.sub("", _BREAKS.sub(" ", text)).strip()


def shown(cell: Cell) -> str:
    """Return what a cell shows.

    >>> from govbudget.money import MoneyUnit
    >>> shown(Amount.parse("1147.95", MoneyUnit.WAN_YUAN)), shown("—")
    ('1,147.95', '—')
    """
    return printed(cell) if isinstance(cell, Amount) else cell


def header_rows(table: Ruled) -> list[list[str]]:
    """Return the header as rows of texts, where a cell that spans several shows its text in the first."""
    rows = [[""] * len(table.figures) for _ in range(table.depth)]
    for span in table.header:
        rows[span.row][span.column] = span.text
    return rows


def widths(table: Ruled, *, least: int, most: int) -> list[int]:
    """Return how wide each column would like to be, in characters of half width, within bounds.

    As wide as the longest text of the body; words of the header may take several lines.
    """
    longest = [0] * len(table.figures)
    for span in table.header:
        if span.columns == 1:
            longest[span.column] = max(longest[span.column], text_width(span.text) // _HEADER_LINES)
    for row in table.rows:
        longest = [max(size, text_width(shown(cell))) for size, cell in zip(longest, row, strict=True)]
    return [max(least, min(most, size + 2)) for size in longest]


def text_width(text: str) -> int:
    """Return how wide a text is, in characters of half width."""
    if text.isascii():
        return len(text)
    return len(text) + sum([east_asian_width(char) in "WF" for char in text])
