"""The registry of formats: by extension, with formats of other packages, whole files or none."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from govbudget.atomic import write_whole
from govbudget.errors import GovBudgetError, SourceError
from govbudget.model import Disclosure
from govbudget.reading import Reading
from govbudget.serializers import FORMATS, Format, format_of, known_formats, save


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
