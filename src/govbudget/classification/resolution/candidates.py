"""What one printed name may mean in an edition, looked at alone."""

from __future__ import annotations

import re

import attrs

from govbudget.classification.editions import tree as edition_tree
from govbudget.classification.editions import years
from govbudget.classification.former import elsewhere
from govbudget.classification.numbering import without_number
from govbudget.classification.resolution.slips import near
from govbudget.classification.resolution.values import Candidate
from govbudget.classification.scheme import LEVELS
from govbudget.classification.subject import Subject
from govbudget.classification.translation import translate
from govbudget.classification.trees import Tree
from govbudget.text import fold

_LEVEL = re.compile(r"\(([类款项目])\)$")


@attrs.frozen
class Meaning:
    """A subject a name may mean.

    Attributes:
        subject: of this edition where the code stands in it, else of the one that holds the name.
        distance: 0 the edition's own name, 1 a name of other years, 2 a code of other years, 3 a slip.
        reason: why the name may mean it.
    """

    subject: Subject
    distance: int
    reason: str

    @property
    def sure(self) -> bool:
        """Tell whether the name is printed in some edition as it stands."""
        return self.distance < 3

    def candidate(self, *reasons: str) -> Candidate:
        """Hand it out with the reasons for it."""
        return Candidate(self.subject, (self.reason, *reasons, f"the row is {self.subject.standing.value}"))


def meanings(tree: Tree, name: str) -> tuple[Meaning, ...]:
    """Return every subject a name may mean: of this edition, else under a name of other years, else by a slip."""
    for text, level, note in _forms(name):
        found = tuple(
            Meaning(subject, 0, f"the name of {subject.code} in {tree.year}{note}")
            for subject in tree.names.get(text, ())
        ) or _of_other_years(tree, text, note)
        if found:
            marked = tuple(meaning for meaning in found if level in {None, meaning.subject.level})
            return marked or found
    return tuple(
        Meaning(subject, 3, f"read as {other}, {subject.code}: {what}")
        for other, what in near(tree.names, fold(name))
        for subject in tree.names[other]
    )


def _forms(name: str) -> list[tuple[str, int | None, str]]:
    """The name as it stands, then without a number before it and a level behind it."""
    text = fold(name)
    bare = without_number(text)
    mark = _LEVEL.search(bare)
    level = LEVELS.index(mark[1]) + 1 if mark else None
    bare = _LEVEL.sub("", bare)
    if bare == text or not bare:
        return [(text, None, "")]
    return [(text, None, ""), (bare, level, f", read without {text.replace(bare, '…', 1)}")]


def _of_other_years(tree: Tree, text: str, note: str) -> tuple[Meaning, ...]:
    found: list[Meaning] = []
    for code, when in elsewhere(tree.scheme, text).items():
        year = min(when, key=lambda y: (abs(y - tree.year), y))
        span = f"{when[0]}–{when[-1]}" if len(when) > 1 else f"{when[0]}"
        kind = "older" if year < tree.year else "newer"
        targets = _in_this_edition(tree, code, year)
        for target in targets:
            now = f"in {tree.year} {target.name}" if target.code == code else f"in {tree.year} {target.label}"
            found.append(Meaning(target, 1, f"the {kind} name ({span}) of {code}, {now}{note}"))
        if not targets:
            subject = edition_tree(tree.scheme, year)[code]
            found.append(Meaning(subject, 2, f"{code} bore the name in {span}; the edition {tree.year} lacks it{note}"))
    best = min((meaning.distance for meaning in found), default=0)
    return tuple(meaning for meaning in found if meaning.distance == best)


def _in_this_edition(tree: Tree, code: str, year: int) -> tuple[Subject, ...]:
    """What a code of another year is in this edition; a tree of one's own is asked by code alone."""
    if tree.year not in years(tree.scheme):
        here = tree.get(code)
        return (here,) if here is not None else ()
    targets = translate(code, year, tree.year, scheme=tree.scheme).targets
    return tuple(tree[target.code] for target in targets if target.code in tree)
