"""Wholes and their parts, generated from the trees of the axes: nothing here is listed by hand."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.families import within
from govbudget.invariants.rule import Outcome, Rule, rule


@rule(
    "additivity.functional",
    zh="功能分类：上级科目等于下级科目之和",
    en="Functional subjects add up: 项 to 款, 款 to 类, 类 to the total",
    basis="预算法第三十二条、第四十六条；政府收支分类科目",
    holds="""
        [5 general_expenditure]
        科目 | 合计
        合计 | 30.01
        201 一般公共服务支出 | 30.01
        20129 群众团体事务 | 30.01
        2012901 行政运行 | 20.00
        2012950 事业运行 | 10.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        201 一般公共服务支出 | 30.03
        20129 群众团体事务 | 30.03
        2012901 行政运行 | 20.00
        2012950 事业运行 | 10.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        201 一般公共服务支出 |
        20129 群众团体事务 | 30.00
        """,
)
def functional(ctx: Context) -> Iterator[Outcome]:
    """In every column of every table, a 类 is the sum of its 款, a 款 of its 项, the total of the 类.

    The classification is a tree and a table lists every subject that has money, so nothing can be missing between
    the levels.
    """
    yield from within(ctx, "functional")


@rule(
    "additivity.economic",
    zh="经济分类：类等于款之和",
    en="Economic subjects add up: 款 to 类, 类 to the total",
    basis="预算法第三十二条、第四十六条；支出经济分类科目",
    holds="""
        [6 general_basic]
        科目 | 合计
        合计 | 5.00
        302 商品和服务支出 | 5.00
        30201 办公费 | 3.00
        30202 印刷费 | 2.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        302 商品和服务支出 | 5.00
        30201 办公费 | 3.00
        30202 印刷费 | 5.00
        """,
)
def economic(ctx: Context) -> Iterator[Outcome]:
    """In every column of the table of basic spending, a 类 is the sum of its 款 and the total of the 类."""
    yield from within(ctx, "economic")


@rule(
    "additivity.use",
    zh="支出用途：合计等于基本支出（人员、公用）、项目支出等之和",
    en="Uses add up: basic (personnel, running) and project spending to the total",
    basis="预算法实施条例第五条：部门预算支出包括基本支出和项目支出",
    holds="""
        [3 expenditure]
        科目 | 合计 | 基本支出 > 人员经费 = personnel | 基本支出 > 公用经费 = running | 项目支出 = project
        2012950 事业运行 | 9.00 | 5.00 | 3.00 | 1.00
        """,
    breaks="""
        [3 expenditure]
        科目 | 合计 | 基本支出 > 人员经费 = personnel | 基本支出 > 公用经费 = running | 项目支出 = project
        2012950 事业运行 | 9.00 | 5.00 | 3.00 |
        """,
)
def use(ctx: Context) -> Iterator[Outcome]:
    """In every line, the total is the sum of its uses, and basic spending of personnel and running costs."""
    yield from within(ctx, "use")


@rule(
    "additivity.fund",
    zh="资金来源：合计等于各来源之和",
    en="Funds add up: the sources of money to the total",
    basis="预算法第五条；预算法实施条例第四十条",
    holds="""
        [2 revenue]
        科目 | 合计 = current | 一般公共预算 = current general | 事业收入 = current business
        2012950 事业运行 | 30.00 | 20.00 | 10.00
        """,
    breaks="""
        [2 revenue]
        科目 | 合计 = current | 一般公共预算 = current general | 事业收入 = current business
        2012950 事业运行 | 30.00 | 20.00 | 1.00
        """,
)
def fund(ctx: Context) -> Iterator[Outcome]:
    """In every line, and in the list of revenue, a total is the sum of the sources printed under it."""
    yield from within(ctx, "fund")


@rule(
    "additivity.item",
    zh="“三公”经费合计等于各项之和",
    en="“三公” items add up, vehicles from purchase and running",
    basis="财预〔2016〕143号：“三公”经费分项公开",
    holds="""
        [7 three_public]
        单位 | 合计 = three_public | 接待 = reception | 公车 = vehicles | 运行 = vehicle_running
        @某中心 | 5.40 | 2.40 | 3.00 | 3.00
        """,
    breaks="""
        [7 three_public]
        单位 | 合计 = three_public | 接待 = reception | 公车 = vehicles | 运行 = vehicle_running
        @某中心 | 5.40 | 2.40 | 3.00 | 2.00
        """,
)
def item(ctx: Context) -> Iterator[Outcome]:
    """The “三公” total is travel abroad, reception and vehicles; vehicles are purchase and running."""
    yield from within(ctx, "item")


@rule(
    "additivity.entity",
    zh="合计等于各单位之和",
    en="Bodies add up to the total",
    basis="预算法实施条例第五条：部门预算包括所属单位",
    holds="""
        department budget 2024
        [7 three_public]
        单位 | 合计 = three_public
        合计 | 5.00
        @某局（本级） | 3.00
        @某中心 | 2.00
        """,
    breaks="""
        department budget 2024
        [7 three_public]
        单位 | 合计 = three_public
        合计 | 5.00
        @某局（本级） | 3.00
        @某中心 | 3.00
        """,
)
def entity(ctx: Context) -> Iterator[Outcome]:
    """The totals line of a table by body is the sum of the bodies.

    A unit's table has one body and repeats its line; a department's lists its units.
    """
    yield from within(ctx, "entity")


@rule(
    "additivity.project",
    zh="合计等于各项目之和",
    en="Projects add up to the total",
    basis="预算法实施条例第五条、第六条",
    holds="""
        [10 project]
        项目 | 合计
        合计 | 5.00
        #信息化运维 | 3.00
        #困难帮扶 | 2.00
        """,
    breaks="""
        [10 project]
        项目 | 合计
        合计 | 5.00
        #信息化运维 | 3.00
        """,
    untested="""
        [10 project]
        项目 | 合计
        合计 |
        #信息化运维 | 3.00
        """,
)
def project(ctx: Context) -> Iterator[Outcome]:
    """The totals line of a table by project is the sum of the projects."""
    yield from within(ctx, "project")


@rule(
    "additivity.purchase",
    zh="政府采购：各类等于所列专项之和，专项等于所列采购物品之和",
    en="Purchases add up: things to the programme and subject they are for, these to goods, works and services",
    basis="预算法第十四条：政府采购的情况应当及时公开；政府采购预算表",
    holds="""
        [12 procurement]
        名称 | 总计
        $设备购置费/办公设备购置 | 6.00
        $设备购置费/办公设备购置/台式计算机 | 4.00
        $设备购置费/办公设备购置/复印机 | 2.00
        """,
    breaks="""
        [12 procurement]
        名称 | 总计
        $设备购置费/办公设备购置 | 6.00
        $设备购置费/办公设备购置/台式计算机 | 4.00
        $设备购置费/办公设备购置/复印机 | 4.00
        """,
)
def purchase(ctx: Context) -> Iterator[Outcome]:
    """In the table of procurement, each class is the sum of its programmes, each of them the sum of its things."""
    yield from within(ctx, "purchase")


RULES: tuple[Rule, ...] = (
    functional,
    economic,
    use,
    fund,
    item,
    entity,
    project,
    purchase,
)
