"""Published documents read as if their city had no layout: by the layouts of two other places and by words alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govbudget.invariants import AuditReport, audit
from govbudget.model import Stage, TableKind
from govbudget.reading import NumberRole, Reading, read, recognise

pytest.importorskip("pypdfium2")

KNOWN = ("hangzhou-unit-budget", "shanghai-unit-budget")
CACHES = (recognise._aliases, recognise._usual_title)


@pytest.fixture
def strangers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the reader two layouts, of which none is that of the documents below."""
    monkeypatch.setattr(recognise, "layout_ids", lambda: KNOWN)
    for cached in CACHES:
        cached.cache_clear()
    yield
    for cached in CACHES:
        cached.cache_clear()


def audited(path: Path) -> tuple[Reading, AuditReport]:
    reading = read(path)
    return reading, audit(reading.disclosure)


def test_final_accounts_of_shanghai(case_file: Callable[[str], Path], strangers: None) -> None:
    """Nine tables of final accounts, and the one figure that two of them really print differently (326.71, 326.72)."""
    folder = case_file("sh-putuo-czj-2024-final-accounts/meta.json").parent
    reading, report = audited(next(folder.glob("*.pdf")))
    disclosure = reading.disclosure
    assert (disclosure.layout, disclosure.stage) == ("", Stage.FINAL)
    assert {t.kind for t in disclosure.tables} == {
        TableKind.SUMMARY,
        TableKind.REVENUE,
        TableKind.EXPENDITURE,
        TableKind.FISCAL_SUMMARY,
        TableKind.GENERAL_EXPENDITURE,
        TableKind.GENERAL_BASIC,
        TableKind.THREE_PUBLIC,
        TableKind.GOVERNMENT_FUND,
        TableKind.STATE_CAPITAL,
    }
    assert Counter(use.role for use in reading.numbers)[NumberRole.FIGURE] > 180
    printed = {f.code: dict(f.data)["printed"] for f in report.findings}
    assert printed.pop("wording.flat-reason").startswith("主要原因:基本支出中")  # test_final_accounts names it
    assert set(printed.values()) <= {"326.71", "326.72"}
    assert sum(f.code == "read.columns-inferred" for f in reading.findings) == 9


@pytest.mark.parametrize("folder", ["js-jcy-2018-dept-budget", "js-swb-2019-dept-budget", "js-gy-2018-dept-budget"])
def test_budgets_of_jiangsu(case_file: Callable[[str], Path], strangers: None, folder: str) -> None:
    """Tables with columns and lines that no word explains: what is read is told, and nothing is held against them."""
    for path in sorted(case_file(f"{folder}/meta.json").parent.glob("*.pdf")):
        reading, report = audited(path)
        # What the sentences state wrongly by themselves is found without any layout; test_jiangsu names each.
        of_words = {"wording.change-without-unit", "classification.order"}
        assert all(f.code.startswith("narrative.") or f.code in of_words for f in report.findings)
        told = {f.code for f in reading.findings}
        assert bool(reading.disclosure.tables) == ("read.columns-inferred" in told)
