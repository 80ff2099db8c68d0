"""What is counted in pieces and what is said without figures: vehicles, equipment, projects, policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from govbudget.model import Counted, Item, Period, Said, Stage, Use, moved
from govbudget.money import Amount, MoneyUnit
from govbudget.testing.narrative.page import Named, Page
from govbudget.text import fold

VEHICLES = {
    Counted.MINISTER_VEHICLES: (
        "副部（省）级及以上领导用车",
        "部（省）级领导干部用车",
        "部级领导干部用车",
        "部级及以上领导干部用车",
    ),
    Counted.LEADER_VEHICLES: ("主要领导干部用车", "主要负责人用车"),
    Counted.MESSENGER_VEHICLES: ("机要通信用车", "机要通信应急用车"),
    Counted.EMERGENCY_VEHICLES: ("应急保障用车",),
    Counted.GENERAL_VEHICLES: ("一般公务用车",),
    Counted.ENFORCEMENT_VEHICLES: ("执法执勤用车",),
    Counted.SPECIAL_VEHICLES: ("特种专业技术用车",),
    Counted.RETIRED_VEHICLES: ("离退休干部用车", "离退休干部服务用车"),
    Counted.OTHER_VEHICLES: ("其他用车",),
}
"""What each kind of vehicle is called, the usual name first."""
EQUIPMENT = (Counted.GENERAL_EQUIPMENT, Counted.SPECIAL_EQUIPMENT, Counted.EQUIPMENT)
RATINGS = {
    Counted.RATED_EXCELLENT: "绩效评级为“优”的项目",
    Counted.RATED_GOOD: "绩效评级为“良”的项目",
    Counted.RATED_PASS: "绩效评级为“合格”的项目",
    Counted.RATED_FAIL: "绩效评级为“不合格”的项目",
}


_ALWAYS = (Counted.GENERAL_VEHICLES, Counted.OTHER_VEHICLES)  # told even where there is none
_CLASSES = ((Counted.GENERAL_EQUIPMENT, 50, "通用"), (Counted.SPECIAL_EQUIPMENT, 100, "专用"))
_COSTLY = 100  # 万元 and more: what equipment without a class is counted from


def assets(page: Page) -> None:
    """Vehicles by kind and equipment above a value; what is to be bought."""
    w, pieces, year = page.writer, page.books.pieces, page.books.year
    counted = year if page.books.stage is Stage.FINAL else year - 1
    w.lead(f"截至{counted}年12月31日", "，")
    total = sum(pieces.get(kind, 0) for kind in VEHICLES)
    w.count(f"{page.unit}共有车辆", Counted.VEHICLES, total, "辆", planned=False)
    w.lead("其中")
    for kind, names in VEHICLES.items():
        if pieces.get(kind) or kind in _ALWAYS:
            w.count(page.choices.pick(names), kind, pieces.get(kind, 0), "辆")
            w.after("、")
    w.stop()
    if page.choices.maybe():
        _costly(page, "", pieces.get(Counted.EQUIPMENT, 0))
    else:
        for kind, value, word in _CLASSES:
            words = f"单位价值{value}万元以上{word}设备"
            w.count(words, kind, pieces.get(kind, 0), "台（套）", _above(value))
    w.end()
    if (bought := pieces.get(Counted.VEHICLES_BOUGHT)) is None:
        w.say(Said.NO_PURCHASE, f"{year}年未安排购置车辆和大型设备")
    else:
        w.count(f"{year}年安排购置车辆", Counted.VEHICLES, bought, "辆", planned=True)
        if page.choices.maybe():
            w.lead("其中")
            for kind, count in ((Counted.SPECIAL_VEHICLES, bought - 1), (Counted.OTHER_VEHICLES, 1)):
                w.count(VEHICLES[kind][0], kind, count, "辆")
                w.after("、")
            w.after("；")
            _costly(page, "安排购置", page.choices.number(0, 2))
    w.end()


def _costly(page: Page, before: str, count: int) -> None:
    """Count equipment of whatever class."""
    words = f"{before}单价{_COSTLY}万元（含）以上设备（不含车辆）"
    page.writer.count(words, Counted.EQUIPMENT, count, "台（套）", _above(_COSTLY))


def _above(value: int) -> Amount:
    """Return a value in 万元 above which equipment is counted."""
    return Amount(value * MoneyUnit.WAN_YUAN.fen, MoneyUnit.WAN_YUAN, 0)


def performance(page: Page, named: Named) -> None:
    """Projects under performance management: how many, their money, and which they are."""
    w, books = page.writer, page.books
    ledger = books.ledgers[books.year, books.stage]
    leaves = [leaf for leaf in ledger.leaves if leaf.use is Use.PROJECT and leaf.fen and leaf.goes is Period.CURRENT]
    projects = dict.fromkeys(leaf.project for leaf in leaves)
    units = {leaf.entity for leaf in ledger.leaves if leaf.use is Use.PROJECT and leaf.entity}
    if units and page.choices.maybe():
        w.bodies(page.unit, Counted.BUDGET_UNITS, len(units), "预算单位", f"开展了{books.year}年项目绩效目标编报工作")
        w.stop()
    form = page.choices.pick([*_MANAGED, _LISTED, None])
    if form in _MANAGED:
        before, behind = form
        words = f"{books.year}年{page.unit}{before}"
        w.count(words, Counted.PERFORMANCE_PROJECTS, len(projects), f"个{behind}")
    else:
        w.say(Said.POLICY, f"{page.unit}项目均实行绩效目标管理")
    name = named.spec.names[0]
    w.amount(name, named.of, fold(name), books.printed(named.exact if projects else 0))
    if form == _LISTED:
        w.count(_LISTED, Counted.PERFORMANCE_PROJECTS, len(projects), "个")
    elif projects and named.spec.parts == "project":
        w.lead("其中")
        for project in projects:
            of = moved(named.of[0], "project", project.replace("/", "／"))
            w.amount(project, (of,), fold(project), books.printed(books.exact(of) or 0))
            w.after("、")
    w.end()


_MANAGED = (
    ("编报绩效目标的项目共", ""),
    ("实行绩效目标管理的项目", ""),
    ("有", "项目实行绩效目标管理"),
    ("有", "项目纳入绩效目标管理"),
)
"""How projects with goals are counted, before the number and behind it."""
_LISTED = "一级项目"
"""What they are called where they are counted behind their money."""


def followed(page: Page, terms: Sequence[Named]) -> None:
    """What came of the projects: how many had goals, were monitored and evaluated, their budget and their ratings."""
    of = {named.of[0].item: named for named in terms}
    rated = {kind: page.books.pieces.get(kind, 0) for kind in RATINGS}
    number = sum(rated.values())
    for item, kind in ((Item.PERFORMANCE, Counted.PERFORMANCE_PROJECTS), (Item.MONITORED, Counted.MONITORED_PROJECTS)):
        if item in of and page.choices.maybe():
            _in_stage(page, of[item], kind, number)
            page.writer.after("；")
    _in_stage(page, of[Item.EVALUATED], Counted.EVALUATED_PROJECTS, number)
    _rated(page, rated)


def _in_stage(page: Page, named: Named, kind: Counted, number: int) -> None:
    """How many projects are in a stage of performance management, and their budget."""
    w, books = page.writer, page.books
    name = page.choices.pick([name for name in named.spec.names if name.endswith("的项目")])
    w.count(name.replace("的项目", f"的{books.year}年度项目"), kind, number, "个")
    w.of, w.term = named.of, fold(name)
    plan = tuple(attrs.evolve(at, stage=Stage.BUDGET) for at in named.of)
    if (exact := books.exact(plan[0])) is not None:
        w.figure_of("涉及预算金额", plan, books.printed(exact))


def _rated(page: Page, found: Mapping[Counted, int]) -> None:
    """How the projects were rated, and what was found amiss."""
    w, choices = page.writer, page.choices
    w.score(choices.number(6000, 10000), 2)
    w.after("（")
    w.lead("其中", "，")
    for kind, count in found.items():
        if count or kind is Counted.RATED_EXCELLENT:
            w.count(RATINGS[kind], kind, count, "个")
            w.after("；")
    w.after("）")
    w.number("。")
    if choices.maybe():
        mended, pending = choices.number(0, 5), choices.number(0, 5)
        w.count("绩效自评中共发现问题", Counted.PROBLEMS, mended + pending, "个")
        w.count("已经完成整改的", Counted.PROBLEMS_MENDED, mended, "个")
        w.count("正在整改的", Counted.PROBLEMS_PENDING, pending, "个")
        w.stop()
    w.close()


def agency(page: Page, named: Named, before: str, name: str) -> None:
    """Running costs of the administrations of a department, with how many of its bodies are such."""
    w = page.writer
    others = page.choices.number(1, page.bodies - 1)
    other = page.choices.pick(
        ((Counted.CIVIL_SERVICE_INSTITUTIONS, "参公事业单位"), (Counted.INSTITUTIONS, "事业单位"))
    )
    kinds = ((Counted.ORGANS, 1, "机关"), (other[0], others, other[1]))
    w.amount_of_bodies(f"{before}下属", kinds, name, named.of, fold(name), page.books.printed(named.exact))
