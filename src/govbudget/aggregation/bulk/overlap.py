"""What in a long table would count twice: refused between documents, sorted out within each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import attrs

from govbudget.aggregation.bulk.source import Conditions, Is, Source, fen
from govbudget.aggregation.codes import LABELS, depth, line_up
from govbudget.aggregation.cover import Cover, Where
from govbudget.aggregation.divisions import Sketch, families
from govbudget.errors import GovBudgetError
from govbudget.model import AXES
from govbudget.text import fold

_HEAD = ("document", "organization", "department", "scope", "disclosure_year", "disclosure_stage")


def refuse_twice(source: Source, by: Sequence[str], chosen: Conditions, where: Mapping[str, Any]) -> None:
    """Refuse to add up documents that overlap.

    Raises:
        GovBudgetError: two documents of one body, a unit beside its department, several years or stages not told apart.
    """
    heads = source.distinct(_HEAD, chosen)
    seen: dict[tuple[Any, ...], str] = {}
    for document, body, _, scope, year, stage in heads:
        key = (fold(body), scope, year, stage)
        if seen.setdefault(key, document) != document:
            raise GovBudgetError(
                f"{body} {year} would count twice: {seen[key]} and {document}", hint="keep one of the documents"
            )
    departments = {(fold(head[1]), *head[4:]) for head in heads if head[3] == "department"}
    for _, body, above, scope, year, stage in heads:
        if scope == "unit" and {(fold(above), year, stage), (fold(body), year, stage)} & departments:
            raise GovBudgetError(
                f"{body} would count twice: the budget of {above or body} holds it", hint="leave one of them out"
            )
    for label, at in (("year", 4), ("stage", 5)):
        found = sorted({str(head[at]) for head in heads})
        if len(found) > 1 and label not in by and label not in where:
            raise GovBudgetError(
                f"figures of {' and '.join(found)} do not add up", hint=f"tell them apart with by='{label}'"
            )


def is_alone(source: Source) -> bool:
    """Tell whether a long table holds one disclosure only."""
    return len(source.distinct(_HEAD, (Is("is_primary"),))) == 1


@attrs.frozen
class Figures:
    """The figures of one document at one place: where they stand on the axes, which are leaves, which are sums."""

    document: str
    apart: tuple[str, ...]
    leaves: Mapping[Where, tuple[bool, ...]]
    sums: Mapping[Where, tuple[bool, ...]]


def irregular(source: Source, by: Sequence[str], chosen: Conditions) -> tuple[str, ...]:
    """Return the documents whose leaves cannot simply be added along several axes at once.

    Those whose tables divide one total along one axis and another along a second (类 by fund, 项 not), and those that
    print something of a figure without all of it (其中).
    """
    trees = [axis for axis in by if axis in AXES]
    if not trees:
        return ()
    found = []
    for figures in _figures(source, by, trees, chosen):
        leaves = [place for place, flags in figures.leaves.items() if all(flags)]
        some = any(
            not (leaf or is_sum)
            for place, flags in figures.leaves.items()
            for leaf, is_sum in zip(flags, figures.sums[place], strict=True)
        )
        if some or (len(trees) > 1 and _overlap(trees, leaves)):
            found.append(figures.document)
    return tuple(dict.fromkeys(found))


def _figures(source: Source, by: Sequence[str], trees: Sequence[str], chosen: Conditions) -> Iterator[Figures]:
    labels = [name for name in by if name not in AXES]
    names = (*_HEAD, *labels, *trees, *(f"leaf_{axis}" for axis in trees), *(f"sum_{axis}" for axis in trees))
    cut, width = len(_HEAD) + len(labels), len(trees)
    groups: dict[tuple[Any, ...], Figures] = {}
    for row in source.distinct(names, chosen):
        apart = tuple(map(str, row[len(_HEAD) : cut]))
        figures = groups.setdefault(row[:cut], Figures(row[0], apart, {}, {}))
        place = row[cut : cut + width]
        figures.leaves[place] = row[cut + width : cut + 2 * width]  # type: ignore[index]
        figures.sums[place] = row[cut + 2 * width :]  # type: ignore[index]
    yield from groups.values()


def _overlap(axes: Sequence[str], places: Sequence[Where]) -> bool:
    """Two figures overlap where on each axis one of them stands at or above the other."""
    grains: dict[tuple[int, ...], list[Where]] = {}
    for place in places:
        grains.setdefault(tuple(depth(axis, code) for axis, code in zip(axes, place, strict=True)), []).append(place)
    for first, other in combinations(grains, 2):
        level = tuple(map(min, first, other))
        seen = {_cut(axes, place, level) for place in grains[first]}
        if any(_cut(axes, place, level) in seen for place in grains[other]):
            return True
    return False


def _cut(axes: Sequence[str], place: Where, level: tuple[int, ...]) -> Where:
    """A place at the coarser of two depths on each axis."""
    cut = []
    for axis, code, keep in zip(axes, place, level, strict=True):
        chain = (code, *line_up(axis, code))
        cut.append(chain[len(chain) - 1 - keep])
    return tuple(cut)


def covered(
    source: Source, by: Sequence[str], amount: str, chosen: Conditions, documents: tuple[str, ...]
) -> Iterator[tuple[Where, int]]:
    """Yield every total of the documents that are irregular, covered as :func:`govbudget.rollup` covers it."""
    chosen = (*chosen, Is("document", among=documents))
    trees = [axis for axis in by if axis in AXES]
    labels = [name for name in by if name not in AXES]
    names = (*_HEAD, *labels, *trees, *(f"sum_{axis}" for axis in trees), amount, "low", "high")
    cut, width = len(_HEAD) + len(labels), len(trees)
    groups: dict[tuple[Any, ...], tuple[dict[Where, Sketch], dict[Where, tuple[bool, ...]]]] = {}
    for row in source.distinct(names, chosen):
        view, sums = groups.setdefault(row[:cut], ({}, {}))
        place = row[cut : cut + width]
        view[place] = Sketch(*map(fen, row[-3:]))
        sums[place] = row[cut + width : -3]
    for head, (view, sums) in groups.items():
        parts = {axis: _parts(axis, index, view, sums) for index, axis in enumerate(trees)}
        cover = Cover(trees, view, parts)
        said = dict(zip(labels, map(str, head[len(_HEAD) :]), strict=True))
        for place in cover.keys:
            leaves = cover.of(place)
            if leaves:
                words = {**said, **dict(zip(trees, place, strict=True))}
                total = sum(view[leaf].fen for leaf in leaves)
                for body in _bodies(words):
                    yield tuple({**words, **body}[name] for name in by), total


def _bodies(words: Mapping[str, str]) -> Iterable[Mapping[str, str]]:
    """What is no label of the figures adds up to all of it."""
    free = [name for name in words if name not in AXES and name not in LABELS]
    found: list[dict[str, str]] = [{}]
    for name in free:
        found = [{**one, name: code} for one in found for code in dict.fromkeys((words[name], ""))]
    return found


def _parts(
    axis: str, index: int, view: Mapping[Where, Sketch], sums: Mapping[Where, tuple[bool, ...]]
) -> dict[Where, tuple[Where, ...]]:
    groups: dict[Where, dict[str, Where]] = {}
    for place in view:
        groups.setdefault(place[:index] + place[index + 1 :], {})[place[index]] = place
    return {
        whole: parts
        for nodes in groups.values()
        for whole, parts in families(axis, nodes).items()
        if sums[whole][index]
    }
