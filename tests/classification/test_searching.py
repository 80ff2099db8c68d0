"""Searching, and what a caller is told who asks for what is not there."""

from __future__ import annotations

import copy
import pickle

import pytest

from govbudget.classification import (
    Scheme,
    cofog,
    lookup,
    parent_years,
    resolve_names,
    search,
    spells,
    translate,
    tree,
    years,
)
from govbudget.errors import AmbiguousName, GovBudgetError, UnknownCode

F = Scheme.FUNCTIONAL
T = tree(F, 2024)


@pytest.mark.parametrize(
    ("text", "first", "why"),
    [
        ("2012950", "2012950", "the code"),
        ("201-29-50", "2012950", "the code"),
        ("２０１ ２９", "20129", "the code"),
        ("群众团体事务", "20129", "the name"),
        ("群众团体", "20129", "name begins so"),
        ("团体事务", "20129", "part of the name"),
        ("行政事业单位离退休", "20805", "its name in 2009, 2017–2019"),
        ("群众团休事务", "20129", "name looks like it"),
    ],
)
def test_search(text: str, first: str, why: str) -> None:
    hit = search(T, text)[0]
    assert (hit.subject.code, hit.why) == (first, why)


def test_search_ranks_and_limits() -> None:
    found = search(T, "住房公积金")
    assert [hit.rank for hit in found] == sorted(hit.rank for hit in found)
    assert found[0].subject.code == "2210201"
    assert len(search(T, "事业运行", limit=3)) == 3
    assert search(T, "") == search(T, " ") == search(T, "完全没有这样的科目名称") == ()


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        (2012950, "write '2012950'"),
        (None, "codes are text"),
        (" 2012950", "write '2012950'"),
        ("201 29 50", "write '2012950'"),
        ("２０１２９５０", "write '2012950'"),
        ("201-29-50", "lookup()"),
        ("", "digits only"),
        ("事业运行", "find()"),
        ("30101", "Scheme.DEPARTMENT_ECONOMIC"),
        ("2012977", "20129 群众团体事务, with 2012901"),
        ("201297", "20129 群众团体事务"),
        ("299", "spells()"),
    ],
)
def test_a_code_that_is_not_there_says_what_to_write(code: str, hint: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        T[code]
    assert hint in str(caught.value)
    assert T.get(code) is None
    assert code not in T


@pytest.mark.parametrize(
    ("name", "hint"),
    [("群众团体", "did you mean 群众团体事务"), ("事业运形", "did you mean 事业运行"), ("没有这样的名称", "search()")],
)
def test_a_name_that_is_not_there_says_what_is_like_it(name: str, hint: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        T.find(name)
    assert hint in str(caught.value)


def test_a_path_that_is_not_there_says_where_its_last_name_stands() -> None:
    with pytest.raises(UnknownCode, match="住房改革支出/住房公积金"):
        lookup(T, "教育支出/住房公积金")
    with pytest.raises(UnknownCode, match="'2012950'"):
        lookup(T, 2012950)  # type: ignore[arg-type]


def test_the_last_name_of_a_path_may_go_without_its_level() -> None:
    assert lookup(T, "一般公共服务支出（类）群众团体事务（款）事业运行").code == "2012950"
    assert lookup(T, "群众团体事务（款）事业运行").code == "2012950"
    with pytest.raises(AmbiguousName):
        lookup(T, "一般公共服务支出（类）事业运行")


@pytest.mark.parametrize("scheme", [F, "functional", "支出功能分类科目"])
def test_a_scheme_by_value_or_title_is_the_same_edition(scheme: Scheme | str) -> None:
    assert tree(scheme, 2024) is T
    assert years(scheme) == years(F)
    assert translate("20805", 2019, 2024, scheme=scheme).targets == (T["20805"],)
    assert spells(scheme, "20805") == spells(F, "20805")
    assert parent_years(scheme, "20805") == parent_years(F, "20805")
    assert resolve_names(["教育支出"], scheme=scheme, year=2024).unique


def test_what_is_asked_wrongly_is_told_with_what_there_is() -> None:
    with pytest.raises(GovBudgetError, match="functional \\(支出功能分类科目\\)"):
        tree("func", 2024)
    with pytest.raises(GovBudgetError, match="the nearest is 2026"):
        tree(F, 2031)
    with pytest.raises(GovBudgetError, match="a year is a number"):
        tree(F, "2024")  # type: ignore[arg-type]
    with pytest.raises(GovBudgetError, match="give a list"):
        resolve_names("教育支出", scheme=F, year=2024)
    with pytest.raises(UnknownCode, match="2009 to 2026"):
        spells(F, "9999")
    assert T.common_ancestor("20129") is T["20129"]


def test_the_quick_look_up_is_that_of_every_copy() -> None:
    for other in (pickle.loads(pickle.dumps(T)), copy.copy(T), copy.deepcopy(T)):
        assert other["2012950"] == T["2012950"]
        assert other.find("事业运行", "20129") == T["2012950"]
        with pytest.raises(UnknownCode):
            other["299"]
    with pytest.raises(UnknownCode):
        T.codes["299"]


def test_what_is_shown_of_a_subject_is_short() -> None:
    assert repr(T["20129"]) == "<Subject functional 20129 群众团体事务: 款, attested>"
    assert len(repr(translate("30311", 2017, 2024, scheme="department_economic"))) < 700
    assert "Social protection" in repr(cofog(T["20805"]))
