"""What is counted in pieces and what is said without figures: vehicles, equipment, projects, policies."""

from __future__ import annotations

import attrs

from govbudget.model import Counted, Said, Stage, Use, moved
from govbudget.money import Amount, MoneyUnit
from govbudget.testing.narrative.page import Named, Page
from govbudget.text import fold

VEHICLES = {
    Counted.LEADER_VEHICLES: "主要领导干部用车",
    Counted.MESSENGER_VEHICLES: "机要通信用车",
    Counted.EMERGENCY_VEHICLES: "应急保障用车",
    Counted.GENERAL_VEHICLES: "一般公务用车",
    Counted.ENFORCEMENT_VEHICLES: "执法执勤用车",
    Counted.SPECIAL_VEHICLES: "特种专业技术用车",
    Counted.RETIRED_VEHICLES: "离退休干部用车",
    Counted.OTHER_VEHICLES: "其他用车",
}
RATINGS = {
    Counted.RATED_EXCELLENT: "绩效评级为“优”的项目",
    Counted.RATED_GOOD: "绩效评级为“良”的项目",
    Counted.RATED_PASS: "绩效评级为“合格”的项目",
    Counted.RATED_FAIL: "绩效评级为“不合格”的项目",
}


def assets(page: Page) -> None:
    """Vehicles by kind and equipment above a value; what is to be bought."""
    w, pieces, year = page.writer, page.books.pieces, page.books.year
    counted = year if page.books.stage is Stage.FINAL else year - 1
    w.lead(f"截至{counted}年12月31日", "，")
    total = sum(pieces.get(kind, 0) for kind in VEHICLES)
    w.count(f"{page.unit}共有车辆", Counted.VEHICLES, total, "辆", planned=False)
    w.lead("其中")
    for kind, words in VEHICLES.items():
        if pieces.get(kind) or kind in (Counted.GENERAL_VEHICLES, Counted.OTHER_VEHICLES):
            w.count(words, kind, pieces.get(kind, 0), "辆")
            w.after("、")
    w.stop()
    for kind, value, word in ((Counted.GENERAL_EQUIPMENT, 50, "通用"), (Counted.SPECIAL_EQUIPMENT, 100, "专用")):
        threshold = Amount(value * MoneyUnit.WAN_YUAN.fen, MoneyUnit.WAN_YUAN, 0)
        words = f"单位价值{value}万元以上{word}设备"
        w.count(words, kind, pieces.get(kind, 0), "台（套）", threshold)
    w.end()
    if (bought := pieces.get(Counted.VEHICLES_BOUGHT)) is None:
        w.say(Said.NO_PURCHASE, f"{year}年未安排购置车辆和大型设备")
    else:
        w.count(f"{year}年安排购置车辆", Counted.VEHICLES, bought, "辆", planned=True)
    w.end()


def performance(page: Page, named: Named) -> None:
    """Projects under performance management: how many, their money, and which they are."""
    w, books = page.writer, page.books
    ledger = books.ledgers[books.year, books.stage]
    projects = dict.fromkeys(leaf.project for leaf in ledger.leaves if leaf.use is Use.PROJECT and leaf.fen)
    units = {leaf.entity for leaf in ledger.leaves if leaf.use is Use.PROJECT and leaf.entity}
    if units and page.choices.maybe():
        w.bodies(page.unit, Counted.BUDGET_UNITS, len(units), "预算单位", f"开展了{books.year}年项目绩效目标编报工作")
        w.stop()
    w.say(Said.POLICY, f"{page.unit}项目均实行绩效目标管理")
    if not projects:
        w.amount(named.spec.names[0], named.of, fold(named.spec.names[0]), books.printed(0))
        w.end()
        return
    name = named.spec.names[0]
    w.amount(name, named.of, fold(name), books.printed(named.exact))
    if named.spec.parts == "project":
        w.lead("其中")
        for project in projects:
            of = moved(named.of[0], "project", project.replace("/", "／"))
            w.amount(project, (of,), fold(project), books.printed(books.exact(of) or 0))
            w.after("、")
    w.end()


def evaluated(page: Page, named: Named) -> None:
    """What came of the projects: how many were evaluated, their budget, and how they were rated."""
    w, books, choices = page.writer, page.books, page.choices
    found = {kind: books.pieces.get(kind, 0) for kind in RATINGS}
    name = next(n for n in named.spec.names if n.endswith("的项目"))
    words = name.replace("的项目", f"的{books.year}年度项目")
    w.count(words, Counted.EVALUATED_PROJECTS, sum(found.values()), "个")
    w.of, w.term = named.of, fold(name)
    plan = tuple(attrs.evolve(at, stage=Stage.BUDGET) for at in named.of)
    if (exact := books.exact(plan[0])) is not None:
        w.figure_of("涉及预算金额", plan, books.printed(exact))
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
    kinds = ((Counted.ORGANS, 1, "机关"), (Counted.CIVIL_SERVICE_INSTITUTIONS, others, "参公事业单位"))
    w.amount_of_bodies(f"{before}下属", kinds, name, named.of, fold(name), page.books.printed(named.exact))
