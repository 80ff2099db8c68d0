"""What else goes wrong because of one slip: consequences are told with their cause, not as findings of their own.

Sums are weighed together by the diagnosis; rates, names and what the sentences say are no sums. Whether they are wrong
by themselves or only because of a slip under suspicion is asked directly: with the slip corrected, do the rules still
find them wrong? A correction counts only where it breaks nothing that held. So a second slip is never swallowed: it
stays wrong when the first is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from govbudget.consistency import Scope, Verdict
from govbudget.invariants.context import Context, once
from govbudget.invariants.diagnosis import Diagnosis, Standing, Suspect, diagnose
from govbudget.invariants.hypotheses import (
    Hypothesis,
    Sites,
    columns_mixed,
    left_out,
    of_suspect,
    sections_gone,
    sites,
    whole_tables,
    wrong_codes,
    wrong_ways,
)
from govbudget.invariants.joint import joint
from govbudget.invariants.rule import Comparison, Rule
from govbudget.invariants.surroundings import surroundings
from govbudget.invariants.trials import Trials
from govbudget.model import Severity

_MOST_OF_SUSPECTS, _MOST_OF_OTHERS = 16, 32
"""How many corrections are tried at the most, of what the sums name and of what they do not."""
_FEW = 6
"""Where more figures than these would do equally well, their corrections tell nothing apart."""


@attrs.frozen(kw_only=True)
class _Cause:
    """A suspect with everything that its correction mends."""

    suspect: Suspect
    mends: frozenset[int]
    found: bool
    """Whether the sums named it, so that it stands whatever else it mends."""


def with_causes(
    ctx: Context, comparisons: Sequence[Comparison], rules: Sequence[Rule], diagnosis: Diagnosis
) -> Diagnosis:
    """Return the diagnosis, its suspects with all that their correction mends, and with slips that are no wrong sums.

    A suspect is left out where the correction of another one mends all that it was suspected for.
    """
    told = _told(comparisons, rules)
    if len(told) < 2:
        return diagnosis
    where, trials = sites(ctx), Trials(ctx, rules, comparisons)
    suspects = _suspected(where, trials, diagnosis, told)
    others = _others(where, trials, told, suspects)
    kept = _covering([*suspects, *others], told)
    others = [cause for cause in kept if not cause.found]
    if others and suspects:  # what the sums say of the rest is asked anew, without what these explain
        gone = {i for cause in others for i in cause.mends}
        rest = [attrs.evolve(c, linear=()) if i in gone else c for i, c in enumerate(comparisons)]
        again = diagnose(rest, joint(rest), lambda: once(ctx, surroundings))
        diagnosis = attrs.evolve(
            diagnosis, suspects=again.suspects, complete=diagnosis.complete and again.complete, rivals=again.rivals
        )
        kept = _covering([*others, *_suspected(where, trials, diagnosis, told)], told)
    order = list(Standing)
    named = [attrs.evolve(cause.suspect, comparisons=tuple(sorted(cause.mends))) for cause in kept]
    return attrs.evolve(diagnosis, suspects=tuple(sorted(named, key=lambda s: order.index(s.standing))))


def _suspected(where: Sites, trials: Trials, diagnosis: Diagnosis, told: frozenset[int]) -> list[_Cause]:
    """The suspects of the sums, each with all that its correction mends."""
    trials.most = _MOST_OF_SUSPECTS
    unsure = sum(suspect.standing is Standing.POSSIBLE for suspect in diagnosis.suspects)
    suspects = [
        _tried(where, trials, suspect, told)
        if unsure <= _FEW or suspect.standing is not Standing.POSSIBLE
        else _Cause(suspect=suspect, mends=frozenset(suspect.comparisons), found=True)
        for suspect in diagnosis.suspects
    ]
    return _likelier(suspects, diagnosis, told)


def _told(comparisons: Sequence[Comparison], rules: Sequence[Rule]) -> frozenset[int]:
    """The violated comparisons that are more than questions, as indexes."""
    hints = {rule.id for rule in rules if rule.severity is Severity.HINT}
    return frozenset(i for i, c in enumerate(comparisons) if c.verdict is Verdict.VIOLATED and c.rule not in hints)


def _tried(where: Sites, trials: Trials, suspect: Suspect, told: frozenset[int]) -> _Cause:
    own = frozenset(suspect.comparisons)
    mends: frozenset[int] = frozenset()
    if own and told - own:
        sure = suspect.standing is not Standing.POSSIBLE and suspect.scope in (Scope.FIGURE, Scope.ECHO)
        taken = frozenset(i for i in trials.violated if _takes(trials.comparisons[i], suspect)) if sure else mends
        ways = list(of_suspect(trials.ctx, where, suspect))
        if len(ways) == 1:  # of a single way only what else it mends is news
            others = frozenset(trials.violated) - own - taken
            tried = [trials.mended(ways[0], whatever=taken - own, of=others, more_than=0)]
        else:
            tried = [trials.mended(corrected, whatever=taken) for corrected in ways]
        mends = max(tried, key=len, default=mends)
    return _Cause(suspect=suspect, mends=own | mends, found=True)


def _takes(compared: Comparison, suspect: Suspect) -> bool:
    return any(operand.place == suspect.operand.place for operand in compared.operands)


def _likelier(suspects: list[_Cause], diagnosis: Diagnosis, told: frozenset[int]) -> list[_Cause]:
    """Of suspects that would do equally well for the sums, those that also explain most of what is no sum."""
    if not suspects or len(suspects) != diagnosis.rivals or any(len(s.suspect.rivals) != 1 for s in suspects):
        return suspects
    most = max(len(s.mends & told) for s in suspects)
    best = [s for s in suspects if len(s.mends & told) == most]
    if len(best) == 1 and len(suspects) > 1:
        return [attrs.evolve(best[0], suspect=attrs.evolve(best[0].suspect, standing=Standing.LIKELY))]
    return best


def _others(where: Sites, trials: Trials, told: frozenset[int], suspects: Sequence[_Cause]) -> list[_Cause]:
    """Slips that no sum names: wrong codes, lines left out, words of direction; for each the way that mends most."""
    if any(s.mends >= told for s in suspects if s.suspect.standing is not Standing.POSSIBLE):
        return []  # one slip explains it all
    trials.most = _MOST_OF_OTHERS
    best: dict[object, tuple[frozenset[int], Hypothesis]] = {}
    for hypothesis in _hypotheses(trials.ctx, where, trials.comparisons, [s.suspect for s in suspects]):
        operand = hypothesis.suspect.operand
        place = operand.place, hypothesis.suspect.scope, operand.printed if operand.role == "section" else ""
        known = len(best[place][0] & told) if place in best else 0
        mends = trials.mended(hypothesis.corrected, of=told, more_than=known)
        if len(mends & told) > known:
            best[place] = mends, hypothesis
    return [_Cause(suspect=h.suspect, mends=mends, found=False) for mends, h in best.values() if len(mends & told) > 1]


def _hypotheses(
    ctx: Context, where: Sites, comparisons: Sequence[Comparison], suspects: Sequence[Suspect]
) -> Iterable[Hypothesis]:
    yield from sections_gone(ctx, comparisons)
    yield from whole_tables(ctx, where, comparisons)
    yield from wrong_codes(ctx, where, comparisons)
    yield from left_out(ctx, where, comparisons)
    yield from wrong_ways(ctx, comparisons)
    yield from columns_mixed(ctx, where, comparisons, suspects)


def _covering(causes: Sequence[_Cause], told: frozenset[int]) -> list[_Cause]:
    """The causes that explain most first, each with what those before it leave."""
    taken: set[int] = set()
    kept: list[_Cause] = []
    for cause in sorted(causes, key=lambda c: -len(c.mends & told) * (c.suspect.standing is not Standing.POSSIBLE)):
        own, left = frozenset(cause.suspect.comparisons), cause.mends - taken
        if cause.found and not (own and own <= taken):
            mends = own | left
        elif not cause.found and len(left & told) > 1:
            mends = left
        else:
            continue
        kept.append(attrs.evolve(cause, mends=mends))
        if cause.suspect.standing is not Standing.POSSIBLE:
            taken |= mends
    return kept


def one_slip(suspects: Sequence[Suspect], rivals: int) -> Mapping[int, tuple[int, ...]]:
    """Group comparisons that one figure spoils whichever of the equally good explanations is true.

    Returns:
        For each comparison that some suspect of an unsure standing would mend, the group that it belongs to.
    """
    unsure = [s for s in suspects if s.standing is Standing.POSSIBLE]
    covers = {
        i: frozenset((r, n) for n, s in enumerate(unsure) if i in s.comparisons for r in s.rivals)
        for s in unsure
        for i in s.comparisons
    }
    groups: list[list[int]] = []
    for index in sorted(covers):
        fitting = (g for g in groups if all(len({r for r, _ in covers[index] & covers[i]}) == rivals for i in g))
        group = next(fitting, None)
        if group is None:
            groups.append([index])
        else:
            group.append(index)
    return {i: tuple(group) for group in groups for i in group}
