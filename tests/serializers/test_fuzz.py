"""Every format that is read back, with damage: a disclosure or an error of ours, never another, never without end."""

from __future__ import annotations

import io
import resource
import tracemalloc
import zipfile
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.serializers.test_printed import _small

from govbudget.errors import GovBudgetError
from govbudget.model import Disclosure
from govbudget.serializers import FORMATS, Format, from_bytes
from govbudget.serializers.zipped import zipped

READ_BACK = [form for form in FORMATS if form.read is not None]
_MOST = 2 * 1024 * 1024  # kilobytes

_JUNK = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"</w:t>",
    b"&#0;",
    b'"',
    b"|",
    b"\t\t\t",
    b"9" * 400,
    b"(" * 50,
    b"[[[[",
    b"\xe8",
]


def _damaged(data: bytes, draw: st.DrawFn) -> bytes:
    raw = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        raw[at : at + draw(st.integers(0, 30))] = draw(st.sampled_from(_JUNK))
    return bytes(raw)


@cache
def _whole(form: Format) -> bytes:
    return form.write(_small())


@st.composite
def damaged(draw: st.DrawFn, form: Format) -> bytes:
    """A file with some bytes changed: of a ZIP, now and then those of a file in it."""
    data = _whole(form)
    if not zipfile.is_zipfile(io.BytesIO(data)) or draw(st.integers(0, 3)) == 0:
        return _damaged(data, draw)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(files)))
    return zipped(files | {name: _damaged(files[name], draw)})


@pytest.mark.parametrize("form", READ_BACK, ids=[form.name for form in READ_BACK])
@given(data=st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
def test_damage_gives_a_disclosure_or_our_error(form: Format, data: st.DataObject) -> None:
    raw = data.draw(damaged(form))
    try:
        assert isinstance(from_bytes(raw, form), Disclosure)
    except GovBudgetError as error:
        assert error.what
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert peak < _MOST, "the most memory that this process ever had"


def test_a_zip_that_is_larger_inside_than_it_may_be() -> None:
    """A few kilobytes that unpack to more than any disclosure are refused, not unpacked."""
    form = next(form for form in READ_BACK if form.name == "CSV")
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("00 narrative.csv", "w", force_zip64=True) as file,
    ):
        for _ in range(300):
            file.write(b"0" * 1024 * 1024)
    tracemalloc.start()
    with pytest.raises(GovBudgetError, match="more than"):
        from_bytes(bomb.getvalue(), form)
    assert tracemalloc.get_traced_memory()[1] < 50 * 1024 * 1024
    tracemalloc.stop()
