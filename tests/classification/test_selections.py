"""Filters, sets of subjects, and drawings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.classification import (
    Scheme,
    Selection,
    Standing,
    branches,
    draw,
    leaves,
    rich_tree,
    select,
    selection,
    tops,
    tree,
    with_ancestors,
)
from govbudget.errors import GovBudgetError, UnknownCode

T = tree(Scheme.FUNCTIONAL, 2024)
some = st.frozensets(st.sampled_from([subject.code for subject in T]), max_size=12).map(
    lambda codes: Selection(T, codes)
)


def test_filters() -> None:
    assert [s.code for s in select(T, under="20129", level=3, name="运行")] == ["2012901", "2012950"]
    assert {s.level for s in select(T, level=1)} == {1}
    assert len(select(T)) == len(T)
    assert all(s.standing is Standing.ATTESTED for s in select(T, standing=Standing.ATTESTED))
    assert [s.code for s in select(T, under=["20129", "20132"], where=lambda s: s.code.endswith("50"))] == [
        "2012950",
        "2013250",
    ]
    with pytest.raises(UnknownCode):
        select(T, under="299")


def test_membership_and_order() -> None:
    chosen = selection(T, ["208", "201"])
    assert [s.code for s in chosen] == ["201", "208"]
    assert "201" in chosen
    assert T["201"] in chosen
    assert "205" not in chosen
    assert len(chosen) == 2
    assert "2 subjects" in repr(chosen)
    with pytest.raises(UnknownCode):
        selection(T, ["299"])


@given(some, some)
def test_algebra(a: Selection, b: Selection) -> None:
    assert (a | b).codes == a.codes | b.codes
    assert (a & b).codes == a.codes & b.codes
    assert (a ^ b).codes == ((a - b) | (b - a)).codes
    assert (~~a).codes == a.codes
    assert (~(a | b)).codes == (~a & ~b).codes


@given(some)
def test_branches_and_tops(a: Selection) -> None:
    assert branches(tops(a)).codes == branches(a).codes
    assert tops(branches(a)).codes == tops(a).codes
    assert leaves(branches(a)).codes <= branches(a).codes
    assert a.codes <= branches(a).codes
    assert all(s.parent is None or s.parent in with_ancestors(a) for s in with_ancestors(a))
    for one in tops(a):
        assert not any(T.is_ancestor(other.code, of=one.code) for other in tops(a))


def test_two_editions_do_not_mix() -> None:
    with pytest.raises(GovBudgetError, match="another edition"):
        _ = select(T) | select(tree(Scheme.FUNCTIONAL, 2023))


def test_drawing() -> None:
    text = draw(T, "20139")
    assert text.splitlines()[0] == "20139 社会工作事务"
    assert text.splitlines()[-1] == "└── 2013999 其他社会工作事务支出"
    assert "2013902 一般行政管理事务 ?" in text
    assert draw(T, depth=1).count("\n") + 1 == len(T.roots)
    assert draw(T, "201", depth=0) == "201 一般公共服务支出"
    assert draw(T, only=selection(T, ["2013950"])).splitlines() == [
        "201 一般公共服务支出",
        "└── 20139 社会工作事务",
        "    └── 2013950 事业运行",
    ]
    assert len(draw(T).splitlines()) == len(T)


def test_rich_drawing() -> None:
    console = pytest.importorskip("rich.console").Console(width=80, color_system=None)
    with console.capture() as capture:
        console.print(rich_tree(T, "20139"))
        console.print(rich_tree(T, depth=1))
    assert "2013950 事业运行" in capture.get()
    assert "支出功能分类科目 2024" in capture.get()


def test_notebooks() -> None:
    html = T._repr_html_()
    assert html.startswith("<table>")
    assert "支出功能分类科目 2024" in html
    assert "more" in html
