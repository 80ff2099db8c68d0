"""Watch over a catalogue: what is undocumented, double, dead, redundant or contradictory in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from govbudget.consistency import Verdict
from govbudget.errors import GovBudgetError, RuleError
from govbudget.invariants.context import Context, context
from govbudget.invariants.examples import contexts_of, example_faults, outcomes
from govbudget.invariants.rule import Outcome, Rule
from govbudget.invariants.sketch import sketches
from govbudget.model import Disclosure, Severity

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FIELDS = frozenset({"subject", "relation", "difference", "gap", "why", "candidates", "printed"})
_LEAST_WORDS = 60

Fired = frozenset[object]
"""The operands of one violated comparison, by place and by what is printed."""


@attrs.frozen(order=True)
class Fault:
    """What is wrong with a rule.

    Attributes:
        rule: its id.
        kind: "undocumented", "duplicate", "example", "dead", "redundant" or "contradictory".
        detail: what, in words.
        source: the file of the rule, where it comes from a pack.
    """

    rule: str
    kind: str
    detail: str
    source: str = ""


def lint(rules: Sequence[Rule], beside: Sequence[Rule] = ()) -> tuple[Fault, ...]:
    """Return what is wrong with rules, by themselves and beside others.

    Args:
        rules: the rules to look at.
        beside: rules that they will run with; faults among these alone are not told.
    """
    own = {rule.id for rule in rules}
    every = (*beside, *rules)
    found = [fault for rule in rules for fault in _undocumented(rule)]
    found += _duplicates(every, own)
    broken = {rule.id: tuple(_examples(rule)) for rule in rules}
    found += [fault for faults in broken.values() for fault in faults]
    usable = [rule for rule in every if not broken.get(rule.id)]
    found += _redundant(usable, own)
    found += _contradictory(usable, own)
    order = {rule.id: index for index, rule in enumerate(rules)}
    return tuple(sorted(found, key=lambda fault: order.get(fault.rule, -1)))


def _undocumented(rule: Rule) -> Iterator[Fault]:
    if len(rule.doc.strip()) < _LEAST_WORDS:
        yield _fault(rule, "undocumented", f"says what it tests and why in fewer than {_LEAST_WORDS} letters")
    if not rule.basis.strip():
        yield _fault(rule, "undocumented", "names no basis in law or practice")
    for what, zh, en in (("title", rule.title_zh, rule.title_en), ("message", rule.message_zh, rule.message_en)):
        bare_zh, bare_en = (re.sub(r"\{\w+\}", "", text) for text in (zh, en))
        if not zh.strip() or (what == "title" and not _CHINESE.search(bare_zh)):
            yield _fault(rule, "undocumented", f"has no {what} in Chinese")
        if not en.strip() or (what == "title" and not re.search("[A-Za-z]", bare_en)):
            yield _fault(rule, "undocumented", f"has no {what} in English")
    for template in (rule.message_zh, rule.message_en):
        unknown = sorted(set(re.findall(r"\{(\w+)\}", template)) - _FIELDS)
        if unknown:
            yield _fault(rule, "undocumented", f"its message names {', '.join(unknown)}, which no finding has")
    for name, examples in (("holds", rule.holds), ("breaks", rule.breaks)):
        if not examples:
            yield _fault(rule, "undocumented", f"has no example that {name}")


def _duplicates(rules: Sequence[Rule], own: set[str]) -> Iterator[Fault]:
    counts = Counter(rule.id for rule in rules)
    titles = Counter(rule.title_zh for rule in rules)
    told: set[str] = set()
    for rule in rules:
        if rule.id in own and counts[rule.id] > 1 and rule.id not in told:
            told.add(rule.id)
            yield _fault(rule, "duplicate", "there are two rules of this id")
        elif rule.id in own and counts[rule.id] == 1 and titles[rule.title_zh] > 1:
            yield _fault(rule, "duplicate", f"another rule has the title {rule.title_zh!r}")


def _examples(rule: Rule) -> Iterator[Fault]:
    try:
        for wrong in example_faults(rule):
            yield _fault(rule, "dead" if "not violated" in wrong else "example", wrong)
    except RuleError as error:
        yield _fault(rule, "example", str(error))
    except GovBudgetError as error:
        yield _fault(rule, "example", f"an example cannot be read: {error}")


def _fired(rule: Rule, contexts: Sequence[Context]) -> Iterator[Fired]:
    """Where a rule finds documents wrong."""
    for outcome in _violated(rule, contexts):
        yield frozenset((operand.place, operand.printed) for operand in outcome.operands)


def _violated(rule: Rule, contexts: Sequence[Context]) -> Iterator[Outcome]:
    return (outcome for outcome in outcomes(rule, contexts) if outcome.grade.verdict is Verdict.VIOLATED)


def _redundant(rules: Sequence[Rule], own: set[str]) -> Iterator[Fault]:
    """A rule that fires exactly where another does, in every example of every rule, on the same operands."""
    faults = [contexts_of(text) for rule in rules for text in rule.breaks]
    marks: dict[frozenset[tuple[int, Fired]], list[Rule]] = {}
    for rule in rules:
        where = frozenset((number, spot) for number, made in enumerate(faults) for spot in _fired(rule, made))
        if where:
            marks.setdefault(where, []).append(rule)
    for alike in marks.values():
        for rule in alike[1:]:
            if rule.id in own and rule.id != alike[0].id:
                yield _fault(rule, "redundant", f"fires exactly where {alike[0].id} fires, on the same figures")


def _contradictory(rules: Sequence[Rule], own: set[str]) -> Iterator[Fault]:
    """What one rule calls right another calls wrong; a question (hint) contradicts nothing."""
    for rule in rules:
        for number, text in enumerate(rule.holds, 1):
            made = contexts_of(text)
            for other in rules:
                if other.id == rule.id or other.severity in (Severity.HINT, Severity.INFO):
                    continue
                if not own.intersection((rule.id, other.id)):
                    continue
                wrong = next(_violated(other, made), None)
                if wrong is not None:
                    detail = f"example {number} that holds is violated by {other.id}: {wrong.relation}"
                    yield _fault(rule, "contradictory", detail)


def _fault(rule: Rule, kind: str, detail: str) -> Fault:
    return Fault(rule=rule.id, kind=kind, detail=detail, source=rule.source)


@attrs.frozen(kw_only=True)
class Matrix:
    """Which rule finds which fault.

    Attributes:
        rules: ids of the rules, in their order.
        kills: for each fault, by its name, the ids of the rules that find it.
        alarms: for each clean document, by its name, the ids of the rules that find it wrong.
    """

    rules: tuple[str, ...]
    kills: Mapping[str, tuple[str, ...]]
    alarms: Mapping[str, tuple[str, ...]]

    @property
    def idle(self) -> tuple[str, ...]:
        """The rules that find no fault."""
        busy = {id for ids in self.kills.values() for id in ids}
        return tuple(id for id in self.rules if id not in busy)


def fault_matrix(
    rules: Sequence[Rule],
    faults: Iterable[tuple[str, Sequence[Disclosure]]],
    clean: Iterable[tuple[str, Sequence[Disclosure]]] = (),
) -> Matrix:
    """Run every rule over every fault and every clean document.

    Args:
        rules: the rules.
        faults: documents with one fault each, by name; several for a fault across documents.
        clean: documents without one.
    """

    def found(documents: Sequence[Disclosure]) -> tuple[str, ...]:
        contexts = tuple(map(context, documents))
        return tuple(rule.id for rule in rules if next(_violated(rule, contexts), None) is not None)

    return Matrix(
        rules=tuple(rule.id for rule in rules),
        kills={name: found(documents) for name, documents in faults},
        alarms={name: found(documents) for name, documents in clean},
    )


def example_cases(rules: Sequence[Rule], *, broken: bool) -> Iterator[tuple[str, tuple[Disclosure, ...]]]:
    """Yield the examples of rules as documents, by name: those that break or those that hold."""
    for rule in rules:
        for number, text in enumerate(rule.breaks if broken else rule.holds, 1):
            yield f"{rule.id} #{number}", sketches(text)
