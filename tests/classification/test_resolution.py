"""Columns of names without codes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.classification.hangzhou_columns import ECONOMIC_COLUMN, FUNCTIONAL_COLUMN, column

from govbudget.classification import Resolution, Scheme, Status, load_tree, resolve_in, resolve_names, tree
from govbudget.classification.resolution.sums import Bounds
from govbudget.errors import GovBudgetError
from govbudget.text import fold

F, D = Scheme.FUNCTIONAL, Scheme.DEPARTMENT_ECONOMIC

Printed = tuple[tuple[Scheme, int], list[str], list[list[Bounds]], int]


def codes(found: Resolution) -> list[str | None]:
    return [row.subject.code if row.subject else None for row in found.rows]


def exact(*values: int) -> list[list[Bounds]]:
    return [[(value, value)] for value in values]


@pytest.mark.parametrize("sums", [True, False])
@pytest.mark.parametrize(("text", "scheme"), [(FUNCTIONAL_COLUMN, F), (ECONOMIC_COLUMN, D)])
def test_a_real_column_is_read_uniquely(text: str, scheme: Scheme, *, sums: bool) -> None:
    names, true, amounts = column(text)
    found = resolve_names(names, scheme=scheme, year=2024, amounts=amounts if sums else None)
    assert codes(found) == true
    assert found.unique
    assert found.complete
    assert not found.broken
    for row in found.rows:
        assert row.subject is not None
        assert row.level == row.subject.level
        above = found.rows[row.parent_row].subject if row.parent_row is not None else None
        assert row.subject.parent == (above.code if above else None)
        assert row.reason


def test_the_must_have_names(shared: Callable[[str], list[dict[str, str]]]) -> None:
    rows = shared("must_have_check.csv")
    for scheme, first in ((F, "2"), (D, "3")):
        chosen = [row for row in rows if row["code"][0] == first]
        found = resolve_names([row["name"] for row in chosen], scheme=scheme, year=2024)
        assert codes(found) == [row["code"] for row in chosen]
        assert found.unique


@pytest.mark.parametrize("wrong_row", range(12))
@pytest.mark.parametrize("shift", [1, -90])
def test_a_wrong_figure_does_not_move_a_name(wrong_row: int, shift: int) -> None:
    names, true, amounts = column(FUNCTIONAL_COLUMN)
    low, high = amounts[wrong_row][0] or (0, 0)
    amounts[wrong_row][0] = (low + shift * 10_000, high + shift * 10_000)
    found = resolve_names(names, scheme=F, year=2024, amounts=amounts)
    assert codes(found) == true
    assert found.unique


def test_only_the_first_level_is_printed() -> None:
    found = resolve_names(["一般公共服务支出", "社会保障和就业支出", "卫生健康支出"], scheme=F, year=2024)
    assert codes(found) == ["201", "208", "210"]
    assert found.unique
    assert [row.level for row in found.rows] == [1, 1, 1]


def test_numbered_names() -> None:
    found = resolve_names(["一、一般公共服务支出", "（二）公共安全支出", "3.教育支出"], scheme=F, year=2024)
    assert codes(found) == ["201", "204", "205"]


def test_one_name_on_three_levels() -> None:
    found = resolve_names(["其他支出"] * 3, scheme=F, year=2024)
    assert codes(found) == ["229", "22999", "2299999"]
    broken = resolve_names(["其他支出"] * 3, scheme=F, year=2024, amounts=exact(5, 5, 4))
    assert codes(broken) == ["229", "22999", "2299999"]
    assert broken.broken == (1,)


def test_only_leaves_are_printed() -> None:
    found = resolve_names(["事业运行", "其他群众团体事务支出"], scheme=F, year=2024)
    assert [row.status for row in found.rows] == [Status.AMBIGUOUS, Status.RESOLVED]
    assert "2012950" in {c.subject.code for c in found.rows[0].candidates}
    assert found.rows[1].subject is tree(F, 2024)["2012999"]
    assert found.cost.detached == 2


def test_order_decides_between_two_sure_siblings() -> None:
    found = resolve_names(["工会事务", "事业运行", "其他群众团体事务支出"], scheme=F, year=2024)
    assert codes(found) == ["2012906", "2012950", "2012999"]
    assert found.unique


def test_first_and_third_level_without_the_second() -> None:
    found = resolve_names(["一般公共服务支出", "事业运行", "其他群众团体事务支出"], scheme=F, year=2024)
    middle = found.rows[1]
    assert middle.status is Status.AMBIGUOUS
    assert middle.parent_row == 0
    assert all(c.subject.code.startswith("201") for c in middle.candidates)


def test_a_second_level_row_without_rows_below_may_be_its_namesake() -> None:
    names = ["一般公共服务支出", "人大事务", "人大会议", "教育支出", "其他教育支出"]
    last = resolve_names(names, scheme=F, year=2024).rows[4]
    assert last.status is Status.AMBIGUOUS
    assert [c.subject.code for c in last.candidates] == ["20599", "2059999"]
    assert resolve_names([names[0], names[1], names[3], names[4]], scheme=F, year=2024).unique


def test_an_omitted_parent_shows_in_the_sums() -> None:
    """行政运行 fits under the 款 above it by name, but only beside it by sums: no silent choice."""
    found = resolve_names(
        ["一般公共服务支出", "群众团体事务", "行政运行"], scheme=F, year=2024, amounts=exact(50, 30, 20)
    )
    last = found.rows[2]
    assert last.status is Status.AMBIGUOUS
    assert last.subject is tree(F, 2024)["2012901"]
    assert "sums" in last.reason


def test_an_old_name_in_a_new_year() -> None:
    found = resolve_names(["社会保障和就业支出", "行政事业单位离退休"], scheme=F, year=2024)
    assert codes(found) == ["208", "20805"]
    assert "older name" in found.rows[1].reason
    withdrawn = resolve_names(["未归口管理的行政单位离退休"], scheme=F, year=2024).rows[0]
    assert withdrawn.subject is not None
    assert withdrawn.subject.code == "2080504"
    assert "the edition 2024 lacks it" in withdrawn.reason


def test_a_new_name_in_an_old_year() -> None:
    found = resolve_names(["社会保障和就业支出", "行政事业单位养老支出"], scheme=F, year=2018)
    assert codes(found) == ["208", "20805"]
    assert "newer name" in found.rows[1].reason


def test_reused_codes_are_read_with_the_year() -> None:
    names = ["工资福利支出", "其他社会保障缴费", "对个人和家庭的补助", "住房公积金"]
    assert codes(resolve_names(names, scheme=D, year=2017)) == ["301", "30104", "303", "30311"]
    names = ["工资福利支出", "其他社会保障缴费", "住房公积金"]
    assert codes(resolve_names(names, scheme=D, year=2024)) == ["301", "30112", "30113"]


def test_an_unknown_name_finds_its_place_by_sums() -> None:
    names = ["一般公共服务支出", "群众团体事务", "行政运行", "某某新款", "某某新项", "人大事务", "人大会议"]
    amounts = exact(100, 30, 30, 50, 50, 20, 20)
    found = resolve_names(names, scheme=F, year=2024, amounts=amounts)
    unknown = found.rows[3]
    assert unknown.status is Status.UNKNOWN
    assert unknown.subject is None
    assert (unknown.level, unknown.parent_row) == (2, 0)
    assert (found.rows[4].level, found.rows[4].parent_row) == (3, 3)
    assert codes(found)[5:] == ["20101", "2010104"]


def test_an_unknown_name_without_sums_says_that_its_place_is_open() -> None:
    found = resolve_names(["一般公共服务支出", "群众团体事务", "某某新项"], scheme=F, year=2024)
    assert found.rows[2].status is Status.UNKNOWN
    assert "neither sums nor order decide" in found.rows[2].reason


def test_children_of_an_unknown_row_are_not_given_to_the_one_before_it() -> None:
    names = ["一般公共服务支出", "群众团体事务", "行政运行", "某某新款", "行政运行"]
    found = resolve_names(names, scheme=F, year=2024, amounts=exact(80, 30, 30, 50, 50))
    last = found.rows[4]
    assert last.parent_row == 3
    assert last.status is Status.AMBIGUOUS
    assert len(last.candidates) > 20


def test_an_unknown_leaf_has_the_level_of_the_column() -> None:
    found = resolve_names(["基本工资", "某项津贴", "奖金"], scheme=D, year=2024)
    assert [row.level for row in found.rows] == [2, 2, 2]


def test_the_search_is_bounded() -> None:
    names = ["事业运行", "行政运行", "一般行政管理事务", "机关服务"] * 10
    found = resolve_in(tree(F, 2024), names, cap=20)
    assert not found.complete
    assert {row.status for row in found.rows} == {Status.AMBIGUOUS}
    assert "cut off" in found.rows[0].reason


def test_the_same_names_in_a_tree_of_ones_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("own") / "own.tsv"
    path.write_text("# scheme: functional\n# year: 2024\n901\t本局支出\n90101\t事业运行\n", encoding="utf-8")
    found = resolve_in(load_tree(path), ["本局支出", "事业运行"])
    assert codes(found) == ["901", "90101"]


def test_empty_column() -> None:
    assert resolve_names([], scheme=F, year=2024).rows == ()


@pytest.mark.parametrize("amounts", [[], [[(1, 2)], [(1, 2), (1, 2)]], [[(2, 1)], [(1, 1)]]])
def test_amounts_that_do_not_fit(amounts: list[list[Bounds | None]]) -> None:
    with pytest.raises(GovBudgetError):
        resolve_names(["教育支出", "卫生健康支出"], scheme=F, year=2024, amounts=amounts)


@st.composite
def printed_tables(draw: st.DrawFn) -> Printed:
    """A table with every parent printed, built from its leaves."""
    scheme, year = draw(
        st.sampled_from(
            [(F, 2018), (F, 2024), (F, 2026), (D, 2024), (Scheme.GOVERNMENT_ECONOMIC, 2024), (Scheme.REVENUE, 2024)]
        )
    )
    edition = tree(scheme, year)
    leaves = [subject for subject in edition if not edition.children(subject.code)]
    chosen = draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=25, unique_by=lambda s: s.code))
    total: dict[str, int] = {}
    for leaf in chosen:
        amount = draw(st.integers(1, 10**9))
        for subject in edition.path(leaf.code):
            total[subject.code] = total.get(subject.code, 0) + amount
    order = sorted(total)
    return (scheme, year), order, [[(total[code], total[code])] for code in order], draw(st.integers(0, len(order) - 1))


@settings(max_examples=100, deadline=None)
@given(printed_tables())
def test_a_table_with_all_parents_is_read_uniquely_with_and_without_sums(
    table: Printed,
) -> None:
    key, order, amounts, _ = table
    edition = tree(*key)
    names = [edition[code].name for code in order]
    for given_amounts in (amounts, None):
        found = resolve_in(edition, names, amounts=given_amounts)
        assert codes(found) == order
        # 其他支出 is a 类 of its own and an item of some 款: without totals the last row may be either.
        assert {row.name for row in found.rows if row.status is Status.AMBIGUOUS} <= {"其他支出"}


@settings(max_examples=100, deadline=None)
@given(printed_tables())
def test_a_missing_row_never_gives_a_wrong_code_in_silence(
    table: Printed,
) -> None:
    key, order, amounts, drop = table
    edition = tree(*key)
    kept = [index for index in range(len(order)) if index != drop]
    found = resolve_in(edition, [edition[order[i]].name for i in kept], amounts=[amounts[i] for i in kept])
    for row, index in zip(found.rows, kept, strict=True):
        if row.status is Status.RESOLVED:
            assert row.subject is not None
            # A 款 left out above its only namesake of an item cannot be seen in a column without other
            # items; nor can a 其他支出 that lost the rows above it be told from the 类 of that name.
            namesake = row.subject.code == order[drop] and row.level == max(other.level for other in found.rows)
            lost = row.name == "其他支出" and row.subject.code == "229"
            assert row.subject.code == order[index] or namesake or lost, row.reason
        else:
            assert order[index] in {candidate.subject.code for candidate in row.candidates}


def test_names_are_compared_folded() -> None:
    assert fold("维修(护)费") == fold("维修（护）费")
    found = resolve_names(["商品和服 务支出", "维修(护)费"], scheme=D, year=2024)
    assert codes(found) == ["302", "30213"]
