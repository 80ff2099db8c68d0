"""A folder of CSV or TSV files: the narrative in one, each table in one of its own.

Text that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-`` or ``@``) is marked by an
apostrophe, as spreadsheets mark it themselves; the reader takes the mark away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from govbudget.errors import FormatError
from govbudget.layouts import layout_ids
from govbudget.model import Disclosure
from govbudget.money import Amount, printed
from govbudget.reading import read_document
from govbudget.serializers.printed.blocks import Block, Cell, Contents, Heading, Ruled, Words, header_rows
from govbudget.serializers.printed.compose import compose
from govbudget.source.pieces import Piece, TextPiece, assemble, table

NARRATIVE = "00 narrative"
_HEAD = ("level", "text")  # and the id of the layout, for the reader
_GUARDED = re.compile(r"'*[=+\-@]")
_NOT_IN_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_NAME = 60
_BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine
_EXTENSION = {",": ".csv", "\t": ".tsv"}


def _files(mark: str, disclosure: Disclosure) -> dict[str, bytes]:
    """Return the files by name. Rows of a table: title; body and unit; blank; header and lines; blank; notes."""
    blocks = compose(disclosure)
    end = _EXTENSION[mark]
    found = {NARRATIVE + end: _written([(*_HEAD, disclosure.layout), *_narrative(blocks)], mark)}
    for number, block in enumerate((b for b in blocks if isinstance(b, Ruled)), 1):
        name = _NOT_IN_NAME.sub(" ", block.title)[:_LONGEST_NAME].strip(" .")
        found[f"{number:02} {name}{end}"] = _written(_rows(block), mark)
    return found


csv_files = partial(_files, ",")
tsv_files = partial(_files, "\t")


def _narrative(blocks: Iterable[Block]) -> Iterator[tuple[str, ...]]:
    for block in blocks:
        if isinstance(block, Heading):
            yield str(block.level), _guarded(block.text)
        elif isinstance(block, Words):
            yield "", _guarded(block.text)
        elif isinstance(block, Contents):
            yield from (("", *map(_guarded, row)) for row in block.rows)


def _rows(block: Ruled) -> Iterator[Sequence[str]]:
    yield [_guarded(block.title)]
    yield [_guarded(block.body), block.unit]
    yield []
    yield from (list(map(_guarded, row)) for row in header_rows(block))
    yield from ([_cell(cell) for cell in row] for row in block.rows)
    yield []
    yield from ([_guarded(note)] for note in block.notes)


def _cell(cell: Cell) -> str:
    return printed(cell, grouping=False) if isinstance(cell, Amount) else _guarded(cell)


def _guarded(text: str) -> str:
    return f"'{text}" if _GUARDED.match(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def _written(rows: Iterable[Sequence[str]], mark: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(rows)
    return (_BOM + out.getvalue()).encode()


# -- back -------------------------------------------------------------------------------------------------------------


def _read(mark: str, files: Mapping[str, bytes], name: str) -> Disclosure:
    """Read the files back.

    Raises:
        FormatError: a file is no CSV as it is written here.
    """
    end = _EXTENSION[mark]
    if NARRATIVE + end not in files:
        raise FormatError(
            f"there is no {NARRATIVE}{end}", place=name, hint="govbudget.read reads a folder of any tables"
        )
    pieces: list[Piece] = []
    head, *rows = _parsed(files[NARRATIVE + end], mark, NARRATIVE + end) or [[]]
    if tuple(head[:2]) != _HEAD:
        raise FormatError("the first row says nothing of level and text", place=NARRATIVE + end)
    for level, *cells in filter(None, rows):
        text = "\t".join(map(_bare, cells))
        if text.strip():
            pieces.append(TextPiece(text=text, heading=int(level) if level in ("1", "2", "3") else 0))
    for file in sorted(files):
        if file != NARRATIVE + end and file.endswith(end):
            pieces.extend(_pieces(_parsed(files[file], mark, file), file))
    chosen = head[2] if len(head) > 2 and head[2] in layout_ids() else None
    return read_document(assemble(name, pieces), chosen).disclosure


read_csv = partial(_read, ",")
read_tsv = partial(_read, "\t")


def _pieces(rows: list[list[str]], file: str) -> Iterator[Piece]:
    if len(rows) < 3 or not rows[0] or rows[2]:
        raise FormatError("no table as it is written here: title, body and unit, a blank row, the table", place=file)
    yield TextPiece(text=_bare(rows[0][0]), heading=3)
    yield from (TextPiece(text=_bare(text)) for text in rows[1] if text)
    stop = next((index for index in range(len(rows) - 1, 2, -1) if not rows[index]), len(rows))
    body = [[cell if _is_number(cell) else _bare(cell) for cell in row] for row in rows[3:stop]]
    if body:
        yield table(body)
    yield from (TextPiece(text=_bare(row[0])) for row in rows[stop + 1 :] if row)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[\d.]+", cell) is not None


def _parsed(data: bytes, mark: str, file: str) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FormatError(f"this is no file of ours: {error}"[:200], place=file) from error
