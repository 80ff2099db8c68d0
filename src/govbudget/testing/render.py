"""Print the tables of a disclosure as the text or Markdown that the readers read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from govbudget.model import Disclosure, Line, ProjectHead, Table, TableKind, Total, cell
from govbudget.money import Amount, Mark, printed

_Rows = list[list[str]]


def render_text(disclosure: Disclosure) -> str:
    """Print the tables as text with tab-separated cells."""
    return _render(disclosure, lambda rows: "\n".join("\t".join(row) for row in rows))


def render_markdown(disclosure: Disclosure) -> str:
    """Print the tables as Markdown pipe tables."""

    def pipes(rows: _Rows) -> str:
        lines = ["| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in rows]
        return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])

    return _render(disclosure, pipes)


def _render(disclosure: Disclosure, grid: Callable[[_Rows], str]) -> str:
    parts = [disclosure.organization.name, f"{disclosure.year}年度单位预算"]
    for table in disclosure.tables:
        parts.append(f"表{table.number}：{table.title}")
        parts.append(f"单位名称：{table.organization}")
        parts.append(f"单位：{table.unit.value}")
        parts.append(grid(_rows(table)))
        parts.extend(note.text for note in table.notes)
    return "\n\n".join(parts) + "\n"


def _rows(table: Table) -> _Rows:
    blocks = [_block(table, index) for index in range(len(table.lanes))]
    depth = max(len(headers) for headers, _ in blocks)
    height = max(len(body) for _, body in blocks)
    rows: _Rows = [[] for _ in range(depth + height)]
    for headers, body in blocks:
        width = len(headers[0])
        padded = [*headers, *[[""] * width for _ in range(depth - len(headers))]]
        filled = [*body, *[[""] * width for _ in range(height - len(body))]]
        for row, cells in zip(rows, [*padded, *filled], strict=True):
            row.extend(cells)
    return rows


def _block(table: Table, index: int) -> tuple[_Rows, _Rows]:
    """Header rows and body of a lane; a merged header cell is printed once, blanks to its right."""
    lane = table.lanes[index]
    labels = _label_headers(table, index)
    paths = [*[(label,) for label in labels], *[column.header for column in lane.columns]]
    if len(table.lanes) > 1:
        paths[0] = (lane.columns[0].header[0], "项目")
    depth = max(len(path) for path in paths)
    headers: _Rows = []
    for level in range(depth):
        row = []
        for i, path in enumerate(paths):
            word = path[level] if level < len(path) else ""
            merged = i > 0 and level < len(path) - 1 and paths[i - 1][: level + 1] == path[: level + 1]
            row.append("" if merged else word)
        headers.append(row)
    body = [[*_labels(line, len(labels)), *_figures(table, line)] for line in lane.lines]
    if table.kind is TableKind.PERFORMANCE:
        headers = [[*row, "绩效目标" if level == 0 else ""] for level, row in enumerate(headers)]
        goals = [line.head.goal or "" if isinstance(line.head, ProjectHead) else "" for line in lane.lines]
        body = [[*row, goal] for row, goal in zip(body, goals, strict=True)]
    return headers, body


def _label_headers(table: Table, index: int) -> Sequence[str]:
    axis = table.lanes[index].axis
    if axis == "project":
        return ("单位名称", "项目名称")
    if axis == "entity":
        return ("单位名称",)
    return ("经济分类科目名称" if axis == "economic" else "科目",)


def _labels(line: Line, count: int) -> list[str]:
    if isinstance(line.head, ProjectHead):
        return [line.head.organization, line.head.name]
    if isinstance(line.head, Total) and count == 2:
        return ["", line.label]  # published tables print the total under the name of the project
    return [line.label] + [""] * (count - 1)


def _figures(table: Table, line: Line) -> list[str]:
    cells = [cell(table, line, i) for i in range(len(line.values))]
    return [printed(c) if isinstance(c, Amount) else ("—" if c is Mark.NOT_APPLICABLE else "") for c in cells]
