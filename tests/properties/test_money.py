"""Laws of amounts."""

from __future__ import annotations

import decimal
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import CNY, USD, Money

from govbudget.errors import AmountError
from govbudget.money import Amount, Mark, Mode, MoneyUnit, Percent, parse_cell, printed, printed_percent
from govbudget.testing import amounts, printed_amounts


@given(printed_amounts())
def test_parsing_inverts_printing(pair: tuple[str, Amount]) -> None:
    text, amount = pair
    assert Amount.parse(text, amount.unit) == amount


@given(amounts())
def test_money_and_decimal_are_lossless(amount: Amount) -> None:
    assert Amount.from_money(amount.money, amount.unit, amount.places) == amount
    assert Amount.from_decimal(amount.decimal, amount.unit) == amount
    assert amount.money.amount * 100 == amount.fen or abs(amount.fen) > 10**20
    assert str(amount.decimal) == printed(amount, grouping=False) or amount.fen == 0 or abs(amount.decimal) < 1


@given(amounts(), amounts())
def test_nothing_depends_on_the_decimal_context(a: Amount, b: Amount) -> None:
    plain = (a + b, a - b, a.money, a.decimal, printed(a), a.bounds, Amount.from_money(b.money, b.unit))
    with decimal.localcontext() as context:
        context.prec = 3
        context.rounding = decimal.ROUND_UP
        again = (a + b, a - b, a.money, a.decimal, printed(a), a.bounds, Amount.from_money(b.money, b.unit))
    assert plain == again


@given(amounts(), amounts())
def test_sums_are_sums_of_fen(a: Amount, b: Amount) -> None:
    assert (a + b).fen == a.fen + b.fen
    assert (a - b).fen == a.fen - b.fen
    assert sum([a, b, a]) == a + b + a
    assert (a + b).unit is a.unit
    assert (-a).fen == -a.fen
    assert (3 * a).fen == 3 * a.fen
    assert (a < b) == (a.fen < b.fen)


def half_up(fen: int, step: int) -> int:
    """Brute force: the nearest multiple, ties away from zero."""
    sign = -1 if fen < 0 else 1
    return sign * ((2 * abs(fen) + step) // (2 * step)) * step


@given(st.integers(-300, 300), st.sampled_from([1, 10, 100]))
def test_bounds_are_what_rounds_to_it(multiple: int, step: int) -> None:
    places = {1: 2, 10: 1, 100: 0}[step]
    amount = Amount(multiple * step, MoneyUnit.YUAN, places)
    low, high = amount.bounds
    inside = [fen for fen in range(low - 2 * step, high + 2 * step + 1) if half_up(fen, step) == amount.fen]
    assert inside == list(range(low, high + 1))


@given(amounts())
def test_bounds_hold_the_printed_value(amount: Amount) -> None:
    low, high = amount.bounds
    assert low <= amount.fen <= high


@given(amounts(), st.sampled_from(Mode))
def test_the_other_sign_is_rounded_alike(amount: Amount, mode: Mode) -> None:
    cut = Amount(amount.fen, amount.unit, amount.places, mode)
    low, high = cut.bounds
    assert (-cut).bounds == (-high, -low)
    assert abs(cut).mode is mode


@given(amounts())
def test_amounts_pickle(amount: Amount) -> None:
    assert pickle.loads(pickle.dumps(amount)) == amount


@pytest.mark.parametrize(
    ("text", "fen", "places"),
    [
        ("1,147.95", 1_147_950_000, 2),
        ("1147.95", 1_147_950_000, 2),
        ("１，１４７．９５", 1_147_950_000, 2),
        ("1\u2009147.95", 1_147_950_000, 2),
        ("2.4", 2_400_000, 1),
        ("2.40", 2_400_000, 2),
        ("（1.20）", -1_200_000, 2),
        ("(1.20)", -1_200_000, 2),
        ("-1.20", -1_200_000, 2),
        ("－1.20", -1_200_000, 2),
        ("−1.20", -1_200_000, 2),
        ("+1.20", 1_200_000, 2),
        (".50", 500_000, 2),
        ("¥2.40", 2_400_000, 2),
        ("2.40万元", 2_400_000, 2),
        ("503.2354", 503_235_400, 4),
        ("0", 0, 0),
        ("0.00", 0, 2),
    ],
)
def test_printed_forms(text: str, fen: int, places: int) -> None:
    amount = Amount.parse(text, MoneyUnit.WAN_YUAN)
    assert (amount.fen, amount.places, amount.unit) == (fen, places, MoneyUnit.WAN_YUAN)


def test_a_unit_behind_the_number_wins() -> None:
    assert Amount.parse("12元", MoneyUnit.WAN_YUAN) == Amount(1200, MoneyUnit.YUAN, 0)
    assert Amount.parse("3亿元", MoneyUnit.WAN_YUAN).fen == 3 * 10**10


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\t\n"])
def test_blanks(text: str) -> None:
    assert parse_cell(text) is Mark.BLANK
    with pytest.raises(AmountError):
        Amount.parse(text)


@pytest.mark.parametrize("text", ["—", "——", "-", "－", "--", "/", "无", "×"])
def test_dashes(text: str) -> None:
    assert parse_cell(text) is Mark.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1O5.00", "letters"),
        ("1,14.95", "out of place"),
        ("1.147,95", "out of place"),
        ("1.2.3", "out of place"),
        ("12 345.00", "one number or two"),
        ("5.", "expected digits"),
        ("(-1)", "expected digits"),
        ("1e5", "letters"),
        ("合计", "expected digits"),
        ("1" * 31, "glued"),
        ("NaN", "letters"),
        ("1.0000000001", "unit right"),
    ],
)
def test_what_is_no_amount_says_why(text: str, says: str) -> None:
    with pytest.raises(AmountError) as error:
        Amount.parse(text, MoneyUnit.WAN_YUAN)
    assert says in str(error.value)


@pytest.mark.parametrize("value", [1.5, "1", None, True, Decimal("NaN"), Decimal("Infinity"), Decimal("1E+99")])
def test_only_exact_finite_numbers_become_money(value: object) -> None:
    with pytest.raises(AmountError):
        Amount.from_decimal(value)  # type: ignore[arg-type]
    with pytest.raises(AmountError):
        Amount(value)  # type: ignore[arg-type]


def test_never_rounds_by_itself() -> None:
    with pytest.raises(AmountError, match="finer than"):
        Amount.from_decimal(Decimal("0.001"))
    with pytest.raises(AmountError, match="without loss"):
        Amount(1, MoneyUnit.WAN_YUAN, 2)
    with pytest.raises(AmountError, match="CNY"):
        Amount.from_money(Money(1, USD))
    assert Amount.from_money(Money("1147.9", CNY), MoneyUnit.WAN_YUAN).places == 5
    assert Amount(0).bounds == (0, 0)
    assert not Amount.ZERO


@given(st.integers(0, 10**6), st.integers(0, 4))
def test_percentages(digits: int, places: int) -> None:
    percent = Percent(digits, places)
    assert Percent.parse(printed_percent(percent)) == percent
    assert Percent.parse(printed_percent(percent).replace("%", "％")) == percent


def test_percentages_that_are_none() -> None:
    with pytest.raises(AmountError):
        Percent.parse("4,5%")
    with pytest.raises(AmountError):
        Percent.parse("%")
