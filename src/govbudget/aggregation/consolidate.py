"""Units into their department: money that goes from one to the other taken out, and held against what is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from govbudget.aggregation.bodies import belongs, refuse_twice
from govbudget.aggregation.codes import rank
from govbudget.aggregation.rollup import rollup
from govbudget.aggregation.rows import Key
from govbudget.aggregation.transfers import Elimination, eliminated, transfers
from govbudget.consistency import Grade, Known, Verdict, grade_same
from govbudget.errors import GovBudgetError
from govbudget.model import Disclosure, Flow, Scope
from govbudget.text import fold


@attrs.frozen(kw_only=True)
class ConsolidatedRow:
    """One total of a department.

    Attributes:
        key: where it stands.
        label: the name of its subject.
        gross: the sum of the units.
        transfers: what of it units give one another, with the least and the most that it can be: rounding, and money
            of which nobody says whether it stays here, leave a range.
        net: the sum without them.
        published: what the department publishes, None where it publishes nothing there.
        complete: whether all units are at hand.
    """

    key: Key
    label: str
    gross: Known
    transfers: Known
    net: Known
    published: Known | None
    complete: bool

    @property
    def rest(self) -> int | None:
        """What is published beyond the units, in 分: the money of units that are missing, or a fault."""
        return None if self.published is None else self.published.value - self.net.value

    @property
    def grade(self) -> Grade:
        """How units and department fit; not tested where nothing is published or a unit is missing.

        With units missing there is one thing that can be tested: unless amounts are below zero, the department has no
        less than the units at hand.
        """
        if self.published is None:
            return Grade(Verdict.NOT_TESTED)
        if self.complete:
            return grade_same([self.published, self.net])
        if self.net.low > self.published.high and self.gross.low >= 0:
            return Grade(Verdict.VIOLATED, self.rest or 0, self.net.low - self.published.high)
        return Grade(Verdict.NOT_TESTED, self.rest or 0)


@attrs.frozen(kw_only=True)
class Consolidation:
    """Units added up to a department (or departments to a region).

    Attributes:
        by: the axes.
        units: the bodies that were added.
        missing: the units that the department names and that were not given, as it prints their names.
        listed: whether the department says which units it has; where it does not, nobody knows what is missing.
        eliminations: the transfers between the bodies.
        rows: the totals.
    """

    by: tuple[str, ...]
    units: tuple[str, ...]
    missing: tuple[str, ...]
    listed: bool
    eliminations: tuple[Elimination, ...]
    rows: tuple[ConsolidatedRow, ...]

    def row(self, *key: object) -> ConsolidatedRow:
        """Return the total at ``key``.

        Raises:
            KeyError: neither the units nor the department print anything there.
        """
        for row in self.rows:
            if row.key == key:
                return row
        raise KeyError(key)


def consolidate(
    units: Iterable[Disclosure],
    department: Disclosure | None = None,
    *,
    by: str | Sequence[str] = "functional",
    level: int | None = None,
    **where: Any,
) -> Consolidation:
    """Add the disclosures of units up to that of their department.

    Transfers between the units and their head (上级补助收入 and 对附属单位补助支出, 附属单位上缴收入 and 上缴上级支出)
    stand in two budgets; what is given by one and received by another is taken out of both sides. What is
    given without being received here goes to bodies outside, and stays.

    A region is departments without a document above them: give their disclosures as ``units``.

    Args:
        units: the disclosures of the units, that of the head itself (本级) among them.
        department: what the department publishes for all of them.
        by: the axes.
        level: only totals at this depth.
        where: where to stand, as for :func:`govbudget.rollup`; ``flow=Flow.REVENUE`` for revenue.

    Raises:
        GovBudgetError: no unit, units of several years or stages, a unit twice, a body that is none of the
            department's, or no figure there.
    """
    given = tuple(units)
    _check(given, department)
    axes = (by,) if isinstance(by, str) else tuple(by)
    gross = rollup(given, by=axes, level=level, **where)
    pairs = transfers(given)
    flow = where.get("flow", Flow.EXPENDITURE)
    taken = eliminated(given, pairs, axes, flow, where)
    published = {}
    if department is not None:
        published = {row.key: row for row in rollup(department, by=axes, level=level, take="published", **where)}
    missing = _missing(given, department)
    sums = {row.key: row for row in gross}
    keys = sorted(
        {*sums, *published},
        key=lambda key: [rank(axis, str(getattr(p, "value", p))) for axis, p in zip(axes, key, strict=True)],
    )
    rows = []
    for key in keys:
        own, above = sums.get(key), published.get(key)
        whole = Known(own.fen, own.low, own.high) if own is not None else Known(0, 0, 0)
        out = taken.get(key, Known(0, 0, 0))
        rows.append(
            ConsolidatedRow(
                key=key,
                label=(own or above).label,  # type: ignore[union-attr]  # one of the two is there
                gross=whole,
                transfers=out,
                net=Known(whole.value - out.value, whole.low - out.high, whole.high - out.low),
                published=Known(above.fen, above.low, above.high) if above is not None else None,
                complete=not missing,
            )
        )
    return Consolidation(
        by=axes,
        units=gross.organizations,
        missing=missing,
        listed=department is not None and bool(department.organization.members),
        eliminations=pairs,
        rows=tuple(rows),
    )


def _check(given: Sequence[Disclosure], department: Disclosure | None) -> None:
    if not given:
        raise GovBudgetError("there are no units to consolidate", hint="give the disclosures of the units")
    refuse_twice(given)
    when = {(d.year, d.stage) for d in (*given, *([department] if department else []))}
    if len(when) > 1:
        said = ", ".join(f"{year} {stage.value}" for year, stage in sorted(when, key=str))
        raise GovBudgetError(f"disclosures of {said} do not consolidate", hint="one year and stage at a time")
    if department is None:
        return
    if department.scope is not Scope.DEPARTMENT:
        raise GovBudgetError(f"{department.organization.name} publishes the budget of a unit, not of a department")
    for unit in given:
        if (unit.organization.parent or department.organization.members) and not belongs(unit, department):
            raise GovBudgetError(
                f"{unit.organization.name} is no unit of {department.organization.name}",
                hint="its parent and the list of members say otherwise; name it in the department's members",
            )


def _missing(given: Sequence[Disclosure], department: Disclosure | None) -> tuple[str, ...]:
    """The members whose own disclosure is not given; the head itself answers to its own name, 本级 or not."""
    if department is None:
        return ()
    head = fold(department.organization.name)
    names = {fold(d.organization.name) for d in given}
    return tuple(
        member.name
        for member in department.organization.members
        if fold(member.name) not in names and not (member.itself and head in names)
    )


def regional(
    departments: Mapping[str, Iterable[Disclosure]],
    published: Mapping[str, Disclosure] | None = None,
    *,
    by: str | Sequence[str] = "functional",
    level: int | None = None,
    **where: Any,
) -> tuple[dict[str, Consolidation], dict[Key, Known]]:
    """Add units up to departments and departments up to a region.

    A department counts by what it publishes, where it does, and else by its units without the transfers between
    them; departments get their money from the treasury, and nothing is taken out between them.

    Args:
        departments: for each department the disclosures of its units; may be empty where it publishes itself.
        published: for each department its own disclosure.
        by: the axes.
        level: only totals at this depth.
        where: where to stand.

    Returns:
        The consolidation of each department that has units, and the totals of the region.

    Raises:
        GovBudgetError: as :func:`consolidate`.
    """
    found: dict[str, Consolidation] = {}
    totals: dict[Key, Known] = {}
    for name, units in departments.items():
        given, own = tuple(units), (published or {}).get(name)
        if given:
            found[name] = consolidate(given, own, by=by, level=level, **where)
        if own is not None:
            parts = {row.key: Known(row.fen, row.low, row.high) for row in rollup(own, by=by, level=level, **where)}
        elif given:
            parts = {row.key: row.net for row in found[name].rows}
        else:
            raise GovBudgetError(f"nothing is at hand for {name}", hint="give its units or what it publishes")
        for key, known in parts.items():
            sum_ = totals.get(key, Known(0, 0, 0))
            totals[key] = Known(sum_.value + known.value, sum_.low + known.low, sum_.high + known.high)
    return found, totals
