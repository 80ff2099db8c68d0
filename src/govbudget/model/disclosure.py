"""A whole disclosure."""

from __future__ import annotations

from typing import Any

import attrs

from govbudget.errors import GovBudgetError
from govbudget.model.axes import Stage
from govbudget.model.body import Organization, Scope
from govbudget.model.claims import AmountClaim
from govbudget.model.goals import ProjectGoals
from govbudget.model.narrative import Narrative
from govbudget.model.table import Table, TableKind, is_empty


@attrs.frozen(kw_only=True, repr=False)
class Disclosure:
    """What one body publishes about one year.

    Attributes:
        organization: the body.
        year: the budget year.
        stage: budget or final account.
        scope: a unit's or a department's.
        tables: the tables in printed order.
        narrative: what it says in sentences.
        goals: what its projects are to achieve, a form for each, in printed order.
        layout: id of the layout it was read with.
        source: name of the document it was read from.
        pages_unread: pages of the source, from 1, on which no text was found (scans): what seems to be missing may be
            there. Those of several files are counted through.
        tables_unread: titles of tables of which nothing was understood, "" for one without a title: what seems to be
            missing may be one of them.
    """

    organization: Organization
    year: int
    stage: Stage
    scope: Scope
    tables: tuple[Table, ...] = ()
    narrative: Narrative = attrs.field(factory=Narrative)
    goals: tuple[ProjectGoals, ...] = ()
    layout: str = ""
    source: str = ""
    pages_unread: tuple[int, ...] = ()
    tables_unread: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Who, which year, how much: the whole of a disclosure fills a book."""
        lines = sum(len(lane.lines) for table in self.tables for lane in table.lanes)
        what = f"{self.organization.name} {self.year} {self.stage.value}"
        return f"<Disclosure {what}: {len(self.tables)} tables, {lines} lines>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002, FBT001 - as IPython calls it
        """Say the same where values are printed at length: in a notebook, in a failing test."""
        printer.text(repr(self))

    def __attrs_post_init__(self) -> None:
        """Refuse two tables of one kind: every look-up would silently take one of them."""
        kinds = [table.kind for table in self.tables]
        if len(set(kinds)) != len(kinds):
            double = next(kind for kind in kinds if kinds.count(kind) > 1)
            raise GovBudgetError(f"two tables of kind {double.value}", hint="merge or drop one")


def table(disclosure: Disclosure, kind: TableKind) -> Table | None:
    """Return the table of ``kind``, or ``None`` where the disclosure has none."""
    return next((t for t in disclosure.tables if t.kind is kind), None)


def is_form(disclosure: Disclosure) -> bool:
    """Tell whether this is a blank form (模板): tables without a single number, and no amount in any sentence."""
    said = any(isinstance(c, AmountClaim) for section in disclosure.narrative.sections for c in section.claims)
    asked = any(money.amount is not None for form in disclosure.goals for money in form.money)
    return bool(disclosure.tables) and not said and not asked and all(map(is_empty, disclosure.tables))
