"""Forms of what projects are to achieve, in a sketch: a head in brackets, a line for each amount and each field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from govbudget.errors import GovBudgetError
from govbudget.invariants.sketch.tables import Numbered
from govbudget.model import Fund, GoalMoney, Indicator, ProjectGoals
from govbudget.money import Amount, MoneyUnit, parse_cell
from govbudget.place import Place

HEAD = re.compile(r"\[goals(?: +(?P<year>\d{4}))?(?: +(?P<unit>亿元|万元|千元|元))?\] *(?P<project>.*)")
_TITLE = "项目支出绩效目标申报表"
_FIELDS = frozenset({"department", "organization", "nature", "category", "start", "finish"})
_LEVELS = 4  # 一级指标, 二级指标, 三级指标, 指标值


def goals(lines: Sequence[Numbered], unit: MoneyUnit, document: str) -> ProjectGoals:
    """Return the form that ``lines`` sketch; the first of them is its head.

    Raises:
        GovBudgetError: a line does not fit.

    >>> lines = [(1, "[goals 2024] 困难帮扶"), (2, "annual fiscal | 9.00"), (3, "start | 2024-01-01")]
    >>> made = goals(lines, MoneyUnit.WAN_YUAN, "sketch")
    >>> made.project, made.year, made.start, made.money[0].fund.value, made.money[0].amount.fen
    ('困难帮扶', 2024, '2024-01-01', 'fiscal', 9000000)
    """
    number, first = lines[0]
    head = HEAD.fullmatch(first)
    if head is None:
        raise GovBudgetError(f"{first!r} is no head of a form", hint="such as [goals 2024 万元] 困难帮扶")
    unit = MoneyUnit(head["unit"]) if head["unit"] else unit
    money: list[GoalMoney] = []
    indicators: list[Indicator] = []
    more: list[tuple[str, str]] = []
    fields: dict[str, Any] = {}
    for row, (line, text) in enumerate(lines[1:], 2):
        label, *values = [cell.strip() for cell in text.split("|")]
        place = Place(document=document, section=_TITLE, row=row, column=2, line=line)
        term, *words = label.split() or [""]
        if label == "indicator" and len(values) == _LEVELS:
            group, kind, name, target = values
            indicators.append(Indicator(group=group, kind=kind, name=name, target=target, place=place))
        elif len(values) != 1:
            raise GovBudgetError(
                f"line {line} has {len(values)} cells behind its label: {text!r}",
                hint="one; behind indicator the group, the kind, the name and the value",
            )
        elif term in {"annual", "whole"}:
            money.append(_money(label, words, parse_cell(values[0], unit), values[0], place))
        elif label in _FIELDS:
            fields[label] = values[0]
        else:
            more.append((label, values[0]))
    return ProjectGoals(
        title=_TITLE,
        project=head["project"],
        year=int(head["year"]) if head["year"] else None,
        more=tuple(more),
        money=tuple(money),
        indicators=tuple(indicators),
        place=Place(document=document, section=_TITLE, line=number),
        **fields,
    )


def _money(label: str, words: Sequence[str], read: object, said: str, place: Place) -> GoalMoney:
    funds = [Fund(word) for word in words if word in {fund.value for fund in Fund}]
    if len(funds) + ("carried" in words) != len(words):
        raise GovBudgetError(
            f"{label!r} is no money of a form", hint="annual or whole, then a source such as fiscal, or carried"
        )
    return GoalMoney(
        fund=funds[0] if funds else Fund.ALL,
        annual=label.startswith("annual"),
        carried="carried" in words,
        label=label,
        amount=read if isinstance(read, Amount) else None,
        said="" if isinstance(read, Amount) else said,
        place=place,
    )
