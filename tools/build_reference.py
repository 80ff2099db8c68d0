"""Write the reference pages that follow from the code: rules, remarks of the reader, public names, layout grammar.

Usage: ``python tools/build_reference.py [FOLDER]``; the folder is docs/reference by default. The pages are
committed, and a test holds them against the code.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import attrs

import govbudget
from govbudget.invariants import CATALOGUE, Rule, audit, sketches
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
from govbudget.model import Coordinate, Finding, Flow, Fund, Item, Period, Stage, Use
from govbudget.reading import REMARKS
from govbudget.reports import message
from govbudget.reports.words import texts

_HEAD = "<!-- Written by tools/build_reference.py; do not edit. -->\n\n"


def rules() -> str:
    """Return the index of the rules, with the remarks of the reader."""
    lines = [_HEAD + "# Rules\n", f"{len(CATALOGUE)} rules, in the order in which an audit runs them.\n"]
    for group in dict.fromkeys(rule.group for rule in CATALOGUE):
        lines.append(f"## {group}\n\n| rule | zh | en | severity | certainty |\n|---|---|---|---|---|")
        lines += [
            f"| [`{rule.id}`](rules/{rule.id}.md) | {rule.title_zh} | {rule.title_en} | {rule.severity.value} | "
            f"{rule.certainty.value} |"
            for rule in CATALOGUE
            if rule.group == group
        ]
        lines.append("")
    lines.append("## Reasons for *undecided* and *not tested*\n\n| reason | zh | en |\n|---|---|---|")
    lines += [f"| `{key}` | {words['zh']} | {words['en']} |" for key, words in texts()["reasons"].items()]
    lines += [f"| `{key}` | {zh} | {en} |" for rule in CATALOGUE for key, zh, en in rule.reasons]
    lines.append("\n## Remarks of the reader\n\n| code | severity | zh | en |\n|---|---|---|---|")
    messages = texts()["messages"]
    lines += [
        f"| `{code}` | {severity.value} | {messages[code]['zh']} | {messages[code]['en']} |"
        for code, severity in REMARKS.items()
    ]
    return "\n".join(lines) + "\n"


def rule_page(rule: Rule) -> str:
    """Return the page of a rule: what it is, and its examples as code that runs."""
    lines = [_HEAD + f"# `{rule.id}`\n", f"**{rule.title_zh}** · {rule.title_en}\n"]
    across = ", across documents" if rule.across is not None else ""
    lines.append(f"Severity: {rule.severity.value}. Certainty: {rule.certainty.value}. Since {rule.since}{across}.\n")
    lines.append(f"Basis: {rule.basis}\n\n{rule.doc}\n")
    lines.append(f"Says: {rule.message_zh}\n\n{rule.message_en}\n")
    lines += [f"`{key}`: {zh} · {en}\n" for key, zh, en in rule.reasons]
    lines.append("The sketches below are small disclosures; [their grammar](../sketches.md) is short.\n")
    make = "sketches" if rule.across is not None else "sketch"
    lines.append("```python")
    lines.append(f"from govbudget.invariants import audit, select, {make}\nfrom govbudget.reports import message\n")
    lines.append(f'rules = select("{rule.id}")\n```\n')
    for text in rule.holds:
        lines.append(f'Holds:\n\n```python\nreport = audit({make}("""\n{text}\n"""), rules=rules)')
        lines.append("assert report.findings == ()\n```\n")
    for text in rule.breaks:
        said = [message(f, "zh", [rule]) for f in _broken(rule, text)]
        lines.append(f'Breaks:\n\n```python\nreport = audit({make}("""\n{text}\n"""), rules=rules)')
        lines.append("said = [message(finding) for finding in report.findings]")
        lines += [f"assert {one!r} in said" for one in said[:1]]
        lines.append("```\n")
    for text in rule.untested:
        found = sketches(text)
        report = audit(found if rule.across is not None else found[0], rules=[rule])
        reasons = sorted({comparison.reason for comparison in report.comparisons} - {""})
        lines.append(f'Not tested, or not decided:\n\n```python\nreport = audit({make}("""\n{text}\n"""), rules=rules)')
        lines.append("reasons = {comparison.reason for comparison in report.comparisons}")
        lines.append(f"assert reasons >= {{{str(reasons)[1:-1]}}}\n```\n")
    return "\n".join(lines).rstrip() + "\n"


def _broken(rule: Rule, text: str) -> tuple[Finding, ...]:
    found = sketches(text)
    return audit(found if rule.across is not None else found[0], rules=[rule]).findings


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


PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rules,
    "names.md": names,
    "layouts.md": layouts,
    **{f"rules/{rule.id}.md": partial(rule_page, rule) for rule in CATALOGUE},
}


def main() -> None:
    """Write the pages."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs" / "reference")
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    for stale in {path for path in (folder / "rules").glob("*.md") if f"rules/{path.name}" not in PAGES}:
        stale.unlink()
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
        print(folder / name)


if __name__ == "__main__":
    main()
