"""Several disclosures at once, and who belongs to whom: years of one body, accounts of a budget, units of a department.

Bodies are told apart by their names, folded: width, blanks, and what stands in brackets behind a name do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from govbudget.invariants.context import Context
from govbudget.model import Disclosure, Scope, Stage
from govbudget.text import fold


@attrs.frozen
class Many:
    """The contexts of several disclosures, in the order given."""

    contexts: tuple[Context, ...]


def body_name(name: str) -> str:
    """Return a name by which a body is known again in another document.

    >>> body_name("某市 某局（本级）") == body_name("某市某局")
    True
    """
    return re.sub(r"\([^()]*\)$", "", fold(name).replace(" ", ""))


def same_body(one: Disclosure, other: Disclosure) -> bool:
    """Tell whether two disclosures are by one body about the same scope: a department is not its own headquarters."""
    return one.scope is other.scope and body_name(one.organization.name) == body_name(other.organization.name)


def year_before(many: Many, ctx: Context, stage: Stage) -> Context | None:
    """Return the document of the same body for the year before, at ``stage``."""
    own = ctx.disclosure
    return _first(many, ctx, lambda d: same_body(own, d) and d.year == own.year - 1 and d.stage is stage)


def same_year(many: Many, ctx: Context, stage: Stage) -> Context | None:
    """Return the document of the same body for the same year at another ``stage``."""
    own = ctx.disclosure
    return _first(many, ctx, lambda d: same_body(own, d) and d.year == own.year and d.stage is stage)


def units_of(many: Many, department: Context) -> tuple[Context, ...]:
    """Return the documents of the units of a department for its year and stage, in the order given.

    A unit is one that the department lists among its members, or that names the department as the body above it.
    """
    own = department.disclosure
    members = {body_name(member.name) for member in own.organization.members}
    above = body_name(own.organization.name)
    return tuple(
        ctx
        for ctx in many.contexts
        if ctx.disclosure.scope is Scope.UNIT
        and (ctx.disclosure.year, ctx.disclosure.stage) == (own.year, own.stage)
        and (
            body_name(ctx.disclosure.organization.name) in members
            or (ctx.disclosure.organization.parent and body_name(ctx.disclosure.organization.parent) == above)
            or body_name(ctx.disclosure.organization.name) == above
        )
    )


def departments(many: Many) -> Iterator[Context]:
    """Yield the disclosures of departments."""
    return (ctx for ctx in many.contexts if ctx.disclosure.scope is Scope.DEPARTMENT)


def _first(many: Many, own: Context, wanted: object) -> Context | None:
    assert callable(wanted)
    return next((ctx for ctx in many.contexts if ctx is not own and wanted(ctx.disclosure)), None)
