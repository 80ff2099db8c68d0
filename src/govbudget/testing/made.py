"""Disclosures that belong together, and single ones from a seed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from govbudget.classification import Scheme, years
from govbudget.layouts import Layout, layout
from govbudget.model import Disclosure, Period, Scope, Use
from govbudget.money import MoneyUnit
from govbudget.testing.budgets import (
    PROJECTS,
    Many,
    Rounding,
    Shape,
    body,
    budget,
    changed,
    codes,
    disclose,
    economic,
    entities,
    money,
    pool,
    some_leaves,
)
from govbudget.testing.choices import Choices, Seeded
from govbudget.testing.money import Leaf
from govbudget.testing.narrative.compose import organization
from govbudget.testing.press import controlled
from govbudget.testing.printable import is_printable, kinds


def several(choices: Choices, shape: Shape, count: int, many: Many | None = None) -> tuple[Disclosure, ...]:
    """Choose a body and its money for several years, of which each begins with what the year before had.

    What one year carries on, the next one opens with and spends.
    """
    of = body(choices, shape)
    known = [codes(Scheme.FUNCTIONAL, year, 3) for year in range(shape.year, shape.year + count)]
    lasting = [code for code in pool(choices, shape) if all(code in each for each in known)] or ["2012950"]
    owners = entities(shape, of)
    leaves = settled(shape, some_leaves(choices, shape, many, lasting, owners))
    found: list[Disclosure] = []
    before: tuple[Leaf, ...] = ()
    for year in range(shape.year, shape.year + count):
        this = attrs.evolve(shape, year=year)
        made = attrs.evolve(money(choices, this, leaves, lasting, owners), before=before)
        found.append(disclose(choices, this, of, made))
        before = tuple(leaves)
        new = [one for one in changed(choices, this, leaves, lasting, owners) if one.came is not Period.CARRIED]
        new += [opened(choices, this, one) for one in leaves if one.goes is Period.CARRIED]
        leaves = settled(shape, new) or leaves
    return tuple(found)


def settled(shape: Shape, leaves: Sequence[Leaf]) -> list[Leaf]:
    """Return money as it is published: where all sums are to come out, in other documents too, in whole steps."""
    if shape.rounding is not Rounding.CONTROLLED:
        return list(leaves)
    return [one for one in controlled(leaves, shape.step) if one.fen]


def opened(choices: Choices, shape: Shape, carried: Leaf) -> Leaf:
    """Return what becomes of money that the year before carried on: it is spent, or where no table has that, kept."""
    own = [kind for kind in kinds(shape.form) if (kind.fund, kind.came) == (carried.fund, Period.CARRIED)]
    kind = choices.pick([kind for kind in own if kind.use is Use.PROJECT] or own)
    basic = kind.use in (Use.PERSONNEL, Use.RUNNING)
    return attrs.evolve(
        carried,
        came=Period.CARRIED,
        goes=kind.goes,
        use=kind.use,
        economic=choices.pick(economic(shape.year, kind.use)) if basic else "",
        project=choices.pick(PROJECTS) if kind.use is Use.PROJECT else "",
    )


def department(
    choices: Choices, shape: Shape, unit_form: Layout, many: Many | None = None
) -> tuple[Disclosure, tuple[Disclosure, ...]]:
    """Choose a department and its units: the department's money is that of all its units together."""
    of = body(choices, shape)
    subjects, owners = pool(choices, shape), entities(shape, of)
    leaves = some_leaves(choices, shape, many, subjects, owners)
    leaves = [one for one in leaves if is_printable(one, unit_form)] or [
        Leaf(functional=subjects[0], use=Use.PROJECT, project=PROJECTS[0], entity=owners[0], fen=shape.step)
    ]
    leaves = settled(shape, leaves)
    whole = disclose(choices, shape, of, money(choices, shape, leaves, subjects, owners))
    units = []
    for owner in owners:
        own = [attrs.evolve(one, entity="") for one in leaves if one.entity == owner]
        if own:
            this = attrs.evolve(shape, form=unit_form, members=0)
            units.append(disclose(choices, this, organization(owner), money(choices, this, own, subjects)))
    return whole, tuple(units)


def make(
    form: Layout | str = "hangzhou-unit-budget",
    *,
    seed: int | str = 0,
    narrative: bool = False,
    unit: MoneyUnit = MoneyUnit.WAN_YUAN,
    places: int = 2,
    rounding: Rounding = Rounding.HALF_UP,
    leaves: int = 8,
    year: int | None = None,
) -> Disclosure:
    """Make a disclosure that holds together, from a seed and without Hypothesis.

    Args:
        form: its layout, or the id of one.
        seed: the same seed makes the same disclosure.
        narrative: whether it has sentences.
        unit: the unit its tables count in.
        places: the decimals they print.
        rounding: how figures are rounded.
        leaves: of how many leaves of exact money it is made.
        year: its year, by default one in which the layout was used.

    >>> made = make(seed=1)
    >>> len(made.tables), made == make(seed=1)
    (11, True)
    """
    form = layout(form) if isinstance(form, str) else form
    shape = Shape(
        form=form,
        year=year or usual_year(form),
        unit=unit,
        places=places,
        rounding=rounding,
        narrative=narrative,
        members=3 if form.scope is Scope.DEPARTMENT else 0,
        fewest=leaves,
        most=leaves,
    )
    return budget(Seeded(seed), shape)


def usual_year(form: Layout) -> int:
    """Return a year in which a layout was used."""
    seen = [int(year) for text in form.seen for year in re.findall(r"20\d\d", text)]
    known = [year for year in seen if year in years(Scheme.FUNCTIONAL)]
    return max(known, default=2024)
