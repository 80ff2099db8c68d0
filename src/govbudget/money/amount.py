"""An exact sum of money and the way it was printed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Self

import attrs

from govbudget.errors import AmountError
from govbudget.money.digits import MAX_PLACES, NUMBER, advice, decimal_of, digits_of, number, short
from govbudget.money.rounding import Mode, bounds
from govbudget.money.unit import Mark, MoneyUnit
from govbudget.text import fold

if TYPE_CHECKING:
    from moneyed import Money


@attrs.frozen(order=False, cache_hash=True)
class Amount:
    """An exact sum of money and the way it was printed.

    Equality is equality of the statement (money, unit and decimals); ``<`` and ``>`` compare the money.

    Attributes:
        fen: the amount in 分, an exact integer.
        unit: the unit it is printed in.
        places: how many digits stand behind the decimal point.
        mode: how it was rounded to them.

    Raises:
        AmountError: ``fen`` is no int, or cannot be printed in ``unit`` with ``places`` decimals without loss.

    >>> Amount(2_400_000, MoneyUnit.WAN_YUAN, 2).bounds
    (2395000, 2404999)
    """

    fen: int
    unit: MoneyUnit = MoneyUnit.YUAN
    places: int = 2
    mode: Mode = Mode.HALF_UP

    ZERO: ClassVar[Self]

    def __attrs_post_init__(self) -> None:
        """Refuse what is no exact amount."""
        if type(self.fen) is not int:
            raise AmountError(
                f"an amount counts 分 as an int, not {type(self.fen).__name__}",
                hint="use Amount.parse, Amount.from_decimal or Amount.from_money",
            )
        if type(self.places) is not int or not 0 <= self.places <= MAX_PLACES:
            raise AmountError(f"places must be an int from 0 to {MAX_PLACES}, not {self.places!r}")
        if self.fen * 10**self.places % self.unit.fen:
            raise AmountError(
                f"{self.fen} 分 cannot be printed in {self.unit.value} with {self.places} decimals without loss",
                hint="give more places; this library never rounds by itself",
            )

    # -- doors in ---------------------------------------------------------------------------------------------

    @classmethod
    def parse(cls, text: str, unit: MoneyUnit = MoneyUnit.YUAN) -> Self:
        """Read one printed amount.

        Thousands separators (``,`` ``，`` or a thin space) must stand in front of three digits; full-width digits
        and signs, a leading currency sign, brackets for a negative amount and a unit printed behind the number
        (which then wins over ``unit``) are understood.

        Args:
            text: what is printed, without the label.
            unit: the unit of the table or sentence.

        Raises:
            AmountError: the text is no amount; the message says what was seen.

        >>> Amount.parse("１，１４７．９５", MoneyUnit.WAN_YUAN)
        Amount(fen=1147950000, unit=<MoneyUnit.WAN_YUAN: '万元'>, places=2, mode=<Mode.HALF_UP: 'half-up'>)
        >>> Amount.parse("（1.20）").fen
        -120
        """
        cell = parse_cell(text, unit)
        if isinstance(cell, Mark):
            raise AmountError(f"no amount is printed in {text!r}", hint="parse_cell keeps blanks and dashes apart")
        return cls(cell.fen, cell.unit, cell.places)

    @classmethod
    def from_decimal(cls, value: Decimal | int, unit: MoneyUnit = MoneyUnit.YUAN, places: int | None = None) -> Self:
        """Make an amount of ``value`` × ``unit``, with the decimals the Decimal shows unless ``places`` is given.

        Raises:
            AmountError: not finite, finer than 分, or not printable with ``places`` decimals without loss.

        >>> Amount.from_decimal(Decimal("2.40"), MoneyUnit.WAN_YUAN).fen
        2400000
        """
        digits, shown = digits_of(value)
        fen, rest = divmod(digits * unit.fen, 10**shown)
        if rest:
            raise AmountError(f"{value} {unit.value} is finer than 分", hint="round it first, and say how")
        return cls(fen, unit, shown if places is None else places)

    @classmethod
    def from_money(cls, money: Money, unit: MoneyUnit = MoneyUnit.YUAN, places: int | None = None) -> Self:
        """Take over a ``moneyed.Money`` in CNY, exactly; it will print in ``unit``.

        Without ``places`` it prints with as many decimals as are needed, and at least the two of 元 and 角分.

        Raises:
            AmountError: another currency, not finite, finer than 分, or not printable so.

        >>> from moneyed import Money
        >>> Amount.from_money(Money("1147.9", "CNY")).places
        2
        """
        if money.currency.code != "CNY":
            raise AmountError(f"budgets are counted in CNY, not {money.currency.code}")
        fen = cls.from_decimal(money.amount).fen
        return cls(fen, unit, _needed_places(fen, unit) if places is None else places)

    # -- doors out --------------------------------------------------------------------------------------------

    @property
    def money(self) -> Money:
        """The same money as ``moneyed.Money`` in CNY, exact under every decimal context."""
        from moneyed import CNY, Money

        return Money(amount=decimal_of(self.fen, 2), currency=CNY)

    @property
    def decimal(self) -> Decimal:
        """The printed number: as many decimals as printed, counted in :attr:`unit`.

        >>> Amount.parse("2.40", MoneyUnit.WAN_YUAN).decimal
        Decimal('2.40')
        """
        return decimal_of(self.fen * 10**self.places // self.unit.fen, self.places)

    @property
    def bounds(self) -> tuple[int, int]:
        """The exact amounts in 分 that print as this one, as a closed range.

        Half-up (四舍五入) rounds away from zero, so the range is half open on the side away from zero, and open at
        both ends around a printed 0. On whole 分 these are closed ranges. An amount printed to the 分 stands for
        itself.

        >>> Amount.parse("0.00", MoneyUnit.WAN_YUAN).bounds
        (-4999, 4999)
        """
        return bounds(self.fen, self.unit.fen // 10**self.places, self.mode)

    # -- exact arithmetic -------------------------------------------------------------------------------------

    def __add__(self, other: object) -> Amount:
        if isinstance(other, Amount):
            return _like(self, self.fen + other.fen, other)
        return self if other == 0 and type(other) is int else NotImplemented  # so that sum() works

    __radd__ = __add__

    def __sub__(self, other: object) -> Amount:
        return _like(self, self.fen - other.fen, other) if isinstance(other, Amount) else NotImplemented

    def __mul__(self, factor: object) -> Amount:
        return Amount(self.fen * factor, self.unit, self.places) if type(factor) is int else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> Amount:
        return Amount(-self.fen, self.unit, self.places, self.mode)

    def __abs__(self) -> Amount:
        return Amount(abs(self.fen), self.unit, self.places, self.mode)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __lt__(self, other: object) -> bool:
        return self.fen < other.fen if isinstance(other, Amount) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.fen <= other.fen if isinstance(other, Amount) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.fen > other.fen if isinstance(other, Amount) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.fen >= other.fen if isinstance(other, Amount) else NotImplemented


Cell = Amount | Mark
"""What a cell of a table holds: a printed amount (zero included), or the mark of something else."""


# -- reading ------------------------------------------------------------------------------------------------------

_THIN = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")  # blanks that typesetters use between thousands
_DASHES = frozenset({"-", "--", "---", "—", "——", "———", "─", "──", "/", "\\", "无", "×", "*", "N/A", "n/a"})
_UNITS = sorted(MoneyUnit, key=lambda unit: -len(unit.value))


def parse_cell(text: str, unit: MoneyUnit = MoneyUnit.YUAN) -> Cell:
    """Read what a table cell prints: an :class:`Amount`, or :class:`Mark` for a blank or a dash.

    Raises:
        AmountError: something else is printed.

    >>> parse_cell("  "), parse_cell("——")
    (<Mark.BLANK: 'blank'>, <Mark.NOT_APPLICABLE: 'n/a'>)
    """
    return Mark.BLANK if not text or text.isspace() else _parsed(text, unit)


@lru_cache(maxsize=4096)  # the tables of a document print the same numbers again and again
def _parsed(text: str, unit: MoneyUnit) -> Cell:
    seen = _THIN.sub(",", text)
    if any(c.isspace() for c in seen.strip()) and re.search(r"[\d０-９]\s+[\d０-９]", seen):
        raise AmountError(f"{short(text)!r} holds a blank inside a number", hint="one number or two? mend the cell")
    body = fold(seen)
    if not body:
        return Mark.BLANK
    if body in _DASHES:
        return Mark.NOT_APPLICABLE
    body = body.lstrip("¥￥")
    for candidate in _UNITS:
        if body.endswith(candidate.value):
            body, unit = body.removesuffix(candidate.value), candidate
            break
    negative = body.startswith("(") and body.endswith(")")
    if negative:
        body = body[1:-1]
    match = NUMBER.fullmatch(body)
    if match is None or (negative and match["sign"]):
        raise AmountError(f"{short(text)!r} is no amount", hint=advice(body))
    digits, places = number(match, text)
    fen, rest = divmod(digits * unit.fen, 10**places)
    if rest:
        raise AmountError(f"{short(text)!r} {unit.value} is finer than 分", hint="is the unit right?")
    return Amount(-fen if negative else fen, unit, places)


def printed(amount: Amount, *, grouping: bool = True) -> str:
    """Return the number as a table prints it, without its unit; :func:`parse_cell` reads it back.

    >>> printed(Amount.parse("1147.95", MoneyUnit.WAN_YUAN))
    '1,147.95'
    """
    return _printed(amount, grouping)


@lru_cache(maxsize=8192)
def _printed(amount: Amount, grouping: bool) -> str:  # noqa: FBT001
    digits = str(abs(amount.fen) * 10**amount.places // amount.unit.fen).rjust(amount.places + 1, "0")
    cut = len(digits) - amount.places
    whole = f"{int(digits[:cut]):,}" if grouping else digits[:cut]
    return ("-" if amount.fen < 0 else "") + whole + ("." + digits[cut:] if amount.places else "")


def fen_to_money(fen: int) -> Money:
    """Return an exact ``moneyed.Money`` in CNY for a count of 分."""
    return Amount(fen).money


def _needed_places(fen: int, unit: MoneyUnit) -> int:
    places = {MoneyUnit.YUAN: 2}.get(unit, 0)
    while fen * 10**places % unit.fen:
        places += 1
    return places


def _like(left: Amount, fen: int, right: Amount) -> Amount:
    """The result prints in the unit of the left operand, with the finer step of the two."""
    places, unit = left.places, left.unit
    while unit.fen * 10**right.places > right.unit.fen * 10**places and places < MAX_PLACES:
        places += 1
    while fen * 10**places % unit.fen:
        places += 1
    return Amount(fen, unit, places)


Amount.ZERO = Amount(0)
