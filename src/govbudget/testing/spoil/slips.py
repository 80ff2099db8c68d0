"""What a slip of the hand makes of one printed figure."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.errors import AmountError
from govbudget.invariants.corrections import table_recounted
from govbudget.model import Disclosure, Line, Table, place_of, with_figure
from govbudget.money import Amount, Mark, MoneyUnit, parse_cell, printed
from govbudget.place import Place
from govbudget.testing.choices import Choices
from govbudget.testing.spoil.truth import Change, FaultKind, LabelledFault, Spot

SINGLE = (FaultKind.DIGIT_SWAP, FaultKind.WRONG_DIGIT, FaultKind.DROPPED_DIGIT, FaultKind.SIGN, FaultKind.UNIT)

Index = tuple[int, int, int, int]


def figures_at(disclosure: Disclosure) -> Iterator[tuple[Index, Amount]]:
    """Yield every printed table figure with its table, lane, line and column as indexes."""
    for t, table in enumerate(disclosure.tables):
        for n, lane in enumerate(table.lanes):
            for i, line in enumerate(lane.lines):
                for j, value in enumerate(line.values):
                    if not isinstance(value, Mark):
                        yield (t, n, i, j), Amount(value, table.unit, line.places[j], table.mode)


def slipped(amount: Amount, kind: FaultKind, choices: Choices) -> Amount | None:
    """Return what a slip makes of an amount, ``None`` where it prints no other amount.

    >>> from govbudget.testing.choices import Seeded
    >>> str(slipped(Amount.parse("12.00", MoneyUnit.WAN_YUAN), FaultKind.SIGN, Seeded(1)).decimal)
    '-12.00'
    """
    text = _text(printed(amount, grouping=False), amount.unit, kind, choices)
    if text is None:
        return None
    try:
        found = parse_cell(text, amount.unit)
    except AmountError:
        return None
    if not isinstance(found, Amount) or found.fen == amount.fen:
        return None
    return attrs.evolve(found, mode=amount.mode)


def _text(text: str, unit: MoneyUnit, kind: FaultKind, choices: Choices) -> str | None:
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    at = choices.number(0, len(digits) - 1)
    i = digits[at]
    if kind is FaultKind.DIGIT_SWAP:
        if at + 1 == len(digits):
            return None
        out = list(text)
        out[i], out[digits[at + 1]] = out[digits[at + 1]], out[i]
        return "".join(out)
    if kind is FaultKind.WRONG_DIGIT:
        return text[:i] + choices.pick([d for d in "0123456789" if d != text[i]]) + text[i + 1 :]
    if kind is FaultKind.DROPPED_DIGIT:
        out_text = text[:i] + text[i + 1 :]
        return out_text if i < (text + ".").index(".") and out_text[:1].isdigit() else None
    if kind is FaultKind.SIGN:
        return text[1:] if text.startswith("-") else "-" + text
    whole, _, part = text.removeprefix("-").partition(".")
    if unit is MoneyUnit.YUAN:  # 万元 with two decimals, in a table that counts 元
        cut = (int(whole) + 50) // 100
        return f"{cut // 100}.{cut % 100:02d}" if cut else None
    return f"{whole}{part.ljust(4, '0')[:4]}.00" if unit is MoneyUnit.WAN_YUAN else None


def slips(disclosure: Disclosure, kind: FaultKind, choices: Choices) -> list[Spot]:
    """Return the places of a disclosure at which one figure may be wrong."""

    def spot(index: Index, amount: Amount) -> Spot:
        def make() -> LabelledFault | None:
            changed = slipped(amount, kind, choices)
            return _fault(disclosure, kind, [(index, amount, changed)]) if changed is not None else None

        return make

    return [spot(index, amount) for index, amount in figures_at(disclosure)]


def several(disclosure: Disclosure, kind: FaultKind, choices: Choices) -> list[Spot]:
    """Return places at which two or three figures are wrong at once."""
    every = list(figures_at(disclosure))
    count = 2 if kind is FaultKind.DOUBLE else 3

    def spot(first: int) -> Spot:
        def make() -> LabelledFault | None:
            numbers = {first, *(choices.number(0, len(every) - 1) for _ in range(count - 1))}
            if len(numbers) < count:
                return None
            changes = []
            for number in sorted(numbers):
                index, amount = every[number]
                changed = slipped(amount, choices.pick(SINGLE), choices)
                if changed is None:
                    return None
                changes.append((index, amount, changed))
            return _fault(disclosure, kind, changes)

        return make

    return [spot(first) for first in range(len(every))] if len(every) >= count else []


def _fault(disclosure: Disclosure, kind: FaultKind, found: list[tuple[Index, Amount, Amount]]) -> LabelledFault:
    made = disclosure
    changes = []
    for index, amount, changed in found:
        made = with_figure(made, index, changed)
        changes.append(Change(place=figure_place(disclosure, index), was=printed(amount), now=printed(changed)))
    return LabelledFault(disclosure=made, kind=kind, changes=tuple(changes))


def figure_place(disclosure: Disclosure, index: Index) -> Place:
    """Return where a figure stands."""
    t, n, i, j = index
    table: Table = disclosure.tables[t]
    line: Line = table.lanes[n].lines[i]
    return place_of(table, table.lanes[n], line, j)


def table_units(disclosure: Disclosure) -> list[Spot]:
    """Return the tables whose unit may be printed wrong."""

    def spot(number: int, table: Table, unit: MoneyUnit) -> Spot:
        def make() -> LabelledFault | None:
            made = table_recounted(disclosure, number, unit)
            if made is None:
                return None  # a figure with more digits than the other unit has
            change = Change(place=table.place, was=table.unit.value, now=unit.value)
            return LabelledFault(disclosure=made, kind=FaultKind.TABLE_UNIT, changes=(change,))

        return make

    return [
        spot(number, table, MoneyUnit.YUAN if table.unit is MoneyUnit.WAN_YUAN else MoneyUnit.WAN_YUAN)
        for number, table in enumerate(disclosure.tables)
        if any(not isinstance(v, Mark) and v for lane in table.lanes for line in lane.lines for v in line.values)
    ]
