"""Write the reference pages that follow from the code: rules, remarks of the reader, public names, layout grammar.

Usage: ``python tools/build_reference.py [FOLDER]``; the folder is docs/reference by default. The pages are
committed, and a test holds them against the code.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import attrs

import govbudget
from govbudget.invariants import CATALOGUE
from govbudget.layouts import (
    ColumnSpec,
    EntrySpec,
    LaneSpec,
    Layout,
    SectionSpec,
    TableSpec,
    TermSpec,
    TitleSpec,
    Vocabulary,
    WordSpec,
)
from govbudget.model import Coordinate, Flow, Fund, Item, Period, Stage, Use
from govbudget.reading import REMARKS
from govbudget.reports.words import texts

_HEAD = "<!-- Written by tools/build_reference.py; do not edit. -->\n\n"


def rules() -> str:
    """Return the page of rules and remarks."""
    lines = [_HEAD + "# Rules\n", f"{len(CATALOGUE)} rules, in the order in which an audit runs them.\n"]
    for group in dict.fromkeys(rule.group for rule in CATALOGUE):
        lines.append(f"## {group}\n")
        for rule in CATALOGUE:
            if rule.group == group:
                lines.append(f"### `{rule.id}`\n\n**{rule.title_zh}** · {rule.title_en}\n")
                lines.append(f"Severity: {rule.severity.value}. Basis: {rule.basis}\n\n{rule.doc}\n")
    lines.append("## Reasons for *undecided* and *not tested*\n\n| reason | zh | en |\n|---|---|---|")
    lines += [f"| `{key}` | {words['zh']} | {words['en']} |" for key, words in texts()["reasons"].items()]
    lines.append("\n## Remarks of the reader\n\n| code | severity | zh | en |\n|---|---|---|---|")
    messages = texts()["messages"]
    lines += [
        f"| `{code}` | {severity.value} | {messages[code]['zh']} | {messages[code]['en']} |"
        for code, severity in REMARKS.items()
    ]
    return "\n".join(lines) + "\n"


def names() -> str:
    """Return the page of public names."""
    lines = [_HEAD + "# Public names\n", "Everything in `govbudget`; each is loaded when it is first used.\n"]
    lines.append("| name | from | what |\n|---|---|---|")
    for room, found in govbudget._ROOMS.items():
        for name in found:
            doc = (inspect.getdoc(getattr(govbudget, name)) or "").split("\n")[0]
            if type(getattr(govbudget, name)) is tuple:
                doc = "Every rule of the library, in the order of the reference."
            lines.append(f"| `{name}` | `govbudget.{room}` | {doc} |")
    return "\n".join(lines) + "\n"


def layouts() -> str:
    """Return the page of the layout grammar."""
    lines = [_HEAD + "# Layout files\n"]
    lines.append(inspect.getdoc(sys.modules["govbudget.layouts.schema"]) or "")
    lines.append("\nA file is TOML; its top level is a `Layout`. Unknown keys are errors that name their path.\n")
    for kind in (Layout, TableSpec, LaneSpec, ColumnSpec, EntrySpec, SectionSpec, TermSpec):
        lines.append(f"## {kind.__name__}\n\n{_attributes(kind)}\n")
    lines.append("# Words that mean the same everywhere (`vocabulary.toml`)\n")
    lines += [f"## {words.__name__}\n\n{_attributes(words)}\n" for words in (Vocabulary, TitleSpec, WordSpec)]
    lines.append("## Coordinates (`at`, `lines`, `subjects`, `of`)\n")
    for axis in (Flow, Stage, Period, Fund, Use, Item):
        lines.append(f"- `{axis.__name__.lower()}`: " + ", ".join(f"`{node.value}`" for node in axis))
    others = [
        f.name for f in attrs.fields(Coordinate) if f.name not in {"flow", "stage", "period", "fund", "use", "item"}
    ]
    lines.append("- " + ", ".join(f"`{name}`" for name in others) + ": free, seldom needed in a layout\n")
    return "\n".join(lines)


def _attributes(kind: type) -> str:
    doc = inspect.getdoc(kind) or ""
    head, _, rest = doc.partition("Attributes:")
    rows = ["| key | what |", "|---|---|"]
    for line in rest.strip().split("\n"):
        name, colon, what = line.strip().partition(": ")
        if colon and " " not in name:
            rows.append(f"| `{name}` | {what} |")
        elif rows:
            rows[-1] = rows[-1].removesuffix(" |") + f" {line.strip()} |"
    return head.strip() + "\n\n" + "\n".join(rows)


PAGES = {"rules.md": rules, "names.md": names, "layouts.md": layouts}


def main() -> None:
    """Write the pages."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs" / "reference")
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
        print(folder / name)


if __name__ == "__main__":
    main()
