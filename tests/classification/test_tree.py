"""Look-ups and navigation."""

from __future__ import annotations

import pytest

from govbudget.classification import Scheme, tree
from govbudget.errors import AmbiguousName, UnknownCode

T = tree(Scheme.FUNCTIONAL, 2024)


def test_by_code() -> None:
    assert T["2012950"].name == "事业运行"
    assert T.get("nothing") is None
    assert T.get("nothing", 7) == 7
    assert "2012950" in T
    assert "nothing" not in T
    assert len(list(T)) == len(T) == len(T.subjects)


def test_by_name() -> None:
    assert T.find("事业运行", parent="20129").code == "2012950"
    assert T.find("群众团体 事务").code == "20129"
    assert len(T.named("事业运行")) > 40
    assert T.named("没有") == ()
    with pytest.raises(AmbiguousName, match=r"20129 群众团体事务/2012950|more"):
        T.find("事业运行")
    with pytest.raises(UnknownCode, match=r"2012950|stands at"):
        T.find("事业运行", parent="201")
    with pytest.raises(UnknownCode):
        T.find("事业运行", parent="299")
    with pytest.raises(UnknownCode):
        T.find("没有")


def test_brackets_and_widths_do_not_count() -> None:
    economic = tree(Scheme.DEPARTMENT_ECONOMIC, 2024)
    assert economic.find("维修(护)费") is economic.find("维修（护）费") is economic["30213"]


def test_other_expenditure_stands_on_three_levels() -> None:
    assert [subject.code for subject in T.named("其他支出") if subject.code.startswith("229")] == [
        "229",
        "22999",
        "2299999",
    ]


def test_navigation() -> None:
    assert T.parent("2012950") is T["20129"]
    assert T.parent("201") is None
    assert [s.code for s in T.ancestors("2012950")] == ["20129", "201"]
    assert [s.code for s in T.path("2012950")] == ["201", "20129", "2012950"]
    assert T["2012999"] in T.children("20129")
    assert T.children("2012999") == ()
    assert T.roots[0].code == "201"
    assert next(T.walk("20129")).code == "20129"
    assert {s.level for s in T.walk("201", depth=1)} == {1, 2}
    assert {s.level for s in T.walk(depth=1)} == {1}
    with pytest.raises(UnknownCode):
        T.children("299")


def test_relations() -> None:
    assert T.is_ancestor("201", of="2012950")
    assert not T.is_ancestor("201", of="201")
    assert not T.is_ancestor("208", of="2012950")
    assert T.common_ancestor(["2012950", "2012999"]) is T["20129"]
    assert T.common_ancestor(["2012950", "2010101"]) is T["201"]
    assert T.common_ancestor(["2012950"]) is T["2012950"]
    assert T.common_ancestor(["201", "208"]) is None
    assert T.common_ancestor([]) is None
    assert "functional 2024" in repr(T)
