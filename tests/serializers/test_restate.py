"""Tables in another unit: sums that hold go on holding, each figure is a neighbour; totals as formulas."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.consistency import Verdict, printed_value
from govbudget.errors import GovBudgetError
from govbudget.invariants import alarms, audit
from govbudget.layouts import layout, table_layout_ids
from govbudget.model import Disclosure, Fund, Period, Use, facts
from govbudget.money import Mark, MoneyUnit
from govbudget.reading import Reading, read
from govbudget.serializers import Rounding, format_of, restated
from govbudget.serializers.printed.formulas import table_sums
from govbudget.serializers.printed.xlsx import write_xlsx
from govbudget.testing import Leaf, consistent_disclosures, publish, without_places


def values(disclosure: Disclosure) -> list[int | Mark]:
    return [v for t in disclosure.tables for x in t.lanes for line in x.lines for v in line.values]


def sums(disclosure: Disclosure) -> dict[object, Verdict]:
    """The verdict on every sum, by the rule and the figures it is about."""
    found = [c for c in audit(disclosure, diagnosis=False).comparisons if c.linear]
    return {(c.rule, tuple((o.place, o.at) for o in c.operands)): c.verdict for c in found}


@given(
    made=consistent_disclosures(unit=MoneyUnit.YUAN, max_leaves=6),
    unit=st.sampled_from([MoneyUnit.WAN_YUAN, MoneyUnit.QIAN_YUAN, MoneyUnit.YI_YUAN]),
    places=st.integers(0, 3),
)
@settings(max_examples=10)
def test_controlled_rounding_keeps_the_sums(made: Disclosure, unit: MoneyUnit, places: int) -> None:
    """Zero-restricted: a figure becomes one of its two neighbours, and one that is exact stays; the sums are exact."""
    again = restated(made, unit=unit, places=places)
    step = max(1, unit.fen // 10**places)
    for old, new in zip(values(made), values(again), strict=True):
        if isinstance(old, Mark) or isinstance(new, Mark):
            assert old is new
        else:
            assert new % step == 0
            assert abs(new - old) < step
    before, after = sums(made), sums(again)
    held = [key for key, verdict in before.items() if verdict is Verdict.EXACT]
    assert held
    assert {after.get(key, Verdict.EXACT) for key in held} == {Verdict.EXACT}
    assert restated(made, unit=unit, places=places) == again


@given(made=consistent_disclosures(unit=MoneyUnit.YUAN, max_leaves=6), places=st.integers(0, 2))
@settings(max_examples=10)
def test_rounding_each_is_what_publishers_do(made: Disclosure, places: int) -> None:
    """Every figure by itself: sums hold within rounding, and an audit has nothing to say."""
    again = restated(made, unit=MoneyUnit.WAN_YUAN, places=places, rounding=Rounding.EACH)
    step = MoneyUnit.WAN_YUAN.fen // 10**places
    for old, new in zip(values(made), values(again), strict=True):
        assert new == (old if isinstance(old, Mark) else printed_value(old, step))
    assert Verdict.VIOLATED not in sums(again).values()
    assert [f.code for f in alarms(audit(again))] == [f.code for f in alarms(audit(made))]


def _leaf(fen: int, functional: str = "2010101", **more: object) -> Leaf:
    where = {"use": Use.PERSONNEL, "economic": "30101", **more}
    return Leaf(functional=functional, fen=fen, **where)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("places", "leaves"),
    [
        # what is carried forward prints as 0, and the subject receives 1 万元 and spends 0
        (0, [_leaf(432_600), _leaf(67_400, use=Use.ALL, economic="", goes=Period.CARRIED)]),
        # other money prints as 0 beside the only source that shows, and in all it is 1 万元
        (
            0,
            [
                _leaf(116_148),
                _leaf(135_203, use=Use.PROJECT, economic="", project="业务培训", fund=Fund.SPECIAL_ACCOUNT),
                _leaf(364_355, "2210201", fund=Fund.SPECIAL_ACCOUNT),
            ],
        ),
        # other money prints as 0.1 and does not show in the whole
        (1, [_leaf(160_000), _leaf(55_000, fund=Fund.SPECIAL_ACCOUNT)]),
    ],
)
def test_what_rounding_hides_is_no_slip(places: int, leaves: Sequence[Leaf]) -> None:
    again = restated(
        publish(leaves, unit=MoneyUnit.YUAN), unit=MoneyUnit.WAN_YUAN, places=places, rounding=Rounding.EACH
    )
    assert alarms(audit(again)) == ()


@pytest.mark.parametrize("layout_id", table_layout_ids())
@given(data=st.data())
@settings(max_examples=3)
def test_any_layout_in_any_unit_is_printed_and_read(layout_id: str, data: st.DataObject) -> None:
    made = data.draw(consistent_disclosures(max_leaves=5, unit=MoneyUnit.YUAN, form=layout(layout_id)))
    again = restated(made, unit=MoneyUnit.WAN_YUAN)
    assert {table.unit for table in again.tables} == {MoneyUnit.WAN_YUAN}
    reading = read(format_of("a.md").write(again), name="a.md", layout=layout_id)
    if not any(finding.code == "read.name-ambiguous" for finding in reading.findings):
        assert without_places(reading.disclosure) == without_places(again)


def test_to_a_finer_unit_nothing_is_lost(example: Reading) -> None:
    again = restated(example.disclosure, unit=MoneyUnit.YUAN)
    assert values(again) == values(example.disclosure)
    assert [fact.at for fact in facts(again)] == [fact.at for fact in facts(example.disclosure)]
    with pytest.raises(GovBudgetError, match="places"):
        restated(example.disclosure, unit=MoneyUnit.YUAN, places=-1)


# -- totals as formulas -----------------------------------------------------------------------------------------------


def _formulas(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        return [f for name in sheets for f in re.findall(r"<f>(.*?)</f>", book.read(name).decode())]


def test_totals_are_formulas_only_when_asked_for(example: Reading) -> None:
    assert _formulas(write_xlsx(example.disclosure)) == []
    data = write_xlsx(example.disclosure, formulas=True)
    assert len(_formulas(data)) == sum(map(len, table_sums(example.disclosure))) > 100
    assert without_places(read(data, name="a.xlsx").disclosure) == without_places(example.disclosure)


@given(made=consistent_disclosures(max_leaves=6))
@settings(max_examples=10)
def test_a_formula_says_what_is_printed(made: Disclosure) -> None:
    """Its parts add up to it, figure by figure; none is part of itself."""
    for table, totals in zip(made.tables, table_sums(made), strict=True):
        for total, parts in totals.items():
            assert total not in parts
            found = [table.lanes[i].lines[j].values[k] for i, j, k in (total, *parts)]
            amounts = [0 if isinstance(v, Mark) else v for v in found]
            assert amounts[0] == sum(amounts[1:])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_calculates_what_is_printed(example: Reading, tmp_path: Path) -> None:
    """With the values beside the formulas taken away, LibreOffice calculates the same figures."""
    plain, source = write_xlsx(example.disclosure), tmp_path / "totals.xlsx"
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_xlsx(example.disclosure, formulas=True))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", old.read(name)))
    source.write_bytes(out.getvalue())
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    for file, data in (("plain.xlsx", plain), ("totals.xlsx", None)):
        if data is not None:
            (tmp_path / file).write_bytes(data)
        every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        command = [
            "soffice",
            "--headless",
            home,
            "--convert-to",
            every,
            "--outdir",
            str(tmp_path),
            str(tmp_path / file),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    ours = sorted(tmp_path.glob("plain-*.csv"))
    assert len(ours) == len(example.disclosure.tables) + 1
    for path in ours:
        theirs = tmp_path / path.name.replace("plain-", "totals-")
        assert _numbers(theirs) == _numbers(path)


def _numbers(path: Path) -> list[list[str]]:
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    return [[str(Decimal(c.replace(",", ""))) if re.fullmatch(r"-?[\d,.]+", c) else c for c in row] for row in rows]
