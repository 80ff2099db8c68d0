"""Who publishes, for which year: from cover, table heads and the first section."""

from __future__ import annotations

import re
from collections import Counter

from govbudget.model import Finding, Organization, Scope
from govbudget.place import Place
from govbudget.reading.members import divisions, members
from govbudget.reading.parts import Outline
from govbudget.reading.remarks import remark
from govbudget.text import fold, squeeze

_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_SAID = re.compile(r"(20\d\d)年[^\d,。;:]{0,20}预算[^\d,。;:]{0,20}\d[\d,.]*[亿千万]?元")
_PARENT = re.compile(
    r"本(?:单位|部门|中心)(?:为|是|隶属于?)(?P<parent>[^,。;]{2,40}?)(?:的?(?:下属|直属|所属)(?:.{0,6}?单位)?)?(?=[,。;])"
)
_COVER = re.compile(r"(?:预算|决算)?(?:主管)?(?:单位|部门)(?:名称)?[:：](?P<name>.+)")
_NATURE = re.compile(r"性质(?:为|是)(?P<nature>[^,。;]{2,30})")
_TITLE = re.compile(
    r"(?P<name>[^\d]{4,40}?)(?:\(?20\d\d年度?\)?)?(?:部门|单位)(?:预算|决算)(?:信息)?(?:公开)?(?:情况)?(?:说明)?"
)
"""A cover of one line: the body, and what it publishes."""
_NOBODY = {"预算单位", "预算部门", "本单位", "本部门"}
_OF_TITLE = re.compile(r"^(?:\d{4}年度?)?(?P<name>[^\d]{4,40}?)(?:\d{4}年度?)?$")
_HEADED = re.compile(r"(?:第[一二三四五六七八九十]部分)?(?P<name>.{3,40}?)20\d\d年")
_OF_WHOM = re.compile(r"20\d\d年度?(部门|单位)决算")
_PUBLISHED = re.compile(r"(部门|单位)(?:预算|决算)(?!编制|管理|单位|部门)")
_COVERED = re.compile(
    r"(部门|单位)(?:收支|收入|支出|财政拨款|一般公共|政府性基金|国有资本|项目|预算|决算|概况|基本情况|主要职)"
)
_SCOPES = {"单位": Scope.UNIT, "部门": Scope.DEPARTMENT}


def budget_year(outline: Outline) -> tuple[int | None, bool]:
    """Return the year of the document, and whether it was taken from its sentences.

    The year that most table titles bear, else the one on the cover, else the one that the sentences about the budget
    begin with, where all say the same.
    """
    titles = Counter(year for table in outline.tables for year in _YEAR.findall(fold(table.title)))
    if titles:
        return int(max(titles, key=lambda year: (titles[year], year))), False
    cover = [year for run in outline.cover for year in _YEAR.findall(run.folded.text)]
    if cover:
        return int(cover[0]), False
    runs = [run.folded.text for part in outline.parts for run in part.runs]
    said = {match[1] for text in runs if (match := _SAID.match(text))}
    return (int(said.pop()), True) if len(said) == 1 else (None, False)


def scope(outline: Outline, usual: Scope) -> Scope:
    """Return whose money the document says it covers, else what is usual.

    One layout serves the accounts of departments (部门决算) and of single units (单位决算), which say so on the cover
    or over their parts; budgets of both come in one layout too. A cover may say 部门预算 of a unit, as the procedure is
    called, so it is believed where headings and titles do not say otherwise.
    """
    headings = [part.heading.folded.text for part in outline.parts if part.heading is not None]
    cover = [run.folded.text for run in outline.cover]
    said = {match[1] for text in (*cover, *headings) for match in _OF_WHOM.finditer(text)}
    if len(said) == 1:
        return _SCOPES[said.pop()]
    published = {_SCOPES[match[1]] for text in cover for match in _PUBLISHED.finditer(text)}
    if len(published) == 1 and usual not in published:
        titles = [fold(table.title) for table in outline.tables]
        below = Counter(_SCOPES[match[1]] for text in (*headings, *titles) for match in _COVERED.finditer(text))
        (other,) = published
        if below[other] >= below[usual]:
            return other
    return usual


def _confirmed(outline: Outline) -> str:
    """The name on the cover that a heading repeats before the year: 第二部分某局2024年度部门决算表."""
    headings = [part.heading.folded.text for part in outline.parts if part.heading is not None]
    headings += [fold(table.title) for table in outline.tables]
    named = {match["name"] for text in headings if (match := _HEADED.match(text))}
    return next((squeeze(run.text) for run in outline.cover if run.folded.text in named), "")


def organization(outline: Outline, document: str) -> tuple[Organization, tuple[Finding, ...]]:
    """Return the body as the tables name it, with what the first section says of it."""
    findings: list[Finding] = []
    named = Counter(fold(table.organization) for table in outline.tables if table.organization)
    shown = {fold(table.organization): table.organization for table in outline.tables}
    if named:
        usual = max(named, key=lambda name: named[name])
        name = shown[usual]
        for table in outline.tables:
            if table.organization and fold(table.organization) != usual:
                place = Place(document=document, table=table.number, line=table.grid.lines[0])
                findings.append(remark("read.organization-differs", place, name=table.organization, usual=name))
    elif found := _confirmed(outline) or _in_titles(outline) or _titled(outline):
        name = found
    else:
        name = _on_cover(outline)
        findings.append(remark("read.organization-missing", Place(document=document), name=name))
    runs = [r for part in outline.parts if part.spec is not None and part.spec.id == "functions" for r in part.runs]
    about = "".join(run.folded.text + "。" for run in runs)
    parent, nature = _PARENT.search(about), _NATURE.search(about)
    return (
        Organization(
            name=name,
            parent=parent["parent"] if parent else None,
            nature=nature["nature"] if nature else None,
            divisions=divisions(runs),
            members=members(runs, document),
        ),
        tuple(findings),
    )


def _titled(outline: Outline) -> str:
    """The name that a cover of one line begins with: 某局2024年度部门决算."""
    for run in outline.cover:
        match = _TITLE.fullmatch(fold(run.text))
        if match and "20" in match[0] and match["name"] not in _NOBODY:
            return squeeze(run.text)[: len(match["name"])]
    return ""


def _in_titles(outline: Outline) -> str:
    """The name that most tables bear before their title: 2018年度某部门收支预算总表."""
    found: Counter[str] = Counter()
    for table in outline.tables:
        title = fold(table.title)
        words = (
            max((fold(t) for t in table.spec.titles if title.endswith(fold(t))), key=len, default="")
            if table.spec
            else ""
        )
        match = _OF_TITLE.match(title.removesuffix(words)) if words else None
        if match:
            found[match["name"]] += 1
    name, count = found.most_common(1)[0] if found else ("", 0)
    return name if count > 1 and name not in _NOBODY else ""


def _on_cover(outline: Outline) -> str:
    """What the cover says behind 预算单位：, else its first line that is not the word cover itself."""
    lines = [text for run in outline.cover if (text := squeeze(run.text)) not in {"封面", "封皮"}]
    named = [match["name"] for line in lines if (match := _COVER.match(line))]
    return named[0] if named else (lines[0] if lines else "")
