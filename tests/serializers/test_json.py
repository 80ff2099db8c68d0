"""JSON: canonical, versioned, errors with paths, no half files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govbudget.errors import FormatError, SourceError
from govbudget.reading import Reading
from govbudget.serializers import dumps, load, loads, save

GOLDEN = Path(__file__).parents[1] / "golden" / "hangzhou-2024.model.json"


def test_the_golden_model(example: Reading) -> None:
    """The model of the example, byte by byte: a change of model or format shows here first.

    After a change on purpose: ``govbudget convert examples/hangzhou-2024.md tests/golden/hangzhou-2024.model.json``.
    """
    assert dumps(example.disclosure) == GOLDEN.read_bytes()
    assert load(GOLDEN) == example.disclosure


def test_the_real_document(hangzhou: tuple[str, Reading]) -> None:
    disclosure = hangzhou[1].disclosure
    data = dumps(disclosure)
    assert loads(data) == disclosure
    assert dumps(loads(data)) == data
    assert loads(data.decode()) == disclosure


def test_amounts_are_integers_and_blanks_are_null(example: Reading) -> None:
    raw = json.loads(dumps(example.disclosure))
    values = [
        v
        for t in raw["disclosure"]["tables"]
        for x in t["lanes"]
        for line in x.get("lines", [])
        for v in line["values"]
    ]
    assert {type(v) for v in values} == {int, type(None)}
    assert raw["version"] == 2


@pytest.mark.parametrize(
    ("path", "value", "says", "where"),
    [
        (
            ("tables", 2, "lanes", 0, "lines", 3, "values", 1),
            "12",
            "integer of 分",
            "tables[2].lanes[0].lines[3].values[1]",
        ),
        (("tables", 2, "lanes", 0, "lines", 3, "values", 1), 12, "without loss", "tables[2]"),
        (("tables", 2, "lanes", 0, "lines", 3, "values"), [1], "1 values", "tables[2].lanes[0].lines[3]"),
        (("tables", 0, "kind"), "sumary", "sumary", "tables[0].kind"),
        (("tables", 0, "colour"), 1, "extra fields found (colour)", "tables[0]"),
        (("tables", 0, "lanes", 0, "lines", 0, "head"), {"type": "boss"}, "type is one of", "lines[0].head"),
        (("narrative", "sections", 1, "claims", 0, "typo"), 1, "extra fields found (typo)", "sections[1].claims[0]"),
        (("year",), "2024", "expected int", "$.disclosure.year"),
        (("year",), True, "expected int", "$.disclosure.year"),
        (("organization", "name"), 5, "expected str", "organization.name"),
        (("tables",), "all", "expected a list", "tables"),
        (("tables", 1, "kind"), "summary", "two tables", "JSON"),
    ],
)
def test_errors_name_the_path(
    example: Reading, path: tuple[str | int, ...], value: object, says: str, where: str
) -> None:
    raw = json.loads(dumps(example.disclosure))
    at = raw["disclosure"]
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(FormatError) as error:
        loads(json.dumps(raw))
    assert says in str(error.value)
    assert where in str(error.value.place)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no JSON"),
        (b"\xff", "no JSON"),
        (b"{}", "not a govbudget"),
        (b"[]", "not a govbudget"),
        (b'{"format":"govbudget/disclosure","version":99}', "pip install"),
        (b'{"format":"govbudget/disclosure","version":"1"}', "positive integer"),
        (b'{"format":"govbudget/disclosure","version":2}', "required field missing (disclosure)"),
        (b'{"format":"govbudget/disclosure","version":2,"disclosure":{},"x":1}', "extra fields found (x)"),
        (b'{"format":"govbudget/disclosure","version":2,"disclosure":[]}', "JSON"),
        (b'{"a":1,"a":2}', "stands twice"),
        (b'{"a":1.5}', "only integers"),
        (b'{"a":NaN}', "only integers"),
        (b"[" * 100_000, "nests too deeply"),
        (b"1" * 10_000, "no JSON"),
    ],
)
def test_what_is_no_disclosure(data: bytes, says: str) -> None:
    with pytest.raises(FormatError) as error:
        loads(data)
    assert says in str(error.value)


def test_saving_leaves_no_half_file(example: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    save(example.disclosure, target)
    before = target.read_bytes()

    def fail(_: object) -> bytes:
        raise RuntimeError("power cut")

    monkeypatch.setattr("govbudget.serializers.json.dumps", fail)
    with pytest.raises(RuntimeError):
        save(example.disclosure, target)
    assert target.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    with pytest.raises(SourceError):
        load(tmp_path / "none.json")
