"""What a document falls into before anything in it is understood: cover, sections, printed tables."""

from __future__ import annotations

import attrs

from govbudget.layouts import SectionSpec, TableSpec
from govbudget.source import Grid
from govbudget.text import Folded


@attrs.frozen(kw_only=True)
class Run:
    """A paragraph with its folded text; page breaks inside a sentence are mended.

    Attributes:
        text: the text as printed, emphasis marks left out.
        folded: the same, folded, with the way back to the source.
        span: where it stands in the source, the gap of a page break included.
        line: its first line.
        heading: level of the heading in the source, 0 for text.
        page: its page, where the source has pages.
    """

    text: str
    folded: Folded
    span: tuple[int, int]
    line: int
    heading: int = 0
    page: int | None = None


@attrs.frozen(kw_only=True)
class Part:
    """A heading and the paragraphs under it.

    Attributes:
        heading: the heading, ``None`` for what stands before the first one.
        spec: what the layout says of this section, ``None`` where it has no such heading.
        runs: the paragraphs.
        inferred: whether the section was known by words of the heading, which the layout does not have.
    """

    heading: Run | None
    spec: SectionSpec | None
    runs: tuple[Run, ...]
    inferred: bool = False


@attrs.frozen(kw_only=True)
class PrintedTable:
    """A grid with the lines that belong to it.

    Attributes:
        grid: the cells.
        spec: the table that its title names, ``None`` where no title of the layout fits.
        number: the number in the title.
        title: the title as printed, blanks removed, without its number.
        organization: what is printed behind 单位名称 / 编制单位.
        units: every unit printed behind 单位, in order.
        year: the year, where a line under the title says it alone.
        notes: what is printed under it and starts with 注.
        loose: lines above it that are none of these.
    """

    grid: Grid
    spec: TableSpec | None
    number: int | None
    title: str
    organization: str
    units: tuple[str, ...]
    year: int | None = None
    notes: tuple[Run, ...] = ()
    loose: tuple[Run, ...] = ()


@attrs.frozen(kw_only=True)
class Outline:
    """The whole document, taken apart.

    Attributes:
        cover: what stands before the first section.
        contents: the table of contents, as grids and lines.
        parts: the sections in order.
        tables: the printed tables in order.
        loose: lines between tables that belong to none.
    """

    cover: tuple[Run, ...]
    contents: tuple[Run, ...]
    parts: tuple[Part, ...]
    tables: tuple[PrintedTable, ...]
    loose: tuple[Run, ...] = ()
