"""Helpers for the formats: shared cases, the way back from every block to its text, small packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from govbudget.source import Document, Paragraph

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """A file of the shared cases by a pattern; the test is skipped, and counted, where they are not there."""

    def find(pattern: str) -> Path:
        found = sorted(CASES.glob(pattern))
        if not found:
            pytest.skip(f"the shared case {pattern} is not beside the project")
        return found[0]

    return find


@pytest.fixture(scope="session")
def leads_back() -> Callable[[Document], None]:
    """Checks that every offset and line of a document leads back to its text."""

    def check(document: Document) -> None:
        for block in (*document.blocks, *document.margins):
            if isinstance(block, Paragraph):
                assert document.text[block.start :].startswith(block.text)
                assert document.text.count("\n", 0, block.start) == block.line - 1
                continue
            assert len({len(row) for row in block.rows}) == 1
            for row, line in zip(block.rows, block.lines, strict=True):
                assert document.text.count("\n", 0, row[0].start) == line - 1
                for cell in row:
                    assert document.text[slice(*cell.span)] == cell.text.strip()
            for row_index, column, high, wide in block.merged:
                assert high * wide > 1
                assert row_index + high <= len(block.rows)
                assert column + wide <= len(block.rows[0])

    return check


@pytest.fixture(scope="session")
def package() -> Callable[[Mapping[str, str | bytes]], bytes]:
    """Makes a ZIP package of members."""

    def make(members: Mapping[str, str | bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in members.items():
                made.writestr(name, content)
        return out.getvalue()

    return make
