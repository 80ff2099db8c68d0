"""Parts of a subject by its use, and subjects that the year before had not (元 narratives of Guangxi)."""

from __future__ import annotations

import attrs

from govbudget.model import AbsenceClaim, AmountClaim, Coordinate, Said, moved
from govbudget.reading.prose import patterns as p
from govbudget.reading.prose.clauses import Clause
from govbudget.reading.prose.state import Reader, find, keep, spoken
from govbudget.reading.prose.terms import is_within


def in_subject(of: tuple[Coordinate, ...], subject: Coordinate) -> tuple[Coordinate, ...]:
    """Return the facts that are the part of a subject: 其中：基本支出 behind its name."""
    return tuple(moved(at, "functional", subject.functional) for at in of)


def wholly(reader: Reader, clause: Clause) -> bool:
    """住房公积金…元，全部是基本支出: a part of the subject has the amount that was just stated."""
    match = p.WHOLLY.fullmatch(clause.text)
    said = reader.claims[-1] if reader.claims else None
    found = match and find(reader, match["subject"])
    if (
        not found
        or not isinstance(said, AmountClaim)
        or said.of != reader.of
        or not is_within(found[1], reader.section)
    ):
        return False
    if len(said.of) != 1 or not said.of[0].functional:
        return False
    of = in_subject(found[0], said.of[0])
    reader.claims.append(AmountClaim(**spoken(reader, clause) | {"of": of, "term": found[1]}, amount=said.amount))
    return True


def nothing_before(reader: Reader, clause: Clause) -> bool:
    """上年无该预算，增长率无可比性: there was none of the subject the year before."""
    if p.NO_RATE.fullmatch(clause.text):
        keep(reader, Said.NO_RATE, clause, clause)
        return True
    match = p.NOTHING_BEFORE.fullmatch(clause.text)
    if match is None:
        return False
    year = int(match["year"][:4]) if match["year"][0].isdigit() else (reader.lexicon.base.year or 0) - 1
    of = tuple(attrs.evolve(at, year=year) for at in reader.of)
    reader.claims.append(AbsenceClaim(**spoken(reader, clause) | {"of": of}))
    return True
