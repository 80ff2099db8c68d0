"""A whole disclosure from the edition of its year to that of another, saying what is exact and what is not.

Amounts, their order and the words of the narrative stay as printed. What changes are keys, levels and (where a
subject was renamed) labels; every subject line is accounted for, and every sum that no longer holds is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from govbudget.aggregation.translated_subjects import (
    TranslatedSubject,
    movers,
    scheme_of,
    translated,
)
from govbudget.aggregation.translated_sums import BrokenSum, broken_sums
from govbudget.classification import Exactness, Scheme, Standing, edition_year, tree
from govbudget.model import (
    Claim,
    Coordinate,
    Disclosure,
    Lane,
    Line,
    Resolved,
    Section,
    SubjectHead,
    Table,
    TableKind,
    is_below,
    key_depth,
)
from govbudget.text import fold


@attrs.frozen(kw_only=True)
class TranslatedLine:
    """One subject line, and what became of it.

    Attributes:
        table: the table it stands in.
        lane: the lane, by index.
        line: the line, by index.
        source: its key in the edition of the document.
        target: its key in the other edition.
        label: the label as printed.
        new_label: the label in the translated disclosure.
        exactness: how much of the money of the old subject is under the new one.
        exact: whether its figures are those of the new subject; False also where a subject stayed but money of other
            lines moved into or out of it.
        standing: what stands behind the correspondence.
        why: the reason, in words.
    """

    table: TableKind
    lane: int
    line: int
    source: str
    target: str
    label: str
    new_label: str
    exactness: Exactness
    exact: bool
    standing: Standing
    why: str


@attrs.frozen(kw_only=True)
class Translation:
    """A disclosure in the subjects of another year.

    Attributes:
        disclosure: the disclosure with the keys and names of the other edition; its year stays its own.
        from_year: the year of the document.
        to_year: the year of the edition it was translated to.
        subjects: every subject that tables or narrative name, once.
        lines: every subject line of the tables.
        sums: the sums that do not hold in the translated disclosure.
    """

    disclosure: Disclosure
    from_year: int
    to_year: int
    subjects: tuple[TranslatedSubject, ...]
    lines: tuple[TranslatedLine, ...]
    sums: tuple[BrokenSum, ...]

    @property
    def exact(self) -> bool:
        """Tell whether every figure of a subject is that of the subject in the other edition, and all sums hold."""
        return not self.inexact and not any(broken.held_before for broken in self.sums)

    @property
    def inexact(self) -> tuple[TranslatedLine, ...]:
        """The lines whose figures are not those of the new subject."""
        return tuple(line for line in self.lines if not line.exact)


def translate_disclosure(disclosure: Disclosure, to_year: int) -> Translation:
    """Put a disclosure into the subjects of another year's edition.

    A line whose subject has one exact counterpart gets its code and name. One whose subject was split, merged with
    others of the disclosure or withdrawn keeps its own name under a key that no code is (``303~医疗费``), with the
    codes that hold its parts as candidates. No amount is changed, added or taken away.

    Args:
        disclosure: the disclosure, in the subjects of its own year (or the nearest edition at hand).
        to_year: the edition to go to.

    Raises:
        GovBudgetError: no edition of that year is at hand for a list that the disclosure uses.

    >>> from govbudget.model import Organization, Scope, Stage
    >>> empty = Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    >>> translate_disclosure(empty, 2018).exact
    True
    """
    names = _keys(disclosure)
    for scheme in {scheme_of(key) for key in names} or {Scheme.FUNCTIONAL}:
        if scheme is not None:
            tree(scheme, to_year)
    subjects = translated(names, disclosure.year, to_year)
    targets = {key: one.target for key, one in subjects.items()}
    lines: list[TranslatedLine] = []
    sums: list[BrokenSum] = []
    tables: list[Table] = []
    for table in disclosure.tables:
        lanes: list[Lane] = []
        for index, lane in enumerate(table.lanes):
            told = {
                at: _line(table.kind, index, at, lane, subjects, (disclosure.year, to_year))
                for at, line in enumerate(lane.lines)
                if isinstance(line.head, SubjectHead)
            }
            lines += told.values()
            sums += broken_sums(table, index, targets)
            lanes.append(_lane(lane, told, subjects, targets))
        tables.append(attrs.evolve(table, lanes=tuple(lanes)))
    narrative = attrs.evolve(
        disclosure.narrative, sections=tuple(_section(section, targets) for section in disclosure.narrative.sections)
    )
    return Translation(
        disclosure=attrs.evolve(disclosure, tables=tuple(tables), narrative=narrative),
        from_year=disclosure.year,
        to_year=to_year,
        subjects=tuple(subjects.values()),
        lines=tuple(lines),
        sums=tuple(sums),
    )


# -- keys -------------------------------------------------------------------------------------------------------------


def _keys(disclosure: Disclosure) -> dict[str, str]:
    """Every subject key of tables and narrative, and the name it is printed with (of its edition where it is not)."""
    names: dict[str, str] = {}
    for table in disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines:
                if isinstance(line.head, SubjectHead):
                    names.setdefault(line.head.key, _name(line.head.key, line.label, disclosure.year))
    for at in _coordinates(disclosure):
        for key in (at.functional, at.economic):
            if key:
                names.setdefault(key, _name(key, key.rpartition("~")[2].rpartition("/")[2], disclosure.year))
    return names


def _name(key: str, label: str, year: int) -> str:
    scheme = scheme_of(key)
    subject = tree(scheme, edition_year(scheme, year)).get(key) if scheme is not None else None
    return subject.name if subject is not None else label


def _coordinates(disclosure: Disclosure) -> Iterator[Coordinate]:
    for table in disclosure.tables:
        for lane in table.lanes:
            yield lane.at
            yield from (column.at for column in lane.columns)
            yield from (line.at for line in lane.lines)
    for section in disclosure.narrative.sections:
        for claim in section.claims:
            for name in _PLACES:
                yield from (at for at in getattr(claim, name, ()) if at is not None)


_PLACES = ("of", "whole", "parts_of")
"""The fields of claims that hold coordinates."""


def _at(at: Coordinate, targets: Mapping[str, str]) -> Coordinate:
    functional, economic = targets.get(at.functional, at.functional), targets.get(at.economic, at.economic)
    if (functional, economic) == (at.functional, at.economic):
        return at
    return attrs.evolve(at, functional=functional, economic=economic)


def _section(section: Section, targets: Mapping[str, str]) -> Section:
    return attrs.evolve(section, claims=tuple(_claim(claim, targets) for claim in section.claims))


def _claim(claim: Claim, targets: Mapping[str, str]) -> Claim:
    said: dict[str, Any] = {}
    for name in _PLACES:
        if hasattr(claim, name):
            said[name] = tuple(None if at is None else _at(at, targets) for at in getattr(claim, name))
    return attrs.evolve(claim, **said)


# -- lines ------------------------------------------------------------------------------------------------------------


def _lane(
    lane: Lane,
    told: Mapping[int, TranslatedLine],
    subjects: Mapping[str, TranslatedSubject],
    targets: Mapping[str, str],
) -> Lane:
    lines: list[Line] = []
    for index, line in enumerate(lane.lines):
        new = attrs.evolve(line, at=_at(line.at, targets))
        if index in told and isinstance(line.head, SubjectHead):
            one = subjects[line.head.key]
            new = attrs.evolve(new, label=told[index].new_label, head=_head(line.head, one))
        lines.append(new)
    columns = tuple(attrs.evolve(column, at=_at(column.at, targets)) for column in lane.columns)
    return attrs.evolve(lane, at=_at(lane.at, targets), columns=columns, lines=tuple(lines))


def _head(head: SubjectHead, one: TranslatedSubject) -> SubjectHead:
    if one.target == head.key and not one.candidates:
        return head
    if one.name:
        return attrs.evolve(head, key=one.target, level=key_depth(one.target))
    resolved = Resolved.AMBIGUOUS if one.candidates else Resolved.UNKNOWN
    return attrs.evolve(head, key=one.target, resolved=resolved, candidates=one.candidates)


def _line(
    kind: TableKind,
    lane_index: int,
    index: int,
    lane: Lane,
    subjects: Mapping[str, TranslatedSubject],
    span: tuple[int, int],
) -> TranslatedLine:
    line = lane.lines[index]
    assert isinstance(line.head, SubjectHead)
    one = subjects[line.head.key]
    crossed = _crossed(one, lane, subjects, span)
    return TranslatedLine(
        table=kind,
        lane=lane_index,
        line=index,
        source=one.source,
        target=one.target,
        label=line.label,
        new_label=_label(line.label, one, span[0]),
        exactness=one.exactness,
        exact=one.exactness.exact and not crossed,
        standing=one.standing,
        why="; ".join((one.why, *crossed)),
    )


def _label(label: str, one: TranslatedSubject, year: int) -> str:
    """The label with the new name in place of the old one; as printed where the name stayed or none is known."""
    old = fold(_name(one.source, label, year))
    new = fold(one.name)
    if not new or old == new:
        return label
    return fold(label).replace(old, new) if old in fold(label) else new


def _crossed(
    one: TranslatedSubject, lane: Lane, subjects: Mapping[str, TranslatedSubject], span: tuple[int, int]
) -> tuple[str, ...]:
    """Say which money moved into or out of a subject that stayed; what a lane does not divide may hold some."""
    scheme = scheme_of(one.source)
    if scheme is None or not one.name:
        return ()
    printed = {line.head.key: line for line in lane.lines if isinstance(line.head, SubjectHead)}
    said: dict[str, str] = {}
    for code, there in movers(scheme, edition_year(scheme, span[0]), span[1]):
        was = is_below(code, one.source)
        now = [is_below(target, one.target) or target == one.target for target in there]
        if code == one.source or was == all(now) == any(now) or any(is_below(code, above) for above in said):
            continue
        divided = any(key_depth(key) == key_depth(code) and (is_below(key, one.source) or not was) for key in printed)
        if divided and not (code in printed and any(v for v in printed[code].values if isinstance(v, int))):
            continue
        verb = ("holds" if was else "lacks") if divided or code in subjects else f"may {'hold' if was else 'lack'}"
        said[code] = f"{verb} money of {code}, now {', '.join(there)}"
    return tuple(said.values())
