"""What changed between two editions: what is told by hand, and what the editions themselves show."""

from __future__ import annotations

import enum
from functools import cache
from itertools import pairwise

import attrs

from govbudget.classification.editions import tree, years
from govbudget.classification.scheme import Scheme, Standing, as_scheme
from govbudget.classification.subject import Subject
from govbudget.classification.table import read_table
from govbudget.errors import GovBudgetError
from govbudget.text import fold

SEEN = "seen by comparing the editions at hand"
"""The note on changes that nobody told."""


class Kind(enum.Enum):
    """How a subject changed."""

    RENAMED = "renamed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    WITHDRAWN = "withdrawn"


@attrs.frozen
class Change:
    """One old and one new subject.

    Attributes:
        scheme: the list.
        year: the first edition in which the new state holds.
        kind: how the subject changed; a split or a merger is several changes.
        old: code before, None for a new subject.
        old_name: its name.
        new: code after, None for a withdrawn subject.
        new_name: its name.
        standing: whether a document shows it; UNVERIFIED goes for the year above all.
        sources: ids of the documents.
        note: anything else.
    """

    scheme: Scheme
    year: int
    kind: Kind
    old: str | None
    old_name: str
    new: str | None
    new_name: str
    standing: Standing = Standing.UNVERIFIED
    sources: tuple[str, ...] = ()
    note: str = ""


@cache
def told(scheme: Scheme) -> tuple[Change, ...]:
    """Return the changes kept by hand, oldest first.

    >>> [change.new for change in told(Scheme.DEPARTMENT_ECONOMIC) if change.old == "30104"]
    ['30112']
    """
    found = [
        Change(
            scheme,
            int(row["year"]),
            Kind(row["kind"]),
            row["from_code"] or None,
            row["from_name"],
            row["to_code"] or None,
            row["to_name"],
            Standing(row["standing"]),
            tuple(row["sources"].split()),
            row["note"],
        )
        for row in read_table("changes.tsv")
        if row["scheme"] == scheme.value
    ]
    return tuple(sorted(found, key=lambda change: (change.year, change.old or change.new or "")))


def changes(scheme: Scheme | str, from_year: int, to_year: int) -> tuple[Change, ...]:
    """Return what changed from one edition to a later one, year by year and in the order of codes.

    Where nothing is told by hand, a code of one year that the next lacks is withdrawn, one that only the next holds
    is new, one with a like name is renamed, and one with a quite different name is two subjects (withdrawn, new);
    such changes are unverified.

    Raises:
        GovBudgetError: ``to_year`` is not after ``from_year``, or an edition is not at hand.

    >>> [(c.kind.value, c.old, c.new) for c in changes(Scheme.DEPARTMENT_ECONOMIC, 2019, 2020)]
    [('new', None, '30311'), ('new', None, '31304')]
    """
    scheme = as_scheme(scheme)
    if to_year <= from_year:
        raise GovBudgetError(f"{to_year} is not after {from_year}", hint="give the older edition first")
    tree(scheme, from_year), tree(scheme, to_year)
    steps = [year for year in years(scheme) if from_year <= year <= to_year]
    return tuple(change for before, after in pairwise(steps) for change in _step(scheme, before, after))


@cache
def _step(scheme: Scheme, before: int, after: int) -> tuple[Change, ...]:
    old, new = tree(scheme, before), tree(scheme, after)
    found = [change for change in told(scheme) if before < change.year <= after]
    left = {change.old for change in found}
    come = {change.new for change in found}
    for subject in old:
        other = new.get(subject.code)
        if subject.code in left:
            continue
        if other is None:
            moved = _moved_parent(found, subject, new.get)
            kind = Kind.MOVED if moved else Kind.WITHDRAWN
            found.append(_change(after, kind, subject, moved))
            come.add(moved.code if moved else None)
        elif fold(other.name) != fold(subject.name) and subject.code not in come:
            if _alike(fold(subject.name), fold(other.name)):
                found.append(_change(after, Kind.RENAMED, subject, other))
            else:
                found += [_change(after, Kind.WITHDRAWN, subject, None), _change(after, Kind.NEW, None, other)]
    found += [_change(after, Kind.NEW, None, s) for s in new if s.code not in old and s.code not in come]
    return tuple(sorted(found, key=lambda change: (change.old or change.new or "", change.new or "")))


def _alike(old: str, new: str) -> bool:
    """Whether half the characters of two names are shared in order; below that the code is used for something new."""
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return 4 * sum(block.size for block in blocks) >= len(old) + len(new)


def _moved_parent(found: list[Change], subject: Subject, get: object) -> Subject | None:
    """An item whose 款 moved goes with it if an item of the same name stands at the new place."""
    assert callable(get)
    for change in found:
        if change.kind is Kind.MOVED and change.old and change.new and subject.parent == change.old:
            other = get(change.new + subject.code[len(change.old) :])
            if isinstance(other, Subject) and fold(other.name) == fold(subject.name):
                return other
    return None


def _change(year: int, kind: Kind, old: Subject | None, new: Subject | None) -> Change:
    some = old or new
    assert some is not None
    return Change(
        some.scheme,
        year,
        kind,
        old.code if old else None,
        old.name if old else "",
        new.code if new else None,
        new.name if new else "",
        note=SEEN,
    )
