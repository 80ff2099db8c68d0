"""When a code stood, under which name, and when it stood under which parent."""

from __future__ import annotations

from itertools import pairwise

import attrs

from govbudget.classification.editions import tree, years
from govbudget.classification.scheme import Scheme, Standing, as_scheme
from govbudget.classification.subject import Subject
from govbudget.errors import UnknownCode


@attrs.frozen
class Spell:
    """Editions in a row in which a code had one name and one parent.

    Attributes:
        code: the code.
        name: its name.
        parent: the code above it.
        first: the first of the editions.
        last: the last of them.
        standing: the best standing of the row in any of them.
    """

    code: str
    name: str
    parent: str | None
    first: int
    last: int
    standing: Standing


def spells(scheme: Scheme | str, code: str) -> tuple[Spell, ...]:
    """Return the life of a code, name by name.

    Raises:
        UnknownCode: no edition holds the code.

    >>> [(s.name, s.first, s.last) for s in spells(Scheme.DEPARTMENT_ECONOMIC, "30311")]
    [('住房公积金', 2009, 2017), ('代缴社会保险费', 2020, 2026)]
    """
    scheme = as_scheme(scheme)
    known = years(scheme)
    following = dict(pairwise(known))
    found: list[list[tuple[int, Subject]]] = []
    for year in known:
        subject = tree(scheme, year).get(code)
        if subject is None:
            continue
        if found:
            before, last = found[-1][-1]
            if following[before] == year and (last.name, last.parent) == (subject.name, subject.parent):
                found[-1].append((year, subject))
                continue
        found.append([(year, subject)])
    if not found:
        raise UnknownCode(
            f"no edition of {scheme.value} holds {code!r}",
            hint=f"the editions at hand are {known[0]} to {known[-1]}; codes are digits only, such as '20129'",
        )
    return tuple(
        Spell(
            code,
            run[0][1].name,
            run[0][1].parent,
            run[0][0],
            run[-1][0],
            min((subject.standing for _, subject in run), key=lambda standing: standing.rank),
        )
        for run in found
    )


def parent_years(scheme: Scheme | str, code: str) -> dict[str | None, tuple[int, ...]]:
    """Return the editions in which a code stood under each parent.

    >>> parent_years(Scheme.FUNCTIONAL, "2013901")
    {'20139': (2024, 2025, 2026)}
    """
    found: dict[str | None, tuple[int, ...]] = {}
    for year in years(scheme):
        subject = tree(scheme, year).get(code)
        if subject is not None:
            found[subject.parent] = (*found.get(subject.parent, ()), year)
    return found
