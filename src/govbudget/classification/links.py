"""What corresponds across lists: government and department economic subjects, and items that are the same money."""

from __future__ import annotations

from functools import cache

import attrs

from govbudget.classification.editions import tree
from govbudget.classification.prefix import longest
from govbudget.classification.scheme import Scheme, Standing
from govbudget.classification.subject import Subject
from govbudget.classification.table import read_table


@attrs.frozen
class Link:
    """One subject of another list.

    Attributes:
        subject: the other subject, in the same edition.
        exact: whether all the money of the one is under the other.
        standing: whether a document shows the link.
        note: when it holds, or what else there is.
        sources: ids of the documents.
    """

    subject: Subject
    exact: bool
    standing: Standing
    note: str = ""
    sources: tuple[str, ...] = ()


@attrs.frozen
class _Row:
    government: str
    department: str
    standing: Standing
    since: int
    until: int
    sources: tuple[str, ...]


def government_economic_of(code: str, year: int) -> tuple[Link, ...]:
    """Return what a department economic subject is in the government economic list.

    The answer depends on who spends: 行政单位 and units run like them record under 501 to 504, other 事业单位 under
    505 and 506; the note says which. A link is exact if, for that kind of unit, there is no other.

    >>> [(link.subject.code, link.note) for link in government_economic_of("30101", 2024)]
    [('50101', '行政单位'), ('50501', '事业单位')]
    """
    tree(Scheme.DEPARTMENT_ECONOMIC, year)[code]
    government = tree(Scheme.GOVERNMENT_ECONOMIC, year)
    rows = [row for row in _economic_map() if row.since <= year <= row.until]
    own = [row for row in rows if row.department == code] or [
        row for row in rows if row.department == longest({r.department for r in rows if len(r.department) == 3}, code)
    ]
    above = [row for row in rows if row.department == code[:3] and row not in own]
    found = [row for row in (*own, *above) if row.government in government]
    kinds = [_kind(row.government) for row in found]
    return tuple(
        Link(government[row.government], kinds.count(kind) == 1, row.standing, kind, row.sources)
        for row, kind in sorted(zip(found, kinds, strict=True), key=lambda pair: pair[0].government)
    )


def department_economic_of(code: str, year: int) -> tuple[Link, ...]:
    """Return the department economic subjects that a government economic subject takes in.

    >>> [link.subject.code for link in department_economic_of("50102", 2024)]
    ['30108', '30109', '30110', '30111', '30112']
    """
    tree(Scheme.GOVERNMENT_ECONOMIC, year)[code]
    department = tree(Scheme.DEPARTMENT_ECONOMIC, year)
    rows = [row for row in _economic_map() if row.government == code and row.since <= year <= row.until]
    found = [row for row in rows if row.department in department]
    kind = _kind(code)
    return tuple(Link(department[r.department], len(found) == 1, r.standing, kind, r.sources) for r in found)


def economic_of(code: str, year: int) -> tuple[Link, ...]:
    """Return the department economic subjects that record the same money as a functional item.

    >>> [link.subject.code for link in economic_of("2210201", 2024)], economic_of("2210201", 2017)[0].subject.code
    (['30113'], '30311')
    """
    tree(Scheme.FUNCTIONAL, year)[code]
    return _same_money("functional", "economic", code, Scheme.DEPARTMENT_ECONOMIC, year)


def functional_of(code: str, year: int) -> tuple[Link, ...]:
    """Return the functional items that record the same money as a department economic subject.

    >>> [link.subject.code for link in functional_of("30109", 2024)]
    ['2080506']
    """
    tree(Scheme.DEPARTMENT_ECONOMIC, year)[code]
    return _same_money("economic", "functional", code, Scheme.FUNCTIONAL, year)


def _same_money(here: str, there: str, code: str, scheme: Scheme, year: int) -> tuple[Link, ...]:
    other = tree(scheme, year)
    return tuple(
        Link(other[row[there]], row["exactness"] == "exact", Standing.UNVERIFIED, row["note"])
        for row in read_table("same_money.tsv")
        if row[here] == code and int(row["since"] or 0) <= year <= int(row["until"] or 9999) and row[there] in other
    )


def _kind(government: str) -> str:
    """Who records under a government economic subject."""
    if government.startswith(("501", "502", "503", "504")):
        return "行政单位"
    return "事业单位" if government.startswith(("505", "506")) else ""


@cache
def _economic_map() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            row["government_code"],
            row["department_code"],
            Standing(row["standing"]),
            int(row["since"] or 0),
            int(row["until"] or 9999) if row["standing"] == "unverified" else 9999,
            tuple(row["sources"].split()),
        )
        for row in read_table("economic_map.tsv")
    )
