"""Forms that declare what a project is to achieve (项目支出绩效目标申报表), read cell by cell.

Such a form is no table with columns: fields with their labels, two blocks of money side by side, goals under their
headings, and a list of indicators under a header of its own. Blank cells say nothing of where one of them ends, so
everything is found by its words. What no words explain is told; without a project and a header of indicators it is no
such form.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs

from govbudget.errors import AmountError
from govbudget.model import Aim, Finding, Funding, GoalMoney, Indicator, ProjectGoals
from govbudget.money import Amount, MoneyUnit, parse_cell
from govbudget.place import Place
from govbudget.reading.headings import YEAR_LINE
from govbudget.reading.remarks import remark, short
from govbudget.source import Grid, GridCell
from govbudget.text import fold

_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "项目名称": "project",
        "主管部门": "department",
        "主管部门及代码": "department",
        "预算部门": "department",
        "实施单位": "organization",
        "项目单位": "organization",
        "预算单位": "organization",
        "项目性质": "nature",
        "项目属性": "nature",
        "项目类别": "category",
        "项目类型": "category",
        "项目分类": "category",
        "计划开始日期": "start",
        "开始日期": "start",
        "项目开始时间": "start",
        "计划完成日期": "finish",
        "完成日期": "finish",
        "项目结束时间": "finish",
    }
)
_FURTHER = re.compile(
    r"(?:项目)?(?:负责人|联系人|编码|代码|期限?|实施期限?|概况|总投资)|填报人|填报日期|联系电话|"
    r"(?:预算)?年度|立项依据|备注|其他(?:需要)?说明(?:的问题|事项)?"
)
_HEADS = frozenset(
    {"项目绩效目标", "绩效目标", "绩效指标", "年度绩效指标", "指标", "项目资金", "资金情况", "年度绩效目标"}
)
"""What stands beside several rows and says what they are; it has no value of its own."""
_UNIT = re.compile(r"\((?:单位:)?(元|千元|万元|亿元)\):?$")
_PART = r"(?:其中:)?"
_MONEY = (
    (Funding.TOTAL, re.compile(r"(?:(?:项目|年度|本年|当年|实施期)?资金(?:申请)?|年度预算)(?:总额|总计|合计)")),
    (Funding.FISCAL, re.compile(rf"{_PART}(?:当年|本年|年度)?(?:财政(?:性?资金|拨款)|一般公共预算(?:财政)?拨款)")),
    (Funding.CARRIED, re.compile(rf"{_PART}(?:上年|以前年度)?结转(?:结余)?(?:资金)?")),
    (Funding.OTHER, re.compile(rf"{_PART}其他资金")),
)
_OF_THE_YEAR, _OF_ALL = re.compile("年度|当年|本年"), re.compile("项目|实施期")
_AIM = re.compile(r"(?:项目|年度|实施期|中期|当年)?(?:总体)?(?:绩效)?(?:总)?目标(?:\([^()]*\))?")
_NUMBER = re.compile(r"[-\d]")
_LEVELS = ("一级指标", "二级指标", "三级指标")
_TITLE = re.compile(r"[^,。;]{2,40}表")

_Cells = Sequence[tuple[int, GridCell, str]]  # of a row, those that show something: column, cell, folded text


def declares_goals(grid: Grid) -> bool:
    """Tell whether a grid is such a form, wherever it stands: it names a project and lists indicators."""
    words = {fold(cell.text) for row in grid.rows for cell in row if cell.text}
    return words.issuperset((*_LEVELS, "项目名称"))


def goals_of(
    grid: Grid, title: str, year: int | None, place: Place, usual: MoneyUnit | None
) -> tuple[ProjectGoals, tuple[Finding, ...]] | None:
    """Read a form.

    Args:
        grid: its cells.
        title: its title where that stands above it.
        year: the year that stands above it.
        place: where it stands.
        usual: the unit that the tables count in, for a form that says none.

    Returns:
        The form, and what of it could not be read; ``None`` where it is no such form.
    """
    rows = [[(c, cell, fold(cell.text)) for c, cell in enumerate(row) if cell.text.strip()] for row in grid.rows]
    at = next((r for r, cells in enumerate(rows) if {text for _, _, text in cells}.issuperset(_LEVELS)), None)
    if at is None:
        return None
    form = _Form(grid=grid, place=place, title=title, year=year)
    form.fields(rows[:at])
    form.money(usual)
    form.indicators(rows[at], rows[at + 1 :], at + 1)
    if "project" not in form.found:
        return None
    made = ProjectGoals(
        title=form.title or "项目支出绩效目标申报表",
        year=form.year,
        more=tuple(form.more),
        money=tuple(form.amounts),
        aims=tuple(form.aims),
        indicators=tuple(form.listed),
        place=place,
        **form.found,
    )
    return made, tuple(form.findings)


@attrs.define(kw_only=True)
class _Form:
    """What was read of a form so far."""

    grid: Grid
    place: Place
    title: str
    year: int | None
    found: dict[str, str] = attrs.field(factory=dict)
    more: list[tuple[str, str]] = attrs.field(factory=list)
    sums: list[_Sum] = attrs.field(factory=list)
    amounts: list[GoalMoney] = attrs.field(factory=list)
    aims: list[Aim] = attrs.field(factory=list)
    listed: list[Indicator] = attrs.field(factory=list)
    findings: list[Finding] = attrs.field(factory=list)
    unit: MoneyUnit | None = None

    def fields(self, rows: Sequence[_Cells]) -> None:
        """Read what stands above the indicators."""
        under: list[_Heading] = []  # of goals whose texts stand below
        for row, cells in enumerate(rows):
            rest = [cell for cell in cells if cell[2] not in _HEADS and not self._is_head(cell[2])]
            if not rest or self._is_title(row, rest):
                continue
            if under and not any(_is_label(text) for _, _, text in rest):
                self._aims_below(under, rest)
                continue
            self._aims_of(under)
            under = []
            if all(_AIM.fullmatch(text) for _, _, text in rest):
                under = [_Heading(column, _words(cell)) for column, cell, _ in rest]
            else:
                self._labelled(row, rest)
        self._aims_of(under)

    def _is_head(self, text: str) -> bool:
        """Tell whether a cell only says what the money is counted in."""
        unit = _UNIT.search(text)
        if unit is None or _funding(text) is not None:
            return False
        self.unit = self.unit or MoneyUnit(unit[1])
        return True

    def _is_title(self, row: int, cells: _Cells) -> bool:
        """Take up a title, or a year on a line of its own."""
        (_, cell, text), *others = cells
        if others:
            return False
        if match := YEAR_LINE.fullmatch(text):
            self.year = self.year or int(match[1])
            return True
        if row < 2 and _TITLE.fullmatch(text):
            self.title = _words(cell)  # what stands above the form may be a sentence that refers to it
            return True
        return False

    def _labelled(self, row: int, cells: _Cells) -> None:
        """Labels with their values, from left to right; a value that no label stands before is told."""
        index = 0
        while index < len(cells):
            column, cell, text = cells[index]
            index += 1
            value = cells[index] if index < len(cells) and not _is_label(cells[index][2]) else None
            funding = _funding(text)
            if not _is_label(text) and (value is None or _NUMBER.match(text)):
                self._stray(row, column, cell)
                continue
            index += value is not None
            shown = _words(value[1]) if value else ""
            if funding is not None:
                unit = _UNIT.search(text)
                self.unit = MoneyUnit(unit[1]) if unit and self.unit is None else self.unit
                at = (value[0], value[1]) if value else None
                self.sums.append(_Sum(row, column, funding, _words(cell), at))
            elif _AIM.fullmatch(text):
                self._aim(_words(cell), shown)
            elif (name := _FIELDS.get(text.rstrip(":"))) and name not in self.found:
                self.found[name] = shown
            else:
                self.more.append((_words(cell), shown))

    def _aims_below(self, under: Sequence[_Heading], cells: _Cells) -> None:
        """Texts of goals, each below the heading that begins at its column or left of it."""
        starts = [heading.column for heading in under]
        for column, cell, _ in cells:
            under[max(bisect_right(starts, column) - 1, 0)].texts.append(_words(cell))

    def _aims_of(self, under: Sequence[_Heading]) -> None:
        for heading in under:
            for text in heading.texts or [""]:
                self._aim(heading.label, text)

    def _aim(self, label: str, text: str) -> None:
        self.aims.append(Aim(label=label, text=text, annual=bool(_OF_THE_YEAR.search(fold(label)))))

    def money(self, usual: MoneyUnit | None) -> None:
        """Make the amounts of what was found, each in the block of the total above or beside it."""
        if self.sums and self.unit is None:
            taken = usual.value if usual else ""
            self.findings.append(remark("read.unit-missing", self.place, taken=taken))
        unit = self.unit or usual
        totals = [found for found in self.sums if found.funding is Funding.TOTAL]
        made = [(self._annual(found, totals), found) for found in self.sums if unit]
        for annual, found in sorted(made, key=lambda pair: pair[0]):
            assert unit is not None
            amount, said, place = self._amount(found, unit)
            self.amounts.append(
                GoalMoney(
                    funding=found.funding, annual=annual, label=found.label, amount=amount, said=said, place=place
                )
            )

    def _annual(self, found: _Sum, totals: Sequence[_Sum]) -> bool:
        """Tell whether an amount is for the year: by its block, which begins with the total of it."""
        before = [total for total in totals if total.row <= found.row and total.column <= found.column]
        own = max(before, key=lambda total: (total.column, total.row), default=found)
        label = fold(own.label)
        return bool(_OF_THE_YEAR.search(label)) or not _OF_ALL.search(label)

    def _amount(self, found: _Sum, unit: MoneyUnit) -> tuple[Amount | None, str, Place]:
        if found.value is None:
            return None, "", self._at(found.row, found.column, None)
        column, cell = found.value
        place = self._at(found.row, column, cell)
        try:
            read = parse_cell(cell.text, unit)
        except AmountError as error:
            said = remark("read.cell", place, text=short(cell.text), why=error.what, hint=error.hint)
            self.findings.append(said)
            return None, _words(cell), place
        return (read, "", place) if isinstance(read, Amount) else (None, _words(cell), place)

    def indicators(self, header: _Cells, rows: Sequence[_Cells], first: int) -> None:
        """Read the list of indicators; a level that is blank is that of the line above."""
        names = [(column, text, _words(cell)) for column, cell, text in header if text not in _HEADS]
        starts = [column for column, _, _ in names]
        value = next((text for _, text, _ in names if "指标值" in text or text == "目标值"), "")
        group = kind = ""
        for row, cells in enumerate(rows, first):
            rest = [cell for cell in cells if cell[2] not in _HEADS]
            if rest and rest[0][0] < starts[0]:
                self._labelled(row, rest)
                continue
            if not rest or [text for _, _, text in rest] == [text for _, text, _ in names]:
                continue  # the header again, on the next page
            texts: dict[str, str] = {}
            for column, cell, _ in rest:
                text = names[bisect_right(starts, column) - 1][1]
                texts[text] = f"{texts[text]} {_words(cell)}" if text in texts else _words(cell)
            own, second, third = (texts.get(level, "") for level in _LEVELS)
            kind = second or ("" if own else kind)
            group = own or group
            self.listed.append(
                Indicator(
                    group=group,
                    kind=kind,
                    name=third,
                    target=texts.get(value, "") if value else "",
                    more=tuple(
                        (shown, texts[text])
                        for _, text, shown in names
                        if text in texts and text not in (*_LEVELS, value)
                    ),
                    place=self._at(row, rest[0][0], None),
                )
            )

    def _stray(self, row: int, column: int, cell: GridCell) -> None:
        self.findings.append(remark("read.line", self._at(row, column, cell), text=short(cell.text)))

    def _at(self, row: int, column: int, cell: GridCell | None) -> Place:
        page = self.grid.rows[row][column].page
        line, span = self.grid.lines[row], cell.span if cell else None
        return attrs.evolve(self.place, page=page, row=row + 1, column=column + 1, line=line, span=span)


@attrs.define
class _Heading:
    """The heading of a goal, and the texts found below it."""

    column: int
    label: str
    texts: list[str] = attrs.field(factory=list)


@attrs.frozen
class _Sum:
    """An amount with its label, before it is known which block it is in."""

    row: int
    column: int
    funding: Funding
    label: str
    value: tuple[int, GridCell] | None


def _funding(text: str) -> Funding | None:
    bare = _UNIT.sub("", text).rstrip(":")
    return next((funding for funding, words in _MONEY if words.fullmatch(bare)), None)


def _is_label(text: str) -> bool:
    bare = text.rstrip(":")
    return bare in _FIELDS or bool(_FURTHER.fullmatch(bare)) or _funding(text) is not None or bool(_AIM.fullmatch(bare))


def _words(cell: GridCell) -> str:
    return " ".join(cell.text.split())
