"""Laws of every edition, and the traps that the sources warn of."""

from __future__ import annotations

import itertools
import pickle
import subprocess
import sys

import pytest

from govbudget.classification import Scheme, Standing, Tree, load_tree, sources_of, tree, years
from govbudget.errors import GovBudgetError, UnknownCode
from govbudget.text import fold

EDITIONS = [(scheme, year) for scheme in Scheme for year in years(scheme)]
F, D, G, R = Scheme.FUNCTIONAL, Scheme.DEPARTMENT_ECONOMIC, Scheme.GOVERNMENT_ECONOMIC, Scheme.REVENUE


@pytest.fixture(params=EDITIONS, ids=lambda edition: f"{edition[0].value}-{edition[1]}")
def edition(request: pytest.FixtureRequest) -> Tree:
    return tree(*request.param)


def test_the_window_is_complete() -> None:
    for scheme in (F, D, R):
        assert set(range(2017, 2027)) <= set(years(scheme))
    assert years(G) == tuple(range(2018, 2027))


def test_codes_nest_by_prefix_and_no_subject_is_an_orphan(edition: Tree) -> None:
    seen: set[str] = set()
    for subject in edition:
        assert subject.code.isdigit()
        assert len(subject.code) == 1 + 2 * subject.level
        if subject.level == 1:
            assert subject.parent is None
        else:
            assert subject.parent == subject.code[:-2]
            assert subject.parent in seen, "a parent stands before its children"
        assert subject.code not in seen
        seen.add(subject.code)


def test_first_digit_belongs_to_the_scheme(edition: Tree) -> None:
    first = {R: "1", F: "2", D: "3", G: "5"}[edition.scheme]
    assert all(subject.code[0] == first for subject in edition)


def test_names_are_unique_under_one_parent(edition: Tree) -> None:
    names = [(subject.parent, fold(subject.name)) for subject in edition]
    twice = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
    printed_twice = {("304", "事业单位补贴")} if (edition.scheme, edition.year) == (D, 2009) else set()
    assert twice == printed_twice


def test_years_sources_and_standing_agree(edition: Tree) -> None:
    for subject in edition:
        assert list(subject.years) == sorted(set(subject.years))
        if subject.standing is Standing.ATTESTED:
            recent = [year for year in subject.years if year >= 2017]
            assert min(recent) <= edition.year <= max(recent)
            assert subject.sources
        if subject.standing is Standing.HISTORICAL:
            assert edition.year < 2017 or all(year < 2017 for year in subject.years)
        assert subject.since is None or subject.since <= edition.year
        assert subject.until is None or subject.until >= edition.year


def test_order_is_that_of_codes(edition: Tree) -> None:
    codes = [subject.code for subject in edition]
    assert codes == sorted(codes)
    assert [subject.code for subject in edition.walk()] == codes


def test_every_attested_year_of_a_row_stands_in_the_edition_of_that_year(edition: Tree) -> None:
    for subject in edition:
        for year in subject.years:
            if year in years(edition.scheme):
                assert tree(edition.scheme, year)[subject.code].name == subject.name


def test_every_attested_row_stands_in_its_edition(attested: list[tuple[Scheme, str, str, int]]) -> None:
    missing = []
    for scheme, code, name, year in attested:
        subject = tree(scheme, year).get(code)
        good = Standing.ATTESTED if year >= 2017 else Standing.HISTORICAL
        if subject is None or subject.name != name or year not in subject.years or subject.standing is not good:
            missing.append((scheme, code, name, year, subject))
    assert not missing


def test_since_and_until_are_where_neighbours_differ() -> None:
    for scheme in Scheme:
        window = [year for year in years(scheme) if year >= 2017]
        for before, after in itertools.pairwise(window):
            old, new = tree(scheme, before), tree(scheme, after)
            for subject in old:
                same = new.get(subject.code)
                stays = same is not None and same.name == subject.name
                assert stays == (subject.until is None or subject.until >= after), subject


def test_social_security_contributions_left_30104_in_2018() -> None:
    assert tree(D, 2017)["30104"].name == "其他社会保障缴费"
    assert "30112" not in tree(D, 2017)
    assert tree(D, 2018)["30112"].name == "其他社会保障缴费"
    assert all("30104" not in tree(D, year) for year in range(2018, 2027))


def test_30311_names_two_subjects_in_two_times() -> None:
    assert tree(D, 2017)["30311"].name == "住房公积金"
    assert "30311" not in tree(D, 2018)
    assert "30311" not in tree(D, 2019)
    assert tree(D, 2024)["30311"].name == "代缴社会保险费"
    assert tree(D, 2018).find("住房公积金").code == "30113"


def test_medical_costs_parted_in_2018() -> None:
    assert tree(D, 2017)["30307"].name == "医疗费"
    assert tree(D, 2018)["30307"].name == "医疗费补助"
    assert tree(D, 2018)["30114"].name == "医疗费"


def test_20805_was_renamed() -> None:
    assert [tree(F, year)["20805"].name for year in (2017, 2018, 2019)] == ["行政事业单位离退休"] * 3
    assert [tree(F, year)["20805"].name for year in (2023, 2024, 2025, 2026)] == ["行政事业单位养老支出"] * 4
    assert tree(F, 2021)["20805"].standing is Standing.UNVERIFIED
    assert "2080504" not in tree(F, 2024)


def test_procuratorate_items() -> None:
    assert tree(F, 2017)["2040405"].name == "公诉和审判监督"
    assert tree(F, 2018)["2040405"].name == "公诉、审判、侦查、执行等检察监督支出"
    assert "2040405" not in tree(F, 2019)
    assert tree(F, 2019)["2040410"].name == "检察监督"


def test_social_work_is_new_by_2024() -> None:
    assert "20139" not in tree(F, 2023)
    assert [tree(F, 2024)[code].name for code in ("20139", "2013901", "2013950", "2013999")] == [
        "社会工作事务",
        "行政运行",
        "事业运行",
        "其他社会工作事务支出",
    ]


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("207", "文化体育与传媒支出", "文化旅游体育与传媒支出"),
        ("210", "医疗卫生与计划生育支出", "卫生健康支出"),
        ("220", "国土海洋气象等支出", "自然资源海洋气象等支出"),
    ],
)
def test_renamed_in_2019_without_a_document(code: str, old: str, new: str) -> None:
    assert tree(F, 2018)[code].name == old
    assert tree(F, 2018)[code].standing is Standing.UNVERIFIED
    assert tree(F, 2019)[code].name == new


def test_rows_of_the_ministry_notices() -> None:
    assert "22006" not in tree(F, 2023)
    assert tree(F, 2024)["22006"].sources == ("MOF-2024-22",)
    assert "2170404" not in tree(F, 2024)
    assert tree(F, 2025)["2170404"].standing is Standing.ATTESTED
    assert tree(F, 2026)["2170404"].standing is Standing.UNVERIFIED
    assert tree(R, 2024)["1030182"].name == "耕地保护考核奖惩基金收入"


def test_sources_have_titles(edition: Tree) -> None:
    for subject in edition:
        assert len(sources_of(subject)) == len(subject.sources)
        assert all(source.document for source in sources_of(subject))


def test_an_attested_item_brings_its_parents_along() -> None:
    assert tree(F, 2024)["2050205"].standing is Standing.ATTESTED
    assert tree(F, 2024)["20502"].name == "普通教育"
    assert tree(R, 2025)["10503"].standing is Standing.UNVERIFIED


def test_an_edition_that_is_not_at_hand() -> None:
    with pytest.raises(GovBudgetError, match="2017, 2018"):
        tree(F, 1999)
    with pytest.raises(GovBudgetError):
        tree(G, 2017)


def test_an_unknown_code_says_what_is_near() -> None:
    with pytest.raises(UnknownCode, match="20129 群众团体事务"):
        tree(F, 2024)["2012977"]


def test_nothing_is_read_at_import() -> None:
    code = (
        "import sys, builtins, io\n"
        "import govbudget.classification as c\n"
        "from govbudget.classification.editions import _tree\n"
        "assert _tree.cache_info().currsize == 0\n"
        "assert 'rich' not in sys.modules and 'rapidfuzz' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_own_scheme(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("own") / "own.tsv"
    path.write_text(
        "# scheme: department_economic\n# year: 2024\n# columns: code name standing parent\n"
        "302\t商品和服务支出\t\t\n30201\t办公费\tattested\t\n3020101\t纸张\t\t\n9\t外设\t\t302\n",
        encoding="utf-8",
    )
    own = load_tree(path)
    assert [subject.level for subject in own] == [1, 2, 3, 2]
    assert own["9"].parent == "302"
    assert [subject.code for subject in own.children("302")] == ["30201", "9"]


@pytest.mark.parametrize(
    ("rows", "line", "mend"),
    [
        ("30201\t办公费", 4, "put the row of 302 on a line before"),
        ("302\t商品\n302\t商品", 5, "already on line 4"),
        ("3O2\t商品", 4, "digits only"),
        ("302", 4, "a name must follow"),
        ("302\t商品\tsure", 4, "standing is one of"),
        ("302\t商品\t\tx\ty", 4, "separate 4 cells by tabs"),
        ("302\t商品\t\t301", 4, "put the parent 301"),
        ("302\t商品\n303\t商 品", 5, "another name"),
    ],
)
def test_own_scheme_with_a_mistake(tmp_path_factory: pytest.TempPathFactory, rows: str, line: int, mend: str) -> None:
    path = tmp_path_factory.mktemp("own") / "own.tsv"
    head = "# scheme: department_economic\n# year: 2024\n# columns: code name standing parent\n"
    path.write_text(head + rows + "\n", encoding="utf-8")
    with pytest.raises(GovBudgetError) as caught:
        load_tree(path)
    assert f"own.tsv:{line}" in str(caught.value)
    assert mend in str(caught.value)


@pytest.mark.parametrize(
    "head", ["# year: 2024\n", "# scheme: functional\n", "# scheme: functional\n# year: next\n", ""]
)
def test_own_scheme_without_a_head(tmp_path_factory: pytest.TempPathFactory, head: str) -> None:
    path = tmp_path_factory.mktemp("own") / "own.tsv"
    path.write_text(head + "201\t一\n", encoding="utf-8")
    with pytest.raises(GovBudgetError, match="begin the file"):
        load_tree(path)


def test_own_scheme_that_is_no_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("own") / "own.tsv"
    with pytest.raises(GovBudgetError, match="cannot be read"):
        load_tree(path)
    path.write_bytes("科目".encode("gbk"))
    with pytest.raises(GovBudgetError, match="UTF-8"):
        load_tree(path)


def test_local_additions_to_an_edition(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("own") / "local.tsv"
    path.write_text(
        "# scheme: functional\n# year: 2024\n# extends: 2024\n2012951\t职工疗休养\n201295101\t线路补助\n",
        encoding="utf-8",
    )
    own = load_tree(path)
    base = tree(F, 2024)
    assert len(own) == len(base) + 2
    assert own["2012951"].parent == "20129"
    assert own["201295101"].level == 4
    assert [s.code for s in own.children("20129")][-3:] == ["2012950", "2012951", "2012999"]
    assert [s.code for s in own] == [s.code for s in own.walk()]
    assert own.find("职工疗休养").code == "2012951"
    assert "local.tsv" in own.provenance


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("# extends: 2024\n2012950\t事业运行\n", "already in the edition"),
        ("# extends: 2024\n2012951\t事业运行\n", "local.tsv:4"),
        ("# extends: 1999\n2012951\t疗休养\n", "one of the editions at hand"),
        ("# extends: this\n2012951\t疗休养\n", "one of the editions at hand"),
    ],
)
def test_local_additions_with_a_mistake(tmp_path_factory: pytest.TempPathFactory, text: str, mend: str) -> None:
    path = tmp_path_factory.mktemp("own") / "local.tsv"
    path.write_text("# scheme: functional\n# year: 2024\n" + text, encoding="utf-8")
    with pytest.raises(GovBudgetError, match=mend):
        load_tree(path)


def test_trees_and_subjects_travel_between_processes() -> None:
    edition = tree(F, 2024)
    edition.named("事业运行")
    again = pickle.loads(pickle.dumps(edition))
    assert again["2012950"] == edition["2012950"]
    assert again.find("群众团体事务") == edition.find("群众团体事务")
    assert hash(edition["2012950"]) == hash(again["2012950"])
