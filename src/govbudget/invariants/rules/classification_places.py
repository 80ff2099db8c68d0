"""Where subjects stand: under their parents, once, in order, in the list and the budget that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from govbudget.classification import Budget, Standing, budget_of
from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import PERSONNEL, Context
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import held
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.subjects import Printed, printed_subjects
from govbudget.model import Certainty, Scope, Severity, TableKind, Use, combine
from govbudget.money import Mark

_BASIS = "预算法第二十七条、第三十二条；财政部《政府收支分类科目》"

Lists = Mapping[tuple[int, str], tuple[Printed, ...]]


@gathered
def _lists(ctx: Context) -> Lists:
    """The lines of each list in printed order; blocks side by side are one list."""
    found: dict[tuple[int, str], list[Printed]] = {}
    for each in printed_subjects(ctx):
        found.setdefault(each.list, []).append(each)
    return {key: tuple(lines) for key, lines in found.items()}


def _named(each: Printed) -> str:
    return f"表{each.table.number} {each.label}" if each.table.number is not None else each.label


def _wrong(each: Printed, relation: str, *others: Operand) -> Outcome:
    return Outcome(
        grade=Grade(Verdict.VIOLATED), subject=_named(each), operands=(each.operand(), *others), relation=relation
    )


@rule(
    "classification.parent",
    zh="下级科目排在上级科目之下",
    en="Every subject stands below its own parent",
    basis=_BASIS,
    says=("{subject}不在其上级科目之下：{relation}", "{subject} does not stand below its parent: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        208 社会保障和就业支出 | 1.00
        20805 行政事业单位养老支出 | 1.00
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        208 社会保障和就业支出 | 0.50
        20805 行政事业单位养老支出 | 0.50
        2080505 机关事业单位基本养老保险缴费支出 | 0.50
        2101102 事业单位医疗 | 0.50
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 0.50
        """,
)
def parent(ctx: Context) -> Iterator[Outcome]:
    """In a table that prints parents, the nearest line of a higher level above a subject is the one it is part of.

    2101102 below 20805 has a wrong code, or the line of its own 款 is lost. Tables of 项 alone have no parents to stand
    below.
    """
    for lines in _lists(ctx).values():
        wrong = 0
        tested = False
        path: list[tuple[int, Printed]] = []  # the lines that the next one may stand below
        for each in lines:
            depth = each.depth
            while path and path[-1][0] >= depth:
                path.pop()
            if path:
                tested = True
                above = path[-1][1]
                if not each.code.startswith(above.code):
                    wrong += 1
                    yield _wrong(each, f"{above.label} / {each.label}", above.operand("parent"))
            path.append((depth, each))
        table = lines[0].table
        if tested and not wrong:
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")
        elif not tested:
            yield not_tested(table.title, "parts-missing")


@rule(
    "classification.twice",
    zh="同一科目在一张表中只列一次",
    en="No subject stands twice in one table",
    basis=_BASIS,
    says=("{subject}在同一张表中列了两次", "{subject} stands twice in one table"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        2080506 机关事业单位职业年金缴费支出 | 0.50
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
)
def twice(ctx: Context) -> Iterator[Outcome]:
    """A list of subjects prints each of them once.

    Twice, its money is counted twice by whoever adds up, or the second line has the code of another. Lines of two
    bodies or projects are lines of their own.
    """
    for lines in _lists(ctx).values():
        seen: dict[object, Printed] = {}
        clean = True
        for each in lines:
            key = (id(each.lane), each.line.at, each.code)  # a second block may print its class again
            if key in seen:
                clean = False
                yield _wrong(each, each.label, seen[key].operand())
            seen.setdefault(key, each)
        if clean:
            table = lines[0].table
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


@rule(
    "classification.order",
    zh="科目按编码顺序排列",
    en="Subjects are printed in the order of their codes",
    basis="财政部《政府收支分类科目》的编排；各地公开格式",
    says=("{subject}没有按编码顺序排列：{relation}", "{subject} is out of the order of codes: {relation}"),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        2080506 机关事业单位职业年金缴费支出 | 0.50
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080506 机关事业单位职业年金缴费支出 | 0.50
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
)
def order(ctx: Context) -> Iterator[Outcome]:
    """Within a table the codes of subjects rise.

    Systems that write these tables sort them; a line out of order was put in by hand, and is worth a second look.
    """
    for lines in _lists(ctx).values():
        if len(lines) < 2:
            continue
        clean = True
        for before, each in pairwise(lines):
            if each.lane is before.lane and each.code < before.code:
                clean = False
                yield _wrong(each, f"{before.label} → {each.label}", before.operand())
        if clean:
            table = lines[0].table
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


_FIRST = {"functional": ("2",), "economic": ("3", "5")}
_KIND = {"1": "收入", "2": "支出功能", "3": "部门预算经济", "5": "政府预算经济"}


@rule(
    "classification.list",
    zh="按功能列功能科目，按经济列经济科目",
    en="Tables by function hold functional subjects, economic tables economic ones",
    basis="预算法第二十七条：一般公共预算支出按照其功能分类、按照其经济性质分类；第三十二条",
    says=("{subject}不属于该表的科目分类：{relation}", "{subject} is of another classification: {relation}"),
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        30113 住房公积金 | 1.00
        """,
)
def list_of(ctx: Context) -> Iterator[Outcome]:
    """In a table by function every code begins with 2; in one by economic nature with 3, or 5 in the government's list.

    Revenue begins with 1. A code of another list stands for quite another thing, whatever its name.
    """
    for lines in _lists(ctx).values():
        wrong = [each for each in lines if each.code[:1] not in _FIRST[each.lane.axis]]
        for each in wrong:
            yield _wrong(each, f"{each.label}（{_KIND.get(each.code[:1], '?')}）")
        if not wrong:
            table = lines[0].table
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


@rule(
    "classification.economic-list",
    zh="一张表只用一种经济分类",
    en="One table uses one of the two economic lists",
    basis="财预〔2017〕98号：支出经济分类科目分设政府预算、部门预算两套",
    says=("{subject}混用两套经济分类科目：{relation}", "{subject} mixes the two economic lists: {relation}"),
    certainty=Certainty.LIKELY,
    holds="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 1.00
        30201 办公费 | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 1.00
        50201 办公经费 | 1.00
        """,
)
def economic_list(ctx: Context) -> Iterator[Outcome]:
    """A table by economic nature uses the subjects of departments (3…) or those of the government (5…), not both.

    The two lists divide the same money in two ways: side by side it is counted twice or falls between them.
    """
    for lines in _lists(ctx).values():
        if lines[0].lane.axis != "economic":
            continue
        first = lines[0].code[:1]
        other = next((each for each in lines if each.code[:1] != first and each.code[:1] in "35"), None)
        table = lines[0].table
        if other is None:
            yield held(table.title, table.place, table.title, f"{first}…")
        else:
            yield _wrong(other, f"{lines[0].label} / {other.label}", lines[0].operand())


_TABLE_OF = {
    Budget.GENERAL_PUBLIC: TableKind.GENERAL_EXPENDITURE,
    Budget.GOVERNMENT_FUND: TableKind.GOVERNMENT_FUND,
    Budget.STATE_CAPITAL: TableKind.STATE_CAPITAL,
}


def _strangers(ctx: Context, budget: Budget) -> Iterator[Outcome]:
    """Lowest subjects with money in the table of a budget that are known to belong to another."""
    for lines in _lists(ctx).values():
        table = lines[0].table
        if table.kind is not _TABLE_OF[budget]:
            continue
        leaves = [each for each in lines if each.depth == 3 and each.has_money]
        sure = 0
        for each in leaves:
            subject = each.subject
            own = budget_of(subject) if subject is not None else None
            if subject is None or own is None:
                continue
            if own is budget:
                sure += 1
            elif own is not Budget.GENERAL_PUBLIC or subject.standing is Standing.ATTESTED:
                # what no list names belongs to the general budget, so that much must be borne out by a document
                yield _wrong(each, f"{each.label}：{own.title} ≠ {budget.title}")
        if sure:
            yield held(table.title, table.place, table.title, f"{sure} 行")
        elif not leaves:
            yield not_tested(table.title, "parts-missing")


@rule(
    "classification.general-budget",
    zh="一般公共预算表只列一般公共预算科目",
    en="The general public budget's table holds its own subjects",
    basis="预算法第五条、第十二条：各本预算保持完整、独立；政府收支分类科目",
    says=("{subject}不属于一般公共预算：{relation}", "{subject} is of another budget: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2010301 行政运行 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2120801 征地和拆迁补偿支出 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        201 一般公共服务支出 | 1.00
        """,
)
def general_budget(ctx: Context) -> Iterator[Outcome]:
    """No subject of government funds or of the state capital budget stands in the table of the general public budget.

    Money of land sales (21208…) is a fund's; in this table it is told as money of taxes.
    """
    yield from _strangers(ctx, Budget.GENERAL_PUBLIC)


@rule(
    "classification.government-fund",
    zh="政府性基金表只列政府性基金科目",
    en="The table of government funds holds subjects of funds",
    basis="预算法第五条、第九条：政府性基金预算专项用于特定公共事业；政府收支分类科目",
    says=("{subject}不属于政府性基金预算：{relation}", "{subject} is of another budget: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [8 government_fund]
        科目 | 合计
        2120801 征地和拆迁补偿支出 | 1.00
        """,
    breaks="""
        unit budget 2024
        [8 government_fund]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
)
def government_fund(ctx: Context) -> Iterator[Outcome]:
    """No subject that documents show in the general public budget stands in the table of government funds.

    Funds pay for what they are raised for; pensions of the staff are paid from taxes. New funds bring new subjects each
    year, so only subjects that are borne out are held against the table.
    """
    yield from _strangers(ctx, Budget.GOVERNMENT_FUND)


@rule(
    "classification.state-capital",
    zh="国有资本经营预算表只列该预算科目",
    en="The table of state capital holds subjects of that budget",
    basis="预算法第五条、第十条：国有资本经营预算；政府收支分类科目223类",
    says=("{subject}不属于国有资本经营预算：{relation}", "{subject} is of another budget: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [9 state_capital]
        科目 | 合计
        2230105 国有企业退休人员社会化管理补助支出 | 1.00
        """,
    breaks="""
        unit budget 2024
        [9 state_capital]
        科目 | 合计
        2080505 机关事业单位基本养老保险缴费支出 | 1.00
        """,
)
def state_capital(ctx: Context) -> Iterator[Outcome]:
    """Subjects of the state capital budget stand under 223 (and 23005); no other is in its table.

    Profits of state enterprises may be spent on the cost of reform and on capital, not on the running of the body.
    """
    yield from _strangers(ctx, Budget.STATE_CAPITAL)


_OF_ORGANS = ("行政运行", "行政单位离退休", "行政单位医疗")
_OF_INSTITUTIONS = ("事业运行", "事业单位离退休", "事业单位医疗")


def _nature(ctx: Context) -> str:
    """What kind of body a single unit says it is: "organ", "institution" or "" where it is not said or both."""
    nature = ctx.disclosure.organization.nature or ""
    if ctx.disclosure.scope is not Scope.UNIT or "参" in nature:
        return ""
    return "institution" if "事业" in nature else "organ" if "行政" in nature or "机关" in nature else ""


def _of_others(ctx: Context, names: tuple[str, ...]) -> Iterator[Outcome]:
    seen: set[str] = set()
    right = None
    for each in printed_subjects(ctx):
        if each.lane.axis != "functional" or each.depth != 3 or not each.has_money or each.code in seen:
            continue
        seen.add(each.code)
        if each.name in names:
            yield _wrong(each, f"{each.label}（{ctx.disclosure.organization.nature}）")
        else:
            right = right or each
    if right is not None:
        yield held("单位性质", right.place, ctx.disclosure.organization.nature or "")


_OTHER_NATURE = (
    "other-nature",
    "单位性质未说明，或不是这一类",
    "the body does not say what it is, or is of the other kind",
)


@rule(
    "classification.organ-subjects",
    zh="事业单位不列行政单位的科目",
    en="A public institution has no subjects of administrative bodies",
    basis="政府收支分类科目：行政运行反映行政单位（包括实行公务员管理的事业单位）的基本支出",
    says=(
        "事业单位列有行政单位的科目：{relation}",
        "a public institution prints a subject of administrative bodies: {relation}",
    ),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    reasons=[_OTHER_NATURE],
    applies=lambda ctx: "" if _nature(ctx) == "institution" else "other-nature",
    holds="""
        nature 事业单位
        [5 general_expenditure]
        科目 | 合计
        2012950 事业运行 | 1.00
        """,
    breaks="""
        nature 事业单位
        [5 general_expenditure]
        科目 | 合计
        2012901 行政运行 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2012901 行政运行 | 1.00
        """,
)
def organ_subjects(ctx: Context) -> Iterator[Outcome]:
    """A unit that says it is a public institution (事业单位) spends under 事业运行, 事业单位离退休, 事业单位医疗.

    An institution that is run like an administration may use 行政运行 and say no more than 事业单位, so this is a
    question and no fault.
    """
    yield from _of_others(ctx, _OF_ORGANS)


@rule(
    "classification.institution-subjects",
    zh="行政单位不列事业单位的科目",
    en="An administrative body has no subjects of public institutions",
    basis="政府收支分类科目：事业运行反映事业单位的基本支出",
    says=(
        "行政单位列有事业单位的科目：{relation}",
        "an office prints a subject of institutions: {relation}",
    ),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    reasons=[_OTHER_NATURE],
    applies=lambda ctx: "" if _nature(ctx) == "organ" else "other-nature",
    holds="""
        nature 行政单位
        [5 general_expenditure]
        科目 | 合计
        2012901 行政运行 | 1.00
        """,
    breaks="""
        nature 行政单位
        [5 general_expenditure]
        科目 | 合计
        2012950 事业运行 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2012950 事业运行 | 1.00
        """,
)
def institution_subjects(ctx: Context) -> Iterator[Outcome]:
    """A unit that says it is an administrative body spends under 行政运行, and not under 事业运行.

    Its accounts may take in a small institution without books of its own, so this is a question and no fault.
    """
    yield from _of_others(ctx, _OF_INSTITUTIONS)


@rule(
    "classification.basic-capital",
    zh="基本支出不列基本建设类科目",
    en="Basic spending holds no capital construction",
    basis="预算法实施条例第五条：基本支出为保障机构正常运转；经济分类309资本性支出（基本建设）反映发展改革部门安排的项目",
    says=("基本支出列有基本建设类科目：{subject}", "basic spending holds capital construction: {subject}"),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [6 general_basic]
        科目 | 合计
        31002 办公设备购置 | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 合计
        30901 房屋建筑物购建 | 1.00
        """,
)
def basic_capital(ctx: Context) -> Iterator[Outcome]:
    """No money stands under 309 资本性支出（基本建设） or 311 对企业补助（基本建设） in a table of basic spending.

    Construction is granted project by project. Some forms print these classes for completeness; with money in them they
    are worth a question.
    """
    for lines in _lists(ctx).values():
        table = lines[0].table
        if table.kind not in (TableKind.GENERAL_BASIC, TableKind.FISCAL_BASIC):
            continue
        wrong = [each for each in lines if each.has_money and each.code[:3] in ("309", "311") and each.depth == 2]
        for each in wrong:
            yield _wrong(each, each.label)
        if not wrong:
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


@rule(
    "classification.personnel-columns",
    zh="人员经费、公用经费两栏与经济分类相符",
    en="The columns of personnel and running costs fit the economic classes",
    basis="预算法实施条例第五条：人员经费、公用经费；支出经济分类科目301、303与302、310",
    says=("{subject}列在另一栏：{relation}", "{subject} stands in the other column: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds="""
        [6 general_basic]
        科目 | 人员经费 = personnel | 公用经费 = running
        30101 基本工资 | 1.00 |
        30201 办公费 |  | 1.00
        """,
    breaks="""
        [6 general_basic]
        科目 | 人员经费 = personnel | 公用经费 = running
        30101 基本工资 |  | 1.00
        30201 办公费 |  | 1.00
        """,
    untested="""
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 1.00
        """,
)
def personnel_columns(ctx: Context) -> Iterator[Outcome]:
    """Wages (301) stand in the column of personnel and capital (310) in that of running costs, not the other way round.

    A figure one column off keeps the sum of its line. What places count either way (traffic allowances in 302, grants
    to persons in 303) is left out.
    """
    for lines in _lists(ctx).values():
        table = lines[0].table
        if table.kind not in (TableKind.GENERAL_BASIC, TableKind.FISCAL_BASIC):
            continue
        uses = [combine(lines[0].lane.at, column.at).use for column in lines[0].lane.columns]
        if not {Use.PERSONNEL, Use.RUNNING} <= set(uses):
            yield not_tested(table.title, "no-table")
            continue
        clean = True
        for each in lines:
            wrong = {PERSONNEL[0]: Use.RUNNING, "310": Use.PERSONNEL}.get(each.code[:3])
            if wrong is None:
                continue
            for use, value in zip(uses, each.line.values, strict=True):
                if use is wrong and value and not isinstance(value, Mark):
                    clean = False
                    yield _wrong(each, f"{each.label}（{'公用经费' if use is Use.RUNNING else '人员经费'}）")
        if clean:
            yield held(table.title, table.place, table.title, f"{len(lines)} 行")


_RETIRED = ("2080501", "2080502", "2080504")
_PENSIONS = ("30301", "30302", "30305", "30399", "303", "30307", "30304", "30309")


@rule(
    "classification.retired",
    zh="有离退休支出时有对个人的补助",
    en="Spending on the retired shows among grants to persons",
    basis="政府收支分类科目：行政事业单位离退休反映离退休经费；经济分类303对个人和家庭的补助",
    says=(
        "有离退休科目支出，基本支出中没有离退休费：{subject}",
        "the retired cost money, and basic spending pays none: {subject}",
    ),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        2080501 行政单位离退休 | 1.00
        [6 general_basic]
        科目 | 合计
        30302 退休费 | 1.00
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        2080501 行政单位离退休 | 1.00
        [6 general_basic]
        科目 | 合计
        30101 基本工资 | 1.00
        """,
    untested="""
        [5 general_expenditure]
        科目 | 合计
        2101101 行政单位医疗 | 1.00
        """,
)
def retired(ctx: Context) -> Iterator[Outcome]:
    """Where the general budget spends on the retired (2080501, 2080502), basic spending has grants to persons (303).

    Money for the retired is paid to them; where nothing is, it may all be activities, or the class was mistaken.
    """
    general = [
        each
        for each in printed_subjects(ctx)
        if each.table.kind is TableKind.GENERAL_EXPENDITURE and each.code in _RETIRED and each.has_money
    ]
    basic = [each for each in printed_subjects(ctx) if each.table.kind is TableKind.GENERAL_BASIC]
    if not general or not basic:
        yield not_tested("离退休经费", "no-table")
        return
    paid = next((each for each in basic if each.code in _PENSIONS and each.has_money), None)
    for each in general:
        if paid is not None:
            yield held(each.label, each.place, paid.label)
        else:
            yield _wrong(each, each.label, basic[0].operand("table"))


RULES: tuple[Rule, ...] = (
    parent,
    twice,
    order,
    list_of,
    economic_list,
    general_budget,
    government_fund,
    state_capital,
    organ_subjects,
    institution_subjects,
    basic_capital,
    personnel_columns,
    retired,
)
