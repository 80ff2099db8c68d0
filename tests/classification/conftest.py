"""The rows the editions were built from, where they are at hand; the built editions always are."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from govbudget.classification import Scheme

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # so that tests find the modules beside them, however pytest is started
    sys.path.insert(0, str(ROOT))

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "classification"
STEMS = {
    Scheme.FUNCTIONAL: "functional",
    Scheme.DEPARTMENT_ECONOMIC: "economic_department",
    Scheme.GOVERNMENT_ECONOMIC: "economic_government",
    Scheme.REVENUE: "revenue",
}


@pytest.fixture
def attested() -> list[tuple[Scheme, str, str, int]]:
    """Every (scheme, code, name, year) that a document printed."""
    found = []
    if not FOLDER.exists():
        pytest.skip("the rows the editions were built from are not at hand")
    for scheme, stem in STEMS.items():
        for row in read(f"{stem}.csv"):
            found += [
                (scheme, row["code"], row["name"], int(year))
                for year in row["editions"].split("|")
                if re.fullmatch(r"\d{4}", year)
            ]
    return found


@pytest.fixture
def shared() -> Callable[[str], list[dict[str, str]]]:
    """Read one of the tables; the test is skipped where the folder is not at hand."""
    if not FOLDER.exists():
        pytest.skip("the rows the editions were built from are not at hand")
    return read


def read(name: str) -> list[dict[str, str]]:
    """One table."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
