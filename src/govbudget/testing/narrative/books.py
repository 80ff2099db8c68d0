"""What a narrative speaks of: the exact amounts of this year, of its budget, and of last year, and how they print."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from govbudget.consistency import printed_value
from govbudget.model import Coordinate, Counted, Stage
from govbudget.money import Amount, Mode, MoneyUnit, Percent
from govbudget.testing.money import Ledger


@attrs.frozen(kw_only=True)
class Books:
    """Exact amounts by year and stage.

    Attributes:
        year: the year of the disclosure.
        stage: its stage.
        ledgers: the exact money, by year and stage; this year's must be there.
        pieces: how many vehicles, pieces of equipment and the like there are.
        mode: how sentences round.
        declared: whether the model says that digits were cut off, which no sentence does.
        places: the decimals of sentences, which count in 万元.
    """

    year: int
    stage: Stage
    ledgers: Mapping[tuple[int, Stage], Ledger]
    pieces: Mapping[Counted, int] = attrs.field(factory=dict)
    mode: Mode = Mode.HALF_UP
    declared: bool = True
    places: int = 2

    @property
    def step(self) -> int:
        """The value of one unit of the last digit printed, in 分."""
        fen: int = MoneyUnit.WAN_YUAN.fen
        scale: int = 10**self.places
        return fen // scale

    def exact(self, at: Coordinate) -> int | None:
        """Return an exact amount in 分, ``None`` where the books of that year are not kept."""
        ledger = self.ledgers.get((at.year or self.year, at.stage or self.stage))
        return ledger.exact(at) if ledger is not None else None

    def printed(self, fen: int) -> Amount:
        """Return what an amount prints as; nothing at all prints as 0."""
        if fen == 0:
            return Amount(0, MoneyUnit.WAN_YUAN, 0)
        said = self.mode if self.declared else Mode.HALF_UP
        return Amount(printed_value(fen, self.step, self.mode), MoneyUnit.WAN_YUAN, self.places, said)

    def seen(self, fen: int) -> int:
        """Return the amount that rates are worked out from: the exact one, or what is printed.

        Rates of exact amounts do not fit printed ones that were cut off without a word.
        """
        return fen if self.is_plain else printed_value(fen, self.step, self.mode)

    @property
    def is_plain(self) -> bool:
        """Whether what is printed means what it says: rounded, or said to be cut off."""
        return self.declared or self.mode is Mode.HALF_UP


def percent(part: int, whole: int, places: int = 2) -> Percent:
    """Return a percentage rounded half up; both numbers are of one unit, the whole is not zero.

    >>> percent(1, 3)
    Percent(digits=3333, places=2)
    >>> percent(50, 3, places=-1)
    Percent(digits=167, places=-1)
    """
    scaled = abs(part) * 100 * 10 ** max(places, 0)
    one = abs(whole) * 10 ** max(-places, 0)
    digits = (2 * scaled + one) // (2 * one)
    return Percent(digits if (part < 0) is (whole < 0) else -digits, places)
