"""Claims of a sketch: ``share general of fiscal: 81.43%`` behind the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from govbudget.errors import GovBudgetError
from govbudget.invariants.sketch.coordinates import at
from govbudget.model import (
    AbsenceClaim,
    AmountClaim,
    Base,
    ChangeClaim,
    Claim,
    CompletionClaim,
    CompositionClaim,
    Coordinate,
    CountClaim,
    Counted,
    Direction,
    FlatClaim,
    GrowthClaim,
    MovementClaim,
    Said,
    ScoreClaim,
    ShareClaim,
    Statement,
)
from govbudget.money import Amount, Percent
from govbudget.place import Place


@attrs.frozen(kw_only=True)
class Sentence:
    """A sentence and what its claims share: words, place, and the coordinate of the disclosure."""

    term: str
    text: str
    place: Place
    base: Coordinate


def claim(words: str, sentence: Sentence) -> Claim:
    """Return the claim that ``words`` write.

    Raises:
        GovBudgetError: the kind of claim is not known, or its words do not fit it.
    """
    kind, _, rest = words.strip().partition(" ")
    make = _KINDS.get(kind)
    if make is None:
        raise GovBudgetError(f"there is no claim {kind!r}", hint=f"claims are {', '.join(_KINDS)}")
    rest, _, versus = rest.partition(" vs ") if not rest.startswith("vs ") else ("", "", rest[3:])
    about, _, value = (part.strip() for part in rest.partition(":"))
    said = {"term": sentence.term, "text": sentence.text, "place": sentence.place}
    try:
        return make(_Words(about=about, value=value, versus=versus.strip(), base=sentence.base, said=said))
    except (KeyError, ValueError) as error:
        if isinstance(error, GovBudgetError):
            raise
        raise GovBudgetError(f"a claim does not fit: {words.strip()!r} ({error})") from error


@attrs.frozen(kw_only=True)
class _Words:
    about: str
    value: str
    versus: str
    base: Coordinate
    said: Mapping[str, Any]

    @property
    def of(self) -> dict[str, Any]:
        """What every claim has."""
        return {**self.said, "of": _facts(self.about, self.base)}

    @property
    def against(self) -> Base:
        found = at(self.versus)
        if found.year is None:
            raise GovBudgetError("a comparison says with what", hint="such as vs 2023 execution")
        return Base(year=found.year, stage=found.stage)

    @property
    def sign(self) -> Direction:
        return Direction.DOWN if self.value.startswith("-") else Direction.UP

    @property
    def size(self) -> str:
        return self.value.lstrip("+-")


def _facts(words: str, base: Coordinate) -> tuple[Coordinate, ...]:
    return tuple(at(part, base) for part in words.split("&") if part.strip())


def _share(w: _Words) -> Claim:
    part, _, whole = w.about.partition(" of ")
    return ShareClaim(**w.said, of=_facts(part, w.base), whole=_facts(whole, w.base), percent=Percent.parse(w.value))


def _parts(w: _Words) -> Claim:
    pairs = [part.partition("=") for part in w.value.split("、")]
    words, _, axis = w.about.rpartition(" ")
    of = _facts(words, w.base)
    found = tuple(at(code, *of[:1]) if code else None for _, _, code in pairs)
    return CompositionClaim(**w.said, of=of, parts=tuple(name for name, _, _ in pairs), parts_of=found, axis=axis)


def _count(w: _Words) -> Claim:
    planned, what = w.about.startswith("planned "), w.about.removeprefix("planned ")
    return CountClaim(**w.said, of=(), what=Counted(what), count=int(w.value), planned=planned)


def _score(w: _Words) -> Claim:
    whole, _, part = w.value.partition(".")
    return ScoreClaim(**w.of, digits=int(whole + part), places=len(part))


def _said(w: _Words) -> Claim:
    kind, _, of = w.about.partition(" ")
    said = dict(w.said, text=w.value or w.said["text"])
    return Statement(**said, of=_facts(of, w.base), kind=Said(kind))


_KINDS: Mapping[str, Callable[[_Words], Claim]] = {
    "amount": lambda w: AmountClaim(**w.of, amount=Amount.parse(w.value)),
    "change": lambda w: ChangeClaim(**w.of, base=w.against, direction=w.sign, amount=Amount.parse(w.size)),
    "growth": lambda w: GrowthClaim(**w.of, base=w.against, direction=w.sign, percent=Percent.parse(w.size)),
    "flat": lambda w: FlatClaim(**w.of, base=w.against),
    "roughly": lambda w: FlatClaim(**w.of, base=w.against, roughly=True),
    "share": _share,
    "completion": lambda w: CompletionClaim(**w.of, base=w.against, percent=Percent.parse(w.value)),
    "movement": lambda w: MovementClaim(**w.of, base=w.against, direction=Direction(w.value)),
    "parts": _parts,
    "absence": lambda w: AbsenceClaim(**w.of),
    "count": _count,
    "score": _score,
    "said": _said,
}


def term_of(text: str) -> str:
    """Return the words before the first number: what a sentence speaks of."""
    return re.split(r"\d", text, maxsplit=1)[0] or text
