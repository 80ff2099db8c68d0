"""A code of one edition in another: the same subject, its successors, or none."""

from __future__ import annotations

import enum

import attrs

from govbudget.classification.editions import tree
from govbudget.classification.history import Change, Kind, changes
from govbudget.classification.scheme import Scheme, Standing, as_scheme
from govbudget.classification.subject import Subject


class Exactness(enum.Enum):
    """How much of the money of the old code is under the new ones.

    Attributes:
        SAME: one subject, under the same code and name.
        RENAMED: one subject under one code; only the name changed.
        MOVED: one subject, all of it under another code.
        PARTIAL: split, merged or both: amounts cannot be carried over one to one.
        NONE: nothing at hand says where it went or came from.
    """

    SAME = "same"
    RENAMED = "renamed"
    MOVED = "moved"
    PARTIAL = "partial"
    NONE = "none"

    @property
    def exact(self) -> bool:
        """Tell whether amounts may be carried over one to one."""
        return self in {Exactness.SAME, Exactness.RENAMED, Exactness.MOVED}


@attrs.frozen
class Translation:
    """A code of one year in another.

    Attributes:
        source: the subject in its own edition.
        targets: what it is in the other one.
        exactness: whether amounts may be carried over.
        steps: the changes on the way.
        standing: the weakest standing of a step and of the ends; UNVERIFIED wherever a row is.
    """

    source: Subject
    targets: tuple[Subject, ...]
    exactness: Exactness
    steps: tuple[Change, ...] = ()
    standing: Standing = Standing.UNVERIFIED


def translate(code: str, from_year: int, to_year: int, *, scheme: Scheme | str) -> Translation:
    """Say what a code of one edition is in another, earlier or later.

    Raises:
        UnknownCode: the edition of ``from_year`` does not hold the code.
        GovBudgetError: an edition is not at hand.

    >>> found = translate("30311", 2017, 2024, scheme=Scheme.DEPARTMENT_ECONOMIC)
    >>> [target.label for target in found.targets], found.exactness.value
    (['30113 住房公积金'], 'moved')
    >>> translate("30113", 2024, 2017, scheme=Scheme.DEPARTMENT_ECONOMIC).targets[0].code
    '30311'
    """
    scheme = as_scheme(scheme)
    source = tree(scheme, from_year)[code]
    target = tree(scheme, to_year)
    if from_year == to_year:
        return Translation(source, (source,), Exactness.SAME, (), source.standing)
    forward = to_year > from_year
    known = changes(scheme, *sorted((from_year, to_year)))
    codes, steps, shared = {code}, list[Change](), False
    for year in sorted({change.year for change in known}, reverse=not forward):
        following: set[str] = set()
        here = [change for change in known if change.year == year]
        for at in codes:
            taken = [change for change in here if _start(change, forward=forward) == at]
            onward = {end for change in taken if (end := _end(change, forward=forward)) is not None}
            # What is new on the way back or withdrawn on the way forward ends here; what no change names stays.
            following |= onward if taken else {at}
            if taken and all(c.kind in _SHARING for c in taken) and at in tree(scheme, year if forward else year - 1):
                following.add(at)  # it gave or took a part and stands on itself
            steps += taken
            touched = onward if taken else {at}
            meet = any(c.kind in _SHARING and _end(c, forward=forward) in touched for c in here)
            shared = shared or len(onward) > 1 or any(c.kind in _SHARING for c in taken) or meet
        codes = following
    targets = tuple(target[at] for at in sorted(codes) if at in target)
    return Translation(
        source, targets, _exactness(source, targets, shared=shared), tuple(steps), _weakest(source, targets, steps)
    )


_SHARING = {Kind.SPLIT, Kind.MERGED}


def _start(change: Change, *, forward: bool) -> str | None:
    return change.old if forward else change.new


def _end(change: Change, *, forward: bool) -> str | None:
    return change.new if forward else change.old


def _exactness(source: Subject, targets: tuple[Subject, ...], *, shared: bool) -> Exactness:
    if not targets:
        return Exactness.NONE
    if shared or len(targets) > 1:
        return Exactness.PARTIAL
    if targets[0].code != source.code:
        return Exactness.MOVED
    return Exactness.SAME if targets[0].name == source.name else Exactness.RENAMED


def _weakest(source: Subject, targets: tuple[Subject, ...], steps: list[Change]) -> Standing:
    standings = [source.standing, *(target.standing for target in targets), *(step.standing for step in steps)]
    return max(standings, key=lambda standing: standing.rank)
