"""Score a checker: what it finds of the faults put in, what it complains of where nothing is wrong, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from govbudget.invariants import CATALOGUE, Rule, alarms, audit
from govbudget.model import Disclosure
from govbudget.place import Place
from govbudget.testing.score.proof import is_undetectable
from govbudget.testing.score.table import text_table
from govbudget.testing.spoil import Change, FaultKind, LabelledFault, faults


@attrs.frozen
class Complaint:
    """What a checker says: by which rule, and where."""

    rule: str
    places: tuple[Place, ...] = ()


Checker = Callable[[Disclosure], Iterable[Complaint]]
"""Takes a disclosure and says what is wrong with it. Any function will do: ours, another's, three lines of a test."""


def own_checker(rules: Sequence[Rule] = CATALOGUE, *, diagnosis: bool = False) -> Checker:
    """Return the audit of this library as a checker.

    Args:
        rules: the rules to run.
        diagnosis: whether to name the figures probably wrong, which takes longer and finds no more.
    """

    def check(disclosure: Disclosure) -> list[Complaint]:
        report = audit(disclosure, rules=rules, diagnosis=diagnosis)
        return [Complaint(finding.code, finding.places) for finding in alarms(report)]

    return check


@attrs.define
class _Tally:
    made: int = 0
    invisible: int = 0
    found: int = 0
    located: int = 0
    first: int = 0
    rules: Counter[str] = attrs.field(factory=Counter)


@attrs.frozen(kw_only=True)
class CheckerScore:
    """What came of it.

    Attributes:
        clean: how many disclosures without a fault were checked.
        alarms: false alarms, by rule.
        alarmed: how many of them had one.
        missed: the faults that can be seen and were not found.
        tallies: for each kind of fault the counts that :meth:`table` prints.
    """

    clean: int
    alarmed: int
    alarms: Mapping[str, int]
    missed: tuple[LabelledFault, ...]
    tallies: Mapping[FaultKind, _Tally]

    @property
    def detection(self) -> tuple[int, int]:
        """How many of the faults that can be seen were found, and how many there are."""
        found = sum(tally.found for tally in self.tallies.values())
        return found, sum(tally.made - tally.invisible for tally in self.tallies.values())

    def table(self) -> str:
        """Return a table for people: a line for each kind of fault."""
        rows = [["kind of fault", "made", "invisible", "found", "of visible", "located", "first place"]]
        for kind, tally in self.tallies.items():
            visible = tally.made - tally.invisible
            rows.append(
                [
                    kind.value,
                    *map(str, (tally.made, tally.invisible, tally.found)),
                    _share(tally.found, visible),
                    _share(tally.located, tally.found),
                    _share(tally.first, tally.found),
                ]
            )
        found, visible = self.detection
        last = f"{found} of {visible} visible faults found; false alarms in {self.alarmed} of {self.clean} clean ones"
        alarms = [f"  {rule}: {count}" for rule, count in self.alarms.items()]
        return "\n".join([text_table(rows), last, *alarms])

    def matrix(self) -> str:
        """Return which rules found which kinds of fault, and how often."""
        rules = sorted({rule for tally in self.tallies.values() for rule in tally.rules})
        kinds = [kind for kind, tally in self.tallies.items() if tally.rules]
        rows = [["rule", *(str(number) for number in range(1, len(kinds) + 1))]]
        rows += [[rule, *(str(self.tallies[kind].rules[rule] or "·") for kind in kinds)] for rule in rules]
        legend = ", ".join(f"{number} {kind.value}" for number, kind in enumerate(kinds, 1))
        return f"{text_table(rows)}\n{legend}"


def score_checker(
    checker: Checker,
    corpus: Iterable[Disclosure],
    *,
    kinds: Sequence[FaultKind | str] = tuple(FaultKind),
    each: int = 1,
    seed: int = 0,
) -> CheckerScore:
    """Run a checker over disclosures that hold together and over their faulty variants.

    A fault that nobody could see (:func:`is_undetectable`) is told apart; complaints about one are not held against
    the checker as missed, and are not looked for.

    Args:
        checker: the checker.
        corpus: disclosures without a fault.
        kinds: the kinds of fault.
        each: how many of each kind are put into each disclosure.
        seed: where.
    """
    tallies = {FaultKind(kind): _Tally() for kind in kinds}
    alarms: Counter[str] = Counter()
    missed: list[LabelledFault] = []
    clean = alarmed = 0
    for number, disclosure in enumerate(corpus):
        clean += 1
        said = list(checker(disclosure))
        alarmed += bool(said)
        alarms.update(complaint.rule for complaint in said)
        for fault in faults(disclosure, kinds=kinds, each=each, seed=seed + number):
            _count(tallies[fault.kind], fault, list(checker(fault.disclosure)), missed)
    return CheckerScore(clean=clean, alarmed=alarmed, alarms=dict(alarms), missed=tuple(missed), tallies=tallies)


def _count(tally: _Tally, fault: LabelledFault, said: Sequence[Complaint], missed: list[LabelledFault]) -> None:
    tally.made += 1
    if not said:
        if is_undetectable(fault.disclosure):
            tally.invisible += 1
        else:
            missed.append(fault)
        return
    tally.found += 1
    tally.rules.update({complaint.rule for complaint in said})
    every = [place for complaint in said for place in complaint.places]
    tally.located += any(is_at(change, place) for change in fault.changes for place in every)
    tally.first += any(is_at(change, c.places[0]) for change in fault.changes for c in said if c.places)


def is_at(change: Change, place: Place) -> bool:
    """Tell whether a place is where something is wrong: the figure, or anything of a line or table that is wrong.

    >>> from govbudget.testing.spoil import Change
    >>> is_at(Change(place=Place(table=3, row=4), was="甲"), Place(table=3, row=4, column=2))
    True
    """
    wrong = change.place
    if wrong == place:
        return True
    if wrong.table is None:
        return wrong.table == place.table and wrong.section is not None and wrong.section == place.section
    pairs = ((wrong.table, place.table), (wrong.row, place.row), (wrong.column, place.column))
    return all(one is None or one == other for one, other in pairs)


def _share(part: int, whole: int) -> str:
    tenths = 1000 * part // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10} %" if whole else "–"
