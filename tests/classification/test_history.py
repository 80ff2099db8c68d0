"""What changed, and codes of one edition in another."""

from __future__ import annotations

import itertools

import pytest

from govbudget.classification import (
    Exactness,
    Kind,
    Scheme,
    Standing,
    changes,
    parent_years,
    spells,
    translate,
    tree,
    years,
)
from govbudget.classification.history import told
from govbudget.classification.table import read_table
from govbudget.errors import GovBudgetError, UnknownCode

F, D = Scheme.FUNCTIONAL, Scheme.DEPARTMENT_ECONOMIC


def codes(code: str, from_year: int, to_year: int, scheme: Scheme) -> tuple[list[str], Exactness]:
    found = translate(code, from_year, to_year, scheme=scheme)
    return [target.code for target in found.targets], found.exactness


@pytest.mark.parametrize(
    ("scheme", "code", "old", "new", "there", "how"),
    [
        (D, "30104", 2017, 2024, ["30112"], Exactness.MOVED),
        (D, "30112", 2024, 2017, ["30104"], Exactness.MOVED),
        (D, "30311", 2017, 2024, ["30113"], Exactness.MOVED),
        (D, "30311", 2024, 2017, [], Exactness.NONE),
        (D, "30113", 2024, 2017, ["30311"], Exactness.MOVED),
        (D, "30307", 2017, 2018, ["30307"], Exactness.RENAMED),
        (D, "39906", 2019, 2024, ["39909", "39910"], Exactness.PARTIAL),
        (D, "39909", 2024, 2018, ["39906"], Exactness.PARTIAL),
        (D, "30201", 2017, 2026, ["30201"], Exactness.SAME),
        (D, "31101", 2017, 2018, [], Exactness.NONE),
        (F, "20805", 2018, 2024, ["20805"], Exactness.RENAMED),
        (F, "20805", 2024, 2018, ["20805"], Exactness.RENAMED),
        (F, "2080504", 2018, 2024, [], Exactness.NONE),
        (F, "2040405", 2017, 2019, ["2040410"], Exactness.MOVED),
        (F, "2040410", 2024, 2017, ["2040405"], Exactness.MOVED),
        (F, "2010706", 2018, 2024, ["2010710"], Exactness.PARTIAL),
        (F, "2010710", 2024, 2018, ["2010704", "2010705", "2010706", "2010707", "2010708"], Exactness.PARTIAL),
        (F, "20110", 2018, 2024, ["20801"], Exactness.PARTIAL),
        (F, "20801", 2018, 2024, ["20801"], Exactness.PARTIAL),
        (F, "20801", 2024, 2018, ["20110", "20801"], Exactness.PARTIAL),
        (F, "20139", 2024, 2023, [], Exactness.NONE),
        (F, "2012950", 2018, 2024, ["2012950"], Exactness.SAME),
        (F, "21006", 2018, 2026, ["21017"], Exactness.MOVED),
        (F, "2012950", 2024, 2024, ["2012950"], Exactness.SAME),
    ],
)
def test_translation(*, scheme: Scheme, code: str, old: int, new: int, there: list[str], how: Exactness) -> None:
    assert codes(code, old, new, scheme) == (there, how)
    assert how.exact == (how in {Exactness.SAME, Exactness.RENAMED, Exactness.MOVED})


def test_a_translation_shows_its_steps_and_their_standing() -> None:
    found = translate("20805", 2018, 2024, scheme=F)
    assert [(step.year, step.kind) for step in found.steps] == [(2020, Kind.RENAMED)]
    assert found.standing is Standing.ATTESTED
    assert translate("207", 2018, 2024, scheme=F).standing is Standing.UNVERIFIED


def test_translation_of_what_is_not() -> None:
    with pytest.raises(UnknownCode):
        translate("30104", 2024, 2017, scheme=D)
    with pytest.raises(GovBudgetError):
        translate("30101", 2024, 1999, scheme=D)
    with pytest.raises(GovBudgetError, match="older edition first"):
        changes(D, 2024, 2017)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_changes_explain_every_difference_of_two_editions(scheme: Scheme) -> None:
    window = [year for year in years(scheme) if year >= 2017]
    for before, after in itertools.pairwise(window):
        old, new = tree(scheme, before), tree(scheme, after)
        found = changes(scheme, before, after)
        left = {c.old for c in found if c.old}
        come = {c.new for c in found if c.new}
        gone = {s.code for s in old if s.code not in new or new[s.code].name != s.name}
        born = {s.code for s in new if s.code not in old or old[s.code].name != s.name}
        assert gone <= left | come
        assert born <= come | left
        assert all(c.old in old for c in found if c.old and c.kind is not Kind.MOVED and c.kind is not Kind.MERGED)
        assert all(c.new in new for c in found if c.new)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_translation_there_and_back_is_the_same_where_it_is_exact(scheme: Scheme) -> None:
    first, last = 2018, 2026
    for subject in tree(scheme, first):
        there = translate(subject.code, first, last, scheme=scheme)
        if there.exactness.exact:
            back = translate(there.targets[0].code, last, first, scheme=scheme)
            assert subject.code in {target.code for target in back.targets}


def test_changes_kept_by_hand_agree_with_the_editions() -> None:
    for scheme in Scheme:
        for change in told(scheme):
            if change.new:
                assert tree(scheme, change.year)[change.new].name == change.new_name, change
            if change.old and change.kind is Kind.RENAMED:
                assert tree(scheme, change.year - 1)[change.old].name == change.old_name, change
            if change.kind is Kind.WITHDRAWN:
                assert change.old not in tree(scheme, change.year)
            assert change.sources or change.standing is Standing.UNVERIFIED


def test_sources_are_known() -> None:
    known = {row["id"] for row in read_table("sources.tsv")}
    used = {source for scheme in Scheme for year in years(scheme) for s in tree(scheme, year) for source in s.sources}
    assert used <= known
    assert {source for scheme in Scheme for change in told(scheme) for source in change.sources} <= known


def test_spells() -> None:
    assert [(s.name, s.first, s.last) for s in spells(F, "20805")] == [
        ("行政事业单位离退休", 2009, 2019),
        ("行政事业单位养老支出", 2020, 2026),
    ]
    assert [(s.first, s.last) for s in spells(D, "30104") if s.name == "其他社会保障缴费"] == [(2017, 2017)]
    with pytest.raises(UnknownCode):
        spells(F, "299")


def test_parent_edges_have_years() -> None:
    assert parent_years(F, "2040410") == {"20404": tuple(range(2019, 2027))}
    assert set(parent_years(F, "201")) == {None}
