"""Roll facts up along one or more axes, of one disclosure or many.

A published subtotal is never added to its own parts. The leaves are the figures that no others account for, so a
subject that a table does not divide further still counts, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import attrs

from govbudget.aggregation.bodies import body_path, refuse_twice
from govbudget.aggregation.codes import PLACE_OF, line_up, node_of, rank
from govbudget.aggregation.cover import Cover
from govbudget.aggregation.figures import Posted, book
from govbudget.aggregation.names import label_of, names_of
from govbudget.aggregation.rows import Leaf, Point, Rollup, RollupRow
from govbudget.aggregation.stand import BODY, axes_of, elsewhere, is_divided, stand_of, view_of
from govbudget.consistency import Known
from govbudget.errors import GovBudgetError
from govbudget.model import AXES, Disclosure, Flow, Stage

Take = Literal["leaves", "published"]


def rollup(
    disclosures: Disclosure | Iterable[Disclosure],
    *,
    by: str | Sequence[str] = "functional",
    level: int | None = None,
    take: Take = "leaves",
    **where: Any,
) -> Rollup:
    """Total the figures of one or more disclosures along ``by``.

    Args:
        disclosures: the disclosures. Bodies are added; a department beside one of its units, or two documents of one
            body, are refused, for they would count twice: :func:`govbudget.aggregation.consolidate` is for those.
        by: an axis or several: "functional", "economic", "fund", "use", "item", "period", "entity", "project",
            "purchase", "organization"; "year", "stage" and "flow" tell totals apart and are never added up. One
            disclosure alone shows every year and stage that it prints, several show their own.
        level: only totals at this depth of every tree (functional: 1 类, 2 款, 3 项; 0 is the grand total).
        take: "leaves" adds the most detailed figures; "published" takes a figure that is printed for a total as it is.
        where: where to stand on the other axes: ``flow=Flow.REVENUE``, ``fund=Fund.GENERAL``, ``use=Use.BASIC`` …
            By default expenditure of the current year, all funds, all uses; year and stage of each disclosure.

    Returns:
        The totals, as Money on demand, each with the bounds that printing allows, the figures it was added from, and
        the figure that is published for it.

    Raises:
        GovBudgetError: there is no such axis, no figure at ``where`` (the hint says where there are some), figures
            that would count twice, or figures of several years or stages that are not told apart.

    >>> from govbudget.model import Organization, Scope, Stage
    >>> empty = Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    >>> rollup(empty)
    Traceback (most recent call last):
    govbudget.errors.GovBudgetError: no figure stands there — the disclosure has no figures
    """
    axes = axes_of(by, where)
    given = (disclosures,) if isinstance(disclosures, Disclosure) else tuple(disclosures)
    _refuse_mixture(given, axes, where)
    refuse_twice(given)
    totals: dict[tuple[str, ...], _Sum] = {}
    for disclosure in given:
        for key, cover in _covers(disclosure, axes, where, alone=len(given) == 1, published=take == "published"):
            totals.setdefault(key, _Sum()).add(cover)
    if not totals:
        raise GovBudgetError("no figure stands there", hint=elsewhere(map(book, given), axes))
    return _result(axes, totals, names_of(given), level, tuple(dict.fromkeys(d.organization.name for d in given)))


@attrs.frozen
class _Covered:
    """What one disclosure says of one total."""

    organization: str
    leaves: tuple[Posted, ...]
    printed: Posted | None


@attrs.define
class _Sum:
    fen: int = 0
    low: int = 0
    high: int = 0
    leaves: list[Leaf] = attrs.field(factory=list)
    printed: Known | None = attrs.field(factory=lambda: Known(0, 0, 0))

    def add(self, more: _Covered) -> None:
        for leaf in more.leaves:
            self.fen += leaf.fen
            self.low += leaf.low
            self.high += leaf.high
            self.leaves.append(Leaf(organization=more.organization, fact=leaf.fact, witness=leaf.witness))
        if self.printed is not None:
            known, own = self.printed, more.printed
            self.printed = (
                None if own is None else Known(known.value + own.fen, known.low + own.low, known.high + own.high)
            )


def _covers(
    disclosure: Disclosure, axes: Sequence[str], where: dict[str, Any], *, alone: bool, published: bool
) -> Iterator[tuple[tuple[str, ...], _Covered]]:
    """Each total that a disclosure knows, in words, with what covers it; bodies are climbed here too."""
    found = book(disclosure)
    trees = [axis for axis in axes if axis in AXES]
    labels = [axis for axis in axes if axis not in AXES and axis != BODY and (axis == "flow" or alone)]
    stand = stand_of(disclosure, where)
    paths = [body_path(disclosure), *line_up(BODY, body_path(disclosure))] if BODY in axes else [""]
    for label, keys in view_of(found, stand, trees, labels).items():
        if trees and not any(is_divided(key, trees) for key in keys):
            continue
        at = [PLACE_OF[axis] for axis in trees]
        view = {tuple([key[index] for index in at]): found.posted[key] for key in keys}
        parts = {
            axis: {
                tuple([key[i] for i in at]): [tuple([part[i] for i in at]) for part in found.parts[axis][key]]
                for key in keys
                if key in found.parts[axis]
            }
            for axis in trees
        }
        cover = Cover(trees, view, parts, published=published)
        said = {"year": stand[0], "stage": stand[1], **dict(zip(labels, label, strict=True))}
        for place in cover.keys:
            leaves = tuple(view[key] for key in cover.of(place))
            if not leaves:
                continue
            covered = _Covered(disclosure.organization.name, leaves, view.get(place))
            words = said | dict(zip(trees, place, strict=True))
            for path in paths:
                yield tuple(path if axis == BODY else words[axis] for axis in axes), covered


def _refuse_mixture(given: Sequence[Disclosure], axes: Sequence[str], where: dict[str, Any]) -> None:
    """Figures of different years, or of a budget and an outcome, do not add up."""
    years = {d.year for d in given}
    if len(years) > 1 and "year" not in axes and "year" not in where:
        said = " and ".join(map(str, sorted(years)))
        raise GovBudgetError(f"figures of {said} do not add up", hint="tell them apart with by='year', or compare()")
    stages = {d.stage.value for d in given}
    if len(stages) > 1 and "stage" not in axes and "stage" not in where:
        said = " and ".join(sorted(stages))
        raise GovBudgetError(f"figures of {said} do not add up", hint="tell them apart with by='stage', or compare()")


def _result(
    axes: tuple[str, ...],
    totals: dict[tuple[str, ...], _Sum],
    names: dict[str, str],
    level: int | None,
    organizations: tuple[str, ...],
) -> Rollup:
    trees = [index for index, axis in enumerate(axes) if axis in AXES or axis == BODY]
    chosen = [key for key in totals if level is None or all(len(line_up(axes[i], key[i])) == level for i in trees)]
    chosen.sort(key=lambda key: [rank(axis, code) for axis, code in zip(axes, key, strict=True)])
    rows = tuple(
        RollupRow(
            key=tuple(_point(axis, code) for axis, code in zip(axes, key, strict=True)),
            label=" ".join(filter(None, (label_of(axis, code, names) for axis, code in zip(axes, key, strict=True)))),
            fen=totals[key].fen,
            low=totals[key].low,
            high=totals[key].high,
            leaves=tuple(totals[key].leaves),
            printed=totals[key].printed,
        )
        for key in chosen
    )
    return Rollup(by=axes, rows=rows, organizations=organizations)


def _point(axis: str, code: str) -> Point:
    if axis == "year":
        return int(code) if code else 0
    if axis == "stage":
        return Stage(code) if code else ""
    if axis == "flow":
        return Flow(code) if code else ""
    return node_of(axis, code)
