"""The generated pages are those of the code, and every link between pages leads somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from govbudget.invariants import CATALOGUE

ROOT = Path(__file__).parents[2]


def _tool() -> dict[str, object]:
    spec = importlib.util.spec_from_file_location("build_reference", ROOT / "tools" / "build_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, object] = module.PAGES
    return pages


PAGES = _tool()


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_up_to_date(name: str) -> None:
    page = PAGES[name]
    assert callable(page)
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == page(), "run `make docs`"


def test_every_rule_has_its_page_and_no_page_is_left_over() -> None:
    folder = ROOT / "docs" / "reference" / "rules"
    assert {path.stem for path in folder.glob("*.md")} == {rule.id for rule in CATALOGUE}


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page, target)
