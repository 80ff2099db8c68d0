"""Disclosures of one year in the subjects of another."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.aggregation import Translation, translate_disclosure
from govbudget.aggregation.translated_subjects import translated
from govbudget.aggregation.translated_sums import broken_sums
from govbudget.classification import Exactness, Scheme, tree
from govbudget.errors import GovBudgetError
from govbudget.model import (
    AmountClaim,
    Coordinate,
    Disclosure,
    Line,
    Resolved,
    SubjectHead,
    TableKind,
    Use,
    key_parent,
    table,
)
from govbudget.reading import Reading
from govbudget.testing import Leaf, consistent_disclosures, disclosures, publish

YEARS = (2017, 2018, 2019, 2020, 2021, 2024, 2026)


def lines(disclosure: Disclosure) -> Iterator[Line]:
    for one in disclosure.tables:
        for lane in one.lanes:
            yield from lane.lines


def subject_lines(disclosure: Disclosure) -> list[Line]:
    return [line for line in lines(disclosure) if isinstance(line.head, SubjectHead)]


def by_source(found: Translation, kind: TableKind) -> dict[str, tuple[str, Exactness, bool]]:
    return {line.source: (line.target, line.exactness, line.exact) for line in found.lines if line.table is kind}


def personnel(economic: str, fen: int = 100_00_00_00, functional: str = "2080505") -> Leaf:
    return Leaf(functional=functional, economic=economic, use=Use.PERSONNEL, fen=fen)


def nothing_is_lost(before: Disclosure, found: Translation) -> None:
    after = found.disclosure
    assert [(line.values, line.places) for line in lines(after)] == [
        (line.values, line.places) for line in lines(before)
    ]
    assert len(found.lines) == len(subject_lines(before))
    assert [line.source for line in found.lines] == [head.key for head in heads(before)]
    assert [line.target for line in found.lines] == [head.key for head in heads(after)]
    assert [line.new_label for line in found.lines] == [line.label for line in subject_lines(after)]
    for told, new in zip(found.lines, subject_lines(after), strict=True):
        assert told.why
        assert new.head.key in {new.at.functional, new.at.economic}  # type: ignore[union-attr]
        if told.source == told.target and told.exactness is Exactness.SAME:
            assert told.label == told.new_label
    for one in after.tables:
        for lane in one.lanes:
            keys = [line.head.key for line in lane.lines if isinstance(line.head, SubjectHead)]
            assert len(keys) == len(set(keys)), "two lines of one lane never become one subject"


def heads(disclosure: Disclosure) -> list[SubjectHead]:
    return [line.head for line in lines(disclosure) if isinstance(line.head, SubjectHead)]


@settings(deadline=None)
@given(st.data())
def test_nothing_is_lost_and_every_broken_sum_is_named(data: st.DataObject) -> None:
    before = data.draw(consistent_disclosures(year=data.draw(st.sampled_from(YEARS)), max_leaves=8))
    found = translate_disclosure(before, data.draw(st.sampled_from(YEARS)))
    nothing_is_lost(before, found)
    assert found.disclosure.year == before.year
    named = {(broken.table, broken.lane, broken.line, broken.column) for broken in found.sums}
    for one in found.disclosure.tables:
        for index in range(len(one.lanes)):
            for broken in broken_sums(one, index, {}):
                assert (broken.table, broken.lane, broken.line, broken.column) in named
    assert all(broken.held_before for broken in found.sums), "a consistent disclosure held before"
    for line in found.lines:
        if line.exact:
            edition = tree(Scheme.FUNCTIONAL if line.target[0] == "2" else Scheme.DEPARTMENT_ECONOMIC, found.to_year)
            assert line.target in edition
            assert line.exactness.exact


@settings(deadline=None)
@given(consistent_disclosures(max_leaves=6))
def test_its_own_year_changes_nothing(before: Disclosure) -> None:
    found = translate_disclosure(before, 2024)
    assert found.disclosure == before
    assert found.exact


@settings(deadline=None)
@given(consistent_disclosures(year=2019, max_leaves=6), st.sampled_from(YEARS))
def test_an_exact_translation_has_a_way_back(before: Disclosure, year: int) -> None:
    there = translate_disclosure(before, year)
    if all(line.exactness.exact for line in there.lines):
        back = translate_disclosure(attrs.evolve(there.disclosure, year=year), 2019)
        assert [head.key for head in heads(back.disclosure)] == [head.key for head in heads(before)]


@settings(deadline=None, max_examples=20)
@given(disclosures(), st.sampled_from([2017, 2026]))
def test_any_disclosure_can_be_translated_or_says_why_not(before: Disclosure, year: int) -> None:
    found = translate_disclosure(before, year)
    assert [line.values for line in lines(found.disclosure)] == [line.values for line in lines(before)]


def test_the_example_into_2018(example: Reading) -> None:
    before = example.disclosure
    found = translate_disclosure(before, 2018)
    nothing_is_lost(before, found)
    general = by_source(found, TableKind.GENERAL_EXPENDITURE)
    assert general["20805"] == ("20805", Exactness.RENAMED, True)
    assert general["210"] == ("210", Exactness.RENAMED, True)
    assert general["201"] == ("201", Exactness.SAME, True)
    labels = {line.new_label for line in found.lines}
    assert {"行政事业单位离退休", "医疗卫生与计划生育支出"} <= labels
    assert not found.sums
    # 表1 and 表4 print 类 only: what of 208 stood in 201 in 2018 (人力资源事务) they do not show.
    assert {(line.table, line.source) for line in found.inexact} == {
        (kind, code) for kind in (TableKind.SUMMARY, TableKind.FISCAL_SUMMARY) for code in ("201", "208")
    }
    assert all("may" in line.why for line in found.inexact)


def test_the_example_into_2017_breaks_two_sums(example: Reading) -> None:
    found = translate_disclosure(example.disclosure, 2017)
    basic = by_source(found, TableKind.GENERAL_BASIC)
    assert basic["30113"] == ("30311", Exactness.MOVED, True)
    assert basic["30112"] == ("30104", Exactness.MOVED, True)
    assert basic["30108"] == ("301~机关事业单位基本养老保险缴费", Exactness.NONE, False)
    assert basic["301"] == ("301", Exactness.SAME, False)
    assert basic["303"] == ("303", Exactness.SAME, False)
    assert {(broken.key, broken.fen) for broken in found.sums} == {("301", -68_21_00_00), ("303", 68_21_00_00)}
    assert all(broken.held_before for broken in found.sums)


def test_the_example_into_2026_is_exact(example: Reading) -> None:
    found = translate_disclosure(example.disclosure, 2026)
    assert found.exact
    assert found.disclosure == example.disclosure


def test_the_narrative_speaks_of_the_same_subjects(example: Reading) -> None:
    found = translate_disclosure(example.disclosure, 2017)
    keys = {at.economic for at in claimed(found.disclosure)}
    assert {at.economic for at in claimed(example.disclosure)} - keys <= {one.source for one in found.subjects}
    targets = {one.source: one.target for one in found.subjects}
    for before, after in zip(claimed(example.disclosure), claimed(found.disclosure), strict=True):
        assert after.functional == targets.get(before.functional, before.functional)


def claimed(disclosure: Disclosure) -> list[Coordinate]:
    return [
        at
        for section in disclosure.narrative.sections
        for claim in section.claims
        if isinstance(claim, AmountClaim)
        for at in claim.of
    ]


def test_the_housing_fund_leaves_303_in_2018() -> None:
    found = translate_disclosure(publish([personnel("30311"), personnel("30101")], year=2017), 2024)
    basic = by_source(found, TableKind.GENERAL_BASIC)
    assert basic["30311"] == ("30113", Exactness.MOVED, True)
    assert basic["303"][2] is False
    assert basic["301"][2] is False
    assert ("301", 100_00_00_00) in {(broken.key, broken.fen) for broken in found.sums}
    after = table(found.disclosure, TableKind.GENERAL_BASIC)
    assert after is not None
    assert {line.label: line.at.economic for line in after.lanes[0].lines}["住房公积金"] == "30113"


def test_a_reused_code_does_not_pass_for_the_other_subject() -> None:
    """30311 is 代缴社会保险费 from 2020 on; no edition of 2017 knows it, though it holds the code."""
    found = translate_disclosure(publish([personnel("30311")], year=2024), 2017)
    target, exactness, exact = by_source(found, TableKind.GENERAL_BASIC)["30311"]
    assert (target, exactness, exact) == ("303~代缴社会保险费", Exactness.NONE, False)
    head = next(head for head in heads(found.disclosure) if head.key == target)
    assert head.resolved is Resolved.UNKNOWN


def test_a_split_subject_keeps_its_name_and_lists_its_parts() -> None:
    other = Leaf(functional="2080505", economic="39906", use=Use.RUNNING, fen=10_00_00_00)
    found = translate_disclosure(publish([other], year=2019), 2024)
    one = next(one for one in found.subjects if one.source == "39906")
    assert (one.target, one.candidates, one.exactness) == ("399~赠与", ("39909", "39910"), Exactness.PARTIAL)
    assert not found.sums


def test_merged_subjects_stay_apart() -> None:
    leaves = [personnel("30101", functional=code) for code in ("2010704", "2010705")]
    found = translate_disclosure(publish(leaves, year=2019), 2024)
    targets = {one.source: one.target for one in found.subjects}
    assert targets["2010704"] == "2010710~税务办案"
    assert targets["2010705"] == "2010710~税务登记证及发票管理"
    assert key_parent(key_parent(targets["2010704"])) == "20107"
    assert not found.sums
    assert {line.source for line in found.inexact} >= {"2010704", "2010705"}


@pytest.mark.parametrize(("before", "after"), [(2017, 2018), (2017, 2026), (2026, 2017), (2020, 2021), (2021, 2020)])
@pytest.mark.parametrize("scheme", [Scheme.FUNCTIONAL, Scheme.DEPARTMENT_ECONOMIC])
def test_every_subject_of_an_edition(scheme: Scheme, before: int, after: int) -> None:
    found = translated({subject.code: subject.name for subject in tree(scheme, before)}, before, after)
    targets = [one.target for one in found.values()]
    assert len(targets) == len(set(targets)), "no two subjects become one"
    for one in found.values():
        assert one.why
        if one.exactness.exact:
            assert tree(scheme, after)[one.target].name == one.name
        elif one.target in tree(scheme, after):
            assert one.target in one.candidates, "no code of the edition stands for a subject that it does not hold"


def test_an_edition_that_is_not_at_hand(example: Reading) -> None:
    with pytest.raises(GovBudgetError, match="no edition 2035"):
        translate_disclosure(example.disclosure, 2035)
