"""What the narrative counts in pieces: vehicles by kind, equipment above a value, projects, bodies."""

from __future__ import annotations

import re

import attrs

from govbudget.model import Counted
from govbudget.money import Amount, MoneyUnit

_PIECES = re.compile(
    r"(?P<subject>.{1,60}?)(?P<number>\d{1,9})(?P<piece>辆|台\(套\)|台/套|台|套|个|项|批次|批|人次|人|次)(?:\([^()\d]{2,16}\))?"
)
_ENDS = ("辆", "台(套)", ")", "套", "台", "个", "项", "批", "次", "人")  # of a number of pieces
_PROJECTS = re.compile(r"(?P<subject>.{0,40}?)共?(?P<number>\d{1,9})个项目(?:实行|纳入)绩效目标管理")
_MANAGED = "绩效目标管理"
_THRESHOLD = re.compile(
    r"(?:单位?价值|单价)(?P<number>\d{1,6})(?P<unit>万元|万|元)(?:\(含\))?以上的?(?P<what>通用|专用)?设备(?:\(不含车辆\))?"
)
_BODIES = re.compile(r"(?P<number>\d{1,4})(?:家|个)(?P<body>机关|参公(?:管理)?(?:的)?事业单位|事业单位|预算单位)")
_RECEIVED = re.compile(r"(?P<whom>公务接待|接待外宾|(?:外宾|外事)接待)(?P<number>\d{1,6})批次")
_PERSONS = re.compile(r"(?P<number>\d{1,7})人次?(?:\([^()\d]{2,16}\))?")
_PERSONS_OF = {
    Counted.RECEPTIONS: Counted.GUESTS,
    Counted.FOREIGN_RECEPTIONS: Counted.FOREIGN_GUESTS,
    Counted.TRIPS_ABROAD: Counted.TRAVELLERS_ABROAD,
}
_BOUGHT = re.compile(r"购置|购买|采购")
_HELD = re.compile(r"共?有(?:公务用?车|车辆|机动车)$|公务用车保有量为?$")

_KINDS = {
    Counted.VEHICLES: re.compile(r"(?:公务用?车|车辆|机动车)$"),
    Counted.MINISTER_VEHICLES: re.compile(
        r"(?:部(?:\(省\)|、省)?级(?:及以上)?领导干部|副部\(省\)级(?:及)?以上领导)用车$"
    ),
    Counted.LEADER_VEHICLES: re.compile(r"主要(?:领导干部|负责人)用车$"),
    Counted.MESSENGER_VEHICLES: re.compile(r"机要通信(?:应急)?用车$"),
    Counted.EMERGENCY_VEHICLES: re.compile(r"应急保障用车$"),
    Counted.GENERAL_VEHICLES: re.compile(r"一般公务用车$"),
    Counted.ENFORCEMENT_VEHICLES: re.compile(r"执法执勤用车$"),
    Counted.SPECIAL_VEHICLES: re.compile(r"特种专业技术用车$"),
    Counted.RETIRED_VEHICLES: re.compile(r"离退休干部(?:服务)?用车$"),
    Counted.OTHER_VEHICLES: re.compile(r"其他用车$"),
    Counted.VEHICLES_KEPT: re.compile(r"公务用车保有量为?$"),
    Counted.VEHICLES_BOUGHT: re.compile(r"(?:购置公务用车|公务用车购置数量?为?)$"),
    Counted.TRIPS_ABROAD: re.compile(r"因公出国\(境\)团组(?:共?计?)$|(?<!其他单位组织的)出国团组$"),
    Counted.TRAVELLERS_ABROAD: re.compile(r"(?:累计|出国\(境\)(?:人次数?为?)?)$"),
    Counted.RECEPTIONS: re.compile(r"(?:国内)?公务接待(?:批次为?|累计)?$"),
    Counted.GUESTS: re.compile(r"(?:国内)?公务接待人次为?$"),
    Counted.FOREIGN_RECEPTIONS: re.compile(r"(?:接待外宾|(?:外宾|外事)接待)(?:批次为?|累计)?$"),
    Counted.FOREIGN_GUESTS: re.compile(r"(?:接待外宾|(?:外宾|外事)接待)人次为?$"),
    Counted.PERFORMANCE_PROJECTS: re.compile(r"(?:一级)?项目共?$"),
    Counted.MONITORED_PROJECTS: re.compile(r"绩效(?:运行)?(?:跟踪|监控).{0,20}项目共?$"),
    Counted.EVALUATED_PROJECTS: re.compile(r"绩效(?:自评|评价).{0,20}项目共?$"),
    Counted.RATED_EXCELLENT: re.compile(r"绩效评级为\"优\"的?项目$"),
    Counted.RATED_GOOD: re.compile(r"绩效评级为\"良\"的?项目$"),
    Counted.RATED_PASS: re.compile(r"绩效评级为\"合格\"的?项目$"),
    Counted.RATED_FAIL: re.compile(r"绩效评级为\"不合格\"的?项目$"),
    Counted.PROBLEMS: re.compile(r"发现问题$"),
    Counted.PROBLEMS_MENDED: re.compile(r"完成整改的?$"),
    Counted.PROBLEMS_PENDING: re.compile(r"正在整改的?$"),
}
_EQUIPMENT = {"通用": Counted.GENERAL_EQUIPMENT, "专用": Counted.SPECIAL_EQUIPMENT, None: Counted.EQUIPMENT}


@attrs.frozen(kw_only=True)
class Count:
    """A number of pieces in a clause.

    Attributes:
        what: what is counted.
        term: the words that say so.
        count: how many.
        threshold: the value above which a piece counts, where it is printed.
        planned: whether the pieces are to be bought; ``None`` where the clause goes on with what the last one said.
        numbers: where the numbers stand in the clause.
    """

    what: Counted
    term: str
    count: int
    threshold: Amount | None = None
    planned: bool | None = None
    numbers: tuple[tuple[int, int], ...] = ()


def counted(text: str) -> Count | None:
    """Return what a clause counts, where it counts pieces and does nothing else.

    >>> found = counted("2026年部门预算安排购置车辆2辆")
    >>> found.what.value, found.count, found.planned
    ('vehicles', 2, True)
    >>> counted("单价100万元(含)以上设备(不含车辆)0台(套)").what.value
    'equipment'
    """
    match = _PROJECTS.fullmatch(text) if text.endswith(_MANAGED) else _pieces(text)
    if match is None:
        return None
    words = match["subject"]
    threshold = _THRESHOLD.search(words)
    what = _what(match, threshold)
    if what is None:
        return None
    spans = [match.span("number")] + ([threshold.span("number")] if threshold else [])
    return Count(
        what=what,
        term=words,
        count=int(match["number"]),
        threshold=_above(threshold) if threshold else None,
        planned=True if _BOUGHT.search(words) else (False if _HELD.search(words) else None),
        numbers=tuple(sorted(spans)),
    )


def _what(match: re.Match[str], threshold: re.Match[str] | None) -> Counted | None:
    if match.re is _PROJECTS:
        return Counted.PERFORMANCE_PROJECTS
    if threshold is not None:
        return _EQUIPMENT[threshold["what"]]
    return next((kind for kind in reversed(_KINDS) if _KINDS[kind].search(match["subject"])), None)


def beside(text: str) -> list[Count]:
    """Return what a clause counts beside what else it says: 下属1家机关和1家参公事业单位…预算为…, …列明公务接待2批次.

    >>> [(found.what.value, found.count) for found in beside("本部门2个预算单位开展了编报工作")]
    [('budget_units', 2)]
    """
    kinds = {"机关": Counted.ORGANS, "事业单位": Counted.INSTITUTIONS, "预算单位": Counted.BUDGET_UNITS}
    found = [(kinds.get(m["body"], Counted.CIVIL_SERVICE_INSTITUTIONS), m["body"], m) for m in _BODIES.finditer(text)]
    for match in _RECEIVED.finditer(text):
        own = match["whom"] == "公务接待"
        found.append((Counted.RECEPTIONS if own else Counted.FOREIGN_RECEPTIONS, match["whom"], match))
    return [_said(what, term, match) for what, term, match in found]


def persons(text: str, of: Counted) -> Count | None:
    """Return the persons that a clause of nothing else counts, of what was counted before it: …2批次、26人次.

    >>> persons("26人次", Counted.RECEPTIONS).what.value
    'guests'
    """
    match = _PERSONS.fullmatch(text) if of in _PERSONS_OF else None
    return _said(_PERSONS_OF[of], "人次", match) if match else None


def _said(what: Counted, term: str, match: re.Match[str]) -> Count:
    return Count(what=what, term=term, count=int(match["number"]), planned=False, numbers=(match.span("number"),))


def has_threshold(text: str) -> bool:
    """Tell whether an amount in ``text`` is the value above which equipment is counted, and no money of the body."""
    return bool(_THRESHOLD.search(text))


def counts_pieces(text: str) -> bool:
    """Tell whether ``text`` ends in a number of pieces."""
    return _pieces(text) is not None


def _pieces(text: str) -> re.Match[str] | None:
    """A number of pieces at the end of a clause; most clauses end in something else, and are asked no further."""
    return _PIECES.fullmatch(text) if text.endswith(_ENDS) else None


def _above(threshold: re.Match[str]) -> Amount:
    unit = threshold["unit"]
    return Amount.parse(threshold["number"], MoneyUnit.WAN_YUAN if unit == "万" else MoneyUnit(unit))
