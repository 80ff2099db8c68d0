"""Names with slips, and names that were wrapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.classification import Scheme, Status, resolve_names, tree, unwrap
from govbudget.classification.resolution.slips import _distance, distance, near

F, D = Scheme.FUNCTIONAL, Scheme.DEPARTMENT_ECONOMIC


@pytest.mark.parametrize(
    ("names", "row", "code"),
    [
        (["一般公共服务支出", "群众团体事务", "事业运仃"], 2, "2012950"),
        (["社会保障和就业支岀", "行政事业单位养老支出"], 0, "208"),
        (["社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支"], 2, "2080505"),
    ],
)
def test_a_slip_is_read_but_never_in_silence(names: list[str], row: int, code: str) -> None:
    found = resolve_names(names, scheme=F, year=2024)
    read = found.rows[row]
    assert read.status is Status.AMBIGUOUS
    assert read.subject is tree(F, 2024)[code]
    assert "no edition at hand holds the name" in read.reason
    others = [other for index, other in enumerate(found.rows) if index != row]
    assert all(other.status is Status.RESOLVED for other in others)


def test_an_economic_slip() -> None:
    found = resolve_names(["工资福利支出", "机关事业单位基本养老保险费"], scheme=D, year=2024)
    assert found.rows[1].subject is tree(D, 2024)["30108"]
    assert found.rows[1].status is Status.AMBIGUOUS


def test_a_local_name_is_no_slip_of_a_subject_elsewhere() -> None:
    """残疾人事务 is one character from 残疾人事业, but that stands under another 类."""
    found = resolve_names(["一般公共服务支出", "群众团体事务", "残疾人事务"], scheme=F, year=2024)
    assert found.rows[2].status is Status.UNKNOWN


def test_near() -> None:
    names = tree(F, 2024).names
    assert near(names, "事业运仃") == [("事业运行", "1 of 4 characters differs")]
    assert near(names, "本地专项资金管理") == []
    assert near(names, "一") == []
    assert near(names, "机关事业单位基本养老保险") == [
        ("机关事业单位基本养老保险基金支出", "the last 4 characters are missing"),
        ("机关事业单位基本养老保险缴费支出", "the last 4 characters are missing"),
    ]


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_a_distance(one: str, other: str) -> None:
    apart = _distance(one, other, 9)
    assert apart == _distance(other, one, 9)
    assert (apart == 0) == (one == other)
    assert abs(len(one) - len(other)) <= apart <= max(len(one), len(other))
    assert _distance(one, other, 1) == min(apart, 2)


def test_wrapped_names_in_one_cell() -> None:
    found = resolve_names(["社会保障和就业支\n出", "行政事业单位 养老支出"], scheme=F, year=2024)
    assert found.unique


def test_wrapped_names_over_rows() -> None:
    names = [
        "社会保障和就业支出",
        "行政事业单位",
        "养老支出",
        "机关事业单位基",
        "本养老保险缴",
        "费支出",
        "卫生健康支出",
    ]
    groups = unwrap(tree(F, 2024), names)
    assert groups == ((0,), (1, 2), (3, 4, 5), (6,))
    whole = ["".join(names[i] for i in group) for group in groups]
    assert resolve_names(whole, scheme=F, year=2024).unique
    assert unwrap(tree(F, 2024), []) == ()


def test_whole_names_stay_apart() -> None:
    names = ["其他支出", "其他支出", "一般公共服务支出", "群众团体事务"]
    assert unwrap(tree(F, 2024), names) == ((0,), (1,), (2,), (3,))
    every = [subject.name for subject in tree(D, 2024)]
    assert len(unwrap(tree(D, 2024), every)) == len(every)


def test_level_behind_the_name() -> None:
    found = resolve_names(["其他支出（款）"], scheme=F, year=2024)
    assert {candidate.subject.level for candidate in found.rows[0].candidates} == {2}


SHORT = st.text("支出费基本项目", min_size=1, max_size=9)


@given(st.lists(SHORT, unique=True, max_size=12), SHORT)
def test_the_names_asked_for_are_all_that_may_be_meant(names: list[str], text: str) -> None:
    """Only names that share rare characters are compared; the answer is that of comparing all."""
    most = min(3, max(1, len(text) // 5))
    apart = {name: distance(name, text, most) for name in names}
    nearest = [name for name in sorted(names) if apart[name] == min(apart.values(), default=0) <= most]
    cut = [name for name in sorted(names) if name.startswith(text) and len(text) >= 6]
    expected = [] if len(text) < 4 else nearest or cut
    assert [name for name, _ in near(names, text)] == expected
