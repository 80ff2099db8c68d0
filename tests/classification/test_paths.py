"""Every printed form of a place in the tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.classification import Scheme, lookup, parse_path, tree
from govbudget.errors import AmbiguousName, UnknownCode

F = tree(Scheme.FUNCTIONAL, 2024)
D = tree(Scheme.DEPARTMENT_ECONOMIC, 2024)


@pytest.mark.parametrize(
    "printed",
    [
        "2012950",
        "201-29-50",
        "201.29.50",
        "201|29|50",
        "201/29/50",
        "201 29 50",
        "２０１２９５０",
        ["201", "29", "50"],
        ["201", "29", "50", "事业运行"],
        ["201", "", "", "29", "50"],
        ["201", "20129", "2012950"],
        "2012950事业运行",
        "2012950 事业运行",
        "2012950.事业运行",
        "201一般公共服务支出-20129群众团体事务-2012950事业运行",
        "一般公共服务支出（类）群众团体事务（款）事业运行（项）",
        "一般公共服务支出(类)群众团体事务(款)事业运行(项)",
        "一般公共服务支出（201类）群众团体事务（29款）事业运行（50项）",
        "群众团体事务（款）事业运行（项）",
        "一般公共服务支出（类）事业运行（项）群众团体事务",
        "一般公共服务支出/群众团体事务/事业运行",
        "一般公共服务支出-群众团体事务-事业运行",
        "群众团体事务>事业运行",
    ],
)
def test_forms(printed: str | list[str]) -> None:
    if printed == "一般公共服务支出（类）事业运行（项）群众团体事务":
        with pytest.raises(UnknownCode):
            lookup(F, printed)
        return
    assert lookup(F, printed) is F["2012950"]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("301|2", "30102"),
        (["301", "2"], "30102"),
        (["301", "7", "绩效工资"], "30107"),
        ("3012", "30102"),
        ("302-13", "30213"),
        ("维修(护)费", "30213"),
        ("因公出国（境）费用", "30212"),
        ("资本性支出（基本建设）（类）办公设备购置（款）", "30902"),
        ("资本性支出（类）办公设备购置（款）", "31002"),
    ],
)
def test_economic_forms(printed: str | list[str], code: str) -> None:
    assert lookup(D, printed).code == code


def test_codes_in_the_brackets() -> None:
    assert lookup(F, "公共安全支出（204类）司法（06款）行政运行（01项）").code == "2040601"
    assert lookup(F, "2013802一般行政管理事务").code == "2013802"
    assert lookup(F, "环境保护法规、规划及标准").code == "2110105"


@pytest.mark.parametrize(
    "printed", ["2012950行政运行", "教育支出/事业运行", "没有这个科目", "", "行政运行（款）", "201295"]
)
def test_places_that_are_not(printed: str) -> None:
    with pytest.raises(UnknownCode):
        lookup(F, printed)


def test_a_code_and_another_name_say_what_the_code_is() -> None:
    with pytest.raises(UnknownCode, match="一般公共服务支出/群众团体事务/事业运行"):
        lookup(F, "2012950行政运行")


def test_a_name_at_many_places() -> None:
    with pytest.raises(AmbiguousName, match="2010150 事业运行"):
        lookup(F, "事业运行")
    with pytest.raises(AmbiguousName):
        lookup(F, "一般公共服务支出（类）事业运行（项）")


@pytest.mark.parametrize("subject", [*F, *D], ids=lambda subject: subject.code)
def test_every_subject_is_found_in_every_form(subject: object) -> None:
    assert hasattr(subject, "code")
    edition = F if str(subject.code)[0] == "2" else D
    path = edition.path(subject.code)
    cells = [path[0].code, *(part.code[-2:] for part in path[1:])]
    marked = "".join(f"{part.name}（{part.level_name}）" for part in path)
    for printed in ("-".join(cells), cells, "".join(cells), f"{path[-1].code}{path[-1].name}", marked):
        assert lookup(edition, printed) is path[-1]


@given(st.one_of(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=5)))
def test_any_text_can_be_taken_apart(printed: str | list[str]) -> None:
    path = parse_path(printed)
    assert len(path.names) == len(path.marks)
