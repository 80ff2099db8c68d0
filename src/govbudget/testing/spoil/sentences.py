"""Faults of the narrative: another amount, rate, direction or name, last year's number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from govbudget.model import (
    AmountClaim,
    ChangeClaim,
    Claim,
    CompletionClaim,
    CompositionClaim,
    Direction,
    Disclosure,
    GrowthClaim,
    MovementClaim,
    Section,
    ShareClaim,
)
from govbudget.money import Amount, Percent, printed, printed_percent
from govbudget.testing.choices import Choices
from govbudget.testing.spoil.slips import SINGLE, slipped
from govbudget.testing.spoil.truth import Change, FaultKind, LabelledFault, Spot
from govbudget.text import fold

_RATES = (
    "narrative.growth",
    "narrative.share",
    "narrative.cut-off",
    "narrative.zero-base",
    "narrative.fall",
    "narrative.share-over",
    "narrative.shares",
    "narrative.two-rates",
    "outcome.completion",
    "outcome.word",
    "outcome.zero-plan",
)
_OPPOSITES = (
    ("增加", "减少"),
    ("增长", "下降"),
    ("上升", "下降"),
    ("提高", "降低"),
    ("增加", "压减"),
    ("大于", "小于"),
    ("高于", "低于"),
    ("多于", "少于"),
)
_TURNED = {down: up for up, down in reversed(_OPPOSITES)} | dict(reversed(_OPPOSITES))

Told = tuple[Claim, str, str]
"""A claim as it should not be, with the words that were there and those that are."""


def sentences(disclosure: Disclosure, kind: FaultKind, choices: Choices) -> list[Spot]:
    """Return the sentences that may be wrong in a way."""
    spoil = _SPOILERS[kind]

    def spot(number: int, index: int) -> Spot:
        def make() -> LabelledFault | None:
            told = spoil(disclosure, number, index, choices)
            return _fault(disclosure, kind, number, index, told) if told is not None else None

        return make

    places = [
        (number, index)
        for number, section in enumerate(disclosure.narrative.sections)
        for index, claim in enumerate(section.claims)
        if isinstance(claim, _CLAIMS[kind])
    ]
    return [spot(number, index) for number, index in places]


def _fault(disclosure: Disclosure, kind: FaultKind, number: int, index: int, told: Told) -> LabelledFault | None:
    section = disclosure.narrative.sections[number]
    old = section.claims[index]
    new, was, now = told
    text = old.text.replace(fold(was), fold(now), 1)
    if text == old.text:
        return None  # the words do not stand there as they would be printed today
    claims = (*section.claims[:index], attrs.evolve(new, text=text), *section.claims[index + 1 :])
    passages = tuple(
        attrs.evolve(p, text=changed) if (changed := _rewritten(p.text, old, was, now, section)) else p
        for p in section.passages
    )
    if passages == section.passages:
        return None
    made = attrs.evolve(section, claims=claims, passages=passages)
    sections = (*disclosure.narrative.sections[:number], made, *disclosure.narrative.sections[number + 1 :])
    return LabelledFault(
        disclosure=attrs.evolve(disclosure, narrative=attrs.evolve(disclosure.narrative, sections=sections)),
        kind=kind,
        changes=(Change(place=old.place, was=was, now=now),),
        rules=_RULES[kind],
    )


def _rewritten(text: str, claim: Claim, was: str, now: str, section: Section) -> str | None:
    """A paragraph with the words of a claim changed; ``None`` where the claim does not stand in it, or twice."""
    folded = fold(text)
    if folded.count(claim.text) != 1 or sum(fold(p.text).count(claim.text) for p in section.passages) != 1:
        return None
    kept = [i for i, char in enumerate(text) if not char.isspace()]
    start = kept[folded.index(claim.text)]
    at = text.find(was, start)
    return text[:at] + now + text[at + len(was) :] if at >= 0 else None


# -- one function for each kind; each returns the claim as it should not be ------------------------------------------


def _amount(disclosure: Disclosure, number: int, index: int, choices: Choices) -> Told | None:
    claim = disclosure.narrative.sections[number].claims[index]
    assert isinstance(claim, AmountClaim | ChangeClaim)
    changed = slipped(claim.amount, choices.pick(SINGLE[:3]), choices)
    return _told(claim, claim.amount, changed) if changed is not None else None


def _told(claim: AmountClaim | ChangeClaim, old: Amount, new: Amount) -> Told:
    return attrs.evolve(claim, amount=new), printed(old), printed(new)


def _rate(disclosure: Disclosure, number: int, index: int, choices: Choices) -> Told | None:
    claim = disclosure.narrative.sections[number].claims[index]
    assert isinstance(claim, GrowthClaim | ShareClaim | CompletionClaim)
    text = printed_percent(claim.percent).removesuffix("%")
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    at = choices.pick(digits)
    other = text[:at] + choices.pick([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]
    percent = Percent.parse(other)
    return attrs.evolve(claim, percent=percent), printed_percent(claim.percent), printed_percent(percent)


def _direction(disclosure: Disclosure, number: int, index: int, choices: Choices) -> Told | None:
    del choices
    claim = disclosure.narrative.sections[number].claims[index]
    assert isinstance(claim, ChangeClaim | GrowthClaim | MovementClaim)
    word = next((word for word in _TURNED if word in claim.text), None)
    if word is None:
        return None
    other = Direction.DOWN if claim.direction is Direction.UP else Direction.UP
    return attrs.evolve(claim, direction=other), word, _TURNED[word]


def _subject(disclosure: Disclosure, number: int, index: int, choices: Choices) -> Told | None:
    """Another name in a list, or another subject for a figure."""
    claims = disclosure.narrative.sections[number].claims
    claim = claims[index]
    if isinstance(claim, CompositionClaim):
        at = choices.number(0, len(claim.parts) - 1)
        if any(p in claim.parts[at] and p != claim.parts[at] for p in claim.parts):
            return None
        name = "机动经费"
        parts = (*claim.parts[:at], name, *claim.parts[at + 1 :])
        of = (*claim.parts_of[:at], None, *claim.parts_of[at + 1 :])
        return attrs.evolve(claim, parts=parts, parts_of=of), claim.parts[at], name
    assert isinstance(claim, AmountClaim)
    others = [
        c
        for c in claims
        if isinstance(c, AmountClaim) and c.of and c.of != claim.of and c.term != claim.term and c.term in c.text
    ]
    if not others or claim.term not in claim.text:
        return None
    other = choices.pick(others)
    return attrs.evolve(claim, of=other.of, term=other.term), claim.term, other.term


def _last_year(disclosure: Disclosure, number: int, index: int, choices: Choices) -> Told | None:
    del choices
    claims: Sequence[Claim] = disclosure.narrative.sections[number].claims
    claim = claims[index]
    assert isinstance(claim, AmountClaim)
    change = next((c for c in claims[index + 1 :] if isinstance(c, ChangeClaim) and c.of == claim.of), None)
    if change is None or change.base.year == disclosure.year or change.amount.unit is not claim.amount.unit:
        return None
    before = claim.amount.fen - change.direction.sign * change.amount.fen
    if before <= 0 or before == claim.amount.fen or claim.amount.places < change.amount.places:
        return None
    return _told(claim, claim.amount, attrs.evolve(claim.amount, fen=before))


Spoiler = Callable[[Disclosure, int, int, Choices], Told | None]

_SPOILERS: dict[FaultKind, Spoiler] = {
    FaultKind.WRONG_AMOUNT: _amount,
    FaultKind.WRONG_RATE: _rate,
    FaultKind.WRONG_DIRECTION: _direction,
    FaultKind.WRONG_SUBJECT: _subject,
    FaultKind.LAST_YEARS_NUMBER: _last_year,
}
_CLAIMS: dict[FaultKind, tuple[type, ...]] = {
    FaultKind.WRONG_AMOUNT: (AmountClaim, ChangeClaim),
    FaultKind.WRONG_RATE: (GrowthClaim, ShareClaim, CompletionClaim),
    FaultKind.WRONG_DIRECTION: (ChangeClaim, GrowthClaim, MovementClaim),
    FaultKind.WRONG_SUBJECT: (AmountClaim, CompositionClaim),
    FaultKind.LAST_YEARS_NUMBER: (AmountClaim,),
}
_RULES: dict[FaultKind, tuple[str, ...]] = {
    FaultKind.WRONG_AMOUNT: (),
    FaultKind.WRONG_RATE: _RATES,
    FaultKind.WRONG_DIRECTION: (
        "narrative.growth",
        "narrative.direction",
        "narrative.rise",
        "narrative.fall",
        "narrative.base",
        "narrative.change",
        "narrative.changes",
        "narrative.item-changes",
        "narrative.use-changes",
        "narrative.fund-changes",
        "narrative.basic-changes",
        "narrative.vehicle-changes",
        "outcome.word",
        "outcome.movement",
        "outcome.completion",
    ),
    FaultKind.WRONG_SUBJECT: (),
    FaultKind.LAST_YEARS_NUMBER: (),
}
