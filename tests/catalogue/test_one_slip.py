"""One slip, one finding: what a wrong figure spoils is told with it."""

from __future__ import annotations

import random
from itertools import combinations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.consistency import Verdict
from govbudget.invariants import CATALOGUE, AuditReport, Comparison, alarms, audit, finding_ids, sketch
from govbudget.invariants.trials import key
from govbudget.model import Disclosure, Finding
from govbudget.reading import Reading
from govbudget.testing import FaultKind, faults, figure_faults, make

SHARES = """
[1 summary]
-- 支出: expenditure
项目 | 预算数
基本支出 = current basic | 79.00
项目支出 = current project | 21.00
本年支出合计 = current | {}
## 支出预算情况说明 {{expenditure}}
基本支出占79%，项目支出占{}%。
=> share expenditure current basic of expenditure current: 79%
=> share expenditure current project of expenditure current: {}%
"""


def test_every_wrong_figure_of_the_example_is_one_finding(example: Reading) -> None:
    before = {finding.data for finding in audit(example.disclosure).findings}
    for fault in list(figure_faults(example.disclosure))[::43]:
        found = [f for f in audit(fault.disclosure).findings if f.data not in before]
        assert len(found) == 1, (fault.place, fault.was, fault.printed, [f.code for f in found])


def test_a_share_that_is_wrong_by_itself_stays_a_finding_of_its_own() -> None:
    assert audit(sketch(SHARES.format("100.00", 21, 21))).findings == ()
    one = audit(sketch(SHARES.format("1000.00", 21, 21))).findings
    assert [f.code for f in one] == ["additivity.use"]
    assert "narrative.share" in dict(one[0].data)["rules"]
    two = audit(sketch(SHARES.format("1000.00", 12, 12))).findings
    assert [f.code for f in two] == ["additivity.use", "narrative.share"]


def test_the_same_slip_in_two_tables_is_one_finding() -> None:
    table = "[{} {}{}]\n科目 | 合计\n20805 行政事业单位养老支出 | 9.00\n2080502 事业单位离退休 | 4.00\n"
    table += "2080506 机关事业单位职业年金缴费支出 | {}\n"
    right = table.format(2, "revenue", "", "5.00") + table.format(9, "fiscal_expenditure", "", "5.00")
    wrong = table.format(3, "expenditure", "", "50.00") + table.format(5, "general_expenditure", "", "50.00")
    (finding,) = audit(sketch(right + wrong)).findings
    assert {place.table for place in finding.places} >= {3, 5}
    assert dict(finding.data)["subject"].count("职业年金缴费支出") == 2


# -- every kind of fault, wherever it is put -------------------------------------------------------------------------

SINGLE = [kind for kind in FaultKind if kind not in (FaultKind.DOUBLE, FaultKind.TRIPLE)]


def more(before: AuditReport, after: AuditReport) -> tuple[list[Finding], int]:
    """The alarms that are new, and how many more there are: one that was there may come to say something else."""
    was, now = ({finding.data for finding in alarms(report)} for report in (before, after))
    new = [finding for finding in alarms(after) if finding.data not in was]
    return new, len(new) - len(was - now)


@pytest.mark.parametrize("kind", SINGLE, ids=lambda kind: kind.value)
def test_a_fault_of_any_kind_in_the_example_is_one_finding(example: Reading, kind: FaultKind) -> None:
    before = audit(example.disclosure)
    for fault in faults(example.disclosure, kinds=[kind], each=3, seed=7):
        new, count = more(before, audit(fault.disclosure))
        assert count <= 1, (fault, [(f.code, f.data) for f in new])


GENERATED = {FaultKind.SWAPPED_COLUMNS: 6}
"""Where columns of a table with a single line change places, no line tells which two they are."""


@pytest.mark.parametrize("seed", range(3))
def test_a_fault_of_any_kind_in_a_generated_budget_is_one_finding(seed: int) -> None:
    made = make("hangzhou-unit-budget", seed=seed, narrative=True)
    before = audit(made)
    for fault in faults(made, kinds=SINGLE, seed=seed):
        new, count = more(before, audit(fault.disclosure))
        assert count <= GENERATED.get(fault.kind, 1), (fault, [(f.code, f.data) for f in new])


def test_nothing_violated_is_left_untold(example: Reading) -> None:
    """Whatever is grouped, every violated comparison is told by a finding: its rule is named, and its places."""
    for fault in faults(example.disclosure, kinds=SINGLE, seed=3):
        report = audit(fault.disclosure)
        for compared in report.comparisons:
            if compared.verdict is Verdict.VIOLATED:
                assert any(tells(finding, compared) for finding in report.findings), (fault, compared)


def tells(finding: Finding, compared: Comparison) -> bool:
    """Whether a finding names the rule and the places of a comparison; of a whole table it names the first place."""
    data = dict(finding.data)
    whole = finding.places[0].table if data.get("slip") == "unit" and "suspect" in data and finding.places else None
    return compared.rule in (finding.code, *data.get("rules", "").split()) and all(
        o.place in finding.places or (whole is not None and o.place.table == whole) for o in compared.operands
    )


def both(base: Disclosure, one: Disclosure, other: Disclosure) -> Disclosure | None:
    """The disclosure with the changes of two others, ``None`` where they are in one table, or both in the text."""
    if not len(base.tables) == len(one.tables) == len(other.tables):
        return None
    tables = []
    for own, first, second in zip(base.tables, one.tables, other.tables, strict=True):
        if own not in (first, second):
            return None
        tables.append(second if first == own else first)
    texts = [made.narrative for made in (one, other) if made.narrative != base.narrative]
    if len(texts) > 1:
        return None
    return attrs.evolve(base, tables=tuple(tables), narrative=texts[0] if texts else base.narrative)


def violated(report: AuditReport) -> set[tuple[object, ...]]:
    """What is violated, by rule, subject and place."""
    return {(*key(c)[:3],) for c in report.comparisons if c.verdict is Verdict.VIOLATED}


@pytest.mark.parametrize("name", ["example", "made"])
def test_a_second_slip_is_never_swallowed(example: Reading, name: str) -> None:
    """Two faults that spoil no comparison in common are two findings at the least, whatever their kinds."""
    base = example.disclosure if name == "example" else make("hangzhou-unit-budget", seed=1, narrative=True)
    before = audit(base)
    known = []
    for fault in faults(base, kinds=SINGLE, seed=1):
        after = audit(fault.disclosure)
        if len(more(before, after)[0]) == 1:
            known.append((fault, violated(after) - violated(before)))
    pairs = [(a, b) for a, b in combinations(known, 2) if not a[1] & b[1]]
    random.Random(1).shuffle(pairs)
    tried = 0
    for (one, _), (other, _) in pairs:
        made = both(base, one.disclosure, other.disclosure)
        if made is None:
            continue
        tried += 1
        new, _ = more(before, audit(made))
        assert len(new) > 1, (one, other, [(f.code, f.data) for f in new])
        if tried == 25:
            break
    assert tried == 25


# -- ids --------------------------------------------------------------------------------------------------------------


@given(st.randoms(use_true_random=False), st.integers(0, 5), st.sampled_from(SINGLE))
@settings(max_examples=20)
def test_ids_do_not_hang_on_the_rules_around(chance: random.Random, seed: int, kind: FaultKind) -> None:
    """In another order of rules all ids are the same; with rules added or left out, those of what is still found."""
    base = make("hangzhou-unit-budget", seed=seed, narrative=True)
    made = next((fault.disclosure for fault in faults(base, kinds=[kind], seed=seed)), base)
    rules = list(CATALOGUE)
    chance.shuffle(rules)
    whole, mixed = audit(made), audit(made, rules=rules)
    known = dict(zip(finding_ids(whole.findings, made), whole.findings, strict=True))
    assert known.keys() == set(finding_ids(mixed.findings, made))
    some = audit(made, rules=rules[: len(rules) * 2 // 3])
    same: dict[tuple[object, ...], set[str]] = {}
    for id, finding in known.items():  # two that say the same are numbered
        same.setdefault(told(finding), set()).add(id)
    for id, finding in zip(finding_ids(some.findings, made), some.findings, strict=True):
        assert id in same.get(told(finding), {id})


def told(finding: Finding) -> tuple[object, ...]:
    """What a finding is, whichever rules it is told by: a slip in its place, or what a rule finds there."""
    data = dict(finding.data)
    slip = "suspect" in data
    says = [data.get(name) for name in ("subject", "printed", "scope", "relation")]
    return ("" if slip else finding.code, finding.places[:1], *says)
