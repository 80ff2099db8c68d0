"""Faults of classification: a code of another edition, a wrong parent, a wrong name."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.classification import Scheme, Tree, edition_year, tree
from govbudget.model import Disclosure, Line, SubjectHead, key_depth, key_parent, with_lines
from govbudget.place import Place
from govbudget.testing.choices import Choices
from govbudget.testing.spoil.truth import Change, FaultKind, LabelledFault, Spot
from govbudget.text import fold

_SCHEMES = {"functional": Scheme.FUNCTIONAL, "economic": Scheme.DEPARTMENT_ECONOMIC}


def subjects(disclosure: Disclosure, kind: FaultKind, choices: Choices) -> list[Spot]:
    """Return the lines whose subject may be wrong: those at the lowest level of their table."""

    def spot(t: int, n: int, i: int) -> Spot:
        return lambda: _fault(disclosure, kind, (t, n, i), choices)

    return [spot(*at) for at in _lowest(disclosure)]


def _lowest(disclosure: Disclosure) -> Iterator[tuple[int, int, int]]:
    for t, table in enumerate(disclosure.tables):
        for n, lane in enumerate(table.lanes):
            keys = [line.head.key for line in lane.lines if isinstance(line.head, SubjectHead)]
            above = {key_parent(key) for key in keys}
            for i, line in enumerate(lane.lines):
                if lane.axis not in _SCHEMES or not isinstance(line.head, SubjectHead):
                    continue
                key = line.head.key
                if key not in above and key_depth(key) > 1 and key.isdigit():
                    yield t, n, i


def _fault(disclosure: Disclosure, kind: FaultKind, at: tuple[int, int, int], choices: Choices) -> LabelledFault | None:
    t, n, i = at
    table = disclosure.tables[t]
    lane = table.lanes[n]
    line = lane.lines[i]
    assert isinstance(line.head, SubjectHead)
    scheme = _SCHEMES[lane.axis]
    edition = tree(scheme, edition_year(scheme, disclosure.year))
    printed = {x.head.key for x in lane.lines if isinstance(x.head, SubjectHead)}
    key, label = line.head.key, line.label
    if kind is FaultKind.WRONG_NAME:
        above = key_parent(key)
        beside = edition.children(above) if not above or above in edition else ()
        names = [fold(s.name) for s in beside if s.code != key]
        label = choices.pick(names) if names else label
    else:
        found = (
            _other_edition(key, edition) if kind is FaultKind.OTHER_EDITION else _other_parent(key, edition, printed)
        )
        key = choices.pick(found) if found else key
    if (key, label) == (line.head.key, line.label):
        return None
    made = _as_subject(line, lane.axis, key, label)
    lines = (*lane.lines[:i], made, *lane.lines[i + 1 :])
    return LabelledFault(
        disclosure=with_lines(disclosure, (t, n), lines),
        kind=kind,
        changes=(
            Change(
                place=Place(table=table.number, row=line.row or i + 1),
                was=f"{line.head.key} {line.label}",
                now=f"{key} {label}",
            ),
        ),
    )


def _as_subject(line: Line, axis: str, key: str, label: str) -> Line:
    assert isinstance(line.head, SubjectHead)
    head = attrs.evolve(line.head, key=key, level=key_depth(key))
    at = attrs.evolve(line.at, functional=key) if axis == "functional" else attrs.evolve(line.at, economic=key)
    return attrs.evolve(line, head=head, at=at, label=label)


def _other_edition(key: str, edition: Tree) -> list[str]:
    """Codes beside this one that the edition does not know."""
    stem = key_parent(key)
    return [code for n in range(1, 100) if (code := f"{stem}{n:02d}") not in edition]


def _other_parent(key: str, edition: Tree, printed: set[str]) -> list[str]:
    """Codes with the same last digits under another subject that the table prints too, or else under any."""
    tail, own = key[len(key_parent(key)) :], key_parent(key)
    parents = [s.code for s in edition if s.level == key_depth(key) - 1 and s.code != own]
    beside = [p for p in parents if p in printed]
    return [p + tail for p in (beside or parents) if p + tail in edition and p + tail not in printed]
