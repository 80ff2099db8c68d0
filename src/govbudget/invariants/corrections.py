"""A disclosure as it would be without a slip: a suspicion carried out, so that the rules can be asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from govbudget.errors import AmountError
from govbudget.model import (
    AmountClaim,
    ChangeClaim,
    Direction,
    Disclosure,
    GrowthClaim,
    Lane,
    Line,
    Section,
    SubjectHead,
    with_lines,
)
from govbudget.model.axes import key_depth
from govbudget.model.claims import Claim
from govbudget.money import Amount, Mark, MoneyUnit
from govbudget.place import Place
from govbudget.text import fold

At = tuple[int, int]
"""A lane: indexes of the table and of the lane."""


def lane_of(disclosure: Disclosure, at: At) -> Lane:
    """Return a lane by its indexes."""
    return disclosure.tables[at[0]].lanes[at[1]]


def line_moved(disclosure: Disclosure, at: At, line: int, by: int) -> Disclosure:
    """Return the disclosure with the figures of a line moved along it, those at its end going round."""
    lines = lane_of(disclosure, at).lines
    given = lines[line]
    size = len(given.values)
    cells = {column: (given.values[(column + by) % size], given.places[(column + by) % size]) for column in range(size)}
    return with_lines(disclosure, at, (*lines[:line], _placed(given, cells), *lines[line + 1 :]))


def columns_exchanged(disclosure: Disclosure, at: At, one: int, other: int) -> Disclosure:
    """Return the disclosure with the figures of two columns in each other's place."""
    lines = [
        _placed(line, {one: (line.values[other], line.places[other]), other: (line.values[one], line.places[one])})
        for line in lane_of(disclosure, at).lines
    ]
    return with_lines(disclosure, at, lines)


def line_dropped(disclosure: Disclosure, at: At, line: int) -> Disclosure:
    """Return the disclosure without a line."""
    lines = lane_of(disclosure, at).lines
    return with_lines(disclosure, at, (*lines[:line], *lines[line + 1 :]))


def line_added(
    disclosure: Disclosure, at: At, after: int, subject: tuple[str, str], cells: Sequence[Amount | None]
) -> Disclosure:
    """Return the disclosure with a line more behind another one, made after it: its code and name, and its figures."""
    lines = lane_of(disclosure, at).lines
    new = attrs.evolve(
        line_named(lines[after], lane_of(disclosure, at).axis, *subject),
        values=tuple(Mark.BLANK if cell is None else cell.fen for cell in cells),
        places=tuple(0 if cell is None else cell.places for cell in cells),
        row=0,
        spans=(),
        label_spans=(),
    )
    return with_lines(disclosure, at, (*lines[: after + 1], new, *lines[after + 1 :]))


def line_recoded(disclosure: Disclosure, at: At, line: int, code: str, name: str) -> Disclosure:
    """Return the disclosure with another code and name before the figures of a line."""
    lane = lane_of(disclosure, at)
    changed = line_named(lane.lines[line], lane.axis, code, name)
    return with_lines(disclosure, at, (*lane.lines[:line], changed, *lane.lines[line + 1 :]))


def line_named(line: Line, axis: str, code: str, name: str) -> Line:
    """Return a line of subjects as it is with another code and name."""
    head = line.head
    assert isinstance(head, SubjectHead)
    at = attrs.evolve(line.at, functional=code) if axis == "functional" else attrs.evolve(line.at, economic=code)
    return attrs.evolve(line, head=attrs.evolve(head, key=code, level=key_depth(code)), at=at, label=name)


def table_recounted(disclosure: Disclosure, table: int, unit: MoneyUnit) -> Disclosure | None:
    """Return the disclosure with the digits of a table counted in another unit; ``None`` where a figure prints none."""
    given = disclosure.tables[table]

    def counted(value: int | Mark) -> int | Mark:
        return value if isinstance(value, Mark) else value * unit.fen // given.unit.fen

    cells = [v for lane in given.lanes for line in lane.lines for v in line.values if not isinstance(v, Mark)]
    if any(value * unit.fen % given.unit.fen for value in cells):
        return None
    lanes = tuple(
        attrs.evolve(lane, lines=tuple(attrs.evolve(x, values=tuple(map(counted, x.values))) for x in lane.lines))
        for lane in given.lanes
    )
    try:
        made = attrs.evolve(given, unit=unit, lanes=lanes)
    except AmountError:
        return None  # more decimals than the unit has
    return attrs.evolve(disclosure, tables=(*disclosure.tables[:table], made, *disclosure.tables[table + 1 :]))


def said_otherwise(disclosure: Disclosure, change: Callable[[Claim], Claim]) -> Disclosure:
    """Return the disclosure with what its sentences claim changed."""
    sections = tuple(
        attrs.evolve(section, claims=tuple(change(claim) for claim in section.claims))
        for section in disclosure.narrative.sections
    )
    return attrs.evolve(disclosure, narrative=attrs.evolve(disclosure.narrative, sections=sections))


def amount_said(disclosure: Disclosure, place: Place, amount: Amount) -> Disclosure:
    """Return the disclosure with another amount in the sentence at ``place``."""

    def changed(claim: Claim) -> Claim:
        if claim.place != place or not isinstance(claim, (AmountClaim, ChangeClaim)):
            return claim
        return attrs.evolve(claim, amount=abs_amount(amount) if isinstance(claim, ChangeClaim) else amount)

    return said_otherwise(disclosure, changed)


_WAYS = {"增加": "减少", "增长": "下降", "上升": "下降", "提高": "降低", "减少": "增加", "下降": "增长", "降低": "提高"}


def direction_turned(disclosure: Disclosure, place: Place) -> Disclosure:
    """Return the disclosure with 增加 for 减少, or the other way round, in the sentence at ``place``."""
    turned = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}

    def changed(claim: Claim) -> Claim:
        if claim.place != place or not isinstance(claim, (ChangeClaim, GrowthClaim)):
            return claim
        return attrs.evolve(claim, direction=turned[claim.direction])

    def worded(section: Section) -> Section:
        for claim in section.claims:
            if claim.place == place and any(way in claim.text for way in _WAYS):
                way = next(way for way in _WAYS if way in claim.text)
                passages = tuple(
                    attrs.evolve(p, text=fold(p.text).replace(claim.text, claim.text.replace(way, _WAYS[way])))
                    if claim.text in fold(p.text)
                    else p
                    for p in section.passages
                )
                return attrs.evolve(section, passages=passages)
        return section

    made = said_otherwise(disclosure, changed)
    sections = tuple(worded(section) for section in made.narrative.sections)
    return attrs.evolve(made, narrative=attrs.evolve(made.narrative, sections=sections))


def section_added(disclosure: Disclosure, section: Section) -> Disclosure:
    """Return the disclosure with a section more."""
    narrative = disclosure.narrative
    return attrs.evolve(disclosure, narrative=attrs.evolve(narrative, sections=(*narrative.sections, section)))


def abs_amount(amount: Amount) -> Amount:
    """Return an amount without its sign: a change is said by a word and what it comes to."""
    return attrs.evolve(amount, fen=abs(amount.fen))


def _placed(line: Line, cells: dict[int, tuple[int | Mark, int]]) -> Line:
    values, places = list(line.values), list(line.places)
    for column, (value, decimals) in cells.items():
        values[column], places[column] = value, decimals
    return attrs.evolve(line, values=tuple(values), places=tuple(places))
