"""Text with cells set apart by tabs, and Markdown with pipe tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from govbudget.model import Disclosure
from govbudget.serializers.printed.blocks import Contents, Ruled, Words, header_rows, shown
from govbudget.serializers.printed.compose import compose

_BULLET = re.compile(r"[-+*>]")


def text(disclosure: Disclosure) -> str:
    """Return a disclosure as text."""
    return _joined(disclosure, lambda rows: "\n".join("\t".join(row) for row in rows), lambda _: "", str)


def markdown(disclosure: Disclosure) -> str:
    """Return a disclosure as Markdown."""
    return _joined(disclosure, _pipes, lambda level: "#" * level + " ", _paragraph)


def write_text(disclosure: Disclosure) -> bytes:
    """Write text in UTF-8."""
    return text(disclosure).encode()


def write_markdown(disclosure: Disclosure) -> bytes:
    """Write Markdown in UTF-8."""
    return markdown(disclosure).encode()


_Rows = Sequence[Sequence[str]]


def _joined(
    disclosure: Disclosure,
    grid: Callable[[_Rows], str],
    mark: Callable[[int], str],
    paragraph: Callable[[str], str],
) -> str:
    parts: list[str] = []
    for block in compose(disclosure):
        if isinstance(block, Ruled):
            parts += [mark(3) + block.title, block.body, block.unit, grid(_texts(block)), *block.notes]
        elif isinstance(block, Contents):
            parts += ["\t".join(row) for row in block.rows]
        elif isinstance(block, Words):
            parts.append(paragraph(block.text))
        else:
            parts.append(mark(block.level) + block.text)
    return "\n\n".join(part for part in parts if part) + "\n"


def _texts(table: Ruled) -> _Rows:
    return [*header_rows(table), *([shown(cell) for cell in row] for row in table.rows)]


def _paragraph(words: str) -> str:
    """A paragraph that begins like an item of a list becomes an item of a list, so that nothing of it is a mark."""
    return f"- {words}" if _BULLET.match(words) else words


def _pipes(rows: _Rows) -> str:
    lines = ["| " + " | ".join(map(_escaped, row)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def _escaped(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
