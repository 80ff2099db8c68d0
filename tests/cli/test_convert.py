"""``govbudget convert`` to every format, from our own formats, of many disclosures, into another unit."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from govbudget.cli import main
from govbudget.model import Disclosure
from govbudget.money import MoneyUnit
from govbudget.reading import Reading
from govbudget.serializers import FORMATS, Keeps, load, load_lines, open_saved
from govbudget.testing import without_places

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "hangzhou-2024.md")
NEEDS = {"Parquet": "pyarrow", "DuckDB": "duckdb", "SDMX": "xmltodict", "Excel": "xlsxwriter", "Word": "docx"}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example in our JSON."""
    target = tmp_path_factory.mktemp("saved") / "a.json"
    assert main(["convert", EXAMPLE, str(target)]) == 0
    return str(target)


@pytest.mark.parametrize("extension", [e for form in FORMATS for e in form.extensions])
def test_every_extension_is_written_and_what_is_kept_is_read(
    extension: str, saved: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = next(form for form in FORMATS if extension in form.extensions)
    pytest.importorskip(NEEDS.get(form.name, "json"))
    target = tmp_path / f"a{extension}"
    assert main(["convert", saved, str(target)]) == 0
    assert "11 tables, 536 cells" in capsys.readouterr().out or form.name == "JSON Lines"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    if form.keeps is Keeps.ALL:
        assert open_saved(target) == load(saved)
    elif form.keeps is Keeps.MODEL:
        assert without_places(open_saved(target)) == without_places(load(saved))
    else:
        assert form.read is None


def test_our_formats_are_converted_too(saved: str, tmp_path: Path) -> None:
    csv, again = tmp_path / "a.csv.zip", tmp_path / "b.json"
    assert main(["convert", saved, str(csv)]) == 0
    assert main(["convert", str(csv), str(again)]) == 0
    assert without_places(load(again)) == without_places(load(saved))


def test_a_folder(saved: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "tables"
    assert main(["convert", saved, str(folder), "--to", "csv"]) == 0
    assert len(list(folder.iterdir())) == 12
    assert main(["convert", str(folder), str(tmp_path / "back.json")]) == 0
    assert without_places(load(tmp_path / "back.json")) == without_places(load(saved))
    assert main(["convert", saved, str(folder), "--to", "csv"]) == 2  # what is there is not written over
    assert "there is something already" in capsys.readouterr().err
    assert main(["convert", saved, str(folder), "--to", "smoke"]) == 2


def test_many_into_lines(saved: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, more = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    assert main(["convert", saved, EXAMPLE, str(lines)]) == 0
    assert main(["convert", str(lines), saved, str(more)]) == 0
    found = list(load_lines(more))
    assert len(found) == 3
    assert found[0] == load(saved)
    assert main(["convert", saved, EXAMPLE, str(tmp_path / "a.md")]) == 2
    assert ".jsonl" in capsys.readouterr().err


def test_one_that_cannot_be_read_leaves_no_file(saved: str, tmp_path: Path) -> None:
    assert main(["convert", saved, str(tmp_path / "none.md"), str(tmp_path / "a.jsonl")]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rounding", ["sums", "each"])
def test_another_unit(rounding: str, saved: str, tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    assert main(["convert", saved, str(target), "--unit", "亿元", "--places", "4", "--rounding", rounding]) == 0
    assert {table.unit for table in load(target).tables} == {MoneyUnit.YI_YUAN}


def test_formulas(saved: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.xlsx"
    assert main(["convert", saved, str(target), "--formulas"]) == 0
    with zipfile.ZipFile(target) as book:
        assert any(b"<f>" in book.read(name) for name in book.namelist() if "worksheets" in name)
    assert main(["convert", saved, str(tmp_path / "a.md"), "--formulas"]) == 2
    assert "no formulas" in capsys.readouterr().err


def test_progress_is_told_on_a_terminal_only(
    saved: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", saved, saved, str(tmp_path / "a.jsonl")]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["convert", saved, saved, str(tmp_path / "b.jsonl")]) == 0
    assert "converting" in capsys.readouterr().err


def test_the_databases_answer(saved: str, tmp_path: Path, example: Reading) -> None:
    target = tmp_path / "a.sqlite"
    assert main(["convert", saved, str(target)]) == 0
    query = (
        "SELECT fen FROM figures WHERE is_primary AND functional = '2012950' AND flow = 'expenditure' AND use = 'all'"
    )
    connection = sqlite3.connect(target)
    assert {fen for (fen,) in connection.execute(query)} == {946_65_00_00}
    connection.close()


def test_what_is_in_the_file_is_what_is_in_the_model(saved: str, example: Reading) -> None:
    assert json.loads(Path(saved).read_text(encoding="utf-8"))["version"] == 2
    assert isinstance(load(saved), Disclosure)
    assert load(saved) == example.disclosure
