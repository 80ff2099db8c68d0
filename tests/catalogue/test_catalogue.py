"""The catalogue itself: unique, documented, worded, and every rule kills the fault it is there for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from tests.catalogue.faults import ACCOUNTS, DEPARTMENT, FAULTS, FAULTS_OF_ACCOUNTS, FAULTS_OF_DEPARTMENT, SOURCE

from govbudget.consistency import EventKind, Scope, SlipKind, Verdict
from govbudget.errors import GovBudgetError
from govbudget.invariants import CATALOGUE, JOINT, TRUNCATION, audit, rule, select
from govbudget.invariants.context import Context
from govbudget.invariants.hypotheses import Mistake
from govbudget.invariants.rule import Outcome
from govbudget.model import Disclosure, Finding, Fund, Severity
from govbudget.reading import REMARKS, read
from govbudget.reports import message, title
from govbudget.reports.words import Lang, texts


def test_ids_are_unique_and_well_formed() -> None:
    ids = [r.id for r in CATALOGUE]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+\.[a-z-]+", id) for id in ids)
    assert len({r.title_zh for r in CATALOGUE}) == len({r.title_en for r in CATALOGUE}) == len(ids)


@pytest.mark.parametrize("found", CATALOGUE, ids=lambda r: r.id)
def test_rules_are_documented(found: object) -> None:
    from govbudget.invariants import Rule

    assert isinstance(found, Rule)
    assert len(found.doc) > 60
    assert found.basis
    assert re.search(r"[\u4e00-\u9fff]", found.title_zh)
    assert not re.search(r"^[\u4e00-\u9fff]", found.title_en)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_has_words(lang: Lang) -> None:
    for code in REMARKS:
        template = texts()["messages"][code][lang]
        names = re.findall(r"\{(\w+)\}", template)
        data = tuple((name, f"<{name}>") for name in names)
        said = message(Finding(code=code, severity=Severity.INFO, data=data), lang)
        assert all(f"<{name}>" in said for name in names)
    for found in CATALOGUE:
        template = found.message_zh if lang == "zh" else found.message_en
        names = re.findall(r"\{(\w+)\}", template)
        assert set(names) <= {"subject", "relation", "difference", "why", "candidates", "printed", "gap"}, found.id
        said = message(Finding(code=found.id, severity=Severity.INFO, data=tuple((n, f"<{n}>") for n in names)), lang)
        assert all(f"<{name}>" in said for name in names)
        assert "{" not in said
        assert "[" not in said
    assert set(texts()["slips"]) == {kind.name.lower() for kind in (*SlipKind, *EventKind, *Mistake)}
    assert set(texts()["severities"]) == {severity.value for severity in Severity}
    for group in ("verdicts", "severities", "reasons", "slips"):
        assert all(words[lang] for words in texts()[group].values())


def test_messages_are_all_in_use() -> None:
    codes = set(REMARKS) | {JOINT, TRUNCATION, "suspect", "waiver.expired", "waiver.unused"}
    codes |= {f"suspect-{scope.value}" for scope in Scope}
    assert set(texts()["messages"]) <= codes
    source = "\n".join(p.read_text(encoding="utf-8") for p in (Path(__file__).parents[2] / "src").rglob("*.py"))
    assert all(f'"{reason}"' in source for reason in texts()["reasons"])
    assert all(f'"{code}"' in source.replace("remarks.py", "") for code in REMARKS)


def test_a_rule_without_a_docstring_is_refused() -> None:
    def check(ctx: Context) -> Iterator[Outcome]:
        yield from ()

    with pytest.raises(GovBudgetError, match="docstring"):
        rule("x.y", zh="甲", en="a", basis="b")(check)


def test_callers_pass_their_own_rules(example: object) -> None:
    from govbudget.reading import Reading

    assert isinstance(example, Reading)
    only = audit(example.disclosure, rules=select("agreement.balance"))
    assert {c.rule for c in only.comparisons} == {"agreement.balance"}
    with pytest.raises(GovBudgetError, match="groups are"):
        select("nonsense")
    assert title("agreement.balance", "en") == "Revenue and expenditure balance"


def test_audits_are_deterministic(example: object) -> None:
    from govbudget.reading import Reading

    assert isinstance(example, Reading)
    assert audit(example.disclosure) == audit(example.disclosure)


@pytest.mark.parametrize("id", list(FAULTS_OF_DEPARTMENT))
def test_rules_of_departments_kill_their_faults(id: str) -> None:
    clean = audit(read(DEPARTMENT.encode(), name="x.md").disclosure, rules=select(id))
    assert {c.verdict for c in clean.comparisons} == {Verdict.EXACT}
    broken = audit(read(FAULTS_OF_DEPARTMENT[id](DEPARTMENT).encode(), name="x.md").disclosure, rules=select(id))
    assert broken.findings
    assert all(f.places and message(f, "zh") and message(f, "en") for f in broken.findings)


@pytest.mark.parametrize("id", list(FAULTS_OF_ACCOUNTS))
def test_every_rule_of_accounts_kills_its_fault(id: str) -> None:
    assert audit(read(ACCOUNTS.encode(), name="x.html").disclosure, rules=select(id)).findings == ()
    broken = audit(read(FAULTS_OF_ACCOUNTS[id](ACCOUNTS).encode(), name="x.html").disclosure, rules=select(id))
    assert broken.findings, [c for c in broken.comparisons if c.verdict is not Verdict.EXACT]
    for finding in broken.findings:
        assert finding.places
        assert message(finding, "zh")
        assert message(finding, "en")


@pytest.mark.parametrize("id", list(FAULTS))
def test_every_rule_kills_its_fault(id: str) -> None:
    clean = audit(read(SOURCE.encode(), name="x.md").disclosure, rules=select(id))
    before = {f.data for f in clean.findings}
    if id != "narrative.names":  # this budget really has that slip
        assert not before
    broken = audit(read(FAULTS[id](SOURCE).encode(), name="x.md").disclosure, rules=select(id))
    assert {f.data for f in broken.findings} - before, [c for c in broken.comparisons if c.verdict is not Verdict.EXACT]
    for finding in broken.findings:
        assert finding.places
        assert message(finding, "zh")
        assert message(finding, "en")


def test_each_rule_says_so_when_it_cannot_look(example: object) -> None:
    """Without tables, rules over tables do not pass silently: nothing is exact but what was really compared."""
    from govbudget.reading import Reading

    assert isinstance(example, Reading)
    bare: Disclosure = attrs.evolve(example.disclosure, tables=())
    report = audit(bare)
    untested = {c.rule for c in report.comparisons if c.verdict is Verdict.NOT_TESTED}
    assert {"agreement.narrative", "narrative.names", "narrative.absence"} <= untested
    nobody = attrs.evolve(example.disclosure, layout="of a city not known here")
    assert {
        c.reason for c in audit(nobody, rules=select("completeness.tables", "completeness.sections")).comparisons
    } == {"no-layout"}


def test_other_money_makes_parts_of_wholes() -> None:
    """Where a subject also has money of its own, the general budget's table may print less, never more."""
    from govbudget.model import Use
    from govbudget.testing import Leaf, publish

    mixed = publish(
        [
            Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=10**9),
            Leaf(functional="2012950", use=Use.PROJECT, fen=10**8, fund=Fund.GOVERNMENT_FUND, project="甲"),
        ]
    )
    report = audit(mixed, rules=select("agreement.source", "additivity.tables"))
    assert report.findings == ()
    assert any("≤" in c.relation for c in report.comparisons)
