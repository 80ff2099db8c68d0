"""What all views have in common: who, and how a view is written."""

from __future__ import annotations

import io

from rich.console import Console, RenderableType
from rich.text import Text

from govbudget.model import Disclosure, Scope, Stage
from govbudget.reports.words import Lang

_PLAIN_WIDTH = 120


def write(view: RenderableType) -> None:
    """Write a view to standard output: in colour on a terminal, elsewhere as plain text without trailing blanks."""
    out = Console(highlight=False)
    if out.is_terminal:
        out.print(view)
        return
    plain = Console(width=_PLAIN_WIDTH, highlight=False, no_color=True, file=io.StringIO())
    with plain.capture() as captured:
        plain.print(view)
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))


def heading(disclosure: Disclosure, lang: Lang) -> Text:
    """Return who publishes, what and for which year."""
    body = disclosure.organization
    head = Text(body.name, style="bold")
    what = "决算" if disclosure.stage is Stage.FINAL else "预算"
    whose = "部门" if disclosure.scope is Scope.DEPARTMENT else "单位"
    year = f"{disclosure.year} 年度{whose}{what}" if lang == "zh" else f"{disclosure.year} {disclosure.stage.value}"
    head.append(f"  {year}", style="bold cyan")
    about = [body.nature or "", (("隶属 " if lang == "zh" else "of ") + body.parent) if body.parent else ""]
    about.append(disclosure.layout)
    head.append("\n" + " · ".join(part for part in about if part), style="dim")
    return head
