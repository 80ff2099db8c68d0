"""From a column of printed names to subjects."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.classification.editions import tree as edition_tree
from govbudget.classification.resolution.candidates import Meaning, meanings
from govbudget.classification.resolution.search import ALL_FIRST, SUMS_FIRST, Choice, Found, Search
from govbudget.classification.resolution.sums import Bounds, Vector, add, misfits, vectors
from govbudget.classification.resolution.values import Resolution
from govbudget.classification.resolution.verdict import verdict
from govbudget.classification.scheme import Scheme
from govbudget.classification.trees import Tree
from govbudget.errors import GovBudgetError

#: states the search may open before it gives up on a proof of uniqueness
CAP = 20_000


def resolve_names(
    names: Sequence[str],
    *,
    scheme: Scheme | str,
    year: int,
    amounts: Sequence[Sequence[Bounds | None]] | None = None,
) -> Resolution:
    """Turn a printed column of names, without codes and without indents, into a tree.

    Args:
        names: the names in printed order, parents before children, without the row of totals.
        scheme: the list they come from.
        year: the edition.
        amounts: for each name one vector of closed bounds (lowest, highest) in 分, None for a blank cell; a blank
            counts as an exact zero in sums.

    Returns:
        One row for each name. Where several readings are equally good, the rows they differ in are AMBIGUOUS.

    >>> found = resolve_names(
    ...     ["一般公共服务支出", "群众团体事务", "事业运行"], scheme=Scheme.FUNCTIONAL, year=2024
    ... )
    >>> [row.subject.code for row in found.rows]
    ['201', '20129', '2012950']
    >>> found.unique
    True
    """
    return resolve_in(edition_tree(scheme, year), names, amounts=amounts)


def resolve_in(
    tree: Tree,
    names: Sequence[str],
    *,
    amounts: Sequence[Sequence[Bounds | None]] | None = None,
    cap: int = CAP,
) -> Resolution:
    """Do what :func:`resolve_names` does, in a tree of your own.

    Args:
        tree: where the names come from.
        names: as there.
        amounts: as there.
        cap: states to open before giving up on a proof of uniqueness.
    """
    if isinstance(names, str):
        raise GovBudgetError("the names are one text", hint="give a list, one name for each row; unwrap() joins cells")
    rows = vectors(amounts, len(names))
    known: dict[str, tuple[Meaning, ...]] = {name: meanings(tree, name) for name in dict.fromkeys(names)}
    found = _likely(tuple(known[name] for name in names))
    above = {m.subject.code: _above(tree, m) for row in known.values() for m in row}
    search = Search(found, above, rows, tree.depth)
    best = search.run(cap)
    other = _rival(search, best, cap // 4)
    resolved = verdict(tree, tuple(names), found, best, other)
    return Resolution(resolved, best.cost, best.complete, _broken(best.best, rows))


def _likely(found: tuple[tuple[Meaning, ...], ...]) -> tuple[tuple[Meaning, ...], ...]:
    """Leave out slips that do not fit: where others have their parents printed, a slip must have its own."""
    printed: set[str] = set()
    parents: set[str] = set()
    for row in found:
        parents |= {m.subject.parent for m in row if m.sure and m.subject.parent in printed}
        printed |= {m.subject.code for m in row}
    if not parents:
        return found
    return tuple(
        tuple(m for m in row if m.sure or m.subject.parent is None or m.subject.parent in printed) for row in found
    )


def _rival(search: Search, best: Found, cap: int) -> Found | None:
    """A reading that spares a parent, but in which sums and order hold that fail in the best one.

    A slip of the pen in one figure must not look like a missing parent: a reading that leaves more rows hanging in
    the air counts only if each row with children keeps some, so that its sum is seen to hold.
    """
    against = (best.cost.broken, best.cost.repeats + best.cost.disorder)
    if not best.complete or against == (0, 0) or all(len(row) < 2 for row in search.names):
        return None
    parents = {choice.parent for choice in best.best}
    for order in (SUMS_FIRST, ALL_FIRST):
        rival = attrs.evolve(search, order=order).run(cap)
        holds = (rival.cost.broken, rival.cost.repeats + rival.cost.disorder)
        if not rival.complete or rival.cost.broken or not (holds < against and holds[1] <= against[1]):
            continue
        if rival.cost.detached <= best.cost.detached or parents <= {choice.parent for choice in rival.best}:
            return rival
    return None


def _above(tree: Tree, meaning: Meaning) -> tuple[str, ...]:
    """Codes above a subject, nearest first, whether the edition holds them or not."""
    if meaning.subject.code in tree:
        return tuple(subject.code for subject in tree.ancestors(meaning.subject.code))
    codes: list[str] = []
    parent = meaning.subject.parent
    while parent is not None:
        codes.append(parent)
        here = tree.get(parent)
        parent = here.parent if here is not None else (parent[:-2] if len(parent) > 3 else None)
    return tuple(codes)


def _broken(path: tuple[Choice, ...], rows: tuple[Vector, ...] | None) -> tuple[int, ...]:
    if rows is None:
        return ()
    totals: dict[int, Vector] = {}
    for choice in path:
        if choice.parent is not None:
            totals[choice.parent] = add(totals.get(choice.parent), rows[choice.row])
    return tuple(row for row, total in sorted(totals.items()) if misfits(rows[row], total))
