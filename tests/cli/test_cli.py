"""The command as a user runs it: output, languages, exit statuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from govbudget.cli import main
from govbudget.reading import read
from govbudget.serializers import load
from govbudget.testing import without_places

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "hangzhou-2024.md")


@pytest.fixture
def clean(tmp_path: Path) -> str:
    """The example with its slip mended."""
    path = tmp_path / "clean.md"
    path.write_text(Path(EXAMPLE).read_text(encoding="utf-8").replace("体检费", "医疗费"), encoding="utf-8")
    return str(path)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """The example with a swapped digit."""
    path = tmp_path / "broken.md"
    text = Path(EXAMPLE).read_text(encoding="utf-8")
    path.write_text(text.replace("| 印刷费 | 2.50 |  | 2.50 |", "| 印刷费 | 5.20 |  | 2.50 |"), encoding="utf-8")
    return str(path)


def test_check_tells_the_slip(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", EXAMPLE]) == 1
    out = capsys.readouterr().out
    assert "文中写“体检费”" in out
    assert int(out.partition("精确一致 ")[2].split()[0]) >= 377
    assert "213 个与其他数字勾稽" in out
    assert "需要上年的公开文件" in out
    assert all(line == line.rstrip() for line in out.splitlines())


def test_check_is_clean_where_nothing_is_wrong(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", clean]) == 0
    assert "没有发现问题" in capsys.readouterr().out
    assert main(["check", clean, "--lang", "en"]) == 0
    assert "nothing wrong was found" in capsys.readouterr().out


def test_check_names_the_figures_that_do_not_fit(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", broken, "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "5.20 ≠ 2.50" in out
    assert "prints 5.20, probably 2.50 (two adjacent digits swapped)" in out
    assert "all sums together: violated" in out
    assert "表6 row 18 column 2" in out


def test_check_as_json(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", broken, EXAMPLE, "--format", "json", "--lang", "en"]) == 1
    data = json.loads(capsys.readouterr().out)["documents"]
    assert [d["source"] for d in data] == ["broken.md", "hangzhou-2024.md"]
    finding = next(f for f in data[0]["findings"] if f["data"].get("suspect") == "certain")
    assert finding["data"]["rules"] == "additivity.economic additivity.use"
    assert (data[0]["together"], data[1]["together"]) == ("violated", "rounding")
    assert finding["places"][0] | {"span": None, "line": None} == {
        "document": "broken.md",
        "table": 6,
        "row": 18,
        "column": 2,
        "line": None,
        "span": None,
    }
    assert data[1]["verdicts"]["exact"] >= 377
    assert (data[1]["verdicts"]["violated"], data[1]["verdicts"]["undecided"]) == (1, 0)
    assert {c["verdict"] for c in data[1]["comparisons"]} == {"rounding", "violated", "not tested"}


def test_details_list_every_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", EXAMPLE, "--details", "--lang", "en", "--rule", "narrative"]) == 1
    out = capsys.readouterr().out
    assert out.count("narrative.growth") == 11
    assert "within rounding" in out


def test_unreadable_files_are_2_and_do_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert main(["check", str(empty), str(tmp_path / "none.md"), EXAMPLE]) == 2
    captured = capsys.readouterr()
    assert "empty" in captured.err
    assert "no such file" in captured.err
    assert "精确一致" in captured.out
    junk = tmp_path / "junk.json"
    junk.write_text('{"format": "govbudget/disclosure", "version": 1, "disclosure": {"year": "2024"}}')
    assert main(["show", str(junk)]) == 2
    assert "$.disclosure" in capsys.readouterr().err
    assert main(["check", EXAMPLE, "--layout", "atlantis"]) == 2
    assert main(["check", EXAMPLE, "--rule", "nonsense"]) == 2
    assert "groups are" in capsys.readouterr().err


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", EXAMPLE]) == 0
    out = capsys.readouterr().out
    assert "事业运行 2012950" in out
    assert "维修(护)费 30213" in out
    assert "（空表）" in out
    assert main(["show", EXAMPLE, "--table", "7", "--lang", "en"]) == 0
    only = capsys.readouterr().out
    assert "三公" in only
    assert "功能分类科目" not in only
    assert main(["show", EXAMPLE, "--table", "12"]) == 2
    assert "there are: 1, 2, 3" in capsys.readouterr().err


def test_convert_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.json"
    assert main(["convert", EXAMPLE, str(target)]) == 0
    assert "11 tables" in capsys.readouterr().out
    assert load(target) == read(EXAMPLE).disclosure
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]
    assert main(["check", str(target)]) == 1
    again = tmp_path / "again.json"
    assert main(["convert", str(target), str(again)]) == 0
    assert again.read_bytes() == target.read_bytes()


def test_convert_refuses_what_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", EXAMPLE, str(tmp_path / "out.odt")]) == 2
    assert "use one of .json, .md, " in capsys.readouterr().err
    assert main(["convert", EXAMPLE, str(tmp_path / "none" / "out.json")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("extension", [".md", ".txt", ".html", ".XLSX", ".docx"])
def test_convert_to_printed_forms(extension: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / f"out{extension}"
    assert main(["convert", EXAMPLE, str(target)]) == 0
    assert [p.name for p in tmp_path.iterdir()] == [target.name]
    assert "11 tables, 536 cells" in capsys.readouterr().out
    assert without_places(read(target).disclosure) == without_places(read(EXAMPLE).disclosure)
    assert main(["check", str(target)]) == 1
    assert "文中写“体检费”" in capsys.readouterr().out


MISSING = [(".xlsx", "xlsxwriter", "excel"), (".docx", "docx", "word")]


@pytest.mark.parametrize(("extension", "module", "extra"), MISSING)
def test_convert_says_what_to_install(
    extension: str,
    module: str,
    extra: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A format whose package is missing leaves what was there, and no half file."""
    monkeypatch.setitem(sys.modules, module, None)
    target = tmp_path / f"out{extension}"
    target.write_bytes(b"before")
    assert main(["convert", EXAMPLE, str(target)]) == 2
    assert f"pip install 'govbudget[{extra}]'" in capsys.readouterr().err
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [(target.name, b"before")]


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_as_a_program(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govbudget", *arguments], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert "govbudget" in done.stdout


def test_output_survives_a_poor_locale_and_a_closed_pipe() -> None:
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "govbudget", "show", EXAMPLE], capture_output=True, check=False, env=env
    )
    assert done.returncode == 0
    assert "事业运行" in done.stdout.decode("utf-8")
    shell = f'"{sys.executable}" -m govbudget show "{EXAMPLE}" | head -1'
    piped = subprocess.run(["bash", "-c", shell], capture_output=True, check=False)
    assert piped.stderr == b""


def test_view(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.html"
    assert main(["view", EXAMPLE, "--html", str(target)]) == 0
    assert "11 tables, 369 numbers (0 unread), 0 findings" in capsys.readouterr().out
    assert "杭州市职工服务中心" in target.read_text(encoding="utf-8")
    again = tmp_path / "again.html"
    assert main(["view", str(target), EXAMPLE, "--html", str(again), "--lang", "en"]) == 0
    assert "out.html + hangzhou-2024.md" in again.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        (EXAMPLE, "out.pdf", "use .html"),
        ("a.html", "a.html", "would overwrite"),
        ("model.json", "out.html", "a model is no document"),
        ("none.md", "out.html", "no such file"),
        (EXAMPLE, "none/out.html", "cannot be written"),
    ],
)
def test_view_refuses(
    source: str,
    target: str,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_text("<p>12", encoding="utf-8")
    assert main(["view", source, "--html", target]) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert Path("a.html").read_text(encoding="utf-8") == "<p>12"
