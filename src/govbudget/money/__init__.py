"""The only room that makes numbers: amounts of money and percentages, exact, with the digits they were printed with.

An :class:`Amount` is an integer count of 分 (a hundredth of a yuan) plus the unit and the number of decimals it was
printed with. The printed form is part of the value: 2.4 万元 and 2.40 万元 are the same money but not the same
statement, the second claims ten times more precision. What a printed amount says about the exact amount behind it
is :attr:`Amount.bounds`; every tolerance in this library comes from there.

All arithmetic is on integers. ``Decimal`` and ``moneyed.Money`` appear only at the doors, and are built and taken
apart by their digits, so the ambient decimal context has no say.
"""

from govbudget.money.amount import Amount, Cell, fen_to_money, parse_cell, printed
from govbudget.money.percent import Percent, printed_percent
from govbudget.money.rounding import Mode
from govbudget.money.unit import Mark, MoneyUnit

__all__ = [
    "Amount",
    "Cell",
    "Mark",
    "Mode",
    "MoneyUnit",
    "Percent",
    "fen_to_money",
    "parse_cell",
    "printed",
    "printed_percent",
]
