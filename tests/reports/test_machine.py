"""What other programs read: JSON by its schema, SARIF by the standard, JUnit, CSV without formulas, ESS reports."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalogue.faults import FAULTS, SOURCE

from govbudget.cli import main
from govbudget.consistency import Verdict
from govbudget.invariants import Waiver, audit, finding_ids, select, sketches
from govbudget.reading import read
from govbudget.reports.machine import Checked, check_data, csv_text, ess_report, findings_of, junit, sarif, schema
from govbudget.reports.machine.table import COLUMNS, guarded

TWO = """
department budget 2024
of 某市某局
members 某市某局（本级）、某中心
[5 general_expenditure]
科目 | 合计 | 基本支出 = basic | 项目支出 = project
合计 | 6.00 | 2.00 | 3.00
===
unit budget 2024
of 某中心
[5 general_expenditure]
科目 | 合计
合计 | 20.00
"""


@pytest.fixture(scope="module")
def broken() -> Checked:
    """The example with two slips, one of them waived."""
    text = FAULTS["narrative.growth"](FAULTS["additivity.use"](SOURCE))
    reading = read(text.encode(), name="broken.md")
    waiver = Waiver(rule="narrative.names", reason="agreed")
    return Checked(audit(reading.disclosure, waivers=[waiver]), (reading.findings,))


@pytest.fixture(scope="module")
def several() -> Checked:
    """Two documents that do not fit, across and by themselves."""
    return Checked(audit(sketches(TWO)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_data_fits_its_schema(broken: Checked, several: Checked, lang: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    for checked in (broken, several):
        data = json.loads(json.dumps(check_data(checked, lang), ensure_ascii=False))
        assert list(validator.iter_errors(data)) == []
    damaged = check_data(several, lang)
    damaged["documents"][0]["findings"][0]["colour"] = "red"
    assert list(validator.iter_errors(damaged))


def test_the_data_says_everything_once(broken: Checked, several: Checked) -> None:
    (document,) = check_data(broken)["documents"]
    report = broken.report
    assert [f["id"] for f in document["findings"]] == list(finding_ids(report.findings, report.disclosure))
    assert [f["reason"] for f in document["waived"]] == ["agreed"]
    assert document["suspects"]
    proof = document["proofs"][0]
    ranges = {figure["figure"]: figure for figure in proof["figures"]}
    low = high = 0  # the certificate, added up by nothing but the data
    weights: dict[int, int] = {}
    for relation in proof["relations"]:
        for figure in relation["plus"]:
            weights[figure] = weights.get(figure, 0) + relation["factor"]
        for figure in relation["minus"]:
            weights[figure] = weights.get(figure, 0) - relation["factor"]
    for figure, weight in weights.items():
        if weight:
            ends = sorted(weight * ranges[figure][end] for end in ("low", "high"))
            low, high = low + ends[0], high + ends[1]
    assert low == proof["gap"] > 0
    both = check_data(several)
    assert [f["code"] for f in both["across"]["findings"]] == ["documents.unit-within"]
    assert both["documents"][0]["findings"]


def test_a_document_given_twice_is_told_twice() -> None:
    made = sketches(TWO)[0]
    data = check_data(Checked(audit([made, made])))
    first, second = (document["findings"] for document in data["documents"])
    assert first == second != []
    assert len({finding["id"] for finding in first}) == len(first)


# -- SARIF: what the schema of OASIS asks for, in as far as it is used ------------------------------------------------

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_ARTIFACT = {
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "properties": {"uri": {"type": "string", "pattern": r"^[^\s\\]+$"}, "uriBaseId": {"const": "SRCROOT"}},
}
_LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": _ARTIFACT,
                "region": {
                    "type": "object",
                    "additionalProperties": False,
                    "minProperties": 1,
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1},
                        "charOffset": {"type": "integer", "minimum": 0},
                        "charLength": {"type": "integer", "minimum": 0},
                    },
                },
            },
        },
        "logicalLocations": {"type": "array", "minItems": 1, "items": {"required": ["fullyQualifiedName", "kind"]}},
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "language": {"pattern": "^[a-z]{2}-[A-Z]{2}$"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "properties": {
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "help": _TEXT,
                                                "defaultConfiguration": {
                                                    "properties": {
                                                        "level": {"enum": ["none", "note", "warning", "error"]}
                                                    }
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "originalUriBaseIds": {"type": "object"},
                    "artifacts": {"type": "array", "items": {"properties": {"location": _ARTIFACT}}},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "ruleId", "level"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
                                "message": _TEXT,
                                "locations": {"type": "array", "items": _LOCATION},
                                "relatedLocations": {"type": "array", "items": _LOCATION},
                                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                                "suppressions": {
                                    "type": "array",
                                    "items": {
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                                            "justification": {"type": "string"},
                                        },
                                    },
                                },
                                "properties": {"type": "object"},
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_sarif_is_what_the_standard_wants(broken: Checked, several: Checked) -> None:
    for checked in (broken, several):
        log = sarif(checked)
        assert list(jsonschema.Draft202012Validator(SARIF).iter_errors(log)) == []
        (run,) = log["runs"]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert len(set(rules)) == len(rules)
        for result in run["results"]:
            assert rules[result["ruleIndex"]] == result["ruleId"]
            assert (result["kind"] == "fail") is (result["level"] != "none")
        prints = [result["partialFingerprints"]["govbudget/v1"] for result in run["results"]]
        assert prints == [one.id for one in findings_of(checked)]
    (run,) = sarif(broken)["runs"]
    (waived,) = [r for r in run["results"] if r.get("suppressions")]
    assert waived["suppressions"][0]["justification"] == "agreed"
    region = waived["locations"][0]["physicalLocation"]["region"]
    text = broken.report.waived[0].finding.places[0]
    assert text.span == (region["charOffset"], region["charOffset"] + region["charLength"])


def test_junit_counts_what_failed_and_what_was_skipped(broken: Checked, several: Checked) -> None:
    root = ET.fromstring(junit(broken))
    (suite,) = root
    assert suite.get("name") == "broken.md"
    failed = [case for case in suite if case.find("failure") is not None]
    skipped = [case for case in suite if case.find("skipped") is not None]
    assert [root.get("failures"), suite.get("skipped"), root.get("tests")] == [
        str(len(failed)),
        str(len(skipped)),
        str(len(suite)),
    ]
    assert {case.get("name", "").split(" ")[0] for case in failed} == {"additivity.functional", "narrative.growth"}
    passed = {case.get("name", "").split(" ")[0] for case in suite} - {
        case.get("name", "").split(" ")[0] for case in (*failed, *skipped)
    }
    compared = {c.rule for c in broken.report.comparisons if c.verdict in (Verdict.EXACT, Verdict.ROUNDING)}
    assert passed <= compared | {"narrative.names"}  # the last one's finding is waived
    both = ET.fromstring(junit(several))
    assert [suite.get("name") for suite in both] == ["sketch-1", "sketch-2", "across documents"]


def test_csv_has_a_line_for_each_finding_and_no_formula(broken: Checked) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(broken))))
    found = list(findings_of(broken))
    assert [row["id"] for row in rows] == [one.id for one in found]
    assert set(rows[0]) == set(COLUMNS)
    assert [row["waiver"] for row in rows].count("agreed") == 1
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    shown = guarded(text)
    assert shown.removeprefix("'") == text or shown == text
    assert not re.match(r"\s*[=+\-@＝＋－＠]", shown)


def test_the_ess_report_has_a_result_for_every_comparison(broken: Checked) -> None:
    when = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    results = ess_report(broken, "en", when=when)
    comparisons = broken.report.comparisons
    assert len(results) == len(comparisons)
    assert {r["event"]["time"] for r in results} == {"2026-01-02T03:04:05+00:00"}
    for result, comparison in zip(results, comparisons, strict=True):
        assert set(result) == {"id", "type", "event", "rule", "data", "value", "status"}
        assert result["rule"]["id"] == comparison.rule
        assert all(isinstance(text, str) for key in ("source", "target") for text in result["data"][key])
        assert result["data"]["cardinality"] == len(result["data"]["target"]) == len(comparison.operands)
        assert (result["value"] == "0") is (comparison.verdict is Verdict.VIOLATED)
        assert (result["value"] == "NA") is (comparison.verdict in (Verdict.UNDECIDED, Verdict.NOT_TESTED))
    assert len({r["id"] for r in results}) == len(results)


# -- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "broken.md"
    path.write_text(FAULTS["additivity.use"](SOURCE), encoding="utf-8")
    return str(path)


def test_the_command_writes_every_format(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    for form, begins in (("json", "{"), ("sarif", "{"), ("junit", "<?xml"), ("csv", "id,document"), ("ess", "[")):
        assert main(["check", document, "--format", form]) == 1
        assert capsys.readouterr().out.startswith(begins)


def test_a_baseline_quiets_the_command(document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "baseline.toml")
    assert main(["check", document, "--write-baseline", file, "--expires", "2999-12-31"]) == 1
    capsys.readouterr()
    assert main(["check", document, "--baseline", file]) == 0
    assert "按豁免文件不再列出" in capsys.readouterr().out
    expired = Path(file).read_text(encoding="utf-8").replace("2999-12-31", "2001-12-31")
    Path(file).write_text(expired, encoding="utf-8")
    assert main(["check", document, "--baseline", file]) == 1
    assert "2001-12-31 到期" in capsys.readouterr().out
    assert main(["check", document, "--write-baseline", file, "--expires", "soon"]) == 2


def test_a_baseline_quiets_the_reader_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, file = tmp_path / "scan.txt", str(tmp_path / "baseline.toml")
    path.write_text("表3：2024年支出预算总表\n单位：万元\n\n科目\t合计\n合计\t一二三\n", encoding="utf-8")
    assert main(["check", str(path), "--write-baseline", file]) == 1
    assert "read.cell" in capsys.readouterr().out
    assert "read.cell" in Path(file).read_text(encoding="utf-8")
    assert main(["check", str(path), "--baseline", file, "--format", "json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert document["findings"] == []
    assert "read.cell" in {waived["code"] for waived in document["waived"]}


def test_rules_are_chosen_on_the_command_line(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", document, "--rules", "completeness,agreement.balance"]) == 0
    assert main(["check", document, "--severity", "error", "--format", "json"]) == 1
    rules = json.loads(capsys.readouterr().out.partition("\n{")[2].join(["{", ""]))["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in select(severity=select("additivity")[0].severity)]
    assert main(["check", document, "--severity", "terrible"]) == 2
    assert "one of error, warning, hint, info" in capsys.readouterr().err


def test_rules_are_listed_shown_and_linted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--lang", "en"]) == 0
    assert "agreement.balance" in capsys.readouterr().out
    assert main(["rules", "show", "agreement.balance"]) == 0
    assert "-- breaks --" in capsys.readouterr().out
    assert main(["rules", "show", "agreement.nothing"]) == 2
    assert main(["rules", "lint"]) == 0
    pack = tmp_path / "p.toml"
    pack.write_text(
        '[[rules]]\nid = "a.b"\nzh = "甲"\nen = "a"\nwhy = "short"\nbasis = "b"\nequal = ["general", "fiscal"]',
        encoding="utf-8",
    )
    capsys.readouterr()
    assert main(["rules", "lint", str(pack)]) == 1
    assert "a.b: undocumented: has no example that holds" in capsys.readouterr().out
    assert main(["check", document_of(tmp_path), "--pack", str(pack), "--pack", str(pack)]) == 2


def document_of(folder: Path) -> str:
    path = folder / "clean.md"
    path.write_text(SOURCE, encoding="utf-8")
    return str(path)
