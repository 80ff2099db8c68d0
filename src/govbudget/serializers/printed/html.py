"""A web page that looks like the published form: title, body and unit above each table, ruled cells, merged headers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from govbudget.model import Disclosure
from govbudget.money import Amount
from govbudget.serializers.printed.blocks import Cell, Contents, Heading, Ruled, Words, shown
from govbudget.serializers.printed.compose import compose

_STYLE = """
body { font: 12pt/1.8 SimSun, "Songti SC", "Noto Serif CJK SC", serif; max-width: 70em; margin: 2em auto; }
h1 { text-align: center; font-size: 20pt; }
h2, h3 { font-family: SimHei, "Heiti SC", "Noto Sans CJK SC", sans-serif; font-weight: normal; font-size: 14pt; }
p { text-indent: 2em; margin: 0.3em 0; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 1.4; margin-top: 2em; }
caption { text-align: left; }
caption b { display: inline-block; width: 100%; text-align: center; font-size: 14pt; }
caption .unit { float: right; }
th, td { border: 1px solid #000; padding: 0.2em 0.4em; }
table.contents { font-size: 12pt; margin: 0; }
table.contents td { border: 0; }
th { font-weight: normal; text-align: center; }
td.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print { tr { page-break-inside: avoid; } thead { display: table-header-group; } }
""".strip()


def write_html(disclosure: Disclosure) -> bytes:
    """Write a web page in UTF-8; it needs nothing else and fetches nothing."""
    name = escape(f"{disclosure.organization.name} {disclosure.year}")
    lines = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        f"<title>{name}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>",
    ]
    for block in compose(disclosure):
        if isinstance(block, Heading):
            lines.append(f"<h{block.level}>{escape(block.text)}</h{block.level}>")
        elif isinstance(block, Words):
            lines.append(f"<p>{escape(block.text)}</p>")
        elif isinstance(block, Contents):
            rows = ("<tr>" + "".join(map(_contents_cell, row)) + "</tr>" for row in block.rows)
            lines.extend(['<table class="contents">', *rows, "</table>"])
        else:
            lines.extend(_table(block))
    return "\n".join([*lines, "</body>\n</html>\n"]).encode()


def _table(table: Ruled) -> Iterator[str]:
    yield "<table>"
    yield f"<caption><b>{escape(table.title)}</b><br>"
    yield f'<span class="body">{escape(table.body)}</span> <span class="unit">{escape(table.unit)}</span></caption>'
    yield "<thead>"
    for level in range(table.depth):
        yield "<tr>" + "".join(_header(s.text, s.rows, s.columns) for s in table.header if s.row == level) + "</tr>"
    yield "</thead>\n<tbody>"
    for row in table.rows:
        yield (
            "<tr>"
            + "".join(_cell(cell, is_figure) for cell, is_figure in zip(row, table.figures, strict=True))
            + "</tr>"
        )
    yield "</tbody>\n</table>"
    yield from (f"<p>{escape(note)}</p>" for note in table.notes)


def _header(text: str, rows: int, columns: int) -> str:
    down = f' rowspan="{rows}"' if rows > 1 else ""
    right = f' colspan="{columns}"' if columns > 1 else ""
    return f"<th{down}{right}>{escape(text)}</th>"


def _contents_cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _cell(cell: Cell, is_figure: bool) -> str:  # noqa: FBT001
    mark = ' class="figure"' if is_figure or isinstance(cell, Amount) else ""
    return f"<td{mark}>{escape(shown(cell))}</td>"
