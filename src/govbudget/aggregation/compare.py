"""Two sets of totals side by side: year over year, budget and outcome, and which subjects explain the change."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from govbudget.aggregation.codes import rank
from govbudget.aggregation.rollup import rollup
from govbudget.aggregation.rows import Key, Rollup, RollupRow
from govbudget.aggregation.translation import Translation, translate_disclosure
from govbudget.consistency import Known
from govbudget.errors import GovBudgetError
from govbudget.model import Disclosure
from govbudget.money import fen_to_money

if TYPE_CHECKING:
    from moneyed import Money

Side = Disclosure | Iterable[Disclosure] | Rollup


class Became(enum.Enum):
    """What became of a total."""

    NEW = "new"
    ENDED = "ended"
    MORE = "more"
    LESS = "less"
    SAME = "same"


@attrs.frozen(kw_only=True)
class ComparedRow:
    """One total on both sides.

    Attributes:
        key: where it stands.
        label: the name of its subject.
        before: the first total, None where nothing is printed.
        after: the second.
        note: why the two are not the same thing in both editions, empty where they are.
    """

    key: Key
    label: str
    before: Known | None
    after: Known | None
    note: str = ""

    @property
    def change(self) -> int:
        """The change of the printed figures, in 分; what is not printed counts as nothing."""
        return fen_or_none(self.after) - fen_or_none(self.before)

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest change of the exact amounts that print so."""
        before, after = self.before or _NOTHING, self.after or _NOTHING
        return after.low - before.high, after.high - before.low

    @property
    def growth(self) -> Fraction | None:
        """The change as a part of the first total, exact; None where that is zero or not printed."""
        return Fraction(self.change, self.before.value) if self.before and self.before.value else None

    @property
    def ratio(self) -> Fraction | None:
        """The second total as a part of the first: how far a budget was carried out; None as for ``growth``."""
        return Fraction(fen_or_none(self.after), self.before.value) if self.before and self.before.value else None

    @property
    def became(self) -> Became:
        """Whether it is new, ended, more, less or the same."""
        if not self.before or not self.after:
            return Became.NEW if self.after else Became.ENDED
        return Became.MORE if self.change > 0 else Became.LESS if self.change else Became.SAME

    @property
    def money(self) -> Money:
        """The change as ``moneyed.Money`` in CNY, exact."""
        return fen_to_money(self.change)


_NOTHING = Known(0, 0, 0)


def fen_or_none(known: Known | None) -> int:
    """Return a total in 分, 0 where none is printed."""
    return known.value if known is not None else 0


@attrs.frozen(kw_only=True)
class Comparison:
    """Two sets of totals.

    Attributes:
        by: the axes.
        rows: every total of either side, in the order of the trees.
        translations: how the first side was brought into the subjects of the second, where their years differ.
    """

    by: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    translations: tuple[Translation, ...] = attrs.field(default=(), repr=False)

    def row(self, *key: object) -> ComparedRow:
        """Return the row at ``key``.

        Raises:
            KeyError: neither side prints anything there.
        """
        for row in self.rows:
            if row.key == key:
                return row
        raise KeyError(key)

    def __iter__(self) -> Iterator[ComparedRow]:
        return iter(self.rows)


def compare(
    before: Side, after: Side, *, by: str | Sequence[str] = "functional", level: int | None = None, **where: Any
) -> Comparison:
    """Set the totals of one side beside those of another.

    Where the years differ, the first side is put into the subjects of the second's edition
    (:func:`govbudget.translate_disclosure`); a row whose money is not the same thing in both says so in its ``note``.
    For the budget and the outcome that one document prints, give two roll-ups of it:
    ``compare(rollup(final, stage=Stage.BUDGET), rollup(final))``.

    Args:
        before: a disclosure, several, or a roll-up of them.
        after: the same of the other year, stage or body.
        by: the axes, where disclosures are given.
        level: only totals at this depth.
        where: where to stand, for both sides.

    Raises:
        GovBudgetError: as :func:`govbudget.rollup`; or two roll-ups along different axes.
    """
    translations: tuple[Translation, ...] = ()
    if not isinstance(before, Rollup) and not isinstance(after, Rollup):
        first, second = _several(before), _several(after)
        translations = _translated(first, second)
        before = [found.disclosure for found in translations] or first
        after = second
    sides = [
        side if isinstance(side, Rollup) else rollup(side, by=by, level=level, **where) for side in (before, after)
    ]
    if sides[0].by != sides[1].by:
        raise GovBudgetError(f"roll-ups by {', '.join(sides[0].by)} and by {', '.join(sides[1].by)} do not compare")
    return Comparison(
        by=sides[0].by, rows=tuple(_rows(sides[0], sides[1], _notes(translations))), translations=translations
    )


def _several(side: Disclosure | Iterable[Disclosure]) -> list[Disclosure]:
    return [side] if isinstance(side, Disclosure) else list(side)


def _translated(first: Sequence[Disclosure], second: Sequence[Disclosure]) -> tuple[Translation, ...]:
    years = {d.year for d in second}
    if {d.year for d in first} == years or len(years) != 1:
        return ()
    to = years.pop()
    return tuple(translate_disclosure(d, to) for d in first)


def _notes(translations: Iterable[Translation]) -> dict[str, str]:
    notes: dict[str, str] = {}
    for found in translations:
        for line in found.inexact:
            notes.setdefault(line.target, line.why)
        for broken in found.sums:
            if broken.held_before and broken.key:
                notes.setdefault(broken.key, "its parts no longer add up to it in the other edition")
    return notes


def _rows(before: Rollup, after: Rollup, notes: Mapping[str, str]) -> Iterator[ComparedRow]:
    sides: list[dict[Key, RollupRow]] = [{row.key: row for row in side} for side in (before, after)]
    keys = sorted({*sides[0], *sides[1]}, key=lambda key: order_of(before.by, key))
    for key in keys:
        first, second = (side.get(key) for side in sides)
        said = "; ".join(dict.fromkeys(notes[point] for point in key if isinstance(point, str) and point in notes))
        yield ComparedRow(
            key=key,
            label=(second or first).label,  # type: ignore[union-attr]  # one of the two is there
            before=_known(first),
            after=_known(second),
            note=said,
        )


def _known(row: RollupRow | None) -> Known | None:
    return None if row is None else Known(row.fen, row.low, row.high)


def order_of(by: Sequence[str], key: Key) -> list[Any]:
    """Return what sorts keys into the order of their trees."""
    return [rank(axis, str(getattr(point, "value", point))) for axis, point in zip(by, key, strict=True)]
