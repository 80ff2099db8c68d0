"""Where something stands in a document. Every figure, claim and finding carries one."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True, cache_hash=True)
class Place:
    """A place in a document; what is not known is ``None``.

    Attributes:
        document: name of the document (its file name).
        page: page number, from 1.
        section: heading of the section of the narrative.
        table: number of the table as printed, 表3 is 3.
        row: row of the printed grid, header rows included, from 1.
        column: column of the printed grid, from 1.
        line: line of the source file, from 1.
        span: (start, stop) character offsets in the decoded source.

    >>> str(Place(document="a.md", table=3, row=5, column=2))
    'a.md 表3 row 5 column 2'
    """

    document: str = ""
    page: int | None = None
    section: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    span: tuple[int, int] | None = None

    def __str__(self) -> str:
        parts = [self.document] if self.document else []
        if self.page is not None:
            parts.append(f"page {self.page}")
        if self.section:
            parts.append(self.section)
        if self.table is not None:
            parts.append(f"表{self.table}")
        for word, value in (("row", self.row), ("column", self.column), ("line", self.line)):
            if value is not None:
                parts.append(f"{word} {value}")
        return " ".join(parts)
