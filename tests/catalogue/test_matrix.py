"""Fault × rule: every rule finds a fault, no clean document is called wrong, the catalogue has no faults itself."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from tests.catalogue.faults import clean, faulty

from govbudget.invariants import CATALOGUE, audit, example_cases, fault_matrix, lint, rule, select
from govbudget.invariants.context import Context
from govbudget.invariants.rule import Outcome, Rule
from govbudget.model import Disclosure, Scope, Severity
from govbudget.testing import consistent_disclosures

SOUND = tuple(rule for rule in CATALOGUE if rule.severity in (Severity.ERROR, Severity.WARNING))


def test_the_catalogue_has_no_faults() -> None:
    assert lint(CATALOGUE) == ()


def test_every_rule_kills_a_fault_and_none_cries_wolf() -> None:
    matrix = fault_matrix(CATALOGUE, [*example_cases(CATALOGUE, broken=True), *faulty()], clean())
    assert matrix.idle == ()
    assert all(matrix.kills.values()), [name for name, ids in matrix.kills.items() if not ids]
    for name, ids in matrix.kills.items():
        own = name.split(" ")[1] if name.startswith("x.") else name.split(" ")[0]
        assert own in ids, name
    sound = {rule.id for rule in SOUND}
    assert {name: sound.intersection(ids) for name, ids in matrix.alarms.items() if sound.intersection(ids)} == {}


@given(consistent_disclosures())
@settings(max_examples=8)
def test_no_generated_document_is_called_wrong(disclosure: Disclosure) -> None:
    """A consistent disclosure, alone, beside itself and beside its own department, breaks no rule."""
    tables = attrs.evolve(disclosure, layout="")  # it has no narrative, which its layout would miss
    department = attrs.evolve(tables, scope=Scope.DEPARTMENT)
    found = audit([tables, tables, department], rules=SOUND, diagnosis=False).findings
    assert [f for f in found if f.severity is not Severity.INFO] == []


def _copy(id: str, **changes: object) -> Rule:
    found = select(id)[0]
    changed: Rule = attrs.evolve(found, id=f"mine.{found.id.partition('.')[2]}", title_zh=f"甲{found.title_zh}")
    return attrs.evolve(changed, **changes)  # type: ignore[arg-type]


def _said(*rules: Rule) -> list[tuple[str, str]]:
    return [(fault.kind, fault.detail) for fault in lint(rules, CATALOGUE)]


def test_what_is_wrong_with_a_catalogue_is_told() -> None:
    assert _said(_copy("additivity.use")) == [
        ("redundant", "fires exactly where additivity.use fires, on the same figures")
    ]
    assert _said(_copy("additivity.use", basis=" ", doc="short.", breaks=()))[:3] == [
        ("undocumented", "says what it tests and why in fewer than 60 letters"),
        ("undocumented", "names no basis in law or practice"),
        ("undocumented", "has no example that breaks"),
    ]
    twice = lint((select("additivity.use")[0],), CATALOGUE)
    assert ("duplicate", "there are two rules of this id") in [(f.kind, f.detail) for f in twice]
    dead = _copy("additivity.use", breaks=select("additivity.use")[0].holds)
    assert ("dead", "example 1 that breaks is not violated") in _said(dead)
    vain = _copy("additivity.use", holds=select("additivity.item")[0].holds)
    assert ("example", "example 1 that holds compares nothing") in _said(vain)
    unread = _copy("additivity.use", holds=("[3 nonsense]",))
    assert [kind for kind, _ in _said(unread)] == ["example"]
    strange = _copy("additivity.use", message_en="{colour} is wrong")
    assert ("undocumented", "its message names colour, which no finding has") in _said(strange)


def test_contradictions_are_told_from_both_sides() -> None:
    """A rule that wants one budget larger than all money cannot stand beside the one that wants it smaller."""
    from collections.abc import Iterator

    from govbudget.consistency import Grade, Verdict

    part = select("agreement.source")[0]

    @rule(
        "mine.larger",
        zh="一般公共预算大于全部支出",
        en="The general budget is larger than all spending",
        basis="none: made up to contradict",
        holds=part.breaks,
        breaks=part.holds,
    )
    def larger(ctx: Context) -> Iterator[Outcome]:
        """The general budget is larger than all spending, which no law wants and no budget has: it contradicts."""
        assert part.check is not None
        for outcome in part.check(ctx):
            opposite = Verdict.EXACT if outcome.grade.verdict is Verdict.VIOLATED else Verdict.VIOLATED
            yield attrs.evolve(outcome, grade=Grade(opposite))

    said = lint([larger], CATALOGUE)
    assert {fault.kind for fault in said} == {"contradictory"}
    assert {fault.rule for fault in said} >= {"mine.larger", "agreement.source"}


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_examples_are_small(rule: Rule) -> None:
    """An example is read by a person: it shows one thing."""
    assert all(len(text.splitlines()) <= 60 for text in (*rule.holds, *rule.breaks))
