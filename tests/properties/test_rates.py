"""Laws of the rules on rates: what is rounded from exact amounts is right, and one slip is told once."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from govbudget.consistency import Verdict
from govbudget.invariants import audit, select, sketch

FEN = st.integers(1, 10**12)
RULES = select("narrative")


def half_up(value: Fraction, places: int) -> str:
    """Print a number that is not negative with so many decimals."""
    digits = int(value * 10**places + Fraction(1, 2))
    whole, rest = divmod(digits, 10**places)
    return f"{whole}.{rest:0{places}}" if places else str(whole)


def wan(fen: int, places: int) -> str:
    return half_up(Fraction(fen, 10**6), places)


def violated(text: str) -> list[str]:
    return [
        c.rule for c in audit(sketch(text), rules=RULES, diagnosis=False).comparisons if c.verdict is Verdict.VIOLATED
    ]


def told(now: str, change: str, rate: str) -> str:
    return f"""
        ## 支出预算情况说明 {{expenditure}}
        支出预算、增减额、增减率。
        => amount expenditure current: {now}万元
        => change expenditure current: {change}万元 vs 2023 budget
        => growth expenditure current: {rate}% vs 2023 budget
        """


@given(FEN, FEN, st.integers(0, 2), st.integers(0, 2))
def test_a_rate_rounded_from_exact_amounts_is_right(was: int, now: int, places: int, decimals: int) -> None:
    """However small the figures: no base that prints as nothing, no digit cut off, no direction is held against it."""
    sign = "+" if now >= was else "-"
    rate = half_up(100 * Fraction(abs(now - was), was), decimals)
    assert violated(told(wan(now, places), sign + wan(abs(now - was), places), sign + rate)) == []


@given(FEN, FEN)
def test_the_contrary_direction_is_told_once(was: int, now: int) -> None:
    rate = half_up(100 * Fraction(abs(now - was), was), 2)
    assume(abs(now - was) > 10**5 and rate.strip("0.") != "")
    sign, other = ("+", "-") if now > was else ("-", "+")
    found = violated(told(wan(now, 2), sign + wan(abs(now - was), 2), other + rate))
    assert found in (["narrative.direction"], ["narrative.fall"])


@given(st.integers(10**7, 10**12), st.integers(10**7, 10**12))
def test_a_rate_on_nothing_is_told_once(now: int, claimed: int) -> None:
    """What was nothing has not grown by 100 %, nor by any rate a text would print."""
    rate = half_up(Fraction(claimed, 10**10), 2)
    assert violated(told(wan(now, 2), "+" + wan(now, 2), "+" + rate)) == ["narrative.zero-base"]


@given(st.lists(FEN, min_size=2, max_size=4), st.integers(0, 2), st.integers(0, 2))
def test_shares_rounded_from_exact_amounts_are_right(parts: list[int], places: int, decimals: int) -> None:
    """Each share is rounded by itself, so they need not add up to 100 %, and are right all the same."""
    names = ("201", "208", "210", "221")[: len(parts)]
    lines = [f"=> amount expenditure current general: {wan(sum(parts), places)}万元"]
    for name, fen in zip(names, parts, strict=True):
        share = half_up(100 * Fraction(fen, sum(parts)), decimals)
        lines.append(f"=> amount expenditure current general {name}: {wan(fen, places)}万元")
        lines.append(f"=> share expenditure current general {name} of expenditure current general: {share}%")
    text = "## 一般公共预算当年拨款情况说明 {general_budget}\n各类支出。\n" + "\n".join(lines)
    assert violated(text) == []


@given(st.lists(FEN, min_size=3, max_size=3), st.lists(FEN, min_size=3, max_size=3))
def test_changes_rounded_from_exact_amounts_add_up(was: list[int], now: list[int]) -> None:
    """Three items of “三公” and their total, each change rounded by itself."""
    items = ("abroad", "vehicles", "reception")
    lines = [_change("three_public", sum(now) - sum(was))]
    lines += [_change(item, new - old) for item, old, new in zip(items, was, now, strict=True)]
    assert violated("## “三公”经费说明 {three_public}\n增减情况。\n" + "\n".join(lines)) == []


def _change(item: str, fen: int) -> str:
    sign = "+" if fen >= 0 else "-"
    return f"=> change expenditure current general {item}: {sign}{wan(abs(fen), 2)}万元 vs 2023 budget"
