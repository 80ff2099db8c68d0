"""Profiles, documents, and what is skipped where the shared cases are not beside the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from govbudget.invariants import AuditReport, audit
from govbudget.reading import Reading, read

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT.parent / "shared" / "cases"
EXAMPLE = ROOT / "examples" / "hangzhou-2024.md"

_calm = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=_calm, derandomize=True)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=_calm)
settings.load_profile("quick")


def case(name: str) -> Path:
    """Return a file of the shared cases; the test is skipped, and counted, where they are not there."""
    path = CASES / name
    if not path.is_file():
        pytest.skip(f"the shared case {name} is not beside the project")
    return path


@pytest.fixture(scope="session")
def case_file() -> Callable[[str], Path]:
    """The function :func:`case`, for tests in folders of their own."""
    return case


@pytest.fixture(scope="session")
def example() -> Reading:
    """The project's own example, read."""
    return read(EXAMPLE)


@pytest.fixture(scope="session")
def example_report(example: Reading) -> AuditReport:
    """The audit of the project's own example."""
    return audit(example.disclosure)


@pytest.fixture(scope="session", params=["example", "original"])
def hangzhou(request: pytest.FixtureRequest) -> tuple[str, Reading]:
    """The Hangzhou budget, as the project's own example (Markdown) and as published (text); with its source."""
    path = EXAMPLE if request.param == "example" else case("hangzhou-2024/source.txt")
    return path.read_text(encoding="utf-8"), read(path)
