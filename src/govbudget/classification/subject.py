"""One subject of one edition: a code, a name, and what is known about the pair."""

from __future__ import annotations

import attrs

from govbudget.classification.scheme import LEVELS, Scheme, Standing


@attrs.frozen(repr=False)
class Subject:
    """A 科目 as one edition knows it.

    Attributes:
        scheme: the list it belongs to.
        code: digits only, without separators.
        name: the name in this edition.
        level: 1 类, 2 款, 3 项, 4 目.
        parent: the code of the subject it stands under; None for a 类.
        standing: what stands behind the row.
        since: first year of this name under this code, None where it reaches back beyond what is known.
        until: last year, None while it still stands.
        years: years in which a document printed this code with this name.
        sources: ids of those documents (of this year if there are any, else of other years).

    >>> Subject(Scheme.FUNCTIONAL, "201", "一般公共服务支出", 1).label
    '201 一般公共服务支出'
    >>> Subject(Scheme.FUNCTIONAL, "201", "一般公共服务支出", 1)
    <Subject functional 201 一般公共服务支出: 类, unverified>
    """

    scheme: Scheme
    code: str
    name: str
    level: int
    parent: str | None = None
    standing: Standing = Standing.UNVERIFIED
    since: int | None = None
    until: int | None = None
    years: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Subject {self.scheme.value} {self.label}: {self.level_name}, {self.standing.value}>"

    @property
    def label(self) -> str:
        """Code and name, as tables print them."""
        return f"{self.code} {self.name}"

    @property
    def level_name(self) -> str:
        """类, 款, 项 or 目 (第 n 级 below that).

        >>> Subject(Scheme.FUNCTIONAL, "2012950", "事业运行", 3, "20129").level_name
        '项'
        """
        return LEVELS[self.level - 1] if self.level <= len(LEVELS) else f"第 {self.level} 级"
