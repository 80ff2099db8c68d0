"""Digits as text and as integers: the only place where printed numbers and Decimals are taken apart."""

from __future__ import annotations

import re
from decimal import Decimal

from govbudget.errors import AmountError

MAX_DIGITS = 30
"""10³⁰ 分 is far beyond every economy; longer digit strings are hostile or glued together."""

MAX_PLACES = 12

NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<part>\d+))?", re.ASCII)
"""A folded number: separators stand before three digits."""


def number(match: re.Match[str], text: str) -> tuple[int, int]:
    """Return the integer of all digits of a match of :data:`NUMBER`, and how many of them are decimals.

    Raises:
        AmountError: no digit, or more than any amount has.
    """
    whole, part = match["whole"].replace(",", ""), match["part"] or ""
    if not whole and not part:
        raise AmountError(f"{short(text)!r} is no amount", hint="no digit is printed")
    if len(whole) + len(part) > MAX_DIGITS or len(part) > MAX_PLACES:
        raise AmountError(f"{short(text)!r} has too many digits", hint="are two cells glued together?")
    value = int(whole + part)
    return (-value if match["sign"] == "-" else value), len(part)


def advice(body: str) -> str:
    """Return what to try with a text that is no number."""
    if re.search(r"[A-Za-z]", body):
        return "letters stand among the digits: O for 0, l for 1?"
    if body.count(".") > 1 or "," in body:
        return "a separator stands out of place; thousands are set off in threes"
    return "expected digits with at most one decimal point"


def short(text: str) -> str:
    """Return a text cut to a readable length."""
    return text if len(text) <= 40 else text[:37] + "..."


def digits_of(value: object) -> tuple[int, int]:
    """Take a Decimal or int apart into (integer, decimals) without any arithmetic of Decimal."""
    if type(value) is int:
        return value, 0
    if not isinstance(value, Decimal):
        raise AmountError(
            f"an amount is made from Decimal or int, not {type(value).__name__}", hint="a float is never exact money"
        )
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or abs(exponent) > 2 * MAX_DIGITS or len(digits) > 2 * MAX_DIGITS:
        raise AmountError(f"{value} is no amount of money")
    whole = int("".join(map(str, digits)))
    whole = -whole if sign else whole
    return (whole, -exponent) if exponent <= 0 else (whole * 10**exponent, 0)


def decimal_of(digits: int, places: int) -> Decimal:
    """Build a Decimal by its digits: the constructor is exact whatever the context says."""
    return Decimal((int(digits < 0), tuple(map(int, str(abs(digits)))), -places))
