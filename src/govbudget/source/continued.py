"""Tables that a page break cuts in two, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from govbudget.source.pieces import Merge, Piece, TablePiece, check_size

_NEAR = 600  # columns of one table may be drawn some points apart on the next page
_MAX_HEADER = 6
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+[、.]|[（(]?\d)")


def join_continued(pieces: Iterable[Piece]) -> list[Piece]:
    """Join tables that follow each other with nothing between them and have the same columns.

    Only tables of different pages are joined. A header that the next page repeats is left out; a row that the page
    break cut is made whole: its text filled its cell, and the next page begins with the rest alone.

    >>> from govbudget.source.pieces import TablePiece
    >>> one = TablePiece(rows=(("科目", "金额"), ("甲", "1")), pages=(1, 1), edges=(0, 500, 900))
    >>> two = TablePiece(rows=(("科目", "金额"), ("乙", "2")), pages=(2, 2), edges=(0, 500, 900))
    >>> join_continued([one, two])[0].rows
    (('科目', '金额'), ('甲', '1'), ('乙', '2'))
    """
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if isinstance(last, TablePiece) and isinstance(piece, TablePiece) and (joined := _joined(last, piece)):
            out[-1] = joined
        else:
            out.append(piece)
    return out


def _joined(first: TablePiece, second: TablePiece) -> TablePiece | None:
    if not first.pages or not second.pages or not 0 <= second.pages[0] - first.pages[-1] <= 1:
        return None
    if second.pages[0] == first.pages[-1] or not first.edges or not second.edges:
        return None
    edges = _common_edges(first.edges, second.edges)
    if edges is None:
        return None
    first, second = _spread(first, edges), _spread(second, edges)
    skip = _repeated(first.rows, second.rows)
    if not skip and _another_header(first.rows, second.rows):
        return None
    second = _without_top(second, skip)
    if not any(any(row) for row in second.rows[:1]) and len(second.rows) > 1:
        second = _without_top(second, 1)  # the empty rest of a row that was cut
    first, second = _mended(first, second)
    rows = first.rows + second.rows
    check_size(len(rows), len(rows[0]) if rows else 0)
    shift = len(first.rows)
    return TablePiece(
        rows=rows,
        merged=first.merged + tuple((r + shift, c, h, w) for r, c, h, w in second.merged),
        pages=first.pages + second.pages,
        open_cells=first.open_cells + second.open_cells,
        edges=edges,
    )


def _common_edges(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...] | None:
    """The edges of the finer table, where the coarser has no other ones; tables may be moved as a whole."""
    fine, coarse = (first, second) if len(first) >= len(second) else (second, first)
    for move in (0, fine[0] - coarse[0]):
        fits = all(any(abs(edge + move - other) <= _NEAR for other in fine) for edge in coarse)
        outer = abs(coarse[0] + move - fine[0]) <= _NEAR and abs(coarse[-1] + move - fine[-1]) <= _NEAR
        if fits and outer and (len(coarse) > 3 or len(coarse) == len(fine) or move == 0):
            return tuple(fine)
    return None


def _spread(table: TablePiece, edges: Sequence[int]) -> TablePiece:
    """Give a coarser table the columns of ``edges``: what spans several of them is a merged cell."""
    if len(table.edges) == len(edges):
        return attrs.evolve(table, edges=tuple(edges))
    move = edges[0] - table.edges[0]
    move = 0 if abs(move) <= _NEAR else move
    at = [min(range(len(edges)), key=lambda i: abs(edges[i] - edge - move)) for edge in table.edges]
    width = len(edges) - 1
    rows = []
    for row in table.rows:
        wide = [""] * width
        for column, text in enumerate(row):
            wide[at[column]] = text
        rows.append(tuple(wide))
    inside = {(r + i, c + j) for r, c, h, w in table.merged for i in range(h) for j in range(w)}
    merged = [(r, at[c], h, at[c + w] - at[c]) for r, c, h, w in table.merged]
    for r in range(len(table.rows)):
        for c in range(len(table.edges) - 1):
            if (r, c) not in inside and at[c + 1] - at[c] > 1:
                merged.append((r, at[c], 1, at[c + 1] - at[c]))
    opened = tuple(frozenset(at[c] for c in cells) for cells in table.open_cells)
    return attrs.evolve(table, rows=tuple(rows), merged=tuple(sorted(merged)), open_cells=opened, edges=tuple(edges))


def _repeated(first: Sequence[tuple[str, ...]], second: Sequence[tuple[str, ...]]) -> int:
    """How many rows at the top of ``second`` repeat the top of ``first`` word for word."""
    count = 0
    while count < min(len(first), len(second), _MAX_HEADER) and first[count] == second[count]:
        count += 1
    while count and not any(second[count - 1]):
        count -= 1
    return count


def _another_header(first: Sequence[tuple[str, ...]], second: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether the next page starts a table of its own: words, no figure, and a full row where figures stood."""
    top = second[0]
    figures = [c for c in range(len(top)) if any(_is_figure(row[c]) for row in first)]
    return bool(figures) and all(top[c] and not _is_figure(top[c]) for c in figures)


def _is_figure(text: str) -> bool:
    return bool(re.fullmatch(r"[-−]?[\d,，.]+%?", text))


def _without_top(table: TablePiece, count: int) -> TablePiece:
    if not count:
        return table
    merged: list[Merge] = []
    for row, column, high, wide in table.merged:
        bottom = row + high - count
        if bottom > 0 and (min(row, count) + high > count or row >= count):
            top = max(row - count, 0)
            if (bottom - top) * wide > 1:
                merged.append((top, column, bottom - top, wide))
    return attrs.evolve(
        table,
        rows=table.rows[count:],
        merged=tuple(merged),
        pages=table.pages[count:],
        open_cells=table.open_cells[count:],
    )


def _mended(first: TablePiece, second: TablePiece) -> tuple[TablePiece, TablePiece]:
    """Give the last row of ``first`` the rest of its text, where ``second`` begins with that alone."""
    if not first.rows or len(second.rows) < 2 or not first.open_cells:
        return first, second
    top, last = second.rows[0], first.rows[-1]
    rest = [column for column, text in enumerate(top) if text]
    whole = all(
        column in first.open_cells[-1] and last[column] and not _NUMBERED.match(top[column]) and len(top[column]) < 12
        for column in rest
    )
    if not rest or not whole or any(_is_figure(top[c]) for c in rest):
        return first, second
    made = tuple(last[c] + top[c] if c in rest else last[c] for c in range(len(last)))
    return attrs.evolve(first, rows=(*first.rows[:-1], made)), _without_top(second, 1)
