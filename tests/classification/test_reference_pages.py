"""The reference pages are those of the data, complete and small enough."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest

from govbudget.classification import Scheme, Standing, Tree, sources_of, tree, years

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference" / "classification"


@cache
def pages() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("build", ROOT / "tools" / "build_classification_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: dict[str, str] = module.pages()
    assert module.pages() == made
    return made


def test_what_is_committed_is_what_the_data_make() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert set(committed) == set(pages())
    stale = [name for name, text in pages().items() if committed[name] != text]
    assert not stale, "run tools/build_classification_reference.py"


def test_the_pages_stay_small() -> None:
    assert sum(len(text.encode()) for text in pages().values()) < 1_500_000


@pytest.mark.parametrize("year", sorted({year for scheme in Scheme for year in years(scheme)}))
def test_an_edition_page_shows_every_row_and_what_stands_behind_it(year: int) -> None:
    text = pages()[f"edition-{year}.md"]
    for scheme in Scheme:
        if year in years(scheme):
            edition: Tree = tree(scheme, year)
            for subject in edition:
                after = text.split(f"{subject.label}", 1)[1][:40].removeprefix("**")
                if subject.standing is Standing.ATTESTED:
                    assert after.startswith(" ["), subject
                else:
                    assert after.startswith(" ?" if subject.standing is Standing.UNVERIFIED else " †"), subject


def test_the_overview_explains_every_source() -> None:
    text = pages()["README.md"]
    for subject in tree(Scheme.FUNCTIONAL, 2024):
        for source in sources_of(subject):
            assert f"| {source.id} | " in text
    assert "unverified" in text
