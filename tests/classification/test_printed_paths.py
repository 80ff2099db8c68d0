"""Paths as the sentences of real documents print them."""

from __future__ import annotations

import json
import re

import pytest
from tests.classification.coded_tables import CASES

from govbudget.classification import Scheme, lookup, tree
from govbudget.errors import UnknownCode
from govbudget.text import fold

PATH = re.compile(
    r"[\u4e00-\u9fff、]+\(\d{0,3}类\)[\u4e00-\u9fff、,]{1,30}\(\d{0,2}款\)[\u4e00-\u9fff、,]{1,30}\(\d{0,2}项\)"
)
#: a name of before 2019 in a document of 2024 or later, and 其它 for 其他: no subject of the year, and so refused
REFUSED = {
    ("sh-putuo-fly-2024-unit-budget", "医疗卫生与计划生育支出"),
    ("sh-putuo-sfj-2026-unit-budget", "医疗卫生与计划生育支出"),
    ("sh-putuo-czj-2025-dept-budget", "其它行政事业单位养老支出"),
}


def test_paths_of_the_narratives() -> None:
    if not CASES.exists():
        pytest.skip("the shared cases are not beside the project")
    found, refused = 0, set()
    for path in sorted(CASES.glob("*/*.pages.txt")):
        year = json.loads((path.parent / "meta.json").read_text(encoding="utf-8"))["year"]
        edition = tree(Scheme.FUNCTIONAL, year)
        text = fold(re.sub(r"=== page \d+", "", path.read_text(encoding="utf-8")))
        for printed in PATH.findall(text):
            try:
                subject = lookup(edition, printed)
            except UnknownCode as error:
                refused |= {(path.parent.name, name) for _, name in REFUSED if name in printed}
                assert "is the name of 210 in 2017-2018" in str(error) or "did you mean 其他" in str(error)
                continue
            assert printed.rstrip("项(0123456789)").endswith(fold(subject.name))
            found += 1
    assert found >= 70
    assert refused == REFUSED


@pytest.mark.parametrize("before", ["", "1、", "1.", "一、", "（一）", "、", "其中："])
def test_numbers_before_a_path_do_not_count(before: str) -> None:
    edition = tree(Scheme.FUNCTIONAL, 2024)
    assert lookup(edition, f"{before}公共安全支出（204类）司法（06款）行政运行（01项）").code == "2040601"
    assert lookup(edition, f"{before}教育支出").code == "205"
