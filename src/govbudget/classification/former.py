"""Names of other editions: what a name meant when another year printed it."""

from __future__ import annotations

from functools import cache

from govbudget.classification.editions import tree, years
from govbudget.classification.scheme import Scheme
from govbudget.text import fold


@cache
def names_of_all_years(scheme: Scheme) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return, for each folded name, the codes that ever bore it and the editions in which they did.

    Every edition of the scheme is read for this, once.

    >>> names_of_all_years(Scheme.FUNCTIONAL)["行政事业单位离退休"]["20805"]
    (2009, 2017, 2018, 2019)
    """
    found: dict[str, dict[str, list[int]]] = {}
    for year in years(scheme):
        for subject in tree(scheme, year):
            found.setdefault(subject.name, {}).setdefault(subject.code, []).append(year)
    folded: dict[str, dict[str, tuple[int, ...]]] = {}
    for name, codes in found.items():
        below = folded.setdefault(fold(name), {})
        for code, when in codes.items():
            below[code] = tuple(sorted({*below.get(code, ()), *when}))
    return folded


def elsewhere(scheme: Scheme, name: str) -> dict[str, tuple[int, ...]]:
    """Return the codes that bore ``name`` in any edition, with the editions."""
    return names_of_all_years(scheme).get(fold(name), {})
