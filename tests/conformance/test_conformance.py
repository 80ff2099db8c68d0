"""Our own implementation runs the conformance cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from govbudget.errors import AmountError
from govbudget.invariants import CATALOGUE, audit
from govbudget.money import MoneyUnit, parse_cell
from govbudget.reading import read
from govbudget.testing.conformance import claims_of, facts_of, number_case, violations_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = {name: json.loads((HERE / f"{name}.json").read_text("utf-8")) for name in ("numbers", "sentences", "documents")}


def cases(name: str) -> list[Any]:
    found: list[Any] = FILES[name]["cases"]
    return found


def test_there_are_several_hundred() -> None:
    assert sum(len(file["cases"]) for file in FILES.values()) >= 300
    ids = [case["id"] for name in ("sentences", "documents") for case in cases(name)]
    assert len(set(ids)) == len(ids)
    assert sum(bool(case["violated"]) for case in cases("documents")) >= 50
    assert sum("facts" in case for case in cases("documents")) >= 30
    assert sum(path.stat().st_size for path in HERE.glob("*.json")) < 1_100_000


def test_numbers() -> None:
    for case in cases("numbers"):
        unit = MoneyUnit(case["unit"])
        try:
            found = parse_cell(case["text"], unit)
        except AmountError:
            assert case == number_case(case["text"], unit, None)
        else:
            assert case == number_case(case["text"], unit, found)


@pytest.mark.parametrize("case", cases("sentences"), ids=lambda case: str(case["id"]))
def test_sentences(case: Any) -> None:
    lines = [f"{case['body']}{case['year']}年度预算", case["heading"], *case["paragraphs"]]
    disclosure = read("\n\n".join(lines).encode(), name="case.txt", layout=case["layout"]).disclosure
    found = [claim for section in disclosure.narrative.sections for claim in section.claims]
    assert claims_of(found, case["year"], disclosure.stage) == case["claims"]


@pytest.mark.parametrize("case", cases("documents"), ids=lambda case: str(case["id"]))
def test_documents(case: Any) -> None:
    """Only the rules that the file names are looked at: one that is added later breaks no case."""
    reading = read(case["text"].encode(), name="case.txt", layout=case["layout"])
    assert reading.findings == ()
    if "facts" in case:
        assert facts_of(reading.disclosure) == case["facts"]
    rules = [rule.id for rule in CATALOGUE if rule.id in FILES["documents"]["rules"]]
    assert violations_of(audit(reading.disclosure, diagnosis=False), rules) == case["violated"]


def test_the_page_describes_every_field() -> None:
    page = (ROOT / "docs" / "reference" / "conformance.md").read_text("utf-8")
    fields = {key for file in FILES.values() for case in file["cases"] for key in case}
    kinds = {claim["kind"] for case in cases("sentences") for claim in case["claims"]}
    assert all(f"`{word}`" in page for word in fields | kinds)
