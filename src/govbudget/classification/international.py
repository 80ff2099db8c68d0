"""COFOG divisions and GFSM 2014 economic categories of subjects, with how well they fit."""

from __future__ import annotations

from functools import cache

import attrs

from govbudget.classification.prefix import longest
from govbudget.classification.scheme import Scheme, Standing
from govbudget.classification.subject import Subject
from govbudget.classification.table import head_of, read_table
from govbudget.errors import GovBudgetError


@attrs.frozen
class Correspondence:
    """Where a subject belongs in an international classification.

    Attributes:
        code: division or category; empty where there is none.
        name: its name.
        exact: whether all that the subject records belongs there.
        note: what does not, or why.
        by: the code whose row says so; shorter than the subject's own where it has no row itself.
        standing: no official correspondence is at hand, so UNVERIFIED.
    """

    code: str
    name: str
    exact: bool
    note: str
    by: str
    standing: Standing = Standing.UNVERIFIED


def cofog(subject: Subject) -> Correspondence:
    """Return the COFOG division of a functional subject.

    >>> from govbudget.classification import Scheme, tree
    >>> cofog(tree(Scheme.FUNCTIONAL, 2024)["2050202"]).name
    'Education'

    Raises:
        GovBudgetError: not a functional subject, or no row for it.
    """
    return _find("cofog.tsv", "functional", "division", Scheme.FUNCTIONAL, subject)


def gfsm(subject: Subject) -> Correspondence:
    """Return the GFSM 2014 economic category of a department economic subject of 2018 or later.

    >>> from govbudget.classification import Scheme, tree
    >>> found = gfsm(tree(Scheme.DEPARTMENT_ECONOMIC, 2024)["30108"])
    >>> found.code, found.exact
    ('212', True)

    Raises:
        GovBudgetError: not a department economic subject, one of the list before 2018, or no row for it.
    """
    if subject.until is not None and subject.until < 2018:
        raise GovBudgetError(
            f"{subject.label} is of the list before 2018", hint="translate it to a later edition first"
        )
    return _find("gfsm.tsv", "economic", "category", Scheme.DEPARTMENT_ECONOMIC, subject)


def _find(table: str, column: str, value: str, scheme: Scheme, subject: Subject) -> Correspondence:
    if subject.scheme is not scheme:
        raise GovBudgetError(f"{subject.label} is not a {scheme.value} subject", hint=f"{table} speaks of those only")
    rows = _rows(table, column)
    by = longest(rows, subject.code)
    if by is None:
        raise GovBudgetError(f"no row for {subject.label}", place=table)
    row = rows[by]
    name = _names(table, value).get(row[value], "")
    return Correspondence(row[value], name, row["exactness"] == "exact", row["note"], by)


@cache
def _rows(table: str, column: str) -> dict[str, dict[str, str]]:
    return {row[column]: row for row in read_table(table)}


@cache
def _names(table: str, value: str) -> dict[str, str]:
    start = f"{value} "
    return {key[len(start) :]: name for key, name in head_of(table).items() if key.startswith(start)}
