"""What one slip of the hand, the eye or the machine makes of a printed number.

Numbers are compared as they are printed, digit by digit, because that is how they go wrong.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import attrs

from govbudget.money.rounding import Mode, bounds


class SlipKind(enum.Enum):
    """Kinds of slips, the likeliest first."""

    SWAP = "two adjacent digits swapped"
    UNIT = "counted in another unit: ten thousand times too much or too little"
    SIGN = "the sign lost or added"
    NEIGHBOUR = "the figure of a neighbouring cell"
    POINT = "the decimal point or a separator out of place"
    LOOKALIKE = "a digit taken for one that looks like it"
    DROPPED = "a digit left out"
    ADDED = "a digit too many"
    CHANGED = "one digit wrong"
    OMITTED = "nothing printed where something should be"


COST: Mapping[SlipKind, int] = {
    SlipKind.SWAP: 2,
    SlipKind.UNIT: 2,
    SlipKind.SIGN: 2,
    SlipKind.NEIGHBOUR: 3,
    SlipKind.POINT: 3,
    SlipKind.LOOKALIKE: 4,
    SlipKind.DROPPED: 5,
    SlipKind.ADDED: 5,
    SlipKind.CHANGED: 6,
    SlipKind.OMITTED: 6,
}
"""How unlikely each kind is; only the order matters."""

_ALIKE = frozenset(frozenset(pair) for pair in ("17", "06", "08", "68", "38", "56", "58", "49", "27", "14", "35", "90"))
_OF_DIGITS = frozenset((SlipKind.SWAP, SlipKind.DROPPED, SlipKind.ADDED))
"""Slips that would show: the figure has another number of decimals than its neighbours."""


@attrs.frozen
class Printed:
    """How a figure is printed.

    Attributes:
        text: the printed number, without its unit; empty for a blank.
        unit: the exact value of 1 in the printed unit.
        mode: how it was rounded.
        neighbours: what is printed around it, by the word for the place (above, left, last year), in the same unit.
    """

    text: str
    unit: int = 1
    mode: Mode = Mode.HALF_UP
    neighbours: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Slip:
    """One way a printed number may have come from another.

    Attributes:
        kind: the kind of slip.
        text: what it probably was.
        value: the value of that.
        low: the least exact value that prints so.
        high: the largest.
        cost: how unlikely it is.
        evidence: what speaks for it, such as the place of the neighbour.
    """

    kind: SlipKind
    text: str
    value: int
    low: int
    high: int
    cost: int
    evidence: str = ""

    def fits(self, low: int | None, high: int | None) -> bool:
        """Tell whether some exact value of the proposed text lies in a range."""
        return (high is None or self.low <= high) and (low is None or low <= self.high)


def plain_number(text: str) -> str | None:
    """Return a printed number with ASCII digits, a leading minus if negative, no separators; ``None`` if it is none.

    >>> plain_number("（１，２３４．５０）"), plain_number("—")
    ('-1234.50', None)
    """
    folded = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    if folded.startswith("(") and folded.endswith(")"):
        folded = "-" + folded[1:-1]
    folded = re.sub(r"[,\s]", "", folded)
    return folded if re.fullmatch(r"-?\d+(\.\d+)?", folded) else None


def value_of(number: str, unit: int, mode: Mode = Mode.HALF_UP) -> tuple[int, int, int] | None:
    """Return value and bounds of a plain number, or ``None`` where it is finer than whole values can be.

    >>> value_of("12.5", 100)
    (1250, 1245, 1254)
    """
    whole, _, part = number.partition(".")
    scale = 10 ** len(part)
    value, rest = divmod(int(whole + part) * unit, scale)
    if rest:
        return None
    low, high = bounds(value, unit // scale, mode)
    return value, low, high


def slips(printed: Printed) -> Iterator[Slip]:
    """Yield every number that one slip turns into the printed one, each once under its likeliest kind.

    >>> [s.text for s in slips(Printed("1979")) if s.kind is SlipKind.SWAP]
    ['9179', '1799', '1997']
    """
    yield from _all_slips(*_asked_of(printed))


@lru_cache(maxsize=128)
def _all_slips(text: str, unit: int, mode: Mode, neighbours: tuple[tuple[str, str], ...]) -> tuple[Slip, ...]:
    """The slips of one number: the same figure is asked about again with every set of suspects that holds it."""
    number = plain_number(text)
    places = len((number or "").partition(".")[2])
    seen = {number}
    found = [] if number is None else [*_signs(number), *_digits(number), *_points(number, unit)]
    for place, beside in neighbours:
        other = plain_number(beside)
        if other is not None:
            found.append((SlipKind.NEIGHBOUR, other, place))
    made = []
    for kind, changed, evidence in sorted(found, key=lambda item: COST[item[0]]):
        tidy = _tidy(changed)
        if tidy in seen:
            continue
        seen.add(tidy)
        amount = value_of(tidy, unit, mode)
        if amount is not None and kind is SlipKind.UNIT and evidence == _COARSER:
            # 33.58 万元 in a column of 元: the digits below are not printed at all.
            step = unit * _UNITS_APART // 10**places
            amount = (amount[0], *bounds(amount[0], step, mode))
        if amount is not None:
            keeps = len(tidy.partition(".")[2]) == places or kind not in _OF_DIGITS
            made.append(Slip(kind, tidy, *amount, COST[kind] + (0 if keeps else 3), evidence))
    return tuple(made)


def explaining(printed: Printed, low: int | None, high: int | None, *, most: int = 12) -> tuple[Slip, ...]:
    """Return the slips that explain a printed number whose exact value must lie between two ends, likeliest first.

    A blank is explained by having been left out; nothing is said of what it was.

    >>> [(s.text, s.kind.name) for s in explaining(Printed("107887"), 107878, 107878)]
    [('107878', 'SWAP')]
    """
    if not printed.text.strip(" -—–无/") and plain_number(printed.text) is None:
        kind = SlipKind.OMITTED
        least = min(0, high or 0) if low is None else low  # where nothing bounds an end, no further out than needed
        most = max(0, least) if high is None else high
        return (Slip(kind, "", least, least, most, COST[kind]),)
    asked = _asked_of(printed)
    if low is not None and high is not None:
        starts, reaches = _by_value(*asked)
        before = bisect_right(starts, high)
        if not before or reaches[before - 1] < low:
            return ()  # as for most ranges that are asked about
    found: list[Slip] = []
    for least, greatest, slip in _likeliest_first(*asked):
        if (high is None or least <= high) and (low is None or low <= greatest):
            if slip.kind is SlipKind.SIGN and (low is None or low <= 0) and (high is None or high >= 0):
                continue  # where nothing says which sign it has, another sign explains nothing
            found.append(slip)
            if len(found) == most:
                break
    return tuple(found)


@lru_cache(maxsize=128)
def _likeliest_first(
    text: str, unit: int, mode: Mode, neighbours: tuple[tuple[str, str], ...]
) -> tuple[tuple[int, int, Slip], ...]:
    """The slips of one number with their ranges, in the order in which they are tried."""
    # Of two as likely, the one that says more: a number with fewer digits fits more by chance.
    ordered = sorted(_all_slips(text, unit, mode, neighbours), key=lambda slip: (slip.cost, slip.high - slip.low))
    return tuple((slip.low, slip.high, slip) for slip in ordered)


@lru_cache(maxsize=128)
def _by_value(
    text: str, unit: int, mode: Mode, neighbours: tuple[tuple[str, str], ...]
) -> tuple[Sequence[int], Sequence[int]]:
    """Where the ranges of the slips of one number start, ascending, and how far those up to there reach."""
    ranges = sorted([(slip.low, slip.high) for slip in _all_slips(text, unit, mode, neighbours)])
    return [low for low, _ in ranges], list(accumulate([high for _, high in ranges], max))


def _asked_of(printed: Printed) -> tuple[str, int, Mode, tuple[tuple[str, str], ...]]:
    return printed.text, printed.unit, printed.mode, tuple(printed.neighbours.items())


_UNITS_APART = 10**4
_COARSER = "10^-4"
_Found = tuple[SlipKind, str, str]


def _signs(number: str) -> Iterator[_Found]:
    yield SlipKind.SIGN, number[1:] if number.startswith("-") else "-" + number, ""


def _digits(number: str) -> Iterator[_Found]:
    places = [i for i, c in enumerate(number) if c.isdigit()]
    for a, b in pairwise(places):
        swapped = list(number)
        swapped[a], swapped[b] = number[b], number[a]
        yield SlipKind.SWAP, "".join(swapped), f"{number[a]}{number[b]}"
    for i in places:
        if len(places) > 1:
            yield SlipKind.ADDED, number[:i] + number[i + 1 :], number[i]
        for digit in "0123456789":
            if digit != number[i]:
                alike = frozenset((digit, number[i])) in _ALIKE
                kind = SlipKind.LOOKALIKE if alike else SlipKind.CHANGED
                yield kind, number[:i] + digit + number[i + 1 :], f"{digit}→{number[i]}"
    ends = ("", ".") if "." not in number else ("",)
    for digit in "0123456789":
        for i in range(places[0], len(number)):
            yield SlipKind.DROPPED, number[:i] + digit + number[i:], digit
        for end in ends:
            yield SlipKind.DROPPED, number + end + digit, digit


def _points(number: str, unit: int) -> Iterator[_Found]:
    """Shift the point; digits finer than the smallest value are rounded away, as a publisher would."""
    sign, body = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, part = body.partition(".")
    for by in (-4, -3, -2, -1, 1, 2, 3, 4):
        digits, places = whole + part, len(part) - by
        if places < 0:
            digits, places = digits + "0" * -places, 0
        while places and unit % 10**places:
            digits, places = str((int(digits) + 5) // 10), places - 1
        digits = digits.zfill(places + 1)
        text = sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
        if not text.removeprefix("-").startswith("0.00"):  # nobody prints 1.53 for 0.00153 万元
            yield SlipKind.UNIT if abs(by) == 4 else SlipKind.POINT, text, f"10^{-by}"


def _tidy(number: str) -> str:
    sign, body = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, dot, part = body.partition(".")
    if not part:
        dot = ""
    return sign + (whole.lstrip("0") or "0") + dot + part
