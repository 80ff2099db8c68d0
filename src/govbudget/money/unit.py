"""Units of money, and the marks of cells that hold no number."""

from __future__ import annotations

from govbudget.choice import Choice


class MoneyUnit(Choice):
    """The unit a table or sentence counts money in (金额单位): 元, 千元, 万元 or 亿元.

    Not to be confused with the other 单位, the body that publishes (:class:`govbudget.model.Organization`).
    """

    YUAN = "元"
    QIAN_YUAN = "千元"
    WAN_YUAN = "万元"
    YI_YUAN = "亿元"

    @property
    def fen(self) -> int:
        """How many 分 one of this unit is.

        >>> MoneyUnit.WAN_YUAN.fen
        1000000
        """
        return _FEN[self]


_FEN = {
    MoneyUnit.YUAN: 100,
    MoneyUnit.QIAN_YUAN: 100_000,
    MoneyUnit.WAN_YUAN: 1_000_000,
    MoneyUnit.YI_YUAN: 10_000_000_000,
}


class Mark(Choice):
    """What a cell holds that holds no number. A blank is not a zero: it becomes one only where sums prove it."""

    BLANK = "blank"
    """Nothing is printed (空)."""
    NOT_APPLICABLE = "n/a"
    """A dash, a stroke or 无 is printed: the publisher says there is nothing to state."""
    UNREADABLE = "unreadable"
    """Something is printed that is no amount; the finding beside it keeps the text."""
