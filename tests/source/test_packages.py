"""Parts of a package read at once: the same as zipfile reads, whatever happens to the bytes."""

from __future__ import annotations

import io
import zipfile
from contextlib import nullcontext
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.errors import SourceError
from govbudget.source import packages
from govbudget.source.packages import Package


def packed(content: bytes, method: int = zipfile.ZIP_DEFLATED, name: str = "xl/a.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        package.writestr("first.xml", b"<a/>")
        package.writestr(name, content)
    return out.getvalue()


def outcome(data: bytes, *, stream: bool, name: str = "xl/a.xml") -> bytes | None:
    with patch.object(Package, "_inflated", lambda *_: None) if stream else nullcontext():
        try:
            return Package(data, "a").read(name)
        except SourceError:
            return None


@given(content=st.binary(max_size=400), method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_a_part_is_what_was_packed(content: bytes, method: int) -> None:
    assert outcome(packed(content, method), stream=False) == content


def test_a_name_in_chinese() -> None:
    data = packed(b"<a/>", name="xl/表.xml")
    assert outcome(data, stream=False, name="xl/表.xml") == b"<a/>"


@settings(max_examples=300)
@given(data=st.data())
def test_a_damaged_package_gives_what_the_stream_gives(data: st.DataObject) -> None:
    content = b"<row>1,147.95</row>" * 9
    whole = bytearray(packed(content))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    found, expected = outcome(bytes(whole), stream=False), outcome(bytes(whole), stream=True)
    assert found in {expected, content}  # at times the stream refuses what is whole


def test_a_part_larger_than_it_says_is_refused() -> None:
    content = b"a" * 100_000
    data = packed(content)
    lying = data.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(SourceError, match="damaged"):
        Package(lying, "a").read("xl/a.xml")


def test_nothing_is_read_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_MEMBER", 1_000)
    with pytest.raises(SourceError, match="unpacks to more than"):
        Package(packed(b"a" * 2_000), "a").read("xl/a.xml")
