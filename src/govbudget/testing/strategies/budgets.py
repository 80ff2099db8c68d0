"""Strategies for whole disclosures that hold together, with exact amounts underneath.

What is drawn first is the exact money, leaf by leaf, in lists that shrink; the tables and sentences follow from it. A
test that fails for a budget of thirty leaves is shown with the one or two that matter.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
from hypothesis import strategies as st

from govbudget.classification import Scheme, Subject, edition_year, tree
from govbudget.layouts import Layout, layout, table_layout_ids
from govbudget.model import Disclosure, Organization, Scope
from govbudget.money import MoneyUnit
from govbudget.testing import budgets, made
from govbudget.testing.budgets import Rounding, Shape
from govbudget.testing.choices import Drawn
from govbudget.testing.money import Leaf

_UNITS = (
    (MoneyUnit.WAN_YUAN, 2),
    (MoneyUnit.YUAN, 2),
    (MoneyUnit.WAN_YUAN, 4),
    (MoneyUnit.YUAN, 0),
    (MoneyUnit.WAN_YUAN, 6),
)


@st.composite
def subjects(
    draw: st.DrawFn, scheme: Scheme = Scheme.FUNCTIONAL, year: int = 2024, *, level: int | None = None
) -> Subject:
    """Subjects (科目) of the edition in force in a year.

    Args:
        draw: given by Hypothesis.
        scheme: the classification.
        year: a year; the edition is the one in force.
        level: 1 for 类, 2 for 款, 3 for 项; any by default.
    """
    edition = tree(scheme, edition_year(scheme, year))
    levels = [level] if level else sorted({subject.level for subject in edition})
    codes = [code for each in levels for code in budgets.codes(scheme, year, each)]
    return edition[draw(st.sampled_from(codes))]


@st.composite
def leaves(draw: st.DrawFn, shape: Shape | None = None) -> Leaf:
    """Leaves of exact money that every table of a layout has room for."""
    shape = shape or Shape(form=layout("hangzhou-unit-budget"))
    codes = budgets.codes(Scheme.FUNCTIONAL, shape.year, 3)
    return budgets.leaf(Drawn(draw), shape, codes)


@st.composite
def bodies(draw: st.DrawFn, form: Layout | None = None) -> Organization:
    """Bodies that publish: units, or departments with their units, as the layout is for."""
    return budgets.body(Drawn(draw), Shape(form=form or layout("hangzhou-unit-budget"), narrative=True, members=3))


@st.composite
def shapes(
    draw: st.DrawFn,
    *,
    form: Layout | str | None = None,
    rounding: Rounding | None = None,
    narrative: bool | None = None,
    declared: bool = True,
    most: int = 12,
) -> Shape:
    """Shapes of disclosures: any layout, unit, digits, and way of rounding that is not asked for.

    ``most`` is the most leaves of money: a dozen makes a small unit, a hundred and more a large department.
    """
    if form is None:
        form = draw(st.sampled_from(table_layout_ids()))  # else there is nothing to publish
    form = layout(form) if isinstance(form, str) else form
    unit, places = draw(st.sampled_from(_UNITS))
    narrative = draw(st.booleans()) if narrative is None else narrative
    rounding = draw(st.sampled_from(Rounding)) if rounding is None else rounding
    if rounding is Rounding.TRUNCATION and not declared:
        unit, places = MoneyUnit.WAN_YUAN, 2  # tables and sentences cut off at one digit, or no rate fits both
    return Shape(
        form=form,
        year=made.usual_year(form),
        unit=unit,
        places=places,
        rounding=rounding,
        declared=declared,
        narrative=narrative,
        members=draw(st.integers(1, 4)) if form.scope is Scope.DEPARTMENT else 0,
        most=most,
    )


@st.composite
def consistent_disclosures(
    draw: st.DrawFn,
    *,
    max_leaves: int = 12,
    year: int | None = None,
    unit: MoneyUnit | None = None,
    form: Layout | None = None,
    rounding: Rounding = Rounding.HALF_UP,
    narrative: bool = False,
    shape: Shape | None = None,
) -> Disclosure:
    """Disclosures built from exact leaves and published with every figure rounded by itself.

    They hold together as far as rounding goes: an audit of one finds no violation.

    Args:
        draw: given by Hypothesis.
        max_leaves: the most leaves of money.
        year: the budget year, by default one in which the layout was used.
        unit: the unit of the tables; any by default.
        form: the layout, by default that of the Hangzhou unit budget.
        rounding: how figures are rounded.
        narrative: whether there are sentences, with the claims that they make.
        shape: all of that and more at once, as :func:`shapes` draws it; the other arguments are not looked at then.
    """
    if shape is None:
        form = form or layout("hangzhou-unit-budget")
        chosen, places = draw(st.sampled_from([pair for pair in _UNITS if unit in (None, pair[0])]))
        shape = Shape(
            form=form,
            year=year or made.usual_year(form),
            unit=chosen,
            places=places,
            rounding=rounding,
            narrative=narrative,
            members=2 if form.scope is Scope.DEPARTMENT else 0,
            most=max_leaves,
        )
    return budgets.budget(Drawn(draw), shape, _many(draw, shape))


def _many(draw: st.DrawFn, shape: Shape) -> Callable[[Callable[[], Leaf]], list[Leaf]]:
    """Lists of leaves as Hypothesis draws lists, so that a failing one loses all leaves that do not matter."""

    def many(one: Callable[[], Leaf]) -> list[Leaf]:
        return draw(st.lists(st.builds(one), min_size=shape.fewest, max_size=shape.most))

    return many


# -- several disclosures that belong together -------------------------------------------------------------------------


@st.composite
def series(draw: st.DrawFn, *, years: int = 3, shape: Shape | None = None) -> tuple[Disclosure, ...]:
    """Disclosures of one body for several years behind each other, the first year first.

    What a later one says of the year before is what the one before it published, and it opens with what that closed.
    """
    shape = shape or Shape(form=layout("hangzhou-unit-budget"), year=2023, narrative=True, most=6)
    return made.several(Drawn(draw), shape, years, _many(draw, shape))


@attrs.frozen(kw_only=True)
class DepartmentWithUnits:
    """A department's disclosure and those of its units.

    Attributes:
        department: the department's, which holds the money of all units.
        units: those of its units, in the order in which it names them.
    """

    department: Disclosure
    units: tuple[Disclosure, ...]


@st.composite
def departments(
    draw: st.DrawFn,
    *,
    form: Layout | str = "shanghai-department-budget",
    unit_form: Layout | str = "shanghai-unit-budget",
    members: int = 3,
    max_leaves: int = 12,
    narrative: bool = False,
    rounding: Rounding = Rounding.HALF_UP,
) -> DepartmentWithUnits:
    """Departments with their units: every leaf of a unit's money is in the department's too.

    Where rounding is controlled, the sums come out over all of them.
    """
    form, unit_form = (layout(f) if isinstance(f, str) else f for f in (form, unit_form))
    shape = Shape(form=form, narrative=narrative, members=members, most=max_leaves, fewest=1, rounding=rounding)
    whole, parts = made.department(Drawn(draw), shape, unit_form, _many(draw, shape))
    return DepartmentWithUnits(department=whole, units=parts)


__all__ = [
    "DepartmentWithUnits",
    "bodies",
    "consistent_disclosures",
    "departments",
    "leaves",
    "series",
    "shapes",
    "subjects",
]
