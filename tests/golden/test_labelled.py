"""Every discrepancy that the shared cases are labelled with: found once, under the rule that names it best."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import attrs
import pytest

from govbudget.invariants import CATALOGUE, audit
from govbudget.model import Severity
from govbudget.reading import read
from govbudget.reports import message

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"


@attrs.frozen
class Label:
    """A labelled discrepancy by its first words, and the findings that tell it: rule and words of the message.

    A label without findings is no discrepancy of the document as printed; ``why`` says so.
    """

    begins: str
    findings: tuple[tuple[str, str], ...] = ()
    why: str = ""


LABELS: dict[str, tuple[Label, ...]] = {
    "js-gy-2018-dept-budget": (
        Label("6049.97 with -392.92", (("narrative.growth", "5.95% ≠ 392.92万元"),)),
        Label("two 0 bases", (("narrative.zero-base", "100% ≠ 1,326.81"), ("narrative.zero-base", "100% ≠ 530.72"))),
    ),
    "js-jcy-2018-dept-budget": (
        Label("5,573 with +4025", why="printed is 增加 40万元, 增长 0.72 %, and 40 of 5,533 is 0.72 %"),
        Label("3,666 with +21.8", (("narrative.growth", "0.06% ≠ 21.8万元"),)),
        Label("the same 财政拨款 increase", (("narrative.change", "+3,959.28万元 ≠ +3,958.98万元"),)),
        Label("10,883.36 with", (("narrative.cut-off", "36.58% ≠ 2,915.22万元"),)),
    ),
    "js-swb-2019-dept-budget": (Label("9370.12 with", (("narrative.cut-off", "16.07% ≠ 1,297.83万元"),)),),
    "sh-putuo-czj-2024-final-accounts": (
        Label("narrative 四", (("agreement.narrative", "0.3万元 ≠ 2,961.68万元"),)),
        Label("总表 八、社会保障", (("tables.expenditure", "326.71万元 ≠ 326.72万元"),)),
        Label("收入决算表 合计", why="figures rounded one by one; exact ones fit"),
        Label("narrative 六 lists", (("narrative.names", "个人农业生产补贴"),)),
    ),
    "sh-putuo-sfj-2026-unit-budget": (
        Label("支出预算总表 p11", (("additivity.functional", "64,840,547.00"),)),
        Label("narrative item 1:", (("narrative.growth", "减少 1.10%"),)),
        Label("narrative item 7", (("narrative.two-amounts", "57.8万元 ≠ 561,240.00元"),)),
        Label("NOT an error", why="rounding explains it"),
        Label("narrative item 13", (("narrative.two-amounts", "170.03万元"), ("narrative.direction", "增加 21.74%"))),
        Label("narrative item 11", (("narrative.paths", "医疗卫生与计划生育支出"),)),
        Label(
            "财政拨款收入支出增加",
            (
                ("wording.choice", "增加(减少)"),
                ("wording.empty-reason", "持平,主要原因是"),
                ("wording.department-in-unit", "部门预算安排"),
            ),
        ),
        Label("收支总表 p8", (("agreement.source", "1,845,880.34元 > 1,744,680元"),)),
        Label("支出预算总表 合计", why="a cell without cents stands for what rounds to it"),
    ),
    "sh-putuo-wanli-2024-dept-budget": (
        Label("page 31", (("completeness.notes", "注明无数据"),)),
        Label("economic codes", why="the codes are understood, and the reader says nothing of how they are printed"),
        Label(
            "348.52 -> 352.67",
            (("narrative.two-amounts", "352.67万元 ≠ 3,503,499元"), ("narrative.zero-base", "100.00% ≠ 0.00万元")),
        ),
    ),
}


ALSO: dict[str, tuple[tuple[str, str], ...]] = {
    "js-gy-2018-dept-budget": (
        ("narrative.changes", "相差 10万元"),
        ("narrative.paths", "一般行政事务管理"),
        ("wording.change-without-unit", "减少9.52"),
    ),
    "js-jcy-2018-dept-budget": (
        ("narrative.growth", "21.95% ≠ 3,958.67万元 / 17,996.68"),
        ("narrative.cut-off", "9.1% ≠ 184.96万元"),
        ("narrative.growth", "0.66% ≠ 134万元"),
        ("narrative.share", "一般公共预算 本年收入：99.94%"),
        ("narrative.cut-off", "0.06% ≠ 14.39万元"),
        ("narrative.share", "63.75% ≠ 13,994.31万元"),
        ("narrative.cut-off", "10.87% ≠ 2,388.04万元"),
        ("narrative.share", "财政拨款 本年支出：99.94%"),
    ),
    "js-swb-2019-dept-budget": (
        ("narrative.growth", "30% ≠ 878.93万元"),
        ("narrative.share", "80.92% ≠ 411.20万元"),
    ),
    "sh-putuo-czj-2025-dept-budget": (
        ("agreement.narrative", "887.36万元 ≠ 873,617.00元"),
        ("wording.note-of-another-table", "国有资本经营预算"),
        ("wording.unit-in-department", "2025年度本单位"),
        ("wording.unit-in-department", "2025年度,本单位"),
    ),
    "sh-putuo-fly-2024-unit-budget": (
        ("agreement.narrative", "738.66万元 ≠ 6,964,796元"),
        ("wording.empty-reason", "持平,主要原因是"),
        ("wording.instruction", "(增加内容)"),
        ("classification.name", "30203 水费 ≠ 咨询费"),
        ("classification.former-name", "表1使用了旧的科目名称"),
        ("classification.former-name", "表4使用了旧的科目名称"),
    ),
    "sh-putuo-wanli-2024-dept-budget": (
        ("wording.level-of-government", "市级 ≠ 区级"),
        ("wording.reason-direction", "宣传事务一般行政管理事务经费增加"),
        ("wording.reason-of-another", "职业年金缴费支出 ≠ 事业单位离退休"),
        ("wording.reason-of-another", "城管执法 ≠ "),
        ("wording.purpose-of-another", "城管执法：主要用于城乡社区管理事务一般行政管理事务"),
    ),
}
"""What nobody labelled and is wrong all the same, recomputed by hand: 878.93 / 3,015.16 is 29.15 %, not 30 %."""


@cache
def _findings(name: str) -> list[tuple[str, str]]:
    folder = CASES / name
    files = [str(folder / entry["file"]) for entry in _meta(name)["files"]]
    report = audit(read(files if len(files) > 1 else files[0]).disclosure)
    return [(f.code, message(f)) for f in report.findings if f.severity in (Severity.ERROR, Severity.WARNING)]


def _meta(name: str) -> dict[str, list[dict[str, str]]]:
    path = CASES / name / "meta.json"
    if not path.is_file():
        pytest.skip(f"the shared case {name} is not beside the project")
    found: dict[str, list[dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", LABELS)
def test_each_labelled_discrepancy_is_one_finding_under_its_rule(name: str) -> None:
    labelled = [str(text) for text in _meta(name)["known_discrepancies"]]
    labels = LABELS[name]
    assert [next((t for t in labelled if t.startswith(label.begins)), label.begins) for label in labels] == labelled
    found = _findings(name)
    for label in labels:
        assert bool(label.findings) is not bool(label.why)
        for code, words in label.findings:
            assert [c for c, text in found if words in text] == [code], (label.begins, found)


@pytest.mark.parametrize("name", dict.fromkeys((*LABELS, *ALSO)))
def test_nothing_else_is_called_wrong(name: str) -> None:
    _meta(name)
    known = [*ALSO.get(name, ()), *(f for label in LABELS.get(name, ()) for f in label.findings)]
    rest = [(code, text) for code, text in _findings(name) if not any(code == c and w in text for c, w in known)]
    assert rest == []
    for code, words in ALSO.get(name, ()):
        assert [c for c, text in _findings(name) if words in text] == [code]


def test_every_labelled_case_is_here() -> None:
    if not CASES.is_dir():
        pytest.skip("the shared cases are not beside the project")
    with_labels = {
        path.parent.name for path in CASES.glob("*/meta.json") if "known_discrepancies" in path.read_text("utf-8")
    }
    assert with_labels == set(LABELS)


def test_rules_of_the_table_are_in_the_catalogue() -> None:
    ids = {rule.id for rule in CATALOGUE}
    assert {code for labels in LABELS.values() for label in labels for code, _ in label.findings} <= ids
