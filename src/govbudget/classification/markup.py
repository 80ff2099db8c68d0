"""Subjects as HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from govbudget.classification.subject import Subject

_MOST = 60


def html_table(caption: str, subjects: Iterable[Subject]) -> str:
    """Write subjects as one HTML table, indented by level, with what stands behind each row.

    >>> from govbudget.classification import Scheme
    >>> "&lt;b&gt;" in html_table("<b>", [Subject(Scheme.FUNCTIONAL, "201", "一般公共服务支出", 1)])
    True
    """
    rows = list(subjects)
    body = "".join(
        f'<tr><td>{escape(s.code)}</td><td style="text-align:left;padding-left:{s.level - 1}em">{escape(s.name)}</td>'
        f"<td>{s.level_name}</td><td>{s.standing.value}</td></tr>"
        for s in rows[:_MOST]
    )
    more = f"<tr><td colspan=4>… {len(rows) - _MOST} more</td></tr>" if len(rows) > _MOST else ""
    head = "<tr><th>code</th><th>name</th><th>level</th><th>standing</th></tr>"
    return f"<table><caption>{escape(caption)}</caption>{head}{body}{more}</table>"
