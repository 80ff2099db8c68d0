"""Who publishes, for which year: from cover, table heads and the first section."""

from __future__ import annotations

import re
from collections import Counter

from govbudget.model import Finding, Organization
from govbudget.place import Place
from govbudget.reading.parts import Outline
from govbudget.reading.remarks import remark
from govbudget.text import fold, squeeze

_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_PARENT = re.compile(
    r"本(?:单位|部门|中心)(?:为|是|隶属于?)(?P<parent>[^,。;]{2,40}?)(?:的?(?:下属|直属|所属)(?:.{0,6}?单位)?)?(?=[,。;])"
)
_COVER = re.compile(r"(?:预算|决算)?(?:主管)?(?:单位|部门)(?:名称)?[:：](?P<name>.+)")
_NATURE = re.compile(r"性质(?:为|是)(?P<nature>[^,。;]{2,30})")
_DIVISIONS = re.compile(r"内设(?:机构|科室)?(?:有|为|包括)?:?(?P<list>[^。]{2,400})")


def budget_year(outline: Outline) -> int | None:
    """Return the year that most table titles bear, else the one on the cover."""
    titles = Counter(year for table in outline.tables for year in _YEAR.findall(fold(table.title)))
    if titles:
        return int(max(titles, key=lambda year: (titles[year], year)))
    cover = [year for run in outline.cover for year in _YEAR.findall(run.folded.text)]
    return int(cover[0]) if cover else None


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
    else:
        name = _on_cover(outline)
        findings.append(remark("read.organization-missing", Place(document=document), name=name))
    about = "".join(
        run.folded.text + "。"
        for part in outline.parts
        if part.spec is not None and part.spec.id == "functions"
        for run in part.runs
    )
    parent, nature, divisions = _PARENT.search(about), _NATURE.search(about), _DIVISIONS.search(about)
    return (
        Organization(
            name=name,
            parent=parent["parent"] if parent else None,
            nature=nature["nature"] if nature else None,
            divisions=tuple(divisions["list"].rstrip("。").split("、")) if divisions else (),
        ),
        tuple(findings),
    )


def _on_cover(outline: Outline) -> str:
    """What the cover says behind 预算单位：, else its first line that is not the word cover itself."""
    lines = [text for run in outline.cover if (text := squeeze(run.text)) not in {"封面", "封皮"}]
    named = [match["name"] for line in lines if (match := _COVER.match(line))]
    return named[0] if named else (lines[0] if lines else "")
