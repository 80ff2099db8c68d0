"""Sets of subjects: filters, and algebra on branches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from govbudget.classification.scheme import Standing
from govbudget.classification.subject import Subject
from govbudget.classification.trees import Tree
from govbudget.errors import GovBudgetError
from govbudget.text import fold


@attrs.frozen(repr=False)
class Selection:
    """Some subjects of one edition, kept and walked in its order.

    ``a | b``, ``a & b``, ``a - b``, ``a ^ b`` are those of sets; both sides must be of one edition.
    """

    tree: Tree
    codes: frozenset[str]

    def __repr__(self) -> str:
        return f"<Selection of {len(self.codes)} subjects of {self.tree!r}>"

    def __iter__(self) -> Iterator[Subject]:
        return (subject for subject in self.tree if subject.code in self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return (code.code if isinstance(code, Subject) else code) in self.codes

    def __or__(self, other: Selection) -> Selection:
        return Selection(self.tree, self.codes | self._same(other))

    def __and__(self, other: Selection) -> Selection:
        return Selection(self.tree, self.codes & self._same(other))

    def __sub__(self, other: Selection) -> Selection:
        return Selection(self.tree, self.codes - self._same(other))

    def __xor__(self, other: Selection) -> Selection:
        return Selection(self.tree, self.codes ^ self._same(other))

    def __invert__(self) -> Selection:
        return Selection(self.tree, frozenset(subject.code for subject in self.tree) - self.codes)

    def _same(self, other: Selection) -> frozenset[str]:
        if other.tree is not self.tree:
            raise GovBudgetError(f"{other!r} is of another edition", hint=f"translate its codes to {self.tree!r} first")
        return other.codes


def select(
    tree: Tree,
    *,
    under: Iterable[str] | str | None = None,
    level: int | None = None,
    name: str | None = None,
    standing: Standing | None = None,
    where: Callable[[Subject], bool] | None = None,
) -> Selection:
    """Choose subjects; every condition given must hold.

    Args:
        tree: the edition.
        under: a code or codes; only they and what stands below them.
        level: 1 类, 2 款, 3 项, 4 目.
        name: a part of the name, compared without widths and blanks.
        standing: what stands behind the row.
        where: any other condition.

    >>> from govbudget.classification import Scheme, tree
    >>> [s.code for s in select(tree(Scheme.FUNCTIONAL, 2024), under="20129", name="运行")]
    ['2012901', '2012950']
    """
    part = fold(name) if name is not None else None
    if under is None:
        pool: Iterable[Subject] = tree
    else:
        tops = [under] if isinstance(under, str) else list(under)
        pool = (subject for top in tops for subject in tree.walk(top))
    return Selection(
        tree,
        frozenset(
            subject.code
            for subject in pool
            if (level is None or subject.level == level)
            and (part is None or part in fold(subject.name))
            and (standing is None or subject.standing is standing)
            and (where is None or where(subject))
        ),
    )


def selection(tree: Tree, codes: Iterable[str]) -> Selection:
    """Make a set of exactly these codes.

    Raises:
        UnknownCode: the edition does not hold one of them.
    """
    return Selection(tree, frozenset(tree[code].code for code in codes))


def tops(chosen: Selection) -> Selection:
    """Leave out every subject that stands under another of the set: what may be added up without counting twice.

    >>> from govbudget.classification import Scheme, tree
    >>> sorted(tops(selection(tree(Scheme.FUNCTIONAL, 2024), ["201", "20129", "2080505"])).codes)
    ['201', '2080505']
    """
    tree = chosen.tree
    kept = (c for c in chosen.codes if not any(a.code in chosen.codes for a in tree.ancestors(c)))
    return Selection(tree, frozenset(kept))


def branches(chosen: Selection) -> Selection:
    """Add everything that stands below the set."""
    return Selection(chosen.tree, frozenset(s.code for top in tops(chosen) for s in chosen.tree.walk(top.code)))


def leaves(chosen: Selection) -> Selection:
    """Keep the subjects below which nothing stands."""
    return Selection(chosen.tree, frozenset(code for code in chosen.codes if not chosen.tree.children(code)))


def with_ancestors(chosen: Selection) -> Selection:
    """Add everything that stands above the set, so that it can be drawn as a tree."""
    above = (a.code for code in chosen.codes for a in chosen.tree.ancestors(code))
    return Selection(chosen.tree, chosen.codes | frozenset(above))
