"""``govbudget subjects``."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from govbudget.classification import Scheme, tree
from govbudget.cli import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["subjects", *words]) == 0
    out = capsys.readouterr().out
    assert all(line == line.rstrip() for line in out.splitlines()), "no blanks at the ends"
    assert "\x1b" not in out, "plain off a terminal"
    return out


def data(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    return json.loads(run(capsys, *words, "--format", "json"))


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["subjects", *words]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert " — " in caught.err, "a hint"
    return caught.err


def test_tree(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "tree", "--year", "2024", "--under", "20129")
    assert out.splitlines()[0] == "支出功能分类科目 2024  1514 个科目：有据 90，未核实 ? 1399，仅见于旧版 † 25"
    assert out.splitlines()[1] == "20129 群众团体事务"
    assert "├── 2012950 事业运行 ?" in out
    roots = run(capsys, "tree", "--year", "2024", "--depth", "1").splitlines()[1:]
    assert len(roots) == len(tree(Scheme.FUNCTIONAL, 2024).roots)
    assert "301 工资福利支出" in run(capsys, "tree", "economic", "--depth", "1")
    assert "subjects" in run(capsys, "tree", "revenue", "--lang", "en")
    branch = data(capsys, "tree", "--year", "2024", "--under", "201-29", "--depth", "1")
    assert [row["code"] for row in branch][:2] == ["20129", "2012901"]
    assert branch[0]["standing"] == "attested"
    assert branch[0]["sources"]
    assert len(data(capsys, "tree", "economic", "--under", "301", "--year", "2018")) == 14


def test_search(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "search", "离退休", "--limit", "2", "--year", "2024")
    assert "2080503 离退休人员管理机构 ?  社会保障和就业支出 > 行政事业单位养老支出" in out
    assert "还有" in out
    found = data(capsys, "search", "住房公积金", "--scheme", "economic")
    assert found[0]["code"] == "30113"
    assert found[0]["why"] == "the name"
    assert [step["code"] for step in found[0]["path"]] == ["301", "30113"]
    assert "nothing found" in refused(capsys, "search", "没有这样的科目")


@pytest.mark.parametrize(
    "printed",
    [["201-29-50"], ["2012950"], ["２０１２９５０"], ["201", "29", "50"], ["群众团体事务（款）事业运行（项）"]],
)
def test_path(capsys: pytest.CaptureFixture[str], printed: list[str]) -> None:
    out = run(capsys, "path", *printed, "--year", "2024")
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["201", "20129", "2012950"]
    assert out.splitlines()[-1].endswith("2012950 事业运行 ?  项，未核实")


def test_path_in_several_lists_or_none(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "path", "住房公积金")
    assert [row["scheme"] for row in found] == ["functional", "department_economic", "government_economic"]
    assert "53 places" in refused(capsys, "path", "事业运行", "--year", "2026")
    assert "nearest code" in refused(capsys, "path", "201-29-77", "--year", "2024")
    assert "did you mean" in refused(capsys, "path", "群众团休事务", "--scheme", "functional")


def test_diff(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "diff", "2017", "2018", "--scheme", "economic")
    assert "2018 移码  30311 住房公积金 → 30113 住房公积金  （JS-PROC-2017 JS-PROC-2018" in out
    assert "新增 " in out.splitlines()[1]
    assert "2017 年没有这一版" in run(capsys, "diff", "2017", "2018")
    rows = data(capsys, "diff", "2019", "2024", "--scheme", "department_economic")
    assert {row["kind"] for row in rows} >= {"new", "split"}
    kinds = {row["kind"] for row in data(capsys, "diff", "2017", "2026")}
    assert kinds == {"new", "withdrawn", "renamed", "moved", "split", "merged"}
    assert "older edition first" in refused(capsys, "diff", "2024", "2017")
    assert "editions at hand" in refused(capsys, "diff", "1999", "2017")


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "explain", "30311", "--year", "2017")
    assert "30113 住房公积金（移码，有据）" in out
    assert "历年名称  2020–2026  代缴社会保险费" in out
    assert "江苏省人民检察院" in out
    out = run(capsys, "explain", "208-05-05", "--lang", "en")
    assert "30108 机关事业单位基本养老保险缴费（exact，unverified" in out
    assert "COFOG  10 Social protection" in out
    found = data(capsys, "explain", "30101", "--year", "2024")
    assert [link["code"] for link in found["corresponds"]["government"]] == ["50101", "50501"]
    assert found["international"]["GFSM 2014"]["code"].startswith("21")
    assert found["documents"]
    assert data(capsys, "explain", "50102")["corresponds"]["department"][0]["code"] == "30108"
    assert data(capsys, "explain", "2040405")["edition"] == 2018
    assert data(capsys, "explain", "1030182", "--year", "2024")["standing"] == "attested"
    assert "it stood" in refused(capsys, "explain", "30104", "--year", "2024")
    assert "no edition" in refused(capsys, "explain", "2999999")
    assert "subjects search" in refused(capsys, "explain", "事业运行")


def test_every_code_of_an_edition_can_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for scheme in Scheme:
        for subject in list(tree(scheme, 2024))[::23]:
            assert subject.label in run(capsys, "explain", subject.code, "--year", "2024")
    run(capsys, "explain", "303", "--year", "2009")


def test_a_wrong_count_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["subjects", "tree", "--depth", "0"])
    assert "from 1 on" in capsys.readouterr().err


def test_starting_the_command_reads_no_edition() -> None:
    code = (
        "import sys\n"
        "from govbudget.cli.main import _parser\n"
        "_parser()\n"
        "assert 'govbudget.classification' not in sys.modules and 'rich' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
