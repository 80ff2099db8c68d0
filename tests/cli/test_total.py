"""``govbudget total`` and ``govbudget query`` as a user runs them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from govbudget.cli import main

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "hangzhou-2024.md")


def test_totals_with_shares(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["total", EXAMPLE, "--level", "1"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[0].startswith("杭州市职工服务中心")
    assert lines[2:] == [
        "一般公共服务支出 201 1,015.73 88.48%",
        "社会保障和就业支出 208 104.20 9.08%",
        "卫生健康支出 210 28.02 2.44%",
    ]


def test_a_table_of_two_axes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["total", EXAMPLE, "--across", "use", "--at", "fund=general", "--level", "1", "--lang", "en"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "function all basic personnel running project" in lines
    assert "total 1,147.95 1,078.87 934.74 144.13 69.08" in lines


def test_plain_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["total", EXAMPLE, "--by", "use", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["fen"] == rows[0]["published"] == 1_147_950_000
    assert rows[0]["verdict"] == "exact"
    assert len(rows[0]["leaves"]) == 3


def test_two_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old.md"
    text = Path(EXAMPLE).read_text(encoding="utf-8").replace("2024", "2023")
    old.write_text(text, encoding="utf-8")
    assert main(["total", EXAMPLE, "--against", str(old), "--level", "1"]) == 0
    out = capsys.readouterr().out
    assert "2023 预算" in out
    assert "0.00%" in out
    assert main(["total", EXAMPLE, "--against", str(old), "--changes", "--format", "json"]) == 0
    assert sum(part["change"] for part in json.loads(capsys.readouterr().out)) == 0


def test_mistakes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, what in (
        (["total", EXAMPLE, "--at", "fund=gold"], "there is no fund 'gold'"),
        (["total", EXAMPLE, "--at", "fund"], "says no place"),
        (["total", EXAMPLE, "--by", "colour"], "no axis 'colour'"),
        (["total", EXAMPLE, EXAMPLE], "count twice"),
        (["total", "none.md"], "none.md"),
        (["query", EXAMPLE, "SELEC"], "the query fails"),
        (["query", "SELECT 1"], "no file is given"),
    ):
        assert main(arguments) == 2
        assert what in capsys.readouterr().err


def test_queries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT name, fen FROM spending_by_function WHERE level = 1 ORDER BY fen DESC"
    assert main(["query", EXAMPLE, sql]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["一般公共服务支出", "1,015,730,000"]
    assert main(["query", EXAMPLE, sql, "--csv"]) == 0
    first = capsys.readouterr().out
    assert first.splitlines()[:2] == ["name,fen", "一般公共服务支出,1015730000"]
    pytest.importorskip("duckdb")
    assert main(["query", "--engine", "duckdb", EXAMPLE, "--csv", "--sql", sql]) == 0
    assert capsys.readouterr().out == first
    assert main(["query", "--engine", "duckdb", EXAMPLE, "--sql", "SELEC"]) == 2
    assert "the query fails" in capsys.readouterr().err
    target = tmp_path / "b.sqlite"
    assert main(["query", EXAMPLE, "--save", str(target)]) == 0
    connection = sqlite3.connect(target)
    assert connection.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    connection.close()
