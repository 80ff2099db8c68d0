"""Whether a suspicion explains what it is to explain: carried out, and the rules asked again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from govbudget.consistency import Verdict
from govbudget.invariants.context import Context, context
from govbudget.invariants.rule import Comparison, Rule, compared
from govbudget.invariants.trust import infers, trusted
from govbudget.model import Certainty, Coordinate, Disclosure, Table
from govbudget.place import Place

Key = tuple[str, str, Place | None, str]
"""What makes a comparison the same before and after a correction: rule, subject, the place of its chief operand, and
what is printed there where it is no amount, as one sentence may name many subjects."""


def key(made: Comparison) -> Key:
    """Return what a comparison is known by."""
    if not made.operands:
        return made.rule, made.subject, None, made.relation
    chief = made.operands[0]
    words = chief.printed if chief.amount is None and not made.linear else ""
    return made.rule, made.subject, chief.place, words


@attrs.define
class Trials:
    """What a document looks like once it is corrected.

    Attributes:
        ctx: the document as it is.
        rules: the rules that the audit runs.
        comparisons: what they compared.
        most: how many corrections may still be tried.
    """

    ctx: Context
    rules: Sequence[Rule]
    comparisons: Sequence[Comparison]
    most: int = 0

    @cached_property
    def violated(self) -> list[int]:
        """The violated comparisons, as indexes."""
        return [i for i, c in enumerate(self.comparisons) if c.verdict is Verdict.VIOLATED]

    @cached_property
    def _before(self) -> Mapping[Key, set[int]]:
        found: dict[Key, set[int]] = {}
        for i in self.violated:
            found.setdefault(key(self.comparisons[i]), set()).add(i)
        return found

    def mended(
        self,
        corrected: Disclosure,
        *,
        whatever: frozenset[int] = frozenset(),
        of: frozenset[int] | None = None,
        more_than: int = 1,
    ) -> frozenset[int]:
        """Return the violated comparisons that hold once the document is ``corrected``.

        Where the correction breaks what held before, it is none, and nothing is mended but what is asked for
        ``whatever`` it breaks: of a figure that is wrong for sure, what is taken from it. What is only plausible breaks
        nothing.

        Args:
            corrected: the document without a slip.
            whatever: what is asked for even where something else breaks.
            of: what the caller would learn something from, by default all that is violated; where no ``more_than`` so
                many of these can be mended, no more is asked, and the answer is what of ``whatever`` is mended.
            more_than: how many of them would be no news.
        """
        if self.most <= 0:
            return frozenset()
        self.most -= 1
        after = context(corrected, like=self.ctx, brief=not infers(corrected))  # what holds tells how far to trust
        looking, before = self._looking(after), self._before
        mended = {i for i in self.violated if self.comparisons[i].rule in looking}
        wanted = frozenset(self.violated) if of is None else of
        asked, telling = self._rules_of(whatever), self._rules_of(mended & wanted)
        own = self._rules_of(mended)
        broken = False
        concerned = [rule for rule in self.rules if rule.id in own]
        for rule in sorted(concerned, key=lambda rule: rule.id not in telling):  # those first that may end it
            idle = broken or len(mended) < 2 or len(mended & wanted) <= more_than
            if idle and not whatever:
                return frozenset()
            if idle and rule.id not in asked:
                continue
            for name in _violated(rule, after):
                if name in before:
                    mended -= before[name]
                elif _proves(rule):
                    broken = True
                    if not whatever:
                        return frozenset()
        if broken or len(mended) < 2 or len(mended & wanted) <= more_than:
            return whatever & mended
        rest = [rule for rule in self.rules if _proves(rule) and rule.id not in own]
        rest.sort(key=lambda rule: rule.id not in looking)  # but what never looked may look now
        breaks = any(name not in before for rule in rest for name in _violated(rule, after))
        return whatever & mended if breaks else frozenset(mended)

    def _rules_of(self, indexes: Iterable[int]) -> set[str]:
        return {self.comparisons[i].rule for i in indexes}

    def _looking(self, after: Context) -> Collection[str]:
        """The rules of which a violation may be gone: where only amounts changed, those that compared one of them."""
        before = self.ctx
        same = before.blanks == after.blanks and before.facts.keys() == after.facts.keys()
        if not same or not _differ_in_amounts(before.disclosure, after.disclosure):
            return {rule.id for rule in self.rules}
        pairs_of_facts = ((fact, before.facts[at]) for at, fact in after.facts.items())
        changed = [f.at for f, was in pairs_of_facts if f is not was and f.witnesses != was.witnesses]
        pairs = zip(after.disclosure.tables, before.disclosure.tables, strict=True)
        tables = [table.number for table, other in pairs if table is not other]
        return {id for key in (*changed, *tables) for id in self._comparing.get(key, ())}

    @cached_property
    def _comparing(self) -> Mapping[Coordinate | int | None, set[str]]:
        """The rules that compared what is printed of a fact; of a table, those that looked at more than its amounts."""
        found: dict[Coordinate | int | None, set[str]] = {}
        for comparison in self.comparisons:
            for operand in comparison.operands:
                key = operand.at if operand.at is not None else operand.place.table
                found.setdefault(key, set()).add(comparison.rule)
        return found


def _differ_in_amounts(one: Disclosure, other: Disclosure) -> bool:
    """Whether two disclosures differ in the amounts of their tables at most, line for line."""
    if one.narrative is not other.narrative or len(one.tables) != len(other.tables):
        return False
    return all(a is b or _heads(a) == _heads(b) for a, b in zip(one.tables, other.tables, strict=True))


def _heads(table: Table) -> list[list[tuple[Coordinate, str]]]:
    return [[(line.at, line.label) for line in lane.lines] for lane in table.lanes]


def _proves(rule: Rule) -> bool:
    return rule.certainty is not Certainty.PLAUSIBLE


def _violated(rule: Rule, ctx: Context) -> Iterator[Key]:
    made = compared(rule, ctx)
    for comparison in made if ctx.brief else trusted(ctx, list(made)):
        if comparison.verdict is Verdict.VIOLATED:
            yield key(comparison)
