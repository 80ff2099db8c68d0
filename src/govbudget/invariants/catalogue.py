"""The catalogue: an ordered tuple of rules. Callers pass their own selection; nothing registers itself."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TypeVar

from govbudget.errors import GovBudgetError
from govbudget.invariants.rule import Rule
from govbudget.invariants.rules import (
    additivity,
    additivity_period,
    additivity_sums,
    agreement_balance,
    agreement_parts,
    agreement_witnesses,
    balances,
    classification_across,
    classification_basic,
    classification_bodies,
    classification_budgets,
    classification_codes,
    classification_lists,
    classification_names,
    classification_places,
    completeness,
    completeness_accounts,
    completeness_body,
    completeness_changes,
    completeness_contents,
    completeness_counts,
    completeness_divisions,
    completeness_lines,
    completeness_matters,
    completeness_tables,
    completeness_three_public,
    completeness_three_public_table,
    completeness_totals,
    composition,
    documents_units,
    documents_years,
    economic,
    goals_money,
    goals_words,
    narrative_bases,
    narrative_bodies,
    narrative_changes,
    narrative_counts,
    narrative_parts,
    narrative_persons,
    narrative_rates,
    narrative_shares,
    outcomes,
    outcomes_limits,
    plausible_changes,
    plausible_costs,
    plausible_counts,
    plausible_cross,
    plausible_digits,
    plausible_pay,
    plausible_shares,
    plausible_whole,
    signs,
    tables_budgets,
    tables_changes,
    tables_nature,
    tables_projects,
    tables_totals,
    within_items,
    within_subjects,
    wording,
    wording_bodies,
    wording_marks,
    wording_order,
    wording_purposes,
    wording_reasons,
    wording_scope,
    wording_template,
    wording_years,
)
from govbudget.model import Certainty, Severity

E = TypeVar("E", bound=enum.Enum)

CATALOGUE: tuple[Rule, ...] = (
    *additivity.RULES,
    *additivity_period.RULES,
    *additivity_sums.RULES,
    *tables_totals.RULES,
    *tables_budgets.RULES,
    *tables_nature.RULES,
    *tables_projects.RULES,
    *tables_changes.RULES,
    *agreement_witnesses.RULES,
    *agreement_balance.RULES,
    *agreement_parts.RULES,
    *economic.RULES,
    *balances.RULES,
    *within_items.RULES,
    *within_subjects.RULES,
    *signs.RULES,
    *narrative_rates.RULES,
    *narrative_shares.RULES,
    *narrative_bases.RULES,
    *narrative_changes.RULES,
    *narrative_parts.RULES,
    *narrative_counts.RULES,
    *narrative_persons.RULES,
    *narrative_bodies.RULES,
    *outcomes.RULES,
    *outcomes_limits.RULES,
    *goals_money.RULES,
    *goals_words.RULES,
    *composition.RULES,
    *classification_names.RULES,
    *classification_codes.RULES,
    *classification_across.RULES,
    *classification_places.RULES,
    *classification_lists.RULES,
    *classification_budgets.RULES,
    *classification_bodies.RULES,
    *classification_basic.RULES,
    *wording_bodies.CODES,
    *wording.RULES,
    *wording_template.RULES,
    *wording_scope.RULES,
    *wording_years.RULES,
    *wording_bodies.RULES,
    *wording_purposes.RULES,
    *wording_reasons.RULES,
    *wording_order.RULES,
    *wording_marks.RULES,
    *completeness.RULES,
    *plausible_pay.RULES,
    *plausible_cross.RULES,
    *plausible_shares.RULES,
    *plausible_digits.RULES,
    *plausible_whole.RULES,
    *plausible_costs.RULES,
    *plausible_counts.RULES,
    *plausible_changes.RULES,
    *completeness_tables.RULES,
    *completeness_body.RULES,
    *completeness_totals.RULES,
    *completeness_three_public.RULES,
    *completeness_changes.RULES,
    *completeness_matters.RULES,
    *completeness_accounts.RULES,
    *completeness_three_public_table.RULES,
    *completeness_divisions.RULES,
    *completeness_contents.RULES,
    *completeness_lines.RULES,
    *completeness_counts.RULES,
    *documents_years.RULES,
    *documents_units.RULES,
)
"""Every rule of the library, in the order of the reference."""


def select(
    *names: str,
    rules: Iterable[Rule] = CATALOGUE,
    severity: Iterable[Severity] | Severity | None = None,
    certainty: Iterable[Certainty] | Certainty | None = None,
) -> tuple[Rule, ...]:
    """Return the rules that are chosen by every way of choosing, in the order of the catalogue.

    Args:
        names: ids and groups; none for all.
        rules: the rules to choose from.
        severity: one severity or several.
        certainty: one certainty or several.

    Raises:
        GovBudgetError: a name is neither an id nor a group.

    >>> [rule.id for rule in select("agreement.balance", "completeness")][:2]
    ['agreement.balance', 'completeness.tables']
    >>> {rule.severity.value for rule in select(severity=Severity.WARNING)}
    {'warning'}
    """
    known = tuple(rules)
    for name in names:
        if not any(name in (rule.id, rule.group) for rule in known):
            groups = ", ".join(dict.fromkeys(rule.group for rule in known))
            raise GovBudgetError(f"there is no rule or group {name!r}", hint=f"groups are {groups}")
    severities = _among(Severity, severity)
    certainties = _among(Certainty, certainty)
    return tuple(
        rule
        for rule in known
        if (not names or rule.id in names or rule.group in names)
        and rule.severity in severities
        and rule.certainty in certainties
    )


def _among(kind: type[E], chosen: Iterable[E] | E | None) -> frozenset[E]:
    if chosen is None:
        return frozenset(kind)
    if isinstance(chosen, kind):
        return frozenset((chosen,))
    assert not isinstance(chosen, enum.Enum)
    return frozenset(chosen)
