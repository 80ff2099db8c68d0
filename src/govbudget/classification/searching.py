"""Subjects by a part of a name or by the beginning of a code, the likeliest first."""

from __future__ import annotations

import attrs

from govbudget.classification.former import names_of_all_years
from govbudget.classification.near import like_names
from govbudget.classification.subject import Subject
from govbudget.classification.trees import Tree
from govbudget.text import fold


@attrs.frozen
class Hit:
    """A subject that a search found.

    Attributes:
        subject: the subject.
        rank: 0 for the best kind of hit; hits of one rank stand in the order of the edition.
        why: what of the subject fits the text.
    """

    subject: Subject
    rank: int
    why: str


def search(tree: Tree, text: str, *, limit: int | None = None) -> tuple[Hit, ...]:
    """Look for a text among codes, names and, failing those, names of other years and names that look like it.

    Args:
        tree: the edition to look in.
        text: a code or the beginning of one (blanks and strokes do not count), a name or a part of one.
        limit: how many hits to return at most.

    >>> from govbudget.classification import Scheme, tree
    >>> functional = tree(Scheme.FUNCTIONAL, 2024)
    >>> [(hit.subject.code, hit.why) for hit in search(functional, "群众团体")]
    [('20129', 'name begins so'), ('2012999', 'part of the name')]
    >>> search(functional, "行政事业单位离退休")[0].why
    'its name in 2009, 2017–2019'
    """
    wanted = fold(text)
    if not wanted:
        return ()
    digits = wanted.replace("-", "").replace(".", "").replace("|", "")
    hits = _by_code(tree, digits) if digits.isdecimal() else _by_name(tree, wanted)
    hits = hits or _by_other_years(tree, wanted) or _by_likeness(tree, wanted)
    return tuple(sorted(hits, key=lambda hit: hit.rank)[:limit])


def _by_code(tree: Tree, digits: str) -> list[Hit]:
    return [
        Hit(s, 0, "the code") if s.code == digits else Hit(s, 1, "code begins so")
        for s in tree
        if s.code.startswith(digits)
    ]


def _by_name(tree: Tree, wanted: str) -> list[Hit]:
    hits: list[Hit] = []
    for name, subjects in tree.names.items():
        if wanted in name:
            rank = 0 if name == wanted else 1 if name.startswith(wanted) else 2
            hits += [Hit(s, rank, ("the name", "name begins so", "part of the name")[rank]) for s in subjects]
    order = {subject.code: place for place, subject in enumerate(tree)}
    return sorted(hits, key=lambda hit: order[hit.subject.code])


def _by_other_years(tree: Tree, wanted: str) -> list[Hit]:
    found: list[Hit] = []
    for code, when in names_of_all_years(tree.scheme).get(wanted, {}).items():
        subject = tree.get(code)
        if subject is not None:
            found.append(Hit(subject, 3, f"its name in {_spans(when)}"))
    return found


def _by_likeness(tree: Tree, wanted: str) -> list[Hit]:
    return [Hit(s, 4, "name looks like it") for name in like_names(tree.names, wanted) for s in tree.names[name]]


def _spans(years: tuple[int, ...]) -> str:
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(f"{a}–{b}" if b > a else str(a) for a, b in spans)
