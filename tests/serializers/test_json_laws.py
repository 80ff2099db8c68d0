"""JSON as laws: round trips, one spelling whatever is installed, the schema on both sides, old versions, our errors."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.errors import FormatError, GovBudgetError, SourceError
from govbudget.model import Disclosure
from govbudget.reading import Reading
from govbudget.serializers import VERSION, dumps, load, load_lines, loads, save_lines
from govbudget.serializers import json as ours
from govbudget.serializers.lines import loads_one
from govbudget.serializers.migrations import MIGRATIONS
from govbudget.serializers.schema import published, schema
from govbudget.serializers.shapes import classes, members
from govbudget.testing import consistent_disclosures, disclosures

VERSIONS = Path(__file__).parents[1] / "golden" / "versions"


def both(function: Any, *arguments: Any) -> list[Any]:
    """What a function gives with msgspec and without: a value, or the words of our error."""
    found: list[Any] = []
    for quick in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            if not quick:
                patch.setattr(ours, "codec", lambda: None)
            try:
                found.append(function(*arguments))
            except GovBudgetError as error:
                found.append(str(error))
    return found


# -- laws -----------------------------------------------------------------------------------------------------------


@given(st.one_of(disclosures(), consistent_disclosures()))
@settings(max_examples=25)
def test_one_spelling_that_reads_back(disclosure: Disclosure) -> None:
    """Any disclosure at all, with and without msgspec: the same bytes, an equal disclosure."""
    quick, slow = both(dumps, disclosure)
    assert quick == slow
    assert both(loads, quick) == [disclosure, disclosure]
    assert dumps(loads(quick)) == quick


@given(disclosures())
@settings(max_examples=10)
def test_what_is_read_is_as_if_made_by_hand(disclosure: Disclosure) -> None:
    """Frozen, hashable, of the very classes: nothing shows how it was filled."""
    made = loads(dumps(disclosure))
    assert hash(made) == hash(disclosure)
    assert type(made) is Disclosure
    with pytest.raises(AttributeError):
        made.year = 1  # type: ignore[misc]
    assert {type(t) for t in made.tables} == {type(t) for t in disclosure.tables}


@given(disclosures(), st.data())
@settings(max_examples=12)
def test_another_spelling_is_read_with_care(disclosure: Disclosure, data: st.DataObject) -> None:
    """White space, keys in another order, defaults that are spelt out: the same disclosure."""
    raw = json.loads(dumps(disclosure))
    indent = data.draw(st.sampled_from([None, 2]))
    text = json.dumps(raw, ensure_ascii=data.draw(st.booleans()), indent=indent, sort_keys=data.draw(st.booleans()))
    assert both(loads, text) == [disclosure, disclosure]


# -- schema ---------------------------------------------------------------------------------------------------------


@cache
def _validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    found = jsonschema.Draft202012Validator(published())
    jsonschema.Draft202012Validator.check_schema(published())
    return found


def test_the_schema_of_the_package_is_that_of_the_types() -> None:
    """After a change of the model: ``python tools/build_schema.py``."""
    assert published() == schema()
    assert set(schema()["$defs"]) == {cls.__name__ for cls in classes()}
    assert all(m.name in schema()["$defs"][c.__name__]["properties"] for c in classes() for m in members(c))


@given(disclosures())
@settings(max_examples=15)
def test_what_we_write_is_valid(disclosure: Disclosure) -> None:
    _validator().validate(json.loads(dumps(disclosure)))


def test_the_example_is_valid(example: Reading) -> None:
    _validator().validate(json.loads(dumps(example.disclosure)))


_BAD = [None, True, -1, 7, "x", "", [], {}, [1], {"type": "total"}, 1.5, [None, None], [[1, 2, 3]]]


@given(st.data())
@settings(max_examples=50)
def test_what_the_schema_refuses_the_reader_refuses(data: st.DataObject) -> None:
    """One place of a document is changed: where the schema says no, so do both readers; and none says anything else."""
    raw = json.loads(dumps(data.draw(st.one_of(disclosures(), consistent_disclosures(max_leaves=3)))))
    holder, key = data.draw(st.sampled_from(list(_places(raw))))
    if data.draw(st.booleans()) and isinstance(holder, dict):
        if data.draw(st.booleans()):
            del holder[key]
        else:
            holder[f"{key}2"] = 1
    else:
        holder[key] = copy.deepcopy(data.draw(st.sampled_from(_BAD)))
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    quick, slow = both(loads, text)
    assert quick == slow
    if not _validator().is_valid(raw):
        assert isinstance(quick, str), "the reader takes what the schema refuses"


def _places(raw: Any) -> Iterator[tuple[Any, Any]]:
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
        yield raw, key
        if isinstance(value, dict | list):
            yield from _places(value)


# -- versions -------------------------------------------------------------------------------------------------------


def test_every_version_has_a_file_and_a_way_to_the_next() -> None:
    assert sorted(int(path.stem) for path in VERSIONS.glob("*.json")) == list(range(1, VERSION + 1))
    assert sorted(MIGRATIONS) == list(range(1, VERSION))


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_files_of_every_version_are_read(version: int, example: Reading) -> None:
    """The same document as it was written in each version. Files of versions that are past are never written anew."""
    data = (VERSIONS / f"{version}.json").read_bytes()
    assert json.loads(data)["version"] == version
    first, *others = both(loads, data)
    assert [first] == others
    assert loads(dumps(first)) == first
    assert first.organization == example.disclosure.organization
    assert len(first.tables) == len(example.disclosure.tables)


def test_a_version_is_what_it_says() -> None:
    raw = json.loads((VERSIONS / "2.json").read_bytes())
    with pytest.raises(FormatError, match="expected a list") as error:
        loads(json.dumps(raw | {"version": 1}))
    assert "lines[" in str(error.value.place)


@settings(max_examples=40)
@given(st.recursive(st.one_of(st.none(), st.integers(), st.text(max_size=3)), lambda x: st.lists(x, max_size=3)))
def test_migrations_take_anything(junk: Any) -> None:
    for body in (junk, {"tables": junk}, {"tables": [{"lanes": [{"lines": [{"places": junk, "values": junk}]}]}]}):
        for quick in both(loads, json.dumps({"format": "govbudget/disclosure", "version": 1, "disclosure": body})):
            assert isinstance(quick, str)


# -- fuzzing --------------------------------------------------------------------------------------------------------


@given(st.data())
@settings(max_examples=60)
def test_bytes_at_random_give_our_errors(data: st.DataObject) -> None:
    """Bytes cut out, put in and changed: a disclosure or an error of ours, the same by both ways."""
    raw = bytearray(dumps(data.draw(consistent_disclosures(max_leaves=2))))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        match data.draw(st.sampled_from(["put", "cut", "set"])):
            case "put":
                raw[at:at] = data.draw(
                    st.sampled_from([b'"', b"{", b"[", b"9" * 5000, b"\xff", b'"year":1,', b"\\ud800"])
                )
            case "cut":
                del raw[at : at + data.draw(st.integers(1, 40))]
            case _:
                raw[at] = data.draw(st.integers(0, 255))
        raw = raw or bytearray(b"0")
    quick, slow = both(loads, bytes(raw))
    assert quick == slow


@pytest.mark.parametrize("deep", [b"[" * 200_000, b'{"a":' * 200_000])
def test_nesting_is_bounded(deep: bytes) -> None:
    head = b'{"format":"govbudget/disclosure","version":2,"disclosure":'
    for found in both(loads, head + deep + b"}\n"):
        assert "deeply" in found or "no JSON" in found


def test_half_a_character_is_refused(example: Reading) -> None:
    import attrs

    broken = attrs.evolve(example.disclosure, source="a\ud800")
    for found in both(dumps, broken):
        assert "half a character" in found


# -- JSON Lines -----------------------------------------------------------------------------------------------------


@given(st.lists(disclosures(), max_size=4))
@settings(max_examples=8)
def test_lines_are_streams(tmp_path_factory: pytest.TempPathFactory, many: list[Disclosure]) -> None:
    path = tmp_path_factory.mktemp("lines") / "many.jsonl"
    assert save_lines(iter(many), path) == len(many)
    assert list(load_lines(path)) == many
    assert path.read_bytes() == b"".join(map(dumps, many))


def test_a_line_that_fails_leaves_no_file(tmp_path: Path, example: Reading) -> None:
    path = tmp_path / "many.jsonl"

    def failing() -> Iterator[Disclosure]:
        yield example.disclosure
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        save_lines(failing(), path)
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(dumps(example.disclosure) + b"\n{}\n")
    stream = load_lines(path)
    assert next(stream) == example.disclosure  # what comes before the line that is wrong is read
    with pytest.raises(FormatError, match="line 3"):
        next(stream)
    with pytest.raises(FormatError, match="2 disclosures"):
        loads_one(path.read_bytes())
    assert loads_one(dumps(example.disclosure)) == load(VERSIONS / "2.json")
    with pytest.raises(SourceError):
        next(load_lines(tmp_path / "none.jsonl"))
