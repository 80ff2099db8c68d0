"""HTML: headings, paragraphs and tables with rowspan and colspan, by lxml; nothing is fetched, no script is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from govbudget.errors import SourceError
from govbudget.source.captions import split_captions, without_blanks
from govbudget.source.extras import need
from govbudget.source.grids import MAX_CELLS
from govbudget.source.model import Document
from govbudget.source.pieces import Merge, Piece, TablePiece, TextPiece, assemble, check_size, table

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed", "canvas"}
    | {"title", "select", "button", "input", "textarea"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd"}
    | {"label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub"}
    | {"sup", "time", "tt", "u", "var", "wbr", "o:p"}
)
_MAX_DEPTH = 250
_MAX_NODES = 2_000_000
_MAX_SPAN = 1_000
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,7})")
_THIN = frozenset("\u2009\u202f")
_BLANKS = re.compile(r"[^\S\u2009\u202f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


def read_html(data: bytes, name: str) -> Document:
    """Read a web page; a table with another one inside is layout, its cells are read as text.

    Raises:
        MissingExtra: lxml is not installed.
        SourceError: there is nothing in it, or it nests too deeply.
    """
    etree = need("lxml.etree", "html", "reading web pages")
    encoding = _encoding(data)
    try:
        parser = etree.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, huge_tree=False)
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise SourceError("the web page is empty or damaged", place=name, hint="save it again") from error
    if root is None:
        raise SourceError("the web page is empty", place=name)
    reader = _Reader(name)
    reader.block(root, 0, 0)
    reader.flush()
    remarks = [] if encoding == "utf-8" else [("source-encoding", encoding)]
    return assemble(name, reader.pieces, remarks=remarks)


def _encoding(data: bytes) -> str:
    """By byte-order mark, by what the page says, by what its bytes can be."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return encoding
    declared = _META.search(data[:4096])
    said = declared[1].decode("ascii").lower() if declared else ""
    if said in {"gb2312", "gbk", "gb18030", "x-gbk"}:
        return "gb18030"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return said if said and said not in {"utf-8", "utf8"} else "gb18030"
    return said if said not in {"", "utf8"} else "utf-8"


class _Reader:
    """Walks the tree; runs of inline text are gathered until a block begins or ends."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.pieces: list[Piece] = []
        self.out: list[str] = []
        self.heading = 0
        self.nodes = 0

    def flush(self) -> None:
        """End the paragraph that is being gathered."""
        for line in _collapsed("".join(self.out)).split("\n"):
            if line.strip():
                self.pieces.append(TextPiece(text=line.strip(), heading=self.heading))
        self.out.clear()

    def block(self, node: Any, depth: int, heading: int) -> None:
        """Read an element and what is inside."""
        self._count(depth)
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _DROPPED or not tag or _invisible(node):
            return
        if tag == "br":
            self.out.append("\v")
        elif tag == "table":
            self.flush()
            self._table(node, depth)
        else:
            inline = tag in _INLINE
            if not inline:
                self.flush()
                heading = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else heading
                self.heading = heading
            self.out.append(node.text or "")
            for child in node:
                self.block(child, depth + 1, heading)
                self.out.append(child.tail or "")
            if not inline:
                self.heading = heading
                self.flush()
                self.heading = 0

    def _count(self, depth: int) -> None:
        self.nodes += 1
        if depth > _MAX_DEPTH:
            raise SourceError("the web page nests too deeply", place=self.name, hint="is it the right file?")
        if self.nodes > _MAX_NODES:
            raise SourceError("the web page is too large", place=self.name, hint="is it the right file?")

    def _table(self, node: Any, depth: int) -> None:
        if node.find(".//table") is not None:
            for child in node:
                self.block(child, depth + 1, 0)
            self.flush()
            return
        for caption in node.iter("caption"):
            text = self._text(caption, depth)
            self.pieces.extend(TextPiece(text=line, heading=3) for line in text.split("\n") if line)
        made = self._grid(node, depth)
        if not made.rows or not any(map(any, made.rows)):
            return
        if len(without_blanks(made).rows[0]) < 2:
            self.pieces.extend(
                TextPiece(text=line.strip()) for row in made.rows for t in row for line in t.split("\n") if line.strip()
            )
            return
        for piece in split_captions(made):
            self.pieces.append(without_blanks(piece) if isinstance(piece, TablePiece) else piece)

    def _grid(self, node: Any, depth: int) -> TablePiece:
        cells: dict[tuple[int, int], str] = {}
        merged: list[Merge] = []
        taken: set[tuple[int, int]] = set()
        rows = [row for row in node.iter("tr") if not _invisible(row)]
        width = 0
        for index, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.tag not in {"td", "th"}:
                    continue
                while (index, column) in taken:
                    column += 1
                cells[index, column] = self._text(cell, depth)
                wide = high = 1
                if cell.attrib:
                    wide = _span(cell.get("colspan"), _MAX_SPAN)
                    high = min(_span(cell.get("rowspan"), len(rows), zero=len(rows)), len(rows) - index)
                if wide * high > 1:
                    if len(taken) + wide * high > MAX_CELLS:
                        check_size(len(taken) + wide * high, 1, self.name)
                    taken.update((index + i, column + j) for i in range(high) for j in range(wide))
                    merged.append((index, column, high, wide))
                width = max(width, column + wide)
                column += wide
        check_size(len(rows), width, self.name)
        texts = [[cells.get((r, c), "") for c in range(width)] for r in range(len(rows))]
        return table(texts, merged)

    def _text(self, node: Any, depth: int) -> str:
        if not len(node):  # most cells hold a text and nothing else
            self.nodes += 1
            return _one_blank(node.text or "")
        text = "".join(self._texts(node, depth))
        lines = map(_one_blank, text.split("\v"))
        return "\n".join(line for line in lines if line)

    def _texts(self, node: Any, depth: int) -> Iterator[str]:
        self._count(depth)
        yield node.text or ""
        for child in node:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "br":
                yield "\v"
            elif tag and tag not in _DROPPED and not _invisible(child):
                block = tag not in _INLINE
                if block:
                    yield "\v"
                yield from self._texts(child, depth + 1)
                if block:
                    yield "\v"
            yield child.tail or ""


def _invisible(node: Any) -> bool:
    if not node.attrib:
        return False
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


def _collapsed(text: str) -> str:
    """White space of the source is one blank; a break of the page (kept as a vertical tab) is a new line."""
    return re.sub(r"[ \t\r\n\f\u00a0]+", " ", text).replace("\v", "\n")


def _span(value: str | None, most: int, *, zero: int = 1) -> int:
    match = _NUMBER.match(value) if value else None
    if match is None:
        return 1
    number = int(match[1])
    return max(1, min(number, most)) if number else max(zero, 1)


def _one_blank(text: str) -> str:
    """Make one blank of many, as a page shows them; a thin blank inside a number is its separator and stays."""
    if _THIN.isdisjoint(text):
        return " ".join(text.split())
    return " ".join(part for part in _BLANKS.split(text) if part)
