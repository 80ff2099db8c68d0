"""Figures and facts in the words of the document, for the places where a rule says what it compared."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context, located, seen_of
from govbudget.invariants.rule import Linear, Operand, Outcome
from govbudget.model import Coordinate, Figure, Flow, Fund, Item, Lane, Line, Period, Stage, Table, Total, Use, Witness
from govbudget.money import Amount, Cell, Mark, MoneyUnit, Percent, printed, printed_percent
from govbudget.place import Place

_FLOW = {Flow.REVENUE: "收入", Flow.EXPENDITURE: "支出"}
_PERIOD = {
    (Flow.REVENUE, Period.CURRENT): "本年收入",
    (Flow.REVENUE, Period.CARRIED): "上年结转结余",
    (Flow.EXPENDITURE, Period.CURRENT): "本年支出",
    (Flow.EXPENDITURE, Period.GRANTED): "当年拨款",
    (Flow.EXPENDITURE, Period.CARRIED): "年终结转结余",
    (Flow.REVENUE, Period.DRAWN): "动用上年结转和结余资金",
    (Flow.REVENUE, Period.SURPLUS): "使用非财政拨款结余",
    (Flow.EXPENDITURE, Period.SURPLUS): "结余分配",
}
_FUND = {
    Fund.FISCAL: "财政拨款",
    Fund.GENERAL: "一般公共预算",
    Fund.GENERAL_GRANT: "公共财政拨款(补助)资金",
    Fund.EARMARKED: "专项收入",
    Fund.GOVERNMENT_FUND: "政府性基金预算",
    Fund.STATE_CAPITAL: "国有资本经营预算",
    Fund.SPECIAL_ACCOUNT: "财政专户管理资金",
    Fund.EDUCATION_FEES: "专户管理教育收费",
    Fund.OTHER_NONTAX: "其他非税收入",
    Fund.UNIT: "单位资金",
    Fund.BUSINESS: "事业收入",
    Fund.OPERATING: "事业单位经营收入",
    Fund.SUPERIOR: "上级补助收入",
    Fund.SUBORDINATE: "附属单位上缴收入",
    Fund.OTHER: "其他收入",
    Fund.DEBT: "债务资金",
}
_USE = {
    Use.BASIC: "基本支出",
    Use.PERSONNEL: "人员经费",
    Use.RUNNING: "公用经费",
    Use.PROJECT: "项目支出",
    Use.OPERATING: "事业单位经营支出",
    Use.TO_SUPERIOR: "上缴上级支出",
    Use.TO_SUBORDINATE: "对附属单位补助支出",
    Use.RESERVE: "单位预留机动经费",
}
_ITEM = {
    Item.OFFICIAL: "“三公”经费、会议费、培训费",
    Item.THREE_PUBLIC: "“三公”经费",
    Item.ABROAD: "因公出国（境）费用",
    Item.RECEPTION: "公务接待费",
    Item.RECEPTION_AT_HOME: "国内公务接待费",
    Item.RECEPTION_ABROAD: "国（境）外公务接待费",
    Item.VEHICLES: "公务用车购置及运行维护费",
    Item.VEHICLE_PURCHASE: "公务用车购置费",
    Item.VEHICLE_RUNNING: "公务用车运行维护费",
    Item.CONFERENCES: "会议费",
    Item.TRAINING: "培训费",
    Item.AGENCY_RUNNING: "机关运行经费",
    Item.PERFORMANCE: "绩效目标管理项目",
    Item.MONITORED: "绩效跟踪评价项目",
    Item.EVALUATED: "绩效自评项目",
    Item.PROCUREMENT: "政府采购",
    Item.GOODS: "政府采购货物",
    Item.WORKS: "政府采购工程",
    Item.SERVICES: "政府采购服务",
    Item.SME_RESERVED: "面向中小企业预留采购",
    Item.MICRO_RESERVED: "面向小微企业预留采购",
    Item.SME_AWARDED: "授予中小企业合同金额",
    Item.MICRO_AWARDED: "授予小微企业合同金额",
    Item.SME_RESERVED_AWARDED: "预留采购中授予中小企业",
    Item.MICRO_RESERVED_AWARDED: "预留采购中授予小微企业",
    Item.SME_OTHER_AWARDED: "其他采购中授予中小企业",
}
_SIGNS = {Verdict.EXACT: "=", Verdict.ROUNDING: "≈", Verdict.UNDECIDED: "?"}
_STAGE = {Stage.BUDGET: "年初预算", Stage.ADJUSTED: "全年预算", Stage.EXECUTION: "执行数", Stage.FINAL: "决算"}


def fact_words(ctx: Context, at: Coordinate) -> str:
    """Name a fact in the words of a budget: 一般公共预算 事业运行 公用经费."""
    named: dict[Coordinate, str] = ctx.memo.setdefault(fact_words, {})  # several rules speak of the same facts
    if at not in named:
        named[at] = _fact_words(ctx, at)
    return named[at]


def _fact_words(ctx: Context, at: Coordinate) -> str:
    other = (at.year, at.stage) != (ctx.disclosure.year, ctx.disclosure.stage) and at.stage is not None
    words = [
        f"{at.year}年{_STAGE[at.stage]}" if other and at.stage is not None else "",
        _FUND.get(at.fund, ""),
        ctx.labels.get(at.functional, at.functional),
        ctx.labels.get(at.economic, at.economic),
        _USE.get(at.use, ""),
        _ITEM.get(at.item, ""),
        at.project or at.entity or at.purchase,
    ]
    named = " ".join(word for word in words if word)
    whole = not (at.functional or at.economic or at.use is not Use.ALL or at.item is not Item.ALL or at.project)
    period = _PERIOD.get((at.flow, at.period)) if at.flow is not None else None
    if whole and at.flow is not None:
        return f"{named} {period or (_FLOW[at.flow] + '总计')}".strip()
    flow = _FLOW[at.flow] if at.flow is Flow.REVENUE else ""
    return f"{named} {flow}".strip()


def figure_operand(ctx: Context, figure: Figure, role: str) -> Operand:
    """Make the operand for a cell."""
    seen = seen_of(ctx, figure)
    made: dict[object, Operand] = seen.memo.setdefault(figure_operand, {})  # most figures are parts of several sums
    key = (figure.lane, figure.line, figure.column, role)
    if key not in made:
        made[key] = cell_operand(figure.cell, figure.at, seen.places[key[:3]], role)
    return made[key]


def cell_operand(cell: Cell, at: Coordinate, place: Place, role: str) -> Operand:
    """Make the operand for what a cell holds."""
    return Operand(
        role=role,
        place=place,
        printed=cell_words(cell),
        at=at,
        amount=cell if isinstance(cell, Amount) else None,
        blank=cell is Mark.BLANK or cell is Mark.NOT_APPLICABLE,
    )


def witness_operand(witness: Witness, at: Coordinate, role: str = "witness") -> Operand:
    """Make the operand for a witness."""
    return Operand(
        role=role,
        place=witness.place,
        printed=amount_words(witness.amount),
        at=at,
        amount=witness.amount,
    )


def cell_words(cell: Amount | Mark) -> str:
    """Write a cell as printed."""
    if isinstance(cell, Amount):
        return printed(cell)
    return "—" if cell is Mark.NOT_APPLICABLE else ""


def amount_words(amount: Amount) -> str:
    """Write an amount with its unit.

    >>> amount_words(Amount.parse("2.40", MoneyUnit.WAN_YUAN))
    '2.40万元'
    """
    return printed(amount) + amount.unit.value


def gap_words(gap: int, unit: MoneyUnit) -> str:
    """Write a distance in 分 in the unit of the document, without needless zeros."""
    if not gap:
        return ""
    places = 0
    while gap * 10**places % unit.fen:
        places += 1
    return amount_words(Amount(gap, unit, places))


def sign_words(verdict: Verdict) -> str:
    """Write how the two sides of a comparison stand to each other.

    >>> sign_words(Verdict.ROUNDING)
    '≈'
    """
    return _SIGNS.get(verdict, "≠")


def limit_words(verdict: Verdict) -> str:
    """Write how something stands to the limit it may not exceed.

    >>> limit_words(Verdict.VIOLATED)
    '>'
    """
    return ">" if verdict is Verdict.VIOLATED else "≤"


def in_money(
    grade: Grade,
    unit: MoneyUnit,
    *,
    subject: str,
    operands: tuple[Operand, ...],
    relation: str,
    linear: tuple[Linear, ...] = (),
    reason: str = "",
) -> Outcome:
    """Make the outcome of a comparison of money: gap and difference are written in ``unit``."""
    return Outcome(
        grade=grade,
        subject=subject,
        operands=operands,
        relation=relation,
        gap=gap_words(grade.gap, unit),
        difference=gap_words(abs(grade.residual), unit),
        reason=reason,
        linear=linear,
    )


def points_words(gap: int, places: int) -> str:
    """Write a distance between percentages, in units of the last printed digit.

    >>> points_words(12, 2)
    '0.12%'
    """
    return printed_percent(Percent(gap, places)) if gap else ""


def sum_words(total: str, parts: Sequence[str], sign: str = "=") -> str:
    """Write a sum; blank parts are left out."""
    shown = [part for part in parts if part]
    return f"{total} {sign} {' + '.join(shown) if shown else '0'}"


def change_words(table: Table, lane: Lane, line: Line, column: int) -> str:
    """Name a cell that compares by its table, line and column: 表5 事业运行 / 增减额."""
    return _cell_name(table, line, lane.changes[column].header)


def line_words(ctx: Context, figure: Figure) -> str:
    """Name a cell by its table, line and column: 表3 事业运行 / 合计."""
    table, _, line, column = located(ctx, figure)
    return _cell_name(table, line, column.header)


def _cell_name(table: Table, line: Line, header: Sequence[str]) -> str:
    label = "合计" if isinstance(line.head, Total) else line.label
    number = f"表{table.number} " if table.number is not None else ""
    return f"{number}{label} / {'·'.join(header)}"
