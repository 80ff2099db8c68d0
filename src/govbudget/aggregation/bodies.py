"""Whose money it is: bodies, the departments they belong to, and documents that would count money twice."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.errors import GovBudgetError
from govbudget.model import Disclosure, Scope
from govbudget.text import fold


def body_path(disclosure: Disclosure) -> str:
    """Return the body as a path: its department, where it says so, and its name.

    A stroke inside a name is widened, for it sets the steps of a path apart.

    >>> from govbudget.model import Organization, Stage
    >>> body_path(Disclosure(organization=Organization(name="某院", parent="某局"), year=2024, stage=Stage.BUDGET,
    ...                      scope=Scope.UNIT))
    '某局/某院'
    """
    body = disclosure.organization
    name, above = safe(body.name), safe(body.parent or "")
    return f"{above}/{name}" if above and above != name else name


def safe(name: str) -> str:
    """Return a name as a step of a path."""
    return name.replace("/", "／").replace("~", "～")


def belongs(unit: Disclosure, department: Disclosure) -> bool:
    """Tell whether a disclosure is that of a unit of the department whose disclosure the other one is."""
    if department.scope is not Scope.DEPARTMENT or unit is department:
        return False
    head, body = department.organization, unit.organization
    if unit.scope is Scope.DEPARTMENT and fold(body.name) == fold(head.name):
        return False
    named = {fold(member.name) for member in head.members}
    same = fold(body.name) == fold(head.name) and unit.scope is Scope.UNIT
    return same or fold(body.parent or "") == fold(head.name) or fold(body.name) in named


def refuse_twice(given: Sequence[Disclosure]) -> None:
    """Refuse disclosures whose money would count twice.

    Raises:
        GovBudgetError: two are of one body, year and stage, or one is of a unit of another's department.
    """
    seen: dict[tuple[object, ...], Disclosure] = {}
    for disclosure in given:
        key = (fold(disclosure.organization.name), disclosure.year, disclosure.stage, disclosure.scope)
        other = seen.setdefault(key, disclosure)
        if other is not disclosure:
            who = f"{disclosure.organization.name} {disclosure.year}"
            docs = " and ".join(d.source or "a disclosure made by hand" for d in (other, disclosure))
            raise GovBudgetError(f"{who} would count twice: {docs}", hint="keep one of them, or compare() them")
    heads = [d for d in given if d.scope is Scope.DEPARTMENT]
    for head in heads:
        for unit in given:
            if (unit.year, unit.stage) == (head.year, head.stage) and belongs(unit, head):
                raise GovBudgetError(
                    f"{unit.organization.name} would count twice: the budget of {head.organization.name} holds it",
                    hint="consolidate() holds units and department against each other; or leave one of them out",
                )
