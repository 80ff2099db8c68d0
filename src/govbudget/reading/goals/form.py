"""One form: its fields, its money and its goals in words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import attrs

from govbudget.errors import AmountError
from govbudget.model import Aim, Finding, Fund, GoalMoney, ProjectGoals
from govbudget.money import Amount, MoneyUnit, parse_cell
from govbudget.place import Place
from govbudget.reading.goals.lists import indicators_of, is_header
from govbudget.reading.goals.words import (
    AIM,
    FIELDS,
    MONEY_UNIT,
    TITLE,
    Cells,
    annual,
    is_head,
    is_label,
    money_of,
    shown,
)
from govbudget.reading.headings import YEAR_LINE
from govbudget.reading.remarks import remark, short
from govbudget.source import Grid, GridCell
from govbudget.text import fold

_NUMBER = re.compile(r"[-\d]")


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
    at = next((r for r, cells in enumerate(rows) if is_header(cells)), None)
    if at is None:
        return None
    form = _Form(grid=grid, place=place, title=title, year=year)
    form.fields(rows[:at])
    form.place = place = attrs.evolve(place, section=form.title or "项目支出绩效目标申报表")
    form.money(usual)
    listed = indicators_of(
        rows[at:],
        lambda row, column: form.at(at + row, column, None),
        lambda row, cells: form.labelled(at + row, cells),
    )
    indicators = tuple(listed)
    if "project" not in form.found:
        return None
    made = ProjectGoals(
        title=place.section or "",
        year=form.year,
        more=tuple(form.more),
        money=tuple(form.amounts),
        aims=tuple(form.aims),
        indicators=indicators,
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
    findings: list[Finding] = attrs.field(factory=list)
    unit: MoneyUnit | None = None

    def fields(self, rows: Sequence[Cells]) -> None:
        """Read what stands above the indicators."""
        under: list[_Heading] = []  # of goals whose texts stand below
        for row, cells in enumerate(rows):
            rest = [cell for cell in cells if not is_head(cell[2]) and not self._is_unit(cell[2])]
            if not rest or self._is_title(row, rest):
                continue
            if under and not any(is_label(text) for _, _, text in rest):
                self._aims_below(under, rest)
                continue
            self._aims_of(under)
            under = []
            if all(AIM.fullmatch(text) for _, _, text in rest):
                under = [_Heading(column, shown(cell)) for column, cell, _ in rest]
            else:
                self.labelled(row, rest)
        self._aims_of(under)

    def _is_unit(self, text: str) -> bool:
        """Tell whether a cell only says what the money is counted in."""
        unit = MONEY_UNIT.search(text)
        if unit is None or money_of(text) is not None:
            return False
        self.unit = self.unit or MoneyUnit(unit[1])
        return True

    def _is_title(self, row: int, cells: Cells) -> bool:
        """Take up a title, or a year on a line of its own."""
        (_, cell, text), *others = cells
        if others:
            return False
        if match := YEAR_LINE.fullmatch(text):
            self.year = self.year or int(match[1])
            return True
        if row < 2 and TITLE.fullmatch(text):
            self.title = shown(cell)  # what stands above the form may be a sentence that refers to it
            return True
        return False

    def labelled(self, row: int, cells: Cells) -> None:
        """Labels with their values, from left to right; a value that no label stands before is told."""
        index = 0
        while index < len(cells):
            column, cell, text = cells[index]
            index += 1
            value = cells[index] if index < len(cells) and not is_label(cells[index][2]) else None
            money = money_of(text)
            if not is_label(text) and (value is None or _NUMBER.match(text)):
                self._stray(row, column, cell)
                continue
            index += value is not None
            said = shown(value[1]) if value else ""
            if money is not None:
                unit = MONEY_UNIT.search(text)
                self.unit = MoneyUnit(unit[1]) if unit and self.unit is None else self.unit
                at = (value[0], value[1]) if value else None
                self.sums.append(_Sum(row, column, *money, shown(cell), at))
            elif AIM.fullmatch(text):
                self._aim(shown(cell), said)
            elif (name := FIELDS.get(text.rstrip(":"))) and name not in self.found:
                self.found[name] = said
            else:
                self.more.append((shown(cell), said))

    def _aims_below(self, under: Sequence[_Heading], cells: Cells) -> None:
        """Texts of goals, each below the heading that begins at its column or left of it."""
        starts = [heading.column for heading in under]
        for column, cell, _ in cells:
            under[max(bisect_right(starts, column) - 1, 0)].texts.append(shown(cell))

    def _aims_of(self, under: Sequence[_Heading]) -> None:
        for heading in under:
            for text in heading.texts or [""]:
                self._aim(heading.label, text)

    def _aim(self, label: str, text: str) -> None:
        self.aims.append(Aim(label=label, text=text, annual=annual(fold(label)) is True))

    def money(self, usual: MoneyUnit | None) -> None:
        """Make the amounts of what was found, each in the block of the total above or beside it."""
        if self.sums and self.unit is None:
            taken = usual.value if usual else ""
            self.findings.append(remark("read.unit-missing", self.place, taken=taken))
        unit = self.unit or usual
        totals = [found for found in self.sums if found.fund is Fund.ALL and not found.carried]
        made = [(self._annual(found, totals), found) for found in self.sums if unit]
        for of_the_year, found in sorted(made, key=lambda pair: pair[0]):
            assert unit is not None
            amount, said, place = self._amount(found, unit)
            self.amounts.append(
                GoalMoney(
                    fund=found.fund,
                    annual=of_the_year,
                    carried=found.carried,
                    label=found.label,
                    amount=amount,
                    said=said,
                    place=place,
                )
            )

    def _annual(self, found: _Sum, totals: Sequence[_Sum]) -> bool:
        """Tell whether an amount is for the year: by its block, which begins with the total of it."""
        before = [total for total in totals if total.row <= found.row and total.column <= found.column]
        own = max(before, key=lambda total: (total.column, total.row), default=found)
        return annual(fold(own.label)) is not False

    def _amount(self, found: _Sum, unit: MoneyUnit) -> tuple[Amount | None, str, Place]:
        if found.value is None:
            return None, "", self.at(found.row, found.column, None)
        column, cell = found.value
        place = self.at(found.row, column, cell)
        try:
            read = parse_cell(cell.text, unit)
        except AmountError as error:
            said = remark("read.cell", place, text=short(cell.text), why=error.what, hint=error.hint)
            self.findings.append(said)
            return None, shown(cell), place
        return (read, "", place) if isinstance(read, Amount) else (None, shown(cell), place)

    def _stray(self, row: int, column: int, cell: GridCell) -> None:
        self.findings.append(remark("read.line", self.at(row, column, cell), text=short(cell.text)))

    def at(self, row: int, column: int, cell: GridCell | None) -> Place:
        """Return where a cell is printed; without ``cell``, where one would be."""
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
    fund: Fund
    carried: bool
    label: str
    value: tuple[int, GridCell] | None
