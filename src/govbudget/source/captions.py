"""What stands inside the first or last rows of a table but is no part of it; blank rows and columns.

Titles, 单位：… and 注：… are often cells of the table itself. They become paragraphs before and after it, where the
drawing says clearly that they span the whole row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from govbudget.source.pieces import Merge, Piece, TablePiece, TextPiece

_BODY = re.compile(r"\s*(?:编制|预算|填报|公开)?\s*(?:单\s*位|部\s*门)\s*(?:名\s*称)?\s*[:：]")
_UNIT = re.compile(r"单\s*位\s*[:：]\s*(?:人民币)?\s*[亿万千百]?\s*元")
_TITLE = re.compile(
    r"表\s*(?:[(（].*[)）])?\s*$|^(?:附|公开)?\s*表\s*[\d一二三四五六七八九十]+|^公开\s*\d+\s*表|^\d{4}\s*年"
)
_NOTE = re.compile(r"\s*(?:注|说明|备注)\s*\d?\s*[:：]")
_MAX_LEAD = 6


def split_captions(table: TablePiece, *, loose: bool = False) -> list[Piece]:
    """Return the table with the captions in its first rows before it and the notes in its last rows after it.

    Args:
        table: the table.
        loose: rows of one filled cell above the header are captions whether merged or not, as in a worksheet.

    >>> from govbudget.source.pieces import table
    >>> rows = [["收入总表", "", ""], ["部门：", "某局", "单位：万元"], ["项目", "", "金额"], ["甲", "", "1"]]
    >>> [p.text for p in split_captions(table(rows, [(0, 0, 1, 3)])) if isinstance(p, TextPiece)]
    ['收入总表', '部门：某局 单位：万元']
    """
    top, marked = _lead(table, loose=loose)
    bottom = len(table.rows)
    while bottom > top and _is_note(table, bottom - 1, loose=loose):
        bottom -= 1
    before = [_text(table, row, 0 if row in marked else 2) for row in range(top) if any(table.rows[row])]
    after = [_text(table, row) for row in range(bottom, len(table.rows)) if any(table.rows[row])]
    rest = between(table, top, bottom)
    return [*before, *([rest] if any(map(any, rest.rows)) else []), *after]


def _lead(table: TablePiece, *, loose: bool) -> tuple[int, Sequence[int]]:
    """How many rows at the top are captions, and which of the first say whose table it is or its unit."""
    count = min(_MAX_LEAD, len(table.rows) - 1)
    marked = [row for row in range(count) if _has_mark(table.rows[row])]
    top = 0
    if marked and all(row in marked or len(_shown(table.rows[row])) <= 1 for row in range(marked[-1])):
        top = marked[-1] + 1
    while top < count and (
        not any(table.rows[top]) or ((text := _alone(table, top, loose=loose)) and _TITLE.search(text))
    ):
        top += 1
    return top, marked


def _has_mark(row: Iterable[str]) -> bool:
    """Tell whether a cell says whose table it is or its unit; most have no colon, and are asked no further."""
    return any(_BODY.match(text) or _UNIT.search(text) for text in row if "：" in text or ":" in text)


def _shown(row: Iterable[str]) -> list[str]:
    return list(filter(None, map(str.strip, row)))


def _alone(table: TablePiece, row: int, *, loose: bool) -> str:
    """The one text of a row of which it takes all; ``""`` where there is none."""
    texts = table.rows[row]
    shown = _shown(texts)
    if len(shown) != 1:
        return ""
    width = len(texts)
    if not loose and width > 1:
        column = next(c for c, text in enumerate(texts) if text.strip())
        if next((w for r, c, h, w in table.merged if r == row and c == column and h == 1), 1) != width:
            return ""
    return shown[0]


def _is_note(table: TablePiece, row: int, *, loose: bool) -> bool:
    if not any(table.rows[row]):
        return loose
    text = _alone(table, row, loose=loose)
    return bool(text) and bool(_NOTE.match(text) or (text.endswith("。") and len(text) > 15))


def _text(table: TablePiece, row: int, heading: int = 0) -> TextPiece:
    """A row as a paragraph, which is a heading of this level only where one text stands in it."""
    parts: list[str] = []
    texts = _shown(table.rows[row])
    for text in texts:
        if parts and parts[-1].endswith((":", "：")) and not _BODY.match(text) and not _UNIT.match(text):
            parts[-1] += text
        else:
            parts.append(text)
    page = table.pages[row] if table.pages else None
    return TextPiece(text=" ".join(parts), heading=heading if len(texts) == 1 else 0, page=page)


def without_blanks(table: TablePiece) -> TablePiece:
    """Drop the columns in which nothing stands, and blank rows that a cell from above runs through.

    >>> from govbudget.source.pieces import table
    >>> without_blanks(table([["甲", "", "乙"], ["1", "", "2"]])).rows
    (('甲', '乙'), ('1', '2'))
    """
    columns = [c for c, texts in enumerate(zip(*table.rows, strict=True)) if not any(map(str.strip, texts))]
    if not columns and not table.merged:
        return table
    through = {
        row + i for row, column, high, _ in table.merged for i in range(1, high) if table.rows[row][column].strip()
    }
    rows = [r for r, row in enumerate(table.rows) if r in through and not any(text.strip() for text in row)]
    return without(table, rows, columns)


def between(table: TablePiece, first: int, stop: int) -> TablePiece:
    """Return the rows of the table from ``first`` to before ``stop``; merged cells shrink with them.

    >>> from govbudget.source.pieces import table
    >>> between(table([["题", ""], ["甲", "1"], ["乙", ""]], [(1, 0, 2, 1)]), 1, 2).rows
    (('甲', '1'),)
    """
    if first == 0 and stop == len(table.rows):
        return table
    merged: list[Merge] = []
    for row, column, high, wide in table.merged:
        r0, r1 = (min(max(r, first), stop) - first for r in (row, row + high))
        if (r1 - r0) * wide > 1:
            merged.append((r0, column, r1 - r0, wide))
    return TablePiece(
        rows=table.rows[first:stop],
        merged=tuple(merged),
        pages=table.pages[first:stop],
        open_cells=table.open_cells[first:stop],
        edges=table.edges,
    )


def without(table: TablePiece, rows: Iterable[int], columns: Iterable[int]) -> TablePiece:
    """Return the table without these rows and columns; merged cells shrink with them."""
    rows, columns = frozenset(rows), frozenset(columns)
    if not rows and not columns:
        return table
    height, width = len(table.rows), len(table.rows[0]) if table.rows else 0
    row_at, column_at = _renumbered(height, rows), _renumbered(width, columns)
    merged: list[Merge] = []
    for row, column, high, wide in table.merged:
        r0, r1 = row_at(row), row_at(row + high)
        c0, c1 = column_at(column), column_at(column + wide)
        if (r1 - r0) * (c1 - c0) > 1:
            merged.append((r0, c0, r1 - r0, c1 - c0))
    kept = [r for r in range(height) if r not in rows]
    texts: Sequence[Sequence[str]] = table.rows
    if columns:
        stay = [c for c in range(width) if c not in columns]
        texts = [tuple([row[c] for c in stay]) for row in _moved_texts(table, rows, columns)]
    return TablePiece(
        rows=tuple([tuple(texts[r]) for r in kept]),
        merged=tuple(merged),
        pages=tuple(table.pages[r] for r in kept) if table.pages else (),
        open_cells=tuple(frozenset(column_at(c) for c in table.open_cells[r] if c not in columns) for r in kept)
        if table.open_cells
        else (),
        edges=() if columns else table.edges,
    )


def _moved_texts(table: TablePiece, rows: frozenset[int], columns: frozenset[int]) -> Sequence[Sequence[str]]:
    """The texts; that of a merged cell whose first column goes stands in the first column that stays."""
    texts = [list(row) for row in table.rows]
    for row, column, _, wide in table.merged:
        if row not in rows and column in columns and texts[row][column]:
            target = next((c for c in range(column, column + wide) if c not in columns), None)
            if target is not None:
                texts[row][target], texts[row][column] = texts[row][column], ""
    return texts


def _renumbered(count: int, gone: frozenset[int]) -> Callable[[int], int]:
    at = [0]
    for index in range(count):
        at.append(at[-1] + (index not in gone))
    return lambda index: at[index]
