"""The registry of formats: by extension, with formats of other packages, whole files or none."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from contextlib import closing
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from tests.serializers.test_printed import _odd

from govbudget.atomic import write_whole
from govbudget.errors import AmountError, GovBudgetError, SourceError
from govbudget.model import Disclosure
from govbudget.reading import Reading, read
from govbudget.serializers import (
    FORMATS,
    Format,
    Keeps,
    dumps,
    format_of,
    known_formats,
    loads,
    named_format,
    open_saved,
    save,
)
from govbudget.serializers.formats import several
from govbudget.serializers.zipped import unzipped


def _as_tex(disclosure: Disclosure) -> bytes:
    return f"\\title{{{disclosure.organization.name}}}".encode()


TEX = Format(name="LaTeX", extensions=(".tex",), write=_as_tex)


def _offer(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    point = EntryPoint(name="tex", value=f"a_package:{name}", group="govbudget.formats")
    monkeypatch.setattr(EntryPoint, "load", lambda _: globals()[name])
    monkeypatch.setattr("govbudget.serializers.formats.entry_points", lambda **_: [point])


def test_extensions_are_of_one_format_each() -> None:
    extensions = [extension for form in FORMATS for extension in form.extensions]
    assert len(set(extensions)) == len(extensions)
    assert all(e.startswith(".") and e == e.lower() for e in extensions)


def test_another_package_adds_a_format(example: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _offer(monkeypatch, "TEX")
    assert known_formats()[-1] is TEX
    save(example.disclosure, tmp_path / "budget.tex")
    assert (tmp_path / "budget.tex").read_text(encoding="utf-8").startswith("\\title{杭州市")


def test_what_is_no_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _offer(monkeypatch, "_as_tex")
    with pytest.raises(GovBudgetError, match="is no Format"):
        known_formats()


def test_the_format_may_be_said(example: Reading, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="names no format"):
        save(example.disclosure, tmp_path / "budget.dat")
    save(example.disclosure, tmp_path / "budget.dat", format=format_of("a.md"))
    assert (tmp_path / "budget.dat").read_bytes() == format_of("b.md").write(example.disclosure)


def test_whole_files_or_none(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    write_whole(target, b"first")
    assert target.read_bytes() == b"first"
    with pytest.raises(SourceError, match="cannot be written"):
        write_whole(tmp_path / "none" / "a.xlsx", b"")
    target.unlink()
    target.mkdir()
    with pytest.raises(SourceError, match="cannot be written"):
        write_whole(target, b"")  # a folder stands there
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


# -- what a format keeps, and what it loses ---------------------------------------------------------------------------


def test_the_reference_names_every_extension() -> None:
    """docs/reference/formats.md says of every format what it keeps, and no more than there is."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `.")]
    named = {extension for row in rows for extension in re.findall(r"`(\.[a-z.]+)`", row.split("|")[1])}
    assert named == {extension for form in FORMATS for extension in form.extensions}
    says = {Keeps.ALL: "everything", Keeps.MODEL: "the model", Keeps.FIGURES: "the "}
    for row in rows:
        (keeps,) = {format_of(f"a{extension}").keeps for extension in re.findall(r"`(\.[a-z.]+)`", row.split("|")[1])}
        told = row.split("|")[4].strip()
        assert told.startswith(says[keeps])
        assert told.startswith("the model") == (keeps is Keeps.MODEL)


def test_what_keeps_figures_is_not_read_back(example: Reading, tmp_path: Path) -> None:
    for form in FORMATS:
        assert (form.read is None) == (form.keeps is Keeps.FIGURES)
    target = tmp_path / "a.sqlite"
    save(example.disclosure, target)
    with pytest.raises(SourceError, match="not read back"):
        open_saved(target)


def test_databases_and_packages_keep_places(example: Reading, tmp_path: Path) -> None:
    """The line of the source of every figure; SDMX and XBRL lose it."""
    table = example.disclosure.tables[2]
    lines = sorted(line.line for lane in table.lanes for line in lane.lines for _ in line.values)
    target = tmp_path / "a.sqlite"
    save(example.disclosure, target)
    with closing(sqlite3.connect(target)) as connection:
        found = connection.execute("SELECT source_line FROM figures WHERE table_number = 3 AND via = 'table'")
        assert sorted(line for (line,) in found) == lines
    facts = unzipped(format_of("a.datapackage.zip").write(example.disclosure), "a")["data/facts.csv"].decode()
    rows = csv.DictReader(io.StringIO(facts, newline=""))
    assert sorted(int(r["source_line"]) for r in rows if r["table_number"] == "3" and r["via"] == "table") == lines


def test_sqlite_refuses_what_it_cannot_hold(tmp_path: Path) -> None:
    """An amount beyond 64 bits is refused, not rounded, and no file is left; the packages hold it."""
    huge = _odd("某局", 10**25)
    with pytest.raises(AmountError, match="too large"):
        save(huge, tmp_path / "a.sqlite")
    assert list(tmp_path.iterdir()) == []
    assert str(10**25) in unzipped(format_of("a.datapackage.zip").write(huge), "a")["data/facts.csv"].decode()


def test_equal_disclosures_give_equal_packages(example: Reading) -> None:
    again = read(Path(__file__).parents[2] / "examples" / "hangzhou-2024.md").disclosure
    for extension in (".csv.zip", ".datapackage.zip", ".fdp.zip", ".xbrl.zip", ".jsonl", ".xlsx"):
        assert format_of(f"a{extension}").write(again) == format_of(f"a{extension}").write(example.disclosure)


# -- a format of one's own --------------------------------------------------------------------------------------------


def test_a_format_of_several_files_that_is_read_back(example: Reading, tmp_path: Path) -> None:
    own = several(
        "pair",
        (".pair.zip",),
        lambda disclosure: {"a.json": dumps(disclosure), "b.txt": b"nothing"},
        lambda files, name: loads(files["a.json"], name=name),
        Keeps.ALL,
    )
    for target in (tmp_path / "x.pair.zip", tmp_path / "folder"):
        save(example.disclosure, target, format=own)
        assert open_saved(target, format=own) == example.disclosure
    assert sorted(path.name for path in (tmp_path / "folder").iterdir()) == ["a.json", "b.txt"]
    assert named_format("PAIR", [own]) is own


def test_a_folder_that_fails_is_not_left(example: Reading, tmp_path: Path) -> None:
    def fail(_: object) -> dict[str, bytes]:
        return {"a.txt": b"", "b\x00": b""}

    own = several("bad", (".bad.zip",), fail, None)
    with pytest.raises((SourceError, ValueError)):
        save(example.disclosure, tmp_path / "folder", format=own)
    assert list(tmp_path.iterdir()) == []
