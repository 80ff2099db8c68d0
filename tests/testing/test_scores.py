"""Scores: ours and others', on disclosures whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from govbudget.model import Disclosure, table
from govbudget.model import TableKind as Kind
from govbudget.money import Mark
from govbudget.place import Place
from govbudget.reading import read
from govbudget.testing import (
    Complaint,
    FaultKind,
    Noise,
    PrintedDocument,
    Row,
    assert_consistent,
    assert_same,
    faults,
    make,
    own_checker,
    print_document,
    rows_of,
    score_checker,
    score_converter,
    score_rows,
)

KINDS = [FaultKind.WRONG_DIGIT, FaultKind.SIGN, FaultKind.MISSING_TABLE, FaultKind.WRONG_NAME]


def printed(format: str, count: int = 2) -> list[PrintedDocument]:
    found = []
    for seed in range(count):
        made = make("shanghai-unit-budget", seed=seed, leaves=4)
        noise = (Noise.SPACES, Noise.SEPARATORS)
        data = print_document(made, format, noise=noise)
        found.append(PrintedDocument(disclosure=made, format=format, noise=noise, data=data))
    return found


@pytest.fixture(scope="module")
def corpus() -> list[Disclosure]:
    return [make(seed=seed, narrative=True, leaves=5) for seed in range(3)]


def test_our_own_audit(corpus: list[Disclosure]) -> None:
    score = score_checker(own_checker(), corpus, kinds=KINDS)
    assert score.missed == ()
    assert (score.clean, score.alarmed) == (3, 0)
    found, visible = score.detection
    assert found == visible > 0
    names = score.tallies[FaultKind.WRONG_NAME]
    assert names.found == names.made > 0  # a name that is not that of its code is seen
    assert "completeness.tables" in score.matrix()
    lines = score.table().splitlines()
    assert lines[0].split()[:3] == ["kind", "of", "fault"]
    assert f"{found} of {visible} visible faults found; false alarms in 0 of 3 clean ones" in lines


def test_another_checker(corpus: list[Disclosure]) -> None:
    """One that only looks at the two totals of the summary, and one that always complains."""

    def totals(disclosure: Disclosure) -> Iterator[Complaint]:
        summary = table(disclosure, Kind.SUMMARY)
        sides = [lane.lines[-1].values[0] for lane in summary.lanes] if summary else []
        if len(set(sides)) > 1:
            yield Complaint("totals", (Place(table=1),))

    poor = score_checker(totals, corpus, kinds=[FaultKind.WRONG_DIGIT], each=3)
    found, visible = poor.detection
    assert found < visible == 9
    assert len(poor.missed) == visible - found
    noisy = score_checker(lambda _: [Complaint("always")], corpus, kinds=[])
    assert (noisy.alarmed, noisy.alarms) == (3, {"always": 3})


def test_our_own_reader() -> None:
    score = score_converter(
        lambda data, name: read(data, name=name, layout="shanghai-unit-budget").disclosure, printed("html")
    )
    right, all_of_them = score.figures
    assert right == all_of_them > 50
    assert score.tallies["html"].equal == 2
    assert score.table().splitlines()[2].split() == ["html", "2", "2", "0", str(right), "0", "0", "0"]


def test_a_converter_that_errs() -> None:
    """Figures lost, changed and made up are told apart, and so are documents it does not survive."""
    documents = printed("txt")

    def poor(data: bytes, name: str) -> Disclosure:
        if data == documents[1].data:
            raise ValueError("too hard")
        made = read(data, name=name, layout="shanghai-unit-budget").disclosure
        first = made.tables[0].lanes[0]
        line = first.lines[-1]
        value = line.values[0]
        assert not isinstance(value, Mark)
        changed = attrs.evolve(line, values=(value + 1_000_000,))
        lanes = (attrs.evolve(first, lines=(*first.lines[:-1], changed)), *made.tables[0].lanes[1:])
        return attrs.evolve(made, tables=(attrs.evolve(made.tables[0], lanes=lanes), *made.tables[2:]))

    score = score_converter(poor, documents)
    tally = score.tallies["txt"]
    assert (tally.crashed, tally.wrong, tally.equal, tally.extra) == (1, 1, 0, 0)
    assert tally.missed > len(list(rows_of(documents[1].disclosure)))
    assert score.errors == {"ValueError: too hard": 1}


def test_rows() -> None:
    """A converter of rows: all of them, then with a wrong code, a wrong value, one lost and one made up."""
    documents = printed("txt", 1)
    rows = list(rows_of(documents[0].disclosure))
    assert score_rows(lambda *_: rows, documents).right == len(rows)
    coded = next(i for i, row in enumerate(rows) if row.code)
    wrong = [*rows]
    wrong[0] = attrs.evolve(wrong[0], value="0.01")
    wrong[coded] = attrs.evolve(wrong[coded], code="999")
    wrong[-1] = Row(table=99, name="甲", column="乙", value=1)
    score = score_rows(lambda *_: wrong, documents)
    assert (score.right, score.wrong, score.missed, score.extra) == (len(rows) - 2, 1, 1, 1)
    assert score.codes[1] - score.codes[0] == 1
    assert "made up" in score.table()


# -- assertions -------------------------------------------------------------------------------------------------------


def test_a_consistent_disclosure_passes() -> None:
    assert_consistent(make(seed=1, narrative=True))


def test_an_inconsistent_one_says_what_and_where() -> None:
    fault = next(faults(make(seed=1, narrative=True), kinds=[FaultKind.SIGN]))
    with pytest.raises(AssertionError) as failed:
        assert_consistent(fault.disclosure)
    said = str(failed.value)
    assert "2024: " in said.splitlines()[0]
    assert fault.changes[0].now in said
    assert f"table {fault.changes[0].place.table} row" in said
    assert max(map(len, said.splitlines())) < 400
    assert_consistent(fault.disclosure, rules=())
    assert_consistent(fault.disclosure, allow=["additivity", "agreement", "narrative", "consistency"])


def test_two_disclosures_that_differ_say_where() -> None:
    made = make(seed=1)
    assert_same(made, made)
    other = next(faults(made, kinds=[FaultKind.WRONG_DIGIT]))
    with pytest.raises(AssertionError, match=r"differs in 1 place\n  tables\[\d+ \w+\]\.lanes"):
        assert_same(other.disclosure, made)
    with pytest.raises(AssertionError, match="tables\n      wanted 11: 0 summary"):
        assert_same(next(faults(made, kinds=[FaultKind.MISSING_TABLE])).disclosure, made)
