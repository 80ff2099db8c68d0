"""Names of real documents with their codes hidden, and the names-only columns of the Hangzhou budget."""

from __future__ import annotations

import pytest
from tests.classification.coded_tables import CASES, MISPRINTED, CodedColumn, Seen, columns, hide_codes, tally
from tests.classification.hangzhou_columns import name_columns

from govbudget.classification import Scheme, Status, tree
from govbudget.reading import Reading

FLY = "sh-putuo-fly-2024-unit-budget"


@pytest.fixture(scope="module")
def coded() -> list[CodedColumn]:
    if not CASES.exists():
        pytest.skip("the shared cases are not beside the project")
    return list(columns())


@pytest.fixture(scope="module", params=[True, False], ids=["with sums", "names alone"])
def seen(request: pytest.FixtureRequest, coded: list[CodedColumn]) -> list[Seen]:
    return [one for column in coded for one in hide_codes(column, sums=request.param)]


def test_the_documents_are_read(coded: list[CodedColumn]) -> None:
    assert len({column.document for column in coded}) == 9
    assert sum(len(column.rows) for column in coded) > 990
    assert {column.scheme for column in coded} == {Scheme.FUNCTIONAL, Scheme.DEPARTMENT_ECONOMIC}


def test_at_least_995_of_1000_rows_find_their_code(seen: list[Seen]) -> None:
    printed = tally([one for one in seen if not one.misprinted])
    assert printed["found"] * 1000 >= printed["rows"] * 995, printed


def test_no_wrong_code_is_claimed(seen: list[Seen]) -> None:
    assert [(one.row, one.found) for one in seen if one.outcome == "wrong" and not one.misprinted] == []


def test_doubt_is_said_with_the_true_code_among_the_candidates(seen: list[Seen]) -> None:
    for one in seen:
        if one.outcome == "ambiguous":
            assert one.row.code in {candidate.subject.code for candidate in one.candidates}
            assert one.reason
        if one.outcome == "unknown":
            assert one.row.name not in tree(one.column.scheme, one.column.year).names


def test_the_codes_that_one_document_misprints(seen: list[Seen]) -> None:
    """What is found for them is the code of the edition, or nothing where the name is the unit's own."""
    wrong = {(o.row.page, o.row.code, o.row.name): o.found for o in seen if o.misprinted}
    assert set(wrong) == MISPRINTED[FLY]
    edition = tree(Scheme.DEPARTMENT_ECONOMIC, 2024)
    for (page, code, name), found in wrong.items():
        if page != 14:
            assert found == "2101102"
        elif found:
            assert edition[found].name == name
            assert code not in edition or edition[code].name != name
        else:
            assert name not in edition.names
    others = {o.row.name: o.row.code for o in seen if o.column.document != FLY and o.column.year == 2024}
    for (_, _, name), found in wrong.items():
        assert others.get(name, found) == found, "other documents of the year print the code of the edition"


@pytest.mark.parametrize("sums", [True, False])
def test_every_name_of_the_hangzhou_tables(example: Reading, *, sums: bool) -> None:
    rows = 0
    for table, known, found in name_columns(example.disclosure, sums=sums):
        assert [row.subject.code if row.subject else None for row in found.rows] == known, table
        assert {row.status for row in found.rows} == {Status.RESOLVED}, table
        rows += len(known)
    assert rows == 75
