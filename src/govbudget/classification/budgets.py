"""The four budgets: general public, government funds, state capital, social insurance."""

from __future__ import annotations

import enum
from functools import cache

from govbudget.classification.prefix import longest
from govbudget.classification.scheme import Scheme
from govbudget.classification.subject import Subject
from govbudget.classification.table import read_table


class Budget(enum.Enum):
    """One of the four budgets of 全口径预算."""

    GENERAL_PUBLIC = "general_public"
    GOVERNMENT_FUND = "government_fund"
    STATE_CAPITAL = "state_capital"
    SOCIAL_INSURANCE = "social_insurance"

    @property
    def title(self) -> str:
        """The Chinese name."""
        return _TITLES[self]


_TITLES = {
    Budget.GENERAL_PUBLIC: "一般公共预算",
    Budget.GOVERNMENT_FUND: "政府性基金预算",
    Budget.STATE_CAPITAL: "国有资本经营预算",
    Budget.SOCIAL_INSURANCE: "社会保险基金预算",
}


def budget_of(subject: Subject) -> Budget | None:
    """Return the budget that a functional or revenue subject belongs to.

    None for economic subjects, which all budgets share, and for a 类 or 款 whose own subjects belong to several.

    >>> from govbudget.classification import Scheme, tree
    >>> budget_of(tree(Scheme.FUNCTIONAL, 2024)["2120803"]).title
    '政府性基金预算'
    """
    if subject.scheme not in {Scheme.FUNCTIONAL, Scheme.REVENUE}:
        return None
    table = _table(subject.scheme)
    found = longest(table, subject.code)
    if found is not None:
        return table[found]
    if any(code.startswith(subject.code) for code in table):
        return None
    return Budget.GENERAL_PUBLIC


@cache
def _table(scheme: Scheme) -> dict[str, Budget]:
    return {row["code"]: Budget(row["budget"]) for row in read_table("budgets.tsv") if row["scheme"] == scheme.value}
