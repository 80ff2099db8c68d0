"""CSV and TSV: a table a file, read back as an equal model; nothing that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.serializers.test_printed import FORMULAS, _odd, _small

from govbudget.errors import FormatError, GovBudgetError
from govbudget.invariants import audit, verdict_counts
from govbudget.layouts import layout, table_layout_ids
from govbudget.money import Mark
from govbudget.reading import Reading
from govbudget.serializers import Format, from_bytes, named_format, open_saved, save
from govbudget.serializers.zipped import unzipped, zipped
from govbudget.testing import consistent_disclosures, without_places

BOTH = pytest.mark.parametrize("form", [named_format("CSV"), named_format("TSV")], ids=["CSV", "TSV"])


@pytest.mark.parametrize("layout_id", table_layout_ids())
@BOTH
@given(data=st.data())
@settings(max_examples=3)
def test_reading_inverts_writing(form: Format, layout_id: str, data: st.DataObject) -> None:
    disclosure = data.draw(consistent_disclosures(max_leaves=5, form=layout(layout_id)))
    again = from_bytes(form.write(disclosure), form)
    assume("ambiguous" not in str(again))  # names without codes: two subjects may fit
    assert without_places(again) == without_places(disclosure)


@BOTH
def test_the_example(form: Format, example: Reading, tmp_path: Path) -> None:
    """As a ZIP and as a folder: the whole disclosure, and the verdicts of an audit."""
    for target in (tmp_path / f"a{form.extensions[0]}", tmp_path / "folder"):
        save(example.disclosure, target, format=form)
        again = open_saved(target, format=form)
        assert without_places(again) == without_places(example.disclosure)
        assert verdict_counts(audit(again)) == verdict_counts(audit(example.disclosure))


@BOTH
@pytest.mark.parametrize("name", [*FORMULAS, "'=1", "''-x"])
def test_no_text_is_a_formula_and_none_is_changed(form: Format, name: str) -> None:
    files = unzipped(form.write(_small(project=name)), "a")
    mark = "," if form.name == "CSV" else "\t"
    cells = [
        cell
        for data in files.values()
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=mark)
        for cell in row
    ]
    assert not [c for c in cells if c[:1] in {"=", "+", "@"} or (c[:1] == "-" and not c[1:2].isdigit())]
    again = from_bytes(form.write(_small(project=name)), form)
    assert without_places(again) == without_places(_small(project=name.strip()))


@BOTH
@pytest.mark.parametrize("value", [0, -123_456, 10**20, Mark.BLANK, Mark.NOT_APPLICABLE, Mark.UNREADABLE])
def test_every_state_of_a_cell(form: Format, value: int | Mark) -> None:
    assert from_bytes(form.write(_odd("某局", value)), form).tables[0].lanes[0].lines[0].values == (value,)


@BOTH
@given(data=st.data())
@settings(max_examples=40)
def test_damage_gives_our_errors(form: Format, data: st.DataObject) -> None:
    files = unzipped(form.write(_small()), "a")
    name = data.draw(st.sampled_from(sorted(files)))
    raw = bytearray(files[name])
    at = data.draw(st.integers(0, len(raw) - 1))
    junk = data.draw(st.sampled_from([b'"', b"\xff", b"\r\n\r\n", b"\x00", b",,,,", b"9" * 40, b"'=1"]))
    raw[at : at + data.draw(st.integers(0, 9))] = junk
    archive = bytearray(zipped(files | {name: bytes(raw)}))
    if data.draw(st.booleans()):
        archive[data.draw(st.integers(0, len(archive) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        from_bytes(bytes(archive), form)
    except GovBudgetError as error:
        assert str(error)


def test_what_is_no_folder_of_ours() -> None:
    form = named_format("CSV")
    with pytest.raises(FormatError, match="no ZIP"):
        from_bytes(b"PK\x03\x04nothing", form)
    with pytest.raises(FormatError, match="there is no 00 narrative"):
        from_bytes(zipped({"a.csv": b"1,2"}), form)
    with pytest.raises(FormatError, match="holds more"):
        from_bytes(zipped({f"{n}.csv": b"" for n in range(1001)}), form)
