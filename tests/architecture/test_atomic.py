"""Files are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from govbudget.atomic import write_whole
from govbudget.errors import SourceError


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    write_whole(target, b"one")
    write_whole(str(target), b"two")
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o777 == 0o644
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_what_cannot_be_written_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(SourceError, match="cannot be written"):
        write_whole(tmp_path / "folder", b"one")  # a folder stands there
    with pytest.raises(SourceError, match="cannot be written"):
        write_whole(tmp_path / "none" / "a.html", b"one")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
