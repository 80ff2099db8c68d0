"""What others say: frictionless of our packages, pysdmx of our SDMX, Arelle of our XBRL; skipped without them."""

from __future__ import annotations

import csv
import io
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from tests.consistency.xbrl import objections

from govbudget.consistency import Known, Verdict, grade_sum
from govbudget.invariants.context import known
from govbudget.model import Disclosure, Fact, Stage, facts
from govbudget.money import Amount, Mark, MoneyUnit
from govbudget.reading import Reading
from govbudget.serializers import named_format, restated, save
from govbudget.serializers.packages import FACTS, FISCAL
from govbudget.serializers.sdmx import TOTAL, sdmx_files
from govbudget.serializers.xbrl import Sum, facts_by_spot, in_roles, sums_between, xbrl_files
from govbudget.serializers.xbrl_text import INSTANCE, JSON, ROLE, STANDARD
from govbudget.serializers.zipped import unzipped
from govbudget.testing import consistent_disclosures

# -- data packages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["data package", "Fiscal Data Package"])
def test_frictionless_finds_our_packages_valid(name: str, example: Reading, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    save(example.disclosure, tmp_path / "p", format=named_format(name))
    report = frictionless.validate(str(tmp_path / "p" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    (resource,) = frictionless.Package(str(tmp_path / "p" / "datapackage.json")).resources
    cells = sum(len(line.values) for t in example.disclosure.tables for x in t.lanes for line in x.lines)
    assert len(resource.read_rows()) > cells // 3


def _rows(disclosure: Disclosure, name: str) -> list[dict[str, str]]:
    files = unzipped(named_format(name).write(disclosure), name)
    return list(csv.DictReader(io.StringIO(files[FACTS].decode(), newline="")))


def test_a_fiscal_package_has_every_amount_exactly_once_a_witness(example: Reading) -> None:
    rows = _rows(example.disclosure, "Fiscal Data Package")
    assert list(rows[0]) == [field.name for field in FISCAL]
    witnesses = [w for fact in facts(example.disclosure) for w in fact.witnesses]
    assert sorted(row["amount"] for row in rows) == sorted(str(w.amount.money.amount) for w in witnesses)
    assert {row["currency"] for row in rows} == {"CNY"}
    first = next(row for row in rows if row["functional"] == "2012950")
    assert (first["cofog_division"], first["cofog_division_name"]) == ("01", "General public services")
    paid = next(row for row in rows if row["economic"] == "30108")
    assert (paid["gfsm_level1"], paid["gfsm_level2"], paid["gfsm_level3"]) == ("2", "21", "212")
    assert paid["gfsm_exact"] == "true"


def test_a_plain_package_keeps_blanks_apart(example: Reading) -> None:
    states = [row["state"] for row in _rows(example.disclosure, "data package") if row["via"] == "table"]
    cells = [v for t in example.disclosure.tables for x in t.lanes for line in x.lines for v in line.values]
    assert states == [v.value if isinstance(v, Mark) else "amount" for v in cells]


# -- SDMX -------------------------------------------------------------------------------------------------------------


def _read_sdmx(data: bytes) -> Any:
    return pytest.importorskip("pysdmx.io").read_sdmx(data.decode(), validate=True)


@pytest.fixture(scope="module")
def sdmx(example: Reading) -> dict[str, bytes]:
    pytest.importorskip("pysdmx")
    pytest.importorskip("xmltodict")
    return sdmx_files(example.disclosure)


def test_pysdmx_reads_our_structures(sdmx: dict[str, bytes], example: Reading) -> None:
    message = _read_sdmx(sdmx["structures.xml"])
    (structure,) = message.get_data_structure_definitions()
    assert structure.id == "DSD_BUDGET"
    assert {"FUNCTIONAL", "ECONOMIC", "TIME_PERIOD"} <= {c.id for c in structure.components.dimensions}
    lists = {codelist.id: codelist for codelist in message.get_codelists()}
    assert next(code.name for code in lists["CL_FUNCTIONAL"] if code.id == "2012950") == "事业运行"
    assert example.disclosure.organization.name in {code.name for code in lists["CL_ORGANIZATION"]}


@pytest.mark.parametrize("file", ["data.csv", "data.xml"])
def test_pysdmx_reads_every_fact(file: str, sdmx: dict[str, bytes], example: Reading) -> None:
    (found,) = _read_sdmx(sdmx[file]).data
    rows = found.data.to_dict("records")
    ours = {_sdmx_key(fact): fact for fact in facts(example.disclosure)}
    assert len(rows) == len(ours)
    for row in rows:
        key = tuple(
            str(row[name]) for name in ("TIME_PERIOD", "STAGE", "FLOW", "FUND", "USE", "FUNCTIONAL", "ECONOMIC")
        )
        fits = [f for k, f in ours.items() if k[:7] == key]
        assert any(int(row["OBS_VALUE"]) == w.amount.fen for f in fits for w in f.witnesses)
        assert (row["UNIT_MULT"], row["UNIT_MEASURE"]) == ("-2", "CNY")


def _sdmx_key(fact: Fact) -> tuple[str, ...]:
    at = fact.at
    fixed = [
        e.value.upper() if e is not None and e.value != "all" else TOTAL for e in (at.stage, at.flow, at.fund, at.use)
    ]
    keyed = [at.functional or TOTAL, at.economic or TOTAL]
    rest = (at.period.value, at.item.value, at.entity, at.project, at.purchase)
    return (str(at.year), *fixed, *keyed, *rest)


def test_codes_of_sdmx_are_in_the_lists_and_amounts_beyond_64_bits_are_whole() -> None:
    pytest.importorskip("pysdmx")
    pytest.importorskip("xmltodict")
    from tests.serializers.test_printed import _odd

    files = sdmx_files(_odd("某局", 10**25))
    (found,) = _read_sdmx(files["data.csv"]).data
    assert list(found.data["OBS_VALUE"]) == [str(10**25)]
    lists = {x.id: {code.id for code in x} for x in _read_sdmx(files["structures.xml"]).get_codelists()}
    for row in found.data.to_dict("records"):
        for name, codes in lists.items():
            assert row[name.removeprefix("CL_")] in codes


# -- XBRL -------------------------------------------------------------------------------------------------------------


@given(consistent_disclosures(max_leaves=4))
@settings(max_examples=8)
def test_every_amount_is_a_fact_and_roles_hold(made: Disclosure) -> None:
    found = facts_by_spot(made)
    amounts = [v for t in made.tables for x in t.lanes for line in x.lines for v in line.values if isinstance(v, int)]
    assert [fact.amount.fen for fact in found.values()] == amounts
    sums = sums_between(made, found)
    assert sorted(map(repr, (one for role in in_roles(sums) for one in role))) == sorted(map(repr, sums))
    for role in in_roles(sums):
        totals = [one.total for one in role]
        assert len(set(totals)) == len(totals)


@pytest.mark.parametrize(("places", "exact"), [(0, -4), (2, -2), (4, 0), (6, None), (11, None)])
def test_decimals_say_what_is_exact(places: int, exact: int | None) -> None:
    fact = next(iter(facts_by_spot(_one(Amount(10**6, MoneyUnit.WAN_YUAN, places))).values()))
    assert fact.decimals == exact


def _one(amount: Amount) -> Disclosure:
    from tests.serializers.test_printed import _odd

    made = _odd("某局", amount.fen)
    table = attrs.evolve(made.tables[0], unit=amount.unit, lanes=())
    line = attrs.evolve(made.tables[0].lanes[0].lines[0], places=(amount.places,))
    lane = attrs.evolve(made.tables[0].lanes[0], lines=(line,))
    return attrs.evolve(made, tables=(attrs.evolve(table, lanes=(lane,)),))


def _damaged(disclosure: Disclosure, changes: int) -> Disclosure:
    """Some figures of the tables moved by some units of their last digit, at random but always the same."""
    rng = random.Random(changes)
    spots = [
        (t, x, i, j)
        for t, table in enumerate(disclosure.tables)
        for x, lane in enumerate(table.lanes)
        for i, line in enumerate(lane.lines)
        for j, value in enumerate(line.values)
        if isinstance(value, int) and value
    ]
    tables = list(disclosure.tables)
    for t, x, i, j in rng.sample(spots, changes):
        lane = tables[t].lanes[x]
        line = lane.lines[i]
        step = tables[t].unit.fen // 10 ** line.places[j]
        moved = [v + step * rng.choice([-30, -2, -1, 1, 2, 30]) if k == j else v for k, v in enumerate(line.values)]
        lines = (*lane.lines[:i], attrs.evolve(line, values=tuple(moved)), *lane.lines[i + 1 :])
        lanes = (*tables[t].lanes[:x], attrs.evolve(lane, lines=lines), *tables[t].lanes[x + 1 :])
        tables[t] = attrs.evolve(tables[t], lanes=lanes)
    return attrs.evolve(disclosure, tables=tuple(tables))


@pytest.mark.parametrize("file", [INSTANCE, JSON])
@pytest.mark.parametrize("changes", [0, 25])
def test_arelle_judges_every_sum_as_we_do(file: str, changes: int, example: Reading, tmp_path: Path) -> None:
    """Loaded without a complaint about XBRL; sum by sum the same verdict, but where ranges only just touch."""
    pytest.importorskip("arelle")
    made = _damaged(example.disclosure, changes)
    found = facts_by_spot(made)
    roles = in_roles(sums_between(made, found))
    figures = {fact.name: known(fact.amount) for fact in found.values()}
    theirs = _arelle(xbrl_files(made), file, tmp_path)
    judged = {}
    for number, role in enumerate(roles):
        for one in role:
            judged[number, one.total] = _violated(one, figures, closed=False), _violated(one, figures, closed=True)
    assert len(judged) > 200
    ours = {key for key, (violated, _) in judged.items() if violated}
    assert bool(ours) == bool(changes)
    # Rounding to the nearest takes both halves in there, half-up one of them: what only just touches is let pass.
    assert {key for key, (_, violated) in judged.items() if violated} == theirs
    assert theirs <= ours
    assert bool(theirs) == bool(changes)


def _violated(one: Sum, figures: dict[str, Known], *, closed: bool) -> bool:
    def opened(figure: Known) -> Known:
        if not closed or figure.low == figure.high:
            return figure
        half = (figure.high - figure.low + 1) // 2
        return Known(figure.value, figure.value - half, figure.value + half)

    total, *parts = (opened(figures[name]) for name in (one.total, *(name for name, _ in one.parts)))
    return grade_sum(total, parts, [weight for _, weight in one.parts]).verdict is Verdict.VIOLATED


def _arelle(files: dict[str, bytes], file: str, folder: Path) -> set[tuple[int, str]]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(folder / file), "--validate"]
    command += ["--calc", "round-to-nearest", "--internetConnectivity", "offline", "--logFile", str(folder / "log.txt")]
    command += ["--plugins", "loadFromOIM"] if file == JSON else []
    env = {**os.environ, "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    subprocess.run(command, check=True, capture_output=True, env=env, cwd=folder, timeout=240)
    log = (folder / "log.txt").read_text(encoding="utf-8")
    assert not re.findall(r"^\[(?:oim|xbrlje).*", log, re.MULTILINE), log[:500]
    assert "loaded in" in log
    roles = {STANDARD: 0} | {ROLE.format(number): number for number in range(1, 20)}
    found = objections(log, r"(?:\w+:)?(?P<total>t\w+|n\w+)")
    return {(roles[match["role"]], match["total"]) for match in found}


def test_a_disclosure_in_another_unit_has_the_same_sums(example: Reading) -> None:
    made = restated(example.disclosure, unit=MoneyUnit.YUAN)
    before, after = (sums_between(d, facts_by_spot(d)) for d in (example.disclosure, made))
    assert before == after
    assert made.stage is Stage.BUDGET


# -- databases --------------------------------------------------------------------------------------------------------


def test_duckdb_answers_the_documented_query(example: Reading, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    save(example.disclosure, tmp_path / "a.duckdb")
    with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as connection:
        found = dict(connection.execute('SELECT "use", fen FROM spending_by_use').fetchall())
    assert found["basic"] + found["project"] == found["all"] == 1_147_95_00_00


def test_polars_and_arrow_read_our_parquet(example: Reading, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    save(example.disclosure, tmp_path / "a.parquet")
    frame = polars.read_parquet(tmp_path / "a.parquet")
    cells = sum(len(line.values) for t in example.disclosure.tables for x in t.lanes for line in x.lines)
    assert frame.filter(polars.col("via") == "table").height == cells
