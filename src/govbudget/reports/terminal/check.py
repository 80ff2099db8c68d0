"""An audit on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, ForcedBlank, Rule, forced_blanks, tied_figures, verdict_counts
from govbudget.model import (
    Finding,
    Severity,
)
from govbudget.money import Amount, MoneyUnit, printed
from govbudget.reports.terminal.common import heading
from govbudget.reports.words import Lang, message, place_words, title, word
from govbudget.reports.words import reason as reason_words

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan", Severity.INFO: "dim"}
_VERDICT_STYLE = {
    Verdict.EXACT: "green",
    Verdict.ROUNDING: "cyan",
    Verdict.VIOLATED: "bold red",
    Verdict.UNDECIDED: "magenta",
    Verdict.NOT_TESTED: "dim",
}
_SHOWN_PLACES = 6
_SHOWN_BLANKS = 5
_PLAIN_WIDTH = 120


def check_view(
    report: AuditReport, reading: Sequence[Finding], lang: Lang = "zh", *, details: bool = False
) -> RenderableType:
    """Return the view of a check: who, verdicts counted, findings, what was not tested and why."""
    zh = lang == "zh"
    body = report.disclosure
    parts: list[RenderableType] = [heading(body, lang), Text()]
    counts = verdict_counts(report)
    line = Text()
    for verdict, count in counts.items():
        line.append(f"{word('verdicts', verdict.value, lang)} ", style=_VERDICT_STYLE[verdict] if count else "dim")
        line.append(f"{count}   ", style="bold" if count else "dim")
    parts.append(line)
    tied = tied_figures(report)
    untied = sum(count == 0 for _, _, count in tied)
    parts.append(
        Text(
            f"表内数字 {len(tied)} 个，{len(tied) - untied} 个与其他数字勾稽，{untied} 个没有勾稽关系"
            if zh
            else f"{len(tied)} table figures, {len(tied) - untied} tied to others, {untied} tied to nothing",
            style="dim",
        )
    )
    if report.diagnosis is not None:
        joint = report.diagnosis.verdict
        lead = "全部勾稽关系联立：" if zh else "all sums together: "
        parts.append(Text(lead, style="dim").append(word("verdicts", joint.value, lang), style=_VERDICT_STYLE[joint]))
    findings = sorted((*reading, *report.findings), key=lambda f: list(Severity).index(f.severity))
    parts.append(Text())
    if not any(f.severity in (Severity.ERROR, Severity.WARNING) for f in findings):
        parts.append(Text("没有发现问题" if zh else "nothing wrong was found", style="bold green"))
    parts.extend(_finding_view(finding, lang, report.rules) for finding in findings)
    parts.extend(_blank_view(blank, lang) for blank in forced_blanks(report))
    if details:
        parts.append(_details(report, lang))
    else:
        parts.append(_open_ends(report, lang))
    return Group(*parts)


def across_view(report: AuditReport, lang: Lang = "zh", *, details: bool = False) -> RenderableType | None:
    """Return the view of what several documents say of each other, and of waivers; ``None`` where there is nothing."""
    alone = sum(len(part.comparisons) for part in report.parts)
    told = sum(len(part.findings) for part in report.parts)
    own = attrs.evolve(report, comparisons=report.comparisons[alone:], findings=report.findings[told:])
    if not own.findings and not report.waived and (len(report.parts) < 2 or not own.comparisons):
        return None
    parts: list[RenderableType] = []
    if len(report.parts) > 1:
        parts.append(Text("各文件之间" if lang == "zh" else "across the documents", style="bold"))
        counts = [(verdict, count) for verdict, count in verdict_counts(own).items() if count]
        shown = [f"{word('verdicts', verdict.value, lang)} {count}" for verdict, count in counts]
        parts.append(Text("   ".join(shown), style="dim"))
    parts.extend(_finding_view(finding, lang, report.rules) for finding in own.findings)
    if report.waived:
        zh = f"{len(report.waived)} 个问题按豁免文件不再列出"
        parts.append(Text(zh if lang == "zh" else f"{len(report.waived)} findings are waived", style="dim"))
    if len(report.parts) > 1:
        parts.append(_details(own, lang) if details else _open_ends(own, lang))
    return Group(*parts)


def _finding_view(finding: Finding, lang: Lang, rules: Sequence[Rule]) -> RenderableType:
    head = Text()
    head.append(f"{word('severities', finding.severity.value, lang)} ", style=_STYLE[finding.severity])
    head.append(message(finding, lang, rules))
    places = list(dict.fromkeys(p for place in finding.places if (p := place_words(place, lang))))
    more = len(places) - _SHOWN_PLACES
    where = ("；" if lang == "zh" else "; ").join(places[:_SHOWN_PLACES]) + (f" … +{more}" if more > 0 else "")
    known = title(finding.code, lang, rules)
    rule = finding.code if known == finding.code else f"{finding.code}  {known}"
    below = Text(f"{where}\n{rule}" if where else rule, style="dim")
    return Group(head, Padding(below, (0, 0, 0, 5), expand=False))


def _blank_view(blank: ForcedBlank, lang: Lang) -> Text:
    """A cell that prints nothing and cannot be zero, with the range the sums leave it."""
    unit = MoneyUnit.WAN_YUAN
    ends = [printed(Amount(end, unit, 6)) if end is not None else "…" for end in (blank.low, blank.high)]
    where = place_words(blank.operand.place, lang)
    between = f"{ends[0]} ~ {ends[1]} {unit.value}"
    return Text(
        f"{where} 空白，按勾稽关系应为 {between}" if lang == "zh" else f"{where} is blank; the sums want {between}"
    )


_NOT_FOR_THIS = (
    "other-stage",
    "other-body",
    "other-nature",
    "other-layout",
    "other-year",
    "not-in-layout",
    "early-year",
)
"""Reasons of rules that are for other documents: a reader need not be told of each; ``--details`` lists them."""


def _open_ends(report: AuditReport, lang: Lang) -> RenderableType:
    """What was not decided, gathered by reason."""
    found: dict[str, list[str]] = {}
    for comparison in report.comparisons:
        if comparison.verdict in (Verdict.NOT_TESTED, Verdict.UNDECIDED):
            found.setdefault(comparison.reason, []).append(comparison.subject)
    lines = Text()
    elsewhere = sum(len(found.pop(reason)) for reason in _NOT_FOR_THIS if reason in found)
    for reason, subjects in found.items():
        names = list(dict.fromkeys(subjects))
        shown = "、".join(names[:4]) + ("…" if len(names) > 4 else "")
        why = reason_words(reason, lang, report.rules) if reason else ""
        if lang == "zh":
            lines.append(f"\n{len(subjects)}项未检验：{why}（{shown}）", style="dim")
        else:
            lines.append(f"\n{len(subjects)} not tested: {why} ({shown})", style="dim")
    if elsewhere:
        text = (
            f"{elsewhere}项未检验：规则不适用于这一类文件或主体"
            if lang == "zh"
            else f"{elsewhere} not tested: the rules are for other kinds of document or body"
        )
        lines.append(f"\n{text}", style="dim")
    return lines


def _details(report: AuditReport, lang: Lang) -> RenderableType:
    grid = RichTable(box=None, pad_edge=False, header_style="bold")
    for name in ("规则", "结论", "对象", "比较") if lang == "zh" else ("rule", "verdict", "subject", "relation"):
        grid.add_column(name, overflow="fold")
    for c in report.comparisons:
        verdict = Text(word("verdicts", c.verdict.value, lang), style=_VERDICT_STYLE[c.verdict])
        relation = c.relation or (reason_words(c.reason, lang, report.rules) if c.reason else "")
        grid.add_row(c.rule, verdict, escape(c.subject), escape(relation))
    return Group(Text(), grid)
