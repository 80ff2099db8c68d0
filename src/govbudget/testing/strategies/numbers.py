"""Strategies for amounts and their printed forms."""

from __future__ import annotations

from hypothesis import strategies as st

from govbudget.money import Amount, MoneyUnit, printed

MAX_FEN = 10**18
"""Ten thousand times the budget of the country."""


@st.composite
def amounts(draw: st.DrawFn, *, unit: MoneyUnit | None = None, places: int | None = None) -> Amount:
    """Amounts of any sign, in any unit, with any number of decimals that the unit can print."""
    unit = unit or draw(st.sampled_from(MoneyUnit))
    finest = len(str(unit.fen)) - 1
    places = draw(st.integers(0, finest)) if places is None else places
    step = max(1, unit.fen // 10**places)
    return Amount(draw(st.integers(-MAX_FEN // step, MAX_FEN // step)) * step, unit, places)


_FULL_WIDTH = str.maketrans("0123456789.,-()", "０１２３４５６７８９．，－（）")


@st.composite
def printed_amounts(draw: st.DrawFn) -> tuple[str, Amount]:
    """Pairs of a printed form and the amount it prints: separators or none, brackets, full width, blanks around."""
    amount = draw(amounts())
    text = printed(amount, grouping=draw(st.booleans()))
    if amount.fen < 0 and draw(st.booleans()):
        text = f"({text.removeprefix('-')})"
    if draw(st.booleans()):
        text = text.translate(_FULL_WIDTH)
    return draw(st.sampled_from(["", " ", "\u3000", "\t"])) + text + draw(st.sampled_from(["", " "])), amount
