"""Totals of disclosures in the subjects of another edition: each leaf goes where its subject went, then all is added.

Printed subtotals are of no use there: a 款 keeps its figure when one of its 项 moves elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import attrs

from govbudget.aggregation.codes import line_up, node_of, rank, root_of, word
from govbudget.aggregation.names import label_of, names_of
from govbudget.aggregation.rows import Key, Leaf, Point, Rollup, RollupRow
from govbudget.aggregation.translation import Translation
from govbudget.model import AXES, Disclosure, along

_SUBJECTS = {"functional", "economic"}


@attrs.define
class _Sum:
    fen: int = 0
    low: int = 0
    high: int = 0
    leaves: list[Leaf] = attrs.field(factory=list)

    def add(self, leaf: Leaf) -> None:
        low, high = leaf.amount.bounds
        self.fen += leaf.amount.fen
        self.low += low
        self.high += high
        self.leaves.append(leaf)


def restated(
    found: Rollup, given: Sequence[Disclosure], translations: Sequence[Translation], level: int | None = None
) -> Rollup:
    """Return a roll-up of ``given``, at all its levels, in the subjects that the translations lead to.

    Only what makes up the whole is carried over, so that nothing counts twice.
    """
    targets = {d.organization.name: _targets(t) for d, t in zip(given, translations, strict=True)}
    names = names_of(given) | {s.target: s.name for t in translations for s in t.subjects if s.name}
    axes = found.by
    sums: dict[Key, _Sum] = {}
    for row in found:
        if any(axis in AXES and word(point) != root_of(axis) for axis, point in _pairs(axes, row.key)):  # type: ignore[arg-type]
            continue
        for leaf in row.leaves:
            ways: list[list[Point]] = []
            for axis, point in _pairs(axes, row.key):
                if axis not in AXES:
                    ways.append([point])
                    continue
                code = word(along(leaf.fact.at, axis))
                code = targets[leaf.organization].get(code, code) if axis in _SUBJECTS else code
                ways.append([node_of(axis, step) for step in (code, *line_up(axis, code))])
            for place in product(*ways):
                sums.setdefault(place, _Sum()).add(leaf)
    keys = sorted(sums, key=lambda key: [rank(axis, _code(point)) for axis, point in _pairs(axes, key)])
    rows = (
        RollupRow(
            key=key,
            label=" ".join(filter(None, (label_of(axis, _code(point), names) for axis, point in _pairs(axes, key)))),
            fen=sums[key].fen,
            low=sums[key].low,
            high=sums[key].high,
            leaves=tuple(sums[key].leaves),
        )
        for key in keys
        if level is None or all(len(line_up(a, _code(p))) == level for a, p in _pairs(axes, key) if a in AXES)
    )
    return Rollup(by=axes, rows=tuple(rows), organizations=found.organizations)


def _targets(translation: Translation) -> Mapping[str, str]:
    return {subject.source: subject.target for subject in translation.subjects}


def _pairs(axes: Sequence[str], key: Key) -> list[tuple[str, Point]]:
    return list(zip(axes, key, strict=True))


def _code(point: object) -> str:
    return str(getattr(point, "value", point))
