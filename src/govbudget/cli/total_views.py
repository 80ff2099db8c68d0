"""What ``govbudget total`` shows: tables for people, plain data for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table as RichTable
from rich.text import Text

from govbudget.aggregation.codes import line_up
from govbudget.aggregation.stand import BODY
from govbudget.consistency import Verdict
from govbudget.model import AXES
from govbudget.money import Amount, MoneyUnit, printed

if TYPE_CHECKING:
    from govbudget.aggregation import Comparison, Contribution, Pivot, Rollup, RollupRow
    from govbudget.aggregation.rows import Point
    from govbudget.model import Disclosure
    from govbudget.reports.words import Lang

_NODES = {
    "all": "合计",
    "current": "本年",
    "carried": "结转结余",
    "drawn": "动用结转",
    "surplus": "使用结余",
    "fiscal": "财政拨款",
    "general": "一般公共预算",
    "general_grant": "公共财政拨款",
    "earmarked": "专项收入",
    "government_fund": "政府性基金",
    "state_capital": "国有资本经营",
    "special_account": "财政专户",
    "unit": "单位资金",
    "business": "事业收入",
    "operating": "经营",
    "superior": "上级补助",
    "subordinate": "附属单位上缴",
    "other": "其他",
    "basic": "基本支出",
    "personnel": "人员经费",
    "running": "公用经费",
    "project": "项目支出",
    "to_superior": "上缴上级",
    "to_subordinate": "对附属单位补助",
    "reserve": "预留机动",
    "three_public": "“三公”经费",
    "official": "“三公”、会议、培训",
    "abroad": "因公出国（境）",
    "reception": "公务接待",
    "reception_at_home": "国内公务接待",
    "reception_abroad": "国（境）外公务接待",
    "vehicles": "公务用车",
    "vehicle_purchase": "公务用车购置",
    "vehicle_running": "公务用车运行",
    "conferences": "会议费",
    "training": "培训费",
    "agency_running": "机关运行经费",
    "procurement": "政府采购",
    "goods": "货物",
    "works": "工程",
    "services": "服务",
    "budget": "预算",
    "adjusted": "调整预算",
    "execution": "执行",
    "final": "决算",
    "revenue": "收入",
    "expenditure": "支出",
}
_HEADS = {
    "functional": ("功能分类科目", "function"),
    "economic": ("经济分类科目", "economic subject"),
    "fund": ("资金来源", "fund"),
    "use": ("支出用途", "use"),
    "item": ("项目", "item"),
    "period": ("年度", "period"),
    "entity": ("单位", "entity"),
    "project": ("项目", "project"),
    "purchase": ("采购", "purchase"),
    "organization": ("单位", "organization"),
    "year": ("年份", "year"),
    "stage": ("阶段", "stage"),
    "flow": ("收支", "flow"),
}


def unit_of(given: Sequence[Disclosure]) -> MoneyUnit:
    """Return the unit that most of the tables count in."""
    units = [table.unit for disclosure in given for table in disclosure.tables]
    return max(dict.fromkeys(units), key=units.count) if units else MoneyUnit.YUAN


def _zh(lang: Lang) -> bool:
    return lang == "zh"


def _pick(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def _point(axis: str, point: Point, label: str, lang: Lang, least: int = 0) -> Text:
    """A place on an axis, indented by its depth below ``least``: name and code of a subject, words of a node."""
    code = _code(point)
    depth = _depth(axis, point) - max(0, least - 1)
    if not code:
        return Text(_pick(lang, "合计", "total"), style="bold")
    if axis in {"functional", "economic"}:
        text = Text("　" * max(0, depth - 1) + label)
        return text.append(f" {code}" if "~" not in code else " ?", style="dim")
    words = _NODES.get(code, code) if _zh(lang) else code
    if axis in {BODY, "entity", "project"}:
        words = code.rpartition("/")[2]
    return Text("　" * max(0, depth - 1) + words, style="bold" if code == "all" else "")


def _places(fen: Iterable[int], unit: MoneyUnit) -> int:
    """The fewest decimals, but no less than two, that print all amounts without loss."""
    places = 2
    while any(value * 10**places % unit.fen for value in fen):
        places += 1
    return places


def _money(fen: int | None, unit: MoneyUnit, places: int, *, sign: bool = False) -> str:
    if fen is None:
        return ""
    return ("+" if sign and fen > 0 else "") + printed(Amount(fen, unit, places))


def _percent(part: Fraction | None, *, sign: bool = False) -> str:
    """A fraction as a percentage with two decimals, halves away from zero; integers only."""
    if part is None:
        return ""
    scaled = abs(part) * 10_000
    digits = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    mark = "-" if part < 0 and digits else "+" if sign and digits else ""
    return f"{mark}{digits // 100}.{digits % 100:02}%"


def _table(by: str, lang: Lang, heads: Sequence[str]) -> RichTable:
    grid = RichTable(box=None, pad_edge=False, header_style="cyan")
    grid.add_column(_HEADS[by][not _zh(lang)], overflow="fold", vertical="bottom")
    for head in heads:
        grid.add_column(escape(head), justify="right", no_wrap=True)
    return grid


def _unit_line(bodies: Sequence[str], unit: MoneyUnit, lang: Lang) -> Text:
    if not bodies:
        return Text(f"{_pick(lang, '单位', 'unit')}：{unit.value}", style="dim")
    who = "、".join(bodies[:3]) + (f" … {len(bodies)}" if len(bodies) > 3 else "")
    return Text(who, style="bold").append(f"　{_pick(lang, '单位', 'unit')}：{unit.value}", style="dim")


# -- totals -----------------------------------------------------------------------------------------------------------


def at_level(found: Rollup, level: int | None) -> list[RollupRow]:
    """Return the totals at one depth of the tree, or all."""
    by = found.by[0]
    if level is None or by not in (*AXES, BODY):
        return list(found)
    return [row for row in found if _depth(by, row.key[0]) == level]


def _depth(axis: str, point: Point) -> int:
    return len(line_up(axis, _code(point))) if axis in (*AXES, BODY) else 0


def _code(point: Point) -> str:
    return str(getattr(point, "value", point))


def with_sides(view: RenderableType, before: Sequence[Disclosure], after: Sequence[Disclosure], lang: Lang) -> Group:
    """Return a view with the names of both sides above it."""
    lines = Text()
    for word, side in ((_pick(lang, "前", "before"), before), (_pick(lang, "后", "after"), after)):
        said = "；".join(
            f"{one.organization.name} {one.year} " + (_NODES.get(one.stage.value, "") if _zh(lang) else one.stage.value)
            for one in side[:4]
        )
        lines.append(f"{word}：" if _zh(lang) else f"{word}: ", style="dim")
        lines.append(said + (" …" if len(side) > 4 else "") + "\n", style="bold")
    lines.rstrip()
    return Group(lines, view)


def rollup_view(found: Rollup, shown: Sequence[RollupRow], unit: MoneyUnit, lang: Lang) -> RenderableType:
    """Return totals with their shares, and what is published where it differs."""
    by = found.by[0]
    places = _places((row.fen for row in shown), unit)
    least = min((_depth(by, row.key[0]) for row in shown), default=0)
    whole = next((row.fen for row in found if _code(row.key[0]) in {"", "all"}), None)
    grid = _table(by, lang, [_pick(lang, "金额", "amount"), _pick(lang, "占比", "share"), ""])
    for row in shown:
        share = Fraction(row.fen, whole) if whole else None
        note = Text()
        if row.printed is not None and row.grade.residual:
            wrong = row.grade.verdict is Verdict.VIOLATED
            amount = _money(row.printed.value, unit, _places([row.printed.value], unit))
            words = _pick(lang, "公布为", "published") + f" {amount}"
            words += _pick(lang, "，不符", ", does not fit") if wrong else _pick(lang, "，四舍五入", ", rounding")
            note = Text(words, style="red" if wrong else "dim")
        grid.add_row(
            _point(by, row.key[0], row.label, lang, least), _money(row.fen, unit, places), _percent(share), note
        )
    return Group(_unit_line(found.organizations, unit, lang), grid)


def rollup_data(found: Iterable[RollupRow]) -> list[dict[str, Any]]:
    """Return totals as plain data, amounts in 分."""
    return [
        {
            "key": [getattr(point, "value", point) for point in row.key],
            "label": row.label,
            "fen": row.fen,
            "low": row.low,
            "high": row.high,
            "published": row.printed.value if row.printed is not None else None,
            "verdict": row.grade.verdict.value,
            "leaves": [str(leaf.place) for leaf in row.leaves],
        }
        for row in found
    ]


def pivot_view(found: Pivot, unit: MoneyUnit, lang: Lang) -> RenderableType:
    """Return a table of totals."""
    places = _places((row.fen for row in found.cells.values()), unit)
    across = found.by[1]
    heads = [
        "\n".join(_wrapped(str(_point(across, point, found.column_labels.get(point, ""), lang)).strip("　")))
        for point in found.columns
    ]
    grid = _table(found.by[0], lang, heads)
    for row in found.rows:
        cells = [_money(found.fen(row, column), unit, places) for column in found.columns]
        grid.add_row(_point(found.by[0], row, found.labels.get(row, ""), lang), *cells)
    return Group(_unit_line((), unit, lang), grid)


def _wrapped(words: str, width: int = 8) -> list[str]:
    if words.isascii():
        return [words]
    return [words[at : at + width] for at in range(0, len(words), width)] or [""]


def pivot_data(found: Pivot) -> list[dict[str, Any]]:
    """Return the cells of a table as plain data, amounts in 分."""
    return [
        {
            found.by[0]: getattr(row, "value", row),
            found.by[1]: getattr(column, "value", column),
            "label": found.labels.get(row, ""),
            "fen": found.fen(row, column),
        }
        for row in found.rows
        for column in found.columns
        if (row, column) in found.cells
    ]


# -- two sides --------------------------------------------------------------------------------------------------------


def comparison_view(found: Comparison, unit: MoneyUnit, lang: Lang) -> RenderableType:
    """Return both sides, the change and the growth of every total."""
    ends = [end.value for row in found for end in (row.before, row.after) if end is not None]
    places = _places(ends, unit)
    heads = ("前", "后", "增减", "增长") if _zh(lang) else ("before", "after", "change", "growth")
    grid = _table(found.by[0], lang, [*heads, ""])
    least = min((_depth(found.by[0], row.key[0]) for row in found), default=0)
    for row in found:
        grid.add_row(
            _point(found.by[0], row.key[0], row.label, lang, least),
            _money(row.before.value if row.before else None, unit, places),
            _money(row.after.value if row.after else None, unit, places),
            _money(row.change, unit, places, sign=True),
            _percent(row.growth, sign=True),
            Text(row.note, style="yellow"),
        )
    return Group(_unit_line((), unit, lang), grid)


def comparison_data(found: Comparison) -> list[dict[str, Any]]:
    """Return a comparison as plain data: amounts in 分, growth as a fraction."""
    return [
        {
            "key": [getattr(point, "value", point) for point in row.key],
            "label": row.label,
            "before": row.before.value if row.before else None,
            "after": row.after.value if row.after else None,
            "change": row.change,
            "growth": str(row.growth) if row.growth is not None else None,
            "became": row.became.value,
            "note": row.note,
        }
        for row in found
    ]


def changes_view(found: Comparison, parts: Sequence[Contribution], unit: MoneyUnit, lang: Lang) -> RenderableType:
    """Return what explains a change, the largest first."""
    places = _places((part.row.change for part in parts), unit)
    heads = ("增减", "占增减额", "拉动", "") if _zh(lang) else ("change", "of the change", "points", "")
    words = {"new": "新增", "ended": "不再安排"} if _zh(lang) else {"new": "new", "ended": "ended"}
    grid = _table(found.by[0], lang, heads)
    least = min((_depth(found.by[0], part.row.key[0]) for part in parts if part.row.change), default=0)
    for part in parts:
        if part.row.change:
            grid.add_row(
                _point(found.by[0], part.row.key[0], part.row.label, lang, least),
                _money(part.row.change, unit, places, sign=True),
                _percent(part.share),
                _percent(part.points, sign=True),
                Text(words.get(part.row.became.value, "") + (" " + part.row.note if part.row.note else "")),
            )
    total = sum(part.row.change for part in parts)
    grid.add_row(Text(_pick(lang, "合计", "total"), style="bold"), _money(total, unit, places, sign=True))
    return Group(_unit_line((), unit, lang), grid)


def changes_data(parts: Sequence[Contribution]) -> list[dict[str, Any]]:
    """Return a decomposition as plain data: amounts in 分, parts as fractions."""
    return [
        {
            "key": getattr(part.row.key[0], "value", part.row.key[0]),
            "label": part.row.label,
            "change": part.row.change,
            "share": str(part.share) if part.share is not None else None,
            "points": str(part.points) if part.points is not None else None,
            "became": part.row.became.value,
        }
        for part in parts
    ]
