"""Percentages as they are printed."""

from __future__ import annotations

from typing import Self

import attrs

from govbudget.errors import AmountError
from govbudget.money.digits import NUMBER, number
from govbudget.text import fold


@attrs.frozen
class Percent:
    """A printed percentage: 4.68 % is ``Percent(468, 2)``.

    Attributes:
        digits: the printed number without its point.
        places: how many digits stand behind the point; negative where multiples are printed: 16 倍 is 1600 %, and
            ``Percent(16, -2)``.
    """

    digits: int
    places: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a printed percentage, with or without the sign.

        Raises:
            AmountError: the text is no percentage.

        >>> Percent.parse("26.96％")
        Percent(digits=2696, places=2)
        """
        match = NUMBER.fullmatch(fold(text).removesuffix("%"))
        if match is None:
            raise AmountError(f"{text!r} is no percentage")
        digits, places = number(match, text)
        return cls(digits, places)


def printed_percent(percent: Percent) -> str:
    """Return a percentage as it is printed, with its sign.

    >>> printed_percent(Percent(400, 2))
    '4.00%'
    >>> printed_percent(Percent(16, -2))
    '1600%'
    """
    if percent.places < 0:
        percent = Percent(percent.digits * 10**-percent.places)
    digits = str(abs(percent.digits)).rjust(percent.places + 1, "0")
    cut = len(digits) - percent.places
    sign = "-" if percent.digits < 0 else ""
    return sign + digits[:cut] + ("." + digits[cut:] if percent.places else "") + "%"
