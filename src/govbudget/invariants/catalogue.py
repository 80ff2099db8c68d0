"""The catalogue: an ordered tuple of rules. Callers pass their own selection; nothing registers itself."""

from __future__ import annotations

from collections.abc import Iterable

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
    classification_names,
    classification_places,
    completeness,
    completeness_contents,
    completeness_counts,
    completeness_statements,
    completeness_tables,
    composition,
    economic,
    narrative_changes,
    narrative_counts,
    narrative_rates,
    outcomes,
    wording,
    wording_bodies,
    wording_marks,
    wording_order,
    wording_reasons,
    wording_scope,
    wording_template,
    wording_years,
)

CATALOGUE: tuple[Rule, ...] = (
    *additivity.RULES,
    *additivity_period.RULES,
    *additivity_sums.RULES,
    *agreement_witnesses.RULES,
    *agreement_balance.RULES,
    *agreement_parts.RULES,
    *economic.RULES,
    *balances.RULES,
    *narrative_rates.RULES,
    *narrative_changes.RULES,
    *narrative_counts.RULES,
    *outcomes.RULES,
    *composition.RULES,
    *classification_names.RULES,
    *classification_places.RULES,
    *wording_bodies.CODES,
    *wording.RULES,
    *wording_template.RULES,
    *wording_scope.RULES,
    *wording_years.RULES,
    *wording_bodies.RULES,
    *wording_reasons.RULES,
    *wording_order.RULES,
    *wording_marks.RULES,
    *completeness.RULES,
    *completeness_tables.RULES,
    *completeness_statements.RULES,
    *completeness_contents.RULES,
    *completeness_counts.RULES,
)
"""Every rule of the library, in the order of the reference."""


def select(*names: str, rules: Iterable[Rule] = CATALOGUE) -> tuple[Rule, ...]:
    """Return the rules whose id or group is among ``names``, in the order of the catalogue.

    Raises:
        GovBudgetError: a name is neither an id nor a group.

    >>> [rule.id for rule in select("agreement.balance", "completeness")][:2]
    ['agreement.balance', 'completeness.tables']
    """
    known = tuple(rules)
    for name in names:
        if not any(name in (rule.id, rule.group) for rule in known):
            groups = ", ".join(dict.fromkeys(rule.group for rule in known))
            raise GovBudgetError(f"there is no rule or group {name!r}", hint=f"groups are {groups}")
    return tuple(rule for rule in known if rule.id in names or rule.group in names)
