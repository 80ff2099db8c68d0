"""Audits as an auditor uses them: what was covered, findings with names that stay, waivers, several documents."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.catalogue.faults import FAULTS, SOURCE

from govbudget.consistency import Verdict
from govbudget.errors import GovBudgetError, RuleError
from govbudget.invariants import (
    CATALOGUE,
    Waiver,
    audit,
    baseline,
    coverage,
    finding_ids,
    parse_waivers,
    rule_counts,
    select,
    sketch,
    sketches,
)
from govbudget.model import Certainty, Severity
from govbudget.reading import Reading, read
from govbudget.reports import message

EXAMPLE = Path(__file__).parents[2] / "examples" / "hangzhou-2024.md"
DAY = datetime.date(2026, 3, 1)
WRONG = """
[3 expenditure]
科目 | 合计 | 人员经费 = personnel | 公用经费 = running
2012950 事业运行 | 9.00 | 5.00 | 3.00
2080505 机关事业单位基本养老保险缴费支出 | 2.00 | 2.00 |
"""


# -- coverage ---------------------------------------------------------------------------------------------------------


def test_nearly_every_figure_of_the_example_is_compared_and_the_rest_is_listed(hangzhou: tuple[str, Reading]) -> None:
    covered = coverage(audit(hangzhou[1].disclosure))
    assert covered.per_mille >= 980
    assert [figure.printed for figure in covered.uncompared] == [
        "单位价值50万元以上通用设备0台(套)",
        "单位价值100万元以上专用设备0台(套)",
    ]
    assert all(figure.place.section == "其他重要事项的情况说明" for figure in covered.uncompared)
    assert len(covered.figures) == len(covered.compared) + len(covered.uncompared) == 291
    assert all(len(figure.rules) <= figure.comparisons for figure in covered.compared)


def test_what_is_not_tested_covers_nothing() -> None:
    report = audit(sketch("## 一 {a}\n支出3.00万元。 => amount expenditure current general: 3.00万元"))
    (figure,) = coverage(report).figures
    assert (figure.comparisons, figure.rules, figure.name) == (0, (), "一般公共预算 本年支出")
    assert coverage(audit(sketch(""))).per_mille == 1000


def test_counts_by_rule_tell_silence_from_a_pass() -> None:
    counts = rule_counts(audit(sketch(WRONG)))
    assert counts["additivity.use"][Verdict.VIOLATED] == 1
    assert sum(counts["balance.closing"].values()) == 0


# -- ids --------------------------------------------------------------------------------------------------------------


def test_ids_stay_when_something_else_changes() -> None:
    before = read(FAULTS["additivity.functional"](SOURCE).encode(), name="x.md").disclosure
    moved = FAULTS["additivity.functional"](SOURCE)
    moved = moved.replace("## ", "\n\n\n## ").replace("注：", "注: ", 1)
    moved = FAULTS["narrative.growth"](moved)
    after = read(moved.encode(), name="other.md").disclosure
    one, other = audit(before), audit(after)
    first, second = finding_ids(one.findings, before), finding_ids(other.findings, after)
    assert set(first) < set(second)
    backwards = audit(before, rules=CATALOGUE[::-1])
    assert set(finding_ids(backwards.findings, before)) == set(first)
    assert len(set(second)) == len(second)


def test_ids_change_with_what_is_wrong_and_tell_equals_apart() -> None:
    one, other = (audit(sketch(text)) for text in (WRONG, WRONG.replace("9.00", "9.10")))
    assert finding_ids(one.findings, one.disclosure) != finding_ids(other.findings, other.disclosure)
    twice = (*one.findings, *one.findings)
    assert len(set(finding_ids(twice, one.disclosure))) == len(twice)


# -- selection --------------------------------------------------------------------------------------------------------


def test_rules_are_selected_in_every_way_at_once() -> None:
    assert select() == CATALOGUE
    warnings = select(severity=Severity.WARNING)
    assert warnings
    assert {rule.severity for rule in warnings} == {Severity.WARNING}
    assert select("completeness", certainty=[Certainty.PROVED], severity=[Severity.ERROR]) == tuple(
        r
        for r in CATALOGUE
        if r.group == "completeness" and (r.certainty, r.severity) == (Certainty.PROVED, Severity.ERROR)
    )
    with pytest.raises(GovBudgetError, match="groups are"):
        select("nonsense")


# -- waivers ----------------------------------------------------------------------------------------------------------


def test_a_baseline_lets_stand_what_stood_and_nothing_new() -> None:
    report = audit(sketch(WRONG))
    assert report.findings
    text = baseline([(report.disclosure, report.findings)], reason='wrote "so"', expires=DAY)
    waivers = parse_waivers(text)
    quiet = audit(sketch("\n\n" + WRONG), waivers=waivers, today=DAY)
    assert quiet.findings == ()
    assert [w.waiver.reason for w in quiet.waived] == ['wrote "so"'] * len(report.findings)
    other = WRONG.replace("2.00 | 2.00", "2.00 | 1.00")
    new = audit(sketch(other), waivers=waivers, today=DAY)
    assert {f.code for f in new.findings} - {"waiver.unused"} == {"additivity.use"}


def test_waivers_that_expired_or_answer_to_nothing_are_told() -> None:
    late = DAY + datetime.timedelta(days=1)
    waiver = Waiver(rule="additivity.use", reason="agreed", expires=DAY)
    report = audit(sketch(WRONG), waivers=[waiver], today=late)
    assert {f.code for f in report.findings} == {"additivity.use", "waiver.expired"}
    assert "2026-03-01" in message(report.findings[-1], "zh")
    unused = audit(sketch(""), waivers=[Waiver(id="0" * 12, reason="gone")], today=DAY)
    assert [(f.code, f.severity) for f in unused.findings] == [("waiver.unused", Severity.INFO)]
    assert "answers to no finding" in message(unused.findings[0], "en")
    elsewhere = Waiver(rule="additivity", organization="别的单位", reason="not here")
    assert {f.code for f in audit(sketch(WRONG), waivers=[elsewhere]).findings} == {"additivity.use", "waiver.unused"}


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ('[[waivers]]\nid = "a"', "w.toml: waivers[0].reason", "required key missing"),
        ('[[waivers]]\nid = "a"\nreason = ""', "w.toml: waivers[0]", "says why"),
        ('[[waivers]]\nid = "a"\nrule = "b"\nreason = "c"', "w.toml: waivers[0]", "a finding or a rule"),
        ('[[waivers]]\nreason = "c"', "w.toml: waivers[0]", "a finding or a rule"),
        ('[[waivers]]\nid = "a"\nreason = "c"\nexpires = "2026"', "w.toml: waivers[0].expires", "expected date"),
        ('[[waivers]]\nid = "a"\nreason = "c"\nuntil = 1', "w.toml: waivers[0].until", "unknown key"),
        ("[waivers]\nid = 1", "w.toml: waivers", "expected a list"),
        ("[[rules]]", "w.toml: rules", "unknown key"),
        ("[[waivers", "w.toml", "no TOML"),
    ],
)
def test_a_file_of_waivers_that_does_not_fit_says_where(text: str, place: str, what: str) -> None:
    with pytest.raises(RuleError, match=what) as caught:
        parse_waivers(text, "w.toml")
    assert caught.value.place == place


UNREAD = "表3：支出预算总表\n单位：万元\n科目\t合计\n合计\t一二三\n".encode()


def test_remarks_of_the_reader_may_stand_too() -> None:
    scanned = read(UNREAD, name="x.txt")
    assert "read.cell" in {remark.code for remark in scanned.findings}
    plain = audit(scanned.disclosure, remarks=[scanned.findings])
    assert plain.remarks == scanned.findings
    assert plain.findings == audit(scanned.disclosure).findings

    text = baseline([(scanned.disclosure, scanned.findings)], reason="looked up in print", expires=DAY)
    quiet = audit(scanned.disclosure, remarks=[scanned.findings], waivers=parse_waivers(text), today=DAY)
    assert quiet.remarks == ()
    assert [waived.finding for waived in quiet.waived] == list(scanned.findings)
    assert quiet.findings == plain.findings  # no waiver is unused

    some = [Waiver(rule="read.cell", reason="seen"), Waiver(rule="read.nothing", reason="seen")]
    report = audit([scanned.disclosure], remarks=[scanned.findings], waivers=some)
    assert "read.cell" not in {remark.code for remark in report.remarks}
    assert report.remarks == report.parts[0].remarks
    unused = [dict(f.data)["subject"] for f in report.findings if f.code == "waiver.unused"]
    assert unused == ["read.nothing"]
    with pytest.raises(GovBudgetError, match="remarks of 1 documents for 2"):
        audit([scanned.disclosure, scanned.disclosure], remarks=[scanned.findings])


# -- several documents ------------------------------------------------------------------------------------------------

TWO_YEARS = """
unit budget 2023
[7 three_public]
单位 | 接待 = reception
合计 | 2.60
===
unit budget 2024
[7 three_public]
单位 | 接待 = reception
合计 | 2.40
## “三公”经费说明 {three_public}
2023年预算2.06万元。 => amount 2023 budget expenditure current general reception: 2.06万元
"""


def test_several_documents_are_audited_each_and_together() -> None:
    made = sketches(TWO_YEARS)
    report = audit(made)
    assert [part.disclosure for part in report.parts] == list(made)
    assert [f.code for f in report.findings] == ["documents.last-year"]
    (finding,) = report.findings
    assert {place.document for place in finding.places} == {"sketch-1", "sketch-2"}
    assert audit(made) == report
    alone = audit(made[1])
    assert alone.findings == ()
    assert alone.parts == ()


def test_ids_across_documents_do_not_depend_on_their_order() -> None:
    made = sketches(TWO_YEARS)
    one, other = audit(made), audit(made[::-1])
    assert finding_ids(one.findings, None) == finding_ids(other.findings, None)


def test_waivers_reach_across_documents() -> None:
    waiver = Waiver(rule="documents", reason="restated after a reform")
    report = audit(sketches(TWO_YEARS), waivers=[waiver], today=DAY)
    assert report.findings == ()
    assert [w.finding.code for w in report.waived] == ["documents.last-year"]


def test_no_order_of_hashes_decides_what_is_said() -> None:
    """The hashes of texts are others in every process; two audits of one document are equal all the same."""
    script = "import sys; from govbudget.invariants import audit; from govbudget.reading import read\n"
    script += "print(audit(read(sys.argv[1]).disclosure).comparisons)"
    said = {
        subprocess.run(
            [sys.executable, "-c", script, str(EXAMPLE)],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_nothing_to_audit_is_the_callers_mistake() -> None:
    with pytest.raises(GovBudgetError, match="nothing to audit"):
        audit([])
    with pytest.raises(GovBudgetError, match=r"two rules additivity\.use"):
        audit(sketch(""), rules=[*CATALOGUE, *select("additivity.use")])
