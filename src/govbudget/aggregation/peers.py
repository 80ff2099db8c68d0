"""One body beside its peers, and amounts per head."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from govbudget.aggregation.rollup import rollup
from govbudget.aggregation.rows import Key, Rollup
from govbudget.errors import GovBudgetError
from govbudget.model import Disclosure


class Measure(enum.Enum):
    """What bodies are compared by."""

    AMOUNT = "amount"
    """The amount, in 分."""
    SHARE = "share"
    """Its part of the total of the body."""
    PER_HEAD = "per_head"
    """The amount for each person, in 分."""


@attrs.frozen(kw_only=True)
class PeerRow:
    """One total of a body, and where it stands among its peers.

    Attributes:
        key: where it stands.
        label: the name of its subject.
        value: the measure, exact.
        rank: its place among all bodies, 1 for the largest; equal ones share a place.
        peers: the measures of the other bodies, by name, those that print nothing there left out.
    """

    key: Key
    label: str
    value: Fraction
    rank: int
    peers: Mapping[str, Fraction]

    @property
    def median(self) -> Fraction | None:
        """The measure in the middle of the peers, exact; None where no peer prints any."""
        ordered = sorted(self.peers.values())
        if not ordered:
            return None
        middle = len(ordered) // 2
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def peers(
    unit: Disclosure,
    others: Iterable[Disclosure],
    *,
    by: str | Sequence[str] = "functional",
    level: int | None = None,
    measure: Measure = Measure.AMOUNT,
    heads: Mapping[str, int] | None = None,
    **where: Any,
) -> tuple[PeerRow, ...]:
    """Say where each total of a body stands among its peers.

    Args:
        unit: the body.
        others: its peers, of the same year and stage.
        by: the axes.
        level: only totals at this depth.
        measure: what to compare; shares are robust against the size of a body.
        heads: for ``Measure.PER_HEAD`` the number of persons of each body, by its name: disclosures of budgets
            print none.
        where: where to stand.

    Raises:
        GovBudgetError: a body of another year or stage, a body without a head count, or no figure there.
    """
    rest = list(others)
    for other in rest:
        if (other.year, other.stage) != (unit.year, unit.stage):
            raise GovBudgetError(
                f"{other.organization.name} {other.year} {other.stage.value} is no peer of {unit.year} "
                f"{unit.stage.value}",
                hint="compare() sets years and stages side by side",
            )
    measured = [(d.organization.name, _measured(d, by, measure, heads, where)) for d in (unit, *rest)]
    own = measured[0][1]
    found = []
    for row in rollup(unit, by=by, level=level, **where):
        key = row.key
        if key not in own:
            continue
        beside = {name: values[key] for name, values in measured[1:] if key in values}
        found.append(
            PeerRow(
                key=key,
                label=row.label,
                value=own[key],
                rank=1 + sum(value > own[key] for value in beside.values()),
                peers=beside,
            )
        )
    return tuple(found)


def _measured(
    disclosure: Disclosure,
    by: str | Sequence[str],
    measure: Measure,
    heads: Mapping[str, int] | None,
    where: Mapping[str, Any],
) -> dict[Key, Fraction]:
    found = rollup(disclosure, by=by, **where)
    if measure is Measure.AMOUNT:
        return {row.key: Fraction(row.fen) for row in found}
    if measure is Measure.PER_HEAD:
        return per_head(found, (heads or {}).get(disclosure.organization.name, 0))
    total = found.rows[0].fen
    if not total:
        return {}
    return {row.key: Fraction(row.fen, total) for row in found}


def per_head(found: Rollup, heads: int) -> dict[Key, Fraction]:
    """Return each total divided by a number of persons, in 分, exact.

    Raises:
        GovBudgetError: no person is counted.
    """
    if type(heads) is not int or heads <= 0:
        raise GovBudgetError(
            f"{', '.join(found.organizations)}: a head count is needed, not {heads!r}", hint="heads={'某中心': 42}"
        )
    return {row.key: Fraction(row.fen, heads) for row in found}
