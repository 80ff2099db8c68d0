"""The schemes of 政府收支分类科目 and how far a row of an edition can be trusted."""

from __future__ import annotations

import enum

from govbudget.errors import GovBudgetError


class Scheme(enum.Enum):
    """One of the four lists of subjects.

    >>> Scheme("functional").title
    '支出功能分类科目'
    """

    FUNCTIONAL = "functional"
    DEPARTMENT_ECONOMIC = "department_economic"
    GOVERNMENT_ECONOMIC = "government_economic"
    REVENUE = "revenue"

    @property
    def title(self) -> str:
        """The Chinese title of the list."""
        return _TITLES[self]


_TITLES = {
    Scheme.FUNCTIONAL: "支出功能分类科目",
    Scheme.DEPARTMENT_ECONOMIC: "部门预算支出经济分类科目",
    Scheme.GOVERNMENT_ECONOMIC: "政府预算支出经济分类科目",
    Scheme.REVENUE: "收入分类科目",
}


def as_scheme(scheme: Scheme | str) -> Scheme:
    """Return the scheme itself, or the one of that value or title.

    Raises:
        GovBudgetError: there is no such scheme; the hint lists those there are.

    >>> as_scheme("支出功能分类科目"), as_scheme("revenue")
    (<Scheme.FUNCTIONAL: 'functional'>, <Scheme.REVENUE: 'revenue'>)
    """
    if isinstance(scheme, Scheme):
        return scheme
    found = next((known for known in Scheme if scheme in {known.value, known.title}), None)
    if found is None:
        hint = "the schemes are " + ", ".join(f"{known.value} ({known.title})" for known in Scheme)
        raise GovBudgetError(f"no scheme {scheme!r}", hint=hint)
    return found


class Standing(enum.Enum):
    """What stands behind one row of one edition.

    Attributes:
        ATTESTED: printed under this name in a document of that year, or in documents of years before and after it.
        UNVERIFIED: no such document at hand; the row is believed to belong to the edition.
        HISTORICAL: known from an edition before 2017 only.

    A printed code is never wrong only because a row is unverified, historical or missing.
    """

    ATTESTED = "attested"
    UNVERIFIED = "unverified"
    HISTORICAL = "historical"

    @property
    def rank(self) -> int:
        """0 for the best provenance, higher for weaker."""
        return _RANKS[self]


_RANKS = {Standing.ATTESTED: 0, Standing.UNVERIFIED: 1, Standing.HISTORICAL: 2}

LEVELS = ("类", "款", "项", "目")
