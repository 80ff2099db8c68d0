"""Whether a suspicion explains what it is to explain: carried out, and the rules asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import attrs

from govbudget.consistency import Verdict
from govbudget.invariants.context import Context, context
from govbudget.invariants.rule import Comparison, Rule, compared_by
from govbudget.invariants.trust import trusted
from govbudget.model import Certainty, Disclosure
from govbudget.place import Place

Key = tuple[str, str, Place | None, str]
"""What makes a comparison the same before and after a correction: rule, subject, the place of its chief operand, and
what is printed there where it is no amount, as one sentence may name many subjects."""


def key(compared: Comparison) -> Key:
    """Return what a comparison is known by."""
    if not compared.operands:
        return compared.rule, compared.subject, None, compared.relation
    chief = compared.operands[0]
    words = chief.printed if chief.amount is None and not compared.linear else ""
    return compared.rule, compared.subject, chief.place, words


@attrs.define
class Trials:
    """What a document looks like once it is corrected.

    Attributes:
        rules: the rules that the audit runs.
        comparisons: what they compared.
        most: how many corrections may still be tried.
    """

    rules: Sequence[Rule]
    comparisons: Sequence[Comparison]
    most: int = 24

    @property
    def violated(self) -> list[int]:
        """The violated comparisons, as indexes."""
        return [i for i, c in enumerate(self.comparisons) if c.verdict is Verdict.VIOLATED]

    def mended(self, corrected: Disclosure, *, whatever: frozenset[int] = frozenset()) -> frozenset[int]:
        """Return the violated comparisons that hold once the document is ``corrected``.

        Where the correction breaks what held before, it is none, and nothing is mended but what is asked for
        ``whatever`` it breaks: of a figure that is wrong for sure, what is taken from it. What is only plausible breaks
        nothing.
        """
        if self.most <= 0:
            return frozenset()
        self.most -= 1
        before = {key(self.comparisons[i]): i for i in self.violated}
        ids = {self.comparisons[i].rule for i in self.violated}
        after = context(corrected)
        still = self._violated(after, lambda rule: rule.id in ids)
        mended = frozenset(i for i in self.violated if key(self.comparisons[i]) not in still)
        if len(mended) < 2 or any(name not in before for name in still if self._proves(name[0])):
            return mended & whatever
        others = self._violated(after, lambda rule: rule.id not in ids and rule.certainty is not Certainty.PLAUSIBLE)
        return mended & whatever if others else mended

    def _proves(self, id: str) -> bool:
        return any(rule.id == id and rule.certainty is not Certainty.PLAUSIBLE for rule in self.rules)

    def _violated(self, ctx: Context, wanted: Callable[[Rule], bool]) -> set[Key]:
        found = trusted(ctx, [c for rule in self.rules if wanted(rule) for c in compared(rule, ctx)])
        return {key(c) for c in found if c.verdict is Verdict.VIOLATED}


def compared(rule: Rule, ctx: Context) -> Iterable[Comparison]:
    """Return what a rule compares in a disclosure; nothing where it has nothing to say about it."""
    if rule.check is None or (rule.applies is not None and rule.applies(ctx)):
        return ()
    return [compared_by(rule, outcome) for outcome in rule.check(ctx)]
